//! Files of names that no annotator may have, and what may be there all the same: the work of an
//! annotator of that name, from before it was reserved.

use std::path::Path;

use super::FileProblem;
use crate::format::sidecar::{RecordedWork, recorded_work};
use crate::store::sidecar_file::{self, OtherSidecar, ReservedName, free_sidecar};
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

/// The curated tags of an article, which no annotator made but an adjudicator decided; `None` where there
/// are none. The work of an annotator of that name, from before it was reserved, is a problem.
pub(super) fn curated_sidecar(article: &ArticleFile) -> Option<Result<OtherSidecar, FileProblem>> {
    let name = ReservedName::Curated;
    let (_, path) = article.reserved.iter().find(|(found, _)| *found == name)?;
    curated_at(&article.path, path)
}

fn curated_at(article: &Path, path: &Path) -> Option<Result<OtherSidecar, FileProblem>> {
    let name = ReservedName::Curated;
    let loaded = match confine_beside(article, path).and_then(|()| sidecar_file::load(path)) {
        Ok(loaded) => loaded?,
        Err(error) => return Some(Err(FileProblem::unreadable(&error))),
    };
    let RecordedWork {
        annotator,
        is_empty,
        has_people: _,
    } = recorded_work(&loaded.bytes);
    // What was decided was undone.
    if is_empty {
        return None;
    }
    if annotator.as_deref() == Some(name.as_str()) {
        return Some(Err(rename_problem(article, name)));
    }
    let path = path.to_owned();
    Some(Ok(OtherSidecar { annotator, path }))
}

/// Why what is under `curated` cannot be used, where it cannot.
pub(super) fn curated_problem(article: &Path) -> Option<FileProblem> {
    curated_at(article, &ReservedName::Curated.path(article))?.err()
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
