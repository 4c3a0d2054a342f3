//! Numbers, lists and names in sentences for people.

use std::borrow::Cow;

/// "1 tag", "2 tags": a noun whose plural ends in s.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// "1 person", "2 people": words whose plural is given.
#[must_use]
pub fn count_as(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn join_and<T: AsRef<str>>(parts: &[T]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match parts.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How many of some suggestions may be wrong, for the sum of the doubts (1 − confidence).
#[must_use]
pub fn doubt(wrong: f64) -> String {
    if wrong < 0.5 {
        "probably none is wrong".to_owned()
    } else {
        format!("about {wrong:.0} may be wrong")
    }
}

/// Words in these quotation marks, unless they are a quotation already.
#[must_use]
pub fn quoted(words: &str, open: char, close: char) -> String {
    let is_mark = |c: char| "“”„‟\"‘’‚‛'«»‹›「」『』".contains(c);
    if words.starts_with(is_mark) && words.chars().count() > 1 && words.ends_with(is_mark) {
        words.to_owned()
    } else {
        format!("{open}{words}{close}")
    }
}

/// The first items of a list and how many there are beyond `most`: `a, b and 1,904 more`.
#[must_use]
pub fn short_list<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize) -> String {
    let mut items = items.into_iter();
    let mut list = String::new();
    for item in items.by_ref().take(most) {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(item.as_ref());
    }
    match items.count() {
        0 => list,
        more => format!("{list} and {} more", grouped(more)),
    }
}

/// The word someone most likely meant: the nearest one within a letter too many, missing, wrong or two
/// in the wrong order, or within two of them where `word` has six letters or more.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = match word.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let distances = known
        .into_iter()
        .map(|name| (strsim::osa_distance(word, name), name));
    let near = distances.filter(|(distance, _)| *distance <= most);
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// A number with a comma after each thousand.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A word that names none of the values there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not {what}; use {known}")]
pub struct UnknownWord {
    word: String,
    what: &'static str,
    known: String,
}

/// The one of `all` with this word in `word_of`; `what` names the kind: "a state".
///
/// # Errors
/// [`UnknownWord`] with those there are.
pub fn from_word<T: Copy>(
    word: &str,
    all: &[T],
    word_of: impl Fn(T) -> &'static str,
    what: &'static str,
) -> Result<T, UnknownWord> {
    let found = all.iter().copied().find(|&value| word_of(value) == word);
    found.ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|&value| word_of(value)).collect();
        UnknownWord {
            word: word.to_owned(),
            what,
            known: known.join(", "),
        }
    })
}

/// The name of an annotator as people read it; "" is somebody without a name.
#[must_use]
pub fn shown_annotator(name: &str) -> &str {
    if name.is_empty() { "unnamed" } else { name }
}

/// One line: runs of white space and control characters become single spaces, none at the ends.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A text on a terminal: control characters and those that turn the direction of writing are shown
/// as Rust writes them (`\u{1b}`, `\n`), so that a name or a tag can neither give orders to a terminal
/// nor begin a line of its own.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(acts_on_terminal) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if acts_on_terminal(c) {
            // `escape_debug` leaves some of them as they are.
            match c {
                '\n' | '\r' => shown.extend(c.escape_default()),
                _ => shown.extend(c.escape_unicode()),
            }
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character gives an order to a terminal, turns the direction of writing or ends a line.
#[must_use]
pub fn acts_on_terminal(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
    ) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\t')
}

/// So many code points of what is left of a message tell its kind.
const TELLING: usize = 80;

/// A message without what it quotes and without numbers: those that differ in nothing else are of one
/// kind.
#[must_use]
pub fn kind_of_message(message: &str) -> String {
    let mut kind = String::new();
    let mut length = 0;
    let mut until = None;
    for c in message.chars() {
        match until {
            Some(end) if c == end => until = None,
            Some(_) => continue,
            None if c.is_ascii_digit() => continue,
            None => match c {
                '`' => until = Some('`'),
                '“' => until = Some('”'),
                '‘' => until = Some('’'),
                _ => {}
            },
        }
        kind.push(c);
        length += 1;
        if length == TELLING {
            break;
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_not_quoted_again() {
        for (words, expected) in [
            ("she left", "“she left”"),
            ("“I think so,”", "“I think so,”"),
            ("\"Well.\"", "\"Well.\""),
            ("„Nein“", "„Nein“"),
            ("“I think so,” he said", "““I think so,” he said”"),
            ("”", "“””"),
            ("", "“”"),
        ] {
            assert_eq!(quoted(words, '“', '”'), expected);
        }
    }

    #[test]
    fn doubts_are_told_in_whole_numbers() {
        assert_eq!(doubt(0.2), "probably none is wrong");
        assert_eq!(doubt(0.7), "about 1 may be wrong");
        assert_eq!(doubt(3.4), "about 3 may be wrong");
    }

    #[test]
    fn long_lists_are_cut() {
        let items = |n: usize| (0..n).map(|n| n.to_string());
        assert_eq!(short_list(items(0), 3), "");
        assert_eq!(short_list(items(3), 3), "0, 1, 2");
        assert_eq!(short_list(items(4), 3), "0, 1, 2 and 1 more");
        assert_eq!(short_list(items(1906), 2), "0, 1 and 1,904 more");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn one_thing_is_singular() {
        assert_eq!(count(0, "tag"), "0 tags");
        assert_eq!(count(1, "tag"), "1 tag");
        assert_eq!(count(2, "tag"), "2 tags");
        assert_eq!(count_as(1, "person", "people"), "1 person");
        assert_eq!(count_as(12, "person", "people"), "12 people");
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        assert_eq!(escaped("“Hé” 😀\tשלום"), "“Hé” 😀\tשלום");
        let title = "a\u{1b}]0;x\u{7}\n/etc/shadow:1:1: \u{202e}b\u{9b}1m\r";
        let shown = "a\\u{1b}]0;x\\u{7}\\n/etc/shadow:1:1: \\u{202e}b\\u{9b}1m\\r";
        assert_eq!(escaped(title), shown);
    }

    #[test]
    fn lists_end_in_and() {
        let list = |parts: &[&str]| join_and(parts);
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn an_unknown_word_is_told_with_the_known_ones() {
        let word_of = |truth| if truth { "yes" } else { "no" };
        let read = |word| from_word(word, &[true, false], word_of, "an answer");
        assert_eq!(read("no"), Ok(false));
        let error = read("maybe").unwrap_err().to_string();
        assert_eq!(error, "`maybe` is not an answer; use yes, no");
    }

    #[test]
    fn a_line_has_single_spaces() {
        assert_eq!(one_line(" a\r\n\tb\u{1}c "), "a b c");
        assert_eq!(one_line("\n"), "");
    }
}
