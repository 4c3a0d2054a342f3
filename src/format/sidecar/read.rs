use super::{SidecarContents, SidecarError};
use crate::text::SourceText;

/// Reads a sidecar of the article `source`. Everything that can be read is; the rest is kept in
/// [`SidecarContents::unread`].
///
/// # Errors
/// [`SidecarError`] where nothing of it is a sidecar.
pub fn read(text: &str, source: &SourceText) -> Result<SidecarContents, SidecarError> {
    read_bytes(text.as_bytes(), source)
}

/// [`read`] for bytes that may not be UTF-8: lines that are not count as damaged.
///
/// # Errors
/// [`SidecarError`] where nothing of it is a sidecar.
pub fn read_bytes(bytes: &[u8], source: &SourceText) -> Result<SidecarContents, SidecarError> {
    let _ = (bytes, source);
    Err(SidecarError::NotASidecar {
        line: 1,
        column: 1,
        reason: String::new(),
    })
}
