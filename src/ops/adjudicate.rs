//! The work of several annotators on an article, beside its curated tags.

use std::path::PathBuf;

use smol_str::SmolStr;

use super::read_sidecar::read_sidecar;
use super::{Adjudication, ColleagueWork, FileProblem, OpenRequest, Undecided, UndecidedArticle};
use super::{colleague_work, open_in, tags_in_use};
use crate::compare::{Comparison, all_decided};
use crate::format::sidecar::record_hash;
use crate::model::{AnnotationSet, Document, DocumentState};
use crate::store::ArticleFile;
use crate::text::{Encoding, SourceText};

/// Compares the work of all annotators who have begun; `curated` says what is decided. `None` where there are
/// fewer than two.
#[must_use]
pub fn compare_annotators(work: &[ColleagueWork], curated: &AnnotationSet) -> Option<Comparison> {
    let work = work.iter();
    let work = work.map(|work| (work.annotator.as_ref(), &work.document));
    compare_work(work, curated)
}

fn has_begun((_, document): &(Option<&SmolStr>, &Document)) -> bool {
    document.meta().state != DocumentState::New || tags_in_use(document) > 0
}

fn compare_work<'a>(
    work: impl Iterator<Item = (Option<&'a SmolStr>, &'a Document)>,
    curated: &AnnotationSet,
) -> Option<Comparison> {
    let annotators = work.filter(has_begun);
    let annotators: Vec<_> = annotators
        .map(|(name, document)| (name.cloned().unwrap_or_default(), document.clone()))
        .collect();
    let enough = annotators.len() > 1;
    enough.then(|| Comparison::new(annotators, record_hash).with_deleted(curated))
}

/// What is left to decide in curated tags, of the work of these annotators (`None`: unnamed).
pub(super) fn undecided<'a>(
    work: impl Iterator<Item = (Option<&'a SmolStr>, &'a Document)>,
    curated: &Document,
) -> Undecided {
    let begun: Vec<_> = work.filter(has_begun).collect();
    let names = begun.iter();
    let names = names.map(|(name, document)| (name.map_or("", SmolStr::as_str), *document));
    let named: Vec<(&str, &Document)> = names.collect();
    if begun.len() < 2 || all_decided(&named, curated.set(), record_hash) {
        return Undecided::default();
    }
    let comparison = compare_work(begun.into_iter(), curated.set());
    comparison.map_or_else(Undecided::default, |comparison| {
        Adjudication::new(comparison, curated.set()).undecided()
    })
}

/// The same for the work on an article as it is on disk; with what cannot be read of it and is not compared.
pub(super) fn undecided_in(
    article: &ArticleFile,
    source: &SourceText,
    curated: &Document,
) -> (Option<UndecidedArticle>, Vec<FileProblem>) {
    let (mut work, mut problems) = (Vec::new(), Vec::new());
    for file in &article.sidecars {
        match read_sidecar(source, file, &article.former_labels) {
            Ok(read) => {
                problems.extend(read.damage(file));
                work.push((file.annotator.as_ref(), read.document));
            }
            Err(problem) => problems.push(problem),
        }
    }
    let work = work.iter();
    let undecided = undecided(work.map(|(name, document)| (*name, document)), curated);
    (UndecidedArticle::new(&article.name, undecided), problems)
}

/// The first of these articles with something to adjudicate: open differences, or tags that all agree on and
/// that are not taken yet. What cannot be read is passed by.
#[must_use]
pub fn first_to_adjudicate(articles: &[PathBuf], encoding: Option<Encoding>) -> Option<PathBuf> {
    let waits = |article: &&PathBuf| {
        let request = OpenRequest {
            article: (*article).clone(),
            annotator: None,
            encoding,
            curated: true,
        };
        let Ok(opened) = open_in(&request, None) else {
            return false;
        };
        let open = opened.start();
        let source = open.document().source();
        let work = colleague_work(article, &opened.files.sidecar, source, &opened.schema);
        let Some(comparison) = compare_annotators(&work, open.document().set()) else {
            return false;
        };
        !Adjudication::new(comparison, open.document().set())
            .undecided()
            .is_empty()
    };
    articles.iter().find(waits).cloned()
}
