//! What a review is about: a tag and its links as they are.

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::write::{annotation_on, link_record};
use crate::model::{Annotation, Document, Link};

/// Bytes of the SHA-256 that are kept.
const BYTES: usize = 8;

/// Names the version of a tag: 16 hexadecimal digits of the SHA-256 of its record and those of the
/// links that start at it. Who made, changed or decided on them and when does not count, nor what
/// its own annotator decided about it.
#[must_use]
pub fn record_hash(document: &Document, tag: &Annotation) -> SmolStr {
    let undecided = Annotation {
        made: None,
        changed: None,
        decided: None,
        review: crate::model::Review::default(),
        ..tag.clone()
    };
    let mut hash = Sha256::new();
    hash.update(annotation_on(&undecided, document.source()));
    for link in document.set().links_from(&tag.id) {
        let unstamped = Link {
            made: None,
            changed: None,
            ..link.clone()
        };
        hash.update("\n");
        hash.update(link_record(&unstamped, ""));
    }
    let hash = hash.finalize();
    hex::encode(hash.get(..BYTES).unwrap_or_default()).into()
}
