use super::super::found::NO_DATE;
use super::super::html_tree::{HtmlTree, NodeId};
use super::super::printed_date::find_date;
use super::json_ld::ArticleData;
use super::meta_tags::MetaTags;
use crate::model::is_date;

/// When it was published, by ISO 8601, and whether that is only shown.
pub(super) fn published(
    tree: &HtmlTree,
    meta: &MetaTags<'_>,
    data: &ArticleData,
    title: Option<NodeId>,
    doubts: &mut Vec<String>,
) -> (String, bool) {
    let date = |text: &str| {
        find_date(text)
            .map(|found| found.iso())
            .filter(|iso| is_date(iso))
    };
    let names = [
        "article:published_time",
        "og:published_time",
        "article:published",
        "datepublished",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "dc.date",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
        "publish-date",
        "publication_date",
        "publishdate",
        "pubdate",
        "date",
        "article.published",
        "published_at",
        "rnews:datepublished",
        "citation_publication_date",
        "vr:published_time",
        "og:article:published_time",
        "ptime",
        "last_published",
        "content_create_date",
        "created",
    ];
    let said =
        std::iter::once(data.published.clone()).chain(names.iter().flat_map(|name| meta.all(name)));
    let mut unread = None;
    for text in said.filter(|text| !text.is_empty()) {
        match date(&text) {
            Some(iso) => return (iso, false),
            None => unread = unread.or(Some(text)),
        }
    }
    let marked = tree.descendants(NodeId::ROOT).find_map(|node| {
        let is = tree.attribute(node, "itemprop") == "datePublished"
            || tree.element(node).is_some_and(|element| {
                element.has_class("published") && element.attribute("datetime").is_some()
            });
        let given = ["datetime", "content"].map(|name| tree.attribute(node, name));
        is.then(|| {
            date(given[0])
                .or_else(|| date(given[1]))
                .or_else(|| date(&tree.line(node)))
        })
        .flatten()
    });
    if let Some(iso) = marked {
        return (iso, false);
    }
    // What is shown: behind the headline, where that is known.
    let mut behind = title.is_none();
    for node in tree.descendants(NodeId::ROOT) {
        behind |= Some(node) == title;
        if behind && tree.name(node) == "time" {
            let shown = date(tree.attribute(node, "datetime")).or_else(|| date(&tree.line(node)));
            if let Some(iso) = shown {
                return (iso, true);
            }
        }
    }
    let mut behind = title.is_none();
    let mut looked_at = 0;
    for node in tree.descendants(NodeId::ROOT) {
        behind |= Some(node) == title;
        let Some(text) = tree.text(node).filter(|text| behind && text.len() < 200) else {
            continue;
        };
        let outer = tree.parent(node).and_then(|parent| tree.element(parent));
        let of_facts = outer.is_some_and(|element| {
            element.classes().any(|class| {
                let class = class.to_ascii_lowercase();
                [
                    "date", "time", "publish", "datum", "fecha", "meta", "byline",
                ]
                .iter()
                .any(|word| class.contains(word))
            })
        });
        looked_at += 1;
        if looked_at > 400 {
            break;
        }
        let alone =
            find_date(text).filter(|found| of_facts || found.before.len() + found.rest.len() < 40);
        // A month alone is a word of the article as well.
        if let Some(found) = alone.filter(|found| found.date.len() >= 10) {
            return (found.iso(), true);
        }
    }
    match unread {
        Some(text) => doubts.push(format!("the date “{text}” cannot be read")),
        None => doubts.push(NO_DATE.to_owned()),
    }
    (String::new(), false)
}
