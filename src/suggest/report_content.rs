//! What a reporting verb reports.

use super::lexicon::{
    AUXILIARY, BEFORE_HEARER, CALENDAR, DETERMINER, GERMAN, OFTEN_NOUNS, PREPOSITION, REPORTS,
    SUBJECT_PRONOUN,
};
use super::noun_group::span;
use super::reporting_clauses::{Report, SentenceAnalysis, Subject, Verb, is_noun_like};
use super::token::{Token, closes_inside, opens_inside};
use crate::text::TextRange;

impl SentenceAnalysis {
    /// What is reported: after the verb, or before ", S said".
    pub(super) fn content(&self, verb: &Verb, subject: Option<&Subject>) -> Option<(usize, usize)> {
        let after = match subject {
            Some(subject) if subject.after => subject.end,
            _ => verb.end,
        };
        let first = match subject {
            Some(subject) if !subject.after => subject.start.min(verb.start),
            _ => verb.start,
        };
        let hearer = self.lower_is(verb.main, BEFORE_HEARER);
        let clause_follows = !hearer
            && self
                .group_starting(after)
                .is_some_and(|group| self.word(group.end) != "that");
        if !clause_follows && let Some(that) = self.complement_after(after) {
            return self.trimmed(that, self.tokens.len());
        }
        // The part before ", S said" when the report comes after what it reports.
        let comma = first.checked_sub(1).filter(|&at| {
            self.token(at)
                .is_some_and(|token| !token.quoted && token.is_mark(&[","]))
                && !self.ends_source(at)
        });
        let tail_short = self.is_tail(after);
        if let Some(comma) = comma
            && tail_short
            && let Some(content) = self.trimmed(0, comma)
        {
            return Some(content);
        }
        // What follows directly: "said Russia is", "told reporters he would", "vowed to".
        let mut start = after;
        if hearer && let Some(end) = self.hearer_end(start) {
            // "urged them to leave": who is to do it is part of what is said; "told them to leave".
            let tells = self.lower(verb.main).starts_with("t");
            if self.word(end) != "to" || tells {
                start = end;
            }
        }
        start = self.after_adverbials(start);
        // In German what is said is behind a comma: "sagte Merkel am Montag" reports nothing yet.
        if self.lower_is(verb.main, GERMAN) && self.token(start).is_some_and(|token| token.is_word)
        {
            return None;
        }
        let ends = self
            .token(start)
            .is_none_or(|token| token.is_mark(&[",", ".", ";"]));
        if ends && self.token(start).is_none_or(|token| !token.is_mark(&[","])) {
            return None;
        }
        self.trimmed(start, self.tokens.len())
    }

    /// Where the hearer at a place ends: "told reporters", "told the forum he".
    fn hearer_end(&self, at: usize) -> Option<usize> {
        if let Some(hearer) = self.group_starting(at) {
            return Some(hearer.end);
        }
        let is_noun = |at: &usize| self.token(*at).is_some_and(is_noun_like);
        let nouns = (at + 1..at + 4).take_while(is_noun).count();
        let end = at + 1 + nouns;
        let clause_follows = self.word_is(end, SUBJECT_PRONOUN) || self.word(end) == "that";
        (self.word_is(at, DETERMINER) && nouns > 0 && clause_follows).then_some(end)
    }

    /// Whether only an adverbial is between `at` and the end: "on Tuesday."
    fn is_tail(&self, at: usize) -> bool {
        let after = self.after_adverbials(at);
        self.token(after)
            .is_none_or(|token| !token.is_word && !self.quote_follows(after))
            || self.word_is(at, PREPOSITION) && self.word(at) != "to"
            || matches!(self.word(at), "when" | "after" | "while" | "as")
    }

    /// A quotation begins there, or after a comma or colon.
    pub(super) fn quote_follows(&self, at: usize) -> bool {
        let starts = |at: usize| self.token(at).is_some_and(|token| token.quoted);
        starts(at)
            || self
                .token(at)
                .is_some_and(|token| token.is_mark(&[",", ":"]))
                && starts(at + 1)
    }

    /// Skips "on Tuesday", "earlier this month", "Wednesday", "in a statement".
    fn after_adverbials(&self, mut at: usize) -> usize {
        loop {
            let word = self.word(at);
            let is_day = |token: &Token| token.is_capital() && !token.possessive;
            if self.word_is(at, CALENDAR) && self.token(at).is_some_and(is_day) {
                at += 1;
                let part = matches!(self.word(at), "morning" | "afternoon" | "evening" | "night");
                if part && self.token(at).is_some_and(|part| part.possessive) {
                    return at - 1;
                }
                at += usize::from(part);
            } else if self.is_adverb(at) {
                at += 1;
            } else if matches!(
                word,
                "on" | "during" | "in" | "at" | "earlier" | "last" | "this"
            ) {
                let mut end = at + 1;
                while end < at + 6
                    && self.token(end).is_some_and(|token| {
                        token.is_word
                            && !token.quoted
                            && !token.is(SUBJECT_PRONOUN)
                            && (token.is(DETERMINER) || is_noun_like(token))
                            || token.text.starts_with(|c: char| c.is_ascii_digit())
                    })
                {
                    let done = self.word_is(end, CALENDAR)
                        || matches!(
                            self.word(end),
                            "statement"
                                | "interview"
                                | "morning"
                                | "week"
                                | "month"
                                | "year"
                                | "letter"
                                | "email"
                                | "news"
                                | "conference"
                                | "report"
                                | "speech"
                        ) && self.word(end + 1) != "conference";
                    end += 1;
                    if done {
                        break;
                    }
                }
                if end == at + 1 {
                    return at;
                }
                at = end;
            } else {
                return at;
            }
        }
    }

    /// The place of *that*, *whether* or *to* that opens what is reported.
    fn complement_after(&self, after: usize) -> Option<usize> {
        if matches!(
            self.word(after),
            "to" | "whether" | "if" | "why" | "how" | "what" | "who" | "where" | "when"
        ) {
            return Some(after);
        }
        for at in after..self.tokens.len().min(after + 30) {
            let token = self.token(at)?;
            if token.quoted || token.is_mark(&[";", ":"]) {
                return None;
            }
            // "As simple as that." ends a sentence.
            if token.is_word && token.text.ends_with('.') && token.lower == "that" {
                return None;
            }
            if matches!(token.lower.as_str(), "that" | "whether" | "dass") && token.is_word {
                return Some(at);
            }
            // Another report begins.
            if at > after && token.is(REPORTS) && !token.is(OFTEN_NOUNS) {
                return None;
            }
            // A subject with its verb begins: a clause without "that".
            if at > after + 1 && token.is(SUBJECT_PRONOUN) && !token.is(DETERMINER)
                || token.is(AUXILIARY) && token.lower != "to"
            {
                return None;
            }
        }
        None
    }

    /// The content without what the sentence continues with: a later report beside this one, an
    /// aside, the main clause after "While he said …,".
    pub(super) fn bounded(&self, report: &Report, later: &[Report]) -> Option<TextRange> {
        let content = report.clause.content?;
        let first = self.place(content.start())?;
        let end = self.place(content.end()).unwrap_or(self.tokens.len());
        let verb = self.place(report.clause.verb.start())?;
        if verb > first {
            return Some(content);
        }
        let mut cut = end;
        for other in later {
            if let Some(start) = self.beside(other, first, end) {
                cut = cut.min(start);
            }
        }
        let turns = |word: &str| {
            matches!(word, "even" | "compared" | "although" | "though")
                // What is said may turn round; a thought in passing ends there.
                || report.weak && word == "but"
        };
        let aside = |at: &usize| {
            let behind_comma = self
                .before(*at)
                .is_some_and(|token| token.is_mark(&[",", "—", "–", "-"]));
            self.token(*at)
                .is_some_and(|token| !token.quoted && token.is_mark(&[";"]))
                || behind_comma && turns(self.word(*at))
        };
        cut = (first + 3..cut).find(aside).unwrap_or(cut);
        let dash = |at: &usize| {
            self.token(*at).is_some_and(|token| {
                !token.quoted && token.is_mark(&["—", "–", "-", "―"]) && *at > first
            })
        };
        let mut dashes = (first..cut).filter(dash);
        if let (Some(only), None) = (dashes.next(), dashes.next()) {
            cut = only;
        }
        let opener = self.lower(0);
        let dependent = matches!(
            opener,
            "while" | "when" | "although" | "though" | "as" | "if" | "asked"
        ) || opener.ends_with("ing") && verb <= 1;
        let single_clause = dependent
            && !(0..verb).any(|at| self.token(at).is_some_and(|token| token.is_mark(&[","])));
        if single_clause {
            let main = (first + 1..cut).find(|&at| {
                self.before(at)
                    .is_some_and(|token| token.is_mark(&[",", "”", "\""]))
                    && self.token(at).is_some_and(|token| !token.quoted)
                    && self
                        .group_starting(at)
                        .is_some_and(|group| self.is_subject_form(group))
            });
            cut = main.unwrap_or(cut);
        }
        if cut == end {
            return Some(content);
        }
        let (start, end) = self.trimmed(first, cut)?;
        span(&self.tokens, start, end)
    }

    /// Where another report inside `first..end` starts that is beside, not inside: ", and three in
    /// ten said", ", Sanders said, “…”"; not an aside ", officials say,".
    fn beside(&self, other: &Report, first: usize, end: usize) -> Option<usize> {
        let verb = self.place(other.clause.verb.start())?;
        let verb_end = self
            .place(other.clause.verb.end())
            .unwrap_or(self.tokens.len());
        if verb <= first || verb >= end {
            return None;
        }
        let subject = other
            .clause
            .subject
            .and_then(|subject| self.place(subject.start()));
        let start = subject
            .filter(|&subject| first < subject && subject < verb)
            .unwrap_or(verb);
        let is_comma = |at: usize| {
            self.token(at)
                .is_some_and(|token| !token.quoted && token.is_mark(&[",", ";"]))
        };
        let aside = is_comma(verb_end) && !self.quote_follows(verb_end);
        if aside {
            return None;
        }
        let right_after_comma = start > 0 && is_comma(start - 1);
        if right_after_comma && (!other.weak || self.word(verb_end) == "that") {
            return Some(start);
        }
        if other.weak {
            return None;
        }
        // ", and more than four in ten said", ", but in a later interview said"
        (start.saturating_sub(7).max(first + 1)..start)
            .rev()
            .take_while(|&at| self.token(at).is_some_and(|token| !token.quoted))
            .find(|&at| {
                is_comma(at - 1)
                    && matches!(self.word(at), "and" | "but" | "while" | "with" | "another")
                    || at + 1 == start && matches!(self.word(at), "and" | "but")
            })
    }

    /// `start..end` without marks at its ends, if at least two words are left.
    pub(super) fn trimmed(&self, mut start: usize, mut end: usize) -> Option<(usize, usize)> {
        let piece = |start: usize, end: usize| self.tokens.get(start..end).unwrap_or_default();
        let is_mark = |at: usize| self.token(at).is_some_and(|token| !token.is_word);
        while start < end && is_mark(end - 1) && !closes_inside(piece(start, end)) {
            end -= 1;
        }
        while start < end && is_mark(start) && !opens_inside(piece(start, end)) {
            start += 1;
        }
        let words = (start..end).filter(|&at| self.token(at).is_some_and(|token| token.is_word));
        (words.take(2).count() == 2).then_some((start, end))
    }
}
