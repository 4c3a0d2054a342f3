//! Files of an import that others are read together with.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::import_files::ImportFile;
use crate::format::Format;
use crate::store::read_file;

/// Which of the files are parts of others: by the path of the part, the name of the whole.
pub(super) fn parts(format: &dyn Format, files: &[ImportFile<'_>]) -> BTreeMap<PathBuf, String> {
    let mut parts = BTreeMap::new();
    for file in files {
        let bytes = || match file.bytes {
            Some(bytes) => Some(bytes.to_vec()),
            None => read_file(&file.path).ok(),
        };
        let folder = file.path.parent().unwrap_or(Path::new(""));
        for part in format.parts(&file.name, &bytes) {
            let part = plain(&folder.join(part));
            if part != plain(&file.path) {
                parts.entry(part).or_insert_with(|| file.name.clone());
            }
        }
    }
    parts
}

/// A path without `.` and `..`, as far as it can be.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            Component::ParentDir
            | Component::Normal(_)
            | Component::RootDir
            | Component::Prefix(_) => plain.push(component),
        }
    }
    plain
}
