use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::read_error::ReadError;
use super::read_limited::{MAX_SIDECAR_BYTES, pass_limited};

/// What a file looked like on disk: enough to see whether someone else has written it since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFingerprint {
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

impl FileFingerprint {
    /// The fingerprint of a file that holds `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::Present {
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: Sha256::digest(bytes).into(),
        }
    }

    /// The fingerprint of a file as it is now.
    ///
    /// # Errors
    /// [`ReadError`] where it is there but cannot be read.
    pub fn of_file(path: &Path) -> Result<Self, ReadError> {
        let mut hasher = FingerprintHasher::default();
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
            Self::Present { sha256, .. } => Some(hex::encode(sha256)),
        }
    }
}

/// Makes the fingerprint of a file from its bytes, as they come.
#[derive(Default)]
struct FingerprintHasher {
    hasher: Sha256,
    bytes: u64,
}

impl FingerprintHasher {
    /// The fingerprint of a file that holds what was written.
    fn finish(self) -> FileFingerprint {
        FileFingerprint::Present {
            bytes: self.bytes,
            sha256: self.hasher.finalize().into(),
        }
    }
}

impl Write for FingerprintHasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hasher.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
