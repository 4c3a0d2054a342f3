//! Finding words of which only the words are known, not the text they come from.

use gix_imara_diff::Interner;

use super::repeats::Places;
use super::tokens::Tokens;
use super::{Anchored, Doubt};

use crate::text::{SourceText, TextRange, TextSize, size};

/// Words that begin or end within a word are looked for in texts up to that length, in bytes.
const SHORT_TEXT: usize = 1 << 20;

/// Looks words up in a text by themselves.
pub struct WordFinder<'t> {
    source: &'t SourceText,
    tokens: Tokens<'t>,
    places: Places,
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
            interner,
        }
    }

    /// Where exactly these words stand, if they do once. Where they are more often and also at
    /// `before` (a byte of this text), their old place, that place is to be checked.
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
            Found::Nowhere => Anchored::Lost,
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
