use sha2::{Digest, Sha256};
use smol_str::SmolStr;

/// An id for a record that comes without one: 13 characters of `[a-z0-9]`, the same whenever the
/// same record is read, so that reading twice adds nothing and two people's files merge.
pub(super) fn derived_id(parts: &[&str]) -> SmolStr {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut number = hash
        .finalize()
        .iter()
        .take(8)
        .fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    let mut id = [b'0'; 13];
    for place in id.iter_mut().rev() {
        let digit = usize::try_from(number % 36).unwrap_or_default();
        *place = DIGITS.get(digit).copied().unwrap_or(b'0');
        number /= 36;
    }
    id.iter().map(|&digit| char::from(digit)).collect()
}
