//! The annotated text, kept once beside the article, so that tags find their words again when the
//! article has changed. Beside it, so that it moves with the sidecars.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::access::Access;
use super::confine::not_a_file;
use super::kept_access::fit_snapshot_access;
use super::read_limited::read_limited;
use super::replacement::folder_of;
use super::snapshot_path::{FOLDER, OUR_FOLDER, confine_kept, snapshot_folder, snapshot_path};
use super::{MAX_BYTES, WriteError, atomic_write, disk};
use crate::text::SourceText;

/// Tells git to leave the kept texts as they are.
pub(super) const GIT_ATTRIBUTES: &str = ".gitattributes";

/// What it says.
pub(super) const LINE_ENDS: &str = "* -text\n";

/// Keeps a text beside its article, in UTF-8 whatever the article is in. One that is kept already is
/// left alone, but for who may read it: those who may read one of its articles.
///
/// # Errors
/// [`WriteError`] where it cannot be written.
pub fn keep_snapshot(article: &Path, text: &SourceText) -> Result<(), WriteError> {
    let Some(path) = snapshot_path(article, text.sha256()) else {
        return Ok(());
    };
    let bytes = text.as_str().as_bytes();
    confine_kept(article, &path)?;
    if holds(&path, bytes) {
        fit_access(article, text);
        return Ok(());
    }
    make_folders(folder_of(article), &path)?;
    atomic_write(&path, bytes, None, Access::Like(article))?;
    fit_access(article, text);
    Ok(())
}

/// The text is kept also where the system refuses; a check tells who may read it.
fn fit_access(article: &Path, text: &SourceText) {
    if let Err(error) = fit_snapshot_access(article, text.sha256()) {
        log::warn!("too many people may read a kept text: {error}");
    }
}

/// Whether a text is kept beside its article.
#[must_use]
pub fn is_snapshot_kept(article: &Path, text: &SourceText) -> bool {
    let path = snapshot_path(article, text.sha256());
    let found = || find_snapshot(article, text.sha256()).is_some();
    path.is_none_or(|path| holds(&path, text.as_str().as_bytes()) || found())
}

/// What is in the way of the file that keeps git from changing the line ends of kept texts: its path, and
/// what it is.
#[must_use]
pub fn line_ends_not_kept(folder: &Path) -> Option<(PathBuf, &'static str)> {
    let path = folder.join(OUR_FOLDER).join(GIT_ATTRIBUTES);
    not_a_file(&path).map(|what| (path, what))
}

/// Whether a file holds these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if !fs::metadata(path).is_ok_and(|there| there.is_file() && there.len() == length) {
        return false;
    }
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let mut part = vec![0; 64 * 1024];
    bytes.chunks(part.len()).all(|wanted| {
        let part = part.get_mut(..wanted.len()).unwrap_or_default();
        file.read_exact(part).is_ok() && part == wanted
    })
}

/// Makes the folders of a kept text, for whoever may use the article's folder.
fn make_folders(root: &Path, path: &Path) -> Result<(), WriteError> {
    let mut folder = root.to_owned();
    for part in FOLDER {
        folder.push(part);
        disk::make_folder(&folder, Access::Like(root))
            .map_err(|error| WriteError::failed(&folder, error))?;
    }
    if let Some(folder) = path.parent() {
        keep_line_ends(folder);
    }
    Ok(())
}

/// Tells git to leave the kept texts as they are.
fn keep_line_ends(folder: &Path) {
    let Some(path) = folder.parent().map(|folder| folder.join(GIT_ATTRIBUTES)) else {
        return;
    };
    // A link to nothing is something, too.
    if fs::symlink_metadata(&path).is_err()
        && let Err(error) = atomic_write(
            &path,
            LINE_ENDS.as_bytes(),
            None,
            Access::Like(folder_of(&path)),
        )
    {
        log::warn!("git may change the line ends of kept texts: {error}");
    }
}

/// The text with this hash that is kept beside an article; `None` where there is none, or where the
/// file holds something else.
#[must_use]
pub fn find_snapshot(article: &Path, sha256: &str) -> Option<SourceText> {
    let path = snapshot_path(article, sha256)?;
    let bytes = read_limited(&path, MAX_BYTES.saturating_mul(3)).ok()?;
    let text = SourceText::new(String::from_utf8(bytes).ok()?, "UTF-8").ok()?;
    // Version control may have changed the line ends.
    let other = || {
        text.in_other_line_ends()
            .filter(|text| text.sha256() == sha256)
    };
    if text.sha256() != sha256 {
        if let Some(other) = other() {
            return Some(other);
        }
        log::warn!("{}: has another text; not used", path.display());
        return None;
    }
    Some(text)
}

/// Removes the text with this hash that was kept beside an article that is gone, unless something beside it names
/// the text; and the folder of kept texts with the last one.
pub fn remove_unused_snapshot(article: &Path, sha256: &str) {
    let Some(path) = snapshot_path(article, sha256).filter(|path| path.is_file()) else {
        return;
    };
    let folder = folder_of(article);
    if confine_kept(article, &path).is_err() || is_named(folder, sha256) {
        return;
    }
    if let Err(error) = disk::remove(&path) {
        log::warn!("{}: a text that is not used stays: {error}", path.display());
        return;
    }
    let kept = snapshot_folder(folder);
    // Not where there is something in it.
    if disk::remove_folder(&kept).is_ok() {
        let ours = folder.join(OUR_FOLDER);
        let _ = disk::remove(&ours.join(GIT_ATTRIBUTES));
        let _ = disk::remove_folder(&ours);
    }
}

/// Whether a file beside the articles of a folder names a text; also where one cannot be read.
fn is_named(folder: &Path, sha256: &str) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return true;
    };
    entries.flatten().any(|entry| {
        let path = entry.path();
        let is_beside = path.extension().is_some_and(|ending| ending == "ron");
        is_beside && fs::read_to_string(&path).map_or(true, |text| text.contains(sha256))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> SourceText {
        SourceText::new(words, "UTF-8").unwrap()
    }

    #[test]
    fn a_text_is_kept_once_and_found_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        let (one, two) = (text("One “text”.\r\n"), text("Two"));
        keep_snapshot(&article, &one).unwrap();
        assert_eq!(find_snapshot(&article, one.sha256()), Some(one.clone()));
        assert_eq!(find_snapshot(&article, two.sha256()), None);
        let path = snapshot_path(&article, one.sha256()).unwrap();
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        keep_snapshot(&article, &one).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
        let kept: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(kept.len(), 1);
    }

    #[test]
    fn another_text_under_its_name_is_not_used_and_a_short_one_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        let one = text("One text.");
        keep_snapshot(&article, &one).unwrap();
        let path = snapshot_path(&article, one.sha256()).unwrap();
        for wrong in [&b"Two text."[..], b"One", b"\xff\xfe"] {
            fs::write(&path, wrong).unwrap();
            assert_eq!(find_snapshot(&article, one.sha256()), None);
            assert!(!is_snapshot_kept(&article, &one));
            keep_snapshot(&article, &one).unwrap();
            assert_eq!(find_snapshot(&article, one.sha256()), Some(one.clone()));
            assert!(is_snapshot_kept(&article, &one));
        }
    }

    #[test]
    fn a_text_with_the_line_ends_of_another_system_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        for (was, is) in [("One\n\ntwo\n", "One\r\n\r\ntwo\r\n"), ("1\r\n2", "1\n2")] {
            let one = text(was);
            keep_snapshot(&article, &one).unwrap();
            fs::write(snapshot_path(&article, one.sha256()).unwrap(), is).unwrap();
            assert_eq!(find_snapshot(&article, one.sha256()), Some(one));
        }
        let attributes = folder.path().join(".pullquote/.gitattributes");
        assert_eq!(fs::read_to_string(attributes).unwrap(), "* -text\n");
    }

    /// Who may write to the folder knows what a kept text is called.
    #[cfg(unix)]
    #[test]
    fn no_link_out_of_the_folder_is_written_through() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let home = tempfile::tempdir().unwrap();
        let (folder, secret) = (home.path().join("c"), home.path().join("secret"));
        let article = folder.join("a.txt");
        let one = text("One text.");
        let path = snapshot_path(&article, one.sha256()).unwrap();
        let texts = path.parent().unwrap();
        let ours = texts.parent().unwrap();
        // As long as the article, and longer.
        for contents in ["My secret", "My longer secret"] {
            fs::write(&secret, contents).unwrap();
            fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
            for (link, to) in [
                (path.as_path(), "../../../secret"),
                (path.as_path(), "../../../not-there"),
                (texts, "../../elsewhere"),
                (texts, "../../not-there"),
                (ours, "../elsewhere"),
            ] {
                fs::create_dir_all(home.path().join("elsewhere/text")).unwrap();
                fs::create_dir_all(link.parent().unwrap()).unwrap();
                fs::write(&article, one.as_str()).unwrap();
                symlink(to, link).unwrap();
                let error = keep_snapshot(&article, &one).unwrap_err();
                assert!(error.to_string().contains("leads out"), "{error}");
                assert_eq!(fs::read_to_string(&secret).unwrap(), contents);
                let mode = fs::metadata(&secret).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600);
                assert!(!home.path().join("not-there").exists());
                let elsewhere = fs::read_dir(home.path().join("elsewhere")).unwrap();
                assert_eq!(elsewhere.count(), 1);
                fs::remove_dir_all(&folder).unwrap();
            }
        }
        fs::create_dir_all(ours).unwrap();
        symlink("../../attributes", ours.join(".gitattributes")).unwrap();
        keep_snapshot(&article, &one).unwrap();
        assert!(path.is_file() && !home.path().join("attributes").exists());
    }

    #[test]
    fn a_hash_that_leads_elsewhere_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        fs::write(&article, "x").unwrap();
        for odd in ["", "../../a", "/etc/passwd", &"A".repeat(64)] {
            assert_eq!(find_snapshot(&article, odd), None);
        }
    }
}
