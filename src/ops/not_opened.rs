//! What of the given folders is not read, in words.

use std::path::PathBuf;

use super::FileProblem;
use crate::store::NotOpened;

/// Reports what of the given folders is not read.
pub(super) fn not_opened(files: &[(PathBuf, NotOpened)]) -> impl Iterator<Item = FileProblem> {
    files.iter().map(|(path, why)| {
        let words = match why {
            NotOpened::Outside if path.extension().is_some_and(|ending| ending == "ron") => {
                "a link to a file outside this folder; put the file itself here to use it"
                    .to_owned()
            }
            NotOpened::Outside => {
                "a link to a file outside this folder; name the file itself to read it".to_owned()
            }
            NotOpened::LinkedFolder => {
                "a link to a folder outside this one; name that folder to read it".to_owned()
            }
            NotOpened::NotPlainText
            | NotOpened::Records
            | NotOpened::NotAFile
            | NotOpened::Unreadable(_) => why.to_string(),
        };
        FileProblem::new(path, format!("skipped: {words}"))
    })
}
