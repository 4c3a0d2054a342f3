//! Reports without a reporting verb: "has been clear that", "allegations that".

use super::lexicon::{DETERMINER, REPORTING_ADJECTIVE, REPORTING_NOUN};
use super::noun_group::span;
use super::reporting_clauses::{Report, ReportingClause, SentenceAnalysis, Subject, Verb};

impl SentenceAnalysis {
    /// The report of an adjective or noun at `at` that *that* follows.
    pub(super) fn phrase_report(&self, at: usize) -> Option<Report> {
        if self.word(at + 1) != "that" {
            return None;
        }
        let (verb, subject) = if self.word_is(at, REPORTING_ADJECTIVE) {
            let verb = self.verb_group(at);
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
