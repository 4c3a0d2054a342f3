//! Articles that are rows of a table or records of JSON: a column of texts, and columns of what is known.

use super::found::FoundArticle;
use super::language_name::language_tag;
use super::paragraph_text::one_line;
use super::printed_date::printed_date;
use crate::model::{is_date, is_language_tag};
use crate::text::wording::grouped;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Text,
    Headline,
    Date,
    Outlet,
    Byline,
    Address,
    Language,
    Section,
    /// Something else, kept under its name.
    Other,
}

const NAMES: [(Meaning, &[&str]); 8] = [
    (
        Meaning::Text,
        &[
            "text",
            "body",
            "content",
            "fulltext",
            "articletext",
            "articlebody",
            "maintext",
            "volltext",
            "artikeltext",
            "texte",
            "texto",
            "testo",
            "tekst",
            "story",
        ],
    ),
    (
        Meaning::Headline,
        &[
            "headline", "title", "titel", "titre", "titolo", "titulo", "título", "heading", "kop",
        ],
    ),
    (
        Meaning::Date,
        &[
            "date",
            "published",
            "publishedat",
            "publicationdate",
            "publishdate",
            "datepublished",
            "pubdate",
            "datum",
            "fecha",
            "data",
            "publishedon",
        ],
    ),
    (
        Meaning::Outlet,
        &[
            "outlet",
            "publication",
            "newspaper",
            "medium",
            "publisher",
            "site",
            "sitename",
            "source",
            "zeitung",
            "journal",
            "media",
            "krant",
            "periodico",
        ],
    ),
    (
        Meaning::Byline,
        &[
            "author", "authors", "byline", "autor", "auteur", "autore", "writer",
        ],
    ),
    (
        Meaning::Address,
        &[
            "url",
            "address",
            "link",
            "weburl",
            "permalink",
            "uri",
            "canonicalurl",
        ],
    ),
    (
        Meaning::Language,
        &[
            "language", "lang", "sprache", "langue", "taal", "idioma", "lingua",
        ],
    ),
    (
        Meaning::Section,
        &[
            "section",
            "ressort",
            "rubrik",
            "rubrique",
            "desk",
            "department",
        ],
    ),
];

/// Columns of tables and records of tags.
const OF_TAGS: [&str; 24] = [
    "kind",
    "label",
    "labels",
    "start",
    "end",
    "begin",
    "startoffset",
    "endoffset",
    "fragments",
    "spans",
    "entities",
    "annotations",
    "ents",
    "tokens",
    "links",
    "people",
    "answer",
    "cats",
    "predictions",
    "result",
    "relations",
    "quote",
    "span",
    "accept",
];

/// So many columns or fields are read at most; spreadsheets have no more.
pub(super) const MOST_FIELDS: usize = 16_384;
/// So many things of one kind that an article has and that are left out are named.
const MOST_NAMED: usize = 100;

/// What is told of the first of things that are left out, and how many more of these there are.
pub(super) fn some_of<T>(
    these: &str,
    things: impl IntoIterator<Item = T>,
    told: impl Fn(T) -> String,
) -> Vec<String> {
    let mut things = things.into_iter();
    let mut all: Vec<String> = things.by_ref().take(MOST_NAMED).map(told).collect();
    match things.count() {
        0 => {}
        more => all.push(format!("{these}: {} more", grouped(more))),
    }
    all
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What a column of this name holds.
pub(super) fn meaning(name: &str) -> Meaning {
    let name = plain(name);
    let mut names = NAMES.iter();
    let found = names.find(|(_, names)| names.contains(&&*name));
    found.map_or(Meaning::Other, |(meaning, _)| *meaning)
}

/// Whether columns of these names are those of articles, and not of tags.
pub(super) fn are_of_articles<'a>(names: impl Iterator<Item = &'a str> + Clone) -> bool {
    let has = |wanted: &[Meaning]| names.clone().any(|name| wanted.contains(&meaning(name)));
    let of_tags = names.clone().any(|name| OF_TAGS.contains(&&*plain(name)));
    let known = [Meaning::Headline, Meaning::Date, Meaning::Address];
    has(&[Meaning::Text]) && has(&known) && !of_tags
}

/// Makes an article of the names and values of a record. Of two columns for one fact the first counts, the
/// other is kept under its name.
pub(super) fn article<'a>(
    line: usize,
    record: impl Iterator<Item = (&'a str, &'a str)>,
) -> FoundArticle {
    let mut article = FoundArticle {
        line,
        ..FoundArticle::default()
    };
    let mut text: Option<&str> = None;
    for (name, value) in record.filter(|(_, value)| !value.trim().is_empty()) {
        let facts = &mut article.facts;
        let fact = match meaning(name) {
            Meaning::Text if text.is_none() => {
                text = Some(value);
                continue;
            }
            Meaning::Date if facts.date.is_empty() => {
                set_date(value.trim(), name, &mut article);
                continue;
            }
            Meaning::Language if facts.language.is_empty() => {
                let value = value.trim();
                match language_tag(value) {
                    Some(tag) => tag.clone_into(&mut facts.language),
                    None if is_language_tag(value) => value.clone_into(&mut facts.language),
                    None => article.field(name, value),
                }
                continue;
            }
            Meaning::Headline => &mut facts.headline,
            Meaning::Outlet => &mut facts.outlet,
            Meaning::Byline => &mut facts.byline,
            Meaning::Address => &mut facts.address,
            Meaning::Section => &mut facts.section,
            Meaning::Text | Meaning::Date | Meaning::Language | Meaning::Other => {
                article.field(name, value);
                continue;
            }
        };
        if fact.is_empty() {
            *fact = one_line(value);
        } else {
            article.field(name, value);
        }
    }
    let lines = text.unwrap_or_default().lines().map(one_line);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let headline = article.facts.headline.clone();
    if !headline.is_empty() && lines.first() != Some(&headline) {
        article.paragraphs.push(headline);
    }
    if lines.is_empty() {
        article.without_text = true;
    }
    article.paragraphs.extend(lines);
    article
}

fn set_date(value: &str, name: &str, article: &mut FoundArticle) {
    if is_date(value) {
        value.clone_into(&mut article.facts.date);
        return;
    }
    match printed_date(value) {
        Some(found) => {
            article.facts.date = found.iso();
            article.field("zone", found.zone);
        }
        None => {
            article.field(name, value);
            article
                .doubts
                .push(format!("its date “{value}” cannot be read"));
        }
    }
}
