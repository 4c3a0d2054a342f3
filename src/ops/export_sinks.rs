use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::format::{Layout, Sink};

/// One file, written where the caller says.
pub(super) struct StreamSink<'a> {
    out: &'a mut dyn Write,
    /// Whether only one document fits in.
    alone: bool,
    begun: bool,
    nowhere: io::Sink,
    /// Files that belong beside it: a stream has no place for them.
    pub(super) beside: BTreeSet<String>,
}

impl<'a> StreamSink<'a> {
    pub(super) fn new(out: &'a mut dyn Write, layout: Layout) -> Self {
        Self {
            out,
            alone: layout == Layout::FileEach,
            begun: false,
            nowhere: io::sink(),
            beside: BTreeSet::new(),
        }
    }
}

impl Sink for StreamSink<'_> {
    fn create(&mut self, _: &str) -> io::Result<&mut dyn Write> {
        if self.alone && self.begun {
            return Err(io::Error::other(
                "each document becomes a file; name a folder with -o",
            ));
        }
        self.begun = true;
        Ok(&mut *self.out)
    }

    fn create_beside(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.beside.insert(name.to_owned());
        Ok(&mut self.nowhere)
    }

    fn append(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.create(name)
    }
}

/// Keeps how the first file begins and lets the rest go by.
#[derive(Default)]
pub(super) struct PreviewSink {
    begun: bool,
    first: First,
    nowhere: io::Sink,
}

#[derive(Default)]
struct First {
    name: String,
    bytes: Vec<u8>,
}

/// How much of the first file is kept, in bytes.
const KEPT: usize = 4000;

impl Write for First {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = KEPT.saturating_sub(self.bytes.len());
        self.bytes.extend(bytes.iter().take(room));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl PreviewSink {
    /// The name of the first file and how it begins.
    pub(super) fn into_first(self) -> (String, String) {
        let text = String::from_utf8_lossy(&self.first.bytes);
        // The cut may fall within a character.
        let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
        (self.first.name, text.to_owned())
    }
}

impl Sink for PreviewSink {
    fn create(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(&mut self.nowhere);
        }
        name.clone_into(&mut self.first.name);
        Ok(&mut self.first)
    }

    fn create_beside(&mut self, _: &str) -> io::Result<&mut dyn Write> {
        Ok(&mut self.nowhere)
    }

    fn append(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if self.begun && self.first.name == name {
            return Ok(&mut self.first);
        }
        self.create(name)
    }
}
