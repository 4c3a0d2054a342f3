//! Documents in a folder of articles that are no articles yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::page_parts::SavedPages;
use super::problem_list::ProblemList;
use super::{FileProblem, load_facts};
use crate::format::{FormatInfo, detect_by_name};
use crate::store::sidecar_file::ReservedName;
use crate::store::{ArticleFile, FileFingerprint, FoundArticles, ReadError, find_articles};

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
    if exports.is_empty() {
        return list.finish();
    }
    let sources = sources(&found.articles);
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
