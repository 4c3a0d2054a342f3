//! Files that change in a folder all together or not at all, however the program ends: an import, or a step
//! over several articles.
//!
//! They are written to `.pullquote/import.PID.N` in that folder first, then listed in a record; only
//! then do they move to their places. Where a program died before the record, the next one removes
//! what is left; where it died after, the next one finishes.

mod placing;
mod recovery;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::access::Access;
use super::confine::{confine, leads_out, outside};
use super::kept_access::fit_snapshot_access;
use super::lock_file::hold;
use super::new_folders::{NewFolders, missing_folders};
use super::replacement::{folder_of, lock_folder};
use super::snapshot::{GIT_ATTRIBUTES, LINE_ENDS};
use super::snapshot_path::{OUR_FOLDER, snapshot_path};
use super::temp_file::is_temp_name;
use super::{FileFingerprint, WriteError, atomic_write, disk};
use crate::text::SourceText;

pub use recovery::{FinishedBatches, damaged_batches, finish_batches, unfinished_batches};

const RECORD: &str = "record.ron";
const LOCK: &str = "lock";
/// What the name of a file that was replaced ends in.
const REPLACED: &str = "was";

/// Files on their way into a folder. Dropped before [`Self::finish`], nothing of them stays.
#[derive(Debug)]
pub struct FileBatch {
    root: PathBuf,
    stage: PathBuf,
    /// The mark of a program that is at work.
    _lock: File,
    record: Record,
    known: BTreeMap<PathBuf, FileFingerprint>,
    /// Articles with the hash of the text they are annotated on.
    kept: Vec<(PathBuf, String)>,
    /// Folders that no link leads out of; looked at again before files move there.
    confined: BTreeSet<PathBuf>,
    _made: NewFolders,
    done: bool,
}

/// Which files are complete and where they go.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    /// The n-th is called n until it is in its place.
    files: Vec<Destination>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Destination {
    /// Below the folder, with `/`.
    path: String,
    /// Of its bytes, hexadecimal.
    sha256: String,
    /// The same of the file it takes the place of; `None`: there may be none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was: Option<String>,
    /// Whether the file that is there goes, and none comes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
}

/// Why the files of a batch are not in their places.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// None of them is.
    #[error("{0}; nothing was written")]
    Nothing(#[from] WriteError),
    /// Some are, and cannot be taken back. The record is kept.
    #[error(
        "{error}; {} has the rest: open the folder again, or run `pullquote check --fix`, to finish",
        stage.display()
    )]
    Part {
        /// What stopped it.
        error: WriteError,
        /// Where the rest is.
        stage: PathBuf,
    },
}

impl FileBatch {
    /// Begins a batch for `root`, which is made where it is missing.
    ///
    /// # Errors
    /// [`WriteError`] where nothing can be written there.
    pub fn begin(root: &Path) -> Result<Self, WriteError> {
        let made = NewFolders(missing_folders(&root.join(OUR_FOLDER)));
        let failed = |error| WriteError::failed(root, error);
        disk::make_folder(root, Access::Usual).map_err(failed)?;
        let root = fs::canonicalize(root).map_err(failed)?;
        let ours = root.join(OUR_FOLDER);
        confine(&root, &ours.join(RECORD))?;
        make_folder(&ours).map_err(|error| WriteError::failed(&ours, error))?;
        // Until the folder is marked as one that somebody works in.
        let held = lock_folder(&root);
        let (stage, lock) = make_stage(&ours)?;
        drop(held);
        Ok(Self {
            root,
            stage,
            _lock: lock,
            record: Record::default(),
            known: BTreeMap::new(),
            kept: Vec::new(),
            confined: BTreeSet::new(),
            _made: made,
            done: false,
        })
    }

    /// Adds a file, by its path below the folder. A second one with the same path must be the same.
    /// One that belongs to an article `beside` it that is there gets the article's access.
    ///
    /// # Errors
    /// [`WriteError`] where it cannot be written, or its path leads out of the folder.
    pub fn add(
        &mut self,
        path: &Path,
        bytes: &[u8],
        beside: Option<&Path>,
    ) -> Result<FileFingerprint, WriteError> {
        let beside = beside.map(|article| self.root.join(article));
        let beside = beside.as_deref().filter(|article| article.exists());
        self.add_file(
            path,
            bytes,
            beside.map_or(Access::Usual, Access::Like),
            None,
        )
    }

    /// Adds a file that takes the place of one that is there and looks like `was`. It gets the access of
    /// that.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn replace(
        &mut self,
        path: &Path,
        bytes: &[u8],
        was: &FileFingerprint,
    ) -> Result<FileFingerprint, WriteError> {
        let there = self.root.join(path);
        self.add_file(path, bytes, Access::Like(&there), was.hexadecimal())
    }

    /// Takes away a file that looks like `was`.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn remove(&mut self, path: &Path, was: &FileFingerprint) -> Result<(), WriteError> {
        let to = self.root.join(path);
        let name = portable(path).ok_or_else(|| WriteError::failed(&to, outside()))?;
        self.confine(&to)?;
        self.record.files.push(Destination {
            path: name,
            sha256: String::new(),
            was: was.hexadecimal(),
            removed: true,
        });
        Ok(())
    }

    fn add_file(
        &mut self,
        path: &Path,
        bytes: &[u8],
        access: Access<'_>,
        was: Option<String>,
    ) -> Result<FileFingerprint, WriteError> {
        let fingerprint = FileFingerprint::of(bytes);
        let to = self.root.join(path);
        if let Some(known) = self.known.get(path) {
            return match *known == fingerprint {
                true => Ok(fingerprint),
                false => Err(WriteError::Changed { path: to }),
            };
        }
        let failed = |error| WriteError::failed(&to, error);
        let name = portable(path).ok_or_else(|| failed(outside()))?;
        self.confine(&to)?;
        let staged = self.stage.join(self.record.files.len().to_string());
        let mut file = disk::create_new(&staged, access).map_err(failed)?;
        disk::settle_access(&file, access).map_err(failed)?;
        self.record.files.push(Destination {
            path: name,
            sha256: fingerprint.hexadecimal().unwrap_or_default(),
            was,
            removed: false,
        });
        file.write_all(bytes).map_err(failed)?;
        self.known.insert(path.to_owned(), fingerprint);
        Ok(fingerprint)
    }

    fn confine(&mut self, to: &Path) -> Result<(), WriteError> {
        let folder = folder_of(to);
        if !self.confined.contains(folder) {
            confine(&self.root, to)?;
            self.confined.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Adds the text an article is annotated on, as [`super::keep_snapshot`] keeps it. `article` is
    /// below the folder.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn add_snapshot(&mut self, article: &Path, text: &SourceText) -> Result<(), WriteError> {
        let Some(path) = snapshot_path(article, text.sha256()) else {
            return Ok(());
        };
        self.kept
            .push((article.to_owned(), text.sha256().to_owned()));
        let attributes = path.parent().and_then(Path::parent);
        let attributes = attributes.map(|folder| folder.join(GIT_ATTRIBUTES));
        let files = [(Some(path), text.as_str()), (attributes, LINE_ENDS)];
        for (path, contents) in files {
            let Some(path) = path else { continue };
            let to = self.root.join(&path);
            self.confine(&to)?;
            if leads_out(&to, &self.root) {
                return Err(WriteError::failed(&to, outside()));
            }
            if !to.exists() {
                self.add(&path, contents.as_bytes(), Some(article))?;
            }
        }
        Ok(())
    }

    /// Moves all of them to their places. None may be there with other contents than it replaces.
    ///
    /// # Errors
    /// [`BatchError::Nothing`] where the disk refuses or a place is taken: then none of them is there.
    /// [`BatchError::Part`] where those that were moved cannot be taken back either.
    pub fn finish(mut self) -> Result<(), BatchError> {
        let files = self.record.files.iter().enumerate();
        let staged: Vec<PathBuf> = files
            .filter(|(_, file)| !file.removed)
            .map(|(n, _)| self.stage.join(n.to_string()))
            .collect();
        disk::sync_files(&staged).map_err(|error| WriteError::failed(&self.root, error))?;
        let record = self.stage.join(RECORD);
        let failed = |error| WriteError::failed(&record, error);
        let text = ron::to_string(&self.record).map_err(|error| failed(io::Error::other(error)))?;
        let recorded = atomic_write(
            &record,
            text.as_bytes(),
            Some(&FileFingerprint::Absent),
            Access::Private,
        );
        recorded?;
        // It clears up itself, or leaves what could not be taken back to the next run.
        self.done = true;
        placing::move_all(&self.root, &self.stage, &self.record)?;
        for (article, hash) in &self.kept {
            if let Err(error) = fit_snapshot_access(&self.root.join(article), hash) {
                log::warn!("{error}");
            }
        }
        Ok(())
    }
}

impl Drop for FileBatch {
    fn drop(&mut self) {
        if !self.done {
            clear(&self.stage);
        }
    }
}

/// What this machine is called; empty where the system does not say.
fn host_name() -> String {
    let named = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named.or_else(|| std::env::var("COMPUTERNAME").ok());
    named.unwrap_or_default().trim().to_owned()
}

/// Removes a stage with what is ours in it, the record first.
fn clear(stage: &Path) {
    let entries = fs::read_dir(stage).into_iter().flatten();
    let mut names: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name())
        .filter(|name| {
            let name = Path::new(name);
            let number = match name.extension() {
                Some(ending) if ending == REPLACED => name.file_stem(),
                _ => Some(name.as_os_str()),
            };
            let digits = |number: &OsStr| number.as_encoded_bytes().iter().all(u8::is_ascii_digit);
            let digits = number.is_some_and(digits);
            let name = name.as_os_str();
            digits || name == RECORD || name == LOCK || is_temp_name(name)
        })
        .collect();
    // A stage without its record is one that never was.
    names.sort_by_key(|name| (name != RECORD, name == LOCK));
    for name in names {
        if let Err(error) = disk::remove(&stage.join(&name)) {
            log::warn!("{}: left behind: {error}", stage.display());
            return;
        }
    }
    if let Err(error) = disk::remove_folder(stage) {
        log::warn!("{}: left behind: {error}", stage.display());
    }
}

fn make_stage(ours: &Path) -> Result<(PathBuf, File), WriteError> {
    let failed = |error| WriteError::failed(ours, error);
    let mut n = 0;
    loop {
        let stage = ours.join(format!("import.{}.{n}", std::process::id()));
        match disk::make_new_folder(&stage) {
            Ok(()) => {
                let mut lock =
                    disk::create_new(&stage.join(LOCK), Access::Private).map_err(|error| {
                        clear(&stage);
                        failed(error)
                    })?;
                let _ = lock.write_all(host_name().as_bytes());
                let lock = lock.into_file();
                hold(&lock, &stage);
                return Ok((stage, lock));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => n += 1,
            Err(error) => return Err(failed(error)),
        }
    }
}

/// A path below a folder with `/`; `None` where it leads elsewhere or is not UTF-8.
fn portable(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => None,
        })
        .collect();
    parts
        .filter(|parts| !parts.is_empty())
        .map(|parts| parts.join("/"))
}

/// Makes a folder; one of ours may be used by whoever may use the folder it is in.
fn make_folder(folder: &Path) -> io::Result<()> {
    let is_ours = |above: &&Path| above.file_name().is_some_and(|name| name == OUR_FOLDER);
    let Some(ours) = folder.ancestors().find(is_ours) else {
        return disk::make_folder(folder, Access::Usual);
    };
    let around = folder_of(ours);
    disk::make_folder(around, Access::Usual)?;
    disk::make_folder(ours, Access::Like(around))?;
    disk::make_folder(folder, Access::Like(around))
}
