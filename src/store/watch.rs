use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Reports writes in a folder. Only a hint: network shares and some containers report nothing, so
/// the caller also checks from time to time.
#[derive(Debug)]
pub struct FolderWatch {
    /// `None`: this machine cannot report changes.
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
}

impl FolderWatch {
    /// Calls `tell` from a thread of its own whenever something is written in a watched folder.
    #[must_use]
    pub fn new(tell: impl Fn() + Send + 'static) -> Self {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_written(event.kind)) {
                tell();
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
    /// the place of the old one.
    pub fn watch(&mut self, folder: &Path) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        if !self.folders.insert(folder.to_owned()) {
            return;
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
    }
}

/// Whether an event is about what a file holds, not about someone reading it.
fn is_written(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
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
        let mut watch = FolderWatch::new(move || {
            let _ = sender.send(());
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
        assert!(told.recv_timeout(Duration::from_secs(10)).is_ok());
    }
}
