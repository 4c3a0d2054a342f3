use std::borrow::Cow;
use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use smol_str::SmolStr;

use super::interpret::interpret;
use super::markers;
use super::record::{SourceRecord, options, parse, trimmed};
use super::salvage::{kind_of, salvage};
use super::unplaced::{UnplacedTag, unplaced};
use super::{DAMAGED, RecordedSource, SidecarContents, SidecarError};
use crate::model::UnreadRecord;
use crate::text::SourceText;

/// Reads a sidecar of the article `source`. Reads everything it can; the rest is kept in
/// `SidecarContents::unread`.
///
/// # Errors
/// [`SidecarError`] if it is not a sidecar.
pub fn read(text: &str, source: &SourceText) -> Result<SidecarContents, SidecarError> {
    read_bytes(text.as_bytes(), source)
}

/// [`read`] for bytes that may not be UTF-8: lines that are not count as damaged.
///
/// # Errors
/// [`SidecarError`] if it is not a sidecar.
pub fn read_bytes(bytes: &[u8], source: &SourceText) -> Result<SidecarContents, SidecarError> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Some(merged) = markers::merged(text)
    {
        let mut raw = take_apart(merged.text.as_bytes())?;
        raw.salvaged = true;
        let mut contents = interpret(raw, source);
        contents.clashes = merged.clashes;
        markers::place_in(text, &mut contents.unread);
        return Ok(contents);
    }
    Ok(interpret(take_apart(bytes)?, source))
}

/// [`read_bytes`] where the article is another than the one that was annotated: the tags that can
/// be read are returned separately, in the order of the file, not placed yet. What cannot be read
/// is in `SidecarContents::unread` as usual.
///
/// # Errors
/// [`SidecarError`] if it is not a sidecar.
pub fn read_unplaced(
    bytes: &[u8],
    source: &SourceText,
) -> Result<(SidecarContents, Vec<UnplacedTag>), SidecarError> {
    let mut raw = take_apart(bytes)?;
    let records = std::mem::take(&mut raw.annotations);
    let mut contents = interpret(raw, source);
    let tags = unplaced(records, &mut contents);
    Ok((contents, tags))
}

/// The fields and records of a file, line by line where it is damaged.
///
/// # Errors
/// [`SidecarError`] if it is not a sidecar.
pub(super) fn take_apart(bytes: &[u8]) -> Result<RawSidecar<'_>, SidecarError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => whole(text),
        Err(error) => Err(not_utf8(bytes, error.valid_up_to())),
    };
    whole.or_else(|error| salvage(bytes).ok_or(error))
}

/// The source fields of a sidecar; `None` if they cannot be read.
#[must_use]
pub fn recorded_source(bytes: &[u8]) -> Option<RecordedSource> {
    let raw = take_apart(bytes).ok()?;
    let field = raw.fields.iter().find(|field| field.name == "source")?;
    let (source, _) = parse::<SourceRecord>(field.raw).ok()?;
    Some(RecordedSource {
        sha256: source.sha256,
        encoding: source.encoding,
    })
}

/// The annotator a sidecar names; `None` where it names none, or cannot be read.
#[must_use]
pub fn recorded_annotator(bytes: &[u8]) -> Option<SmolStr> {
    let raw = take_apart(bytes).ok()?;
    let field = raw.fields.iter().find(|field| field.name == "annotator")?;
    options().from_str::<Option<SmolStr>>(field.raw).ok()?
}

/// Whether a file can be read as a whole, not only line by line.
pub(super) fn is_whole(text: &str) -> bool {
    whole(text).is_ok()
}

/// Whether `raw` can be in a list as one record.
pub(super) fn valid_record(raw: &str) -> bool {
    RawValue::from_ron(raw).is_ok_and(|value| trimmed(value) == raw)
}

/// A parsed file, not interpreted yet. In the order of the file.
#[derive(Default)]
pub(super) struct RawSidecar<'a> {
    /// Fields of the header.
    pub(super) fields: Vec<RawField<'a>>,
    pub(super) people: Vec<RawRecord<'a>>,
    pub(super) annotations: Vec<RawRecord<'a>>,
    pub(super) links: Vec<RawRecord<'a>>,
    /// Tags whose words are no longer in the article.
    pub(super) lost: Vec<RawRecord<'a>>,
    /// Lines that are not RON.
    pub(super) damaged: Vec<RawRecord<'a>>,
    /// Whether the file as a whole could not be read.
    pub(super) salvaged: bool,
}

impl<'a> RawSidecar<'a> {
    /// The list a file calls `name`.
    pub(super) fn list(&mut self, name: &str) -> Option<&mut Vec<RawRecord<'a>>> {
        match name {
            "people" => Some(&mut self.people),
            "annotations" => Some(&mut self.annotations),
            "links" => Some(&mut self.links),
            UnreadRecord::LOST => Some(&mut self.lost),
            _ => None,
        }
    }
}

/// A field of the header.
pub(super) struct RawField<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) raw: &'a str,
    pub(super) line: usize,
}

/// A record of a list.
pub(super) struct RawRecord<'a> {
    pub(super) raw: Cow<'a, str>,
    /// Line of the file, from 1.
    pub(super) line: usize,
}

fn not_utf8(bytes: &[u8], offset: usize) -> SidecarError {
    let before = bytes.get(..offset).unwrap_or_default();
    let line_start = before
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |at| at + 1);
    let line = before.get(line_start..).unwrap_or_default();
    SidecarError::NotASidecar {
        line: before.iter().filter(|&&b| b == b'\n').count() + 1,
        column: String::from_utf8_lossy(line).chars().count() + 1,
        reason: "not UTF-8".to_owned(),
    }
}

fn whole(text: &str) -> Result<RawSidecar<'_>, SidecarError> {
    let mut parts = parts(text).map_err(|error| SidecarError::NotASidecar {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })?;
    // Any RON struct would do so far.
    let ours = |(name, _): &(String, _)| matches!(name.as_str(), "version" | "source");
    if parts.lists.is_empty() && !parts.fields.iter().any(ours) {
        return Err(SidecarError::NotASidecar {
            line: 1,
            column: 1,
            reason: "it has neither `version` nor `annotations`".to_owned(),
        });
    }
    if let Some(misnamed) = parts.misnamed_list() {
        return Err(SidecarError::NotASidecar {
            line: Places::new(text).record(misnamed).0,
            column: 1,
            reason: "a list of records has a wrong name".to_owned(),
        });
    }
    let places = Places::new(text);
    let mut sidecar = RawSidecar::default();
    for (name, list) in parts.lists.drain(..) {
        let damaged = name == DAMAGED;
        let into = match sidecar.list(&name) {
            Some(list) => list,
            None => &mut sidecar.damaged,
        };
        into.extend(list.iter().map(|value| {
            let (line, raw) = places.record(value);
            let text = damaged.then(|| ron::from_str::<String>(raw).ok()).flatten();
            RawRecord {
                raw: text.map_or(Cow::Borrowed(raw), Cow::Owned),
                line,
            }
        }));
    }
    sidecar.fields = parts
        .fields
        .into_iter()
        .map(|(name, value)| {
            let (line, raw) = places.record(value);
            RawField {
                name: name.into(),
                raw,
                line,
            }
        })
        .collect();
    Ok(sidecar)
}

/// Lines of slices of a text.
struct Places<'a> {
    text: &'a str,
    breaks: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { text, breaks }
    }

    /// A value of the text with its line.
    fn record<'v>(&self, value: &'v RawValue) -> (usize, &'v str) {
        let raw = trimmed(value);
        (self.line_of(raw), raw)
    }

    /// Line (from 1) on which `part`, a slice of the text, starts.
    fn line_of(&self, part: &str) -> usize {
        let offset = part
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr());
        self.breaks.partition_point(|&at| at < offset) + 1
    }
}

struct Parts<'a> {
    fields: Vec<(String, &'a RawValue)>,
    lists: Vec<(String, Vec<&'a RawValue>)>,
}

impl<'a> Parts<'a> {
    /// A list of records under a name that is damaged: of a kind whose own list is missing.
    fn misnamed_list(&self) -> Option<&'a RawValue> {
        let missing = |kind: &str| !self.lists.iter().any(|(name, _)| name == kind);
        let values = self.fields.iter().map(|(_, value)| *value);
        let lists = values.filter(|value| trimmed(value).starts_with('['));
        lists.into_iter().find(|value| {
            let records = options().from_str::<Vec<&RawValue>>(trimmed(value));
            let records = records.unwrap_or_default();
            let kind = records.first().and_then(|first| kind_of(trimmed(first)));
            kind.is_some_and(missing)
        })
    }
}

/// Takes `Pullquote(…)` apart.
fn parts(text: &str) -> ron::error::SpannedResult<Parts<'_>> {
    struct Header;

    impl<'de> Visitor<'de> for Header {
        type Value = Parts<'de>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Pullquote(…)")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts<'de>, A::Error> {
            let mut parts = Parts {
                fields: Vec::new(),
                lists: Vec::new(),
            };
            while let Some(name) = map.next_key::<String>()? {
                match name.as_str() {
                    "people" | "annotations" | "links" | UnreadRecord::LOST | DAMAGED => {
                        parts.lists.push((name, map.next_value()?));
                    }
                    _ => parts.fields.push((name, map.next_value()?)),
                }
            }
            Ok(parts)
        }
    }

    struct Whole<'a>(Parts<'a>);

    impl<'de> Deserialize<'de> for Whole<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer
                .deserialize_struct("Pullquote", &[], Header)
                .map(Whole)
        }
    }

    options().from_str::<Whole<'_>>(text).map(|whole| whole.0)
}
