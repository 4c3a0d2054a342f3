//! Which format files to import are of.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::ImportInput;
use crate::format::{FormatInfo, detect, readable};
use crate::store::{ReadError, is_folder, list_files, read_beginning};

/// How much of a file is looked at, in bytes.
const BEGINNING: u64 = 256 * 1024;

/// The most files of a folder that are looked at.
const MOST_FILES: usize = 20;

/// Why it cannot be said which format the files are of.
#[derive(Debug, thiserror::Error)]
pub enum ImportFormatError {
    /// One of the files cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It may be one of several, or any.
    #[error("{input}: the format is not clear; name it with --from, one of: {}", .formats.join(", "))]
    Unclear {
        /// The file or folder.
        input: String,
        /// The formats it may be of.
        formats: Vec<&'static str>,
    },
}

/// The format of all the files, by their names and how they begin.
///
/// # Errors
/// [`ImportFormatError`] where there is not exactly one such format, with those it may be.
pub fn import_format(inputs: &[ImportInput]) -> Result<&'static FormatInfo, ImportFormatError> {
    let mut common: Vec<&'static FormatInfo> = readable().collect();
    let mut named = String::new();
    for input in inputs {
        for (name, beginning) in beginnings(input)? {
            let found = detect(&name, &beginning);
            common.retain(|info| found.iter().any(|found| found.name == info.name));
            named = name;
            if common.is_empty() {
                let formats = if found.is_empty() {
                    readable().collect()
                } else {
                    found
                };
                return Err(unclear(named, &formats));
            }
        }
        if let ImportInput::File(path) = input {
            named = path.display().to_string();
        }
    }
    match common[..] {
        [only] => Ok(only),
        _ => Err(unclear(named, &common)),
    }
}

fn unclear(input: String, formats: &[&'static FormatInfo]) -> ImportFormatError {
    let formats = formats.iter().map(|info| info.name).collect();
    ImportFormatError::Unclear { input, formats }
}

/// The name of a file and how it begins.
type Beginning<'a> = (String, Cow<'a, [u8]>);

/// The names of the files and how they begin.
fn beginnings(input: &ImportInput) -> Result<Vec<Beginning<'_>>, ReadError> {
    let shown = |path: &Path| path.display().to_string();
    let files: Vec<PathBuf> = match input {
        ImportInput::Bytes(name, bytes) => return Ok(vec![(name.clone(), bytes.into())]),
        ImportInput::File(path) if is_folder(path) => {
            let endings: Vec<&str> = readable()
                .flat_map(|info| info.extensions)
                .copied()
                .collect();
            let mut files = list_files(path, &endings)?.files;
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
        assert!(format_of(&[("a.csv", ""), ("b.ann", "")]).is_err());
        assert!(
            format_of(&[("stdin", "")])
                .unwrap_err()
                .contains("jsonl, csv")
        );
    }
}
