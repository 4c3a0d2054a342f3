use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::bulk_step::{BulkStepError, Direction, put_back};
use crate::format::sidecar::recorded_work;
use crate::store::sidecar_file::{self, sidecar_path};
use crate::store::{
    FileFingerprint, ReadError, RecordedStep, StepKind, StepSide, WriteError, canonical_folder,
    is_no_folder, list_files, possible_articles_of, recorded_steps, remove_empty_folders,
    remove_file, remove_unused_snapshot,
};
use crate::text::wording::short_list;

/// Why an import is not taken back. Nothing has changed but where [`BulkStepError::Batch`] says so.
#[derive(Debug, thiserror::Error)]
pub enum TakeBackError {
    /// Somebody has worked on what was imported.
    #[error("nothing was removed, because {}", short_list(.0.iter().map(ToString::to_string), 5))]
    Worked(Vec<WorkedOn>),
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The disk refuses.
    #[error(transparent)]
    Step(#[from] BulkStepError),
    /// The import is undone, but for a sidecar with nothing in it.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// A file that is not as an import has left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkedOn {
    /// The file.
    pub path: PathBuf,
    /// Whether it came after the import, beside an article.
    pub added: bool,
    /// Whether it is a sidecar in which nothing is left.
    pub empty: bool,
}

impl std::fmt::Display for WorkedOn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = match (self.added, self.empty) {
            (true, true) => {
                "was added since it was imported, and holds nothing any more: delete it, or do this under \
                 the name of its annotator"
            }
            (true, false) => "was added since it was imported",
            (false, _) => "was changed since it was imported",
        };
        write!(f, "{} {words}", self.path.display())
    }
}

/// What taking an import back changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TakenBack {
    /// Files that are removed.
    pub removed: Vec<PathBuf>,
    /// Files that become what they were before.
    pub restored: Vec<PathBuf>,
}

/// The last import into a folder that was not taken back; `None` where none is on record.
#[must_use]
pub fn last_import(into: &Path, state: &Path) -> Option<RecordedStep> {
    let imports = recorded_steps(state, StepKind::Import, &canonical_folder(into));
    imports.into_iter().rev().find(|import| !import.is_undone())
}

/// What taking an import into a folder back would change.
///
/// A sidecar of `annotator` (`None`: without a name) from which all was taken back goes with its article.
///
/// # Errors
/// [`TakeBackError`] where somebody has changed an article since, or has put tags or facts beside it.
pub fn look_at_import(
    import: &RecordedStep,
    into: &Path,
    annotator: Option<&str>,
) -> Result<TakenBack, TakeBackError> {
    let mut worked_on = Vec::new();
    let mut taken = TakenBack::default();
    for file in import.files() {
        let path = into.join(file.path());
        let now = FileFingerprint::of_file(&path)?;
        // One that is as it was before has been taken back by hand.
        if !file.is(StepSide::After, &now) && !file.is(StepSide::Before, &now) {
            worked_on.push(WorkedOn {
                path,
                added: false,
                empty: false,
            });
            continue;
        }
        if file.changes() {
            match file.is_new() {
                true => taken.removed.push(path),
                false => taken.restored.push(path),
            }
        }
    }
    let (emptied, added) = added_beside(import, into, annotator);
    taken.removed.extend(emptied);
    let added = added.into_iter();
    worked_on.extend(added.map(|path| WorkedOn {
        empty: is_emptied(&path),
        added: true,
        path,
    }));
    match worked_on.is_empty() {
        true => Ok(taken),
        false => Err(TakeBackError::Worked(worked_on)),
    }
}

/// Removes the files an import has written and puts back those it has replaced: all of them, or none where
/// somebody has worked on one of the articles since.
///
/// # Errors
/// [`TakeBackError`].
pub fn take_back_import(
    import: &mut RecordedStep,
    into: &Path,
    annotator: Option<&str>,
) -> Result<TakenBack, TakeBackError> {
    let taken = look_at_import(import, into, annotator)?;
    let root = canonical_folder(into);
    // The texts that were kept for the tags that go.
    let new = import.files().iter();
    let new = new.filter(|file| file.is_new() && file.is_article());
    let texts = new.filter_map(|file| {
        let path = root.join(file.path());
        let hash = FileFingerprint::of_file(&path).ok()?.hexadecimal()?;
        Some((path, hash))
    });
    let texts: Vec<(PathBuf, String)> = texts.collect();
    put_back(import, Direction::Undo, &root)?;
    for emptied in taken.removed.iter().filter(|path| is_no_folder(path)) {
        remove_file(emptied)?;
    }
    for (article, hash) in texts {
        remove_unused_snapshot(&article, &hash);
    }
    let new = import.files().iter().filter(|file| file.is_new());
    let removed: Vec<PathBuf> = new.map(|file| root.join(file.path())).collect();
    remove_empty_folders(&root, removed.iter().map(PathBuf::as_path));
    Ok(taken)
}

/// Files beside the articles of an import that are not of it: sidecars of `annotator` from which all was
/// taken back, and others, with tags or what is known about an article.
fn added_beside(
    import: &RecordedStep,
    into: &Path,
    annotator: Option<&str>,
) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let files = import.files().iter();
    let ours: BTreeSet<PathBuf> = files.map(|file| into.join(file.path())).collect();
    let articles = import.files().iter().filter(|file| file.is_article());
    let articles: BTreeSet<PathBuf> = articles.map(|file| into.join(file.path())).collect();
    let sidecars = articles.iter().map(|path| sidecar_path(path, annotator));
    let sidecars: BTreeSet<PathBuf> = sidecars.collect();
    // The folder may be gone.
    let found = list_files(into, &["ron"]).unwrap_or_default();
    let added = found.files.into_iter().filter(|path| {
        let mut possible = possible_articles_of(path).into_iter();
        !ours.contains(path) && possible.any(|article| articles.contains(&article))
    });
    added.partition(|path| sidecars.contains(path) && is_emptied(path))
}

/// Whether a sidecar holds nothing any more.
fn is_emptied(sidecar: &Path) -> bool {
    let loaded = sidecar_file::load(sidecar);
    let loaded = loaded.ok().flatten();
    loaded.is_some_and(|loaded| {
        let work = recorded_work(&loaded.bytes);
        work.is_empty && !work.has_people
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ops::{ImportInput, ImportReport, ImportRequest, import};

    fn imported(into: PathBuf, state: &Path) -> ImportReport {
        let row = r#"{"id":"below/a.txt","text":"Yes, he said.","spans":[{"id":"q","label":"quote","start":0,"end":4}]}"#;
        let request = ImportRequest {
            inputs: vec![ImportInput::Bytes("in.jsonl".to_owned(), row.into())],
            format: "jsonl".to_owned(),
            into,
            state: Some(state.to_owned()),
            ..ImportRequest::default()
        };
        import(&request, &mut |_| ()).unwrap()
    }

    fn worked_on(result: Result<TakenBack, TakeBackError>) -> Vec<WorkedOn> {
        match result {
            Err(TakeBackError::Worked(files)) => files,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_import_is_taken_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let (root, state) = (folder.path().join("c"), folder.path().join("state"));
        let report = imported(root.clone(), &state);
        let mut step = report.step.unwrap();
        assert_eq!(step.label(), "import of in.jsonl");
        let (article, sidecar) = (root.join("below/a.txt"), root.join("below/a.txt.ron"));
        let text = fs::read_to_string(&sidecar).unwrap();
        fs::write(&sidecar, text.replace("quote", "claim")).unwrap();
        let changed = worked_on(take_back_import(&mut step, &root, Some("ann")));
        assert_eq!(
            changed,
            [WorkedOn {
                path: sidecar.clone(),
                added: false,
                empty: false,
            }]
        );
        assert!(article.exists());
        fs::write(&sidecar, text).unwrap();
        let mut step = last_import(&root, &state).unwrap();
        let taken = take_back_import(&mut step, &root, Some("ann")).unwrap();
        assert_eq!(taken.removed, [article, sidecar]);
        assert!(!root.join("below").exists(), "nor the kept text");
        assert_eq!(last_import(&root, &state), None);
    }

    #[test]
    fn a_kept_text_that_tags_of_another_article_are_about_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (root, state) = (folder.path().join("c"), folder.path().join("state"));
        let mut step = imported(root.clone(), &state).step.unwrap();
        let below = root.join("below");
        let other = fs::read_to_string(below.join("a.txt.ron")).unwrap();
        fs::write(below.join("copy.txt"), "Yes, he said.").unwrap();
        fs::write(below.join("copy.txt.ron"), other).unwrap();
        take_back_import(&mut step, &root, Some("ann")).unwrap();
        assert!(!below.join("a.txt").exists());
        assert_eq!(
            fs::read_dir(below.join(".pullquote/text")).unwrap().count(),
            1
        );
    }

    /// Somebody has tagged something, saved, and taken it back.
    #[test]
    fn an_own_sidecar_with_nothing_in_it_goes_with_its_article() {
        let empty = "Pullquote(version: 1, annotator: \"ann\", sittings: [(by: \"ann\")])";
        for (annotator, goes) in [(Some("ann"), true), (Some("ben"), false), (None, false)] {
            let folder = tempfile::tempdir().unwrap();
            let (root, state) = (folder.path().join("c"), folder.path().join("state"));
            let mut step = imported(root.clone(), &state).step.unwrap();
            let sidecar = root.join("below/a.txt.ann.ron");
            fs::write(&sidecar, empty).unwrap();
            let people =
                empty.replace("sittings", "people: [(id: \"p\", name: \"Lee\")], sittings");
            fs::write(&sidecar, people).unwrap();
            assert!(take_back_import(&mut step, &root, annotator).is_err());
            fs::write(&sidecar, empty).unwrap();
            let result = take_back_import(&mut step, &root, annotator);
            assert_eq!(result.is_ok(), goes, "{result:?}");
            assert_eq!(sidecar.exists(), !goes);
            assert_eq!(root.join("below/a.txt").exists(), !goes);
        }
    }

    #[test]
    fn an_article_that_was_worked_on_stays() {
        for beside in ["a.txt.meta.ron", "a.txt.ann.ron"] {
            let folder = tempfile::tempdir().unwrap();
            let (root, state) = (folder.path().join("c"), folder.path().join("state"));
            let mut step = imported(root.clone(), &state).step.unwrap();
            let added = root.join("below").join(beside);
            let tag = "(id: \"a\", label: \"quote\", at: [(0, 4)], text: [\"Yes,\"])";
            let text = format!("Pullquote(version: 1, annotations: [{tag}])");
            fs::write(&added, text).unwrap();
            let found = worked_on(take_back_import(&mut step, &root, Some("ann")));
            assert_eq!(
                found,
                [WorkedOn {
                    path: added.clone(),
                    added: true,
                    empty: false,
                }]
            );
            assert!(root.join("below/a.txt").exists(), "{beside}");
            fs::remove_file(&added).unwrap();
            // Somebody has removed a file by hand: the rest goes.
            fs::remove_file(root.join("below/a.txt.ron")).unwrap();
            take_back_import(&mut step, &root, Some("ann")).unwrap();
            assert!(!root.join("below/a.txt").exists());
        }
    }
}
