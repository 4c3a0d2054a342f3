use std::fs;
use std::path::{Path, PathBuf};

use super::state_dir::folder_for;
use super::{WriteError, atomic_write};

/// How many earlier versions of a file are kept.
const KEPT: usize = 5;

/// Puts a copy of a sidecar's `bytes` away in the state folder, beside the last few; nothing where
/// the newest copy is the same. Returns the copy's path.
///
/// # Errors
/// [`WriteError`] where the copy cannot be written.
pub fn backup(sidecar: &Path, bytes: &[u8], state: &Path) -> Result<PathBuf, WriteError> {
    let folder = folder_for(state, "backups", sidecar);
    fs::create_dir_all(&folder).map_err(|error| WriteError::Failed {
        path: folder.clone(),
        error,
    })?;
    let mut kept = versions(&folder);
    if let Some((_, newest)) = kept.last()
        && fs::read(newest).is_ok_and(|newest| newest == bytes)
    {
        return Ok(newest.clone());
    }
    let number = kept.last().map_or(1, |(number, _)| number + 1);
    let copy = folder.join(format!("{number:06}.ron"));
    atomic_write(&copy, bytes, None)?;
    kept.push((number, copy.clone()));
    for (_, old) in kept.iter().rev().skip(KEPT) {
        if let Err(error) = fs::remove_file(old) {
            log::warn!("{}: cannot be removed: {error}", old.display());
        }
    }
    Ok(copy)
}

/// The copies in a folder with their numbers, oldest first.
fn versions(folder: &Path) -> Vec<(u64, PathBuf)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(u64, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let path = entry.path();
            let number = path.file_stem()?.to_str()?.parse().ok()?;
            Some((number, path))
        })
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_five_versions_are_kept() {
        let state = tempfile::tempdir().unwrap();
        let (one, other) = (Path::new("/x/a.txt.ron"), Path::new("/y/a.txt.ron"));
        for n in 1..=8 {
            let copy = backup(one, format!("version {n}").as_bytes(), state.path()).unwrap();
            assert_eq!(fs::read(&copy).unwrap(), format!("version {n}").as_bytes());
            // The same again makes no copy.
            assert_eq!(
                backup(one, &fs::read(&copy).unwrap(), state.path()).unwrap(),
                copy
            );
        }
        backup(other, b"hers", state.path()).unwrap();
        let kept = versions(&folder_for(state.path(), "backups", one));
        let kept: Vec<_> = kept
            .iter()
            .map(|(_, path)| fs::read_to_string(path).unwrap())
            .collect();
        assert_eq!(
            kept,
            [
                "version 4",
                "version 5",
                "version 6",
                "version 7",
                "version 8"
            ]
        );
        assert_eq!(
            versions(&folder_for(state.path(), "backups", other)).len(),
            1
        );
    }

    #[test]
    fn a_state_folder_that_cannot_be_made_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("state");
        fs::write(&taken, b"a file").unwrap();
        assert!(backup(Path::new("a.ron"), b"x", &taken).is_err());
    }
}
