//! A project's schema: `assets/schema.ron`, or the `pullquote.ron` of a folder.
//!
//! The `pullquote.ron` in an article's folder, else the one in the nearest folder above it, replaces the
//! built-in schema as a whole. It is a RON file; `//` begins a comment. `pullquote check` names fields
//! that nothing is known about, with line and column; the rest of the file holds. Where the file cannot
//! be used, its line is told, and the built-in labels hold until it is fixed. A file without `labels`
//! keeps the built-in ones: `(conventions: {"claims": "suggested"})` is a whole file.
//!
//! # Fields
//!
//! | field | | default |
//! | --- | --- | --- |
//! | `labels` | What can be tagged; at least one. | the built-in labels, roles and attributes, to which those below are added |
//! | `roles` | Which links there can be. | none |
//! | `attributes` | What can be said about a tag. | none |
//! | `guidelines` | The guidelines (Markdown), as a path relative to this file. | `""` |
//! | `times` | `false`: records do not say when they were made and changed. | `true` |
//! | `fields` | Facts about an article that the project keeps besides headline, outlet, date and the like: `["edition", "agency"]`. The window has a field for each; they are in `fields` of `ARTICLE.meta.ron`. | `[]` |
//! | `article_labels` | Labels an article as a whole can have: `["topic: economy", "topic: sport"]`. The window has a box to tick for each, those with the same words before `: ` together; they are in `labels` of `ARTICLE.meta.ron`. | `[]` |
//! | `person_attributes` | What the project keeps of people besides role and organisation: `[(name: "gender", values: ["woman", "man"])]`; without `values` any text. The page of a person has a field for each; they are in `attributes` of `people`. | `[]` |
//! | `lint` | Which rules report what is probably a slip, and how: `{"untagged-name": "off", "no-speaker": "problem when done"}`; see below. | `{}` |
//! | `conventions` | What the project has decided on, as names and values: `split` (`joined` or `pieces`), `marks` (`inside` or `outside`), `that` (`inside` or `outside`) say how Q and suggestions tag; `claims` (`by hand` or `suggested`) whether claims are suggested, too; `carry` (`own work` or `everybody`) whose tags are carried into articles with nearly the same text; `cues` lists words that report in this project, each in all its forms (`["float", "floats", "floated"]`); others are for people. | `{}` |
//!
//! A rule of `lint` reports as said: `off` never; `hint` in the list of problems and with `pullquote check
//! --hints`, without a bearing on the exit code; `problem` as a problem like any other. With ` when done`
//! after it (`hint when done`) it reports once the article is marked as done.
//!
//! | rule | | default |
//! | --- | --- | --- |
//! | `no-speaker` | Nobody has confirmed who says a quote. | `hint when done` |
//! | `claim-without-speaker` | Nobody has confirmed whose claim it is, nor who says what has another label that `speaks`. | `hint when done` |
//! | `speaker-in-quote` | The mention a quote is linked to is within the quote. | `hint` |
//! | `unclosed-mark` | A tag has one quotation mark of a pair and not the other. Single marks do not count. | `hint` |
//! | `edge-in-word` | An edge splits a word, in scripts that write words apart. | `hint` |
//! | `untagged-quote` | A quoted passage that reads as speech has no tag, nor a rejected one. | `hint when done` |
//! | `untagged-name` | A name is tagged in at least three places and in three quarters of all, but not here. | `hint when done` |
//! | `cue-in-quote` | A quote includes the words that report it: the cue it is linked to, or *Lee said* between two quotations. | `hint` |
//! | `empty-tag` | A part of a tag has no word in it. | `hint` |
//! | `duplicate-tag` | Two tags have the same label and the same words. | `hint` |
//! | `unbalanced-mark` | A quotation mark of the article has no partner. | `hint` |
//!
//! A label, `(key: "quote", letter: 'Q', …)`:
//!
//! | field | | default |
//! | --- | --- | --- |
//! | `key` | Its name in files; unique. | required |
//! | `letter` | The key that tags, A to Z; unique, and none that another command has. | required |
//! | `name` | Its name on screen. | the key, with a capital |
//! | `plural` | The name of several. | the name with an s |
//! | `color` | `Yellow`, `Pink`, `Blue`, `Green`, `Violet`, `Orange`, `Teal` or `Gray`, bare. | gray |
//! | `speaks` | Someone says it: a new tag gets its likely speaker, and the sheet of quotes has a row for it. | `false` |
//! | `mentions` | It mentions a speaker, who may be a person. | `false` |
//! | `was` | Keys it had before, `["utterance"]`: files that have these are read as if they had the key. Nobody else's file is written for that. | `[]` |
//! | `reports` | It is the cue, the words that report: *said*, *according to*. What links to it has these words in the column `cue` of the sheet of quotes. | `false` |
//!
//! A role of links, `(key: "speaker", from: ["quote"], to: ["speaker"])`:
//!
//! | field | | default |
//! | --- | --- | --- |
//! | `key` | Its name in files. | required |
//! | `name` | Its name on screen. | the key, with a capital |
//! | `from` | Keys of the labels it may start at. | required |
//! | `to` | Keys of the labels it may lead to. The first role from a label to one that `mentions` is that of its speaker. | required |
//! | `people` | Whether it may also lead to a person without a mention, or to no speaker. | `false` |
//!
//! An attribute, `(name: "form", label: "quote", values: ["direct", "indirect"])`:
//!
//! | field | | default |
//! | --- | --- | --- |
//! | `name` | Its name in files and on screen. | required |
//! | `label` | Key of the label it is on. | required |
//! | `values` | The values to choose from; none: any. | none |
//! | `default` | What a new tag gets. | nothing |
//!
//! # A schema with cues
//!
#![doc = concat!("```ron\n", include_str!("../../../assets/schema-with-cues.ron"), "```")]

mod draft;
mod lint_level;
mod splice;
#[cfg(test)]
mod tests;
mod unknown_field;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use smol_str::SmolStr;

pub use draft::{Drafted, LabelPart, SchemaDraft, take_in};
use lint_level::WireLevel;
pub use splice::{SchemaEditError, edited_schema_text};
pub use unknown_field::UnknownSchemaField;
use unknown_field::{FieldPath, FieldPlaces, field_path};

use super::sidecar::{options, ron_reason};
use crate::model::{
    AttributeKind, Convention, LabelKind, LintRule, PersonAttribute, RoleKind, Schema, SchemaError,
};

/// Name of the file that replaces the built-in schema in its folder and below.
pub const FILE_NAME: &str = "pullquote.ron";

/// A schema, and fields of its file that this version does not understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaContents {
    /// The schema.
    pub schema: Schema,
    /// Fields this version does not know, in the order of the file. The rest of the file holds.
    pub unknown: Vec<UnknownSchemaField>,
}

/// Why a schema file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaFileError {
    /// It is not RON of the right shape.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong, in words.
        reason: String,
    },
    /// Its parts do not fit together.
    Meaning {
        /// Line of the part that does not fit, from 1.
        line: usize,
        /// Its column in code points, from 1.
        column: usize,
        /// What does not fit.
        error: SchemaError,
    },
}

impl SchemaFileError {
    /// Line and column of the error, from 1.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        match self {
            Self::Syntax { line, column, .. } => (*line, *column),
            Self::Meaning { line, column, .. } => (*line, *column),
        }
    }

    /// What is wrong and what to do, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Syntax { reason, .. } => format!("{reason}; fix the line or remove it"),
            Self::Meaning { error, .. } => error.to_string(),
        }
    }
}

impl fmt::Display for SchemaFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column, .. } => {
                write!(f, "line {line}, column {column}: {}", self.message())
            }
            Self::Meaning { line, .. } => write!(f, "line {line}: {}", self.message()),
        }
    }
}

impl std::error::Error for SchemaFileError {}

/// The schema Pullquote starts with, as a file.
const BUILT_IN: &str = include_str!("../../../assets/schema.ron");

/// The schema Pullquote starts with.
///
/// # Errors
/// [`SchemaFileError`] where the built-in file is broken, which a test rules out.
pub fn default_schema() -> Result<Schema, SchemaFileError> {
    parse_schema(BUILT_IN)
}

/// Reads a schema file, without fields unknown to this version.
///
/// # Errors
/// [`SchemaFileError`] with the line and what to do.
pub fn parse_schema(text: &str) -> Result<Schema, SchemaFileError> {
    read_schema(text).map(|contents| contents.schema)
}

/// Reads a schema file. Fields that this version does not know do not spoil the rest.
///
/// # Errors
/// [`SchemaFileError`] with the line and what to do.
pub fn read_schema(text: &str) -> Result<SchemaContents, SchemaFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut wire, unknown) = read_wire(text)?;
    let labels = match wire.labels.take() {
        Some(labels) => labels,
        None => {
            let (built_in, _) = read_wire(BUILT_IN)?;
            wire.roles.splice(0..0, built_in.roles);
            wire.attributes.splice(0..0, built_in.attributes);
            built_in.labels.unwrap_or_default()
        }
    };
    let mut places = FieldPlaces::new(text);
    let unknown = unknown.iter().map(|path| places.find(path));
    let unknown = unknown.collect();
    let labels = labels.into_iter().map(LabelKind::from).collect();
    let roles = wire.roles.into_iter().map(RoleKind::from).collect();
    let attributes = wire.attributes.into_iter().map(AttributeKind::from);
    let schema = Schema::new(labels, roles, attributes.collect());
    let mut schema = schema.map_err(|error| {
        let (line, column) = place_of(text, &error);
        SchemaFileError::Meaning {
            line,
            column,
            error,
        }
    })?;
    schema.guidelines = wire.guidelines;
    schema.times = wire.times;
    schema.fields = named_once(wire.fields);
    schema.article_labels = named_once(wire.article_labels);
    for PersonAttributeWire { name, values } in wire.person_attributes {
        let values = named_once(values);
        schema
            .person_attributes
            .push(PersonAttribute { name, values });
    }
    let mut unknown: Vec<UnknownSchemaField> = unknown;
    for (name, level) in wire.lint {
        match LintRule::named(&name) {
            Some(rule) => schema.lint.set(rule, level.0),
            None => {
                let path = vec!["lint".to_owned(), name.to_string()];
                unknown.push(places.find(&path));
            }
        }
    }
    for (name, value) in wire.conventions {
        match value {
            ConventionWire::Words(words) if name == CUES => schema.cues = words,
            ConventionWire::Value(word) if name == CUES => schema.cues.push(word),
            ConventionWire::Value(value) => schema.conventions.push(Convention { name, value }),
            ConventionWire::Words(words) => {
                let value = words.join(", ").into();
                schema.conventions.push(Convention { name, value });
            }
        }
    }
    Ok(SchemaContents { schema, unknown })
}

fn read_wire(text: &str) -> Result<(SchemaWire, Vec<FieldPath>), SchemaFileError> {
    let syntax = |error: ron::error::SpannedError, unknown: &[FieldPath]| {
        let mut reason = ron_reason(&error.code);
        // What is missing may be there under a wrong name.
        let names: Vec<_> = unknown.iter().filter_map(|path| path.last()).collect();
        if let [.., last] = names.as_slice() {
            let _ = write!(reason, " (`{last}` is not the name of a field)");
        }
        SchemaFileError::Syntax {
            line: error.span.start.line,
            column: error.span.start.col,
            reason,
        }
    };
    let mut unknown = Vec::new();
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options())
        .map_err(|error| syntax(error, &[]))?;
    let read = serde_ignored::deserialize(&mut deserializer, |path| {
        unknown.push(field_path(&path));
    });
    let read = read.and_then(|wire| deserializer.end().map(|()| wire));
    match read {
        Ok(wire) => Ok((wire, unknown)),
        Err(error) => Err(syntax(deserializer.span_error(error), &unknown)),
    }
}

/// Line and column (from 1) an error is about: the last place that names what it names.
fn place_of(text: &str, error: &SchemaError) -> (usize, usize) {
    let named = match error {
        SchemaError::NoLabel => "labels".to_owned(),
        SchemaError::RepeatedLabel(key)
        | SchemaError::RepeatedLetter(_, key)
        | SchemaError::NotALetter(key)
        | SchemaError::LetterTaken(key, ..) => format!("key: \"{key}\""),
        SchemaError::EmptyKey("attribute") => "name: \"\"".to_owned(),
        SchemaError::EmptyKey(_) => "key: \"\"".to_owned(),
        SchemaError::RepeatedRole(key) => format!("key: \"{key}\""),
        SchemaError::RepeatedAttribute(name, _) | SchemaError::EmptyValue(name) => {
            format!("name: \"{name}\"")
        }
        SchemaError::RepeatedValue(_, value) => format!("\"{value}\""),
        SchemaError::UnknownLabel { label, .. } => format!("\"{label}\""),
        SchemaError::FormerLabel(key) => format!("\"{key}\""),
    };
    let lines = text.lines().enumerate();
    let places = lines.filter_map(|(n, line)| {
        let before = line.get(..line.find(&named)?)?;
        Some((n + 1, before.chars().count() + 1))
    });
    places.last().unwrap_or((1, 1))
}

#[derive(Deserialize)]
#[serde(rename = "Schema")]
struct SchemaWire {
    #[serde(default)]
    labels: Option<Vec<LabelWire>>,
    #[serde(default)]
    roles: Vec<RoleWire>,
    #[serde(default)]
    attributes: Vec<AttributeWire>,
    #[serde(default)]
    guidelines: String,
    /// `false`: records do not say when they were made and changed.
    #[serde(default = "yes")]
    times: bool,
    #[serde(default)]
    fields: Vec<SmolStr>,
    #[serde(default)]
    article_labels: Vec<SmolStr>,
    #[serde(default)]
    person_attributes: Vec<PersonAttributeWire>,
    #[serde(default)]
    lint: BTreeMap<SmolStr, WireLevel>,
    #[serde(default)]
    conventions: BTreeMap<SmolStr, ConventionWire>,
}

#[derive(Deserialize)]
struct PersonAttributeWire {
    name: SmolStr,
    #[serde(default)]
    values: Vec<SmolStr>,
}

/// The convention that lists words that report.
const CUES: &str = "cues";

/// What a convention says: one word, or a list.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a word or a list of words")]
enum ConventionWire {
    Value(SmolStr),
    Words(Vec<SmolStr>),
}

/// The names that are not empty, each once.
fn named_once(names: Vec<SmolStr>) -> Vec<SmolStr> {
    let mut known = Vec::with_capacity(names.len());
    for name in names {
        if !name.trim().is_empty() && !known.contains(&name) {
            known.push(name);
        }
    }
    known
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename = "Label")]
struct LabelWire {
    key: SmolStr,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    plural: Option<String>,
    letter: char,
    #[serde(default)]
    color: Color,
    #[serde(default)]
    speaks: bool,
    #[serde(default)]
    mentions: bool,
    #[serde(default)]
    reports: bool,
    #[serde(default)]
    was: Vec<SmolStr>,
}

impl From<LabelWire> for LabelKind {
    fn from(wire: LabelWire) -> Self {
        let name = wire.name.unwrap_or_else(|| capitalised(&wire.key));
        Self {
            plural: wire.plural.unwrap_or_else(|| format!("{name}s")),
            name,
            letter: wire.letter.to_ascii_uppercase(),
            color: wire.color.0,
            speaks: wire.speaks,
            mentions: wire.mentions,
            reports: wire.reports,
            was: wire.was,
            key: wire.key,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename = "Role")]
struct RoleWire {
    key: SmolStr,
    #[serde(default)]
    name: Option<String>,
    from: Vec<SmolStr>,
    to: Vec<SmolStr>,
    #[serde(default)]
    people: bool,
}

impl From<RoleWire> for RoleKind {
    fn from(wire: RoleWire) -> Self {
        Self {
            name: wire.name.unwrap_or_else(|| capitalised(&wire.key)),
            key: wire.key,
            from: wire.from,
            to: wire.to,
            people: wire.people,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename = "Attribute")]
struct AttributeWire {
    name: SmolStr,
    label: SmolStr,
    #[serde(default)]
    values: Vec<SmolStr>,
    #[serde(default)]
    default: Option<SmolStr>,
}

impl From<AttributeWire> for AttributeKind {
    fn from(wire: AttributeWire) -> Self {
        Self {
            name: wire.name,
            label: wire.label,
            values: wire.values,
            default: wire.default,
        }
    }
}

/// The colours there are, `gray` in both spellings last.
pub const COLORS: [&str; 9] = [
    "yellow", "pink", "blue", "green", "violet", "orange", "teal", "gray", "grey",
];

/// A colour's name, written bare: `Yellow`.
struct Color(SmolStr);

impl Default for Color {
    fn default() -> Self {
        Self("grey".into())
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = Color;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a colour, such as Yellow")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Color, E> {
                let color = name.to_ascii_lowercase();
                if !COLORS.contains(&&*color) {
                    return Err(E::custom(format!(
                        "`{name}` is not a colour; use {}",
                        COLORS.map(capitalised).join(", ")
                    )));
                }
                Ok(Color(color.into()))
            }
        }

        deserializer.deserialize_identifier(Name)
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars.as_str().chars()).collect()
}
