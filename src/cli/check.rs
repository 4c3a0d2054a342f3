use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::undecided::{UndecidedArticleJson, say_undecided, undecided_json};
use super::{ExitStatus, Stop};
use crate::model::LintRule;
use crate::ops::{CheckRequest, FileProblem, FixReport, check, fix, problem_count};
use crate::text::Encoding;
use crate::text::wording::{count, short_list};

/// Check that tags and texts agree
///
/// Checks every sidecar (does the text of each tag match the article, do tags follow the schema, do
/// links have both ends?) and the facts of the articles. Prints one problem a line as
/// FILE:LINE:COLUMN: MESSAGE. What the rules of `lint` in `pullquote.ron` take for slips is counted, and
/// listed with --hints; it changes no exit code unless the project calls it a problem. What reviewers would
/// change and nobody has taken or answered, curated articles in which something is undecided, and documents that
/// can be imported, are noted, which changes no exit code. Changes nothing without --fix. Exit code 1 if there
/// are problems, 2 if something could not be fixed because it could not be written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Fix what is certain, then check: repair damaged sidecars, and update tags that were all
    /// found again in a changed article. A copy is kept first
    #[arg(long)]
    fix: bool,
    /// List each hint, too: what is probably a slip, as FILE:LINE:COLUMN: hint: MESSAGE (RULE)
    #[arg(long)]
    hints: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct CheckJson {
    articles: usize,
    sidecars: usize,
    tags: usize,
    fixed: Vec<FixedJson>,
    failed: Vec<ProblemJson>,
    /// Articles whose annotated text is not kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts_not_kept: Vec<String>,
    /// What is worth a look, but no problem.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<ProblemJson>,
    /// What is probably a slip.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hints: Vec<HintJson>,
    /// What reviewers would change or ask, neither taken nor answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<ProblemJson>,
    /// Articles in whose curated tags something is undecided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<UndecidedArticleJson>,
    /// How many of these somebody ignores.
    #[serde(skip_serializing_if = "is_zero")]
    ignored: usize,
    /// Documents that are no articles yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_imported: Vec<ProblemJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct HintJson {
    rule: &'static str,
    #[serde(flatten)]
    place: ProblemJson,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct FixedJson {
    path: String,
    what: String,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let bar = Bar::new();
    let request = CheckRequest {
        paths: args.paths,
        encoding: args.encoding,
    };
    let fixed = if args.fix {
        fix(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?
    } else {
        FixReport::default()
    };
    let report = check(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if args.json {
        terminal.json(&CheckJson {
            articles: report.articles,
            sidecars: report.sidecars,
            tags: report.tags,
            fixed: fixed
                .fixed
                .iter()
                .map(|fixed| FixedJson {
                    path: fixed.path.to_string_lossy().into_owned(),
                    what: fixed.what.clone(),
                })
                .collect(),
            failed: problems_json(&fixed.failed),
            texts_not_kept: report
                .texts_not_kept
                .iter()
                .map(|path| path.to_string_lossy().into_owned())
                .collect(),
            notes: problems_json(&report.notes),
            hints: report
                .hints
                .iter()
                .map(|(rule, place)| HintJson {
                    rule: rule.name(),
                    place: place.into(),
                })
                .collect(),
            corrections: problems_json(&report.corrections),
            undecided: undecided_json(&report.undecided),
            ignored: report.ignored,
            not_imported: problems_json(&report.not_imported),
            problems: problems_json(&report.problems),
        })?;
    } else {
        for fixed in &fixed.fixed {
            let (path, what) = (fixed.path.display(), &fixed.what);
            terminal.line(format_args!("{path}: fixed: {what}"))?;
        }
        for problem in fixed.failed.iter().chain(&report.problems) {
            terminal.line(problem)?;
        }
        if args.hints {
            for (rule, hint) in &report.hints {
                terminal.line(format_args!("{}", as_hint(*rule, hint)))?;
            }
        }
        terminal.flush()?;
        let notes = report.notes.iter().chain(&report.corrections);
        for note in notes.chain(&report.not_imported) {
            terminal.say(format_args!("{note}"));
        }
        say_undecided(&report.undecided, terminal);
        if !report.texts_not_kept.is_empty() {
            let names = report
                .texts_not_kept
                .iter()
                .map(|path| path.to_string_lossy());
            terminal.say(format_args!(
                "the annotated text is not kept beside the article, so tags may be lost when the \
                 article changes; save it or run `pullquote check --fix`: {}",
                short_list(names, 3)
            ));
        }
        if !args.hints {
            for words in counted(&report.hints) {
                terminal.say(format_args!("{words}"));
            }
        }
        if report.ignored > 0 {
            let ignored = count(report.ignored, "hint");
            terminal.say(format_args!(
                "{ignored} ignored, with the reasons in the sidecars"
            ));
        }
        terminal.say(format_args!(
            "{}, {}, {}: {}",
            count(report.articles, "article"),
            count(report.sidecars, "sidecar"),
            count(report.tags, "tag"),
            match problem_count(&fixed.failed) + problem_count(&report.problems) {
                0 => "no problems".to_owned(),
                n => count(n, "problem"),
            }
        ));
    }
    Ok(match (&fixed.failed[..], &report.problems[..]) {
        ([_, ..], _) => ExitStatus::Failure,
        ([], [_, ..]) => ExitStatus::ProblemsFound,
        ([], []) => ExitStatus::Success,
    })
}

/// A hint as a line that editors can follow.
fn as_hint(rule: LintRule, hint: &FileProblem) -> FileProblem {
    FileProblem {
        message: format!("hint: {} ({})", hint.message, rule.name()),
        ..hint.clone()
    }
}

/// How many hints there are of each rule, in a line each.
fn counted(hints: &[(LintRule, FileProblem)]) -> Vec<String> {
    let mut counts: BTreeMap<LintRule, usize> = BTreeMap::new();
    for (rule, hint) in hints {
        *counts.entry(*rule).or_default() += hint.count;
    }
    let lines = counts.into_iter().map(|(rule, number)| {
        let hints = count(number, "hint");
        format!(
            "{hints} of `{}`: {}; list with --hints",
            rule.name(),
            rule.words()
        )
    });
    lines.collect()
}
