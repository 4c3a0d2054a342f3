use std::path::PathBuf;

use serde::Serialize;
use smol_str::SmolStr;

use super::problem_json::{ProblemJson, problems_json};
use super::terminal::Terminal;
use super::{ExitStatus, Stop, annotator};
use crate::ops::{ExamResult, ExamResults, exam_results, write_exam};
use crate::text::wording::{count, shown_annotator};

/// Test newcomers on the examples of the guidelines
///
/// The blocks ```exam of the project's guidelines are text with its tags. --write NAME writes their text without tags
/// as .pullquote/exam/NAME.txt beside pullquote.ron, for that person to tag; it does not count as an article. Without
/// --write, everybody's tags on such copies are compared with the right ones: precision, recall and F1 by label, by
/// overlap of at least half and exactly, right speakers, and each difference as FILE:LINE:COLUMN. Exit code 1 if
/// something could not be read.
///
/// In such a block, <quote form=direct speaker=#s>“Yes,”</quote> <speaker #s>she</speaker> said. is text with two tags:
/// LABEL, then attributes as NAME=VALUE, links as ROLE=#NAME or ROLE=none, and #NAME for others to link to. Blocks
/// ```example are written in the same way, and are shown to everybody.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of the project
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Write a copy for NAME to tag
    #[arg(long, value_name = "NAME", value_parser = annotator, conflicts_with = "of")]
    write: Option<SmolStr>,
    /// Only the tags of NAME
    #[arg(long, value_name = "NAME", value_parser = annotator)]
    of: Option<SmolStr>,
    /// Print the results as JSON
    #[arg(long, conflicts_with = "write")]
    json: bool,
}

#[derive(Serialize)]
struct ExamJson {
    results: Vec<ResultJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct ResultJson {
    annotator: SmolStr,
    file: String,
    labels: Vec<LabelJson>,
    speakers_right: usize,
    speakers: usize,
    differences: Vec<DifferenceJson>,
}

#[derive(Serialize)]
struct LabelJson {
    label: SmolStr,
    precision: f64,
    recall: f64,
    f1: f64,
    exact_f1: f64,
}

#[derive(Serialize)]
struct DifferenceJson {
    line: usize,
    column: usize,
    what: String,
}

impl ResultJson {
    fn new(result: &ExamResult) -> Self {
        let speakers = result.score.speakers.overlap;
        Self {
            annotator: result.annotator.clone(),
            file: result.article.to_string_lossy().into_owned(),
            labels: result
                .score
                .labels
                .iter()
                .map(|(label, score)| LabelJson {
                    label: label.clone(),
                    precision: score.overlap.precision(),
                    recall: score.overlap.recall(),
                    f1: score.overlap.f1(),
                    exact_f1: score.exact.f1(),
                })
                .collect(),
            speakers_right: speakers.right,
            speakers: speakers.of,
            differences: result
                .differences
                .iter()
                .map(|one| DifferenceJson {
                    line: one.place.0,
                    column: one.place.1,
                    what: one.words.clone(),
                })
                .collect(),
        }
    }
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    if let Some(name) = &args.write {
        let (path, is_new) = write_exam(&args.path, name).map_err(Stop::new)?;
        terminal.line(path.display())?;
        if !is_new {
            terminal.say("this copy was there already");
        }
        return Ok(ExitStatus::Success);
    }
    let ExamResults {
        mut results,
        earlier,
        problems,
    } = exam_results(&args.path).map_err(Stop::new)?;
    results.retain(|result| args.of.as_ref().is_none_or(|of| *of == result.annotator));
    if args.json {
        terminal.json(&ExamJson {
            results: results.iter().map(ResultJson::new).collect(),
            problems: problems_json(&problems),
        })?;
    } else {
        for result in &results {
            let json = ResultJson::new(result);
            let name = shown_annotator(&result.annotator);
            terminal.line(format_args!(
                "{name}: {}",
                count(result.differences.len(), "difference")
            ))?;
            for label in &json.labels {
                terminal.line(format_args!(
                    "  {:10} precision {:.3}  recall {:.3}  F1 {:.3}  exact F1 {:.3}",
                    label.label, label.precision, label.recall, label.f1, label.exact_f1
                ))?;
            }
            if json.speakers > 0 {
                terminal.line(format_args!(
                    "  right speakers: {} of {}",
                    json.speakers_right, json.speakers
                ))?;
            }
            for one in &json.differences {
                terminal.line(format_args!(
                    "  {}:{}:{}: {}",
                    json.file, one.line, one.column, one.what
                ))?;
            }
        }
        problems.iter().for_each(|problem| terminal.say(problem));
        for copy in &earlier {
            terminal.say(format_args!(
                "{}: the exam has changed since this copy was written; --write NAME writes a new one",
                copy.display()
            ));
        }
        if results.is_empty() {
            terminal.say("nobody has tagged a copy of the exam yet; --write NAME writes one");
        }
    }
    Ok(match problems.is_empty() {
        true => ExitStatus::Success,
        false => ExitStatus::ProblemsFound,
    })
}
