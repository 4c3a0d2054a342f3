use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::ImportReport;
use crate::store::sidecar_file::{facts_path, other_annotators, sidecar_path};
use crate::store::{
    Access, FileFingerprint, ReadError, WriteError, atomic_write, exists, remove_file,
};

/// Why an import cannot be undone. Nothing was removed, or the named file is the first that could
/// not be removed.
#[derive(Debug, thiserror::Error)]
pub enum TakeBackError {
    /// Someone has worked on it since.
    #[error("{}: changed since it was imported, so nothing was removed", .0.display())]
    Changed(PathBuf),
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file cannot be removed.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Removes the files an import has written and puts back those it has replaced, if all of them are unchanged
/// and nobody has put anything beside an article since: tags, or what is known about it.
///
/// # Errors
/// [`TakeBackError`].
pub fn take_back_import(report: &ImportReport) -> Result<(), TakeBackError> {
    for (path, fingerprint) in &report.written {
        if FileFingerprint::of_file(path)? != *fingerprint {
            return Err(TakeBackError::Changed(path.clone()));
        }
    }
    if let Some(path) = added_since(report) {
        return Err(TakeBackError::Changed(path));
    }
    for replaced in &report.replaced {
        if FileFingerprint::of_file(&replaced.path)? != replaced.fingerprint {
            return Err(TakeBackError::Changed(replaced.path.clone()));
        }
    }
    for replaced in &report.replaced {
        let expected = Some(&replaced.fingerprint);
        let access = Access::Like(&replaced.path);
        atomic_write(&replaced.path, &replaced.before, expected, access)?;
    }
    // The sidecars come after their articles: an article without one is less than the reverse.
    for (path, _) in report.written.iter().rev() {
        remove_file(path)?;
    }
    Ok(())
}

/// A file beside one of the articles that the import has not written.
fn added_since(report: &ImportReport) -> Option<PathBuf> {
    let written: BTreeSet<&Path> = report.written.iter().map(|(path, _)| &**path).collect();
    let beside = report.articles.iter().flat_map(|article| {
        let own = sidecar_path(article, None);
        let others = other_annotators(article, &own).into_iter();
        let others: Vec<PathBuf> = others.map(|other| other.path).collect();
        let both = [own, facts_path(article)];
        both.into_iter().filter(|path| exists(path)).chain(others)
    });
    let mut added = beside.filter(|path| !written.contains(path.as_path()));
    added.next()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ops::{ImportInput, ImportRequest, import};

    fn imported(into: PathBuf) -> ImportReport {
        let row = r#"{"id":"a.txt","text":"Yes, he said.","spans":[{"id":"q","label":"quote","start":0,"end":4}]}"#;
        let request = ImportRequest {
            inputs: vec![ImportInput::Bytes("in.jsonl".to_owned(), row.into())],
            format: "jsonl".to_owned(),
            into,
            ..ImportRequest::default()
        };
        import(&request, &mut |_| ()).unwrap()
    }

    #[test]
    fn an_import_is_taken_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let report = imported(folder.path().to_owned());
        assert_eq!(report.written.len(), 2);
        let sidecar = folder.path().join("a.txt.ron");
        let text = fs::read_to_string(&sidecar).unwrap();
        fs::write(&sidecar, text.replace("quote", "claim")).unwrap();
        let error = take_back_import(&report).unwrap_err();
        assert!(matches!(error, TakeBackError::Changed(path) if path == sidecar));
        assert!(folder.path().join("a.txt").exists());
        fs::write(&sidecar, text).unwrap();
        take_back_import(&report).unwrap();
        assert!(!sidecar.exists() && !folder.path().join("a.txt").exists());
    }

    #[test]
    fn an_article_that_was_worked_on_stays() {
        for beside in ["a.txt.meta.ron", "a.txt.ann.ron"] {
            let folder = tempfile::tempdir().unwrap();
            let report = imported(folder.path().to_owned());
            let added = folder.path().join(beside);
            fs::write(&added, "(version: 1)").unwrap();
            let error = take_back_import(&report).unwrap_err();
            assert!(matches!(error, TakeBackError::Changed(path) if path == added));
            assert!(folder.path().join("a.txt").exists(), "{beside}");
            fs::remove_file(&added).unwrap();
            take_back_import(&report).unwrap();
            assert!(!folder.path().join("a.txt").exists());
        }
    }
}
