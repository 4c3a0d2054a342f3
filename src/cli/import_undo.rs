//! Taking the last import into a folder back.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Serialize;

use super::terminal::Terminal;
use super::{ExitStatus, Stop};
use crate::ops::{last_import, look_at_import, take_back_import};
use crate::store::private_state_dir;
use crate::text::wording::count;

#[derive(Serialize)]
struct UndoneJson {
    /// The import.
    import: String,
    /// When it was (RFC 3339).
    at: String,
    undone: bool,
    removed: Vec<String>,
    restored: Vec<String>,
}

pub(super) fn undo_import(
    into: &Path,
    annotator: Option<&str>,
    (dry_run, json): (bool, bool),
    terminal: &mut Terminal,
) -> Result<ExitStatus, Stop> {
    let Some(state) = private_state_dir() else {
        let words = "there is no folder for what undoes imports; set HOME";
        return Err(Stop::Words(words.to_owned()));
    };
    let Some(mut import) = last_import(into, &state) else {
        let words =
            "no import into this folder is left to undo; name the folder that was given to --into";
        return Err(Stop::Words(format!("{}: {words}", into.display())));
    };
    let taken = match dry_run {
        true => look_at_import(&import, into, annotator),
        false => take_back_import(&mut import, into, annotator),
    };
    let taken = taken.map_err(Stop::new)?;
    let (label, at) = (import.label(), import.at());
    if json {
        let shown = |paths: &[PathBuf]| paths.iter().map(|p| p.display().to_string()).collect();
        terminal.json(&UndoneJson {
            import: label.to_owned(),
            at: at.to_string(),
            undone: !dry_run,
            removed: shown(&taken.removed),
            restored: shown(&taken.restored),
        })?;
        return Ok(ExitStatus::Success);
    }
    if dry_run {
        for (files, what) in [
            (&taken.removed, "would be removed"),
            (&taken.restored, "would be as before"),
        ] {
            for file in files {
                terminal.line(format_args!("{}: {what}", file.display()))?;
            }
        }
        terminal.flush()?;
    }
    let done = if dry_run { "would undo" } else { "undone" };
    let when = TimeZone::system()
        .to_datetime(at)
        .strftime("%Y-%m-%d %H:%M")
        .to_string();
    let removed = count(taken.removed.len(), "file");
    let restored = match taken.restored.len() {
        0 => String::new(),
        n => format!(", {} as before", count(n, "file")),
    };
    terminal.say(format_args!(
        "{done}: {label} ({when}): {removed} removed{restored}"
    ));
    Ok(ExitStatus::Success)
}
