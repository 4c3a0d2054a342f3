use std::cmp::Reverse;
use std::io;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use clap::ValueEnum;
use serde::Serialize;
use smol_str::SmolStr;

use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::{Terminal, say_on_any_thread};
use super::{ExitStatus, Stop, annotator};
use crate::format::schema_file::default_schema;
use crate::model::{Confidence, QuoteForm};
use crate::ops::{
    ConfidenceThreshold, LearnRequest, ModelCommand, SuggestLinesError, SuggestLinesRequest,
    SuggestReport, SuggestRequest, SuggestedArticle, SuggestedQuote, SuggestionOptions, learn,
    learned_words, load_model, save_model, suggest, suggest_lines, with_cues,
};
use crate::suggest::{LearnedModel, ProposalKind};
use crate::text::Encoding;
use crate::text::wording::count;

/// Suggest quotes with their speakers
///
/// Prints what is suggested and not tagged yet, one quote a line as FILE:LINE:COLUMN: FORM CONFIDENCE
/// SPEAKER: WORDS; with --kind claim alone those most worth checking first. Behind "he" or "the minister" is
/// the person meant, where the text names one: he (Rex Tillerson). Changes nothing without --write. With
/// `-`, reads native JSON Lines from standard input and writes them to standard output with the suggestions
/// added, in the same order and as they come. Exit code 1 if something could not be read or was left out, 2
/// if nothing could be read.
///
/// With --with, a program suggests instead. It is started once, reads native JSON Lines from its standard
/// input and writes each document in the same order and with the same `id` and `text`, with more `spans` and
/// `links` in it (offsets in code points, end-exclusive). It must write and flush a line before it has read
/// 1,000 more. What it adds is an open suggestion with the origin `model/NAME`; tags that are there stay as
/// they are, and what is tagged or rejected is not suggested again. An answer that does not fit in every way
/// is reported, and nothing of it is taken.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles; `-`: documents from standard input, up to 256 MB a line
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Save them as open suggestions in the sidecars
    #[arg(long)]
    write: bool,
    /// The annotator whose sidecars are meant
    #[arg(long = "as", value_name = "NAME", value_parser = annotator)]
    annotator: Option<SmolStr>,
    /// First learn from the tags of this article, folder or file of tagged documents; may be given more
    /// than once. Only articles with quotes count, and of those that are not finished only what comes before
    /// the last quote. What was learned is used where it does better than the rules on articles kept apart
    #[arg(long = "learn", value_name = "PATH")]
    learn: Vec<PathBuf>,
    /// With --learn: keep what was learned in this file
    #[arg(long, value_name = "FILE", requires = "learn")]
    save_learned: Option<PathBuf>,
    /// Use what was learned before and kept with --save-learned or exported in the window
    #[arg(long, value_name = "FILE", conflicts_with = "learn")]
    learned: Option<PathBuf>,
    /// Let this program suggest. The command is split into words as in a shell, but no shell runs it: |, >,
    /// $ and * mean nothing. Run only programs you trust
    #[arg(long = "with", value_name = "COMMAND", value_parser = ModelCommand::parse)]
    model: Option<ModelCommand>,
    /// With --with: the longest wait for an answer; by default 60
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "model")]
    timeout: Option<Duration>,
    /// Only these kinds; by default quotes, and claims where the project has them suggested. With --with:
    /// also what the rules find of these kinds
    #[arg(long = "kind", value_enum, value_name = "KIND", value_delimiter = ',')]
    kinds: Vec<KindArg>,
    /// Only what is this likely to be right, from 0 to 1; by default 0.5, and what is best for what was
    /// learned. With --with there is no default, and what has no confidence stays
    #[arg(long, value_name = "NUMBER", value_parser = confidence)]
    min_confidence: Option<f64>,
    /// With `-`: also tag and link cues, the words that report (said, according to). For articles, the
    /// labels are those of the project
    #[arg(long)]
    cues: bool,
    /// How many articles to work on at once; by default as many as there are processor cores
    #[arg(long, value_name = "NUMBER")]
    jobs: Option<NonZero<usize>>,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum KindArg {
    /// Within quotation marks
    Direct,
    /// Reported, with quoted words
    Mixed,
    /// Reported, without quoted words
    Indirect,
    /// No quote: a statement worth checking, said or written; its confidence ranks it
    Claim,
}

impl From<KindArg> for ProposalKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Direct => QuoteForm::Direct.into(),
            KindArg::Mixed => QuoteForm::Mixed.into(),
            KindArg::Indirect => QuoteForm::Indirect.into(),
            KindArg::Claim => Self::Claim,
        }
    }
}

pub(super) fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse().ok();
    let number = number.filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "give a number from 0 to 1, such as 0.5".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number: Option<f64> = text.parse().ok();
    let number = number.filter(|number| *number > 0.0);
    let duration = number.and_then(|number| Duration::try_from_secs_f64(number).ok());
    duration.ok_or_else(|| "give a number of seconds above 0, such as 120".to_owned())
}

#[derive(Serialize)]
struct SuggestJson<'a> {
    articles: usize,
    quotes: usize,
    saved: usize,
    suggestions: Vec<QuoteJson<'a>>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    path: String,
    line: usize,
    column: usize,
    id: &'a str,
    /// Where a program suggests, which may suggest tags of any label.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    form: Option<&'a str>,
    confidence: Option<f64>,
    rule: Option<&'static str>,
    /// In code points, end-exclusive.
    fragments: &'a [[u32; 2]],
    text: &'a str,
    speaker: Option<&'a str>,
    /// Whom the mention means, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'a str>,
}

/// So much of a quote is on its line, in characters.
const SHOWN: usize = 100;

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let mut options = SuggestionOptions::default();
    if let Some(least) = args.min_confidence {
        options.threshold = ConfidenceThreshold::At(least);
    }
    if !args.kinds.is_empty() || args.model.is_some() {
        options.kinds = Some(args.kinds.iter().copied().map(Into::into).collect());
    }
    let model = args.model.clone().map(|mut model| {
        model.timeout = args.timeout.unwrap_or(model.timeout);
        model.standard_error = say_on_any_thread;
        model
    });
    let learned = learned(&args, terminal)?;
    let jobs = args.jobs.or(available_parallelism().ok());
    let jobs = jobs.map_or(1, NonZero::get);
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        refuse_for_stream(&args)?;
        let mut schema = default_schema().map_err(Stop::new)?;
        if args.cues {
            schema = with_cues(&schema).map_err(Stop::new)?;
        }
        let request = SuggestLinesRequest {
            schema,
            options,
            learned,
            model,
            model_confidence: args.min_confidence,
            jobs,
        };
        return stream(request, terminal);
    }
    if args.cues {
        let words =
            "--cues is for `-`; for articles, add a label that `reports` to `pullquote.ron`";
        return Err(Stop::Words(words.to_owned()));
    }
    let request = SuggestRequest {
        paths: args.paths,
        annotator: args.annotator,
        encoding: args.encoding,
        options,
        learned,
        model,
        model_confidence: args.min_confidence,
        jobs,
        write: args.write,
    };
    let bar = Bar::new();
    let report = suggest(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if args.json {
        terminal.json(&json(&report))?;
    } else {
        let only_claims = matches!(&*args.kinds, [KindArg::Claim]) && request.model.is_none();
        let noun = match request.model {
            Some(_) => "tag",
            None if only_claims => "claim",
            None => "quote",
        };
        print(&report, noun, only_claims, args.write, terminal)?;
    }
    Ok(match (&*report.problems, &*report.articles) {
        ([_, ..], []) => ExitStatus::Failure,
        ([_, ..], [_, ..]) => ExitStatus::ProblemsFound,
        ([], _) => ExitStatus::Success,
    })
}

/// What was learned before, or is learned now.
fn learned(args: &Args, terminal: &mut Terminal) -> Result<Option<Arc<LearnedModel>>, Stop> {
    if let Some(path) = &args.learned {
        let model = load_model(path).map_err(Stop::new)?;
        return Ok(Some(Arc::new(model)));
    }
    if args.learn.is_empty() {
        return Ok(None);
    }
    let request = LearnRequest {
        paths: args.learn.clone(),
        annotator: args.annotator.clone(),
        encoding: args.encoding,
        only_done: false,
    };
    let bar = Bar::new();
    let report = learn(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    for problem in &report.problems {
        terminal.say(problem);
    }
    terminal.say(learned_words(&report));
    if let Some((path, model)) = args.save_learned.as_ref().zip(report.model.as_ref()) {
        save_model(path, model).map_err(Stop::new)?;
    }
    Ok(report.model.map(Arc::new))
}

/// What is about articles on disk goes with them alone.
fn refuse_for_stream(args: &Args) -> Result<(), Stop> {
    let of_articles = [
        ("--write", args.write),
        ("--as", args.annotator.is_some()),
        ("--encoding", args.encoding.is_some()),
        ("--json", args.json),
        ("another path", args.paths.len() > 1),
    ];
    match of_articles.into_iter().find(|(_, given)| *given) {
        Some((what, _)) => Err(Stop::Words(format!(
            "{what} cannot go with `-`, which reads JSON Lines from standard input and writes the same; \
             leave one of them out"
        ))),
        None => Ok(()),
    }
}

fn stream(request: SuggestLinesRequest, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let (out, mut words) = terminal.split();
    let mut told = 0;
    let ended = suggest_lines(io::stdin(), out, request, &mut |problem| {
        told += 1;
        if told <= MOST_SAID {
            words.say(problem);
        }
    });
    let report = ended.map_err(|error| match error {
        SuggestLinesError::Write(error) => error.into(),
        error @ (SuggestLinesError::Read(_)
        | SuggestLinesError::TooLong { .. }
        | SuggestLinesError::Thread(_)
        | SuggestLinesError::Start(_)) => Stop::new(error),
    })?;
    if let Some(more) = told.checked_sub(MOST_SAID).filter(|more| *more > 0) {
        terminal.say(format_args!("… and {more} more messages like these"));
    }
    if report.unread > 0 {
        let lines = count(report.unread, "line");
        terminal.say(format_args!(
            "{lines} left out, because they cannot be read"
        ));
    }
    if report.unanswered > 0 {
        let documents = count(report.unanswered, "document");
        terminal.say(format_args!(
            "{documents} without suggestions of the program, written as they were"
        ));
    }
    let fine = report.unread + report.incomplete == 0 && !report.model_failed;
    Ok(match report.documents.checked_sub(report.unanswered) {
        _ if fine => ExitStatus::Success,
        None | Some(0) => ExitStatus::Failure,
        Some(_) => ExitStatus::ProblemsFound,
    })
}

/// The most messages about lines that are said.
const MOST_SAID: usize = 100;

fn print(
    report: &SuggestReport,
    noun: &str,
    ranked: bool,
    write: bool,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let rows = report
        .articles
        .iter()
        .flat_map(|article| article.quotes.iter().map(move |quote| (article, quote)));
    let mut rows: Vec<_> = rows.collect();
    if ranked {
        // What is most worth checking first, over all articles.
        rows.sort_by_key(|(_, quote)| Reverse(quote.confidence));
    }
    for (article, quote) in rows {
        let (path, line, column) = (article.path.display(), quote.line, quote.column);
        let kind = quote.form.as_ref().unwrap_or(&quote.label);
        let confidence = match quote.confidence {
            Some(confidence) => format!(" {:.2}", confidence.get()),
            None => String::new(),
        };
        let words = excerpt(&quote.words);
        let speaker = match quote.speaker.as_deref() {
            Some("") => " no speaker".to_owned(),
            Some(speaker) => match quote.person.as_deref() {
                Some(person) if !speaker.contains(person) => format!(" {speaker} ({person})"),
                Some(_) | None => format!(" {speaker}"),
            },
            None => String::new(),
        };
        terminal.line(format_args!(
            "{path}:{line}:{column}: {kind}{confidence}{speaker}: {words}"
        ))?;
    }
    terminal.flush()?;
    for problem in &report.problems {
        terminal.say(problem);
    }
    let saved = saved(report);
    let done = match write {
        true => format!("; saved in {}", count(saved, "sidecar")),
        false if report.quotes() > 0 => "; add --write to save them".to_owned(),
        false => String::new(),
    };
    terminal.say(format_args!(
        "{}: {} suggested{done}",
        count(report.articles.len(), "article"),
        count(report.quotes(), noun),
    ));
    Ok(())
}

fn excerpt(words: &str) -> String {
    let mut characters = words.chars();
    let mut start: String = characters.by_ref().take(SHOWN).collect();
    if characters.next().is_some() {
        start.push('…');
    }
    start
}

fn saved(report: &SuggestReport) -> usize {
    let articles = report.articles.iter();
    articles.filter(|article| article.saved).count()
}

fn json(report: &SuggestReport) -> SuggestJson<'_> {
    let rows = report
        .articles
        .iter()
        .flat_map(|article| article.quotes.iter().map(|quote| row(article, quote)));
    SuggestJson {
        articles: report.articles.len(),
        quotes: report.quotes(),
        saved: saved(report),
        suggestions: rows.collect(),
        problems: problems_json(&report.problems),
    }
}

fn row<'a>(article: &SuggestedArticle, quote: &'a SuggestedQuote) -> QuoteJson<'a> {
    QuoteJson {
        path: article.path.display().to_string(),
        line: quote.line,
        column: quote.column,
        id: &quote.id,
        label: quote.rule.is_none().then_some(&*quote.label),
        form: quote.form.as_deref(),
        confidence: quote.confidence.map(Confidence::get),
        rule: quote.rule,
        fragments: &quote.fragments,
        text: &quote.words,
        speaker: quote.speaker.as_deref(),
        person: quote.person.as_deref(),
    }
}
