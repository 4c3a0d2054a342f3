use std::collections::BTreeSet;
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

/// Removes the folders below `root` on the way to these files in which nothing is left.
pub fn remove_empty_folders<'a>(root: &Path, files: impl Iterator<Item = &'a Path>) {
    let below = |folder: &&Path| folder.starts_with(root) && *folder != root;
    let folders: BTreeSet<&Path> = files
        .flat_map(|file| file.ancestors().skip(1).take_while(below))
        .collect();
    drop(NewFolders(
        folders.into_iter().map(Path::to_owned).collect(),
    ));
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
