use std::path::PathBuf;

use serde::Serialize;

use super::terminal::Terminal;
use super::{ExitStatus, Stop};
use crate::ops::{RecoverRequest, recover_unsaved};
use crate::text::wording::count;

/// Show or restore unsaved work
///
/// Prints one article a line, with the steps that are not in its sidecar. Exit code 1 if there is
/// unsaved work, or some of it may be missing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles; all known ones by default
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Restore the work and save it; merge it if the sidecar has changed since
    #[arg(long)]
    write: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct FoundJson {
    path: String,
    annotator: String,
    steps: Vec<String>,
    saved: bool,
    problem: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let request = RecoverRequest {
        paths: args.paths,
        write: args.write,
    };
    let found = recover_unsaved(&request).map_err(Stop::new)?;
    let problems = found
        .iter()
        .any(|one| !one.saved || !one.missing.is_empty());
    if args.json {
        let rows: Vec<FoundJson> = found
            .into_iter()
            .map(|one| FoundJson {
                path: one.article.display().to_string(),
                annotator: one.annotator.as_deref().unwrap_or("").to_owned(),
                steps: one.steps,
                saved: one.saved,
                problem: one.problem.unwrap_or_default(),
                missing: one.missing,
            })
            .collect();
        terminal.json(&rows)?;
    } else {
        for one in &found {
            let path = one.article.display();
            let steps = count(one.steps.len(), "step");
            let labels = one.steps.join(", ");
            match (&one.problem, one.saved) {
                (Some(problem), _) => {
                    terminal.line(format_args!("{path}: {steps} kept: {problem}"))?
                }
                (None, true) => terminal.line(format_args!("{path}: {steps} saved: {labels}"))?,
                (None, false) => {
                    terminal.line(format_args!("{path}: {steps} waiting: {labels}"))?
                }
            }
            for missing in &one.missing {
                terminal.line(format_args!("{path}: {missing}"))?;
            }
        }
        terminal.flush()?;
        if found.is_empty() {
            terminal.say("no unsaved work");
        }
    }
    Ok(if problems {
        ExitStatus::ProblemsFound
    } else {
        ExitStatus::Success
    })
}
