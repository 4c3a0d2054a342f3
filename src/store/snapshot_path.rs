//! Where annotated texts are kept: in a folder beside their articles, each under the hash of its words.

use std::fs;
use std::path::{Path, PathBuf};

use super::WriteError;
use super::confine::confine_file;
use super::replacement::folder_of;

/// Folders below the article's. The dot keeps them out of lists of articles.
pub(super) const FOLDER: [&str; 2] = [OUR_FOLDER, "text"];

/// What is ours in a folder of articles is in a folder of this name.
pub(super) const OUR_FOLDER: &str = ".pullquote";

/// Where the texts of articles in a folder are kept.
pub(super) fn snapshot_folder(folder: &Path) -> PathBuf {
    FOLDER
        .iter()
        .fold(folder.to_owned(), |path, part| path.join(part))
}

/// Where the text with this hash is kept; `None` where that is no hash.
pub(super) fn snapshot_path(article: &Path, sha256: &str) -> Option<PathBuf> {
    let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if sha256.len() != 64 || !sha256.bytes().all(digit) {
        return None;
    }
    Some(snapshot_folder(article.parent()?).join(format!("{sha256}.txt")))
}

/// Refuses a place for a kept text that links lead out of the article's folder.
pub(super) fn confine_kept(article: &Path, path: &Path) -> Result<(), WriteError> {
    let root = folder_of(article);
    let failed = |error| WriteError::failed(root, error);
    let real = fs::canonicalize(root).map_err(failed)?;
    confine_file(&real, path)
}
