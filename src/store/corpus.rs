use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::natural_order::in_natural_order;
use super::project_folder::{find_schema, read_schema_text};
use super::read_error::ReadError;
use super::{WriteError, disk};
use crate::format::schema_file;

/// What an article's name ends in.
pub(super) const ARTICLE_EXTENSIONS: [&str; 3] = ["txt", "text", "md"];

/// Length of a file in bytes; 0 where there is none.
#[must_use]
pub fn file_len(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}

/// Whether there is a folder of that name.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is something of that name that is no folder.
#[must_use]
pub fn is_no_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_dir())
}

/// Removes a file.
///
/// # Errors
/// [`WriteError`] where the system refuses.
pub fn remove_file(path: &Path) -> Result<(), WriteError> {
    disk::remove(path).map_err(|error| WriteError::failed(path, error))
}

/// The one path of a file, by which it is known however it was named: absolute, its folder without
/// links. A file that is a link itself keeps its name.
#[must_use]
pub fn canonical_path(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().map(fs::canonicalize);
    match (folder, absolute.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

/// The one path of a folder: absolute, without links.
#[must_use]
pub fn canonical_folder(path: &Path) -> PathBuf {
    let inside = canonical_path(&path.join("x"));
    inside.parent().unwrap_or(path).to_owned()
}

/// Whether there is anything of that name.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// The articles of a folder, in natural order (`part 2` before `part 10`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderListing {
    /// Those in it and below.
    pub articles: Vec<PathBuf>,
    /// Files and folders that cannot be opened, each with the reason, in the same order.
    pub not_opened: Vec<(PathBuf, NotOpened)>,
    /// The folder and those below it.
    pub folders: Vec<PathBuf>,
}

impl FolderListing {
    /// Links to files that are elsewhere: opening the folder does not ask for those.
    pub fn outside(&self) -> impl Iterator<Item = &PathBuf> {
        let outside = |(_, why): &&(PathBuf, NotOpened)| *why == NotOpened::Outside;
        self.not_opened.iter().filter(outside).map(|(path, _)| path)
    }
}

/// Why a file of a folder is not among its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOpened {
    /// It is a document, but no plain text.
    NotPlainText,
    /// It is a table, or JSON, with an article in each row.
    Records,
    /// It is a link that leads out of the folder.
    Outside,
    /// It is a link to a folder elsewhere.
    LinkedFolder,
    /// It is a pipe, a device or a link to nothing.
    NotAFile,
    /// The system refuses, in its words.
    Unreadable(String),
}

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPlainText => f.write_str("no article yet; import it"),
            Self::Records => f.write_str("a table or JSON with articles; import it"),
            Self::Outside => f.write_str("a link that leads out of this folder"),
            Self::LinkedFolder => f.write_str("a link to a folder elsewhere; open that one itself"),
            Self::NotAFile => f.write_str("not a regular file, or a link to nothing"),
            Self::Unreadable(reason) => write!(f, "cannot be read: {reason}"),
        }
    }
}

/// What documents end in that somebody may take for articles.
const OTHER_DOCUMENTS: [&str; 12] = [
    "doc", "docx", "odt", "rtf", "pdf", "html", "htm", "xhtml", "mht", "mhtml", "epub", "pages",
];

/// The articles in a folder and below. Left out are hidden files and folders, links to folders,
/// guidelines that a `pullquote.ron` names, and files named README, guidelines and the like.
///
/// # Errors
/// [`ReadError`] where the folder itself cannot be read.
pub fn list_articles(folder: &Path) -> Result<FolderListing, ReadError> {
    let is_document = |path: &Path| ends_in(path, &OTHER_DOCUMENTS);
    let found = list(folder, |path| is_article(path) || is_document(path))?;
    let mut listing = FolderListing {
        folders: found.folders,
        ..FolderListing::default()
    };
    let mut not_opened = found.not_opened;
    for path in found.files {
        let outside = path.is_symlink() && !leads_into(&path, folder);
        if is_document(&path) {
            not_opened.push((path, NotOpened::NotPlainText));
        } else if outside {
            not_opened.push((path, NotOpened::Outside));
        } else if !is_about_the_folder(&path, &found.guidelines) {
            listing.articles.push(path);
        }
    }
    listing.not_opened = in_natural_order(not_opened, |(path, _)| path);
    Ok(listing)
}

/// Whether a file is about the folder and no article of it.
fn is_about_the_folder(path: &Path, guidelines: &[PathBuf]) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let first = stem.split(['.', '-', '_', ' ']).next().unwrap_or_default();
    first.eq_ignore_ascii_case("readme")
        || stem.eq_ignore_ascii_case("guidelines")
        || guidelines.iter().any(|named| named == path)
}

/// The guidelines that a schema file names.
fn guidelines_of(schema: &Path) -> Option<PathBuf> {
    let contents = schema_file::read_schema(&read_schema_text(schema).ok()?).ok()?;
    let name = contents.schema.guidelines;
    let folder = schema.parent()?;
    (!name.is_empty()).then(|| folder.join(name))
}

/// What a folder and those below hold of some kinds of files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilesFound {
    /// In natural order.
    pub files: Vec<PathBuf>,
    /// Those that are not opened, each with the reason.
    pub not_opened: Vec<(PathBuf, NotOpened)>,
}

/// The files in a folder and below whose names end in one of `extensions` (without the dot), in the
/// order and with the exceptions of [`list_articles`]; and what of them is not opened.
///
/// # Errors
/// [`ReadError`] where the folder itself cannot be read.
pub fn list_files(folder: &Path, extensions: &[&str]) -> Result<FilesFound, ReadError> {
    let found = list(folder, |path| ends_in(path, extensions))?;
    let mut not_opened = found.not_opened;
    let inside = |path: &PathBuf| !path.is_symlink() || leads_into(path, folder);
    let (files, outside): (Vec<_>, Vec<_>) = found.files.into_iter().partition(inside);
    not_opened.extend(outside.into_iter().map(|path| (path, NotOpened::Outside)));
    Ok(FilesFound { files, not_opened })
}

/// What a walk through a folder found.
struct Found {
    /// In natural order.
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    not_opened: Vec<(PathBuf, NotOpened)>,
    /// Files that schema files in the folder or above it name as guidelines.
    guidelines: Vec<PathBuf>,
}

fn list(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Found, ReadError> {
    // A walk takes a file for a folder of one entry.
    fs::read_dir(folder).map_err(|error| not_a_folder(folder.to_owned(), error))?;
    let mut found = Found {
        files: Vec::new(),
        folders: vec![folder.to_owned()],
        not_opened: Vec::new(),
        guidelines: Vec::new(),
    };
    let above = find_schema(&folder.join(schema_file::FILE_NAME));
    found
        .guidelines
        .extend(above.as_deref().and_then(guidelines_of));
    for entry in walk(folder) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => found.folders.push(entry.into_path()),
            Ok(entry) => {
                let path = entry.into_path();
                if path.ends_with(schema_file::FILE_NAME) {
                    found.guidelines.extend(guidelines_of(&path));
                }
                match path.metadata() {
                    Ok(there) if there.is_file() && wanted(&path) => found.files.push(path),
                    Ok(there) if there.is_dir() && !leads_into(&path, folder) => {
                        found.not_opened.push((path, NotOpened::LinkedFolder));
                    }
                    // What is linked within the folder is listed where it is.
                    Ok(there) if there.is_file() || there.is_dir() => {}
                    Ok(_) | Err(_) if wanted(&path) => {
                        found.not_opened.push((path, NotOpened::NotAFile));
                    }
                    Ok(_) | Err(_) => {}
                }
            }
            Err(error) => found.not_opened.push(unreadable(&error)),
        }
    }
    found.files = in_natural_order(found.files, |path| path);
    Ok(found)
}

/// Everything in a folder and below, but nothing hidden; links to folders are not followed.
pub(super) fn walk(folder: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let hidden = |entry: &DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
    WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .filter_entry(move |entry| entry.depth() == 0 || !hidden(entry))
}

fn unreadable(error: &walkdir::Error) -> (PathBuf, NotOpened) {
    let path = error.path().unwrap_or(Path::new("")).to_owned();
    let reason = match error.io_error() {
        Some(error) => error.to_string(),
        None => error.to_string(),
    };
    log::warn!("{}: skipped, cannot be read: {reason}", path.display());
    (path, NotOpened::Unreadable(reason))
}

/// Whether what a link leads to is in the folder or below it.
fn leads_into(link: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(link), fs::canonicalize(folder)) {
        (Ok(target), Ok(folder)) => target.starts_with(folder),
        _ => false,
    }
}

fn not_a_folder(path: PathBuf, error: std::io::Error) -> ReadError {
    match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing { path },
        _ => ReadError::Unreadable { path, error },
    }
}

/// Whether a file is an article by its name: `.txt`, `.text`, `.md`.
#[must_use]
pub fn is_article(path: &Path) -> bool {
    ends_in(path, &ARTICLE_EXTENSIONS)
}

fn ends_in(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        extensions
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make(folder: &Path, names: &[&str]) {
        for name in names {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"x").unwrap();
        }
    }

    fn listed(folder: &Path) -> Vec<String> {
        let articles = list_articles(folder).unwrap().articles;
        let name = |path: &PathBuf| {
            path.strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        articles.iter().map(name).collect()
    }

    #[test]
    fn articles_are_listed_as_people_count() {
        let folder = tempfile::tempdir().unwrap();
        make(
            folder.path(),
            &[
                "part 10.txt",
                "part 2.txt",
                "Part 1.md",
                "b/x.text",
                "b/x.txt.ron",
                "notes.pdf",
                ".hidden.txt",
                ".git/config.txt",
                "a.txt",
                "a.txt.maria.ron",
                "UPPER.TXT",
                "part 02.txt",
                "pullquote.ron",
                "b/.pullquote/text/1.txt",
                "99999999999999999999.txt",
                "100.txt",
            ],
        );
        assert_eq!(
            listed(folder.path()),
            [
                "100.txt",
                "99999999999999999999.txt",
                "a.txt",
                "b/x.text",
                "part 02.txt",
                "Part 1.md",
                "part 2.txt",
                "part 10.txt",
                "UPPER.TXT",
            ]
        );
    }

    #[test]
    fn what_is_about_the_folder_is_no_article_and_other_documents_are_told() {
        let folder = tempfile::tempdir().unwrap();
        make(
            folder.path(),
            &[
                "a.txt",
                "README.md",
                "sub/readme.txt",
                "sub/guide.md",
                "sub/b.txt",
                "c.docx",
                "d.PDF",
                "table.csv",
            ],
        );
        let schema = "(guidelines: \"guide.md\", labels: [(key: \"q\", name: \"Q\", letter: 'Q', color: Yellow)], roles: [], attributes: [])";
        fs::write(folder.path().join("sub/pullquote.ron"), schema).unwrap();
        assert_eq!(listed(folder.path()), ["a.txt", "sub/b.txt"]);
        assert_eq!(listed(&folder.path().join("sub")), ["b.txt"]);
        let listing = list_articles(folder.path()).unwrap();
        let plain = |name: &str| (folder.path().join(name), NotOpened::NotPlainText);
        assert_eq!(listing.not_opened, [plain("c.docx"), plain("d.PDF")]);
        let folders = [folder.path().to_owned(), folder.path().join("sub")];
        assert_eq!(listing.folders, folders);
    }

    #[test]
    fn a_folder_that_is_none_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let missing = list_articles(&folder.path().join("no")).unwrap_err();
        assert!(matches!(missing, ReadError::Missing { .. }), "{missing}");
        make(folder.path(), &["a.txt"]);
        assert!(list_articles(&folder.path().join("a.txt")).is_err());
        fs::create_dir(folder.path().join("empty")).unwrap();
        let empty = folder.path().join("empty");
        assert_eq!(
            list_articles(&empty).unwrap(),
            FolderListing {
                folders: vec![empty],
                ..FolderListing::default()
            }
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_end_and_odd_names_are_listed() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(".", folder.path().join("again")).unwrap();
        let odd = folder.path().join(OsStr::from_bytes(b"caf\xE9.txt"));
        fs::write(&odd, b"x").unwrap();
        // Links to articles are articles; links to nothing are not.
        std::os::unix::fs::symlink(&odd, folder.path().join("link.txt")).unwrap();
        std::os::unix::fs::symlink("nothing", folder.path().join("lost.txt")).unwrap();
        assert_eq!(
            list_articles(folder.path()).unwrap().articles,
            [odd, folder.path().join("link.txt")]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_elsewhere_is_none_of_the_articles() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), &["far/away.txt", "corpus/part/a.txt"]);
        let corpus = folder.path().join("corpus");
        let link = |target: &str, name: &str| {
            std::os::unix::fs::symlink(target, corpus.join(name)).unwrap();
        };
        link("part/a.txt", "near.txt");
        link("../far/away.txt", "out.txt");
        link("../corpus/part/a.txt", "around.txt");
        let listing = list_articles(&corpus).unwrap();
        assert!(listing.outside().eq([&corpus.join("out.txt")]));
        assert_eq!(
            listing.articles,
            ["around.txt", "near.txt", "part/a.txt"].map(|name| corpus.join(name))
        );
        // The folder itself may be a link.
        std::os::unix::fs::symlink(&corpus, folder.path().join("again")).unwrap();
        let again = list_articles(&folder.path().join("again")).unwrap();
        assert_eq!(again.articles.len(), 3);
    }
}
