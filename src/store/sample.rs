use std::path::{Path, PathBuf};

use super::access::Access;
use super::{WriteError, atomic_write, disk};

const NAME: &str = "us-russia-relations.txt";
const TEXT: &[u8] = include_bytes!("../../seeds/us-russia-relations.txt");

/// The variable that puts the data folder elsewhere.
const VARIABLE: &str = "PULLQUOTE_DATA_DIR";

/// The user's folder for what Pullquote brings along and the user works on: the sample. `None` where
/// the platform names no home.
#[must_use]
pub fn data_dir() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        return Some(path.into());
    }
    directories::ProjectDirs::from("", "", "pullquote").map(|folders| folders.data_dir().to_owned())
}

/// Puts the sample article into `data` unless it exists, and returns its path.
///
/// # Errors
/// [`WriteError`] where the folder cannot be made or written.
pub fn sample_article(data: &Path) -> Result<PathBuf, WriteError> {
    let folder = data.join("sample");
    let path = folder.join(NAME);
    if path.is_file() {
        return Ok(path);
    }
    disk::make_folder(&folder, Access::Usual)
        .map_err(|error| WriteError::failed(&folder, error))?;
    atomic_write(&path, TEXT, None, Access::Usual)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_sample_is_put_there_once_and_kept() {
        let data = tempfile::tempdir().unwrap();
        let path = sample_article(data.path()).unwrap();
        let sidecar = path.with_extension("txt.ron");
        fs::write(&sidecar, "mine").unwrap();
        assert_eq!(sample_article(data.path()).unwrap(), path);
        assert_eq!(fs::read(&path).unwrap(), TEXT);
        assert_eq!(fs::read_to_string(&sidecar).unwrap(), "mine");
    }
}
