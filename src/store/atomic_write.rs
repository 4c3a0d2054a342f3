use std::io::Write as _;
use std::path::Path;

use super::access::Access;
use super::replacement::Replacement;
use super::{FileFingerprint, WriteError};

/// Replaces the file with `bytes`, completely or not at all: written beside it, synced, renamed
/// over it, never in place. Keeps mode, access list, attributes, owner and group, writes through
/// symbolic links, leaves other hard links with the old contents, creates missing files (who may
/// read them is in `access`) but not folders. With `expected` the file must be what it was. Returns
/// the new fingerprint.
///
/// # Errors
/// [`WriteError`]; the file is then as it was.
pub fn atomic_write(
    path: &Path,
    bytes: &[u8],
    expected: Option<&FileFingerprint>,
    access: Access<'_>,
) -> Result<FileFingerprint, WriteError> {
    let mut new = Replacement::begin(path, access)?;
    new.write_all(bytes)
        .map_err(|error| WriteError::failed(path, error))?;
    new.finish(expected)?;
    Ok(FileFingerprint::of(bytes))
}

/// Whether [`atomic_write`] could begin to replace the file, as far as can be known without doing
/// it.
///
/// # Errors
/// [`WriteError`] it would fail with.
pub fn replaceable(path: &Path) -> Result<(), WriteError> {
    Replacement::begin(path, Access::Private).map(drop)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::fs;

    use super::*;
    use crate::store::disk::faults::{Fault, Refused, with_fault};
    use crate::store::temp_file::temp_name;

    fn names(folder: &Path) -> Vec<OsString> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_appears_whole_and_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        let fingerprint =
            atomic_write(&path, b"one", Some(&FileFingerprint::Absent), Access::Usual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fingerprint, FileFingerprint::of_file(&path).unwrap());
        assert_eq!(names(folder.path()), ["a.txt.ron"]);
    }

    /// If any call fails for any reason, the old file is whole, nothing is left behind, the reason
    /// is reported, and trying again works.
    #[test]
    fn a_refused_call_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        let mut refusals = 0;
        for refused in Refused::ALL {
            for n in 0.. {
                fs::write(&path, b"the old file").unwrap();
                let (result, reached) = with_fault(n, Fault::Refuse(refused), || {
                    atomic_write(&path, b"the new file", None, Access::Usual)
                });
                assert_eq!(names(folder.path()), ["a.txt.ron"], "call {n}");
                let now = fs::read(&path).unwrap();
                match result {
                    Err(error) => {
                        assert_eq!(now, b"the old file", "call {n}");
                        let words = error.to_string();
                        assert!(
                            words.contains(refused.word()) && words.contains("a.txt.ron"),
                            "{words}"
                        );
                        refusals += 1;
                        atomic_write(&path, b"the new file", None, Access::Usual).unwrap();
                        assert_eq!(fs::read(&path).unwrap(), b"the new file");
                    }
                    // The folder's sync comes when all is done.
                    Ok(_) => assert_eq!(now, b"the new file", "call {n}"),
                }
                if !reached {
                    break;
                }
            }
        }
        // Making, mode, filling, syncing, renaming.
        assert_eq!(refusals, 5 * Refused::ALL.len());
    }

    #[test]
    fn what_somebody_else_has_written_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        let fingerprint = atomic_write(&path, b"mine", None, Access::Usual).unwrap();
        fs::write(&path, b"hers").unwrap();
        let error = atomic_write(&path, b"more", Some(&fingerprint), Access::Usual).unwrap_err();
        assert!(matches!(error, WriteError::Changed { .. }), "{error}");
        assert!(error.to_string().contains("a.txt.ron"));
        assert_eq!(fs::read(&path).unwrap(), b"hers");
        // Gone, and appeared.
        fs::remove_file(&path).unwrap();
        assert!(matches!(
            atomic_write(&path, b"more", Some(&fingerprint), Access::Usual),
            Err(WriteError::Changed { .. })
        ));
        fs::write(&path, b"hers").unwrap();
        assert!(matches!(
            atomic_write(
                &path,
                b"more",
                Some(&FileFingerprint::Absent),
                Access::Usual
            ),
            Err(WriteError::Changed { .. })
        ));
        assert_eq!(names(folder.path()), ["a.txt.ron"]);
    }

    #[test]
    fn a_missing_folder_and_a_folder_in_the_way_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let lost = folder.path().join("gone").join("a.ron");
        let error =
            atomic_write(&lost, b"x", Some(&FileFingerprint::Absent), Access::Usual).unwrap_err();
        assert!(matches!(error, WriteError::Failed { .. }), "{error}");
        let taken = folder.path().join("b.ron");
        fs::create_dir(&taken).unwrap();
        assert!(atomic_write(&taken, b"x", None, Access::Usual).is_err());
        assert_eq!(names(folder.path()), ["b.ron"]);
    }

    #[test]
    fn a_temporary_file_left_from_before_is_not_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        let left = temp_name(&path, 0);
        fs::write(folder.path().join(&left), b"left").unwrap();
        atomic_write(&path, b"x", None, Access::Usual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
        assert_eq!(names(folder.path()), [left, "a.ron".into()]);
    }

    #[test]
    fn the_longest_name_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n".repeat(255));
        atomic_write(&path, b"x", None, Access::Usual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn the_mode_stays() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            for kept in [0o664, 0o600, 0o640] {
                fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
                atomic_write(&path, b"new", None, Access::Usual).unwrap();
                assert_eq!(mode(&path), kept);
            }
        }

        #[test]
        fn a_file_marked_read_only_is_left_alone() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
            let error = atomic_write(&path, b"new", None, Access::Usual).unwrap_err();
            assert!(matches!(error, WriteError::ReadOnly { .. }), "{error}");
            assert_eq!(fs::read(&path).unwrap(), b"old");
        }

        #[test]
        fn owner_and_group_stay() {
            use std::os::unix::fs::{MetadataExt, chown};
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            let owners = |path: &Path| fs::metadata(path).map(|m| (m.uid(), m.gid())).unwrap();
            // Only the administrator can make a file someone else's.
            let others = chown(&path, Some(65_534), Some(65_533)).is_ok();
            let before = owners(&path);
            assert_eq!(before == (65_534, 65_533), others);
            atomic_write(&path, b"new", None, Access::Usual).unwrap();
            assert_eq!(owners(&path), before);
        }

        /// Writing through all names would mean writing in place, which a crash could cut short.
        #[test]
        fn other_names_of_a_file_keep_the_old_contents() {
            let folder = tempfile::tempdir().unwrap();
            let (path, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
            fs::write(&path, b"old").unwrap();
            fs::hard_link(&path, &other).unwrap();
            atomic_write(&path, b"new", None, Access::Usual).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"new");
            assert_eq!(fs::read(&other).unwrap(), b"old");
        }

        #[test]
        fn links_are_written_through() {
            let folder = tempfile::tempdir().unwrap();
            let elsewhere = folder.path().join("elsewhere");
            fs::create_dir(&elsewhere).unwrap();
            let link = folder.path().join("a.ron");
            // To a file that is not there yet, by a way relative to the link.
            symlink("elsewhere/real.ron", &link).unwrap();
            atomic_write(&link, b"one", Some(&FileFingerprint::Absent), Access::Usual).unwrap();
            atomic_write(
                &link,
                b"two",
                Some(&FileFingerprint::of(b"one")),
                Access::Usual,
            )
            .unwrap();
            assert!(link.is_symlink());
            assert_eq!(fs::read(elsewhere.join("real.ron")).unwrap(), b"two");
            assert_eq!(names(&elsewhere), ["real.ron"]);
            let circle = folder.path().join("circle");
            symlink("circle", &circle).unwrap();
            assert!(atomic_write(&circle, b"x", None, Access::Usual).is_err());
        }
    }
}
