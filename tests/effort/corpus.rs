//! Annotated articles to be tagged again, one JSON object a line: `text`, `spans` with `id`, `kind`
//! and `fragments` (code points), `links` with `from`, `to` and `role`.

use std::path::Path;

use pullquote::text::{TextRange, TextSize};
use serde::Deserialize;

/// What an article is to become.
pub(super) struct Gold {
    pub(super) text: String,
    /// In the order of the text.
    pub(super) quotes: Vec<Attribution>,
}

/// A quote and who said it, in bytes.
pub(super) struct Attribution {
    pub(super) fragments: Vec<TextRange>,
    pub(super) speakers: Vec<TextRange>,
}

#[derive(Deserialize)]
struct Article {
    text: String,
    spans: Vec<Span>,
    links: Vec<Arc>,
}

#[derive(Deserialize)]
struct Span {
    id: String,
    kind: String,
    fragments: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
struct Arc {
    from: String,
    to: String,
    role: String,
}

pub(super) fn read(path: &Path) -> Vec<Gold> {
    let lines = std::fs::read_to_string(path).unwrap();
    lines.lines().map(gold).collect()
}

fn gold(line: &str) -> Gold {
    let article: Article = serde_json::from_str(line).unwrap();
    let mut bytes: Vec<usize> = article.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(article.text.len());
    let place = |at: usize| TextSize::try_from(bytes[at]).unwrap();
    let ranges = |span: &Span| -> Vec<TextRange> {
        let parts = span.fragments.iter();
        parts
            .map(|&(start, end)| TextRange::new(place(start), place(end)))
            .collect()
    };
    let span = |id: &str| article.spans.iter().find(|span| span.id == id);
    let speakers = |quote: &Span| -> Vec<TextRange> {
        let links = article.links.iter();
        links
            .filter(|link| link.role == "speaker" && link.from == quote.id)
            .filter_map(|link| span(&link.to))
            .filter_map(|span| Some(ranges(span).first()?.cover(*ranges(span).last()?)))
            .collect()
    };
    let mut quotes: Vec<Attribution> = article
        .spans
        .iter()
        .filter(|span| span.kind == "quote")
        .map(|quote| Attribution {
            fragments: ranges(quote),
            speakers: speakers(quote),
        })
        .collect();
    quotes.sort_by_key(|quote| quote.fragments.first().map(|first| first.start()));
    Gold {
        text: article.text,
        quotes,
    }
}
