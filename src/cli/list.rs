use std::path::PathBuf;

use serde::Serialize;
use smol_str::SmolStr;

use super::columns::columns;
use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::times_args::TimesArgs;
use super::undecided::UndecidedJson;
use super::{ExitStatus, Stop, annotator};
use crate::model::DocumentState;
use crate::ops::article_list::{
    Column, CopyGroup, CopyOfFirst, ListOrder, ListRequest, Queue, ReportedArticle, SortBy,
    UnknownQueue, Whose, list,
};
use crate::ops::state_named;
use crate::text::Encoding;
use crate::text::wording::count;

/// List the articles of a folder with how far each is
///
/// Prints a row for each article: state, whether its tags are curated and how much of that is undecided, tags, suggestions to review, tags without a confirmed speaker, unreviewed
/// and unsure tags, corrections by reviewers to take or answer, problems, who has tagged it, who it is assigned to, time, date, outlet, headline, byline, section, labels. The figures are
/// those of everybody together, or of one annotator (--of). --only lists a queue:
///
///   suggestions, without-speaker, unreviewed, unsure, corrections, problems   articles that have some
///   assigned:NAME, unassigned                                    by `pullquote assign`
///   sample:NUMBER:SEED                                           a random sample, the same everywhere
///   curated, undecided, not-curated                              by `Adjudicate` in the window: decided, not yet
///                                                                all decided, tagged by several and not begun
///   copies, copies-of:ARTICLE                                    articles with nearly the same text as others
///
/// Copies are articles most of which is word for word in the other, such as a wire report that several papers
/// printed, cut or edited; texts of less than 22 words are not compared.
///
/// Documents that are no articles yet are told below the list, with the step that imports them.
///
/// How long people worked is told of yourself only, unless --times-of-all is given. Exit code 1 if something could
/// not be read.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The work of NAME alone
    #[arg(long, value_name = "NAME", value_parser = annotator)]
    of: Option<SmolStr>,
    /// Only the articles of a queue
    #[arg(long, value_name = "QUEUE", value_parser = queue, default_value = "all", hide_default_value = true)]
    only: Queue,
    /// Only articles with nearly the same text as others, each group together; as --only copies --sort copies
    #[arg(long, conflicts_with_all = ["only", "sort", "group"])]
    copies: bool,
    /// Only articles in this state: new, in progress or done
    #[arg(long, value_name = "STATE", value_parser = state_named)]
    state: Option<DocumentState>,
    /// Only articles with these words in name, first line or facts; `outlet:Post` and `edition:late` look
    /// into one fact
    #[arg(
        long,
        value_name = "WORDS",
        default_value = "",
        hide_default_value = true
    )]
    containing: String,
    /// Sort by a column, such as unsure, date or time, or by a fact of your project, such as edition
    #[arg(
        long,
        value_name = "COLUMN",
        default_value = "name",
        hide_default_value = true
    )]
    sort: String,
    /// The last first
    #[arg(long)]
    reverse: bool,
    /// Keep the articles of a folder together
    #[arg(long)]
    group: bool,
    #[command(flatten)]
    times: TimesArgs,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Print the paths alone, one a line
    #[arg(long, conflicts_with = "json")]
    paths_only: bool,
    /// Print the list as JSON, with the work of each annotator
    #[arg(long)]
    json: bool,
}

fn queue(word: &str) -> Result<Queue, UnknownQueue> {
    Queue::named(word)
}

#[derive(Serialize)]
struct ListJson<'a> {
    articles: Vec<ArticleJson<'a>>,
    /// Groups of all articles, whatever is listed.
    copies: Vec<Vec<CopyJson<'a>>>,
    done: usize,
    in_progress: usize,
    /// Documents that are no articles yet.
    not_imported: Vec<ProblemJson>,
    problems: Vec<ProblemJson>,
}

/// An article of a group.
#[derive(Serialize)]
struct CopyJson<'a> {
    name: &'a str,
    /// How much of the shorter text is in the other, of this and of the first of the group.
    share: f64,
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    name: &'a str,
    #[serde(flatten)]
    figures: FiguresJson,
    curated: bool,
    /// In its curated tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    undecided: Option<UndecidedJson>,
    assigned: &'a [SmolStr],
    date: &'a str,
    outlet: &'a str,
    headline: &'a str,
    copies: usize,
    by: Vec<WorkJson<'a>>,
}

#[derive(Serialize)]
struct WorkJson<'a> {
    annotator: &'a str,
    #[serde(flatten)]
    figures: FiguresJson,
}

#[derive(Serialize)]
struct FiguresJson {
    state: &'static str,
    tags: usize,
    suggestions: usize,
    without_speaker: usize,
    unreviewed: usize,
    unsure: usize,
    corrections: usize,
    problems: usize,
    hints: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
}

impl FiguresJson {
    fn new(figures: &crate::ops::article_list::WorkFigures, times: bool) -> Self {
        Self {
            state: figures.state.word(),
            tags: figures.tags,
            suggestions: figures.suggestions,
            without_speaker: figures.without_speaker,
            unreviewed: figures.unreviewed,
            unsure: figures.unsure,
            corrections: figures.corrections,
            problems: figures.problems(),
            hints: figures.hints(),
            seconds: times.then_some(figures.seconds),
        }
    }
}

impl<'a> From<&'a CopyOfFirst> for CopyJson<'a> {
    fn from(copy: &'a CopyOfFirst) -> Self {
        Self {
            name: &copy.name,
            share: f64::from(copy.percent) / 100.0,
        }
    }
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let (only, sort) = match args.copies {
        true => (Queue::Copies, SortBy::Column(Column::Copies)),
        false => (args.only, SortBy::named(&args.sort)),
    };
    let request = ListRequest {
        paths: args.paths,
        order: ListOrder {
            containing: args.containing,
            state: args.state,
            queue: only,
            by: sort,
            // The largest group first.
            descending: args.reverse != args.copies,
            grouped: args.group,
            tagged_by_others_than: None,
        },
        whose: args.of.map_or(Whose::Everybody, Whose::One),
        times: args.times.of(terminal),
        encoding: args.encoding,
    };
    let bar = Bar::new();
    let report = list(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if args.json {
        let articles = report.rows.iter().map(|row| ArticleJson {
            name: &row.name,
            figures: FiguresJson::new(&row.figures, request.tells_time_of(&request.whose)),
            curated: row.summary.curated.is_some(),
            undecided: row.summary.curated_state().map(UndecidedJson::from),
            assigned: &row.assigned,
            date: &row.summary.date,
            outlet: &row.summary.outlet,
            headline: &row.summary.headline,
            copies: row.copies.map_or(0, CopyGroup::others),
            by: row
                .summary
                .work
                .iter()
                .map(|work| WorkJson {
                    annotator: &work.annotator,
                    figures: FiguresJson::new(
                        &work.figures,
                        request.tells_time_of(&Whose::One(work.annotator.clone())),
                    ),
                })
                .collect(),
        });
        terminal.json(&ListJson {
            articles: articles.collect(),
            copies: report
                .copies
                .iter()
                .map(|group| group.iter().map(CopyJson::from).collect())
                .collect(),
            done: report.totals.done,
            in_progress: report.totals.in_progress,
            not_imported: problems_json(&report.not_imported),
            problems: problems_json(&report.problems),
        })?;
    } else if args.paths_only {
        for row in &report.rows {
            terminal.line(row.path.display())?;
        }
    } else {
        let mut lines = table(&report.rows, &request.order.by).into_iter();
        lines.next().map_or(Ok(()), |head| terminal.line(head))?;
        let mut before = None;
        for (line, row) in lines.zip(&report.rows) {
            if args.copies && before.is_some_and(|before| before != row.copies) {
                terminal.line("")?;
            }
            before = Some(row.copies);
            terminal.line(line)?;
        }
    }
    terminal.flush()?;
    if !args.json && !args.paths_only {
        report
            .not_imported
            .iter()
            .for_each(|document| terminal.say(document));
    }
    if !args.json {
        report
            .problems
            .iter()
            .for_each(|problem| terminal.say(problem));
        let curated = report.totals.curated_words();
        let curated = curated.map_or_else(String::new, |words| format!("; {words}"));
        terminal.say(format_args!(
            "{}: {} done, {} in progress; {}{curated}",
            count(report.totals.articles, "article"),
            report.totals.done,
            report.totals.in_progress,
            count(report.totals.figures.tags, "tag"),
        ));
    }
    Ok(match &report.problems[..] {
        [] => ExitStatus::Success,
        [_, ..] => ExitStatus::ProblemsFound,
    })
}

/// The articles in columns; those in which nothing stands are left out.
fn table(rows: &[ReportedArticle], by: &SortBy) -> Vec<String> {
    let says = |column: &SortBy| {
        rows.iter()
            .any(|row| !column.cell(&row.listed()).is_empty())
    };
    let field = match by {
        SortBy::Field(_) => Some(by.clone()),
        SortBy::Column(_) => None,
    };
    let columns_shown = Column::ALL.into_iter().map(SortBy::Column).chain(field);
    let shown: Vec<SortBy> = columns_shown.filter(says).collect();
    let head: Vec<&str> = shown.iter().map(|column| column.word()).collect();
    let cells = |row: &ReportedArticle| {
        let cells = shown.iter().map(|column| column.cell(&row.listed()));
        cells.collect::<Vec<_>>()
    };
    let is_number = |n: usize| shown.get(n).is_some_and(|column| column.is_number());
    let mut lines = columns(&head, rows.iter().map(cells).collect(), is_number);
    lines.pop();
    lines
}
