//! Rank 5: the command line. Each subcommand is a file: arguments → request → [`crate::ops`] →
//! print. Standard output carries results, standard error words for people.

mod agree;
mod args;
mod assign;
mod carry;
mod change;
mod check;
mod columns;
mod completions;
mod effort;
mod exam;
mod export;
mod formats;
mod import;
mod import_articles;
mod import_undo;
mod list;
mod man;
mod merge;
mod problem_json;
mod progress;
mod recover;
mod score;
mod search;
mod stats;
mod suggest;
mod terminal;
mod times_args;
mod undecided;

use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{CommandFactory, Parser};
use smol_str::SmolStr;

use crate::ops::WindowRequest;
use crate::store::sidecar_file::{AnnotatorNameError, check_annotator};
use crate::store::{fail_beyond_size_limit, in_words};
use crate::text::wording::escaped;

use args::Args;
use terminal::Terminal;

/// What the arguments ask for.
#[derive(Debug)]
pub enum Invocation {
    /// No subcommand: open the window.
    Window(WindowRequest),
    /// A subcommand has run and printed its output.
    Done(ExitStatus),
}

/// How a run ended, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// All is well: 0.
    Success,
    /// It ran and found problems: 1.
    ProblemsFound,
    /// It could not run: 2.
    Failure,
    /// A merge could not run: 129, as git has it.
    MergeFailure,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(match status {
            ExitStatus::Success => 0,
            ExitStatus::ProblemsFound => 1,
            ExitStatus::Failure => 2,
            ExitStatus::MergeFailure => 129,
        })
    }
}

/// Why a subcommand stopped.
enum Stop {
    /// The reader of the output is gone; nothing to say.
    NobodyReads,
    /// Words for people.
    Words(String),
}

impl Stop {
    fn new(error: impl Display) -> Self {
        Self::Words(error.to_string())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Words(format!(
                "the output cannot be written: {}",
                in_words(&error)
            )),
        }
    }
}

/// Reads the arguments, the program's name first, and runs the subcommand among them.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Invocation {
    fail_beyond_size_limit();
    let args: Vec<OsString> = args.into_iter().collect();
    let first = args.get(1).cloned().unwrap_or_default();
    // Git takes any other number for a merge with so many conflicts.
    let failure = match first.to_str() {
        Some("merge") => ExitStatus::MergeFailure,
        _ => ExitStatus::Failure,
    };
    let args = match Args::try_parse_from(&args) {
        Ok(args) => args,
        Err(error) => {
            // Its words quote the arguments, which may be the names of files.
            let quoted = args.iter().map(|arg| arg.to_string_lossy());
            let quoted = quoted.map(|arg| OsString::from(escaped(&arg).into_owned()));
            let error = Args::try_parse_from(quoted).err().unwrap_or(error);
            return Invocation::Done(show_usage(error, &first, failure));
        }
    };
    let Some(subcommand) = args.subcommand else {
        if let Some(words) = args.window.misspelt() {
            complain(words);
            return Invocation::Done(ExitStatus::Failure);
        }
        return Invocation::Window(args.window.into());
    };
    let terminal = &mut Terminal::default();
    let ended = subcommand.run(terminal);
    let ended = ended.and_then(|status| {
        terminal.flush()?;
        Ok(status)
    });
    Invocation::Done(match ended {
        Ok(status) => status,
        Err(Stop::NobodyReads) => ExitStatus::Success,
        Err(Stop::Words(words)) => {
            complain(words);
            failure
        }
    })
}

/// An annotator's name, checked.
fn annotator(name: &str) -> Result<SmolStr, AnnotatorNameError> {
    check_annotator(name)?;
    Ok(name.into())
}

/// The program and its subcommands, for what describes them.
fn usage() -> clap::Command {
    Args::command()
}

/// Prints to standard error why the program could not run.
pub fn complain(error: impl Display) {
    Terminal::default().say(format_args!("pullquote: {error}"));
}

/// The same for words of our own that take several lines.
pub fn complain_in_lines(error: impl Display) {
    Terminal::default().say_lines(format_args!("pullquote: {error}"));
}

/// Help and version go to standard output and are fine; wrong usage goes to standard error.
fn show_usage(mut error: clap::Error, first: &OsStr, failure: ExitStatus) -> ExitStatus {
    if error.kind() == ErrorKind::UnknownArgument {
        if let Some(words) = args::unknown_subcommand(first) {
            complain(words);
            return failure;
        }
        // An unknown option is hardly ever meant as the name of a file.
        error.remove(ContextKind::Suggested);
    }
    // If this fails, nothing more can be reported.
    let _ = error.print();
    if error.use_stderr() {
        failure
    } else {
        ExitStatus::Success
    }
}
