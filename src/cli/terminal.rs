use std::fmt::Display;
use std::io::{self, BufWriter, Stderr, StdoutLock, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::text::wording::{acts_on_terminal, escaped};

/// The only way to print: standard output locked and buffered, standard error line by line.
pub(super) struct Terminal {
    out: BufWriter<StdoutLock<'static>>,
    // Not locked: a thread that panics says so.
    words: Stderr,
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            words: io::stderr(),
        }
    }
}

impl Terminal {
    /// Where results go.
    pub(super) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// A line of result. What is in it may come from anywhere and stays one line.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{}", escaped(&line.to_string()))
    }

    /// Lines of result, each escaped.
    pub(super) fn lines(&mut self, lines: impl Display) -> io::Result<()> {
        lines
            .to_string()
            .lines()
            .try_for_each(|line| self.line(line))
    }

    /// A report as one line of JSON.
    pub(super) fn json(&mut self, report: &impl Serialize) -> io::Result<()> {
        let mut json = serde_json::Serializer::with_formatter(&mut self.out, Escaping);
        report.serialize(&mut json)?;
        self.out.write_all(b"\n")
    }

    /// A line for people; what is in it may come from anywhere and stays one line. If standard error
    /// is closed, it is lost.
    pub(super) fn say(&mut self, line: impl Display) {
        self.split().1.say(line);
    }

    /// Where results go, and where words for people go meanwhile.
    pub(super) fn split(&mut self) -> (&mut dyn Write, Words<'_>) {
        (&mut self.out, Words(&mut self.words))
    }

    /// Lines of our own for people, each escaped.
    pub(super) fn say_lines(&mut self, lines: impl Display) {
        lines.to_string().lines().for_each(|line| self.say(line));
    }

    /// Sends results out.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Standard error, line by line.
pub(super) struct Words<'a>(&'a mut Stderr);

impl Words<'_> {
    /// As [`Terminal::say`].
    pub(super) fn say(&mut self, line: impl Display) {
        let _ = writeln!(self.0, "{}", escaped(&line.to_string()));
    }
}

/// As [`Terminal::say`], also while another thread has the terminal.
pub(super) fn say_on_any_thread(line: &str) {
    Words(&mut io::stderr()).say(line);
}

/// JSON whose texts hold nothing that acts on a terminal: such characters are written as `\u`.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for c in fragment.chars() {
            if acts_on_terminal(c) {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}")?;
                }
            } else {
                write!(out, "{c}")?;
            }
        }
        Ok(())
    }
}
