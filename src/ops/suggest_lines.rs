//! Suggestions for a stream of documents: native JSON Lines in, the same out.

use std::io::{self, BufRead, Read as _, Write};
use std::path::Path;

use super::in_order::{Next, in_order};
use super::{FileProblem, SuggestionOptions, add_suggestions, suggestions};
use crate::edit::apply;
use crate::format::{ImportedDocument, JsonLine, NamedDocument};
use crate::model::Schema;

/// What the stream is called in messages.
const STREAM: &str = "stdin";
/// The longest line, in bytes.
const LONGEST_LINE: u64 = 256 << 20;

/// How to work on a stream.
#[derive(Debug, Clone)]
pub struct SuggestLinesRequest {
    /// The labels and roles of what is suggested.
    pub schema: Schema,
    /// What is suggested.
    pub options: SuggestionOptions,
    /// On so many threads; 0 counts as 1.
    pub jobs: usize,
}

/// What became of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SuggestLinesReport {
    /// Documents written.
    pub documents: usize,
    /// Quotes suggested in them.
    pub suggested: usize,
    /// Lines that could not be read and are not written.
    pub unread: usize,
    /// Documents that something was left out of.
    pub incomplete: usize,
}

/// Why a stream was not worked on to its end. What was written before is whole.
#[derive(Debug, thiserror::Error)]
pub enum SuggestLinesError {
    /// The input failed.
    #[error("standard input cannot be read ({0})")]
    Read(io::Error),
    /// No line may be as long.
    #[error(
        "standard input: line {line} is longer than {} MB; write each document on a line of its own, or \
         divide this one",
        LONGEST_LINE >> 20
    )]
    TooLong {
        /// Its number, from 1.
        line: usize,
    },
    /// The output failed.
    #[error(transparent)]
    Write(io::Error),
    /// The system gives no thread.
    #[error("no thread can be started ({0}); try a smaller number of --jobs")]
    Thread(io::Error),
}

/// What a line gave.
#[derive(Default)]
struct Answer {
    /// The line to write; empty where there is none.
    written: Vec<u8>,
    suggested: usize,
    problems: Vec<FileProblem>,
}

/// Adds suggestions to each document of `input` and writes it to `out`, in the same order. What is in a
/// line stays: its tags, links and people, and fields of other programs. Lines that cannot be read, and
/// what is left out of others, go to `tell`. Only a few lines are in memory at a time; `out` is flushed
/// whenever the next one is not ready.
///
/// # Errors
/// [`SuggestLinesError`] where input or output fail.
pub fn suggest_lines(
    input: impl BufRead + Send + 'static,
    out: &mut dyn Write,
    request: SuggestLinesRequest,
    tell: &mut dyn FnMut(FileProblem),
) -> Result<SuggestLinesReport, SuggestLinesError> {
    let jobs = request.jobs.max(1);
    let work = move |line: Result<(usize, Vec<u8>), SuggestLinesError>| {
        line.map(|(number, bytes)| answer(number, &bytes, &request))
    };
    let answers = in_order(Lines::new(input), jobs, work);
    let mut answers = answers.map_err(SuggestLinesError::Thread)?;
    let mut report = SuggestLinesReport::default();
    for number in 1.. {
        let mut next = answers.try_next();
        if matches!(next, Next::NotYet) {
            out.flush().map_err(SuggestLinesError::Write)?;
            next = answers.wait();
        }
        let answer = match next {
            Next::Ready(answer) => answer?,
            Next::Panicked => {
                let words = "this document cannot be worked on; please report it";
                Answer::unread(vec![problem(number, words.to_owned())])
            }
            Next::NotYet | Next::End => break,
        };
        if !answer.written.is_empty() {
            let written = out.write_all(&answer.written);
            written.map_err(SuggestLinesError::Write)?;
            report.documents += 1;
            report.incomplete += usize::from(!answer.problems.is_empty());
        } else if !answer.problems.is_empty() {
            report.unread += 1;
        }
        report.suggested += answer.suggested;
        answer.problems.into_iter().for_each(&mut *tell);
    }
    out.flush().map_err(SuggestLinesError::Write)?;
    Ok(report)
}

impl Answer {
    fn unread(problems: Vec<FileProblem>) -> Self {
        Self {
            problems,
            ..Self::default()
        }
    }
}

fn problem(line: usize, message: String) -> FileProblem {
    FileProblem::at(Path::new(STREAM), (line, 1), message)
}

/// The line of a document with its suggestions. `number` is that of the line, from 1.
fn answer(number: usize, line: &[u8], request: &SuggestLinesRequest) -> Answer {
    let told = |message: String| problem(number, message);
    let Ok(text) = std::str::from_utf8(line) else {
        let words = "this line is not UTF-8; save it as UTF-8 and try again";
        return Answer::unread(vec![told(words.to_owned())]);
    };
    let text = text.trim_end_matches(['\n', '\r']);
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Answer::default();
    }
    let JsonLine {
        mut imported,
        other_fields,
    } = JsonLine::read(text, number, STREAM);
    let Some(ImportedDocument { id, document, .. }) = imported.documents.pop() else {
        let messages = imported.problems.iter();
        return Answer::unread(messages.map(|one| told(one.message.clone())).collect());
    };
    let found = suggestions(&document, &request.schema, &request.options);
    let mut document = document;
    if let Err(error) = apply(&mut document, &add_suggestions(&found)) {
        return Answer::unread(vec![told(error.to_string())]);
    }
    let mut written = Vec::new();
    if let Err(error) = JsonLine::write(NamedDocument { id, document }, &other_fields, &mut written)
    {
        return Answer::unread(vec![told(error.to_string())]);
    }
    let left_out = imported.skipped.iter();
    Answer {
        written,
        suggested: found.len(),
        problems: left_out.map(|one| told(one.message.clone())).collect(),
    }
}

/// The lines of a stream with their numbers, from 1. An error is the last.
struct Lines<R> {
    input: R,
    number: usize,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    fn new(input: R) -> Self {
        Self {
            input,
            number: 0,
            ended: false,
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<(usize, Vec<u8>), SuggestLinesError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut bytes = Vec::new();
        let mut limited = self.input.by_ref().take(LONGEST_LINE + 1);
        let read = limited.read_until(b'\n', &mut bytes);
        self.number += 1;
        let too_long = u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST_LINE);
        self.ended = read.is_err() || too_long;
        match read {
            Ok(0) => {
                self.ended = true;
                None
            }
            Ok(_) if too_long => Some(Err(SuggestLinesError::TooLong { line: self.number })),
            Ok(_) => Some(Ok((self.number, bytes))),
            Err(error) => Some(Err(SuggestLinesError::Read(error))),
        }
    }
}
