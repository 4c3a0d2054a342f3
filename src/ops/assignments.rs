//! Who is to tag which article: read from the file of the project, and handed out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::FileProblem;
use super::not_opened::not_opened;
use crate::format::assignments;
use crate::model::{Assignments, Reassigned};
use crate::store::sidecar_file::{AnnotatorNameError, check_annotator};
use crate::store::{
    Access, FileFingerprint, NotOpened, ReadError, WriteError, atomic_write, backup, find_articles,
    find_assignments, is_folder, load_assignments, private_state_dir,
};

/// The assignments of a project as they are on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedAssignments {
    /// The file.
    pub path: PathBuf,
    /// What it says; nothing where there is none, or it cannot be read.
    pub assignments: Assignments,
    /// Why it cannot be read, and so is not written over.
    pub problem: Option<FileProblem>,
    /// Its text; empty where there is none.
    text: String,
    fingerprint: FileFingerprint,
}

/// What to do about the assignment of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigning {
    /// They are to tag them, too.
    Add,
    /// They are no longer to tag them.
    Remove,
}

/// Why an assignment was not changed. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// The file cannot be read.
    #[error("{0}; nothing was assigned")]
    Unreadable(FileProblem),
    /// An annotator cannot be called so.
    #[error(transparent)]
    Name(#[from] AnnotatorNameError),
    /// The article is not in the folder of the project.
    #[error("{} is not in the folder of {}", article.display(), file.display())]
    Outside {
        /// The article.
        article: PathBuf,
        /// The file of assignments.
        file: PathBuf,
    },
    /// Somebody has assigned one of the articles to others since.
    #[error("{article} was assigned to others since; nothing was undone")]
    ChangedSince {
        /// The article.
        article: String,
    },
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Writing failed, or someone else has written the file.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl LoadedAssignments {
    /// Those that hold for a folder and below.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Self {
        Self::load(find_assignments(folder))
    }

    fn load(path: PathBuf) -> Self {
        let mut loaded = Self {
            path: path.clone(),
            assignments: Assignments::default(),
            problem: None,
            text: String::new(),
            fingerprint: FileFingerprint::Absent,
        };
        match load_assignments(&path) {
            Ok(None) => {}
            Ok(Some(file)) => {
                loaded.fingerprint = file.fingerprint;
                match String::from_utf8(file.bytes) {
                    Ok(text) => loaded.read(text),
                    Err(_) => {
                        let words = "this is not UTF-8; save it as UTF-8 or remove it";
                        loaded.problem = Some(FileProblem::new(&path, words));
                    }
                }
            }
            Err(error) => loaded.problem = Some(FileProblem::unreadable(&error)),
        }
        loaded
    }

    fn read(&mut self, text: String) {
        match assignments::read(&text) {
            Ok(read) => self.assignments = read,
            Err(error) => {
                let place = (error.line, error.column);
                self.problem = Some(FileProblem::at(&self.path, place, error.reason));
            }
        }
        self.text = text;
    }

    /// What an article is called in the file; `None`: it is not in its folder.
    #[must_use]
    pub fn name_of(&self, article: &Path) -> Option<String> {
        let below = article.strip_prefix(self.path.parent()?).ok()?;
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// Who is to tag an article.
    #[must_use]
    pub fn of(&self, article: &Path) -> &[SmolStr] {
        let name = self.name_of(article);
        name.map_or(&[], |name| self.assignments.of(&name))
    }

    fn write(&self, assignments: &Assignments, state: Option<&Path>) -> Result<(), AssignError> {
        if let Some(problem) = &self.problem {
            return Err(AssignError::Unreadable(problem.clone()));
        }
        // Whoever has laid the file out by hand finds it as it was in the state folder.
        let by_hand = assignments::write(&self.assignments, &self.text) != self.text;
        if let Some(state) = state
            && by_hand
            && self.fingerprint != FileFingerprint::Absent
        {
            backup(&self.path, self.text.as_bytes(), state)?;
        }
        let text = assignments::write(assignments, &self.text);
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let expected = Some(&self.fingerprint);
        atomic_write(&self.path, text.as_bytes(), expected, Access::Like(folder))?;
        Ok(())
    }
}

/// The assignments of a corpus, each file read once.
#[derive(Default)]
pub(super) struct ProjectAssignments {
    of_folder: BTreeMap<PathBuf, PathBuf>,
    files: BTreeMap<PathBuf, LoadedAssignments>,
}

impl ProjectAssignments {
    /// Those that hold for a folder and below.
    pub(super) fn of_folder(&mut self, folder: &Path) -> &LoadedAssignments {
        let file = match self.of_folder.get(folder) {
            Some(file) => file.clone(),
            None => {
                let file = find_assignments(folder);
                self.of_folder.insert(folder.to_owned(), file.clone());
                file
            }
        };
        let load = || LoadedAssignments::load(file.clone());
        self.files.entry(file.clone()).or_insert_with(load)
    }

    /// Why files cannot be read.
    pub(super) fn into_problems(self) -> impl Iterator<Item = FileProblem> {
        let files = self.files.into_values();
        files.filter_map(|loaded| loaded.problem)
    }
}

/// Assigns articles of a folder to people, or takes them from them. Writes the file once. Returns what has
/// changed.
///
/// # Errors
/// [`AssignError`]; nothing was changed.
pub fn assign(
    folder: &Path,
    articles: &[PathBuf],
    to: &[SmolStr],
    how: Assigning,
) -> Result<Vec<Reassigned>, AssignError> {
    for name in to {
        check_annotator(name)?;
    }
    let loaded = LoadedAssignments::of_folder(folder);
    let mut now = loaded.assignments.clone();
    let mut changed = Vec::new();
    for path in articles {
        let article = loaded.name_of(path).ok_or_else(|| AssignError::Outside {
            article: path.clone(),
            file: loaded.path.clone(),
        })?;
        let before = now.of(&article).to_vec();
        for name in to {
            match how {
                Assigning::Add => now.add(&article, name.clone()),
                Assigning::Remove => now.remove(&article, name),
            }
        }
        let after = now.of(&article).to_vec();
        if after != before {
            changed.push(Reassigned {
                article,
                before,
                after,
            });
        }
    }
    if !changed.is_empty() {
        loaded.write(&now, private_state_dir().as_deref())?;
    }
    Ok(changed)
}

/// The same for articles and folders of articles of one project; gives also what of the folders is not read.
///
/// # Errors
/// [`AssignError`]; nothing was changed.
pub fn assign_paths(
    paths: &[PathBuf],
    to: &[SmolStr],
    how: Assigning,
) -> Result<(Vec<Reassigned>, Vec<FileProblem>), AssignError> {
    let found = find_articles(paths)?;
    let mut refused = found.not_opened.iter();
    if let Some((path, why)) = refused.find(|(_, why)| matches!(why, NotOpened::Unreadable(_))) {
        let problem = FileProblem::new(path, why.to_string());
        return Err(AssignError::Unreadable(problem));
    }
    let articles = found.articles;
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let all: Vec<PathBuf> = articles.iter().map(|file| absolute(&file.path)).collect();
    let folder = paths.first().map_or(Path::new("."), |path| folder_of(path));
    let changed = assign(&absolute(folder), &all, to, how)?;
    Ok((changed, not_opened(&found.not_opened).collect()))
}

/// The folder a path is in, or is.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        _ if is_folder(path) => path,
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// Takes back what [`assign`] has changed, where nobody has changed it since.
///
/// # Errors
/// [`AssignError`]; nothing was changed.
pub fn unassign(folder: &Path, changed: &[Reassigned]) -> Result<(), AssignError> {
    let loaded = LoadedAssignments::of_folder(folder);
    let mut now = loaded.assignments.clone();
    for change in changed {
        if now.of(&change.article) != change.after.as_slice() {
            let article = change.article.clone();
            return Err(AssignError::ChangedSince { article });
        }
        now.set(&change.article, &change.before);
    }
    loaded.write(&now, private_state_dir().as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_files as fs;

    #[test]
    fn articles_are_handed_out_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let sub = folder.path().join("sub");
        fs::create_dir(&sub).unwrap();
        fs::write(folder.path().join("pullquote.ron"), "()").unwrap();
        let articles = [folder.path().join("a.txt"), sub.join("b.txt")];
        let (ann, ben) = (SmolStr::new("ann"), SmolStr::new("ben"));
        let hand_out = |to: &SmolStr, how| assign(&sub, &articles, std::slice::from_ref(to), how);
        assert_eq!(hand_out(&ann, Assigning::Add).unwrap().len(), 2);
        // The file is that of the project, not of the folder below.
        let file = folder.path().join("pullquote.assignments.ron");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("\"sub/b.txt\": [\"ann\"]"), "{text}");
        assert!(hand_out(&ann, Assigning::Add).unwrap().is_empty());
        let second = hand_out(&ben, Assigning::Add).unwrap();
        let loaded = LoadedAssignments::of_folder(&sub);
        assert_eq!(loaded.of(&articles[1]), ["ann", "ben"]);
        unassign(&sub, &second).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        hand_out(&ann, Assigning::Remove).unwrap();
        let error = unassign(&sub, &second).unwrap_err();
        assert!(
            error.to_string().contains("assigned to others since"),
            "{error}"
        );
        let error = hand_out(&SmolStr::new("Ann B"), Assigning::Add).unwrap_err();
        assert!(matches!(error, AssignError::Name(_)), "{error}");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pullquote.assignments.ron");
        fs::write(&file, "(version: 1,\n<<<<<<<\n)").unwrap();
        let articles = [folder.path().join("a.txt")];
        let error = assign(folder.path(), &articles, &["ann".into()], Assigning::Add).unwrap_err();
        assert!(error.to_string().contains("ron:2:"), "{error}");
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            "(version: 1,\n<<<<<<<\n)"
        );
    }
}
