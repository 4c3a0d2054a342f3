//! Lines whose damage shows.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Digits of the checksum that are before a record.
const DIGITS: usize = 16;

fn checksum(record: &[u8]) -> String {
    let mut digits = String::with_capacity(DIGITS);
    for byte in Sha256::digest(record).iter().take(DIGITS / 2) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// A record as a line of the journal. It may hold line breaks itself.
pub(super) fn framed(record: &str) -> String {
    let sum = checksum(record.as_bytes());
    format!("{sum} {} {record}\n", record.len())
}

/// The first record of `bytes` and what follows it; `None` where it is cut short or damaged.
pub(super) fn next_record(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (sum, rest) = bytes.split_at_checked(DIGITS)?;
    let rest = rest.strip_prefix(b" ")?;
    let space = rest.iter().take(20).position(|&byte| byte == b' ')?;
    let (length, rest) = rest.split_at_checked(space)?;
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    let (record, rest) = rest.get(1..)?.split_at_checked(length)?;
    let rest = rest.strip_prefix(b"\n")?;
    if checksum(record).as_bytes() != sum {
        return None;
    }
    Some((std::str::from_utf8(record).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_whole_or_not_at_all() {
        let line = framed("Follows(\"é\n\")");
        assert_eq!(
            next_record(format!("{line}more").as_bytes()),
            Some(("Follows(\"é\n\")", b"more".as_slice()))
        );
        for cut in 0..line.len() {
            assert_eq!(next_record(&line.as_bytes()[..cut]), None, "{cut}");
            let mut damaged = line.clone().into_bytes();
            damaged[cut] ^= 1;
            assert_eq!(next_record(&damaged), None, "{cut}");
        }
        assert_eq!(next_record(b""), None);
    }
}
