//! Finding words in the article. The search runs on a thread; steps in the meantime wait for its
//! result.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::text::{SourceText, TextRange, TextSize, find_all};

/// The find bar: what is looked for and what was found.
#[derive(Debug, Default)]
pub(crate) struct Find {
    /// Whether the bar is shown.
    pub(crate) open: bool,
    /// What is looked for.
    pub(crate) query: String,
    /// Its matches, or those of the query before.
    found: Found,
    /// The hit one is at.
    pub(crate) current: Option<usize>,
    /// The first hit at or after the caret, where none was gone to yet.
    next: usize,
    /// Whether what is looked for is left from before and nothing was typed since: no hit of it is gone to
    /// unasked.
    kept: bool,
    /// The hit that was gone to last.
    gone_to: Option<TextRange>,
    /// The last search requested.
    asked: Option<Search>,
    /// Whether it is still under way.
    searching: bool,
    /// Steps to go, forward or back, once it is over.
    steps: Vec<bool>,
    /// Whether the field should get the focus.
    pub(crate) focus: bool,
}

/// Something to look for, in the whole article.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    query: String,
    source: SourceText,
    /// Whether it is cancelled.
    given_up: Arc<AtomicBool>,
}

/// Where something is in the article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Found {
    /// In bytes, in order, disjoint.
    pub(crate) hits: Vec<TextRange>,
    /// The same coarsely, for the scroll bar: never many.
    pub(crate) stretches: Vec<TextRange>,
}

impl Find {
    /// Shows the bar, with the selected `words` to look for, unless there are none or they are the hit
    /// that was gone to last: then with what was looked for before.
    pub(crate) fn show(&mut self, words: &str, selected: TextRange) {
        self.focus = true;
        let was_open = std::mem::replace(&mut self.open, true);
        let is_hit = self.gone_to == Some(selected) && !self.query.is_empty();
        if !words.is_empty() && !words.contains('\n') && !is_hit {
            words.clone_into(&mut self.query);
            self.kept = false;
        } else if !was_open {
            self.kept = !self.query.is_empty();
        }
    }

    /// Notes that something was typed: its first hit is gone to, also where the same was looked for
    /// before.
    pub(crate) fn note_typing(&mut self) {
        if std::mem::take(&mut self.kept) {
            self.give_up();
            self.asked = None;
        }
    }

    /// Hides the bar and forgets the hits.
    pub(crate) fn close(&mut self) {
        self.give_up();
        *self = Self {
            query: std::mem::take(&mut self.query),
            gone_to: self.gone_to,
            ..Self::default()
        };
    }

    fn give_up(&self) {
        if let Some(search) = &self.asked {
            search.given_up.store(true, Ordering::Relaxed);
        }
    }

    /// The search to run if the bar is open and the query or the text has changed; each once.
    pub(crate) fn wanted(&mut self, source: &SourceText) -> Option<Search> {
        if !self.open
            || self
                .asked
                .as_ref()
                .is_some_and(|asked| asked.is(&self.query, source))
        {
            return None;
        }
        self.give_up();
        let search = Search {
            query: self.query.clone(),
            source: source.clone(),
            given_up: Arc::default(),
        };
        self.asked = Some(search.clone());
        self.searching = true;
        Some(search)
    }

    /// Shows what a search has found, unless the query has changed since; the current match is the
    /// first at or after `from`, around the end. Returns where to go then: nowhere for what was looked for
    /// before, until a step is made.
    pub(crate) fn on_found(
        &mut self,
        search: &Search,
        found: Found,
        from: TextSize,
    ) -> Option<TextRange> {
        let asked = self.asked.as_ref()?;
        if !Arc::ptr_eq(&asked.given_up, &search.given_up) {
            return None;
        }
        self.searching = false;
        self.found = found;
        let at = self.hits().partition_point(|hit| hit.start() < from);
        let len = self.hits().len();
        self.next = if at < len { at } else { 0 };
        self.current = (len > 0 && !self.kept).then_some(self.next);
        for forward in std::mem::take(&mut self.steps) {
            self.step(forward);
        }
        self.go_to_hit()
    }

    fn go_to_hit(&mut self) -> Option<TextRange> {
        self.gone_to = self.hit().or(self.gone_to);
        self.hit()
    }

    /// The search that is under way.
    pub(crate) fn pending(&self) -> Option<Search> {
        self.asked.clone().filter(|_| self.searching)
    }

    /// Whether the hits are not those of the query yet.
    pub(crate) fn is_searching(&self) -> bool {
        self.searching
    }

    /// Where it is (bytes), in order.
    pub(crate) fn hits(&self) -> &[TextRange] {
        &self.found.hits
    }

    /// The same coarsely.
    pub(crate) fn stretches(&self) -> &[TextRange] {
        &self.found.stretches
    }

    /// Goes to the next or previous match, around the ends. During a search the step waits.
    pub(crate) fn step(&mut self, forward: bool) -> Option<TextRange> {
        if self.searching {
            self.steps.push(forward);
            return None;
        }
        let last = self.hits().len().checked_sub(1)?;
        self.current = Some(match (self.current, forward) {
            (None, true) => self.next,
            (None, false) => self.next.checked_sub(1).unwrap_or(last),
            (Some(at), true) if at < last => at + 1,
            (Some(at), false) if at > 0 => at - 1,
            (Some(_), true) => 0,
            (Some(_), false) => last,
        });
        self.go_to_hit()
    }

    /// The hit one is at.
    pub(crate) fn hit(&self) -> Option<TextRange> {
        self.hits().get(self.current?).copied()
    }
}

impl Search {
    fn is(&self, query: &str, source: &SourceText) -> bool {
        self.query == query && self.source.sha256() == source.sha256()
    }

    /// Searches the whole article. Ends early when cancelled.
    pub(crate) fn run(&self) -> Found {
        let waited_for = || !self.given_up.load(Ordering::Relaxed);
        let hits = find_all(&self.source, &self.query, waited_for);
        let stretches = coarse(&hits, self.source.len());
        Found { hits, stretches }
    }
}

/// How many parts the scroll bar distinguishes.
const PARTS: u32 = 2048;

/// Ranges (in order) drawn together where they are in one of [`PARTS`] parts of a text.
fn coarse(hits: &[TextRange], len: TextSize) -> Vec<TextRange> {
    let part = u32::from(len).div_ceil(PARTS).max(1);
    let mut stretches: Vec<TextRange> = Vec::new();
    for hit in hits {
        match stretches.last_mut() {
            Some(last) if u32::from(last.start()) / part == u32::from(hit.start()) / part => {
                *last = last.cover(*hit);
            }
            _ => stretches.push(*hit),
        }
    }
    stretches
}

/// The id of the find bar's field.
pub(crate) fn find_field_id() -> egui::Id {
    egui::Id::unique("find")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, query: &str) -> Found {
        let search = Search {
            query: query.to_owned(),
            source: SourceText::new(text, "UTF-8").unwrap(),
            given_up: Arc::default(),
        };
        search.run()
    }

    fn searched(find: &mut Find, source: &SourceText, from: u32) -> Option<u32> {
        let search = find.wanted(source)?;
        let hit = find.on_found(&search, search.run(), from.into());
        hit.map(|hit| hit.start().into())
    }

    #[test]
    fn steps_go_around_the_ends() {
        let source = SourceText::new("one two one two one", "UTF-8").unwrap();
        let mut find = Find {
            open: true,
            query: "one".to_owned(),
            ..Find::default()
        };
        let starts = |hit: Option<TextRange>| hit.map(|hit| u32::from(hit.start()));
        assert_eq!(searched(&mut find, &source, 4), Some(8));
        assert_eq!(searched(&mut find, &source, 4), None);
        assert_eq!(starts(find.step(true)), Some(16));
        assert_eq!(starts(find.step(true)), Some(0));
        assert_eq!(starts(find.step(false)), Some(16));
    }

    #[test]
    fn what_was_looked_for_before_moves_nothing_until_a_step() {
        let source = SourceText::new("one two one two one", "UTF-8").unwrap();
        let starts = |hit: Option<TextRange>| hit.map(|hit| u32::from(hit.start()));
        for (forward, hit) in [(true, 8), (false, 0)] {
            let mut find = Find {
                query: "one".to_owned(),
                ..Find::default()
            };
            find.show("", TextRange::empty(5.into()));
            assert_eq!(searched(&mut find, &source, 5), None);
            assert_eq!((find.current, find.hits().len()), (None, 3));
            assert_eq!(starts(find.step(forward)), Some(hit));
            // The hit is selected by now: what is looked for stays.
            find.query = "one ".to_owned();
            find.close();
            find.show("one", find.gone_to.unwrap());
            assert_eq!(find.query, "one ");
            find.show("two", TextRange::new(4.into(), 7.into()));
            assert_eq!(find.query, "two");
        }
        // From the end it goes on at the start.
        let mut find = Find {
            query: "one".to_owned(),
            ..Find::default()
        };
        find.show("", TextRange::empty(19.into()));
        assert_eq!(searched(&mut find, &source, 19), None);
        assert_eq!(starts(find.step(true)), Some(0));
    }

    #[test]
    fn a_step_waits_for_the_search_and_an_old_search_is_given_up() {
        let source = SourceText::new("one two one two one", "UTF-8").unwrap();
        let mut find = Find {
            open: true,
            query: "o".to_owned(),
            ..Find::default()
        };
        let old = find.wanted(&source).unwrap();
        find.query.push_str("ne");
        let new = find.wanted(&source).unwrap();
        assert!(old.given_up.load(Ordering::Relaxed));
        assert_eq!(find.on_found(&old, old.run(), 0.into()), None);
        assert!(find.is_searching());
        assert_eq!(find.step(true), None);
        let hit = find.on_found(&new, new.run(), 0.into()).unwrap();
        assert_eq!(u32::from(hit.start()), 8);
        assert!(!find.is_searching());
    }

    #[test]
    fn a_million_hits_are_few_stretches_that_cover_them() {
        let found = all(&"a ".repeat(500_000), "a");
        assert_eq!(found.hits.len(), 500_000);
        assert!(found.stretches.len() <= 2048);
        let holds = |hit: &TextRange| {
            let at = found
                .stretches
                .partition_point(|part| part.end() <= hit.start());
            found.stretches[at].contains_range(*hit)
        };
        assert!(found.hits.iter().all(holds));
    }
}
