//! The files in a zip file that belong to an import.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// So many bytes one file, and all files together, may have once they are unpacked.
const LARGEST: u64 = 1 << 30;
/// So many files are looked at.
const MOST: usize = 100_000;

/// Whether bytes begin like a zip file.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A zip file that is read.
pub(super) struct ZipEntries<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// So many bytes all files together may have once they are unpacked.
    most: u64,
    left: u64,
}

impl<'a> ZipEntries<'a> {
    /// Opens a zip file; else says what is wrong with it.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        Self::open_up_to(LARGEST, bytes)
    }

    /// [`Self::open`] of a file that may be so large once it is unpacked.
    pub(super) fn open_up_to(most: u64, bytes: &'a [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
            "this zip file is damaged or cut off; export or copy it again".to_owned()
        })?;
        if archive.len() > MOST {
            return Err(format!("this zip file holds more than {MOST} files"));
        }
        let left = most;
        Ok(Self {
            archive,
            most,
            left,
        })
    }

    /// The names of the files, sorted, with `/`; no folders. Else what is wrong with them.
    pub(super) fn names(&self) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        for name in self.archive.file_names() {
            let name =
                name.map_err(|_| "the name of a file in the zip file cannot be read; unpack it")?;
            if !name.ends_with('/') {
                names.push(name.into_owned());
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The bytes of a file; else what is wrong with it.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let damaged = || format!("`{name}` in the zip file cannot be unpacked; export it again");
        let file = self.archive.by_name(name).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        // What it says is its size may be wrong; then the list grows as it must.
        let size = usize::try_from(file.size().min(self.left)).unwrap_or(0);
        let _ = bytes.try_reserve_exact(size);
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|_| damaged())?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        match self.left.checked_sub(length) {
            Some(left) => self.left = left,
            None => {
                let most = self.most >> 20;
                return Err(format!("unpacked, the zip file is larger than {most} MB"));
            }
        }
        Ok(bytes)
    }
}
