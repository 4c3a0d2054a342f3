//! The guidelines that a schema file names.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::read_error::ReadError;
use super::read_limited::read_text;
use super::replacement::folder_of;

/// Reads the guidelines `name` of a schema file: a file of at most 1 MiB below its folder. Returns where they are and
/// what they say.
///
/// # Errors
/// [`ReadError`]: such as that the name leads out of the folder.
pub fn read_guidelines(schema: &Path, name: &str) -> Result<(PathBuf, String), ReadError> {
    let folder = folder_of(schema);
    let path = folder.join(name);
    let stays = |part: Component<'_>| match part {
        Component::Normal(_) | Component::CurDir => true,
        Component::ParentDir | Component::RootDir | Component::Prefix(_) => false,
    };
    if !Path::new(name).components().all(stays) {
        return Err(ReadError::Outside { path });
    }
    if let (Ok(real), Ok(inside)) = (fs::canonicalize(&path), fs::canonicalize(folder))
        && !real.starts_with(inside)
    {
        return Err(ReadError::LinkOutside { path });
    }
    let text = read_text(&path)?;
    Ok((path, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guidelines_stay_below_the_folder_of_their_schema() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("project");
        fs::create_dir_all(project.join("docs")).unwrap();
        let schema = project.join("pullquote.ron");
        fs::write(project.join("docs/guide.md"), "# Quote\n").unwrap();
        fs::write(folder.path().join("secret.md"), "secret").unwrap();
        let (path, text) = read_guidelines(&schema, "docs/guide.md").unwrap();
        assert_eq!(
            (path, text.as_str()),
            (project.join("docs/guide.md"), "# Quote\n")
        );
        let absolute = folder.path().join("secret.md");
        for name in ["../secret.md", absolute.to_str().unwrap()] {
            let error = read_guidelines(&schema, name).unwrap_err();
            assert!(matches!(error, ReadError::Outside { .. }), "{name}");
        }
        assert!(matches!(
            read_guidelines(&schema, "gone.md"),
            Err(ReadError::Missing { .. })
        ));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret.md"), project.join("link.md"))
                .unwrap();
            let error = read_guidelines(&schema, "link.md").unwrap_err();
            assert!(matches!(error, ReadError::LinkOutside { .. }));
        }
    }
}
