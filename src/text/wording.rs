//! Numbers and lists in sentences for people.

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
pub fn join_and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_singular() {
        assert_eq!(count(0, "tag"), "0 tags");
        assert_eq!(count(1, "tag"), "1 tag");
        assert_eq!(count(2, "tag"), "2 tags");
        assert_eq!(count_as(1, "person", "people"), "1 person");
        assert_eq!(count_as(12, "person", "people"), "12 people");
    }

    #[test]
    fn lists_end_in_and() {
        let list =
            |parts: &[&str]| join_and(&parts.iter().map(|&part| part.into()).collect::<Vec<_>>());
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn a_line_has_single_spaces() {
        assert_eq!(one_line(" a\r\n\tb\u{1}c "), "a b c");
        assert_eq!(one_line("\n"), "");
    }
}
