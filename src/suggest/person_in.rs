//! The name of a person within a mention.

use super::lexicon::{
    CALENDAR, COMMON, DETERMINER, NAME_LINK, NO_SURNAME, PLACE, PLACE_NOUN, PREPOSITION,
    SPEAKER_NOUN,
};
use super::titles::may_be_title;
use super::token::has_joined_particle;
use crate::text::{SourceText, TextRange, TextSize};

fn plain(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let stem = word.strip_suffix("'s").or(word.strip_suffix("’s"));
    stem.unwrap_or(word).to_lowercase()
}

/// The name of a person at the end of a mention, with the titles right before it: "Sen. Ann Lee" in
/// "presidential candidate Sen. Ann Lee". `None` where the mention ends in none: bodies, places,
/// descriptions, pronouns.
pub(super) fn person_in(source: &SourceText, mention: TextRange) -> Option<TextRange> {
    let words = source.slice(mention);
    let all: Vec<&str> = words.split_whitespace().collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) || has_joined_particle(word);
    let fits = |word: &&str| is_name(word) || NAME_LINK.has(&plain(word));
    let run = all.iter().rev().take_while(|word| fits(word)).count();
    let mut start = all.len().checked_sub(run)?;
    while all.get(start).is_some_and(|word| !is_name(word)) {
        start += 1;
    }
    let names = all.get(start..).filter(|names| !names.is_empty())?;
    // "a spokesman for Lee", "the Kremlin"
    let governed = start.checked_sub(1).and_then(|before| all.get(before));
    if governed.is_some_and(|word| {
        let word = plain(word);
        PREPOSITION.has(&word) || matches!(word.as_str(), "the" | "a" | "an" | "that" | "this")
    }) {
        return None;
    }
    let own: Vec<String> = names
        .iter()
        .map(|word| plain(word))
        .skip_while(|word| may_be_title(word) || DETERMINER.has(word) || word == "of")
        .collect();
    let last = own.last()?;
    let acronym = names.last().is_some_and(|word| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
    });
    let no_surname = [&NO_SURNAME, &SPEAKER_NOUN, &PLACE_NOUN, &CALENDAR, &COMMON];
    let is_junior = matches!(last.as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
    if acronym && own.len() == 1
        || !is_junior && no_surname.iter().any(|list| list.has(last))
        || last.ends_with("ing")
        || PLACE.has(&own.join("_"))
    {
        return None;
    }
    let from = names.first()?.as_ptr() as usize - words.as_ptr() as usize;
    let start = mention.start() + TextSize::try_from(from).ok()?;
    Some(TextRange::new(start, mention.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_told_from_bodies_places_and_descriptions() {
        for (words, expected) in [
            ("Ann Lee", Some("Ann Lee")),
            (
                "Secretary of State Ann Lee",
                Some("Secretary of State Ann Lee"),
            ),
            ("presidential candidate Sen. Ann Lee", Some("Sen. Ann Lee")),
            ("his rival Bo Roe", Some("Bo Roe")),
            ("General Karim al-Noor", Some("General Karim al-Noor")),
            ("Bo Roe Jr.", Some("Bo Roe Jr.")),
            ("Roe", Some("Roe")),
            ("a spokesman for Lee", None),
            ("the Kremlin", None),
            ("Grand Mosque", None),
            ("North Korea", None),
            ("State Department", None),
            ("GOP", None),
            ("President", None),
            ("Lee's spokeswoman", None),
            ("he", None),
            ("", None),
        ] {
            let source = SourceText::new(words, "UTF-8").unwrap();
            let found = person_in(&source, source.full_range());
            assert_eq!(found.map(|range| source.slice(range)), expected, "{words}");
        }
    }
}
