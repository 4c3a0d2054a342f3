//! What a review is about: a tag and its links as they are.

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::write::{annotation_on, link_record, peer_review_record};
use crate::model::{Annotation, Document, FormerLabels, Link, PeerReview};

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
    digits(hash)
}

/// Whether `record` names the version of a tag that is there now, under its present label or one that was its
/// name before.
#[must_use]
pub fn is_record(
    record: &str,
    document: &Document,
    tag: &Annotation,
    former: &FormerLabels,
) -> bool {
    record_hash(document, tag) == record
        || former.of(&tag.label).any(|label| {
            let renamed = Annotation {
                label: label.clone(),
                ..tag.clone()
            };
            record_hash(document, &renamed) == record
        })
}

/// Names what a review says: 16 hexadecimal digits of the SHA-256 of its record. Who wrote it and when does not
/// count, nor what it settles.
#[must_use]
pub fn review_hash(review: &PeerReview) -> SmolStr {
    let words = PeerReview {
        made: None,
        changed: None,
        settled: Vec::new(),
        ..review.clone()
    };
    let mut hash = Sha256::new();
    hash.update(peer_review_record(&words));
    digits(hash)
}

fn digits(hash: Sha256) -> SmolStr {
    let hash = hash.finalize();
    hex::encode(hash.get(..BYTES).unwrap_or_default()).into()
}
