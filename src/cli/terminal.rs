use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal as _, Stderr, StdoutLock, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::text::wording::{acts_on_terminal, escaped};

/// The only way to print: standard output locked and buffered, standard error line by line.
pub(super) struct Terminal {
    out: BufWriter<Output<StdoutLock<'static>>>,
    // Not locked: a thread that panics says so.
    words: Stderr,
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            out: BufWriter::new(Output::to(io::stdout().lock(), io::stdout().is_terminal())),
            words: io::stderr(),
        }
    }
}

impl Terminal {
    /// Where results go; on a terminal nothing in them acts on it.
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

/// Where bytes go: as they are, or on a terminal with everything escaped that acts on it but line ends.
enum Output<W> {
    AsIs(W),
    Terminal {
        out: W,
        /// The beginning of a character whose end is still to come.
        begun: Vec<u8>,
    },
}

impl<W: Write> Output<W> {
    fn to(out: W, terminal: bool) -> Self {
        if terminal {
            Self::Terminal {
                out,
                begun: Vec::new(),
            }
        } else {
            Self::AsIs(out)
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (out, begun) = match self {
            Self::AsIs(out) => return out.write(bytes),
            Self::Terminal { out, begun } => (out, begun),
        };
        begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(begun) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Ok(_) | Err(_) => begun.len(),
        };
        let rest = begun.split_off(whole);
        let shown = String::from_utf8_lossy(begun).replace("\r\n", "\n");
        for line in shown.split_inclusive('\n') {
            let (words, end) = line
                .strip_suffix('\n')
                .map_or((line, ""), |words| (words, "\n"));
            write!(out, "{}{end}", escaped(words))?;
        }
        *begun = rest;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::AsIs(out) => out.flush(),
            Self::Terminal { out, begun } => {
                let rest = std::mem::take(begun);
                out.write_all(String::from_utf8_lossy(&rest).as_bytes())?;
                out.flush()
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(parts: &[&[u8]], terminal: bool) -> String {
        let mut bytes = Vec::new();
        let mut out = Output::to(&mut bytes, terminal);
        for part in parts {
            out.write_all(part).unwrap();
        }
        out.flush().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn results_are_exact_in_a_file_and_escaped_on_a_terminal() {
        // A character is not always written at once.
        let parts: [&[u8]; 3] = [
            b"a,\x1b]0;t\x07\r\nb\xc2",
            b"\x9b,\xe2\x80",
            b"\xae \xc3\xa4\n",
        ];
        assert_eq!(
            written(&parts, false),
            "a,\u{1b}]0;t\u{7}\r\nb\u{9b},\u{202e} ä\n"
        );
        assert_eq!(
            written(&parts, true),
            "a,\\u{1b}]0;t\\u{7}\nb\\u{9b},\\u{202e} ä\n"
        );
    }
}
