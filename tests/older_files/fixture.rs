use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::support::TestCorpus;

/// Where the program ran that made the files.
const MADE_IN: &str = "/tmp/pullquote-0.1";

/// A file of a case, where it is kept.
pub(super) fn kept(case: &str, name: &str) -> PathBuf {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/0.1");
    all.join(case).join(name)
}

/// What a file of a case holds.
pub(super) fn kept_text(case: &str, name: &str) -> String {
    let path = kept(case, name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A case in a temporary folder, as if its files had been made there.
pub(super) fn unpacked(case: &str) -> TestCorpus {
    let corpus = TestCorpus::new();
    let moved = Moved::new(case, &corpus);
    for path in files_below(&kept(case, "corpus")) {
        let bytes = fs::read(kept(case, "corpus").join(&path)).unwrap();
        put(&corpus.path("").join(&path), &bytes);
    }
    for path in files_below(&kept(case, "state")) {
        let mut bytes = fs::read(kept(case, "state").join(&path)).unwrap();
        if path.extension().is_some_and(|ending| ending == "journal") {
            bytes = moved.journal(&bytes);
        }
        let name = moved.state_name(path.to_str().unwrap());
        put(&corpus.state().join(name), &bytes);
    }
    corpus
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The files below a folder, from there; none where it is missing.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// From where the files of a case were made to where they are now. The state folder names whole
/// paths, by a hash in names and in the first record of a journal.
struct Moved {
    from: String,
    to: PathBuf,
    names: Vec<String>,
}

impl Moved {
    fn new(case: &str, corpus: &TestCorpus) -> Self {
        let beside = files_below(&kept(case, "corpus")).into_iter();
        Self {
            from: format!("{MADE_IN}/{case}/corpus/"),
            to: fs::canonicalize(corpus.path("")).unwrap(),
            names: beside
                .map(|path| path.to_str().unwrap().to_owned())
                .collect(),
        }
    }

    fn state_name(&self, name: &str) -> String {
        self.names.iter().fold(name.to_owned(), |name, of| {
            let old = hexadecimal(format!("{}{of}", self.from).as_bytes());
            let new = hexadecimal(self.to.join(of).as_os_str().as_encoded_bytes());
            name.replace(&old, &new)
        })
    }

    /// `CHECKSUM LENGTH RECORD`, with the paths of the first record as they are now.
    fn journal(&self, bytes: &[u8]) -> Vec<u8> {
        let text = std::str::from_utf8(bytes).unwrap();
        let (first, rest) = text.split_once('\n').unwrap();
        let record = first.splitn(3, ' ').nth(2).unwrap();
        let to = self.to.join("").to_str().unwrap().replace('\\', "\\\\");
        let record = record.replace(&self.from, &to);
        let (sum, length) = (hexadecimal(record.as_bytes()), record.len());
        format!("{sum} {length} {record}\n{rest}").into_bytes()
    }
}

/// The first 16 digits of a SHA-256.
fn hexadecimal(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
