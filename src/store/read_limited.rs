//! Reading a file that must not be larger than expected.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use super::read_error::{ReadError, from_io};

/// The largest sidecar that is read, in bytes.
pub(super) const MAX_SIDECAR_BYTES: u64 = 256 * 1024 * 1024;

/// The largest file of what is known about an article that is read, in bytes.
pub const MAX_FACTS_BYTES: u64 = 4 * 1024 * 1024;

/// The largest schema or other small text that is read, in bytes.
const MAX_TEXT_BYTES: u64 = 1024 * 1024;

/// The largest file of another program that is read, in bytes.
pub const MAX_INPUT_BYTES: u64 = 1024 * 1024 * 1024;

/// Bytes of a plain file of at most `limit` bytes.
pub(super) fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let file = open_limited(path, limit)?;
    let expected = file
        .metadata()
        .map_or(0, |metadata| metadata.len().min(limit));
    bytes.reserve_exact(usize::try_from(expected + 1).unwrap_or_default());
    copy_limited(file, path, limit, &mut bytes)?;
    Ok(bytes)
}

/// Opens a file of at most `limit` bytes.
fn open_limited(path: &Path, limit: u64) -> Result<File, ReadError> {
    let metadata = fs::metadata(path).map_err(|error| from_io(path, error))?;
    if metadata.is_dir() {
        return Err(ReadError::Directory { path: path.into() });
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile { path: path.into() });
    }
    if metadata.len() > limit {
        return Err(ReadError::TooLarge {
            path: path.into(),
            bytes: metadata.len(),
            limit,
        });
    }
    File::open(path).map_err(|error| from_io(path, error))
}

/// Hands a file of at most `limit` bytes on, without holding it as a whole.
pub(super) fn pass_limited(path: &Path, limit: u64, out: &mut impl Write) -> Result<(), ReadError> {
    copy_limited(open_limited(path, limit)?, path, limit, out)
}

/// It may grow while it is read.
fn copy_limited(
    file: File,
    path: &Path,
    limit: u64,
    out: &mut impl Write,
) -> Result<(), ReadError> {
    let copied = io::copy(&mut file.take(limit + 1), out).map_err(|error| from_io(path, error))?;
    if copied > limit {
        return Err(ReadError::TooLarge {
            path: path.into(),
            bytes: copied,
            limit,
        });
    }
    Ok(())
}

/// UTF-8 without its byte order mark.
pub(super) fn strict_utf8(path: &Path, bytes: Vec<u8>) -> Result<String, ReadError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = bytes.iter().take(offset);
        ReadError::NotUtf8 {
            path: path.into(),
            offset,
            line: before.filter(|&&byte| byte == b'\n').count() + 1,
            guess: if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
                "UTF-16"
            } else {
                "WINDOWS-1252"
            },
        }
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// Reads a small text file (at most 1 MB of UTF-8): a schema, settings.
///
/// # Errors
/// [`ReadError`] in words.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    strict_utf8(path, read_limited(path, MAX_TEXT_BYTES)?)
}

/// The first `most` bytes of a file, or all of a shorter one.
///
/// # Errors
/// [`ReadError`] where it is no plain file or unreadable.
pub fn read_beginning(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let file = open_limited(path, u64::MAX)?;
    let read = file.take(most).read_to_end(&mut bytes);
    read.map_err(|error| from_io(path, error))?;
    Ok(bytes)
}

/// Reads a file another program wrote, of at most 1 GB.
///
/// # Errors
/// [`ReadError`] in words for the person who chose the file.
pub fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_limited(path, MAX_INPUT_BYTES)
}
