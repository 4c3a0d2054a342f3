use std::path::PathBuf;

use serde::Serialize;
use smol_str::SmolStr;

use super::args::annotator;
use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::{Terminal, count};
use super::{Status, Stop};
use crate::format::FormatError;
use crate::ops::{ExportError, ExportReport, ExportRequest, LeftOut, export};
use crate::text::Encoding;

/// Write tags in a format other programs read
///
/// Every sidecar of an article is a document of its own, so that everybody's work is there. Rejected
/// tags, suggestions nobody has decided on and articles nobody has begun are left out and counted.
/// What the format cannot carry is listed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The format; `pullquote formats` lists them
    #[arg(long = "to", value_name = "FORMAT")]
    format: String,
    /// Where to write; `-` or nothing: standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Only the work of NAME; may be given several times
    #[arg(long = "by", value_name = "NAME", value_parser = annotator)]
    annotators: Vec<SmolStr>,
    /// The encoding of articles that do not say it themselves, such as windows-1252; otherwise their
    /// sidecars are asked, then it is guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Leave nothing out
    #[arg(long)]
    all: bool,
    /// Exit with 1 where the format could not carry something
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON (on standard error where the export goes to standard output)
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ExportJson {
    documents: usize,
    tags: usize,
    links: usize,
    left_out: LeftOutJson,
    losses: Vec<LossJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct LeftOutJson {
    rejected: usize,
    undecided: usize,
    links: usize,
    untouched: usize,
}

#[derive(Serialize)]
struct LossJson {
    feature: &'static str,
    count: usize,
    documents: usize,
    first: String,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<Status, Stop> {
    let request = ExportRequest {
        paths: args.paths,
        format: args.format,
        output: args.output.filter(|path| path.as_os_str() != "-"),
        annotators: args.annotators,
        all: args.all,
        encoding: args.encoding,
    };
    let bar = Bar::new();
    let report =
        export(&request, terminal.out(), &mut |progress| bar.show(progress)).map_err(stop)?;
    drop(bar);
    terminal.flush()?;
    match (args.json, &request.output) {
        (false, _) => say(&report, terminal),
        (true, Some(_)) => terminal.json(&json(&report))?,
        (true, None) => {
            let line = serde_json::to_string(&json(&report)).map_err(Stop::new)?;
            terminal.say(line);
        }
    }
    let nothing_read = report.documents == 0 && report.left_out.untouched == 0;
    Ok(match (&report.problems[..], nothing_read) {
        ([_, ..], true) => Status::CouldNotRun,
        ([_, ..], false) => Status::Problems,
        ([], _) if args.strict && !report.losses.is_empty() => Status::Problems,
        ([], _) => Status::Fine,
    })
}

/// A reader that has gone away is no error.
fn stop(error: ExportError) -> Stop {
    match error {
        // A sink of files says itself what failed.
        ExportError::Format(FormatError::Write(error)) if error.get_ref().is_none() => error.into(),
        error => Stop::new(error),
    }
}

fn say(report: &ExportReport, terminal: &mut Terminal) {
    for problem in &report.problems {
        terminal.say(problem);
    }
    for loss in &report.losses {
        terminal.say(loss);
    }
    let LeftOut {
        rejected,
        undecided,
        links,
        untouched,
    } = report.left_out;
    let parts: Vec<String> = [
        (rejected, "rejected tag", "rejected tags"),
        (undecided, "undecided suggestion", "undecided suggestions"),
        (links, "link from or to them", "links from or to them"),
        (
            untouched,
            "article nobody has begun",
            "articles nobody has begun",
        ),
    ]
    .into_iter()
    .filter(|&(n, _, _)| n > 0)
    .map(|(n, one, many)| count(n, one, many))
    .collect();
    if !parts.is_empty() {
        terminal.say(format_args!(
            "left out: {}; --all writes them, too",
            parts.join(", ")
        ));
    }
    terminal.say(format_args!(
        "exported {}, {}, {}",
        count(report.documents, "document", "documents"),
        count(report.tags, "tag", "tags"),
        count(report.links, "link", "links"),
    ));
}

fn json(report: &ExportReport) -> ExportJson {
    let left_out = report.left_out;
    ExportJson {
        documents: report.documents,
        tags: report.tags,
        links: report.links,
        left_out: LeftOutJson {
            rejected: left_out.rejected,
            undecided: left_out.undecided,
            links: left_out.links,
            untouched: left_out.untouched,
        },
        losses: report
            .losses
            .iter()
            .map(|loss| LossJson {
                feature: loss.feature.word(),
                count: loss.count,
                documents: loss.documents,
                first: loss.first.clone(),
            })
            .collect(),
        problems: problems_json(&report.problems),
    }
}
