//! Documents in a folder of articles that are no articles yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::page_parts::SavedPages;
use super::problem_list::ProblemList;
use super::{FileProblem, load_facts};
use crate::format::detect_by_name;
use crate::store::sidecar_file::ReservedName;
use crate::store::{ArticleFile, FileFingerprint, FoundArticles, ReadError, find_articles};

/// The documents that no article was taken from, each with what it is and how it is imported.
pub(super) fn not_imported(found: &FoundArticles, paths: &[PathBuf]) -> Vec<FileProblem> {
    let imported = imported(found);
    let mut list = ProblemList::default();
    for document in &found.documents {
        if !imported.contains(document) {
            let name = document.file_name().unwrap_or_default().to_string_lossy();
            let into = paths.iter().find(|path| document.starts_with(path));
            let into = into.map_or(Path::new("."), PathBuf::as_path);
            list.push(FileProblem::new(document, words(&name, document, into)));
        }
    }
    list.finish()
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
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        // Most have another name, and need not be read.
        sources.get(&*name).is_some_and(|hashes| {
            let found = FileFingerprint::of_file(document).ok();
            let hash = found.and_then(|found| found.hexadecimal());
            hash.is_some_and(|hash| hashes.contains(&hash))
        })
    };
    found
        .documents
        .iter()
        .filter(is_imported)
        .cloned()
        .collect()
}

/// The hashes of files that articles were taken from, by their names.
fn sources(articles: &[ArticleFile]) -> BTreeMap<String, BTreeSet<String>> {
    let mut sources: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
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
        Some(info) => format!(
            "no article yet ({}); run `pullquote import {} --into {}`",
            info.title,
            quoted(document),
            quoted(into)
        ),
        None => "no article yet; save it as .docx in its program and import that".to_owned(),
    }
}

/// A path as a shell reads it.
fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    match shlex::try_quote(&shown) {
        Ok(quoted) => quoted.into_owned(),
        Err(_) => shown,
    }
}
