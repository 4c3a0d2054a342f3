//! spaCy's own binary format for training: MessagePack in zlib, tokens and labels as hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use flate2::write::ZlibEncoder;
use rmp::encode;

use super::tokens::{TokenEnds, tokens};
use crate::format::interchange::DocumentRecord;
use crate::format::interchange::split_spans::CONTINUES;

/// spaCy's number for the text of a token.
const ORTH: u64 = 65;

/// The key training configurations expect the spans under.
const SPANS_KEY: &str = "sc";

/// Names spaCy has numbers of its own for, a line each.
const SYMBOLS: &str = include_str!("../../../assets/spacy-symbols.txt");

/// Documents as columns of numbers.
#[derive(Default)]
pub(super) struct DocBin {
    tokens: Vec<u8>,
    spaces: Vec<u8>,
    lengths: Vec<u8>,
    strings: BTreeSet<String>,
    numbers: Numbers,
    span_groups: Vec<Vec<u8>>,
    user_data: Vec<Vec<u8>>,
}

impl DocBin {
    pub(super) fn push(&mut self, record: &DocumentRecord) -> io::Result<()> {
        let fragments = record.fragments();
        let cuts: Vec<[u32; 2]> = fragments.iter().map(|f| [f.start, f.end]).collect();
        let tokens = tokens(&record.text, &cuts);
        for token in &tokens {
            self.tokens
                .extend(self.numbers.of(&token.text).to_le_bytes());
            self.spaces.push(u8::from(token.ws));
            self.strings.insert(token.text.clone());
        }
        self.lengths.extend(number(tokens.len()).to_le_bytes());
        let ends = TokenEnds::of(&tokens);
        let mut spans = Vec::with_capacity(fragments.len());
        let mut first_of: BTreeMap<&str, Place<'_>> = BTreeMap::new();
        let mut relations: Vec<(Place<'_>, Place<'_>, &str)> = Vec::new();
        let mut before: Option<Place<'_>> = None;
        for fragment in &fragments {
            let Some((first, last)) = ends.around(fragment.start, fragment.end) else {
                continue;
            };
            let label = &*fragment.span.label;
            self.strings.insert(label.to_owned());
            let mut bytes = Vec::with_capacity(40);
            for id in [0, 0, self.numbers.of(label)] {
                bytes.extend(id.to_be_bytes());
            }
            for place in [first, last + 1] {
                bytes.extend(number(place).to_be_bytes());
            }
            for place in [fragment.start, fragment.end] {
                bytes.extend(place.to_be_bytes());
            }
            spans.push(bytes);
            let place = (fragment.start, fragment.end, label);
            if fragment.index == 0 {
                first_of.insert(&fragment.span.id, place);
            } else if let Some(before) = before {
                relations.push((before, place, CONTINUES));
            }
            before = Some(place);
        }
        self.span_groups.push(span_groups(&spans)?);
        relations.extend(record.links.iter().filter_map(|link| {
            let (from, to) = (first_of.get(&*link.from)?, first_of.get(&*link.to)?);
            Some((*from, *to, &*link.role))
        }));
        self.user_data.push(user_data(&record.id, &relations)?);
        Ok(())
    }

    pub(super) fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let mut zlib = ZlibEncoder::new(out, flate2::Compression::default());
        let out = &mut zlib;
        map(out, 10)?;
        text(out, "version")?;
        text(out, "0.1")?;
        text(out, "attrs")?;
        array(out, 1)?;
        encode::write_uint(out, ORTH).map_err(io::Error::from)?;
        for (key, bytes) in [
            ("tokens", &self.tokens),
            ("spaces", &self.spaces),
            ("lengths", &self.lengths),
        ] {
            text(out, key)?;
            binary(out, bytes)?;
        }
        text(out, "strings")?;
        array(out, self.strings.len())?;
        for string in &self.strings {
            text(out, string)?;
        }
        text(out, "cats")?;
        array(out, self.span_groups.len())?;
        for _ in &self.span_groups {
            map(out, 0)?;
        }
        text(out, "flags")?;
        array(out, self.span_groups.len())?;
        for _ in &self.span_groups {
            map(out, 1)?;
            text(out, "has_unknown_spaces")?;
            encode::write_bool(out, false)?;
        }
        for (key, all) in [
            ("span_groups", &self.span_groups),
            ("user_data", &self.user_data),
        ] {
            text(out, key)?;
            array(out, all.len())?;
            for bytes in all {
                binary(out, bytes)?;
            }
        }
        zlib.finish().map(drop)
    }
}

/// The groups of spans of a document: one.
fn span_groups(spans: &[Vec<u8>]) -> io::Result<Vec<u8>> {
    let mut group = Vec::new();
    map(&mut group, 3)?;
    text(&mut group, "name")?;
    text(&mut group, SPANS_KEY)?;
    text(&mut group, "attrs")?;
    map(&mut group, 0)?;
    text(&mut group, "spans")?;
    array(&mut group, spans.len())?;
    for span in spans {
        binary(&mut group, span)?;
    }
    let mut groups = Vec::with_capacity(group.len() + 16);
    map(&mut groups, 1)?;
    binary(&mut groups, &group)?;
    array(&mut groups, 1)?;
    text(&mut groups, SPANS_KEY)?;
    Ok(groups)
}

type Place<'a> = (u32, u32, &'a str);

/// What spaCy keeps beside a document: the article's name, and the links as start, end (code points)
/// and label of both ends, and their role.
fn user_data(id: &str, relations: &[(Place<'_>, Place<'_>, &str)]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    map(&mut out, 2)?;
    text(&mut out, "id")?;
    text(&mut out, id)?;
    text(&mut out, "relations")?;
    array(&mut out, relations.len())?;
    for (from, to, role) in relations {
        array(&mut out, 3)?;
        for (start, end, label) in [from, to] {
            array(&mut out, 3)?;
            encode::write_uint(&mut out, u64::from(*start)).map_err(io::Error::from)?;
            encode::write_uint(&mut out, u64::from(*end)).map_err(io::Error::from)?;
            text(&mut out, label)?;
        }
        text(&mut out, role)?;
    }
    Ok(out)
}

fn map<W: Write>(out: &mut W, length: usize) -> io::Result<()> {
    encode::write_map_len(out, number(length))
        .map(drop)
        .map_err(io::Error::from)
}

fn array<W: Write>(out: &mut W, length: usize) -> io::Result<()> {
    encode::write_array_len(out, number(length))
        .map(drop)
        .map_err(io::Error::from)
}

fn text<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    encode::write_str(out, text).map_err(io::Error::from)
}

fn binary<W: Write>(out: &mut W, bytes: &[u8]) -> io::Result<()> {
    encode::write_bin(out, bytes).map_err(io::Error::from)
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The numbers of strings.
struct Numbers(BTreeMap<&'static str, u64>);

impl Default for Numbers {
    fn default() -> Self {
        let symbols = SYMBOLS.lines().filter_map(|line| {
            let (name, number) = line.rsplit_once(' ')?;
            Some((name, number.parse().ok()?))
        });
        Self(symbols.collect())
    }
}

impl Numbers {
    fn of(&self, string: &str) -> u64 {
        let symbol = self.0.get(string).copied();
        symbol.unwrap_or_else(|| hash(string))
    }
}

/// spaCy's number for a string: MurmurHash64A with the seed 1, 0 for the empty string.
fn hash(string: &str) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const SEED: u64 = 1;
    let bytes = string.as_bytes();
    if bytes.is_empty() {
        return 0;
    }
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut hash = SEED ^ length.wrapping_mul(M);
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let mut word = u64::from_le_bytes(*chunk).wrapping_mul(M);
        word ^= word >> 47;
        hash = (hash ^ word.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let word = rest
            .iter()
            .rev()
            .fold(0, |word: u64, byte| word << 8 | u64::from(*byte));
        hash = (hash ^ word).wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_numbers_spacy_gives_them() {
        for (string, expected) in EXPECTED {
            assert_eq!(Numbers::default().of(string), expected, "{string}");
        }
    }

    /// As `spacy.strings.hash_string` gives them.
    const EXPECTED: [(&str, u64); 7] = [
        ("", 0),
        ("case", 8110129090154140942),
        ("nsubj", 429),
        ("quote", 5727435701664101727),
        ("coffee", 3197928453018144401),
        ("“Wir sagten’s”", 7401858929883905117),
        ("12345678", 9871996032675327904),
    ];
}
