use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::DirEntry;

use super::confine::leads_out;
use super::conflict_copies::{CopyFile, CopyKind, copied};
use super::corpus::{NotOpened, is_article, list_articles, walk};
use super::project_folder::{find_schema, read_schema_text};
use super::read_error::{ReadError, from_io};
use super::read_source::EncodingHints;
use super::sidecar_file::OtherSidecar;
use super::sidecar_name::{Owner, PossibleArticles, ReservedName, possible_articles, sidecar_path};
use crate::format::schema_file::read_schema;
use crate::model::FormerLabels;
use crate::text::Encoding;

/// Articles with their sidecars, as found on disk; nothing of them is read yet.
#[derive(Debug, Clone, Default)]
pub struct FoundArticles {
    /// The articles, in the given order; in a folder in natural order. Each once.
    pub articles: Vec<ArticleFile>,
    /// Sidecars in the given folders without an article.
    pub orphans: Vec<PathBuf>,
    /// What of the given folders is not read: links that lead out of them, which count as articles only
    /// if named, and never as sidecars; and what the system refuses.
    pub not_opened: Vec<(PathBuf, NotOpened)>,
    /// Documents in the given folders that are no articles yet: they can be imported.
    pub documents: Vec<PathBuf>,
}

/// An article's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in exports: the path below the given folder, with `/`. Unique.
    pub name: String,
    /// Who has said something about it, the unnamed one first.
    pub sidecars: Vec<OtherSidecar>,
    /// Files of names that no annotator may have.
    pub reserved: Vec<(ReservedName, PathBuf)>,
    /// Copies of the sidecars that sync services and version control left.
    pub copies: Vec<CopyFile>,
    /// Such copies of the files of reserved names.
    pub reserved_copies: Vec<(ReservedName, CopyFile)>,
    /// Labels that were renamed in the project.
    pub former_labels: FormerLabels,
}

impl ArticleFile {
    /// The encoding given by a person, and the sidecars, which may record it.
    #[must_use]
    pub fn encoding_hints(&self, named: Option<Encoding>) -> EncodingHints {
        let sidecars = self.sidecars.iter().map(|file| &file.path);
        let reserved = self.reserved.iter().map(|(_, path)| path);
        EncodingHints {
            named,
            sidecars: sidecars.chain(reserved).cloned().collect(),
        }
    }

    fn attach(&mut self, owner: Owner, path: PathBuf) {
        match owner {
            Owner::Annotator(annotator) => self.sidecars.push(OtherSidecar { annotator, path }),
            Owner::Reserved(name) => self.reserved.push((name, path)),
        }
    }

    fn attach_copy(&mut self, owner: Owner, copy: CopyFile) {
        match owner {
            Owner::Annotator(_) => self.copies.push(copy),
            Owner::Reserved(name) => self.reserved_copies.push((name, copy)),
        }
    }
}

/// Finds the articles in `paths`, which are files or folders, and their sidecars. Reads each folder
/// once.
///
/// # Errors
/// [`ReadError`] where one of `paths` is not there or cannot be listed.
pub fn find_articles(paths: &[PathBuf]) -> Result<FoundArticles, ReadError> {
    let mut found_articles = FoundArticles::default();
    let mut known = BTreeSet::new();
    let mut folders = BTreeSet::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| from_io(path, error))?;
        let found = if metadata.is_dir() {
            add_folders(path, &mut folders);
            let listing = list_articles(path)?;
            for (path, why) in listing.not_opened {
                match why {
                    NotOpened::NotPlainText => found_articles.documents.push(path),
                    NotOpened::Outside
                    | NotOpened::LinkedFolder
                    | NotOpened::Records
                    | NotOpened::NotAFile
                    | NotOpened::Unreadable(_) => found_articles.not_opened.push((path, why)),
                }
            }
            listing.articles
        } else {
            vec![path.clone()]
        };
        for article in found {
            if known.insert(article.clone()) {
                let below = article.strip_prefix(path).ok();
                let below = below.filter(|below| !below.as_os_str().is_empty());
                let name = below.unwrap_or(article.file_name().unwrap_or_default().as_ref());
                found_articles.articles.push(ArticleFile {
                    name: with_slashes(name),
                    path: article,
                    sidecars: Vec::new(),
                    reserved: Vec::new(),
                    copies: Vec::new(),
                    reserved_copies: Vec::new(),
                    former_labels: FormerLabels::default(),
                });
            }
        }
    }
    found_articles
        .not_opened
        .retain(|(path, _)| !known.contains(path));
    make_names_unique(&mut found_articles.articles);
    attach_sidecars(&mut found_articles, &folders, paths)?;
    Ok(found_articles)
}

/// All folders from `root` on, hidden ones left out, links not followed.
fn add_folders(root: &Path, folders: &mut BTreeSet<PathBuf>) {
    let below = walk(root).flatten();
    folders.extend(
        below
            .filter(|entry| entry.file_type().is_dir())
            .map(DirEntry::into_path),
    );
    folders.insert(root.to_owned());
}

fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

/// Articles of one name below several of the paths get their whole path for a name, and a number
/// where even that is not enough.
fn make_names_unique(articles: &mut [ArticleFile]) {
    let mut count = BTreeMap::new();
    for article in articles.iter() {
        *count.entry(article.name.clone()).or_insert(0) += 1;
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    for article in articles {
        if count.get(&article.name).is_some_and(|&count| count > 1) {
            article.name = with_slashes(&article.path);
        }
        let plain = article.name.clone();
        let mut n = 2;
        while !used.insert(article.name.clone()) {
            article.name = format!("{plain} ({n})");
            n += 1;
        }
    }
}

/// Reads each folder that holds articles once. In `folders` sidecars without article are noted,
/// too. An article whose folder cannot be listed is an error, not an article without tags.
fn attach_sidecars(
    found_articles: &mut FoundArticles,
    folders: &BTreeSet<PathBuf>,
    paths: &[PathBuf],
) -> Result<(), ReadError> {
    let mut by_folder: BTreeMap<PathBuf, BTreeMap<OsString, usize>> = BTreeMap::new();
    for folder in folders {
        by_folder.entry(folder.clone()).or_default();
    }
    for (index, article) in found_articles.articles.iter().enumerate() {
        if let Some(name) = article.path.file_name() {
            let folder = article.path.parent().unwrap_or(Path::new(""));
            let names = by_folder.entry(folder.to_owned()).or_default();
            names.insert(name.to_owned(), index);
        }
    }
    for (folder, names) in by_folder {
        // An article that is named itself may be anywhere; its sidecars are in its folder.
        let root = paths.iter().find(|path| folder.starts_with(path));
        let root = root.unwrap_or(&folder);
        let mut files = match file_names(&folder) {
            Ok(files) => files,
            // No article is there that could have sidecars.
            Err(_) if names.is_empty() => continue,
            Err(error) => return Err(from_io(&folder, error)),
        };
        files.sort();
        for file in files {
            let path = folder.join(&file);
            let possible = possible_articles(&file);
            let own = possible.as_ref().and_then(|one| article_in(one, &names));
            if let Some((index, owner)) = own {
                if leads_out(&path, root) {
                    found_articles.not_opened.push((path, NotOpened::Outside));
                } else if let Some(article) = found_articles.articles.get_mut(index) {
                    article.attach(owner, path);
                }
                continue;
            }
            if let Some((index, owner, kind)) = copy_of(&file, &names) {
                if leads_out(&path, root) {
                    found_articles.not_opened.push((path, NotOpened::Outside));
                } else if let Some(article) = found_articles.articles.get_mut(index) {
                    article.attach_copy(owner, CopyFile { path, kind });
                }
                continue;
            }
            let Some(PossibleArticles { unnamed, named }) = possible else {
                continue;
            };
            let article = named.as_ref().map_or(&unnamed, |(name, _)| name);
            let named_like_one = is_article(Path::new(&unnamed)) || is_article(Path::new(article));
            let there = folder.join(&unnamed).exists() || folder.join(article).exists();
            if folders.contains(&folder) && named_like_one && !there {
                found_articles.orphans.push(path);
            }
        }
    }
    let mut former: BTreeMap<PathBuf, FormerLabels> = BTreeMap::new();
    for article in &mut found_articles.articles {
        article.sidecars.sort();
        let folder = article.path.parent().unwrap_or(Path::new("")).to_owned();
        let of_folder = former.entry(folder);
        let labels = of_folder.or_insert_with(|| former_labels(&article.path));
        article.former_labels = labels.clone();
    }
    Ok(())
}

/// The labels that were renamed in the project of an article. What is wrong with its schema is told elsewhere.
fn former_labels(article: &Path) -> FormerLabels {
    let text = find_schema(article).and_then(|schema| read_schema_text(&schema).ok());
    let contents = text.and_then(|text| read_schema(&text).ok());
    contents.map_or_else(FormerLabels::default, |contents| {
        contents.schema.former_labels()
    })
}

/// The article of the folder that a file belongs to by its name, and whose the file is.
fn article_in(
    possible: &PossibleArticles,
    names: &BTreeMap<OsString, usize>,
) -> Option<(usize, Owner)> {
    if let Some(index) = names.get(&possible.unnamed) {
        return Some((*index, Owner::Annotator(None)));
    }
    let (name, owner) = possible.named.as_ref()?;
    Some((*names.get(name)?, owner.clone()))
}

/// The article a file is a copy of a sidecar of, and whose.
fn copy_of(file: &OsStr, names: &BTreeMap<OsString, usize>) -> Option<(usize, Owner, CopyKind)> {
    copied(file).into_iter().find_map(|(sidecar, kind)| {
        let (index, owner) = article_in(&possible_articles(&sidecar)?, names)?;
        Some((index, owner, kind))
    })
}

fn file_names(folder: &Path) -> io::Result<Vec<OsString>> {
    let here = Path::new(".");
    let empty = folder.as_os_str().is_empty();
    let entries = fs::read_dir(if empty { here } else { folder })?;
    let names = entries.map(|entry| Ok(entry?.file_name()));
    let hidden = |name: &OsString| name.as_encoded_bytes().starts_with(b".");
    names
        .filter(|name| !name.as_ref().is_ok_and(hidden))
        .collect()
}

/// Whether writing to `path` would write over one of the articles or sidecars.
#[must_use]
pub fn is_one_of(path: &Path, articles: &[ArticleFile]) -> bool {
    let Ok(path) = fs::canonicalize(path) else {
        return false;
    };
    let same = |other: &Path| fs::canonicalize(other).is_ok_and(|other| other == path);
    articles.iter().any(|article| {
        same(&article.path)
            || same(&sidecar_path(&article.path, None))
            || article.sidecars.iter().any(|sidecar| same(&sidecar.path))
            || article.reserved.iter().any(|(_, path)| same(path))
    })
}

#[cfg(test)]
mod tests {
    use smol_str::SmolStr;

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn names(found_articles: &FoundArticles) -> Vec<(String, Vec<Option<SmolStr>>)> {
        let article = |a: &ArticleFile| {
            let who = a.sidecars.iter().map(|s| s.annotator.clone()).collect();
            (a.name.clone(), who)
        };
        found_articles.articles.iter().map(article).collect()
    }

    #[test]
    fn a_folder_gives_its_articles_with_their_sidecars() {
        let folder = folder(&[
            "b.txt",
            "b.txt.ron",
            "b.txt.maria.ron",
            "sub/a.md",
            "sub/a.md.tom.ron",
            "pullquote.ron",
            "gone.txt.ron",
            "gone.txt.tom.ron",
            "gone.txt.meta.ron",
            "b.txt.meta.ron",
            "b.txt.curated.ron",
            "b.txt.meta-HOST.ron",
            "b.txt.curated.ron.orig",
            "theme.ron",
            ".b.txt.1.tmp",
        ]);
        let found_articles = find_articles(&[folder.path().to_owned()]).unwrap();
        assert_eq!(
            names(&found_articles),
            [
                ("b.txt".to_owned(), vec![None, Some("maria".into())]),
                ("sub/a.md".to_owned(), vec![Some("tom".into())]),
            ]
        );
        let orphans: Vec<_> = found_articles
            .orphans
            .iter()
            .map(|p| p.file_name().unwrap())
            .collect();
        assert_eq!(
            orphans,
            ["gone.txt.meta.ron", "gone.txt.ron", "gone.txt.tom.ron"]
        );
        let article = &found_articles.articles[0];
        let reserved: Vec<_> = article.reserved.iter().map(|(name, _)| *name).collect();
        assert_eq!(reserved, [ReservedName::Curated, ReservedName::Meta]);
        let copies = article.reserved_copies.iter();
        let copies: Vec<_> = copies.map(|(name, copy)| (*name, copy.kind)).collect();
        assert_eq!(
            copies,
            [
                (ReservedName::Curated, CopyKind::VersionControl),
                (ReservedName::Meta, CopyKind::OneDrive),
            ]
        );
        assert_eq!(article.copies, []);
    }

    #[test]
    fn an_article_comes_once_and_two_of_one_name_are_told_apart() {
        let folder = folder(&["x/a.txt", "y/a.txt"]);
        let (x, y) = (folder.path().join("x"), folder.path().join("y"));
        let found_articles = find_articles(&[x.clone(), x.join("a.txt"), y.clone()]).unwrap();
        let expected = [
            with_slashes(&x.join("a.txt")),
            with_slashes(&y.join("a.txt")),
        ];
        let found: Vec<_> = names(&found_articles)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_missing_path_is_named() {
        let error = find_articles(&["/nowhere/at/all.txt".into()]).unwrap_err();
        assert!(error.to_string().starts_with("/nowhere/at/all.txt: "));
    }

    #[test]
    fn an_export_over_an_article_is_noticed() {
        let folder = folder(&["a.txt", "a.txt.ron"]);
        let articles = find_articles(&[folder.path().to_owned()]).unwrap().articles;
        assert!(is_one_of(&folder.path().join("./a.txt"), &articles));
        assert!(is_one_of(&folder.path().join("a.txt.ron"), &articles));
        assert!(!is_one_of(&folder.path().join("out.jsonl"), &articles));
    }
}
