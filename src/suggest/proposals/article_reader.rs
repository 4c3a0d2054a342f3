//! The order in which the rules look at a sentence, and what goes on from one to the next.

use super::Proposal;
use super::scope_view::ScopeView;
use crate::suggest::analysis::Paragraph;
use crate::suggest::noun_group::MentionKind;
use crate::text::TextRange;

/// Reads the proposals off an article, paragraph by paragraph.
#[derive(Default)]
pub(super) struct ArticleReader {
    /// Whether the last paragraph ended with a quotation of the last proposal.
    pub(super) goes_on: bool,
    /// Who the sentence before is about.
    pub(super) lead_in: Option<TextRange>,
    /// Whether that sentence ended with a colon.
    pub(super) announces: bool,
    /// Whether that sentence reports, or the one before it.
    pub(super) reports: bool,
    /// The direct quote of the paragraph that nobody else has spoken behind.
    pub(super) spoken: Option<usize>,
    /// Whether the sentence is the first of its paragraph.
    pub(super) opens: bool,
    pub(super) found: Vec<Proposal>,
}

impl ArticleReader {
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph) {
        if paragraph.is_headline {
            self.goes_on = false;
            self.lead_in = None;
            self.announces = false;
            self.reports = false;
            return;
        }
        let mut joins: Option<usize> = None;
        self.spoken = None;
        for (at, scope) in paragraph.scopes.iter().enumerate() {
            let view = ScopeView::new(scope);
            self.opens = at == 0;
            joins = self.scope(&view, joins);
        }
        self.goes_on = joins.is_some();
    }

    /// Reads a scope; returns the proposal that goes on if the next sentence is nothing but a
    /// quotation.
    fn scope(&mut self, view: &ScopeView, joins: Option<usize>) -> Option<usize> {
        let count = view.tokens.len();
        let quotes = &view.scope.quotes;
        let mut taken = vec![false; quotes.len()];
        // Nothing but quotations.
        if !quotes.is_empty() && view.words_outside(0, count) == 0 {
            return self.alone(view, joins);
        }
        let first_of_scope = self.found.len();
        let mut joined: Option<usize> = None;
        let mut used: Vec<usize> = Vec::new();
        let mut from = 0;
        for frame in &view.frames {
            if view.in_quote(frame.verb.0) {
                continue;
            }
            if let Some(one) = self.behind(view, frame, from, &mut taken) {
                self.found.push(one);
                joined = Some(self.found.len() - 1);
                used.push(frame.verb.0);
                from = frame.end;
                // “…,” she said, “…”
                while let Some(at) = joined
                    && let Some((n, quote)) = view.next_quote(from)
                    && !taken.get(n).copied().unwrap_or(true)
                    && view.goes_on(frame, from, quote)
                    && let Some(range) = view.span(quote.0, quote.1)
                    && let Some(known) = self.found.get_mut(at)
                {
                    known.fragments.push(range);
                    from = quote.1;
                    if let Some(taken) = taken.get_mut(n) {
                        *taken = true;
                    }
                }
            }
        }
        for (n, quote) in quotes.iter().enumerate() {
            if !taken.get(n).copied().unwrap_or(true)
                && let Some(one) = self.behind_unknown(view, *quote)
            {
                self.found.push(one);
                joined = Some(self.found.len() - 1);
                if let Some(taken) = taken.get_mut(n) {
                    *taken = true;
                }
            }
        }
        for frame in &view.frames {
            if view.in_quote(frame.verb.0) {
                continue;
            }
            if let Some(one) = self.ahead(view, frame, &mut taken) {
                used.push(frame.verb.0);
                self.found.push(one);
                joined = None;
            }
        }
        for (n, quote) in quotes.iter().enumerate() {
            if !taken.get(n).copied().unwrap_or(true)
                && let Some(one) = self.before_unknown(view, *quote)
            {
                self.found.push(one);
                joined = None;
                if let Some(taken) = taken.get_mut(n) {
                    *taken = true;
                }
            }
        }
        joined = self.mixed(view, &mut taken, &used).or(joined);
        self.loose(view, &mut taken, &used);
        self.indirect(view, first_of_scope, &used);
        let last = view
            .frames
            .iter()
            .rev()
            .find(|frame| !view.in_quote(frame.verb.0));
        let speaker = last
            .and_then(|frame| view.speaker(frame))
            .or_else(|| view.subject_of_clause(count));
        self.lead_in = speaker.and_then(|(start, end)| view.span(start, end));
        self.announces = view.is_mark(count.saturating_sub(1), &[":"]);
        self.reports = last.is_some();
        // "He gave no names": the same person.
        let is_pronoun = |frame| {
            let speaker = view.speaker(frame);
            let group = speaker.and_then(|(start, _)| view.group_at(start));
            group.is_some_and(|group| group.kind == MentionKind::Pronoun)
        };
        let narrates = |_: &_| quotes.is_empty() && last.is_none_or(is_pronoun);
        self.spoken = joined.or(self.spoken.filter(narrates));
        joined
    }
}
