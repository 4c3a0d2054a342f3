//! Lines whose damage shows.

use sha2::{Digest, Sha256};

/// Digits of the checksum that are before a record.
const DIGITS: usize = 16;

fn checksum(record: &[u8]) -> String {
    let hash = Sha256::digest(record);
    hex::encode(hash.get(..DIGITS / 2).unwrap_or_default())
}

/// A record as a line of the journal. It may hold line breaks itself.
pub(super) fn framed(record: &str) -> String {
    let sum = checksum(record.as_bytes());
    format!("{sum} {} {record}\n", record.len())
}

/// What is before a record in its line.
struct Head<'a> {
    sum: &'a [u8],
    /// Length of the record in bytes.
    length: usize,
    /// The record and all that follows it.
    rest: &'a [u8],
}

fn head(bytes: &[u8]) -> Option<Head<'_>> {
    let (sum, rest) = bytes.split_at_checked(DIGITS)?;
    let rest = rest.strip_prefix(b" ")?;
    let space = rest.iter().take(20).position(|&byte| byte == b' ')?;
    let (length, rest) = rest.split_at_checked(space)?;
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    let rest = rest.get(1..)?;
    Some(Head { sum, length, rest })
}

/// The first record of `bytes` and what follows it; `None` where it is cut short or damaged.
pub(super) fn next_record(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let Head { sum, length, rest } = head(bytes)?;
    let (record, rest) = rest.split_at_checked(length)?;
    let rest = rest.strip_prefix(b"\n")?;
    if checksum(record).as_bytes() != sum {
        return None;
    }
    Some((std::str::from_utf8(record).ok()?, rest))
}

/// The rest of `bytes`, which begin with damage, from the next intact record on; `None` where there is
/// none.
pub(super) fn after_damage(bytes: &[u8]) -> Option<&[u8]> {
    let is_record = |start: &usize| bytes.get(*start..).and_then(next_record).is_some();
    let breaks = bytes.iter().enumerate();
    let mut starts = breaks
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(at, _)| at + 1);
    let by_break = starts.find(is_record);
    // Where only the break is damaged.
    let by_length = head(bytes).map(|head| {
        let before = bytes.len() - head.rest.len();
        before.saturating_add(head.length).saturating_add(1)
    });
    let by_length = by_length.filter(is_record);
    bytes.get(by_break.into_iter().chain(by_length).min()?..)
}

/// Whether `bytes`, which begin with no intact record, are a record that was cut short.
pub(super) fn is_cut_short(bytes: &[u8]) -> bool {
    let all_there = head(bytes).is_some_and(|head| head.rest.len() > head.length);
    !all_there && !bytes.ends_with(b"\n")
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
            // The break in the record is taken for the end of a line.
            let is_break = cut > 0 && line.as_bytes()[cut - 1] == b'\n';
            assert_eq!(is_cut_short(&line.as_bytes()[..cut]), !is_break, "{cut}");
            let mut damaged = line.clone().into_bytes();
            damaged[cut] ^= 1;
            assert_eq!(next_record(&damaged), None, "{cut}");
            assert!(!is_cut_short(&damaged), "{cut}");
            let followed = [&damaged, line.as_bytes()].concat();
            assert_eq!(after_damage(&followed), Some(line.as_bytes()), "{cut}");
        }
        assert_eq!(next_record(b""), None);
    }
}
