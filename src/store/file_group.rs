//! Files that replace others together: where one cannot, those before it are as they were.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::access::Access;
use super::new_folders::{NewFolders, missing_folders};
use super::replacement::{Complete, Replacement, Temp, folder_of, new_temp_name};
use super::{WriteError, disk};

/// Complete files on their way to their places. Dropped before [`Self::place`], nothing of them stays.
#[derive(Debug, Default)]
pub(super) struct FileGroup {
    complete: Vec<Complete>,
    // Dropped last: then they are empty.
    made: NewFolders,
}

/// A file that is in its place.
struct Placed {
    target: PathBuf,
    /// The one it has replaced; `None`: there was none, or the disk knows no hard links.
    old: Option<Temp>,
    is_new: bool,
}

impl FileGroup {
    /// Makes a folder and those it is in, where they are not there.
    pub(super) fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.made.0.extend(missing_folders(folder));
        disk::make_folder(folder, Access::Usual)
    }

    /// Adds a file whose contents are complete; waits until they are on the disk with `sync`.
    pub(super) fn add(&mut self, file: Replacement, sync: bool) -> Result<(), WriteError> {
        self.complete.push(file.complete(sync)?);
        Ok(())
    }

    /// Puts all of them in their places, in the order they were added.
    ///
    /// # Errors
    /// [`WriteError`] where the system refuses one: then none is there. [`WriteError::NotTakenBack`] where
    /// one that was replaced before it could not be put back.
    pub(super) fn place(self, sync: bool) -> Result<(), WriteError> {
        let Self { complete, made } = self;
        let mut placed: Vec<Placed> = Vec::new();
        for file in complete {
            match place(file) {
                Ok(file) => placed.push(file),
                Err(error) => return Err(take_back(placed, error)),
            }
        }
        drop(made);
        if sync {
            let folders: BTreeSet<&Path> =
                placed.iter().map(|file| folder_of(&file.target)).collect();
            for folder in folders {
                // The files are in place; a folder that cannot be synced only makes power loss riskier.
                if let Err(error) = disk::sync_folder(folder) {
                    log::warn!("{}: cannot be synced: {error}", folder.display());
                }
            }
        }
        Ok(())
    }
}

fn place(file: Complete) -> Result<Placed, WriteError> {
    let target = file.target().to_owned();
    let is_new = fs::symlink_metadata(&target).is_err();
    let old = match is_new {
        true => None,
        false => keep(&target),
    };
    file.put_in_place()?;
    Ok(Placed {
        target,
        old,
        is_new,
    })
}

/// Gives what is about to be replaced another name.
fn keep(target: &Path) -> Option<Temp> {
    let kept = new_temp_name(target)?;
    match disk::hard_link(target, &kept) {
        Ok(()) => Some(Temp::new(kept)),
        Err(error) => {
            log::debug!("{}: cannot be linked: {error}", target.display());
            None
        }
    }
}

/// Undoes what was done before `error`.
fn take_back(placed: Vec<Placed>, error: WriteError) -> WriteError {
    let mut stays = None;
    for Placed {
        target,
        old,
        is_new,
    } in placed.into_iter().rev()
    {
        let undone = match (old, is_new) {
            (Some(old), _) => old.move_to(&target).is_ok(),
            (None, true) => disk::remove(&target).is_ok(),
            (None, false) => false,
        };
        if !undone {
            stays = Some(target);
        }
    }
    match stays {
        Some(path) => WriteError::NotTakenBack {
            path,
            error: Box::new(error),
        },
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::store::disk::faults::{Fault, Refused, count_calls, with_fault};

    fn write(root: &Path) -> Result<(), WriteError> {
        let mut group = FileGroup::default();
        for name in ["a", "b", "sub/c", "d"] {
            let path = root.join(name);
            let failed = |error| WriteError::failed(&path, error);
            group.make_folder(folder_of(&path)).map_err(failed)?;
            let mut file = Replacement::begin(&path, Access::Usual)?;
            file.write_all(b"new").map_err(failed)?;
            group.add(file, false)?;
        }
        group.place(true)
    }

    fn contents(root: &Path) -> Vec<(String, String)> {
        let mut all: Vec<_> = walkdir::WalkDir::new(root)
            .into_iter()
            .map(Result::unwrap)
            .map(|entry| {
                let name = entry.path().strip_prefix(root).unwrap();
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                (name.display().to_string(), text)
            })
            .collect();
        all.sort();
        all
    }

    #[test]
    fn whatever_call_fails_all_or_none_are_there() {
        let prepare = || {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("a"), "old").unwrap();
            fs::write(folder.path().join("d"), "old").unwrap();
            folder
        };
        let (done, calls) = count_calls(|| write(prepare().path()));
        done.unwrap();
        let mut refused = 0;
        for at in 0..calls {
            let folder = prepare();
            let before = contents(folder.path());
            let fault = Fault::Refuse(Refused::DiskFull);
            let (done, _) = with_fault(at, fault, || write(folder.path()));
            let now = contents(folder.path());
            let new = now.iter().filter(|(_, text)| text == "new").count();
            match done {
                Ok(()) => assert_eq!(new, 4, "call {at}"),
                Err(_) => {
                    refused += 1;
                    assert_eq!(now, before, "call {at}");
                }
            }
        }
        assert!(refused > 12, "{refused}");
    }
}
