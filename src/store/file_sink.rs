use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::access::Access;
use super::confine::confine_file;
use super::file_group::FileGroup;
use super::replacement::{Replacement, folder_of};
use super::{ArticleFile, WriteError, disk};
use crate::format::{DatasetCard, Layout, Sink};

/// Writes exports to disk as they come. All files take their names together, when they are complete, so
/// that an export that fails half-way leaves the one before it as it was.
pub struct FileSink {
    path: PathBuf,
    layout: Layout,
    current: Option<Growing>,
    /// Files that are continued, by name.
    open: BTreeMap<String, Growing>,
    begun: bool,
    replaces: bool,
    complete: FileGroup,
    /// Files that are never written over.
    spared: BTreeSet<PathBuf>,
    /// Those that are written.
    begun_files: BTreeSet<PathBuf>,
}

struct Growing {
    path: PathBuf,
    out: BufWriter<Replacement>,
}

impl FileSink {
    /// A sink for the file, or with [`Layout::Folder`] for files in the folder, `path`; both are
    /// made when there is something to write. With [`Layout::OneFile`] an existing folder, and a name
    /// that ends with `/`, mean a file in that folder. With [`Layout::FileEach`] a name with an ending means
    /// one file; any other name, one that ends with `/`, and an existing folder mean a folder.
    #[must_use]
    pub fn new(path: PathBuf, layout: Layout) -> Self {
        let layout = match layout {
            Layout::FileEach if path.is_dir() || names_a_folder(&path) => Layout::Folder,
            Layout::FileEach if path.extension().is_none() && !path.is_file() => Layout::Folder,
            Layout::OneFile if path.is_dir() || names_a_folder(&path) => Layout::Folder,
            layout => layout,
        };
        Self {
            path,
            layout,
            current: None,
            open: BTreeMap::new(),
            begun: false,
            replaces: false,
            complete: FileGroup::default(),
            spared: BTreeSet::new(),
            begun_files: BTreeSet::new(),
        }
    }

    /// Never writes over these articles and their sidecars.
    #[must_use]
    pub fn sparing(mut self, articles: &[ArticleFile]) -> Self {
        let sidecars = articles.iter().flat_map(|article| &article.sidecars);
        let paths = articles.iter().map(|article| &article.path);
        let paths = paths.chain(sidecars.map(|file| &file.path));
        self.spared = paths
            .filter_map(|path| fs::canonicalize(path).ok())
            .collect();
        self
    }

    /// Whether one of the files so far takes the place of one that holds something.
    #[must_use]
    pub fn replaces(&self) -> bool {
        self.replaces
    }

    /// Puts the files in their places.
    ///
    /// # Errors
    /// [`WriteError`] where the system refuses; then what was there is as it was, unless the error says
    /// otherwise.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let open = std::mem::take(&mut self.open).into_values();
        for growing in self.current.take().into_iter().chain(open) {
            self.complete(growing)?;
        }
        std::mem::take(&mut self.complete).place(self.syncs())
    }

    /// To wait for the disk a thousand times takes longer than all the rest.
    fn syncs(&self) -> bool {
        self.layout != Layout::Folder
    }

    fn complete(&mut self, Growing { path, out }: Growing) -> Result<(), WriteError> {
        match out.into_inner() {
            Ok(complete) => self.complete.add(complete, self.syncs()),
            Err(error) => {
                let (error, unwritten) = error.into_parts();
                // Do not write the rest again on drop.
                drop(unwritten.into_parts());
                Err(WriteError::failed(&path, error))
            }
        }
    }

    fn open(&mut self, path: PathBuf) -> Result<Growing, WriteError> {
        // A link stays a link: what it leads to is written.
        let target = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.spared.contains(&target) {
            let reason = "this file is being exported; name another folder";
            return Err(WriteError::failed(&path, io::Error::other(reason)));
        }
        if !self.begun_files.insert(path.clone()) {
            let reason = "two parts of this export have this name; export them one by one";
            return Err(WriteError::failed(&path, io::Error::other(reason)));
        }
        let folder = folder_of(&path);
        let mut make = |folder: &Path| {
            let made = self.complete.make_folder(folder);
            made.map_err(|error| WriteError::in_folder(&path, folder, error))
        };
        // The file that was asked for may be a link to anywhere. Beside it, or in a folder, somebody else
        // could have put one.
        let root = match self.layout {
            Layout::Folder => Some(self.path.as_path()),
            Layout::OneFile | Layout::FileEach => (path != self.path).then_some(folder),
        };
        if let Some(root) = root {
            make(root)?;
            let real = fs::canonicalize(root);
            let real = real.map_err(|error| WriteError::failed(root, error))?;
            confine_file(&real, &path)?;
            make(folder)?;
        }
        self.replaces |= fs::metadata(&path).is_ok_and(|there| there.len() > 0);
        Ok(Growing {
            out: BufWriter::new(Replacement::begin(&path, Access::Usual)?),
            path,
        })
    }

    fn next(&mut self, path: PathBuf) -> Result<&mut dyn Write, WriteError> {
        if let Some(growing) = self.current.take() {
            self.complete(growing)?;
        }
        let growing = self.open(path)?;
        Ok(&mut self.current.insert(growing).out)
    }
}

/// Whether there is a device, a pipe or the like of that name: it takes what comes and is never replaced.
#[must_use]
pub fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Opens a device or a pipe to be written to. Waits for a reader where it is a pipe.
///
/// # Errors
/// [`WriteError`] where the system refuses.
pub fn open_stream(path: &Path) -> Result<impl Write + use<>, WriteError> {
    let opened = disk::open_stream(path).map_err(|error| WriteError::failed(path, error))?;
    Ok(BufWriter::new(opened))
}

/// Writes to a device or a pipe, as [`open_stream`] does.
///
/// # Errors
/// [`WriteError`] where the system refuses.
pub fn write_stream(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut out = open_stream(path)?;
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|error| WriteError::failed(path, error))
}

fn names_a_folder(path: &Path) -> bool {
    path.as_os_str()
        .to_string_lossy()
        .ends_with(std::path::is_separator)
}

/// Whether there is no such file, or a dataset card an export has written.
fn is_card_or_absent(path: &Path) -> bool {
    match fs::read(path) {
        Ok(bytes) => {
            let mark = DatasetCard::MARK.as_bytes();
            bytes.windows(mark.len()).any(|window| window == mark)
        }
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

impl Sink for FileSink {
    fn create(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if self.layout == Layout::FileEach && self.begun {
            return Err(io::Error::other(format!(
                "{}: each document becomes a file; name a folder",
                self.path.display()
            )));
        }
        self.begun = true;
        let path = match self.layout {
            Layout::OneFile | Layout::FileEach => self.path.clone(),
            Layout::Folder => self.path.join(name),
        };
        self.next(path).map_err(io::Error::other)
    }

    /// Beside one file it is called after that, so that it writes over nothing else; only dataset
    /// cards keep their name, by which they are known, unless the file there is none of ours.
    fn create_beside(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let is_card = name == "README.md";
        let file_name = name.rsplit('/').next().unwrap_or(name);
        let beside = self.path.with_file_name(name);
        let path = match (self.layout, self.path.file_stem()) {
            (Layout::OneFile, _) if is_card && is_card_or_absent(&beside) => beside,
            (Layout::OneFile | Layout::FileEach, Some(stem)) => {
                let mut own = stem.to_owned();
                own.push(".");
                own.push(file_name);
                self.path.with_file_name(own)
            }
            (Layout::Folder | Layout::OneFile | Layout::FileEach, _) => {
                let inside = self.path.join(name);
                match is_card && !is_card_or_absent(&inside) {
                    true => self.path.join(format!("export.{file_name}")),
                    false => inside,
                }
            }
        };
        self.next(path).map_err(io::Error::other)
    }

    fn append(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if !self.open.contains_key(name) {
            let growing = self.open(self.path.join(name)).map_err(io::Error::other)?;
            self.open.insert(name.to_owned(), growing);
        }
        match self.open.get_mut(name) {
            Some(growing) => Ok(&mut growing.out),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Drop for FileSink {
    fn drop(&mut self) {
        let open = std::mem::take(&mut self.open).into_values();
        for growing in self.current.take().into_iter().chain(open) {
            // What is not whole need not be written out first.
            drop(growing.out.into_parts());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_its_name_only_when_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "old").unwrap();
        let mut sink = FileSink::new(path.clone(), Layout::OneFile);
        sink.create("export.jsonl")
            .unwrap()
            .write_all(b"new")
            .unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        drop(sink);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut sink = FileSink::new(path.clone(), Layout::OneFile);
        sink.create("export.jsonl")
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
        sink.create("sub/a.ann").unwrap().write_all(b"a").unwrap();
        sink.create("b.ann").unwrap().write_all(b"b").unwrap();
        sink.finish().unwrap();
        assert_eq!(fs::read_to_string(path.join("sub/a.ann")).unwrap(), "a");
        assert_eq!(fs::read_to_string(path.join("b.ann")).unwrap(), "b");
    }

    #[test]
    fn a_file_takes_one_document_and_a_folder_several() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let mut sink = FileSink::new(path.clone(), Layout::FileEach);
        sink.create("x.html").unwrap().write_all(b"x").unwrap();
        let Err(error) = sink.create("y.html") else {
            panic!("wrote two documents to a file");
        };
        assert!(error.to_string().contains("name a folder"), "{error}");
        sink.finish().unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), "x");
        for name in ["reports", "e.stam/"] {
            let path = folder.path().join(name);
            let mut sink = FileSink::new(path.clone(), Layout::FileEach);
            sink.create("x.html").unwrap().write_all(b"x").unwrap();
            sink.create("y.html").unwrap().write_all(b"y").unwrap();
            sink.finish().unwrap();
            assert_eq!(fs::read_to_string(path.join("y.html")).unwrap(), "y");
        }
    }

    #[test]
    fn files_that_are_gone_on_with_stay_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut sink = FileSink::new(path.clone(), Layout::Folder);
        for (name, bytes) in [("a", b"1"), ("b", b"2"), ("a", b"3")] {
            sink.append(name).unwrap().write_all(bytes).unwrap();
        }
        sink.finish().unwrap();
        assert_eq!(fs::read_to_string(path.join("a")).unwrap(), "13");
        assert_eq!(fs::read_to_string(path.join("b")).unwrap(), "2");
    }

    #[test]
    fn an_article_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "article").unwrap();
        let articles = crate::store::find_articles(&[folder.path().to_owned()])
            .unwrap()
            .articles;
        let mut sink = FileSink::new(folder.path().to_owned(), Layout::Folder).sparing(&articles);
        let Err(error) = sink.create("a.txt") else {
            panic!("wrote over an article");
        };
        assert!(error.to_string().contains("another folder"), "{error}");
    }

    #[test]
    fn a_file_of_the_same_export_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = FileSink::new(folder.path().to_owned(), Layout::Folder);
        sink.create("a.xml").unwrap().write_all(b"a").unwrap();
        sink.create("b.xml").unwrap();
        let Err(error) = sink.create("a.xml") else {
            panic!("wrote over a file of the export");
        };
        assert!(error.to_string().contains("one by one"), "{error}");
    }

    #[test]
    fn one_file_may_go_into_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_owned(), folder.path().join("new/")] {
            let mut sink = FileSink::new(path.clone(), Layout::OneFile);
            sink.create("export.jsonl")
                .unwrap()
                .write_all(b"x")
                .unwrap();
            sink.create_beside("README.md").unwrap();
            sink.finish().unwrap();
            assert_eq!(fs::read_to_string(path.join("export.jsonl")).unwrap(), "x");
            assert!(path.join("README.md").exists());
        }
    }

    #[test]
    fn a_card_is_a_readme_but_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let readme = folder.path().join("README.md");
        let write = || {
            let mut sink = FileSink::new(folder.path().join("x.jsonl"), Layout::OneFile);
            sink.create("export.jsonl").unwrap();
            let card = sink.create_beside("README.md").unwrap();
            card.write_all(DatasetCard::MARK.as_bytes()).unwrap();
            sink.finish().unwrap();
        };
        write();
        write();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        fs::write(&readme, "ours").unwrap();
        write();
        assert_eq!(fs::read_to_string(&readme).unwrap(), "ours");
        assert!(folder.path().join("x.README.md").exists());
    }
}
