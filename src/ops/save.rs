use std::path::{Path, PathBuf};

use super::save_article::EditedArticle;
use super::{SaveError, SaveReport, SaveRequest};
use crate::format::sidecar;
use crate::model::{Document, DocumentState};
use crate::store::{
    Access, FileFingerprint, WriteError, atomic_write, backup, confine_beside, exists,
    keep_snapshot, private_state_dir, replaceable, sidecar_file,
};

/// Writes the sidecar, completely or not at all; before it the article, if its text was edited.
/// Writes nothing if nothing would change, or if there is nothing to save.
///
/// # Errors
/// [`SaveError`]; the sidecar on disk is as it was. The article may be written already; saving again
/// then writes the sidecar alone.
pub fn save(request: &SaveRequest) -> Result<SaveReport, SaveError> {
    save_in(request, private_state_dir().as_deref())
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
    if !exists(&files.article) {
        return Err(SaveError::ArticleGone(files.article.clone()));
    }
    // Somebody may have put a link there since.
    confine_beside(&files.article, path).map_err(WriteError::from)?;
    let edited = EditedArticle::of(request)?;
    let found = FileFingerprint::of_file(path).map_err(WriteError::from)?;
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
            copy: None,
            text_not_kept: None,
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
            copy: None,
            text_not_kept: keep_text(request),
        });
    }
    sidecar::confirm(&text, document).map_err(|reason| SaveError::WouldLose {
        path: path.clone(),
        reason,
    })?;
    let copy = if *backup_first || *replace {
        // Read only now: not in memory while the new text is checked.
        let on_disk = sidecar_file::load(path).map_err(WriteError::from)?;
        match on_disk {
            Some(on_disk) => back_up(request, &on_disk.bytes, state)?,
            None => None,
        }
    } else {
        None
    };
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
            copy,
            text_not_kept: None,
        });
    }
    announce(&fingerprint);
    let written = atomic_write(
        path,
        text.as_bytes(),
        Some(&expected),
        Access::Like(&files.article),
    );
    let fingerprint = written.map_err(|error| match &article {
        Some(article) => SaveError::HalfWay {
            article: Box::new(article.clone()),
            error,
        },
        None => error.into(),
    })?;
    Ok(SaveReport {
        fingerprint,
        article,
        bytes: text.len(),
        unchanged: false,
        copy,
        text_not_kept: keep_text(request),
    })
}

/// Keeps the annotated text beside the article, or says why not. Without it tags are still found
/// where their words are once.
fn keep_text(request: &SaveRequest) -> Option<String> {
    let kept = keep_snapshot(&request.files.article, request.document.source());
    kept.err().map(|error| error.to_string())
}

/// Keeps a copy of the sidecar as it is. What is damaged or someone else's is not written over
/// without.
fn back_up(
    request: &SaveRequest,
    bytes: &[u8],
    state: Option<&Path>,
) -> Result<Option<PathBuf>, SaveError> {
    let path = &request.files.sidecar;
    let copied = match state {
        Some(state) => backup(path, bytes, state).map_err(|error| error.to_string()),
        None => Err("there is no folder for copies; set PULLQUOTE_STATE_DIR to one".to_owned()),
    };
    let reason = match copied {
        Ok(copy) => return Ok(Some(copy)),
        Err(reason) => reason,
    };
    let on_disk = sidecar::read_bytes(bytes, request.document.source());
    if !request.replace && on_disk.is_ok_and(|contents| !contents.salvaged) {
        log::warn!("{}: no copy was kept: {reason}", path.display());
        return Ok(None);
    }
    Err(SaveError::NoCopy {
        path: path.clone(),
        reason,
    })
}

/// Whether a document needs no sidecar.
pub(super) fn says_nothing(document: &Document) -> bool {
    let set = document.set();
    set.annotation_count() == 0
        && set.link_count() == 0
        && set.person_count() == 0
        && set.peer_reviews().next().is_none()
        && set.decisions().next().is_none()
        && document.unread().is_empty()
        && document.meta().state == DocumentState::New
        && document.meta().unknown.is_empty()
}
