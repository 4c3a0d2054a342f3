//! Reports without a reporting verb: "has been clear that", "allegations that".

use super::lexicon::{DETERMINER, POSSESSIVE, REPORTING_ADJECTIVE, REPORTING_NOUN};
use super::noun_group::{MentionKind, span};
use super::reporting_clauses::{
    Report, ReportingClause, SentenceAnalysis, Subject, Verb, is_noun_like,
};

impl SentenceAnalysis {
    /// The report of an adjective or noun at `at` that *that* follows.
    pub(super) fn phrase_report(&self, at: usize) -> Option<Report> {
        if self.word(at + 1) != "that" {
            return None;
        }
        let (verb, subject) = if self.word_is(at, REPORTING_ADJECTIVE) {
            let verb = self.copula(at);
            let subject = self.subject(&verb)?;
            let is_thing = matches!(self.lower(subject.start), "it" | "this" | "that");
            if verb.start == at || is_thing || subject.after {
                return None;
            }
            (verb, Some(subject))
        } else if self.word_is(at, REPORTING_NOUN) {
            (self.verb(at), self.whose(at))
        } else {
            return None;
        };
        let (start, end) = self.trimmed(at + 1, self.tokens.len())?;
        Some(Report {
            clause: ReportingClause {
                verb: span(&self.tokens, verb.start, verb.end)?,
                subject: subject.and_then(|subject| span(&self.tokens, subject.start, subject.end)),
                content: span(&self.tokens, start, end),
            },
            weak: true,
        })
    }

    /// The verbs before an adjective: "has been clear", "seemed hopeful", "made it clear".
    fn copula(&self, adjective: usize) -> Verb {
        let word = |back: usize| adjective.checked_sub(back).map_or("", |at| self.word(at));
        let made = |word: &str| matches!(word, "made" | "makes" | "make");
        let main = if matches!(
            word(1),
            "seems"
                | "seemed"
                | "seem"
                | "appears"
                | "appeared"
                | "remains"
                | "remained"
                | "became"
                | "sounded"
        ) || made(word(1))
        {
            1
        } else if word(1) == "it" && made(word(2)) {
            2
        } else {
            0
        };
        let group = self.verb_group(adjective - main);
        Verb {
            end: adjective + 1,
            ..group
        }
    }

    fn verb(&self, at: usize) -> Verb {
        Verb {
            start: at,
            main: at,
            end: at + 1,
            passive: false,
        }
    }

    /// Whose claim it is: "US allegations", "Trump's repeated claim".
    fn whose(&self, noun: usize) -> Option<Subject> {
        // "his stern warning"
        let owner = (noun.saturating_sub(4)..noun)
            .rev()
            .find(|&at| !self.token(at).is_some_and(is_noun_like) || self.word_is(at, POSSESSIVE));
        if let Some(at) = owner.filter(|&at| self.word_is(at, POSSESSIVE)) {
            return Some(Subject {
                start: at,
                end: at + 1,
                kind: Some(MentionKind::Pronoun),
                after: false,
            });
        }
        let near = (noun.saturating_sub(3)..=noun).rev();
        let group = near.filter_map(|end| self.group_ending(end)).next()?;
        let last = self.before(group.end)?;
        let first = self.token(group.start)?;
        let owns = last.possessive || group.end == noun && last.is_capital();
        (owns && !first.is(DETERMINER) && !last.quoted).then_some(Subject {
            start: group.start,
            end: group.end,
            kind: Some(group.kind),
            after: false,
        })
    }
}
