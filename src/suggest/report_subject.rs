//! Who is the subject of a reporting verb.

use super::lexicon::{
    ADVERB, BEFORE_HEARER, CALENDAR, CONJUNCTION, DETERMINER, GERMAN, PREPOSITION,
};
use super::noun_group::{MentionKind, is_plural};
use super::reporting_clauses::{SentenceAnalysis, Subject, Verb, is_noun_like, made};
use super::token::Token;

impl SentenceAnalysis {
    pub(super) fn subject(&self, verb: &Verb) -> Option<Subject> {
        let main = self.lower(verb.main);
        if verb.passive {
            let by = (verb.end..self.tokens.len().min(verb.end + 3))
                .find(|&at| self.word(at) == "by")?;
            return self.group_starting(by + 1).map(|group| made(group, true));
        }
        let mut at = verb.start;
        while at > 0 && self.is_adverb(at - 1) && !self.stands_alone(at - 1) {
            at -= 1;
        }
        // "Cruz on Wednesday announced"
        let is_day =
            |at: usize| self.word_is(at, CALENDAR) && self.token(at).is_some_and(Token::is_capital);
        if at > 1 && is_day(at - 1) {
            at -= if self.word(at - 2) == "on" { 2 } else { 1 };
        }
        at = self.before_adverbial(at);
        let inverted = self.subject_after(verb);
        let before = self.before(at);
        let behind_speech = before.is_some_and(|token| {
            token.quoted && !token.is_word || token.is_mark(&["”", "\"", "''", "’", "»"])
        });
        let german = self.lower_is(verb.main, GERMAN);
        if (behind_speech
            || german && before.is_none_or(|token| token.is_mark(&[","]))
            || before.is_some_and(|token| token.is_mark(&[","]))
                && self.ends_soon(inverted.as_ref()))
            && let Some(subject) = inverted
        {
            return Some(subject);
        }
        if let Some(subject) = self.subject_ending(at) {
            return Some(subject);
        }
        // "Am Montag sagte Merkel"
        if german && let Some(subject) = self.subject_after(verb) {
            return Some(subject);
        }
        if behind_speech {
            return self.noun_after(verb.end);
        }
        let joins =
            before.is_some_and(|token| matches!(token.lower.as_str(), "and" | "or" | "but"));
        if joins
            && !main.ends_with("ing")
            && let Some(subject) = self.parallel_subject(at)
        {
            return Some(subject);
        }
        if main.ends_with("ing")
            || before.is_some_and(|token| {
                token.is_mark(&[",", ")", "–", "—", "-"])
                    || matches!(
                        token.lower.as_str(),
                        "and" | "or" | "but" | "to" | "by" | "in" | "for"
                    )
                    || token.is_word && !token.is(DETERMINER)
            })
        {
            return self.clause_subject(at);
        }
        None
    }

    /// "And both vowed", "all agreed": who is meant was said before, and nobody is named beside the verb.
    fn stands_alone(&self, at: usize) -> bool {
        matches!(self.word(at), "both" | "all")
            && self.before(at).is_none_or(|before| before.is(CONJUNCTION))
    }

    /// The first token from `at` on that is no adverb: "knew Devocht personally, and came …" has no verb
    /// behind the name.
    pub(super) fn behind_adverbs(&self, at: usize) -> usize {
        let mut at = at;
        while self.is_adverb(at) {
            at += 1;
        }
        at
    }

    /// Whether little more than the subject follows: ", said Tillerson."
    fn ends_soon(&self, subject: Option<&Subject>) -> bool {
        subject.is_some_and(|subject| {
            self.token(subject.end)
                .is_none_or(|token| !token.is_word || token.is(PREPOSITION))
        })
    }

    /// said Tillerson
    fn subject_after(&self, verb: &Verb) -> Option<Subject> {
        let main = self.lower(verb.main);
        let takes_hearer = self.lower_is(verb.main, BEFORE_HEARER);
        // "Saying he": a participle has no subject behind it.
        let inverts = verb.start == verb.main && !main.ends_with("ing");
        if !inverts || takes_hearer && main != "asked" && main != "warned" {
            return None;
        }
        let group = self.group_starting(verb.end)?;
        self.is_subject_form(group).then(|| made(group, true))
    }

    /// said a 43-year-old who …
    pub(super) fn noun_after(&self, at: usize) -> Option<Subject> {
        if !self.word_is(at, DETERMINER) {
            return None;
        }
        let mut end = at + 1;
        while end < at + 6 && self.token(end).is_some_and(is_noun_like) {
            end += 1;
        }
        (end > at + 1).then_some(Subject {
            start: at,
            end,
            kind: Some(MentionKind::Description),
            after: true,
        })
    }

    /// The subject that ends right before token `at`.
    pub(super) fn subject_ending(&self, at: usize) -> Option<Subject> {
        let before = self.before(at)?;
        if before.quoted {
            return None;
        }
        if before.is_mark(&[",", ")", "–", "—", "-"]) {
            if let Some(open) = self.aside_start(at)
                && let Some(subject) = self.noun_ending(open)
            {
                return Some(subject);
            }
            return self.subject_with_apposition(at);
        }
        if !before.is_word {
            return None;
        }
        if matches!(before.lower.as_str(), "who" | "which" | "that") {
            let mut end = at - 1;
            if end > 0
                && self
                    .tokens
                    .get(end - 1)
                    .is_some_and(|token| token.is_mark(&[","]))
            {
                end -= 1;
            }
            if let Some(subject) = self.noun_ending(end) {
                return Some(subject);
            }
            return (before.lower == "who").then_some(Subject {
                start: at - 1,
                end: at,
                kind: Some(MentionKind::Pronoun),
                after: false,
            });
        }
        self.noun_ending(at)
    }

    /// The noun group that ends before `end`, with what belongs to its head: "a spokesman for X".
    pub(super) fn noun_ending(&self, end: usize) -> Option<Subject> {
        // "another said", "six in 10 said"
        let last = end.checked_sub(1).map_or("", |at| self.word(at));
        let share = end >= 3 && matches!(last, "10" | "ten" | "five") && self.word(end - 2) == "in";
        // "61 percent say"
        let percent = end >= 2 && matches!(last, "percent" | "%");
        if percent && self.token(end - 2).is_some_and(is_number) {
            return Some(Subject {
                start: end - 2,
                end,
                kind: Some(MentionKind::Pronoun),
                after: false,
            });
        }
        if share
            || matches!(
                last,
                "another"
                    | "others"
                    | "some"
                    | "many"
                    | "one"
                    | "both"
                    | "all"
                    | "most"
                    | "several"
                    | "few"
                    | "half"
                    | "neither"
            )
        {
            return Some(Subject {
                start: if share { end - 3 } else { end - 1 },
                end,
                kind: Some(MentionKind::Pronoun),
                after: false,
            });
        }
        if let Some(counted) = self.counted(end) {
            return Some(counted);
        }
        let (start, kind) = match self.group_ending(end) {
            Some(group) if self.is_subject_form(group) => (group.start, Some(group.kind)),
            Some(group) => {
                return self.those_around(group).map(|start| Subject {
                    start,
                    end,
                    kind: Some(MentionKind::Description),
                    after: false,
                });
            }
            None => (self.plain_noun_before(end)?, Some(MentionKind::Description)),
        };
        // "Officials who met the mayor", "a letter obtained by The Post"
        let modified = self.before_relative_clause(start);
        let first_name = || {
            let and = start
                .checked_sub(1)
                .filter(|&and| self.word(and) == "and")?;
            self.before_participle(self.group_ending(and)?.start)
        };
        let participle = || self.before_participle(start).or_else(first_name);
        if let Some(head) = modified.or_else(participle)
            && let Some(subject) = self.noun_ending(head)
        {
            return Some(Subject { end, ..subject });
        }
        // The object of a preposition is no subject: its head is before.
        if self.preposition_before(start) && start >= 2 {
            let head_end = start - 1;
            let head = match self.group_ending(head_end) {
                Some(group) => Some(group.start),
                None => self.plain_noun_before(head_end),
            };
            if let Some(head) = head
                && !self.preposition_before(head)
            {
                return Some(Subject {
                    start: head,
                    end,
                    kind: Some(MentionKind::Description),
                    after: false,
                });
            }
        }
        // Two names: "Smith and Jones said".
        if let Some(and) = start.checked_sub(1)
            && self.word(and) == "and"
            && let Some(first) = self.group_ending(and)
            && self.is_subject_form(first)
            && !self.preposition_before(first.start)
        {
            return Some(Subject {
                start: first.start,
                end,
                kind,
                after: false,
            });
        }
        Some(Subject {
            start,
            end,
            kind,
            after: false,
        })
    }

    /// Where an unknown noun group that ends before `end` starts: at its article, or a plural noun
    /// alone.
    fn plain_noun_before(&self, end: usize) -> Option<usize> {
        let mut at = end;
        while at > 0 && end - at < 7 {
            let token = self.token(at - 1)?;
            if token.quoted || !token.is_word {
                break;
            }
            if token.is(DETERMINER) && at < end {
                // "said that commuters fear": a conjunction.
                let joins = token.lower == "that" && self.before(end).is_some_and(is_plural);
                return Some(if joins { at } else { at - 1 });
            }
            // "Trump's inner circle"
            if token.possessive && at < end && !token.is(CONJUNCTION) {
                return Some(self.group_ending(at).map_or(at - 1, |owner| owner.start));
            }
            // "the nearly empty hall"
            let is_degree = at < end
                && matches!(
                    token.lower.as_str(),
                    "nearly" | "almost" | "newly" | "recently"
                );
            if !is_noun_like(token) && !is_degree {
                break;
            }
            at -= 1;
        }
        let last = self.before(end)?;
        let plural = last.is_word
            && (last.lower.ends_with('s') && last.lower.len() > 3
                || matches!(last.lower.as_str(), "data" | "media" | "people"))
            && is_noun_like(last)
            && !last.is(CONJUNCTION);
        (plural && at < end && end - at < 4).then_some(at)
    }

    /// "Pantucci, director of Security Studies in London, said": the noun before the apposition.
    fn subject_with_apposition(&self, at: usize) -> Option<Subject> {
        let candidates = self.groups.iter().rev().filter(|group| {
            group.end < at
                && self.is_subject_form(group)
                && self.token(group.start).is_some_and(|token| !token.quoted)
                && self.token(group.end).is_some_and(|token| {
                    token.is_mark(&[",", "(", "–", "—", "-"]) || token.lower == "who"
                })
                && (group.end + 1 < at)
        });
        for group in candidates {
            let after_comma = self
                .before(group.start)
                .is_some_and(|token| token.is_mark(&[",", "(", "–", "—"]));
            let opens = group.start <= 1
                || self.before(group.start).is_some_and(|token| token.quoted)
                || self.token(group.start).is_some_and(|token| token.first);
            if self.preposition_before(group.start) || after_comma && !opens && group.start > 4 {
                if after_comma
                    && group.kind == MentionKind::Named
                    && self.opens_with_phrase(group.start)
                {
                    return Some(made(group, false));
                }
                continue;
            }
            return Some(made(group, false));
        }
        self.clause_subject(at)
    }

    /// "On Tuesday, McMaster, …": only an adverbial is before the comma.
    fn opens_with_phrase(&self, start: usize) -> bool {
        self.token(0)
            .is_some_and(|token| token.is(PREPOSITION) || token.is(CONJUNCTION) || token.is(ADVERB))
            && self
                .groups
                .iter()
                .filter(|group| group.end < start)
                .all(|group| self.preposition_before(group.start))
    }

    /// The first noun group outside quotes that no preposition governs.
    fn clause_subject(&self, before: usize) -> Option<Subject> {
        self.groups
            .iter()
            .filter(|group| group.end <= before && self.is_subject_form(group))
            .find(|group| {
                self.token(group.start).is_some_and(|token| !token.quoted)
                    && !self.preposition_before(group.start)
            })
            .map(|group| made(group, false))
    }
}

fn is_number(token: &Token) -> bool {
    token.text.starts_with(|c: char| c.is_ascii_digit())
}
