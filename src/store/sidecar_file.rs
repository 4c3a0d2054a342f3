//! Which file says what about an article: `article.txt.ron`, or `article.txt.maria.ron` by Maria.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::corpus::ARTICLE_EXTENSIONS;
use super::read_source::read_limited;
use super::{ReadError, Stamp};

/// The largest sidecar that is read, in bytes.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// A sidecar as it lies on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSidecar {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What to expect on disk when it is written again.
    pub stamp: Stamp,
}

/// What somebody else has said about an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OtherSidecar {
    /// Who; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// The file.
    pub path: PathBuf,
}

/// The name cannot be part of a sidecar's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` cannot be an annotator's name: use a to z, 0 to 9, _ and -, and none of txt, text, md"
)]
pub struct AnnotatorNameError(pub SmolStr);

/// Checks an annotator's name: `[a-z0-9_-]+`, and none of the article extensions.
///
/// # Errors
/// [`AnnotatorNameError`] otherwise.
pub fn check_annotator(name: &str) -> Result<(), AnnotatorNameError> {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    if !name.is_empty() && name.bytes().all(allowed) && !ARTICLE_EXTENSIONS.contains(&name) {
        Ok(())
    } else {
        Err(AnnotatorNameError(name.into()))
    }
}

/// The sidecar of an article: of an annotator, or with `None` the unnamed one.
#[must_use]
pub fn sidecar_path(article: &Path, annotator: Option<&str>) -> PathBuf {
    let mut path = OsString::from(article);
    if let Some(annotator) = annotator {
        path.push(".");
        path.push(annotator);
    }
    path.push(".ron");
    path.into()
}

/// Reads a sidecar; `None` where there is none.
///
/// # Errors
/// [`ReadError`] where it is there but cannot be read, or is larger than 256 MB.
pub fn load(path: &Path) -> Result<Option<LoadedSidecar>, ReadError> {
    match read_limited(path, MAX_BYTES) {
        Ok(bytes) => Ok(Some(LoadedSidecar {
            stamp: Stamp::of(&bytes),
            bytes,
        })),
        Err(ReadError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The sidecars of an article other than `own`, by name, the unnamed one first.
#[must_use]
pub fn other_annotators(article: &Path, own: &Path) -> Vec<OtherSidecar> {
    let folder = match article.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let (Some(article), Ok(entries)) = (article.file_name(), std::fs::read_dir(folder)) else {
        return Vec::new();
    };
    let mut found: Vec<OtherSidecar> = entries
        .filter_map(Result::ok)
        .filter(|entry| Some(entry.file_name().as_os_str()) != own.file_name())
        .filter_map(|entry| {
            let name = entry.file_name();
            let rest = name
                .as_encoded_bytes()
                .strip_prefix(article.as_encoded_bytes())?
                .strip_suffix(b".ron")?;
            let annotator = match rest.strip_prefix(b".") {
                Some(name) => {
                    let name = std::str::from_utf8(name).ok()?;
                    check_annotator(name).ok()?;
                    Some(SmolStr::from(name))
                }
                None if rest.is_empty() => None,
                None => return None,
            };
            Some(OtherSidecar {
                annotator,
                path: entry.path(),
            })
        })
        .collect();
    found.sort();
    found
}
