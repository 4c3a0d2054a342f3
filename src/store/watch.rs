use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

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

/// Which folder a path leads to: another disk mounted there is another folder of the same path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FolderIdentity {
    /// Device and inode.
    #[cfg(unix)]
    number: (u64, u64),
    /// When it was made, where the system knows.
    #[cfg(not(unix))]
    made: Option<std::time::SystemTime>,
}

impl FolderIdentity {
    /// `None`: there is no folder.
    fn of(folder: &Path) -> Option<Self> {
        let found = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Some(Self {
                number: (found.dev(), found.ino()),
            })
        }
        #[cfg(not(unix))]
        Some(Self {
            made: found.created().ok(),
        })
    }
}

/// Whom a watch tells.
type Tell = dyn Fn(&Path, Written) + Send + Sync;

/// Reports writes in a folder. Only a hint: network shares and some containers report nothing, so
/// the caller also checks from time to time.
pub struct FolderWatch {
    /// `None`: this machine cannot report changes.
    watcher: Option<RecommendedWatcher>,
    /// Which folder each path led to; `None`: to none.
    folders: BTreeMap<PathBuf, Option<FolderIdentity>>,
    tell: Arc<Tell>,
}

impl FolderWatch {
    /// Calls `tell` from a thread of its own for each file that is written in a watched folder; with
    /// an empty path where the system has lost count.
    #[must_use]
    pub fn new(tell: impl Fn(&Path, Written) + Send + Sync + 'static) -> Self {
        let tell: Arc<Tell> = Arc::new(tell);
        let told = Arc::clone(&tell);
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if event.need_rescan() {
                told(Path::new(""), Written::Name);
            }
            for path in &event.paths {
                if let Some(written) = written(event.kind, path) {
                    told(path, written);
                }
            }
        });
        Self {
            watcher: watcher
                .inspect_err(|error| log::warn!("folders are not watched: {error}"))
                .ok(),
            folders: BTreeMap::new(),
            tell,
        }
    }

    /// Watches a folder, not those below it. The folder and not a file: saving puts another file in
    /// the place of the old one. Returns whether it is watched only now. Tells an empty path where the
    /// path led to another folder before.
    pub fn watch(&mut self, folder: &Path) -> bool {
        let here = Path::new(".");
        let path = if folder.as_os_str().is_empty() {
            here
        } else {
            folder
        };
        let known = self.folders.contains_key(path);
        let changed = self.watch_as(path, FolderIdentity::of(path));
        if known && changed {
            (self.tell)(Path::new(""), Written::Folder);
        }
        changed
    }

    /// Watches again where a watched path leads to another folder by now: a disk that was away is
    /// back. Tells an empty path then, and also where a folder is gone. The watch stays free while the
    /// disk is asked: one that hangs keeps nobody waiting.
    pub fn renew(watch: &Mutex<Self>) {
        let Ok(paths) = watch.lock().map(|watch| watch.paths()) else {
            return;
        };
        let identities: Vec<_> = paths.iter().map(|path| FolderIdentity::of(path)).collect();
        let Ok(mut watch) = watch.lock() else { return };
        let mut changed = false;
        for (path, identity) in paths.iter().zip(identities) {
            changed |= watch.watch_as(path, identity);
        }
        if changed {
            (watch.tell)(Path::new(""), Written::Folder);
        }
    }

    fn paths(&self) -> Vec<PathBuf> {
        self.folders.keys().cloned().collect()
    }

    /// Whether `path` was not known to lead to this folder.
    fn watch_as(&mut self, path: &Path, identity: Option<FolderIdentity>) -> bool {
        let before = self.folders.insert(path.to_owned(), identity);
        if before == Some(identity) {
            return false;
        }
        let Some(watcher) = &mut self.watcher else {
            return true;
        };
        if before.is_some() {
            // The system may have ended it by itself.
            let _ = watcher.unwatch(path);
        }
        if identity.is_some()
            && let Err(error) = watcher.watch(path, RecursiveMode::NonRecursive)
        {
            log::warn!("{}: is not watched: {error}", path.display());
        }
        true
    }
}

impl std::fmt::Debug for FolderWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FolderWatch")
            .field("folders", &self.folders)
            .finish_non_exhaustive()
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

    #[test]
    fn another_folder_in_the_same_place_is_watched_again() {
        let home = tempfile::tempdir().unwrap();
        let (folder, away) = (home.path().join("mount"), home.path().join("away"));
        fs::create_dir(&folder).unwrap();
        let (sender, told) = channel();
        let watch = Mutex::new(FolderWatch::new(move |path, written| {
            let _ = sender.send((path.to_owned(), written));
        }));
        assert!(watch.lock().unwrap().watch(&folder));
        assert!(!watch.lock().unwrap().watch(&folder));
        FolderWatch::renew(&watch);
        assert!(told.try_recv().is_err(), "nothing has changed");
        let everything = (PathBuf::new(), Written::Folder);
        let is_told = |wanted: &(PathBuf, Written)| {
            let end = std::time::Instant::now() + Duration::from_secs(10);
            while let Ok(found) = told.recv_timeout(Duration::from_secs(10)) {
                if found == *wanted {
                    return true;
                }
                assert!(std::time::Instant::now() < end);
            }
            false
        };
        fs::rename(&folder, &away).unwrap();
        FolderWatch::renew(&watch);
        assert!(is_told(&everything), "it is gone");
        fs::create_dir(&folder).unwrap();
        FolderWatch::renew(&watch);
        assert!(is_told(&everything), "another one is there");
        if watch.lock().unwrap().watcher.is_some() {
            let file = folder.join("a.ron");
            fs::write(&file, b"one").unwrap();
            assert!(is_told(&(file, Written::Contents)));
        }
    }

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
