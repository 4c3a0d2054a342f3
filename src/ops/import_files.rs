use std::path::PathBuf;

use super::check::not_opened;
use super::{FileProblem, ImportError, ImportInput, ImportRequest};
use crate::store::{is_folder, list_files};

/// A file to read.
pub(super) struct ImportFile<'a> {
    pub(super) path: PathBuf,
    /// Its name: the path below the given folder with `/`, or the file name.
    pub(super) name: String,
    /// What is in it, if available.
    pub(super) bytes: Option<&'a [u8]>,
}

/// The given files; of a folder, those in it and below with an extension of the format. What of it is
/// not opened is added to `skipped`.
pub(super) fn import_files<'a>(
    request: &'a ImportRequest,
    extensions: &[&str],
    skipped: &mut Vec<FileProblem>,
) -> Result<Vec<ImportFile<'a>>, ImportError> {
    let mut files = Vec::new();
    for input in &request.inputs {
        match input {
            ImportInput::Bytes(name, bytes) => files.push(ImportFile {
                path: name.into(),
                name: name.clone(),
                bytes: Some(bytes),
            }),
            ImportInput::File(path) if is_folder(path) => {
                let found = list_files(path, extensions)?;
                skipped.extend(not_opened(&found.not_opened));
                if found.files.is_empty() && found.not_opened.is_empty() {
                    let folder = path.clone();
                    let endings: Vec<_> = extensions.iter().map(|e| format!(".{e}")).collect();
                    let endings = endings.join(", ");
                    return Err(ImportError::NothingThere { folder, endings });
                }
                files.extend(found.files.into_iter().map(|found| {
                    let below = found.strip_prefix(path).unwrap_or(&found);
                    let parts = below.iter().map(|part| part.to_string_lossy());
                    ImportFile {
                        name: parts.collect::<Vec<_>>().join("/"),
                        path: found,
                        bytes: None,
                    }
                }));
            }
            ImportInput::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.push(ImportFile {
                    name: name.into_owned(),
                    path: path.clone(),
                    bytes: None,
                });
            }
        }
    }
    Ok(files)
}
