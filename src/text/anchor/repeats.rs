//! Words with what is around them, and how often they are there.

use std::ops::Range;

use gix_imara_diff::Token;

use super::tokens::Tokens;

/// How much of the line before and after counts as context, in bytes.
const CONTEXT: usize = 32;
/// The same for a second look.
const NEAR: usize = 12;
/// How long words with the context of one side alone must be to identify a place, in bytes.
const ENOUGH: usize = 24;
/// Words that are more often than that are not looked through.
const OFTEN: usize = 2000;
/// Of longer stretches only so many words at either end are looked for.
const LONG: usize = 40;

/// Where each word is.
pub(super) struct Places {
    /// For each word the start of its list in `places`, one more at the end.
    starts: Vec<usize>,
    places: Vec<usize>,
}

impl Places {
    /// `words` is how many different ones there are.
    pub(super) fn new(tokens: &Tokens<'_>, words: u32) -> Self {
        let words = usize::try_from(words).unwrap_or_default();
        let number = |token: &Token| usize::try_from(token.0).unwrap_or_default();
        let mut starts = vec![0; words + 1];
        for token in &tokens.ids {
            if let Some(count) = starts.get_mut(number(token) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![0; tokens.len()];
        for (at, token) in tokens.ids.iter().enumerate() {
            if let Some(free) = next.get_mut(number(token)) {
                if let Some(place) = places.get_mut(*free) {
                    *place = at;
                }
                *free += 1;
            }
        }
        Self { starts, places }
    }

    fn of(&self, token: Token) -> &[usize] {
        let number = usize::try_from(token.0).unwrap_or_default();
        let bounds = self.starts.get(number).zip(self.starts.get(number + 1));
        bounds
            .and_then(|(&start, &end)| self.places.get(start..end))
            .unwrap_or_default()
    }

    /// Where `row` begins in `tokens`; `None` where its words are too common.
    pub(super) fn find(&self, tokens: &Tokens<'_>, row: &[Token]) -> Option<Vec<usize>> {
        let (offset, places) = row
            .iter()
            .enumerate()
            .map(|(n, token)| (n, self.of(*token)))
            .min_by_key(|(_, places)| places.len())?;
        if places.len() > OFTEN {
            return None;
        }
        let stands = |start: &usize| tokens.ids.get(*start..*start + row.len()) == Some(row);
        let starts = places.iter().filter_map(|at| at.checked_sub(offset));
        Some(starts.filter(stands).collect())
    }
}

/// The words of `range` with the context on their lines: one stretch, of long ones either end. With
/// much context on a side also the words and that side alone, as the other may be what was pasted.
pub(super) fn with_context(tokens: &Tokens<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let length = |from: usize, to: usize| {
        let at = |n: usize| tokens.at.get(n).copied().unwrap_or_default();
        usize::from(at(to).end()).saturating_sub(usize::from(at(from).start()))
    };
    let around = |context: usize| {
        let mut start = range.start;
        while start > 0
            && !tokens.begins_line(start)
            && length(start, range.start.saturating_sub(1)) < context
        {
            start -= 1;
        }
        let mut end = range.end;
        while end < tokens.len()
            && !tokens.begins_line(end)
            && length(range.end, end.saturating_sub(1)) < context
        {
            end += 1;
        }
        start..end
    };
    let Range { start, end } = around(CONTEXT);
    let breaks = (range.start + 1..range.end).any(|at| tokens.begins_line(at));
    if range.len() <= LONG && !breaks {
        let mut stretches = Vec::with_capacity(4);
        stretches.push(around(CONTEXT));
        let near = around(NEAR);
        if length(near.start, near.end.saturating_sub(1)) >= ENOUGH {
            stretches.push(near);
        }
        if length(start, range.end.saturating_sub(1)) >= ENOUGH {
            stretches.push(start..range.end);
        }
        if length(range.start, end.saturating_sub(1)) >= ENOUGH {
            stretches.push(range.start..end);
        }
        return stretches;
    }
    let head = (range.start + 1..range.end)
        .take(LONG)
        .take_while(|&at| !tokens.begins_line(at))
        .last()
        .unwrap_or(range.start);
    let tail = (range.start..range.end)
        .rev()
        .take(LONG)
        .find(|&at| tokens.begins_line(at))
        .unwrap_or(range.end.saturating_sub(LONG).max(range.start));
    vec![start..head + 1, tail..end]
}
