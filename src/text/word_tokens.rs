//! Words as evaluations count them: what `\w+` finds in Python.

use unicode_normalization::char::is_combining_mark;

use super::{SourceText, TextRange, TextSize};

/// The words within a range of the text (bytes), cut off at its ends.
pub fn word_tokens(source: &SourceText, within: TextRange) -> impl Iterator<Item = TextRange> + '_ {
    let mut rest = source.slice(within);
    let mut at = within.start();
    std::iter::from_fn(move || {
        let word = rest.trim_start_matches(|c| !is_word(c));
        at += TextSize::of(rest) - TextSize::of(word);
        rest = word.trim_start_matches(is_word);
        let found = TextRange::at(at, TextSize::of(word) - TextSize::of(rest));
        at = found.end();
        (!found.is_empty()).then_some(found)
    })
}

/// Whether Python's `\w` takes a character: letters, numbers and the underscore. Unlike Rust, it takes
/// neither combining marks nor letters in circles and squares.
fn is_word(c: char) -> bool {
    // Nearly all of them; the tables below cost more.
    if c.is_ascii() {
        return c == '_' || c.is_ascii_alphanumeric();
    }
    let framed = matches!(
        c,
        '\u{24b6}'..='\u{24e9}'
            | '\u{1f130}'..='\u{1f149}'
            | '\u{1f150}'..='\u{1f169}'
            | '\u{1f170}'..='\u{1f189}'
    );
    c.is_alphanumeric() && !is_combining_mark(c) && !framed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let found = word_tokens(&source, source.full_range());
        found.map(|word| source.slice(word).to_owned()).collect()
    }

    #[test]
    fn words_are_those_of_python() {
        for (text, expected) in [
            (
                "don't co-opt U.S. snake_case",
                "don|t|co|opt|U|S|snake_case",
            ),
            ("He\u{301} said Ⓐb 🅰c ½² 3.5", "He|said|b|c|½²|3|5"),
            ("हिंदी 好的 ไทย", "ह|द|好的|ไทย"),
            (" …—“”\n", ""),
        ] {
            assert_eq!(found(text).join("|"), expected, "{text}");
        }
    }
}
