//! What the C library of Linux does with memory that is freed: it keeps it, in holes between what stays, in a
//! pool for every thread that ever worked. That can be more than a large article itself needs.
#![cfg_attr(
    all(target_os = "linux", target_env = "gnu"),
    allow(unsafe_code, reason = "no crate wraps these calls of the C library")
)]

use crate::text::SourceText;

/// Of shorter texts (bytes) it is not worth the while.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: u32 = 1_000_000;

/// Blocks from this size on (bytes), such as a whole file, are given back at once when they are freed. Left
/// to itself the C library keeps larger and larger ones after the first.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const OWN_PAGES: libc::c_int = 1 << 20;

/// Lets all threads but the first share one pool, without large blocks. To be called before there are others.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn set_up() {
    // SAFETY: the calls take two numbers; of one they do not know they take no notice.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 2);
        libc::mallopt(libc::M_MMAP_THRESHOLD, OWN_PAGES);
    }
}

/// Gives what was freed back to the system after long work on a text. Takes milliseconds: never on the frame.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn give_back(source: &SourceText) {
    if source.len() >= LARGE.into() {
        // SAFETY: the call takes no pointer, may come from any thread and leaves what is in use alone.
        unsafe { libc::malloc_trim(0) };
    }
}

/// Other systems have their own ways.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn set_up() {}

/// Other systems take it back themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back(_: &SourceText) {}
