//! The lines of a file, as documents and sentences.

use std::ops::Range;

use super::columns::{Row, fields};
use super::multi_label::is_tags;
use crate::format::Imported;
use crate::format::left_out::{LeftOut, shown_words as shown};

const START: &str = "-DOCSTART-";
const COMMENTS: &str = "comments are left out";

/// The lines of a file. Each document has the sentences from its first up to that of the next, and each
/// sentence its lines: there may be very many of each.
#[derive(Default)]
pub(super) struct Lines<'a> {
    pub(super) parts: Vec<Part<'a>>,
    pub(super) sentences: Vec<Sentence<'a>>,
    pub(super) rows: Vec<Row<'a>>,
}

/// A document: its sentences are separate.
pub(super) struct Part<'a> {
    pub(super) line: usize,
    pub(super) id: Option<&'a str>,
    first_sentence: usize,
}

pub(super) struct Sentence<'a> {
    /// The text where a comment gives it.
    pub(super) text: Option<&'a str>,
    first_row: usize,
}

impl<'a> Lines<'a> {
    fn begin_part(&mut self, line: usize, id: Option<&'a str>) {
        self.parts.push(Part {
            line,
            id,
            first_sentence: self.sentences.len(),
        });
    }

    fn begin_sentence(&mut self, text: Option<&'a str>) {
        self.sentences.push(Sentence {
            text,
            first_row: self.rows.len(),
        });
    }

    /// The last document, where it has no sentences so far.
    fn empty_part(&mut self) -> Option<&mut Part<'a>> {
        let sentences = self.sentences.len();
        let last = self.parts.last_mut();
        last.filter(|part| part.first_sentence == sentences)
    }

    /// The sentences of the n-th document, from 0, by their numbers.
    pub(super) fn sentences_of(&self, part: usize) -> Range<usize> {
        let from = self.parts.get(part).map_or(0, |part| part.first_sentence);
        let next = self.parts.get(part + 1);
        from..next.map_or(self.sentences.len(), |next| next.first_sentence)
    }

    /// The lines of the n-th sentence, from 0.
    pub(super) fn rows_of(&self, sentence: usize) -> &[Row<'a>] {
        let first = |n: usize| self.sentences.get(n).map(|sentence| sentence.first_row);
        let from = first(sentence).unwrap_or_default();
        let to = first(sentence + 1).unwrap_or(self.rows.len());
        self.rows.get(from..to).unwrap_or_default()
    }
}

/// Takes the lines of a file apart.
pub(super) fn lines<'a>(text: &'a str, aside: &mut LeftOut, imported: &mut Imported) -> Lines<'a> {
    let usual = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with(START));
    // Where every line begins so, those with a tag are words.
    let has_tags = |line: &&str| line.starts_with('#') && fields(line).skip(1).any(is_tags);
    let usual = usual.or_else(|| text.lines().find(has_tags));
    let usual = usual.map_or(0, |line| fields(line).count());
    let mut lines = Lines::default();
    let mut ended = true;
    // A comment may name the document that a line begins after it.
    let mut named = false;
    for (n, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let n = n + 1;
        if line.trim_matches([' ', '\t']).is_empty() {
            ended = true;
        } else if let Some(rest) = line.strip_prefix("# newdoc") {
            let id = rest.split_once('=').map(|(_, id)| id.trim());
            let id = id.filter(|id| !id.is_empty());
            match lines.empty_part().filter(|part| part.id.is_none()) {
                Some(part) => part.id = id,
                None => lines.begin_part(n, id),
            }
            (ended, named) = (true, true);
        } else if let Some(rest) = line.strip_prefix(START) {
            let blank = |cell: &str| ["", "O", "-X-", "_", "-", "0"].contains(&cell);
            let mut cells = rest.split('\t').map(str::trim);
            let rest = cells.next().unwrap_or_default();
            for cell in cells.filter(|cell| !blank(cell)) {
                aside.skip(n, COMMENTS, format!("“{}”", shown(cell)));
            }
            let id = match rest.strip_prefix("# newdoc id =") {
                Some(id) => Some(id.trim()).filter(|id| !id.is_empty()),
                None => rest
                    .strip_prefix('(')
                    .and_then(|rest| rest.strip_suffix(')')),
            };
            if id.is_none() && !rest.split_whitespace().all(blank) {
                aside.skip(n, COMMENTS, format!("“{}”", shown(rest)));
            }
            match lines.empty_part().filter(|_| named) {
                Some(part) => part.id = part.id.or(id),
                None => lines.begin_part(n, id),
            }
            (ended, named) = (true, false);
        } else if line.starts_with("# text =") || line.starts_with('#') && !is_row(line, usual) {
            comment(line, n, &mut lines, aside, imported);
        } else {
            if lines.parts.is_empty() {
                lines.begin_part(n, None);
            }
            let rows = lines.rows.len();
            let within = lines.empty_part().is_none();
            let last = lines.sentences.last();
            let open = within && last.is_some_and(|last| last.first_row == rows);
            if ended && !open {
                lines.begin_sentence(None);
            }
            ended = false;
            lines.rows.push(Row {
                line: n,
                text: line,
            });
        }
    }
    lines
}

/// Whether a line that begins as a comment is a word with its tag.
fn is_row(line: &str, usual: usize) -> bool {
    fields(line).count() == usual && fields(line).skip(1).any(is_tags)
}

/// Takes up a comment.
fn comment<'a>(
    line: &'a str,
    n: usize,
    lines: &mut Lines<'a>,
    aside: &mut LeftOut,
    imported: &mut Imported,
) {
    if let Some(text) = line.strip_prefix("# text =") {
        if lines.parts.is_empty() {
            lines.begin_part(n, None);
        }
        lines.begin_sentence(Some(text.trim()));
        return;
    }
    let known = ["# sent_id", "# newpar", "# global.columns"];
    match known.iter().find(|name| line.starts_with(**name)) {
        Some(name) => imported.note_ignored(n, (*name).to_owned()),
        None => aside.skip(n, COMMENTS, format!("“{}”", shown(line))),
    }
}
