//! The journal of one article's unsaved work, in the state folder. See [`crate::format::journal`]
//! for what is in it.

mod orphaned;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::disk::{self, Out};
use super::replacement::Replacement;
use super::state_dir::folder_for;
use super::{FileFingerprint, WriteError, canonical_path};
use crate::format::journal::{
    Applied, JournalHeader, follows_line, header_line, saving_line, step_line,
};
use crate::format::sidecar;
use crate::model::{Change, Delta, Document};
use crate::store::access::Access;
use crate::text::SourceText;

pub(super) use orphaned::remove_leftovers;
pub use orphaned::{
    JournalFiles, OrphanedJournal, all_waiting_journals, discard_journal, kept_journal,
    put_away_journal, remove_journal, waiting_journals,
};

/// Folder of the journals in the state folder.
const KIND: &str = "journal";

/// What a journal is about.
#[derive(Debug, Clone)]
pub struct JournalStart {
    /// The article.
    pub article: PathBuf,
    /// Its sidecar.
    pub sidecar: PathBuf,
    /// Whose sidecar; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// What the sidecar on disk looks like.
    pub fingerprint: FileFingerprint,
    /// Its contents.
    pub document: Document,
    /// Name of that state of the document.
    pub state: u64,
}

/// Keeps on disk what is not saved yet, so that it can be done again after a crash. Nothing is
/// written before the first step. A method that fails can be called again: what could not be written
/// is kept and written with the next step. Dropped, the file stays, for the next start to find.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    start: JournalStart,
    /// The text after the last step.
    source: SourceText,
    /// Everything since the start, on disk or about to be.
    lines: Vec<Line>,
    file: Option<OnDisk>,
}

#[derive(Debug, Clone)]
struct Line {
    text: String,
    /// The state after it; `None` for what is no step.
    after: Option<u64>,
}

#[derive(Debug)]
struct OnDisk {
    path: PathBuf,
    /// Held open and locked: the mark of a live window.
    out: Out,
    /// Length of the intact part, in bytes.
    whole: u64,
    /// How many lines that is.
    lines: usize,
    /// Whether something may be after it that is not whole.
    torn: bool,
}

impl Journal {
    /// Begins a journal. Writes nothing.
    #[must_use]
    pub fn begin(state: &Path, start: JournalStart) -> Self {
        Self {
            folder: folder_for(state, KIND, &start.sidecar),
            source: start.document.source().clone(),
            start,
            lines: Vec::new(),
            file: None,
        }
    }

    /// Adds steps, in the order in which they were applied; when this returns they are on the disk.
    ///
    /// # Errors
    /// [`WriteError`]; the steps are kept and written with the next ones.
    pub fn append(&mut self, steps: &[Applied]) -> Result<(), WriteError> {
        for step in steps {
            self.lines.push(Line {
                text: step_line(step, &self.source),
                after: Some(step.after),
            });
            for change in &step.transaction.changes {
                if let Change::Source(Delta {
                    after: Some(after), ..
                }) = change
                {
                    self.source = after.clone();
                }
            }
        }
        self.flush()
    }

    /// Records that the sidecar is about to become the file with this fingerprint, which holds the
    /// document in this state. Call it before writing.
    ///
    /// # Errors
    /// [`WriteError`]; the save may go on: after a crash the work is then merged, not replayed.
    pub fn saving(&mut self, state: u64, fingerprint: &FileFingerprint) -> Result<(), WriteError> {
        if let (false, Some(sha256)) = (self.lines.is_empty(), fingerprint.hexadecimal()) {
            self.lines.push(Line {
                text: saving_line(state, &sha256),
                after: None,
            });
        }
        self.flush()
    }

    /// Notes that the sidecar now is the file of this fingerprint and holds `document` in this state: the
    /// steps up to there are no longer needed. Without steps left, the journal's files are removed.
    ///
    /// # Errors
    /// [`WriteError`]; the journal then holds more than needed.
    pub fn saved(
        &mut self,
        state: u64,
        fingerprint: FileFingerprint,
        document: &Document,
    ) -> Result<(), WriteError> {
        let last = |line: &Line| line.after == Some(state);
        let kept_from = match self.lines.iter().rposition(last) {
            Some(at) => at + 1,
            None if state == self.start.state => 0,
            // Not a state of this journal: nothing is known to be saved.
            None => return self.flush(),
        };
        let kept = self.lines.iter().skip(kept_from);
        let kept: Vec<Line> = kept.filter(|line| line.after.is_some()).cloned().collect();
        let start = JournalStart {
            fingerprint,
            document: document.clone(),
            state,
            ..self.start.clone()
        };
        if kept.is_empty() {
            self.start = start;
            self.lines.clear();
            return match self.file.take() {
                Some(file) => remove_files(&file.path),
                None => Ok(()),
            };
        }
        let mut lines = kept;
        if let Some(old) = &self.file {
            let name = name_of(&old.path);
            lines.push(Line {
                text: follows_line(&name),
                after: None,
            });
        }
        let new = lay_down(&self.folder, &start, &lines)?;
        (self.start, self.lines) = (start, lines);
        match self.file.replace(new) {
            Some(old) => remove_files(&old.path),
            None => Ok(()),
        }
    }

    /// Notes that all steps of a journal found at the start have been added to this one, and puts it
    /// away.
    ///
    /// # Errors
    /// [`WriteError`]; the journal found is then still where it was.
    pub fn took_over(&mut self, found: &Path) -> Result<(), WriteError> {
        if !self.lines.is_empty() {
            self.lines.push(Line {
                text: follows_line(&name_of(found)),
                after: None,
            });
        }
        self.flush()?;
        put_away_journal(found).map(drop)
    }

    /// Whether nothing is waiting to be saved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether something of it is not on disk: a crash would lose that.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.lines.len() > self.file.as_ref().map_or(0, |file| file.lines)
    }

    /// Ends the journal of a document whose unsaved changes were discarded: it is set aside, not
    /// removed.
    ///
    /// # Errors
    /// [`WriteError`]; the journal is then found at the next start.
    pub fn throw_away(&mut self) -> Result<(), WriteError> {
        match self.file.take() {
            Some(file) => {
                drop(file.out);
                discard_journal(&file.path)
            }
            None => Ok(()),
        }
    }

    /// Brings what is not on disk yet there.
    fn flush(&mut self) -> Result<(), WriteError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let Some(file) = &mut self.file else {
            self.file = Some(lay_down(&self.folder, &self.start, &self.lines)?);
            return Ok(());
        };
        let new: String = self
            .lines
            .iter()
            .skip(file.lines)
            .map(|line| line.text.as_str())
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        file.append(&new)
            .map_err(|error| WriteError::failed(&file.path, error))?;
        file.lines = self.lines.len();
        Ok(())
    }
}

impl OnDisk {
    fn append(&mut self, text: &str) -> io::Result<()> {
        if self.torn {
            disk::truncate(&mut self.out, self.whole)?;
        }
        self.torn = true;
        self.out.write_all(text.as_bytes())?;
        disk::sync_data(&self.out)?;
        self.torn = false;
        self.whole += u64::try_from(text.len()).unwrap_or_default();
        Ok(())
    }
}

/// Puts a new journal into the folder: what it starts from, then the journal itself, whole or not at
/// all.
fn lay_down(folder: &Path, start: &JournalStart, lines: &[Line]) -> Result<OnDisk, WriteError> {
    disk::make_folder(folder, Access::Private)
        .map_err(|error| WriteError::failed(folder, error))?;
    let path = reserve(folder)?;
    let laid = lay_down_at(&path, start, lines);
    if laid.is_err() {
        // What is left over without its journal is swept at a start.
        let _ = remove_files(&path);
    }
    laid
}

fn lay_down_at(path: &Path, start: &JournalStart, lines: &[Line]) -> Result<OnDisk, WriteError> {
    let name = start.article.file_name().unwrap_or_default();
    put(&path.with_extension(BASE), |write| {
        sidecar::write_in_parts(&start.document, &name.to_string_lossy(), write);
    })?;
    let text = start.document.source().as_str();
    put(&path.with_extension(TEXT), |write| write(text))?;
    let mut journal = header_line(&JournalHeader {
        article: canonical_path(&start.article),
        sidecar: canonical_path(&start.sidecar),
        annotator: start.annotator.clone(),
        base: start.fingerprint.hexadecimal(),
        source: start.document.source().sha256().to_owned(),
        state: start.state,
    });
    journal.extend(lines.iter().map(|line| line.text.as_str()));
    let mut file = Replacement::begin(path, Access::Private)?;
    file.write_all(journal.as_bytes())
        .map_err(|error| WriteError::failed(path, error))?;
    Ok(OnDisk {
        path: path.to_owned(),
        out: file.finish(None)?,
        whole: u64::try_from(journal.len()).unwrap_or_default(),
        lines: lines.len(),
        torn: false,
    })
}

/// Writes a file of the journal, whole or not at all. `fill` hands over its text in parts.
fn put(path: &Path, fill: impl FnOnce(&mut dyn FnMut(&str))) -> Result<(), WriteError> {
    let mut file = Replacement::begin(path, Access::Private)?;
    let mut written = Ok(());
    fill(&mut |part| {
        if written.is_ok() {
            written = file.write_all(part.as_bytes());
        }
    });
    written.map_err(|error| WriteError::failed(path, error))?;
    file.finish(None)?;
    Ok(())
}

/// Extension of what the sidecar said where the journal starts.
const BASE: &str = "base.ron";
/// Extension of the article's text there, as UTF-8.
const TEXT: &str = "base.txt";
/// Extension of the journal.
const JOURNAL: &str = "journal";

/// An unused path for a journal: the process that creates the file of its base owns it. Numbers
/// only grow, as a journal may still name one that is gone.
fn reserve(folder: &Path) -> Result<PathBuf, WriteError> {
    for n in orphaned::next_number(folder)..1_000_000 {
        let path = folder.join(format!("{n:06}.{JOURNAL}"));
        if path.exists() {
            continue;
        }
        let base = path.with_extension(BASE);
        match disk::create_new(&base, Access::Private) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(WriteError::in_folder(&base, folder, error)),
        }
    }
    Err(WriteError::failed(
        folder,
        io::ErrorKind::AlreadyExists.into(),
    ))
}

/// Removes a journal, then what belongs to it; last the base, which holds its number.
fn remove_files(path: &Path) -> Result<(), WriteError> {
    for ending in [JOURNAL, TEXT, BASE] {
        let path = path.with_extension(ending);
        match disk::remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(WriteError::failed(&path, error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a journal is called by those beside it.
fn name_of(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
