use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// What was done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was written.
    Contents,
    /// It came, went or got another name.
    Name,
    /// The same of a folder.
    Folder,
}

/// Reports writes in a folder. Only a hint: network shares and some containers report nothing, so
/// the caller also checks from time to time.
#[derive(Debug)]
pub struct FolderWatch {
    /// `None`: this machine cannot report changes.
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
}

impl FolderWatch {
    /// Calls `tell` from a thread of its own for each file that is written in a watched folder; with
    /// an empty path where the system has lost count.
    #[must_use]
    pub fn new(tell: impl Fn(&Path, Written) + Send + 'static) -> Self {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if event.need_rescan() {
                tell(Path::new(""), Written::Name);
            }
            for path in &event.paths {
                if let Some(written) = written(event.kind, path) {
                    tell(path, written);
                }
            }
        });
        Self {
            watcher: watcher
                .inspect_err(|error| log::warn!("folders are not watched: {error}"))
                .ok(),
            folders: BTreeSet::new(),
        }
    }

    /// Watches a folder, not those below it. The folder and not a file: saving puts another file in
    /// the place of the old one. Returns whether it is watched only now.
    pub fn watch(&mut self, folder: &Path) -> bool {
        let Some(watcher) = &mut self.watcher else {
            return false;
        };
        if !self.folders.insert(folder.to_owned()) {
            return false;
        }
        let here = Path::new(".");
        let path = if folder.as_os_str().is_empty() {
            here
        } else {
            folder
        };
        if let Err(error) = watcher.watch(path, RecursiveMode::NonRecursive) {
            log::warn!("{}: is not watched: {error}", path.display());
        }
        true
    }
}

/// What an event says was done; `None`: somebody only reads.
fn written(kind: EventKind, path: &Path) -> Option<Written> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Written::Contents),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
            Some(Written::Folder)
        }
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            // What is moved away is known by its name alone.
            let left = kind == EventKind::Modify(ModifyKind::Name(RenameMode::From));
            if path.is_dir() || (left && path.extension().is_none()) {
                Some(Written::Folder)
            } else {
                Some(Written::Name)
            }
        }
        EventKind::Modify(_) | EventKind::Any | EventKind::Other => Some(Written::Contents),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    /// On a machine that cannot watch there is nothing to test: then the test prints so.
    #[test]
    fn what_is_written_is_told_and_what_is_read_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ron");
        fs::write(&file, b"one").unwrap();
        let (sender, told) = channel();
        let mut watch = FolderWatch::new(move |path, written| {
            let _ = sender.send((path.to_owned(), written));
        });
        watch.watch(folder.path());
        watch.watch(folder.path());
        if watch.watcher.is_none() {
            println!("not run: this machine cannot watch folders");
            return;
        }
        fs::read(&file).unwrap();
        assert!(told.recv_timeout(Duration::from_millis(200)).is_err());
        fs::write(&file, b"two").unwrap();
        let first = told.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(first, (file.clone(), Written::Contents));
        fs::remove_file(&file).unwrap();
        let gone = (file, Written::Name);
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        while told.recv_timeout(Duration::from_secs(10)).unwrap() != gone {
            assert!(std::time::Instant::now() < deadline);
        }
    }
}
