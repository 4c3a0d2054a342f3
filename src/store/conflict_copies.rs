//! Copies that sync services and version control put beside a sidecar when two people have written
//! it: they belong to no annotator, and must not get lost.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::access::Access;
use super::corpus::is_article;
use super::project_folder::confine_beside;
use super::sidecar_name::{AnnotatorNameError, check_annotator};
use super::state_dir::folder_for;
use super::{FileFingerprint, WriteError, atomic_write, disk};

/// Who makes copies of such a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// `a.txt.sync-conflict-20260101-120000-ABCDEFG.ron`
    Syncthing,
    /// `a.txt (Anna's conflicted copy 2026-01-01).ron`, also of Nextcloud.
    Dropbox,
    /// `a.txt-HOSTNAME.ron`
    OneDrive,
    /// `a.txt.ron.orig`, `.mine`, `.theirs`, `.r12`
    VersionControl,
}

impl fmt::Display for CopyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syncthing => "Syncthing",
            Self::Dropbox => "Dropbox or Nextcloud",
            Self::OneDrive => "OneDrive",
            Self::VersionControl => "version control",
        })
    }
}

/// A copy of a sidecar, by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CopyFile {
    /// The file.
    pub path: PathBuf,
    /// Who makes such names.
    pub kind: CopyKind,
}

/// The copies of a sidecar that are beside it, by name.
#[must_use]
pub fn conflict_copies(sidecar: &Path) -> Vec<CopyFile> {
    let folder = match sidecar.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let Some(own) = sidecar.file_name() else {
        return Vec::new();
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<CopyFile> = entries
        .filter_map(|entry| {
            let (_, kind) = copied(&entry.file_name())
                .into_iter()
                .find(|(sidecar, _)| sidecar == own)?;
            let path = entry.path();
            let inside = confine_beside(sidecar, &path).is_ok();
            (inside && path.is_file()).then_some(CopyFile { path, kind })
        })
        .collect();
    found.sort();
    found
}

/// Which sidecars a file may be a copy of by its name, the most likely first.
pub(super) fn copied(file: &OsStr) -> Vec<(OsString, CopyKind)> {
    let Some(name) = file.to_str() else {
        return Vec::new();
    };
    if let Some((sidecar, last)) = name.rsplit_once('.')
        && sidecar.ends_with(".ron")
    {
        let revision = last.strip_prefix('r').unwrap_or("");
        let numbered = !revision.is_empty() && revision.bytes().all(|b| b.is_ascii_digit());
        let known = ["orig", "mine", "yours", "theirs", "ours", "local", "remote"];
        if numbered || known.contains(&last.to_ascii_lowercase().as_str()) {
            return vec![(sidecar.into(), CopyKind::VersionControl)];
        }
    }
    let Some(base) = name.strip_suffix(".ron") else {
        return Vec::new();
    };
    let of = |stem: &str, kind| vec![(OsString::from(format!("{stem}.ron")), kind)];
    if let Some((stem, rest)) = base.rsplit_once(".sync-conflict-")
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return of(stem, CopyKind::Syncthing);
    }
    if let Some((stem, rest)) = base.rsplit_once(" (")
        && rest.contains("conflicted copy")
    {
        return of(stem, CopyKind::Dropbox);
    }
    // The host's name follows a name a sidecar can have, and could not be an annotator's.
    base.match_indices('-')
        .filter_map(|(at, _)| base.split_at_checked(at))
        .filter(|(stem, host)| host.len() > 1 && could_be_of_article(stem))
        .filter(|(stem, host)| is_article(Path::new(stem)) || host.chars().any(char::is_uppercase))
        .flat_map(|(stem, _)| of(stem, CopyKind::OneDrive))
        .collect()
}

/// Whether `NAME.ron` could be a sidecar: `a.txt`, `a.txt.maria`.
fn could_be_of_article(stem: &str) -> bool {
    let stem = Path::new(stem);
    let who = stem.extension().and_then(OsStr::to_str);
    let can_be = |who: &str| !matches!(check_annotator(who), Err(AnnotatorNameError::Invalid(_)));
    is_article(stem)
        || who.is_some_and(can_be)
            && stem
                .file_stem()
                .is_some_and(|stem| is_article(Path::new(stem)))
}

/// Whether a copy that looked like this has been merged before.
#[must_use]
pub fn is_merged(sidecar: &Path, copy: &FileFingerprint, state: &Path) -> bool {
    mark(sidecar, copy, state).is_some_and(|mark| mark.exists())
}

/// Remembers that a copy that looks like this has been merged.
///
/// # Errors
/// [`WriteError`] where the state folder cannot be written.
pub fn note_merged(sidecar: &Path, copy: &FileFingerprint, state: &Path) -> Result<(), WriteError> {
    let Some(mark) = mark(sidecar, copy, state) else {
        return Ok(());
    };
    if let Some(folder) = mark.parent() {
        disk::make_folder(folder, Access::Private)
            .map_err(|error| WriteError::failed(folder, error))?;
    }
    atomic_write(&mark, b"", None, Access::Private).map(drop)
}

fn mark(sidecar: &Path, copy: &FileFingerprint, state: &Path) -> Option<PathBuf> {
    let FileFingerprint::Present { sha256, .. } = copy else {
        return None;
    };
    Some(folder_for(state, "merged-copies", sidecar).join(hex::encode(sha256)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let all = [
            (
                "a.txt (Anna's conflicted copy 2026-01-01).ron",
                CopyKind::Dropbox,
            ),
            ("a.txt-DESKTOP-AB12.ron", CopyKind::OneDrive),
            ("a.txt-laptop.ron", CopyKind::OneDrive),
            ("a.txt.ron.mine", CopyKind::VersionControl),
            ("a.txt.ron.orig", CopyKind::VersionControl),
            ("a.txt.ron.r12", CopyKind::VersionControl),
            ("a.txt.ron.theirs", CopyKind::VersionControl),
            (
                "a.txt.sync-conflict-20260101-120000-ABCDEFG.ron",
                CopyKind::Syncthing,
            ),
        ];
        let others = [
            "a.txt",
            "a.txt.ron",
            "a.txt.maria.ron",
            "a.txt.maria-lou.ron",
            "a.txt.ron.bak",
            "a.txt.notes.ron",
            "b.txt-HOST.ron",
            "my-a.txt.ron",
        ];
        let of_maria = [
            "a.txt.maria (conflicted copy 2026-01-01 120000).ron",
            "a.txt.maria-HOST.ron",
            "a.txt.maria.ron.orig",
            "a.txt.maria.sync-conflict-20260101-120000-ABCDEFG.ron",
        ];
        for name in all
            .iter()
            .map(|(name, _)| *name)
            .chain(others)
            .chain(of_maria)
        {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        let found = conflict_copies(&folder.path().join("a.txt.ron"));
        let name = |copy: &CopyFile| copy.path.file_name().unwrap().to_str().unwrap().to_owned();
        let named: Vec<_> = found.iter().map(|copy| (name(copy), copy.kind)).collect();
        let expected: Vec<_> = all
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), *kind))
            .collect();
        assert_eq!(named, expected);
        let of_her = conflict_copies(&folder.path().join("a.txt.maria.ron"));
        assert_eq!(of_her.iter().map(name).collect::<Vec<_>>(), of_maria);
    }

    #[test]
    fn what_was_merged_is_remembered_by_what_it_held() {
        let state = tempfile::tempdir().unwrap();
        let sidecar = Path::new("/x/a.txt.ron");
        let (one, other) = (FileFingerprint::of(b"1"), FileFingerprint::of(b"2"));
        assert!(!is_merged(sidecar, &one, state.path()));
        note_merged(sidecar, &one, state.path()).unwrap();
        assert!(is_merged(sidecar, &one, state.path()));
        assert!(!is_merged(sidecar, &other, state.path()));
        assert!(!is_merged(Path::new("/y/a.txt.ron"), &one, state.path()));
    }
}
