//! Who a first name alone stands for.

use super::MentionKind;
use super::lexicon::{NO_SURNAME, PLACE, SPEAKER_NOUN};
use super::mentions::{mention_at, mention_kind, name_words};
use super::same_name::{is_named, same_name};
use super::titles::may_be_title;
use crate::model::{Document, Person, PersonId, PersonKind};
use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes};

/// As far from a mention as the text is searched for others of that first name, in bytes.
const FAR: TextSize = TextSize::new(32_768);
/// As many places as are looked at.
const LOOK: usize = 64;

/// Whether `short` is the first name alone of who is called `full`: "Amina" of "Amina Yusuf". Not
/// where it names a place, or the last word an institution.
#[must_use]
pub fn is_first_name_of(short: &str, full: &str) -> bool {
    let named = |words: &str| mention_kind(words) == MentionKind::Named;
    if !named(short) || !named(full) {
        return false;
    }
    let [short, full] = [short, full].map(|words| name_words(words).collect::<Vec<_>>());
    let titles = full.iter().take_while(|word| may_be_title(word)).count();
    let ([only], Some([first, .., last])) = (short.as_slice(), full.get(titles..)) else {
        return false;
    };
    let is_institution = full.iter().any(|word| word == "of" || word == "for")
        || NO_SURNAME.has(last)
        || SPEAKER_NOUN.has(last);
    only == first && !is_institution && !PLACE.has(first) && !may_be_title(first)
}

/// The person of the roster who has the first name `words`, or who is called by the first name of
/// `words` alone; `None` where the first name is that of another, on the roster or in the text around
/// `near` (bytes).
pub(super) fn known_by_first_name(
    document: &Document,
    people: &[&Person],
    words: &str,
    near: TextSize,
) -> Option<PersonId> {
    let fits = |person: &&&Person| {
        person.kind == PersonKind::Person
            && (is_first_name_of(words, &person.name) || is_first_name_of(&person.name, words))
    };
    let person = people.iter().find(fits)?;
    let (short, full) = if is_first_name_of(words, &person.name) {
        (words, person.name.as_str())
    } else {
        (person.name.as_str(), words)
    };
    let others = people.iter().filter(|other| other.id != person.id);
    let mut others = others.filter(|other| {
        is_named(other, short) || is_named(other, full) || is_first_name_of(short, &other.name)
    });
    (others.next().is_none() && is_only_one(document.source(), short, full, near))
        .then(|| person.id.clone())
}

/// Whether nobody else in the text around `near` has the first name `short` of `full`.
fn is_only_one(source: &SourceText, short: &str, full: &str, near: TextSize) -> bool {
    let end = near.checked_add(FAR).unwrap_or(source.len());
    let start = near.checked_sub(FAR).unwrap_or_default();
    let window = snap_to_graphemes(source, TextRange::new(start, end.min(source.len())));
    let mut places = source.slice(window).match_indices(short).take(LOOK);
    places.all(|(offset, _)| {
        let at = window.start() + TextSize::try_from(offset).unwrap_or_default();
        let Some(mention) = mention_at(source, at) else {
            return true;
        };
        let words = source.slice(mention);
        !is_first_name_of(short, words) || same_name(words, full)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_name_is_the_first_word_of_a_name() {
        for full in ["Amina Yusuf", "Dr. Amina Yusuf", "Amina B. Yusuf"] {
            assert!(is_first_name_of("Amina", full), "{full}");
        }
        for (short, full) in [
            ("Amina", "Amina"),
            ("Yusuf", "Amina Yusuf"),
            ("Amin", "Amina Yusuf"),
            ("Washington", "Washington Post"),
            ("Russia", "Russia Today"),
            ("White", "White House"),
            ("Bank", "Bank of America"),
            ("She", "She Yusuf"),
            ("", "Amina Yusuf"),
            ("Amina Yusuf", "Amina Yusuf Khan"),
            ("President", "President Trump"),
        ] {
            assert!(!is_first_name_of(short, full), "{short} of {full}");
        }
    }
}
