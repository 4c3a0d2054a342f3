use std::path::{Path, PathBuf};

use super::DocumentFiles;
use super::save_article::EditedArticle;
use crate::format::sidecar;
use crate::model::{Document, DocumentState};
use crate::store::{
    ArticleText, FileFingerprint, WriteError, atomic_write, backup, keep_snapshot, replaceable,
    sidecar_file, state_dir,
};

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

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveReport {
    /// What the sidecar looks like now; see [`DocumentFiles::note_saved`].
    pub fingerprint: FileFingerprint,
    /// What the article looks like now, where its edited text was written.
    pub article: Option<ArticleText>,
    /// Length of the sidecar in bytes; 0 where there is none.
    pub bytes: usize,
    /// Whether the disk already held exactly this, so that nothing was written.
    pub unchanged: bool,
}

/// Why the work was not saved. The sidecar on disk is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The sidecar is from a newer version, or could not be read.
    #[error("{} must not be overwritten; move it away and save again", .0.display())]
    ReadOnly(PathBuf),
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
            _ => None,
        }
    }
}

/// Writes the sidecar, completely or not at all; before it the article, if its text was edited.
/// Writes nothing if nothing would change, or if there is nothing to save.
///
/// # Errors
/// [`SaveError`]; the sidecar on disk is as it was. The article may be written already; saving again
/// then writes the sidecar alone.
pub fn save(request: &SaveRequest) -> Result<SaveReport, SaveError> {
    save_in(request, state_dir().as_deref())
}

/// [`save`] with the folder that keeps copies of earlier versions.
///
/// # Errors
/// As [`save`].
pub fn save_in(request: &SaveRequest, state: Option<&Path>) -> Result<SaveReport, SaveError> {
    save_announced(request, state, &mut |_| {})
}

/// [`save_in`] that reports what the sidecar is about to become, just before writing it: for
/// [`crate::store::Journal::saving`].
///
/// # Errors
/// As [`save`].
pub fn save_announced(
    request: &SaveRequest,
    state: Option<&Path>,
    announce: &mut dyn FnMut(&FileFingerprint),
) -> Result<SaveReport, SaveError> {
    let SaveRequest {
        document,
        files,
        backup_first,
        replace,
    } = request;
    let path = &files.sidecar;
    if !files.writable {
        return Err(SaveError::ReadOnly(path.clone()));
    }
    let edited = EditedArticle::of(request)?;
    // Kept in memory only if a copy of it is needed.
    let on_disk = if *backup_first || *replace {
        sidecar_file::load(path).map_err(WriteError::from)?
    } else {
        None
    };
    let found = match &on_disk {
        Some(loaded) => loaded.fingerprint,
        None => FileFingerprint::of_file(path).map_err(WriteError::from)?,
    };
    if edited.is_none()
        && found == FileFingerprint::Absent
        && says_nothing(document)
        && files.fingerprint == FileFingerprint::Absent
    {
        return Ok(SaveReport {
            fingerprint: FileFingerprint::Absent,
            article: None,
            bytes: 0,
            unchanged: true,
        });
    }
    let name = files.article.file_name().unwrap_or_default();
    let text = sidecar::write(document, &name.to_string_lossy());
    let fingerprint = FileFingerprint::of(text.as_bytes());
    if edited.is_none() && found == fingerprint {
        return Ok(SaveReport {
            fingerprint,
            article: None,
            bytes: text.len(),
            unchanged: true,
        });
    }
    sidecar::confirm(&text, document).map_err(|reason| SaveError::WouldLose {
        path: path.clone(),
        reason,
    })?;
    if let Some(loaded) = on_disk {
        back_up(request, &loaded.bytes, state)?;
    }
    let expected = if *replace { found } else { files.fingerprint };
    let article = match edited {
        // Neither file is written where one of them cannot be.
        Some(_) if found != expected => {
            return Err(WriteError::Changed { path: path.clone() }.into());
        }
        Some(edited) => {
            replaceable(path)?;
            Some(edited.write(state)?)
        }
        None => None,
    };
    if article.is_some() && says_nothing(document) && found == FileFingerprint::Absent {
        return Ok(SaveReport {
            fingerprint: found,
            article,
            bytes: 0,
            unchanged: false,
        });
    }
    announce(&fingerprint);
    let written = atomic_write(path, text.as_bytes(), Some(&expected));
    let fingerprint = written.map_err(|error| match &article {
        Some(article) => SaveError::HalfWay {
            article: Box::new(article.clone()),
            error,
        },
        None => error.into(),
    })?;
    // Without it tags are still found where their words are once.
    if let Err(error) = keep_snapshot(&files.article, document.source()) {
        log::warn!("the annotated text is not kept: {error}");
    }
    Ok(SaveReport {
        fingerprint,
        article,
        bytes: text.len(),
        unchanged: false,
    })
}

/// Keeps a copy of the sidecar as it is. What is damaged or someone else's is not written over
/// without.
fn back_up(request: &SaveRequest, bytes: &[u8], state: Option<&Path>) -> Result<(), SaveError> {
    let path = &request.files.sidecar;
    let copied = match state {
        Some(state) => backup(path, bytes, state).map_err(|error| error.to_string()),
        None => Err("there is no folder for copies; set PULLQUOTE_STATE_DIR to one".to_owned()),
    };
    let Err(reason) = copied else {
        return Ok(());
    };
    let on_disk = sidecar::read_bytes(bytes, request.document.source());
    if !request.replace && on_disk.is_ok_and(|contents| !contents.salvaged) {
        log::warn!("{}: no copy was kept: {reason}", path.display());
        return Ok(());
    }
    Err(SaveError::NoCopy {
        path: path.clone(),
        reason,
    })
}

fn says_nothing(document: &Document) -> bool {
    let set = document.set();
    set.annotation_count() == 0
        && set.link_count() == 0
        && set.person_count() == 0
        && document.unread().is_empty()
        && document.meta().state == DocumentState::New
        && document.meta().unknown.is_empty()
}
