use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::canonical_path;

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

/// `STATE/KIND/NAME-HASH`: one path's own place in the state folder. The hash of the whole path
/// distinguishes files of one name; the name is for people.
pub(super) fn folder_for(state: &Path, kind: &str, path: &Path) -> PathBuf {
    let hash = Sha256::digest(canonical_path(path).as_os_str().as_encoded_bytes());
    let hash: String = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
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
