//! A sentence as the learned part sees it: what each token is, and what the rules found at it.

use crate::suggest::lexicon::{
    AUXILIARY, BARE_SPEAKER, CALENDAR, CONJUNCTION, DETERMINER, JUDGES, OFTEN_NOUNS, PREPOSITION,
    PRONOUN, REPORTING, REPORTING_NOUN, SPEAKER_NOUN, TITLE, WEAK, Words,
};
use crate::suggest::noun_group::MentionKind;
use crate::suggest::proposals::{Proposal, ScopeView, TokenRange};
use crate::suggest::token::{Token, tokens_before};
use crate::text::TextRange;

/// Word lists by what they say about a token, the most telling first.
const CLASSES: [(Words, u64); 14] = [
    (REPORTING, 1),
    (OFTEN_NOUNS, 2),
    (JUDGES, 3),
    (WEAK, 4),
    (AUXILIARY, 5),
    (DETERMINER, 6),
    (PRONOUN, 7),
    (BARE_SPEAKER, 8),
    (PREPOSITION, 9),
    (CONJUNCTION, 10),
    (REPORTING_NOUN, 11),
    (SPEAKER_NOUN, 12),
    (TITLE, 13),
    (CALENDAR, 14),
];
/// What may be a verb.
pub(super) const VERBS: Words = REPORTING.or(AUXILIARY);
/// Stands for what is beyond the sentence.
const EDGE: u64 = 99;

/// What a token is, as numbers to make features of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) word: u64,
    /// The word without its ending.
    pub(super) stem: u64,
    /// Its class: a list it is in, or how it is written.
    pub(super) class: u64,
    pub(super) ending: u64,
    pub(super) is_adverb: bool,
    pub(super) lists: Words,
}

const NOTHING: Item = Item {
    word: EDGE,
    stem: EDGE,
    class: EDGE,
    ending: 0,
    is_adverb: false,
    lists: Words::NONE,
};

/// An indirect quote of the rules in this sentence, without the marks at its ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) tokens: TokenRange,
    pub(super) rule: u64,
    pub(super) confidence: f32,
}

/// A sentence with its tokens as numbers.
pub(super) struct Sentence<'a> {
    pub(super) view: &'a ScopeView<'a>,
    pub(super) is_headline: bool,
    pub(super) items: Vec<Item>,
    /// Noun groups by the token they begin at, and by the token behind them.
    pub(super) group_starts: Vec<Option<MentionKind>>,
    pub(super) group_ends: Vec<Option<MentionKind>>,
    /// Whether a token is inside a group, and not its first.
    pub(super) in_group: Vec<bool>,
    /// What the rules found.
    pub(super) found: Vec<Found>,
    /// Tokens of direct and mixed quotes.
    pub(super) taken: Vec<bool>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(
        view: &'a ScopeView<'a>,
        is_headline: bool,
        indirect: &[&Proposal],
        quoted: &[TextRange],
    ) -> Self {
        let count = view.tokens.len();
        let mut group_starts = vec![None; count + 1];
        let mut group_ends = vec![None; count + 1];
        let mut in_group = vec![false; count + 1];
        for group in &view.scope.sentence.groups {
            if let Some(start) = group_starts.get_mut(group.start) {
                *start = Some(group.kind);
            }
            if let Some(end) = group_ends.get_mut(group.end) {
                *end = Some(group.kind);
            }
            let inner = in_group.get_mut(group.start + 1..group.end);
            inner.unwrap_or_default().fill(true);
        }
        let mut taken = vec![false; count];
        for range in quoted {
            let (start, end) = overlapping(view.tokens, *range);
            taken.get_mut(start..end).unwrap_or_default().fill(true);
        }
        let found = indirect.iter().filter_map(|proposal| {
            let hull = proposal.hull()?;
            Some(Found {
                tokens: words_of(view.tokens, hull)?,
                rule: hash(proposal.rule.name()),
                confidence: proposal.confidence,
            })
        });
        Self {
            found: found.collect(),
            items: view.tokens.iter().map(Item::new).collect(),
            view,
            is_headline,
            group_starts,
            group_ends,
            in_group,
            taken,
        }
    }

    /// The token at a place that may be beyond the sentence.
    pub(super) fn item(&self, at: usize, offset: isize) -> Item {
        let place = at.checked_add_signed(offset);
        place
            .and_then(|place| self.items.get(place))
            .copied()
            .unwrap_or(NOTHING)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.view.tokens.get(at).is_some_and(|token| token.is_word)
    }

    /// Whether words of a quotation stand before and behind the start of a token.
    pub(super) fn divides_quotation(&self, at: usize) -> bool {
        let mut quotes = self.view.scope.quotes.iter();
        quotes.any(|quote| quote.0 < at && self.view.words(at.min(quote.1), quote.1) > 0)
    }

    /// What leads to what begins at a token, to compare with others: the stem of the word before it, and
    /// its own first word where that is a small one. Also as people read it: "said that".
    pub(super) fn lead(&self, start: usize) -> Option<(String, String)> {
        let small = CONJUNCTION
            .or(PREPOSITION)
            .or(PRONOUN)
            .or(DETERMINER)
            .or(AUXILIARY);
        let cue = self.view.word(self.cue_before(start)?);
        let first = self.view.word(start);
        let is_small = first == "that" || self.item(start, 0).lists.meets(small);
        let first = if is_small { first } else { "…" };
        (!cue.is_empty()).then(|| (format!("{} {first}", stem(cue)), format!("{cue} {first}")))
    }

    /// The word that leads to what begins at a token: the nearest before it but for prepositions,
    /// articles, adverbs and *that*.
    pub(super) fn cue_before(&self, start: usize) -> Option<usize> {
        let mut at = start.checked_sub(1)?;
        for _ in 0..3 {
            let Some(item) = self.items.get(at) else {
                break;
            };
            let small = item.class == 9 || item.class == 6 || item.is_adverb;
            if !small && self.view.word(at) != "that" {
                break;
            }
            at = at.checked_sub(1)?;
        }
        Some(at)
    }
}

impl Item {
    fn new(token: &Token) -> Self {
        let lower = token.lower.as_str();
        let ending = ending(lower);
        let class = match CLASSES.iter().find(|(list, _)| token.is(*list)) {
            _ if !token.is_word => hash(lower),
            Some((_, class)) => *class,
            None if token.text.starts_with(char::is_uppercase) => 20,
            None if token.text.starts_with(|c: char| c.is_ascii_digit()) => 21,
            None if lower.ends_with("ly") => 22,
            None => 23 + ending,
        };
        Self {
            word: hash(lower),
            stem: hash(stem(lower)),
            class,
            ending,
            is_adverb: lower.ends_with("ly"),
            lists: token.lists,
        }
    }
}

/// The tokens of a range without the marks at its ends; `None` where it has none here.
pub(super) fn words_of(tokens: &[Token], range: TextRange) -> Option<TokenRange> {
    let (mut start, mut end) = overlapping(tokens, range);
    let is_word = |at: usize| tokens.get(at).is_some_and(|token| token.is_word);
    while start < end && !is_word(end - 1) {
        end -= 1;
    }
    while start < end && !is_word(start) {
        start += 1;
    }
    (start < end).then_some((start, end))
}

fn overlapping(tokens: &[Token], range: TextRange) -> TokenRange {
    let start = tokens.partition_point(|token| token.range.end() <= range.start());
    (start, tokens_before(tokens, range.end()).max(start))
}

/// FNV-1a.
pub(super) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A word without the ending that its forms differ in: "asked", "asks", "asking".
pub(super) fn stem(lower: &str) -> &str {
    let cut = ["ing", "ed", "es", "s", "d"]
        .into_iter()
        .find_map(|ending| {
            let rest = lower.strip_suffix(ending)?;
            (rest.len() >= 3).then_some(rest)
        });
    let rest = cut.unwrap_or(lower);
    if lower.len() > 3 {
        rest.trim_end_matches('e')
    } else {
        rest
    }
}

/// 0 to 3: "asking", "asked", "asks", another.
fn ending(lower: &str) -> u64 {
    let known = ["ing", "ed", "s"].into_iter();
    let place = known.zip(0..).find(|(ending, _)| lower.ends_with(ending));
    place.map_or(3, |(_, place)| place)
}
