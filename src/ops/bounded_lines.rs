//! Lines of a stream, none longer than memory allows.

use std::io::{self, BufRead, BufReader, Read};

use memchr::memchr;

/// The longest line, in bytes.
pub(super) const LONGEST_LINE: u64 = 256 << 20;

/// The lines of a stream with their numbers, from 1. An error is the last.
pub(super) struct BoundedLines<R> {
    input: R,
    number: usize,
    /// How long the last line was, in bytes.
    last: usize,
    ended: bool,
}

/// Why there are no more lines.
#[derive(Debug)]
pub(super) enum LineError {
    /// The stream failed.
    Read(io::Error),
    /// The line with this number is longer than [`LONGEST_LINE`].
    TooLong(usize),
}

impl<R: BufRead> BoundedLines<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            number: 0,
            last: 0,
            ended: false,
        }
    }
}

/// A line with its number, or why there is none.
pub(super) type Line = Result<(usize, Vec<u8>), LineError>;

/// As many lines are given together, if they are there.
const BATCH: usize = 16;

impl<R: Read> BoundedLines<BufReader<R>> {
    /// The lines in batches: those that are read already go together, so that threads seldom wait for one
    /// another. No batch waits for its second line.
    pub(super) fn batches(mut self) -> impl Iterator<Item = Vec<Line>> {
        std::iter::from_fn(move || {
            let mut batch = vec![self.next()?];
            while batch.len() < BATCH && memchr(b'\n', self.input.buffer()).is_some() {
                match self.next() {
                    Some(line) => batch.push(line),
                    None => break,
                }
            }
            Some(batch)
        })
    }
}

impl<R: BufRead> Iterator for BoundedLines<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        // As much as lines like the last one need, but no line makes the others large.
        const MOST: usize = 64 << 10;
        let mut bytes = Vec::with_capacity((self.last + self.last / 2).min(MOST));
        let mut limited = self.input.by_ref().take(LONGEST_LINE + 1);
        let read = limited.read_until(b'\n', &mut bytes);
        self.number += 1;
        self.last = bytes.len();
        let too_long = u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST_LINE);
        self.ended = read.is_err() || too_long;
        match read {
            Ok(0) => {
                self.ended = true;
                None
            }
            Ok(_) if too_long => Some(Err(LineError::TooLong(self.number))),
            Ok(_) => Some(Ok((self.number, bytes))),
            Err(error) => Some(Err(LineError::Read(error))),
        }
    }
}
