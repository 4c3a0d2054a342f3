use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::export::UnknownFormat;
use super::import_plan::{Planned, plan};
use super::{DocumentFiles, FileProblem, Progress, SaveError, SaveRequest, save};
use crate::format::{self, FormatError, ImportedDocument, Input};
use crate::model::Document;
use crate::store::sidecar_file::{AnnotatorNameError, check_annotator, sidecar_path};
use crate::store::{ArticleText, ReadError, Stamp, WriteError, read_file, write_article};

/// What to import, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRequest {
    /// The files to read, in order.
    pub inputs: Vec<ImportInput>,
    /// Name of the format, as in [`format::ALL`].
    pub format: String,
    /// The folder the articles go to; made where it is missing.
    pub into: PathBuf,
    /// Whose work all of it becomes; `None`: whose the file says.
    pub annotator: Option<SmolStr>,
}

/// Where documents come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportInput {
    /// A file.
    File(PathBuf),
    /// Bytes that are at hand, such as the standard input, and what to call them.
    Bytes(String, Vec<u8>),
}

/// What an import wrote, or would have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// How many documents were read.
    pub documents: usize,
    /// Articles that were written.
    pub articles: Vec<PathBuf>,
    /// Sidecars that were written.
    pub sidecars: Vec<PathBuf>,
    /// How many documents were there already, the same.
    pub unchanged: usize,
    /// Fields that nothing is known about, by where they first stand; they are not imported.
    pub ignored: Vec<FileProblem>,
    /// Why nothing was written, if anything stands here.
    pub problems: Vec<FileProblem>,
}

/// Why an import could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// One of the files cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No such format.
    #[error(transparent)]
    UnknownFormat(#[from] UnknownFormat),
    /// The annotator's name cannot be part of a file name.
    #[error(transparent)]
    Annotator(#[from] AnnotatorNameError),
    /// The file as a whole is not of the format.
    #[error("{file}: {error}")]
    Format {
        /// The file.
        file: String,
        /// What is wrong.
        error: FormatError,
    },
    /// An article could not be written; what was written before stays, and importing again goes on.
    #[error("{error}. {written} files were written before; import again to go on")]
    Article {
        /// What failed.
        error: WriteError,
        /// How many files were written before.
        written: usize,
    },
    /// A sidecar could not be written; what was written before stays, and importing again goes on.
    #[error("{error}. {written} files were written before; import again to go on")]
    Sidecar {
        /// What failed.
        error: SaveError,
        /// How many files were written before.
        written: usize,
    },
}

/// A document and where it came from.
pub(super) struct Incoming {
    pub(super) read: ImportedDocument,
    pub(super) file: PathBuf,
}

/// Writes each document's text and sidecar into a folder. Everything is checked before anything is
/// written; what is there already and the same is left alone, so importing twice changes nothing;
/// what is there and different is a problem, and then nothing is written.
///
/// # Errors
/// [`ImportError`]. Problems with single documents are in the report.
pub fn import(
    request: &ImportRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<ImportReport, ImportError> {
    let mut report = ImportReport::default();
    let incoming = read_all(request, &mut report)?;
    report.documents = incoming.len();
    let planned = plan(incoming, &request.into, &mut report);
    if !report.problems.is_empty() {
        return Ok(report);
    }
    let total = planned.len();
    for (done, (path, article)) in planned.into_iter().enumerate() {
        progress(Progress { done, total });
        write_out(&path, article, &mut report)?;
    }
    Ok(report)
}

fn read_all(
    request: &ImportRequest,
    report: &mut ImportReport,
) -> Result<Vec<Incoming>, ImportError> {
    let format =
        format::by_name(&request.format).ok_or_else(|| UnknownFormat::new(&request.format))?;
    let info = format.info();
    if let Some(name) = &request.annotator {
        check_annotator(name)?;
    }
    let mut incoming = Vec::new();
    for input in &request.inputs {
        let (file, name, bytes) = match input {
            ImportInput::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                (path.clone(), name.into_owned(), read_file(path)?)
            }
            ImportInput::Bytes(name, bytes) => (name.into(), name.clone(), bytes.clone()),
        };
        let fails = |error| ImportError::Format {
            file: file.display().to_string(),
            error,
        };
        if !info.reads {
            return Err(fails(FormatError::CannotRead(info.name)));
        }
        let beside = |name: &str| read_file(&file.with_file_name(name)).ok();
        let input = Input {
            name: &name,
            bytes: &bytes,
            beside: &beside,
        };
        let imported = format.read(&input).map_err(fails)?;
        let at_line = |line, message| FileProblem {
            line,
            ..FileProblem::new(&file, message)
        };
        let problems = imported.problems.into_iter();
        report
            .problems
            .extend(problems.map(|p| at_line(p.line, p.message)));
        let ignored = imported.ignored.into_iter();
        report.ignored.extend(ignored.map(|p| {
            let words = format!("nothing is known about `{}`; it is not imported", p.message);
            at_line(p.line, words)
        }));
        for mut read in imported.documents {
            if request.annotator.is_some() {
                read.document.meta.annotator.clone_from(&request.annotator);
            }
            let file = file.clone();
            incoming.push(Incoming { read, file });
        }
    }
    Ok(incoming)
}

fn write_out(path: &Path, article: Planned, report: &mut ImportReport) -> Result<(), ImportError> {
    let written = report.articles.len() + report.sidecars.len();
    let mut stamp = article.stamp;
    if article.write_text {
        stamp = write_article(path, &article.source)
            .map_err(|error| ImportError::Article { error, written })?;
        report.articles.push(path.to_owned());
    }
    let source = article.source;
    let sidecars: BTreeMap<Option<SmolStr>, Document> = article.sidecars;
    for (annotator, mut document) in sidecars {
        document.source = source.clone();
        let files = DocumentFiles {
            article: path.to_owned(),
            on_disk: ArticleText {
                source: source.clone(),
                stamp,
            },
            sidecar: sidecar_path(path, annotator.as_deref()),
            stamp: Stamp::Absent,
            writable: true,
        };
        let request = SaveRequest {
            document,
            files,
            backup_first: false,
            replace: false,
        };
        let written = report.articles.len() + report.sidecars.len();
        let saved = save(&request).map_err(|error| ImportError::Sidecar { error, written })?;
        if !saved.unchanged {
            report.sidecars.push(request.files.sidecar);
        } else if !article.write_text {
            report.unchanged += 1;
        }
    }
    Ok(())
}
