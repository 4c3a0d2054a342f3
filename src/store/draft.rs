//! Words that were typed into a dialog when the session ended or the window was killed: kept for the next
//! start.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::private_ron::write_private;
use super::state_dir::folder_for;
use super::{ReadError, WriteError, disk, exists, read_text};
use crate::format::sidecar::ron_reason;

/// What was typed, and where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The article it is about; empty where it is about none.
    pub article: String,
    /// The title of the dialog.
    pub dialog: String,
    /// The words.
    pub text: String,
    /// The tag they are about, if any.
    pub tag: String,
    /// The annotator whose tag that is, or who has said something about it, where that is somebody else.
    pub of: String,
    /// Where in the article the words they replace start, in bytes.
    pub start: u32,
    /// The words they replace.
    pub before: String,
}

pub(super) const FOLDER: &str = "drafts";

pub(super) fn file(state: &Path, article: &str) -> PathBuf {
    if article.is_empty() {
        return state.join(FOLDER).join("window.ron");
    }
    let mut path = folder_for(state, FOLDER, Path::new(article)).into_os_string();
    path.push(".ron");
    path.into()
}

/// What a file of drafts holds; nothing where it is not there.
pub(super) fn load(path: &Path) -> Result<Vec<Draft>, ReadError> {
    if !exists(path) {
        return Ok(Vec::new());
    }
    let text = read_text(path)?;
    ron::from_str(&text).map_err(|error| ReadError::Unreadable {
        path: path.to_owned(),
        error: io::Error::new(
            io::ErrorKind::InvalidData,
            format!(
                "line {}: {}",
                error.span.start.line,
                ron_reason(&error.code)
            ),
        ),
    })
}

/// Keeps one more. For you alone, replaced completely or not at all.
///
/// # Errors
/// [`WriteError`] where the state folder cannot be written, or what is kept there cannot be read.
pub fn keep_draft(state: &Path, draft: &Draft) -> Result<(), WriteError> {
    let path = file(state, &draft.article);
    let mut all = load(&path)?;
    if !all.contains(draft) {
        all.push(draft.clone());
    }
    write_private(&path, &all)
}

/// Forgets one.
///
/// # Errors
/// [`WriteError`] where the state folder cannot be written, or what is kept there cannot be read.
pub fn forget_draft(state: &Path, draft: &Draft) -> Result<(), WriteError> {
    let path = file(state, &draft.article);
    let mut all = load(&path)?;
    all.retain(|kept| kept != draft);
    if all.is_empty() {
        return match disk::remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(WriteError::failed(&path, error))
            }
            Ok(()) | Err(_) => Ok(()),
        };
    }
    write_private(&path, &all)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{all_drafts, load_drafts};
    use super::*;

    #[test]
    fn drafts_are_kept_by_article_until_they_are_forgotten() {
        let state = tempfile::tempdir().unwrap();
        let draft = |article: &str, text: &str| Draft {
            article: article.to_owned(),
            dialog: "Who said it?".to_owned(),
            text: text.to_owned(),
            ..Draft::default()
        };
        let [a, b, none] = [
            draft("/c/a.txt", "Anna"),
            draft("/c/a.txt", "B\n\"b\""),
            draft("", "x"),
        ];
        for draft in [&a, &b, &none, &a] {
            keep_draft(state.path(), draft).unwrap();
        }
        assert_eq!(
            load_drafts(state.path(), "/c/a.txt").unwrap(),
            [a.clone(), b.clone()]
        );
        assert_eq!(load_drafts(state.path(), "/c/b.txt").unwrap(), []);
        assert_eq!(all_drafts(state.path()).len(), 3);
        for draft in [&a, &b, &none] {
            forget_draft(state.path(), draft).unwrap();
        }
        assert!(all_drafts(state.path()).is_empty());
        fs::write(file(state.path(), ""), "[(").unwrap();
        assert!(load_drafts(state.path(), "").is_err(), "damaged");
        assert!(
            keep_draft(state.path(), &none).is_err(),
            "nothing is written over it"
        );
    }
}
