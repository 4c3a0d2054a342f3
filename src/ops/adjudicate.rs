//! The work of several annotators on an article, beside its curated tags.

use std::path::PathBuf;

use super::{ColleagueWork, OpenRequest, colleague_work, open_in, tags_in_use};
use crate::compare::Comparison;
use crate::format::sidecar::record_hash;
use crate::model::{AnnotationSet, DocumentState};
use crate::text::Encoding;

/// Compares the work of all annotators who have begun; `curated` says what is decided. `None` where that are
/// fewer than two.
#[must_use]
pub fn compare_annotators(work: &[ColleagueWork], curated: &AnnotationSet) -> Option<Comparison> {
    let begun = |work: &&ColleagueWork| {
        work.document.meta().state != DocumentState::New || tags_in_use(&work.document) > 0
    };
    let annotators: Vec<_> = work
        .iter()
        .filter(begun)
        .map(|work| {
            let name = work.annotator.clone().unwrap_or_default();
            (name, work.document.clone())
        })
        .collect();
    let enough = annotators.len() > 1;
    enough.then(|| Comparison::new(annotators, record_hash).with_deleted(curated))
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
        let mut open = opened.start();
        let source = open.document().source();
        let work = colleague_work(article, &opened.files.sidecar, source, &opened.schema);
        let Some(comparison) = compare_annotators(&work, open.document().set()) else {
            return false;
        };
        open.adjudicate(comparison);
        open.adjudication()
            .is_some_and(|adjudication| adjudication.open_count() > 0)
    };
    articles.iter().find(waits).cloned()
}
