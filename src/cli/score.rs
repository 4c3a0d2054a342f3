use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use smol_str::SmolStr;

use super::effort::{self, EffortArgs, GoldArgs};
use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::undecided::{UndecidedArticleJson, say_undecided, undecided_json};
use super::{ExitStatus, Stop, annotator};
use crate::compare::{Counts, LabelScore, Share};
use crate::model::QuoteForm;
use crate::ops::{ScoreReport, ScoreRequest, score, undecided_words};
use crate::text::Encoding;
use crate::text::wording::{count_as, short_list};

/// So many ids are in one message; `--json` has all.
const MOST_IDS: usize = 10;

/// Compare tags with gold tags: precision, recall, F1
///
/// Prints for each label how many tags are right: exactly; without quotation marks and punctuation at
/// their edges; each fragment of a split tag by itself; by overlap of at least half of the words, one to
/// one; and how many words are. Then whether speakers are right. Documents belong together that have the
/// same id, or else the same text; one that is missing counts as without tags. Rejected tags do not
/// count; open suggestions count in PATH only. Exit code 1 if something could not be read or compared.
///
/// With --effort, nothing is compared. An ideal user tags the quotes of GOLD with the keys of the window and
/// the help of suggestions, and what is pressed is counted. The user goes through all suggestions in the order
/// of the text (J), accepts (Enter) or rejects (X) each, corrects edges and parts where that is cheaper than
/// rejecting and tagging again, takes another speaker (Tab, a click or a drag), and then tags what is missing
/// (Shift+N and Q, or a drag, once Shift+Q makes drags tag quotes) and names its speakers; tagging the next
/// quote confirms the speaker shown for the last. Every key, click and drag counts 1, each
/// move of the caret and each step from one tag to another too; scrolling, reading and the mouse on its way count
/// nothing. Suggestions are not accepted in bulk. A quote is right when it has the words of the gold one,
/// whatever the marks at its ends; a speaker when it shares words with the gold one. The parts: accept, reject,
/// correct (edges and parts of suggestions), add (tagging, and further parts), link (all about speakers), move.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What is right: an article, a folder of articles, or a file such as JSON Lines
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// What is compared with it: the same
    #[arg(value_name = "PATH", required_unless_present = "effort")]
    paths: Vec<PathBuf>,
    /// Count what an ideal user presses to tag GOLD with the help of suggestions
    #[arg(long, conflicts_with_all = ["paths", "form", "annotator"])]
    effort: bool,
    #[command(flatten)]
    suggested: EffortArgs,
    /// Only quotes of this form, direct, mixed or indirect: gold quotes by their attribute `form`, and
    /// what is about them
    #[arg(long, value_name = "FORM", value_parser = QuoteForm::named)]
    form: Option<QuoteForm>,
    /// Only gold tags by NAME
    #[arg(long, value_name = "NAME", value_parser = annotator)]
    gold_annotator: Option<SmolStr>,
    /// Only tags in PATH by NAME
    #[arg(long, visible_alias = "by", value_name = "NAME", value_parser = annotator)]
    annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ScoreJson<'a> {
    documents: usize,
    form: Option<&'static str>,
    labels: BTreeMap<&'a str, LabelJson>,
    speakers: SpeakersJson,
    quotes_with_speaker: CountsJson,
    segments: CountsJson,
    segments_with_speaker: CountsJson,
    left_without_speaker: ShareJson,
    by_text: usize,
    missing: &'a [String],
    only_predicted: &'a [String],
    without_form: usize,
    gold_not_started: usize,
    /// Gold articles of which the curated tags were taken alone.
    #[serde(skip_serializing_if = "is_none")]
    gold_curated: usize,
    /// Those of them in which something is undecided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gold_undecided: Vec<UndecidedArticleJson>,
    notes: Vec<ProblemJson>,
    problems: Vec<ProblemJson>,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct LabelJson {
    exact: CountsJson,
    edge: CountsJson,
    fragment: CountsJson,
    overlap: CountsJson,
    token: CountsJson,
}

#[derive(Serialize)]
struct SpeakersJson {
    edge: ShareJson,
    overlap: ShareJson,
    segment: ShareJson,
}

#[derive(Serialize)]
struct CountsJson {
    precision: f64,
    recall: f64,
    f1: f64,
    matched: usize,
    predicted: usize,
    gold: usize,
}

#[derive(Serialize)]
struct ShareJson {
    accuracy: f64,
    right: usize,
    of: usize,
}

impl From<Counts> for CountsJson {
    fn from(counts: Counts) -> Self {
        Self {
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            matched: counts.matched,
            predicted: counts.predicted,
            gold: counts.gold,
        }
    }
}

impl From<&LabelScore> for LabelJson {
    fn from(counts: &LabelScore) -> Self {
        Self {
            exact: counts.exact.into(),
            edge: counts.edge.into(),
            fragment: counts.fragment.into(),
            overlap: counts.overlap.into(),
            token: counts.token.into(),
        }
    }
}

impl From<Share> for ShareJson {
    fn from(share: Share) -> Self {
        Self {
            accuracy: share.ratio(),
            right: share.right,
            of: share.of,
        }
    }
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    if args.effort {
        let from = GoldArgs {
            gold: args.gold,
            gold_annotator: args.gold_annotator,
            encoding: args.encoding,
            json: args.json,
        };
        return effort::run(from, args.suggested, terminal);
    }
    let request = ScoreRequest {
        gold: args.gold,
        paths: args.paths,
        form: args.form,
        gold_annotator: args.gold_annotator,
        annotator: args.annotator,
        encoding: args.encoding,
    };
    let bar = Bar::new();
    let report = score(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if args.json {
        terminal.json(&json(&report))?;
    } else {
        for line in table(&report) {
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

fn measures(label: &LabelScore) -> [(&'static str, Counts); 5] {
    [
        ("exact", label.exact),
        ("edge", label.edge),
        ("fragment", label.fragment),
        ("overlap", label.overlap),
        ("token", label.token),
    ]
}

/// The figures as lines of columns.
fn table(report: &ScoreReport) -> Vec<String> {
    let score = &report.score;
    let by_label = score.labels.iter().flat_map(|(label, counts)| {
        let rows = measures(counts).into_iter();
        rows.map(|(measure, counts)| (label.as_str(), measure, counts))
    });
    let others = [
        ("quote + speaker", "overlap", score.quotes_with_speaker),
        ("segment", "quoted", score.segments),
        ("segment + speaker", "quoted", score.segments_with_speaker),
    ];
    let rows: Vec<_> = by_label.chain(others).collect();
    let labels = rows.iter().map(|(label, ..)| label.chars().count());
    let width = labels.max().unwrap_or_default();
    let mut lines = vec![format!(
        "{:width$}  measure   precision  recall     F1  matched  predicted    gold",
        "label"
    )];
    lines.extend(rows.into_iter().map(|(label, measure, counts)| {
        let (precision, recall, f1) = (counts.precision(), counts.recall(), counts.f1());
        let Counts {
            matched,
            predicted,
            gold,
        } = counts;
        format!(
            "{label:width$}  {measure:8}  {precision:9.3}  {recall:6.3}  {f1:5.3}  {matched:7}  \
             {predicted:9}  {gold:6}"
        )
    }));
    lines.push(String::new());
    for (what, share) in [
        (
            "speakers right, of quotes that match by edge",
            score.speakers.edge,
        ),
        (
            "speakers right, of quotes that match by overlap",
            score.speakers.overlap,
        ),
        (
            "speakers right, of segments that match",
            score.speakers.segment,
        ),
        (
            "left without a speaker, as the gold quote is",
            score.left_without_speaker,
        ),
    ] {
        let Share { right, of } = share;
        let ratio = match of {
            0 => "–".to_owned(),
            _ => format!("{:.3}", share.ratio()),
        };
        lines.push(format!("{what:47}  {ratio:>5}  {right:7} of {of}"));
    }
    lines
}

fn say(report: &ScoreReport, terminal: &mut Terminal) {
    for problem in report.problems.iter().chain(&report.notes) {
        terminal.say(problem);
    }
    let ids = |ids: &[String]| short_list(ids.iter().map(|id| format!("`{id}`")), MOST_IDS);
    let told = [
        (
            report.missing.len(),
            "gold document is missing and counts as without tags",
            "gold documents are missing and count as without tags",
            ids(&report.missing),
        ),
        (
            report.only_predicted.len(),
            "document has no gold document and does not count",
            "documents have no gold document and do not count",
            ids(&report.only_predicted),
        ),
    ];
    for (number, one, many, ids) in told {
        if number > 0 {
            terminal.say(format_args!("{}: {ids}", count_as(number, one, many)));
        }
    }
    let counted = [
        (
            report.by_text,
            "document was found by its text, not by its id",
            "documents were found by their texts, not by their ids",
        ),
        (
            report.gold_not_started,
            "gold article has no tags file and does not count",
            "gold articles have no tags file and do not count",
        ),
        (
            report.without_form * usize::from(report.form.is_some()),
            "gold quote has no form, so it counts as of another form",
            "gold quotes have no form, so they count as of another form",
        ),
    ];
    for (number, one, many) in counted {
        if number > 0 {
            terminal.say(count_as(number, one, many));
        }
    }
    say_undecided(&report.gold_undecided, terminal);
    let documents = count_as(report.documents, "gold document", "gold documents");
    let form = report.form.map(|form| format!(", {} quotes", form.word()));
    let curated = match report.gold_curated {
        0 => String::new(),
        articles => {
            let undecided = undecided_words(articles, &report.gold_undecided);
            format!(", {articles} of them curated{undecided}")
        }
    };
    let form = form.unwrap_or_default();
    terminal.say(format_args!("{documents}{curated}{form}"));
}

fn json(report: &ScoreReport) -> ScoreJson<'_> {
    let score = &report.score;
    let by_label = score.labels.iter();
    ScoreJson {
        documents: report.documents,
        form: report.form.map(QuoteForm::word),
        labels: by_label
            .map(|(label, counts)| (label.as_str(), counts.into()))
            .collect(),
        speakers: SpeakersJson {
            edge: score.speakers.edge.into(),
            overlap: score.speakers.overlap.into(),
            segment: score.speakers.segment.into(),
        },
        quotes_with_speaker: score.quotes_with_speaker.into(),
        segments: score.segments.into(),
        segments_with_speaker: score.segments_with_speaker.into(),
        left_without_speaker: score.left_without_speaker.into(),
        by_text: report.by_text,
        missing: &report.missing,
        only_predicted: &report.only_predicted,
        without_form: report.without_form,
        gold_not_started: report.gold_not_started,
        gold_curated: report.gold_curated,
        gold_undecided: undecided_json(&report.gold_undecided),
        notes: problems_json(&report.notes),
        problems: problems_json(&report.problems),
    }
}
