use std::path::{Path, PathBuf};

use super::FileProblem;
use super::problem_list::ProblemList;
use super::reserved_files::rename_problem;
use crate::format::article_facts::{self, FactsError};
use crate::model::ArticleFacts;
use crate::store::sidecar_file::{self, ReservedName, facts_path};
use crate::store::{
    Access, FileFingerprint, WriteError, atomic_write, backup, confine_beside, private_state_dir,
};

/// The facts of an article as they are on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedFacts {
    /// What is known; nothing where there is no file, or it cannot be read.
    pub facts: ArticleFacts,
    /// The file.
    pub path: PathBuf,
    /// What it looked like when last read or written.
    pub fingerprint: FileFingerprint,
    /// Why it may not be written, in words; `None`: it may.
    pub read_only: Option<String>,
    /// What is doubtful or cannot be read.
    pub problems: Vec<FileProblem>,
}

/// Why the facts of an article were not written. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveFactsError {
    /// The file cannot be read, is of a newer version, or is not one of facts.
    #[error("{} is not written over: {reason}", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// The file would lose facts.
    #[error(
        "{} was not written: reading it back gives something else. Please report this",
        .0.display()
    )]
    WouldLose(PathBuf),
    /// Writing failed, or someone else has written the file.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Reads the facts of an article. What is wrong with them does not stop anything: it is in
/// [`LoadedFacts::problems`].
#[must_use]
pub fn load_facts(article: &Path) -> LoadedFacts {
    let mut loaded = LoadedFacts {
        facts: ArticleFacts::default(),
        path: facts_path(article),
        fingerprint: FileFingerprint::Absent,
        read_only: None,
        problems: Vec::new(),
    };
    let inside = confine_beside(article, &loaded.path);
    match inside.and_then(|()| sidecar_file::load(&loaded.path)) {
        Ok(None) => {}
        Ok(Some(file)) => {
            loaded.fingerprint = file.fingerprint;
            loaded.read(article, &file.bytes);
        }
        Err(error) => loaded.refuse(FileProblem::unreadable(&error)),
    }
    loaded
}

impl LoadedFacts {
    fn read(&mut self, article: &Path, bytes: &[u8]) {
        let contents = match article_facts::read(bytes) {
            Ok(contents) => contents,
            Err(FactsError::Sidecar) => {
                return self.refuse(rename_problem(article, ReservedName::Meta));
            }
            Err(error @ FactsError::Damaged { .. }) => {
                let problem = FileProblem::at(&self.path, error.place(), error.message());
                return self.refuse(problem);
            }
        };
        if contents.is_newer() {
            self.refuse(FileProblem::new(
                &self.path,
                format!(
                    "written by a newer version of Pullquote (version {} of the file; this one writes \
                     {}); read-only here; update Pullquote to edit it",
                    contents.version,
                    article_facts::VERSION
                ),
            ));
        }
        let problems = contents.problems.into_iter();
        let problems =
            problems.map(|problem| FileProblem::at(&self.path, (problem.line, 1), problem.message));
        self.problems.extend(ProblemList::some_of(problems));
        self.facts = contents.facts;
    }

    fn refuse(&mut self, problem: FileProblem) {
        self.read_only = Some(problem.message.clone());
        self.problems.push(problem);
    }
}

/// Writes the facts of an article, whole or not at all; a copy of the file as it was goes to the
/// state folder. Writes nothing if the file would be the same. `loaded` is what was read before,
/// and afterwards what is on disk.
///
/// # Errors
/// [`SaveFactsError`]; the file is as it was.
pub fn save_facts(loaded: &mut LoadedFacts, facts: &ArticleFacts) -> Result<(), SaveFactsError> {
    save_facts_in(loaded, facts, private_state_dir().as_deref())
}

/// [`save_facts`] with the folder that keeps copies of earlier versions.
///
/// # Errors
/// As [`save_facts`].
pub fn save_facts_in(
    loaded: &mut LoadedFacts,
    facts: &ArticleFacts,
    state: Option<&Path>,
) -> Result<(), SaveFactsError> {
    let path = loaded.path.clone();
    if let Some(reason) = &loaded.read_only {
        let reason = reason.clone();
        return Err(SaveFactsError::ReadOnly { path, reason });
    }
    // An article and the facts beside it are in one folder.
    let on_disk = confine_beside(&path, &path).and_then(|()| sidecar_file::load(&path));
    let on_disk = on_disk.map_err(WriteError::from)?;
    let found = on_disk
        .as_ref()
        .map_or(FileFingerprint::Absent, |file| file.fingerprint);
    let text = article_facts::write(facts);
    let fingerprint = FileFingerprint::of(text.as_bytes());
    let nothing_new =
        found == fingerprint || (found == FileFingerprint::Absent && facts.is_empty());
    if nothing_new && found == loaded.fingerprint {
        loaded.facts = facts.clone();
        return Ok(());
    }
    let again = article_facts::read(text.as_bytes());
    if again.map(|contents| contents.facts).as_ref() != Ok(facts) {
        return Err(SaveFactsError::WouldLose(path));
    }
    if let (Some(file), Some(state)) = (&on_disk, state)
        && let Err(error) = backup(&path, &file.bytes, state)
    {
        log::warn!("{}: no copy was kept: {error}", path.display());
    }
    loaded.fingerprint = atomic_write(
        &path,
        text.as_bytes(),
        Some(&loaded.fingerprint),
        Access::Like(&path.with_extension("").with_extension("")),
    )?;
    loaded.facts = facts.clone();
    Ok(())
}
