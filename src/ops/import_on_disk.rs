//! A document of an import compared with what is in its place on the disk.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::import_names::Hash;
use crate::format::{article_facts, sidecar};
use crate::model::{ArticleFacts, Document, DocumentParts};
use crate::store::sidecar_file::{self, check_annotator};
use crate::store::{EncodingHints, MAX_BYTES, ReadError, exists, is_binary, read_source};
use crate::text::{Decoding, SourceText};

/// What is wrong with a document by itself.
pub(super) fn check(document: &Document) -> Result<(), String> {
    let bytes = document.source().as_str().len();
    if u64::try_from(bytes).is_ok_and(|bytes| bytes > MAX_BYTES) {
        return Err(format!(
            "its text has {} MB, and articles of at most {} MB can be opened; divide it",
            bytes.div_ceil(1 << 20),
            MAX_BYTES >> 20
        ));
    }
    if is_binary(document.source()) {
        return Err("its text is full of control characters; remove it".to_owned());
    }
    if let Some(annotator) = &document.meta().annotator {
        check_annotator(annotator)
            .map_err(|error| format!("{error}; or name the annotator with --as NAME"))?;
    }
    Ok(())
}

/// What two documents on one text must share to be the same.
pub(super) fn hash_of(document: &Document) -> Hash {
    let mut hash = Sha256::new();
    sidecar::write_in_parts(document, "", &mut |part| hash.update(part));
    hash.finalize().into()
}

pub(super) fn hash_of_facts(facts: &ArticleFacts) -> Hash {
    Sha256::digest(article_facts::write(facts).as_bytes()).into()
}

pub(super) fn in_encoding(document: Document, decoding: Decoding) -> Document {
    let text = document.source().as_str();
    match SourceText::decoded(text, decoding) {
        Ok(source) => Document::from(DocumentParts {
            source,
            ..document.into_parts()
        }),
        Err(_) => document,
    }
}

/// Compares an article with what is in its place: `None`: nothing is; else how the same text is
/// encoded there.
pub(super) fn meet_article(
    path: &Path,
    sidecar: &Path,
    source: &SourceText,
) -> Result<Option<Decoding>, String> {
    let read = |sidecars: Vec<PathBuf>| {
        let hints = EncodingHints {
            named: None,
            sidecars,
        };
        match read_source(path, &hints) {
            Ok(there) => Ok(Some(there.source)),
            Err(ReadError::Missing { .. }) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    };
    let Some(there) = read(vec![sidecar.to_owned()])? else {
        return Ok(None);
    };
    if there == *source {
        return Ok(Some(*there.decoding()));
    }
    // Another sidecar may know the encoding.
    let others = sidecar_file::other_annotators(path, sidecar).into_iter();
    match read(others.map(|other| other.path).collect())? {
        Some(there) if there == *source => Ok(Some(*there.decoding())),
        _ => Err(format!(
            "{} exists with another text; import into another folder",
            path.display()
        )),
    }
}

/// Compares a document with the sidecar in its place; whether it is there, the same.
pub(super) fn meet_sidecar(sidecar: &Path, document: &Document) -> Result<bool, String> {
    let Some(loaded) = sidecar_file::load(sidecar).map_err(|error| error.to_string())? else {
        return Ok(false);
    };
    let on_disk = sidecar::read_bytes(&loaded.bytes, document.source());
    if on_disk.as_ref().is_ok_and(|on_disk| on_disk.salvaged) {
        return Err(format!(
            "{} exists and is damaged; run `pullquote check --fix` on it, or import into another folder",
            sidecar.display()
        ));
    }
    let equal = on_disk.is_ok_and(|on_disk| {
        on_disk.set == *document.set()
            && on_disk.meta == *document.meta()
            && *document.unread() == on_disk.unread.into()
    });
    if equal {
        return Ok(true);
    }
    Err(format!(
        "{} exists with other contents, and imports do not merge; import with another --as NAME, or \
         into another folder",
        sidecar.display()
    ))
}

/// Whether there is something in the place of an article that is not this text.
pub(super) fn holds_other(path: &Path, text: Hash) -> bool {
    let source = || read_source(path, &EncodingHints::default()).ok();
    let hash = |there: &str| -> Hash { Sha256::digest(there.as_bytes()).into() };
    exists(path) && source().is_none_or(|there| hash(there.source.as_str()) != text)
}
