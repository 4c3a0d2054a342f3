use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::undecided::{UndecidedArticleJson, say_undecided, undecided_json};
use super::{ExitStatus, Stop};
use crate::ops::search::{CuratedHits, Found, Hit, SearchFolder, SearchOrder, write_csv};
use crate::text::Encoding;
use crate::text::wording::{count, count_as};

/// Search texts and tags of a folder
///
/// Prints a line for each hit: the place, the words before, what was found, the words after, the person and the
/// date. QUERY holds words, which are found in any case, and conditions, which all hold:
///
///   quote speaker:Tillerson sanctions     quotes of Tillerson with the word
///   label:speaker mention:pronoun         mentions by an attribute of the schema
///   claim review:unsure -by:ben           unsure claims that are not Ben's
///   "trade war" outlet:Daily date:2024-05 words in the text of some articles
///
/// Fields: label, speaker (a name, none, not-given), person, about (who is mentioned or quoted in it), who (what is
/// known of the speaker: who:role=minister), words (how many: 5, 5-9, 60-), review, by, note, is (suggestion, split,
/// curated, to-correct), every attribute of the schema, attribute:NAME=VALUE, article, headline, outlet, date, tags
/// (how many the article has). The key of a label
/// stands for label:KEY; in quotation marks it is a word. A - before a term means that it does not hold. Words
/// without conditions on tags are found in the text, several within one paragraph. Write -- before a query that
/// begins with a -. --sort left or right brings hits with the same words before or after them together. Exit code
/// 1 if nothing was found or something could not be read.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Args {
    /// Articles and folders of articles, and last the query
    #[arg(value_name = "PATH… QUERY", required = true, num_args = 2..)]
    paths_and_query: Vec<PathBuf>,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Print the hits as JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print the hits as a table with commas
    #[arg(long)]
    csv: bool,
    /// In which order: by article, keyword, left (the words before), right (the words after), person, date, outlet,
    /// form or by (whose tag)
    #[arg(long, value_name = "BY", value_parser = order_named, default_value = "article")]
    sort: SearchOrder,
    /// Print the first N hits alone
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

fn order_named(word: &str) -> Result<SearchOrder, String> {
    let known = SearchOrder::ALL.map(SearchOrder::word);
    SearchOrder::named(word).ok_or_else(|| format!("use one of {}", known.join(", ")))
}

#[derive(Serialize)]
struct SearchJson<'a> {
    articles: usize,
    hits: Vec<HitJson<'a>>,
    /// Articles with curated hits in which something is undecided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<UndecidedArticleJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct HitJson<'a> {
    article: &'a str,
    line: usize,
    column: usize,
    left: &'a str,
    keyword: &'a str,
    right: &'a str,
    label: &'a str,
    person: &'a str,
    annotator: &'a str,
    curated: bool,
    tag: &'a str,
    headline: &'a str,
    outlet: &'a str,
    date: &'a str,
}

impl<'a> From<&'a Hit> for HitJson<'a> {
    fn from(hit: &'a Hit) -> Self {
        Self {
            article: &hit.article,
            line: hit.place.0,
            column: hit.place.1,
            left: &hit.left,
            keyword: &hit.keyword,
            right: &hit.right,
            label: &hit.label,
            person: &hit.person,
            annotator: &hit.annotator,
            curated: hit.curated,
            tag: hit.tag.as_ref().map_or("", |tag| tag.as_str()),
            headline: &hit.headline,
            outlet: &hit.outlet,
            date: &hit.date,
        }
    }
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let Some((query, paths)) = args.paths_and_query.split_last() else {
        return Err(Stop::Words("name articles and a query".to_owned()));
    };
    let bar = Bar::new();
    let folder = SearchFolder::read(paths, args.encoding, &mut |progress| bar.show(progress));
    let folder = folder.map_err(Stop::new)?;
    drop(bar);
    let query = folder.query(&query.to_string_lossy()).map_err(Stop::new)?;
    let mut found = folder.search(&query, usize::MAX, || true).found;
    args.sort.sort(&mut found);
    let (all, articles) = (found.len(), articles_of(&found));
    let curated = CuratedHits::of(&found);
    found.truncate(args.limit.unwrap_or(usize::MAX));
    let hits: Vec<Hit> = found.iter().map(Found::hit).collect();
    let suggested = match all {
        0 => folder.suggested(&query, usize::MAX, || true),
        _ => 0,
    };
    let counts = (all, hits.len(), articles);
    if args.json {
        terminal.json(&SearchJson {
            articles: folder.len(),
            hits: hits.iter().map(HitJson::from).collect(),
            undecided: undecided_json(&curated.undecided),
            problems: problems_json(&folder.problems),
        })?;
    } else if args.csv {
        write_csv(&found, terminal.out()).map_err(stop)?;
        say(&folder, counts, (&curated, suggested), terminal);
    } else {
        for hit in &hits {
            terminal.line(line(hit))?;
        }
        terminal.flush()?;
        say(&folder, counts, (&curated, suggested), terminal);
    }
    Ok(if hits.is_empty() || !folder.problems.is_empty() {
        ExitStatus::ProblemsFound
    } else {
        ExitStatus::Success
    })
}

fn stop(error: csv::Error) -> Stop {
    let words = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Stop::from(error),
        _ => Stop::Words(words),
    }
}

/// The place, then the words in the middle, as editors and people can follow.
fn line(hit: &Hit) -> String {
    let (line, column) = hit.place;
    let Hit {
        article,
        left,
        keyword,
        right,
        ..
    } = hit;
    let about = [&*hit.label, &*hit.person, &*hit.date, &*hit.by];
    let about: Vec<&str> = about
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let about = match &about[..] {
        [] => String::new(),
        about => format!("  [{}]", about.join(", ")),
    };
    format!("{article}:{line}:{column}: {left}⟦{keyword}⟧{right}{about}")
}

fn articles_of(found: &[Found]) -> usize {
    let articles: BTreeSet<&str> = found.iter().map(Found::article).collect();
    articles.len()
}

/// How many hits there are and were printed, and in how many articles.
fn say(
    folder: &SearchFolder,
    (all, printed, articles): (usize, usize, usize),
    (curated, suggested): (&CuratedHits, usize),
    terminal: &mut Terminal,
) {
    for problem in &folder.problems {
        terminal.say(problem);
    }
    say_undecided(&curated.undecided, terminal);
    let first = match printed < all {
        true => format!("the first {printed} of "),
        false => String::new(),
    };
    let settled = curated.undecided_words();
    let settled = settled.map_or_else(String::new, |words| format!("; {words}"));
    terminal.say(format_args!(
        "{first}{} in {articles} of {}{settled}",
        count(all, "hit"),
        count_as(folder.len(), "article", "articles")
    ));
    if suggested > 0 {
        let left_out = count(suggested, "suggestion");
        terminal.say(format_args!(
            "{left_out} left out; is:suggestion finds them"
        ));
    }
}
