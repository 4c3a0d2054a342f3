//! Finding words of which only the words are known, not the text they come from.

use gix_imara_diff::Interner;

use super::repeats::Places;
use super::tokens::Tokens;
use super::{Anchored, Doubt};

use crate::text::{SourceText, TextRange, TextSize, size};

/// Words that begin or end within a word are looked for in texts up to that length, in bytes.
const SHORT_TEXT: usize = 1 << 20;

/// A form of more or fewer bytes moves what follows by less than one byte in so many, and so many more.
const DRIFT: u32 = 16;

/// Looks words up in a text by themselves.
pub struct WordFinder<'t> {
    source: &'t SourceText,
    tokens: Tokens<'t>,
    places: Places,
    /// The same words whatever form they are in; made when they are first needed.
    in_form: Option<(Tokens<'t>, Places)>,
    interner: Interner<String>,
}

impl<'t> WordFinder<'t> {
    /// Prepares a text. O(n).
    #[must_use]
    pub fn new(source: &'t SourceText) -> Self {
        let mut interner = Interner::<String>::new(1024);
        let tokens = Tokens::new(source.as_str(), &mut interner);
        let places = Places::new(&tokens, interner.num_tokens());
        Self {
            source,
            tokens,
            places,
            in_form: None,
            interner,
        }
    }

    /// Where exactly these words stand, if they do once. Where they are more often and also at
    /// `before` (a byte of this text), their old place, that place is to be checked. Where they stand
    /// nowhere, they are looked for in another form: with composed or decomposed accents, upper or lower
    /// case, typographic or plain signs, other white space.
    #[must_use]
    pub fn find(&mut self, words: &str, before: TextSize) -> Anchored {
        if words.is_empty() {
            return Anchored::Lost;
        }
        match self.only(words) {
            Found::Once(place) if place.start() == before => Anchored::Same,
            Found::Once(place) => Anchored::Moved(place),
            Found::Often => {
                let there = before
                    .checked_add(TextSize::of(words))
                    .map(|end| TextRange::new(before, end))
                    .filter(|range| self.source.get(*range) == Some(words));
                there.map_or(Anchored::Lost, |there| {
                    Anchored::Check(there, Doubt::Repeated)
                })
            }
            Found::Nowhere => self.find_in_form(words, before),
        }
    }

    /// Where these words stand in any form, if they do once, or by far nearest to their old place.
    fn find_in_form(&mut self, words: &str, before: TextSize) -> Anchored {
        let row = Tokens::new(words, &mut self.interner).in_form(&mut self.interner);
        let (tokens, places) = self.in_form.get_or_insert_with(|| {
            let tokens = self.tokens.in_form(&mut self.interner);
            let places = Places::new(&tokens, self.interner.num_tokens());
            (tokens, places)
        });
        let Some(last) = row.len().checked_sub(1) else {
            return Anchored::Lost;
        };
        let starts = places.find(tokens, &row.ids).unwrap_or_default();
        let mut found: Vec<TextRange> = starts
            .into_iter()
            .filter_map(|start| {
                let (first, last) = (tokens.at.get(start)?, tokens.at.get(start + last)?);
                Some(TextRange::new(first.start(), last.end()))
            })
            .collect();
        if let [only] = *found {
            return Anchored::Moved(only);
        }
        let before = u32::from(before);
        let away = |place: &TextRange| u32::from(place.start()).abs_diff(before);
        found.sort_by_key(away);
        match *found {
            [nearest, second, ..]
                if away(&nearest) <= DRIFT + before / DRIFT
                    && away(&second) / 2 > away(&nearest) =>
            {
                Anchored::Check(nearest, Doubt::Repeated)
            }
            _ => Anchored::Lost,
        }
    }

    fn only(&mut self, words: &str) -> Found {
        let row = Tokens::new(words, &mut self.interner);
        let Some(first) = row.at.first() else {
            return Found::Nowhere;
        };
        let offset = first.start();
        let Some(starts) = self.places.find(&self.tokens, &row.ids) else {
            return Found::Often;
        };
        let places = starts.into_iter().filter_map(|start| {
            let start = self.tokens.at.get(start)?.start().checked_sub(offset)?;
            let place = TextRange::at(start, TextSize::of(words));
            (self.source.get(place) == Some(words)).then_some(place)
        });
        let found = Found::from(places);
        let text = self.source.as_str();
        if matches!(found, Found::Nowhere) && text.len() <= SHORT_TEXT {
            let at = |(at, _)| TextRange::at(size(at), TextSize::of(words));
            return Found::from(text.match_indices(words).map(at));
        }
        found
    }
}

enum Found {
    Nowhere,
    Once(TextRange),
    Often,
}

impl Found {
    fn from(mut places: impl Iterator<Item = TextRange>) -> Self {
        match (places.next(), places.next()) {
            (None, _) => Self::Nowhere,
            (Some(only), None) => Self::Once(only),
            (Some(_), Some(_)) => Self::Often,
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    const TEXT: &str = "Präsident “Müller” spoke – briefly – on Monday.\n\nThe café said: “It’s over…” \
                        Müller’s aide, Zoë, said no. The café was shut.";

    #[test]
    fn words_are_found_in_another_form() {
        let forms: [(&str, String); 6] = [
            ("decomposed", TEXT.nfd().collect()),
            ("upper case", TEXT.to_uppercase()),
            (
                "plain signs",
                TEXT.replace(['“', '”'], "\"")
                    .replace('’', "'")
                    .replace('–', "--"),
            ),
            ("line ends", TEXT.replace('\n', "\r\n")),
            ("no-break spaces", TEXT.replace(' ', "\u{a0}")),
            ("double spaces", TEXT.replace(' ', "  ")),
        ];
        for (name, text) in forms {
            let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
            let mut finder = WordFinder::new(&source);
            for words in [
                "“Müller”",
                "– briefly –",
                "Zoë",
                "“It’s over…”",
                "spoke – briefly",
            ] {
                let before = TextSize::try_from(TEXT.find(words).unwrap()).unwrap();
                let found = finder.find(words, before);
                let place = match found {
                    Anchored::Same => TextRange::at(before, TextSize::of(words)),
                    Anchored::Moved(place) => place,
                    Anchored::Check(..) | Anchored::Lost => panic!("{name}: {words}: {found:?}"),
                };
                let plain = |words: &str| {
                    let words = words.nfc().collect::<String>().to_lowercase();
                    let words = words.replace("--", "–").replace('\'', "’").replace('"', "");
                    words
                        .replace(['“', '”'], "")
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ")
                };
                assert_eq!(plain(source.slice(place)), plain(words), "{name}");
            }
        }
    }

    #[test]
    fn words_that_are_there_twice_in_another_form_are_to_be_checked_or_lost() {
        let source = SourceText::new(TEXT.to_uppercase(), "UTF-8").unwrap();
        let mut finder = WordFinder::new(&source);
        let second = TextSize::try_from(TEXT.rfind("café").unwrap()).unwrap();
        let found = finder.find("café", second);
        assert!(
            matches!(found, Anchored::Check(_, Doubt::Repeated)),
            "{found:?}"
        );
        assert_eq!(finder.find("café", TextSize::new(90)), Anchored::Lost);
        assert_eq!(finder.find("tea", TextSize::new(0)), Anchored::Lost);
    }
}
