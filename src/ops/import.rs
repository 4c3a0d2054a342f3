use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::export::UnknownFormat;
use super::import_annotator::AnnotatorOverride;
use super::import_files::{ImportFile, import_files};
use super::import_labels::{count_labels, note_unknown_labels, rename};
use super::import_parts;
use super::import_plan::{Plan, Written};
use super::import_request::Incoming;
use super::join_files::SeveralFiles;
use super::kept_copies::KeptCopies;
use super::problem_list::{NOTHING_CORRESPONDS, ProblemList, by_cause};
use super::{FileProblem, Progress};
use super::{ImportError, ImportReport, ImportRequest};
use crate::format::{
    self, AnnotatorNames, FormatError, Imported, ImportedDocument, Input, Messages, Options,
    OtherFile, RecordProblem,
};
use crate::store::sidecar_file::check_annotator;
use crate::store::{
    FilesBeside, ReadError, TextBeside, exists, finish_batches, is_article, read_file,
};

/// Writes each document's text and sidecar into a folder. Documents are written one by one to where they
/// wait, and appear together once all are checked, or not at all; what is there already and the same is left alone, so importing twice changes nothing;
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
    let mut plan = Plan::new(request);
    let Unread {
        mut empty,
        mut parts,
    } = read_all(request, &mut plan, &mut report, progress)?;
    if report.documents == 0 && report.problems.is_empty() {
        // All that was left out is why nothing could be read.
        report.problems.append(&mut report.skipped);
        report.problems.append(&mut empty);
        report.problems.append(&mut parts);
    }
    report.ignored.append(&mut empty);
    note_unknown_labels(request, &mut report)?;
    let Written { stage, files } = plan.finish(&mut report);
    for list in [
        &mut report.problems,
        &mut report.skipped,
        &mut report.ignored,
    ] {
        *list = by_cause(std::mem::take(list));
    }
    // Articles of any file that have lost all of their tags come first.
    let emptied = |told: &FileProblem| told.message.contains(format::ALL_LEFT_OUT);
    report.skipped.sort_by_key(|told| !emptied(told));
    let refused = request.strict && !report.skipped.is_empty();
    if !report.problems.is_empty() || request.dry_run || refused {
        return Ok(report);
    }
    stage.finish(files, &mut report)?;
    Ok(report)
}

/// Files of which there is no document.
struct Unread {
    /// They hold nothing.
    empty: Vec<FileProblem>,
    /// They are read together with another one.
    parts: Vec<FileProblem>,
}

/// Reads the files.
fn read_all(
    request: &ImportRequest,
    plan: &mut Plan<'_>,
    report: &mut ImportReport,
    progress: &mut dyn FnMut(Progress),
) -> Result<Unread, ImportError> {
    let format =
        format::by_name(&request.format).ok_or_else(|| UnknownFormat::new(&request.format))?;
    let info = format.info();
    if let Some(name) = &request.annotator {
        check_annotator(name)?;
    }
    let options = Options::for_reading(info, &request.options)?;
    let files = import_files(request, info, &mut report.skipped, &mut report.ignored)?;
    let total = files.len();
    let (mut empty, mut parts) = (ProblemList::default(), ProblemList::default());
    // Several files may be about the same text.
    let several = SeveralFiles::of(info.name).filter(|_| total > 1);
    let mut waiting = Vec::new();
    let mut kept = Vec::new();
    let files_beside = FilesBeside::default();
    let mut named = request.annotator.clone().map(AnnotatorOverride::new);
    let mut names = AnnotatorNames::default();
    let mut take = |mut read: ImportedDocument, file: &Path, report: &mut ImportReport| {
        report.documents += 1;
        if named.is_none() {
            let told;
            (read, told) = names.name_document(read);
            let place = (read.line, 1);
            let told = told.map(|message| FileProblem::at(file, place, message));
            report.ignored.extend(told);
        }
        if let Some(named) = &mut named {
            let (name, told) = named.name(&read);
            let place = (read.line, 1);
            let told = told.map(|message| FileProblem::at(file, place, message));
            report.ignored.extend(told);
            let mut parts = read.document.into_parts();
            parts.meta.annotator = Some(name);
            read.document = parts.into();
        }
        count_labels(&read.document, report);
        plan.take(read, file);
    };
    let of_others = match total {
        0 | 1 => BTreeMap::new(),
        _ => import_parts::parts(format, &files),
    };
    for (done, file) in files.into_iter().enumerate() {
        progress(Progress { done, total });
        if let Some(whole) = of_others.get(&import_parts::plain(&file.path)) {
            parts.push(FileProblem::new(&file.path, part_of(whole)));
            continue;
        }
        let fails = |error| ImportError::Format {
            file: file.path.display().to_string(),
            error,
        };
        if !info.reads {
            return Err(fails(FormatError::CannotRead(info.name)));
        }
        let read;
        let bytes = match file.bytes {
            Some(bytes) => bytes,
            None => {
                read = read_file(&file.path)?;
                &read
            }
        };
        let as_utf8 = match info.holds_articles() {
            true => None,
            false => format::utf16_as_utf8(bytes),
        };
        let bytes = as_utf8.as_deref().unwrap_or(bytes);
        if let Some(other) = OtherFile::of(bytes, info) {
            if total == 1 {
                return Err(fails(FormatError::OtherFile(other)));
            }
            let told = FileProblem::new(&file.path, other.to_string());
            match other == OtherFile::Empty {
                true => empty.push(told),
                false => report.skipped.push(told),
            }
            continue;
        }
        let refused = RefCell::new((BTreeSet::new(), ProblemList::default()));
        let root = root_of(&file);
        let decoded = RefCell::new(BTreeSet::new());
        let beside =
            |name: &str| match find_text(&files_beside, (&root, &file.path), &request.into, name) {
                Ok(None) => None,
                Ok(Some((text, encoding))) => {
                    let named = encoding.map(|encoding| (name.to_owned(), encoding));
                    decoded.borrow_mut().extend(named);
                    Some(text)
                }
                Err(error) => {
                    // A table names it in every row.
                    let (names, problems) = &mut *refused.borrow_mut();
                    if names.insert(name.to_owned()) {
                        problems.push(FileProblem::unreadable(&error));
                    }
                    None
                }
            };
        let input = Input {
            name: &file.name,
            bytes,
            beside: &beside,
        };
        let mut each = |mut read: ImportedDocument| {
            let mut parts = read.document.into_parts();
            rename(&mut parts.set, &request.rename);
            read.document = parts.into();
            if several.is_some() {
                let file = file.path.clone();
                waiting.push(Incoming { read, file });
            } else {
                take(read, &file.path, report);
            }
        };
        let mut imported = format::read_each(format, &input, &options, &mut each).map_err(fails)?;
        if info.holds_articles() && total > 1 {
            // One file of many that cannot be read prevents nothing.
            let problems = std::mem::take(&mut imported.problems);
            imported.skipped.extend(problems.iter().cloned());
        }
        if options.chose("keep", "yes") && !imported.holds_nothing() {
            kept.push((file.path.clone(), file.name.clone()));
        }
        report.problems.extend(refused.into_inner().1.finish());
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
        if let Some(whole) = &imported.part_of {
            parts.push(FileProblem::new(&file.path, part_of(whole)));
        } else if imported.holds_nothing() {
            empty.push(FileProblem::new(&file.path, HOLDS_NOTHING));
        }
    }
    if let Some(several) = several {
        for Incoming { read, file } in several.join(waiting, &mut report.ignored) {
            take(read, &file, report);
        }
    }
    let mut copies = KeptCopies::new(&request.into);
    for (file, name) in kept {
        let bytes = read_file(&file)?;
        if let Some(path) = copies.place(&file, &name, &bytes) {
            plan.keep(&path, &bytes);
        }
    }
    Ok(Unread {
        empty: empty.finish(),
        parts: parts.finish(),
    })
}

fn part_of(whole: &str) -> String {
    format!("it is read together with `{whole}`; import that")
}

/// Said of a file of the right format.
const HOLDS_NOTHING: &str = "there is no text and no annotation in it; export it again or choose \
                             another file";

/// A file beside another one; an article also in the folder that is imported into.
fn find_text(
    files: &FilesBeside,
    (root, beside): (&Path, &Path),
    into: &Path,
    name: &str,
) -> Result<Option<TextBeside>, ReadError> {
    let found = files.read_text(root, beside, name)?;
    if found.is_some() || !is_article(Path::new(name)) {
        return Ok(found);
    }
    files.read_text(into, &into.join("import"), name)
}

/// The folder that was given to be imported, or that of a file that was.
fn root_of(file: &ImportFile<'_>) -> PathBuf {
    let below = Path::new(&file.name).components().count();
    let root = file.path.ancestors().nth(below.max(1));
    root.unwrap_or(Path::new("")).to_owned()
}

fn note(imported: &Imported, file: &Path, report: &mut ImportReport) {
    let some = |messages: &Messages, words: fn(&str) -> String| {
        let messages = messages.counted();
        let told = messages.map(|(RecordProblem { line, message }, count)| FileProblem {
            line: *line,
            count,
            ..FileProblem::new(file, words(message))
        });
        told.collect::<Vec<_>>()
    };
    let ignored = |name: &str| format!("{NOTHING_CORRESPONDS} `{name}`");
    let said = str::to_owned;
    report.problems.extend(some(&imported.problems, said));
    report.skipped.extend(some(&imported.skipped, said));
    report.ignored.extend(some(&imported.notes, said));
    report.ignored.extend(some(&imported.ignored, ignored));
}
