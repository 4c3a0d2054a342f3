//! Reported clauses without quotation marks.

use super::article_reader::ArticleReader;
use super::scope_view::{Frame, ScopeView, TokenRange};
use super::{Construction, Parts, Proposal, Rule, SubjectKind, USUAL_CONFIDENCE, VerbKind};
use crate::model::QuoteForm;
use crate::suggest::lexicon::{
    BEFORE_HEARER, CALENDAR, CONJUNCTION, DETERMINER, JUDGES, OFTEN_NOUNS, PREPOSITION, PRONOUN,
    SELDOM_QUOTES,
};
use crate::suggest::noun_group::MentionKind;
use crate::suggest::token::Token;

impl ArticleReader {
    /// Proposes what the reports of a sentence say in words of their own, the surest first; nothing
    /// that shares words with what is proposed already. `from`: where the proposals of the sentence
    /// begin; `used`: the verbs that report a quotation.
    pub(super) fn indirect(&mut self, view: &ScopeView, from: usize, used: &[usize]) {
        let frames = view.frames.iter();
        let frames =
            frames.filter(|frame| !view.in_quote(frame.verb.0) && !used.contains(&frame.verb.0));
        let mut found: Vec<(&Frame, Proposal)> = frames
            .filter_map(|frame| Some((frame, view.reported(frame)?)))
            .collect();
        found.sort_by(|(_, a), (_, b)| b.confidence.total_cmp(&a.confidence));
        // What is reported within another report is part of that.
        let sure: Vec<usize> = found
            .iter()
            .filter(|(_, proposal)| proposal.confidence >= USUAL_CONFIDENCE)
            .map(|(frame, _)| frame.verb.0)
            .collect();
        // Of two that open the same words, the nearer: "before the attacks, Lee hoped that …".
        let starts: Vec<(usize, usize)> = found
            .iter()
            .filter_map(|(frame, _)| Some((frame.content?.0, frame.verb.0)))
            .collect();
        let is_far = |frame: &Frame| {
            let own = frame.content.filter(|(start, _)| *start >= frame.verb.1);
            let main = main_verb(view, frame);
            own.filter(|_| main.is_some_and(|main| main.is(OFTEN_NOUNS)))
                .is_some_and(|(own, _)| {
                    let mut others = starts.iter();
                    others.any(|&(start, verb)| start == own && verb > frame.verb.0 && verb < own)
                })
        };
        found.retain(|(frame, _)| !is_far(frame));
        found.retain(|(frame, _)| {
            let outer = view.outer(frame).or_else(|| view.outer_of_what(frame));
            outer.is_none_or(|outer| !sure.contains(&outer.verb.0))
        });
        for (_, proposal) in found {
            let known = self.found.get(from..).unwrap_or_default().iter();
            let overlaps = known.flat_map(|one| &one.fragments).any(|part| {
                let mut own = proposal.fragments.iter();
                own.any(|own| part.start() < own.end() && own.start() < part.end())
            });
            if !overlaps {
                self.found.push(proposal);
            }
        }
    }
}

impl ScopeView<'_> {
    /// What a frame reports without quotation marks.
    fn reported(&self, frame: &Frame) -> Option<Proposal> {
        let (construction, parts) = self.reported_words(frame)?;
        let all_outside =
            |part: &TokenRange| self.words_outside(part.0, part.1) == self.words(part.0, part.1);
        if !parts.iter().all(all_outside)
            || parts.iter().all(|part| self.words(part.0, part.1) == 0)
        {
            return None;
        }
        let speaker = self.speaker(frame);
        let subject = match speaker.and_then(|(at, _)| self.group_at(at)) {
            Some(group) => match group.kind {
                MentionKind::Named => SubjectKind::Named,
                MentionKind::Description => SubjectKind::Described,
                MentionKind::Pronoun => SubjectKind::Pronoun,
            },
            None if speaker.is_some() => SubjectKind::Described,
            None => SubjectKind::Unknown,
        };
        let rule = Rule::Reported(construction, self.verb_kind(frame, construction), subject);
        let fragments: Parts = parts
            .iter()
            .filter_map(|(start, end)| self.span(*start, *end))
            .collect();
        let speaker = speaker
            .map(|speaker| self.whole_mention(frame, speaker))
            .and_then(|(from, to)| self.span(from, to));
        let cue = self.span(frame.verb.0, frame.verb.1);
        // Nobody speaks from inside what they say.
        let is_inside = speaker
            .is_some_and(|speaker| fragments.iter().any(|part| part.contains_range(speaker)));
        (!fragments.is_empty() && !is_inside)
            .then(|| Proposal::new(rule, QuoteForm::Indirect, fragments, speaker, cue))
    }

    fn verb_kind(&self, frame: &Frame, construction: Construction) -> VerbKind {
        let Some(main) = self.tokens.get(frame.verb.1.saturating_sub(1)) else {
            return VerbKind::Speech;
        };
        let is_object = match construction {
            Construction::Object | Construction::Infinitive => true,
            Construction::That
            | Construction::Clause
            | Construction::Comment
            | Construction::According
            | Construction::Question => false,
        };
        if is_object && main.is(SELDOM_QUOTES) {
            VerbKind::Thing
        } else if is_object && main.is(JUDGES) {
            VerbKind::Judging
        } else if frame.weak {
            VerbKind::Thought
        } else if is_saying(&main.lower) || construction == Construction::According {
            VerbKind::Say
        } else {
            VerbKind::Speech
        }
    }

    /// How a frame reports, and what: pieces of tokens, end-exclusive.
    fn reported_words(&self, frame: &Frame) -> Option<(Construction, Vec<TokenRange>)> {
        if self.word(frame.verb.0) == "according" {
            return Some((Construction::According, self.according_to(frame)?));
        }
        if let Some(parts) = self.commented(frame) {
            return Some((Construction::Comment, parts));
        }
        let (start, end) = frame.content.filter(|(start, _)| *start >= frame.start)?;
        let named_after = frame
            .subject
            .is_some_and(|(subject, _)| subject >= frame.verb.1);
        if named_after && self.word(start) != "that" {
            return None;
        }
        // "It is fair to say that …": nobody reports.
        if frame
            .verb
            .0
            .checked_sub(1)
            .is_some_and(|at| self.word(at) == "to")
        {
            return None;
        }
        if matches!(self.word(start), "when" | "where") {
            return None;
        }
        // "That according to Lee, …": the source's words are proposed.
        if self.word(start) == "that" && self.word(start + 1) == "according" {
            return None;
        }
        let start = self.before_relative(frame, start);
        let first = self.tokens.get(start)?;
        let opens = matches!(
            first.lower.as_str(),
            "to" | "as" | "for" | "against" | "of" | "about" | "on"
        );
        if first.is(PREPOSITION) && !opens || first.is(CALENDAR) {
            return None;
        }
        let end = self.clause_end(frame, start + 1).min(end.max(start + 1));
        let construction = self.construction(start);
        if construction == Construction::Object && self.is_only_name(frame, start, end) {
            return None;
        }
        Some((construction, vec![(self.past_preposition(start, end), end)]))
    }

    /// "A firm called Lee & Roe", ", noted Bonn's Ann Lee": a name alone is not what was said.
    fn is_only_name(&self, frame: &Frame, start: usize, end: usize) -> bool {
        let words = self.tokens.get(start..end).unwrap_or_default();
        let mut words = words.iter().filter(|token| token.is_word);
        let is_name = words.all(|token| token.is_capital() || token.is(PREPOSITION));
        let calls = matches!(
            self.word(frame.verb.1.saturating_sub(1)),
            "called" | "calls" | "call" | "calling" | "dubbed" | "labeled" | "listed"
        );
        let inverted = frame
            .verb
            .0
            .checked_sub(1)
            .is_none_or(|at| self.tokens.get(at).is_some_and(|token| !token.is_word));
        is_name && (calls || inverted)
    }

    /// "Warned of a recession": what is reported begins behind the preposition of the verb.
    pub(super) fn past_preposition(&self, start: usize, end: usize) -> usize {
        let joins = match self.word(start) {
            "about" | "against" | "for" | "of" | "on" | "over" | "with" => true,
            // "referred to the deal", but "pledged to leave"
            "to" => self
                .tokens
                .get(start + 1)
                .is_some_and(|next| next.is(DETERMINER.or(PRONOUN)) || next.is_capital()),
            _ => false,
        };
        if joins && start + 2 < end {
            start + 1
        } else {
            start
        }
    }

    /// "…, she said", "…, said Lee, a lawyer", "Both, she said, are right": what is around a report
    /// between commas.
    fn commented(&self, frame: &Frame) -> Option<Vec<TokenRange>> {
        let comma = frame.start.checked_sub(1)?;
        let bounded = self.is_mark(comma, &[",", "—", "–"]) && !self.in_quote(comma);
        let subject = frame.subject?;
        let beside = subject.0.max(frame.verb.0) <= subject.1.min(frame.verb.1) + 3;
        let start = self.content_start(comma);
        if !bounded || !beside || start >= comma || self.ends_source(comma) {
            return None;
        }
        let mut after = frame.end;
        if let Some(hearer) = self.group_at(after).filter(|_| {
            self.tokens
                .get(frame.verb.1.saturating_sub(1))
                .is_some_and(|token| token.is(BEFORE_HEARER))
        }) {
            after = hearer.end;
        }
        let comma_after = self.is_mark(after, &[","]);
        if frame.weak && !comma_after {
            return None;
        }
        // A report before it: "Lee said she left, Roe said".
        let says_all = is_saying(self.word(frame.verb.1.saturating_sub(1)))
            && self.tokens.get(after).is_none_or(|token| !token.is_word);
        let other = !says_all
            && self.frames.iter().any(|other| {
                !other.weak
                    && other.verb.0 < comma
                    && !self.in_quote(other.verb.0)
                    && other.content.is_some_and(|(start, _)| start > other.verb.0)
            });
        if other {
            return None;
        }
        // "On Monday, Lee said that …", "When she left, Lee told them to go": more to report follows.
        let reports_on = frame.content.is_some_and(|(start, _)| {
            start >= frame.end
                && self.tokens.get(start.max(after)).is_some_and(|token| {
                    token.is_word && !token.is(PREPOSITION) && !token.is(CALENDAR)
                        || token.lower == "that"
                })
        });
        let has_verb = (start + 1..comma).any(|at| self.may_be_verb(at));
        if !comma_after && (reports_on || !has_verb) {
            return None;
        }
        let first = (start, comma);
        let inverted = subject.0 >= frame.verb.1;
        if !comma_after || inverted {
            return self.ends_after(after).then(|| vec![first]);
        }
        let next = after + 1;
        let opener = self.tokens.get(next)?;
        let is_aside = matches!(opener.lower.as_str(), "who" | "which" | "whose" | "where")
            || opener.lower.ends_with("ing") && self.is_frame_at(next);
        let end = self.clause_end(frame, next);
        if !is_aside && end > next {
            Some(vec![first, (next, end)])
        } else {
            Some(vec![first])
        }
    }

    fn is_frame_at(&self, at: usize) -> bool {
        self.frames.iter().any(|frame| frame.verb.0 == at)
    }

    /// What is said around "according to a source".
    fn according_to(&self, frame: &Frame) -> Option<Vec<TokenRange>> {
        let last = self.sentence_end();
        let source = frame.end;
        let comma =
            (source..last).find(|&at| self.is_mark(at, &[",", "—", "–"]) && !self.in_quote(at));
        let start = self.content_start(frame.verb.0);
        let opens = self.opens_with_source(frame.verb.0);
        if opens {
            // "According to friends, aides and allies, he …"
            let clause = (source..last).find(|&at| {
                self.is_mark(at, &[",", "—", "–"])
                    && !self.in_quote(at)
                    && self.opens_clause(at + 1)
            });
            let next = clause.or(comma)? + 1;
            let end = self.clause_end(frame, next);
            return (end > next).then(|| vec![(next, end)]);
        }
        let mut end = frame.verb.0;
        while end > start
            && self
                .tokens
                .get(end - 1)
                .is_some_and(|token| !token.is_word && !self.in_quote(end - 1))
        {
            end -= 1;
        }
        let first = (start, end);
        // "By May, according to Lee, it was over": what comes first is no clause of its own.
        let is_clause = (start..end).any(|at| {
            self.tokens
                .get(at)
                .is_some_and(|token| token.is_word && self.may_be_verb(at) && at > start)
        });
        match comma {
            Some(comma) if !is_clause && comma + 1 < last => {
                Some(vec![first, (comma + 1, self.clause_end(frame, comma + 1))])
            }
            Some(_) | None => Some(vec![first]),
        }
    }

    /// Whether a clause begins with the source at a token: "According to Lee, …", and not "…, according to
    /// Lee".
    fn opens_with_source(&self, at: usize) -> bool {
        let is_before = |at: usize| {
            let token = self.tokens.get(at);
            self.is_adverb(at) || token.is_none_or(|token| !token.is_word || token.is(CONJUNCTION))
        };
        (0..at).all(is_before) || self.follows_that(at)
    }

    /// Whether a comma ends the source a clause begins with: what is before it is not what is said.
    fn ends_source(&self, comma: usize) -> bool {
        self.frames.iter().any(|frame| {
            self.word(frame.verb.0) == "according"
                && frame.verb.0 < comma
                && self.opens_with_source(frame.verb.0)
                && !(frame.end..comma).any(|at| self.is_mark(at, &[",", "—", "–"]))
        })
    }

    /// "We learned that according to Lee, …": what is before is no clause of its own.
    fn follows_that(&self, mut at: usize) -> bool {
        while let Some(before) = at
            .checked_sub(1)
            .filter(|&before| self.is_adverb(before) || self.is_mark(before, &[",", "—", "–"]))
        {
            at = before;
        }
        at.checked_sub(1)
            .is_some_and(|before| self.word(before) == "that")
    }

    /// Where what is reported starts if *that* at `start` says more about a noun: "emphasized positions
    /// that voters embrace".
    fn before_relative(&self, frame: &Frame, start: usize) -> usize {
        let main = self.tokens.get(frame.verb.1.saturating_sub(1));
        let mut first = frame.end;
        while self.is_adverb(first) {
            first += 1;
        }
        let is_noun = self
            .tokens
            .get(first)
            .is_some_and(|token| !token.is(PREPOSITION) && !token.is(CALENDAR) && token.is_word);
        let keeps = self.word(start) != "that"
            || start <= first
            || !is_noun
            || frame.verb.1 != frame.end
            || main.is_some_and(|main| main.is(BEFORE_HEARER));
        if keeps { start } else { first }
    }

    /// How a verb reports what starts at a token behind it.
    fn construction(&self, start: usize) -> Construction {
        match self.word(start) {
            "that" => Construction::That,
            "to" => Construction::Infinitive,
            "whether" | "if" | "why" | "how" | "what" | "who" => Construction::Question,
            _ if self.opens_clause(start) => Construction::Clause,
            _ => Construction::Object,
        }
    }
}

fn main_verb<'a>(view: &ScopeView<'a>, frame: &Frame) -> Option<&'a Token> {
    view.tokens.get(frame.verb.1.saturating_sub(1))
}

/// Forms of *say* and *tell*.
pub(super) fn is_saying(word: &str) -> bool {
    matches!(
        word,
        "said" | "says" | "say" | "saying" | "told" | "tells" | "tell" | "telling"
    )
}
