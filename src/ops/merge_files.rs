use std::path::{Path, PathBuf};

use super::FileProblem;
use crate::format::sidecar::merge::{MergeError, Merged, merge};
use crate::store::sidecar_file::{self, LoadedSidecar};
use crate::store::{ReadError, WriteError, atomic_write};

/// Which sidecars to make one of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeFilesRequest {
    /// The version both come from; an empty or missing file where there is none.
    pub base: PathBuf,
    /// Our version.
    pub ours: PathBuf,
    /// Their version.
    pub theirs: PathBuf,
    /// Where to write; `None`: over `ours`.
    pub output: Option<PathBuf>,
    /// What to call the file in messages; `None`: as it is written.
    pub name: Option<PathBuf>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeFilesReport {
    /// The file that holds the result.
    pub written: PathBuf,
    /// Where somebody has to decide or to look.
    pub clashes: Vec<FileProblem>,
}

/// Why nothing was merged. No file has changed.
#[derive(Debug, thiserror::Error)]
pub enum MergeFilesError {
    /// One of them cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// They cannot be made one.
    #[error("{}: {error}", path.display())]
    Merge {
        /// The file it is about.
        path: PathBuf,
        /// Why.
        error: MergeError,
    },
    /// The result cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Makes one sidecar of two, by record and field, and writes it whole or not at all.
///
/// # Errors
/// [`MergeFilesError`], in words.
pub fn merge_files(request: &MergeFilesRequest) -> Result<MergeFilesReport, MergeFilesError> {
    let base = sidecar_file::load(&request.base)?;
    let base = base.filter(|loaded| !loaded.bytes.trim_ascii().is_empty());
    let ours = required(&request.ours)?;
    let theirs = required(&request.theirs)?;
    let base = base.as_ref().map(|loaded| loaded.bytes.as_slice());
    let name = request.name.as_ref().unwrap_or(&request.ours);
    let Merged { text, clashes } =
        merge(base, &ours.bytes, &theirs.bytes).map_err(|error| MergeFilesError::Merge {
            path: name.clone(),
            error,
        })?;
    let (written, expected) = match &request.output {
        Some(output) => (output, None),
        None => (&request.ours, Some(&ours.stamp)),
    };
    if request.output.is_some() || ours.bytes != text.as_bytes() {
        atomic_write(written, text.as_bytes(), expected)?;
    }
    let shown = request.name.as_ref().unwrap_or(written);
    Ok(MergeFilesReport {
        written: written.clone(),
        clashes: clashes
            .into_iter()
            .map(|clash| FileProblem {
                line: clash.line,
                ..FileProblem::new(shown, clash.to_string())
            })
            .collect(),
    })
}

fn required(path: &Path) -> Result<LoadedSidecar, ReadError> {
    sidecar_file::load(path)?.ok_or_else(|| ReadError::Missing {
        path: path.to_owned(),
    })
}
