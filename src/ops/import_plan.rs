//! Where each document goes and what prevents it. Of a document only the hashes of what is written are
//! kept, however many there are.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::article_update::ArticleUpdate;
use super::facts_in_words::facts_in_words;
use super::import_article::{Disk, ImportedArticle};
use super::import_names::{Hash, ImportName, ImportNames};
use super::import_on_disk::{
    check, hash_of, hash_of_facts, holds_other, in_encoding, meet_article, meet_sidecar,
};
use super::import_sidecars::{ImportSidecars, Sidecar};
use super::import_stage::{Stage, WrittenFiles};
use super::known_articles::{KnownArticles, Met};
use super::problem_list::ProblemList;
use super::{
    ArticleFate, ArticleFound, FileProblem, FoundArticles, ImportReport, ImportRequest, load_facts,
};
use crate::format::ImportedDocument;
use crate::model::{ArticleFacts, Document};
use crate::store::sidecar_file::{facts_path, sidecar_path};
use crate::store::{FileFingerprint, not_a_file};

/// Takes documents one by one, looks at the disk and hands to a [`Stage`] what is not there yet.
pub(super) struct Plan<'a> {
    into: &'a Path,
    /// Whether newer versions of articles take the place of those that are there.
    update: bool,
    stage: Stage<'a>,
    /// Where documents came from.
    files: Vec<PathBuf>,
    articles: Vec<ImportedArticle>,
    names: ImportNames,
    sidecars: ImportSidecars,
    /// What is wrong with documents, in their order.
    problems: ProblemList,
    /// Documents without a text.
    empty: ProblemList,
    /// What prevents articles on the disk, each with its place.
    on_disk: Vec<(usize, FileProblem)>,
    ignored: ProblemList,
    skipped: ProblemList,
    /// The articles that were imported before; `None`: not looked at yet.
    known: Option<KnownArticles>,
    found: FoundArticles,
    unchanged: usize,
}

/// Where a document was: which of the files, and the line.
#[derive(Clone, Copy)]
struct Origin {
    file: usize,
    line: usize,
}

impl<'a> Plan<'a> {
    pub(super) fn new(request: &'a ImportRequest) -> Self {
        Self {
            into: &request.into,
            update: request.update,
            stage: Stage::new(request),
            files: Vec::new(),
            articles: Vec::new(),
            names: ImportNames::default(),
            sidecars: ImportSidecars::default(),
            problems: ProblemList::default(),
            empty: ProblemList::default(),
            on_disk: Vec::new(),
            ignored: ProblemList::default(),
            skipped: ProblemList::default(),
            known: None,
            found: FoundArticles::default(),
            unchanged: 0,
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
        if (read.article.as_ref()).is_some_and(|remarks| remarks.without_text) {
            let message = "it has no text, so it is left out";
            self.empty.push(self.problem(from, &read.id, message));
            let path = self.into.join(&read.id);
            self.note_found(from, &read, ArticleFate::NoText, path);
            return;
        }
        let placed = match read.article {
            Some(_) => self.place_article(from, &read),
            None => self
                .place(&read.id, from, read.document, &read.facts)
                .map(|_| ()),
        };
        if let Err(message) = placed {
            self.problems.push(self.problem(from, &read.id, &message));
            self.stage.give_up();
        }
    }

    /// Places an article of a file of articles, unless it is there.
    fn place_article(&mut self, from: Origin, read: &ImportedDocument) -> Result<(), String> {
        let remarks = read.article.iter();
        for doubt in remarks.flat_map(|remarks| &remarks.doubts) {
            self.ignored.push(self.problem(from, &read.id, doubt));
        }
        let known = match &mut self.known {
            Some(known) => known,
            none => none.insert(KnownArticles::of(self.into).map_err(|error| error.to_string())?),
        };
        match known.meet(&read.facts) {
            Met::New => {
                if let Some(doubt) = known.doubt(&self.into.join(&read.id)) {
                    return Err(doubt);
                }
                let document = read.document.clone();
                let known = self.articles.len();
                let place = self.place(&read.id, from, document, &read.facts)?;
                let Some(article) = self.articles.get(place) else {
                    return Ok(());
                };
                let fate = match article.disk {
                    Some(Disk::Free) if place >= known => ArticleFate::New,
                    Some(_) | None => ArticleFate::There,
                };
                let path = self.into.join(&*article.name);
                self.note_found(from, read, fate, path);
            }
            Met::Same(path) => {
                self.unchanged += 1;
                self.note_found(from, read, ArticleFate::There, path);
            }
            Met::Version(path) => {
                let fate = self.place_version(from, read, &path)?;
                self.note_found(from, read, fate, path);
            }
        }
        Ok(())
    }

    /// Puts another version of an article in the place of the one that is there, if that is wanted.
    fn place_version(
        &mut self,
        from: Origin,
        read: &ImportedDocument,
        path: &Path,
    ) -> Result<ArticleFate, String> {
        let update = ArticleUpdate::new(path, read.document.source(), &read.facts)?;
        if !update.has_new_text() {
            self.unchanged += 1;
            return Ok(ArticleFate::There);
        }
        let shown = path.display();
        if !self.update {
            let message = format!(
                "another version of it is there as {shown} and stays; choose to update (--update) to put \
                 the new text in its place, where tags find their words again"
            );
            self.skipped.push(self.problem(from, &read.id, &message));
            return Ok(ArticleFate::Newer);
        }
        let mut message = format!("its text takes the place of that in {shown}, which is kept");
        let changed = update.changed_facts();
        if !changed.is_empty() {
            message += &format!("; before, it had {}, which is noted", changed.join(", "));
        }
        self.ignored.push(self.problem(from, &read.id, &message));
        self.stage.update(&update);
        Ok(ArticleFate::Replaces)
    }

    fn note_found(
        &mut self,
        from: Origin,
        read: &ImportedDocument,
        fate: ArticleFate,
        path: PathBuf,
    ) {
        let file = self
            .files
            .get(from.file)
            .map_or(Path::new(""), PathBuf::as_path);
        let found = || ArticleFound::new(read, file, path, fate);
        self.found.add(read, fate, found);
    }

    /// Copies a file that articles were found in.
    pub(super) fn keep(&mut self, path: &Path, bytes: &[u8]) {
        self.stage.keep(path, bytes);
    }

    fn problem(&self, from: Origin, id: &str, message: &str) -> FileProblem {
        let file = self.files.get(from.file);
        let message = format!("the document `{id}`: {message}");
        FileProblem {
            line: from.line,
            ..FileProblem::new(file.map_or(Path::new(""), PathBuf::as_path), message)
        }
    }

    /// Places a document; gives the place of its article in the list.
    fn place(
        &mut self,
        id: &str,
        from: Origin,
        document: Document,
        facts: &ArticleFacts,
    ) -> Result<usize, String> {
        check(&document)?;
        let text: Hash = Sha256::digest(document.source().as_str().as_bytes()).into();
        let place = self.place_of(id, text, from, facts.imported_from.is_some());
        self.add_text(place, from, &document);
        self.add_facts(place, from, facts);
        self.add_sidecar(place, from, document)?;
        Ok(place)
    }

    /// The place of the article of a document in the list.
    fn place_of(&mut self, id: &str, text: Hash, from: Origin, numbered: bool) -> usize {
        let next = self.articles.len();
        let is_of = |place: usize| {
            let article = self.articles.get(place);
            article.is_some_and(|article| article.text == text && article.id() == id)
        };
        // Nobody has chosen the names of articles that are found: another article may have them.
        let into = self.into;
        let is_taken = |name: &str| numbered && holds_other(&into.join(name), text);
        let (name, taken) = match self.names.name(into, (id, text), next, is_of, is_taken) {
            ImportName::Known(place) => return place,
            ImportName::New { name, taken } => (name, taken),
        };
        if let Some(taken) = taken {
            let message = format!("{taken}, so it is `{name}` here");
            self.ignored.push(self.problem(from, id, &message));
        }
        let name: Box<str> = name.into();
        self.articles.push(ImportedArticle {
            id: (*name != *id).then(|| id.into()),
            name,
            text,
            disk: None,
            facts: None,
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

    /// Adds what is known about an article, the first time. Facts that are there stay.
    fn add_facts(&mut self, place: usize, from: Origin, facts: &ArticleFacts) {
        let Some(article) = self.articles.get_mut(place) else {
            return;
        };
        if facts.is_empty() || matches!(article.disk, Some(Disk::Taken) | None) {
            return;
        }
        let hash = hash_of_facts(facts);
        if let Some(known) = article.facts {
            if known != hash {
                let there = "it has the facts that were read first";
                let problem = self.other_facts(place, from, facts, there);
                self.skipped.push(problem);
            }
            return;
        }
        let path = self.into.join(&*article.name);
        let facts_path = facts_path(&path);
        if let Some(what) = not_a_file(&facts_path) {
            return self.is_blocked(place, from, &facts_path, what);
        }
        let there = load_facts(&path);
        if there.fingerprint == FileFingerprint::Absent {
            article.facts = Some(hash);
            self.stage.add_facts(&path, facts);
        } else if there.facts != *facts {
            let there = format!(
                "other facts are there in {}; they stay",
                facts_path.display()
            );
            let problem = self.other_facts(place, from, facts, &there);
            self.ignored.push(problem);
        }
    }

    fn other_facts(
        &self,
        place: usize,
        from: Origin,
        facts: &ArticleFacts,
        there: &str,
    ) -> FileProblem {
        let id = self.articles.get(place).map_or("", ImportedArticle::id);
        let words = facts_in_words(facts);
        self.problem(
            from,
            id,
            &format!("{there}, and these are left out: {words}"),
        )
    }

    /// Notes what is in the way on the disk.
    fn cannot_write(&mut self, place: usize, from: Origin, message: &str) {
        if let Some(article) = self.articles.get_mut(place) {
            article.disk = Some(Disk::Taken);
        }
        let id = self.articles.get(place).map_or("", ImportedArticle::id);
        self.on_disk.push((place, self.problem(from, id, message)));
        self.stage.give_up();
    }

    /// Notes what is in the place of a file and none itself.
    fn is_blocked(&mut self, place: usize, from: Origin, path: &Path, what: &str) {
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
        let other = |known: &Sidecar| known.hash != hash;
        let known = self.sidecars.get(place, annotator.as_ref());
        if known.is_some_and(other) {
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
                let known = self.sidecars.get(place, Some(name));
                known.is_none_or(|known| known.hash == hash)
            });
            annotator = free.next();
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
        if self.sidecars.get(place, annotator.as_ref()).is_some() {
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
                let sidecar = Sidecar { hash, written };
                self.sidecars.insert(place, annotator, sidecar);
                return Ok(());
            }
        };
        if let Some(what) = not_a_file(&sidecar) {
            self.is_blocked(place, from, &sidecar, what);
            let written = false;
            let sidecar = Sidecar { hash, written };
            self.sidecars.insert(place, annotator, sidecar);
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
        let sidecar = Sidecar { hash, written };
        self.sidecars.insert(place, annotator, sidecar);
        Ok(())
    }

    /// Reports what prevents the import. Gives what is written where nothing does.
    pub(super) fn finish(mut self, report: &mut ImportReport) -> Written<'a> {
        // Where nothing is written, nobody asks for it.
        let written = self.articles.iter().enumerate();
        let written = written.filter(|_| !self.stage.has_given_up());
        let mut order: Vec<(&Path, &ImportedArticle, usize)> = written
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
            let sidecars = self.sidecars.written(*place);
            let sidecars = sidecars.map(|name| sidecar_path(&path, name));
            WrittenFiles {
                sidecars: sidecars.collect(),
                facts: article.facts.is_some().then(|| facts_path(&path)),
                article: matches!(article.disk, Some(Disk::Free)).then_some(path),
            }
        });
        let files = files.collect();
        let mut empty = std::mem::take(&mut self.empty).finish();
        let mut found = self.found.iter();
        if self.articles.is_empty() && found.all(|found| found.fate == ArticleFate::NoText) {
            report.problems.append(&mut empty);
        }
        report.skipped.append(&mut empty);
        report.problems.append(&mut problems.finish());
        report.skipped.append(&mut self.skipped.finish());
        report.ignored.append(&mut self.ignored.finish());
        report.found = self.found;
        report.unchanged += self.unchanged;
        Written {
            stage: self.stage,
            files,
        }
    }
}

/// What an import writes.
pub(super) struct Written<'a> {
    pub(super) stage: Stage<'a>,
    /// In order of the paths of the articles.
    pub(super) files: Vec<WrittenFiles>,
}
