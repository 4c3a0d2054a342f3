//! What a page says about its article, in the order of trust: JSON-LD, Open Graph and other `meta`
//! elements, then what is shown.

use super::super::html_tree::{HtmlTree, NodeId};

use super::headline::{headings, headline, without_outlet};
use super::json_ld::{ArticleData, JsonLd, json_ld};
use super::meta_tags::MetaTags;
use super::published::published;
use super::words::compared;
use crate::model::{ArticleFacts, is_language_tag, is_web_address};

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

/// Whether a publisher is called by its company or its platform, not by what it prints.
fn is_company(name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let form = last.replace('.', "").to_lowercase();
    let forms = [
        "ag", "gmbh", "kg", "se", "a/s", "as", "ab", "inc", "ltd", "llc", "plc", "sa", "spa", "bv",
    ];
    let several = name.split_whitespace().nth(1).is_some();
    several && forms.contains(&&*form) || ["Blogger", "WordPress.com", "Medium"].contains(&name)
}

fn outlet(meta: &MetaTags<'_>, data: &ArticleData, title: &str) -> String {
    let site = meta.first(&["og:site_name"]);
    let in_title = |name: &str| title.contains(name);
    let is_other = is_company(&data.publisher) || in_title(&site) && !in_title(&data.publisher);
    let named = first_of([
        if !site.is_empty() && is_other {
            site
        } else {
            data.publisher.clone()
        },
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

fn byline(tree: &HtmlTree, meta: &MetaTags<'_>, data: &ArticleData, outlet: &str) -> String {
    let outlet = compared(outlet);
    // Not an address, a number, a note about a picture or the outlet itself.
    let is_name = |name: &String| {
        let own = compared(name);
        let within = |some: &[String], all: &[String]| some.iter().all(|word| all.contains(word));
        let of_outlet = !outlet.is_empty() && (within(&own, &outlet) || within(&outlet, &own));
        let address = name.contains("://") || name.contains('@') || name.contains("www.");
        let letters = name.chars().any(char::is_alphabetic);
        letters && !address && !of_outlet && !name.starts_with(['(', '/'])
    };
    let mut names: Vec<String> = data.authors.clone();
    names.retain(&is_name);
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
            names.retain(&is_name);
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
        names.extend(shown.find(|name| is_name(name) && name.chars().count() < 80));
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
