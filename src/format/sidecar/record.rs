//! The shape of records in the file, and reading one of them alone.

use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::ron_reason::ron_reason;
use super::ron_text::field_name;
pub(in crate::format) use super::ron_text::options;
use super::stamp::{Stamp, WireReply};
use crate::model::{
    Attribute, Confidence, DocumentState, Origin, PersonKind, Review, Target, UnknownField, Verdict,
};

/// A record's shape.
pub(in crate::format) trait Record: DeserializeOwned {
    /// The fields this version knows.
    const FIELDS: &'static [&'static str];
    /// A name that may be before the parenthesis.
    const NAME: &'static str;
    /// Fields that came after version 0.1. Where one cannot be read, it alone is carried along as it
    /// is, and the record holds.
    const FORGIVING: &'static [&'static str] = &[];

    /// The record, if it is spelt exactly as it is written here; much faster than any other
    /// spelling. `None` says nothing about `raw`.
    fn canonical(_raw: &str) -> Option<Self> {
        None
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Annotation", deny_unknown_fields)]
pub(super) struct AnnotationRecord {
    pub(super) id: SmolStr,
    pub(super) label: SmolStr,
    /// Code points, end-exclusive.
    pub(super) at: Vec<(u32, u32)>,
    pub(super) text: Vec<String>,
    #[serde(default)]
    pub(super) attributes: Attributes,
    #[serde(default)]
    pub(super) person: Option<SmolStr>,
    #[serde(default)]
    pub(super) by: Option<By>,
    #[serde(default)]
    pub(super) confidence: Option<WireConfidence>,
    #[serde(default)]
    pub(super) verdict: Option<WireVerdict>,
    #[serde(default)]
    pub(super) review: WireReview,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) was: Vec<String>,
    #[serde(default)]
    pub(super) made: Option<Stamp>,
    #[serde(default)]
    pub(super) changed: Option<Stamp>,
    #[serde(default)]
    pub(super) decided: Option<Stamp>,
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Link", deny_unknown_fields)]
pub(super) struct LinkRecord {
    pub(super) id: SmolStr,
    pub(super) role: SmolStr,
    pub(super) from: SmolStr,
    pub(super) to: To,
    #[serde(default)]
    pub(super) attributes: Attributes,
    #[serde(default)]
    pub(super) by: Option<By>,
    #[serde(default)]
    pub(super) confidence: Option<WireConfidence>,
    #[serde(default)]
    pub(super) confirmed: bool,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) made: Option<Stamp>,
    #[serde(default)]
    pub(super) changed: Option<Stamp>,
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Person", deny_unknown_fields)]
pub(super) struct PersonRecord {
    pub(super) id: SmolStr,
    pub(super) name: String,
    #[serde(default)]
    pub(super) kind: WirePersonKind,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) role: String,
    #[serde(default)]
    pub(super) organisation: String,
    #[serde(default)]
    pub(super) external_id: String,
    #[serde(default)]
    pub(super) attributes: Attributes,
    #[serde(default)]
    pub(super) made: Option<Stamp>,
    #[serde(default)]
    pub(super) changed: Option<Stamp>,
}

#[derive(Debug, Deserialize)]
#[serde(rename = "PeerReview", deny_unknown_fields)]
pub(super) struct PeerReviewRecord {
    pub(super) of: SmolStr,
    pub(super) tag: SmolStr,
    pub(super) record: SmolStr,
    #[serde(default)]
    pub(super) verdict: WireReview,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) remove: bool,
    #[serde(default)]
    pub(super) label: Option<SmolStr>,
    #[serde(default)]
    pub(super) at: Vec<(u32, u32)>,
    #[serde(default)]
    pub(super) text: Vec<String>,
    #[serde(default)]
    pub(super) speaker: Option<WireSpeaker>,
    #[serde(default)]
    pub(super) attributes: Attributes,
    #[serde(default)]
    pub(super) replies: Vec<WireReply>,
    /// Whose review, and its hash.
    #[serde(default)]
    pub(super) settled: Vec<(SmolStr, SmolStr)>,
    #[serde(default)]
    pub(super) made: Option<Stamp>,
    #[serde(default)]
    pub(super) changed: Option<Stamp>,
}

#[derive(Debug, Deserialize)]
pub(super) enum WireSpeaker {
    Named(String),
    /// Where the words that mention them are, and what they are.
    Words((u32, u32), String),
    NotGiven,
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Decision", deny_unknown_fields)]
pub(super) struct DecisionRecord {
    pub(super) of: SmolStr,
    pub(super) tag: SmolStr,
    pub(super) record: SmolStr,
    /// Annotator, tag, hash of its record.
    #[serde(default)]
    pub(super) others: Vec<(SmolStr, SmolStr, SmolStr)>,
    #[serde(default)]
    pub(super) choice: WireChoice,
    /// From whom each part is.
    #[serde(default)]
    pub(super) parts: Attributes,
    #[serde(default)]
    pub(super) curated: Option<SmolStr>,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) made: Option<Stamp>,
    #[serde(default)]
    pub(super) changed: Option<Stamp>,
}

#[derive(Debug, Deserialize, Clone, Copy, Default)]
pub(super) enum WireChoice {
    #[default]
    Undecided,
    Agreed,
    Taken,
    AllWrong,
    Nothing,
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Suppression", deny_unknown_fields)]
pub(super) struct SuppressionRecord {
    pub(super) rule: SmolStr,
    #[serde(default)]
    pub(super) tag: Option<SmolStr>,
    #[serde(default)]
    pub(super) words: Option<SmolStr>,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) made: Option<Stamp>,
    #[serde(default)]
    pub(super) changed: Option<Stamp>,
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Sitting", deny_unknown_fields)]
pub(super) struct SittingRecord {
    pub(super) by: SmolStr,
    /// RFC 3339.
    pub(super) start: SmolStr,
    pub(super) seconds: u32,
}

/// The part of the header about the article. Name and length are for people.
#[derive(Debug, Deserialize)]
#[serde(rename = "Source", deny_unknown_fields)]
pub(super) struct SourceRecord {
    #[serde(default, rename = "file")]
    _file: String,
    pub(super) sha256: String,
    #[serde(default, rename = "chars")]
    _chars: u64,
    #[serde(default)]
    pub(super) encoding: String,
}

impl Record for SourceRecord {
    const NAME: &'static str = "Source";
    const FIELDS: &'static [&'static str] = &["file", "sha256", "chars", "encoding"];
}

#[derive(Debug, Deserialize)]
pub(super) enum By {
    Annotator(SmolStr),
    Suggester(SmolStr),
    Import(SmolStr),
}

impl From<By> for Origin {
    fn from(by: By) -> Self {
        match by {
            By::Annotator(name) => Self::Annotator(name),
            By::Suggester(name) => Self::Suggester(name),
            By::Import(name) => Self::Import(name),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) enum To {
    Annotation(SmolStr),
    Person(SmolStr),
    NotGiven,
}

impl From<To> for Target {
    fn from(to: To) -> Self {
        match to {
            To::Annotation(id) => Self::Annotation(id.as_str().into()),
            To::Person(id) => Self::Person(id.as_str().into()),
            To::NotGiven => Self::NotGiven,
        }
    }
}

/// The model's words, spelt alike in the file.
macro_rules! wire_words {
    ($wire:ident, $model:ident, $default:ident, $($word:ident),+) => {
        #[derive(Debug, Deserialize, Clone, Copy)]
        pub(super) enum $wire { $($word),+ }

        impl From<$wire> for $model {
            fn from(word: $wire) -> Self {
                match word { $($wire::$word => Self::$word),+ }
            }
        }

        impl Default for $wire {
            fn default() -> Self {
                Self::$default
            }
        }
    };
}

wire_words!(
    WireVerdict,
    Verdict,
    Accepted,
    Open,
    Accepted,
    Corrected,
    Rejected
);
wire_words!(
    WireReview, Review, Unreviewed, Unreviewed, Accepted, Rejected, Unsure
);
wire_words!(
    WirePersonKind,
    PersonKind,
    Person,
    Person,
    Organisation,
    Group
);
wire_words!(WireState, DocumentState, New, New, InProgress, Done);

/// A number from 0 to 1.
#[derive(Debug)]
pub(super) struct WireConfidence(pub(super) Confidence);

impl<'de> Deserialize<'de> for WireConfidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        let confidence = Confidence::new(value);
        confidence
            .map(Self)
            .ok_or_else(|| D::Error::custom("a confidence is a number from 0 to 1"))
    }
}

/// Attributes by name; a name that is twice is refused, not overwritten.
#[derive(Debug, Default)]
pub(super) struct Attributes(pub(super) ThinVec<Attribute>);

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Attributes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("attributes as {\"name\": \"value\"}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
                let mut attributes = Vec::new();
                while let Some((name, value)) = map.next_entry()? {
                    attributes.push(Attribute { name, value });
                }
                attributes.sort();
                match attributes.array_windows().find(|[a, b]| a.name == b.name) {
                    Some([twice, _]) => Err(A::Error::custom(format_args!(
                        "the attribute `{}` is there twice",
                        twice.name
                    ))),
                    None => Ok(Attributes(attributes.into())),
                }
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

/// Reads one record alone. Fields this version does not know are returned beside it.
///
/// # Errors
/// Why it cannot be read, in words.
pub(in crate::format) fn parse<R: Record>(raw: &str) -> Result<(R, ThinVec<UnknownField>), String> {
    match R::canonical(raw) {
        Some(record) => Ok((record, ThinVec::new())),
        None => parse_any_spelling(raw),
    }
}

/// [`parse`] for every spelling.
pub(super) fn parse_any_spelling<R: Record>(
    raw: &str,
) -> Result<(R, ThinVec<UnknownField>), String> {
    let error = match options().from_str(raw) {
        Ok(record) => return Ok((record, ThinVec::new())),
        Err(error) => ron_reason(&error.code),
    };
    // Perhaps only for fields of a newer version: try again without them.
    let Ok(fields) = fields(R::NAME, raw) else {
        return Err(error);
    };
    let (known, unknown): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, value)| {
        R::FIELDS.contains(&name.as_str())
            && (!R::FORGIVING.contains(&name.as_str()) || is_readable(name, trimmed(value)))
    });
    let mut without = String::from("(");
    for (name, value) in &known {
        without.push_str(&field_name(name));
        without.push_str(": ");
        without.push_str(trimmed(value));
        without.push(',');
    }
    without.push(')');
    let record = options()
        .from_str(&without)
        .map_err(|error| ron_reason(&error.code))?;
    let unknown = unknown
        .into_iter()
        .map(|(name, value)| UnknownField {
            name,
            raw: trimmed(value).into(),
        })
        .collect();
    Ok((record, unknown))
}

/// Whether a value of a [`Record::FORGIVING`] field is of its type.
fn is_readable(name: &str, raw: &str) -> bool {
    let options = options();
    match name {
        "attributes" => options.from_str::<Attributes>(raw).is_ok(),
        "confidence" => options.from_str::<Option<WireConfidence>>(raw).is_ok(),
        "made" | "changed" | "decided" => options.from_str::<Option<Stamp>>(raw).is_ok(),
        _ => options.from_str::<String>(raw).is_ok(),
    }
}

/// The value without comments around it, which could swallow what is written after it.
pub(in crate::format) fn trimmed(value: &RawValue) -> &str {
    let text = value.get_ron();
    if text.starts_with('/') || text.ends_with(['/', '\n']) {
        value.trim().get_ron()
    } else {
        text
    }
}

/// The fields of `NAME(name: value, …)`, values as they are there.
pub(in crate::format) fn fields<'a>(
    name: &'static str,
    raw: &'a str,
) -> ron::error::SpannedResult<Vec<(SmolStr, &'a RawValue)>> {
    struct Pairs<'a>(Vec<(SmolStr, &'a RawValue)>, &'static str);

    impl<'de> Visitor<'de> for Pairs<'de> {
        type Value = Vec<(SmolStr, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}(name: value, …)", self.1)
        }

        fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
            while let Some(entry) = map.next_entry()? {
                self.0.push(entry);
            }
            Ok(self.0)
        }
    }

    let mut deserializer = ron::Deserializer::from_str_with_options(raw, &options())?;
    let fields = (&mut deserializer)
        .deserialize_struct(name, &[], Pairs(Vec::new(), name))
        .map_err(|error| deserializer.span_error(error))?;
    deserializer
        .end()
        .map_err(|error| deserializer.span_error(error))?;
    Ok(fields)
}
