//! Batches whose program is gone: finished where they were complete, else removed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::placing::{Mover, by_folder, sync_folders};
use super::{
    BatchError, GIT_ATTRIBUTES, LOCK, OUR_FOLDER, RECORD, Record, clear, host_name, portable,
};
use crate::format::readable;
use crate::store::confine::{leads_out, not_a_file};
use crate::store::lock_file::{Held, try_hold};
use crate::store::read_limited::{read_limited, strict_utf8};
use crate::store::replacement::lock_folder;
use crate::store::temp_file::is_older;
use crate::store::{FileFingerprint, WriteError, disk};

/// The longest record that is read, in bytes: more than a million files.
const MAX_RECORD: u64 = 256 * 1024 * 1024;

/// The longest name of a machine that is read, in bytes.
const MAX_HOST: u64 = 1024;

/// How the name of a batch goes on that cannot be finished.
const DAMAGED: &str = ".damaged";

/// What became of batches whose program was gone.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FinishedBatches {
    /// How many files were put in their places.
    pub placed: usize,
    /// Places where somebody has put something else since; it stays.
    pub conflicts: Vec<PathBuf>,
    /// Where files are that cannot be placed, because the record is damaged or a file is incomplete.
    pub damaged: Vec<PathBuf>,
}

/// A batch whose program is gone. Nobody else finishes it as long as the lock lives.
struct Abandoned {
    stage: PathBuf,
    _lock: Option<File>,
    /// No import left it like that.
    planted: bool,
}

/// The folders of batches in `root` whose program is gone; also links and pipes in their place.
#[must_use]
pub fn unfinished_batches(root: &Path, now: SystemTime) -> Vec<PathBuf> {
    let abandoned = abandoned(root, now).into_iter();
    abandoned.map(|abandoned| abandoned.stage).collect()
}

/// The folders of batches in `root` that could not be finished. They stay until a person deletes them.
#[must_use]
pub fn damaged_batches(root: &Path) -> Vec<PathBuf> {
    let mut damaged = ours(root, |name| {
        let stage = name.split_once(DAMAGED).map(|(stage, _)| stage);
        // As earlier versions called it: without the second number.
        stage.is_some_and(|stage| is_stage_name(stage) || is_stage_name(&format!("{stage}.0")))
    });
    damaged.sort();
    damaged
}

/// What is in our folder in `root` under a name of this kind. A link in place of our folder is not
/// followed out.
fn ours(root: &Path, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let ours = root.join(OUR_FOLDER);
    if leads_out(&ours, root) {
        return Vec::new();
    }
    let entries = fs::read_dir(ours).into_iter().flatten();
    let wanted = |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(&wanted);
    let entries = entries.filter_map(Result::ok).filter(wanted);
    entries.map(|entry| entry.path()).collect()
}

fn abandoned(root: &Path, now: SystemTime) -> Vec<Abandoned> {
    let held = lock_folder(root);
    let mut gone: Vec<Abandoned> = ours(root, is_stage_name)
        .into_iter()
        .filter_map(|stage| {
            let path = stage.join(LOCK);
            let is_folder = fs::symlink_metadata(&stage).is_ok_and(|found| found.is_dir());
            if !is_folder || not_a_file(&path).is_some() {
                return Some(Abandoned {
                    stage,
                    _lock: None,
                    planted: true,
                });
            }
            let lock = match try_hold(&path) {
                Ok(Held::Free(lock)) => Some(lock),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Ok(Held::Alive | Held::Unknown(_)) | Err(_) => return None,
            };
            if lock.is_some() {
                // A lock says nothing about a program on another machine that shares the folder.
                // Its name may be cut off where this one died.
                let host = read_limited(&path, MAX_HOST).unwrap_or_default();
                let elsewhere = !host_name().as_bytes().starts_with(&host);
                if elsewhere && !is_older(&path, now) {
                    return None;
                }
            }
            Some(Abandoned {
                stage,
                _lock: lock,
                planted: false,
            })
        })
        .collect();
    drop(held);
    gone.sort_by(|a, b| a.stage.cmp(&b.stage));
    gone
}

fn is_stage_name(name: &str) -> bool {
    name.strip_prefix("import.").is_some_and(|rest| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        rest.split_once('.')
            .is_some_and(|(pid, n)| digits(pid) && digits(n))
    })
}

/// Finishes what [`unfinished_batches`] finds, or removes it where it was never complete.
///
/// # Errors
/// [`BatchError`] where the disk refuses.
pub fn finish_batches(root: &Path, now: SystemTime) -> Result<FinishedBatches, BatchError> {
    let mut finished = FinishedBatches::default();
    for batch in abandoned(root, now) {
        let stage = &batch.stage;
        let path = stage.join(RECORD);
        if batch.planted || fs::symlink_metadata(&path).is_ok() {
            let failed = |error| WriteError::failed(&path, error);
            let root = fs::canonicalize(root).map_err(failed)?;
            let record = (!batch.planted).then(|| read_record(&path)).flatten();
            match record.filter(|record| is_complete(stage, record)) {
                Some(record) => finish_recorded(&root, stage, &record, &mut finished)?,
                None => {
                    let aside = free_name(stage);
                    disk::rename(stage, &aside).map_err(failed)?;
                    finished.damaged.push(aside);
                    continue;
                }
            }
        }
        clear(stage);
    }
    Ok(finished)
}

/// What a batch that cannot be finished is called.
fn free_name(stage: &Path) -> PathBuf {
    let name = |n: u32| {
        let mut name = stage.as_os_str().to_owned();
        name.push(DAMAGED);
        if n > 0 {
            name.push(format!(".{n}"));
        }
        PathBuf::from(name)
    };
    let mut names = (0..).map(name);
    let free = names.find(|name| fs::symlink_metadata(name).is_err());
    free.unwrap_or_else(|| name(0))
}

fn read_record(path: &Path) -> Option<Record> {
    if not_a_file(path).is_some() {
        return None;
    }
    let bytes = read_limited(path, MAX_RECORD).ok()?;
    ron::from_str(&strict_utf8(path, bytes).ok()?).ok()
}

/// Whether every file is one that an import or a step makes, and those that were not moved yet are as they were
/// written: a sync service may have brought only a part, and anybody may have put the folder there.
fn is_complete(stage: &Path, record: &Record) -> bool {
    record.files.iter().enumerate().all(|(n, file)| {
        let staged = stage.join(n.to_string());
        let path = Path::new(&file.path);
        // What goes is known to the byte.
        if !is_imported(path) || !is_plain(&staged) || file.removed && file.was.is_none() {
            return false;
        }
        match FileFingerprint::of_file(&staged) {
            Ok(FileFingerprint::Absent) => true,
            Ok(found) => found.hexadecimal().as_ref() == Some(&file.sha256),
            Err(_) => false,
        }
    })
}

/// Whether an import makes files of this name: articles and what is beside them, and the texts that are
/// kept. Nothing that another program reads by itself, such as a hook of git.
fn is_imported(path: &Path) -> bool {
    let Some(portable) = portable(path) else {
        return false;
    };
    let parts: Vec<&str> = portable.split('/').collect();
    let Some((name, folders)) = parts.split_last() else {
        return false;
    };
    let (ours, above): (Vec<&str>, Vec<&str>) =
        folders.iter().partition(|folder| folder.starts_with('.'));
    let is_ours = match ours.as_slice() {
        [] => false,
        [only] => *only == OUR_FOLDER && above.len() < folders.len(),
        _ => return false,
    };
    if !ours.is_empty() && !is_ours {
        return false;
    }
    if *name == GIT_ATTRIBUTES {
        return is_ours;
    }
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    // A copy of what articles were found in may be beside them.
    let mut of_articles = readable().filter(|info| info.holds_articles());
    let is_text = ending == "txt"
        || ending == "ron"
        || ours.is_empty() && of_articles.any(|info| info.extensions.contains(&&*ending));
    is_text && !name.starts_with('.')
}

/// Whether nothing but a file that nobody can run is there, or nothing at all.
fn is_plain(staged: &Path) -> bool {
    let Ok(found) = fs::symlink_metadata(staged) else {
        return true;
    };
    #[cfg(unix)]
    let can_run = std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let can_run = false;
    found.is_file() && !can_run
}

/// Moves what has not been moved yet. Nothing is taken back: people may have worked with it.
fn finish_recorded(
    root: &Path,
    stage: &Path,
    record: &Record,
    finished: &mut FinishedBatches,
) -> Result<(), BatchError> {
    let mut mover = Mover::new(root);
    let mut moved = Vec::new();
    for (n, file) in by_folder(record) {
        let staged = stage.join(n.to_string());
        if !file.removed && !staged.exists() {
            continue;
        }
        match mover.move_one(&staged, file) {
            Ok(to) => moved.push(to),
            Err(WriteError::Changed { path } | WriteError::LinkToNothing { path }) => {
                finished.conflicts.push(path);
            }
            Err(error) => {
                let stage = stage.to_owned();
                return Err(BatchError::Part { error, stage });
            }
        }
    }
    finished.placed += moved.len();
    sync_folders(moved.iter().map(PathBuf::as_path), &mover.finish());
    Ok(())
}
