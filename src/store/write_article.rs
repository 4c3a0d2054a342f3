use std::fs;
use std::path::Path;

use super::{Stamp, WriteError, atomic_write};
use crate::text::SourceText;

/// Writes a new article with the folders it needs; never over a file that is there.
///
/// # Errors
/// [`WriteError`]; nothing has been written then.
pub fn write_article(path: &Path, source: &SourceText) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| WriteError::Failed {
            path: folder.to_owned(),
            error,
        })?;
    }
    let text = source.as_str();
    // Reading takes one mark away; a text that starts with one of its own must keep it.
    let mark = if text.starts_with('\u{feff}') {
        "\u{feff}"
    } else {
        ""
    };
    let bytes = [mark.as_bytes(), text.as_bytes()].concat();
    atomic_write(path, &bytes, Some(&Stamp::Absent)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::read_source;

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
            assert_eq!(read_source(&path).unwrap().as_str(), *text);
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
