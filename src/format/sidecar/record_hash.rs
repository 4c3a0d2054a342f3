//! What a review is about: a tag and its links as they are.

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::write::{judged_text, peer_review_record};
use crate::model::{Annotation, Document, FormerLabels, PeerReview};

/// Bytes of the SHA-256 that are kept.
const BYTES: usize = 8;

/// Names the version of a tag: 16 hexadecimal digits of the SHA-256 of its record and those of the
/// links that start at it. Who made, changed or decided on them and when does not count, nor what
/// its own annotator decided about it.
#[must_use]
pub fn record_hash(document: &Document, tag: &Annotation) -> SmolStr {
    digits(&Sha256::digest(judged_text(document, tag)))
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
    digits(&Sha256::digest(peer_review_record(&words)))
}

fn digits(hash: &[u8]) -> SmolStr {
    let mut digits = [0; 2 * BYTES];
    let first = hash.get(..BYTES).unwrap_or_default();
    // As long as it is to be, and nothing but digits.
    let written = hex::encode_to_slice(first, &mut digits);
    let words = written
        .ok()
        .and_then(|()| std::str::from_utf8(&digits).ok());
    words.unwrap_or_default().into()
}
