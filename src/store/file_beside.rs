//! Finding a file that another one names.

use std::fs;
use std::path::{Path, PathBuf};

use super::read_error::ReadError;
use super::read_limited::read_file;
use crate::text::decomposed;

/// Reads a file in the folder of `path`, of at most 1 GB. If none is called exactly `name`, the only
/// one that differs in the normal form of its accents is taken, or else the only one that differs in
/// upper and lower case.
///
/// # Errors
/// [`ReadError`] in words for the person who chose the file.
pub fn read_beside(path: &Path, name: &str) -> Result<Vec<u8>, ReadError> {
    let exact = path.with_file_name(name);
    if exact.exists() {
        return read_file(&exact);
    }
    read_file(&similar(&exact).unwrap_or(exact))
}

fn similar(path: &Path) -> Option<PathBuf> {
    let name = decomposed(path.file_name()?.to_str()?);
    let folder = match path.parent()? {
        folder if folder.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    let files = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let names = files
        .filter_map(|file| Some(decomposed(file.file_name().to_str()?)).zip(Some(file.path())));
    let names: Vec<(String, PathBuf)> = names.collect();
    let only = |same: &dyn Fn(&str) -> bool| {
        let mut found = names.iter().filter(|(other, _)| same(other));
        let first = found.next()?;
        found.next().is_none().then(|| first.1.clone())
    };
    only(&|other| other == name)
        .or_else(|| only(&|other| other.to_lowercase() == name.to_lowercase()))
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
        let read = |name: &str| read_beside(&file("x.ann"), name).ok();
        assert_eq!(read("Mu\u{308}ller.txt").as_deref(), Some(&b"composed"[..]));
        assert_eq!(read("m\u{fc}ller.txt").as_deref(), Some(&b"composed"[..]));
        assert_eq!(read("il\u{e9}.txt").as_deref(), Some(&b"decomposed"[..]));
        assert_eq!(read("Twice.txt").as_deref(), Some(&b"upper"[..]));
        assert_eq!(read("Muller.txt"), None);
        // On disks that tell them apart, neither is meant.
        if file("TWICE.txt").exists() {
            return;
        }
        assert_eq!(read("TWICE.txt"), None);
    }
}
