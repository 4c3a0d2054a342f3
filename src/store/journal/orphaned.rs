use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{BASE, JOURNAL, KIND, TEXT, name_of};
use crate::format::journal::JournalText;
use crate::store::access::Access;
use crate::store::disk;
use crate::store::lock_file::{Held, try_hold};
use crate::store::read_limited::read_limited;
use crate::store::replacement::folder_of;
use crate::store::state_dir::folder_for;
use crate::store::temp_file::is_older;
use crate::store::{ReadError, WriteError};

/// Folder of journals that are no longer wanted, beside the others.
const DISCARDED: &str = "discarded";

/// How many of them are kept.
const KEPT: usize = 10;

/// Extension of a journal that is damaged and of which all that could be was restored.
const DAMAGED: &str = "damaged";

/// The largest file of a journal that is read, in bytes.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// A journal whose window is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrphanedJournal {
    /// The journal.
    pub path: PathBuf,
    /// When it was last written; `None` where the system does not know.
    pub modified: Option<SystemTime>,
}

/// What belongs to a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFiles {
    /// The journal itself; see [`crate::format::journal`].
    pub journal: Vec<u8>,
    /// The sidecar before its first step.
    pub base: Vec<u8>,
    /// The article's text before its first step, as UTF-8.
    pub text: Vec<u8>,
}

impl OrphanedJournal {
    /// Reads the journal with what it starts from.
    ///
    /// # Errors
    /// [`ReadError`] where a file of it is gone or cannot be read.
    pub fn read(&self) -> Result<JournalFiles, ReadError> {
        let read = |ending: &str| read_limited(&self.path.with_extension(ending), MAX_BYTES);
        Ok(JournalFiles {
            journal: read(JOURNAL)?,
            base: read(BASE)?,
            text: read(TEXT)?,
        })
    }
}

/// The journals of a sidecar that no living window writes, the oldest first, without those whose
/// steps another one holds.
#[must_use]
pub fn waiting_journals(state: &Path, sidecar: &Path) -> Vec<OrphanedJournal> {
    waiting_in(&folder_for(state, KIND, sidecar))
}

/// [`waiting_journals`] of all sidecars there are.
#[must_use]
pub fn all_waiting_journals(state: &Path) -> Vec<OrphanedJournal> {
    let entries = fs::read_dir(state.join(KIND)).into_iter().flatten();
    let mut folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name() != DISCARDED)
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders
        .iter()
        .flat_map(|folder| waiting_in(folder))
        .collect()
}

fn journals_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == JOURNAL))
        .collect();
    paths.sort();
    paths
}

/// A number above those of all journals in a folder.
pub(super) fn next_number(folder: &Path) -> u32 {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let names = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name());
    let numbers = names.filter_map(|name| {
        let name = name.to_string_lossy();
        let (number, _) = name.split_once('.')?;
        number.parse::<u32>().ok()
    });
    numbers.max().map_or(1, |last| last.saturating_add(1))
}

/// Removes a journal whose steps are all in the sidecar.
///
/// # Errors
/// [`WriteError`] where a file of it cannot be removed.
pub fn remove_journal(path: &Path) -> Result<(), WriteError> {
    super::remove_files(path)
}

fn waiting_in(folder: &Path) -> Vec<OrphanedJournal> {
    let paths = journals_in(folder);
    let followed: BTreeSet<String> = paths
        .iter()
        .filter_map(|path| read_limited(path, MAX_BYTES).ok())
        .filter_map(|bytes| Some(JournalText::read(&bytes)?.follows))
        .flatten()
        .collect();
    let waiting = paths.into_iter();
    waiting
        .filter(|path| !followed.contains(&name_of(path)) && !is_held(path))
        .map(|path| OrphanedJournal {
            modified: fs::metadata(&path)
                .and_then(|metadata| metadata.modified())
                .ok(),
            path,
        })
        .collect()
}

/// Whether a living window writes it.
fn is_held(path: &Path) -> bool {
    matches!(try_hold(path), Ok(Held::Alive))
}

/// Sets aside a journal that is no longer wanted, beside the last few others.
///
/// # Errors
/// [`WriteError`] where it cannot be moved; it is then where it was.
pub fn discard_journal(path: &Path) -> Result<(), WriteError> {
    let folder = folder_of(path);
    let discarded = folder_of(folder).join(DISCARDED);
    disk::make_folder(&discarded, Access::Private)
        .map_err(|error| WriteError::failed(&discarded, error))?;
    let of = folder.file_name().unwrap_or_default().to_string_lossy();
    let number = next_number(&discarded);
    let target = discarded.join(format!("{number:06}.{of}-{}.{JOURNAL}", name_of(path)));
    // The journal first: half of one must not be offered again.
    for ending in [JOURNAL, BASE, TEXT] {
        let from = path.with_extension(ending);
        if from.exists() {
            disk::rename(&from, &target.with_extension(ending))
                .map_err(|error| WriteError::failed(&from, error))?;
        }
    }
    prune(&discarded);
    Ok(())
}

/// Puts away a journal whose steps were restored: beside the last few others, or where it is damaged
/// under another name in its place, for good. Returns where it is kept then.
///
/// # Errors
/// [`WriteError`] where it cannot be moved; it is then where it was.
pub fn put_away_journal(path: &Path) -> Result<Option<PathBuf>, WriteError> {
    let bytes = read_limited(path, MAX_BYTES).unwrap_or_default();
    if JournalText::read(&bytes).is_some_and(|journal| journal.damage.is_none()) {
        discard_journal(path)?;
        return Ok(None);
    }
    let kept = kept_journal(path);
    disk::rename(path, &kept).map_err(|error| WriteError::failed(path, error))?;
    Ok(Some(kept))
}

/// Where a damaged journal is kept once its steps were restored.
#[must_use]
pub fn kept_journal(path: &Path) -> PathBuf {
    path.with_extension(DAMAGED)
}

/// Removes the oldest journals set aside, if there are too many.
fn prune(discarded: &Path) {
    for path in journals_in(discarded).iter().rev().skip(KEPT) {
        if let Err(error) = super::remove_files(path) {
            log::warn!("{error}");
        }
    }
}

/// Removes what journals that are gone have left, older than an hour at `now`.
pub(in crate::store) fn remove_leftovers(folder: &Path, now: SystemTime) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let left = paths.filter(|path| {
        let name = path.to_string_lossy();
        let of = [BASE, TEXT]
            .iter()
            .find_map(|ending| name.strip_suffix(&format!(".{ending}")));
        let is_there = |of: &str, ending| Path::new(&format!("{of}.{ending}")).exists();
        of.is_some_and(|of| ![JOURNAL, DAMAGED].iter().any(|ending| is_there(of, ending)))
            && is_older(path, now)
    });
    left.filter(|path| disk::remove(path).is_ok()).count()
}
