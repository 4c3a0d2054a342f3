//! Where what is reported begins and ends.

use super::scope_view::{Frame, ScopeView, TokenRange};
use crate::suggest::lexicon::{CALENDAR, CONJUNCTION, PREPOSITION};

/// Words that open a clause which depends on another.
fn subordinates(word: &str) -> bool {
    matches!(
        word,
        "while"
            | "when"
            | "although"
            | "though"
            | "as"
            | "if"
            | "after"
            | "since"
            | "before"
            | "once"
            | "because"
            | "until"
    )
}

impl ScopeView<'_> {
    /// Where what is reported ends, looked for from the token `from` on, which is within it: at the end
    /// of the sentence, or where another clause begins.
    pub(super) fn clause_end(&self, frame: &Frame, from: usize) -> usize {
        let last = self.sentence_end();
        let dependent = self.is_dependent(frame);
        let mut main_clause_due = self.opens_dependent(frame);
        let mut at = from;
        while at < last {
            if !self.in_quote(at) {
                let ends = self.is_mark(at, &[";", "—", "–"])
                    || self.clause_begins(frame, at)
                    || self.breaks_at(at) && {
                        let behind = at + usize::from(self.is_mark(at, &[","]));
                        let main = dependent && self.opens_clause(behind);
                        let other = self.turns_behind_comma(frame, behind);
                        // "said that while it rains, she stays": the rest of what is said.
                        let is_rest =
                            main_clause_due && (main || other) && self.opens_clause(behind);
                        main_clause_due &= !is_rest;
                        !is_rest && (main || other)
                    };
                if ends {
                    return at;
                }
            }
            at += 1;
        }
        last
    }

    /// Whether the report is in a clause that opens the sentence, before the main one: "When Lee said
    /// it rained, they left".
    fn is_dependent(&self, frame: &Frame) -> bool {
        let before = 0..frame.verb.0;
        let comma = before
            .clone()
            .rev()
            .find(|&at| self.is_mark(at, &[",", ";"]) && !self.in_quote(at));
        let opener = self.word(0);
        let opens_phrase = matches!(
            opener,
            "for" | "in" | "despite" | "contrary" | "asked" | "given" | "with"
        ) || opener.ends_with("ing");
        before
            .skip(comma.map_or(0, |comma| comma + 1))
            .any(|at| subordinates(self.word(at)) && !self.in_quote(at))
            || comma.is_none() && opens_phrase
    }

    /// Whether what is reported begins with a clause that depends on the next.
    fn opens_dependent(&self, frame: &Frame) -> bool {
        let behind = frame.content.filter(|(start, _)| *start >= frame.verb.1);
        let start = behind.map_or(frame.end, |(start, _)| start);
        subordinates(self.word(start + usize::from(self.word(start) == "that")))
    }

    /// A comma, or a quotation that ends with one.
    fn breaks_at(&self, at: usize) -> bool {
        let mut quotes = self.scope.quotes.iter();
        self.is_mark(at, &[","])
            || quotes
                .find(|quote| quote.1 == at)
                .is_some_and(|quote| matches!(self.last_inner(*quote), "," | ";"))
    }

    /// Another report that begins at a token.
    fn report_at(&self, frame: &Frame, place: usize) -> Option<&Frame> {
        self.frames.iter().find(|other| {
            other.verb.0 > frame.verb.0
                && !self.in_quote(other.verb.0)
                && (other.start == place || other.verb.0 == place)
        })
    }

    /// Whether a subject with a verb begins at a token.
    pub(super) fn opens_clause(&self, place: usize) -> bool {
        self.group_at(place)
            .is_some_and(|group| self.may_be_verb(self.after_aside(group.end)))
    }

    /// Whether the word behind a comma begins something that is not reported any more.
    fn turns_behind_comma(&self, frame: &Frame, behind: usize) -> bool {
        let word = self.word(behind);
        // What is said may turn round: "said he was sad, although it was right".
        let says = matches!(
            self.word(frame.verb.1.saturating_sub(1)),
            "said" | "says" | "say"
        );
        let joins = || {
            self.report_at(frame, behind + 1).is_some()
                || frame.weak && self.opens_clause(behind + 1)
                || self.is_adverb(behind + 1) && self.report_at(frame, behind + 2).is_some()
        };
        let reports = || {
            self.report_at(frame, behind).is_some_and(|other| {
                self.word(other.verb.0).ends_with("ing") || other.start == behind
            })
        };
        match word {
            "which" | "who" | "whose" | "where" | "while" | "whereas" | "compared" => true,
            "though" | "although" | "even" | "as" | "after" => !says || reports(),
            "and" | "but" | "yet" | "so" => joins() || reports(),
            _ => reports(),
        }
    }

    /// Whether a clause of its own begins at a token without a comma before it.
    fn clause_begins(&self, frame: &Frame, at: usize) -> bool {
        let joins = |other: &Frame| {
            let participle = self.word(other.verb.0).ends_with("ing");
            // "lamented the state of it and criticized them": what the same subject does next.
            let past = |verb: usize| self.word(verb).ends_with("ed");
            let same_tense = past(frame.verb.0) && past(other.verb.0) && other.verb.0 == at + 1;
            same_tense
                || (frame.weak || !other.weak) && !participle
                || self.word(frame.verb.0).ends_with("ing")
        };
        match self.word(at) {
            "and" | "but" => self.report_at(frame, at + 1).is_some_and(joins),
            "while" | "though" | "although" | "whereas" => self.opens_clause(at + 1),
            "even" => self.word(at + 1) == "as",
            "compared" => matches!(self.word(at + 1), "with" | "to"),
            _ => false,
        }
    }

    /// Where the words before ", she said" begin: at the start of the sentence, behind its dateline.
    pub(super) fn content_start(&self, end: usize) -> usize {
        let first = (self.scope.dateline..end)
            .find(|&at| self.tokens.get(at).is_some_and(|token| token.is_word));
        first.unwrap_or(0)
    }

    /// Whether a report that ends here has nothing more to report: the sentence ends, or an adverbial
    /// follows.
    pub(super) fn ends_after(&self, end: usize) -> bool {
        self.tokens.get(end).is_none_or(|token| {
            !token.is_word
                || token.is(PREPOSITION)
                || token.is(CALENDAR)
                || self.is_adverb(end)
                || token.is(CONJUNCTION)
        })
    }

    /// Whether a quotation goes on with what was said before ", she said": only an adverbial, or a
    /// short aside, is between.
    pub(super) fn goes_on(&self, frame: &Frame, from: usize, quote: TokenRange) -> bool {
        let gap = self.words(from, quote.0);
        let small = self
            .first_word(quote)
            .is_some_and(|token| !token.is_capital());
        let other = self.frames.iter().any(|other| {
            let participle = self.word(other.verb.0).ends_with("ing") && small;
            other.verb.0 > frame.verb.0
                && other.verb.0 < quote.0
                && !participle
                && !self.in_quote(other.verb.0)
        });
        let before = quote.0.checked_sub(1);
        let comma = before.is_some_and(|at| self.is_mark(at, &[",", ":", "—", "–", "-"]));
        !other && comma && gap <= if small { 25 } else { 12 } && (self.is_speech(quote) || gap == 0)
    }
}
