//! Noun phrases whose nouns no list knows, around a place: "recent polls", "the party's top figures",
//! "Xi and Putin", "many in the room".

use super::scope_view::{ScopeView, TokenRange};
use crate::suggest::lexicon::{
    AUXILIARY, CALENDAR, DETERMINER, MODIFIER, POSSESSIVE, PRONOUN, REPORTS, SPEAKER_NOUN,
};
use crate::suggest::noun_group::may_be_noun;
use crate::suggest::token::Token;

/// No more words than this are looked at to either side.
const REACH: usize = 7;
/// Endings of nouns for people and things in the plural, which verbs do not have.
const PLURALS: [&str; 14] = [
    "ers", "ors", "ists", "ions", "ments", "ities", "ians", "ants", "ents", "ees", "ings", "men",
    "women", "people",
];
/// Endings of adjectives.
const ADJECTIVES: [&str; 16] = [
    "ic", "al", "an", "ish", "ent", "ant", "ive", "ous", "ful", "less", "able", "ible", "ary",
    "est", "ese", "ior",
];
/// Endings of adjectives with a capital: "European", "Democratic".
const PEOPLES: [&str; 8] = [
    "ican", "ean", "sian", "atic", "ese", "ish", "inian", "alian",
];
/// Words that stand for people or things by themselves.
const STANDS_ALONE: [&str; 17] = [
    "who", "whom", "which", "whose", "many", "most", "some", "both", "others", "another",
    "several", "few", "those", "neither", "none", "all", "either",
];

/// What counts others: "most of the mayors".
const QUANTITIES: [&str; 22] = [
    "percent",
    "majority",
    "half",
    "none",
    "one",
    "two",
    "three",
    "most",
    "many",
    "some",
    "all",
    "both",
    "several",
    "few",
    "dozens",
    "hundreds",
    "thousands",
    "millions",
    "number",
    "couple",
    "quarter",
    "third",
];

impl ScopeView<'_> {
    /// The noun phrase around a place where the lists know no noun.
    pub(super) fn any_mention(&self, place: usize) -> Option<TokenRange> {
        let token = self.tokens.get(place)?;
        if matches!(token.lower.as_str(), "and" | "or" | "&" | "of") {
            return self.both_sides(place);
        }
        let counts = self.tokens.get(place + 1).is_some_and(|next| {
            is_adjective(next) || next.lower.ends_with('s') || has_ending(&next.lower, &PLURALS)
        });
        if STANDS_ALONE.contains(&token.lower.as_str()) && !(counts && self.opens_phrase(place)) {
            return Some(self.with_phrases_behind((place, place + 1)));
        }
        if !self.is_noun(place) && !self.opens_phrase(place) {
            return None;
        }
        let start = self.phrase_start(place);
        let end = self.phrase_end(start, place + 1);
        let last = self.tokens.get(end.checked_sub(1)?)?;
        if last.is(DETERMINER) || last.is(POSSESSIVE) {
            return None;
        }
        // One word that nothing marks as a noun may be any.
        let marked = end - start > 1 || has_ending(&token.lower, &PLURALS);
        marked.then(|| {
            let (start, end) = self.with_phrases_behind((start, end));
            (self.quantity_before(start), end)
        })
    }

    /// Where "47 percent of", "a majority of", "none of" before a phrase begins.
    fn quantity_before(&self, start: usize) -> usize {
        let Some(noun) = start.checked_sub(2) else {
            return start;
        };
        let counts = self.word(start - 1) == "of" && QUANTITIES.contains(&self.word(noun));
        if !counts {
            return start;
        }
        let number = noun.checked_sub(1).filter(|before| {
            self.tokens.get(*before).is_some_and(|token| {
                token.is(DETERMINER) || token.text.starts_with(|c: char| c.is_ascii_digit())
            })
        });
        number.unwrap_or(noun)
    }

    /// What a noun group of known words goes on with: "European citizens", "the House Select Committee on
    /// Benghazi".
    pub(super) fn grown(&self, group: TokenRange) -> TokenRange {
        let opens = self.tokens.get(group.0);
        let last = group.1.checked_sub(1).and_then(|at| self.tokens.get(at));
        let goes_on = opens.is_some_and(|token| token.is(DETERMINER) || token.possessive)
            || last.is_some_and(is_adjective);
        let is_whole = last.is_some_and(|last| last.is(PRONOUN.or(POSSESSIVE)) || last.possessive);
        if !goes_on || is_whole {
            return (self.quantity_before(group.0), group.1);
        }
        (
            self.quantity_before(group.0),
            self.phrase_end(group.0, group.1),
        )
    }

    /// "Xi and Putin" around "and".
    fn both_sides(&self, and: usize) -> Option<TokenRange> {
        let before = self.phrase_at(and.checked_sub(1)?)?;
        let behind = self.phrase_at(and + 1)?;
        Some((before.0, behind.1))
    }

    fn phrase_at(&self, place: usize) -> Option<TokenRange> {
        let mut groups = self.scope.sentence.groups.iter();
        match groups.find(|group| (group.start..group.end).contains(&place)) {
            Some(group) => Some((group.start, group.end)),
            None => {
                let is_noun = self.is_noun(place) || self.opens_phrase(place);
                let start = self.phrase_start(place);
                is_noun.then(|| (start, self.phrase_end(start, place + 1)))
            }
        }
    }

    /// Whether a word may be a noun or an adjective.
    fn is_noun(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let determined = before.is_some_and(|token| {
            token.is(DETERMINER.or(POSSESSIVE).or(MODIFIER)) || is_adjective(token)
        });
        self.tokens.get(at).is_some_and(|token| {
            (may_be_noun(token)
                || determined && token.is(REPORTS)
                || token.possessive && token.is_word
                || token.is(SPEAKER_NOUN))
                && !token.is_adverb()
                && !(token.is(CALENDAR) && token.is_capital())
                && !token.is(PRONOUN)
        })
    }

    /// Whether a word opens a phrase with the noun behind it: "the", "his", "many polls", "three".
    fn opens_phrase(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let opens = token.is(DETERMINER)
            || token.is(POSSESSIVE)
            || token.text.starts_with(|c: char| c.is_ascii_digit());
        opens && self.is_noun(at + 1)
    }

    /// Where the phrase around a noun begins.
    fn phrase_start(&self, place: usize) -> usize {
        let mut first = place;
        while let Some(before) = first.checked_sub(1)
            && place - before <= REACH
            && let Some(token) = self.tokens.get(before)
            && !token.quoted
        {
            let opens = token.is(DETERMINER) || token.is(POSSESSIVE);
            let counts = token.text.starts_with(|c: char| c.is_ascii_digit());
            let is_participle = token.lower.ends_with("ed") || token.lower.ends_with("ing");
            let determined = || {
                let ahead = before.checked_sub(1).and_then(|at| self.tokens.get(at));
                ahead.is_some_and(|token| {
                    token.is(DETERMINER) || token.is(POSSESSIVE) || token.possessive
                })
            };
            let belongs =
                opens || counts || self.is_noun(before) && (!is_participle || determined());
            if !belongs {
                break;
            }
            first = before;
            // What stands before "the" is no part of it, but for an owner.
            if opens
                && !self
                    .tokens
                    .get(first.saturating_sub(1))
                    .is_some_and(|owner| owner.possessive)
            {
                break;
            }
        }
        first
    }

    /// Where a phrase ends of which `from..at` are the first words.
    fn phrase_end(&self, from: usize, mut at: usize) -> usize {
        let limit = self.tokens.len().min(at + REACH);
        while at < limit {
            let (Some(token), Some(last)) = (self.tokens.get(at), self.tokens.get(at - 1)) else {
                break;
            };
            let lower = token.lower.as_str();
            if token.quoted || !self.is_noun(at) || !last.is_word {
                break;
            }
            let expects_noun = last.is(DETERMINER.or(POSSESSIVE).or(MODIFIER))
                || last.possessive
                || is_adjective(last)
                || self.is_plural_ahead(from, at);
            let is_plural = has_ending(lower, &PLURALS);
            if !expects_noun && !is_plural && !self.is_verb_behind(at + 1) {
                break;
            }
            // "a name that the mayor": a new name behind a noun in lower case opens another phrase.
            if token.is_capital()
                && !last.is_capital()
                && at > from + 1
                && !last.is(DETERMINER)
                && !last.possessive
            {
                break;
            }
            at += 1;
        }
        at
    }

    /// "These wealth research firms": what stands for several ends in a word for several.
    fn is_plural_ahead(&self, from: usize, at: usize) -> bool {
        let several = self.tokens.get(from).is_some_and(|token| {
            matches!(
                token.lower.as_str(),
                "these" | "those" | "many" | "several" | "few" | "most" | "two" | "three"
            )
        });
        let ends = |at: usize| {
            let word = self.tokens.get(at).map(|token| token.lower.as_str());
            word.is_some_and(|word| word.ends_with('s') && !word.ends_with("ss"))
        };
        several
            && !(from + 1..at).any(ends)
            && (at..at + 3).take_while(|at| self.is_noun(*at)).any(ends)
    }

    /// Whether the clause has its verb here.
    fn is_verb_behind(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            !token.is_capital()
                && (token.is(AUXILIARY) && token.lower != "to"
                    || token.is(REPORTS) && !token.is(SPEAKER_NOUN)
                    || token.lower.ends_with("ed"))
        })
    }

    /// "of the party", always; "in the room", "on Benghazi" where the verb comes then.
    fn with_phrases_behind(&self, phrase: TokenRange) -> TokenRange {
        let mut whole = phrase;
        for _ in 0..3 {
            let Some(preposition) = self.tokens.get(whole.1) else {
                break;
            };
            let is_of = preposition.lower == "of";
            let is_place = matches!(
                preposition.lower.as_str(),
                "in" | "at"
                    | "on"
                    | "for"
                    | "from"
                    | "with"
                    | "near"
                    | "behind"
                    | "against"
                    | "among"
            );
            if !is_of && !is_place {
                break;
            }
            let Some(behind) = self.phrase_at(whole.1 + 1) else {
                break;
            };
            if is_place && !self.is_verb_behind(behind.1) {
                break;
            }
            whole.1 = behind.1;
        }
        whole
    }
}

fn is_adjective(token: &Token) -> bool {
    if token.is_capital() && !token.first {
        return has_ending(&token.lower, &PEOPLES);
    }
    has_ending(&token.lower, &ADJECTIVES) && !token.is(SPEAKER_NOUN)
}

fn has_ending(lower: &str, endings: &[&str]) -> bool {
    endings
        .iter()
        .any(|ending| lower.len() > ending.len() + 1 && lower.ends_with(ending))
}
