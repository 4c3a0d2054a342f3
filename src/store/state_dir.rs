use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use super::temp_file::is_temp_name;
use super::{canonical_path, disk};

/// The variable that puts the state folder elsewhere.
const VARIABLE: &str = "PULLQUOTE_STATE_DIR";

/// The user's folder for what belongs to the program and not to the corpus: reading positions,
/// earlier versions of sidecars. `None` where the platform names no home.
#[must_use]
pub fn state_dir() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        return Some(path.into());
    }
    let folders = directories::ProjectDirs::from("", "", "pullquote")?;
    let folder = folders
        .state_dir()
        .unwrap_or_else(|| folders.data_local_dir());
    Some(folder.to_owned())
}

/// What is ours in the state folder, which may be one that holds other things, too.
const OURS: [&str; 11] = [
    "backups",
    "drafts",
    "imports",
    "journal",
    "merged-copies",
    "models",
    "positions",
    "steps",
    "versions",
    "window.ron",
    "window.ron.damaged",
];

/// [`state_dir`], closed to other users.
#[must_use]
pub fn private_state_dir() -> Option<PathBuf> {
    let state = state_dir()?;
    close_state_dir(&state);
    Some(state)
}

/// Takes what is ours in a state folder away from other users, to whom earlier versions left it open; the
/// folder itself only where it holds nothing else. No link is followed.
pub(super) fn close_state_dir(state: &Path) {
    let entries = WalkDir::new(state).min_depth(1).max_depth(1).into_iter();
    let entries: Vec<DirEntry> = entries.filter_map(Result::ok).collect();
    let is_ours = |entry: &&DirEntry| OURS.iter().any(|name| *name == entry.file_name());
    for entry in entries.iter().filter(is_ours) {
        if !disk::is_open_to_others(entry.path()) {
            continue;
        }
        // The folder itself last: a run that is cut short is made good by the next.
        let inside = WalkDir::new(entry.path()).contents_first(true).into_iter();
        for inside in inside.filter_map(Result::ok) {
            disk::make_private(inside.path());
        }
    }
    let ours_alone = |entry: &DirEntry| is_ours(&entry) || is_temp_name(entry.file_name());
    if entries.iter().any(|entry| is_ours(&entry)) && entries.iter().all(ours_alone) {
        let real = std::fs::canonicalize(state);
        disk::make_private(real.as_deref().unwrap_or(state));
    }
}

/// `STATE/KIND/NAME-HASH`: one path's own place in the state folder. The hash of the whole path
/// distinguishes files of one name; the name is for people.
pub(super) fn folder_for(state: &Path, kind: &str, path: &Path) -> PathBuf {
    #[cfg(test)]
    assert!(OURS.contains(&kind), "{kind} is not closed to others");
    let hash = Sha256::digest(canonical_path(path).as_os_str().as_encoded_bytes());
    let hash = hex::encode(hash.get(..8).unwrap_or_default());
    let name: String = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .take(40)
        .collect();
    state.join(kind).join(format!("{name}-{hash}"))
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    mod unix {
        use std::fs;
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::super::*;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        /// A state folder as earlier versions made it.
        fn open_state(state: &Path) -> Vec<PathBuf> {
            let mut all = vec![state.to_owned()];
            for name in [
                "backups/a.txt.ron-12/000001.ron",
                "drafts/a.txt-12.ron",
                "journal/a.txt.ron-12/000001.journal",
                "journal/discarded/000001.a.journal",
                "merged-copies/a.txt.ron-12/34",
                "models/corpus-12.json",
                "positions/a.txt-12.ron",
                "steps/corpus-12/000001.ron",
                "versions/a.txt.ron-12.txt",
                "window.ron",
            ] {
                let path = state.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, "x").unwrap();
                all.extend(
                    path.ancestors()
                        .take_while(|above| *above != state)
                        .map(Path::to_owned),
                );
            }
            for path in &all {
                let mode = if path.is_dir() { 0o755 } else { 0o644 };
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            }
            all
        }

        #[test]
        fn a_state_folder_that_was_left_open_is_closed() {
            let home = tempfile::tempdir().unwrap();
            let state = home.path().join("state");
            let all = open_state(&state);
            let link = home.path().join("link");
            symlink(&state, &link).unwrap();
            for named in [&state, &link] {
                close_state_dir(named);
                for path in &all {
                    let wanted = if path.is_dir() { 0o700 } else { 0o600 };
                    assert_eq!(mode(path), wanted, "{}", path.display());
                }
                open_state(&state);
            }
            close_state_dir(&home.path().join("not there"));
        }

        #[test]
        fn what_is_not_ours_in_a_state_folder_stays_as_it_is() {
            let home = tempfile::tempdir().unwrap();
            let state = home.path().join("state");
            let all = open_state(&state);
            let (other, outside) = (state.join("other"), home.path().join("outside"));
            for path in [&other, &outside] {
                fs::write(path, "x").unwrap();
                fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
            }
            symlink(&outside, state.join("backups/link")).unwrap();
            close_state_dir(&state);
            assert_eq!(
                (mode(&state), mode(&other), mode(&outside)),
                (0o755, 0o644, 0o644)
            );
            for path in all.iter().filter(|path| **path != state) {
                assert_eq!(mode(path) & 0o077, 0, "{}", path.display());
            }
        }
    }
}
