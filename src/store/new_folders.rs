use std::path::{Path, PathBuf};

use super::disk;

/// Folders that were not there before. Those that are empty when it is dropped go again.
#[derive(Debug, Default)]
pub(super) struct NewFolders(pub(super) Vec<PathBuf>);

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Not where there is something in it.
            let _ = disk::remove_folder(folder);
        }
    }
}

/// The folders on the way to this one that are not there, the outermost first.
pub(super) fn missing_folders(folder: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
        .map(Path::to_owned)
        .collect();
    missing.reverse();
    missing
}
