//! Moving the files of a batch to their places, and back where one cannot be.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{BatchError, Destination, REPLACED, Record, clear, make_folder, portable};
use crate::store::confine::{confine, outside};
use crate::store::new_folders::{NewFolders, missing_folders};
use crate::store::replacement::{folder_of, lock_folder};
use crate::store::{FileFingerprint, WriteError, disk};

/// Moves recorded files to their places; where one cannot be, the others go back and the stage with
/// them.
pub(super) fn move_all(root: &Path, stage: &Path, record: &Record) -> Result<(), BatchError> {
    let mut moved = Vec::new();
    let mut mover = Mover::new(root);
    for (n, file) in by_folder(record) {
        let staged = stage.join(n.to_string());
        match mover.move_one(&staged, file) {
            Ok(to) => moved.push((staged, to, file.removed)),
            Err(error) => {
                let made = mover.finish();
                if !take_back(&moved) {
                    let stage = stage.to_owned();
                    return Err(BatchError::Part { error, stage });
                }
                clear(stage);
                drop(NewFolders(made));
                return Err(error.into());
            }
        }
    }
    let made = mover.finish();
    sync_folders(moved.iter().map(|(_, to, _)| to.as_path()), &made);
    clear(stage);
    Ok(())
}

/// The files with their numbers, those of one folder together.
pub(super) fn by_folder(record: &Record) -> Vec<(usize, &Destination)> {
    let mut files: Vec<(usize, &Destination)> = record.files.iter().enumerate().collect();
    files.sort_by_key(|(_, file)| folder_of(Path::new(&file.path)));
    files
}

/// Waits until the names of new files and folders are on the disk.
pub(super) fn sync_folders<'a>(files: impl Iterator<Item = &'a Path>, made: &[PathBuf]) {
    let folders: BTreeSet<&Path> = files.map(folder_of).collect();
    let above = made.iter().filter_map(|folder| folder.parent());
    for folder in folders.into_iter().chain(above) {
        if let Err(error) = disk::sync_folder(folder) {
            log::warn!("{}: cannot be synced: {error}", folder.display());
        }
    }
}

/// So many files move to a folder before others have a turn to write there.
const MOST_AT_ONCE: usize = 200;

/// Moves files to their places, each folder looked at and held once for many of them.
pub(super) struct Mover<'a> {
    root: &'a Path,
    made: Vec<PathBuf>,
    /// The folder of the file before, and how many have moved there.
    folder: Option<(PathBuf, usize)>,
    /// Held while files move there: a window may save in it.
    held: Option<File>,
}

impl<'a> Mover<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self {
            root,
            made: Vec::new(),
            folder: None,
            held: None,
        }
    }

    /// The folders that were made.
    pub(super) fn finish(self) -> Vec<PathBuf> {
        self.made
    }

    /// Moves one file to its place, unless it is there; or one out of it that goes.
    pub(super) fn move_one(
        &mut self,
        staged: &Path,
        file: &Destination,
    ) -> Result<PathBuf, WriteError> {
        let path = Path::new(&file.path);
        let to = self.root.join(path);
        let failed = |error| WriteError::failed(&to, error);
        // The record may come from anybody.
        portable(path).ok_or_else(|| failed(outside()))?;
        let folder = folder_of(&to);
        match &mut self.folder {
            Some((known, moved)) if known == folder && *moved < MOST_AT_ONCE => *moved += 1,
            _ => {
                self.held = None;
                self.folder = None;
                confine(self.root, &to)?;
                self.made.extend(missing_folders(folder));
                make_folder(folder).map_err(failed)?;
                self.held = lock_folder(folder);
                self.folder = Some((folder.to_owned(), 1));
            }
        }
        let found = fs::symlink_metadata(&to);
        if file.removed && found.is_err() {
            return Ok(to);
        }
        if let Ok(found) = found {
            if found.is_symlink() && !to.exists() {
                return Err(WriteError::LinkToNothing { path: to });
            }
            let there = FileFingerprint::of_file(&to)?.hexadecimal();
            if there.as_ref() == Some(&file.sha256) && !file.removed {
                return Ok(to);
            }
            if found.is_symlink() || there.is_none() || there != file.was {
                return Err(WriteError::Changed { path: to });
            }
            // Out of the way, so that it can come back.
            disk::rename(&to, &replaced(staged)).map_err(failed)?;
        }
        if file.removed {
            return Ok(to);
        }
        if let Err(error) = disk::rename(staged, &to) {
            put_back(staged, &to);
            return Err(failed(error));
        }
        Ok(to)
    }
}

/// Moves files back to where they were; whether all of them could be.
fn take_back(moved: &[(PathBuf, PathBuf, bool)]) -> bool {
    let mut back = moved.iter().rev();
    back.all(|(staged, to, removed)| {
        let is_back = *removed || staged.exists() || disk::rename(to, staged).is_ok();
        is_back && put_back(staged, to)
    })
}

/// Where a file waits whose place another one takes, in case that it must come back.
fn replaced(staged: &Path) -> PathBuf {
    staged.with_extension(REPLACED)
}

/// Puts a file back that was moved out of the way; whether it is where it was.
fn put_back(staged: &Path, to: &Path) -> bool {
    let was = replaced(staged);
    !was.exists() || disk::rename(&was, to).is_ok()
}
