//! What to search for: words and conditions on tags in one line.
//!
//! ```text
//! query     = { [ "-" ] term }                  all hold; "-" before a term: it does not
//! term      = words | condition | label
//! words     = word | phrase                     in the text, in any case
//! phrase    = '"' any characters but '"' '"'
//! condition = field ":" ( word | phrase )
//! label     = the key of a label of the schema  the same as label:KEY; in quotation marks it is a word
//! word      = characters but blanks and '"'     without ":" if a field stands before it
//! ```
//!
//! | field | holds for |
//! |---|---|
//! | `label` | tags with the label |
//! | `speaker` | tags said by somebody of that name, or `none` (no answer yet), or `not-given` |
//! | `person` | tags that mention somebody of that name or are said by them |
//! | `review` | tags in this review state, by their annotator or a reviewer: `unreviewed`, `accepted`, `rejected`, `unsure` |
//! | `by` | tags of that annotator; `unnamed`: of nobody in particular |
//! | `note` | tags whose note has the words |
//! | `about` | tags said by somebody that hold a tag which mentions, or is said by, somebody of that name |
//! | `who` | tags said by somebody of whom this is known, as `who:role=minister` or `who:kind=organisation` |
//! | `words` | tags of so many words: `words:5`, `words:5-9`, `words:60-` |
//! | `is` | `suggestion`, `split`, `curated`, `to-correct`: a reviewer would change it or asks about it |
//! | an attribute of the schema | tags with that value; `none`: without a value |
//! | `attribute` | the same for any attribute, as `attribute:NAME=VALUE` |
//! | `article`, `headline`, `outlet` | articles whose path, headline or outlet has the words |
//! | `date` | articles of dates that begin so: `2024`, `2024-05` |
//! | `tags` | articles with so many tags, written like `words` |
//!
//! Where the schema lists the values of a field, another one is an error that names the nearest, and so is an
//! annotator who has no work here; in quotation marks it is looked for all the same. Names and words are parts:
//! `speaker:Tiller` holds for Tillerson. Rejected tags and suggestions are found only where `review:rejected` or
//! `is:suggestion` asks for them.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::known_values::{attribute_values, person_facts, person_values};
use super::numbers::Numbers;
use super::query_error::QueryError;
use super::written_term::{Written, take_term};
use crate::model::{Review, Schema};
use crate::text::wording::nearest;

/// A query. Terms are in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All hold.
    pub terms: Vec<Term>,
}

/// One term of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it must not hold.
    pub negated: bool,
    /// What it says.
    pub condition: Condition,
}

/// What holds for a text, a tag or an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The words are there.
    Words(String),
    /// The tag has the label.
    Label(SmolStr),
    /// Somebody of that name said it.
    Speaker(String),
    /// There is no confirmed answer to who said it.
    SpeakerOpen,
    /// Somebody said that the text names no speaker.
    SpeakerNotGiven,
    /// The tag mentions somebody of that name, or they said it.
    Person(String),
    /// The tag is in this review state.
    Review(Review),
    /// The tag is of this annotator ("": unnamed).
    By(SmolStr),
    /// The note has the words.
    Note(String),
    /// The tag is an open suggestion.
    Suggestion,
    /// The tag has several fragments.
    Split,
    /// Somebody would change it or asks about it, and that is neither taken nor answered.
    ToCorrect,
    /// The tag is a curated one.
    Curated,
    /// Somebody of that name is mentioned or quoted within it.
    About(String),
    /// This is known of who said it: name and value.
    Who(SmolStr, String),
    /// It has so many words.
    Length(Numbers),
    /// An attribute has the value; `None`: it is not set.
    Attribute(SmolStr, Option<SmolStr>),
    /// The path of the article has the words.
    Article(String),
    /// The headline has the words.
    Headline(String),
    /// The outlet has the words.
    Outlet(String),
    /// The date begins so.
    Date(String),
    /// The article has so many tags.
    Tags(Numbers),
}

/// The fields that are no attributes.
const FIELDS: [&str; 16] = [
    "label",
    "speaker",
    "person",
    "review",
    "by",
    "note",
    "is",
    "attribute",
    "article",
    "headline",
    "outlet",
    "date",
    "about",
    "who",
    "words",
    "tags",
];

impl Query {
    /// Reads a query. The `schemas` say which labels and attributes there are, and `annotators` who has work
    /// to search (`""`: without a name).
    ///
    /// # Errors
    /// [`QueryError`] at the first term that cannot be understood.
    pub fn parse<'s>(
        query: &str,
        schemas: impl IntoIterator<Item = &'s Schema> + Clone,
        annotators: &BTreeSet<SmolStr>,
    ) -> Result<Self, QueryError> {
        let chars: Vec<char> = query.chars().collect();
        let mut terms = Vec::new();
        let mut rest: &[char] = &chars;
        loop {
            let blanks = rest.iter().take_while(|c| c.is_whitespace()).count();
            rest = rest.get(blanks..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            let written = take_term(&chars, &mut rest)?;
            terms.push(Term {
                negated: written.negated,
                condition: condition(&written, schemas.clone(), annotators)?,
            });
        }
        if terms.is_empty() {
            return Err(QueryError {
                place: (0, chars.len()),
                message: "there is nothing to search for; write words or a condition, such as \
                          speaker:NAME"
                    .to_owned(),
            });
        }
        if terms.iter().all(|term| term.negated) {
            return Err(QueryError {
                place: (0, chars.len()),
                message: "every term has a - before it; write what to find, too".to_owned(),
            });
        }
        Ok(Self { terms })
    }

    /// The same query for open suggestions; `None` where it asks for them already, or for no tags.
    #[must_use]
    pub fn among_suggestions(&self) -> Option<Self> {
        let asks = |term: &Term| term.condition == Condition::Suggestion;
        if !self.is_about_tags() || self.terms.iter().any(asks) {
            return None;
        }
        let mut query = self.clone();
        query.terms.push(Term {
            negated: false,
            condition: Condition::Suggestion,
        });
        Some(query)
    }

    /// Whether it asks for tags, not only for words and articles.
    #[must_use]
    pub fn is_about_tags(&self) -> bool {
        let mut conditions = self.terms.iter().map(|term| &term.condition);
        conditions.any(|condition| match condition {
            Condition::Words(_)
            | Condition::Article(_)
            | Condition::Headline(_)
            | Condition::Outlet(_)
            | Condition::Date(_)
            | Condition::Tags(_) => false,
            Condition::Label(_)
            | Condition::Speaker(_)
            | Condition::SpeakerOpen
            | Condition::SpeakerNotGiven
            | Condition::Person(_)
            | Condition::Review(_)
            | Condition::By(_)
            | Condition::Note(_)
            | Condition::Suggestion
            | Condition::Split
            | Condition::Curated
            | Condition::ToCorrect
            | Condition::About(_)
            | Condition::Who(..)
            | Condition::Length(_)
            | Condition::Attribute(..) => true,
        })
    }
}

fn condition<'s>(
    written: &Written,
    schemas: impl IntoIterator<Item = &'s Schema> + Clone,
    annotators: &BTreeSet<SmolStr>,
) -> Result<Condition, QueryError> {
    let error = |message: String| QueryError {
        place: written.place,
        message,
    };
    let value = written.value.trim();
    let labels = || schemas.clone().into_iter().flat_map(Schema::labels);
    let Some(field) = &written.field else {
        if value.is_empty() {
            return Err(error(
                "there are no words between the quotation marks".to_owned(),
            ));
        }
        let is_label = !written.quoted && labels().any(|label| label.key == value);
        return Ok(if is_label {
            Condition::Label(value.into())
        } else {
            Condition::Words(value.to_owned())
        });
    };
    if value.is_empty() {
        return Err(error(format!(
            "`{field}:` has no value; write it after the colon without a blank, such as {field}:NAME"
        )));
    }
    let no_value = |value: &str, field: &str, known: &[&str]| {
        let hint = nearest(value, known.iter().copied());
        let hint = hint.map(|word| format!("did you mean `{word}`? "));
        let hint = hint.unwrap_or_default();
        error(format!(
            "`{value}` is no value of `{field}`; {hint}use {}",
            known.join(", ")
        ))
    };
    let one_of = |known: &[&str]| no_value(value, field, known);
    // What others wrote need not be in the schema: quotation marks say that it is meant.
    let is_listed = |value: &str, known: &Option<Vec<&str>>| match known {
        Some(known) => written.quoted || known.contains(&value),
        None => true,
    };
    let attribute = |name: &str, value: &str| {
        let known = attribute_values(schemas.clone(), name);
        if is_listed(value, &known) {
            return Ok(Condition::Attribute(name.into(), Some(value.into())));
        }
        let mut known = known.unwrap_or_default();
        known.push("none");
        Err(no_value(value, name, &known))
    };
    let is_none = !written.quoted && value == "none";
    let numbers = || {
        let read = Numbers::read(value);
        let words =
            || format!("write a number, or from and to: {field}:5, {field}:5-9, {field}:60-");
        read.ok_or_else(|| error(words()))
    };
    Ok(match field.as_str() {
        "label" => {
            let keys: Vec<&str> = labels().map(|label| label.key.as_str()).collect();
            // A label of tags need not be in the schema: then quotation marks say so.
            if !written.quoted && !keys.contains(&value) {
                return Err(one_of(&keys));
            }
            Condition::Label(value.into())
        }
        "speaker" if is_none => Condition::SpeakerOpen,
        "speaker" if !written.quoted && value == "not-given" => Condition::SpeakerNotGiven,
        "speaker" => Condition::Speaker(value.to_owned()),
        "person" => Condition::Person(value.to_owned()),
        "review" => {
            let words = Review::ALL.map(Review::word);
            Condition::Review(Review::from_word(value).ok_or_else(|| one_of(&words))?)
        }
        "by" if value == "unnamed" => Condition::By(SmolStr::default()),
        "by" => {
            let mut known: Vec<&str> = annotators.iter().map(SmolStr::as_str).collect();
            known.retain(|name| !name.is_empty());
            known.push("unnamed");
            if !written.quoted && !known.contains(&value) {
                return Err(one_of(&known));
            }
            Condition::By(value.into())
        }
        "note" => Condition::Note(value.to_owned()),
        "is" => match value {
            "suggestion" => Condition::Suggestion,
            "split" => Condition::Split,
            "curated" => Condition::Curated,
            "to-correct" => Condition::ToCorrect,
            _ => return Err(one_of(&["suggestion", "split", "curated", "to-correct"])),
        },
        "attribute" => match value.split_once('=') {
            Some((name, "")) if !name.is_empty() => Condition::Attribute(name.into(), None),
            Some((name, value)) if !name.is_empty() => attribute(name, value)?,
            _ => {
                return Err(error(
                    "write the name and the value of the attribute: attribute:NAME=VALUE"
                        .to_owned(),
                ));
            }
        },
        "article" => Condition::Article(value.to_owned()),
        "headline" => Condition::Headline(value.to_owned()),
        "outlet" => Condition::Outlet(value.to_owned()),
        "date" => Condition::Date(value.to_owned()),
        "about" => Condition::About(value.to_owned()),
        "who" => match value.split_once('=') {
            Some((name, value)) if !name.is_empty() && !value.is_empty() => {
                let facts = person_facts(schemas.clone());
                if !written.quoted && !facts.contains(&name) {
                    return Err(no_value(name, field, &facts));
                }
                let known = person_values(schemas, name);
                if !is_listed(value, &known) {
                    return Err(no_value(value, name, &known.unwrap_or_default()));
                }
                Condition::Who(name.into(), value.to_owned())
            }
            _ => {
                return Err(error(
                    "write what is known and its value: who:role=minister".to_owned(),
                ));
            }
        },
        "words" => Condition::Length(numbers()?),
        "tags" => Condition::Tags(numbers()?),
        name => {
            let attributes = schemas.clone().into_iter().flat_map(|schema| {
                let labels = schema.labels().iter();
                labels.flat_map(|label| schema.attributes_of(&label.key))
            });
            let names: Vec<&str> = attributes.map(|kind| kind.name.as_str()).collect();
            if !names.contains(&name) {
                let known = FIELDS.iter().copied().chain(names);
                let hint = nearest(name, known).map(|word| format!("did you mean `{word}:`? "));
                return Err(error(format!(
                    "there is no field `{name}`; {}for an attribute that is not in the schema write \
                     attribute:{name}=VALUE, for words put quotation marks around them",
                    hint.unwrap_or_default()
                )));
            }
            match is_none {
                true => Condition::Attribute(name.into(), None),
                false => attribute(name, value)?,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::schema_file::default_schema;

    fn parsed(query: &str) -> Result<Vec<Term>, QueryError> {
        let schema = default_schema().unwrap();
        let annotators = ["", "anna", "ben"].map(SmolStr::new).into();
        Query::parse(query, [&schema], &annotators).map(|query| query.terms)
    }

    #[test]
    fn words_and_conditions_stand_in_one_line() {
        let term = |negated, condition| Term { negated, condition };
        assert_eq!(
            parsed("quote speaker:Tillerson sanctions").unwrap(),
            [
                term(false, Condition::Label("quote".into())),
                term(false, Condition::Speaker("Tillerson".into())),
                term(false, Condition::Words("sanctions".into())),
            ]
        );
        assert_eq!(
            parsed("label:speaker mention:pronoun -by:ben").unwrap(),
            [
                term(false, Condition::Label("speaker".into())),
                term(
                    false,
                    Condition::Attribute("mention".into(), Some("pronoun".into()))
                ),
                term(true, Condition::By("ben".into())),
            ]
        );
        assert_eq!(
            parsed("claim review:unsure \"quote of the day\" form:none").unwrap(),
            [
                term(false, Condition::Label("claim".into())),
                term(false, Condition::Review(Review::Unsure)),
                term(false, Condition::Words("quote of the day".into())),
                term(false, Condition::Attribute("form".into(), None)),
            ]
        );
        assert_eq!(
            parsed(" speaker:none speaker:\"none\" attribute:x=y \"quote\" - -x 3-4").unwrap(),
            [
                term(false, Condition::SpeakerOpen),
                term(false, Condition::Speaker("none".into())),
                term(false, Condition::Attribute("x".into(), Some("y".into()))),
                term(false, Condition::Words("quote".into())),
                term(false, Condition::Words("-".into())),
                term(true, Condition::Words("x".into())),
                term(false, Condition::Words("3-4".into())),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_what_to_do() {
        for (query, place, words) in [
            ("", (0, 0), "nothing to search for"),
            ("-quote", (0, 6), "every term has a - before it"),
            ("é \"not closed", (2, 13), "is not closed"),
            ("a speaker: b", (2, 10), "`speaker:` has no value"),
            ("speeker:x", (0, 9), "did you mean `speaker:`?"),
            ("review:unsur", (0, 12), "did you mean `unsure`?"),
            ("label:quot", (0, 10), "did you mean `quote`?"),
            ("is:new", (0, 6), "use suggestion, split, curated"),
            ("a form:diret", (2, 12), "did you mean `direct`?"),
            ("mention:pronoum", (0, 15), "did you mean `pronoun`?"),
            (
                "-form:paraphrase",
                (0, 16),
                "use direct, indirect, mixed, none",
            ),
            ("attribute:form=diret", (0, 20), "did you mean `direct`?"),
            ("who:kind=persn", (0, 14), "did you mean `person`?"),
            ("who:rolle=minister", (0, 18), "did you mean `role`?"),
            ("by:ana", (0, 6), "did you mean `anna`?"),
            (
                "quote -by:zoe",
                (6, 13),
                "`zoe` is no value of `by`; use anna, ben, unnamed",
            ),
            ("attribute:x", (0, 11), "attribute:NAME=VALUE"),
            ("who:minister", (0, 12), "who:role=minister"),
            ("words:9-5", (0, 9), "words:5-9"),
            ("\"\"", (0, 2), "no words between"),
        ] {
            let error = parsed(query).unwrap_err();
            assert_eq!(error.place, place, "{query}");
            assert!(error.message.contains(words), "{query}: {error}");
        }
        let error = parsed("x speeker:y").unwrap_err().to_string();
        assert!(error.starts_with("query, character 3: "), "{error}");
    }
}
