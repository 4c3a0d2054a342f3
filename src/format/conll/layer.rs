use std::cmp::Reverse;
use std::io::{self, Write};

use super::tokens::tokens;
use crate::model::Document;
use crate::text::is_python_whitespace;
use crate::text::{SourceText, TextRange, TextSize, sentence_at};

/// What is in a line.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    /// B, I, L, U instead of B and I.
    pub(super) bilou: bool,
    /// Start and end of the token, too.
    pub(super) offsets: bool,
}

/// What a layer could not hold.
pub(super) struct Lost {
    /// Tags that share tokens with a longer one.
    pub(super) overlap: usize,
    /// Split tags, written with what is between their fragments.
    pub(super) split: usize,
}

/// Writes the tags of one label.
pub(super) fn layer(
    document: &Document,
    label: &str,
    columns: Columns,
    out: &mut dyn Write,
) -> io::Result<Lost> {
    let source = document.source();
    let own = document
        .set()
        .annotations()
        .filter(|tag| tag.label == label);
    let mut stretches: Vec<(TextRange, bool)> = own
        .filter_map(|tag| {
            let range = trimmed(source, tag.fragments.hull())?;
            Some((range, tag.fragments.len() > 1))
        })
        .collect();
    let all = stretches.len();
    // The longest, in characters.
    let length = |range: TextRange| source.slice(range).chars().count();
    stretches.sort_by_cached_key(|(range, _)| (Reverse(length(*range)), range.start()));
    let mut kept: Vec<(TextRange, bool)> = Vec::with_capacity(all);
    let mut ends = std::collections::BTreeMap::new();
    for (range, split) in stretches {
        // Kept ranges are disjoint: the last one that starts before the end decides.
        let before = ends.range(..range.end()).next_back();
        if before.is_none_or(|(_, &end)| end <= range.start()) {
            ends.insert(range.start(), range.end());
            kept.push((range, split));
        }
    }
    kept.sort_by_key(|(range, _)| range.start());
    let lost = Lost {
        overlap: all - kept.len(),
        split: kept.iter().filter(|(_, split)| *split).count(),
    };
    let tags: Vec<TextRange> = kept.into_iter().map(|(range, _)| range).collect();
    lines(source, &tags, label, columns, out)?;
    Ok(lost)
}

fn trimmed(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let words = source.get(range)?;
    let lead = TextSize::of(words) - TextSize::of(words.trim_start_matches(is_python_whitespace));
    let core = words.trim_matches(is_python_whitespace);
    (!core.is_empty()).then(|| TextRange::at(range.start() + lead, TextSize::of(core)))
}

/// `tags` are in order and disjoint.
fn lines(
    source: &SourceText,
    tags: &[TextRange],
    label: &str,
    columns: Columns,
    out: &mut dyn Write,
) -> io::Result<()> {
    let label: String = label
        .chars()
        .map(|c| {
            if is_python_whitespace(c) || c.is_control() {
                '_'
            } else {
                c
            }
        })
        .collect();
    let cuts: Vec<TextSize> = tags
        .iter()
        .flat_map(|tag| [tag.start(), tag.end()])
        .collect();
    let tokens = tokens(source, &cuts);
    let begin: &[u8] = if columns.offsets {
        b"-DOCSTART-	0	0	O

"
    } else {
        b"-DOCSTART-	O

"
    };
    out.write_all(begin)?;
    let mut tags = tags.iter().peekable();
    let mut sentence_end = TextSize::new(0);
    let mut any = false;
    for token in &tokens {
        while tags.next_if(|tag| tag.end() <= token.start()).is_some() {}
        let tag = tags.peek().filter(|tag| tag.contains_range(*token));
        let begins = tag.is_some_and(|tag| tag.start() == token.start());
        let ends = tag.is_some_and(|tag| tag.end() == token.end());
        if token.start() >= sentence_end && (tag.is_none() || begins) {
            if any {
                out.write_all(b"\n")?;
            }
            let sentence = sentence_at(source, token.start());
            sentence_end = sentence.map_or(source.len(), TextRange::end);
        }
        any = true;
        out.write_all(source.slice(*token).as_bytes())?;
        if columns.offsets {
            let counted = |at| source.char_of_byte(at).unwrap_or_default();
            write!(
                out,
                "\t{}\t{}",
                counted(token.start()),
                counted(token.end())
            )?;
        }
        let sign = match (tag.is_some(), begins, ends, columns.bilou) {
            (false, ..) => None,
            (_, true, true, true) => Some('U'),
            (_, false, true, true) => Some('L'),
            (_, true, ..) => Some('B'),
            _ => Some('I'),
        };
        match sign {
            Some(sign) => writeln!(out, "\t{sign}-{label}")?,
            None => out.write_all(b"\tO\n")?,
        }
    }
    out.write_all(b"\n")
}
