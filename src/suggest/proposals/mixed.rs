//! Reported clauses with quoted words in them.

use smallvec::smallvec;

use super::article_reader::ArticleReader;
use super::indirect::is_saying;
use super::scope_view::{Frame, ScopeView, TokenRange};
use super::{Proposal, Rule};
use crate::model::QuoteForm;
use crate::suggest::lexicon::{AUXILIARY, CALENDAR, PREPOSITION};
use crate::suggest::noun_group::MentionKind;

impl ScopeView<'_> {
    /// The report around quoted words, and what it reports: tokens, end-exclusive.
    fn mixed_around(
        &self,
        quote: TokenRange,
        used: &[usize],
    ) -> Option<(&Frame, usize, usize, Rule)> {
        // "Lee “never saw” it, she said"
        let behind = self.frames.iter().find(|frame| {
            !self.in_quote(frame.verb.0)
                && frame.content.is_some_and(|(start, end)| {
                    end <= frame.start && start <= quote.0 && quote.1 <= end + 1
                })
        });
        if behind.is_none()
            && let Some((frame, end)) = self.report_behind(quote)
        {
            return Some((frame, self.content_start(end), end, Rule::MixedBeforeVerb));
        }
        if let Some(frame) = behind
            && let Some((start, end)) = frame.content
        {
            return Some((frame, start, self.with_marks(end), Rule::MixedBeforeVerb));
        }
        let open = |frame: &&Frame| {
            // ", said Lee, an expert on “fusion,” …": what follows says who she is.
            let named_after = frame
                .subject
                .is_some_and(|(start, _)| start >= frame.verb.1);
            let aside = named_after
                && !self.is_mark(frame.end, &[":"])
                && frame
                    .content
                    .is_none_or(|(start, _)| self.word(start) != "that")
                && self.quoted_predicate(frame, quote).is_none();
            let talks = matches!(
                self.word(frame.verb.1 - 1),
                "speaking" | "spoke" | "speaks" | "talking"
            );
            !self.in_quote(frame.verb.0)
                && frame.end <= quote.0
                && !aside
                && !talks
                && !used.contains(&frame.verb.0)
        };
        let nearest = |weak: bool| {
            let mut fitting = self.frames.iter().rev().filter(open);
            fitting.find(|frame| frame.weak == weak)
        };
        // Speech goes before thought, where its clause has not ended.
        let (speech, thought) = (nearest(false), nearest(true));
        let has_ended = |speech: &Frame| {
            let later = thought.filter(|thought| thought.verb.0 > speech.verb.0);
            // "Echoes a row in which Lee assailed a “quack”": no clause goes on.
            let is_clause = self.is_mark(speech.end, &[","])
                || is_saying(self.word(speech.verb.1.saturating_sub(1)))
                || speech.content.is_some_and(|(start, _)| {
                    self.word(start) == "that" || self.opens_clause(start)
                });
            let own = |thought: &Frame| {
                let subject = thought.subject;
                subject.is_some_and(|(start, _)| speech.end < start && start < thought.verb.0)
            };
            later.is_some_and(|thought| {
                self.clause_end(speech, speech.end + 1) < quote.0 || !is_clause && own(thought)
            })
        };
        let frame = speech.filter(|speech| !has_ended(speech)).or(thought)?;
        let outer = self.outer(frame).or_else(|| self.outer_of_what(frame));
        let frame = outer
            .filter(|outer| !used.contains(&outer.verb.0))
            .unwrap_or(frame);
        let start = match frame.content {
            _ if self.word(frame.start.wrapping_sub(1)) == "what" => frame.start - 1,
            Some((start, _)) if start >= frame.verb.1 && start <= quote.0 => start,
            _ => frame.end.max(frame.verb.1),
        };
        let start = self.quoted_predicate(frame, quote).unwrap_or(start);
        // "Roe said, their offers are “late”"
        let start = start + usize::from(self.is_mark(start, &[","]) && start + 1 < quote.0);
        let behind = self.past_preposition(start, quote.1);
        let start = if behind < quote.0 { behind } else { start };
        let rule = match frame.content {
            Some(_) => Rule::MixedAfterVerb,
            None => Rule::MixedUnknownVerb,
        };
        Some((frame, start, self.clause_end(frame, quote.1), rule))
    }

    /// "Said he “has lost”": where the subject of quoted words starts that a verb of speech seems to have
    /// behind it.
    pub(super) fn quoted_predicate(&self, frame: &Frame, quote: TokenRange) -> Option<usize> {
        let small = self
            .first_word(quote)
            .is_some_and(|word| !word.is_capital());
        let subject = frame.subject.filter(|subject| subject.0 >= frame.verb.1);
        subject
            .filter(|subject| small && subject.1 == quote.0)
            .map(|subject| subject.0)
    }

    /// ", she said" behind quoted words, with nothing more to report; and where the words before it
    /// end.
    fn report_behind(&self, quote: TokenRange) -> Option<(&Frame, usize)> {
        self.frames.iter().find_map(|frame| {
            let before = frame.start.checked_sub(1)?;
            let outside = !frame.weak && !self.in_quote(frame.verb.0) && frame.subject.is_some();
            let comma = self.is_mark(before, &[","]) && !self.in_quote(before);
            let inside = quote.1 == frame.start && self.last_inner(quote) == ",";
            let fits = outside && (comma && quote.1 <= before || inside);
            let next = self.tokens.get(frame.end);
            let ends = next.is_none_or(|token| {
                !token.is_word && !token.is_mark(&[":"]) && !token.quoted
                    || token.is(PREPOSITION)
                    || token.is(CALENDAR)
            });
            let other = self
                .frames
                .iter()
                .any(|other| other.verb.0 < quote.0 && !other.weak);
            (fits && ends && !other).then_some((frame, if comma { before } else { frame.start }))
        })
    }
}

impl ArticleReader {
    /// Reported clauses with quoted words in them.
    pub(super) fn mixed(
        &mut self,
        view: &ScopeView,
        taken: &mut [bool],
        used: &[usize],
    ) -> Option<usize> {
        let mut joined = None;
        for (n, quote) in view.scope.quotes.iter().enumerate() {
            if taken.get(n).copied().unwrap_or(true) || view.is_named_work(*quote) {
                continue;
            }
            let Some((frame, start, end, rule)) = view.mixed_around(*quote, used) else {
                continue;
            };
            // What seems to be the subject behind the verb is that of the quoted words.
            let subject = view
                .speaker(frame)
                .filter(|_| view.quoted_predicate(frame, *quote).is_none());
            let speaker = subject
                .map(|speaker| view.whole_mention(frame, speaker))
                .or_else(|| view.subject_of_clause(start));
            if !self.add_clause(view, (start, end), speaker, frame.verb, rule, taken) {
                continue;
            }
            joined = (rule == Rule::MixedBeforeVerb).then(|| self.found.len() - 1);
        }
        joined
    }

    /// Quoted words after a verb that no list knows: "branded it “a farce”".
    pub(super) fn loose(&mut self, view: &ScopeView, taken: &mut [bool], used: &[usize]) {
        if !used.is_empty() {
            return;
        }
        for (n, quote) in view.scope.quotes.iter().enumerate() {
            if taken.get(n).copied().unwrap_or(true)
                || view.words(quote.0, quote.1) < 2
                || view.is_title(*quote)
                || view.is_named_work(*quote)
                || quote
                    .0
                    .checked_sub(1)
                    .and_then(|at| view.tokens.get(at))
                    .is_some_and(|token| token.possessive || token.lower == "the")
            {
                continue;
            }
            let Some(subject) = view.subject_of_clause(quote.0) else {
                continue;
            };
            if view
                .group_at(subject.0)
                .is_some_and(|group| group.kind == MentionKind::Pronoun)
            {
                continue;
            }
            let mut verb = view.after_aside(subject.1);
            while view
                .tokens
                .get(verb)
                .is_some_and(|token| token.is(AUXILIARY))
                || view.is_adverb(verb)
            {
                verb += 1;
            }
            if verb >= quote.0 || !view.may_be_verb(verb) || view.in_quote(verb) {
                continue;
            }
            let frame = Frame {
                verb: (verb, verb + 1),
                subject: Some(subject),
                content: None,
                start: subject.0,
                end: verb + 1,
                weak: true,
            };
            let end = view.clause_end(&frame, quote.1);
            let rule = Rule::MixedUnknownVerb;
            self.add_clause(
                view,
                (verb + 1, end),
                Some(subject),
                frame.verb,
                rule,
                taken,
            );
        }
    }

    /// Proposes a clause with the quotations in it, which are taken then; `false` where it has no words.
    fn add_clause(
        &mut self,
        view: &ScopeView,
        (start, end): TokenRange,
        speaker: Option<TokenRange>,
        cue: TokenRange,
        rule: Rule,
        taken: &mut [bool],
    ) -> bool {
        let Some(range) = view.span(start, end) else {
            return false;
        };
        for (taken, quote) in taken.iter_mut().zip(&view.scope.quotes) {
            *taken |= start <= quote.0 && quote.1 <= end;
        }
        let form = match view.words_outside(start, end) {
            0 => QuoteForm::Direct,
            _ => QuoteForm::Mixed,
        };
        let span = |(from, to): TokenRange| view.span(from, to);
        let speaker = speaker.and_then(span);
        let proposal = Proposal::new(rule, form, smallvec![range], speaker, span(cue));
        self.found.push(proposal);
        true
    }
}
