//! Noun groups that can be speakers: names with their titles, pronouns, descriptions.

use super::lexicon::{
    AUXILIARY, BARE_SPEAKER, CALENDAR, COMMON, CONJUNCTION, DETERMINER, MODIFIER, NAME_LINK,
    NO_SURNAME, OFTEN_NOUNS, POSSESSIVE, PREPOSITION, PRONOUN, SPEAKER_NOUN, TITLE, is_reporting,
};
use super::token::{Token, tokens};
use crate::text::{SourceText, TextRange, TextSize, neighbourhood, sentence_at, sentences};

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
    PRONOUN.has(&token.lower) && (token.text == "I" || !token.text.chars().all(char::is_uppercase))
}

/// Whether the token is a capitalised word that is part of a name.
fn is_name(token: &Token) -> bool {
    token.is_capital()
        && !CALENDAR.has(&token.lower)
        && (!COMMON.has(&token.lower) || matches!(token.text, "US" | "IT" | "WHO"))
        && !(token.first && (is_reporting(&token.lower) || BARE_SPEAKER.has(&token.lower)))
}

fn is_head(token: &Token) -> bool {
    token.is_word && SPEAKER_NOUN.has(&token.lower)
}

fn is_modifier(token: &Token) -> bool {
    token.is_word
        && (MODIFIER.has(&token.lower)
            || TITLE.has(&token.lower)
            || token.lower.ends_with("-old")
            || token.lower.starts_with("then-")
            || token.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a lower-case word may be an unknown noun or adjective.
fn may_be_noun(token: &Token) -> bool {
    token.is_word
        && !token.possessive
        && !is_reporting(&token.lower)
        && [
            &AUXILIARY,
            &PREPOSITION,
            &CONJUNCTION,
            &PRONOUN,
            &DETERMINER,
        ]
        .iter()
        .all(|list| !list.has(&token.lower))
        && !token.lower.ends_with("ly")
}

/// Reads one noun group from a place on.
struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
    /// After the last word that can end the group.
    end: usize,
    has_name: bool,
    has_head: bool,
    ends_in_name: bool,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn new(tokens: &'t [Token<'a>], at: usize) -> Self {
        Self {
            tokens,
            at,
            end: at,
            has_name: false,
            has_head: false,
            ends_in_name: false,
        }
    }

    fn peek(&self, ahead: usize) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at + ahead)
    }

    fn take_name(&mut self) {
        self.at += 1;
        self.end = self.at;
        self.has_name = true;
        self.ends_in_name = true;
    }

    fn take_head(&mut self) {
        self.at += 1;
        self.end = self.at;
        self.has_head = true;
        self.ends_in_name = false;
    }

    fn run(&mut self) {
        let determined = self.peek(0).is_some_and(|token| {
            DETERMINER.has(&token.lower) && !is_pronoun_alone(self.tokens, self.at)
        });
        if determined {
            self.at += 1;
        }
        let mut unknown = 0;
        while let Some(token) = self.peek(0) {
            if !token.is_word {
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
                && self.head_within(4)
            {
                unknown += 1;
                self.at += 1;
            } else {
                break;
            }
        }
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
        if self.ends_in_name && NAME_LINK.has(lower) && lower != "for" {
            if self.peek(next).is_some_and(|token| {
                token.lower == "the" || NAME_LINK.has(&token.lower) && lower != "of"
            }) {
                next += 1;
            }
            if self.peek(next).is_some_and(is_name) {
                self.at += next;
                return true;
            }
        }
        if !self.has_head || self.ends_in_name && !self.last_is_title() {
            return false;
        }
        if !matches!(lower, "of" | "for" | "at" | "from" | "with" | "in") {
            return false;
        }
        if self
            .peek(next)
            .is_some_and(|token| DETERMINER.has(&token.lower))
        {
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
                .is_some_and(|token| may_be_noun(token) || OFTEN_NOUNS.has(&token.lower))
        {
            self.at += plain + 1;
            self.end = self.at;
            return true;
        }
        false
    }

    fn last_is_title(&self) -> bool {
        self.tokens
            .get(self.end.saturating_sub(1))
            .is_some_and(|token| TITLE.has(&token.lower))
    }
}

/// Whether "this", "some", "her" … stand for themselves there.
fn is_pronoun_alone(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    is_pronoun(token) && !POSSESSIVE.has(&token.lower)
}

/// The noun group that starts at token `at`, if one does.
fn group_from(tokens: &[Token], at: usize) -> Option<Group> {
    let first = tokens.get(at)?;
    if !first.is_word {
        return None;
    }
    let mut reader = Reader::new(tokens, at);
    reader.run();
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
            let described = DETERMINER.has(&first.lower) && reader.has_head;
            return made(if described {
                MentionKind::Description
            } else {
                MentionKind::Named
            });
        }
        let words = tokens.get(at..reader.end).unwrap_or_default();
        let bare = !DETERMINER.has(&first.lower) && !first.possessive;
        let stands_alone = words.iter().any(|token| {
            BARE_SPEAKER.has(&token.lower)
                || token.is_capital() && !token.first
                || SPEAKER_NOUN.has(&token.lower) && token.lower.ends_with('s')
        });
        if !bare || stands_alone || words.len() > 1 && reader.has_name {
            let capitalised =
                reader.has_name && !words.last().is_some_and(|token| !token.is_capital());
            return made(if capitalised {
                MentionKind::Named
            } else {
                MentionKind::Description
            });
        }
        return None;
    }
    if is_pronoun(first) || POSSESSIVE.has(&first.lower) && first.text != "US" {
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

/// The bytes of tokens `start..end`; `None` for none.
pub(super) fn span(tokens: &[Token], start: usize, end: usize) -> Option<TextRange> {
    let words = tokens.get(start..end)?;
    Some(words.first()?.range.cover(words.last()?.range))
}

fn mentions_of(source: &SourceText, sentence: TextRange) -> Vec<TextRange> {
    let tokens = tokens(source, sentence, &[]);
    groups(&tokens)
        .into_iter()
        .filter_map(|group| span(&tokens, group.start, group.end))
        .collect()
}

/// The noun group at a caret that can be a speaker, its edges included: a name with its title, a
/// pronoun, a description.
#[must_use]
pub fn mention_at(source: &SourceText, at: TextSize) -> Option<TextRange> {
    let sentence = sentence_at(source, at)?;
    mentions_of(source, sentence)
        .into_iter()
        .rfind(|mention| mention.contains_inclusive(at))
}

/// The noun groups that can be speakers and share text with `range`, by place. Costs the length of
/// `range` and of the paragraphs at its ends, capped.
#[must_use]
pub fn mentions_in(source: &SourceText, range: TextRange) -> Vec<TextRange> {
    let near = neighbourhood(source, range);
    let lines = source.lines();
    let mut found = Vec::new();
    for line in lines.line_at(near.start())..=lines.line_at(near.end()) {
        let Some(part) = lines.range(line).intersect(near) else {
            continue;
        };
        for sentence in sentences(source, part) {
            if sentence.start() < range.end() && range.start() < sentence.end() {
                found.extend(mentions_of(source, sentence).into_iter().filter(|mention| {
                    mention.start() < range.end() && range.start() < mention.end()
                }));
            }
        }
    }
    found
}

fn name_words(words: &str) -> Vec<String> {
    words
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let word = word
                .strip_suffix("'s")
                .or(word.strip_suffix("’s"))
                .unwrap_or(word);
            word.to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// How `words` refer to a speaker.
#[must_use]
pub fn mention_kind(words: &str) -> MentionKind {
    let all = name_words(words);
    let is_country = words.trim() == "US";
    match all.as_slice() {
        [one] if (PRONOUN.has(one) || POSSESSIVE.has(one)) && !is_country => {
            return MentionKind::Pronoun;
        }
        [one]
            if matches!(
                one.as_str(),
                "others" | "some" | "many" | "one" | "both" | "all"
            ) =>
        {
            return MentionKind::Pronoun;
        }
        _ => {}
    }
    let Ok(source) = SourceText::new(words, "UTF-8") else {
        return MentionKind::Description;
    };
    let tokens = tokens(&source, source.full_range(), &[]);
    match groups(&tokens).first() {
        Some(group) if group.kind != MentionKind::Pronoun => group.kind,
        _ if words.trim().starts_with(char::is_uppercase) => MentionKind::Named,
        _ => MentionKind::Description,
    }
}

/// Whether two mentions give the same name: one is the other with titles or first names left out.
/// Never for pronouns; descriptions only when they are the same words.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let bare = |words: &str| -> Vec<String> {
        let mut all = name_words(words);
        if all.first().is_some_and(|word| DETERMINER.has(word)) {
            all.remove(0);
        }
        all
    };
    let (all_a, all_b) = (bare(a), bare(b));
    let is_pronoun = |words: &[String]| {
        matches!(words, [one] if PRONOUN.has(one) || POSSESSIVE.has(one)) || words.is_empty()
    };
    // "US" is no pronoun, but no person's name either; equal words are enough for it.
    if is_pronoun(&all_a) || is_pronoun(&all_b) {
        return !all_a.is_empty() && all_a == all_b && a.trim() == "US" && b.trim() == "US";
    }
    if all_a == all_b {
        return true;
    }
    let strip = |words: Vec<String>| -> Vec<String> {
        let end = words
            .iter()
            .rposition(|word| !matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
            .map_or(0, |last| last + 1);
        // What stands before the name: titles, and everything up to the last of them.
        let names = words.get(..end).unwrap_or_default();
        let from = names
            .iter()
            .take(names.len().saturating_sub(1))
            .rposition(|word| TITLE.has(word) || SPEAKER_NOUN.has(word) || word == "of")
            .map_or(0, |title| title + 1);
        names.get(from..).unwrap_or_default().to_vec()
    };
    if mention_kind(a) != MentionKind::Named || mention_kind(b) != MentionKind::Named {
        return false;
    }
    let (mut long, mut short) = (strip(all_a), strip(all_b));
    if long.len() < short.len() {
        std::mem::swap(&mut long, &mut short);
    }
    let Some(surname) = short.last() else {
        return false;
    };
    if long.last() != Some(surname) {
        return false;
    }
    if short.len() == 1 && long.len() > 1 && (NO_SURNAME.has(surname) || SPEAKER_NOUN.has(surname))
    {
        return false;
    }
    // The first names of the shorter one come in the longer one, in order; an initial stands for a
    // first name.
    let mut rest = long.iter();
    short.iter().all(|word| {
        rest.any(|other| other == word || word.len() == 1 && other.starts_with(word.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::snap_to_graphemes;

    fn mentions(text: &str) -> Vec<String> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        mentions_in(&source, source.full_range())
            .into_iter()
            .map(|range| source.slice(range).to_owned())
            .collect()
    }

    #[test]
    fn noun_groups_are_whole() {
        for (text, expected) in [
            (
                "WASHINGTON (Sputnik) – Secretary of State Rex Tillerson said during a conference",
                &["WASHINGTON", "Sputnik", "Secretary of State Rex Tillerson"][..],
            ),
            (
                "Former US Congressman Wayne Curtis Weldon told Sputnik that",
                &["Former US Congressman Wayne Curtis Weldon", "Sputnik"],
            ),
            (
                "A spokesman for the State Department told reporters on Tuesday",
                &["A spokesman for the State Department", "reporters"],
            ),
            ("On Tuesday, McMaster claimed", &["McMaster"]),
            ("He told her that they left", &["He", "her", "they"]),
            (
                "“I think the president has been clear",
                &["I", "the president"],
            ),
            ("the secretary of state said", &["the secretary of state"]),
            (
                "Senior administration officials said",
                &["Senior administration officials"],
            ),
            ("Donald Trump's accusation", &["Donald Trump"]),
            ("Trump’s spokeswoman said", &["Trump’s spokeswoman"]),
            (
                "Gen. H.R. McMaster of Texas",
                &["Gen. H.R. McMaster of Texas"],
            ),
            (
                "White House press secretary Sarah Huckabee Sanders noted",
                &["White House press secretary Sarah Huckabee Sanders"],
            ),
            (
                "Ursula von der Leyen and Angela Merkel",
                &["Ursula von der Leyen", "Angela Merkel"],
            ),
            ("but the US told us", &["the US", "us"]),
        ] {
            assert_eq!(mentions(text), expected, "{text}");
        }
    }

    #[test]
    fn a_caret_in_a_title_finds_the_whole_name() {
        let text = "So Secretary of State Rex Tillerson said";
        let source = SourceText::new(text, "UTF-8").unwrap();
        for inside in ["Secretary", "of", "Rex", "illerson", " said"] {
            let at = TextSize::try_from(text.find(inside).unwrap()).unwrap();
            let found = mention_at(&source, at).map(|range| source.slice(range));
            assert_eq!(found, Some("Secretary of State Rex Tillerson"));
        }
        assert_eq!(mention_at(&source, 1.into()), None);
    }

    #[test]
    fn kinds_of_mention() {
        for (words, kind) in [
            ("Tillerson", "named"),
            ("Secretary of State Rex Tillerson", "named"),
            ("the Kremlin", "named"),
            ("a spokesman for Tillerson", "description"),
            ("US officials", "description"),
            ("the secretary of state", "description"),
            ("He", "pronoun"),
            ("they", "pronoun"),
            ("US", "named"),
            ("", "description"),
        ] {
            assert_eq!(mention_kind(words).value(), kind, "{words}");
        }
    }

    #[test]
    fn the_same_name_with_and_without_titles() {
        for (a, b) in [
            ("Tillerson", "Rex Tillerson"),
            ("Rex Tillerson", "Secretary of State Rex Tillerson"),
            ("Tillerson’s", "Mr. Tillerson"),
            ("General McMaster", "H.R. McMaster"),
            ("George W. Bush", "George Bush"),
            ("The White House", "White House"),
            ("Donald Trump Jr.", "Trump"),
            ("the secretary of state", "The secretary of state"),
        ] {
            assert!(same_name(a, b) && same_name(b, a), "{a} ~ {b}");
        }
        for (a, b) in [
            ("he", "he"),
            ("He", "Tillerson"),
            ("Bill Clinton", "Hillary Clinton"),
            ("the House", "the White House"),
            ("a spokesman", "the spokesman for Tillerson"),
            ("", ""),
            ("US", "us"),
        ] {
            assert!(!same_name(a, b) && !same_name(b, a), "{a} !~ {b}");
        }
    }

    proptest! {
        #[test]
        fn mentions_lie_apart_on_grapheme_boundaries(
            text in "(?s).{0,60}|([A-Z][a-z]{1,4}|of|the|said|'s|\\.|[ \u{301}\n]){0,30}",
        ) {
            let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
            let mut end = TextSize::new(0);
            for mention in mentions_in(&source, source.full_range()) {
                prop_assert!(mention.start() >= end && !mention.is_empty());
                prop_assert_eq!(snap_to_graphemes(&source, mention), mention);
                prop_assert!(mention_at(&source, mention.start()).is_some());
                end = mention.end();
            }
            prop_assert!(!same_name(&text, "he"));
        }
    }
}
