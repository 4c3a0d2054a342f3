mod json;
mod table;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use smol_str::SmolStr;

use super::progress::Bar;
use super::terminal::Terminal;
use super::times_args::TimesArgs;
use super::undecided::say_undecided;
use super::{ExitStatus, Stop, annotator};
use crate::ops::plots::{ReportTitle, WritePlotsError, plots, write_plots, write_report};
use crate::ops::{StatsReport, StatsRequest, TagsOf, stats};
use crate::store::canonical_path;
use crate::text::Encoding;
use crate::text::wording::{count, count_as};

/// Count what a folder holds: tags, people, outlets, dates, pace
///
/// Counts tags by label, attribute and length, and over outlets and dates (from ARTICLE.meta.ron); who is
/// quoted and mentioned, and who quotes or mentions whom; and the work of each annotator. Of articles with
/// curated tags these are counted alone; otherwise the work of each person counts, so that the same quote may
/// count for each. --annotator counts the tags of one person, --curated only curated ones, --everybody those of
/// everybody and no curated ones. Rejected tags and suggestions to review are counted apart. A person
/// is one over all articles by the identifier elsewhere, or else by the name. How long people worked is told of
/// yourself only, unless --times-of-all is given. --plots draws all of it, --report makes a page for people who do
/// not have the program. Exit code 1 if something could not be read.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Only tags by NAME; can be repeated
    #[arg(long = "annotator", visible_alias = "by", value_name = "NAME", value_parser = annotator)]
    annotators: Vec<SmolStr>,
    /// Only curated tags, so only of articles that have some
    #[arg(long, conflicts_with_all = ["annotators", "everybody"])]
    curated: bool,
    /// The tags of everybody, also of articles that have curated ones
    #[arg(long, conflicts_with = "annotators")]
    everybody: bool,
    #[command(flatten)]
    times: TimesArgs,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Write each plot to this folder as SVG and PNG, with its numbers as CSV
    #[arg(long, value_name = "FOLDER")]
    plots: Option<PathBuf>,
    /// Write all plots and numbers to this file, an HTML page that needs nothing else
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print all figures as JSON, with those of each article
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let times = args.times.of(terminal);
    let project = args
        .paths
        .first()
        .map_or_else(String::new, |path| project(path));
    let request = StatsRequest {
        paths: args.paths,
        tags: match (args.curated, args.everybody, args.annotators) {
            (true, ..) => TagsOf::Curated,
            (false, true, _) => TagsOf::Everybody,
            (false, false, names) if names.is_empty() => TagsOf::Settled,
            (false, false, names) => TagsOf::People(names),
        },
        times,
        encoding: args.encoding,
    };
    let bar = Bar::new();
    let report = stats(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    let mut written = Vec::new();
    if args.plots.is_some() || args.report.is_some() {
        let plots = plots(&report);
        if let Some(folder) = &args.plots {
            let files = write_plots(folder, &report, &plots);
            let files = files.map_err(|error| not_written(&error, &report, terminal))?;
            written.push(format!(
                "wrote {} to {}",
                count(files, "file"),
                folder.display()
            ));
        }
        if let Some(path) = &args.report {
            let today = Timestamp::now().to_zoned_datetime(TimeZone::system());
            let title = ReportTitle {
                project,
                made: today.strftime("%Y-%m-%d").to_string(),
            };
            write_report(path, &title, &report, &plots)
                .map_err(|error| not_written(&error, &report, terminal))?;
            written.push(format!("wrote {}", path.display()));
        }
    }
    if args.json {
        terminal.json(&json::report(&report))?;
    } else {
        for line in table::lines(&report) {
            terminal.line(line)?;
        }
        terminal.flush()?;
        say(&report, terminal);
    }
    written.iter().for_each(|words| terminal.say(words));
    Ok(match &report.problems[..] {
        [] => ExitStatus::Success,
        [_, ..] => ExitStatus::ProblemsFound,
    })
}

/// Why nothing was written, with what was read only in part.
fn not_written(error: &WritePlotsError, report: &StatsReport, terminal: &mut Terminal) -> Stop {
    for problem in &report.problems {
        terminal.say(problem);
    }
    Stop::new(error)
}

/// What a project is called: the name of its folder.
fn project(path: &Path) -> String {
    let path = canonical_path(path);
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// What was counted, in words.
fn say(report: &StatsReport, terminal: &mut Terminal) {
    for problem in &report.problems {
        terminal.say(problem);
    }
    say_undecided(&report.undecided, terminal);
    let more = |number: usize, one: &str, many: &str| match number {
        0 => String::new(),
        _ => format!("; {}", count_as(number, one, many)),
    };
    terminal.say(format_args!(
        "{}, {}; {}{}{}",
        count(report.articles.len(), "article"),
        count(report.documents, "document"),
        report.whose(),
        more(
            report.suggestions,
            "suggestion to review",
            "suggestions to review"
        ),
        more(report.rejected, "rejected tag", "rejected tags"),
    ));
}
