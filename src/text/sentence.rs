//! Sentences: those of UAX 29 within a paragraph, corrected where a full stop ends an abbreviation
//! or where speech continues.

use memchr::memchr3;
use unicode_segmentation::UnicodeSegmentation;

use super::boundary::{neighbourhood, snap_to_graphemes, trim};
use super::{SourceText, TextRange, TextSize, size};

/// Always followed by more of the sentence. Lower case, without the full stop.
const BEFORE_A_NAME: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "gen", "maj", "col", "lt", "cmdr", "capt", "sgt",
    "cpl", "pvt", "adm", "brig", "sen", "sens", "rep", "reps", "gov", "govs", "pres", "hon", "rev",
    "fr", "sr", "st", "ste", "mt", "ft", "supt", "det", "insp", "amb", "atty", "asst", "assoc",
    "vs", "v", "cf", "e.g", "i.e", "viz", "no", "nos", "vol", "fig", "art", "sec", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "approx", "dept",
];

/// Often the end of a sentence too: what follows decides.
const MAY_END: &[&str] = &[
    "u.s", "u.s.a", "u.k", "u.n", "e.u", "d.c", "n.y", "l.a", "a.m", "p.m", "inc", "corp", "co",
    "ltd", "plc", "bros", "jr", "esq", "etc", "ph.d", "m.d", "b.a", "m.a", "ariz", "ark", "calif",
    "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "mass", "md", "mich",
    "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va", "vt",
    "wash", "wis", "wyo", "ave", "blvd", "rd", "univ",
];

/// Capitalised words that seldom continue a sentence.
const STARTERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Also",
    "An",
    "And",
    "Another",
    "As",
    "Asked",
    "At",
    "Before",
    "But",
    "By",
    "During",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "Mr",
    "Mrs",
    "My",
    "No",
    "Now",
    "On",
    "One",
    "Or",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
];

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']')
}

/// Whether the sentence `left` continues with `right`, although UAX 29 breaks between them.
fn goes_on(left: &str, right: &str) -> bool {
    let left = left.trim_end();
    let right = right.trim_start();
    // Nothing but marks: they close what came before.
    if !right.chars().any(char::is_alphanumeric) {
        return true;
    }
    let core = left.trim_end_matches(is_closing);
    let first = right.chars().next().unwrap_or(' ');
    // “Why?” he asked.
    if first.is_lowercase() {
        return true;
    }
    let Some(before) = core.strip_suffix('.').filter(|_| core.len() == left.len()) else {
        return false;
    };
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '‘' | '—' | '–'))
        .next()
        .unwrap_or_default();
    // No abbreviation below is longer.
    if word.len() > 6 && !word.contains('.') {
        return false;
    }
    let next: String = right.chars().take_while(|c| c.is_alphanumeric()).collect();
    let starts_anew = STARTERS.contains(&next.as_str()) || next.is_empty();
    let lower = word.to_lowercase();
    if BEFORE_A_NAME.contains(&lower.as_str()) {
        return match lower.as_str() {
            // Words of their own too.
            "no" | "nos" | "vol" | "fig" | "art" | "sec" | "mar" => first.is_numeric(),
            _ => first.is_numeric() || !starts_anew,
        };
    }
    if MAY_END.contains(&lower.as_str()) {
        return match lower.as_str() {
            "co" | "la" | "miss" | "pa" | "ind" | "ill" | "mass" | "wash" => {
                word.starts_with(char::is_uppercase) && !starts_anew
            }
            _ => !starts_anew,
        };
    }
    // Initials: J. K. Rowling, H.R. McMaster.
    let mut letters = word.split('.');
    let initials = letters.all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    });
    initials && first.is_uppercase() && !starts_anew
}

/// Whether no character but `.`, `!` and `?` of a text like this ends a sentence.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}' | 'À'..='ɏ' | '–' | '—' | '‘' | '’' | '“' | '”' | '„' | '«' | '»' | '…')
}

/// Where the sentences of UAX 29 start, in bytes. In plain text only the surroundings of a mark that
/// may end one are looked at: from the word before it to the next letter.
fn piece_starts(text: &str) -> Vec<usize> {
    let is_printed = |byte: u8| matches!(byte, b' '..=b'~');
    if !text.bytes().all(is_printed) && !text.chars().all(is_plain) {
        let pieces = text.split_sentence_bound_indices();
        return pieces.map(|(start, _)| start).collect();
    }
    let mut starts = vec![0];
    let mut at = 0;
    let next_mark = |at: usize| memchr3(b'.', b'!', b'?', text.as_bytes().get(at..)?);
    while let Some(mark) = next_mark(at) {
        let mark = at + mark;
        // "… it. The …": most sentences end so.
        let around = text.as_bytes().get(mark.saturating_sub(1)..mark + 3);
        if let Some([before, _, b' ', after]) = around
            && before.is_ascii_lowercase()
            && after.is_ascii_uppercase()
        {
            starts.push(mark + 2);
            at = mark + 3;
            continue;
        }
        let (before, after) = text.split_at_checked(mark).unwrap_or((text, ""));
        let letter = after.char_indices().find(|(_, c)| c.is_alphabetic());
        let to = letter.map_or(text.len(), |(letter, c)| mark + letter + c.len_utf8());
        let blank = before.char_indices().rfind(|(_, c)| c.is_whitespace());
        let from = blank.map_or(0, |(blank, c)| blank + c.len_utf8());
        let window = text.get(from..to).unwrap_or_default();
        let breaks = window.split_sentence_bound_indices().skip(1);
        let last = starts.last().copied().unwrap_or_default();
        starts.extend(
            breaks
                .map(|(start, _)| from + start)
                .filter(|start| *start > last),
        );
        at = to;
    }
    starts
}

/// The sentences of one paragraph, as byte ranges without blanks at the ends, in order. `within` is
/// read as it is: it should hold no line break.
pub(crate) fn sentences(source: &SourceText, within: TextRange) -> Vec<TextRange> {
    let text = source.slice(within);
    let mut bounds: Vec<(usize, usize)> = Vec::new();
    let starts = piece_starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let piece = text.get(start..end).unwrap_or_default();
        match bounds.last_mut() {
            Some(last)
                if text
                    .get(last.0..last.1)
                    .is_some_and(|left| goes_on(left, piece)) =>
            {
                last.1 = end;
            }
            _ => bounds.push((start, end)),
        }
    }
    let base = within.start();
    let mut found: Vec<TextRange> = Vec::with_capacity(bounds.len());
    for (start, end) in bounds {
        let range = TextRange::new(base + size(start), base + size(end));
        let range = trim(source, snap_to_graphemes(source, range));
        // Snapping may make neighbours meet inside one grapheme; it goes with the first.
        let taken = found.last().map_or(base, |last| last.end());
        if range.start() >= taken && !range.is_empty() {
            found.push(range);
        }
    }
    found
}

/// The sentence at a caret, without blanks at its ends. In the blanks between two sentences it is
/// the one before; `None` in a paragraph without text.
#[must_use]
pub fn sentence_at(source: &SourceText, at: TextSize) -> Option<TextRange> {
    let near = neighbourhood(source, TextRange::empty(at));
    let all = sentences(source, near);
    all.iter()
        .rev()
        .find(|sentence| sentence.start() <= at)
        .or_else(|| all.first())
        .copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<String> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        sentences(&source, source.full_range())
            .into_iter()
            .map(|range| source.slice(range).to_owned())
            .collect()
    }

    #[test]
    fn a_full_stop_does_not_always_end_a_sentence() {
        for whole in [
            "Sen. Lindsey Graham met Gen. H.R. McMaster and Dr. J. K. Smith on Jan. 5 in the U.S. Senate at 3.5 p.m. EST.",
            "George W. Bush and John F. Kennedy Jr. did.",
            "“Why not?” he asked.",
            "“No!” she cried, and left.",
            "It was the U.S. Supreme Court vs. Apple Inc. Friday.",
            "Rep. Trey Gowdy (R-S.C.) spoke.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end_where_they_should() {
        for (text, parts) in [
            (
                "He lives in the U.S. The house is old.",
                &["He lives in the U.S.", "The house is old."][..],
            ),
            (
                "“We do,” he said on Tuesday. “Today we do not.” He left.",
                &[
                    "“We do,” he said on Tuesday.",
                    "“Today we do not.”",
                    "He left.",
                ],
            ),
            (
                "\"They came. They saw.\" Then they left.",
                &["\"They came.", "They saw.\"", "Then they left."],
            ),
            ("It is over. \"", &["It is over. \""]),
            (
                "I said no. Moscow agreed.",
                &["I said no.", "Moscow agreed."],
            ),
            ("他来了。他走了。", &["他来了。", "他走了。"]),
        ] {
            assert_eq!(split(text), parts);
        }
    }

    #[test]
    fn a_caret_between_sentences_is_in_the_one_before() {
        let source = SourceText::new("One is. Two is.\n\nThree is.", "UTF-8").unwrap();
        let at = |offset: u32| sentence_at(&source, offset.into()).map(|range| source.slice(range));
        assert_eq!(at(0), Some("One is."));
        assert_eq!(at(7), Some("One is."));
        assert_eq!(at(8), Some("Two is."));
        assert_eq!(at(15), Some("Two is."));
        assert_eq!(at(16), None);
        assert_eq!(at(99), Some("Three is."));
    }

    proptest! {
        #[test]
        fn sentences_start_where_the_whole_text_says(
            text in "[aB1é .!?,:;’”“(—\u{a0}…]{0,40}|(U\\.S\\.|p\\.m\\.|Mr\\. |[a-zA-Z0-9]{1,4}|[ .!?”\")]{1,3}){0,20}",
        ) {
            let whole: Vec<usize> = text.split_sentence_bound_indices().map(|(start, _)| start).collect();
            let expected = if whole.is_empty() { vec![0] } else { whole };
            prop_assert_eq!(piece_starts(&text), expected, "{:?}", text);
        }
        #[test]
        fn any_text_has_sentences_in_order_on_grapheme_boundaries(
            text in "(?s).{0,80}|[A-Za-z.?!\"” \u{301}]{0,80}",
            place in any::<prop::sample::Index>(),
        ) {
            let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
            let at = size(place.index(text.len() + 2));
            if let Some(sentence) = sentence_at(&source, at) {
                prop_assert_eq!(snap_to_graphemes(&source, sentence), sentence);
                prop_assert!(!sentence.is_empty());
            }
            let near = neighbourhood(&source, TextRange::empty(at));
            let mut end = near.start();
            for sentence in sentences(&source, near) {
                prop_assert!(sentence.start() >= end && sentence.end() <= near.end());
                end = sentence.end();
            }
        }
    }
}
