//! Fixes that are certain to be right.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use smol_str::SmolStr;

use super::check::{with_sidecars, with_unfinished_import};
use super::reserved_files::curated_sidecar;
use super::{
    CheckError, CheckRequest, FileProblem, OpenRequest, Progress, SaveRequest, open_in, save_in,
};
use crate::format::sidecar::is_cut_short;
use crate::store::sidecar_file::OtherSidecar;
use crate::store::{
    ArticleFile, FinishedBatches, find_articles, finish_batches, fit_access, is_snapshot_kept,
    keep_snapshot, private_state_dir,
};
use crate::text::wording::{count, short_list};

/// What was fixed, and what was tried in vain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FixReport {
    /// What was fixed, in order.
    pub fixed: Vec<Fixed>,
    /// What could not be fixed, because it could not be written.
    pub failed: Vec<FileProblem>,
}

/// Something that was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The sidecar.
    pub path: PathBuf,
    /// The annotator; `None`: unnamed.
    pub annotator: Option<SmolStr>,
    /// What was done, in words.
    pub what: String,
}

/// Fixes what is certain: damaged sidecars are repaired, with every damaged line kept; if the
/// article has changed and every tag was found again, ranges are updated; a missing copy of the
/// annotated text is saved beside the article. A copy of each sidecar is kept first. What needs a
/// decision is left to a person.
///
/// # Errors
/// [`CheckError`] where a path is not there.
pub fn fix(
    request: &CheckRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<FixReport, CheckError> {
    fix_in(request, private_state_dir().as_deref(), progress)
}

/// [`fix`] with the folder that keeps copies of earlier versions.
///
/// # Errors
/// As [`fix`].
pub fn fix_in(
    request: &CheckRequest,
    state: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<FixReport, CheckError> {
    let mut report = FixReport::default();
    let mut found_articles = find_articles(&request.paths)?;
    let unfinished = with_unfinished_import(&request.paths, &found_articles);
    if !unfinished.is_empty() {
        for folder in &unfinished {
            match finish_batches(folder, SystemTime::now()) {
                Ok(finished) => report.fixed.push(Fixed {
                    path: folder.clone(),
                    annotator: None,
                    what: finished_words(&finished),
                }),
                Err(error) => {
                    let words = format!("not fixed: {error}");
                    report.failed.push(FileProblem::new(folder, words));
                }
            }
        }
        found_articles = find_articles(&request.paths)?;
    }
    let total = found_articles.articles.len();
    for (done, article) in found_articles.articles.iter().enumerate() {
        progress(Progress { done, total });
        let curated = curated_sidecar(article).and_then(Result::ok);
        let theirs = article.sidecars.iter().map(|file| (file, false));
        let all = theirs.chain(curated.iter().map(|file| (file, true)));
        for (sidecar, is_curated) in all {
            match fix_one(request, article, (sidecar, is_curated), state) {
                Ok(what) => report.fixed.extend(what.into_iter().map(|what| Fixed {
                    path: sidecar.path.clone(),
                    annotator: sidecar.annotator.clone(),
                    what,
                })),
                Err(reason) => report.failed.push(FileProblem {
                    annotator: sidecar.annotator.clone(),
                    ..FileProblem::new(&sidecar.path, format!("not fixed: {reason}"))
                }),
            }
        }
    }
    let folders: BTreeSet<&Path> = with_sidecars(&found_articles).collect();
    for (file, done) in folders.into_iter().flat_map(fit_access) {
        match done {
            Ok(()) => report.fixed.push(Fixed {
                path: file,
                annotator: None,
                what: "only those who may read the article may read this file now".to_owned(),
            }),
            Err(error) => {
                let words = format!("not fixed: {error}");
                report.failed.push(FileProblem::new(&file, words));
            }
        }
    }
    Ok(report)
}

/// What became of an import, or a step over several articles, that was cut short, in words.
#[must_use]
pub fn finished_words(finished: &FinishedBatches) -> String {
    let files = |n| count(n, "file");
    let mut words = match finished.placed {
        0 => "cleared away the temporary files of an import or a step that was cut short before it changed anything"
            .to_owned(),
        n => format!(
            "finished an import or a step that was cut short: {} written",
            files(n)
        ),
    };
    if let [first, ..] = &*finished.damaged {
        words = format!(
            "found an import or a step that was cut short and cannot be finished, because its files \
             are damaged or Pullquote writes no such files; do it again and delete {}",
            first.display()
        );
    }
    if !finished.conflicts.is_empty() {
        let taken = finished.conflicts.iter().map(|path| path.to_string_lossy());
        let names = short_list(taken, 10);
        words += &format!("; not written, because other files are there by now: {names}");
    }
    words
}

/// What was done to one sidecar, which may be the curated one, or why it could not be. What cannot be opened is
/// reported by the check that follows.
fn fix_one(
    request: &CheckRequest,
    article: &ArticleFile,
    (sidecar, curated): (&OtherSidecar, bool),
    state: Option<&Path>,
) -> Result<Vec<String>, String> {
    let request = OpenRequest {
        article: article.path.clone(),
        annotator: sidecar.annotator.clone(),
        encoding: request.encoding,
        curated,
    };
    let Ok(opened) = open_in(&request, state) else {
        return Ok(Vec::new());
    };
    let open = opened.start();
    let document = open.document();
    if opened.read_only.is_some() || document.source().decoding().is_doubtful() {
        return Ok(Vec::new());
    }
    let follows = opened.reanchor.as_ref().map(|followed| &followed.report);
    let follows = follows.filter(|report| !report.is_same_text());
    if follows.is_some_and(|report| !report.by_snapshot || report.check + report.lost > 0) {
        return Ok(Vec::new());
    }
    let mut what = Vec::new();
    if opened.salvaged {
        let unread = document.unread().iter();
        let records = unread.filter(|record| !is_cut_short(record.raw()));
        what.push(match records.count() {
            _ if opened.misplaced => {
                "had records in the list of another kind; all are where they belong now".to_owned()
            }
            0 => "was damaged; every intact line is kept, but records may be missing".to_owned(),
            n => format!(
                "was damaged; repaired, with {} kept; others may be missing",
                count(n, "damaged record")
            ),
        });
    }
    if let Some(report) = follows {
        what.push(format!(
            "the article had changed; {} tags stayed, {} moved with their text",
            report.same, report.moved
        ));
    }
    if !what.is_empty() {
        let save = SaveRequest {
            document: document.clone(),
            files: opened.files.clone(),
            backup_first: true,
            replace: false,
        };
        let saved = save_in(&save, state).map_err(|error| error.to_string())?;
        what.extend(
            saved
                .copy
                .map(|copy| format!("the file as it was is kept as {}", copy.display())),
        );
        if let Some(reason) = saved.text_not_kept {
            return Err(reason);
        }
        return Ok(what);
    }
    let path = &article.path;
    let kept = is_snapshot_kept(path, document.source());
    if !opened.source_changed && opened.reanchor.is_none() && !kept {
        keep_snapshot(path, document.source()).map_err(|error| error.to_string())?;
        what.push("saved the annotated text in .pullquote/text".to_owned());
    }
    Ok(what)
}
