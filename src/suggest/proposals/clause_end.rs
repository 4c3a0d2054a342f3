//! Where what is reported begins and ends.

use super::indirect::is_saying;
use super::scope_view::{Frame, ScopeView, TokenRange};
use crate::suggest::lexicon::{AUXILIARY, CALENDAR, CONJUNCTION, PREPOSITION, REPORTS};
use crate::suggest::noun_group::MentionKind;
use crate::suggest::subject_phrases::is_occasion;

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
        let object = self.has_object(frame);
        let mut at = from;
        while at < last {
            if !self.in_quote(at) {
                // "That the mayor – who is ill – has left", "that Roe, who is ill, has left"
                if let Some(behind) = self.aside_within(from, at) {
                    at = behind;
                    continue;
                }
                let ends = self.is_mark(at, &[";", "—", "–"])
                    || object && self.ends_object(at)
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

    /// Whether a thing, and no clause, is reported: "criticized the plan".
    fn has_object(&self, frame: &Frame) -> bool {
        let start = frame.content.map_or(0, |(start, _)| start);
        frame.verb.1 <= start
            && !is_saying(self.word(frame.verb.1.saturating_sub(1)))
            && !self.opens_clause(start)
            && !matches!(
                self.word(start),
                "that"
                    | "to"
                    | "whether"
                    | "if"
                    | "why"
                    | "how"
                    | "what"
                    | "who"
                    | "when"
                    | "where"
            )
            && !self.scope.quotes.iter().any(|quote| quote.0 >= start)
    }

    /// Whether a thing that is reported ends before a token: "claimed self-defense and was acquitted",
    /// "praised them in a speech", "condemned the raid as they left".
    fn ends_object(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        match self.word(at) {
            "and" | "but" => matches!(
                self.word(at + 1),
                "was" | "were" | "is" | "has" | "have" | "had" | "will" | "would" | "did" | "does"
            ),
            "as" => self.opens_clause(at + 1),
            "in" | "at" | "during" | "on" => {
                let is_day = next.is_some_and(|token| token.is(CALENDAR) && token.is_capital());
                let mut near = (at + 1..at + 6).take_while(|&at| !self.word(at).is_empty());
                is_day || near.any(|at| is_occasion(self.word(at)))
            }
            _ => false,
        }
    }

    /// Where an aside ends that begins at a token and after which the clause goes on: between dashes, or a
    /// relative clause before the verb.
    fn aside_within(&self, from: usize, at: usize) -> Option<usize> {
        let dashes = ["—", "–", "-"];
        let is_dash = self.is_mark(at, &dashes);
        if !is_dash && !self.is_mark(at, &[","]) {
            return None;
        }
        let reach = self.sentence_end().min(at + 30);
        let goes_on = |behind: usize| {
            self.tokens.get(behind).is_some_and(|token| {
                token.is_word
                    && !token.quoted
                    && (token.is(AUXILIARY) || token.is(PREPOSITION) || token.is(REPORTS))
            })
        };
        if is_dash {
            let close =
                (at + 2..reach).find(|&at| self.is_mark(at, &dashes) && !self.in_quote(at))?;
            return goes_on(close + 1).then_some(close + 1);
        }
        let relative = matches!(self.word(at + 1), "who" | "which" | "whose" | "where");
        let has_verb = || {
            (from + 1..at).any(|at| {
                self.tokens
                    .get(at)
                    .is_some_and(|token| token.is(AUXILIARY) && token.lower != "to")
            })
        };
        if !relative || has_verb() {
            return None;
        }
        let close =
            (at + 2..reach).find(|&at| self.is_mark(at, &[",", ";"]) && !self.in_quote(at))?;
        let verb = self.tokens.get(close + 1)?;
        (self.is_mark(close, &[","]) && verb.is(AUXILIARY)).then_some(close + 1)
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
            // "Argued that taxes hurt, but farmers said no": another's clause.
            "but" if !says && !frame.weak && self.names_another(behind + 1) => true,
            "and" | "but" | "yet" | "so" => joins() || reports(),
            _ => reports(),
        }
    }

    fn names_another(&self, place: usize) -> bool {
        let group = self.group_at(place);
        group.is_some_and(|group| group.kind != MentionKind::Pronoun) && self.opens_clause(place)
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
            "and" | "but" => {
                // "and in a statement credited them"
                let behind_adverbial = || {
                    let verb = |other: &&Frame| self.scope.sentence.before_adverbial(other.verb.0);
                    let later = self.frames.iter().filter(|other| other.verb.0 > at + 1);
                    let mut outside = later.filter(|other| !self.in_quote(other.verb.0));
                    outside.find(|other| verb(other) == at + 1)
                };
                let other = self.report_at(frame, at + 1).or_else(behind_adverbial);
                other.is_some_and(joins)
            }
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
