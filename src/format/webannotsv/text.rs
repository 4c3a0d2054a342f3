//! The text of a file, put together from its sentences, and where its words are.

use super::header::Header;
use super::{Malformed, escapes, problem};
use crate::format::Imported;
use crate::format::counting::{CountedUnit, UnitHint};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::text::{CodePointIndex, OffsetUnit};

/// A word or a part of one, with its columns.
pub(super) struct Unit<'a> {
    pub(super) line: usize,
    pub(super) id: &'a str,
    begin: u32,
    end: u32,
    pub(super) words: &'a str,
    /// What is in its columns, with tabs between.
    pub(super) columns: &'a str,
    /// Code points of the text; `None` where its words are not found.
    pub(super) place: Option<[u32; 2]>,
}

/// The sentences of a file and their words.
#[derive(Default)]
pub(super) struct Sentences<'a> {
    all: Vec<Sentence>,
    units: Vec<Unit<'a>>,
}

struct Sentence {
    line: usize,
    text: String,
    /// Where its words end in the list of all.
    end: usize,
}

/// The text and all its words.
pub(super) struct Placed<'a> {
    pub(super) text: String,
    pub(super) units: Vec<Unit<'a>>,
}

/// The most characters that are put between two sentences.
const WIDEST: u32 = 10_000;
/// So far on (bytes) a word is looked for.
const NEAR: usize = 200;

/// Reads the sentences.
pub(super) fn sentences<'a>(
    lines: impl Iterator<Item = (usize, &'a str)>,
    header: &Header,
    aside: &mut LeftOut,
    imported: &mut Imported,
) -> Result<Sentences<'a>, Malformed> {
    let mut sentences = Sentences::default();
    // Between the text of a sentence and its first word.
    let mut open = false;
    for (n, line) in lines {
        if let Some(text) = line.strip_prefix("#Text=") {
            let text = escapes::text(text);
            match sentences.all.last_mut().filter(|_| open) {
                Some(sentence) => {
                    sentence.text.push('\n');
                    sentence.text.push_str(&text);
                }
                None => sentences.all.push(Sentence {
                    line: n,
                    text,
                    end: sentences.units.len(),
                }),
            }
            open = true;
        } else if let Some((name, value)) = line.strip_prefix('#').and_then(|l| l.split_once('=')) {
            if name.starts_with("Sentence.id") {
                imported.note_ignored(n, "#Sentence.id".to_owned());
            } else {
                let what = format!("#{name} “{}”", shown(value));
                aside.skip(n, "lines about a whole sentence or text are left out", what);
            }
        } else if !line.is_empty() {
            let unit = unit(n, line, header, aside)?;
            open = false;
            match sentences.all.last_mut() {
                Some(sentence) => {
                    sentences.units.push(unit);
                    sentence.end = sentences.units.len();
                }
                None => {
                    let what = "there is no #Text= before the first word; export it again";
                    return Err((n, what.to_owned()));
                }
            }
        }
    }
    if sentences.all.is_empty() {
        return Err((1, "it has no text (#Text=); export it again".to_owned()));
    }
    Ok(sentences)
}

fn unit<'a>(
    line: usize,
    text: &'a str,
    header: &Header,
    aside: &mut LeftOut,
) -> Result<Unit<'a>, Malformed> {
    let mut fields = text.splitn(4, '\t');
    let (id, place, words) = (fields.next(), fields.next(), fields.next());
    let offsets = place.and_then(|place| {
        let (begin, end) = place.split_once('-')?;
        Some((begin.parse().ok()?, end.parse().ok()?))
    });
    let (Some(id), Some((begin, end)), Some(words)) = (id, offsets, words) else {
        let what = format!(
            "“{}” is not a word with its number, place and columns; export it again",
            shown(text)
        );
        return Err((line, what));
    };
    let columns = fields.next();
    let count = columns.map_or(0, |columns| columns.split('\t').count());
    let columns = columns.unwrap_or_default();
    if count < header.columns {
        let what = format!("{count} of {} columns at `{id}`", header.columns);
        aside.skip(
            line,
            "columns that a line does not have are read as empty",
            what,
        );
    }
    for extra in columns.split('\t').skip(header.columns) {
        if !extra.is_empty() && extra != "_" {
            let what = format!("“{}” at `{id}`", shown(extra));
            aside.skip(
                line,
                "columns that the head of the file does not name are left out",
                what,
            );
        }
    }
    Ok(Unit {
        line,
        id,
        begin,
        end,
        words,
        columns,
        place: None,
    })
}

fn length(text: &str, unit: OffsetUnit) -> u32 {
    let length = match unit {
        OffsetUnit::CodePoints => text.chars().count(),
        OffsetUnit::Utf16 => text.encode_utf16().count(),
        OffsetUnit::Bytes => text.len(),
    };
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What the offsets count where nobody says so, by the words they surround; UTF-16 in doubt.
fn counted(units: &[Unit<'_>], hint: UnitHint) -> OffsetUnit {
    if let UnitHint::Said(unit) = hint {
        return match unit {
            CountedUnit::CodePoints | CountedUnit::Graphemes => OffsetUnit::CodePoints,
            CountedUnit::Utf16 => OffsetUnit::Utf16,
            CountedUnit::Bytes => OffsetUnit::Bytes,
        };
    }
    let fitting = |unit: OffsetUnit| {
        let fit = units.iter().filter(|u| {
            let long = u.end.checked_sub(u.begin);
            long == Some(length(u.words, unit))
                || long == Some(length(&escapes::text(u.words), unit))
        });
        fit.count()
    };
    let mut best = (fitting(OffsetUnit::Utf16), OffsetUnit::Utf16);
    for unit in [OffsetUnit::CodePoints, OffsetUnit::Bytes] {
        let fits = fitting(unit);
        if fits > best.0 {
            best = (fits, unit);
        }
    }
    best.1
}

/// Puts the text together and looks for the words in it, each in its sentence.
pub(super) fn place<'a>(
    sentences: Sentences<'a>,
    hint: UnitHint,
    aside: &mut LeftOut,
    imported: &mut Imported,
) -> Placed<'a> {
    let Sentences { all, units } = sentences;
    let unit = counted(&units, hint);
    let mut placed = Placed {
        text: String::new(),
        units,
    };
    let mut first = 0;
    let mut points: u32 = 0;
    // Where the text so far ends, as the file counts.
    let mut end: Option<u32> = Some(0);
    let many = all.len() > 1;
    for sentence in all {
        let units = placed.units.get_mut(first..sentence.end);
        let units = units.unwrap_or_default();
        first = sentence.end;
        let begin = begin(&sentence.text, units, unit);
        let gap = begin
            .zip(end)
            .and_then(|(begin, end)| begin.checked_sub(end));
        let gap = gap
            .filter(|gap| *gap <= WIDEST)
            .unwrap_or(u32::from(points > 0));
        for n in 0..gap {
            placed
                .text
                .push(if n == 0 && points > 0 { '\n' } else { ' ' });
        }
        points += gap;
        let begin = begin.unwrap_or(0);
        end = Some(begin.saturating_add(length(&sentence.text, unit)));
        let index = CodePointIndex::new(&sentence.text);
        find(&index, units, begin, unit, aside);
        for unit in &mut *units {
            let place = unit
                .place
                .map(|place| place.map(|at| at.saturating_add(points)));
            unit.place = place;
        }
        points = points.saturating_add(index.chars());
        if units.is_empty() && !sentence.text.trim().is_empty() {
            let message = "a sentence has no words; its text was kept";
            imported.notes.push(problem(sentence.line, message));
        }
        placed.text.push_str(&sentence.text);
    }
    if many {
        let message = "what is between the sentences is not in the file; a line end was put there";
        imported.notes.push(problem(1, message));
    }
    placed
}

/// So many words of a sentence are tried.
const TRIED: usize = 16;

/// Where a sentence begins, as the file counts: by the first of its words that is as long as its offsets
/// say, since the offsets of one word may be wrong; else by the first that is in it.
fn begin(text: &str, units: &[Unit<'_>], unit: OffsetUnit) -> Option<u32> {
    let mut after = 0;
    let mut doubtful = None;
    for word in units.iter().take(TRIED) {
        let plain = escapes::text(word.words);
        let rest = text.get(after..).unwrap_or_default();
        let spellings = [word.words, plain.as_str()].into_iter();
        let found = spellings
            .filter(|words| !words.is_empty())
            .find_map(|words| Some((after + rest.find(words)?, words)));
        let Some((at, words)) = found else { continue };
        after = at;
        let before = text.get(..at).unwrap_or_default();
        let begin = word.begin.checked_sub(length(before, unit));
        let is_as_long = word.end.checked_sub(word.begin) == Some(length(words, unit));
        if is_as_long && begin.is_some() {
            return begin;
        }
        doubtful = doubtful.or(begin);
    }
    doubtful.or_else(|| units.first().map(|first| first.begin))
}

/// Looks for the words of a sentence one after the other, in code points of the sentence.
fn find(
    index: &CodePointIndex<'_>,
    units: &mut [Unit<'_>],
    begin: u32,
    counted: OffsetUnit,
    aside: &mut LeftOut,
) {
    let text = index.text();
    // The end of the last whole word.
    let (mut byte, mut point) = (0, 0);
    for unit in units {
        let plain = escapes::text(unit.words);
        let spellings = [unit.words, plain.as_str()];
        let by_offsets = || {
            let at = |offset: u32| index.from_unit(offset.checked_sub(begin)?, counted);
            let (from, to) = (at(unit.begin)?, at(unit.end)?);
            let there = index.slice(from, to)?;
            spellings.contains(&there).then_some([from, to])
        };
        if unit.id.contains('.') {
            // A part of a word, which may come again in it.
            unit.place = by_offsets();
        } else {
            let rest = text.get(byte..).unwrap_or_default();
            let trimmed = rest.trim_start();
            let skipped = rest.len() - trimmed.len();
            let next = spellings
                .iter()
                .find(|words| !words.is_empty() && trimmed.starts_with(**words));
            let found = match next {
                Some(words) => Some((skipped, words.len())),
                None => match by_offsets() {
                    Some([from, to]) => {
                        let at = |point| index.to_unit(point, OffsetUnit::Bytes);
                        let range = at(from).zip(at(to));
                        range.and_then(|(from, to)| {
                            let (from, to) = (from as usize, to as usize);
                            Some((from.checked_sub(byte)?, to - from))
                        })
                    }
                    None => {
                        let near = rest
                            .get(..rest.floor_char_boundary(NEAR))
                            .unwrap_or_default();
                        let words = spellings.iter().filter(|words| !words.is_empty());
                        let mut places =
                            words.filter_map(|words| Some((whole(near, words)?, words.len())));
                        places.next()
                    }
                },
            };
            unit.place = found.and_then(|(skipped, long)| {
                let points = |from: usize, to: usize| {
                    let part = text.get(from..to)?;
                    u32::try_from(part.chars().count()).ok()
                };
                let from = point + points(byte, byte + skipped)?;
                let to = from + points(byte + skipped, byte + skipped + long)?;
                byte += skipped + long;
                point = to;
                Some([from, to])
            });
        }
        if unit.place.is_none() {
            let what = format!("the word “{}” (`{}`)", shown(&plain), unit.id);
            aside.skip(
                unit.line,
                "words that are not in their sentence are left out, with the annotations on them",
                what,
            );
        }
    }
}

/// Where these words are and are not a part of longer ones.
fn whole(text: &str, words: &str) -> Option<usize> {
    let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found = text.match_indices(words).map(|(at, _)| at);
    found.find(|&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at + words.len()..)
            .and_then(|after| after.chars().next());
        let longer = |inner: Option<char>, outer| part(inner) && part(outer);
        !longer(words.chars().next(), before) && !longer(words.chars().next_back(), after)
    })
}
