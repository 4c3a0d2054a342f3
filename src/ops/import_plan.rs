//! Where each document goes and what prevents it. Of a document only the hashes of what is written are
//! kept, however many there are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::import_names::{Hash, ImportName, ImportNames};
use super::import_stage::Stage;
use super::problem_list::ProblemList;
use super::{FileProblem, ImportReport};
use crate::format::{ImportedDocument, sidecar};
use crate::model::{Document, DocumentParts};
use crate::store::sidecar_file::{self, check_annotator, sidecar_path};
use crate::store::{EncodingHints, MAX_BYTES, ReadError, is_binary, not_a_file, read_source};
use crate::text::{Decoding, SourceText};

/// Takes documents one by one, looks at the disk and hands to a [`Stage`] what is not there yet.
pub(super) struct Plan<'a> {
    into: &'a Path,
    stage: Stage<'a>,
    /// Where documents came from.
    files: Vec<PathBuf>,
    articles: Vec<Article>,
    names: ImportNames,
    /// By the place of the article and the annotator.
    sidecars: BTreeMap<(usize, Option<SmolStr>), Sidecar>,
    /// What is wrong with documents, in their order.
    problems: ProblemList,
    /// Documents without a text.
    empty: ProblemList,
    /// What prevents articles on the disk, each with its place.
    on_disk: Vec<(usize, FileProblem)>,
    ignored: ProblemList,
    unchanged: usize,
    /// Whether something that is no file is where one would go.
    blocked: bool,
}

/// An article of the import.
struct Article {
    /// Its name below the folder, with `/`.
    name: Box<str>,
    /// What the file calls it, where that is not the name.
    id: Option<Box<str>>,
    /// Of the text.
    text: Hash,
    /// `None`: not looked at yet.
    disk: Option<Disk>,
}

impl Article {
    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }
}

/// Where a document was: which of the files, and the line.
#[derive(Clone, Copy)]
struct Origin {
    file: usize,
    line: usize,
}

/// What is in the place of an article.
enum Disk {
    /// Nothing: it is written.
    Free,
    /// The same text.
    Same(Box<Decoding>),
    /// What prevents the import.
    Taken,
}

struct Sidecar {
    /// Of what it says.
    hash: Hash,
    /// Whether it is written: it has something to say and is not there yet.
    written: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(into: &'a Path, stage: Stage<'a>) -> Self {
        Self {
            into,
            stage,
            files: Vec::new(),
            articles: Vec::new(),
            names: ImportNames::default(),
            sidecars: BTreeMap::new(),
            problems: ProblemList::default(),
            empty: ProblemList::default(),
            on_disk: Vec::new(),
            ignored: ProblemList::default(),
            unchanged: 0,
            blocked: false,
        }
    }

    /// Takes a document of a file.
    pub(super) fn take(&mut self, read: ImportedDocument, file: &Path) {
        if self.files.last().is_none_or(|last| last != file) {
            self.files.push(file.to_owned());
        }
        let from = Origin {
            file: self.files.len().saturating_sub(1),
            line: read.line,
        };
        if read.document.source().is_empty() {
            let message = "its text is empty, so it is left out";
            self.empty.push(self.problem(from, &read.id, message));
            return;
        }
        if let Err(message) = self.place(&read.id, from, read.document) {
            self.problems.push(self.problem(from, &read.id, &message));
            self.stage.give_up();
        }
    }

    fn problem(&self, from: Origin, id: &str, message: &str) -> FileProblem {
        let file = self.files.get(from.file);
        let message = format!("the document `{id}`: {message}");
        FileProblem {
            line: from.line,
            ..FileProblem::new(file.map_or(Path::new(""), PathBuf::as_path), message)
        }
    }

    fn place(&mut self, id: &str, from: Origin, document: Document) -> Result<(), String> {
        check(&document)?;
        let text: Hash = Sha256::digest(document.source().as_str().as_bytes()).into();
        let place = self.place_of(id, text, from);
        self.add_text(place, from, &document);
        self.add_sidecar(place, from, document)
    }

    /// The place of the article of a document in the list.
    fn place_of(&mut self, id: &str, text: Hash, from: Origin) -> usize {
        let next = self.articles.len();
        let is_of = |place: usize| {
            let article = self.articles.get(place);
            article.is_some_and(|article| article.text == text && article.id() == id)
        };
        let (name, taken) = match self.names.name(self.into, (id, text), next, is_of) {
            ImportName::Known(place) => return place,
            ImportName::New { name, taken } => (name, taken),
        };
        if let Some(taken) = taken {
            let message = format!("{taken}, so it is `{name}` here");
            self.ignored.push(self.problem(from, id, &message));
        }
        let name: Box<str> = name.into();
        self.articles.push(Article {
            id: (*name != *id).then(|| id.into()),
            name,
            text,
            disk: None,
        });
        next
    }

    /// Looks at the place of the article of a document and adds its text, the first time.
    fn add_text(&mut self, place: usize, from: Origin, document: &Document) {
        let Some(article) = self.articles.get_mut(place) else {
            return;
        };
        if article.disk.is_some() {
            return;
        }
        let source = document.source();
        let path = self.into.join(&*article.name);
        let sidecar = sidecar_path(&path, document.meta().annotator.as_deref());
        if let Some(what) = not_a_file(&path) {
            return self.is_blocked(place, from, &path, what);
        }
        match meet_article(&path, &sidecar, source) {
            Ok(None) => {
                article.disk = Some(Disk::Free);
                self.stage.add_text(&path, source);
            }
            Ok(Some(decoding)) => article.disk = Some(Disk::Same(Box::new(decoding))),
            Err(message) => self.cannot_write(place, from, &message),
        }
    }

    /// Notes what is in the way on the disk.
    fn cannot_write(&mut self, place: usize, from: Origin, message: &str) {
        if let Some(article) = self.articles.get_mut(place) {
            article.disk = Some(Disk::Taken);
        }
        let id = self.articles.get(place).map_or("", Article::id);
        self.on_disk.push((place, self.problem(from, id, message)));
        self.stage.give_up();
    }

    /// Notes what is in the place of a file and none itself.
    fn is_blocked(&mut self, place: usize, from: Origin, path: &Path, what: &str) {
        self.blocked = true;
        let path = path.display();
        let message = format!(
            "{path} is {what}, which an import neither follows nor replaces; remove it, or import \
             into another folder"
        );
        self.cannot_write(place, from, &message);
    }

    fn add_sidecar(
        &mut self,
        place: usize,
        from: Origin,
        mut document: Document,
    ) -> Result<(), String> {
        let Some(article) = self.articles.get(place) else {
            return Ok(());
        };
        let mut annotator = document.meta().annotator.clone();
        let hash = hash_of(&document);
        let mut key = (place, annotator.clone());
        let other = |known: &Sidecar| known.hash != hash;
        if self.sidecars.get(&key).is_some_and(other) {
            let Some(name) = annotator else {
                return Err(
                    "it is there twice with different tags, and neither time it names its \
                            annotator; name them with --as NAME"
                        .to_owned(),
                );
            };
            // Hashed under the name in the file, so that the same work twice is known.
            let numbered = (2_usize..).map(|n| SmolStr::from(format!("{name}-{n}")));
            let mut free = numbered.filter(|name| {
                let known = self.sidecars.get(&(place, Some(name.clone())));
                known.is_none_or(|known| known.hash == hash)
            });
            annotator = free.next();
            key = (place, annotator.clone());
            if let Some(other) = &annotator {
                let message = format!(
                    "it is there more than once with different tags by `{name}`; this time it is by \
                     `{other}` here"
                );
                self.ignored
                    .push(self.problem(from, article.id(), &message));
            }
            let mut parts = document.into_parts();
            parts.meta.annotator.clone_from(&annotator);
            document = parts.into();
        }
        if self.sidecars.contains_key(&key) {
            let same = "it is there twice, the same both times; it is imported once";
            self.ignored.push(self.problem(from, article.id(), same));
            return Ok(());
        }
        let path = self.into.join(&*article.name);
        let sidecar = sidecar_path(&path, annotator.as_deref());
        let text_is_new = match &article.disk {
            Some(Disk::Free) => true,
            Some(Disk::Same(decoding)) => {
                // The same text, perhaps in another encoding, which the sidecar records.
                document = in_encoding(document, **decoding);
                false
            }
            Some(Disk::Taken) | None => {
                let written = false;
                self.sidecars.insert(key, Sidecar { hash, written });
                return Ok(());
            }
        };
        if let Some(what) = not_a_file(&sidecar) {
            self.is_blocked(place, from, &sidecar, what);
            let written = false;
            self.sidecars.insert(key, Sidecar { hash, written });
            return Ok(());
        }
        let written = match meet_sidecar(&sidecar, &document) {
            Ok(true) => {
                self.unchanged += 1;
                false
            }
            Ok(false) => self
                .stage
                .add_sidecar(&path, &sidecar, &document, text_is_new),
            Err(message) => {
                self.cannot_write(place, from, &message);
                false
            }
        };
        self.sidecars.insert(key, Sidecar { hash, written });
        Ok(())
    }

    /// Reports what prevents the import. Gives what is written where nothing does.
    pub(super) fn finish(mut self, report: &mut ImportReport) -> Written<'a> {
        let mut order: Vec<(&Path, &Article, usize)> = self
            .articles
            .iter()
            .enumerate()
            .map(|(place, article)| (Path::new(&*article.name), article, place))
            .collect();
        order.sort_unstable_by_key(|(name, ..)| *name);
        let mut problems = std::mem::take(&mut self.problems);
        let rank = |place: usize| {
            self.articles
                .get(place)
                .map(|article| Path::new(&*article.name))
        };
        let mut on_disk = std::mem::take(&mut self.on_disk);
        on_disk.sort_by_key(|(place, _)| rank(*place));
        for (_, found) in on_disk {
            problems.push(found);
        }
        let files = order.iter().map(|(name, article, place)| {
            let path = self.into.join(name);
            let sidecars = self.sidecars.range((*place, None)..(place + 1, None));
            let written = sidecars.filter(|(_, sidecar)| sidecar.written);
            let sidecars = written.map(|((_, name), _)| sidecar_path(&path, name.as_deref()));
            let sidecars = sidecars.collect();
            let article = matches!(article.disk, Some(Disk::Free)).then_some(path);
            (article, sidecars)
        });
        let files = files.collect();
        let mut empty = std::mem::take(&mut self.empty).finish();
        if self.articles.is_empty() {
            report.problems.append(&mut empty);
        }
        report.skipped.append(&mut empty);
        report.problems.append(&mut problems.finish());
        report.ignored.append(&mut self.ignored.finish());
        report.unchanged += self.unchanged;
        report.blocked = self.blocked;
        Written {
            stage: self.stage,
            files,
        }
    }
}

/// What an import writes.
pub(super) struct Written<'a> {
    pub(super) stage: Stage<'a>,
    /// The articles in order of their paths; `None`: the text is there. Each with its sidecars.
    pub(super) files: Vec<(Option<PathBuf>, Vec<PathBuf>)>,
}

/// What is wrong with a document by itself.
fn check(document: &Document) -> Result<(), String> {
    let bytes = document.source().as_str().len();
    if u64::try_from(bytes).is_ok_and(|bytes| bytes > MAX_BYTES) {
        return Err(format!(
            "its text has {} MB, and articles of at most {} MB can be opened; divide it",
            bytes.div_ceil(1 << 20),
            MAX_BYTES >> 20
        ));
    }
    if is_binary(document.source()) {
        return Err("its text is full of control characters; remove it".to_owned());
    }
    if let Some(annotator) = &document.meta().annotator {
        check_annotator(annotator)
            .map_err(|error| format!("{error}; or name the annotator with --as NAME"))?;
    }
    Ok(())
}

/// What two documents on one text must share to be the same.
fn hash_of(document: &Document) -> Hash {
    let mut hash = Sha256::new();
    sidecar::write_in_parts(document, "", &mut |part| hash.update(part));
    hash.finalize().into()
}

fn in_encoding(document: Document, decoding: Decoding) -> Document {
    let text = document.source().as_str();
    match SourceText::decoded(text, decoding) {
        Ok(source) => Document::from(DocumentParts {
            source,
            ..document.into_parts()
        }),
        Err(_) => document,
    }
}

/// Compares an article with what is in its place: `None`: nothing is; else how the same text is
/// encoded there.
fn meet_article(
    path: &Path,
    sidecar: &Path,
    source: &SourceText,
) -> Result<Option<Decoding>, String> {
    let read = |sidecars: Vec<PathBuf>| {
        let hints = EncodingHints {
            named: None,
            sidecars,
        };
        match read_source(path, &hints) {
            Ok(there) => Ok(Some(there.source)),
            Err(ReadError::Missing { .. }) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    };
    let Some(there) = read(vec![sidecar.to_owned()])? else {
        return Ok(None);
    };
    if there == *source {
        return Ok(Some(*there.decoding()));
    }
    // Another sidecar may know the encoding.
    let others = sidecar_file::other_annotators(path, sidecar).into_iter();
    match read(others.map(|other| other.path).collect())? {
        Some(there) if there == *source => Ok(Some(*there.decoding())),
        _ => Err(format!(
            "{} exists with another text; import into another folder",
            path.display()
        )),
    }
}

/// Compares a document with the sidecar in its place; whether it is there, the same.
fn meet_sidecar(sidecar: &Path, document: &Document) -> Result<bool, String> {
    let Some(loaded) = sidecar_file::load(sidecar).map_err(|error| error.to_string())? else {
        return Ok(false);
    };
    let on_disk = sidecar::read_bytes(&loaded.bytes, document.source());
    if on_disk.as_ref().is_ok_and(|on_disk| on_disk.salvaged) {
        return Err(format!(
            "{} exists and is damaged; run `pullquote check --fix` on it, or import into another folder",
            sidecar.display()
        ));
    }
    let equal = on_disk.is_ok_and(|on_disk| {
        on_disk.set == *document.set()
            && on_disk.meta == *document.meta()
            && *document.unread() == on_disk.unread.into()
    });
    if equal {
        return Ok(true);
    }
    Err(format!(
        "{} exists with other contents, and imports do not merge; import with another --as NAME, or \
         into another folder",
        sidecar.display()
    ))
}
