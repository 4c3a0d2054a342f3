//! Whom "he" or "she" means.

use smol_str::SmolStr;

use super::full_name::full_name;
use super::lexicon::{BODY, FEMALE_NAME, MALE_NAME, PREPOSITION, SOMEBODY, SPEAKER_NOUN};
use super::mentions::mention_kind;
use super::noun_group::MentionKind;
use super::paragraph_cache::ParagraphCache;
use super::person_in::person_in;
use super::quotation_marks::quoted_stretches;
use super::same_name::same_name;
use super::titles::may_be_title;
use super::token::lowered;
use crate::text::{SourceText, TextRange, TextSize, paragraph_at, previous_paragraph, sentence_at};

/// As many sentences as are looked at.
const SENTENCES: usize = 8;
/// As many paragraphs as are looked at.
const PARAGRAPHS: usize = 4;

/// The name of the person whom the pronoun at `pronoun` (bytes) most likely means: of the nearest
/// sentence that names someone, who reports in it, else its subject. `None` for other words than "he"
/// and "she", within quotations, and where nobody is named before or somebody is described nearer.
#[must_use]
pub fn antecedent(cache: &ParagraphCache<'_>, pronoun: TextRange) -> Option<TextRange> {
    match last_person(cache, pronoun)? {
        LastPerson::Named(name) => Some(name),
        LastPerson::Described(_) => None,
    }
}

/// As [`antecedent`], where nobody else is as likely: nobody else is named or described behind that name,
/// and it is the subject of its clause or its object, not what a preposition governs.
#[must_use]
pub fn sure_antecedent(cache: &ParagraphCache<'_>, pronoun: TextRange) -> Option<TextRange> {
    let source = cache.source();
    let gender = Gender::of(source.slice(pronoun))?;
    let name = antecedent(cache, pronoun)?;
    let between = TextRange::new(name.start(), name.end().max(pronoun.start()));
    let quotes = cache.quoted_stretches(between);
    let rivals = |mention: &TextRange| {
        let words = source.slice(*mention);
        let may_be = match mention_kind(words) {
            MentionKind::Pronoun => false,
            MentionKind::Named => person_in(source, *mention).is_some_and(|person| {
                gender.may_be(words)
                    && !gender.is_name_of_other(source.slice(person))
                    && !same_name(source.slice(person), source.slice(name))
            }),
            MentionKind::Description => {
                let head = head(words);
                SPEAKER_NOUN.has(&head)
                    && !BODY.has(&head)
                    && !head.ends_with('s')
                    && gender.may_be_described(words)
            }
        };
        may_be && !quotes.iter().any(|quote| quote.contains_range(*mention))
    };
    let mentions = cache.speaking_mentions(between);
    let own = mentions.iter().find(|mention| mention.contains_range(name));
    let is_governed = behind_preposition(source, own.copied().unwrap_or(name));
    let mut behind = mentions
        .iter()
        .filter(|mention| name.end() <= mention.start() && mention.end() <= pronoun.start());
    let is_sure = !is_governed
        && !behind.any(|mention| !behind_preposition(source, *mention) && rivals(mention));
    is_sure.then_some(name)
}

/// The description of the person whom the pronoun at `pronoun` (bytes) most likely means where no name
/// is as near: "the old man".
#[must_use]
pub fn described_person(cache: &ParagraphCache<'_>, pronoun: TextRange) -> Option<TextRange> {
    match last_person(cache, pronoun)? {
        LastPerson::Named(_) => None,
        LastPerson::Described(description) => Some(description),
    }
}

/// Who was spoken of last before a pronoun.
enum LastPerson {
    Named(TextRange),
    Described(TextRange),
}

fn last_person(cache: &ParagraphCache<'_>, pronoun: TextRange) -> Option<LastPerson> {
    let source = cache.source();
    let gender = Gender::of(source.slice(pronoun))?;
    if !cache
        .quoted_stretches(TextRange::empty(pronoun.start()))
        .is_empty()
    {
        return None;
    }
    let own = sentence_at(source, pronoun.start())?;
    let mut looked = 0;
    let mut paragraph = paragraph_at(source, pronoun.start());
    let mut end = pronoun.start();
    for _ in 0..PARAGRAPHS {
        let all = cache.sentences_around(end);
        for sentence in all.iter().rev().filter(|sentence| sentence.start() < end) {
            let part = TextRange::new(sentence.start(), sentence.end().min(end));
            if let Some(person) = named_in(cache, part, gender) {
                return Some(LastPerson::Named(person));
            }
            if let Some(person) = described_in(cache, part, gender) {
                return Some(LastPerson::Described(person));
            }
            looked += usize::from(*sentence != own);
            if looked > SENTENCES {
                return None;
            }
        }
        paragraph = previous_paragraph(source, paragraph)?;
        end = paragraph.end();
    }
    None
}

/// Whether the pronoun at `pronoun` (bytes) may mean somebody who is described so before: "he" the old
/// man, not the old woman, nor the council. Only "he" and "she" outside quotations mean anybody.
#[must_use]
pub fn may_mean(source: &SourceText, pronoun: TextRange, description: &str) -> bool {
    let quoted = quoted_stretches(source, TextRange::empty(pronoun.start()));
    let gender = Gender::of(source.slice(pronoun)).filter(|_| quoted.is_empty());
    gender.is_some_and(|gender| gender.may_be_described(description)) && !is_body(description)
}

/// Whether a description is of a body, not of a person: "the city council".
pub(super) fn is_body(description: &str) -> bool {
    BODY.has(&head(description))
}

/// The noun a description is about: "member" of "a member of the council", in lower case.
pub(super) fn head(description: &str) -> SmolStr {
    let words = description
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| lowered(word.trim_matches(|c: char| !c.is_alphanumeric())));
    let own = words.filter(|word| !word.is_empty());
    own.take_while(|word| !PREPOSITION.has(word))
        .last()
        .unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Female,
    Male,
}

impl Gender {
    fn of(pronoun: &str) -> Option<Self> {
        if pronoun.eq_ignore_ascii_case("he") {
            Some(Self::Male)
        } else if pronoun.eq_ignore_ascii_case("she") {
            Some(Self::Female)
        } else {
            None
        }
    }

    /// Whether a name has a first name of the other gender.
    fn is_name_of_other(self, name: &str) -> bool {
        let other = match self {
            Self::Female => &MALE_NAME,
            Self::Male => &FEMALE_NAME,
        };
        let mut names = name.split_whitespace().map(str::to_lowercase);
        let first = names.find(|word| word != "the" && !may_be_title(word.trim_end_matches('.')));
        first.is_some_and(|first| other.has(&first))
    }

    /// The same for a description.
    fn may_be_described(self, description: &str) -> bool {
        let other: &[&str] = match self {
            Self::Female => &["man", "boy", "guy", "gentleman"],
            Self::Male => &["woman", "girl", "lady"],
        };
        let mut words = description.split(|c: char| !c.is_alphanumeric());
        let is_other = words.any(|word| is_one_of(word, other));
        self.may_be(description) && !is_other
    }

    /// Whether the words before a name, or its title, do not say otherwise.
    fn may_be(self, words: &str) -> bool {
        let other: &[&str] = match self {
            Self::Female => &[
                "mr",
                "sir",
                "lord",
                "king",
                "prince",
                "father",
                "brother",
                "son",
                "husband",
                "congressman",
                "chairman",
                "spokesman",
                "businessman",
                "actor",
                "pope",
                "bishop",
            ],
            Self::Male => &[
                "mrs",
                "ms",
                "miss",
                "lady",
                "queen",
                "princess",
                "mother",
                "sister",
                "daughter",
                "wife",
                "congresswoman",
                "chairwoman",
                "spokeswoman",
                "businesswoman",
                "actress",
            ],
        };
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        !words.any(|word| is_one_of(word, other))
    }
}

/// Whether a word is among others, whatever its case.
fn is_one_of(word: &str, others: &[&str]) -> bool {
    others.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// The person a sentence, or its beginning, is about.
fn named_in(cache: &ParagraphCache<'_>, sentence: TextRange, gender: Gender) -> Option<TextRange> {
    let source = cache.source();
    let quotes = cache.quoted_stretches(sentence);
    let mut people: Vec<TextRange> = Vec::new();
    for mention in cache.speaking_mentions(sentence) {
        let quoted = quotes.iter().any(|quote| quote.contains_range(mention));
        let Some(person) = person_in(source, mention).filter(|person| {
            !quoted
                && sentence.contains_range(mention)
                && gender.may_be(source.slice(mention))
                && is_someone(cache, *person, gender)
        }) else {
            continue;
        };
        people.push(person);
    }
    let (first, rest) = people.split_first()?;
    if rest.is_empty() {
        return Some(*first);
    }
    let reporters = cache.reporters(sentence);
    let is_reporter = |person: &TextRange| {
        let mut all = reporters.iter();
        all.any(|subject| subject.contains_range(*person) && !behind_preposition(source, *person))
    };
    let is_subject = |person: &TextRange| !behind_preposition(source, *person);
    people
        .iter()
        .copied()
        .find(is_reporter)
        .or_else(|| people.iter().copied().find(is_subject))
        .or(Some(*first))
}

/// The first person a sentence, or its beginning, describes and does not name.
fn described_in(
    cache: &ParagraphCache<'_>,
    sentence: TextRange,
    gender: Gender,
) -> Option<TextRange> {
    let source = cache.source();
    let quotes = cache.quoted_stretches(sentence);
    cache
        .speaking_mentions(sentence)
        .into_iter()
        .find(|mention| {
            let words = source.slice(*mention);
            let quoted = quotes.iter().any(|quote| quote.contains_range(*mention));
            !quoted
                && sentence.contains_range(*mention)
                && mention_kind(words) == MentionKind::Description
                && SOMEBODY.has(&head(words))
                && gender.may_be_described(words)
                && !behind_preposition(source, *mention)
        })
}

/// A name of several words, or a short one whose full form is in the text, whose first name does not
/// say otherwise.
fn is_someone(cache: &ParagraphCache<'_>, person: TextRange, gender: Gender) -> bool {
    let words = cache.source().slice(person);
    let full = full_name(cache, words, person.start());
    let Some(name) = full.or_else(|| words.contains(' ').then(|| words.to_owned())) else {
        return false;
    };
    !gender.is_name_of_other(&name)
}

/// How many bytes before a name are read.
const BEFORE: TextSize = TextSize::new(24);

fn behind_preposition(source: &SourceText, person: TextRange) -> bool {
    let text = source.as_str();
    let from = usize::from(person.start().checked_sub(BEFORE).unwrap_or_default());
    let before = text.get(text.ceil_char_boundary(from)..usize::from(person.start()));
    let last = before.and_then(|before| before.split_whitespace().next_back());
    last.is_some_and(|word| PREPOSITION.has(&lowered(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pronoun_means_who_was_last_spoken_of() {
        for (text, expected) in [
            ("Ann Lee left Bonn. Then she said no.", Some("Ann Lee")),
            (
                "Senator Bo Roe met Karl Holm in Bonn. He said no.",
                Some("Senator Bo Roe"),
            ),
            (
                "In a letter to Karl Holm, Bo Roe gave up. He said no.",
                Some("Bo Roe"),
            ),
            (
                "Karl Holm left. “Bo Roe is late,” Holm said.\n\nHe said no.",
                Some("Holm"),
            ),
            (
                "Mrs. Ann Lee met Mr. Bo Roe. She said no.",
                Some("Mrs. Ann Lee"),
            ),
            (
                "Mrs. Ann Lee met Mr. Bo Roe. He said no.",
                Some("Mr. Bo Roe"),
            ),
            (
                "Sarah Roe met Karl Holm. Roe left. He said no.",
                Some("Karl Holm"),
            ),
            ("They left North Korea. He said no.", None),
            ("Ann Lee left. They said no.", None),
            ("Ann Lee left. “She said no,” was heard.", None),
            (
                "Karl Holm left. The old man at the bridge shook his head. He said no.",
                None,
            ),
            (
                "Karl Holm left. The old woman shook her head. He said no.",
                Some("Karl Holm"),
            ),
            ("He said no. Ann Lee left.", None),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let said = text.find(" said no").unwrap();
            let from = text[..said]
                .rfind(|c: char| !c.is_alphabetic())
                .map_or(0, |at| at + text[at..].chars().next().unwrap().len_utf8());
            let range = |at: usize| TextSize::try_from(at).unwrap();
            let pronoun = TextRange::new(range(from), range(said));
            let found =
                antecedent(&ParagraphCache::new(&source), pronoun).map(|range| source.slice(range));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn who_is_as_likely_makes_a_pronoun_uncertain() {
        for (text, expected) in [
            ("Karl Holm left. “No,” he said.", Some("Karl Holm")),
            ("Karl Holm left. Then Roe came. “No,” he said.", None),
            ("Karl Holm left. The admiral came. “No,” he said.", None),
            ("They spoke of Karl Holm. “No,” he said.", None),
            ("Karl Holm left for Roe. “No,” he said.", Some("Karl Holm")),
            (
                "Karl Holm left. Ann Lee came. “No,” he said.",
                Some("Karl Holm"),
            ),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let at = TextSize::try_from(text.find("he said").unwrap()).unwrap();
            let found = sure_antecedent(&ParagraphCache::new(&source), TextRange::at(at, 2.into()));
            assert_eq!(found.map(|range| source.slice(range)), expected, "{text}");
        }
    }

    #[test]
    fn a_pronoun_means_who_was_described_last_but_no_body() {
        let text = "Karl Holm left. The old man at the bridge shook his head. He said no.";
        let source = SourceText::new(text, "UTF-8").unwrap();
        let at = TextSize::try_from(text.find("He said").unwrap()).unwrap();
        let pronoun = TextRange::at(at, 2.into());
        let found = described_person(&ParagraphCache::new(&source), pronoun)
            .map(|range| source.slice(range));
        assert_eq!(found, Some("The old man"));
        for (description, may) in [
            ("the old man", true),
            ("a member of the council", true),
            ("the council", false),
            ("the city council of Bonn", false),
            ("the old woman", false),
        ] {
            assert_eq!(
                may_mean(&source, pronoun, description),
                may,
                "{description}"
            );
        }
    }
}
