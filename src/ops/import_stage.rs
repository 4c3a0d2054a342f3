//! The files of an import on their way to the disk.

use std::path::{Path, PathBuf};

use super::article_update::ArticleUpdate;
use super::import_undo::ImportUndo;
use super::save::says_nothing;
use super::{FileProblem, ImportError, ImportReport, ImportRequest};
use crate::format::{article_facts, sidecar};
use crate::model::{ArticleFacts, Document};
use crate::store::sidecar_file::{ReservedName, facts_path, other_annotators, sidecar_path};
use crate::store::{FileBatch, FileFingerprint, MAX_FACTS_BYTES, read_file};
use crate::text::{Decoding, SourceText};

/// Writes articles and sidecars as they come to where they wait for [`Self::finish`]. Dropped before,
/// nothing of them stays.
pub(super) struct Stage<'a> {
    request: &'a ImportRequest,
    into: &'a Path,
    /// Nothing is written any more.
    given_up: bool,
    batch: Option<FileBatch>,
    failed: Option<ImportError>,
    undo: ImportUndo,
    replaced: Vec<PathBuf>,
    kept: Vec<PathBuf>,
    /// How many documents need no sidecar and have their text there.
    unchanged: usize,
}

impl<'a> Stage<'a> {
    pub(super) fn new(request: &'a ImportRequest) -> Self {
        Self {
            request,
            into: &request.into,
            given_up: request.dry_run,
            batch: None,
            failed: None,
            undo: ImportUndo::default(),
            replaced: Vec::new(),
            kept: Vec::new(),
            unchanged: 0,
        }
    }

    pub(super) fn has_given_up(&self) -> bool {
        self.given_up
    }

    /// Nothing is imported.
    pub(super) fn give_up(&mut self) {
        self.given_up = true;
        self.batch = None;
        self.undo = ImportUndo::default();
    }

    pub(super) fn add_text(&mut self, path: &Path, source: &SourceText) {
        let added = |stage: &mut Self| {
            let bytes = Decoding::UTF_8.encode(source.as_str());
            let bytes = bytes.map_err(|error| ImportError::CannotWrite {
                path: path.to_owned(),
                reason: error.to_string(),
            })?;
            let below = stage.below(path);
            let added = stage.batch()?.add(&below, &bytes, None)?;
            stage.undo.note(&below, &below, None, &added);
            Ok(())
        };
        self.attempt(added);
    }

    /// Adds the facts of an article that has none.
    pub(super) fn add_facts(&mut self, path: &Path, facts: &ArticleFacts) {
        let added = |stage: &mut Self| {
            let to = facts_path(path);
            let bytes = facts_bytes(&to, facts)?;
            let (below, article) = (stage.below(&to), stage.below(path));
            let added = stage.batch()?.add(&below, &bytes, Some(&article))?;
            stage.undo.note(&below, &article, None, &added);
            Ok(())
        };
        self.attempt(added);
    }

    /// Adds a copy of a file that articles were found in.
    pub(super) fn keep(&mut self, path: &Path, bytes: &[u8]) {
        let added = |stage: &mut Self| {
            let below = stage.below(path);
            let added = stage.batch()?.add(&below, bytes, None)?;
            stage.undo.note(&below, &below, None, &added);
            stage.kept.push(path.to_owned());
            Ok(())
        };
        self.attempt(added);
    }

    /// Puts a newer version of an article in the place of the one that is there, which is kept, so that tags
    /// find their words again.
    pub(super) fn update(&mut self, update: &ArticleUpdate) {
        let added = |stage: &mut Self| {
            let article = stage.below(&update.article);
            stage.batch()?.add_snapshot(&article, &update.old.source)?;
            let text = update.new.as_str().as_bytes();
            stage.replace(&update.article, &article, text, &update.old.fingerprint)?;
            stage.watch_tags(&update.article, &article)?;
            let facts = &update.loaded;
            let bytes = facts_bytes(&facts.path, &update.facts)?;
            match facts.fingerprint {
                FileFingerprint::Absent => {
                    let below = stage.below(&facts.path);
                    let added = stage.batch()?.add(&below, &bytes, Some(&article))?;
                    stage.undo.note(&below, &article, None, &added);
                }
                FileFingerprint::Present { .. } => {
                    stage.replace(&facts.path, &article, &bytes, &facts.fingerprint)?;
                }
            }
            Ok(())
        };
        self.attempt(added);
    }

    fn replace(
        &mut self,
        path: &Path,
        article: &Path,
        bytes: &[u8],
        was: &FileFingerprint,
    ) -> Result<(), ImportError> {
        let before = read_file(path)?;
        let below = self.below(path);
        let replaced = self.batch()?.replace(&below, bytes, was)?;
        self.undo.note(&below, article, Some(&before), &replaced);
        self.replaced.push(path.to_owned());
        Ok(())
    }

    /// Notes the tags of an article: whoever goes on with them on the new text wants to keep that.
    fn watch_tags(&mut self, path: &Path, article: &Path) -> Result<(), ImportError> {
        let own = sidecar_path(path, None);
        let others = other_annotators(path, &own).into_iter();
        let others = others.map(|other| other.path);
        for sidecar in others.chain([own, ReservedName::Curated.path(path)]) {
            let found = FileFingerprint::of_file(&sidecar)?;
            if found != FileFingerprint::Absent {
                let below = self.below(&sidecar);
                self.undo.watch(&below, article, &found);
            }
        }
        Ok(())
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
            let added = batch.add(&below, text.as_bytes(), Some(&article))?;
            batch.add_snapshot(&article, document.source())?;
            stage.undo.note(&below, &article, None, &added);
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
            None => {
                let batch = FileBatch::begin(self.into)?;
                self.undo = ImportUndo::begin(self.request);
                batch
            }
        };
        Ok(self.batch.insert(batch))
    }

    fn below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.into).unwrap_or(path).to_owned()
    }

    /// Moves all files to their places, or none; `files` are in the order of the report.
    pub(super) fn finish(
        mut self,
        files: Vec<WrittenFiles>,
        report: &mut ImportReport,
    ) -> Result<(), ImportError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.batch()?;
        if let Some(batch) = self.batch {
            let (step, reason) = self.undo.finish(self.request, batch)?;
            report.step = step;
            let told = reason.map(|reason| {
                let message = format!("this import cannot be undone: {reason}");
                FileProblem::new(self.into, message)
            });
            report.ignored.extend(told);
        }
        for written in files {
            report.articles.extend(written.article);
            report.sidecars.extend(written.sidecars);
            report.facts.extend(written.facts);
        }
        report.replaced = self.replaced;
        report.kept = self.kept;
        report.unchanged += self.unchanged;
        Ok(())
    }
}

/// The files of facts as bytes, read again to see that nothing is lost.
fn facts_bytes(path: &Path, facts: &ArticleFacts) -> Result<Vec<u8>, ImportError> {
    let text = article_facts::write(facts);
    if u64::try_from(text.len()).is_ok_and(|bytes| bytes > MAX_FACTS_BYTES) {
        return Err(ImportError::CannotWrite {
            path: path.to_owned(),
            reason: format!(
                "what is known about the article has more than {} MB",
                MAX_FACTS_BYTES >> 20
            ),
        });
    }
    let again = article_facts::read(text.as_bytes());
    if again.map(|contents| contents.facts).as_ref() == Ok(facts) {
        return Ok(text.into_bytes());
    }
    Err(ImportError::CannotWrite {
        path: path.to_owned(),
        reason: "what is known about the article reads back as something else".to_owned(),
    })
}

/// What is written of an article.
pub(super) struct WrittenFiles {
    /// `None`: the text is there.
    pub(super) article: Option<PathBuf>,
    pub(super) facts: Option<PathBuf>,
    pub(super) sidecars: Vec<PathBuf>,
}
