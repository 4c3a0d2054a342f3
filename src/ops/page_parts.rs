//! What a browser saves beside a page: a folder that is named after it, with pictures, styles, and pages
//! that were shown within it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What the names of such folders end in, in the languages of browsers, in lower case.
const ENDINGS: [&str; 10] = [
    "_files",
    ".files",
    "-dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_bestanden",
    "_arquivos",
    "_ficheiros",
    "_pliki",
];

/// The pages among files.
pub(super) struct SavedPages(BTreeSet<PathBuf>);

impl SavedPages {
    /// The pages among `files`.
    pub(super) fn among(files: &[PathBuf]) -> Self {
        let is_page = |file: &&PathBuf| {
            let ending = file
                .extension()
                .map(|ending| ending.to_string_lossy().to_lowercase());
            ending.is_some_and(|ending| ["html", "htm", "xhtml"].contains(&&*ending))
        };
        let stems = files
            .iter()
            .filter(is_page)
            .map(|file| file.with_extension(""));
        Self(stems.collect())
    }

    /// The folder with parts of a page that a file is in.
    pub(super) fn folder_of(&self, file: &Path) -> Option<PathBuf> {
        if self.0.is_empty() {
            return None;
        }
        let folders = file.ancestors().skip(1);
        let mut folders = folders.filter(|folder| {
            let name = folder
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let name = name.unwrap_or_default();
            let lower = name.to_lowercase();
            let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending));
            let stem = ending.and_then(|ending| name.get(..name.len().checked_sub(ending.len())?));
            stem.is_some_and(|stem| self.0.contains(&folder.with_file_name(stem)))
        });
        folders.next().map(Path::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_in_a_folder_named_after_a_page() {
        let paths = [
            "a/Ferry.html",
            "a/Ferry_files/ad.html",
            "a/Ferry_files/x/y.json",
            "a/Brot-Dateien/z.html",
            "a/b_files/c.html",
        ];
        let files: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let pages = SavedPages::among(&files);
        let folders: Vec<_> = files.iter().map(|file| pages.folder_of(file)).collect();
        let parts = Some(PathBuf::from("a/Ferry_files"));
        assert_eq!(folders, [None, parts.clone(), parts, None, None]);
    }
}
