use std::path::PathBuf;

use super::DocumentFiles;
use crate::model::Document;
use crate::store::{ArticleText, WriteError};

/// What to save, and where. Cheap to clone a document for; may run on any thread.
#[derive(Debug, Clone)]
pub struct SaveRequest {
    /// The document.
    pub document: Document,
    /// Where it goes.
    pub files: DocumentFiles,
    /// Whether to keep a copy of the sidecar as it is: on the first save after opening.
    pub backup_first: bool,
    /// Whether to write over what another program has written in the meantime, once a copy of that
    /// is set aside. Only if a person has asked for it.
    pub replace: bool,
}

/// Why the work was not saved. The sidecar on disk is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The sidecar is from a newer version, or could not be read.
    #[error("{} must not be overwritten; move it away and save again", .0.display())]
    ReadOnly(PathBuf),
    /// The article is not there: perhaps the disk is gone, and what is in its place now is another.
    #[error(
        "{}: the article is no longer there, perhaps because its disk is not connected. Your work \
         is kept and will be saved when the article is back",
        .0.display()
    )]
    ArticleGone(PathBuf),
    /// The sidecar does not match the document: it would lose work.
    #[error(
        "{} was not written: reading it back gives something else ({reason}). Your work is still \
         open. Export it, and please report this",
        path.display()
    )]
    WouldLose {
        /// The sidecar.
        path: PathBuf,
        /// What differs, in words.
        reason: String,
    },
    /// What is on disk may be lost: it is damaged or someone else's, and no copy can be set aside.
    #[error(
        "{} was not overwritten, because no copy of it could be saved ({reason}); move it \
         elsewhere, then save again",
        path.display()
    )]
    NoCopy {
        /// The sidecar.
        path: PathBuf,
        /// Why there is no copy, in words.
        reason: String,
    },
    /// The text was edited here and the article elsewhere.
    #[error(
        "{}: another program has changed the article since it was opened, so your edited text was \
         not written. Restore the article and save again, or undo your edits and open the article \
         again",
        .0.display()
    )]
    ArticleChanged(PathBuf),
    /// The edited text cannot be written so that it reads back as it is.
    #[error("{}: the edited text cannot be written: {reason}", path.display())]
    CannotWriteText {
        /// The article.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// The article holds the edited text now, the sidecar is still about the one before.
    #[error(
        "{error}. The article itself was saved; the tags will be saved when the sidecar can \
             be written"
    )]
    HalfWay {
        /// The article as it is on disk now.
        article: Box<ArticleText>,
        /// Why the sidecar was not written.
        error: WriteError,
    },
    /// Writing failed, or someone else has written the file.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl SaveError {
    /// Whether another program has written the file since it was read, so that replacing it is a
    /// question to a person.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Write(WriteError::Changed { .. })
                | Self::HalfWay {
                    error: WriteError::Changed { .. },
                    ..
                }
        )
    }

    /// The article as it is on disk now, where it was written before this happened.
    #[must_use]
    pub fn article_written(&self) -> Option<&ArticleText> {
        match self {
            Self::HalfWay { article, .. } => Some(article),
            Self::ReadOnly(_)
            | Self::ArticleGone(_)
            | Self::WouldLose { .. }
            | Self::NoCopy { .. }
            | Self::ArticleChanged(_)
            | Self::CannotWriteText { .. }
            | Self::Write(_) => None,
        }
    }
}
