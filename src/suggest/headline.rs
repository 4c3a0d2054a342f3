use unicode_segmentation::UnicodeSegmentation;

use super::lexicon::{CONJUNCTION, DETERMINER, PREPOSITION};
use crate::text::{SourceText, TextRange, paragraph_at, trim};

/// As long as a headline is, in bytes.
const LONGEST: u32 = 240;

/// Whether the paragraph that `sentence` opens is a headline in title case: "White House Says Talks
/// Will Go On". Its capitals name no one.
pub(super) fn is_headline(source: &SourceText, sentence: TextRange) -> bool {
    let paragraph = trim(source, paragraph_at(source, sentence.start()));
    if u32::from(paragraph.len()) > LONGEST {
        return false;
    }
    let text = source.slice(paragraph);
    if text.ends_with(['.', '!']) {
        return is_all_in_capitals(text);
    }
    if text.ends_with(['”', '"', ',', ';', ':', '…']) {
        return false;
    }
    let long = text
        .unicode_words()
        .filter(|word| word.chars().count() > 3 && word.starts_with(char::is_alphabetic));
    let (all, capital) = long.fold((0, 0), |(all, capital), word| {
        let is_capital = word.starts_with(char::is_uppercase);
        (all + 1, capital + usize::from(is_capital))
    });
    all >= 4 && capital * 10 >= all * 9
}

/// Whether every word but the small ones has a capital. With a full stop it takes more to be a title.
fn is_all_in_capitals(text: &str) -> bool {
    let small_words = DETERMINER.or(PREPOSITION).or(CONJUNCTION);
    let mut words = text.unicode_words().filter(|word| {
        word.starts_with(char::is_alphabetic) && !small_words.has(&word.to_lowercase())
    });
    let mut all = 0;
    let is_capital = |word: &str| {
        all += 1;
        !word.starts_with(char::is_lowercase)
    };
    words.all(is_capital) && all >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_capitals_is_told_from_a_sentence() {
        for (text, expected) in [
            ("White House Says Talks With North Korea Will Go On", true),
            ("Trump Thinks Russia Helps, Tillerson Says", true),
            ("Tug of war in Central Asia", false),
            ("Donald Trump met Hillary Clinton in New York.", false),
            (
                "Kanzlerin Merkel warnt vor neuen Zöllen aus Washington",
                false,
            ),
            ("Rex Tillerson", false),
            (
                "Holm: Berg’s ‘Careless Words’ Ruining Party’s Chance to Win Bonn.",
                true,
            ),
            ("Holm met Anna Berg and Karl Roe in New York City.", false),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            assert_eq!(
                is_headline(&source, source.full_range()),
                expected,
                "{text}"
            );
        }
    }
}
