mod json;
mod table;

use std::path::PathBuf;

use smol_str::SmolStr;

use super::progress::Bar;
use super::terminal::Terminal;
use super::times_args::TimesArgs;
use super::{ExitStatus, Stop, annotator};
use crate::ops::{StatsReport, StatsRequest, stats};
use crate::text::Encoding;
use crate::text::wording::{count, count_as};

/// Count what a folder holds: tags, people, outlets, dates, pace
///
/// Counts tags by label, attribute and length, and over outlets and dates (from ARTICLE.meta.ron); who is
/// quoted and mentioned, and who quotes or mentions whom; and the work of each annotator. Of articles with
/// curated tags these are counted alone; otherwise the work of each person counts, so that the same quote may
/// count for each (--annotator names one). Rejected tags and suggestions to review are counted apart. A person
/// is one over all articles by the identifier elsewhere, or else by the name. How long people worked is told of
/// yourself only, unless --times-of-all is given. Exit code 1 if something could not be read.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Only tags by NAME; can be repeated
    #[arg(long = "annotator", visible_alias = "by", value_name = "NAME", value_parser = annotator)]
    annotators: Vec<SmolStr>,
    #[command(flatten)]
    times: TimesArgs,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Print all figures as JSON, with those of each article
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let times = args.times.of();
    let request = StatsRequest {
        paths: args.paths,
        annotators: args.annotators,
        times,
        encoding: args.encoding,
    };
    let bar = Bar::new();
    let report = stats(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if args.json {
        terminal.json(&json::report(&report))?;
    } else {
        for line in table::lines(&report) {
            terminal.line(line)?;
        }
        terminal.flush()?;
        say(&report, terminal);
    }
    Ok(match &report.problems[..] {
        [] => ExitStatus::Success,
        [_, ..] => ExitStatus::ProblemsFound,
    })
}

/// What was counted, in words.
fn say(report: &StatsReport, terminal: &mut Terminal) {
    for problem in &report.problems {
        terminal.say(problem);
    }
    let more = |number: usize, one: &str, many: &str| match number {
        0 => String::new(),
        _ => format!("; {}", count_as(number, one, many)),
    };
    terminal.say(format_args!(
        "{}, {}{}{}{}{}",
        count(report.articles.len(), "article"),
        count(report.documents, "document"),
        match report.curated {
            0 => String::new(),
            articles => format!("; of {} the curated tags alone", count(articles, "article")),
        },
        match report.several {
            0 => String::new(),
            articles => format!(
                "; of {} the work of several people, so that the same tag may count for each",
                count(articles, "article")
            ),
        },
        more(
            report.suggestions,
            "suggestion to review",
            "suggestions to review"
        ),
        more(report.rejected, "rejected tag", "rejected tags"),
    ));
}
