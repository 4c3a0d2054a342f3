//! Documents go to a program, and its lines are given to the documents they answer.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use smol_str::SmolStr;

use super::ModelCommand;
use super::in_flight::{InFlight, MOST_DOCUMENTS};
use super::process::{Process, StartError, ended_words};
use crate::ops::FileProblem;
use crate::ops::bounded_lines::{LONGEST_LINE, LineError};

/// So many lines in a row may answer nothing before the program is stopped.
const MOST_ODD_LINES: usize = 100;

/// Something to be answered, or to be kept in its place among what is.
pub(in crate::ops) struct Prepared<T> {
    pub(in crate::ops) item: T,
    pub(in crate::ops) question: Option<Question>,
}

/// A document as the program gets it.
pub(in crate::ops) struct Question {
    pub(in crate::ops) id: String,
    /// With the line feed.
    pub(in crate::ops) line: Vec<u8>,
}

/// What came back for an item.
pub(in crate::ops) enum Reply {
    /// There was no question.
    NotAsked,
    /// A line with the id of the document; nothing else of it is checked.
    Line {
        /// Its number in the output, from 1.
        number: usize,
        text: String,
    },
    /// No line, and why.
    Missing(String),
}

struct Waiting<T> {
    item: T,
    id: Option<String>,
    /// In the question.
    bytes: usize,
    since: Instant,
}

struct Line {
    number: usize,
    id: String,
    text: String,
}

/// A program that runs, and the items on their way through it. Dropping it ends the program.
pub(in crate::ops) struct Exchange<T> {
    name: SmolStr,
    timeout: Duration,
    process: Process,
    asked: Receiver<Waiting<T>>,
    /// Taken from `asked` to look for an id.
    waiting: VecDeque<Waiting<T>>,
    /// A line that answers one of `waiting`.
    held: Option<Line>,
    in_flight: Arc<InFlight>,
    /// Why nothing more is asked.
    stopped: Option<String>,
    stop_asking: Arc<AtomicBool>,
    answered: Instant,
    odd_lines: usize,
    problems: Vec<FileProblem>,
}

impl<T: Send + 'static> Exchange<T> {
    /// Starts the program, and on another thread takes the items and asks their questions. Only so many
    /// are on their way at a time.
    pub(in crate::ops) fn start(
        command: &ModelCommand,
        items: impl Iterator<Item = Prepared<T>> + Send + 'static,
    ) -> Result<Self, StartError> {
        let (process, ask) = Process::start(command)?;
        let (give_asked, asked) = channel();
        let in_flight = Arc::new(InFlight::default());
        let stop_asking = Arc::new(AtomicBool::new(false));
        let load = Arc::clone(&in_flight);
        let stop = Arc::clone(&stop_asking);
        let body = move || ask_all(items, &ask, &give_asked, &load, &stop);
        let thread = thread::Builder::new().spawn(body);
        thread.map_err(StartError::Thread)?;
        Ok(Self {
            name: command.name().into(),
            timeout: command.timeout,
            process,
            asked,
            waiting: VecDeque::new(),
            held: None,
            in_flight,
            stopped: None,
            stop_asking,
            answered: Instant::now(),
            odd_lines: 0,
            problems: Vec::new(),
        })
    }

    /// The next item with what came back for it, in the order of the items.
    pub(in crate::ops) fn next(&mut self) -> Option<(T, Reply)> {
        let first = self.waiting.pop_front().or_else(|| self.asked.recv().ok());
        let Waiting {
            item,
            id,
            bytes,
            since,
        } = first?;
        let reply = match id {
            None => Reply::NotAsked,
            Some(id) => self.reply(&id, since),
        };
        self.in_flight.remove(bytes);
        Some((item, reply))
    }

    /// What is told about lines that answer nothing, since the last call.
    pub(in crate::ops) fn take_problems(&mut self) -> Vec<FileProblem> {
        std::mem::take(&mut self.problems)
    }

    /// Waits until the program has ended, after the last item. `true` where all went well.
    pub(in crate::ops) fn finish(&mut self) -> bool {
        if self.stopped.is_some() {
            return false;
        }
        let deadline = self.deadline(Instant::now());
        let told = self.problems.len();
        loop {
            match self.process.next_line(deadline) {
                Ok(Ok((number, bytes))) => {
                    if let Some(line) = self.line(number, bytes) {
                        let words = "was not asked for, or is answered already";
                        self.odd(line.number, format!("the document `{}` {words}", line.id));
                    }
                }
                Ok(Err(error)) => {
                    let words = self.unread(&error);
                    self.problem(1, words);
                    return false;
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = self.timeout.as_secs_f64();
                    let words = format!(
                        "it has answered all documents and does not end within {seconds} s; it must \
                         end once its standard input does"
                    );
                    self.problem(1, words);
                    self.process.kill();
                    return false;
                }
            }
            if self.odd_lines >= MOST_ODD_LINES {
                self.process.kill();
                return false;
            }
        }
        match self.process.end() {
            Some(status) if status.success() => {}
            Some(status) => {
                let words = format!(
                    "it {} after its last answer; see what it says on standard error",
                    ended_words(status)
                );
                self.problem(1, words);
            }
            None => self.problem(1, "it has closed its output but does not end".to_owned()),
        }
        self.problems.len() == told
    }

    fn reply(&mut self, id: &str, since: Instant) -> Reply {
        let missing = || {
            "the program wrote no line for this document; it must write each document it reads, in \
             the same order and with the same `id`"
        };
        if let Some(line) = self.held.take_if(|line| line.id == id) {
            return self.answer(line);
        }
        if self.held.is_some() {
            return Reply::Missing(missing().to_owned());
        }
        let deadline = self.deadline(since.max(self.answered));
        while self.stopped.is_none() {
            let (number, bytes) = match self.process.next_line(deadline) {
                Ok(Ok(line)) => line,
                Ok(Err(error)) => {
                    let words = self.unread(&error);
                    self.stop(words);
                    break;
                }
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = self.timeout.as_secs_f64();
                    self.stop(format!(
                        "no answer within {seconds} s; give it more time (--timeout), and let it write \
                         and flush each line before it has read {MOST_DOCUMENTS} more"
                    ));
                    break;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let ended = match self.process.end() {
                        Some(status) => ended_words(status),
                        None => "closed its output".to_owned(),
                    };
                    self.stop(format!(
                        "it {ended} before it answered; see what it says on standard error"
                    ));
                    break;
                }
            };
            let Some(line) = self.line(number, bytes) else {
                continue;
            };
            if line.id == id {
                return self.answer(line);
            }
            self.waiting.extend(self.asked.try_iter());
            let is_next = |one: &Waiting<T>| one.id.as_ref() == Some(&line.id);
            if self.waiting.iter().any(is_next) {
                self.held = Some(line);
                return Reply::Missing(missing().to_owned());
            }
            let words = "was not asked for, or is answered already; it must write each document it \
                         reads once, in the same order and with the same `id`";
            self.odd(line.number, format!("the document `{}` {words}", line.id));
        }
        let why = self.stopped.clone().unwrap_or_default();
        Reply::Missing(format!("nothing is suggested: `{}`: {why}", self.name))
    }

    fn answer(&mut self, line: Line) -> Reply {
        self.answered = Instant::now();
        self.odd_lines = 0;
        Reply::Line {
            number: line.number,
            text: line.text,
        }
    }

    /// A line with its id; one that has none is told.
    fn line(&mut self, number: usize, bytes: Vec<u8>) -> Option<Line> {
        #[derive(Deserialize)]
        struct Id {
            id: String,
        }
        let Ok(text) = String::from_utf8(bytes) else {
            self.odd(number, "this line is not UTF-8; write UTF-8".to_owned());
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if let Ok(Id { id }) = serde_json::from_str(text) {
            let text = text.to_owned();
            return Some(Line { number, id, text });
        }
        let words = match serde_json::from_str::<serde::de::IgnoredAny>(text) {
            Ok(_) => {
                "this line is no object with an `id`; write the `id` of each document as it was read"
            }
            Err(_) => {
                "this line is not JSON; write documents only, each on one line, and messages to \
                 standard error"
            }
        };
        self.odd(number, words.to_owned());
        None
    }

    fn odd(&mut self, number: usize, words: String) {
        self.problem(number, words);
        self.odd_lines += 1;
        if self.odd_lines >= MOST_ODD_LINES {
            self.stop(format!(
                "it wrote {MOST_ODD_LINES} lines in a row that answer no document"
            ));
        }
    }

    fn problem(&mut self, number: usize, words: String) {
        let path = Path::new(&*self.name);
        self.problems
            .push(FileProblem::at(path, (number, 1), words));
    }

    fn unread(&self, error: &LineError) -> String {
        match error {
            LineError::Read(error) => format!("its output cannot be read ({error})"),
            LineError::TooLong(line) => {
                let most = LONGEST_LINE >> 20;
                format!("line {line} of its output is longer than {most} MB")
            }
        }
    }

    fn stop(&mut self, why: String) {
        self.process.kill();
        self.stop_asking.store(true, Ordering::Relaxed);
        self.stopped = Some(why);
    }

    /// So late that it never comes, where the time limit is beyond what clocks hold.
    fn deadline(&self, start: Instant) -> Instant {
        const FAR: Duration = Duration::from_secs(365 * 24 * 3600);
        start + self.timeout.min(FAR)
    }
}

impl<T> Drop for Exchange<T> {
    fn drop(&mut self) {
        self.stop_asking.store(true, Ordering::Relaxed);
        self.in_flight.close();
    }
}

fn ask_all<T>(
    items: impl Iterator<Item = Prepared<T>>,
    ask: &Sender<Vec<u8>>,
    asked: &Sender<Waiting<T>>,
    in_flight: &InFlight,
    stop: &AtomicBool,
) {
    for Prepared { item, question } in items {
        let (id, line) = match question {
            Some(Question { id, line }) => (Some(id), line),
            None => (None, Vec::new()),
        };
        if !in_flight.add(line.len()) {
            return;
        }
        let waiting = Waiting {
            item,
            id,
            bytes: line.len(),
            since: Instant::now(),
        };
        if asked.send(waiting).is_err() {
            return;
        }
        if !line.is_empty() && !stop.load(Ordering::Relaxed) {
            // Fails where the program reads no more; then it is told with the answer that is missing.
            let _ = ask.send(line);
        }
    }
}
