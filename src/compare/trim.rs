use crate::text::{SourceText, TextRange, TextSize};

/// Blanks, which no tag means.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}')
}

/// Blanks, quotation marks, punctuation and brackets: whether they belong to a tag is a matter of
/// taste.
pub(super) fn is_edge(c: char) -> bool {
    is_blank(c) || "“«„”»\"‘’'`,.;:!?-–—()[]…".contains(c)
}

/// Words without what may or may not belong to a tag at its edges: quotation marks, punctuation, blanks.
#[must_use]
pub fn words_without_marks(words: &str) -> &str {
    words.trim_matches(is_edge)
}

/// Fragments without what is dropped at their edges; those of which nothing is left are not there.
pub(super) fn trimmed(
    source: &SourceText,
    fragments: &[TextRange],
    dropped: fn(char) -> bool,
) -> Vec<TextRange> {
    let trim = |&fragment: &TextRange| {
        let words = source.slice(fragment).trim_end_matches(dropped);
        let bare = words.trim_start_matches(dropped);
        let start = fragment.start() + (TextSize::of(words) - TextSize::of(bare));
        (!bare.is_empty()).then(|| TextRange::at(start, TextSize::of(bare)))
    };
    fragments.iter().filter_map(trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_the_edges_is_dropped() {
        let source = SourceText::new("\u{a0}“Yes – (no)…,”\t\u{2009}: x", "UTF-8").unwrap();
        let range = |start: u32, end: u32| TextRange::new(start.into(), end.into());
        let words = |fragments: &[TextRange], dropped| {
            let trimmed = trimmed(&source, fragments, dropped);
            let words = trimmed.iter().map(|range| source.slice(*range));
            words.collect::<Vec<_>>().join("|")
        };
        let all = &[source.full_range()];
        assert_eq!(words(all, is_blank), "“Yes – (no)…,”\t\u{2009}: x");
        assert_eq!(words(all, is_edge), "Yes – (no)…,”\t\u{2009}: x");
        let quote = &[range(0, 24), range(28, 30)];
        assert_eq!(words(quote, is_blank), "“Yes – (no)…,”|:");
        assert_eq!(words(quote, is_edge), "Yes – (no");
    }
}
