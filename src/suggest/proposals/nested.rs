//! Reports within what another one reports.

use super::scope_view::{Frame, ScopeView, TokenRange};
use crate::suggest::lexicon::PREPOSITION;

impl ScopeView<'_> {
    /// The outermost report in whose clause another one is: "said" for "sought" in "Lee said they sought
    /// “shelter”".
    pub(super) fn outer(&self, frame: &Frame) -> Option<&Frame> {
        let own = frame.subject.filter(|subject| subject.0 < frame.verb.0)?;
        self.frames.iter().find(|other| {
            let start = other.content.map_or(0, |(start, _)| start);
            let opens = || start == own.0 || self.word(start) == "that" || self.opens_clause(start);
            !other.weak
                && !self.in_quote(other.verb.0)
                && other.verb.1 <= start
                && start <= own.0
                && opens()
                && self.clause_end(other, start + 1) > frame.verb.0
        })
    }

    /// Whether a quotation behind a report is a part of what an outer one reports; "she gets a message
    /// saying, “Yes.”" is a quotation of its own.
    pub(super) fn is_nested(&self, frame: &Frame, quote: TokenRange) -> bool {
        let participle = self.word(frame.verb.1.saturating_sub(1)).ends_with("ing");
        let is_object = quote.0 == frame.end && self.outer_of_what(frame).is_some();
        is_object || self.outer(frame).is_some() && !(participle && quote.0 > frame.verb.1)
    }

    /// The report whose object another one says more about: "condemned" for "called" in "condemned what
    /// he called a “breach”".
    pub(super) fn outer_of_what(&self, frame: &Frame) -> Option<&Frame> {
        let what = frame.start.checked_sub(1)?;
        if self.word(what) != "what" {
            return None;
        }
        let mut before = self
            .frames
            .iter()
            .rev()
            .filter(|other| other.verb.1 <= what && !self.in_quote(other.verb.0));
        before.find(|other| {
            let preposition = self.tokens.get(other.verb.1);
            let governs = preposition.is_some_and(|token| token.is(PREPOSITION));
            let goes_on = || {
                other.content.is_some_and(|(start, _)| {
                    other.verb.1 <= start && self.clause_end(other, start + 1) > what
                })
            };
            other.verb.1 == what || other.verb.1 + 1 == what && governs || goes_on()
        })
    }

    /// Whether what is before a quotation says that it is the name of a work: "his book, “A Son of Bonn.”"
    pub(super) fn is_named_work(&self, quote: TokenRange) -> bool {
        let Some(mut before) = quote.0.checked_sub(1) else {
            return false;
        };
        if self.is_mark(before, &[","])
            && let Some(noun) = before.checked_sub(1)
        {
            before = noun;
        }
        matches!(
            self.word(before),
            "book"
                | "memoir"
                | "novel"
                | "film"
                | "movie"
                | "song"
                | "album"
                | "documentary"
                | "autobiography"
                | "show"
                | "series"
                | "podcast"
                | "essay"
                | "play"
                | "poem"
        ) && self.is_in_title_case(quote)
    }
}
