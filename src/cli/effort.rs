//! `pullquote score --effort`.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use smol_str::SmolStr;

use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::suggest::{KindArg, confidence};
use super::terminal::Terminal;
use super::{ExitStatus, Stop};
use crate::ops::{
    ArticleEffort, ConfidenceThreshold, EffortReport, EffortRequest, Presses, Speakers,
    SuggestionOptions, effort, load_model,
};
use crate::text::Encoding;
use crate::text::wording::count_as;

/// What is suggested to the ideal user.
#[derive(Debug, clap::Args)]
pub(super) struct EffortArgs {
    /// With --effort: suggest only these kinds of quotes. By default all
    #[arg(
        long = "kind",
        value_enum,
        value_name = "KIND",
        value_delimiter = ',',
        conflicts_with = "paths"
    )]
    kinds: Vec<KindArg>,
    /// With --effort: suggest nothing
    #[arg(long, conflicts_with_all = ["paths", "kinds", "learned", "min_confidence"])]
    no_suggestions: bool,
    /// With --effort: also use what was learned and kept with `suggest --save-learned` or exported in the
    /// window
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    learned: Option<PathBuf>,
    /// With --effort: suggest only what is this likely to be right, from 0 to 1; by default
    /// what spares work, as the window does: 0.5 for quotes within quotation marks, 0.8 for others
    #[arg(long, value_name = "NUMBER", value_parser = confidence, conflicts_with = "paths")]
    min_confidence: Option<f64>,
    /// With --effort: a speaker is right only with the words of the gold one
    #[arg(long, conflicts_with = "paths")]
    exact_speakers: bool,
}

/// What to play.
pub(super) struct GoldArgs {
    pub(super) gold: PathBuf,
    pub(super) gold_annotator: Option<SmolStr>,
    pub(super) encoding: Option<Encoding>,
    pub(super) json: bool,
}

#[derive(Serialize)]
struct EffortJson<'a> {
    documents: usize,
    attributions: usize,
    median_attributions: f64,
    presses: usize,
    mean: f64,
    median: f64,
    per_attribution: f64,
    parts: PartsJson,
    articles: Vec<ArticleJson<'a>>,
    gold_not_started: usize,
    notes: Vec<ProblemJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    id: &'a str,
    attributions: usize,
    presses: usize,
    parts: PartsJson,
}

#[derive(Serialize)]
struct PartsJson {
    accept: usize,
    reject: usize,
    correct: usize,
    add: usize,
    link: usize,
    #[serde(rename = "move")]
    moves: usize,
}

impl From<Presses> for PartsJson {
    fn from(presses: Presses) -> Self {
        let Presses {
            accept,
            reject,
            correct,
            add,
            link,
            moves,
        } = presses;
        Self {
            accept,
            reject,
            correct,
            add,
            link,
            moves,
        }
    }
}

pub(super) fn run(
    from: GoldArgs,
    suggested: EffortArgs,
    terminal: &mut Terminal,
) -> Result<ExitStatus, Stop> {
    let learned = suggested.learned.as_deref().map(load_model);
    let learned = learned.transpose().map_err(Stop::new)?;
    let mut options = SuggestionOptions {
        threshold: (suggested.min_confidence)
            .map_or(ConfidenceThreshold::LeastWork, ConfidenceThreshold::At),
        ..SuggestionOptions::default()
    };
    if !suggested.kinds.is_empty() {
        options.kinds = Some(suggested.kinds.into_iter().map(Into::into).collect());
    }
    let request = EffortRequest {
        gold: from.gold,
        gold_annotator: from.gold_annotator,
        encoding: from.encoding,
        suggestions: (!suggested.no_suggestions).then_some(options),
        learned: learned.map(Arc::new),
        speakers: match suggested.exact_speakers {
            true => Speakers::ToTheWord,
            false => Speakers::ByOverlap,
        },
    };
    let bar = Bar::new();
    let report = effort(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if from.json {
        terminal.json(&json(&report))?;
    } else {
        for line in table(&report) {
            terminal.line(line)?;
        }
        terminal.flush()?;
        for problem in report.problems.iter().chain(&report.notes) {
            terminal.say(problem);
        }
        if report.gold_not_started > 0 {
            terminal.say(count_as(
                report.gold_not_started,
                "gold article has no tags file and does not count",
                "gold articles have no tags file and do not count",
            ));
        }
    }
    Ok(match &report.problems[..] {
        [] => ExitStatus::Success,
        [_, ..] => ExitStatus::ProblemsFound,
    })
}

/// The figures as lines of columns.
fn table(report: &EffortReport) -> Vec<String> {
    let mut lines = vec!["presses  attributions  article".to_owned()];
    lines.extend(report.articles.iter().map(|article| {
        let ArticleEffort {
            id,
            attributions,
            presses,
        } = article;
        format!("{:7}  {attributions:12}  {id}", presses.total())
    }));
    lines.push(String::new());
    let all = report.presses();
    let articles = report.articles.len();
    for (what, presses, attributions) in [
        (
            "all",
            format!("{}", all.total()),
            format!("{}", report.attributions()),
        ),
        (
            "mean",
            format!("{:.1}", report.mean()),
            format!(
                "{:.1}",
                report.attributions() as f64 / articles.max(1) as f64
            ),
        ),
        (
            "median",
            format!("{:.1}", report.median()),
            format!("{:.1}", report.median_attributions()),
        ),
    ] {
        lines.push(format!("{presses:>7}  {attributions:>12}  {what}"));
    }
    lines.push(String::new());
    lines.push("presses  an attribution".to_owned());
    let of = report.attributions().max(1) as f64;
    for (part, presses) in all.parts() {
        lines.push(format!("{presses:7}  {:14.3}  {part}", presses as f64 / of));
    }
    lines.push(format!(
        "{:7}  {:14.3}  all parts",
        all.total(),
        report.per_attribution()
    ));
    lines
}

fn json(report: &EffortReport) -> EffortJson<'_> {
    let articles = report.articles.iter().map(|article| ArticleJson {
        id: &article.id,
        attributions: article.attributions,
        presses: article.presses.total(),
        parts: article.presses.into(),
    });
    EffortJson {
        documents: report.articles.len(),
        attributions: report.attributions(),
        median_attributions: report.median_attributions(),
        presses: report.presses().total(),
        mean: report.mean(),
        median: report.median(),
        per_attribution: report.per_attribution(),
        parts: report.presses().into(),
        articles: articles.collect(),
        gold_not_started: report.gold_not_started,
        notes: problems_json(&report.notes),
        problems: problems_json(&report.problems),
    }
}
