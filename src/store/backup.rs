use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::access::Access;
use super::state_dir::folder_for;
use super::{WriteError, atomic_write, disk};

/// How many earlier versions of a file are kept.
const KEPT: usize = 5;

/// How many bytes they may have together; the last one is kept even when it has more.
const KEPT_BYTES: u64 = 64 * 1024 * 1024;

/// An earlier version of a sidecar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is, in the state folder.
    pub path: PathBuf,
    /// When it was set aside; `None` where the system does not know.
    pub modified: Option<SystemTime>,
    /// Its length in bytes.
    pub bytes: u64,
}

/// Puts a copy of a sidecar's `bytes` away in the state folder, beside the last few. A copy that is
/// the same becomes the newest, so that two versions by turns push no other out. Returns the copy's
/// path.
///
/// # Errors
/// [`WriteError`] where the copy cannot be written.
pub fn backup(sidecar: &Path, bytes: &[u8], state: &Path) -> Result<PathBuf, WriteError> {
    let folder = folder_for(state, "backups", sidecar);
    disk::make_folder(&folder, Access::Private)
        .map_err(|error| WriteError::failed(&folder, error))?;
    let mut kept = versions(&folder);
    if let Some((_, newest)) = kept.last()
        && fs::read(newest).is_ok_and(|newest| newest == bytes)
    {
        return Ok(newest.clone());
    }
    let number = kept.last().map_or(1, |(number, _)| number + 1);
    let copy = folder.join(format!("{number:06}.ron"));
    let is_same = |(_, path): &(u64, PathBuf)| fs::read(path).is_ok_and(|kept| kept == bytes);
    let same = kept.iter().position(is_same).map(|at| kept.remove(at));
    match same {
        Some((_, same)) => {
            disk::rename(&same, &copy).map_err(|error| WriteError::failed(&copy, error))?;
        }
        None => drop(atomic_write(&copy, bytes, None, Access::Private)?),
    }
    kept.push((number, copy.clone()));
    prune(&kept, KEPT_BYTES);
    Ok(copy)
}

/// The earlier versions of a sidecar, the newest first.
#[must_use]
pub fn backups(sidecar: &Path, state: &Path) -> Vec<Backup> {
    let kept = versions(&folder_for(state, "backups", sidecar));
    let newest_first = kept.into_iter().rev().map(|(_, path)| path);
    newest_first
        .filter_map(|path| {
            let metadata = fs::metadata(&path).ok()?;
            Some(Backup {
                path,
                modified: metadata.modified().ok(),
                bytes: metadata.len(),
            })
        })
        .collect()
}

/// Removes the oldest of `kept` (the newest last) that are too many or too large.
fn prune(kept: &[(u64, PathBuf)], most_bytes: u64) {
    let mut bytes = 0_u64;
    for (n, (_, path)) in kept.iter().rev().enumerate() {
        bytes = bytes.saturating_add(fs::metadata(path).map_or(0, |metadata| metadata.len()));
        if (n >= KEPT || (n > 0 && bytes > most_bytes))
            && let Err(error) = disk::remove(path)
        {
            log::warn!("{}: cannot be removed: {error}", path.display());
        }
    }
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
    fn two_versions_by_turns_push_no_other_out() {
        let state = tempfile::tempdir().unwrap();
        let sidecar = Path::new("/x/a.txt.ron");
        for text in ["first", "mine", "old", "mine", "old", "mine", "old", "mine"] {
            backup(sidecar, text.as_bytes(), state.path()).unwrap();
        }
        let kept = backups(sidecar, state.path()).into_iter();
        let texts: Vec<String> = kept
            .map(|copy| fs::read_to_string(copy.path).unwrap())
            .collect();
        assert_eq!(texts, ["mine", "old", "first"]);
    }

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
    fn earlier_versions_are_listed_the_newest_first() {
        let state = tempfile::tempdir().unwrap();
        let sidecar = Path::new("/x/a.txt.ron");
        assert_eq!(backups(sidecar, state.path()), []);
        for version in ["one", "two 2"] {
            backup(sidecar, version.as_bytes(), state.path()).unwrap();
        }
        let listed = backups(sidecar, state.path());
        assert_eq!(listed.iter().map(|b| b.bytes).collect::<Vec<_>>(), [5, 3]);
        assert_eq!(fs::read_to_string(&listed[0].path).unwrap(), "two 2");
        assert!(listed[0].modified >= listed[1].modified && listed[1].modified.is_some());
    }

    #[test]
    fn large_versions_are_fewer_but_one_is_always_there() {
        let state = tempfile::tempdir().unwrap();
        let sidecar = Path::new("/x/a.txt.ron");
        for version in ["1111", "2222", "3333"] {
            backup(sidecar, version.as_bytes(), state.path()).unwrap();
        }
        let folder = folder_for(state.path(), "backups", sidecar);
        prune(&versions(&folder), 9);
        let left = |listed: Vec<Backup>| {
            let texts = listed.iter().map(|b| fs::read_to_string(&b.path).unwrap());
            texts.collect::<Vec<_>>()
        };
        assert_eq!(left(backups(sidecar, state.path())), ["3333", "2222"]);
        prune(&versions(&folder), 1);
        assert_eq!(left(backups(sidecar, state.path())), ["3333"]);
    }

    #[test]
    fn a_state_folder_that_cannot_be_made_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("state");
        fs::write(&taken, b"a file").unwrap();
        assert!(backup(Path::new("a.ron"), b"x", &taken).is_err());
    }
}
