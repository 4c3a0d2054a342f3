use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

/// Ids that XML allows, one for each of ours.
pub(super) struct Names<'a>(BTreeMap<&'a str, String>);

impl<'a> Names<'a> {
    /// The id after the prefix where that is a name; a number after the prefix in capitals, which
    /// no such name has, where it is not.
    pub(super) fn of(prefix: &str, ids: impl Iterator<Item = &'a str>) -> Self {
        let name = |(n, id): (usize, &'a str)| {
            let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let name = if plain {
                format!("{prefix}.{id}")
            } else {
                format!("{}.{}", prefix.to_uppercase(), n + 1)
            };
            (id, name)
        };
        Self(ids.enumerate().map(name).collect())
    }

    pub(super) fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// One word: what is where TEI wants one. A word is of letters, digits, punctuation and symbols.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    spelled(text, |c, _| {
        let unfit = c.is_whitespace() || c.is_control() || is_combining_mark(c);
        !unfit && !is_unassigned_or_format(c)
    })
}

/// A name as XML has it, without a colon.
pub(super) fn name(text: &str) -> Cow<'_, str> {
    spelled(text, |c, first| {
        let begins = matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{d6}'
            | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
            | '\u{37f}'..='\u{1fff}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
            | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}');
        begins || !first && matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}')
    })
}

/// What was spelled as a name or word: in `n` as it was, where that is what became of it.
pub(super) fn unspelled<'a>(
    spelled: &'a str,
    n: Option<&'a str>,
    spell: fn(&str) -> Cow<'_, str>,
) -> &'a str {
    n.filter(|n| spell(n) == spelled).unwrap_or(spelled)
}

fn spelled(text: &str, fits: impl Fn(char, bool) -> bool) -> Cow<'_, str> {
    if text.is_empty() {
        return Cow::Borrowed("_");
    }
    let mut characters = text.chars().enumerate();
    if characters.all(|(n, c)| fits(c, n == 0)) {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len() + 1);
    for (n, c) in text.chars().enumerate() {
        if n == 0 && !fits(c, true) && fits(c, false) {
            spelled.push('_');
        }
        spelled.push(if fits(c, n == 0) || n == 0 && fits(c, false) {
            c
        } else {
            '_'
        });
    }
    Cow::Owned(spelled)
}

/// Characters without a shape of their own, and those for private use.
fn is_unassigned_or_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_and_words_are_words() {
        for (text, expected) in [
            ("form", "form"),
            ("Ü-1", "Ü-1"),
            ("1st", "_1st"),
            ("check worthy", "check_worthy"),
            ("a:b/c", "a_b_c"),
            ("", "_"),
        ] {
            assert_eq!(name(text), expected);
        }
        assert_eq!(word("not factual"), "not_factual");
        assert_eq!(word("a:b/c?"), "a:b/c?");
        assert_eq!(word("e\u{301}\u{200b}"), "e__");
    }
}
