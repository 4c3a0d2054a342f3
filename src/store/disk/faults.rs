//! Faults on order: the n-th call of this thread that changes the file system is refused, or is the
//! last one that happens, perhaps in part.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, ErrorKind, Write};

/// What happens at the chosen call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is refused; of what is written half arrives first. Later calls work.
    Refuse(Refused),
    /// The power fails: so many quarters of what is written arrive, other calls happen only with 4,
    /// and no later call happens.
    Crash {
        /// From 0 to 4.
        quarters: usize,
    },
}

/// The error of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    DiskFull,
    InputOutput,
    NotAllowed,
    ReadOnlyDisk,
    Quota,
    TooManyOpen,
}

impl Refused {
    pub(crate) const ALL: [Self; 6] = [
        Self::DiskFull,
        Self::InputOutput,
        Self::NotAllowed,
        Self::ReadOnlyDisk,
        Self::Quota,
        Self::TooManyOpen,
    ];

    fn error(self) -> io::Error {
        match self {
            Self::DiskFull => ErrorKind::StorageFull.into(),
            Self::InputOutput => io::Error::other("input/output error"),
            Self::NotAllowed => ErrorKind::PermissionDenied.into(),
            Self::ReadOnlyDisk => ErrorKind::ReadOnlyFilesystem.into(),
            Self::Quota => ErrorKind::QuotaExceeded.into(),
            Self::TooManyOpen if cfg!(windows) => io::Error::from_raw_os_error(4),
            Self::TooManyOpen => io::Error::from_raw_os_error(24),
        }
    }

    /// A word that the message for this must hold.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::DiskFull => "disk is full",
            Self::InputOutput => "input/output error",
            Self::NotAllowed => "may not write to",
            Self::ReadOnlyDisk => "read-only",
            Self::Quota => "quota",
            Self::TooManyOpen => "too many files",
        }
    }
}

thread_local! {
    static FAULT: Cell<Option<(usize, Fault)>> = const { Cell::new(None) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
    static DARK: Cell<bool> = const { Cell::new(false) };
}

/// Runs `act` with a fault at call `at` (from 0) of this thread. Also returns whether it got that
/// far.
pub(crate) fn with_fault<T>(at: usize, fault: Fault, act: impl FnOnce() -> T) -> (T, bool) {
    FAULT.set(Some((at, fault)));
    CALLS.set(0);
    DARK.set(false);
    let done = act();
    FAULT.set(None);
    DARK.set(false);
    (done, CALLS.get() > at)
}

/// How many calls `act` makes.
pub(crate) fn count_calls<T>(act: impl FnOnce() -> T) -> (T, usize) {
    CALLS.set(0);
    let done = act();
    (done, CALLS.get())
}

/// The fault due now, if any.
fn due() -> io::Result<Option<Fault>> {
    if DARK.get() {
        return Err(io::Error::other("the power is out"));
    }
    let now = CALLS.get();
    CALLS.set(now + 1);
    let fault = FAULT.get().filter(|(at, _)| *at == now);
    if let Some((_, Fault::Crash { .. })) = fault {
        DARK.set(true);
    }
    Ok(fault.map(|(_, fault)| fault))
}

pub(super) fn call<T>(act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    match due()? {
        None => act(),
        Some(Fault::Refuse(refused)) => Err(refused.error()),
        Some(Fault::Crash { quarters }) => {
            if quarters == 4 {
                drop(act()?);
            }
            Err(io::Error::other("the power is out"))
        }
    }
}

pub(super) fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let (quarters, error) = match due()? {
        None => return file.write_all(bytes),
        Some(Fault::Refuse(refused)) => (2, refused.error()),
        Some(Fault::Crash { quarters }) => (quarters, io::Error::other("the power is out")),
    };
    file.write_all(&bytes[..bytes.len() * quarters / 4])?;
    Err(error)
}
