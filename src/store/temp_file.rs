//! Temporary files of ours: what they are called, and how old they must be to count as abandoned.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How every temporary file of ours ends.
const ENDING: &str = ".pullquote.tmp";

/// What is younger is left alone: someone may be writing it from another machine.
pub(super) const STALE: Duration = Duration::from_secs(60 * 60);

/// `.NAME.PID.pullquote.tmp`, the n-th also `.NAME.PID.N.pullquote.tmp`.
pub(super) fn temp_name(target: &Path, n: u32) -> OsString {
    // File names end at 255 bytes; the temporary one is longer than the target's.
    let name = target.file_name().filter(|name| name.len() <= 200);
    let mut temp = OsString::from(".");
    temp.push(name.unwrap_or("file".as_ref()));
    temp.push(format!(".{}", std::process::id()));
    if n > 0 {
        temp.push(format!(".{n}"));
    }
    temp.push(ENDING);
    temp
}

/// Whether a file is called as only ours are.
pub(super) fn is_temp_name(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let Some(rest) = name.strip_suffix(ENDING.as_bytes()) else {
        return false;
    };
    // `.`, a name, `.`, a number.
    let digits = rest.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    digits > 0
        && rest.len() > digits + 2
        && rest.starts_with(b".")
        && rest.get(rest.len() - digits - 1) == Some(&b'.')
}

/// Whether it is a file that has not been written for an hour.
pub(super) fn is_older(path: &Path, now: SystemTime) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| {
        let age = metadata
            .modified()
            .ok()
            .and_then(|at| now.duration_since(at).ok());
        metadata.is_file() && age.is_some_and(|age| age > STALE)
    })
}
