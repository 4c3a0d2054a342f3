//! Finding a file that another one names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::decode::decode;
use super::read_error::{ReadError, from_io};
use super::read_limited::read_limited;
use super::read_source::MAX_BYTES;
use super::replacement::folder_of;

/// Where the file is that another file names: in the folder `root` or below it, also after links are
/// followed. `beside` is the file that names it, `name` what it says. If none is called exactly so,
/// the only one that differs in the normal form of its accents is taken, or else the only one that
/// differs in upper and lower case. `None` where there is no such file.
fn find_beside(root: &Path, beside: &Path, name: &str) -> Result<Option<PathBuf>, ReadError> {
    let named = beside.with_file_name(name);
    let path = if named.exists() {
        named
    } else {
        similar(&named).unwrap_or(named)
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

/// A text in UTF-8, and the name of the encoding it was in where that was another.
pub type TextBeside = (Vec<u8>, Option<&'static str>);

/// Reads the text of an article that another file names, in UTF-8: one that is in another encoding is
/// decoded as an article would be, and the name of that encoding is given. It is in the folder `root`
/// or below it, also after links are followed. `beside` is the file that names it, `name` what it says;
/// a name in another normal form, or in upper or lower case, is found where only one file has it.
/// `None` where there is no such file.
///
/// # Errors
/// [`ReadError`] where it lies elsewhere, is no plain file, larger than an article may be or unreadable.
pub fn read_text_beside(
    root: &Path,
    beside: &Path,
    name: &str,
) -> Result<Option<TextBeside>, ReadError> {
    let Some(found) = find_beside(root, beside, name)? else {
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

fn similar(path: &Path) -> Option<PathBuf> {
    let name: String = path.file_name()?.to_str()?.nfc().collect();
    let files = fs::read_dir(folder_of(path)).ok()?.filter_map(Result::ok);
    let names =
        files.filter_map(|file| Some((file.file_name().to_str()?.nfc().collect(), file.path())));
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
        let beside = file("x.ann");
        let read = |name: &str| {
            let found = read_text_beside(folder.path(), &beside, name).unwrap();
            found.map(|(bytes, _)| bytes)
        };
        assert_eq!(read("Mu\u{308}ller.txt").as_deref(), Some(&b"composed"[..]));
        assert_eq!(read("m\u{fc}ller.txt").as_deref(), Some(&b"composed"[..]));
        assert_eq!(read("il\u{e9}.txt").as_deref(), Some(&b"decomposed"[..]));
        assert_eq!(read("Twice.txt").as_deref(), Some(&b"upper"[..]));
        assert_eq!(read("Muller.txt"), None);
        fs::write(file("old.txt"), b"caf\xe9 und \xfcber M\xfcller, sagte er.").unwrap();
        let (text, encoding) = read_text_beside(folder.path(), &beside, "old.txt")
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
        let read = read_text_beside(folder.path(), &beside, "large.txt");
        assert!(matches!(read, Err(ReadError::TooLarge { .. })));
    }
}
