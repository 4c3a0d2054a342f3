//! From the bytes of a file to its fields and records.

use std::borrow::Cow;
use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::SidecarError;
use super::canonical_file::take_apart_canonical;
use super::comments::{keep_comments_between, set_comments_apart};
use super::raw::{RawField, RawRecord, RawSidecar, misspelt_list};
use super::record::{options, trimmed};
use super::ron_reason::ron_reason;
use super::salvage::salvage;
use crate::model::RecordList;

/// The fields and records of a file, line by line where it is damaged. Comments are lines of their own.
///
/// # Errors
/// [`SidecarError`] where nothing of it is a sidecar.
pub(super) fn take_apart(bytes: &[u8]) -> Result<RawSidecar<'_>, SidecarError> {
    let mut sidecar = take_apart_verbatim(bytes)?;
    set_comments_apart(&mut sidecar);
    Ok(sidecar)
}

/// [`take_apart`] that leaves comments within records where they are.
///
/// # Errors
/// [`SidecarError`] where nothing of it is a sidecar.
pub(super) fn take_apart_verbatim(bytes: &[u8]) -> Result<RawSidecar<'_>, SidecarError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => match take_apart_canonical(text) {
            Some(sidecar) => return Ok(sidecar),
            None => whole(text),
        },
        Err(error) => Err(not_utf8(bytes, error.valid_up_to())),
    };
    whole.or_else(|error| salvage(bytes).ok_or(error))
}

/// Whether a file can be read as a whole, not only line by line.
pub(super) fn is_whole(text: &str) -> bool {
    take_apart_canonical(text).is_some() || whole(text).is_ok()
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

pub(super) fn whole(text: &str) -> Result<RawSidecar<'_>, SidecarError> {
    let mut parts = parts(text).map_err(|error| SidecarError::NotASidecar {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: ron_reason(&error.code),
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
    if let Some(misnamed) = parts.misspelt_list() {
        return Err(SidecarError::NotASidecar {
            line: Places::new(text).record(misnamed).0,
            column: 1,
            reason: "a list of records has a wrong name".to_owned(),
        });
    }
    let places = Places::new(text);
    let mut sidecar = RawSidecar::default();
    for (list, records) in parts.lists.drain(..) {
        sidecar.list(list).extend(records.iter().map(|value| {
            let (line, raw) = places.record(value);
            let damaged = list == RecordList::Damaged;
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
    keep_comments_between(&mut sidecar, text, |part| places.line_of(part));
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
    lists: Vec<(RecordList, Vec<&'a RawValue>)>,
}

impl<'a> Parts<'a> {
    /// A list whose name is damaged: by one character, and no list has the right name. Lists of any
    /// other name are a newer version's.
    fn misspelt_list(&self) -> Option<&'a RawValue> {
        let missing = |list: &RecordList| !self.lists.iter().any(|(known, _)| known == list);
        let found = self.fields.iter().find(|(name, value)| {
            trimmed(value).starts_with('[') && misspelt_list(name).as_ref().is_some_and(missing)
        });
        found.map(|(_, value)| *value)
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
                match RecordList::named(&name) {
                    Some(list) => parts.lists.push((list, map.next_value()?)),
                    None => parts.fields.push((name, map.next_value()?)),
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
