//! Documents in a folder of articles that are no articles yet.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::page_parts::SavedPages;
use super::problem_list::ProblemList;
use super::{FileProblem, load_facts};
use crate::format::{FormatInfo, detect, detect_by_name};
use crate::store::sidecar_file::ReservedName;
use crate::store::{
    ArticleFile, FileFingerprint, FoundArticles, ReadError, find_articles, list_files,
    read_beginning,
};

/// The documents that no article was taken from, each with what it is and how it is imported; also articles that
/// are exports of a database by their texts.
pub(super) fn not_imported(
    found: &FoundArticles,
    paths: &[PathBuf],
    exports: &[(PathBuf, &FormatInfo)],
) -> Vec<FileProblem> {
    let sources = Sources::of(found);
    let imported = imported(found, &sources);
    let mut list = ProblemList::default();
    for document in &found.documents {
        if !imported.contains(document) {
            let name = document.file_name().unwrap_or_default().to_string_lossy();
            list.push(FileProblem::new(
                document,
                words(&name, document, into_of(document, paths)),
            ));
        }
    }
    for (file, format) in paths.iter().flat_map(|path| files_of_records(path)) {
        if !sources.has(&file) {
            let into = into_of(&file, paths);
            let command = import_command(&file, into);
            let message = format!("no article yet ({}); run {command}", format.title);
            list.push(FileProblem::new(&file, message));
        }
    }
    for (export, format) in exports {
        if !sources.has(export) {
            let message = format!(
                "this looks like an export of a database ({}), not like an article; run {}",
                format.title,
                import_command(export, into_of(export, paths))
            );
            list.push(FileProblem::new(export, message));
        }
    }
    list.finish()
}

/// So many tables and files of JSON are looked at in a folder.
const MOST_RECORDS: usize = 20;

/// So much of each, in bytes: a window lists its folder often.
const BEGINNING: u64 = 64 * 1024;

/// The tables and JSON in a folder and below with an article in each row, by how they begin.
fn files_of_records(folder: &Path) -> Vec<(PathBuf, &'static FormatInfo)> {
    let endings = ["csv", "tsv", "tab", "jsonl", "ndjson", "json"];
    let files = list_files(folder, &endings).unwrap_or_default().files;
    let format = |file: PathBuf| {
        let beginning = read_beginning(&file, BEGINNING).ok()?;
        let name = file.file_name()?.to_string_lossy().into_owned();
        match detect(&name, &beginning)[..] {
            [format] if format.holds_articles() => Some((file, format)),
            _ => None,
        }
    };
    let files = files.into_iter().take(MOST_RECORDS);
    files.filter_map(format).collect()
}

/// What of a folder was imported, and what can be.
#[derive(Debug, Default)]
pub struct ImportedFiles {
    /// Documents that articles were taken from, and the parts of saved pages.
    pub documents: BTreeSet<PathBuf>,
    /// Tables and JSON with an article in each row that no article was taken from.
    pub records_left: Vec<PathBuf>,
}

/// Looks through a folder and those below for what was imported; `documents`: whether there are any.
///
/// # Errors
/// [`ReadError`] where the folder cannot be read.
pub fn imported_files(folder: &Path, documents: bool) -> Result<ImportedFiles, ReadError> {
    let records = files_of_records(folder);
    if records.is_empty() && !documents {
        return Ok(ImportedFiles::default());
    }
    let found = find_articles(&[folder.to_owned()])?;
    let sources = Sources::of(&found);
    let records = records.into_iter().map(|(file, _)| file);
    Ok(ImportedFiles {
        documents: imported(&found, &sources),
        records_left: records.filter(|file| !sources.has(file)).collect(),
    })
}

/// The folder among the given ones that a file is in.
fn into_of<'a>(file: &'a Path, paths: &'a [PathBuf]) -> &'a Path {
    let folder = paths.iter().find(|path| file.starts_with(path));
    let folder = folder.filter(|folder| *folder != file);
    let above = || {
        file.parent()
            .filter(|folder| !folder.as_os_str().is_empty())
    };
    let folder = folder.map(PathBuf::as_path).or_else(above);
    folder.unwrap_or(Path::new("."))
}

/// The documents that articles were taken from, and the parts of saved pages.
fn imported(found: &FoundArticles, sources: &Sources<'_>) -> BTreeSet<PathBuf> {
    let pages = SavedPages::among(&found.documents);
    // Parts come with the page.
    let is_imported =
        |document: &&PathBuf| pages.folder_of(document).is_some() || sources.has(document);
    found
        .documents
        .iter()
        .filter(is_imported)
        .cloned()
        .collect()
}

/// The files that articles of a folder were taken from. Their facts are read when they are first asked for.
struct Sources<'a> {
    articles: &'a [ArticleFile],
    /// Hashes by name.
    hashes: OnceCell<BTreeMap<String, BTreeSet<String>>>,
}

impl<'a> Sources<'a> {
    fn of(found: &'a FoundArticles) -> Self {
        Self {
            articles: &found.articles,
            hashes: OnceCell::new(),
        }
    }

    /// Whether articles were taken from a file.
    fn has(&self, file: &Path) -> bool {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let hashes = self.hashes.get_or_init(|| hashes(self.articles));
        // Most have another name, and need not be read.
        hashes.get(&*name).is_some_and(|hashes| {
            let found = FileFingerprint::of_file(file).ok();
            let hash = found.and_then(|found| found.hexadecimal());
            hash.is_some_and(|hash| hashes.contains(&hash))
        })
    }
}

/// The hashes of the files that articles were taken from, by their names.
fn hashes(articles: &[ArticleFile]) -> BTreeMap<String, BTreeSet<String>> {
    let mut hashes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for article in articles {
        let mut reserved = article.reserved.iter();
        let has_facts = reserved.any(|(name, _)| *name == ReservedName::Meta);
        let facts = has_facts.then(|| load_facts(&article.path).facts);
        if let Some(from) = facts.and_then(|facts| facts.imported_from) {
            hashes.entry(from.file).or_default().insert(from.sha256);
        }
    }
    hashes
}

fn words(name: &str, document: &Path, into: &Path) -> String {
    let formats = detect_by_name(name);
    match formats.iter().find(|info| info.holds_articles()) {
        Some(info) => format!(
            "no article yet ({}); run {}",
            info.title,
            import_command(document, into)
        ),
        None => "no article yet; save it as .docx in its program and import that".to_owned(),
    }
}

fn import_command(file: &Path, into: &Path) -> String {
    format!(
        "`pullquote import {} --into {}`",
        quoted(file),
        quoted(into)
    )
}

/// A path as a shell reads it.
fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    match shlex::try_quote(&shown) {
        Ok(quoted) => quoted.into_owned(),
        Err(_) => shown,
    }
}
