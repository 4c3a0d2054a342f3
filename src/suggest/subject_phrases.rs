//! What stands between a subject and its verb, and what a subject is the head of: adverbials, relative
//! clauses, participles, asides, counts.

use super::lexicon::{
    AUXILIARY, CALENDAR, CONJUNCTION, DETERMINER, OFTEN_NOUNS, PREPOSITION, REPORTS,
};
use super::noun_group::{Group, MentionKind};
use super::reporting_clauses::{SentenceAnalysis, Subject, is_noun_like};
use super::token::Token;

/// As many words as an adverbial, a relative clause or a count may have.
const REACH: usize = 12;

impl SentenceAnalysis {
    /// Where the words before a verb end without "in a statement", "on Twitter", "in the past"; and without
    /// the helping verbs before them.
    pub(super) fn before_adverbial(&self, at: usize) -> usize {
        let Some(last) = at.checked_sub(1) else {
            return at;
        };
        let is_occasion = is_occasion(self.word(last));
        if !is_occasion && !self.word_is(last, CALENDAR) {
            return at;
        }
        let from = at.saturating_sub(7);
        let preposition = (from..last).rev().find(|&at| {
            !self.token(at).is_some_and(|token| {
                token.is(DETERMINER) || is_noun_like(token) || is_number(token)
            })
        });
        let Some(start) = preposition.filter(|&at| {
            matches!(
                self.word(at),
                "in" | "on" | "at" | "during" | "after" | "before"
            )
        }) else {
            return at;
        };
        // The end of a subject, a helping verb, or what joins a second verb.
        let ends_subject = self
            .group_ending(start)
            .is_some_and(|group| self.is_subject_form(group));
        let joins = self
            .before(start)
            .is_some_and(|token| token.is_word && (token.is(AUXILIARY) || token.is(CONJUNCTION)));
        if !ends_subject && !joins {
            return at;
        }
        let mut first = start;
        while first > 0 && self.word_is(first - 1, AUXILIARY) && self.word(first - 1) != "to" {
            first -= 1;
        }
        first
    }

    /// The subject of the nearest verb of speech before a place that has one of its own: "Lee praised them
    /// and criticized the plan".
    pub(super) fn parallel_subject(&self, at: usize) -> Option<Subject> {
        // "A lawyer who saw them and described it"
        let is_word = |at: &usize| {
            self.token(*at)
                .is_some_and(|token| token.is_word && !token.quoted)
        };
        let mut near = (at.saturating_sub(REACH)..at).rev().take_while(is_word);
        if let Some(who) = near.find(|&at| self.word(at) == "who")
            && let Some(subject) = self.noun_ending(who)
        {
            return Some(subject);
        }
        (0..at).rev().find_map(|verb| {
            let token = self.token(verb)?;
            let is_finite = token.is_word
                && !token.quoted
                && token.is(REPORTS)
                && !token.is_capital()
                && !token.lower.ends_with("ing");
            if !is_finite {
                return None;
            }
            let group = self.verb_group(verb);
            let mut first = group.start;
            if group.passive || self.word(first) == "to" {
                return None;
            }
            while first > 0 && self.is_adverb(first - 1) {
                first -= 1;
            }
            let subject = self.subject_ending(self.before_adverbial(first))?;
            // "Lee said she regretted it and promised …": what Lee does next.
            let is_said = subject.kind == Some(MentionKind::Pronoun)
                && self
                    .before(subject.start)
                    .is_some_and(|token| token.is_word && token.is(REPORTS));
            (!is_said).then_some(subject)
        })
    }

    /// "47 percent of Cuban Americans", "a majority of those polled", "one of the doctors who wrote": what
    /// ends before a verb and begins with a count.
    pub(super) fn counted(&self, end: usize) -> Option<Subject> {
        let from = end.saturating_sub(REACH);
        let stops = |at: &usize| {
            self.token(*at).is_none_or(|token| {
                let is_verb = token.is(REPORTS) && !token.is(OFTEN_NOUNS) || token.is(AUXILIARY);
                !token.is_word || token.quoted || is_verb || token.is(CONJUNCTION)
            })
        };
        let within = (from..end).rev().take_while(|at| !stops(at));
        let count = within
            .filter(|&at| {
                let of = self.word(at + 1) == "of";
                let percent = matches!(self.word(at), "percent" | "%")
                    || self
                        .token(at)
                        .is_some_and(|token| token.text.ends_with('%'));
                of && is_count(self.word(at)) || percent
            })
            .last()?;
        let mut start = count;
        while let Some(before) = start.checked_sub(1)
            && count - before <= 4
            && self.token(before).is_some_and(|token| {
                token.is(DETERMINER)
                    || is_number(token)
                    || matches!(
                        token.lower.as_str(),
                        "about"
                            | "nearly"
                            | "almost"
                            | "roughly"
                            | "than"
                            | "over"
                            | "only"
                            | "just"
                            | "around"
                    )
            })
        {
            start = before;
        }
        // "Seven percent" alone is found elsewhere.
        (count + 1 < end).then_some(Subject {
            start,
            end,
            kind: Some(MentionKind::Description),
            after: false,
        })
    }

    /// "Officials who met the mayor" where `start` is "the mayor": the noun before "who", if the words between
    /// are its clause.
    pub(super) fn before_relative_clause(&self, start: usize) -> Option<usize> {
        let from = start.saturating_sub(REACH);
        let who = (from..start)
            .rev()
            .take_while(|&at| {
                self.token(at)
                    .is_some_and(|token| token.is_word && !token.quoted)
            })
            .find(|&at| self.word(at) == "who")?;
        let verb = self.behind_adverbs(who + 1);
        let is_report = self
            .token(verb)
            .is_some_and(|token| token.is(REPORTS) && !is_meeting(&token.lower));
        let joins = (who + 1..start).any(|at| self.word_is(at, CONJUNCTION));
        (verb < start && !is_report && !joins).then_some(who)
    }

    /// "A letter obtained by The Post" where `start` is "The Post": where the noun before the participle
    /// ends.
    pub(super) fn before_participle(&self, start: usize) -> Option<usize> {
        let preposition = start.checked_sub(1)?;
        if !self.preposition_before(start) || self.word(preposition) == "of" {
            return None;
        }
        let mut participle = preposition.checked_sub(1)?;
        // "released Sunday by The Post"
        participle -= usize::from(participle > 0 && self.word_is(participle, CALENDAR));
        if self.word_is(participle, PREPOSITION) {
            participle = participle.checked_sub(1)?;
        }
        let word = self.word(participle);
        let is_participle = word.len() > 4
            && (word.ends_with("ed") || word.ends_with("wn") || word.ends_with("ten"))
            || matches!(
                word,
                "sent" | "made" | "held" | "led" | "seen" | "given" | "put"
            );
        let noun = self.group_ending(participle).is_some()
            || self.before(participle).is_some_and(|token| {
                is_noun_like(token) && !self.is_adverb(participle.saturating_sub(1))
            });
        (is_participle && noun).then_some(participle)
    }

    /// Where an aside between dashes or brackets begins that ends before a place.
    pub(super) fn aside_start(&self, end: usize) -> Option<usize> {
        let last = end.checked_sub(1)?;
        let closes = self.token(last)?;
        let dash = ["–", "—", "-"];
        let opens: &[&str] = if closes.is_mark(&[")"]) {
            &["("]
        } else {
            &dash
        };
        let is_aside = closes.is_mark(&[")"]) || closes.is_mark(&dash);
        let open = (0..last).rev().find(|&at| {
            self.token(at)
                .is_some_and(|token| !token.quoted && token.is_mark(opens))
        })?;
        (is_aside && open + 1 < last && last - open < 40).then_some(open)
    }

    /// "Those around him", "people near her": who is meant before a pronoun that is no subject.
    pub(super) fn those_around(&self, pronoun: &Group) -> Option<usize> {
        let preposition = pronoun.start.checked_sub(1)?;
        let who = preposition.checked_sub(1)?;
        let stands = matches!(
            self.word(who),
            "those"
                | "others"
                | "people"
                | "many"
                | "some"
                | "all"
                | "anyone"
                | "everyone"
                | "none"
        );
        (self.preposition_before(pronoun.start) && stands).then_some(who)
    }
}

/// Where and when something is said.
pub(super) fn is_occasion(lower: &str) -> bool {
    matches!(
        lower,
        "statement"
            | "interview"
            | "speech"
            | "letter"
            | "email"
            | "e-mail"
            | "tweet"
            | "tweets"
            | "memo"
            | "op-ed"
            | "post"
            | "message"
            | "past"
            | "briefing"
            | "conference"
            | "debate"
            | "debates"
            | "interviews"
            | "article"
            | "event"
            | "appearance"
            | "address"
            | "rally"
            | "call"
            | "hearing"
            | "twitter"
            | "facebook"
            | "end"
            | "time"
            | "day"
            | "morning"
            | "evening"
            | "afternoon"
            | "night"
            | "week"
            | "month"
            | "year"
            | "public"
            | "private"
            | "court"
            | "particular"
            | "fact"
            | "2016"
            | "2015"
            | "2014"
    )
}

fn is_count(lower: &str) -> bool {
    matches!(
        lower,
        "majority"
            | "half"
            | "none"
            | "one"
            | "two"
            | "three"
            | "most"
            | "many"
            | "some"
            | "all"
            | "both"
            | "several"
            | "few"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "millions"
            | "number"
            | "couple"
            | "quarter"
            | "third"
            | "thirds"
            | "two-thirds"
            | "plurality"
            | "handful"
            | "group"
    )
}

/// "Who spoke with the paper": a verb of speech with a hearer, and no clause behind it.
fn is_meeting(lower: &str) -> bool {
    matches!(
        lower,
        "spoke"
            | "speak"
            | "speaks"
            | "talked"
            | "support"
            | "supports"
            | "supported"
            | "oppose"
            | "opposes"
            | "opposed"
            | "backed"
            | "attacked"
            | "endorsed"
            | "described"
            | "saw"
            | "favored"
    )
}

fn is_number(token: &Token) -> bool {
    token.text.starts_with(|c: char| c.is_ascii_digit())
}
