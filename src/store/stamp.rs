use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::read_error::ReadError;
use super::read_limited::{MAX_SIDECAR_BYTES, pass_limited};

/// What a file looked like on disk: enough to see whether someone else has written it since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// There is no such file.
    Absent,
    /// The file is there.
    Present {
        /// Length in bytes.
        bytes: u64,
        /// SHA-256 of the bytes.
        sha256: [u8; 32],
    },
}

impl Stamp {
    /// The stamp of a file that holds `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::Present {
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: Sha256::digest(bytes).into(),
        }
    }

    /// The stamp of a file as it is now.
    ///
    /// # Errors
    /// [`ReadError`] where it is there but cannot be read.
    pub fn of_file(path: &Path) -> Result<Self, ReadError> {
        let mut hasher = StampHasher::default();
        match pass_limited(path, MAX_SIDECAR_BYTES, &mut hasher) {
            Ok(()) => Ok(hasher.finish()),
            Err(ReadError::Missing { .. }) => Ok(Self::Absent),
            Err(error) => Err(error),
        }
    }

    /// The SHA-256 in hexadecimal; `None` for a file that is not there.
    #[must_use]
    pub fn hexadecimal(&self) -> Option<String> {
        match self {
            Self::Absent => None,
            Self::Present { sha256, .. } => {
                Some(sha256.iter().map(|byte| format!("{byte:02x}")).collect())
            }
        }
    }
}

/// Makes the stamp of a file from its bytes, as they come.
#[derive(Default)]
struct StampHasher {
    hasher: Sha256,
    bytes: u64,
}

impl StampHasher {
    /// The stamp of a file that holds what was written.
    fn finish(self) -> Stamp {
        Stamp::Present {
            bytes: self.bytes,
            sha256: self.hasher.finalize().into(),
        }
    }
}

impl Write for StampHasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hasher.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
