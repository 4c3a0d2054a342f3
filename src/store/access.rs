//! Who may read a file that is written: never more people than before.

use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Who may read a file or folder that is not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access<'a> {
    /// Only this user: what is in the state folder.
    Private,
    /// Whoever may read this file, or look into this folder.
    Like(&'a Path),
    /// As the system gives it: what a person puts somewhere.
    Usual,
}

impl Access<'_> {
    /// The mode to make a file with: nobody may open it before [`Self::settle`].
    #[cfg(unix)]
    pub(super) fn first_mode(self) -> u32 {
        match self {
            Self::Private | Self::Like(_) => 0o600,
            Self::Usual => 0o666,
        }
    }

    /// Gives a new file its access.
    pub(super) fn settle(self, file: &File) -> io::Result<()> {
        let Self::Like(path) = self else {
            return Ok(());
        };
        // Without it there is nothing to follow, and only this user reads the new file.
        let Ok(like) = std::fs::metadata(path) else {
            return Ok(());
        };
        #[cfg(unix)]
        {
            // A text beside a program is no program.
            let bits = if file.metadata()?.is_dir() {
                0o7777
            } else {
                0o666
            };
            unix::follow(file, &like, path, bits, &|name| name == unix::ACL)?;
        }
        let _ = (file, like);
        Ok(())
    }
}

/// Gives a file that takes the place of another its mode, access list and attributes and, where the
/// system lets us, its owner and group.
pub(super) fn copy_access(file: &File, old: &Metadata, path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only the administrator may give files away.
        let _ = fchown(file, Some(old.uid()), None);
        unix::follow(file, old, path, 0o777, &|_| true)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        file.set_permissions(old.permissions())
    }
}

/// Takes a file from the group or from everybody where they may not read another one. The access list of
/// a file is what a person has given: it stays.
pub(super) fn narrow(file: &File, like: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(mode) = unix::narrowed(file, like)? {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    let _ = (file, like);
    Ok(())
}

/// Whether [`narrow`] would change a file.
pub(super) fn is_read_by_more(path: &Path, like: &Path) -> bool {
    #[cfg(unix)]
    {
        let narrowed = File::open(path).and_then(|file| unix::narrowed(&file, like));
        narrowed.is_ok_and(|mode| mode.is_some())
    }
    #[cfg(not(unix))]
    {
        let _ = (path, like);
        false
    }
}

/// Whether more people may read or write a file than any of others. Who may not look at them may
/// not tell.
pub(super) fn is_wider(path: &Path, others: &BTreeSet<PathBuf>) -> bool {
    #[cfg(unix)]
    {
        unix::is_wider(path, others)
    }
    #[cfg(not(unix))]
    {
        let _ = (path, others);
        false
    }
}

#[cfg(unix)]
mod unix {
    use std::collections::BTreeSet;
    use std::ffi::OsStr;
    use std::fs::{File, Metadata, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    use std::path::{Path, PathBuf};

    use xattr::FileExt;

    /// Where Linux keeps the access list of a file.
    pub(super) const ACL: &str = "system.posix_acl_access";

    pub(super) fn is_wider(path: &Path, others: &BTreeSet<PathBuf>) -> bool {
        let Ok(file) = std::fs::metadata(path) else {
            return false;
        };
        let mut allowed = 0;
        let mut lists = Vec::new();
        for other in others {
            let Ok(found) = std::fs::metadata(other) else {
                continue;
            };
            let mode = found.permissions().mode();
            let group = match found.gid() == file.gid() {
                true => mode & 0o060,
                false => (mode & 0o006) << 3,
            };
            allowed |= mode & 0o006 | group;
            lists.push(xattr::get(other, ACL).ok().flatten());
        }
        let list = xattr::get(path, ACL).ok().flatten();
        let known = |list| lists.iter().flatten().any(|other| other == list);
        let listed = list.as_ref().is_some_and(|list| !known(list));
        !lists.is_empty() && (file.permissions().mode() & 0o066 & !allowed != 0 || listed)
    }

    /// The mode of a file without those who may not read another one; `None` where it is right.
    pub(super) fn narrowed(file: &File, like: &Path) -> io::Result<Option<u32>> {
        let now = file.metadata()?;
        let Ok(like) = std::fs::metadata(like) else {
            return Ok(None);
        };
        let mode = now.permissions().mode() & 0o7777;
        let allowed = like.permissions().mode();
        let everybody = allowed & 0o004 != 0;
        let group = match now.gid() == like.gid() {
            true => allowed & 0o040 != 0,
            false => everybody,
        };
        let mut narrowed = mode;
        if !everybody {
            narrowed &= !0o007;
        }
        // With an access list these bits are the most it gives, not what the group may.
        if !group && file.get_xattr(ACL).ok().flatten().is_none() {
            narrowed &= !0o070;
        }
        Ok((like.is_file() && narrowed != mode).then_some(narrowed))
    }

    /// Gives a file these bits of the mode, the group and the chosen attributes of another.
    pub(super) fn follow(
        file: &File,
        like: &Metadata,
        path: &Path,
        bits: u32,
        wanted: &dyn Fn(&OsStr) -> bool,
    ) -> io::Result<()> {
        // Only members may give files to a group.
        let same_group =
            like.gid() == file.metadata()?.gid() || fchown(file, None, Some(like.gid())).is_ok();
        let mut mode = like.permissions().mode() & bits;
        let listed = xattr::list(path).into_iter().flatten();
        let mut listed: Vec<_> = listed.filter(|name| wanted(name)).collect();
        // The mode of a file with an access list has the list's mask in the place of its group.
        let acl = listed.iter().position(|name| name == ACL);
        let acl = acl.map(|at| listed.remove(at));
        let known = match acl {
            // The folder may have given the new file a list of its own.
            None => {
                let _ = file.remove_xattr(ACL);
                true
            }
            Some(_) => copy_list(file, path, same_group),
        };
        if !same_group || !known {
            let others = mode & 0o007;
            mode &= !0o070 | others << 3;
        }
        if acl.is_none() || !known {
            file.set_permissions(Permissions::from_mode(mode))?;
        }
        for name in listed {
            copy_one(file, path, &name);
        }
        Ok(())
    }

    /// Copies the access list; whether it could be. Another group gets no more than everyone.
    fn copy_list(file: &File, path: &Path, same_group: bool) -> bool {
        let list = xattr::get(path, ACL).ok().flatten();
        let list = list.and_then(|list| match same_group {
            true => Some(list),
            false => for_another_group(list),
        });
        list.is_some_and(|list| file.set_xattr(ACL, &list).is_ok())
    }

    /// The list for a file of another group, which may do what everyone may; `None` where the list is not
    /// as Linux stores it: the number 2, then for each entry its kind, what is allowed, and who.
    pub(super) fn for_another_group(mut list: Vec<u8>) -> Option<Vec<u8>> {
        const GROUP: [u8; 2] = 0x04_u16.to_le_bytes();
        const EVERYONE: [u8; 2] = 0x20_u16.to_le_bytes();
        let (version, entries) = list.split_first_chunk_mut::<4>()?;
        if *version != 2_u32.to_le_bytes() || entries.len() % 8 != 0 {
            return None;
        }
        let of_everyone = entries.chunks_exact(8).find_map(|entry| {
            let permissions = entry.get(2..4)?;
            (entry.get(..2)? == EVERYONE).then(|| permissions.to_owned())
        })?;
        for entry in entries.chunks_exact_mut(8) {
            if entry.get(..2)? == GROUP {
                let permissions = entry.get_mut(2..4)?.iter_mut();
                permissions
                    .zip(&of_everyone)
                    .for_each(|(bits, all)| *bits &= all);
            }
        }
        Some(list)
    }

    /// Copies an attribute; whether it could be.
    fn copy_one(file: &File, path: &Path, name: &OsStr) -> bool {
        let value = xattr::get(path, name).ok().flatten();
        let copied = value.map(|value| file.set_xattr(name, &value));
        match copied {
            Some(Ok(())) => true,
            Some(Err(error)) => {
                log::debug!("{}: {} not kept: {error}", path.display(), name.display());
                false
            }
            None => false,
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::store::{atomic_write, backup, keep_snapshot};
    use crate::text::SourceText;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Every file and folder in a folder.
    fn all(folder: &Path) -> impl Iterator<Item = (std::path::PathBuf, u32)> {
        let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
        entries.filter_map(Result::ok).map(|entry| {
            let mode = mode(entry.path());
            (entry.into_path(), mode)
        })
    }

    #[test]
    fn the_state_is_this_user_s_alone() {
        let state = tempfile::tempdir().unwrap();
        backup(Path::new("a.txt.ron"), b"x", &state.path().join("new")).unwrap();
        for (path, mode) in all(state.path()) {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{}", path.display());
        }
    }

    #[test]
    fn files_beside_an_article_follow_it() {
        for (folder_mode, article_mode) in [
            (0o755, 0o644),
            (0o700, 0o600),
            (0o775, 0o664),
            (0o2775, 0o660),
            (0o755, 0o755),
        ] {
            let folder = tempfile::tempdir().unwrap();
            set_mode(folder.path(), folder_mode);
            let article = folder.path().join("a.txt");
            fs::write(&article, "x").unwrap();
            set_mode(&article, article_mode);
            let sidecar = folder.path().join("a.txt.ron");
            atomic_write(&sidecar, b"()", None, Access::Like(&article)).unwrap();
            keep_snapshot(&article, &SourceText::new("x", "UTF-8").unwrap()).unwrap();
            for (path, mode) in all(folder.path()).filter(|(path, _)| *path != article) {
                let wanted = match path.is_dir() {
                    true => folder_mode,
                    false if path.ends_with(".gitattributes") => folder_mode & 0o666,
                    false => article_mode & 0o666,
                };
                assert_eq!(mode, wanted, "{}", path.display());
            }
        }
    }

    #[test]
    fn a_file_that_is_replaced_is_taken_from_those_who_may_not_read_the_article() {
        for (article_mode, old, new) in [
            (0o600, 0o644, 0o600),
            (0o640, 0o666, 0o660),
            (0o644, 0o664, 0o664),
            (0o644, 0o600, 0o600),
            (0o604, 0o644, 0o604),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let article = folder.path().join("a.txt");
            let sidecar = folder.path().join("a.txt.ron");
            for (path, mode) in [(&article, article_mode), (&sidecar, old)] {
                fs::write(path, "x").unwrap();
                set_mode(path, mode);
            }
            assert_eq!(is_read_by_more(&sidecar, &article), old != new);
            atomic_write(&sidecar, b"()", None, Access::Like(&article)).unwrap();
            assert_eq!(mode(&sidecar), new, "{article_mode:o} {old:o}");
        }
    }

    #[test]
    fn a_text_that_two_articles_share_is_as_readable_as_either() {
        let folder = tempfile::tempdir().unwrap();
        let text = SourceText::new("x", "UTF-8").unwrap();
        for (name, mode) in [("a.txt", 0o600), ("b.txt", 0o644), ("c.txt", 0o600)] {
            let article = folder.path().join(name);
            fs::write(&article, "x").unwrap();
            set_mode(&article, mode);
            keep_snapshot(&article, &text).unwrap();
        }
        let kept = folder.path().join(".pullquote/text");
        assert!(all(&kept).all(|(_, mode)| mode == 0o644));
    }

    /// `user::rw-`, `user:65534:r--`, `group::r--`, `mask::rw-`, `other::---`, as Linux stores it.
    const LIST: [(u16, u16, u32); 5] = [
        (0x01, 6, u32::MAX),
        (0x02, 4, 65_534),
        (0x04, 4, u32::MAX),
        (0x10, 6, u32::MAX),
        (0x20, 0, u32::MAX),
    ];

    fn stored(list: [(u16, u16, u32); 5]) -> Vec<u8> {
        let mut stored = 2u32.to_le_bytes().to_vec();
        for (tag, permissions, id) in list {
            stored.extend(tag.to_le_bytes());
            stored.extend(permissions.to_le_bytes());
            stored.extend(id.to_le_bytes());
        }
        stored
    }

    #[test]
    fn another_group_may_do_no_more_than_everyone() {
        let mut wanted = LIST;
        wanted[2].1 = 0;
        let list = unix::for_another_group(stored(LIST));
        assert_eq!(list, Some(stored(wanted)));
        for odd in [&b""[..], b"\x01\0\0\0", b"\x02\0\0\0\x04\0", b"\x02\0\0\0"] {
            assert_eq!(unix::for_another_group(odd.to_vec()), None);
        }
    }

    #[test]
    fn a_list_of_the_folder_gives_nobody_access() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        fs::write(&path, "old").unwrap();
        set_mode(&path, 0o640);
        let of_new_files = "system.posix_acl_default";
        if xattr::set(folder.path(), of_new_files, &stored(LIST)).is_err() {
            return;
        }
        atomic_write(&path, b"new", None, Access::Usual).unwrap();
        assert_eq!(xattr::get(&path, unix::ACL).unwrap(), None);
        assert_eq!(mode(&path), 0o640);
    }

    #[test]
    fn access_lists_and_attributes_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        fs::write(&path, "old").unwrap();
        let list = stored(LIST);
        let wanted = [(unix::ACL, list.as_slice()), ("user.note", b"kept")];
        // Not every file system has them.
        let set = wanted.map(|(name, value)| xattr::set(&path, name, value).is_ok());
        let before = mode(&path);
        atomic_write(&path, b"new", None, Access::Usual).unwrap();
        assert_eq!(mode(&path), before);
        for ((name, value), set) in wanted.into_iter().zip(set) {
            let now = xattr::get(&path, name).unwrap();
            assert_eq!(now.as_deref(), set.then_some(value), "{name}");
        }
        // A new file beside it gets the list, and no other attribute.
        let beside = folder.path().join("b.ron");
        atomic_write(&beside, b"new", None, Access::Like(&path)).unwrap();
        assert_eq!(xattr::get(&beside, unix::ACL).unwrap().is_some(), set[0]);
        assert_eq!(xattr::get(&beside, "user.note").unwrap(), None);
    }
}
