use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::{
    OpenRequest, Recoverable, SaveRequest, discard_recoverable, find_all_recoverable, open_in,
    recover_into, save_in,
};
use crate::store::{ReadError, find_articles, is_one_of, state_dir};

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
    /// Why they are not, where that was wanted; where they are, what may be missing all the same.
    pub problem: Option<String>,
}

/// Finds unsaved work, and restores it on request. What cannot be restored stays as it is.
///
/// # Errors
/// [`ReadError`] where one of the paths is not there.
pub fn recover_unsaved(request: &RecoverRequest) -> Result<Vec<Unsaved>, ReadError> {
    let articles = find_articles(&request.paths)?.articles;
    let Some(state) = state_dir() else {
        return Ok(Vec::new());
    };
    let asked_for =
        |found: &Recoverable| request.paths.is_empty() || is_one_of(&found.article, &articles);
    let all = find_all_recoverable(&state).into_iter();
    Ok(all
        .filter(asked_for)
        .map(|found| {
            let taken = match &found.damage {
                Some(damage) => Some(Err(format!(
                    "it cannot be restored: {damage}; you can read it as text in {}",
                    found.journal.display()
                ))),
                None => request.write.then(|| save_what_was_not(&found, &state)),
            };
            let saved = taken.as_ref().is_some_and(Result::is_ok);
            Unsaved {
                saved,
                problem: taken.and_then(|taken| taken.map_or_else(Some, |doubt| doubt)),
                article: found.article,
                annotator: found.annotator,
                steps: found.labels,
            }
        })
        .collect())
}

/// Saves unsaved work; returns what may be missing.
fn save_what_was_not(found: &Recoverable, state: &Path) -> Result<Option<String>, String> {
    let request = OpenRequest {
        article: found.article.clone(),
        annotator: found.annotator.clone(),
        encoding: None,
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
    discard_recoverable(found).map_err(|error| error.to_string())?;
    let copy = saved.copy.filter(|_| opened.salvaged);
    Ok(copy.map(|copy| {
        format!(
            "the sidecar was damaged: every intact line is kept, but records may be missing; the file as \
             it was is kept as {}",
            copy.display()
        )
    }))
}
