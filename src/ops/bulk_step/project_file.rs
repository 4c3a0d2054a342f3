use std::path::Path;

use super::BulkStepError;
use crate::store::{FileBatch, FileFingerprint, StepRecorder};

/// A file of the project that a step changes together with tags, such as the schema.
#[derive(Debug, Clone, Copy)]
pub(in crate::ops) struct ProjectFile<'a> {
    /// In the folder of the step, or in one above it.
    pub(in crate::ops) path: &'a Path,
    /// What it holds; `None`: it is not there yet.
    pub(in crate::ops) before: Option<&'a str>,
    /// What it is to hold.
    pub(in crate::ops) after: &'a str,
}

impl ProjectFile<'_> {
    /// Makes it part of a step: `named` from the folder of the step, and `below` that of the batch.
    pub(super) fn add_to(
        &self,
        named: &str,
        below: &Path,
        recorder: &mut StepRecorder,
        batch: &mut FileBatch,
    ) -> Result<FileFingerprint, BulkStepError> {
        let (before, after) = (self.before.map(str::as_bytes), self.after.as_bytes());
        recorder.add(named, named, before, Some(after))?;
        Ok(match before {
            Some(before) => batch.replace(below, after, &FileFingerprint::of(before))?,
            None => batch.add(below, after, None)?,
        })
    }
}
