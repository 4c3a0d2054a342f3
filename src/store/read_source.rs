use std::fs;
use std::path::{Path, PathBuf};

use super::decode::{decode, is_binary};
use super::file_fingerprint::FileFingerprint;
use super::read_error::{ReadError, from_io};
use super::read_limited::read_limited;
use super::sidecar_file::recorded_encodings;
use crate::text::{Encoding, SourceText};

/// The largest article that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Who may know the encoding of an article that is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EncodingHints {
    /// The encoding given by a person.
    pub named: Option<Encoding>,
    /// Sidecars of the article, which record the encoding it was annotated in. Read only if the
    /// file declares none.
    pub sidecars: Vec<PathBuf>,
}

/// An article as it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// Its text, with how it was decoded.
    pub source: SourceText,
    /// What to expect on disk when it is written again.
    pub fingerprint: FileFingerprint,
}

/// Reads an article: UTF-8, UTF-16 with a byte order mark, or what `hints` say; else its encoding is
/// guessed, and [`crate::text::Decoding::basis`] says so. A byte order mark is not part of the text.
///
/// # Errors
/// [`ReadError`] in words for the person who chose the file.
pub fn read_source(path: &Path, hints: &EncodingHints) -> Result<ArticleText, ReadError> {
    if let Some(kind) = kind_by_name(path) {
        // A mistyped name should be reported first.
        fs::metadata(path).map_err(|error| from_io(path, error))?;
        return Err(kind.refuse(path));
    }
    let bytes = read_limited(path, MAX_BYTES)?;
    if let Some(kind) = kind_by_magic(&bytes) {
        return Err(kind.refuse(path));
    }
    let fingerprint = FileFingerprint::of(&bytes);
    let mut recorded = || recorded_encodings(&hints.sidecars);
    let source = decode(bytes, hints.named, &mut recorded).map_err(|error| ReadError::TooLong {
        path: path.into(),
        error,
    })?;
    if source.is_empty() {
        return Err(ReadError::Empty { path: path.into() });
    }
    // In another encoding than UTF-8 the bytes did not look like it.
    if let Some(kind) = kind_by_magic(source.as_str().as_bytes()) {
        return Err(kind.refuse(path));
    }
    if is_binary(&source) {
        return Err(ReadError::Binary { path: path.into() });
    }
    Ok(ArticleText {
        source,
        fingerprint,
    })
}

/// What is not an article.
enum Kind {
    Other(&'static str),
    Sidecar,
}

const HTML: Kind = Kind::Other("a web page");
const PDF: Kind = Kind::Other("a PDF file");
const WORD: Kind = Kind::Other("a word processor document");
const ZIP: Kind = Kind::Other("a ZIP file (a word processor document or an archive)");

impl Kind {
    fn refuse(&self, path: &Path) -> ReadError {
        let path = path.into();
        match self {
            Self::Other(kind) => ReadError::OtherFormat { path, kind },
            Self::Sidecar => ReadError::Sidecar { path },
        }
    }
}

fn kind_by_name(path: &Path) -> Option<Kind> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" | "xhtml" | "mhtml" => Some(HTML),
        "pdf" => Some(PDF),
        "doc" | "docx" | "odt" | "rtf" | "pages" => Some(WORD),
        "ron" => Some(Kind::Sidecar),
        _ => None,
    }
}

fn kind_by_magic(bytes: &[u8]) -> Option<Kind> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let begins = |magic: &[u8]| {
        start
            .get(..magic.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(magic))
    };
    if begins(b"%PDF-") {
        Some(PDF)
    } else if bytes.starts_with(b"PK\x03\x04") {
        Some(ZIP)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") || bytes.starts_with(b"{\\rtf") {
        Some(WORD)
    } else if begins(b"<!doctype html") || begins(b"<html") {
        Some(HTML)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Result<SourceText, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let read = read_source(&path, &EncodingHints::default());
        assert_eq!(
            fs::read(&path).unwrap(),
            bytes,
            "an article is never written"
        );
        if let Err(error) = &read {
            assert!(error.to_string().contains(name), "{error}");
        }
        read.map(|article| {
            assert_eq!(article.fingerprint, FileFingerprint::of(bytes));
            article.source
        })
    }

    fn read_at(path: &Path) -> ReadError {
        read_source(path, &EncodingHints::default()).unwrap_err()
    }

    #[test]
    fn text_is_read_as_it_stands_without_its_mark() {
        let source = read("a.txt", b"\xEF\xBB\xBFone\r\ntwo\0\rthree\xE2\x80\xA8").unwrap();
        assert_eq!(source.as_str(), "one\r\ntwo\0\rthree\u{2028}");
        assert_eq!(source.encoding(), "UTF-8");
        // Chosen explicitly, any name will do, with any extension.
        assert_eq!(read("notes", b"x").unwrap().as_str(), "x");
    }

    #[test]
    fn what_is_full_of_control_characters_is_no_text() {
        let noise: Vec<u8> = (0_u8..=255).cycle().take(4096).collect();
        for bytes in [
            &[0; 100][..],
            b"\0\0",
            &noise,
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0",
        ] {
            let error = read("a.txt", bytes).unwrap_err();
            assert!(matches!(error, ReadError::Binary { .. }), "{error}");
        }
    }

    #[test]
    fn nothing_to_read_is_said_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let missing = read_at(&folder.path().join("no.txt"));
        assert!(matches!(missing, ReadError::Missing { .. }), "{missing}");
        let missing = read_at(&folder.path().join("no.pdf"));
        assert!(matches!(missing, ReadError::Missing { .. }), "{missing}");
        let directory = read_at(folder.path());
        assert!(
            matches!(directory, ReadError::Directory { .. }),
            "{directory}"
        );
        assert!(matches!(read("a.txt", b""), Err(ReadError::Empty { .. })));
        assert!(matches!(
            read("a.txt", b"\xEF\xBB\xBF"),
            Err(ReadError::Empty { .. })
        ));
    }

    /// A file in the place of a folder cannot be read by anyone, whatever their rights.
    #[cfg(unix)]
    #[test]
    fn what_the_system_refuses_is_said_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, b"x").unwrap();
        let error = read_at(&file.join("a.txt"));
        assert!(matches!(error, ReadError::Unreadable { .. }), "{error}");
        let device = read_at(Path::new("/dev/zero"));
        assert!(matches!(device, ReadError::NotAFile { .. }), "{device}");
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.txt");
        // Sparse: it takes no space, only length.
        fs::File::create(&path)
            .unwrap()
            .set_len(100 * 1024 * 1024)
            .unwrap();
        let error = read_at(&path);
        assert!(
            matches!(
                error,
                ReadError::TooLarge {
                    bytes: 104_857_600,
                    ..
                }
            ),
            "{error}"
        );
        assert!(
            error.to_string().contains("100 MB; the limit is 64 MB"),
            "{error}"
        );
    }

    #[test]
    fn files_of_other_programs_are_refused_by_name_and_by_content() {
        for (name, bytes, kind) in [
            ("a.html", &b"<p>hello"[..], "web page"),
            ("A.PDF", b"x", "PDF"),
            ("a.docx", b"x", "word processor"),
            ("a.txt", b"\xEF\xBB\xBF\n <!DOCTYPE HTML><html>", "web page"),
            ("a.txt", b"%PDF-1.7", "PDF"),
            ("a.txt", b"PK\x03\x04\x14", "ZIP"),
            ("a.md", b"{\\rtf1\\ansi", "word processor"),
        ] {
            let error = read(name, bytes).unwrap_err();
            assert!(matches!(error, ReadError::OtherFormat { .. }), "{error}");
            assert!(error.to_string().contains(kind), "{error}");
        }
        let error = read("a.txt.ron", b"Pullquote()").unwrap_err();
        assert!(matches!(error, ReadError::Sidecar { .. }), "{error}");
        // An article about HTML is an article.
        assert!(read("a.md", b"Use <html> first, she said.").is_ok());
    }
}
