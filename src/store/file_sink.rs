use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::replacement::{Replacement, folder_of};
use super::{WriteError, disk};
use crate::format::{Layout, Sink};

/// Writes exports to disk as they come. Each file takes its name only when it is whole, so that one
/// that fails half-way leaves the old one as it was.
pub struct FileSink {
    path: PathBuf,
    layout: Layout,
    current: Option<Growing>,
}

struct Growing {
    path: PathBuf,
    out: BufWriter<Replacement>,
}

impl FileSink {
    /// A sink for the file, or with [`Layout::Folder`] for files in the folder, `path`; both are made
    /// when there is something to write.
    #[must_use]
    pub fn new(path: PathBuf, layout: Layout) -> Self {
        Self {
            path,
            layout,
            current: None,
        }
    }

    /// Puts the last file in its place.
    ///
    /// # Errors
    /// [`WriteError`] where the system refuses.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.put_in_place()
    }

    fn put_in_place(&mut self) -> Result<(), WriteError> {
        let Some(Growing { path, out }) = self.current.take() else {
            return Ok(());
        };
        match out.into_inner() {
            Ok(whole) => whole.finish(None).map(drop),
            Err(error) => {
                let (error, unwritten) = error.into_parts();
                // Its rest shall not be written once more when it is dropped.
                drop(unwritten.into_parts());
                Err(WriteError::failed(&path, error))
            }
        }
    }

    fn open(&mut self, name: &str) -> Result<(), WriteError> {
        self.put_in_place()?;
        let path = match self.layout {
            Layout::OneFile => self.path.clone(),
            Layout::Folder => self.path.join(name),
        };
        if self.layout == Layout::Folder {
            let folder = folder_of(&path);
            disk::make_folder(folder)
                .map_err(|error| WriteError::in_folder(&path, folder, error))?;
        }
        self.current = Some(Growing {
            out: BufWriter::new(Replacement::begin(&path)?),
            path,
        });
        Ok(())
    }
}

impl Sink for FileSink {
    fn begin(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.open(name).map_err(io::Error::other)?;
        match &mut self.current {
            Some(growing) => Ok(&mut growing.out),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Drop for FileSink {
    fn drop(&mut self) {
        if let Some(growing) = self.current.take() {
            // What is not whole need not be written out first.
            drop(growing.out.into_parts());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_takes_its_name_only_when_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "old").unwrap();
        let mut sink = FileSink::new(path.clone(), Layout::OneFile);
        sink.begin("export.jsonl")
            .unwrap()
            .write_all(b"new")
            .unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        drop(sink);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut sink = FileSink::new(path.clone(), Layout::OneFile);
        sink.begin("export.jsonl")
            .unwrap()
            .write_all(b"new")
            .unwrap();
        sink.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_takes_several_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut sink = FileSink::new(path.clone(), Layout::Folder);
        sink.begin("sub/a.ann").unwrap().write_all(b"a").unwrap();
        sink.begin("b.ann").unwrap().write_all(b"b").unwrap();
        sink.finish().unwrap();
        assert_eq!(fs::read_to_string(path.join("sub/a.ann")).unwrap(), "a");
        assert_eq!(fs::read_to_string(path.join("b.ann")).unwrap(), "b");
    }

    #[test]
    fn a_folder_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = FileSink::new(folder.path().to_owned(), Layout::OneFile);
        let Err(error) = sink.begin("export.jsonl") else {
            panic!("wrote over a folder");
        };
        assert!(
            error
                .to_string()
                .contains(&folder.path().display().to_string())
        );
    }
}
