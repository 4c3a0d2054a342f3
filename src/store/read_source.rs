use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::Stamp;
use super::decode::{EncodingHints, decode, is_binary};
use crate::text::{SourceText, TextTooLong};

/// The largest article that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Why a file cannot be read. `Display` names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing of that name.
    #[error("{}: there is no such file; check the name", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder.
    #[error("{}: this is a folder; open a file in it, or the folder as a folder", path.display())]
    Directory {
        /// The folder.
        path: PathBuf,
    },
    /// It is a device, a pipe or the like.
    #[error("{}: this is not a plain file; copy its contents into one", path.display())]
    NotAFile {
        /// What it is called.
        path: PathBuf,
    },
    /// The system does not let us read it.
    #[error("{}: cannot be read ({error}); check its permissions and the disk", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It holds nothing.
    #[error("{}: the file is empty; put the article's text into it first", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is too large.
    #[error(
        "{}: the file has {} MB, more than the {} MB that can be opened; split it",
        path.display(), bytes / 1_048_576, limit / 1_048_576
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        bytes: u64,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The text cannot be addressed.
    #[error("{}: {error}", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// How long it is.
        error: TextTooLong,
    },
    /// It holds no text.
    #[error(
        "{}: this is not text (it is full of control characters); if it is, name its encoding",
        path.display()
    )]
    Binary {
        /// The file.
        path: PathBuf,
    },
    /// It is not UTF-8, as schemas must be.
    #[error(
        "{}: not UTF-8 (byte {offset}, on line {line}, belongs to no character). Save it as UTF-8 in \
         an editor, or convert it: iconv -f {guess} -t UTF-8 OLD > NEW",
        path.display()
    )]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Offset of the first bad byte, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// The encoding it is most likely in, as `iconv` calls it.
        guess: &'static str,
    },
    /// It is not text but a document of another program.
    #[error("{}: this is {kind}, which cannot be opened yet; save it as plain text", path.display())]
    OtherFormat {
        /// The file.
        path: PathBuf,
        /// What it is: "a PDF file".
        kind: &'static str,
    },
    /// It is a sidecar or a schema, not an article.
    #[error("{}: this file belongs to an article; open the article itself", path.display())]
    Sidecar {
        /// The file.
        path: PathBuf,
    },
}

/// An article as it lies on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// Its text, which also says how it was decoded.
    pub source: SourceText,
    /// What to expect on disk when it is written again.
    pub stamp: Stamp,
}

/// Reads an article: UTF-8, UTF-16 with a byte order mark, or what `hints` say; else its encoding is
/// guessed, and [`crate::text::Decoding::basis`] says so. A byte order mark is not part of the text.
///
/// # Errors
/// [`ReadError`] in words for whoever chose the file.
pub fn read_source(path: &Path, hints: &EncodingHints) -> Result<ArticleText, ReadError> {
    if let Some(kind) = kind_by_name(path) {
        // Whoever mistypes a name should hear that first.
        fs::metadata(path).map_err(|error| from_io(path, error))?;
        return Err(kind.refuse(path));
    }
    let bytes = read_limited(path, MAX_BYTES)?;
    if let Some(kind) = kind_by_magic(&bytes) {
        return Err(kind.refuse(path));
    }
    let stamp = Stamp::of(&bytes);
    let source = decode(bytes, hints).map_err(|error| ReadError::TooLong {
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
    Ok(ArticleText { source, stamp })
}

/// Reads a file another program wrote, of at most 1 GB.
///
/// # Errors
/// [`ReadError`] in words for whoever chose the file.
pub fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_limited(path, 1024 * 1024 * 1024)
}

/// Bytes of a plain file of at most `limit` bytes.
pub(super) fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let file = open_limited(path, limit)?;
    let expected = file
        .metadata()
        .map_or(0, |metadata| metadata.len().min(limit));
    bytes.reserve_exact(usize::try_from(expected + 1).unwrap_or_default());
    copy_limited(file, path, limit, &mut bytes)?;
    Ok(bytes)
}

/// Opens a file of at most `limit` bytes.
fn open_limited(path: &Path, limit: u64) -> Result<File, ReadError> {
    let metadata = fs::metadata(path).map_err(|error| from_io(path, error))?;
    if metadata.is_dir() {
        return Err(ReadError::Directory { path: path.into() });
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile { path: path.into() });
    }
    if metadata.len() > limit {
        return Err(ReadError::TooLarge {
            path: path.into(),
            bytes: metadata.len(),
            limit,
        });
    }
    File::open(path).map_err(|error| from_io(path, error))
}

/// Hands a file of at most `limit` bytes on, without holding it as a whole.
pub(super) fn pass_limited(path: &Path, limit: u64, out: &mut impl Write) -> Result<(), ReadError> {
    copy_limited(open_limited(path, limit)?, path, limit, out)
}

/// It may grow while it is read.
fn copy_limited(
    file: File,
    path: &Path,
    limit: u64,
    out: &mut impl Write,
) -> Result<(), ReadError> {
    let copied = io::copy(&mut file.take(limit + 1), out).map_err(|error| from_io(path, error))?;
    if copied > limit {
        return Err(ReadError::TooLarge {
            path: path.into(),
            bytes: copied,
            limit,
        });
    }
    Ok(())
}

/// UTF-8 without its byte order mark.
pub(super) fn strict_utf8(path: &Path, bytes: Vec<u8>) -> Result<String, ReadError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = bytes.iter().take(offset);
        ReadError::NotUtf8 {
            path: path.into(),
            offset,
            line: before.filter(|&&byte| byte == b'\n').count() + 1,
            guess: if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
                "UTF-16"
            } else {
                "WINDOWS-1252"
            },
        }
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

pub(super) fn from_io(path: &Path, error: io::Error) -> ReadError {
    let path = path.into();
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { path },
        _ => ReadError::Unreadable { path, error },
    }
}

/// What is not an article.
enum Kind {
    Other(&'static str),
    Sidecar,
}

const HTML: Kind = Kind::Other("a web page");
const PDF: Kind = Kind::Other("a PDF file");
const WORD: Kind = Kind::Other("a word processor's document");
const ZIP: Kind = Kind::Other("a packed file (a word processor's document or an archive)");

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
            assert_eq!(article.stamp, Stamp::of(bytes));
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
        // Chosen explicitly, any name will do, also one that says nothing.
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

    /// A file in the place of a folder cannot be read by anybody, whatever their rights.
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
        File::create(&path)
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
            error.to_string().contains("100 MB, more than the 64 MB"),
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
            ("a.txt", b"PK\x03\x04\x14", "packed"),
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
