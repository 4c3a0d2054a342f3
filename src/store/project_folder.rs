//! The files beside an article that hold for it, and how far links among them may lead.

use std::fs;
use std::path::{Path, PathBuf};

use super::confine::leads_out;
use super::read_error::ReadError;
use super::read_limited::read_text;
use super::replacement::folder_of;
use crate::format::schema_file;

/// The schema file that holds for an article: in its folder, or the nearest folder above. Whatever has
/// that name counts, so that a pipe or a folder in its place is not passed over in silence.
#[must_use]
pub fn find_schema(article: &Path) -> Option<PathBuf> {
    let article = std::path::absolute(article).ok()?;
    article
        .ancestors()
        .skip(1)
        .map(|folder| folder.join(schema_file::FILE_NAME))
        .find(|path| fs::symlink_metadata(path).is_ok())
}

/// Whether a path is that of a schema file, by its name.
#[must_use]
pub fn is_schema_file(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == schema_file::FILE_NAME)
}

/// Reads a schema file (at most 1 MB of UTF-8). A link out of its folder is not followed, unless it leads
/// to the schema of a folder above, which would hold anyway.
///
/// # Errors
/// [`ReadError`] in words.
pub fn read_schema_text(path: &Path) -> Result<String, ReadError> {
    let of_folder_above = || {
        let real = fs::canonicalize(path).ok()?;
        let folder = fs::canonicalize(folder_of(path)).ok()?;
        let above = folder.starts_with(folder_of(&real));
        Some(above && real.ends_with(schema_file::FILE_NAME))
    };
    if leads_out(path, folder_of(path)) && !of_folder_above().unwrap_or(false) {
        return Err(ReadError::LinkOutside { path: path.into() });
    }
    read_text(path)
}

/// Refuses a file beside an article that is a link out of the project: out of the folder of its schema, or
/// without one out of its own.
///
/// # Errors
/// [`ReadError::LinkOutside`].
pub fn confine_beside(article: &Path, path: &Path) -> Result<(), ReadError> {
    let schema = find_schema(article);
    match leads_out(path, folder_of(schema.as_deref().unwrap_or(article))) {
        true => Err(ReadError::LinkOutside { path: path.into() }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make(folder: &Path, names: &[&str]) {
        for name in names {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"x").unwrap();
        }
    }

    #[test]
    fn the_nearest_schema_holds() {
        let folder = tempfile::tempdir().unwrap();
        make(
            folder.path(),
            &["pullquote.ron", "a/b/x.txt", "a/pullquote.ron", "c/y.txt"],
        );
        let schema = |article: &str| find_schema(&folder.path().join(article));
        assert_eq!(
            schema("a/b/x.txt"),
            Some(folder.path().join("a/pullquote.ron"))
        );
        assert_eq!(schema("c/y.txt"), Some(folder.path().join("pullquote.ron")));
        // What is no file is found too, and told when it is read.
        let odd = folder.path().join("a/b/pullquote.ron");
        fs::create_dir(&odd).unwrap();
        assert_eq!(schema("a/b/x.txt"), Some(odd.clone()));
        let error = read_schema_text(&odd).unwrap_err();
        assert!(matches!(error, ReadError::Directory { .. }), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_no_further_than_the_project() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        make(folder.path(), &["secret", "c/pullquote.ron", "c/sub/a.txt"]);
        make(folder.path(), &["c/b.ron", "other/pullquote.ron"]);
        let outside = |path: &Path| {
            let refused = read_schema_text(path).is_err();
            fs::remove_file(path).unwrap();
            refused
        };
        let schema = at("c/sub/pullquote.ron");
        symlink("../../secret", &schema).unwrap();
        assert!(outside(&schema));
        symlink("../../other/pullquote.ron", &schema).unwrap();
        assert!(outside(&schema));
        symlink("../pullquote.ron", &schema).unwrap();
        assert!(!outside(&schema));
        let (article, sidecar) = (at("c/sub/a.txt"), at("c/sub/a.txt.ron"));
        for (to, inside) in [("../b.ron", true), ("../../secret", false)] {
            symlink(to, &sidecar).unwrap();
            assert_eq!(confine_beside(&article, &sidecar).is_ok(), inside, "{to}");
            fs::remove_file(&sidecar).unwrap();
        }
    }
}
