use smol_str::SmolStr;

use super::interpret::interpret;
use super::merge::markers;
use super::record::{SourceRecord, options, parse};
use super::take_apart::take_apart;
use super::unplaced::{UnplacedTag, unplaced};
use super::{RecordedSource, SidecarContents, SidecarError};
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
    let tags = unplaced(records, source, &mut contents);
    Ok((contents, tags))
}

/// What a sidecar says about its article's file; `None` where it says nothing that can be read.
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
