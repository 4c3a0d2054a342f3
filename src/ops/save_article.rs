use std::path::Path;

use super::{SaveError, SaveRequest};
use crate::store::{
    Access, ArticleText, FileFingerprint, MAX_BYTES, ReadError, WriteError, atomic_write, backup,
    keep_snapshot, read_file,
};

/// An article whose text was edited and is not on disk yet.
pub(super) struct EditedArticle<'a> {
    request: &'a SaveRequest,
    bytes: Vec<u8>,
}

impl<'a> EditedArticle<'a> {
    /// The article of a request; `None` where its text is the one on disk.
    pub(super) fn of(request: &'a SaveRequest) -> Result<Option<Self>, SaveError> {
        let (files, source) = (&request.files, request.document.source());
        if *source == files.on_disk.source {
            return Ok(None);
        }
        let refuse = |reason: String| SaveError::CannotWriteText {
            path: files.article.clone(),
            reason,
        };
        if !files.on_disk.source.decoding().exact {
            let name = source.encoding();
            return Err(refuse(format!(
                "the file cannot be written back in {name} byte for byte"
            )));
        }
        let bytes = source
            .to_bytes()
            .map_err(|error| refuse(error.to_string()))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
            let limit = MAX_BYTES / 1_048_576;
            return Err(refuse(format!("it is larger than the limit of {limit} MB")));
        }
        Ok(Some(Self { request, bytes }))
    }

    /// Puts a copy of the article away and writes the new text in its place. One that holds the new
    /// text already, because only the sidecar was missing, stays as it is.
    pub(super) fn write(self, state: Option<&Path>) -> Result<ArticleText, SaveError> {
        let (files, source) = (&self.request.files, self.request.document.source().clone());
        let path = &files.article;
        let old = match read_file(path) {
            Ok(old) => old,
            Err(ReadError::Missing { .. }) => {
                return Err(SaveError::ArticleChanged(path.clone()));
            }
            Err(error) => return Err(WriteError::from(error).into()),
        };
        let found = FileFingerprint::of(&old);
        if found == FileFingerprint::of(&self.bytes) {
            return Ok(ArticleText {
                source,
                fingerprint: found,
            });
        }
        if found != files.on_disk.fingerprint {
            return Err(SaveError::ArticleChanged(path.clone()));
        }
        let copied = match state {
            Some(state) => backup(path, &old, state).map_err(|error| error.to_string()),
            None => Err("there is no folder for copies; set PULLQUOTE_STATE_DIR to one".to_owned()),
        };
        copied.map_err(|reason| SaveError::NoCopy {
            path: path.clone(),
            reason,
        })?;
        // Should the sidecar not follow: its tags find their way from the old text to the new.
        if let Err(error) = keep_snapshot(path, &files.on_disk.source) {
            log::warn!("the text before the edit is only in its backup: {error}");
        }
        let written = atomic_write(path, &self.bytes, Some(&found), Access::Private);
        let fingerprint = written.map_err(|error| match error {
            WriteError::Changed { path } => SaveError::ArticleChanged(path),
            error => error.into(),
        })?;
        Ok(ArticleText {
            source,
            fingerprint,
        })
    }
}
