//! What a word is whatever the form it is written in: composed or decomposed accents, upper or lower
//! case, typographic or plain signs.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// A word in one form; words and signs that only differ in theirs give the same.
pub(super) fn form(word: &str) -> Cow<'_, str> {
    match plain_sign(word) {
        Some(sign) => Cow::Borrowed(sign),
        None => form_of_letters(word),
    }
}

/// A word in one form, signs as they are: which mark opens and which closes shows what was taken out
/// between two.
pub(super) fn form_of_letters(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(word.to_ascii_lowercase()),
            false => Cow::Borrowed(word),
        };
    }
    // By way of upper case, `ß` and `SS` are the same.
    let upper = word.nfc().flat_map(char::to_uppercase);
    Cow::Owned(upper.flat_map(char::to_lowercase).nfc().collect())
}

/// The plain sign that a sign, or two that stand for one, is written as.
fn plain_sign(word: &str) -> Option<&'static str> {
    let mut signs = word.chars();
    let first = stands_for(signs.next()?)?;
    let doubled = signs.next().is_some();
    Some(match first {
        '"' => "\"",
        '\'' if doubled => "\"",
        '\'' => "'",
        '-' => "-",
        _ if doubled || word == "…" => "…",
        _ => ".",
    })
}

/// The end of the shortest beginning of `word`, in bytes, that is the same as `head` but for its form.
pub(super) fn end_of_head(word: &str, head: &str) -> Option<usize> {
    let wanted = form(head);
    let ends = word.char_indices().map(|(at, _)| at).skip(1);
    ends.chain([word.len()])
        .find(|end| word.get(..*end).is_some_and(|start| form(start) == wanted))
}

/// The sign that others of its kind are written as in plain text.
pub(super) fn stands_for(c: char) -> Option<char> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Some('"'),
        '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '`' | '´' => Some('\''),
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '.' | '…' => Some('.'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_word_does_not_count() {
        for (one, other) in [
            ("Präsident", "PRA\u{308}SIDENT"),
            ("Straße", "STRASSE"),
            ("“", "\""),
            ("''", "„"),
            ("’", "'"),
            ("—", "--"),
            ("…", "..."),
            ("Kremlin", "KREMLIN"),
        ] {
            assert_eq!(form(one), form(other));
        }
        for (one, other) in [("…", "."), ("'", "\""), ("he", "she"), ("é", "e")] {
            assert_ne!(form(one), form(other));
        }
    }

    #[test]
    fn a_part_of_a_word_is_found_in_another_form() {
        assert_eq!(end_of_head("pra\u{308}sident", "Prä"), Some(5));
        assert_eq!(end_of_head("PRESIDENT", "Presi"), Some(5));
        assert_eq!(end_of_head("mayor", "Presi"), None);
    }
}
