//! Copies of the files that articles were found in, beside the articles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::safe_name::{safe_file_name, safe_name};
use crate::store::{canonical_path, exists, is_article, read_file};

/// SHA-256.
type Hash = [u8; 32];

/// Gives each copy a name of its own.
pub(super) struct KeptCopies<'a> {
    into: &'a Path,
    /// By where they go.
    copies: BTreeMap<PathBuf, Hash>,
}

impl<'a> KeptCopies<'a> {
    pub(super) fn new(into: &'a Path) -> Self {
        Self {
            into,
            copies: BTreeMap::new(),
        }
    }

    /// Where the copy of a file goes, of the places that have its name or a number behind it; `None` where it
    /// is there. `name` is its path below the folder that is imported, with `/`.
    pub(super) fn place(&mut self, file: &Path, name: &str, bytes: &[u8]) -> Option<PathBuf> {
        if canonical_path(file).starts_with(canonical_path(self.into)) {
            return None;
        }
        let hash: Hash = Sha256::digest(bytes).into();
        let below = safe_name(name);
        let folder = self.into.join(below.parent().unwrap_or(Path::new("")));
        let name = safe_file_name(name.rsplit('/').next().unwrap_or(name));
        // It holds articles, and is none.
        let name = match is_article(Path::new(&name)) {
            true => format!("{name}.original"),
            false => name,
        };
        let numbered = (2_usize..).map(|n| match name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}-{n}.{ending}"),
            None => format!("{name}-{n}"),
        });
        for name in std::iter::once(name.clone()).chain(numbered) {
            let path = folder.join(name);
            match self.there(&path) {
                None => {
                    self.copies.insert(path.clone(), hash);
                    return Some(path);
                }
                Some(known) if known == hash => return None,
                Some(_) => {}
            }
        }
        None
    }

    fn there(&self, path: &Path) -> Option<Hash> {
        match self.copies.get(path) {
            Some(hash) => Some(*hash),
            None if exists(path) => {
                let bytes = read_file(path).ok();
                Some(bytes.map_or([0; 32], |bytes| Sha256::digest(bytes).into()))
            }
            None => None,
        }
    }
}
