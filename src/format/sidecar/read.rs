use smol_str::SmolStr;

use super::interpret::interpret;
use super::merge::markers;
use super::raw::RawSidecar;
use super::record::{SourceRecord, options, parse};
use super::take_apart::take_apart;
use super::unplaced::{UnplacedTag, unplaced};
use super::{RecordedSource, SidecarContents, SidecarError};
use crate::model::RecordList;
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
    let read = read_where(bytes, source, |_| true)?;
    // All are wanted.
    Ok(read.unwrap_or_else(|| interpret(RawSidecar::default(), source)))
}

/// [`read_bytes`]; `None` where the article is another than the one that was annotated.
///
/// # Errors
/// [`SidecarError`] if it is not a sidecar.
pub fn read_same_text(
    bytes: &[u8],
    source: &SourceText,
) -> Result<Option<SidecarContents>, SidecarError> {
    let is_of = |raw: &RawSidecar<'_>| {
        let recorded = source_of(raw);
        let sha256 = recorded.map_or(String::new(), |recorded| recorded.sha256);
        sha256 == source.sha256()
    };
    read_where(bytes, source, is_of)
}

fn read_where(
    bytes: &[u8],
    source: &SourceText,
    wanted: impl Fn(&RawSidecar<'_>) -> bool,
) -> Result<Option<SidecarContents>, SidecarError> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Some(merged) = markers::merged(text)
    {
        let mut raw = take_apart(merged.text.as_bytes())?;
        if !wanted(&raw) {
            return Ok(None);
        }
        raw.salvaged = true;
        let mut contents = interpret(raw, source);
        contents.clashes = merged.clashes;
        markers::place_in(text, &mut contents.unread);
        return Ok(Some(contents));
    }
    let raw = take_apart(bytes)?;
    Ok(wanted(&raw).then(|| interpret(raw, source)))
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
    let tags = unplaced(records, source, &mut contents);
    Ok((contents, tags))
}

/// What a sidecar says about its article's file; `None` where it says nothing that can be read.
#[must_use]
pub fn recorded_source(bytes: &[u8]) -> Option<RecordedSource> {
    source_of(&take_apart(bytes).ok()?)
}

fn source_of(raw: &RawSidecar<'_>) -> Option<RecordedSource> {
    let field = raw.fields.iter().find(|field| field.name == "source")?;
    let (source, _) = parse::<SourceRecord>(field.raw).ok()?;
    Some(RecordedSource {
        sha256: source.sha256,
        encoding: source.encoding,
    })
}

/// Whose work a sidecar says it is, and whether there is any.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RecordedWork {
    /// The annotator it names; `None` where it names none, or that cannot be read.
    pub annotator: Option<SmolStr>,
    /// Whether it is whole, not marked as done, and holds nothing but people and times.
    pub is_empty: bool,
    /// Whether it holds people.
    pub has_people: bool,
}

/// Whose work a sidecar says it is; of none it can be read of, nobody's.
#[must_use]
pub fn recorded_work(bytes: &[u8]) -> RecordedWork {
    let Ok(mut raw) = take_apart(bytes) else {
        return RecordedWork::default();
    };
    let named = |name: &str| raw.fields.iter().find(|field| field.name == name);
    let annotator = named("annotator");
    let annotator = annotator.and_then(|field| options().from_str(field.raw).ok()?);
    let mut known = raw.fields.iter().map(|field| &*field.name);
    let is_known = known.all(|name| ["version", "source", "annotator", "state"].contains(&name));
    let is_done = named("state").is_some_and(|field| field.raw.trim() == "Done");
    let says_little = [RecordList::Sittings, RecordList::People];
    let mut lists = RecordList::ALL.into_iter();
    let is_empty = !raw.salvaged
        && is_known
        && !is_done
        && lists.all(|list| says_little.contains(&list) || raw.list(list).is_empty());
    RecordedWork {
        annotator,
        is_empty,
        has_people: !raw.list(RecordList::People).is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_undone_holds_nothing() {
        let head = "Pullquote(\n    version: 1,\n    people: [\n        (id: \"p\", name: \"Ada\"),\n    ],\n";
        let is_empty = |text: &str| recorded_work(text.as_bytes()).is_empty;
        assert!(is_empty(&format!("{head})\n")));
        assert!(!is_empty(head), "it is cut off");
        assert!(!is_empty(&format!("{head}    state: Done,\n)\n")));
        assert!(!is_empty(&format!(
            "{head}    decisions: [\n        (),\n    ],\n)\n"
        )));
    }
}
