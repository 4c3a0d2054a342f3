use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pullquote::format::sidecar;
use pullquote::model::Document;
use pullquote::ops::{OpenRequest, open_in};
use pullquote::store::sidecar_file::sidecar_path;
use tempfile::TempDir;

use super::tagged;

/// A temporary folder of articles. The program runs in it with nothing of the caller's environment,
/// so that output names files the same way on every machine.
pub(crate) struct TestCorpus {
    folder: TempDir,
}

/// How a run ended. `Display` shows all of it, for inline snapshots.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => writeln!(f, "status {status}")?,
            None => writeln!(f, "ended by a signal")?,
        }
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}

impl TestCorpus {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        Self { folder }
    }

    /// The folder the program runs in.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("corpus").join(name)
    }

    /// A file with these bytes, with the folders it needs.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// An article in the notation of [`tagged`], with the sidecar of an annotator ("": unnamed).
    pub(crate) fn tagged(self, name: &str, annotator: &str, notation: &str) -> Self {
        let annotator = (!annotator.is_empty()).then_some(annotator);
        let mut parts = tagged(notation).into_parts();
        parts.meta.annotator = annotator.map(Into::into);
        let document = Document::from(parts);
        let text = document.source().as_str().to_owned();
        let path = self.path(name);
        let corpus = self.file(name, text);
        let sidecar = sidecar::write(&document, &path.file_name().unwrap().to_string_lossy());
        fs::write(sidecar_path(&path, annotator), sidecar).unwrap();
        corpus
    }

    /// What a file holds.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The sidecar of an annotator ("": unnamed) of an article.
    pub(crate) fn document(&self, name: &str, annotator: &str) -> Document {
        let request = OpenRequest {
            article: self.path(name),
            annotator: (!annotator.is_empty()).then(|| annotator.into()),
            ..OpenRequest::default()
        };
        open_in(&request, None).unwrap().document
    }

    /// All files below the folder, with their bytes.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let root = self.path("");
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().display().to_string();
                    files.push((name, fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    /// The names of all files below the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(name, _)| name).collect()
    }

    /// The program, to be run in the folder.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command
            .current_dir(self.path(""))
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PULLQUOTE_STATE_DIR", self.state());
        command
    }

    /// Where the program keeps what belongs to its user.
    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// Runs the program without input.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        self.run_with("", args)
    }

    /// Runs the program with this on its standard input.
    pub(crate) fn run_with<S: AsRef<OsStr>>(
        &self,
        input: impl AsRef<[u8]>,
        args: impl IntoIterator<Item = S>,
    ) -> Ran {
        let mut child = self
            .command()
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input closes it; that is its own affair.
        let _ = child.stdin.take().unwrap().write_all(input.as_ref());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// A file of this many bytes that takes no room on the disk.
pub(crate) fn sparse_file(path: &Path, bytes: u64) {
    fs::File::create(path).unwrap().set_len(bytes).unwrap();
}
