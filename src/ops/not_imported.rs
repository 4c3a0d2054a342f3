//! Documents in a folder of articles that are no articles yet.

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
    let imported = imported(found);
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
    let records: Vec<_> = paths
        .iter()
        .flat_map(|path| files_of_records(path))
        .collect();
    if exports.is_empty() && records.is_empty() {
        return list.finish();
    }
    let sources = sources(&found.articles);
    for (file, format) in records {
        if !is_source(&file, &sources) {
            let into = into_of(&file, paths);
            let command = import_command(&file, into);
            let message = format!("no article yet ({}); run {command}", format.title);
            list.push(FileProblem::new(&file, message));
        }
    }
    for (export, format) in exports {
        if !is_source(export, &sources) {
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

/// The same of folders that are looked through for it; by the names of files alone.
pub(super) fn not_imported_in(paths: &[PathBuf]) -> Vec<FileProblem> {
    let found = find_articles(paths);
    found.map_or_else(|_| Vec::new(), |found| not_imported(&found, paths, &[]))
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

/// The same that no article of the folder was taken from.
///
/// # Errors
/// [`ReadError`] where the folder cannot be read.
pub fn records_not_imported(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let files = files_of_records(folder);
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let sources = sources(&find_articles(&[folder.to_owned()])?.articles);
    let files = files.into_iter().map(|(file, _)| file);
    Ok(files.filter(|file| !is_source(file, &sources)).collect())
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

/// The documents in a folder and below that articles were taken from, and the parts of saved pages.
///
/// # Errors
/// [`ReadError`] where the folder cannot be read.
pub fn imported_documents(folder: &Path) -> Result<BTreeSet<PathBuf>, ReadError> {
    let found = find_articles(&[folder.to_owned()])?;
    Ok(imported(&found))
}

fn imported(found: &FoundArticles) -> BTreeSet<PathBuf> {
    if found.documents.is_empty() {
        return BTreeSet::new();
    }
    let sources = sources(&found.articles);
    let pages = SavedPages::among(&found.documents);
    let is_imported = |document: &&PathBuf| {
        // They come with the page.
        if pages.folder_of(document).is_some() {
            return true;
        }
        is_source(document, &sources)
    };
    found
        .documents
        .iter()
        .filter(is_imported)
        .cloned()
        .collect()
}

/// The hashes of files that articles were taken from, by their names.
type Sources = BTreeMap<String, BTreeSet<String>>;

/// Whether articles were taken from a file.
fn is_source(file: &Path, sources: &Sources) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // Most have another name, and need not be read.
    sources.get(&*name).is_some_and(|hashes| {
        let found = FileFingerprint::of_file(file).ok();
        let hash = found.and_then(|found| found.hexadecimal());
        hash.is_some_and(|hash| hashes.contains(&hash))
    })
}

fn sources(articles: &[ArticleFile]) -> Sources {
    let mut sources = Sources::new();
    for article in articles {
        let mut reserved = article.reserved.iter();
        let has_facts = reserved.any(|(name, _)| *name == ReservedName::Meta);
        let facts = has_facts.then(|| load_facts(&article.path).facts);
        if let Some(from) = facts.and_then(|facts| facts.imported_from) {
            sources.entry(from.file).or_default().insert(from.sha256);
        }
    }
    sources
}

fn words(name: &str, document: &Path, into: &Path) -> String {
    let formats = detect_by_name(name);
    match formats.iter().find(|info| info.holds_articles()) {
        Some(info) if info.name == "pdf" => {
            let text = document.with_extension("txt");
            format!(
                "no article yet (PDF, the text of which is not read); convert it with `pdftotext {} {}` \
                 (poppler) and look at the order of its columns",
                quoted(document),
                quoted(&text)
            )
        }
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
