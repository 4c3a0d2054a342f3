//! Where somebody is posted: the place between a title and the name.

use super::lexicon::{DETERMINER, PLACE};

/// As many words as a place has.
const LONGEST: usize = 4;

/// The word after a preposition and a place that begin at word `at`, where a name follows: the third
/// of "to Kenya Amina Odera". `None` for other words.
#[must_use]
pub fn after_posting(words: &[&str], at: usize) -> Option<usize> {
    let lower = |at: usize| {
        words.get(at).map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
    };
    if !matches!(lower(at)?.as_str(), "to" | "of" | "for" | "from" | "in") {
        return None;
    }
    let mut start = at + 1;
    if DETERMINER.has(&lower(start)?) {
        start += 1;
    }
    let is_place = |end: &usize| {
        let place: Vec<String> = (start..*end).filter_map(lower).collect();
        PLACE.has(&place.join("_"))
    };
    let ends = (start + 1..=start + LONGEST).filter(|end| *end < words.len());
    let end = ends.rev().find(is_place)?;
    words
        .get(end)
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(|_| end)
}

/// Where a place begins that says where someone with a title before word `start` is from: "of Ohio" in
/// "Senator Ann Lee of Ohio".
#[must_use]
pub fn home_at(words: &[&str], start: usize) -> Option<usize> {
    let plain = |word: &&str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let all: Vec<String> = words.iter().map(plain).collect();
    let of = all
        .iter()
        .rposition(|word| word == "of" || word == "from")?;
    let place = all.get(of + 1..)?.join("_");
    (start > 0 && of >= start + 2 && PLACE.has(&place)).then_some(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_between_a_title_and_the_name() {
        for (text, name) in [
            (
                "Ambassador to the United States Amina Odera",
                Some("Amina Odera"),
            ),
            ("Senator from Ohio Ann Lee", Some("Ann Lee")),
            ("Mayor of New York City Ann Lee", Some("Ann Lee")),
            ("Senator from Ohio", None),
            ("Secretary of State Ann Lee", None),
            ("Mayor Ann Lee", None),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let found = after_posting(&words, 1).map(|at| words[at..].join(" "));
            assert_eq!(found.as_deref(), name, "{text}");
        }
    }
}
