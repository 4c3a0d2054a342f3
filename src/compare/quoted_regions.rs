use crate::text::{SourceText, TextRange, TextSize, is_python_whitespace};

/// What a mark does.
#[derive(Clone, Copy)]
enum Side {
    Open,
    Close,
    /// It closes what is open, or else opens.
    Either,
}

/// The regions between double quotation marks, marks included, line by line. Simpler than what the window
/// takes for quotations, and fixed, so that figures stay comparable. A mark that nothing closes opens the
/// rest of its line if the next line that is not blank begins with an opening mark, as continued
/// quotations do; else it is ignored.
pub(super) fn quoted_regions(source: &SourceText) -> Vec<TextRange> {
    let mut regions = Vec::new();
    let mut at = TextSize::new(0);
    let lines = source.as_str().split('\n').map(|line| {
        let start = at;
        at += TextSize::of(line) + TextSize::of('\n');
        (start, line)
    });
    let mut lines = lines
        .filter(|(_, line)| !line.trim_matches(is_python_whitespace).is_empty())
        .peekable();
    while let Some((base, line)) = lines.next() {
        let mut opened = None;
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let start = base + (TextSize::of(line) - TextSize::of(rest));
            let (side, length) = match mark_at(rest) {
                Some((side, length)) => (Some(side), length),
                None => (None, c.len_utf8()),
            };
            rest = rest.get(length..).unwrap_or_default();
            let end = base + (TextSize::of(line) - TextSize::of(rest));
            opened = match (side, opened) {
                (Some(Side::Open | Side::Either), None) => Some(start),
                (Some(Side::Close | Side::Either), Some(opened)) => {
                    regions.push(TextRange::new(opened, end));
                    None
                }
                (Some(Side::Open) | None, opened) | (Some(Side::Close), opened @ None) => opened,
            };
        }
        let next = lines.peek().map_or("", |(_, next)| next);
        if let Some(opened) = opened.filter(|_| continues(next)) {
            let end = base + TextSize::of(line.trim_end_matches(is_python_whitespace));
            regions.push(TextRange::new(opened, end));
        }
    }
    regions
}

/// The mark that words begin with, and its length in bytes.
fn mark_at(words: &str) -> Option<(Side, usize)> {
    Some(match words.chars().next()? {
        c @ ('“' | '«' | '„') => (Side::Open, c.len_utf8()),
        c @ ('”' | '»') => (Side::Close, c.len_utf8()),
        '"' => (Side::Either, 1),
        '\'' if words.starts_with("''") => (Side::Either, 2),
        '`' if words.starts_with("``") => (Side::Open, 2),
        _ => return None,
    })
}

/// Whether a line continues the quotation of the one before it.
fn continues(line: &str) -> bool {
    let line = line.trim_start_matches(is_python_whitespace);
    line.starts_with(['“', '«', '„', '"']) || line.starts_with("''") || line.starts_with("``")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_paired_in_each_line() {
        for (text, expected) in [
            ("“We do,” he said. “Not now.”", "“We do,”|“Not now.”"),
            ("\"A\" b ``c'' ''d'' «e» „f”", "\"A\"|``c''|''d''|«e»|„f”"),
            // Marks of any kind close what is open; an opening one within it does nothing.
            ("“a \"b\" c”", "“a \"|\" c”"),
            ("“a “b” c”", "“a “b”"),
            ("'''a''", "'''a''"),
            ("a” b “c", ""),
            // Low marks that end with the high one stay open.
            ("„Wir gehen.“ Er ging.", ""),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let regions = quoted_regions(&source).into_iter();
            let words: Vec<&str> = regions.map(|range| source.slice(range)).collect();
            assert_eq!(words.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_left_open_goes_on_in_the_next_line() {
        for (text, expected) in [
            ("“One. \r\n \n “Two.” b", "“One.|“Two.”"),
            ("He: “One.\n``Two''", "“One.|``Two''"),
            ("“One.\nTwo.”", ""),
            ("“One.\n’Two.”", ""),
            ("“One.", ""),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let regions = quoted_regions(&source).into_iter();
            let words: Vec<&str> = regions.map(|range| source.slice(range)).collect();
            assert_eq!(words.join("|"), expected, "{text}");
        }
    }
}
