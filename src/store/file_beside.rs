//! Finding a file that another one names.

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use super::decode::decode;
use super::read_error::{ReadError, from_io};
use super::read_limited::read_limited;
use super::read_source::MAX_BYTES;
use super::replacement::folder_of;

/// Finds the files that other files name. What is in a folder is listed once, when a file in it is first
/// asked for: a table may name a hundred thousand articles that are not there.
#[derive(Debug, Default)]
pub struct FilesBeside {
    folders: RefCell<FxHashMap<PathBuf, FolderNames>>,
}

/// A text in UTF-8, and the name of the encoding it was in where that was another.
pub type TextBeside = (Vec<u8>, Option<&'static str>);

impl FilesBeside {
    /// Reads the text of an article that another file names, in UTF-8: one that is in another encoding is
    /// decoded as an article would be, and the name of that encoding is given. It is in the folder `root`
    /// or below it, also after links are followed. `beside` is the file that names it, `name` what it says;
    /// a name in another normal form, or in upper or lower case, is found where only one file has it.
    /// `None` where there is no such file.
    ///
    /// # Errors
    /// [`ReadError`] where it lies elsewhere, is no plain file, larger than an article may be or unreadable.
    pub fn read_text(
        &self,
        root: &Path,
        beside: &Path,
        name: &str,
    ) -> Result<Option<TextBeside>, ReadError> {
        let Some(found) = self.find(root, beside, name)? else {
            return Ok(None);
        };
        let bytes = read_limited(&found, MAX_BYTES)?;
        if std::str::from_utf8(&bytes).is_ok() {
            return Ok(Some((bytes, None)));
        }
        let source = decode(bytes, None, &mut Vec::new).map_err(|error| ReadError::TooLong {
            path: beside.with_file_name(name),
            error,
        })?;
        let encoding = source.decoding().encoding.name();
        Ok(Some((source.as_str().as_bytes().to_vec(), Some(encoding))))
    }

    /// Where the file is. If none is called exactly so, the only one that differs in the normal form of its
    /// accents is taken, or else the only one that differs in upper and lower case.
    fn find(&self, root: &Path, beside: &Path, name: &str) -> Result<Option<PathBuf>, ReadError> {
        let named = beside.with_file_name(name);
        let Some(path) = self.in_folder(named) else {
            return Ok(None);
        };
        let found = match fs::canonicalize(&path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(from_io(&path, error)),
        };
        let here = Path::new(".");
        let root = if root.as_os_str().is_empty() {
            here
        } else {
            root
        };
        let root = fs::canonicalize(root).map_err(|error| from_io(root, error))?;
        if !found.starts_with(root) {
            return Err(ReadError::Outside { path });
        }
        Ok(Some(found))
    }

    /// The file as its folder calls it; `None` where the folder can be listed and has nothing like it.
    fn in_folder(&self, path: PathBuf) -> Option<PathBuf> {
        // `..` is in no list.
        let Some(name) = path.file_name() else {
            return Some(path);
        };
        let folder = folder_of(&path);
        let mut folders = self.folders.borrow_mut();
        let names = match folders.get(folder) {
            Some(names) => names,
            None => {
                let names = FolderNames::of(folder);
                folders.entry(folder.to_owned()).or_insert(names)
            }
        };
        match names {
            FolderNames::Unknown => Some(path),
            FolderNames::Listed { exact, .. } if exact.contains(name) => Some(path),
            FolderNames::Listed {
                composed,
                lower_case,
                ..
            } => {
                let name: String = name.to_str()?.nfc().collect();
                let alike = match composed.get(&name) {
                    Some(Only::One(other)) => Some(other),
                    Some(Only::Several) | None => match lower_case.get(&name.to_lowercase()) {
                        Some(Only::One(other)) => Some(other),
                        Some(Only::Several) | None => None,
                    },
                };
                alike.map(|other| path.with_file_name(other))
            }
        }
    }
}

/// What the files in a folder are called.
#[derive(Debug)]
enum FolderNames {
    /// It cannot be listed.
    Unknown,
    /// They are these.
    Listed {
        exact: FxHashSet<OsString>,
        /// By their names in normal form C.
        composed: FxHashMap<String, Only>,
        /// By these in lower case.
        lower_case: FxHashMap<String, Only>,
    },
}

/// The file with a name, where there is one alone.
#[derive(Debug)]
enum Only {
    One(OsString),
    Several,
}

impl FolderNames {
    fn of(folder: &Path) -> Self {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Self::listed(std::iter::empty());
            }
            Err(_) => return Self::Unknown,
        };
        let names: io::Result<Vec<_>> = entries
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect();
        names.map_or(Self::Unknown, |names| Self::listed(names.into_iter()))
    }

    fn listed(names: impl Iterator<Item = OsString>) -> Self {
        let mut exact = FxHashSet::default();
        let (mut composed, mut lower_case) = (FxHashMap::default(), FxHashMap::default());
        for name in names {
            if let Some(text) = name.to_str() {
                let text: String = text.nfc().collect();
                for (by, key) in [
                    (&mut lower_case, text.to_lowercase()),
                    (&mut composed, text),
                ] {
                    by.entry(key)
                        .and_modify(|only| *only = Only::Several)
                        .or_insert_with(|| Only::One(name.clone()));
                }
            }
            exact.insert(name);
        }
        Self::Listed {
            exact,
            composed,
            lower_case,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_other_forms() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::write(file("M\u{fc}ller.txt"), "composed").unwrap();
        fs::write(file("Ile\u{301}.TXT"), "decomposed").unwrap();
        fs::write(file("twice.txt"), "lower").unwrap();
        fs::write(file("Twice.txt"), "upper").unwrap();
        let beside = file("x.ann");
        let read = |name: &str| {
            let found = FilesBeside::default().read_text(folder.path(), &beside, name);
            let found = found.unwrap();
            found.map(|(bytes, _)| bytes)
        };
        assert_eq!(read("Mu\u{308}ller.txt").as_deref(), Some(&b"composed"[..]));
        assert_eq!(read("m\u{fc}ller.txt").as_deref(), Some(&b"composed"[..]));
        assert_eq!(read("il\u{e9}.txt").as_deref(), Some(&b"decomposed"[..]));
        assert_eq!(read("Twice.txt").as_deref(), Some(&b"upper"[..]));
        assert_eq!(read("Muller.txt"), None);
        fs::write(file("old.txt"), b"caf\xe9 und \xfcber M\xfcller, sagte er.").unwrap();
        let (text, encoding) = FilesBeside::default()
            .read_text(folder.path(), &beside, "old.txt")
            .unwrap()
            .unwrap();
        assert_eq!(
            text,
            "caf\u{e9} und \u{fc}ber M\u{fc}ller, sagte er.".as_bytes()
        );
        assert_eq!(encoding, Some("windows-1252"));
        // On disks that tell them apart, neither is meant.
        if file("TWICE.txt").exists() {
            return;
        }
        assert_eq!(read("TWICE.txt"), None);
    }

    #[test]
    fn nothing_is_read_that_is_too_large_for_an_article() {
        let folder = tempfile::tempdir().unwrap();
        let large = fs::File::create(folder.path().join("large.txt")).unwrap();
        large.set_len(MAX_BYTES + 1).unwrap();
        let beside = folder.path().join("x.csv");
        let read = FilesBeside::default().read_text(folder.path(), &beside, "large.txt");
        assert!(matches!(read, Err(ReadError::TooLarge { .. })));
    }
}
