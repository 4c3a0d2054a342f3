use std::path::{Path, PathBuf};

use super::FileProblem;
use super::problem_list::ProblemList;
use crate::format::article_facts::{self, FactsMergeError};
use crate::format::sidecar::merge::{MergeError, merge};
use crate::store::sidecar_file::{self, LoadedSidecar, is_facts_path};
use crate::store::{Access, ReadError, WriteError, atomic_write};

/// Which sidecars, or files of facts, to make one of.
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
    /// The name of the file in messages; `None`: as it is written.
    pub name: Option<PathBuf>,
}

/// The result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeFilesReport {
    /// The file that holds the result.
    pub written: PathBuf,
    /// The versions that are damaged: something of them may be missing in the result.
    pub damaged: Vec<FileProblem>,
    /// Where someone has to decide or to look; of each kind so many ([`super::MOST_OF_A_KIND`]), and
    /// then how many more.
    pub clashes: Vec<FileProblem>,
}

/// Why nothing was merged. No file has changed.
#[derive(Debug, thiserror::Error)]
pub enum MergeFilesError {
    /// One of them cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The version before is not there; to take it for empty would bring back what both sides deleted.
    #[error(
        "{}: there is no such file; where the two have no common version, name an empty file",
        .0.display()
    )]
    NoBase(PathBuf),
    /// They cannot be made one.
    #[error("{}: {error}", path.display())]
    Merge {
        /// The file it is about.
        path: PathBuf,
        /// Why.
        error: MergeError,
    },
    /// They hold facts of an article and cannot be made one.
    #[error("{}: {error}", path.display())]
    MergeFacts {
        /// The file it is about.
        path: PathBuf,
        /// Why.
        error: FactsMergeError,
    },
    /// The result cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Merges two files, sidecars by record and field, facts of an article fact by fact, and writes the
/// result completely or not at all.
///
/// # Errors
/// [`MergeFilesError`], in words.
pub fn merge_files(request: &MergeFilesRequest) -> Result<MergeFilesReport, MergeFilesError> {
    let base = match sidecar_file::load(&request.base)? {
        None => return Err(MergeFilesError::NoBase(request.base.clone())),
        base => base,
    };
    let base = base.filter(|loaded| !loaded.bytes.trim_ascii().is_empty());
    let ours = required(&request.ours)?;
    let theirs = required(&request.theirs)?;
    let base = base.as_ref().map(|loaded| loaded.bytes.as_slice());
    let name = request.name.as_ref().unwrap_or(&request.ours);
    let merged = if is_facts(name, base, &ours.bytes, &theirs.bytes) {
        merge_facts(name, base, &ours.bytes, &theirs.bytes)
    } else {
        merge_sidecars(name, base, &ours.bytes, &theirs.bytes)
    };
    let Merged {
        text,
        clashes,
        damaged,
    } = merged?;
    let (written, expected) = match &request.output {
        Some(output) => (output, None),
        None => (&request.ours, Some(&ours.fingerprint)),
    };
    if request.output.is_some() || ours.bytes != text.as_bytes() {
        atomic_write(
            written,
            text.as_bytes(),
            expected,
            Access::Like(&request.ours),
        )?;
    }
    let shown = request.name.as_ref().unwrap_or(written);
    Ok(MergeFilesReport {
        written: written.clone(),
        damaged: damaged
            .into_iter()
            .map(|side| FileProblem::new(shown, damage_words(side)))
            .collect(),
        clashes: ProblemList::some_of(
            clashes
                .into_iter()
                .map(|(line, message)| FileProblem::at(shown, (line, 1), message)),
        ),
    })
}

/// Two files made one.
struct Merged {
    text: String,
    /// Lines of it, from 1, and what is to be decided there.
    clashes: Vec<(usize, String)>,
    /// The sides that are damaged.
    damaged: Vec<&'static str>,
}

fn damage_words(side: &str) -> String {
    format!(
        "{side} is damaged, cut off or has merge marks: every intact line of it was merged, but records \
         may be missing; compare it with an earlier version"
    )
}

/// Whether the files hold the facts of an article. A tool that merges may give them other names.
fn is_facts(name: &Path, base: Option<&[u8]>, ours: &[u8], theirs: &[u8]) -> bool {
    let said = [Some(ours), Some(theirs), base].into_iter().flatten();
    is_facts_path(name) || said.into_iter().any(article_facts::is_facts)
}

fn merge_facts(
    name: &Path,
    base: Option<&[u8]>,
    ours: &[u8],
    theirs: &[u8],
) -> Result<Merged, MergeFilesError> {
    let merged = article_facts::merge(base, ours, theirs);
    let merged = merged.map_err(|error| MergeFilesError::MergeFacts {
        path: name.to_owned(),
        error,
    })?;
    let clashes = merged.clashes.iter();
    Ok(Merged {
        clashes: clashes
            .map(|clash| (clash.line, clash.to_string()))
            .collect(),
        text: merged.text,
        damaged: Vec::new(),
    })
}

fn merge_sidecars(
    name: &Path,
    base: Option<&[u8]>,
    ours: &[u8],
    theirs: &[u8],
) -> Result<Merged, MergeFilesError> {
    let merged = merge(base, ours, theirs);
    let merged = merged.map_err(|error| MergeFilesError::Merge {
        path: name.to_owned(),
        error,
    })?;
    let clashes = merged.clashes.iter();
    Ok(Merged {
        clashes: clashes
            .map(|clash| (clash.line, clash.to_string()))
            .collect(),
        text: merged.text,
        damaged: merged.damaged,
    })
}

fn required(path: &Path) -> Result<LoadedSidecar, ReadError> {
    sidecar_file::load(path)?.ok_or_else(|| ReadError::Missing {
        path: path.to_owned(),
    })
}
