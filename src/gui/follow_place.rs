//! Where a place in an article is after another program has written the article.

use std::cell::OnceCell;

use crate::text::{
    Anchored, Reanchoring, SourceText, TextRange, TextSize, sentence_at, snap_to_graphemes,
};

/// What has changed is compared word by word up to this length of the article, in bytes: longer
/// ones would hold the window up.
const COMPARED: u32 = 1 << 20;

/// Where places (bytes) of the text `was` are in the text `now`.
pub(super) fn follow_places<const N: usize>(
    was: &SourceText,
    now: &SourceText,
    places: [TextSize; N],
) -> [TextSize; N] {
    if was.as_str() == now.as_str() {
        return places;
    }
    let (old, new) = (was.as_str().as_bytes(), now.as_str().as_bytes());
    let same = |count: usize| TextSize::try_from(count).unwrap_or(now.len());
    let alike = |(a, b): &(&u8, &u8)| a == b;
    let start = same(old.iter().zip(new).take_while(alike).count());
    let end = same(
        old.iter()
            .rev()
            .zip(new.iter().rev())
            .take_while(alike)
            .count(),
    );
    let words = OnceCell::new();
    places.map(|place| {
        let to_end = was.len() - place.min(was.len());
        let followed = if place < start {
            place
        } else if to_end < end {
            now.len() - to_end
        } else if u32::from(was.len().max(now.len())) <= COMPARED {
            let words = words.get_or_init(|| Reanchoring::new(was, now));
            by_sentence(was, words, place).unwrap_or(place)
        } else {
            start
        };
        let followed = followed.min(now.len());
        snap_to_graphemes(now, TextRange::empty(followed)).start()
    })
}

/// The same distance from the start of the sentence it is in.
fn by_sentence(was: &SourceText, words: &Reanchoring<'_>, place: TextSize) -> Option<TextSize> {
    let sentence = sentence_at(was, place)?;
    let within = place.checked_sub(sentence.start()).unwrap_or_default();
    match words.anchor(sentence) {
        Anchored::Same => Some(place),
        Anchored::Moved(range) | Anchored::Check(range, _) => {
            Some((range.start() + within).min(range.end()))
        }
        Anchored::Lost => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(was: &str, now: &str, words: &str) -> String {
        let source = |text: &str| SourceText::new(text, "UTF-8").unwrap();
        let (was, now) = (source(was), source(now));
        let at = TextSize::try_from(was.as_str().find(words).unwrap()).unwrap();
        let [place] = follow_places(&was, &now, [at]);
        now.slice(TextRange::new(place, now.len())).to_owned()
    }

    const TEXT: &str = "One sentence is here. Another one follows it.\nThe last one ends the text.";

    #[test]
    fn a_place_below_an_inserted_paragraph_moves_down() {
        let now = format!("New words above.\n{TEXT}");
        assert_eq!(
            followed(TEXT, &now, "follows"),
            "follows it.\nThe last one ends the text."
        );
    }

    #[test]
    fn a_place_above_a_change_stays() {
        let now = TEXT.replace("last", "final");
        assert!(followed(TEXT, &now, "follows").starts_with("follows it."));
    }

    #[test]
    fn a_place_between_two_changes_goes_with_its_sentence() {
        let now = format!("New words. {TEXT} And more.");
        assert!(followed(TEXT, &now, "Another").starts_with("Another one"));
        assert!(followed(TEXT, &now, "follows").starts_with("follows it."));
    }

    #[test]
    fn a_place_whose_words_are_gone_stays_in_the_text() {
        assert_eq!(followed(TEXT, "Short.", "ends"), "");
    }
}
