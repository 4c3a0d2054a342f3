//! Where a range of an article is after the article has changed.

mod align;
mod finder;
mod form;
mod repeats;
mod similar;
mod tokens;

use std::borrow::Cow;
use std::ops::Range;

use gix_imara_diff::Interner;

use self::align::Alignment;
pub use self::finder::WordFinder;
use self::form::end_of_head;
use self::repeats::{Places, with_context};
use self::similar::share;
use self::tokens::Tokens;
use super::{SourceText, TextRange, TextSize, size, snap_to_graphemes};

/// What has become of a range of text. Ranges are bytes of the new text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchored {
    /// It is where it was, with the same words.
    Same,
    /// It is elsewhere, with the same words.
    Moved(TextRange),
    /// It is likely there, but someone should look.
    Check(TextRange, Doubt),
    /// It is no longer there.
    Lost,
}

/// Why someone should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The words have changed.
    Words,
    /// The same words are in the same surroundings more than once, or no longer so.
    Repeated,
    /// The words were not where the text around them would have them, and found elsewhere.
    Elsewhere,
}

/// Below this likeness of its words a stretch counts as lost.
const GUARD: f32 = 0.6;
/// The same for so few words, of which many look alike.
const SHORT_GUARD: f32 = 0.7;
const SHORT: usize = 3;
/// So few words may be elsewhere by chance.
const FEW: usize = 8;
/// In shorter lines, in letters, one change of a word is too much of the line to be reliable.
const ENOUGH: usize = 40;
/// How many words of the line to either side are looked at then.
const AROUND: usize = 30;
/// How many words before and after speak for a place.
const NEIGHBOURS: usize = 8;

/// An old and a new text laid side by side.
pub struct Reanchoring<'t> {
    old_source: &'t SourceText,
    new_source: &'t SourceText,
    old: Tokens<'t>,
    new: Tokens<'t>,
    alignment: Alignment,
    old_places: Places,
    new_places: Places,
    /// Whether the texts differ in white space and in how their words are written at most.
    same_in_form: bool,
}

impl<'t> Reanchoring<'t> {
    /// Compares the texts. O(n log n) of their length.
    #[must_use]
    pub fn new(old_source: &'t SourceText, new_source: &'t SourceText) -> Self {
        let mut interner = Interner::<Cow<str>>::new(1024);
        let old = Tokens::new(old_source.as_str(), &mut interner);
        let new = Tokens::new(new_source.as_str(), &mut interner);
        let words = interner.num_tokens();
        let same_in_form = old.same_in_form(&new);
        Self {
            same_in_form,
            alignment: match same_in_form {
                true => Alignment::one_to_one(old.len()),
                false => Alignment::new(&old, &new),
            },
            old_places: Places::new(&old, words),
            new_places: Places::new(&new, words),
            old_source,
            new_source,
            old,
            new,
        }
    }

    /// What has become of `range` (bytes of the old text).
    #[must_use]
    pub fn anchor(&self, range: TextRange) -> Anchored {
        let Some(words) = self.old_source.get(range) else {
            return Anchored::Lost;
        };
        let tokens = self.old.within(range);
        let Some(place) = self.place(range, &tokens) else {
            return self.elsewhere(range, &tokens);
        };
        let now = self.new_source.slice(place);
        if self.same_in_form {
            return match place == range && words == now {
                true => Anchored::Same,
                false => Anchored::Moved(place),
            };
        }
        if !words.split_whitespace().eq(now.split_whitespace()) {
            return Anchored::Check(place, Doubt::Words);
        }
        if self.is_repeated(place) {
            return Anchored::Check(place, Doubt::Repeated);
        }
        if tokens.len() <= FEW && self.is_alone(&tokens, place) {
            return Anchored::Check(place, Doubt::Elsewhere);
        }
        if place == range && words == now {
            Anchored::Same
        } else {
            Anchored::Moved(place)
        }
    }

    /// Where the words that are still there are; `None` where too little is left of them.
    fn place(&self, range: TextRange, tokens: &Range<usize>) -> Option<TextRange> {
        let pairs = || {
            tokens
                .clone()
                .filter_map(|n| Some((n, self.alignment.pair(n)?)))
        };
        let Some(((first, from), (last, to))) = pairs().next().zip(pairs().next_back()) else {
            return self.between_words(range, tokens);
        };
        let mut start = self.start_of(from.to)?;
        let mut end = self.end_of(to.to)?;
        let mut there = from.to..to.to + 1;
        if first == tokens.start {
            start = self.edge(range.start(), first, from.to, start);
        } else if let Some(token) = self.replaced_before(tokens.start, first, from.to) {
            start = self.start_of(token)?;
            there.start = token;
        }
        if last + 1 == tokens.end {
            end = self.edge(range.end(), last, to.to, end);
        } else if let Some(token) = self.replaced_behind(tokens.end, last, to.to) {
            end = self.end_of(token)?;
            there.end = token + 1;
        }
        let place = TextRange::new(start, end.max(start));
        let place = if snap_to_graphemes(self.old_source, range) == range {
            snap_to_graphemes(self.new_source, place)
        } else {
            place
        };
        let alike = self.likeness(tokens, &there);
        let supported = self.support(tokens, &there);
        let short = tokens.len() <= SHORT;
        let guard = if short { SHORT_GUARD } else { GUARD };
        let sure = if short { 0.45 } else { 0.2 };
        (!place.is_empty() && alike >= guard && supported >= sure).then_some(place)
    }

    /// Where the words `start..first` of a range, which are gone, have been replaced by others: the
    /// first of these. What was replaced across the edge of the range is left out.
    fn replaced_before(&self, start: usize, first: usize, to: usize) -> Option<usize> {
        let before = match start.checked_sub(1) {
            Some(before) => self.alignment.pair(before)?.to + 1,
            None => 0,
        };
        self.replaces(&(start..first), &(before..to))
            .then_some(before)
    }

    /// Where the words after `last` up to `end` have been replaced: the last of the others.
    fn replaced_behind(&self, end: usize, last: usize, to: usize) -> Option<usize> {
        let behind = if end < self.old.len() {
            self.alignment.pair(end)?.to
        } else {
            self.new.len()
        };
        self.replaces(&(last + 1..end), &(to + 1..behind))
            .then(|| behind - 1)
    }

    fn replaces(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        !new.is_empty() && letters(&self.new, new) <= 2 * letters(&self.old, old) + 16
    }

    fn start_of(&self, token: usize) -> Option<TextSize> {
        self.new.at.get(token).map(|at| at.start())
    }

    fn end_of(&self, token: usize) -> Option<TextSize> {
        self.new.at.get(token).map(|at| at.end())
    }

    /// An edge of a range at the outermost of its words: within the word or in the white space
    /// beside it; else `plain`, the edge of the word in the new text.
    fn edge(&self, edge: TextSize, old: usize, new: usize, plain: TextSize) -> TextSize {
        let (Some(was), Some(is)) = (self.old.at.get(old), self.new.at.get(new)) else {
            return plain;
        };
        let new_text = self.new_source.as_str();
        if edge < was.start() {
            let space = self.old_source.slice(TextRange::new(edge, was.start()));
            let before = new_text.get(..usize::from(plain)).unwrap_or_default();
            return if before.ends_with(space) {
                plain - TextSize::of(space)
            } else {
                plain
            };
        }
        if edge > was.end() {
            let space = self.old_source.slice(TextRange::new(was.end(), edge));
            let behind = new_text.get(usize::from(plain)..).unwrap_or_default();
            return if behind.starts_with(space) {
                plain + TextSize::of(space)
            } else {
                plain
            };
        }
        // What did not split a word does not split the one that took its place.
        if edge == was.start() {
            return is.start();
        }
        if edge == was.end() {
            return is.end();
        }
        let head = self.old_source.slice(TextRange::new(was.start(), edge));
        let tail = self.old_source.slice(TextRange::new(edge, was.end()));
        let word = self.new_source.slice(*is);
        if word.starts_with(head) {
            is.start() + TextSize::of(head)
        } else if word.ends_with(tail) {
            is.end() - TextSize::of(tail)
        } else if let Some(end) = end_of_head(word, head) {
            is.start() + size(end)
        } else {
            plain
        }
    }

    /// The place of a range that is all white space.
    fn between_words(&self, range: TextRange, tokens: &Range<usize>) -> Option<TextRange> {
        let (before, behind) = (tokens.start.checked_sub(1)?, tokens.end);
        if !tokens.is_empty() || range.is_empty() {
            return None;
        }
        let (from, to) = (self.alignment.pair(before)?, self.alignment.pair(behind)?);
        let start = self.end_of(from.to)? + (range.start() - self.old.at.get(before)?.end());
        let place = TextRange::at(start, range.len());
        let still = place.end() <= self.start_of(to.to)?
            && self.new_source.get(place) == self.old_source.get(range);
        (from.to + 1 == to.to && still).then_some(place)
    }

    /// How much of the words is the same, by length, of the longer of the two stretches.
    fn likeness(&self, tokens: &Range<usize>, there: &Range<usize>) -> f32 {
        let mut same = 0.0;
        for n in tokens.clone() {
            if let Some(pair) = self.alignment.pair(n) {
                same += pair.likeness * share(self.old.word(n).chars().count(), 1);
            }
        }
        let whole = letters(&self.old, tokens).max(letters(&self.new, there));
        same * share(1, whole)
    }

    /// How many of the words around are still around, as a share.
    fn support(&self, tokens: &Range<usize>, there: &Range<usize>) -> f32 {
        let before = tokens.start.saturating_sub(NEIGHBOURS)..tokens.start;
        let behind = tokens.end..(tokens.end + NEIGHBOURS).min(self.old.len());
        let whole = before.len() + behind.len();
        if whole == 0 {
            return 1.0;
        }
        let near = there.start.saturating_sub(2 * NEIGHBOURS)..there.end + 2 * NEIGHBOURS;
        let here = |n: &usize| {
            let pair = self.alignment.pair(*n);
            pair.is_some_and(|pair| near.contains(&pair.to))
        };
        share(before.chain(behind).filter(here).count(), whole)
    }

    /// Whether so little is left of the line around that the same words may be there by chance.
    fn is_alone(&self, tokens: &Range<usize>, place: TextRange) -> bool {
        let there = self.new.within(place);
        let before = (tokens.start.saturating_sub(AROUND)..tokens.start)
            .rev()
            .take_while(|n| !self.old.begins_line(n + 1));
        let behind = (tokens.end..(tokens.end + AROUND).min(self.old.len()))
            .take_while(|n| !self.old.begins_line(*n));
        let near = there.start.saturating_sub(2 * AROUND)..there.end + 2 * AROUND;
        let (mut whole, mut left) = (0, 0);
        for n in before.chain(behind) {
            let letters = self.old.word(n).chars().count();
            whole += letters;
            let pair = self.alignment.pair(n);
            if pair.is_some_and(|pair| near.contains(&pair.to)) {
                left += letters;
            }
        }
        whole >= ENOUGH && 2 * left < whole
    }

    /// Whether the words with their context are in the new text more or less often than in the old
    /// one, so that it is unclear which of them were meant.
    fn is_repeated(&self, place: TextRange) -> bool {
        let tokens = self.new.within(place);
        with_context(&self.new, &tokens).into_iter().any(|stretch| {
            let row = self.new.ids.get(stretch).unwrap_or_default();
            let now = self.new_places.find(&self.new, row);
            let was = self.old_places.find(&self.old, row);
            match (now, was) {
                (Some(now), Some(was)) => now.len() != was.len() && now.len().max(was.len()) > 1,
                // Words this common may be anywhere.
                _ => true,
            }
        })
    }

    /// Looks for a lost range by its words and their context.
    fn elsewhere(&self, range: TextRange, tokens: &Range<usize>) -> Anchored {
        let stretches = with_context(&self.old, tokens);
        let ([stretch, ..], false) = (stretches.as_slice(), tokens.is_empty()) else {
            return Anchored::Lost;
        };
        let row = self.old.ids.get(stretch.clone()).unwrap_or_default();
        let was = self.old_places.find(&self.old, row);
        let now = self.new_places.find(&self.new, row);
        let (Some([_]), Some([start])) = (was.as_deref(), now.as_deref()) else {
            return Anchored::Lost;
        };
        let first = start + (tokens.start - stretch.start);
        let last = start + (tokens.end - 1 - stretch.start);
        let Some((start, end)) = self.start_of(first).zip(self.end_of(last)) else {
            return Anchored::Lost;
        };
        let start = self.edge(range.start(), tokens.start, first, start);
        let end = self.edge(range.end(), tokens.end - 1, last, end);
        let place = TextRange::new(start, end.max(start));
        if row.len() < 4 || place.is_empty() {
            return Anchored::Lost;
        }
        Anchored::Check(place, Doubt::Elsewhere)
    }
}

/// Length of words without the white space between, in characters.
fn letters(tokens: &Tokens<'_>, range: &Range<usize>) -> usize {
    range.clone().map(|n| tokens.word(n).chars().count()).sum()
}

/// What has become of each range of the old text.
#[must_use]
pub fn reanchor(old: &SourceText, new: &SourceText, ranges: &[TextRange]) -> Vec<Anchored> {
    if old == new {
        return vec![Anchored::Same; ranges.len()];
    }
    let texts = Reanchoring::new(old, new);
    ranges.iter().map(|&range| texts.anchor(range)).collect()
}

#[cfg(test)]
mod tests;
