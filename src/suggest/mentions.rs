//! Noun groups that can be speakers: names with their titles, pronouns, descriptions.

use smol_str::{SmolStr, StrExt};

use super::lexicon::{ADVERB, AUXILIARY, POSSESSIVE, PRONOUN, SUBJECT_PRONOUN};
use super::noun_group::{Group, MentionKind, first_group, groups, may_be_noun, span};
use super::token::{Token, tokens, tokens_of};
use crate::text::{
    SourceText, TextRange, TextSize, overlap, paragraph_pieces, sentence_at, sentences,
};

pub(super) fn mentions_of(source: &SourceText, sentence: TextRange) -> Vec<TextRange> {
    let tokens = tokens(source, sentence, &[]);
    spans(&tokens, &groups(&tokens))
}

/// The bytes of noun groups.
pub(super) fn spans(tokens: &[Token], groups: &[Group]) -> Vec<TextRange> {
    let spans = groups
        .iter()
        .map(|group| span(tokens, group.start, group.end));
    spans.flatten().collect()
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
    paragraph_pieces(source, range)
        .flat_map(|piece| sentences(source, piece))
        .filter(|sentence| overlap(*sentence, range))
        .flat_map(|sentence| mentions_of(source, sentence))
        .filter(|mention| overlap(*mention, range))
        .collect()
}

/// Whether a word on its own may name someone: no mark, no number, and neither a function word nor a
/// verb as far as that can be told.
pub(super) fn may_be_mention(source: &SourceText, word: TextRange) -> bool {
    if !source.slice(word).contains(char::is_alphabetic) {
        return false;
    }
    let Some(sentence) = sentence_at(source, word.start()) else {
        return false;
    };
    let tokens = tokens(source, sentence, &[]);
    let place = tokens
        .iter()
        .position(|token| token.range.contains_inclusive(word.start()) && token.is_word);
    let Some((at, token)) = place.and_then(|at| Some((at, tokens.get(at)?))) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    // "to help", "will help", "they help"
    let is_verb = before.is_some_and(|before| {
        let lower = &before.lower;
        lower == "to" || AUXILIARY.has(lower) || SUBJECT_PRONOUN.has(lower) && lower != "one"
    });
    let is_function_word = token.is(ADVERB) || !may_be_noun(token) && !token.possessive;
    !is_function_word && (token.is_capital() && !token.first || !is_verb)
}

pub(super) fn name_words(words: &str) -> impl DoubleEndedIterator<Item = SmolStr> {
    words
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let word = word
                .strip_suffix("'s")
                .or(word.strip_suffix("’s"))
                .unwrap_or(word);
            word.to_lowercase_smolstr()
        })
        .filter(|word| !word.is_empty())
}

/// How `words` refer to a speaker.
#[must_use]
pub fn mention_kind(words: &str) -> MentionKind {
    let only = || {
        let mut all = name_words(words);
        all.next().filter(|_| all.next().is_none())
    };
    if !words.trim().contains(char::is_whitespace)
        && let Some(one) = only()
    {
        let is_country = words.trim() == "US";
        let is_pronoun = PRONOUN.or(POSSESSIVE).has(&one) && !is_country;
        let stands_for_some = ["others", "some", "many", "one", "both", "all"];
        if is_pronoun || stands_for_some.contains(&one.as_str()) {
            return MentionKind::Pronoun;
        }
    }
    let tokens = tokens_of(words, TextSize::new(0), &[]);
    match first_group(&tokens) {
        Some(group) if group.kind != MentionKind::Pronoun => group.kind,
        _ if words.trim().starts_with(char::is_uppercase) => MentionKind::Named,
        _ => MentionKind::Description,
    }
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
            ("General Karim al-Noor said", &["General Karim al-Noor"]),
            ("Facing more questions, Lee left", &["Lee"]),
            ("Frankly, Lee left", &["Lee"]),
            ("Kelly, the mayor, left", &["Kelly", "the mayor"]),
            ("Browning said so", &["Browning"]),
            ("Ahmed ben Salem said", &["Ahmed ben Salem"]),
            (
                "The River Guild requires members to pay",
                &["The River Guild", "members"],
            ),
            ("The six - member Kenyan team left", &["Kenyan team"]),
            (
                "Kenyan Ambassador to the United States Amina Odera said",
                &["Kenyan Ambassador to the United States Amina Odera"],
            ),
        ] {
            assert_eq!(mentions(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_never_begins_with_a_word_that_joins() {
        for (text, expected) in [
            ("Lee claimed that Russia aims high", &["Lee", "Russia"][..]),
            (
                "He told that Macron and Le Pen met",
                &["He", "Macron", "Le Pen"],
            ),
            (
                "She said that President Trump left",
                &["She", "President Trump"],
            ),
            (
                "She said that former Mayor Roe left",
                &["She", "former Mayor Roe"],
            ),
            (
                "She said that White House officials left",
                &["She", "White House officials"],
            ),
            ("She said that police left", &["She", "police"]),
            ("She said that Parliament met", &["She", "Parliament"]),
            ("She saw both Macron and Roe", &["She", "Macron", "Roe"]),
            ("She saw this Russia again", &["She", "Russia"]),
            // A noun phrase that is no name.
            ("She said that official lied", &["She", "that official"]),
            (
                "That State Department official lied",
                &["That State Department official"],
            ),
            ("She asked those Republicans", &["She", "those Republicans"]),
        ] {
            assert_eq!(mentions(text), expected, "{text}");
        }
        for joins in [
            "that", "which", "whether", "if", "because", "as", "while", "whereas", "whilst",
            "though", "although", "since", "until", "unless", "when", "whenever", "where",
            "wherever", "before", "after", "once", "than", "but", "yet", "so", "who", "whom",
            "whose", "what", "why", "how", "dass", "ob", "weil", "wenn", "während", "obwohl",
            "nachdem", "bevor", "sobald", "aber", "denn", "welche",
        ] {
            let mut capital: String = joins.chars().take(1).flat_map(char::to_uppercase).collect();
            capital.extend(joins.chars().skip(1));
            for text in [
                format!("He knew {joins} Orban left"),
                format!("{capital} Orban left, they stayed"),
                format!("He knew “{capital} Orban left”"),
            ] {
                let found = mentions(&text);
                assert!(found.contains(&"Orban".to_owned()), "{text}: {found:?}");
                // "Who" stands for someone too.
                assert!(
                    joins == "who" || !found.contains(&capital),
                    "{text}: {found:?}"
                );
            }
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
            prop_assert!(!mention_kind(&text).value().is_empty());
        }
    }
}
