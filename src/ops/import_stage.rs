//! The files of an import on their way to the disk.

use std::path::{Path, PathBuf};

use super::save::says_nothing;
use super::{ImportError, ImportReport};
use crate::format::sidecar;
use crate::model::Document;
use crate::store::FileBatch;
use crate::text::{Decoding, SourceText};

/// Writes articles and sidecars as they come to where they wait for [`Self::finish`]. Dropped before,
/// nothing of them stays.
pub(super) struct Stage<'a> {
    into: &'a Path,
    /// Nothing is written any more.
    given_up: bool,
    batch: Option<FileBatch>,
    failed: Option<ImportError>,
    /// How many documents need no sidecar and have their text there.
    unchanged: usize,
}

impl<'a> Stage<'a> {
    pub(super) fn new(into: &'a Path, dry_run: bool) -> Self {
        Self {
            into,
            given_up: dry_run,
            batch: None,
            failed: None,
            unchanged: 0,
        }
    }

    /// Nothing is imported.
    pub(super) fn give_up(&mut self) {
        self.given_up = true;
        self.batch = None;
    }

    pub(super) fn add_text(&mut self, path: &Path, source: &SourceText) {
        let added = |stage: &mut Self| {
            let bytes = Decoding::UTF_8.encode(source.as_str());
            let bytes = bytes.map_err(|error| ImportError::CannotWrite {
                path: path.to_owned(),
                reason: error.to_string(),
            })?;
            let below = stage.below(path);
            stage.batch()?.add(&below, &bytes, None)?;
            Ok(())
        };
        self.attempt(added);
    }

    /// Adds the sidecar of an article; `false` where it needs none.
    pub(super) fn add_sidecar(
        &mut self,
        path: &Path,
        sidecar: &Path,
        document: &Document,
        text_is_new: bool,
    ) -> bool {
        if says_nothing(document) {
            self.unchanged += usize::from(!text_is_new);
            return false;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let added = |stage: &mut Self| {
            let text = sidecar::write(document, &name);
            sidecar::confirm(&text, document).map_err(|reason| ImportError::CannotWrite {
                path: sidecar.to_owned(),
                reason,
            })?;
            let (below, article) = (stage.below(sidecar), stage.below(path));
            let batch = stage.batch()?;
            batch.add(&below, text.as_bytes(), Some(&article))?;
            batch.add_snapshot(&article, document.source())?;
            Ok(())
        };
        self.attempt(added);
        true
    }

    /// Does something unless it is in vain.
    fn attempt(&mut self, attempt: impl FnOnce(&mut Self) -> Result<(), ImportError>) {
        if self.given_up || self.failed.is_some() {
            return;
        }
        self.failed = attempt(self).err();
    }

    fn batch(&mut self) -> Result<&mut FileBatch, ImportError> {
        let batch = match self.batch.take() {
            Some(batch) => batch,
            None => FileBatch::begin(self.into)?,
        };
        Ok(self.batch.insert(batch))
    }

    fn below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.into).unwrap_or(path).to_owned()
    }

    /// Moves all files to their places, or none; `files` are the articles and their sidecars in the order
    /// of the report.
    pub(super) fn finish(
        mut self,
        files: Vec<(Option<PathBuf>, Vec<PathBuf>)>,
        report: &mut ImportReport,
    ) -> Result<(), ImportError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.batch()?;
        let mut written = Vec::new();
        for path in files
            .iter()
            .flat_map(|(path, sidecars)| path.iter().chain(sidecars))
        {
            let fingerprint = self
                .batch
                .as_ref()
                .and_then(|batch| batch.added(&self.below(path)));
            written.extend(fingerprint.map(|fingerprint| (path.clone(), fingerprint)));
        }
        if let Some(batch) = self.batch {
            batch.finish()?;
        }
        for (article, sidecars) in files {
            report.articles.extend(article);
            report.sidecars.extend(sidecars);
        }
        report.written = written;
        report.unchanged += self.unchanged;
        Ok(())
    }
}
