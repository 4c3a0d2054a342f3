//! Who reports with a participle: "Lee left, saying …", "a letter warning that …", "Citing costs, Lee …".

use super::scope_view::{Frame, ScopeView, TokenRange};
use crate::suggest::lexicon::{CALENDAR, CONJUNCTION, PREPOSITION};
use crate::suggest::noun_group::MentionKind;

impl ScopeView<'_> {
    /// Who a participle says has spoken.
    pub(super) fn speaker_of_participle(&self, frame: &Frame) -> Option<TokenRange> {
        self.noun_of_participle(frame)
            .or_else(|| self.subject_of_clause(frame.verb.0))
            .or(frame.subject)
            .or_else(|| self.subject_behind(frame))
    }

    /// The noun right before it: "with Lee saying". One for a document has it from who made it: "the council
    /// put out a statement saying".
    fn noun_of_participle(&self, frame: &Frame) -> Option<TokenRange> {
        let mut end = frame.verb.0;
        while end > 0 && self.is_adverb(end - 1) {
            end -= 1;
        }
        end = self.before_time(end);
        let last = self.tokens.get(end.checked_sub(1)?)?;
        // "began with Lee saying"
        if let Some(group) = self.scope.sentence.group_ending(end)
            && group.kind != MentionKind::Pronoun
            && group
                .start
                .checked_sub(1)
                .is_some_and(|at| self.word(at) == "with")
        {
            return Some((group.start, group.end));
        }
        if !last.is_word || last.is(CONJUNCTION) || last.is(PREPOSITION) {
            return None;
        }
        let subject = self.scope.sentence.subject_ending(end)?;
        let is_place = subject
            .start
            .checked_sub(1)
            .is_some_and(|at| matches!(self.word(at), "in" | "on" | "at" | "to" | "via"));
        if is_place || self.in_quote(subject.start) || subject.kind == Some(MentionKind::Pronoun) {
            return None;
        }
        if is_document(&last.lower) && matches!(self.word(subject.start), "a" | "an") {
            let mut verb = subject.start.saturating_sub(1);
            while verb > 0 && self.is_adverb(verb) {
                verb -= 1;
            }
            let maker = self.scope.sentence.subject_ending(verb);
            let maker = maker.filter(|_| self.may_be_verb(verb));
            let owner = maker.map(|maker| (maker.start, maker.end));
            let owner = owner.or_else(|| self.nearest_subject(subject.start));
            return owner.or(Some((subject.start, end)));
        }
        Some((subject.start, end))
    }

    /// Where the words before a place end without "this week", "on Monday".
    fn before_time(&self, end: usize) -> usize {
        let Some(last) = end.checked_sub(1) else {
            return end;
        };
        let is_day = self
            .tokens
            .get(last)
            .is_some_and(|token| token.is(CALENDAR) && token.is_capital());
        let is_span = matches!(
            self.word(last),
            "week" | "month" | "year" | "morning" | "evening" | "night"
        );
        let before = last.checked_sub(1).map_or("", |at| self.word(at));
        match before {
            "this" | "last" | "that" | "next" if is_span => last - 1,
            "on" if is_day => last - 1,
            _ if is_day => last,
            _ => end,
        }
    }

    /// The subject of the clause behind a participle: "Citing costs, Lee left".
    fn subject_behind(&self, frame: &Frame) -> Option<TokenRange> {
        let behind = frame.verb.1..self.tokens.len();
        let mut commas = behind.filter(|&at| self.is_mark(at, &[","]) && !self.in_quote(at));
        let subject = commas.find_map(|comma| {
            let group = self.group_at(comma + 1)?;
            let is_subject = self.scope.sentence.is_subject_form(group);
            (is_subject && self.opens_clause(group.start)).then_some((group.start, group.end))
        });
        subject.filter(|_| frame.verb.0 <= 2)
    }

    /// The subject of the nearest clause before a place, be it a main one or not.
    fn nearest_subject(&self, before: usize) -> Option<TokenRange> {
        let sentence = &self.scope.sentence;
        let mut groups = sentence.groups.iter().rev();
        let group = groups.find(|group| {
            group.end < before
                && !self.in_quote(group.start)
                && sentence.is_subject_form(group)
                && !sentence.preposition_before(group.start)
                && self.may_be_verb(self.after_aside(group.end))
                && self.group_at(self.after_aside(group.end)).is_none()
        })?;
        Some((group.start, group.end))
    }
}

/// What somebody has written or found out, which speaks itself.
pub(super) fn is_document(lower: &str) -> bool {
    matches!(
        lower,
        "statement"
            | "report"
            | "campaign"
            | "poll"
            | "survey"
            | "letter"
            | "memo"
            | "study"
            | "article"
    )
}
