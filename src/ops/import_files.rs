use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::import_format::BEGINNING;
use super::not_opened::not_opened;
use super::page_parts::SavedPages;
use super::{FileProblem, ImportError, ImportInput, ImportRequest};
use crate::format::{FormatInfo, articles_of_any_format, detect};
use crate::store::{FilesFound, ReadError, is_article, is_folder, list_files, read_beginning};
use crate::text::wording::count;

/// A file to read.
pub(super) struct ImportFile<'a> {
    pub(super) path: PathBuf,
    /// Its name: the path below the given folder with `/`, or the file name.
    pub(super) name: String,
    /// What is in it, if available.
    pub(super) bytes: Option<&'a [u8]>,
}

/// The endings of files of JSON; which one a file has says little.
const JSON: [&str; 4] = ["json", "jsonl", "jsonld", "ndjson"];

/// The given files; of a folder, those in it and below with an extension of the format, and other files of
/// JSON that are clearly of it. What of it is not opened is added to `skipped`, what belongs to saved pages to
/// `ignored`.
pub(super) fn import_files<'a>(
    request: &'a ImportRequest,
    info: &FormatInfo,
    skipped: &mut Vec<FileProblem>,
    ignored: &mut Vec<FileProblem>,
) -> Result<Vec<ImportFile<'a>>, ImportError> {
    let mut files = Vec::new();
    for input in &request.inputs {
        match input {
            ImportInput::Bytes(name, bytes) => files.push(ImportFile {
                path: name.into(),
                name: name.clone(),
                bytes: Some(bytes),
            }),
            ImportInput::File(path) if is_folder(path) => {
                let mut found = files_of(path, info)?;
                if info.holds_articles() {
                    ignored.extend(without_page_parts(&mut found.files));
                }
                if info.name == articles_of_any_format().name && !found.files.is_empty() {
                    ignored.extend(tables_in(path, &found.files)?);
                }
                skipped.extend(not_opened(&found.not_opened));
                if found.files.is_empty() && found.not_opened.is_empty() {
                    let folder = path.clone();
                    let endings: Vec<_> = info.extensions.iter().map(|e| format!(".{e}")).collect();
                    let endings = endings.join(", ");
                    return Err(ImportError::NothingThere { folder, endings });
                }
                files.extend(found.files.into_iter().map(|found| {
                    let below = found.strip_prefix(path).unwrap_or(&found);
                    let parts = below.iter().map(|part| part.to_string_lossy());
                    ImportFile {
                        name: parts.collect::<Vec<_>>().join("/"),
                        path: found,
                        bytes: None,
                    }
                }));
            }
            ImportInput::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.push(ImportFile {
                    name: name.into_owned(),
                    path: path.clone(),
                    bytes: None,
                });
            }
        }
    }
    Ok(files)
}

/// Takes out what belongs to saved pages, and tells it.
fn without_page_parts(files: &mut Vec<PathBuf>) -> Vec<FileProblem> {
    let pages = SavedPages::among(files);
    let mut parts: BTreeMap<PathBuf, usize> = BTreeMap::new();
    files.retain(|file| {
        let folder = pages.folder_of(file);
        let stays = folder.is_none();
        if let Some(folder) = folder {
            *parts.entry(folder).or_default() += 1;
        }
        stays
    });
    let told = parts.into_iter().map(|(folder, number)| {
        let files = count(number, "file");
        let words = format!("{files} of a saved page; name one of them to import it as an article");
        FileProblem::new(&folder, words)
    });
    told.collect()
}

/// Tells the files in a folder and below that may hold an article in each row: whether they do is for
/// somebody to say who names them.
fn tables_in(folder: &Path, files: &[PathBuf]) -> Result<Option<FileProblem>, ReadError> {
    const SHOWN: usize = 5;
    let mut tables = list_files(folder, &[&["csv", "tsv"], &JSON[..]].concat())?.files;
    tables.retain(|file| !files.contains(file));
    let names = tables.iter().take(SHOWN);
    let names: Vec<_> = names.map(|file| file.display().to_string()).collect();
    let more = tables.len().checked_sub(SHOWN).filter(|more| *more > 0);
    let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
    let words = format!(
        "{} may hold articles; name them to import those: {}{more}",
        count(tables.len(), "table or JSON file"),
        names.join(", ")
    );
    Ok((!tables.is_empty()).then(|| FileProblem::new(folder, words)))
}

/// The files of a format in a folder and below.
fn files_of(folder: &Path, info: &FormatInfo) -> Result<FilesFound, ReadError> {
    let own = info.extensions;
    if info.holds_articles() {
        return articles_of(folder, info);
    }
    if !own.iter().any(|ending| JSON.contains(ending)) {
        return list_files(folder, own);
    }
    let other_json = |file: &Path| {
        let ending = file.extension().unwrap_or_default().to_string_lossy();
        let ending = ending.to_lowercase();
        JSON.contains(&&*ending) && !own.contains(&&*ending)
    };
    let mut found = list_files(folder, &[own, &JSON].concat())?;
    found.not_opened.retain(|(file, _)| !other_json(file));
    let mut files = Vec::with_capacity(found.files.len());
    for file in found.files {
        let is_of_format = !other_json(&file) || {
            let formats = detect(&file.to_string_lossy(), &read_beginning(&file, BEGINNING)?);
            formats.len() == 1 && formats.iter().all(|format| format.name == info.name)
        };
        if is_of_format {
            files.push(file);
        }
    }
    found.files = files;
    Ok(found)
}

/// The files of a format of articles: those that do not show another format by how they begin.
fn articles_of(folder: &Path, info: &FormatInfo) -> Result<FilesFound, ReadError> {
    let any = info.name == articles_of_any_format().name;
    let mut found = list_files(folder, info.extensions)?;
    let mut files = Vec::with_capacity(found.files.len());
    for file in found.files {
        let name = file.to_string_lossy();
        let formats = detect(&name, &read_beginning(&file, BEGINNING)?);
        let fits = match &formats[..] {
            [] => !is_article(&file),
            [one] => one.name == info.name || any && one.holds_articles(),
            _ => true,
        };
        if fits {
            files.push(file);
        }
    }
    found.files = files;
    Ok(found)
}
