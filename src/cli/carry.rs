use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use smol_str::SmolStr;

use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::undecided::{UndecidedArticleJson, say_undecided, undecided_json};
use super::{ExitStatus, Stop, annotator};
use crate::ops::FileProblem;
use crate::ops::bulk_step::BulkRequest;
use crate::ops::carry_tags::{
    CarriedTag, CarryFate, CarryReport, carry_tags, copies_of, preview_carry,
};
use crate::store::{canonical_folder, canonical_path, is_folder, private_state_dir};
use crate::text::Encoding;
use crate::text::wording::{count, count_as, one_line};

/// Carry the tags of an article into its copies
///
/// Copies are the articles of the folder with nearly the same text (see `list --copies`). The curated tags of ARTICLE
/// are carried, else your own (--as), and those of colleagues, too, where the project says so (`conventions:
/// {"carry": "everybody"}`). In each copy they become open suggestions in your own sidecar, with links to their
/// speakers; what is tagged there, or was rejected before, is not suggested. Prints a line for each tag:
/// FILE:LINE:COLUMN: LABEL, what became of it, WORDS; `gone` where the words are not in the copy. Changes nothing
/// without --write; what it writes is one step, which the window can undo. Exit code 1 if something could not be read.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The article whose tags are carried
    #[arg(value_name = "ARTICLE")]
    article: PathBuf,
    /// The folder with the copies; by default that of ARTICLE
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Save them as open suggestions in the sidecars
    #[arg(long)]
    write: bool,
    /// The annotator whose sidecars are meant
    #[arg(long = "as", value_name = "NAME", value_parser = annotator)]
    annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct CarryJson<'a> {
    articles: Vec<ArticleJson<'a>>,
    suggested: usize,
    saved: bool,
    /// What is undecided in the curated tags that are carried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<UndecidedArticleJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    path: String,
    tags: Vec<TagJson<'a>>,
}

#[derive(Serialize)]
struct TagJson<'a> {
    label: &'a str,
    /// The words in the article it is from.
    text: &'a str,
    fate: &'static str,
    /// The words here, where they are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<&'a str>,
    /// Attributes that the project of the copy does not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> From<&'a CarriedTag> for TagJson<'a> {
    fn from(tag: &'a CarriedTag) -> Self {
        Self {
            label: &tag.label,
            text: &tag.words,
            fate: tag.fate.word(),
            now: now(&tag.fate),
            left_out: tag.left_out.iter().map(SmolStr::as_str).collect(),
            line: tag.place.map(|(line, _)| line),
            column: tag.place.map(|(_, column)| column),
        }
    }
}

fn now(fate: &CarryFate) -> Option<&str> {
    match fate {
        CarryFate::Changed { now } => Some(now),
        CarryFate::Unchanged
        | CarryFate::Doubtful
        | CarryFate::Gone
        | CarryFate::Present
        | CarryFate::Rejected
        | CarryFate::Unfit(_) => None,
    }
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let article = canonical_path(&args.article);
    let given = match &args.folder {
        Some(folder) if !is_folder(folder) => {
            let words = format!("{}: this is not a folder", folder.display());
            return Err(Stop::Words(words));
        }
        Some(folder) => folder.clone(),
        None => match args.article.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            Some(_) | None => PathBuf::from("."),
        },
    };
    let root = canonical_folder(&given);
    let bar = Bar::new();
    let folder = [root.clone()];
    let copies = copies_of(&article, &folder, args.encoding, &mut |progress| {
        bar.show(progress);
    });
    let (copies, unread) = copies.map_err(Stop::new)?;
    drop(bar);
    if copies.is_empty() {
        say(&unread, terminal);
        let words = format!(
            "no article in {} has nearly the text of {}",
            given.display(),
            args.article.display()
        );
        return Err(Stop::Words(words));
    }
    let annotator = args.annotator.as_deref();
    let report = match args.write {
        false => preview_carry(&root, annotator, &article, &copies, args.encoding),
        true => {
            let Some(state) = private_state_dir() else {
                let words = "there is no folder for what undoes this; set HOME";
                return Err(Stop::Words(words.to_owned()));
            };
            let step = BulkRequest {
                root: &root,
                annotator,
                targets: &[],
                open: &BTreeSet::new(),
                state: &state,
                now: Timestamp::now(),
            };
            let encoding = args.encoding;
            carry_tags(&step, &article, &copies, encoding, &mut |_| ())
        }
    };
    let mut report = report.map_err(|error| {
        say(&unread, terminal);
        Stop::new(error)
    })?;
    let told = report.problems.clone();
    let new = unread.into_iter().filter(|problem| !told.contains(problem));
    report.problems.extend(new);
    // As the person named the folder.
    let shown = |path: &Path| match path.strip_prefix(&root) {
        Ok(below) => given.join(below).display().to_string(),
        Err(_) => path.display().to_string(),
    };
    if args.json {
        let articles = report.articles.iter().map(|one| ArticleJson {
            path: shown(&one.article),
            tags: one.tags.iter().map(TagJson::from).collect(),
        });
        terminal.json(&CarryJson {
            articles: articles.collect(),
            suggested: report.suggested(),
            saved: report.step.is_some(),
            undecided: undecided_json(report.undecided.as_slice()),
            problems: problems_json(&report.problems),
        })?;
    } else {
        print(&report, &shown, args.write, terminal)?;
    }
    Ok(match &report.problems[..] {
        [] => ExitStatus::Success,
        [_, ..] => ExitStatus::ProblemsFound,
    })
}

fn say(problems: &[FileProblem], terminal: &mut Terminal) {
    problems.iter().for_each(|problem| terminal.say(problem));
}

fn print(
    report: &CarryReport,
    shown: &dyn Fn(&Path) -> String,
    write: bool,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    for article in &report.articles {
        let path = shown(&article.article);
        for tag in &article.tags {
            let place = match tag.place {
                Some((line, column)) => format!("{path}:{line}:{column}"),
                None => path.clone(),
            };
            let words = one_line(&tag.words);
            let (label, fate) = (&tag.label, tag.fate.word());
            let line = match &tag.fate {
                CarryFate::Changed { now } => {
                    format!("{place}: {label} {fate}: {} (was {words})", one_line(now))
                }
                CarryFate::Unfit(why) => format!("{place}: {label} {fate}: {words} ({why})"),
                CarryFate::Unchanged
                | CarryFate::Doubtful
                | CarryFate::Gone
                | CarryFate::Present
                | CarryFate::Rejected => format!("{place}: {label} {fate}: {words}"),
            };
            let without = match &tag.left_out[..] {
                [] => String::new(),
                names => format!(" (without {})", names.join(", ")),
            };
            terminal.line(line + &without)?;
        }
    }
    terminal.flush()?;
    report
        .problems
        .iter()
        .for_each(|problem| terminal.say(problem));
    say_undecided(report.undecided.as_slice(), terminal);
    let counts = report.counts();
    let fates = counts
        .iter()
        .map(|(word, number)| format!("{number} {word}"));
    let fates: Vec<String> = fates.collect();
    let articles = count_as(report.articles.len(), "copy", "copies");
    let told = match (&report.step, write) {
        (Some(step), _) => step.step.label().to_owned(),
        (None, true) => "nothing to suggest that is not there".to_owned(),
        (None, false) => format!(
            "{} to suggest; --write saves them",
            count(report.suggested(), "tag")
        ),
    };
    terminal.say(format_args!("{articles}: {}; {told}", fates.join(", ")));
    Ok(())
}
