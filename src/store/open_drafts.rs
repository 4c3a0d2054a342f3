//! Words that are being typed in the dialogs of a window, kept while they are typed: where the window
//! is killed, the next start takes them over as drafts and lists them with the others.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::access::Access;
use super::draft::{self, Draft, keep_draft};
use super::lock_file::{Held, hold, try_hold};
use super::private_ron::write_private;
use super::replacement::lock_folder;
use super::{ReadError, WriteError, disk};

/// Within the folder of drafts.
const FOLDER: &str = "open";
const DRAFTS: &str = "ron";
const LOCK: &str = "lock";

/// The file of a window, which nobody else reads while the value lives.
#[derive(Debug)]
pub struct OpenDrafts {
    path: PathBuf,
    /// Held open and locked: the mark of a live window.
    _lock: File,
}

impl OpenDrafts {
    /// A new file, which holds nothing yet.
    ///
    /// # Errors
    /// [`WriteError`] where the state folder cannot be written.
    pub fn new(state: &Path) -> Result<Self, WriteError> {
        let folder = folder(state);
        disk::make_folder(&folder, Access::Private)
            .map_err(|error| WriteError::failed(&folder, error))?;
        for n in 0..1_000 {
            let path = folder.join(format!("{}.{n}.{DRAFTS}", std::process::id()));
            let lock = path.with_extension(LOCK);
            // One of a process that is gone is not reused: what it kept is still to be taken over.
            match disk::create_new(&lock, Access::Private) {
                Ok(lock) => {
                    let lock = lock.into_file();
                    hold(&lock, &path);
                    return Ok(Self { path, _lock: lock });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(WriteError::failed(&lock, error)),
            }
        }
        let exists = io::ErrorKind::AlreadyExists.into();
        Err(WriteError::failed(&folder, exists))
    }

    /// Replaces what is kept, completely or not at all; removes the file where it is nothing.
    ///
    /// # Errors
    /// [`WriteError`] where the state folder cannot be written.
    pub fn write(&self, drafts: &[Draft]) -> Result<(), WriteError> {
        if drafts.is_empty() {
            return remove(&self.path);
        }
        write_private(&self.path, drafts)
    }
}

impl Drop for OpenDrafts {
    fn drop(&mut self) {
        // What is left is taken over at the next start, which knows it by its lock.
        if !self.path.exists()
            && let Err(error) = remove(&self.path.with_extension(LOCK))
        {
            log::debug!("{error}");
        }
    }
}

/// What is kept about an article, also by windows that are gone; about none where it is empty.
///
/// # Errors
/// [`ReadError`] where the file is there and cannot be read.
pub fn load_drafts(state: &Path, article: &str) -> Result<Vec<Draft>, ReadError> {
    let _held = lock_folder(&state.join(draft::FOLDER));
    // What is damaged there is told of by `all_drafts`.
    take_over(state);
    draft::load(&draft::file(state, article))
}

/// What is kept, about all articles, also by windows that are gone.
///
/// # Errors
/// [`ReadError`] for each file that cannot be read.
pub fn all_drafts(state: &Path) -> Vec<Result<Draft, ReadError>> {
    let folder = state.join(draft::FOLDER);
    let held = lock_folder(&folder);
    let damaged = take_over(state);
    drop(held);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "ron"))
        .collect();
    files.sort();
    let drafts = files.iter().flat_map(|path| match draft::load(path) {
        Ok(drafts) => drafts.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    });
    drafts.chain(damaged.into_iter().map(Err)).collect()
}

/// Makes drafts of what windows that are gone have left behind.
fn take_over(state: &Path) -> Vec<ReadError> {
    let mut damaged = Vec::new();
    for entry in fs::read_dir(folder(state)).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|end| end != LOCK) {
            continue;
        }
        let _held = match try_hold(&path) {
            Ok(Held::Free(lock) | Held::Unknown(lock)) => lock,
            Ok(Held::Alive) => continue,
            Err(error) => {
                log::debug!("{}: {error}", path.display());
                continue;
            }
        };
        match take_over_one(state, &path.with_extension(DRAFTS)) {
            // The lock goes last: what has none is not looked at again.
            Ok(true) => {
                if let Err(error) = remove(&path) {
                    log::warn!("{error}");
                }
            }
            Ok(false) => {}
            Err(error) => damaged.push(error),
        }
    }
    damaged
}

/// Whether all of a file is taken over.
fn take_over_one(state: &Path, path: &Path) -> Result<bool, ReadError> {
    for draft in draft::load(path)? {
        if let Err(error) = keep_draft(state, &draft) {
            log::error!("{}: {error}; the next start tries again", path.display());
            return Ok(false);
        }
    }
    if let Err(error) = remove(path) {
        log::warn!("{error}");
    }
    Ok(true)
}

fn folder(state: &Path) -> PathBuf {
    state.join(draft::FOLDER).join(FOLDER)
}

fn remove(path: &Path) -> Result<(), WriteError> {
    match disk::remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(WriteError::failed(path, error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(article: &str, text: &str) -> Draft {
        Draft {
            article: article.to_owned(),
            dialog: "Note".to_owned(),
            text: text.to_owned(),
            ..Draft::default()
        }
    }

    fn texts(state: &Path) -> Vec<String> {
        let all = all_drafts(state).into_iter();
        all.map(|draft| draft.unwrap().text).collect()
    }

    #[test]
    fn what_a_window_that_is_gone_was_typing_is_a_draft_and_what_a_living_one_types_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        let (living, killed) = (
            OpenDrafts::new(state).unwrap(),
            OpenDrafts::new(state).unwrap(),
        );
        living.write(&[draft("/c/a.txt", "An")]).unwrap();
        killed.write(&[draft("/c/a.txt", "B")]).unwrap();
        killed
            .write(&[draft("/c/a.txt", "Ben"), draft("", "x")])
            .unwrap();
        assert!(texts(state).is_empty());
        drop(killed);
        assert_eq!(load_drafts(state, "/c/a.txt").unwrap()[0].text, "Ben");
        assert_eq!(texts(state), ["Ben", "x"]);
        living.write(&[]).unwrap();
        drop(living);
        assert_eq!(texts(state), ["Ben", "x"]);
        assert_eq!(fs::read_dir(super::folder(state)).unwrap().count(), 0);
    }

    #[test]
    fn what_cannot_be_taken_over_waits_for_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        let killed = OpenDrafts::new(state).unwrap();
        killed.write(&[draft("/c/a.txt", "An")]).unwrap();
        drop(killed);
        let in_the_way = draft::file(state, "/c/a.txt");
        fs::create_dir(&in_the_way).unwrap();
        assert!(all_drafts(state).iter().all(Result::is_err));
        fs::remove_dir(&in_the_way).unwrap();
        assert_eq!(texts(state), ["An"]);
    }

    #[test]
    fn damaged_words_stay_and_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        let killed = OpenDrafts::new(state).unwrap();
        fs::write(&killed.path, "[(").unwrap();
        let path = killed.path.clone();
        drop(killed);
        let [Err(error)] = &all_drafts(state)[..] else {
            panic!("nothing is told");
        };
        assert!(error.to_string().contains("open"), "{error}");
        assert!(path.exists());
    }
}
