//! Clearing away the temporary files of programs of ours that died.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::disk;
use super::journal::remove_leftovers;
use super::lock_file::{Held, try_hold};
use super::state_dir::close_state_dir;
use super::temp_file::{is_older, is_temp_name};

/// Removes temporary files that crashed processes have left in `folder`: files with our naming
/// pattern, older than an hour at `now`, and not locked. Returns how many.
pub fn remove_stale_temp_files(folder: &Path, now: SystemTime) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let stale = entries
        .filter_map(Result::ok)
        .filter(|entry| is_temp_name(&entry.file_name()))
        .map(|entry| entry.path())
        .filter(|path| is_stale(path, now));
    let removed = stale.filter(|path| match disk::remove(path) {
        Ok(()) => true,
        Err(error) => {
            log::warn!("{}: cannot be removed: {error}", path.display());
            false
        }
    });
    removed.count()
}

/// [`remove_stale_temp_files`] in the state folder and all the folders in it; also what belonged to journals that
/// are gone. What other users could look into is closed to them.
pub fn remove_stale_state_files(state: &Path, now: SystemTime) -> usize {
    close_state_dir(state);
    let mut folders = vec![state.to_owned()];
    let mut removed = 0;
    while let Some(folder) = folders.pop() {
        removed += remove_stale_temp_files(&folder, now) + remove_leftovers(&folder, now);
        let entries = fs::read_dir(&folder).into_iter().flatten();
        let inner = entries.filter_map(Result::ok);
        // No link is followed: what it leads to is not ours.
        let inner = inner.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        folders.extend(inner.map(|entry| entry.path()));
    }
    removed
}

fn is_stale(path: &Path, now: SystemTime) -> bool {
    // The writing process locks it.
    is_older(path, now) && matches!(try_hold(path), Ok(Held::Free(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::access::Access;
    use crate::store::replacement::Replacement;
    use crate::store::temp_file::{STALE, temp_name};

    #[test]
    fn only_what_is_ours_old_and_abandoned_goes() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let others = [
            "a.txt",
            "a.txt.ron",
            ".a.txt.ron.77.tmp",
            ".a.txt.ron.pullquote.tmp",
            "a.txt.ron.77.pullquote.tmp",
            ".77.pullquote.tmp",
            ".a.txt.ron.77.pullquote.tmp~",
            ".a.txt.ron.x7.pullquote.tmp",
        ];
        let ours = [
            ".a.txt.ron.77.pullquote.tmp",
            ".a.txt.ron.77.3.pullquote.tmp",
        ];
        for name in others.iter().chain(&ours) {
            fs::write(at(name), b"x").unwrap();
        }
        fs::create_dir(at(".folder.77.pullquote.tmp")).unwrap();
        let held = Replacement::begin(&at("b.txt.ron"), Access::Usual).unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let all = count();
        let now = SystemTime::now();
        assert_eq!(
            remove_stale_temp_files(folder.path(), now),
            0,
            "all are young"
        );
        let later = now + 2 * STALE;
        assert_eq!(remove_stale_temp_files(folder.path(), later), ours.len());
        assert_eq!(count(), all - ours.len());
        for name in others {
            assert!(at(name).is_file(), "{name}");
        }
        held.finish(None).unwrap();
        assert!(at("b.txt.ron").is_file());
    }

    #[test]
    fn folders_in_the_state_folder_are_swept_too() {
        let state = tempfile::tempdir().unwrap();
        let inner = state.path().join("backups/a.txt.ron-1234");
        fs::create_dir_all(&inner).unwrap();
        let left = inner.join(temp_name(Path::new("000001.ron"), 0));
        fs::write(&left, b"x").unwrap();
        assert_eq!(remove_stale_state_files(state.path(), SystemTime::now()), 0);
        assert_eq!(
            remove_stale_state_files(state.path(), SystemTime::now() + 2 * STALE),
            1
        );
        assert!(!left.exists());
    }
}
