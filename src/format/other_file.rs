//! Files that are of another kind altogether, known by their first bytes: said in words, with what to
//! do about it.

use std::fmt;

use super::FormatInfo;
use super::json::Value;
use super::json_syntax::{OddWord, TOO_DEEP, is_too_deep};

/// A kind of file that holds no tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherFile {
    /// Nothing but blanks.
    Empty,
    /// A PDF document.
    Pdf,
    /// A document of a word processor.
    TextDocument,
    /// A document of a word processor, in the format of before 2007.
    OldDocument,
    /// A spreadsheet.
    Spreadsheet,
    /// Another archive.
    Archive,
    /// A picture.
    Image,
    /// A web page.
    WebPage,
    /// Stand-off annotations of STAM in tables.
    StamTable,
    /// WebAnno TSV of before version 3.
    OldWebAnno,
    /// Compressed data without a name, as spaCy writes its documents.
    Compressed,
    /// Rows in columns, as data frames are kept.
    Parquet,
    /// A database of SQLite.
    Database,
    /// JSON whose brackets are nested too deeply to be read.
    DeepJson,
    /// JSON with a word that is none, such as `NaN`.
    OddJson(OddWord),
}

/// How far into a file is looked, in bytes.
const HEAD: usize = 4096;

impl OtherFile {
    /// What a file is that cannot be of the format; `None` where it may be.
    #[must_use]
    pub fn of(bytes: &[u8], format: &FormatInfo) -> Option<Self> {
        let takes = |ending: &str| format.extensions.contains(&ending);
        let found = Self::known(bytes)?;
        if format.holds_articles() {
            // They say themselves what is wrong with documents.
            let others = [Self::Empty, Self::OldDocument, Self::Image];
            return others.contains(&found).then_some(found);
        }
        let fits = match found {
            // An article in which nothing is tagged.
            Self::Empty => takes("ann") || takes("conll"),
            Self::TextDocument | Self::Spreadsheet | Self::Archive => {
                ["zip", "qdpx", "xlsx"].into_iter().any(takes)
            }
            Self::WebPage => takes("html") || takes("xml"),
            // They are columns of words.
            Self::OldWebAnno => takes("conll"),
            Self::Pdf
            | Self::OldDocument
            | Self::Image
            | Self::StamTable
            | Self::Compressed
            | Self::Parquet
            | Self::Database
            | Self::DeepJson
            | Self::OddJson(_) => false,
        };
        (!fits).then_some(found)
    }

    /// What a file is, whatever it may be of; `None` where it is none of these kinds. A format may be made
    /// of files of such a kind.
    #[must_use]
    pub fn known(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..HEAD).unwrap_or(bytes);
        let holds = |words: &[u8]| head.windows(words.len()).any(|piece| piece == words);
        let begins = |all: &[&[u8]]| all.iter().any(|words| head.starts_with(words));
        if begins(&[b"%PDF-"]) {
            Some(Self::Pdf)
        } else if begins(&[b"PK\x03\x04", b"PK\x05\x06"]) {
            let kinds: [(&[u8], Self); 4] = [
                (b"word/", Self::TextDocument),
                (b"opendocument.text", Self::TextDocument),
                (b"xl/", Self::Spreadsheet),
                (b"opendocument.spreadsheet", Self::Spreadsheet),
            ];
            let kind = kinds.into_iter().find(|(words, _)| holds(words));
            Some(kind.map_or(Self::Archive, |(_, kind)| kind))
        } else if begins(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]) {
            Some(Self::OldDocument)
        } else if begins(&[b"{\\rtf"]) {
            Some(Self::TextDocument)
        } else if begins(&[b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!"]) {
            Some(Self::Archive)
        } else if begins(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"])
            || begins(&[b"RIFF"]) && holds(b"WEBP")
        {
            Some(Self::Image)
        } else if begins(&[b"x\x9c", b"x\xda"]) {
            Some(Self::Compressed)
        } else if begins(&[b"PAR1"]) && holds(b"\0") {
            Some(Self::Parquet)
        } else if begins(&[b"SQLite format 3\0"]) {
            Some(Self::Database)
        } else {
            Self::known_text(head, bytes.len() > head.len())
        }
    }

    fn known_text(head: &[u8], goes_on: bool) -> Option<Self> {
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let text = text.trim_ascii_start();
        if text.is_empty() && !goes_on {
            return Some(Self::Empty);
        }
        let begins = |words: &str| {
            let start = text.get(..words.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
        };
        if begins("Type,Id,Filename") || begins("Id,AnnotationData,AnnotationDataSet,") {
            return Some(Self::StamTable);
        }
        if is_old_webanno(text) {
            return Some(Self::OldWebAnno);
        }
        (begins("<!doctype html") || begins("<html")).then_some(Self::WebPage)
    }

    /// JSON that no reader can take, by the beginning of its file.
    #[must_use]
    pub fn unreadable_json(beginning: &[u8]) -> Option<Self> {
        let json = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
        let values = serde_json::Deserializer::from_slice(json).into_iter::<Value>();
        let error = values.filter_map(Result::err).next()?;
        if is_too_deep(&error) {
            return Some(Self::DeepJson);
        }
        OddWord::of(&error, &String::from_utf8_lossy(json)).map(Self::OddJson)
    }
}

/// Whether a text begins as WebAnno TSV 1 or 2 does: with the names of its layers, and a number and the
/// text of each sentence, neither of which has a blank behind its `#`.
fn is_old_webanno(text: &[u8]) -> bool {
    let mut lines = text
        .split(|&byte| byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty());
    let layers = |line: &[u8]| line.starts_with(b"# ") && line.contains(&b'|');
    let numbered = |line: &[u8]| line.starts_with(b"#id=");
    match lines.next() {
        Some(line) if line.starts_with(b"#FORMAT=WebAnno TSV ") => {
            !line.starts_with(b"#FORMAT=WebAnno TSV 3")
        }
        Some(line) if numbered(line) => lines.next().is_some_and(|l| l.starts_with(b"#text=")),
        Some(line) if line.starts_with(b"# webanno.custom.") => true,
        Some(line) if layers(line) => lines.find(|line| !layers(line)).is_some_and(numbered),
        Some(_) | None => false,
    }
}

impl fmt::Display for OtherFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "this file is empty; export it again or choose another one",
            Self::Pdf => {
                "this is a PDF document and holds no tags; to tag its text, import it by itself (`pdf`)"
            }
            Self::TextDocument => {
                "this is a document of a word processor and holds no tags; to tag its text, import it \
                 by itself (`docx`, `odt` or `rtf`)"
            }
            Self::OldDocument => {
                "this is a document in the format of an old word processor (.doc); save it there as \
                 .docx and import that"
            }
            Self::Spreadsheet => {
                "this is a spreadsheet; save it there as CSV (UTF-8) and import that as `csv`"
            }
            Self::Archive => "this is an archive; unpack it and import the files in it",
            Self::Image => "this is an image and holds no tags; choose another file",
            Self::StamTable => {
                "this is STAM in tables (STAM CSV); save the store as STAM JSON and import that as \
                 `stam`"
            }
            Self::WebPage => {
                "this is a web page and holds no tags; to tag its text, import it by itself"
            }
            Self::OldWebAnno => {
                "this is WebAnno TSV of before version 3; import it in WebAnno or INCEpTION, and what is \
                 exported there as WebAnno TSV 3 or UIMA CAS here (or its columns of words with --from conll)"
            }
            Self::Compressed => {
                "this is compressed data, such as spaCy's documents (.spacy); read it with spaCy and write \
                 each text with its spans as JSON Lines"
            }
            Self::Parquet => {
                "this is Parquet; write its rows as JSON Lines (in pandas: to_json(lines=True)) and import \
                 these"
            }
            Self::Database => {
                "this is a database; export what is in it as JSON or CSV and import that"
            }
            Self::DeepJson => TOO_DEEP,
            Self::OddJson(word) => return write!(f, "{word} (line {})", word.line),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::by_name;

    #[test]
    fn other_files_are_known_by_how_they_begin() {
        let csv = by_name("csv").unwrap().info();
        let found = |bytes: &[u8]| OtherFile::of(bytes, csv);
        assert_eq!(found(b"%PDF-1.7\n"), Some(OtherFile::Pdf));
        assert_eq!(found(b"\xef\xbb\xbf \r\n"), Some(OtherFile::Empty));
        assert_eq!(
            found(b"PK\x03\x04 [Content_Types].xml word/document.xml"),
            Some(OtherFile::TextDocument)
        );
        assert_eq!(found(b"PK\x03\x04 a.csv"), Some(OtherFile::Archive));
        assert_eq!(found(b"\x89PNG\r\n"), Some(OtherFile::Image));
        assert_eq!(found(b"x\x9c\xed\x9d"), Some(OtherFile::Compressed));
        assert_eq!(found("xÜ".as_bytes()), None);
        assert_eq!(found(b"PAR1\x15\0"), Some(OtherFile::Parquet));
        assert_eq!(found(b"PAR1,a"), None);
        assert_eq!(found(b"SQLite format 3\0"), Some(OtherFile::Database));
        assert_eq!(found(b"<!DOCTYPE HTML><p>"), Some(OtherFile::WebPage));
        let stam = b"Type,Id,Filename\nAnnotationStore,x,a.csv\n";
        assert_eq!(found(stam), Some(OtherFile::StamTable));
        for old in [
            "#id=1\n#text=Ann said.\n1-1\tAnn\tB-PER\n",
            " # de.x.NamedEntity | value\r\n\r\n#id=1\r\n#text=Ann\r\n1-1\tAnn\tB-PER\r\n",
            "#FORMAT=WebAnno TSV 2\n",
            "# webanno.custom.Referent\n1-1\tAnn\tB-PER\n",
        ] {
            assert_eq!(found(old.as_bytes()), Some(OtherFile::OldWebAnno), "{old}");
        }
        for other in [
            "#FORMAT=WebAnno TSV 3.2\n#T_SP=x|y\n",
            "# sent_id = 1\n# text = Ann\n1\tAnn\n",
            "# a | b\nAnn\tB-PER\n",
        ] {
            assert_eq!(found(other.as_bytes()), None, "{other}");
        }
        assert_eq!(found(b"doc,kind\n"), None);
        // What the format itself is made of.
        let brat = by_name("brat").unwrap().info();
        assert_eq!(OtherFile::of(b"", brat), None);
        let xmi = by_name("xmi").unwrap().info();
        assert_eq!(OtherFile::of(b"PK\x03\x04 a.xmi", xmi), None);
    }
}
