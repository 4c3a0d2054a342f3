//! What is kept of an import so that it can be taken back.

use std::path::Path;

use jiff::Timestamp;

use super::import_names::portable;
use super::{ImportInput, ImportRequest};
use crate::store::{
    BatchError, FileBatch, FileFingerprint, RecordedStep, StepKind, StepRecorder, WriteError,
    canonical_folder,
};
use crate::text::wording::short_list;

/// Records the files of an import. An import that cannot be taken back is one all the same: then it says why.
#[derive(Debug, Default)]
pub(super) struct ImportUndo {
    recorder: Option<StepRecorder>,
    failed: Option<WriteError>,
}

/// So many names of files are in the words for an import.
const MOST_NAMES: usize = 3;

impl ImportUndo {
    pub(super) fn begin(request: &ImportRequest) -> Self {
        let mut undo = Self::default();
        let Some(state) = &request.state else {
            return undo;
        };
        let root = canonical_folder(&request.into);
        match StepRecorder::begin(state, StepKind::Import, &root, Timestamp::now()) {
            Ok(recorder) => undo.recorder = Some(recorder),
            Err(error) => undo.failed = Some(error),
        }
        undo
    }

    /// Notes a file that is written; `before`: what was there. The paths are below the folder.
    pub(super) fn note(
        &mut self,
        path: &Path,
        article: &Path,
        before: Option<&[u8]>,
        after: &FileFingerprint,
    ) {
        let (path, article) = (portable(path), portable(article));
        self.record(|recorder| recorder.note(&path, &article, before, after));
    }

    /// Notes a file that is to be as it is when the import is taken back.
    pub(super) fn watch(&mut self, path: &Path, article: &Path, found: &FileFingerprint) {
        let (path, article) = (portable(path), portable(article));
        self.record(|recorder| {
            recorder.watch(&path, &article, found);
            Ok(())
        });
    }

    fn record(&mut self, record: impl FnOnce(&mut StepRecorder) -> Result<(), WriteError>) {
        if let Some(recorder) = &mut self.recorder
            && let Err(error) = record(recorder)
        {
            self.recorder = None;
            self.failed = Some(error);
        }
    }

    /// Puts the files in their places, and keeps what takes them back; or says why that cannot be.
    pub(super) fn finish(
        self,
        request: &ImportRequest,
        batch: FileBatch,
    ) -> Result<(Option<RecordedStep>, Option<WriteError>), BatchError> {
        let label = label(request);
        let recorder = self.recorder.filter(StepRecorder::has_files);
        let (step, failed) = match recorder.map(|recorder| recorder.keep(&label)) {
            Some(Ok(step)) => (Some(step), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, self.failed),
        };
        match (batch.finish(), step) {
            (Ok(()), step) => Ok((step, failed)),
            (Err(error @ BatchError::Nothing(_)), Some(step)) => {
                step.forget();
                Err(error)
            }
            (Err(error), _) => Err(error),
        }
    }
}

/// "import of press.docx and notes.rtf", as it is called when it is taken back.
fn label(request: &ImportRequest) -> String {
    let name = |input: &ImportInput| match input {
        ImportInput::File(path) => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        }
        ImportInput::Bytes(name, _) => name.clone(),
    };
    let names = short_list(request.inputs.iter().map(name), MOST_NAMES);
    format!("import of {names}")
}
