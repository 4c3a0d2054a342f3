use std::io;
use std::path::Path;

use super::{FileFingerprint, WriteError, atomic_write, disk};
use crate::text::{Decoding, SourceText};

/// Writes a new article as UTF-8 with the folders it needs; never over a file that is there. Returns
/// its fingerprint.
///
/// # Errors
/// [`WriteError`]; nothing has been written then.
pub fn write_article(path: &Path, source: &SourceText) -> Result<FileFingerprint, WriteError> {
    if let Some(folder) = path.parent() {
        disk::make_folder(folder).map_err(|error| WriteError::failed(folder, error))?;
    }
    let bytes = Decoding::UTF_8
        .encode(source.as_str())
        .map_err(|error| WriteError::Failed {
            path: path.to_owned(),
            error: io::Error::other(error),
        })?;
    atomic_write(path, &bytes, Some(&FileFingerprint::Absent))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::{EncodingHints, read_source};

    #[test]
    fn a_written_article_reads_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        for (n, text) in ["a\r\nb\rc\n", "\u{feff}mark", "\u{feff}\u{feff}", "\0é😀"]
            .iter()
            .enumerate()
        {
            let path = folder.path().join(format!("sub/{n}.txt"));
            let source = SourceText::new(*text, "UTF-8").unwrap();
            write_article(&path, &source).unwrap();
            assert_eq!(
                read_source(&path, &EncodingHints::default())
                    .unwrap()
                    .source
                    .as_str(),
                *text
            );
        }
    }

    #[test]
    fn an_article_that_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "mine").unwrap();
        let source = SourceText::new("other", "UTF-8").unwrap();
        assert!(write_article(&path, &source).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
