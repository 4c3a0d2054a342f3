//! Quotations with a report beside them.

use smallvec::smallvec;

use super::article_reader::ArticleReader;
use super::scope_view::{Frame, ScopeView, TokenRange};
use super::{Parts, Proposal, Rule};
use crate::model::QuoteForm;
use crate::suggest::lexicon::CONJUNCTION;
use crate::suggest::noun_group::MentionKind;
use crate::suggest::token::Token;

impl ArticleReader {
    /// “…,” she said.
    pub(super) fn behind(
        &self,
        view: &ScopeView,
        frame: &Frame,
        from: usize,
        taken: &mut [bool],
    ) -> Option<Proposal> {
        let (n, quote) = view.quote_before(frame.start)?;
        if taken.get(n).copied().unwrap_or(true) || quote.0 < from {
            return None;
        }
        if frame.subject.is_none() && view.word(frame.verb.1.saturating_sub(1)).ends_with("ing") {
            return None;
        }
        let last = view.last_inner(quote);
        let comma = view.is_mark(quote.1, &[",", "—", "–", "-"]);
        let between = quote.1 + usize::from(comma);
        let fits = match last {
            "," | "?" | "!" | "…" | "—" | "–" | "-" => true,
            "." => {
                // “We go.” Lee said.
                let is_all =
                    between == frame.start && view.words(frame.end, view.tokens.len()) == 0;
                is_all || !view.tokens.get(quote.1).is_some_and(Token::is_capital)
            }
            _ => comma || view.words(quote.0, quote.1) > 4 && between == frame.start,
        };
        if !fits || !view.may_precede_subject(between, frame.start) {
            return None;
        }
        // A title, or a word in passing: “The Hour,” in "on “The Hour,” Lee said".
        let before = quote.0.checked_sub(1);
        let opens = before.is_none_or(|at| {
            view.is_mark(at, &[",", ":", ";", "—", "–", "-", "(", "."])
                || view.words_outside(from, quote.0) <= 2
                    && (from..quote.0).all(|at| {
                        view.is_adverb(at)
                            || view
                                .tokens
                                .get(at)
                                .is_none_or(|token| !token.is_word || token.is(CONJUNCTION))
                    })
        });
        if !opens {
            return None;
        }
        *taken.get_mut(n)? = true;
        // What is between the marks and the verb, where the lists know no word of it.
        let unknown = || (between + 1 < frame.verb.0).then_some((between, frame.verb.0));
        let inverted = || view.any_group(frame.verb.1).or_else(unknown);
        let speaker = frame.subject.or_else(inverted).and_then(|(start, end)| {
            // "The Post's Ann Lee": what is between the marks and the verb.
            let whole = between < start && start < frame.verb.0 && view.words(between, start) <= 6;
            let (start, end) =
                view.whole_mention(frame, (if whole { between } else { start }, end));
            view.span(start, end)
        });
        Some(Proposal::new(
            Rule::SpeakerAfter,
            QuoteForm::Direct,
            smallvec![view.span(quote.0, quote.1)?],
            speaker,
            view.span(frame.verb.0, frame.verb.1),
        ))
    }

    /// She said, “…”
    pub(super) fn ahead(
        &self,
        view: &ScopeView,
        frame: &Frame,
        taken: &mut [bool],
    ) -> Option<Proposal> {
        let (n, quote) = view.next_quote(frame.end)?;
        if taken.get(n).copied().unwrap_or(true) || !view.is_speech(quote) {
            return None;
        }
        // The nearest report before it.
        if view.frames.iter().any(|other| {
            other.verb.0 > frame.verb.0 && other.end <= quote.0 && !view.in_quote(other.verb.0)
        }) {
            return None;
        }
        let before = quote.0.checked_sub(1)?;
        let colon = view.is_mark(before, &[":"]);
        let opens = colon || view.is_mark(before, &[",", "—", "–"]);
        if view.quoted_predicate(frame, quote).is_some() {
            return None;
        }
        // "Said that it was late: “…”": what goes before is said, too.
        let clause = frame.content.filter(|content| {
            let behind = content.0 >= frame.verb.1 && content.0 + 3 < before;
            behind && (view.word(content.0) == "that" || view.opens_clause(content.0))
        });
        let that = clause.is_some_and(|content| view.word(content.0) == "that");
        if clause.is_some() && (colon || that) || view.is_nested(frame, quote) {
            return None;
        }
        let direct = quote.0 == frame.end || opens && before == frame.end && !frame.weak;
        let capital = view.first_word(quote).is_some_and(Token::is_capital);
        if !(opens && (capital || colon) || direct) {
            return None;
        }
        // “… is near” despite it all.
        let small = view
            .first_word(quote)
            .is_some_and(|token| !token.is_capital());
        if small && !colon && view.words_outside(quote.1, view.tokens.len()) > 0 {
            return None;
        }
        if !direct && !colon && (view.is_title(quote) || view.is_named_work(quote)) {
            return None;
        }
        *taken.get_mut(n)? = true;
        // "After Lee criticized it, Roe shot back, “…”": a verb no list knows is nearer.
        let nearer = view
            .subject_of_clause(before)
            .filter(|(start, _)| *start >= frame.end && view.words(frame.end, *start) > 1);
        let speaker = view
            .name_set_off(before)
            .filter(|_| colon)
            .or(nearer)
            .or_else(|| {
                let speaker = view.speaker(frame)?;
                Some(view.whole_mention(frame, speaker))
            })
            .or_else(|| view.subject_of_clause(quote.0))
            .and_then(|(from, to)| view.span(from, to));
        Some(Proposal::new(
            Rule::SpeakerBefore,
            QuoteForm::Direct,
            smallvec![view.span(quote.0, quote.1)?],
            speaker,
            view.span(frame.verb.0, frame.verb.1),
        ))
    }

    /// “…,” then a subject and a verb that no list knows, in either order.
    pub(super) fn behind_unknown(&self, view: &ScopeView, quote: TokenRange) -> Option<Proposal> {
        let last = view.last_inner(quote);
        if quote.0 > 0 || !matches!(last, "," | "?" | "!" | "…") {
            return None;
        }
        let at = quote.1;
        let (subject, verb) = match view.group_at(at) {
            Some(group) => {
                let verb = view.after_aside(group.end);
                view.may_be_verb(verb)
                    .then_some(((group.start, group.end), verb))?
            }
            None if view.may_be_verb(at) && !view.is_adverb(at) => (view.any_group(at + 1)?, at),
            None => return None,
        };
        Some(Proposal::new(
            Rule::UnknownVerbAfter,
            QuoteForm::Direct,
            smallvec![view.span(quote.0, quote.1)?],
            view.span(subject.0, subject.1),
            view.span(verb, verb + 1),
        ))
    }

    /// A colon, then “…”
    pub(super) fn before_unknown(&self, view: &ScopeView, quote: TokenRange) -> Option<Proposal> {
        let before = quote.0.checked_sub(1)?;
        let colon = view.is_mark(before, &[":"]);
        let capital = view.first_word(quote).is_some_and(Token::is_capital);
        // "As Lee put it, “…”"
        let as_put = view.word(0) == "as" && view.is_mark(before, &[","]);
        if !(colon || as_put) || !view.is_speech(quote) || !capital {
            return None;
        }
        let beside = view
            .scope
            .sentence
            .group_ending(before)
            .filter(|group| group.kind == MentionKind::Named)
            .filter(|group| view.subject_of_clause(group.start).is_none())
            .map(|group| (group.start, group.end));
        let subject = view.name_set_off(before).or(beside);
        let subject = subject.or_else(|| view.subject_of_clause(before));
        Some(Proposal::new(
            Rule::Colon,
            QuoteForm::Direct,
            smallvec![view.span(quote.0, quote.1)?],
            subject.and_then(|(start, end)| view.span(start, end)),
            view.span(before, before + 1),
        ))
    }

    /// A sentence in marks, or several.
    pub(super) fn alone(&mut self, view: &ScopeView, joins: Option<usize>) -> Option<usize> {
        let ranges: Parts = view
            .scope
            .quotes
            .iter()
            .filter(|quote| view.is_speech(**quote))
            .filter_map(|quote| view.span(quote.0, quote.1))
            .collect();
        if ranges.is_empty() {
            return joins;
        }
        // “…,” she said. It was late. “…”
        let joins = joins.or(self.spoken);
        if let Some(at) = joins
            && let Some(known) = self.found.get_mut(at)
        {
            known.fragments.extend(ranges);
            return joins;
        }
        // In a paragraph of its own it goes on from the one before.
        let last = self.found.len().checked_sub(1);
        if self.opens
            && let Some(last) = last
            && self.goes_on
            && let Some(known) = self.found.get_mut(last)
        {
            known.fragments.extend(ranges);
            return Some(last);
        }
        self.found.push(Proposal::new(
            if self.announces {
                Rule::Colon
            } else if self.reports && !self.opens && self.lead_in.is_some() {
                Rule::ReportBefore
            } else {
                Rule::Alone
            },
            QuoteForm::Direct,
            ranges,
            self.lead_in,
            None,
        ));
        Some(self.found.len() - 1)
    }
}

impl ScopeView<'_> {
    /// The name that stands for itself before a colon: "Pollsters agree – Ann Lee: “…”", "More from Lee: “…”".
    fn name_set_off(&self, colon: usize) -> Option<TokenRange> {
        let group = self.scope.sentence.group_ending(colon)?;
        let before = group.start.checked_sub(1)?;
        let set_off =
            self.is_mark(before, &["—", "–", "-"]) || matches!(self.word(before), "from" | "by");
        (set_off && group.kind == MentionKind::Named).then_some((group.start, group.end))
    }
}
