//! Quoted passages: text between quotation marks within one paragraph, marks included. Curly,
//! straight, low and angle marks, `''` and ` `` `, CJK corners; nested and mixed. Marks that do not
//! pair are tolerated.

use unicode_segmentation::UnicodeSegmentation;

use super::mark_pairs::{Family, Scan, Side, mark_at};
use crate::text::{
    SourceText, TextRange, TextSize, next_paragraph, paragraph_at, paragraph_pieces,
    snap_to_graphemes,
};

/// Whether a text begins with a mark that may open.
pub(super) fn starts_with_mark(words: &str) -> bool {
    let words = words.trim_start();
    mark_at(words).is_some_and(|mark| mark.family != Family::Single && mark.side != Side::Close)
}

/// Whether the paragraph after `paragraph`, over blank lines, starts with a quotation mark: then a
/// quote left open goes on there.
fn goes_on_after(source: &SourceText, paragraph: TextRange) -> bool {
    next_paragraph(source, paragraph).is_some_and(|next| starts_with_mark(source.slice(next)))
}

/// The stretches of the piece `near` of one paragraph, by start.
pub(super) fn stretches_of(source: &SourceText, near: TextRange) -> Vec<TextRange> {
    let text = source.slice(near);
    let mut scan = Scan::new(text);
    scan.run();
    let paragraph = paragraph_at(source, near.start());
    let trimmed = text.trim_end().len();
    let blank = text.len() - text.trim_start().len();
    if paragraph == near {
        // Left open: continued in the next paragraph, by the custom of repeating the opening mark.
        let last_end = scan.found.iter().map(|(_, end)| *end).max().unwrap_or(0);
        for &start in &scan.never_closed {
            let from_start = start == blank;
            let last = last_end <= start;
            if from_start || last && goes_on_after(source, paragraph) {
                scan.found.push((start, trimmed));
            }
        }
        scan.found.sort_unstable();
    }
    let place = |offset: usize| near.start() + TextSize::try_from(offset).unwrap_or_default();
    scan.found
        .iter()
        .filter(|(start, end)| {
            text.get(*start..*end)
                .is_some_and(|words| words.chars().any(char::is_alphanumeric))
        })
        .map(|&(start, end)| snap_to_graphemes(source, TextRange::new(place(start), place(end))))
        .collect()
}

/// The quoted passagees that share text with `within`, marks included, by start; nested ones too.
/// An empty `within` finds those around that place. Costs the length of `within` and of the
/// paragraphs at its ends, capped.
#[must_use]
pub fn quoted_stretches(source: &SourceText, within: TextRange) -> Vec<TextRange> {
    paragraph_pieces(source, within)
        .flat_map(|piece| stretches_of(source, piece))
        .filter(|stretch| meets(*stretch, within))
        .collect()
}

/// Whether a passage shares text with `within`; with an empty one whether it holds that place.
pub(super) fn meets(stretch: TextRange, within: TextRange) -> bool {
    if within.is_empty() {
        stretch.contains_inclusive(within.start())
    } else {
        stretch.start() < within.end() && within.start() < stretch.end()
    }
}

/// The innermost quoted passage that holds a caret, its edges included.
#[must_use]
pub fn quoted_stretch_at(source: &SourceText, at: TextSize) -> Option<TextRange> {
    quoted_stretches(source, TextRange::empty(at))
        .into_iter()
        .min_by_key(|stretch| stretch.len())
}

/// A quotation without the marks at its end, of whichever custom: German closes with “ and ‘.
pub(super) fn without_closing_marks(words: &str) -> &str {
    words.trim_end_matches(['"', '”', '“', '\'', '’', '‘', '»', '«', '›', '‹'])
}

/// The marks a quoted passage opens and closes with; `None` where one is missing, or may be an apostrophe.
#[must_use]
pub fn paired_marks(source: &SourceText, stretch: TextRange) -> Option<(TextRange, TextRange)> {
    let words = source.slice(stretch);
    let is_mark = |rest: &str| {
        let mark = mark_at(rest).filter(|mark| mark.family != Family::Single)?;
        TextSize::try_from(mark.len).ok()
    };
    let opens = TextRange::at(stretch.start(), is_mark(words)?);
    let mut last = words.char_indices().rev().map(|(at, _)| at);
    let ends = [last.next(), last.next()].into_iter().flatten();
    let closing = ends.rev().find_map(|at| {
        let rest = words.get(at..)?;
        is_mark(rest).filter(|len| *len == TextSize::of(rest))
    })?;
    let closes = TextRange::new(stretch.end() - closing, stretch.end());
    (opens.end() <= closes.start()).then_some((opens, closes))
}

/// Whether the stretch reads as speech rather than as a word held at a distance: it has several
/// words, or ends like a clause.
#[must_use]
pub fn reads_as_speech(source: &SourceText, stretch: TextRange) -> bool {
    let words = source.slice(stretch);
    let inner =
        words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '.' | '?' | '!'));
    inner.ends_with([',', '.', '?', '!', '—', '…']) || inner.unicode_words().take(5).count() > 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretches(text: &str) -> Vec<String> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        quoted_stretches(&source, source.full_range())
            .into_iter()
            .map(|range| source.slice(range).to_owned())
            .collect()
    }

    #[test]
    fn marks_at_the_end_are_told_from_the_words() {
        for text in ["“No.”", "„No.“", "‚No.‘", "»No.«", "«No.»", "\"'No.'\""] {
            assert!(without_closing_marks(text).ends_with("No."), "{text}");
        }
    }

    #[test]
    fn marks_of_every_kind_pair() {
        for (text, expected) in [
            (
                "“We do,” he said. “Today not.”",
                &["“We do,”", "“Today not.”"][..],
            ),
            (
                "\"We do,\" he said. \"Not today.\"",
                &["\"We do,\"", "\"Not today.\""],
            ),
            ("“Mixed,\" he said, \"marks.”", &["“Mixed,\"", "\"marks.”"]),
            (
                "``We do,'' he said, ''we do.''",
                &["``We do,''", "''we do.''"],
            ),
            (
                "Er sagte: „Wir gehen.“ Dann »ja« und «non».",
                &["„Wir gehen.“", "»ja«", "«non»"],
            ),
            ("Il a dit : « Bonjour à tous. »", &["« Bonjour à tous. »"]),
            ("Han sa: ”Vi går.”", &["”Vi går.”"]),
            ("他说：「好」", &["「好」"]),
            ("He called it a 'deal' and left.", &["'deal'"]),
            ("(\"Yes\")—\"no\"", &["\"Yes\"", "\"no\""]),
            ("\"Spaced out, \" he said.", &["\"Spaced out, \""]),
            ("He said,\"We do\"and left.", &["\"We do\""]),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn quotes_nest() {
        for (text, expected) in [
            (
                "“He says, ‘The minute you go.’”",
                &["“He says, ‘The minute you go.’”", "‘The minute you go.’"][..],
            ),
            ("\"He says, 'Go.'\"", &["\"He says, 'Go.'\"", "'Go.'"]),
            (
                "x ''He says 'no.''' he said",
                &["''He says 'no.'''", "'no.'"],
            ),
            (
                "“They were more ‘cultured.' But”",
                &["“They were more ‘cultured.' But”", "‘cultured.'"],
            ),
            ("“a ‘b “c” d’ e”", &["“a ‘b “c” d’ e”", "‘b “c” d’", "“c”"]),
            (
                "“It is \"crises\" again”",
                &["“It is \"crises\" again”", "\"crises\""],
            ),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn apostrophes_are_no_quotes() {
        for text in [
            "The workers' rights and the boys' club don't.",
            "’Tis the '90s, rock 'n' roll, ’em and y’all goin' home.",
            "It’s the states’ money, they’ve said.",
            "He is 5' 10\" tall and 6' 2\" wide.",
            "a stray ” mark and an odd \" one",
        ] {
            assert_eq!(stretches(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            stretches("‘I like workers’ rights,’ he said. ‘Goin’ home.’"),
            ["‘I like workers’ rights,’", "‘Goin’ home.’"]
        );
    }

    #[test]
    fn a_quote_left_open_goes_on_in_the_next_paragraph() {
        assert_eq!(
            stretches("“One.\n“Two,” he said, “and\nno mark."),
            ["“One.", "“Two,”"]
        );
        assert_eq!(
            stretches("He said: \"One.\n\n\"Two.\n\nThree."),
            ["\"One.", "\"Two."]
        );
        assert_eq!(stretches("He \"lost a mark, \"he said\"."), ["\"he said\""]);
    }

    #[test]
    fn the_innermost_stretch_holds_the_caret_at_its_edges_too() {
        let text = "x “a ‘b’ c” y";
        let source = SourceText::new(text, "UTF-8").unwrap();
        let at = |needle: &str| TextSize::try_from(text.find(needle).unwrap()).unwrap();
        let found = |at| quoted_stretch_at(&source, at).map(|range| source.slice(range));
        assert_eq!(found(at("x")), None);
        assert_eq!(found(at("“")), Some("“a ‘b’ c”"));
        assert_eq!(found(at("‘")), Some("‘b’"));
        assert_eq!(found(at(" c”")), Some("‘b’"));
        assert_eq!(found(at(" y")), Some("“a ‘b’ c”"));
    }

    proptest! {
        #[test]
        fn stretches_lie_in_a_paragraph_on_grapheme_boundaries(
            text in "(?s).{0,60}|[ab '\"“”‘’«»„`.,\n\u{301}]{0,60}",
        ) {
            let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
            let mut last = TextSize::new(0);
            for stretch in quoted_stretches(&source, source.full_range()) {
                prop_assert_eq!(snap_to_graphemes(&source, stretch), stretch);
                prop_assert!(!stretch.is_empty() && stretch.start() >= last);
                prop_assert!(paragraph_at(&source, stretch.start()).contains_range(stretch));
                prop_assert!(quoted_stretch_at(&source, stretch.start()).is_some());
                last = stretch.start();
            }
        }
    }
}
