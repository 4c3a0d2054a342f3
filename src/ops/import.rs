use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::export::UnknownFormat;
use super::import_files::{ImportFile, import_files};
use super::import_labels::{count_labels, rename};
use super::import_plan::{Planned, plan};
use super::import_request::Incoming;
use super::join_layers::join_layers;
use super::problem_list::ProblemList;
use super::save::says_nothing;
use super::{FileProblem, Progress};
use super::{ImportError, ImportReport, ImportRequest};
use crate::format::{
    self, FormatError, Imported, Input, Messages, Options, OtherFile, RecordProblem, sidecar,
};
use crate::model::{Document, DocumentParts};
use crate::store::sidecar_file::{check_annotator, sidecar_path};
use crate::store::{
    FileBatch, ReadError, TextBeside, exists, finish_batches, is_article, read_file,
    read_text_beside,
};
use crate::text::Decoding;

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
    if !request.dry_run {
        report.finished = finish_batches(&request.into, SystemTime::now())?;
    }
    let mut incoming = read_all(request, &mut report)?;
    if incoming.is_empty() && report.problems.is_empty() {
        // All that was left out is why nothing could be read.
        report.problems.append(&mut report.skipped);
    }
    if request.format == "conll" {
        incoming = join_layers(incoming);
    }
    report.documents = incoming.len();
    count_labels(&incoming, request, &mut report)?;
    let planned = plan(incoming, &request.into, &mut report);
    let refused = request.strict && !report.skipped.is_empty();
    if !report.problems.is_empty() || request.dry_run || refused {
        return Ok(report);
    }
    write_all(planned, &request.into, &mut report, progress)?;
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
    let options = Options::for_reading(info, &request.options)?;
    let mut incoming = Vec::new();
    for file in import_files(request, info.extensions, &mut report.skipped)? {
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
        if let Some(other) = OtherFile::of(bytes, info) {
            return Err(fails(FormatError::OtherFile(other)));
        }
        let refused = RefCell::new(Vec::new());
        let root = root_of(&file);
        let decoded = RefCell::new(BTreeSet::new());
        let beside = |name: &str| match find_text(&root, &file.path, &request.into, name) {
            Ok(None) => None,
            Ok(Some((text, encoding))) => {
                let named = encoding.map(|encoding| (name.to_owned(), encoding));
                decoded.borrow_mut().extend(named);
                Some(text)
            }
            Err(error) => {
                refused.borrow_mut().push(FileProblem::unreadable(&error));
                None
            }
        };
        let input = Input {
            name: &file.name,
            bytes,
            beside: &beside,
        };
        let imported = format::read(format, &input, &options).map_err(fails)?;
        report.problems.append(&mut refused.borrow_mut());
        for (name, encoding) in decoded.into_inner() {
            let message = format!("`{name}` is not UTF-8; it was read as {encoding}");
            let beside = file.path.with_file_name(&name);
            let there = exists(&beside) || !exists(&request.into.join(&name));
            let path = if there {
                beside
            } else {
                request.into.join(&name)
            };
            report.ignored.push(FileProblem::new(&path, message));
        }
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

/// A file beside another one; an article also in the folder that is imported into.
fn find_text(
    root: &Path,
    beside: &Path,
    into: &Path,
    name: &str,
) -> Result<Option<TextBeside>, ReadError> {
    let found = read_text_beside(root, beside, name)?;
    if found.is_some() || !is_article(Path::new(name)) {
        return Ok(found);
    }
    read_text_beside(into, &into.join("import"), name)
}

/// The folder that was given to be imported, or that of a file that was.
fn root_of(file: &ImportFile) -> PathBuf {
    let below = Path::new(&file.name).components().count();
    let root = file.path.ancestors().nth(below.max(1));
    root.unwrap_or(Path::new("")).to_owned()
}

fn note(imported: &Imported, file: &Path, report: &mut ImportReport) {
    let some = |messages: &Messages, words: fn(&str) -> String| {
        let mut list = ProblemList::default();
        for (RecordProblem { line, message }, count) in messages.counted() {
            list.push(FileProblem {
                line: *line,
                count,
                ..FileProblem::new(file, words(message))
            });
        }
        list.finish()
    };
    let ignored = |name: &str| format!("not imported, nothing here corresponds to it: `{name}`");
    let said = str::to_owned;
    report.problems.extend(some(&imported.problems, said));
    report.skipped.extend(some(&imported.skipped, said));
    report.ignored.extend(some(&imported.notes, said));
    report.ignored.extend(some(&imported.ignored, ignored));
}

/// Writes all of it, or nothing.
fn write_all(
    planned: BTreeMap<PathBuf, Planned>,
    into: &Path,
    report: &mut ImportReport,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), ImportError> {
    let mut batch = FileBatch::begin(into)?;
    let mut written = ImportReport::default();
    let total = planned.len();
    for (done, (path, article)) in planned.into_iter().enumerate() {
        progress(Progress { done, total });
        add_article(&mut batch, into, &path, article, &mut written)?;
    }
    batch.finish()?;
    report.articles = written.articles;
    report.sidecars = written.sidecars;
    report.written = written.written;
    report.unchanged += written.unchanged;
    Ok(())
}

fn add_article(
    batch: &mut FileBatch,
    into: &Path,
    path: &Path,
    article: Planned,
    written: &mut ImportReport,
) -> Result<(), ImportError> {
    let below = |path: &Path| path.strip_prefix(into).unwrap_or(path).to_owned();
    let source = article.source;
    if article.write_text {
        let bytes = Decoding::UTF_8.encode(source.as_str());
        let bytes = bytes.map_err(|error| ImportError::CannotWrite {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        written
            .written
            .push((path.to_owned(), batch.add(&below(path), &bytes, None)?));
        written.articles.push(path.to_owned());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    for (annotator, document) in article.sidecars {
        let document = Document::from(DocumentParts {
            source: source.clone(),
            ..document.into_parts()
        });
        if says_nothing(&document) {
            written.unchanged += usize::from(!article.write_text);
            continue;
        }
        let sidecar = sidecar_path(path, annotator.as_deref());
        let text = sidecar::write(&document, &name);
        sidecar::confirm(&text, &document).map_err(|reason| ImportError::CannotWrite {
            path: sidecar.clone(),
            reason: reason.to_string(),
        })?;
        let fingerprint = batch.add(&below(&sidecar), text.as_bytes(), Some(&below(path)))?;
        batch.add_snapshot(&below(path), &source)?;
        written.sidecars.push(sidecar.clone());
        written.written.push((sidecar, fingerprint));
    }
    Ok(())
}
