//! Files of names that no annotator may have, and what may be there all the same: the work of an
//! annotator of that name, from before it was reserved.

use std::path::Path;

use super::FileProblem;
use crate::format::sidecar::recorded_annotator;
use crate::store::sidecar_file::{self, ReservedName, free_sidecar};
use crate::store::{ArticleFile, confine_beside};

/// Reports copies that sync services and version control left.
pub(super) fn copy_problems(article: &ArticleFile) -> Vec<FileProblem> {
    let mut problems = Vec::new();
    for copy in &article.copies {
        let words = format!(
            "a conflict copy ({}) of a sidecar; open the article to merge it, or delete it",
            copy.kind
        );
        problems.push(FileProblem::new(&copy.path, words));
    }
    for (name, copy) in &article.reserved_copies {
        let original = name.path(&article.path);
        let words = format!(
            "a conflict copy ({}) of {}; merge it with `pullquote merge EMPTY {} COPY`, where EMPTY is \
             an empty file, or delete it",
            copy.kind,
            name.purpose(),
            original.file_name().unwrap_or_default().display()
        );
        problems.push(FileProblem::new(&copy.path, words));
    }
    problems
}

/// The work of an annotator called `curated`, from before the name was reserved.
pub(super) fn misnamed_problem(article: &ArticleFile) -> Option<FileProblem> {
    let name = ReservedName::Curated;
    let (_, path) = article.reserved.iter().find(|(found, _)| *found == name)?;
    let loaded = sidecar_file::load(path).ok().flatten()?;
    let annotator = recorded_annotator(&loaded.bytes);
    let is_named = annotator.is_some_and(|annotator| annotator == name.as_str());
    is_named.then(|| rename_problem(&article.path, name))
}

/// What is under `curated`; `None` where there is nothing.
pub(super) fn curated_problem(article: &Path) -> Option<FileProblem> {
    let name = ReservedName::Curated;
    let path = name.path(article);
    match confine_beside(article, &path).and_then(|()| sidecar_file::load(&path)) {
        Ok(None) => None,
        Ok(Some(loaded)) => {
            let annotator = recorded_annotator(&loaded.bytes);
            if annotator.is_none_or(|annotator| annotator == name.as_str()) {
                Some(rename_problem(article, name))
            } else {
                let words = "this version of Pullquote does not read what an adjudicator decided, so \
                             it is left out; update Pullquote to see it";
                Some(FileProblem::new(&path, words))
            }
        }
        Err(error) => Some(FileProblem::unreadable(&error)),
    }
}

/// The work of an annotator who has a reserved name.
pub(super) fn rename_problem(article: &Path, name: ReservedName) -> FileProblem {
    let (annotator, free) = free_sidecar(article, name);
    let words = format!(
        "the name `{}` is reserved for {}, and this is the work of an annotator of that name: it is \
         left out until you rename the file to {} and its `annotator` to \"{annotator}\"",
        name.as_str(),
        name.purpose(),
        free.file_name().unwrap_or_default().display(),
    );
    FileProblem::new(&name.path(article), words)
}
