//! Memory that work on a large article has freed. The C library of Linux keeps it, in holes between what
//! stays, for every thread that ever worked: more than the article itself needs.

use crate::text::SourceText;

/// Of shorter texts (bytes) it is not worth the while.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: u32 = 1_000_000;

/// Gives it back to the system after long work on a text. Takes milliseconds: never on the frame.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "no crate wraps this call of the C library")]
pub(super) fn give_back(source: &SourceText) {
    if source.len() >= LARGE.into() {
        // SAFETY: the call takes no pointer, may come from any thread and leaves what is in use alone.
        unsafe { libc::malloc_trim(0) };
    }
}

/// Other systems take it back themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back(_: &SourceText) {}
