//! Who may read what is beside an article: its sidecars and kept text are for those who may read the article.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::access::{Access, is_read_by_more, is_wider};
use super::replacement::folder_of;
use super::sidecar_name::possible_articles_of;
use super::snapshot_path::{confine_kept, snapshot_folder, snapshot_path};
use super::{WriteError, disk};

/// So many bytes at the beginning of a sidecar say which text it is about.
const HEAD: u64 = 64 * 1024;

/// The sidecars and kept texts of a folder of articles that more people may read than the article, or any
/// article with that text.
#[must_use]
pub fn too_readable_files(folder: &Path) -> Vec<PathBuf> {
    let texts = too_readable_texts(folder).into_iter();
    let sidecars = too_readable_sidecars(folder).into_iter();
    let wide = texts.map(|(text, _)| text);
    wide.chain(sidecars.map(|(sidecar, _)| sidecar)).collect()
}

/// Lets nobody read them who may not read one of their articles; what the system refuses is with its
/// error.
#[must_use]
pub fn fit_access(folder: &Path) -> Vec<(PathBuf, Result<(), WriteError>)> {
    let texts = too_readable_texts(folder).into_iter();
    let texts = texts.map(|(text, articles)| {
        let done = follow(&text, &articles);
        (text, done)
    });
    let sidecars = too_readable_sidecars(folder).into_iter();
    let sidecars = sidecars.map(|(sidecar, article)| {
        let done = disk::narrow_access_of(&sidecar, &article);
        let done = done.map_err(|error| WriteError::failed(&sidecar, error));
        (sidecar, done)
    });
    texts.chain(sidecars).collect()
}

/// Lets as many people read a kept text as may read one of the articles on it. `article` is one of them.
///
/// # Errors
/// [`WriteError`] where the system refuses to take it from somebody.
pub(super) fn fit_snapshot_access(article: &Path, sha256: &str) -> Result<(), WriteError> {
    let Some(path) = snapshot_path(article, sha256).filter(|path| path.is_file()) else {
        return Ok(());
    };
    // Another article with the same words, which fewer people may read, may have kept it.
    if let Err(error) = disk::widen_access(&path, article) {
        log::debug!("{}: {error}", path.display());
    }
    let mut articles = BTreeSet::from([article.to_owned()]);
    if is_wider(&path, &articles) {
        // Until a sidecar says whose text it is, it is nobody's to take away.
        let Some(others) = articles_by_text(folder_of(article)).remove(sha256) else {
            return Ok(());
        };
        articles.extend(others);
    }
    match is_wider(&path, &articles) {
        true => follow(&path, &articles),
        false => Ok(()),
    }
}

/// Gives a kept text the access of its articles.
fn follow(text: &Path, articles: &BTreeSet<PathBuf>) -> Result<(), WriteError> {
    let Some(first) = articles.first() else {
        return Ok(());
    };
    let failed = |error| WriteError::failed(text, error);
    disk::set_access(text, Access::Like(first)).map_err(failed)?;
    for other in articles {
        if let Err(error) = disk::widen_access(text, other) {
            log::debug!("{}: {error}", text.display());
        }
    }
    Ok(())
}

/// The kept texts that too many may read, each with its articles.
fn too_readable_texts(folder: &Path) -> Vec<(PathBuf, BTreeSet<PathBuf>)> {
    let texts = kept_texts(folder);
    if texts.is_empty() {
        return Vec::new();
    }
    let mut by_text = articles_by_text(folder);
    let wide = texts.into_iter().filter_map(|text| {
        let hash = text.file_stem()?.to_str()?;
        let articles = by_text.remove(hash)?;
        is_wider(&text, &articles).then_some((text, articles))
    });
    wide.collect()
}

/// The sidecars that more may read than their article, each with it; no links.
fn too_readable_sidecars(folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    let wide = files_in(folder).into_iter().filter_map(|file| {
        let article = article_of(&file)?;
        is_read_by_more(&file, &article).then_some((file, article))
    });
    wide.collect()
}

/// The texts kept in a folder.
fn kept_texts(folder: &Path) -> Vec<PathBuf> {
    let kept = snapshot_folder(folder);
    if confine_kept(&folder.join("article"), &kept.join("text")).is_err() {
        return Vec::new();
    }
    files_in(&kept)
}

/// The files of a folder, in order; no links.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let files = entries.filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// The articles of a folder by the hash of the text their sidecars are about.
fn articles_by_text(folder: &Path) -> BTreeMap<String, BTreeSet<PathBuf>> {
    let mut by_text: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        let path = entry.path();
        let Some(article) = article_of(&path) else {
            continue;
        };
        for hash in hashes(&path) {
            by_text.entry(hash).or_default().insert(article.clone());
        }
    }
    by_text
}

/// The article of a sidecar, if it is there.
fn article_of(sidecar: &Path) -> Option<PathBuf> {
    let mut articles = possible_articles_of(sidecar).into_iter();
    articles.find(|article| article.is_file())
}

/// What looks like the hash of a text at the beginning of a sidecar, which may be damaged.
fn hashes(sidecar: &Path) -> Vec<String> {
    if !sidecar.is_file() {
        return Vec::new();
    }
    let mut head = Vec::new();
    let read = File::open(sidecar).map(|file| file.take(HEAD).read_to_end(&mut head));
    if !matches!(read, Ok(Ok(_))) {
        return Vec::new();
    }
    let digit = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
    let runs = head.split(|b| !digit(b)).filter(|run| run.len() == 64);
    runs.filter_map(|run| String::from_utf8(run.to_vec()).ok())
        .collect()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::store::keep_snapshot;
    use crate::text::SourceText;

    #[test]
    fn a_kept_text_follows_its_articles() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let text = SourceText::new("My text.", "UTF-8").unwrap();
        let hash = text.sha256();
        let articles = ["a.txt", "b.txt"].map(|name| root.join(name));
        for article in &articles {
            fs::write(article, text.as_str()).unwrap();
            let sidecar = format!("Pullquote(source: (sha256: \"{hash}\"))");
            fs::write(article.with_extension("txt.ron"), sidecar).unwrap();
        }
        let kept = snapshot_path(&articles[0], hash).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        // The modes of both articles, who is saved, what the kept text gets; in this order.
        for (a, b, saved, told, wanted) in [
            (0o644, 0o644, 0, false, 0o644),
            (0o600, 0o644, 0, false, 0o644),
            (0o600, 0o640, 0, true, 0o640),
            (0o600, 0o600, 1, true, 0o600),
            (0o600, 0o644, 1, false, 0o644),
        ] {
            for (article, mode) in articles.iter().zip([a, b]) {
                fs::set_permissions(article, fs::Permissions::from_mode(mode)).unwrap();
            }
            let wide = too_readable_texts(root);
            assert_eq!(!wide.is_empty(), told, "{a:o} {b:o}");
            keep_snapshot(&articles[saved], &text).unwrap();
            assert_eq!(mode(&kept), wanted, "{a:o} {b:o}");
            assert!(too_readable_texts(root).is_empty());
        }
    }

    #[test]
    fn a_list_that_lets_others_in_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        let text = SourceText::new("My text.", "UTF-8").unwrap();
        fs::write(&article, text.as_str()).unwrap();
        fs::set_permissions(&article, fs::Permissions::from_mode(0o600)).unwrap();
        let sidecar = format!("Pullquote(source: (sha256: \"{}\"))", text.sha256());
        fs::write(folder.path().join("a.txt.ron"), sidecar).unwrap();
        keep_snapshot(&article, &text).unwrap();
        let kept = snapshot_path(&article, text.sha256()).unwrap();
        // The user 65534 may read.
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, permissions, id) in [
            (1_u16, 6_u16, u32::MAX),
            (2, 4, 65_534),
            (4, 0, u32::MAX),
            (16, 4, u32::MAX),
            (32, 0, u32::MAX),
        ] {
            list.extend(tag.to_le_bytes());
            list.extend(permissions.to_le_bytes());
            list.extend(id.to_le_bytes());
        }
        let acl = "system.posix_acl_access";
        // Not every file system has them.
        if xattr::set(&kept, acl, &list).is_err() {
            return;
        }
        keep_snapshot(&article, &text).unwrap();
        assert_eq!(xattr::get(&kept, acl).unwrap(), None);
    }
}
