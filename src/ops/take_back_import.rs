use std::path::PathBuf;

use super::ImportReport;
use crate::store::{Access, FileFingerprint, ReadError, WriteError, atomic_write, remove_file};

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

/// Removes the files an import has written and puts back those it has replaced, if all of them are unchanged.
///
/// # Errors
/// [`TakeBackError`].
pub fn take_back_import(report: &ImportReport) -> Result<(), TakeBackError> {
    for (path, fingerprint) in &report.written {
        if FileFingerprint::of_file(path)? != *fingerprint {
            return Err(TakeBackError::Changed(path.clone()));
        }
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
}
