//! What a page says of itself in JSON-LD with the words of schema.org.

use thin_vec::thin_vec;

use crate::format::json::{Map, Value};

use super::super::html_tree::{HtmlTree, NodeId};
use super::words::compared;

/// The description of an article. What is not given is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ArticleData {
    pub(super) headline: String,
    pub(super) alternative_headline: String,
    pub(super) description: String,
    pub(super) body: String,
    pub(super) published: String,
    pub(super) authors: Vec<String>,
    pub(super) publisher: String,
    pub(super) language: String,
    pub(super) section: String,
    pub(super) print_section: String,
    pub(super) print_page: String,
    pub(super) address: String,
    /// Whether everyone can read it.
    pub(super) free: Option<bool>,
    /// Classes of elements with text that not everyone can read.
    pub(super) text_classes: Vec<String>,
    /// Whether it grows while something happens.
    pub(super) live: bool,
}

/// What was found in a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct JsonLd {
    pub(super) article: ArticleData,
    /// How many articles are described.
    pub(super) articles: usize,
    /// How many descriptions cannot be read.
    pub(super) unreadable: usize,
}

/// The description of the article of a page: of several, the one with the headline of the page or its
/// address.
pub(super) fn json_ld(tree: &HtmlTree, headlines: &[&str], address: &str) -> JsonLd {
    let mut values = Vec::new();
    let mut unreadable = 0;
    for script in tree.elements(NodeId::ROOT, "script") {
        let kind = tree.attribute(script, "type").to_ascii_lowercase();
        if !kind.contains("ld+json") {
            continue;
        }
        let text: String = tree
            .children(script)
            .filter_map(|child| tree.text(child))
            .collect();
        if text.trim().is_empty() {
            continue;
        }
        match parse(&text) {
            Some(value) => values.push(value),
            None => unreadable += 1,
        }
    }
    let objects = objects(&values);
    let graph = Graph(&objects);
    let of_kind = |fits: fn(&str) -> bool| {
        let found = objects.iter().filter(|object| kinds(object).any(fits));
        found
            .map(|object| graph.article(object))
            .collect::<Vec<_>>()
    };
    let mut articles = of_kind(is_article);
    let number = articles.len();
    if articles.is_empty() {
        articles = of_kind(|kind| kind.ends_with("WebPage"));
    }
    let headlines: Vec<_> = headlines
        .iter()
        .map(|headline| compared(headline))
        .collect();
    let fit = |article: &ArticleData| {
        let own = compared(&article.headline);
        let same_headline = !own.is_empty() && headlines.contains(&own);
        let same_address = !address.is_empty() && article.address == address;
        usize::from(same_headline) * 2
            + usize::from(same_address) * 2
            + usize::from(!article.published.is_empty())
    };
    // The first of those that fit best.
    let best = articles
        .iter()
        .enumerate()
        .max_by_key(|(at, article)| (fit(article), std::cmp::Reverse(*at)));
    let mut article = best.map(|(_, article)| article.clone()).unwrap_or_default();
    if article.published.is_empty() {
        let pages = of_kind(|kind| kind.ends_with("WebPage"));
        if let Some(page) = pages.into_iter().find(|page| !page.published.is_empty()) {
            article.published = page.published;
        }
    }
    JsonLd {
        article,
        articles: number,
        unreadable,
    }
}

/// JSON as pages hold it: in comments, with line breaks in strings and commas at the end.
fn parse(text: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mut text = text.trim();
    let wrappings = [
        "<!--",
        "//<![CDATA[",
        "/*<![CDATA[*/",
        "<![CDATA[",
        "-->",
        "//]]>",
        "/*]]>*/",
        "]]>",
        "//",
        ";",
    ];
    while let Some(inner) = wrappings.iter().find_map(|wrapping| {
        text.strip_prefix(wrapping)
            .or_else(|| text.strip_suffix(wrapping))
    }) {
        text = inner.trim();
    }
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in text.chars() {
        if in_string {
            match c {
                _ if escaped => {
                    if !"\"\\/bfnrtu".contains(c) {
                        // Not an escape: the backslash means itself.
                        out.push('\\');
                    }
                    out.push(c);
                    escaped = false;
                }
                '\\' => {
                    out.push(c);
                    escaped = true;
                }
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                c if c.is_control() => {}
                c => {
                    out.push(c);
                    in_string = c != '"';
                }
            }
            continue;
        }
        if c == '}' || c == ']' {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        in_string = c == '"';
        out.push(c);
    }
    serde_json::from_str(&out).ok()
}

/// All objects that may be articles, people, outlets, in the order of the page.
fn objects(values: &[Value]) -> Vec<&Map> {
    const MOST: usize = 10_000;
    let mut found = Vec::new();
    let mut open: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) if found.len() < MOST => {
                found.push(object);
                let within = ["mainEntity", "mainEntityOfPage", "@graph"];
                open.extend(within.iter().filter_map(|name| object.get(name)));
            }
            Value::Object(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_) => {}
        }
    }
    found
}

fn kinds(object: &Map) -> impl Iterator<Item = &str> {
    let kind = object.get("@type");
    let several = kind.and_then(Value::as_array).into_iter().flatten();
    kind.into_iter().chain(several).filter_map(Value::as_str)
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || ["Report", "Review"].contains(&kind)
}

/// Objects that refer to each other by `@id`.
struct Graph<'a>(&'a [&'a Map]);

impl Graph<'_> {
    fn article(&self, object: &Map) -> ArticleData {
        let text = |name: &str| object.get(name).map(first_text).unwrap_or_default();
        let address =
            ["url", "mainEntityOfPage", "@id"]
                .into_iter()
                .map(|name| match object.get(name) {
                    Some(Value::Object(page)) => page
                        .get("@id")
                        .or_else(|| page.get("url"))
                        .map(first_text)
                        .unwrap_or_default(),
                    Some(other) => first_text(other),
                    None => String::new(),
                });
        let mut authors = Vec::new();
        for name in ["author", "creator"] {
            if authors.is_empty() {
                self.names(object.get(name), &mut authors);
            }
        }
        let mut publisher = Vec::new();
        for name in ["publisher", "sourceOrganization", "copyrightHolder"] {
            if publisher.is_empty() {
                self.names(object.get(name), &mut publisher);
            }
        }
        ArticleData {
            headline: non_empty([text("headline"), text("name")]),
            alternative_headline: text("alternativeHeadline"),
            description: text("description"),
            body: object
                .get("articleBody")
                .map(whole_text)
                .unwrap_or_default(),
            published: non_empty([
                text("datePublished"),
                text("dateCreated"),
                text("uploadDate"),
            ]),
            authors,
            publisher: publisher.into_iter().next().unwrap_or_default(),
            language: text("inLanguage"),
            section: text("articleSection"),
            print_section: text("printSection"),
            print_page: text("printPage"),
            address: address
                .into_iter()
                .find(|address| crate::model::is_web_address(address))
                .unwrap_or_default(),
            free: object.get("isAccessibleForFree").and_then(truth),
            text_classes: text_classes(object),
            live: kinds(object).any(|kind| kind == "LiveBlogPosting"),
        }
    }

    /// Names of people or outlets: objects, texts, lists of them, references.
    fn names(&self, value: Option<&Value>, names: &mut Vec<String>) {
        let mut open: Vec<&Value> = value.into_iter().collect();
        while let Some(value) = open.pop() {
            let found = match value {
                Value::String(name) => cleaned(name),
                Value::Array(list) => {
                    open.extend(list.iter().take(100).rev());
                    continue;
                }
                Value::Object(object) => match object.get("name") {
                    Some(Value::Array(list)) => {
                        open.extend(list.iter().take(100).rev());
                        continue;
                    }
                    Some(name) => first_text(name),
                    None => self.named(object),
                },
                Value::Null | Value::Bool(_) | Value::Number(_) => continue,
            };
            let is_address = found.contains("://") || found.starts_with("www.");
            if !found.is_empty() && !is_address && !names.contains(&found) {
                names.push(found);
            }
        }
    }

    fn named(&self, reference: &Map) -> String {
        let Some(id) = reference.get("@id").and_then(Value::as_str) else {
            return String::new();
        };
        let mut meant = self
            .0
            .iter()
            .filter(|object| object.get("@id").and_then(Value::as_str) == Some(id));
        let name = meant.find_map(|object| object.get("name"));
        name.map(first_text).unwrap_or_default()
    }
}

/// Parts of the article are named by selectors such as `.paywall`.
fn text_classes(object: &Map) -> Vec<String> {
    let part = object.get("hasPart");
    let several = part.and_then(Value::as_array).into_iter().flatten();
    let selectors = part
        .into_iter()
        .chain(several)
        .filter_map(|part| part.get("cssSelector"));
    let several = |selector: &Value| match selector {
        Value::Array(list) => list.clone(),
        other => thin_vec![other.clone()],
    };
    let selectors = selectors.flat_map(several).take(20);
    let classes = selectors.filter_map(|selector| {
        let class = selector.as_str()?.trim().strip_prefix('.')?.to_owned();
        let usual = class
            .chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c));
        (usual && !class.is_empty()).then_some(class)
    });
    classes.collect()
}

fn non_empty<const N: usize>(texts: [String; N]) -> String {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::String(_) | Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

/// A text, the first of a list, a value with a language.
fn first_text(value: &Value) -> String {
    match value {
        Value::String(text) => cleaned(text),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => match list.iter().find(|value| !value.is_array()) {
            Some(Value::String(text)) => cleaned(text),
            Some(Value::Object(object)) => object
                .get("name")
                .and_then(Value::as_str)
                .map(cleaned)
                .unwrap_or_default(),
            _ => String::new(),
        },
        Value::Object(object) => {
            let text = object
                .get("@value")
                .or_else(|| object.get("name"))
                .or_else(|| object.get("alternateName"));
            text.and_then(Value::as_str)
                .map(cleaned)
                .unwrap_or_default()
        }
        Value::Null | Value::Bool(_) => String::new(),
    }
}

/// The text of an article, which may be a list of paragraphs.
fn whole_text(value: &Value) -> String {
    match value {
        Value::String(text) => without_markup(text),
        Value::Array(list) => {
            let parts = list.iter().filter_map(Value::as_str).map(without_markup);
            parts.collect::<Vec<_>>().join("\n")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => String::new(),
    }
}

/// A text without tags and entities, however often these were escaped.
fn without_markup(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        let escaped = text.contains('&') && text.contains(';');
        let tagged = text.contains('<') && text.contains('>');
        if !escaped && !tagged {
            break;
        }
        let lines = text.lines().filter_map(|line| {
            let tree = HtmlTree::parse(line).ok()?;
            Some(tree.line(NodeId::ROOT))
        });
        text = lines.collect::<Vec<_>>().join("\n");
    }
    text
}

/// A text on one line without tags and entities.
pub(super) fn cleaned(text: &str) -> String {
    let text = without_markup(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
