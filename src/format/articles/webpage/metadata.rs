//! What a page says about its article, in the order of trust: JSON-LD, Open Graph and other `meta`
//! elements, then what is shown.

use super::super::html_tree::{HtmlTree, NodeId};
use super::super::printed_date::find_date;

use super::json_ld::{ArticleData, JsonLd, cleaned, json_ld};
use super::words::compared;
use crate::model::{ArticleFacts, is_date, is_language_tag, is_web_address};

/// What a page says.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) facts: ArticleFacts,
    pub(super) data: ArticleData,
    /// What may stand at the beginning of the article.
    pub(super) descriptions: Vec<String>,
    /// The headings that are the headline.
    pub(super) title: Option<NodeId>,
    pub(super) doubts: Vec<String>,
}

/// The `meta` elements of a page.
struct MetaTags<'t>(Vec<(String, &'t str)>);

impl<'t> MetaTags<'t> {
    fn read(tree: &'t HtmlTree) -> Self {
        let mut found = Vec::new();
        for meta in tree.elements(NodeId::ROOT, "meta") {
            let content = tree.attribute(meta, "content").trim();
            if content.is_empty() {
                continue;
            }
            for attribute in ["property", "name", "itemprop"] {
                let name = tree.attribute(meta, attribute);
                found.extend(
                    name.split_ascii_whitespace()
                        .map(|name| (name.to_ascii_lowercase(), content)),
                );
            }
        }
        Self(found)
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        self.0
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, content)| cleaned(content))
    }

    /// The first that is there, by the order of the names.
    fn first(&self, names: &[&str]) -> String {
        names
            .iter()
            .find_map(|name| self.all(name).next())
            .unwrap_or_default()
    }
}

/// Reads what a page says about its article. `address` is where the file says it was.
pub(super) fn metadata(tree: &HtmlTree, address: &str) -> Metadata {
    let meta = MetaTags::read(tree);
    let address = address_of(tree, &meta, address);
    let headings = headings(tree);
    let first_heading = headings
        .first()
        .map(|(_, text)| text.clone())
        .unwrap_or_default();
    let shared_title = meta.first(&[
        "og:title",
        "twitter:title",
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "dcterms.title",
    ]);
    let page_title = tree
        .elements(NodeId::ROOT, "title")
        .map(|title| tree.line(title))
        .next()
        .unwrap_or_default();
    let JsonLd {
        article: data,
        articles,
        unreadable,
    } = json_ld(tree, &[&first_heading, &shared_title], &address);
    let outlet = outlet(&meta, &data, &page_title);
    let mut doubts = Vec::new();
    if unreadable > 0 && articles == 0 {
        doubts.push("what the page says about itself (JSON-LD) cannot be read".to_owned());
    }
    let shared = without_outlet(&shared_title, &outlet);
    let whole = without_outlet(&page_title, &outlet);
    let (headline, title) = headline(&data, &headings, &shared, &whole, &mut doubts);
    let (date, in_page) = published(tree, &meta, &data, title, &mut doubts);
    let mut facts = ArticleFacts {
        headline,
        byline: byline(tree, &meta, &data, &outlet),
        outlet,
        date,
        language: language(tree, &meta, &data),
        section: section(&meta, &data),
        address,
        ..ArticleFacts::default()
    };
    if in_page {
        doubts.push(format!(
            "the date {} is the first one shown on the page",
            facts.date
        ));
    }
    let page = first_of([
        data.print_page.clone(),
        meta.first(&["printpage", "article:page"]),
    ]);
    for (name, value) in [("page", &page), ("print_section", &data.print_section)] {
        if !value.is_empty() {
            facts.fields.insert(name.to_owned(), value.clone());
        }
    }
    let mut descriptions = vec![data.description.clone(), data.alternative_headline.clone()];
    for name in ["og:description", "description", "twitter:description"] {
        descriptions.push(meta.first(&[name]));
    }
    descriptions.retain(|description| !description.is_empty());
    Metadata {
        facts,
        data,
        descriptions,
        title,
        doubts,
    }
}

fn first_of<const N: usize>(texts: [String; N]) -> String {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// The headings of the first level that have text, in the order of the page.
fn headings(tree: &HtmlTree) -> Vec<(NodeId, String)> {
    let found = tree
        .elements(NodeId::ROOT, "h1")
        .map(|node| (node, tree.line(node)));
    found
        .filter(|(_, text)| !text.is_empty())
        .take(20)
        .collect()
}

/// The headline, and the heading that is it. Where what the page says of itself is no heading, one that
/// is a heading and the title for sharing it, too, is believed more.
fn headline(
    data: &ArticleData,
    headings: &[(NodeId, String)],
    shared: &str,
    whole: &str,
    doubts: &mut Vec<String>,
) -> (String, Option<NodeId>) {
    let same = |a: &str, b: &str| {
        let (a, b) = (compared(a), compared(b));
        !a.is_empty() && a == b
    };
    let like = |a: &str, b: &str| {
        let (a, b) = (compared(a).join(" "), compared(b).join(" "));
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        !short.is_empty() && long.contains(&*short) && short.len() * 2 > long.len()
    };
    let said = [&*data.headline, shared, whole];
    // Of several headings the one that is also said; a page may begin with the outlet's name.
    let heading = said
        .iter()
        .find_map(|said| headings.iter().find(|(_, text)| same(text, said)));
    let heading = heading.or_else(|| {
        said.iter()
            .find_map(|said| headings.iter().find(|(_, text)| like(text, said)))
    });
    if let Some((node, text)) = heading {
        let ours = &data.headline;
        if !ours.is_empty() && !like(ours, text) {
            doubts.push(format!(
                "the headline shown is taken; the page's data have “{ours}”"
            ));
        }
        // The data are spelt as printed, a heading may hold a kicker.
        let shorter = like(ours, text)
            && ours.chars().count() < text.chars().count()
            && !ours.ends_with(['…', '.']);
        let chosen = if shorter { ours } else { text };
        return (chosen.clone(), Some(*node));
    }
    let first = headings.first();
    let shown = first.map(|(_, text)| text.as_str()).unwrap_or_default();
    let chosen = said
        .iter()
        .find(|said| !said.is_empty())
        .copied()
        .unwrap_or(shown);
    if !chosen.is_empty() && !shown.is_empty() && compared(chosen) != compared(shown) {
        doubts.push(format!(
            "the first heading of the page is another headline: “{shown}”"
        ));
    }
    // Where there is only one, the article begins there whatever it says.
    let title = first.filter(|_| headings.len() == 1).map(|(node, _)| *node);
    (chosen.to_owned(), title)
}

/// A title without the outlet's name at its end or beginning.
fn without_outlet(title: &str, outlet: &str) -> String {
    const MARKS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "];
    let mut title = title;
    let outlet = compared(outlet).concat();
    let is_outlet = |part: &str| {
        let part = compared(part).concat();
        !part.is_empty() && !outlet.is_empty() && (part.contains(&outlet) || outlet.contains(&part))
    };
    loop {
        let last = MARKS
            .iter()
            .filter_map(|mark| title.rsplit_once(mark))
            .min_by_key(|(_, end)| end.len());
        match last {
            Some((before, end)) if is_outlet(end) => title = before,
            _ => break,
        }
    }
    let first = MARKS
        .iter()
        .filter_map(|mark| title.split_once(mark))
        .min_by_key(|(begin, _)| begin.len());
    if let Some((_, after)) = first.filter(|(begin, _)| is_outlet(begin)) {
        title = after;
    }
    title.trim().to_owned()
}

fn outlet(meta: &MetaTags<'_>, data: &ArticleData, title: &str) -> String {
    let named = first_of([
        data.publisher.clone(),
        meta.first(&[
            "og:site_name",
            "application-name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
            "apple-mobile-web-app-title",
        ]),
    ]);
    if !named.is_empty() {
        return named;
    }
    // `Headline | Outlet`
    let end = [" | ", " – ", " — ", " - "]
        .iter()
        .find_map(|mark| title.rsplit_once(mark));
    let end = end.map(|(_, end)| end.trim()).unwrap_or_default();
    if compared(end).len() <= 4 {
        end.to_owned()
    } else {
        String::new()
    }
}

/// When it was published, by ISO 8601, and whether that is only shown.
fn published(
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
        None => doubts.push("no date was found".to_owned()),
    }
    (String::new(), false)
}

fn byline(tree: &HtmlTree, meta: &MetaTags<'_>, data: &ArticleData, outlet: &str) -> String {
    let outlet = compared(outlet);
    let mut names: Vec<String> = data.authors.clone();
    names.retain(|name| compared(name) != outlet);
    if names.is_empty() {
        for name in [
            "author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "cxenseparse:author",
            "article:author",
            "citation_author",
        ] {
            names.extend(meta.all(name));
            names.retain(|name| {
                let own = compared(name);
                let address = name.contains("://")
                    || name.starts_with(['@', '/', 'w']) && name.contains("www.");
                !address && own != outlet && !own.is_empty()
            });
            if !names.is_empty() {
                break;
            }
        }
    }
    if names.is_empty() {
        let shown = tree.descendants(NodeId::ROOT).filter(|node| {
            let is_author = |attribute: &str| {
                tree.attribute(*node, attribute)
                    .split_ascii_whitespace()
                    .any(|word| word == "author")
            };
            is_author("rel") || is_author("itemprop")
        });
        let mut shown = shown.map(|node| tree.line(node));
        let name = shown.find(|name| !name.is_empty() && name.chars().count() < 80);
        names.extend(name.filter(|name| compared(name) != outlet));
    }
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique.join(", ")
}

/// As a tag of BCP 47. Values that are none are passed over.
fn language(tree: &HtmlTree, meta: &MetaTags<'_>, data: &ArticleData) -> String {
    let html = tree.elements(NodeId::ROOT, "html").next();
    let html = html.map(|html| {
        first_of([
            tree.attribute(html, "lang").to_owned(),
            tree.attribute(html, "xml:lang").to_owned(),
        ])
    });
    let body = tree
        .elements(NodeId::ROOT, "body")
        .next()
        .map(|body| tree.attribute(body, "lang").to_owned());
    let said = [
        html.unwrap_or_default(),
        body.unwrap_or_default(),
        meta.first(&["og:locale"]),
        data.language.clone(),
        meta.first(&[
            "language",
            "content-language",
            "dc.language",
            "dcterms.language",
        ]),
    ];
    let tags = said.iter().map(|tag| tag.trim().replace('_', "-"));
    let fits = |tag: &String| {
        let first = tag.split('-').next().unwrap_or_default();
        is_language_tag(tag) && (2..=3).contains(&first.len())
    };
    tags.into_iter().find(fits).unwrap_or_default()
}

fn section(meta: &MetaTags<'_>, data: &ArticleData) -> String {
    first_of([
        meta.first(&["article:section"]),
        data.section.clone(),
        meta.first(&[
            "parsely-section",
            "sailthru.section",
            "cxenseparse:section",
            "og:article:section",
        ]),
        data.print_section.clone(),
    ])
}

fn address_of(tree: &HtmlTree, meta: &MetaTags<'_>, known: &str) -> String {
    let mut canonical = tree.elements(NodeId::ROOT, "link").filter(|link| {
        let rel = tree.attribute(*link, "rel");
        rel.split_ascii_whitespace()
            .any(|rel| rel.eq_ignore_ascii_case("canonical"))
    });
    let canonical = canonical
        .next()
        .map(|link| tree.attribute(link, "href").to_owned());
    let said = [
        canonical.unwrap_or_default(),
        meta.first(&["og:url"]),
        known.to_owned(),
        saved_from(tree),
    ];
    let is_whole = |address: &String| is_web_address(address);
    said.into_iter().find(is_whole).unwrap_or_default()
}

/// What a browser that saved the page wrote at its beginning: `saved from url=(0024)https://…`.
fn saved_from(tree: &HtmlTree) -> String {
    let mut comments = tree.children(NodeId::ROOT).chain(
        tree.elements(NodeId::ROOT, "html")
            .flat_map(|html| tree.children(html)),
    );
    let found = comments.find_map(|node| {
        let comment = tree.comment(node)?;
        let (_, rest) = comment
            .split_once("saved from url=")
            .or_else(|| comment.split_once("url: "))?;
        let rest = rest
            .split_once(')')
            .filter(|_| rest.starts_with('('))
            .map_or(rest, |(_, rest)| rest);
        rest.split_whitespace().next()
    });
    found.unwrap_or_default().to_owned()
}
