//! Suggestions for a stream of documents: native JSON Lines in, the same out.

use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use super::bounded_lines::{BoundedLines, LONGEST_LINE, Line, LineError};
use super::external_model::{Exchange, Prepared, Question, Reply, taken};
use super::in_order::{Next, in_order};
use super::{
    FileProblem, ModelCommand, StartError, SuggestionOptions, add_suggestions_with,
    suggestions_and_people,
};
use crate::edit::apply;
use crate::format::{ImportedDocument, JsonLine, NamedDocument};
use crate::model::{Document, Schema};
use crate::suggest::LearnedModel;

/// What the stream is called in messages.
const STREAM: &str = "stdin";
/// It is read in blocks of so many bytes.
const BLOCK: usize = 256 << 10;

/// How to work on a stream.
#[derive(Debug, Clone)]
pub struct SuggestLinesRequest {
    /// The labels and roles of what is suggested.
    pub schema: Schema,
    /// What is suggested by rules.
    pub options: SuggestionOptions,
    /// What the tags of a project taught.
    pub learned: Option<Arc<LearnedModel>>,
    /// A program that suggests too, before the rules do.
    pub model: Option<ModelCommand>,
    /// What the program is less sure of is not taken.
    pub model_confidence: Option<f64>,
    /// On so many threads; 0 counts as 1.
    pub jobs: usize,
}

/// What became of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SuggestLinesReport {
    /// Documents written.
    pub documents: usize,
    /// Quotes suggested in them by rules, and tags by a program.
    pub suggested: usize,
    /// Lines that could not be read and are not written.
    pub unread: usize,
    /// Documents that something was left out of, or that a program has not answered in the right way.
    pub incomplete: usize,
    /// Of these, the documents whose answer is missing or was not taken.
    pub unanswered: usize,
    /// Whether the program wrote lines that answer nothing, or ended in a wrong way.
    pub model_failed: bool,
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
    /// The program does not run.
    #[error(transparent)]
    Start(StartError),
}

impl From<LineError> for SuggestLinesError {
    fn from(error: LineError) -> Self {
        match error {
            LineError::Read(error) => Self::Read(error),
            LineError::TooLong(line) => Self::TooLong { line },
        }
    }
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
/// what is left out of others, go to `tell`; so does what is wrong with the answers of a program, whose
/// documents are written without them. Only some dozens of lines are in memory at a time; `out` is flushed
/// whenever the next one is not ready.
///
/// # Errors
/// [`SuggestLinesError`] where input or output fail, or the program cannot be started.
pub fn suggest_lines(
    input: impl Read + Send + 'static,
    out: &mut dyn Write,
    request: SuggestLinesRequest,
    tell: &mut dyn FnMut(FileProblem),
) -> Result<SuggestLinesReport, SuggestLinesError> {
    let input = BufReader::with_capacity(BLOCK, input);
    if let Some(model) = request.model.clone() {
        return with_model(input, out, &request, &model, tell);
    }
    let jobs = request.jobs.max(1);
    let work = move |batch: Vec<Line>| {
        let answer = |line: Line| line.map(|(number, bytes)| answer(number, &bytes, &request));
        batch.into_iter().map(answer).collect::<Vec<_>>()
    };
    let answers = in_order(BoundedLines::new(input).batches(), jobs, work);
    let mut answers = answers.map_err(SuggestLinesError::Thread)?;
    let mut report = SuggestLinesReport::default();
    loop {
        let mut next = answers.try_next();
        if matches!(next, Next::NotYet) {
            out.flush().map_err(SuggestLinesError::Write)?;
            next = answers.wait();
        }
        // Each line of a batch is kept from panicking on its own.
        let batch = match next {
            Next::Ready(batch) => batch,
            Next::Panicked | Next::NotYet | Next::End => break,
        };
        for answer in batch {
            report.add(answer?, out, tell)?;
        }
    }
    out.flush().map_err(SuggestLinesError::Write)?;
    Ok(report)
}

/// As [`suggest_lines`], with a program.
fn with_model(
    input: BufReader<impl Read + Send + 'static>,
    out: &mut dyn Write,
    request: &SuggestLinesRequest,
    model: &ModelCommand,
    tell: &mut dyn FnMut(FileProblem),
) -> Result<SuggestLinesReport, SuggestLinesError> {
    let jobs = request.jobs.max(1);
    let work = |line: Line| line.map(|(number, bytes)| read(number, &bytes));
    let read = in_order(BoundedLines::new(input), jobs, work);
    let mut read = read.map_err(SuggestLinesError::Thread)?;
    let mut number = 0;
    let items = std::iter::from_fn(move || {
        number += 1;
        let item = match read.wait() {
            Next::Ready(item) => item,
            Next::Panicked => Ok(Err(Answer::unread(vec![panicked(number)]))),
            Next::NotYet | Next::End => return None,
        };
        let question = match &item {
            Ok(Ok(line)) => line.question(),
            Ok(Err(_)) | Err(_) => None,
        };
        Some(Prepared { item, question })
    });
    let mut exchange = Exchange::start(model, items).map_err(SuggestLinesError::Start)?;
    let mut report = SuggestLinesReport::default();
    while let Some((item, reply)) = exchange.next() {
        let mut unanswered = false;
        let answer = match item? {
            Err(unread) => unread,
            Ok(mut line) => {
                let added = line.add(reply, request, model);
                unanswered = added.is_err();
                let added = added.unwrap_or_else(|messages| {
                    line.problems
                        .extend(messages.into_iter().map(|one| problem(line.number, one)));
                    0
                });
                let mut answer = line.suggested(request);
                answer.suggested += added;
                answer
            }
        };
        report.unanswered += usize::from(unanswered);
        report.add(answer, out, tell)?;
        report.model_failed |= told(&mut exchange, tell);
        // The program is slower than this, and who reads may wait for each document.
        out.flush().map_err(SuggestLinesError::Write)?;
    }
    report.model_failed |= !exchange.finish();
    report.model_failed |= told(&mut exchange, tell);
    Ok(report)
}

/// Tells what is wrong with the lines of a program; `true` if anything is.
fn told<T: Send + 'static>(exchange: &mut Exchange<T>, tell: &mut dyn FnMut(FileProblem)) -> bool {
    let problems = exchange.take_problems();
    let any = !problems.is_empty();
    problems.into_iter().for_each(tell);
    any
}

impl SuggestLinesReport {
    /// Writes an answer and tells its problems.
    fn add(
        &mut self,
        answer: Answer,
        out: &mut dyn Write,
        tell: &mut dyn FnMut(FileProblem),
    ) -> Result<(), SuggestLinesError> {
        if !answer.written.is_empty() {
            let written = out.write_all(&answer.written);
            written.map_err(SuggestLinesError::Write)?;
            self.documents += 1;
            self.incomplete += usize::from(!answer.problems.is_empty());
        } else if !answer.problems.is_empty() {
            self.unread += 1;
        }
        self.suggested += answer.suggested;
        answer.problems.into_iter().for_each(tell);
        Ok(())
    }
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

fn panicked(line: usize) -> FileProblem {
    let words = "this document cannot be worked on; please report it";
    problem(line, words.to_owned())
}

/// The line of a document with its suggestions. `number` is that of the line, from 1.
fn answer(number: usize, line: &[u8], request: &SuggestLinesRequest) -> Answer {
    let work = || match read(number, line) {
        Ok(line) => line.suggested(request),
        Err(answer) => answer,
    };
    // The other lines of the batch are not lost with it.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Answer::unread(vec![panicked(number)]))
}

/// A line that was read.
struct ReadLine {
    number: usize,
    id: String,
    document: Document,
    /// As [`JsonLine::other_fields`].
    other_fields: String,
    /// What was left out of it.
    problems: Vec<FileProblem>,
}

fn read(number: usize, line: &[u8]) -> Result<ReadLine, Answer> {
    let told = |message: String| problem(number, message);
    let Ok(text) = std::str::from_utf8(line) else {
        let words = "this line is not UTF-8; save it as UTF-8 and try again";
        return Err(Answer::unread(vec![told(words.to_owned())]));
    };
    let text = text.trim_end_matches(['\n', '\r']);
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Answer::default());
    }
    let JsonLine {
        mut imported,
        other_fields,
    } = JsonLine::read(text, number, STREAM);
    let Some(ImportedDocument { id, document, .. }) = imported.documents.pop() else {
        let messages = imported.problems.iter();
        let problems = messages.map(|one| told(one.message.clone())).collect();
        return Err(Answer::unread(problems));
    };
    let left_out = imported.skipped.iter();
    Ok(ReadLine {
        number,
        id,
        document,
        other_fields,
        problems: left_out.map(|one| told(one.message.clone())).collect(),
    })
}

impl ReadLine {
    /// What a program is asked; `None` where the document cannot be written, which is told later.
    fn question(&self) -> Option<Question> {
        let (id, document) = (self.id.clone(), self.document.clone());
        let named = NamedDocument { id, document };
        let line = JsonLine::write(named, &self.other_fields).ok()?;
        let id = self.id.clone();
        Some(Question { id, line })
    }

    /// Adds what a program answers, and gives the number of new tags.
    ///
    /// # Errors
    /// What is wrong with the answer; nothing is added then.
    fn add(
        &mut self,
        reply: Reply,
        request: &SuggestLinesRequest,
        model: &ModelCommand,
    ) -> Result<usize, Vec<String>> {
        let least = request.model_confidence;
        let taken = taken(reply, &self.document, &request.schema, model, least);
        let (additions, unknown_fields) = taken.map_err(|messages| {
            let named = |one: String| format!("document `{}`: {one}", self.id);
            messages.into_iter().map(named).collect::<Vec<_>>()
        })?;
        let added = apply(&mut self.document, &additions.transaction());
        added.map_err(|error| vec![error.to_string()])?;
        let told = unknown_fields.into_iter();
        let told = told.map(|one| problem(self.number, format!("document `{}`: {one}", self.id)));
        self.problems.extend(told);
        Ok(additions.tags.len())
    }

    /// The line with what the rules suggest.
    fn suggested(self, request: &SuggestLinesRequest) -> Answer {
        let told = |message: String| problem(self.number, message);
        let (found, people) = suggestions_and_people(
            &self.document,
            &request.schema,
            &request.options,
            request.learned.as_deref(),
        );
        let (id, mut document, suggested) = (self.id, self.document, found.len());
        if let Err(error) = apply(&mut document, &add_suggestions_with(found, people)) {
            return Answer::unread(vec![told(error.to_string())]);
        }
        let named = NamedDocument { id, document };
        match JsonLine::write(named, &self.other_fields) {
            Ok(written) => Answer {
                written,
                suggested,
                problems: self.problems,
            },
            Err(error) => Answer::unread(vec![told(error.to_string())]),
        }
    }
}
