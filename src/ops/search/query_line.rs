//! A query as buttons: terms that are put into its line and taken out again.

use std::ops::Range;

/// Whether a query says a term, such as `review:unsure`.
#[must_use]
pub fn has_term(line: &str, term: &str) -> bool {
    terms(line).any(|place| line.get(place) == Some(term))
}

/// The query with a term added at the end, in the place of another one of its field, or without the term
/// where it is there.
#[must_use]
pub fn with_term(line: &str, term: &str) -> String {
    let field = |term: &str| term.split_once(':').map(|(field, _)| field.to_owned());
    let wanted = field(term);
    let mut kept: Vec<&str> = Vec::new();
    let mut was_there = false;
    for place in terms(line) {
        let written = line.get(place).unwrap_or_default();
        was_there |= written == term;
        if written != term && (wanted.is_none() || field(written) != wanted) {
            kept.push(written);
        }
    }
    if !was_there {
        kept.push(term);
    }
    kept.join(" ")
}

/// Where the terms of a line are (bytes), as far as they can be told apart.
fn terms(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = line.get(at..)?;
        let start = at + rest.len() - rest.trim_start().len();
        let term = line.get(start..).filter(|term| !term.is_empty())?;
        let mut quoted = false;
        let end = term.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            c.is_whitespace() && !quoted
        });
        at = start + end.map_or(term.len(), |(end, _)| end);
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_puts_its_term_in_and_takes_it_out() {
        let line = with_term("  sanctions", "label:quote");
        assert_eq!(line, "sanctions label:quote");
        assert!(has_term(&line, "label:quote") && !has_term(&line, "quote"));
        assert_eq!(with_term(&line, "label:claim"), "sanctions label:claim");
        assert_eq!(with_term(&line, "label:quote"), "sanctions");
        let line = with_term("speaker:\"Ada Cole\" \"a b", "is:split");
        assert_eq!(line, "speaker:\"Ada Cole\" \"a b is:split");
        let line = with_term("speaker:\"Ada Cole\" x", "speaker:none");
        assert_eq!(line, "x speaker:none");
    }
}
