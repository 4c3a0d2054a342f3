//! Who a clause is about, and so who speaks.

use super::participle::is_document;
use super::scope_view::{Frame, ScopeView, TokenRange};
use crate::suggest::lexicon::{
    AUXILIARY, CALENDAR, CONJUNCTION, DETERMINER, OFTEN_NOUNS, POSSESSIVE, PREPOSITION, REPORTS,
    SPEAKER_NOUN,
};
use crate::suggest::noun_group::{Group, MentionKind};
use crate::suggest::token::Token;

impl ScopeView<'_> {
    /// Whether the word may be a verb of the clause: a helping verb, or a word in lower case that is
    /// none of the small ones.
    pub(super) fn may_be_verb(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.is_word
                && !token.quoted
                && !token.is_capital()
                && (token.is(AUXILIARY) && token.lower != "to"
                    || token.is(REPORTS)
                    || !token.is(PREPOSITION)
                        && !token.is(CONJUNCTION)
                        && !token.is(DETERMINER)
                        && !token.lower.ends_with("ing")
                        && !self.is_adverb(at))
        })
    }

    /// Skips adverbs, and what is between commas or brackets, after a noun group.
    pub(super) fn after_aside(&self, mut at: usize) -> usize {
        for _ in 0..3 {
            while self.is_adverb(at) {
                at += 1;
            }
            let close = match self.tokens.get(at) {
                Some(token) if token.is_mark(&["("]) => ")",
                Some(token) if token.is_mark(&[","]) => ",",
                _ => return at,
            };
            let limit = self.tokens.len().min(at + 30);
            let end = (at + 1..limit).find(|&end| self.is_mark(end, &[close]));
            match end {
                Some(end) => at = end + 1,
                None => return at,
            }
        }
        at
    }

    /// The subject of the clause before a place: the last noun group that a verb follows, of the main
    /// clause where there is one. A name that owns what is spoken of, where there is no other.
    pub(super) fn subject_of_clause(&self, before: usize) -> Option<TokenRange> {
        let sentence = &self.scope.sentence;
        let owns = |group: &Group| {
            self.tokens
                .get(group.end - 1)
                .is_some_and(|token| token.possessive)
        };
        // "Lee rebuked those who left, saying …"
        let behind_comma = before
            .checked_sub(1)
            .is_some_and(|at| self.is_mark(at, &[","]));
        let fits = |group: &&Group| {
            let governed = sentence.before(group.start).is_some_and(|token| {
                let is_subject = match token.lower.as_str() {
                    "with" => true,
                    "for" => self.word(group.end) == "to",
                    _ => token.is(CONJUNCTION),
                };
                token.is(PREPOSITION) && !is_subject
            });
            group.end <= before
                && !self.in_quote(group.start)
                && sentence.is_subject_form(group)
                && self.word(group.start) != "it"
                && !(behind_comma && matches!(self.word(group.start), "who" | "which"))
                && !self.is_bracketed(group.start)
                && !governed
                && !owns(group)
        };
        let has_verb = |group: &&Group| {
            let next = self.after_aside(group.end);
            let opener = sentence.before(group.start);
            let opener = opener.map_or("", |token| token.lower.as_str());
            next < before
                && (self.may_be_verb(next)
                    && self.group_at(next).is_none()
                    && !self.describes(group)
                    || opener == "with" && self.word(next).ends_with("ing")
                    || opener == "for" && self.word(next) == "to")
        };
        let is_main = |group: &&Group| {
            sentence.before(group.start).is_none_or(|token| {
                !(token.is(CONJUNCTION)
                    && !matches!(token.lower.as_str(), "and" | "but" | "or" | "so")
                    || token.is(REPORTS))
            })
        };
        let groups = sentence.groups.iter().filter(fits);
        let with_verb = groups.clone().filter(has_verb);
        let found = with_verb
            .clone()
            .rev()
            .find(is_main)
            .or_else(|| with_verb.clone().next_back())
            .or_else(|| groups.clone().next())
            .or_else(|| {
                let mut all = sentence.groups.iter().rev();
                all.find(|group| group.end <= before && owns(group) && !self.in_quote(group.start))
            })?;
        Some((found.start, found.end))
    }

    /// "Russian fears", "the Republican convention": a word for a people or a party that says what kind of
    /// thing is meant.
    fn describes(&self, group: &Group) -> bool {
        let last = self.tokens.get(group.end - 1);
        let of_people = last.is_some_and(|last| {
            let endings = ["ian", "ican", "cratic", "ish", "ese", "ean", "opean"];
            endings.iter().any(|ending| last.lower.ends_with(ending))
        });
        let next = self.tokens.get(group.end);
        of_people
            && next.is_some_and(|next| {
                next.is_word
                    && (!next.is(AUXILIARY.or(REPORTS)) || next.is(OFTEN_NOUNS))
                    && !next.lower.ends_with("ed")
                    && !self.is_adverb(group.end)
            })
    }

    /// Whether a bracket opened before it is not closed yet.
    pub(super) fn is_bracketed(&self, at: usize) -> bool {
        let open = (0..at).rev().find(|&at| self.is_mark(at, &["(", ")"]));
        open.is_some_and(|at| self.is_mark(at, &["("]))
    }

    /// Who a frame says has spoken, as the sentence has it: "who" where that is the subject.
    pub(in crate::suggest) fn speaker(&self, frame: &Frame) -> Option<TokenRange> {
        if self.word(frame.verb.0) == "according" {
            let named = frame.subject.filter(|(start, _)| *start >= frame.verb.1);
            return named.or_else(|| self.any_group(frame.verb.1));
        }
        let mut before = frame.verb.0;
        while before > 0 && self.is_adverb(before - 1) {
            before -= 1;
        }
        if let Some(who) = before.checked_sub(1)
            && matches!(self.word(who), "who" | "which")
        {
            return Some((who, who + 1));
        }
        let beside = frame.subject.filter(|(start, end)| {
            *start >= frame.verb.1 || self.after_aside(*end) == frame.verb.0 || *end == before
        });
        let main = self.word(frame.verb.1.saturating_sub(1));
        let participle = main.ends_with("ing") && frame.verb.0 + 1 == frame.verb.1;
        // "His stern warning that …"
        let owner = frame.subject.filter(|(start, end)| {
            let word = self.tokens.get(*start);
            start + 1 == *end && word.is_some_and(|word| word.is(POSSESSIVE))
        });
        if participle && owner.is_none() && beside.is_none_or(|(start, _)| start < frame.verb.0) {
            return self.speaker_of_participle(frame);
        }
        let subject = frame
            .subject
            .map(|subject| self.antecedent_of_who(frame, subject));
        subject.or_else(|| self.subject_of_clause(frame.verb.0))
    }

    /// Whom "who" means where its clause has ended before the verb: "a foreman, who was not named, said".
    fn antecedent_of_who(&self, frame: &Frame, subject: TokenRange) -> TokenRange {
        let (start, end) = subject;
        let comma = |at: Option<usize>| at.filter(|at| self.is_mark(*at, &[","]));
        let opened = comma(start.checked_sub(1));
        let closed = comma(frame.verb.0.checked_sub(1)).filter(|closed| *closed >= end);
        let Some((opened, closed)) = opened.zip(closed).filter(|_| self.word(start) == "who")
        else {
            return subject;
        };
        // Whom its own verb reports of: a noun that no list knows.
        let within = self
            .frames
            .iter()
            .filter(|other| end <= other.verb.0 && other.verb.1 <= closed);
        let mut known = within.filter_map(|other| other.subject);
        let group = self.scope.sentence.group_ending(opened);
        let group = group.map(|group| (group.start, group.end));
        let named = group.or_else(|| known.find(|subject| subject.1 == opened));
        named.unwrap_or(subject)
    }

    /// The whole mention of a speaker: with what is said about it between commas or in brackets, and
    /// with what belongs to its noun: "Ann Lee, a lawyer in Bonn," "Lee (Ohio)", "officials close to
    /// her".
    pub(in crate::suggest) fn whole_mention(
        &self,
        frame: &Frame,
        speaker: TokenRange,
    ) -> TokenRange {
        let (start, end) = speaker;
        let is_pronoun = self
            .group_at(start)
            .is_some_and(|group| group.kind == MentionKind::Pronoun);
        if is_pronoun || matches!(self.word(start), "who" | "which" | "that") {
            return speaker;
        }
        if self.word(frame.verb.0) == "according" {
            return (start, self.source_end(end));
        }
        let start = self.mention_start(start);
        let speaker = (start, end);
        if start >= frame.verb.1 {
            return (start, self.inverted_end(end));
        }
        let mut last = frame.verb.0;
        while last > end
            && (self.is_adverb(last - 1)
                || self
                    .tokens
                    .get(last - 1)
                    .is_some_and(|token| token.is(CALENDAR)))
        {
            last -= 1;
        }
        if last > end && self.word(last - 1) == "on" {
            last -= 1;
        }
        last = self
            .scope
            .sentence
            .before_adverbial(last)
            .clamp(end.min(last), last);
        let Some(opener) = self.tokens.get(end).filter(|_| end < last) else {
            return speaker;
        };
        let closed = |mark: &str| self.is_mark(last - 1, &[mark]) && last - 1 > end;
        let other = self.frames.iter().any(|other| {
            (end..last).contains(&other.verb.0) && !self.word(other.verb.0).ends_with("ing")
        });
        let fits = opener.is_mark(&["("]) && (closed(")") || closed(","))
            || opener.is_mark(&[","]) && closed(",") && self.is_apposed(end + 1)
            || opener.is(PREPOSITION) && !opener.is(CONJUNCTION)
            || opener.lower.ends_with("ed")
                && self
                    .tokens
                    .get(end + 1)
                    .is_some_and(|token| token.is(PREPOSITION))
            || matches!(opener.lower.as_str(), "who" | "familiar" | "close");
        if fits && !other && last - end <= 40 {
            (start, last)
        } else {
            speaker
        }
    }

    /// The mention around a token, whole.
    pub(super) fn mention_at(&self, place: usize) -> Option<TokenRange> {
        let holds = |range: &TokenRange| range.0 <= place && place < range.1;
        let of_reports = self.frames.iter().filter_map(|frame| {
            let speaker = self.speaker(frame)?;
            Some(self.whole_mention(frame, speaker))
        });
        if let Some(found) = of_reports
            .filter(holds)
            .min_by_key(|range| range.1 - range.0)
        {
            return Some(found);
        }
        let mut groups = self.scope.sentence.groups.iter();
        let Some(group) = groups.find(|group| (group.start..group.end).contains(&place)) else {
            return self.any_mention(place);
        };
        let own = self.grown((self.name_start(group.start), group.end));
        let verb = self.after_aside(own.1);
        if verb == own.1 || !self.may_be_verb(verb) {
            return Some(own);
        }
        let frame = Frame {
            verb: (verb, verb + 1),
            subject: Some(own),
            content: None,
            start: group.start,
            end: verb + 1,
            weak: true,
        };
        Some(self.whole_mention(&frame, own)).filter(holds)
    }

    /// Where the words begin that belong to a noun for sure: articles, numbers, names, owners.
    fn name_start(&self, start: usize) -> usize {
        let belongs = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                token.is_word
                    && !token.quoted
                    && !token.is(CONJUNCTION)
                    && !token.is(PREPOSITION)
                    && !token.is(AUXILIARY)
                    && !token.is(REPORTS)
                    && !token.is(CALENDAR)
                    && !token.is_adverb()
                    && (token.is(DETERMINER)
                        || token.possessive
                        || token.is_capital() && !token.first
                        || token.text.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        let mut first = start;
        while first > 0 && start - first < 5 && belongs(first - 1) {
            first -= 1;
        }
        first
    }

    /// Where a mention begins that the lists know only the end of: "About three in ten", "the state's
    /// governor", "Lee's lawyer, Bo Roe".
    fn mention_start(&self, start: usize) -> usize {
        let is_other = CONJUNCTION.or(AUXILIARY);
        let belongs = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                let lower = token.lower.as_str();
                let is_verb = token.is(REPORTS) && !token.is(SPEAKER_NOUN);
                let is_preposition = token.is(PREPOSITION) && !matches!(lower, "of" | "about");
                let is_adverb =
                    token.is_adverb() && !matches!(lower, "nearly" | "only" | "even" | "both");
                let is_day = token.is(CALENDAR) && token.is_capital();
                let is_none = is_verb || is_preposition || is_adverb || is_day;
                token.is_word && !token.quoted && !token.is(is_other) && !is_none
            })
        };
        let mut from = start;
        // "Lee's communications director, Bo Roe"
        if let Some(comma) = start.checked_sub(1)
            && self.is_mark(comma, &[","])
            && self.tokens.get(start).is_some_and(Token::is_capital)
            && let Some(title) = self.scope.sentence.group_ending(comma)
            && title.kind == MentionKind::Description
            && title.end.checked_sub(1).is_some_and(|last| {
                self.tokens
                    .get(last)
                    .is_some_and(|token| token.is(SPEAKER_NOUN) && !is_document(&token.lower))
            })
        {
            from = title.start;
        }
        let mut first = from;
        while first > 0 && belongs(first - 1) {
            first -= 1;
        }
        let before = first.checked_sub(1).and_then(|at| self.tokens.get(at));
        let at_start = before.is_none_or(|token| {
            !token.is_word
                || matches!(
                    token.lower.as_str(),
                    "and" | "but" | "that" | "as" | "while"
                )
        });
        if at_start && from - first <= 6 {
            first
        } else {
            from
        }
    }

    /// Where the source behind "according to" ends: at a comma or the end of the sentence.
    fn source_end(&self, from: usize) -> usize {
        let last = self.sentence_end();
        let ends = |at: &usize| {
            self.in_quote(*at)
                || self.tokens.get(*at).is_some_and(|token| {
                    !token.is_word && !token.is_mark(&["(", ")", "-", "'", "’", "/"])
                        || matches!(
                            token.lower.as_str(),
                            "and" | "but" | "while" | "that" | "as"
                        )
                })
        };
        (from..last).find(ends).unwrap_or(last.max(from))
    }

    /// Whether what stands between commas behind a name says who it is: "the mayor", "who …", "of Ohio"; not
    /// "however", "after a long pause", "as he said".
    fn is_apposed(&self, at: usize) -> bool {
        let says_when = matches!(
            self.word(at),
            "after"
                | "as"
                | "before"
                | "by"
                | "despite"
                | "during"
                | "in"
                | "on"
                | "since"
                | "until"
                | "while"
                | "without"
                | "however"
                | "meanwhile"
                | "though"
                | "too"
        );
        !says_when && !self.is_adverb(at)
    }

    /// Where a subject behind its verb ends: "said Ann Lee, a lawyer."
    fn inverted_end(&self, from: usize) -> usize {
        let last = self.sentence_end().max(from);
        let mut at = from;
        if self.is_mark(at, &["("]) {
            let close = (at..last).find(|&at| self.is_mark(at, &[")"]));
            at = close.map_or(at, |close| close + 1);
        }
        let next = self.tokens.get(at);
        let belongs = matches!(self.word(at), "of" | "at" | "for" | "from" | "with" | "who");
        let apposed = next.is_some_and(|token| token.is_mark(&[","]))
            && self.tokens.get(at + 1).is_some_and(|token| {
                token.is_word
                    && !token.is(CONJUNCTION)
                    && !token.is(PREPOSITION)
                    && !token.lower.ends_with("ing")
                    && !self.is_adverb(at + 1)
                    || token.lower == "who"
            });
        if !belongs && !apposed {
            return at;
        }
        let quote = self.next_quote(at).map_or(last, |(_, quote)| quote.0);
        // "said Ann Lee, the mayor, as she left", "said Ann Lee, the mayor, waving"
        let goes_on = |comma: &usize| {
            let next = self.tokens.get(comma + 1);
            self.is_mark(*comma, &[","])
                && next.is_some_and(|next| {
                    let is_list = matches!(next.lower.as_str(), "and" | "or");
                    next.is(CONJUNCTION) && !is_list
                        || next.lower.ends_with("ing") && !next.is_capital()
                })
        };
        let own = last.min(quote);
        let mut end = (at + 1..own).find(goes_on).unwrap_or(own);
        while end > at && self.tokens.get(end - 1).is_some_and(|token| !token.is_word) {
            end -= 1;
        }
        end.max(at)
    }

    /// A noun group at a place of which the lists may know no word: up to a comma, a verb or a
    /// preposition.
    pub(super) fn any_group(&self, at: usize) -> Option<TokenRange> {
        if let Some(group) = self.group_at(at) {
            return Some((group.start, group.end));
        }
        let ends = |at: &usize| {
            !self.tokens.get(*at).is_some_and(|token| {
                token.is_word
                    && !token.quoted
                    && !token.is(PREPOSITION)
                    && !token.is(CONJUNCTION)
                    && !token.is(AUXILIARY)
            })
        };
        let end = (at..self.tokens.len().min(at + 10))
            .find(ends)
            .unwrap_or(self.tokens.len());
        // "one of those advisers"
        if end > at
            && self.word(end) == "of"
            && let Some(group) = self.any_group(end + 1)
        {
            return Some((at, group.1));
        }
        (end > at).then_some((at, end))
    }

    /// Whether the words between a quotation and a subject are part of the subject: "The Post's".
    pub(super) fn may_precede_subject(&self, from: usize, to: usize) -> bool {
        // "The tall, 71-year-old diplomat"
        let determined = self
            .tokens
            .get(from)
            .is_some_and(|token| token.is(DETERMINER));
        to - from.min(to) <= 8
            && (from..to).all(|at| {
                self.tokens.get(at).is_some_and(|token| {
                    determined && token.is_mark(&[","]) && at > from
                        || token.is_word
                            && !token.is(REPORTS)
                            && !token.is(AUXILIARY)
                            && !token.is(CONJUNCTION)
                })
            })
    }
}
