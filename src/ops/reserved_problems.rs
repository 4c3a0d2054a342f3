//! What of the files beside an article that belong to no annotator is left out of an export.

use super::reserved_files::curated_problem;
use super::{FileProblem, LoadedFacts, load_facts};
use crate::model::ArticleFacts;
use crate::store::ArticleFile;
use crate::store::sidecar_file::ReservedName;

/// Reports what of the files of reserved names is left out: sidecars, which have no annotator there, and
/// facts that cannot be read.
pub(super) fn reserved_problems(article: &ArticleFile) -> Vec<FileProblem> {
    let problems = article.reserved.iter().filter_map(|(name, _)| match name {
        ReservedName::Meta => left_out_facts(&load_facts(&article.path)),
        ReservedName::Curated => curated_problem(&article.path),
    });
    problems.collect()
}

/// Why the facts of an article are left out, where they are.
pub(super) fn left_out_facts(loaded: &LoadedFacts) -> Option<FileProblem> {
    let left_out = loaded.read_only.is_some() && loaded.facts == ArticleFacts::default();
    loaded.problems.first().filter(|_| left_out).cloned()
}
