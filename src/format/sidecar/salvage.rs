use std::borrow::Cow;

use super::read::{RawField, RawRecord, RawSidecar, valid_record};
use super::unplaced::{AFTER, BEFORE};
use super::{DAMAGED, record};
use crate::model::UnreadRecord;

/// Takes a damaged file apart line by line: truncated, with conflict markers of a merge, with bytes
/// that are wrong. Lines that make no sense alone are kept as damaged. `None` where no line is ours.
pub(super) fn salvage(bytes: &[u8]) -> Option<RawSidecar<'_>> {
    let mut sidecar = RawSidecar {
        salvaged: true,
        ..RawSidecar::default()
    };
    if bytes.trim_ascii().is_empty() {
        // A write that never got further. There is nothing to lose.
        return Some(sidecar);
    }
    let mut list = "";
    let mut ours = false;
    // Between these marks is what both sides have replaced.
    let mut in_base = false;
    for (n, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let number = n + 1;
        let Ok(line) = std::str::from_utf8(line) else {
            sidecar.damaged.push(RawRecord {
                raw: Cow::Owned(String::from_utf8_lossy(line).trim().to_owned()),
                line: number,
            });
            continue;
        };
        let line = line.trim();
        if line.starts_with("|||||||") {
            in_base = true;
        } else if line.starts_with("=======") || line.starts_with(">>>>>>>") {
            in_base = false;
        }
        match sort(line) {
            _ if in_base => {}
            Line::Nothing => {}
            Line::List(name) => list = name,
            Line::Field(name, raw) => {
                ours |= matches!(name, "version" | "source");
                sidecar.fields.push(RawField {
                    name: name.strip_prefix("r#").unwrap_or(name).into(),
                    raw,
                    line: number,
                });
            }
            Line::Record(raw) => {
                let kind = kind_of(raw);
                ours |= kind.is_some();
                let record = RawRecord {
                    raw: raw.into(),
                    line: number,
                };
                // Lost tags have the fields of others.
                let lost = (list == UnreadRecord::LOST).then_some(list);
                match sidecar.list(lost.or(kind).unwrap_or(list)) {
                    Some(records) => records.push(record),
                    None => sidecar.damaged.push(record),
                }
            }
            Line::Damaged(raw) => {
                let kept = (list == DAMAGED)
                    .then(|| ron::from_str::<String>(raw).ok())
                    .flatten();
                sidecar.damaged.push(RawRecord {
                    raw: kept.map_or(raw.into(), Cow::Owned),
                    line: number,
                });
            }
        }
    }
    ours.then_some(sidecar)
}

/// What a line is by itself.
enum Line<'a> {
    /// Brackets, comments, marks: nothing to keep.
    Nothing,
    /// The start of a list.
    List(&'a str),
    /// A field of the header.
    Field(&'a str, &'a str),
    /// A record.
    Record(&'a str),
    /// None of these.
    Damaged(&'a str),
}

fn sort(line: &str) -> Line<'_> {
    const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let nothing = matches!(line, "" | "Pullquote(" | ")" | "]" | "],")
        || line.starts_with("//")
        || line.starts_with("#![enable(")
        || MARKS.iter().any(|mark| line.starts_with(mark));
    if nothing {
        return Line::Nothing;
    }
    let value = line.strip_suffix(',').unwrap_or(line).trim_end();
    if value.starts_with('(') && valid_record(value) {
        return Line::Record(value);
    }
    if let Some((name, value)) = value.split_once(':') {
        let is_name = is_name(name);
        let value = value.trim_start();
        if is_name && value == "[" {
            return Line::List(name);
        }
        let of_lists = [
            "people",
            "annotations",
            "links",
            UnreadRecord::LOST,
            DAMAGED,
        ]
        .contains(&name);
        if is_name && !of_lists && valid_record(value) {
            return Line::Field(name, value);
        }
    }
    Line::Damaged(value)
}

/// Whether the parser takes it for the name of a field, so that it can be written back as one.
fn is_name(name: &str) -> bool {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    let usual = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
    !bare.is_empty() && bare.chars().all(usual) && valid_record(&format!("(r#{bare}: ())"))
}

/// Which list a record belongs into, by the fields only its kind has: the line that opened its list
/// may be lost.
pub(super) fn kind_of(raw: &str) -> Option<&'static str> {
    let fields = record::fields("", raw).ok()?;
    let has = |wanted| fields.iter().any(|(name, _)| name == wanted);
    if has("at") && has(BEFORE) && has(AFTER) {
        return Some(UnreadRecord::LOST);
    }
    [("at", "annotations"), ("from", "links"), ("name", "people")]
        .into_iter()
        .find_map(|(field, list)| has(field).then_some(list))
}
