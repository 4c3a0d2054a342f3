use std::collections::BTreeMap;
use std::io::{BufRead, Read as _};
use std::path::PathBuf;

use serde::Serialize;
use smol_str::SmolStr;

use super::import_articles::{FoundJson, found_json, say_found, show_found};
use super::import_undo::undo_import;
use super::problem_json::{ProblemJson, problems_json};
use super::progress::Bar;
use super::terminal::Terminal;
use super::{ExitStatus, Stop, annotator};
use crate::ops::{
    ImportInput, ImportReport, ImportRequest, finished_words, import, import_format,
    name_and_value, problem_count, schema_problems,
};
use crate::store::{FinishedBatches, MAX_INPUT_BYTES, is_no_folder, private_state_dir};
use crate::text::wording::{count, short_list};

/// So many labels are in one message; `--json` has all.
const MOST_LABELS: usize = 20;

/// Turn documents into articles, and another program's files into articles with tags
///
/// Writes each document's text as DIR/ID with its sidecar, and what is known about the article (outlet,
/// date, author) beside it. Documents are Word files, web pages, exports of press databases and more. Imports
/// all documents or, if one fails, none. Never overwrites a file, unless --update is given; importing twice
/// changes nothing. The exit code is 1 where content was left out, and 2 where nothing was imported: the
/// files cannot be read, none of a file's tags can be used, or a document cannot be put where it belongs.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files to import, or folders of them; `-`: standard input, up to 1 GB and 256 MB a record (a line)
    #[arg(value_name = "FILE", required_unless_present = "undo")]
    files: Vec<PathBuf>,
    /// The format; `pullquote formats` lists them. By default it is taken from the names and the
    /// contents of the files if these leave no doubt
    #[arg(long = "from", value_name = "FORMAT")]
    format: Option<String>,
    /// The folder to write to; created if missing
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// The annotator of the tags, instead of the one in the file; of several on one text, all but the
    /// first get numbers (NAME-2). With --undo: who you are
    #[arg(long = "as", value_name = "NAME", value_parser = annotator)]
    annotator: Option<SmolStr>,
    /// Rename a label or role of the file; can be repeated
    #[arg(long = "map", value_name = "OLD=NEW", value_parser = name_and_value::<SmolStr>)]
    rename: Vec<(SmolStr, SmolStr)>,
    /// Choose an option of the format, such as unit=utf16; `pullquote formats` lists them
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = name_and_value::<String>)]
    options: Vec<(String, String)>,
    /// Write nothing; list the labels and what prevents the import
    #[arg(long)]
    dry_run: bool,
    /// Write nothing if anything in the files would be left out
    #[arg(long)]
    strict: bool,
    /// Put the text of a newer version of an article in the place of the one that is there; tags find
    /// their words again when it is opened
    #[arg(long)]
    update: bool,
    /// Take back the last import into DIR: remove what it wrote and put back what it replaced, unless
    /// somebody has worked on it since; again for the import before. Your own sidecars (--as NAME) in which
    /// nothing is left go with their articles. With --dry-run only list that
    #[arg(long, conflicts_with_all = ["files", "format", "rename", "options", "strict", "update"])]
    undo: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ImportJson {
    documents: usize,
    articles: Vec<String>,
    sidecars: Vec<String>,
    /// Files of what is known about articles.
    facts: Vec<String>,
    /// Texts and facts that newer versions took the place of.
    replaced: Vec<String>,
    /// Copies of the files that articles were found in.
    kept: Vec<String>,
    /// The articles of files of articles.
    found: Vec<FoundJson>,
    /// How many further ones are not in the list.
    found_more: usize,
    /// Files of an earlier import that was cut short, put in their places first.
    finished: usize,
    unchanged: usize,
    labels: BTreeMap<SmolStr, usize>,
    unknown_labels: Vec<SmolStr>,
    skipped: Vec<ProblemJson>,
    ignored: Vec<ProblemJson>,
    problems: Vec<ProblemJson>,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    if is_no_folder(&args.into) {
        return Err(Stop::Words(format!(
            "{}: is not a folder; name a folder with --into",
            args.into.display()
        )));
    }
    if args.undo {
        let annotator = args.annotator.as_deref();
        return undo_import(&args.into, annotator, (args.dry_run, args.json), terminal);
    }
    let inputs = args.files.into_iter().map(input);
    let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
    let format = match args.format {
        Some(format) => format,
        None => {
            let found = import_format(&inputs).map_err(Stop::new)?;
            terminal.say(format_args!("read as `{}` ({})", found.name, found.title));
            found.name.to_owned()
        }
    };
    let request = ImportRequest {
        inputs,
        format,
        into: args.into,
        annotator: args.annotator,
        rename: args.rename,
        options: args.options,
        dry_run: args.dry_run,
        strict: args.strict,
        update: args.update,
        state: private_state_dir(),
    };
    let bar = Bar::new();
    let mut report = import(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if request.state.is_none() && !report.articles.is_empty() {
        terminal
            .say("this import cannot be undone: there is no folder for what undoes it; set HOME");
    }
    report.ignored.extend(schema_problems(&request.into));
    if args.json {
        terminal.json(&json(&report))?;
    } else {
        say(&report, &request, terminal)?;
    }
    Ok(match (&*report.problems, &*report.skipped) {
        ([], []) => ExitStatus::Success,
        ([], [_, ..]) => ExitStatus::ProblemsFound,
        // Nothing was imported.
        ([_, ..], _) => ExitStatus::Failure,
    })
}

fn input(path: PathBuf) -> Result<ImportInput, Stop> {
    if path.as_os_str() != "-" {
        return Ok(ImportInput::File(path));
    }
    let bytes = read_stream(std::io::stdin().lock(), MAX_INPUT_BYTES, MAX_RECORD_BYTES);
    Ok(ImportInput::Bytes(
        "stdin".to_owned(),
        bytes.map_err(Stop::Words)?,
    ))
}

/// The largest record of a stream, in bytes. Records are lines, or the stream is one record.
const MAX_RECORD_BYTES: u64 = 256 * 1024 * 1024;

/// Reads a stream with at most so many bytes in all and in a line.
fn read_stream(
    mut stream: impl BufRead,
    most: u64,
    most_of_record: u64,
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for line in 1.. {
        let read = stream
            .by_ref()
            .take(most_of_record + 1)
            .read_until(b'\n', &mut bytes)
            .map_err(|error| format!("standard input cannot be read ({error})"))?;
        if read == 0 {
            break;
        }
        let length = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
        let end = usize::from(bytes.ends_with(b"\n"));
        if length(read - end) > most_of_record {
            return Err(format!(
                "standard input: the record on line {line} is larger than {} MB; write each record \
                 on a line of its own, divide this one, or import it from a file",
                most_of_record >> 20
            ));
        }
        if length(bytes.len()) > most {
            return Err(format!(
                "standard input is larger than {} MB; import it in parts",
                most >> 20
            ));
        }
    }
    Ok(bytes)
}

/// The most messages of one kind that are said; `--json` has more.
const MOST_SAID: usize = 20;

fn say(
    report: &ImportReport,
    request: &ImportRequest,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    if report.finished != FinishedBatches::default() {
        terminal.say(format_args!("{}", finished_words(&report.finished)));
    }
    for problem in &report.problems {
        terminal.line(problem)?;
    }
    terminal.flush()?;
    if request.dry_run {
        show_found(report, terminal)?;
    }
    for kind in [&report.skipped, &report.ignored] {
        for left_out in kind.iter().take(MOST_SAID) {
            terminal.say(left_out);
        }
        let said: usize = kind.iter().take(MOST_SAID).map(|said| said.count).sum();
        if let Some(more) = problem_count(kind)
            .checked_sub(said)
            .filter(|more| *more > 0)
        {
            terminal.say(format_args!("… and {more} more; --json lists them"));
        }
    }
    if !report.unknown_labels.is_empty() {
        terminal.say(format_args!(
            "not in the schema: {}; use --map OLD=NEW to rename",
            short_list(&report.unknown_labels, MOST_LABELS)
        ));
    }
    if !report.problems.is_empty() {
        terminal.say(format_args!(
            "nothing was imported: {}",
            count(problem_count(&report.problems), "problem")
        ));
        return Ok(());
    }
    if request.strict && !report.skipped.is_empty() {
        terminal.say(format_args!(
            "nothing was imported, because content would be left out: {} (--strict)",
            count(report.skipped.len(), "message")
        ));
        return Ok(());
    }
    if !report.found.is_empty() {
        say_found(report, terminal);
    }
    if request.dry_run && !report.found.is_empty() {
        return Ok(());
    }
    if request.dry_run {
        let labels = report
            .labels
            .iter()
            .map(|(label, n)| format!("{n} {label}"));
        terminal.say(format_args!(
            "{} read, {} already there; tags: {}",
            count(report.documents, "document"),
            report.unchanged,
            short_list(labels, MOST_LABELS),
        ));
        return Ok(());
    }
    terminal.say(format_args!(
        "{} read: wrote {} and {}, {} already there",
        count(report.documents, "document"),
        count(report.articles.len(), "article"),
        count(report.sidecars.len(), "sidecar"),
        report.unchanged,
    ));
    Ok(())
}

fn json(report: &ImportReport) -> ImportJson {
    let shown = |paths: &[PathBuf]| paths.iter().map(|p| p.display().to_string()).collect();
    ImportJson {
        documents: report.documents,
        articles: shown(&report.articles),
        sidecars: shown(&report.sidecars),
        facts: shown(&report.facts),
        replaced: shown(&report.replaced),
        kept: shown(&report.kept),
        found: found_json(report),
        found_more: report.found.more(),
        finished: report.finished.placed,
        unchanged: report.unchanged,
        labels: report.labels.clone(),
        unknown_labels: report.unknown_labels.clone(),
        skipped: problems_json(&report.skipped),
        ignored: problems_json(&report.ignored),
        problems: problems_json(&report.problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_has_a_limit_and_each_of_its_records() {
        let read = |text: &str, most, record| read_stream(text.as_bytes(), most, record);
        assert_eq!(read("abc\nab", 6, 3), Ok(b"abc\nab".to_vec()));
        assert_eq!(read("", 6, 3), Ok(Vec::new()));
        let words = read("ab\nabcd\n", 20, 3).unwrap_err();
        assert!(words.contains("the record on line 2 is larger"), "{words}");
        let words = read("abc\nabc\nab", 7, 3).unwrap_err();
        assert!(words.contains("import it in parts"), "{words}");
    }
}
