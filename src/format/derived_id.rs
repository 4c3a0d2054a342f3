//! Ids derived from their record: the same each time it is read or written.

use sha2::{Digest, Sha256};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::model::base36;

/// An id for a record that comes without one: 13 characters of `[a-z0-9]`, so that reading twice adds
/// nothing and two people's files merge.
pub(crate) fn derived_id(parts: &[&str]) -> SmolStr {
    let [first, ..] = hash(parts);
    base36(u64::from_be_bytes(first), 13)
}

/// A globally unique id: a UUID of version 8 (RFC 9562).
pub(super) fn derived_uuid(parts: &[&str]) -> Uuid {
    let [first, second, ..] = hash(parts).map(u64::from_be_bytes);
    let bytes = (u128::from(first) << 64 | u128::from(second)).to_be_bytes();
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The SHA-256 of the parts, each after its length, in words of eight bytes.
fn hash(parts: &[&str]) -> [[u8; 8]; 4] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut words = [[0; 8]; 4];
    for (to, from) in words.as_flattened_mut().iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of earlier versions hold these.
    #[test]
    fn ids_never_change() {
        for (parts, id, uuid) in [
            (
                &[][..],
                "3gng7kheu33tg",
                "e3b0c442-98fc-8c14-9afb-f4c8996fb924",
            ),
            (
                &["tag", "1", "a1", "0"],
                "08r229esnntkc",
                "0ffc5e68-a505-8c6c-b53e-bd1de68a8c48",
            ),
            (
                &["user", "maria"],
                "3dmigws8lfeh4",
                "de29bffb-57e0-8c08-934c-88d93a2c1752",
            ),
            (
                &["code", "Zitat “é”"],
                "3aa2soevy59rl",
                "d80d6179-a1f1-8eb1-b778-a6253780c5e8",
            ),
        ] {
            assert_eq!(derived_id(parts), id, "{parts:?}");
            assert_eq!(derived_uuid(parts).to_string(), uuid, "{parts:?}");
        }
    }
}
