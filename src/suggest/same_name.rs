//! Whether two mentions name the same speaker.

use smol_str::SmolStr;

use super::MentionKind;
use super::lexicon::{DETERMINER, NO_SURNAME, SPEAKER_NOUN};
use super::mentions::{mention_kind, name_words};
use super::titles::may_be_title;
use crate::model::Person;

/// Whether two mentions give the same name: one is the other with titles or first names left out.
/// Never for pronouns; descriptions only when they are the same words.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let is_junior = |word: &str| matches!(word, "jr" | "sr" | "ii" | "iii" | "iv");
    // Most names differ in the surname, which is quickly told.
    let last = |words: &str| {
        let mut all = name_words(words);
        let last = all.rfind(|word| !is_junior(word));
        last.filter(|last| !DETERMINER.has(last))
    };
    if let (Some(a), Some(b)) = (last(a), last(b))
        && a != b
    {
        return false;
    }
    let bare = |words: &str| -> Vec<SmolStr> {
        let mut all: Vec<SmolStr> = name_words(words).collect();
        if all.len() > 1 && all.first().is_some_and(|word| DETERMINER.has(word)) {
            all.remove(0);
        }
        all
    };
    let (all_a, all_b) = (bare(a), bare(b));
    let surname = |words: &[SmolStr]| words.iter().rposition(|word| !is_junior(word));
    let same_surname = || {
        let last = |words: &[SmolStr]| surname(words).and_then(|at| words.get(at).cloned());
        last(&all_a) == last(&all_b)
    };
    if all_a.is_empty() || all_a != all_b && !same_surname() {
        return false;
    }
    let (kind_a, kind_b) = (mention_kind(a), mention_kind(b));
    if kind_a == MentionKind::Pronoun || kind_b == MentionKind::Pronoun {
        return false;
    }
    if all_a == all_b {
        return true;
    }
    let strip = |words: Vec<SmolStr>| -> Vec<SmolStr> {
        let end = surname(&words).map_or(0, |last| last + 1);
        // What is before the name: titles, and everything up to the last of them.
        let names = words.get(..end).unwrap_or_default();
        let from = names
            .iter()
            .take(names.len().saturating_sub(1))
            .rposition(|word| may_be_title(word) || word == "of")
            .map_or(0, |title| title + 1);
        names.get(from..).unwrap_or_default().to_vec()
    };
    if kind_a != MentionKind::Named || kind_b != MentionKind::Named {
        return false;
    }
    let (mut long, mut short) = (strip(all_a), strip(all_b));
    if long.len() < short.len() {
        std::mem::swap(&mut long, &mut short);
    }
    let Some(surname) = short.last() else {
        return false;
    };
    if long.last() != Some(surname) {
        return false;
    }
    if short.len() == 1 && long.len() > 1 && (NO_SURNAME.has(surname) || SPEAKER_NOUN.has(surname))
    {
        return false;
    }
    // The first names of the shorter one come in the longer one, in order; an initial stands for a
    // first name.
    let mut rest = long.iter();
    short.iter().all(|word| {
        rest.any(|other| other == word || word.len() == 1 && other.starts_with(word.as_str()))
    })
}

/// Whether words are a name or an alias of a person, in full or in part.
pub(super) fn is_named(person: &Person, words: &str) -> bool {
    let mut names = std::iter::once(&person.name).chain(&person.aliases);
    names.any(|name| same_name(name, words))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_name_with_and_without_titles() {
        for (a, b) in [
            ("Tillerson", "Rex Tillerson"),
            ("Rex Tillerson", "Secretary of State Rex Tillerson"),
            ("Tillerson’s", "Mr. Tillerson"),
            ("General McMaster", "H.R. McMaster"),
            ("George W. Bush", "George Bush"),
            ("The White House", "White House"),
            ("Donald Trump Jr.", "Trump"),
            ("the secretary of state", "The secretary of state"),
        ] {
            assert!(same_name(a, b) && same_name(b, a), "{a} ~ {b}");
        }
        for (a, b) in [
            ("he", "he"),
            ("He", "Tillerson"),
            ("Bill Clinton", "Hillary Clinton"),
            ("the House", "the White House"),
            ("a spokesman", "the spokesman for Tillerson"),
            ("", ""),
            ("US", "us"),
        ] {
            assert!(!same_name(a, b) && !same_name(b, a), "{a} !~ {b}");
        }
    }

    proptest! {
        #[test]
        fn names_are_the_same_both_ways_and_never_pronouns(a in "\\PC{0,12}", b in "(Rex |Mr\\. )?[A-Z][a-z]{0,4}") {
            prop_assert_eq!(same_name(&a, &b), same_name(&b, &a));
            prop_assert!(same_name(&b, &b) || mention_kind(&b) == MentionKind::Pronoun);
            prop_assert!(!same_name(&a, "she"));
        }
    }
}
