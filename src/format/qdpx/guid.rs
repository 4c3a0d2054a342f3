use sha2::{Digest, Sha256};

/// A globally unique id made of what it stands for, so that the same export gives the same ids: a
/// UUID of version 8 (RFC 9562).
pub(super) fn guid(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let mut guid = String::with_capacity(36);
    for (n, byte) in digest.iter().take(16).enumerate() {
        let byte = match n {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(n, 4 | 6 | 8 | 10) {
            guid.push('-');
        }
        guid.push_str(&format!("{byte:02x}"));
    }
    guid
}
