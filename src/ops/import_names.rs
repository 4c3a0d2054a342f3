//! The file names of the articles of an import. Where two would meet, the second gets a number.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::safe_name::{safe_name, whole_safe_name};
use crate::store::exists;

/// SHA-256.
pub(super) type Hash = [u8; 32];

/// Gives each text of an import a file of its own.
#[derive(Debug, Default)]
pub(super) struct ImportNames {
    /// The articles by their names, folded.
    articles: BTreeMap<Box<str>, usize>,
    /// The folders they are in, folded.
    folders: BTreeSet<Box<str>>,
    /// Articles that did not get the name of their document, by its id and the text.
    numbered: BTreeMap<(Box<str>, Hash), usize>,
    /// The number to try next, by the name.
    next: BTreeMap<Box<str>, usize>,
}

/// The file name for a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ImportName {
    /// That of an article there is: its place in the list.
    Known(usize),
    /// A new one, which takes the next place.
    New {
        /// Below the folder, with `/`.
        name: String,
        /// Why it is not the name of the document.
        taken: Option<&'static str>,
    },
}

impl ImportNames {
    /// The article for a text with this id. `next` is the next place in the list; `is_of` says
    /// whether the article in a place is for the same id and text, `is_taken` whether something on the disk
    /// has a name that should get another number.
    pub(super) fn name(
        &mut self,
        into: &Path,
        (id, text): (&str, Hash),
        next: usize,
        is_of: impl Fn(usize) -> bool,
        is_taken: impl Fn(&str) -> bool,
    ) -> ImportName {
        let wanted = portable(&name_in(into, id));
        let mut name = self.with_free_folders(&wanted);
        let mut taken = (name != wanted).then_some("an article has the name of its folder");
        if let Some(&place) = self.articles.get(&*folded(&name)) {
            if is_of(place) {
                return ImportName::Known(place);
            }
            taken = Some("another document has its file name");
        } else if self.folders.contains(&*folded(&name)) {
            taken = Some("a folder has its file name");
        } else if is_taken(&name) {
            taken = Some("another article has its file name");
        }
        let key = (Box::from(id), text);
        if let Some(&place) = self.numbered.get(&key) {
            return ImportName::Known(place);
        }
        if !self.is_free(&name) || is_taken(&name) {
            name = self.free(&name, is_taken);
        }
        if taken.is_some() {
            self.numbered.insert(key, next);
        }
        self.articles.insert(folded(&name).into(), next);
        for folder in folders(&name) {
            self.folders.insert(folded(folder).into());
        }
        ImportName::New { name, taken }
    }

    fn is_free(&self, name: &str) -> bool {
        let name = folded(name);
        !self.articles.contains_key(&*name) && !self.folders.contains(&*name)
    }

    /// The name with the first number that makes it free.
    fn free(&mut self, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let first = self.next.get(name).copied().unwrap_or(2);
        for n in first.. {
            let found = numbered(name, n);
            if self.is_free(&found) && !is_taken(&found) {
                self.next.insert(name.into(), n + 1);
                return found;
            }
        }
        name.to_owned()
    }

    /// The name with folders that are no articles.
    fn with_free_folders(&self, name: &str) -> String {
        let is_article = |folder: &str| self.articles.contains_key(&*folded(folder));
        if !folders(name).any(is_article) {
            return name.to_owned();
        }
        let mut found = String::new();
        let mut parts = name.split('/').peekable();
        while let Some(part) = parts.next() {
            let mut path = format!("{found}{part}");
            if parts.peek().is_some() {
                let whole = path.clone();
                for n in 2.. {
                    if !is_article(&path) {
                        break;
                    }
                    path = format!("{whole}-{n}");
                }
                path.push('/');
            }
            found = path;
        }
        found
    }
}

/// The folders above a name, the innermost last.
fn folders(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').filter_map(|(at, _)| name.get(..at))
}

fn numbered(name: &str, n: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem}-{n}.{ending}"),
        _ => format!("{name}-{n}"),
    }
}

/// The same for names that some file system takes for the same.
fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let name: String = name.nfd().collect();
    name.to_uppercase().to_lowercase().nfd().collect()
}

/// The name of the article of a document: a long one is cut, unless the article is there with it.
fn name_in(into: &Path, id: &str) -> PathBuf {
    let whole = whole_safe_name(id);
    if exists(&into.join(&whole)) {
        whole
    } else {
        safe_name(id)
    }
}

/// A safe name with `/` between its parts.
pub(super) fn portable(name: &Path) -> String {
    let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of documents with these ids and texts.
    fn names(documents: &[(&str, u8)]) -> Vec<String> {
        let mut names = ImportNames::default();
        let mut articles: Vec<(String, u8, String)> = Vec::new();
        let name_of = |&(id, text): &(&str, u8)| {
            let is_of = |place: usize| {
                let (of, its, _) = &articles[place];
                (&**of, *its) == (id, text)
            };
            let found = names.name(
                Path::new(""),
                (id, [text; 32]),
                articles.len(),
                is_of,
                |_| false,
            );
            match found {
                ImportName::Known(place) => articles[place].2.clone(),
                ImportName::New { name, .. } => {
                    articles.push((id.to_owned(), text, name.clone()));
                    name
                }
            }
        };
        documents.iter().map(name_of).collect()
    }

    #[test]
    fn names_that_meet_get_numbers() {
        let found = names(&[
            ("A.txt", 0),
            ("a.txt", 1),
            ("a.txt", 0),
            ("a.txt", 1),
            ("A.txt", 0),
            ("a-2.txt", 0),
            ("Straße", 0),
            ("STRASSE", 0),
            ("Mu\u{308}ller", 0),
            ("M\u{fc}ller", 0),
            ("b", 0),
            ("b.txt", 1),
            ("b", 2),
        ]);
        let expected = [
            "A.txt",
            "a-2.txt",
            "a-3.txt",
            "a-2.txt",
            "A.txt",
            "a-2-2.txt",
            "Straße.txt",
            "STRASSE-2.txt",
            "Mu\u{308}ller.txt",
            "M\u{fc}ller-2.txt",
            "b.txt",
            "b-2.txt",
            "b-3.txt",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn no_article_has_the_name_of_a_folder() {
        let found = names(&[
            ("a.txt", 0),
            ("A.txt/b.txt", 0),
            ("a.txt/c.txt", 0),
            ("a.txt-2", 0),
            ("d.txt/e/f.txt", 0),
            ("D.txt", 0),
            ("d.txt/e/f.txt", 0),
        ]);
        let expected = [
            "a.txt",
            "A.txt-2/b.txt",
            "a.txt-2/c.txt",
            "a.txt-2.txt",
            "d.txt/e/f.txt",
            "D-2.txt",
            "d.txt/e/f.txt",
        ];
        assert_eq!(found, expected);
    }
}
