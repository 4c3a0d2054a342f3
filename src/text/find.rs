use super::{SourceText, TextRange, TextSize};

fn folded(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        '‘' | '’' | '‚' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '\u{a0}' | '\n' | '\r' | '\t' => ' ',
        c => c,
    };
    plain.to_lowercase()
}

/// Bytes between two checks for cancellation.
const PATIENCE: usize = 1 << 16;

/// Where `query` is in the text (bytes), in order, not overlapping, in any case and whatever the
/// quotation marks look like. None for an empty query. Costs the length of the text; ends early,
/// with what is found so far, when cancelled.
pub fn find_all(source: &SourceText, query: &str, waited_for: impl Fn() -> bool) -> Vec<TextRange> {
    let wanted: Vec<char> = query.chars().flat_map(folded).collect();
    let Some(&first) = wanted.first() else {
        return Vec::new();
    };
    // Most places are ruled out by their first byte.
    let mut may_start = [true; 256];
    for (byte, may) in (0..=u8::MAX).zip(&mut may_start) {
        let one = char::from(byte);
        *may = if byte.is_ascii() {
            folded(one).next() == Some(first)
        } else {
            // Not within a character.
            byte >= 0xC0
        };
    }
    let text = source.as_str();
    let mut hits = Vec::new();
    let mut behind = 0;
    for (start, byte) in text.bytes().enumerate() {
        if start % PATIENCE == 0 && !waited_for() {
            return hits;
        }
        let may = may_start.get(usize::from(byte)).copied();
        if may != Some(true) || start < behind {
            continue;
        }
        if let Some(len) = text.get(start..).and_then(|rest| prefix(rest, &wanted)) {
            behind = start + len;
            let bounds = (TextSize::try_from(start), TextSize::try_from(behind));
            if let (Ok(start), Ok(end)) = bounds {
                hits.push(TextRange::new(start, end));
            }
        }
    }
    hits
}

/// How many bytes of `text` make `wanted`, if it starts with it.
fn prefix(text: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    for (at, c) in text.char_indices() {
        if left.is_empty() {
            return Some(at);
        }
        for c in folded(c) {
            match left.split_first() {
                Some((&next, rest)) if next == c => left = rest,
                _ => return None,
            }
        }
    }
    left.is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str, query: &str) -> Vec<TextRange> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        find_all(&source, query, || true)
    }

    fn found<'a>(text: &'a str, query: &str) -> Vec<&'a str> {
        all(text, query)
            .into_iter()
            .map(|hit| &text[usize::from(hit.start())..usize::from(hit.end())])
            .collect()
    }

    #[test]
    fn case_and_kind_of_marks_do_not_matter() {
        assert_eq!(
            found("Say “I DON’T” or i don't", "i don't"),
            ["I DON’T", "i don't"]
        );
        assert_eq!(found("Straße ÄÖ", "äö"), ["ÄÖ"]);
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
        assert_eq!(found("two\nwords", "o w"), ["o\nw"]);
        assert_eq!(found("300 \u{212a}, 5 k", "k"), ["\u{212a}", "k"]);
        assert!(found("anything", "").is_empty());
        assert!(found("shor", "short").is_empty());
    }

    #[test]
    fn nobody_waits_for_a_search_that_was_given_up() {
        let source = SourceText::new("a".repeat(1 << 20), "UTF-8").unwrap();
        assert!(find_all(&source, "a", || false).is_empty());
    }

    proptest! {
        /// The first bytes rule nothing out that is there.
        #[test]
        fn every_place_is_found_that_starts_with_the_words(
            text in "[aAä“\"K\u{212a} \n]{0,60}",
            query in "[aä\"k ]{1,3}",
        ) {
            let hits = all(&text, &query);
            let wanted: Vec<char> = query.chars().flat_map(folded).collect();
            let mut expected = Vec::new();
            let mut behind = 0;
            for (start, _) in text.char_indices() {
                if let Some(len) = prefix(&text[start..], &wanted).filter(|_| start >= behind) {
                    behind = start + len;
                    expected.push((start, behind));
                }
            }
            let hits: Vec<_> = hits
                .into_iter()
                .map(|hit| (usize::from(hit.start()), usize::from(hit.end())))
                .collect();
            prop_assert_eq!(hits, expected);
        }
    }
}
