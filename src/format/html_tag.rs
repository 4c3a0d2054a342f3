//! Tags of HTML.

use super::html_entities::unescaped;

/// A tag or comment.
pub(super) struct Tag<'a> {
    /// In lower case; empty for comments.
    pub(super) name: String,
    pub(super) id: String,
    pub(super) closes: bool,
    /// Ends with `/>`.
    pub(super) closed: bool,
    pub(super) after: &'a str,
}

impl<'a> Tag<'a> {
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let none = |after| Self {
            name: String::new(),
            id: String::new(),
            closes: false,
            closed: false,
            after,
        };
        if let Some(comment) = text.strip_prefix("<!--") {
            return Some(none(
                comment.split_once("-->").map_or("", |(_, after)| after),
            ));
        }
        let inner = text.strip_prefix('<')?;
        if inner.starts_with(['!', '?']) {
            return Some(none(inner.split_once('>')?.1));
        }
        let closes = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut quote = None;
        let mut end = None;
        for (at, c) in inner.char_indices() {
            match (quote, c) {
                (Some(open), c) if open == c => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '>') => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let (inner, after) = inner.split_at(end?);
        let name: String = inner
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        Some(Self {
            id: attribute(inner, "id").unwrap_or_default(),
            name: name.to_ascii_lowercase(),
            closes,
            closed: inner.ends_with('/'),
            after: after.strip_prefix('>').unwrap_or(after),
        })
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (at, _) = tag.match_indices(name).find(|(at, _)| {
        let before = tag.get(..*at).and_then(|before| before.chars().next_back());
        let after = tag.get(at + name.len()..).unwrap_or_default();
        before.is_some_and(char::is_whitespace) && after.trim_start().starts_with('=')
    })?;
    let value = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?;
    let value = value.trim_start();
    let quoted = |quote: char| {
        value
            .strip_prefix(quote)
            .and_then(|value| value.split_once(quote))
    };
    let found = quoted('"').or_else(|| quoted('\'')).map(|(value, _)| value);
    let found = found.or_else(|| value.split([' ', '/', '\n', '\t']).next());
    found.map(unescaped)
}
