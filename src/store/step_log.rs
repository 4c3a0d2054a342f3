//! Steps over several articles and imports, each with its files before and after it, so that it can be taken
//! back whole, also after a restart. In the state folder, by the folder of the articles.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::disk::{self, Out};
use super::private_ron::write_private;
use super::read_error::from_io;
use super::read_limited::read_text;
use super::state_dir::folder_for;
use super::step_file::{Contents, StepFile, StepSide};
use super::{FileFingerprint, ReadError, WriteError};

/// What a step is. Those of each kind are taken back in an order of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Tags of several articles were changed.
    Tags,
    /// Articles were imported.
    Import,
}

impl StepKind {
    /// The folder of the steps in the state folder.
    fn folder(self) -> &'static str {
        match self {
            Self::Tags => "steps",
            Self::Import => "imports",
        }
    }
}

/// So many steps of a folder can be taken back at most.
const KEPT: usize = 20;

/// So many bytes their files may have together, but for those of the latest step.
const KEPT_BYTES: u64 = 512 * 1024 * 1024;

/// A step over several articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedStep {
    record: Record,
    /// Where it is kept: a record, and beside it the contents of the files.
    path: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// What was done, in words.
    label: String,
    /// Seconds since 1970.
    at: i64,
    undone: bool,
    files: Vec<StepFile>,
}

/// A step that is being recorded. Dropped before [`Self::keep`], nothing of it stays.
#[derive(Debug)]
pub struct StepRecorder {
    path: PathBuf,
    contents: Option<Out>,
    length: u64,
    record: Record,
    kept: bool,
}

impl StepRecorder {
    /// Begins to record a step on the articles of a folder.
    ///
    /// # Errors
    /// [`WriteError`] where the state folder cannot be written.
    pub fn begin(
        state: &Path,
        kind: StepKind,
        root: &Path,
        at: Timestamp,
    ) -> Result<Self, WriteError> {
        let folder = folder_for(state, kind.folder(), root);
        let failed = |error| WriteError::failed(&folder, error);
        disk::make_folder(&folder, Access::Private).map_err(failed)?;
        let mut number = records(&folder)
            .last()
            .and_then(|path| number_of(path))
            .map_or(1, |last| last + 1);
        let (path, contents) = loop {
            let path = folder.join(format!("{number:06}.ron"));
            match disk::create_new(&contents_path(&path), Access::Private) {
                Ok(contents) => break (path, contents),
                // Another window has begun one, or one was cut short.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(failed(error)),
            }
        };
        Ok(Self {
            path,
            contents: Some(contents),
            length: 0,
            record: Record {
                label: String::new(),
                at: at.as_second(),
                undone: false,
                files: Vec::new(),
            },
            kept: false,
        })
    }

    /// Adds a file beside an article, as it was and as it becomes; `None`: not there. Both paths are below
    /// the folder, with `/`.
    ///
    /// # Errors
    /// [`WriteError`] where the disk refuses.
    pub fn add(
        &mut self,
        path: &str,
        article: &str,
        before: Option<&[u8]>,
        after: Option<&[u8]>,
    ) -> Result<(), WriteError> {
        let before = before.map(|bytes| self.put(bytes)).transpose()?;
        let after = after.map(|bytes| self.put(bytes)).transpose()?;
        self.record.files.push(StepFile {
            path: path.to_owned(),
            article: article.to_owned(),
            before,
            after,
        });
        Ok(())
    }

    /// Adds a file of which only what it looks like afterwards is kept: the step cannot be done again.
    ///
    /// # Errors
    /// [`WriteError`] where the disk refuses.
    pub fn note(
        &mut self,
        path: &str,
        article: &str,
        before: Option<&[u8]>,
        after: &FileFingerprint,
    ) -> Result<(), WriteError> {
        let before = before.map(|bytes| self.put(bytes)).transpose()?;
        self.record.files.push(StepFile {
            path: path.to_owned(),
            article: article.to_owned(),
            before,
            after: Contents::hash_of(after),
        });
        Ok(())
    }

    /// Adds a file that the step does not change, and that stands for work on an article: the step is taken
    /// back only as long as it looks like this.
    pub fn watch(&mut self, path: &str, article: &str, found: &FileFingerprint) {
        self.record.files.push(StepFile {
            path: path.to_owned(),
            article: article.to_owned(),
            before: Contents::hash_of(found),
            after: Contents::hash_of(found),
        });
    }

    /// Whether any file was added.
    #[must_use]
    pub fn has_files(&self) -> bool {
        !self.record.files.is_empty()
    }

    fn put(&mut self, bytes: &[u8]) -> Result<Contents, WriteError> {
        let contents = Contents {
            start: self.length,
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: FileFingerprint::of(bytes).hexadecimal().unwrap_or_default(),
        };
        if let Some(out) = &mut self.contents {
            let written = out.write_all(bytes);
            written.map_err(|error| WriteError::failed(&self.path, error))?;
        }
        self.length = self.length.saturating_add(contents.bytes);
        Ok(contents)
    }

    /// Keeps the step under its words, before its files are written; steps that were taken back can no longer
    /// be done again, and the oldest go.
    ///
    /// # Errors
    /// [`WriteError`] where the disk refuses.
    pub fn keep(mut self, label: &str) -> Result<RecordedStep, WriteError> {
        if let Some(contents) = self.contents.take() {
            let synced = disk::sync_data(&contents);
            synced.map_err(|error| WriteError::failed(&self.path, error))?;
        }
        label.clone_into(&mut self.record.label);
        write_private(&self.path, &self.record)?;
        self.kept = true;
        let step = RecordedStep {
            record: self.record.clone(),
            path: self.path.clone(),
        };
        if let Some(folder) = self.path.parent() {
            prune(folder, &self.path);
        }
        Ok(step)
    }
}

impl Drop for StepRecorder {
    fn drop(&mut self) {
        if !self.kept {
            self.contents = None;
            remove(&self.path);
        }
    }
}

/// The steps of a kind on the articles of a folder, the latest last. One whose record cannot be read is left
/// out.
#[must_use]
pub fn recorded_steps(state: &Path, kind: StepKind, root: &Path) -> Vec<RecordedStep> {
    let paths = records(&folder_for(state, kind.folder(), root)).into_iter();
    let steps = paths.filter_map(|path| match RecordedStep::read(&path) {
        Ok(step) => Some(step),
        Err(error) => {
            log::warn!("this step cannot be undone: {error}");
            None
        }
    });
    steps.collect()
}

impl RecordedStep {
    fn read(path: &Path) -> Result<Self, ReadError> {
        let text = read_text(path)?;
        let record = ron::from_str(&text).map_err(|error| {
            let invalid = std::io::ErrorKind::InvalidData;
            from_io(path, std::io::Error::new(invalid, error.to_string()))
        })?;
        Ok(Self {
            record,
            path: path.to_owned(),
        })
    }

    /// What was done, in words.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.record.label
    }

    /// When, in whole seconds.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_second(self.record.at).unwrap_or_default()
    }

    /// Whether it was taken back.
    #[must_use]
    pub fn is_undone(&self) -> bool {
        self.record.undone
    }

    /// Its files.
    #[must_use]
    pub fn files(&self) -> &[StepFile] {
        &self.record.files
    }

    /// What a file held or holds; `None`: it was not there.
    ///
    /// # Errors
    /// [`ReadError`] where that is not kept whole any more.
    pub fn contents(&self, file: &StepFile, side: StepSide) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(part) = file.part(side) else {
            return Ok(None);
        };
        let path = contents_path(&self.path);
        let failed = |error| from_io(&path, error);
        let mut bytes = Vec::new();
        let mut contents = fs::File::open(&path).map_err(failed)?;
        contents
            .seek(SeekFrom::Start(part.start))
            .and_then(|_| contents.take(part.bytes).read_to_end(&mut bytes))
            .map_err(failed)?;
        match FileFingerprint::of(&bytes).hexadecimal() {
            Some(sha256) if sha256 == part.sha256 => Ok(Some(bytes)),
            _ => {
                let words = "the copy that is kept of this step is damaged";
                Err(failed(std::io::Error::other(words)))
            }
        }
    }

    /// Notes that it was taken back, or done again.
    ///
    /// # Errors
    /// [`WriteError`] where the state folder cannot be written.
    pub fn note_undone(&mut self, undone: bool) -> Result<(), WriteError> {
        self.record.undone = undone;
        write_private(&self.path, &self.record)
    }

    /// Forgets it, since its files were never written.
    pub fn forget(self) {
        remove(&self.path);
    }
}

fn contents_path(record: &Path) -> PathBuf {
    record.with_extension("contents")
}

/// The records in a folder, the oldest first.
fn records(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .filter(|path| number_of(path).is_some())
        .collect();
    paths.sort_by_key(|path| number_of(path));
    paths
}

fn number_of(path: &Path) -> Option<u64> {
    path.file_stem()?.to_str()?.parse().ok()
}

/// Removes what `latest` takes the place of, and the oldest steps that are too many or too large.
fn prune(folder: &Path, latest: &Path) {
    let (mut count, mut bytes) = (0, 0_u64);
    for path in records(folder).iter().rev() {
        if path == latest {
            continue;
        }
        let undone = RecordedStep::read(path).is_ok_and(|step| step.is_undone());
        let length = fs::metadata(contents_path(path)).map_or(0, |found| found.len());
        bytes = bytes.saturating_add(length);
        count += 1;
        if undone || count >= KEPT || bytes > KEPT_BYTES {
            remove(path);
        }
    }
}

fn remove(record: &Path) {
    for path in [record, &contents_path(record)] {
        match disk::remove(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                log::warn!("{}: cannot be removed: {error}", path.display());
            }
            Ok(()) | Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(state: &Path, label: &str, after: &str) -> RecordedStep {
        let at = Timestamp::from_second(1_800_000_000).unwrap();
        let mut recorder = StepRecorder::begin(state, StepKind::Tags, Path::new("/c"), at).unwrap();
        recorder
            .add("a.txt.ron", "a.txt", Some(b"old"), Some(after.as_bytes()))
            .unwrap();
        recorder
            .add("sub/b.txt.ron", "sub/b.txt", None, Some(b"b"))
            .unwrap();
        recorder.keep(label).unwrap()
    }

    #[test]
    fn a_step_keeps_its_files_until_another_takes_the_place_of_what_was_undone() {
        let state = tempfile::tempdir().unwrap();
        let first = record(state.path(), "first", "one");
        let mut second = record(state.path(), "second", "two");
        let root = Path::new("/c");
        assert_eq!(
            recorded_steps(state.path(), StepKind::Tags, root),
            [first, second.clone()]
        );
        let [a, b] = second.files() else {
            panic!("{second:?}")
        };
        assert_eq!((a.path(), b.path()), ("a.txt.ron", "sub/b.txt.ron"));
        let contents = |file, side| second.contents(file, side).unwrap();
        assert_eq!(contents(a, StepSide::Before).unwrap(), b"old");
        assert_eq!(contents(a, StepSide::After).unwrap(), b"two");
        assert_eq!(contents(b, StepSide::Before), None);
        assert!(a.is(StepSide::After, &FileFingerprint::of(b"two")));
        assert!(b.is(StepSide::Before, &FileFingerprint::Absent));
        second.note_undone(true).unwrap();
        assert!(recorded_steps(state.path(), StepKind::Tags, root)[1].is_undone());
        record(state.path(), "third", "three");
        let labels: Vec<String> = recorded_steps(state.path(), StepKind::Tags, root)
            .iter()
            .map(|step| step.label().to_owned())
            .collect();
        assert_eq!(labels, ["first", "third"]);
        for n in 0..KEPT {
            record(state.path(), &n.to_string(), "x");
        }
        assert_eq!(
            recorded_steps(state.path(), StepKind::Tags, root).len(),
            KEPT
        );
        assert!(recorded_steps(state.path(), StepKind::Tags, Path::new("/d")).is_empty());
    }

    #[test]
    fn damage_is_told_and_what_was_begun_leaves_nothing() {
        let state = tempfile::tempdir().unwrap();
        let root = Path::new("/c");
        let at = Timestamp::from_second(0).unwrap();
        let mut begun = StepRecorder::begin(state.path(), StepKind::Tags, root, at).unwrap();
        begun.add("a.ron", "a", None, Some(b"x")).unwrap();
        drop(begun);
        let step = record(state.path(), "step", "new");
        let folder = step.path.parent().unwrap();
        assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
        fs::write(contents_path(&step.path), "old").unwrap();
        let file = &step.files()[0];
        assert!(step.contents(file, StepSide::Before).is_ok());
        let error = step.contents(file, StepSide::After).unwrap_err();
        assert!(error.to_string().contains("damaged"), "{error}");
    }
}
