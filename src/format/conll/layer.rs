use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::tokens::tokens;
use crate::model::Document;
use crate::text::wording::one_line;
use crate::text::{SourceText, TextRange, TextSize, is_python_whitespace, sentence_at};

/// What is in a file.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    /// B, I, L, U instead of B and I.
    pub(super) bilou: bool,
    /// Start and end of the token, too.
    pub(super) offsets: bool,
    /// A JSON object for each sentence instead of a line for each token.
    pub(super) json: bool,
}

/// What the layers could not hold.
#[derive(Default)]
pub(super) struct Lost {
    /// Tags that share tokens with a longer one.
    pub(super) overlap: usize,
    /// Split tags, written with what is between their fragments.
    pub(super) split: usize,
    /// Tags on nothing but white space.
    pub(super) blank: usize,
    /// Tags that begin or end with white space, written without it.
    pub(super) trimmed: usize,
}

/// A document in tokens and sentences, which are the same in all of its layers.
pub(super) struct Layers<'a> {
    id: &'a str,
    source: &'a SourceText,
    /// The tags of each label, in order and disjoint.
    tags: BTreeMap<&'a str, Vec<TextRange>>,
    sentences: Vec<Vec<TextRange>>,
    pub(super) lost: Lost,
}

/// A sentence for token classification.
#[derive(Serialize)]
struct SentenceRecord<'a> {
    id: String,
    article: &'a str,
    tokens: Vec<&'a str>,
    ner_tags: Vec<String>,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl<'a> Layers<'a> {
    pub(super) fn new(id: &'a str, document: &'a Document) -> Self {
        let source = document.source();
        let mut lost = Lost::default();
        let mut found: BTreeMap<&str, Vec<(TextRange, bool)>> = BTreeMap::new();
        for tag in document.set().annotations() {
            let hull = tag.fragments.hull();
            let Some(range) = trimmed(source, hull) else {
                lost.blank += 1;
                continue;
            };
            lost.trimmed += usize::from(range != hull);
            let split = tag.fragments.len() > 1;
            found.entry(&tag.label).or_default().push((range, split));
        }
        let mut tags: BTreeMap<&str, Vec<TextRange>> = BTreeMap::new();
        for (label, found) in found {
            tags.insert(label, disjoint(source, found, &mut lost));
        }
        let mut cuts: Vec<TextSize> = tags
            .values()
            .flatten()
            .flat_map(|tag| [tag.start(), tag.end()])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut all: Vec<TextRange> = tags.values().flatten().copied().collect();
        all.sort_by_key(|tag| tag.start());
        let sentences = sentences(source, &tokens(source, &cuts), &all);
        Self {
            id,
            source,
            tags,
            sentences,
            lost,
        }
    }

    /// How many characters of the tokens no line can hold.
    pub(super) fn control_characters(&self) -> usize {
        let tokens = self.sentences.iter().flatten();
        let words = tokens.map(|token| self.source.slice(*token));
        words
            .flat_map(str::chars)
            .filter(|c| c.is_control())
            .count()
    }

    /// Writes the tags of one label, or none.
    pub(super) fn write(
        &self,
        label: Option<&str>,
        columns: Columns,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let own = label.and_then(|label| self.tags.get(label));
        let mut tags = own.map_or(&[][..], Vec::as_slice).iter().peekable();
        let label = printable(label.unwrap_or_default());
        if !columns.json {
            // Readers skip this line, whatever is in it.
            let id: String = one_line(self.id).replace(char::is_control, " ");
            let places = if columns.offsets { "\t0\t0" } else { "" };
            write!(out, "-DOCSTART- # newdoc id = {id}{places}\tO\n\n")?;
        }
        for (n, sentence) in self.sentences.iter().enumerate() {
            let signs = sentence.iter().map(|token| {
                while tags.next_if(|tag| tag.end() <= token.start()).is_some() {}
                let tag = tags.peek().filter(|tag| tag.contains_range(*token));
                let begins = tag.is_some_and(|tag| tag.start() == token.start());
                let ends = tag.is_some_and(|tag| tag.end() == token.end());
                match (tag.is_some(), begins, ends, columns.bilou) {
                    (false, ..) => "O".to_owned(),
                    (_, true, true, true) => format!("U-{label}"),
                    (_, false, true, true) => format!("L-{label}"),
                    (_, true, ..) => format!("B-{label}"),
                    _ => format!("I-{label}"),
                }
            });
            let counted = |at| self.source.char_of_byte(at).unwrap_or_default();
            if columns.json {
                let record = SentenceRecord {
                    id: format!("{}#{}", self.id, n + 1),
                    article: self.id,
                    ner_tags: signs.collect(),
                    tokens: sentence.iter().map(|t| self.source.slice(*t)).collect(),
                    starts: sentence.iter().map(|t| counted(t.start())).collect(),
                    ends: sentence.iter().map(|t| counted(t.end())).collect(),
                };
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")?;
                continue;
            }
            for (token, sign) in sentence.iter().zip(signs) {
                let words = self.source.slice(*token);
                out.write_all(words.replace(char::is_control, "\u{fffd}").as_bytes())?;
                if columns.offsets {
                    let (start, end) = (counted(token.start()), counted(token.end()));
                    write!(out, "\t{start}\t{end}")?;
                }
                writeln!(out, "\t{sign}")?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// The longest tags that do not overlap, in the order of the text.
fn disjoint(
    source: &SourceText,
    mut found: Vec<(TextRange, bool)>,
    lost: &mut Lost,
) -> Vec<TextRange> {
    let all = found.len();
    // The longest, in characters.
    let length = |range: TextRange| source.slice(range).chars().count();
    found.sort_by_cached_key(|(range, _)| (Reverse(length(*range)), range.start()));
    let mut kept: Vec<TextRange> = Vec::with_capacity(all);
    let mut ends = BTreeMap::new();
    for (range, split) in found {
        // Kept ranges are disjoint: the last one that starts before the end decides.
        let before = ends.range(..range.end()).next_back();
        if before.is_none_or(|(_, &end)| end <= range.start()) {
            ends.insert(range.start(), range.end());
            kept.push(range);
            lost.split += usize::from(split);
        }
    }
    lost.overlap += all - kept.len();
    kept.sort_by_key(|range| range.start());
    kept
}

fn trimmed(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let words = source.get(range)?;
    let lead = TextSize::of(words) - TextSize::of(words.trim_start_matches(is_python_whitespace));
    let core = words.trim_matches(is_python_whitespace);
    (!core.is_empty()).then(|| TextRange::at(range.start() + lead, TextSize::of(core)))
}

/// Sentences of tokens; none ends within one of `tags`, which are in order.
fn sentences(source: &SourceText, tokens: &[TextRange], tags: &[TextRange]) -> Vec<Vec<TextRange>> {
    let mut sentences: Vec<Vec<TextRange>> = Vec::new();
    let mut sentence_end = TextSize::new(0);
    let mut tags = tags.iter().peekable();
    let mut tagged_to = TextSize::new(0);
    for token in tokens {
        while let Some(tag) = tags.next_if(|tag| tag.start() < token.start()) {
            tagged_to = tagged_to.max(tag.end());
        }
        if token.start() >= sentence_end && tagged_to <= token.start() {
            sentences.push(Vec::new());
            let sentence = sentence_at(source, token.start());
            sentence_end = sentence.map_or(source.len(), TextRange::end);
        }
        if let Some(sentence) = sentences.last_mut() {
            sentence.push(*token);
        }
    }
    sentences
}

fn printable(label: &str) -> String {
    label
        .chars()
        .map(|c| {
            if is_python_whitespace(c) || c.is_control() {
                '_'
            } else {
                c
            }
        })
        .collect()
}
