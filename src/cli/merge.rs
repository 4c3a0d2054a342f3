use std::path::PathBuf;

use serde::Serialize;

use super::problem_json::{ProblemJson, problems_json};
use super::terminal::Terminal;
use super::{ExitStatus, Stop, complain};
use crate::ops::{MergeFilesRequest, merge_files};
use crate::text::wording::count_as;

/// Make one sidecar of two versions
///
/// Merges by record and field and writes the result over OURS; the facts of an article
/// (ARTICLE.meta.ron) fact by fact. Where both sides changed one field differently, ours holds and
/// theirs stands beside it until somebody decides in the window; each such place is printed as FILE:LINE:COLUMN: MESSAGE. Exit code 0: merged, 1: such places are left, 129:
/// could not run, nothing was written. Made to be a merge driver of git.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The version both come from; an empty file where there is none
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
    /// What to call the file in messages
    #[arg(long, value_name = "PATH")]
    name: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct MergeJson {
    written: String,
    clashes: Vec<ProblemJson>,
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
        })?;
    } else {
        for clash in &report.clashes {
            terminal.line(clash)?;
        }
        terminal.flush()?;
        if !report.clashes.is_empty() {
            terminal.say(count_as(
                report.clashes.len(),
                "conflict left",
                "conflicts left",
            ));
        }
    }
    Ok(if report.clashes.is_empty() {
        ExitStatus::Success
    } else {
        ExitStatus::ProblemsFound
    })
}
