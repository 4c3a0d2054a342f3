use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::{
    OpenRequest, Recoverable, SaveRequest, find_all_recoverable, open_in, recover_into, save_in,
};
use crate::store::{ReadError, find_articles, is_one_of, private_state_dir, put_away_journal};

/// Whose unsaved work, and what to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecoverRequest {
    /// Articles and folders of articles; none: all that are known.
    pub paths: Vec<PathBuf>,
    /// Whether to take the work up and save it.
    pub write: bool,
}

/// Unsaved work on one article, and the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// The article.
    pub article: PathBuf,
    /// Whose sidecar; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// The words of the steps.
    pub steps: Vec<String>,
    /// Whether they are in the sidecar now.
    pub saved: bool,
    /// Why they are not, where that was wanted.
    pub problem: Option<String>,
    /// What cannot be restored or may be missing all the same, a line each.
    pub missing: Vec<String>,
}

/// Finds unsaved work, and restores it on request. What cannot be restored stays as it is.
///
/// # Errors
/// [`ReadError`] where one of the paths is not there.
pub fn recover_unsaved(request: &RecoverRequest) -> Result<Vec<Unsaved>, ReadError> {
    recover_unsaved_in(request, private_state_dir().as_deref())
}

/// [`recover_unsaved`] with the folder that keeps the work.
///
/// # Errors
/// As [`recover_unsaved`].
pub fn recover_unsaved_in(
    request: &RecoverRequest,
    state: Option<&Path>,
) -> Result<Vec<Unsaved>, ReadError> {
    let articles = find_articles(&request.paths)?.articles;
    let Some(state) = state else {
        return Ok(Vec::new());
    };
    let asked_for =
        |found: &Recoverable| request.paths.is_empty() || is_one_of(&found.article, &articles);
    let all = find_all_recoverable(state).into_iter();
    let all = all.filter(asked_for);
    Ok(all.map(|found| taken(found, request, state)).collect())
}

fn taken(found: Recoverable, request: &RecoverRequest, state: &Path) -> Unsaved {
    let journal = found.journal.display();
    let mut unsaved = Unsaved {
        article: found.article.clone(),
        annotator: found.annotator.clone(),
        steps: found.labels.clone(),
        saved: false,
        problem: None,
        missing: Vec::new(),
    };
    match &found.damage {
        Some(damage) => {
            let words =
                format!("it cannot be restored: {damage}; you can read it as text in {journal}");
            unsaved.problem = Some(words);
        }
        None if request.write => match save_what_was_not(&found, state) {
            Ok(missing) => {
                unsaved.saved = true;
                unsaved.missing = missing;
            }
            Err(problem) => unsaved.problem = Some(problem),
        },
        None => {}
    }
    if let (false, None, Some(damage)) = (unsaved.saved, &found.damage, found.journal_damage) {
        let words = format!("{damage}; you can read it as text in {journal}");
        unsaved.missing.push(words);
    }
    unsaved
}

/// Saves unsaved work; returns what may be missing.
fn save_what_was_not(found: &Recoverable, state: &Path) -> Result<Vec<String>, String> {
    let request = OpenRequest {
        article: found.article.clone(),
        annotator: found.annotator.clone(),
        encoding: None,
        curated: found.is_curated(),
    };
    let opened = open_in(&request, Some(state)).map_err(|error| error.to_string())?;
    let mut open = opened.start();
    let steps = recover_into(found, &request, open.document(), Some(state));
    let replayed = open.replay_journal(steps.map_err(|error| error.to_string())?);
    if let Some(refusal) = replayed.stopped {
        return Err(refusal.to_string());
    }
    let save = SaveRequest {
        document: open.document().clone(),
        files: opened.files.clone(),
        backup_first: true,
        replace: false,
    };
    let saved = save_in(&save, Some(state)).map_err(|error| error.to_string())?;
    let mut missing = Vec::new();
    if let Some(copy) = saved.copy.filter(|_| opened.salvaged) {
        missing.push(format!(
            "the sidecar was damaged: every intact line is kept, but records may be missing; the file as \
             it was is kept as {}",
            copy.display()
        ));
    }
    missing.extend(saved.text_not_kept);
    let kept = put_away_journal(&found.journal).map_err(|error| error.to_string())?;
    if let Some((kept, damage)) = kept.zip(found.journal_damage) {
        missing.push(format!("{damage}; it is kept as {}", kept.display()));
    }
    Ok(missing)
}
