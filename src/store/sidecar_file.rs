//! The sidecars of an article on disk.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::conflict_copies::copied;
use super::decode::RecordedEncoding;
use super::file_fingerprint::FileFingerprint;
use super::project_folder::confine_beside;
use super::read_error::ReadError;
use super::read_limited::{MAX_FACTS_BYTES, MAX_SIDECAR_BYTES, read_beginning, read_limited};
use super::replacement::folder_of;
pub use super::sidecar_name::{
    AnnotatorNameError, ReservedName, check_annotator, facts_path, free_sidecar, is_facts_path,
    sidecar_path,
};
use super::sidecar_name::{Owner, possible_articles};
use crate::format::sidecar::recorded_source;
use crate::text::Encoding;

/// A sidecar as it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSidecar {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What to expect on disk when it is written again.
    pub fingerprint: FileFingerprint,
}

/// What someone else has said about an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OtherSidecar {
    /// Who; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// The file.
    pub path: PathBuf,
}

/// Reads a sidecar, or a file of facts; `None` where there is none.
///
/// # Errors
/// [`ReadError`] where it is there but cannot be read, or is larger than 256 MB; facts, than 4 MB.
pub fn load(path: &Path) -> Result<Option<LoadedSidecar>, ReadError> {
    let limit = match is_facts_path(path) {
        true => MAX_FACTS_BYTES,
        false => MAX_SIDECAR_BYTES,
    };
    match read_limited(path, limit) {
        Ok(bytes) => Ok(Some(LoadedSidecar {
            fingerprint: FileFingerprint::of(&bytes),
            bytes,
        })),
        Err(ReadError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The encodings that sidecars record for their article, each once.
pub(super) fn recorded_encodings(sidecars: &[PathBuf]) -> Vec<RecordedEncoding> {
    let mut recorded = Vec::new();
    for path in sidecars {
        let Ok(Some(loaded)) = load(path) else {
            continue;
        };
        let Some(source) = recorded_source(&loaded.bytes) else {
            continue;
        };
        if let Ok(encoding) = Encoding::named(&source.encoding) {
            let sha256 = source.sha256;
            let record = RecordedEncoding { encoding, sha256 };
            if !recorded.contains(&record) {
                recorded.push(record);
            }
        }
    }
    recorded
}

/// The sidecars of an article other than `own`, by name, the unnamed one first.
#[must_use]
pub fn other_annotators(article: &Path, own: &Path) -> Vec<OtherSidecar> {
    let entries = std::fs::read_dir(folder_of(article));
    let (Some(article_name), Ok(entries)) = (article.file_name(), entries) else {
        return Vec::new();
    };
    let mut found: Vec<OtherSidecar> = entries
        .filter_map(Result::ok)
        .filter(|entry| Some(entry.file_name().as_os_str()) != own.file_name())
        .filter_map(|entry| {
            let name = entry.file_name();
            let rest = name
                .as_encoded_bytes()
                .strip_prefix(article_name.as_encoded_bytes())?
                .strip_suffix(b".ron")?;
            let annotator = match rest.strip_prefix(b".") {
                Some(name) => {
                    let name = std::str::from_utf8(name).ok()?;
                    check_annotator(name).ok()?;
                    Some(SmolStr::from(name))
                }
                None if rest.is_empty() => None,
                None => return None,
            };
            let path = entry.path();
            Some(OtherSidecar { annotator, path })
        })
        .filter(|other| confine_beside(article, &other.path).is_ok())
        .collect();
    found.sort();
    found
}

/// Why sidecars of an article, and copies of them, are not read by what they are: links out of the
/// project, links to nothing, pipes, devices, folders.
#[must_use]
pub fn refused_beside(article: &Path) -> Vec<ReadError> {
    let entries = std::fs::read_dir(folder_of(article));
    let mut paths: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| !is_plain_file(path) && belongs_to(article, path))
        .collect();
    paths.sort();
    let refused = paths.iter().map(|path| {
        let found = confine_beside(article, path).and_then(|()| read_beginning(path, 0));
        found.err()
    });
    refused.flatten().collect()
}

/// Whether it is a file and no link to one.
fn is_plain_file(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Whether a file beside an article is a sidecar of it, or a copy of one, by its name.
fn belongs_to(article: &Path, path: &Path) -> bool {
    let (Some(article), Some(name)) = (article.file_name(), path.file_name()) else {
        return false;
    };
    let is_sidecar = |name: &OsStr| {
        possible_articles(name).is_some_and(|possible| match &possible.named {
            Some((named, Owner::Annotator(_))) => named == article || possible.unnamed == article,
            Some((_, Owner::Reserved(_))) | None => possible.unnamed == article,
        })
    };
    is_sidecar(name) || copied(name).iter().any(|(sidecar, _)| is_sidecar(sidecar))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn facts_have_a_limit_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = vec![b' '; usize::try_from(MAX_FACTS_BYTES).unwrap() + 1];
        let load_as = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, &bytes).unwrap();
            load(&path)
        };
        assert!(load_as("a.txt.ron").is_ok());
        let refused = load_as("a.txt.meta.ron").unwrap_err().to_string();
        assert!(refused.contains("the limit is 4194304 bytes"), "{refused}");
    }

    #[test]
    fn others_are_found_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "a.txt",
            "a.txt.ron",
            "a.txt.maria.ron",
            "a.txt.jo.ron",
            "a.txt.JO.ron",
            "a.txt.ron.orig",
            "a.txt.x.y.ron",
            "a.txt.txt.ron",
            "a.txt.meta.ron",
            "a.txt.curated.ron",
            "a.txtron",
            "ba.txt.eve.ron",
            ".a.txt.jo.ron.1.tmp",
        ] {
            fs::write(folder.path().join(name), b"").unwrap();
        }
        let article = folder.path().join("a.txt");
        let own = sidecar_path(&article, Some("jo"));
        let others = other_annotators(&article, &own);
        let names: Vec<_> = others.iter().map(|o| o.annotator.as_deref()).collect();
        assert_eq!(names, [None, Some("maria")]);
        assert_eq!(others[1].path, sidecar_path(&article, Some("maria")));
        assert!(other_annotators(Path::new("/nowhere/a.txt"), &own).is_empty());
    }

    #[test]
    fn sidecars_record_the_encoding_of_their_article() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let source = crate::text::SourceText::new("“naïve”", "macintosh").unwrap();
        let document = crate::model::Document::new(source.clone());
        let sidecar = crate::format::sidecar::write(&document, "a.txt");
        fs::write(at("a.txt.ron"), &sidecar).unwrap();
        fs::write(at("a.txt.maria.ron"), sidecar).unwrap();
        fs::write(at("a.txt.tom.ron"), "no sidecar").unwrap();
        let names = [
            "missing.ron",
            "a.txt.ron",
            "a.txt.maria.ron",
            "a.txt.tom.ron",
        ];
        assert_eq!(
            recorded_encodings(&names.map(at)),
            [RecordedEncoding {
                encoding: Encoding::named("macintosh").unwrap(),
                sha256: source.sha256().to_owned(),
            }]
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_unicode_work() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join(OsStr::from_bytes(b"caf\xE9.txt"));
        let own = sidecar_path(&article, None);
        let other = sidecar_path(&article, Some("jo"));
        fs::write(&other, b"x").unwrap();
        assert_eq!(load(&own).unwrap(), None);
        assert_eq!(load(&other).unwrap().unwrap().bytes, b"x");
        let others = other_annotators(&article, &own);
        assert_eq!(others.len(), 1);
        assert_eq!(others[0].path, other);
    }
}
