use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::export::UnknownFormat;
use super::import_files::import_files;
use super::import_labels::{count_labels, rename};
use super::import_plan::{Planned, plan};
use super::{DocumentFiles, FileProblem, Progress, SaveError, SaveRequest, SchemaFileError, save};
use crate::format::{self, FormatError, Imported, ImportedDocument, Input, RecordProblem};
use crate::model::{Document, DocumentParts};
use crate::store::sidecar_file::{AnnotatorNameError, check_annotator, sidecar_path};
use crate::store::{ArticleText, FileFingerprint, ReadError, WriteError, read_file, write_article};

/// What to import, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportRequest {
    /// The files to read, in order.
    pub inputs: Vec<ImportInput>,
    /// Name of the format, as in [`format::ALL`].
    pub format: String,
    /// The folder the articles go to; made where it is missing.
    pub into: PathBuf,
    /// The annotator of all of it; `None`: as in the file.
    pub annotator: Option<SmolStr>,
    /// What labels and roles of the file become, by name; those not named stay.
    pub rename: Vec<(SmolStr, SmolStr)>,
    /// Whether to look only and write nothing.
    pub dry_run: bool,
}

/// Where documents come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportInput {
    /// A file, or a folder with files that end like those of the format.
    File(PathBuf),
    /// Bytes that are available, such as the standard input, and what to call them.
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
    /// All of them with what they looked like then, in the order in which they were written.
    pub written: Vec<(PathBuf, FileFingerprint)>,
    /// How many documents were there already, the same.
    pub unchanged: usize,
    /// How many tags there are of each label, after renaming.
    pub labels: BTreeMap<SmolStr, usize>,
    /// The labels among them that the schema of the folder does not have.
    pub unknown_labels: Vec<SmolStr>,
    /// Lines and records that were left out, with their place.
    pub skipped: Vec<FileProblem>,
    /// Unknown fields, with their first place; they are not imported.
    pub ignored: Vec<FileProblem>,
    /// Why nothing was written, if anything is here.
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
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// A folder without files of the format.
    #[error("{}: no files that end in {endings}; name the files", .folder.display())]
    NothingThere {
        /// The folder.
        folder: PathBuf,
        /// What they would end in.
        endings: String,
    },
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
    /// An article could not be written; what was written before stays, and importing again
    /// continues.
    #[error("{error}. {written} files were already written; import again to continue")]
    Article {
        /// What failed.
        error: WriteError,
        /// How many files were written before.
        written: usize,
    },
    /// A sidecar could not be written; what was written before stays, and importing again
    /// continues.
    #[error("{error}. {written} files were already written; import again to continue")]
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
    count_labels(&incoming, request, &mut report)?;
    let planned = plan(incoming, &request.into, &mut report);
    if !report.problems.is_empty() || request.dry_run {
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
    for file in import_files(request, info.extensions)? {
        let fails = |error| ImportError::Format {
            file: file.path.display().to_string(),
            error,
        };
        if !info.reads {
            return Err(fails(FormatError::CannotRead(info.name)));
        }
        let read;
        let bytes = match &file.bytes {
            Some(bytes) => bytes,
            None => {
                read = read_file(&file.path)?;
                &read
            }
        };
        let beside = |name: &str| read_file(&file.path.with_file_name(name)).ok();
        let input = Input {
            name: &file.name,
            bytes,
            beside: &beside,
        };
        let imported = format.read(&input).map_err(fails)?;
        note(&imported, &file.path, report);
        for mut read in imported.documents {
            let mut parts = read.document.into_parts();
            if request.annotator.is_some() {
                parts.meta.annotator.clone_from(&request.annotator);
            }
            rename(&mut parts.set, &request.rename);
            read.document = parts.into();
            let file = file.path.clone();
            incoming.push(Incoming { read, file });
        }
    }
    Ok(incoming)
}

fn note(imported: &Imported, file: &Path, report: &mut ImportReport) {
    let at_line = |line, message| FileProblem {
        line,
        ..FileProblem::new(file, message)
    };
    let plain = |p: &RecordProblem| at_line(p.line, p.message.clone());
    report.problems.extend(imported.problems.iter().map(plain));
    report.skipped.extend(imported.skipped.iter().map(plain));
    report.ignored.extend(imported.ignored.iter().map(|p| {
        let words = format!("`{}` is unknown and was not imported", p.message);
        at_line(p.line, words)
    }));
}

fn write_out(path: &Path, article: Planned, report: &mut ImportReport) -> Result<(), ImportError> {
    let written = report.articles.len() + report.sidecars.len();
    let mut fingerprint = article.fingerprint;
    if article.write_text {
        fingerprint = write_article(path, &article.source)
            .map_err(|error| ImportError::Article { error, written })?;
        report.articles.push(path.to_owned());
        report.written.push((path.to_owned(), fingerprint));
    }
    let source = article.source;
    let sidecars: BTreeMap<Option<SmolStr>, Document> = article.sidecars;
    for (annotator, document) in sidecars {
        let document = Document::from(DocumentParts {
            source: source.clone(),
            ..document.into_parts()
        });
        let files = DocumentFiles {
            article: path.to_owned(),
            on_disk: ArticleText {
                source: source.clone(),
                fingerprint,
            },
            sidecar: sidecar_path(path, annotator.as_deref()),
            fingerprint: FileFingerprint::Absent,
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
            report.sidecars.push(request.files.sidecar.clone());
            report
                .written
                .push((request.files.sidecar, saved.fingerprint));
        } else if !article.write_text {
            report.unchanged += 1;
        }
    }
    Ok(())
}
