use sha2::{Digest, Sha256};
use smol_str::{SmolStr, format_smolstr};

/// An id for what is made from these records in one way only: whoever makes it, at whatever machine, it has this
/// id, so that two who do it at once have made one record.
pub(super) fn derived_id(from: &[&str]) -> SmolStr {
    let mut hash = Sha256::new();
    for part in from {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let hash = hash.finalize();
    let short = hash
        .iter()
        .take(6)
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    format_smolstr!("d{short:012x}")
}

#[cfg(test)]
mod tests {
    use super::derived_id;

    #[test]
    fn the_same_records_give_the_same_id_and_others_another() {
        assert_eq!(derived_id(&["ann", "a1"]), derived_id(&["ann", "a1"]));
        assert_ne!(derived_id(&["ann", "a1"]), derived_id(&["an", "na1"]));
        assert_eq!(derived_id(&["ann", "a1"]).len(), 13);
    }
}
