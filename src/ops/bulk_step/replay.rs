use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::step_folder::StepFolder;
use super::{BulkStepError, note_versions};
use crate::store::{
    BatchError, FileBatch, FileFingerprint, FinishedBatches, RecordedStep, StepFile, StepKind,
    StepSide, finish_batches, recorded_steps, unfinished_batches,
};

/// Whether a step is taken back or done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Taken back.
    Undo,
    /// Done again.
    Redo,
}

/// The steps over articles of a folder that can be taken back and done again now.
#[derive(Debug, Clone, Default)]
pub struct BulkSteps {
    /// The latest one that was not taken back.
    pub undo: Option<RecordedStep>,
    /// The one that was taken back last.
    pub redo: Option<RecordedStep>,
}

/// The steps that can be taken back and done again in a folder, also those from before a restart.
#[must_use]
pub fn bulk_steps(root: &Path, state: &Path) -> BulkSteps {
    let mut steps = BulkSteps::default();
    for step in recorded_steps(state, StepKind::Tags, root) {
        if !step.is_undone() {
            steps.undo = Some(step);
            steps.redo = None;
        } else if steps.redo.is_none() {
            steps.redo = Some(step);
        }
    }
    steps
}

/// Where steps over the articles of a folder have put files together: the folder itself, and those above it with a schema
/// that such a step of this person has changed. What a step has left that was cut short is in one of them.
#[must_use]
pub fn folders_of_steps(root: &Path, state: Option<&Path>) -> BTreeSet<PathBuf> {
    let steps = state.map(|state| recorded_steps(state, StepKind::Tags, root));
    let folders = steps.into_iter().flatten().map(|step| {
        let folder = StepFolder::holding(root, step.files().iter().map(StepFile::path));
        folder.path().to_owned()
    });
    folders.chain([root.to_owned()]).collect()
}

/// Finishes, or clears away, what steps over the articles in `root` and imports into it have left that were cut short:
/// what became of it, folder by folder.
pub fn finish_cut_short(
    root: &Path,
    state: Option<&Path>,
) -> impl Iterator<Item = Result<FinishedBatches, BatchError>> {
    let now = SystemTime::now();
    let folders = folders_of_steps(root, state).into_iter();
    let unfinished = folders.filter(move |folder| !unfinished_batches(folder, now).is_empty());
    unfinished.map(move |folder| finish_batches(&folder, now))
}

/// Takes a step over several articles back, or does it again: every sidecar, to the byte, or none where one
/// has changed since. Returns the sidecars as they are now.
///
/// # Errors
/// [`BulkStepError`]: nothing has changed.
pub fn replay_bulk_step(
    step: &mut RecordedStep,
    direction: Direction,
    root: &Path,
    state: &Path,
) -> Result<Vec<(PathBuf, FileFingerprint)>, BulkStepError> {
    let written = put_back(step, direction, root)?;
    note_versions(&written, state);
    Ok(written)
}

/// Takes the files of a step back, or does it again: each to the byte, or none where one has changed since.
/// Returns those that were changed, as they are now.
pub(in crate::ops) fn put_back(
    step: &mut RecordedStep,
    direction: Direction,
    root: &Path,
) -> Result<Vec<(PathBuf, FileFingerprint)>, BulkStepError> {
    let (from, to) = match direction {
        Direction::Undo => (StepSide::After, StepSide::Before),
        Direction::Redo => (StepSide::Before, StepSide::After),
    };
    let folder = StepFolder::holding(root, step.files().iter().map(StepFile::path));
    let mut found = Vec::new();
    for file in step.files() {
        let path = folder.join(file.path());
        let now = FileFingerprint::of_file(&path)?;
        found.push((path, now));
    }
    let files = || step.files().iter().zip(&found);
    // Where a crash came between the files and the note.
    let is_done = files().all(|(file, (_, now))| file.is(to, now));
    let mut written = Vec::new();
    if !is_done {
        let changed: Vec<(PathBuf, String)> = files()
            .filter(|(file, (_, now))| !file.is(from, now) && !file.is(to, now))
            .map(|(_, (path, _))| (path.clone(), "it has changed since".to_owned()))
            .collect();
        if !changed.is_empty() {
            return Err(BulkStepError::Refused(changed));
        }
        let mut batch = FileBatch::begin(folder.path())?;
        let left = |file: &StepFile, now| file.changes() && !file.is(to, now);
        for (file, (path, now)) in files().filter(|(file, (_, now))| left(file, now)) {
            let below = folder.below(file.path());
            let fingerprint = match (step.contents(file, to)?, now) {
                (Some(bytes), FileFingerprint::Absent) => {
                    batch.add(&below, &bytes, Some(&folder.below(file.article())))?
                }
                (Some(bytes), FileFingerprint::Present { .. }) => {
                    batch.replace(&below, &bytes, now)?
                }
                (None, FileFingerprint::Absent) => FileFingerprint::Absent,
                (None, FileFingerprint::Present { .. }) => {
                    batch.remove(&below, now)?;
                    FileFingerprint::Absent
                }
            };
            written.push((path.clone(), fingerprint));
        }
        batch.finish()?;
    }
    if let Err(error) = step.note_undone(direction == Direction::Undo) {
        // The files say it, too.
        log::warn!("{error}");
    }
    Ok(written)
}
