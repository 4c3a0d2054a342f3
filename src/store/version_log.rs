//! Which versions of a sidecar were read or written on this machine: where the disk holds one of them
//! again, it was put back to an earlier state.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::access::Access;
use super::state_dir::folder_for;
use super::{FileFingerprint, WriteError, atomic_write, disk};

/// How many versions of a sidecar are remembered at least.
const KEPT: usize = 500;

/// One version a line: its length in bytes and its SHA-256.
fn file(state: &Path, sidecar: &Path) -> PathBuf {
    let mut path = folder_for(state, "versions", sidecar).into_os_string();
    path.push(".txt");
    path.into()
}

/// The versions of a sidecar that were read or written here, the latest last; each once.
#[must_use]
pub fn known_versions(sidecar: &Path, state: &Path) -> Vec<FileFingerprint> {
    let text = fs::read_to_string(file(state, sidecar)).unwrap_or_default();
    let mut found: Vec<FileFingerprint> = Vec::new();
    // A line may be torn where the power failed.
    for version in text.lines().rev().filter_map(version_in) {
        if !found.contains(&version) {
            found.push(version);
        }
    }
    found.reverse();
    found
}

/// Remembers a version of a sidecar that was read or written.
///
/// # Errors
/// [`WriteError`] where the state folder cannot be written.
pub fn note_version(
    sidecar: &Path,
    version: &FileFingerprint,
    state: &Path,
) -> Result<(), WriteError> {
    let Some(line) = line_of(version) else {
        return Ok(());
    };
    let path = file(state, sidecar);
    let failed = |error| WriteError::failed(&path, error);
    if let Some(folder) = path.parent() {
        disk::make_folder(folder, Access::Private).map_err(failed)?;
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    if text.lines().next_back() == Some(line.as_str()) {
        return Ok(());
    }
    if text.lines().count() < 2 * KEPT {
        let mut log = disk::open_to_append(&path, Access::Private).map_err(failed)?;
        let begin = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        return writeln!(log, "{begin}{line}").map_err(failed);
    }
    let mut kept = known_versions(sidecar, state);
    kept.retain(|known| known != version);
    let lines = kept.iter().skip(kept.len().saturating_sub(KEPT));
    let mut text: String = lines
        .filter_map(line_of)
        .map(|line| format!("{line}\n"))
        .collect();
    text.push_str(&format!("{line}\n"));
    atomic_write(&path, text.as_bytes(), None, Access::Private)?;
    Ok(())
}

fn line_of(version: &FileFingerprint) -> Option<String> {
    match version {
        FileFingerprint::Absent => None,
        FileFingerprint::Present { bytes, .. } => {
            Some(format!("{bytes} {}", version.hexadecimal()?))
        }
    }
}

fn version_in(line: &str) -> Option<FileFingerprint> {
    let (bytes, digits) = line.split_once(' ')?;
    let mut sha256 = [0; 32];
    if digits.len() != 2 * sha256.len() {
        return None;
    }
    for (n, byte) in sha256.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    let bytes = bytes.parse().ok()?;
    Some(FileFingerprint::Present { bytes, sha256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(n: usize) -> FileFingerprint {
        FileFingerprint::of(format!("version {n}").as_bytes())
    }

    #[test]
    fn versions_are_remembered_the_latest_last() {
        let state = tempfile::tempdir().unwrap();
        let sidecar = Path::new("/x/a.txt.ron");
        assert_eq!(known_versions(sidecar, state.path()), []);
        for n in [1, 2, 2, 1, 3] {
            note_version(sidecar, &version(n), state.path()).unwrap();
        }
        note_version(sidecar, &FileFingerprint::Absent, state.path()).unwrap();
        let known = known_versions(sidecar, state.path());
        assert_eq!(known, [version(2), version(1), version(3)]);
        let other = Path::new("/y/a.txt.ron");
        assert_eq!(known_versions(other, state.path()), []);
    }

    #[test]
    fn a_torn_line_is_passed_over_and_old_ones_go() {
        let state = tempfile::tempdir().unwrap();
        let sidecar = Path::new("/x/a.txt.ron");
        note_version(sidecar, &version(1), state.path()).unwrap();
        let path = file(state.path(), sidecar);
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str("9 0123");
        fs::write(&path, text).unwrap();
        for n in 2..1_200 {
            note_version(sidecar, &version(n), state.path()).unwrap();
        }
        let known = known_versions(sidecar, state.path());
        assert!((KEPT..=2 * KEPT).contains(&known.len()), "{}", known.len());
        assert_eq!(known.last(), Some(&version(1_199)));
        assert!(!known.contains(&version(1)));
    }
}
