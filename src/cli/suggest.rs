use std::io::{self, BufReader};
use std::num::NonZero;
use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::ValueEnum;
use serde::Serialize;
use smol_str::SmolStr;

use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::{ExitStatus, Stop, annotator};
use crate::format::schema_file::default_schema;
use crate::ops::{
    SuggestLinesError, SuggestLinesRequest, SuggestReport, SuggestRequest, SuggestedArticle,
    SuggestedQuote, SuggestionKind, SuggestionOptions, suggest, suggest_lines, with_cues,
};
use crate::text::Encoding;
use crate::text::wording::count;

/// Suggest quotes with their speakers
///
/// Prints what is suggested and not tagged yet, one quote a line as FILE:LINE:COLUMN: FORM CONFIDENCE
/// SPEAKER: WORDS. Changes nothing without --write. With `-`, reads native JSON Lines from standard
/// input and writes them to standard output with the suggestions added, in the same order and as they
/// come. Exit code 1 if something could not be read or was left out, 2 if nothing could be read.
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
    /// Only these kinds of quotes
    #[arg(long = "kind", value_enum, value_name = "KIND", value_delimiter = ',')]
    kinds: Vec<KindArg>,
    /// Only what is this likely to be right, from 0 to 1
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = confidence,
        default_value_t = SuggestionOptions::USUAL_CONFIDENCE
    )]
    min_confidence: f64,
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
enum KindArg {
    /// Within quotation marks
    Direct,
    /// Reported, with quoted words
    Mixed,
    /// Reported, without quoted words
    Indirect,
}

impl From<KindArg> for SuggestionKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Direct => Self::Direct,
            KindArg::Mixed => Self::Mixed,
            KindArg::Indirect => Self::Indirect,
        }
    }
}

fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse().ok();
    let number = number.filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "give a number from 0 to 1, such as 0.5".to_owned())
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
    form: &'static str,
    confidence: f64,
    rule: &'static str,
    /// In code points, end-exclusive.
    fragments: &'a [[u32; 2]],
    text: &'a str,
    speaker: &'a str,
}

/// So much of a quote is on its line, in characters.
const SHOWN: usize = 100;

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let mut options = SuggestionOptions {
        min_confidence: args.min_confidence,
        ..SuggestionOptions::default()
    };
    if !args.kinds.is_empty() {
        options.kinds = args.kinds.iter().copied().map(Into::into).collect();
    }
    let jobs = args.jobs.or(available_parallelism().ok());
    let jobs = jobs.map_or(1, NonZero::get);
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        refuse_for_stream(&args)?;
        return stream(args.cues, options, jobs, terminal);
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
        jobs,
        write: args.write,
    };
    let bar = Bar::new();
    let report = suggest(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if args.json {
        terminal.json(&json(&report))?;
    } else {
        print(&report, args.write, terminal)?;
    }
    Ok(match (&*report.problems, &*report.articles) {
        ([_, ..], []) => ExitStatus::Failure,
        ([_, ..], [_, ..]) => ExitStatus::ProblemsFound,
        ([], _) => ExitStatus::Success,
    })
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

fn stream(
    cues: bool,
    options: SuggestionOptions,
    jobs: usize,
    terminal: &mut Terminal,
) -> Result<ExitStatus, Stop> {
    /// Read from the system in blocks of so many bytes.
    const BLOCK: usize = 256 << 10;
    let mut schema = default_schema().map_err(Stop::new)?;
    if cues {
        schema = with_cues(&schema).map_err(Stop::new)?;
    }
    let request = SuggestLinesRequest {
        schema,
        options,
        jobs,
    };
    let input = BufReader::with_capacity(BLOCK, io::stdin());
    let (out, mut words) = terminal.split();
    let mut told = 0;
    let ended = suggest_lines(input, out, request, &mut |problem| {
        told += 1;
        if told <= MOST_SAID {
            words.say(problem);
        }
    });
    let report = ended.map_err(|error| match error {
        SuggestLinesError::Write(error) => error.into(),
        error @ (SuggestLinesError::Read(_)
        | SuggestLinesError::TooLong { .. }
        | SuggestLinesError::Thread(_)) => Stop::new(error),
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
    Ok(
        match (report.unread + report.incomplete, report.documents) {
            (0, _) => ExitStatus::Success,
            (_, 0) => ExitStatus::Failure,
            (_, _) => ExitStatus::ProblemsFound,
        },
    )
}

/// The most messages about lines that are said.
const MOST_SAID: usize = 100;

fn print(report: &SuggestReport, write: bool, terminal: &mut Terminal) -> Result<(), Stop> {
    for article in &report.articles {
        for quote in &article.quotes {
            let (path, line, column) = (article.path.display(), quote.line, quote.column);
            let kind = quote.suggestion.kind.word();
            let confidence = quote.suggestion.confidence.get();
            let words = excerpt(&quote.words);
            let speaker = match &*quote.speaker {
                "" => "no speaker",
                speaker => speaker,
            };
            terminal.line(format_args!(
                "{path}:{line}:{column}: {kind} {confidence:.2} {speaker}: {words}"
            ))?;
        }
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
        count(report.quotes(), "quote"),
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
        id: quote.suggestion.quote.id.as_str(),
        form: quote.suggestion.kind.word(),
        confidence: quote.suggestion.confidence.get(),
        rule: quote.suggestion.rule.name(),
        fragments: &quote.fragments,
        text: &quote.words,
        speaker: &quote.speaker,
    }
}
