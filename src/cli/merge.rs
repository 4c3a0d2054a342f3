use std::path::PathBuf;

use serde::Serialize;

use super::problem_json::{ProblemJson, problems_json};
use super::terminal::Terminal;
use super::{ExitStatus, Stop, complain};
use crate::ops::{MergeFilesRequest, merge_files, problem_count};
use crate::text::wording::count_as;

/// Merge two versions of a sidecar
///
/// Merges by record and field, the facts of an article (ARTICLE.meta.ron) fact by fact, and
/// overwrites OURS with the result. Where both sides changed the same field, OURS is used and THEIRS
/// is kept beside it until someone decides in the window. Prints each such conflict as
/// FILE:LINE:COLUMN: MESSAGE, and which version is damaged. Exit code 0: merged, 1: conflicts left or a
/// version is damaged, 129: could not run, nothing was written. Works as a git merge driver.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The common ancestor; an empty file if there is none
    #[arg(value_name = "BASE")]
    base: PathBuf,
    /// Our version
    #[arg(value_name = "OURS")]
    ours: PathBuf,
    /// Their version
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,
    /// Write here instead of over OURS
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The name of the file in messages
    #[arg(long, value_name = "PATH", allow_hyphen_values = true)]
    name: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct MergeJson {
    written: String,
    clashes: Vec<ProblemJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    damaged: Vec<ProblemJson>,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let request = MergeFilesRequest {
        base: args.base,
        ours: args.ours,
        theirs: args.theirs,
        output: args.output,
        name: args.name,
    };
    let report = match merge_files(&request) {
        Ok(report) => report,
        Err(error) => {
            complain(error);
            return Ok(ExitStatus::MergeFailure);
        }
    };
    if args.json {
        terminal.json(&MergeJson {
            written: report.written.display().to_string(),
            clashes: problems_json(&report.clashes),
            damaged: problems_json(&report.damaged),
        })?;
    } else {
        for problem in report.damaged.iter().chain(&report.clashes) {
            terminal.line(problem)?;
        }
        terminal.flush()?;
        if !report.clashes.is_empty() {
            terminal.say(count_as(
                problem_count(&report.clashes),
                "conflict left",
                "conflicts left",
            ));
        }
    }
    Ok(if report.clashes.is_empty() && report.damaged.is_empty() {
        ExitStatus::Success
    } else {
        ExitStatus::ProblemsFound
    })
}
