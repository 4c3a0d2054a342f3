//! Reads noun groups off the words of a sentence.

use super::lexicon::{
    AUXILIARY, BARE_SPEAKER, CALENDAR, COMMON, CONJUNCTION, DETERMINER, ELECTED, LY_NAME, MODIFIER,
    NAME_LINK, OFTEN_NOUNS, POSSESSIVE, POSTED, PREPOSITION, PRONOUN, REPORTS, SPEAKER_NOUN, TITLE,
    Words,
};
use super::token::Token;
use crate::text::TextRange;

/// How a mention refers to its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By name: "Secretary of State Rex Tillerson".
    Named,
    /// By description: "a spokesman".
    Description,
    /// By pronoun: "he".
    Pronoun,
}

impl MentionKind {
    /// The value of the attribute `mention`.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Description => "description",
            Self::Pronoun => "pronoun",
        }
    }
}

/// A mention as a range of tokens, end-exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: MentionKind,
}

pub(super) fn is_pronoun(token: &Token) -> bool {
    // "US" is a country.
    token.is(PRONOUN) && (token.text == "I" || !token.text.chars().all(char::is_uppercase))
}

/// Whether the token is a capitalised word that is part of a name.
fn is_name(token: &Token) -> bool {
    if token.has_joined_particle {
        return true;
    }
    token.is_capital()
        && !token.is(CALENDAR)
        && (!token.is(COMMON) && !is_lowercase_conjunction(token)
            || matches!(token.text.as_str(), "US" | "IT" | "WHO"))
        && !(token.first && (token.is(REPORTS) || token.is(BARE_SPEAKER)))
}

/// "Whereas", "Weil": joins clauses even where a capital starts it. "ALS" is a name.
fn is_lowercase_conjunction(token: &Token) -> bool {
    token.is(CONJUNCTION) && token.text.contains(char::is_lowercase)
}

fn is_head(token: &Token) -> bool {
    token.is_word && token.is(SPEAKER_NOUN)
}

fn is_modifier(token: &Token) -> bool {
    token.is_word
        && (token.is(MODIFIER)
            || token.is(TITLE)
            || token.lower.ends_with("-old")
            || token.lower.starts_with("then-")
            || token.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a word for speakers is of several, or of a body without an article.
pub(super) fn is_plural(token: &Token) -> bool {
    token.is(BARE_SPEAKER)
        || token.lower.ends_with('s') && !token.lower.ends_with("ss")
        || matches!(
            token.lower.as_str(),
            "children" | "women" | "men" | "clergy" | "staff" | "intelligence" | "parliament"
        )
}

/// Whether a lower-case word may be an unknown noun or adjective.
pub(super) fn may_be_noun(token: &Token) -> bool {
    const FUNCTION_WORD: Words = AUXILIARY
        .or(PREPOSITION)
        .or(CONJUNCTION)
        .or(PRONOUN)
        .or(DETERMINER);
    token.is_word
        && !token.possessive
        && !token.is(REPORTS.or(FUNCTION_WORD))
        && !token.lower.ends_with("ly")
}

/// "The Sea Org requires members": what may be a verb is none of the words after a name.
fn is_verb_like(token: &Token) -> bool {
    let lower = token.lower.as_str();
    lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("cs")
}

/// Reads one noun group from a place on.
struct Reader<'t> {
    tokens: &'t [Token],
    start: usize,
    at: usize,
    /// After the last word that can end the group.
    end: usize,
    has_name: bool,
    has_head: bool,
    ends_in_name: bool,
    /// The last word for a speaker.
    head: usize,
}

impl<'t> Reader<'t> {
    fn new(tokens: &'t [Token], at: usize) -> Self {
        Self {
            tokens,
            start: at,
            at,
            end: at,
            has_name: false,
            has_head: false,
            ends_in_name: false,
            head: at,
        }
    }

    fn peek(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.at + ahead)
    }

    fn take_name(&mut self) {
        self.at += 1;
        self.end = self.at;
        self.has_name = true;
        self.ends_in_name = true;
    }

    fn take_head(&mut self) {
        self.head = self.at;
        self.at += 1;
        self.end = self.at;
        self.has_head = true;
        self.ends_in_name = false;
    }

    fn run(&mut self) {
        let determined = self
            .peek(0)
            .is_some_and(|token| token.is(DETERMINER) && !is_pronoun_alone(self.tokens, self.at));
        if determined {
            self.at += 1;
        }
        let mut unknown = 0;
        while let Some(token) = self.peek(0) {
            if !token.is_word {
                break;
            }
            if determined && self.is_whole_before(token) {
                break;
            }
            if is_name(token) {
                self.take_name();
                if token.possessive && !self.head_within(3) {
                    break;
                }
            } else if is_head(token) {
                self.take_head();
                if token.possessive && !self.head_within(3) {
                    break;
                }
            } else if is_modifier(token) && !token.possessive {
                self.at += 1;
            } else if self.link() {
                continue;
            } else if determined
                && !self.has_head
                && unknown < 3
                && may_be_noun(token)
                && !(self.has_name && is_verb_like(token))
                && self.head_within(4)
            {
                unknown += 1;
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// "A campaign Mr. Khan has called bigoted": what *a* opens ends before a name.
    fn is_whole_before(&self, token: &Token) -> bool {
        let article = self.tokens.get(self.start);
        let is_one = article.is_some_and(|first| matches!(first.lower.as_str(), "a" | "an"));
        let after_head = self.has_head && self.end == self.at && !self.ends_in_name;
        let courtesy = matches!(
            token.lower.trim_end_matches('.'),
            "mr" | "mrs" | "ms" | "miss" | "dr"
        );
        is_one
            && after_head
            && (courtesy && token.is_capital() || is_name(token) && !is_head(token))
    }

    /// Whether a word for a speaker comes within a few words, with nothing but nouns before it.
    fn head_within(&self, words: usize) -> bool {
        for ahead in 0..words {
            match self.peek(ahead) {
                Some(token) if is_head(token) => return true,
                Some(token) if is_modifier(token) || is_name(token) || may_be_noun(token) => {}
                _ => return false,
            }
        }
        false
    }

    /// "of State", "for the White House", "van der": takes the small words where the group goes on.
    fn link(&mut self) -> bool {
        let Some(token) = self.peek(0) else {
            return false;
        };
        let lower = token.lower.as_str();
        if self.end != self.at {
            return false;
        }
        let mut next = 1;
        if self.ends_in_name && token.is(NAME_LINK) && lower != "for" {
            if self
                .peek(next)
                .is_some_and(|token| token.lower == "the" || token.is(NAME_LINK) && lower != "of")
            {
                next += 1;
            }
            if self.peek(next).is_some_and(is_name) {
                self.at += next;
                return true;
            }
        }
        let posted = self.last().is_some_and(|last| match lower {
            "to" => last.is(POSTED),
            "from" => last.is_capital() && last.is(ELECTED),
            _ => false,
        });
        let described = self.has_head && (!self.ends_in_name || self.last_is_title());
        if !(posted || described && matches!(lower, "of" | "for" | "at" | "from" | "with" | "in")) {
            return false;
        }
        if self.peek(next).is_some_and(|token| token.is(DETERMINER)) {
            next += 1;
        }
        let plain = next;
        while self
            .peek(next)
            .is_some_and(|token| is_modifier(token) && !is_name(token))
        {
            next += 1;
        }
        if self
            .peek(next)
            .is_some_and(|token| is_name(token) || is_head(token))
        {
            self.at += next;
            return true;
        }
        // "secretary of state", "director of marketing"; not "people in trouble".
        if lower == "of"
            && self
                .peek(plain)
                .is_some_and(|token| may_be_noun(token) || token.is(OFTEN_NOUNS))
        {
            self.at += plain + 1;
            self.end = self.at;
            return true;
        }
        false
    }

    /// Whether what `first` opens may start with it: no name, no plural after *that*, which joins a
    /// clause there; no name after *this* or *both*.
    fn is_well_determined(&self, first: &Token) -> bool {
        let head = self.tokens.get(self.head);
        let has_head = head.is_some_and(is_head) && self.head > self.start;
        match first.lower.as_str() {
            "that" => has_head && !self.ends_in_name && !head.is_some_and(is_plural),
            "this" | "these" | "those" | "both" => {
                let last = self.end.checked_sub(1).and_then(|at| self.tokens.get(at));
                last.is_some_and(|last| !is_name(last) || is_head(last))
            }
            _ => true,
        }
    }

    fn last(&self) -> Option<&'t Token> {
        self.tokens.get(self.end.saturating_sub(1))
    }

    fn last_is_title(&self) -> bool {
        self.last().is_some_and(|token| token.is(TITLE))
    }
}

/// Whether "this", "some", "her" … stand for themselves there.
fn is_pronoun_alone(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    is_pronoun(token) && !token.is(POSSESSIVE)
}

/// "Facing more questions", "Frankly,": a capital starts the sentence, not a name.
fn opens_phrase(tokens: &[Token], at: usize) -> bool {
    let Some(first) = tokens
        .get(at)
        .filter(|token| token.first && token.is_capital())
    else {
        return false;
    };
    let next = tokens.get(at + 1);
    let goes_on = next.is_some_and(|next| {
        next.is_word
            && !next.is_capital()
            && !next.is(REPORTS)
            && !next.is(AUXILIARY)
            && !next.is(CONJUNCTION)
    });
    let lower = first.lower.as_str();
    let is_adverb = lower.ends_with("ly") && !first.is(LY_NAME);
    let breaks = next.is_some_and(|next| next.is_mark(&[","]));
    lower.len() > 4 && (is_adverb && (breaks || goes_on) || lower.ends_with("ing") && goes_on)
}

/// "The six - member team": the word goes with the number before it.
fn ends_compound(tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let lower = tokens.get(at).is_some_and(|token| !token.is_capital());
    let counts = |token: &Token| {
        token.is(DETERMINER) || token.text.starts_with(|c: char| c.is_ascii_digit())
    };
    lower && before(1).is_some_and(|token| token.is_mark(&["-"])) && before(2).is_some_and(counts)
}

/// Whether a noun group may start with a token; most words are quickly told from those.
fn may_start(first: &Token) -> bool {
    // "Ambassador" before "to Kenya" may be in no group.
    let links = matches!(first.lower.as_str(), "to" | "from");
    first.is_word
        && (first.is(DETERMINER.or(PRONOUN).or(POSSESSIVE))
            || is_head(first)
            || is_modifier(first)
            || is_name(first)
            || links)
}

/// The noun group that starts at token `at`, if one does.
fn group_from(tokens: &[Token], at: usize) -> Option<Group> {
    let first = tokens.get(at)?;
    if !may_start(first) || ends_compound(tokens, at) || opens_phrase(tokens, at) {
        return None;
    }
    let mut reader = Reader::new(tokens, at);
    reader.run();
    // "said that Russia", "said that officials" against "said that official".
    if !reader.is_well_determined(first) {
        return None;
    }
    let made = |kind| {
        Some(Group {
            start: at,
            end: reader.end,
            kind,
        })
    };
    if reader.end > at {
        if reader.ends_in_name && (reader.has_name || reader.has_head) {
            // "the Trump administration" ends in a noun, "a spokesman for Trump" describes.
            let described = first.is(DETERMINER) && reader.has_head;
            return made(if described {
                MentionKind::Description
            } else {
                MentionKind::Named
            });
        }
        let words = tokens.get(at..reader.end).unwrap_or_default();
        let bare = !first.is(DETERMINER) && !first.possessive;
        let stands_alone = words.iter().any(|token| {
            token.is(BARE_SPEAKER)
                || token.is_capital() && !token.first
                || token.is(SPEAKER_NOUN) && token.lower.ends_with('s')
        });
        if !bare || stands_alone || words.len() > 1 && reader.has_name {
            let capitalised = reader.has_name && words.last().is_none_or(Token::is_capital);
            return made(if capitalised {
                MentionKind::Named
            } else {
                MentionKind::Description
            });
        }
        return None;
    }
    if is_pronoun(first) || first.is(POSSESSIVE) && first.text != "US" {
        return Some(Group {
            start: at,
            end: at + 1,
            kind: MentionKind::Pronoun,
        });
    }
    None
}

/// All noun groups of a sentence, by place; none overlaps another.
pub(super) fn groups(tokens: &[Token]) -> Vec<Group> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match group_from(tokens, at) {
            Some(group) => {
                at = group.end.max(at + 1);
                found.push(group);
            }
            None => at += 1,
        }
    }
    found
}

/// The first noun group of a sentence.
pub(super) fn first_group(tokens: &[Token]) -> Option<Group> {
    (0..tokens.len()).find_map(|at| group_from(tokens, at))
}

/// The bytes of tokens `start..end`; `None` for none.
pub(super) fn span(tokens: &[Token], start: usize, end: usize) -> Option<TextRange> {
    let words = tokens.get(start..end)?;
    Some(words.first()?.range.cover(words.last()?.range))
}
