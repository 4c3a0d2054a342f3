//! What a word of attitude is about: "the deal" of "weighed in on the deal", "to run" of "her decision to
//! run". A person who tags a quote there has more in mind than the verbs of reports say.

use super::cues::Cues;
use super::lexicon::{
    ATTITUDE_ADJECTIVE, ATTITUDE_NOUN, ATTITUDE_VERB, AUXILIARY, CALENDAR, DETERMINER, PREPOSITION,
    PRONOUN, REPORTING_NOUN, REPORTS, TAKES_INFINITIVE_CLAUSE, WEAK, Words,
};
use super::noun_group::span;
use super::quotation_marks::{quoted_stretches, reads_as_speech};
use super::token::{Token, tokens};
use crate::text::{SourceText, TextRange, TextSize, sentence_at};

/// As many words as may be between a verb and the *that* or *to* of what it is about.
const NEAR: usize = 6;
/// Verbs of attitude, those that report among them.
const VERB: Words = REPORTS.or(WEAK).or(ATTITUDE_VERB);

/// The complement around a caret: of the nearest verb, noun or adjective before it that says what somebody
/// thinks, wants, decides or speaks about; up to the end of its clause. `None` where there is none, or it
/// ends before the caret.
pub(super) fn complement_at(source: &SourceText, at: TextSize, cues: &Cues) -> Option<TextRange> {
    let sentence = sentence_at(source, at)?;
    let quotes: Vec<TextRange> = quoted_stretches(source, sentence)
        .into_iter()
        .filter(|quote| !quote.contains_range(sentence) && reads_as_speech(source, *quote))
        .collect();
    let mut tokens = tokens(source, sentence, &quotes);
    cues.mark(&mut tokens);
    let place = tokens.partition_point(|token| token.range.end() <= at);
    let clause = Clause {
        tokens: &tokens,
        caret: place.min(tokens.len().checked_sub(1)?),
    };
    let (start, head) = (0..clause.caret)
        .rev()
        .find_map(|at| clause.opened_by(at))?;
    let end = clause.end(start, head);
    let range = span(&tokens, start, end)?;
    range.contains_inclusive(at).then_some(range)
}

/// What a complement belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    Verb,
    Noun,
}

/// A sentence with a caret in it.
struct Clause<'a> {
    tokens: &'a [Token],
    /// The token the caret is in or before.
    caret: usize,
}

impl Clause<'_> {
    /// The word at a place outside quotations, in lower case.
    fn word(&self, at: usize) -> &str {
        let token = self.tokens.get(at).filter(|token| !token.quoted);
        token.map_or("", |token| token.lower.as_str())
    }

    fn is(&self, at: usize, words: Words) -> bool {
        let token = self.tokens.get(at).filter(|token| !token.quoted);
        token.is_some_and(|token| token.is_word && token.is(words))
    }

    /// "the", "her", "Roe": what a noun comes after, or a name.
    fn opens_noun(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|token| token.is(DETERMINER.or(PRONOUN)) || token.is_capital())
    }

    /// Past a preposition, which is no part of what it governs; *to* stays before a verb.
    fn past_preposition(&self, at: usize) -> usize {
        let is_infinitive = self.word(at) == "to" && !self.opens_noun(at + 1);
        let joins = self.is(at, PREPOSITION) && self.word(at) != "as" && !is_infinitive;
        at + usize::from(joins)
    }

    /// Where the complement of the word at a place starts, if that is not behind the caret.
    fn opened_by(&self, at: usize) -> Option<(usize, Head)> {
        let token = self.tokens.get(at).filter(|token| !token.quoted)?;
        let (start, head) = if token.is_mark(&[";", ":", "—", "–"]) {
            (at + 1, Head::Verb)
        } else if self.is(at, ATTITUDE_ADJECTIVE) && self.is_governed(at + 1) {
            (self.past_preposition(at + 1), Head::Verb)
        } else if self.is(at, ATTITUDE_NOUN.or(REPORTING_NOUN)) && self.is_governed(at + 1) {
            // "Support for", which may be a verb, too.
            (self.behind_verb(at), Head::Noun)
        } else if self.is(at, VERB) {
            (self.behind_verb(at), Head::Verb)
        } else if self.governs(at) {
            (at + 1, Head::Noun)
        } else if self.word(at) == "whether" {
            (at, Head::Verb)
        } else {
            return None;
        };
        (start <= self.caret).then_some((start, head))
    }

    /// "of the deal", "to run", "that it rains": whether what is behind a noun or adjective may be what it is
    /// about.
    fn is_governed(&self, at: usize) -> bool {
        self.is(at, PREPOSITION) || matches!(self.word(at), "that" | "whether")
    }

    /// "about the deal" behind any word; "dispute over the deal".
    fn governs(&self, at: usize) -> bool {
        let noun_before = || at > 0 && self.is(at - 1, ATTITUDE_NOUN);
        match self.word(at) {
            "about" | "against" | "toward" | "towards" => true,
            "over" => noun_before(),
            _ => false,
        }
    }

    /// Where the complement of a verb starts: at *that*; behind the hearer; behind a preposition.
    fn behind_verb(&self, verb: usize) -> usize {
        let mut next = verb + 1;
        let last = (next + NEAR).min(self.caret + 1);
        // "announced last month that", "told them that"
        let breaks = |at: &usize| self.tokens.get(*at).is_some_and(|token| !token.is_word);
        let near = (next..last).take_while(|at| !breaks(at));
        let mut near = near.skip_while(|at| !matches!(self.word(*at), "that" | "whether"));
        if let Some(that) = near.next() {
            return that;
        }
        // "asked them about the deal"; "urged them to leave", where they are part of it
        if self.is(verb, TAKES_INFINITIVE_CLAUSE) {
            let opens = |at: &usize| matches!(self.word(*at), "to" | "about");
            match (next + 1..last).find(opens) {
                Some(about) if self.word(about) == "about" => return about + 1,
                Some(to) if matches!(self.word(verb), "tell" | "tells" | "told" | "telling") => {
                    return to;
                }
                Some(_) | None => {}
            }
        }
        while next < self.caret && self.tokens.get(next).is_some_and(Token::is_adverb) {
            next += 1;
        }
        // "weighed in on the deal"
        if matches!(self.word(next), "in" | "up" | "out" | "off") && self.is(next + 1, PREPOSITION)
        {
            next += 1;
        }
        self.past_preposition(next)
    }

    /// Where the clause of a complement ends, from the caret on.
    fn end(&self, start: usize, head: Head) -> usize {
        let mut last = self.tokens.len();
        while last > self.caret + 1
            && self
                .tokens
                .get(last - 1)
                .is_some_and(|token| !token.is_word)
        {
            last -= 1;
        }
        (self.caret + 1..last)
            .find(|&at| self.ends_at(start, head, at))
            .unwrap_or(last)
    }

    fn ends_at(&self, start: usize, head: Head, at: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|token| !token.quoted) else {
            return false;
        };
        if !token.is_word {
            return token.is_mark(&[";", "—", "–", ",", "("]);
        }
        let next = at + 1;
        match token.lower.as_str() {
            "while" | "whereas" | "because" | "after" | "when" | "before" | "although"
            | "though" | "since" | "during" | "until" | "unless" | "if" => true,
            "and" | "but" => self.is(next, VERB.or(AUXILIARY)),
            "on" => self.is(next, CALENDAR),
            // "Support for Roe has been strong"
            _ if head == Head::Noun && token.is(AUXILIARY) && token.lower != "to" => {
                let opens_clause = |at: usize| {
                    let word = self.word(at);
                    matches!(
                        word,
                        "who" | "that" | "which" | "how" | "what" | "whether" | "why"
                    )
                };
                !matches!(
                    token.lower.as_str(),
                    "not" | "be" | "been" | "being" | "having" | "never"
                ) && !(start..at).any(opens_clause)
            }
            _ => token.is(CALENDAR) && token.is_capital(),
        }
    }
}
