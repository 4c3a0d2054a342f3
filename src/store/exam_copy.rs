//! Copies of the exam of a project, one a newcomer: in a folder of ours, so that they do not count as articles.

use std::path::{Path, PathBuf};

use super::access::Access;
use super::atomic_write::atomic_write;
use super::confine::confine_file;
use super::disk;
use super::file_fingerprint::FileFingerprint;
use super::read_error::ReadError;
use super::replacement::folder_of;
use super::snapshot::holds;
use super::snapshot_path::OUR_FOLDER;
use super::write_error::WriteError;

/// The folder of the copies, beside the schema file of the project.
fn exam_folder(schema: &Path) -> PathBuf {
    folder_of(schema).join(OUR_FOLDER).join("exam")
}

/// The folder of the copies, to be read; `None` where there is none.
///
/// # Errors
/// [`ReadError::LinkOutside`] where links lead out of the project.
pub fn exam_copies(schema: &Path) -> Result<Option<PathBuf>, ReadError> {
    let folder = exam_folder(schema);
    if !folder.is_dir() {
        return Ok(None);
    }
    let real = std::fs::canonicalize(folder_of(schema));
    match real.is_ok_and(|real| confine_file(&real, &folder).is_ok()) {
        true => Ok(Some(folder)),
        false => Err(ReadError::LinkOutside { path: folder }),
    }
}

/// Whether a file is in a folder of ours, and so no article of a project.
#[must_use]
pub fn is_in_our_folder(path: &Path) -> bool {
    path.iter().any(|part| part == OUR_FOLDER)
}

/// Writes a copy of a text for `annotator` to tag, and whether it was not there before. A copy of an earlier text stays
/// as it is: the next one is numbered.
///
/// # Errors
/// [`WriteError`] where the folder cannot be written, or links lead out of the project.
pub fn write_exam_copy(
    schema: &Path,
    annotator: &str,
    text: &str,
) -> Result<(PathBuf, bool), WriteError> {
    let root = folder_of(schema);
    let folder = exam_folder(schema);
    let real = std::fs::canonicalize(root).map_err(|error| WriteError::failed(root, error))?;
    let mut number = 1;
    loop {
        let path = match number {
            1 => folder.join(format!("{annotator}.txt")),
            n => folder.join(format!("{annotator}-{n}.txt")),
        };
        confine_file(&real, &path)?;
        if holds(&path, text.as_bytes()) {
            return Ok((path, false));
        }
        if std::fs::symlink_metadata(&path).is_err() {
            for made in [root.join(OUR_FOLDER), folder] {
                disk::make_folder(&made, Access::Like(root))
                    .map_err(|error| WriteError::failed(&made, error))?;
            }
            let nothing = FileFingerprint::Absent;
            atomic_write(&path, text.as_bytes(), Some(&nothing), Access::Usual)?;
            return Ok((path, true));
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_an_earlier_text_stays() {
        let folder = tempfile::tempdir().unwrap();
        let schema = folder.path().join("pullquote.ron");
        let (first, new) = write_exam_copy(&schema, "maria", "One.\n").unwrap();
        assert!(new && first.ends_with(".pullquote/exam/maria.txt"));
        let again = write_exam_copy(&schema, "maria", "One.\n").unwrap();
        assert_eq!(again, (first.clone(), false));
        let (second, new) = write_exam_copy(&schema, "maria", "Two.\n").unwrap();
        assert!(new && second.ends_with("maria-2.txt"));
        assert_eq!(std::fs::read(first).unwrap(), b"One.\n");
        assert!(exam_copies(&schema).unwrap().is_some());
    }

    #[test]
    #[cfg(unix)]
    fn links_out_of_the_project_are_neither_read_nor_written() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        std::fs::create_dir(outside.path().join("exam")).unwrap();
        for link in [".pullquote", ".pullquote/exam"] {
            let folder = tempfile::tempdir().unwrap();
            let schema = folder.path().join("pullquote.ron");
            assert!(exam_copies(&schema).unwrap().is_none());
            if link.contains('/') {
                std::fs::create_dir(folder.path().join(".pullquote")).unwrap();
            }
            symlink(outside.path(), folder.path().join(link)).unwrap();
            assert!(exam_copies(&schema).is_err(), "{link}");
            assert!(write_exam_copy(&schema, "maria", "One.\n").is_err());
        }
        let left = std::fs::read_dir(outside.path().join("exam")).unwrap();
        assert_eq!(left.count(), 0);
    }
}
