use std::borrow::Cow;

use super::lost::{AFTER, BEFORE};
use super::raw::{RawField, RawRecord, RawSidecar, misspelt_list, valid_record};
use super::record;
use crate::model::RecordList;

/// Is kept as a damaged line where a file ends without its closing bracket and no line shows it: whoever
/// repairs the file cannot know what is missing.
const CUT_SHORT: &str = "// The file was cut short here. What stood after this is not known.";

/// Whether a line only says that a file was cut short there; it is no record.
#[must_use]
pub fn is_cut_short(line: &str) -> bool {
    line == CUT_SHORT
}

fn cut_short(line: usize) -> RawRecord<'static> {
    RawRecord {
        raw: CUT_SHORT.into(),
        line,
    }
}

/// Takes a damaged file apart line by line: truncated, with conflict markers of a merge, with bytes
/// that are wrong. Lines that make no sense alone are kept as damaged. `None` where no line is ours.
pub(super) fn salvage(bytes: &[u8]) -> Option<RawSidecar<'_>> {
    let mut sidecar = RawSidecar {
        salvaged: true,
        ..RawSidecar::default()
    };
    if bytes.trim_ascii().is_empty() {
        // Of a write that never got further, or of a whole file.
        sidecar.damaged.push(cut_short(1));
        return Some(sidecar);
    }
    let mut list = None;
    let mut ours = false;
    // Between these marks is what both sides have replaced.
    let mut in_base = false;
    let mut start = 0;
    let mut next = 0;
    let mut last_line = (0, "");
    for (n, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let number = n + 1;
        let here = start;
        start += line.len() + 1;
        if here < next {
            // Part of a list that was taken whole.
            continue;
        }
        let Ok(line) = std::str::from_utf8(line) else {
            sidecar.damaged.push(RawRecord {
                raw: Cow::Owned(String::from_utf8_lossy(line).trim().to_owned()),
                line: number,
            });
            continue;
        };
        let line = line.trim();
        if !line.is_empty() && !is_comment(line) && !is_mark(line) {
            last_line = (number, line);
        }
        if line.starts_with("|||||||") {
            in_base = true;
        } else if line.starts_with("=======") || line.starts_with(">>>>>>>") {
            in_base = false;
        }
        match sort(line) {
            _ if in_base => {}
            Line::Nothing => {}
            Line::List(name) => {
                list = RecordList::named(name).or_else(|| misspelt_list(name));
                if list.is_none()
                    && let Some(raw) = whole_list(bytes.get(here..).unwrap_or_default())
                {
                    next = here + raw.end;
                    sidecar.fields.push(field(name, raw.text, number));
                }
            }
            Line::Field(name, raw) => {
                ours |= matches!(name, "version" | "source");
                sidecar.fields.push(field(name, raw, number));
            }
            Line::Record(raw) => {
                let kind = kind_of(raw);
                ours |= kind.is_some();
                let record = RawRecord {
                    raw: raw.into(),
                    line: number,
                };
                // Lost tags have the fields of others.
                let lost = list.filter(|list| *list == RecordList::Lost);
                let list = lost.or(kind).or(list).unwrap_or(RecordList::Damaged);
                sidecar.list(list).push(record);
            }
            Line::Damaged(raw) => {
                let kept = (list == Some(RecordList::Damaged))
                    .then(|| ron::from_str::<String>(raw).ok())
                    .flatten();
                sidecar.damaged.push(RawRecord {
                    raw: kept.map_or(raw.into(), Cow::Owned),
                    line: number,
                });
            }
        }
    }
    let torn = |line: usize| sidecar.damaged.iter().any(|record| record.line >= line);
    if last_line.1 != ")" && !torn(last_line.0) {
        sidecar.damaged.push(cut_short(last_line.0));
    }
    ours.then_some(sidecar)
}

fn field<'a>(name: &'a str, raw: &'a str, line: usize) -> RawField<'a> {
    RawField {
        name: name.strip_prefix("r#").unwrap_or(name).into(),
        raw,
        line,
    }
}

/// A list as it stands there.
struct WholeList<'a> {
    text: &'a str,
    /// Where the line behind it starts, in bytes.
    end: usize,
}

/// The list that the first line opens, up to the line that closes it at the same indent; `None` where
/// it is not whole.
fn whole_list(bytes: &[u8]) -> Option<WholeList<'_>> {
    let indent = |line: &[u8]| line.iter().take_while(|&&byte| byte == b' ').count();
    let mut lines = bytes.split(|&byte| byte == b'\n');
    let first = lines.next()?;
    let open = first.iter().position(|&byte| byte == b'[')?;
    let mut end = first.len() + 1;
    for line in lines {
        let closes = matches!(line.trim_ascii(), b"]" | b"],");
        if closes && indent(line) == indent(first) {
            let close = end + line.iter().position(|&byte| byte == b']')?;
            let text = std::str::from_utf8(bytes.get(open..=close)?).ok()?;
            let end = end + line.len() + 1;
            return valid_record(text).then_some(WholeList { text, end });
        }
        end += line.len() + 1;
    }
    None
}

const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

fn is_mark(line: &str) -> bool {
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// Whether a line of a file begins with a comment.
pub(super) fn is_comment(line: &str) -> bool {
    line.starts_with("//") || line.starts_with("/*")
}

/// What a line is, taken alone.
enum Line<'a> {
    /// Brackets, empty comments, marks: nothing to keep.
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
    let nothing = matches!(line, "" | "Pullquote(" | ")" | "]" | "],")
        || line.trim_start_matches('/').is_empty()
        || is_enable(line);
    if nothing {
        return Line::Nothing;
    }
    if let Some(after) = MARKS.iter().find_map(|mark| line.strip_prefix(mark)) {
        // The name of a side, unless a line end was lost behind the mark.
        return match sort(after.trim_start()) {
            Line::Record(raw) => Line::Record(raw),
            _ if after.is_empty() || after.starts_with(' ') => Line::Nothing,
            _ => Line::Damaged(line),
        };
    }
    if is_comment(line) {
        return Line::Damaged(line);
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
        if is_name && RecordList::named(name).is_none() && valid_record(value) {
            return Line::Field(name, value);
        }
    }
    Line::Damaged(value)
}

/// Whether a line names extensions of RON, and nothing else.
fn is_enable(line: &str) -> bool {
    let names = line.strip_prefix("#![enable(");
    let names = names.and_then(|rest| rest.strip_suffix(")]"));
    let plain = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | ',' | ' ');
    names.is_some_and(|names| names.chars().all(plain))
}

/// Whether the parser takes it for the name of a field, so that it can be written back as one.
fn is_name(name: &str) -> bool {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    let usual = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
    !bare.is_empty() && bare.chars().all(usual) && valid_record(&format!("(r#{bare}: ())"))
}

/// Which list a record belongs into, by the fields only its kind has: the line that opened its list
/// may be lost.
pub(super) fn kind_of(raw: &str) -> Option<RecordList> {
    let fields = record::fields("", raw).ok()?;
    let has = |wanted| fields.iter().any(|(name, _)| name == wanted);
    if has("at") && has(BEFORE) && has(AFTER) {
        return Some(RecordList::Lost);
    }
    [
        ("at", RecordList::Annotations),
        ("from", RecordList::Links),
        ("name", RecordList::People),
        ("choice", RecordList::Decisions),
        ("of", RecordList::Reviews),
        ("rule", RecordList::Ignored),
        ("seconds", RecordList::Sittings),
    ]
    .into_iter()
    .find_map(|(field, list)| has(field).then_some(list))
}
