use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;

use serde::Serialize;
use smol_str::SmolStr;

use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::undecided::{UndecidedArticleJson, say_undecided, undecided_json};
use super::{ExitStatus, Stop, annotator};
use crate::format::{FormatError, TIMES};
use crate::model::{DocumentState, Review};
use crate::ops::{
    ExportError, ExportFilter, ExportReport, ExportRequest, export, name_and_value, preview_export,
    review_named, state_named,
};
use crate::text::Encoding;
use crate::text::wording::count;

/// Write tags in a format other programs read
///
/// Every sidecar is a document of its own, so everyone's work is included. Of articles with curated tags
/// (ARTICLE.curated.ron) these are taken alone, unless --annotator is given. Rejected tags,
/// suggestions to review and articles not started are left out and counted. What the format leaves
/// out is listed, and so are articles in whose curated tags differences are undecided: what is undecided is
/// not exported.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The format; `pullquote formats` lists them
    #[arg(long = "to", value_name = "FORMAT")]
    format: String,
    /// Where to write; standard output by default or with `-`
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Choose an option of the format, such as unit=utf16; `pullquote formats` lists them. Every
    /// format has split=80/10/10 and seed=NUMBER: training, validation and test data by article
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = name_and_value::<String>)]
    options: Vec<(String, String)>,
    /// Also export who worked on each article when, and how long; as --set times=yes
    #[arg(long)]
    times: bool,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Write nothing; show the beginning of the export and what it would leave out
    #[arg(long)]
    dry_run: bool,
    /// Exit with 1 if the format leaves something out, or differences in curated articles are undecided
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON (on standard error if the export goes to standard output)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filter: Filter,
}

/// What to export. Each option can be repeated.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What to export")]
struct Filter {
    /// Include everything
    #[arg(long)]
    all: bool,
    /// Only tags by NAME
    #[arg(long = "annotator", visible_alias = "by", value_name = "NAME", value_parser = annotator)]
    annotators: Vec<SmolStr>,
    /// Only tags with this label
    #[arg(long = "label", value_name = "LABEL")]
    labels: Vec<SmolStr>,
    /// Only tags whose attribute has this value
    #[arg(long = "attribute", value_name = "NAME=VALUE", value_parser = name_and_value::<SmolStr>)]
    attributes: Vec<(SmolStr, SmolStr)>,
    /// Only tags in this review state: unreviewed, accepted, rejected, unsure
    #[arg(long = "review", value_name = "STATE", value_parser = review_named)]
    reviews: Vec<Review>,
    /// Only mentions of a person and what links to them, by name, alias or id
    #[arg(long = "person", value_name = "NAME")]
    people: Vec<String>,
    /// Only articles in this state: new, in-progress, done
    #[arg(long = "state", value_name = "STATE", value_parser = state_named)]
    states: Vec<DocumentState>,
}

#[derive(Serialize)]
struct ExportJson {
    documents: usize,
    /// Articles of which the curated tags were taken alone.
    #[serde(skip_serializing_if = "is_none")]
    curated: usize,
    /// Those of them in which something is undecided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<UndecidedArticleJson>,
    tags: usize,
    links: usize,
    left_out: LeftOutJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<SplitJson>,
    losses: Vec<LossJson>,
    /// Nothing was written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    kept: bool,
    problems: Vec<ProblemJson>,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct SplitJson {
    seed: u64,
    documents: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct LeftOutJson {
    rejected: usize,
    undecided: usize,
    filtered: usize,
    links: usize,
    untouched: usize,
    documents: usize,
}

#[derive(Serialize)]
struct LossJson {
    feature: &'static str,
    count: usize,
    documents: usize,
    first: String,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let Filter {
        all,
        annotators,
        labels,
        attributes,
        reviews,
        people,
        states,
    } = args.filter;
    let mut options = args.options;
    if args.times {
        refuse_times(&args.format)?;
        options.push((TIMES.to_owned(), "yes".to_owned()));
    }
    let request = ExportRequest {
        paths: args.paths,
        format: args.format,
        output: args.output.filter(|path| path.as_os_str() != "-"),
        annotators,
        filter: ExportFilter {
            all,
            labels,
            attributes,
            reviews,
            people,
            states,
        },
        encoding: args.encoding,
        options,
    };
    let stream = request.output.is_none() && !args.dry_run;
    refuse_binary(&request.format, stream && std::io::stdout().is_terminal())?;
    let bar = Bar::new();
    let report = if args.dry_run {
        let seen = preview_export(&request, &mut |progress| bar.show(progress)).map_err(stop)?;
        drop(bar);
        if !args.json {
            terminal.lines(seen.beginning.trim_end())?;
        }
        seen.report
    } else {
        let report = export(&request, terminal.out(), &mut |progress| bar.show(progress));
        drop(bar);
        report.map_err(stop)?
    };
    terminal.flush()?;
    match (args.json, stream) {
        (false, _) => say(&report, args.dry_run, terminal),
        (true, false) => terminal.json(&json(&report))?,
        (true, true) => {
            let line = serde_json::to_string(&json(&report)).map_err(Stop::new)?;
            terminal.say(line);
        }
    }
    if report.kept && report.found == 0 {
        return Ok(ExitStatus::Failure);
    }
    let nothing_read = report.documents == 0 && report.left_out.untouched == 0;
    Ok(match (&report.problems[..], nothing_read) {
        ([_, ..], true) => ExitStatus::Failure,
        ([_, ..], false) => ExitStatus::ProblemsFound,
        ([], _) if args.strict && !(report.losses.is_empty() && report.undecided.is_empty()) => {
            ExitStatus::ProblemsFound
        }
        ([], _) => ExitStatus::Success,
    })
}

/// Bytes that are not text can make a terminal unusable.
fn refuse_binary(format: &str, to_terminal: bool) -> Result<(), Stop> {
    match crate::format::by_name(format) {
        Some(format) if to_terminal && format.info().is_binary() => Err(Stop::Words(format!(
            "`{}` is not text and would garble the terminal; name a file with -o",
            format.info().name
        ))),
        _ => Ok(()),
    }
}

/// Refuses a format that has no place for times of work.
fn refuse_times(format: &str) -> Result<(), Stop> {
    let Some(format) = crate::format::by_name(format) else {
        // It is refused with its name.
        return Ok(());
    };
    let mut options = format.info().options.iter();
    match options.any(|option| option.name == TIMES) {
        true => Ok(()),
        false => Err(Stop::Words(format!(
            "`{}` has no place for the time of work; export `jsonl`, or list it with `pullquote list \
             --times-of-all`",
            format.info().name
        ))),
    }
}

/// A closed pipe is not an error.
fn stop(error: ExportError) -> Stop {
    match error {
        // A sink of files reports its own failures.
        ExportError::Format(FormatError::Write(error)) if error.get_ref().is_none() => error.into(),
        error => Stop::new(error),
    }
}

fn say(report: &ExportReport, dry_run: bool, terminal: &mut Terminal) {
    for problem in &report.problems {
        terminal.say(problem);
    }
    for loss in &report.losses {
        terminal.say(loss);
    }
    say_undecided(&report.undecided, terminal);
    for line in report.left_out.lines("; add --all to include them") {
        terminal.say(line);
    }
    for name in &report.not_beside {
        terminal.say(format_args!(
            "not written: {name}, which belongs beside a file; name one with -o"
        ));
    }
    if report.kept {
        terminal.say(kept_words(report));
        return;
    }
    let done = if dry_run { "would export" } else { "exported" };
    terminal.say(format_args!("{done} {}", report.summary()));
}

fn kept_words(report: &ExportReport) -> String {
    match (report.found, report.unread, report.documents) {
        (0, _, _) => "nothing to export: no article was found".to_owned(),
        (_, 1.., 1..) => format!(
            "not exported: {} could not be read whole, and the export that is there may hold more; fix \
             what is named above, or delete the export or name another one with -o",
            count(report.unread, "file")
        ),
        _ => "nothing to export; the file that is there was left as it is".to_owned(),
    }
}

fn json(report: &ExportReport) -> ExportJson {
    let left_out = report.left_out;
    ExportJson {
        documents: report.documents,
        curated: report.curated,
        undecided: undecided_json(&report.undecided),
        tags: report.tags,
        links: report.links,
        left_out: LeftOutJson {
            rejected: left_out.rejected,
            undecided: left_out.undecided,
            filtered: left_out.filtered,
            links: left_out.links,
            untouched: left_out.untouched,
            documents: left_out.documents,
        },
        split: (!report.splits.is_empty()).then(|| SplitJson {
            seed: report.seed,
            documents: report
                .splits
                .iter()
                .map(|s| (s.name, s.documents))
                .collect(),
        }),
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
        kept: report.kept,
        problems: problems_json(&report.problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_goes_to_a_terminal() {
        let words = match refuse_binary("xlsx", true) {
            Err(Stop::Words(words)) => words,
            _ => String::new(),
        };
        assert!(words.contains("name a file with -o"), "{words}");
        assert!(refuse_binary("xlsx", false).is_ok());
        assert!(refuse_binary("csv", true).is_ok());
    }
}
