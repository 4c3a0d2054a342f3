//! Which format files to import are of.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::ImportInput;
use super::page_parts::SavedPages;
use crate::format::{
    FormatInfo, OtherFile, articles_of_any_format, detect, readable, shape_of, utf16_as_utf8,
};
use crate::store::{ReadError, is_article, is_folder, list_files, read_beginning};

/// How much of a file is looked at, in bytes.
pub(super) const BEGINNING: u64 = 256 * 1024;

/// The most files of a folder that are looked at.
const MOST_FILES: usize = 20;

/// Why it cannot be said which format the files are of.
#[derive(Debug, thiserror::Error)]
pub enum ImportFormatError {
    /// One of the files cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It may be one of several, or any.
    #[error(
        "{input}: the format is not clear{}; name it with --from, one of: {}",
        met.as_ref().map(|met| format!(": {met}")).unwrap_or_default(), .formats.join(", ")
    )]
    Unclear {
        /// The file or folder.
        input: String,
        /// What the file holds, where that can be said.
        met: Option<String>,
        /// The formats it may be of.
        formats: Vec<&'static str>,
    },
    /// The files have no format in common.
    #[error(
        "the files are of several formats: {one} is {}, and {other} is {}; import the files of each \
         format by themselves, or name one with --from",
        or(.of_one), or(.of_other)
    )]
    Several {
        /// A file.
        one: String,
        /// The formats it may be of.
        of_one: Vec<&'static str>,
        /// Another file.
        other: String,
        /// The formats that one may be of.
        of_other: Vec<&'static str>,
    },
    /// A file of no format that holds tags.
    #[error("{input}: {kind}")]
    Other {
        /// The file.
        input: String,
        /// What it is.
        kind: OtherFile,
    },
    /// A folder without files of any format.
    #[error("{}: there are no files in it that can be imported; name the files", .folder.display())]
    NothingThere {
        /// The folder.
        folder: PathBuf,
    },
}

/// The format of all the files, by their names and how they begin.
///
/// # Errors
/// [`ImportFormatError`] where there is not exactly one such format, with those it may be.
pub fn import_format(inputs: &[ImportInput]) -> Result<&'static FormatInfo, ImportFormatError> {
    let mut common: Vec<&'static FormatInfo> = readable().collect();
    // The file that decided last.
    let mut decided: Option<String> = None;
    let (mut named, mut met) = (String::new(), None);
    for input in inputs {
        let files = beginnings(input)?;
        if let (ImportInput::File(folder), []) = (input, &files[..]) {
            let folder = folder.clone();
            return Err(ImportFormatError::NothingThere { folder });
        }
        for (name, beginning) in files {
            let beginning = match utf16_as_utf8(&beginning) {
                Some(text) => Cow::Owned(text),
                None => beginning,
            };
            let mut found = detect(&name, &beginning);
            let holds_articles = found.iter().all(|info| info.holds_articles());
            if holds_articles && !found.is_empty() && is_in_folder(input) {
                // Not all files of it are looked at, and nobody has chosen them.
                found = vec![articles_of_any_format()];
            }
            if found.len() != 1 {
                let kind = OtherFile::known(&beginning).filter(|kind| *kind != OtherFile::Empty);
                if let Some(kind) = kind.or_else(|| OtherFile::unreadable_json(&beginning)) {
                    return Err(ImportFormatError::Other { input: name, kind });
                }
            }
            let before = common.clone();
            common.retain(|info| found.iter().any(|found| found.name == info.name));
            let mut known = before.iter().chain(&found);
            if common.is_empty() && !found.is_empty() && known.all(|info| info.holds_articles()) {
                common.push(articles_of_any_format());
            }
            if common.is_empty() {
                return Err(match decided {
                    _ if found.is_empty() => unclear(name, shape_of(&beginning), readable()),
                    Some(one) => ImportFormatError::Several {
                        one,
                        of_one: names(before),
                        other: name,
                        of_other: names(found),
                    },
                    None => unclear(name, shape_of(&beginning), found),
                });
            }
            if common.len() < before.len() {
                decided = Some(name.clone());
            }
            met = shape_of(&beginning);
            named = name;
        }
        if let ImportInput::File(path) = input {
            named = path.display().to_string();
        }
    }
    match common[..] {
        [only] => Ok(only),
        _ => Err(unclear(named, met, common)),
    }
}

fn is_in_folder(input: &ImportInput) -> bool {
    matches!(input, ImportInput::File(path) if is_folder(path))
}

fn unclear(
    input: String,
    met: Option<String>,
    formats: impl IntoIterator<Item = &'static FormatInfo>,
) -> ImportFormatError {
    let formats = names(formats);
    ImportFormatError::Unclear {
        input,
        met,
        formats,
    }
}

fn names(formats: impl IntoIterator<Item = &'static FormatInfo>) -> Vec<&'static str> {
    formats.into_iter().map(|info| info.name).collect()
}

fn or(formats: &[&str]) -> String {
    let formats: Vec<String> = formats.iter().map(|name| format!("`{name}`")).collect();
    formats.join(" or ")
}

/// The name of a file and how it begins.
type Beginning<'a> = (String, Cow<'a, [u8]>);

/// The names of the files and how they begin.
fn beginnings(input: &ImportInput) -> Result<Vec<Beginning<'_>>, ReadError> {
    let shown = |path: &Path| path.display().to_string();
    let files: Vec<PathBuf> = match input {
        ImportInput::Bytes(name, bytes) => return Ok(vec![(name.clone(), bytes.into())]),
        ImportInput::File(path) if is_folder(path) => {
            let endings = |articles: bool| {
                let infos = readable().filter(|info| info.holds_articles() == articles);
                let endings = infos.flat_map(|info| info.extensions).copied();
                endings.collect::<Vec<&str>>()
            };
            let pages = list_files(path, &["html", "htm", "xhtml"])?.files;
            let pages = SavedPages::among(&pages);
            let mut files = list_files(path, &endings(false))?.files;
            files.retain(|file| pages.folder_of(file).is_none());
            if files.is_empty() {
                // Beside tags, documents are about the project.
                files = articles_of(path, &endings(true))?;
                files.retain(|file| pages.folder_of(file).is_none());
            }
            // Exports for other programs have descriptions of their labels beside them.
            let described = ["labelling-config.xml", "TypeSystem.xml"];
            files.retain(|file| !described.iter().any(|name| file.ends_with(name)));
            files
        }
        ImportInput::File(path) => vec![path.clone()],
    };
    let files = files.iter().take(MOST_FILES);
    let read = |path: &PathBuf| Ok((shown(path), read_beginning(path, BEGINNING)?.into()));
    files.map(read).collect()
}

/// The files in a folder with articles in them: by their endings, and plain text by how it begins.
fn articles_of(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, ReadError> {
    let mut found = Vec::new();
    for file in list_files(folder, endings)?.files {
        if !is_article(&file) || !detect("", &read_beginning(&file, BEGINNING)?).is_empty() {
            found.push(file);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_of(inputs: &[(&str, &str)]) -> Result<&'static str, String> {
        let bytes = |(name, text): &(&str, &str)| {
            ImportInput::Bytes((*name).to_owned(), text.as_bytes().to_vec())
        };
        let inputs: Vec<_> = inputs.iter().map(bytes).collect();
        let found = import_format(&inputs).map(|info| info.name);
        found.map_err(|error| error.to_string())
    }

    #[test]
    fn all_files_have_one_format() {
        assert_eq!(
            format_of(&[("a.csv", "doc,kind"), ("b.csv", "")]),
            Ok("csv")
        );
        let words = format_of(&[("a.jsonl", "{}")]).unwrap_err();
        let expected = "--from, one of: jsonl, spacy, doccano";
        assert!(words.ends_with(expected), "{words}");
        for (text, met) in [
            (
                "[{\"anchor\":\"char-offset:231\",\"value\":1}]",
                "a list of records with `anchor`, `value`; name it",
            ),
            (
                "{\"a\":1}\n{\"b\":2}",
                "clear: it has records with `a`; name it",
            ),
            ("[[1,2]]", "lists within a list"),
            ("[1,2]", "single values"),
        ] {
            let words = format_of(&[("a.json", text)]).unwrap_err();
            assert!(words.contains(met), "{words}");
        }
        let words = format_of(&[("a.csv", ""), ("b.ann", "")]).unwrap_err();
        let expected = "the files are of several formats: a.csv is `csv`, and b.ann is `brat`; \
                        import the files of each format by themselves, or name one with --from";
        assert_eq!(words, expected);
        assert!(
            format_of(&[("stdin", "")])
                .unwrap_err()
                .contains("jsonl, csv")
        );
    }

    #[test]
    fn files_without_tags_are_told_by_their_kind() {
        let deep = "[".repeat(100_000);
        let lines = format!("{{\"text\":\"a\"}}\n{{\"text\":\"a\",\"x\":{deep}");
        for (name, text, words) in [
            (
                "a.zip",
                "PK\u{3}\u{4} all.jsonl",
                "this is an archive; unpack it",
            ),
            ("a.json", &deep, "more than 127 levels deep"),
            ("a.jsonl", &lines, "more than 127 levels deep"),
            (
                "a.json",
                "{\"a\":1,\n\"b\":NaN}",
                "`NaN` is no value of JSON",
            ),
            ("a.json", "{\"a\":1,\n\"b\":NaN}", "(line 2)"),
            ("a.jsonl", "{\"text\":None}\n", "`None` is no value of JSON"),
            (
                "a.tsv",
                "#id=1\n#text=Ann\n1-1\tAnn\tO\n",
                "before version 3",
            ),
        ] {
            let found = format_of(&[("b.csv", ""), (name, text)]).unwrap_err();
            assert!(found.contains(words), "{name}: {found}");
        }
        assert_eq!(format_of(&[("a.zip", "PK\u{3}\u{4} a.xmi")]), Ok("xmi"));
    }

    #[test]
    fn articles_of_several_formats_are_imported_together() {
        let (docx, rtf) = ("PK\u{3}\u{4} word/document.xml", "{\\rtf1 a");
        assert_eq!(format_of(&[("a.docx", docx)]), Ok("docx"));
        // What is in it says more than its name.
        assert_eq!(format_of(&[("a.doc", rtf)]), Ok("rtf"));
        assert_eq!(format_of(&[("a.docx", rtf)]), Ok("rtf"));
        let three = [("a.docx", docx), ("b.rtf", rtf), ("c.docx", docx)];
        assert_eq!(format_of(&three), Ok("articles"));
        let words = format_of(&[("a.csv", "doc,kind"), ("a.docx", docx)]).unwrap_err();
        assert!(
            words.contains("the files are of several formats"),
            "{words}"
        );
    }

    #[test]
    fn documents_beside_tags_are_no_articles() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            crate::store::test_files::write(folder.path().join(name), text).unwrap();
        };
        let input = || [ImportInput::File(folder.path().to_owned())];
        write("notes.txt", "Dear diary");
        write("guide.rtf", "{\\rtf1 a");
        write("b.docx", "PK\u{3}\u{4} word/document.xml");
        assert_eq!(import_format(&input()).unwrap().name, "articles");
        write("a.ann", "");
        assert_eq!(import_format(&input()).unwrap().name, "brat");
    }

    #[test]
    fn an_empty_folder_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let input = ImportInput::File(folder.path().to_owned());
        let words = import_format(&[input]).unwrap_err().to_string();
        assert!(words.contains("there are no files in it that can be imported"));
    }
}
