//! Whom a description means: "the minister" the person introduced as one.

use smol_str::{SmolStr, StrExt};

use super::antecedent::{head, is_body};
use super::lexicon::{DETERMINER, PREPOSITION, SOMEBODY, SPEAKER_NOUN};
use super::mentions::mention_kind;
use super::noun_group::MentionKind;
use super::paragraph_cache::ParagraphCache;
use super::person_in::person_in;
use super::quotation_marks::quoted_stretches;
use super::same_name::same_name;
use super::titles::may_be_title;
use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes};

/// As far into an article as people are introduced, in bytes.
const FAR: TextSize = TextSize::new(65_536);
/// As many words as an apposition has.
const LONGEST: usize = 10;
/// Who is introduced so does not hold the office.
const NOT_IN_OFFICE: &[&str] = &[
    "former",
    "ex",
    "deputy",
    "vice",
    "assistant",
    "acting",
    "then",
    "elect",
    "late",
    "retired",
    "associate",
    "interim",
    "designate",
    "under",
    "ehemaliger",
    "ehemalige",
];

/// A person with the words that say who they are.
#[derive(Debug)]
struct Introduction {
    name: TextRange,
    /// In lower case.
    words: Vec<SmolStr>,
}

/// The people that an article introduces by what they are: "Health Minister Ann Lee", "Ann Lee, the
/// mayor", "the mayor, Ann Lee".
#[derive(Debug)]
pub struct Introductions(Vec<Introduction>);

impl Introductions {
    /// Those of an article, of a long one of its beginning.
    #[must_use]
    pub fn new(cache: &ParagraphCache<'_>) -> Self {
        let source = cache.source();
        let end = source.len().min(FAR);
        let range = snap_to_graphemes(source, TextRange::up_to(end));
        let mentions = cache.speaking_mentions(range);
        let mut found = Vec::new();
        for (n, mention) in mentions.iter().enumerate() {
            let Some(person) = person_in(source, *mention) else {
                continue;
            };
            let before = n.checked_sub(1).and_then(|n| mentions.get(n));
            let words = [
                title(source, *mention),
                apposition(source, *mention),
                before.and_then(|before| described_before(source, *before, *mention)),
            ];
            for words in words.into_iter().flatten() {
                found.push(Introduction {
                    name: person,
                    words,
                });
            }
        }
        Self(found)
    }

    /// Whether a description may mean one of them: "the minister", outside quotations. Reads a paragraph at
    /// most, and [`Self::new`] the article.
    #[must_use]
    pub fn may_name(source: &SourceText, description: TextRange) -> bool {
        let words = source.slice(description);
        let head = head(words);
        let own = lower_words(words);
        let is_office = SPEAKER_NOUN.has(&head) || may_be_title(&head);
        matches!(
            own.first().map(SmolStr::as_str),
            Some("the" | "der" | "die")
        ) && is_office
            && !head.ends_with('s')
            && !is_body(words)
            && !SOMEBODY.has(&head)
            && mention_kind(words) == MentionKind::Description
            && quoted_stretches(source, TextRange::empty(description.start())).is_empty()
    }

    /// The name of the person whom the description at `description` (bytes) means, where the text before it
    /// introduces one and no other so. `None` for other words and within quotations.
    #[must_use]
    pub fn of(&self, source: &SourceText, description: TextRange) -> Option<TextRange> {
        if !Self::may_name(source, description) {
            return None;
        }
        let words = source.slice(description);
        let head = head(words);
        let own = lower_words(words);
        let (_, rest) = own.split_first()?;
        let content = |word: &&SmolStr| !PREPOSITION.has(word) && !DETERMINER.has(word);
        let fits = |introduction: &&Introduction| {
            introduction.name.end() <= description.start()
                && introduction.words.contains(&head)
                && rest
                    .iter()
                    .filter(content)
                    .all(|word| introduction.words.contains(word))
                && introduction
                    .words
                    .iter()
                    .all(|word| own.contains(word) || !NOT_IN_OFFICE.contains(&word.as_str()))
        };
        let mut fitting = self.0.iter().filter(fits).map(|found| found.name);
        let name = fitting.next()?;
        let is_same = |other: TextRange| same_name(source.slice(name), source.slice(other));
        fitting.all(is_same).then_some(name)
    }
}

/// A name without what it is introduced by and no title is: "Ann Lee" of "Pollster Ann Lee".
#[must_use]
pub fn bare_name(name: &str) -> &str {
    const WORDS: &[&str] = &[
        "the",
        "republican",
        "democrat",
        "democratic",
        "conservative",
        "liberal",
    ];
    let mut rest = name;
    while let Some((first, behind)) = rest.split_once(' ') {
        let word = first.to_lowercase();
        let introduces = SPEAKER_NOUN.has(&word) || WORDS.contains(&word.as_str());
        if !introduces || !behind.contains(' ') {
            break;
        }
        rest = behind;
    }
    rest
}

/// The words of a text in lower case; of "ex-minister" both.
fn lower_words(text: &str) -> Vec<SmolStr> {
    let words = text.split(|c: char| c.is_whitespace() || c == '-');
    words
        .map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word.trim_end_matches("'s")
                .trim_end_matches("’s")
                .to_lowercase_smolstr()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// What is before the surname: "Health Minister Ann".
fn title(source: &SourceText, mention: TextRange) -> Option<Vec<SmolStr>> {
    let mut words = lower_words(source.slice(mention));
    words.pop();
    words.iter().any(|word| is_office(word)).then_some(words)
}

fn is_office(word: &str) -> bool {
    SPEAKER_NOUN.has(word) || may_be_title(word)
}

/// What follows between commas: ", the mayor of Bonn,".
fn apposition(source: &SourceText, mention: TextRange) -> Option<Vec<SmolStr>> {
    let behind = source.as_str().get(usize::from(mention.end())..)?;
    let behind = behind.strip_prefix(", ")?;
    let end = behind.find([',', ';', '.', '(', ')', '\n', '“', '"', '—', '–'])?;
    let words = behind.get(..end)?;
    let all = lower_words(words);
    let first = all.first()?;
    let opens = words.starts_with(char::is_lowercase)
        && !matches!(first.as_str(), "who" | "which" | "whose");
    let closes = behind.get(end..)?.starts_with([',', '.']);
    (opens && closes && all.len() <= LONGEST && is_office(&head(words))).then(|| {
        // What is behind the office is no other office: "the spokesman for the minister".
        let office = all.iter().position(|word| *word == head(words));
        let offices = all
            .iter()
            .enumerate()
            .filter(|(n, word)| Some(*n) <= office || !is_office(word));
        offices.map(|(_, word)| word.clone()).collect()
    })
}

/// The description that a name between commas follows: "the mayor, Ann Lee,".
fn described_before(
    source: &SourceText,
    before: TextRange,
    mention: TextRange,
) -> Option<Vec<SmolStr>> {
    let between = TextRange::new(before.end(), before.end().max(mention.start()));
    let words = source.slice(before);
    let behind = source.as_str().get(usize::from(mention.end())..)?;
    let is_apposition = source.slice(between) == ", " && behind.starts_with([',', '.']);
    let describes = mention_kind(words) == MentionKind::Description && is_office(&head(words));
    (is_apposition && describes).then(|| lower_words(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_means_who_was_introduced_so() {
        for (text, description, expected) in [
            (
                "Health Minister Ann Lee left. Then the minister spoke.",
                "the minister",
                Some("Ann Lee"),
            ),
            (
                "Ann Lee, the mayor of Bonn, left. Then the mayor spoke.",
                "the mayor",
                Some("Ann Lee"),
            ),
            (
                "The mayor, Ann Lee, left. Later on the mayor spoke.",
                "the mayor",
                Some("Ann Lee"),
            ),
            (
                "Health Minister Ann Lee left. Then the health minister spoke.",
                "the health minister",
                Some("Ann Lee"),
            ),
            (
                "Health Minister Ann Lee left. Then the finance minister spoke.",
                "the finance minister",
                None,
            ),
            (
                "Minister Ann Lee met Minister Bo Roe. Then the minister spoke.",
                "the minister",
                None,
            ),
            (
                "Minister Ann Lee left. Minister Lee spoke. Then the minister slept.",
                "the minister",
                Some("Ann Lee"),
            ),
            (
                "Former Mayor Ann Lee left. Then the mayor spoke.",
                "the mayor",
                None,
            ),
            (
                "Vice President Bo Roe left. Then the president spoke.",
                "the president",
                None,
            ),
            (
                "Vice President Bo Roe left. Then the vice president spoke.",
                "the vice president",
                Some("Bo Roe"),
            ),
            (
                "Ann Lee, a spokeswoman for the mayor, left. Then the mayor spoke.",
                "the mayor",
                None,
            ),
            ("Ann Lee left. Then the mayor spoke.", "the mayor", None),
            (
                "Minister Ann Lee left. Then the ministers spoke.",
                "the ministers",
                None,
            ),
            (
                "Minister Ann Lee left. Then a minister spoke.",
                "a minister",
                None,
            ),
            (
                "Then the mayor spoke. Mayor Ann Lee left.",
                "the mayor",
                None,
            ),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let at = text.rfind(description).unwrap();
            let range = TextRange::at(TextSize::try_from(at).unwrap(), TextSize::of(description));
            let found = Introductions::new(&ParagraphCache::new(&source)).of(&source, range);
            let found = found.map(|range| source.slice(range));
            let is_meant = match (found, expected) {
                (Some(found), Some(name)) => found.ends_with(name),
                (found, expected) => found == expected,
            };
            assert!(is_meant, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_name_goes_without_what_introduces_it() {
        for (name, expected) in [
            ("Pollster Ann Lee", "Ann Lee"),
            ("Republican Ann Lee", "Ann Lee"),
            ("Ann Lee", "Ann Lee"),
            ("Pollster Lee", "Pollster Lee"),
            ("", ""),
        ] {
            assert_eq!(bare_name(name), expected);
        }
    }
}
