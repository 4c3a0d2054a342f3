use std::fmt::Display;
use std::io::{self, BufWriter, StderrLock, StdoutLock, Write};

use serde::Serialize;

/// The only way to print: standard output locked and buffered, standard error line by line.
pub(super) struct Terminal {
    out: BufWriter<StdoutLock<'static>>,
    words: StderrLock<'static>,
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            words: io::stderr().lock(),
        }
    }
}

impl Terminal {
    /// Where results go.
    pub(super) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// A line of result.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// A report as one line of JSON.
    pub(super) fn json(&mut self, report: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, report)?;
        self.out.write_all(b"\n")
    }

    /// A line for people. If standard error is closed, it is lost.
    pub(super) fn say(&mut self, line: impl Display) {
        let _ = writeln!(self.words, "{line}");
    }

    /// Sends results out.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
