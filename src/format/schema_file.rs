//! A project's schema: `assets/schema.ron`, or the `pullquote.ron` of a folder.

use std::collections::BTreeMap;
use std::fmt;

use ron::extensions::Extensions;
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use smol_str::SmolStr;

use crate::model::{AttributeKind, Convention, LabelKind, RoleKind, Schema, SchemaError};

/// Name of the file that replaces the built-in schema in its folder and below.
pub const FILE_NAME: &str = "pullquote.ron";

/// Why a schema file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaFileError {
    /// It is not RON of the right shape.
    #[error("line {line}, column {column}: {reason}; fix the line or remove it")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong, in words.
        reason: String,
    },
    /// Its parts do not fit together.
    #[error("line {line}: {error}")]
    Meaning {
        /// Line of the part that does not fit, from 1.
        line: usize,
        /// What does not fit.
        error: SchemaError,
    },
}

/// The schema Pullquote starts with.
///
/// # Errors
/// [`SchemaFileError`] where the built-in file is broken, which a test rules out.
pub fn default_schema() -> Result<Schema, SchemaFileError> {
    parse_schema(include_str!("../../assets/schema.ron"))
}

/// Reads a schema file.
///
/// # Errors
/// [`SchemaFileError`] with the line and what to do.
pub fn parse_schema(text: &str) -> Result<Schema, SchemaFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let wire: SchemaWire = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .from_str(text)
        .map_err(|error| SchemaFileError::Syntax {
            line: error.span.start.line,
            column: error.span.start.col,
            reason: error.code.to_string(),
        })?;
    let labels = wire.labels.into_iter().map(LabelKind::from).collect();
    let roles = wire.roles.into_iter().map(RoleKind::from).collect();
    let attributes = wire.attributes.into_iter().map(AttributeKind::from);
    let mut schema = Schema::new(labels, roles, attributes.collect()).map_err(|error| {
        SchemaFileError::Meaning {
            line: line_of(text, &error),
            error,
        }
    })?;
    schema.guidelines = wire.guidelines;
    schema.conventions = wire
        .conventions
        .into_iter()
        .map(|(name, value)| Convention { name, value })
        .collect();
    Ok(schema)
}

/// The line (from 1) an error is about: the last one that names what it names.
fn line_of(text: &str, error: &SchemaError) -> usize {
    let named = match error {
        SchemaError::NoLabel => return line_with(text, "labels"),
        SchemaError::RepeatedLabel(key)
        | SchemaError::RepeatedLetter(_, key)
        | SchemaError::NotALetter(key)
        | SchemaError::LetterTaken(key, ..) => format!("key: \"{key}\""),
        SchemaError::UnknownLabel { label, .. } => format!("\"{label}\""),
    };
    line_with(text, &named)
}

fn line_with(text: &str, words: &str) -> usize {
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.contains(words))
        .last()
        .map_or(1, |(n, _)| n + 1)
}

#[derive(Deserialize)]
#[serde(rename = "Schema", deny_unknown_fields)]
struct SchemaWire {
    labels: Vec<LabelWire>,
    #[serde(default)]
    roles: Vec<RoleWire>,
    #[serde(default)]
    attributes: Vec<AttributeWire>,
    #[serde(default)]
    guidelines: String,
    #[serde(default)]
    conventions: BTreeMap<SmolStr, SmolStr>,
}

#[derive(Deserialize)]
#[serde(rename = "Label", deny_unknown_fields)]
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
            key: wire.key,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename = "Role", deny_unknown_fields)]
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
#[serde(rename = "Attribute", deny_unknown_fields)]
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

/// A colour's name, written bare: `Yellow`. Which there are is the theme's business.
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
                Ok(Color(name.to_ascii_lowercase().into()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_schema_has_quotes_speakers_and_claims() {
        let schema = default_schema().unwrap();
        let keys: Vec<_> = schema
            .labels()
            .iter()
            .map(|l| (&*l.key, l.letter, &*l.color))
            .collect();
        assert_eq!(
            keys,
            [
                ("quote", 'Q', "yellow"),
                ("speaker", 'S', "pink"),
                ("claim", 'C', "green")
            ]
        );
        assert!(schema.speaks("quote") && schema.speaks("claim") && schema.mentions("speaker"));
        assert!(schema.allows("speaker", "claim", "speaker"));
        assert!(schema.allows_people("speaker", "quote"));
        assert_eq!(schema.attributes_of("speaker").count(), 1);
    }

    #[test]
    fn a_project_s_own_schema_may_leave_out_what_can_be_guessed() {
        let text = "\u{feff}(\r\n  labels: [(key: \"cue\", letter: 'u', reports: true)],\r\n  \
                    attributes: [(name: \"kind\", label: \"cue\", values: [\"verb\"], default: \"verb\")],\r\n  \
                    guidelines: \"guide.md\",\r\n  conventions: {\"marks\": \"inside\"},\r\n)";
        let schema = parse_schema(text).unwrap();
        let label = schema.label("cue").unwrap();
        assert_eq!(
            (&*label.name, &*label.plural, label.letter),
            ("Cue", "Cues", 'U')
        );
        assert_eq!(
            schema
                .attributes_of("cue")
                .next()
                .unwrap()
                .default
                .as_deref(),
            Some("verb")
        );
        assert_eq!(schema.guidelines, "guide.md");
        assert_eq!(schema.conventions.len(), 1);
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        let typo =
            parse_schema("(\n  labels: [\n    (key: \"q\", leter: 'Q'),\n  ],\n)").unwrap_err();
        assert!(typo.to_string().starts_with("line 3, column "), "{typo}");
        assert!(typo.to_string().contains("leter"), "{typo}");
        let twice =
            "(\n labels: [\n  (key: \"q\", letter: 'Q'),\n  (key: \"r\", letter: 'Q'),\n ],\n)";
        assert_eq!(
            parse_schema(twice),
            Err(SchemaFileError::Meaning {
                line: 4,
                error: SchemaError::RepeatedLetter("q".into(), "r".into())
            })
        );
        let lost = "(labels: [(key: \"q\", letter: 'Q')],\nroles: [(key: \"r\", from: [\"q\"], to: [\"x\"])])";
        let error = parse_schema(lost).unwrap_err().to_string();
        assert!(
            error.starts_with("line 2: `r` uses the label `x`"),
            "{error}"
        );
    }
}
