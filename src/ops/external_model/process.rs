//! The program itself: its three streams, each on a thread of its own, so that none waits for another.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::ModelCommand;
use crate::ops::bounded_lines::{BoundedLines, LineError};
use crate::text::wording::one_line;

/// Why a program does not run.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The system does not start it.
    #[error(
        "`{program}` cannot be started ({error}); check its name and that it may be run, or name the \
         program that runs it, such as `python3 {program}`"
    )]
    Program {
        /// As it was named.
        program: String,
        /// The system's reason.
        error: io::Error,
    },
    /// The system gives no thread.
    #[error("no thread can be started ({0}); close other programs and try again")]
    Thread(io::Error),
}

/// What it writes: a line with its number, from 1.
pub(super) type Written = Result<(usize, Vec<u8>), LineError>;

/// A program that runs. It is ended when this is dropped.
pub(super) struct Process {
    child: Child,
    written: Receiver<Written>,
    /// Disconnected once its standard error has ended.
    told_all: Receiver<()>,
}

/// So many lines are read before one is taken.
const AHEAD: usize = 4;
/// A longer line of standard error is told in pieces of so many bytes.
const PIECE: u64 = 8 << 10;
/// How long a program that has closed its output may take to end.
const END: Duration = Duration::from_secs(2);

impl Process {
    /// Starts the program. Lines for it go into the sender; its input ends when that is dropped.
    pub(super) fn start(command: &ModelCommand) -> Result<(Self, Sender<Vec<u8>>), StartError> {
        let Some((program, arguments)) = command.words() else {
            let error = io::ErrorKind::NotFound.into();
            let program = String::new();
            return Err(StartError::Program { program, error });
        };
        let started = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = started.map_err(|error| StartError::Program {
            program: program.clone(),
            error,
        })?;
        let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (give_line, lines) = channel();
        let (give_written, written) = sync_channel(AHEAD);
        let (ended, told_all) = channel();
        let tell = command.standard_error;
        let process = Self {
            child,
            written,
            told_all,
        };
        let (input, output, errors) = streams;
        let threads: [Box<dyn FnOnce() + Send>; 3] = [
            Box::new(move || write(input, &lines)),
            Box::new(move || {
                for line in output.into_iter().flat_map(lines_of) {
                    if give_written.send(line).is_err() {
                        break;
                    }
                }
            }),
            Box::new(move || {
                errors.into_iter().for_each(|errors| pass_on(errors, tell));
                drop(ended);
            }),
        ];
        for body in threads {
            let thread = thread::Builder::new().spawn(body);
            thread.map_err(StartError::Thread)?;
        }
        Ok((process, give_line))
    }

    /// The next line it writes, if it comes before `deadline`.
    pub(super) fn next_line(&self, deadline: Instant) -> Result<Written, RecvTimeoutError> {
        let left = deadline.saturating_duration_since(Instant::now());
        self.written.recv_timeout(left)
    }

    /// How it has ended, if it does so in time; else it is ended.
    pub(super) fn end(&mut self) -> Option<ExitStatus> {
        let deadline = Instant::now() + END;
        let mut ended = None;
        while ended.is_none() && Instant::now() < deadline {
            ended = self.child.try_wait().ok().flatten();
            if ended.is_none() {
                thread::sleep(Duration::from_millis(5));
            }
        }
        if ended.is_none() {
            self.kill();
        }
        // Its last words come before ours.
        let _ = self.told_all.recv_timeout(END);
        ended
    }

    /// Ends it at once.
    pub(super) fn kill(&mut self) {
        // Fails where it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Writes the lines until there are no more, or nobody reads them.
fn write(input: Option<ChildStdin>, lines: &Receiver<Vec<u8>>) {
    let Some(mut input) = input else { return };
    for line in lines {
        if input.write_all(&line).is_err() {
            return;
        }
    }
}

fn lines_of(output: ChildStdout) -> BoundedLines<BufReader<ChildStdout>> {
    BoundedLines::new(BufReader::with_capacity(256 << 10, output))
}

fn pass_on(errors: ChildStderr, tell: fn(&str)) {
    let mut errors = BufReader::new(errors);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let mut piece = errors.by_ref().take(PIECE);
        match piece.read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => tell(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r'])),
        }
    }
}

/// How a program has ended, in words.
pub(super) fn ended_words(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("ended with exit code {code}"),
        None => format!("was ended ({})", one_line(&status.to_string())),
    }
}
