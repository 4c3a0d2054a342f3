//! What the structure of a PDF may take, before it is read: a few bytes can stand for gigabytes, and objects that
//! lie in one another would be read again and again.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_font::hayro_syntax::object::{Array, Dict, FromBytes, Name, ObjRef, Object};

use super::PdfError;

/// So many bytes the streams may have together in which objects and their places are packed.
const MOST_UNPACKED: usize = 64 << 20;
/// So many objects.
const MOST_OBJECTS: usize = 2_000_000;
/// So many bytes the lists of pages may have.
const MOST_PAGE_LISTS: usize = 512 << 10;
/// So often the whole file may be gone through because objects lie in one another.
const MOST_ROUNDS: usize = 4;
/// The most that one byte of DEFLATE becomes.
pub(super) const HIGHEST_RATIO: usize = 1_032;

/// What the end of a file names (ISO 32000-2, 7.5.5).
#[derive(Debug, Default)]
pub(super) struct Trailer {
    /// Whether there is one.
    pub(super) is_found: bool,
    /// Where the document says something about itself; it may not be there.
    pub(super) info: Option<Option<ObjRef>>,
}

/// Checks that a file can be read in the time and memory of its size.
pub(super) fn check(bytes: &[u8]) -> Result<Trailer, PdfError> {
    let mut structure = Structure::default();
    let room = bytes.len().saturating_mul(MOST_ROUNDS) + (1 << 20);
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        if let Some((number, length)) = object_number(rest) {
            let start = at + length;
            let end = start + extent(bytes.get(start..).unwrap_or_default());
            structure.gone_through += end - start;
            structure.object(number, bytes, start, end)?;
            at = start;
        } else if rest.starts_with(b"<<") {
            let length = extent(rest);
            structure.gone_through += length;
            if let Some(dictionary) = Dict::from_bytes(rest.get(..length).unwrap_or_default()) {
                structure.trailer(&dictionary)?;
                at += length.max(1);
            } else {
                at = next_token(bytes, at);
            }
        } else {
            at = next_token(bytes, at);
        }
        if structure.gone_through > room || structure.objects > MOST_OBJECTS {
            return Err(PdfError::TooIntricate);
        }
    }
    structure.finish()
}

/// Where the next token begins.
fn next_token(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let word = rest
        .iter()
        .position(|byte| is_blank(*byte))
        .unwrap_or(rest.len());
    let rest = rest.get(word..).unwrap_or_default();
    let blank = rest
        .iter()
        .position(|byte| !is_blank(*byte))
        .unwrap_or(rest.len());
    at + (word + blank).max(1)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 0xc)
}

/// The number of an object that begins here (`12 0 obj`), and how long that is in bytes.
fn object_number(bytes: &[u8]) -> Option<(u32, usize)> {
    let mut at = 0;
    let mut number = |bytes: &[u8]| {
        let rest = bytes.get(at..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let value = std::str::from_utf8(rest.get(..digits)?)
            .ok()?
            .parse()
            .ok()?;
        let rest = rest.get(digits..)?;
        let blanks = rest.iter().take_while(|byte| is_blank(**byte)).count();
        at += digits + blanks;
        Some(value)
    };
    let first: u32 = number(bytes)?;
    let _: u32 = number(bytes)?;
    bytes
        .get(at..)?
        .starts_with(b"obj")
        .then_some((first, at + 3))
}

/// How far an object reaches that begins here, in bytes; one without end reaches to the end of the file.
fn extent(bytes: &[u8]) -> usize {
    let mut at = 0;
    let mut depth = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        match byte {
            b'%' => at += past(bytes, at, |byte| byte == b'\n' || byte == b'\r'),
            b'(' => {
                at = end_of_string(bytes, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'<' if next == b'<' => {
                depth += 1;
                at += 1;
            }
            b'<' => at += past(bytes, at, |byte| byte == b'>'),
            b'[' => depth += 1,
            b'>' | b']' => {
                at += usize::from(byte == b'>' && next == b'>');
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (at + 1).min(bytes.len());
                }
            }
            // A word that stands for no value ends what is read.
            b'a'..=b'z' | b'A'..=b'Z' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = rest
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric())
                    .count();
                let word = rest.get(..length).unwrap_or_default();
                at += length;
                if depth == 0 || !matches!(word, b"R" | b"true" | b"false" | b"null") {
                    return at;
                }
                continue;
            }
            b'/' => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                let is_end = |byte: &u8| is_blank(*byte) || b"()<>[]{}/%".contains(byte);
                at += rest.iter().position(is_end).unwrap_or(rest.len());
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// How many bytes there are before one of these.
fn past(bytes: &[u8], at: usize, is_end: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter()
        .position(|byte| is_end(*byte))
        .unwrap_or(rest.len())
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at.min(bytes.len());
                }
            }
            _ => {}
        }
    }
    bytes.len()
}

#[derive(Default)]
struct Structure {
    trailer: Trailer,
    /// In bytes, with repetitions.
    gone_through: usize,
    objects: usize,
    unpacked: usize,
    page_lists: usize,
    /// Objects that have contents as pages have.
    with_contents: usize,
    /// Arrays by their numbers: how long they are, and whether there are dictionaries in them.
    arrays: BTreeMap<u32, (usize, bool)>,
    /// The numbers of arrays that list pages.
    listing: Vec<u32>,
}

impl Structure {
    /// Looks at an object of the file; what follows it may be a stream.
    fn object(
        &mut self,
        number: u32,
        bytes: &[u8],
        start: usize,
        end: usize,
    ) -> Result<(), PdfError> {
        self.objects += 1;
        let slice = bytes.get(start..end).unwrap_or_default();
        self.value(number, slice)?;
        let after = bytes.get(end..).unwrap_or_default();
        let blanks = after.iter().take_while(|byte| is_blank(**byte)).count();
        let data = after
            .get(blanks..)
            .unwrap_or_default()
            .strip_prefix(b"stream");
        if let (Some(data), Some(dictionary)) = (data, Dict::from_bytes(slice.trim_ascii_start())) {
            self.trailer(&dictionary)?;
            let length = self.stream_length(&dictionary, data);
            let is_packed = ["First", "W"].map(|key| dictionary.contains_key(key));
            if is_packed.contains(&true) {
                self.packed(&dictionary, data, length)?;
            }
        }
        Ok(())
    }

    /// Looks at a value that has a number of its own.
    fn value(&mut self, number: u32, slice: &[u8]) -> Result<(), PdfError> {
        let slice = slice.trim_ascii_start();
        if slice.starts_with(b"[") {
            let holds_dictionary = slice.windows(2).any(|pair| pair == b"<<");
            self.arrays.insert(number, (slice.len(), holds_dictionary));
        }
        let Some(dictionary) = Some(slice)
            .filter(|slice| slice.starts_with(b"<<"))
            .and_then(Dict::from_bytes)
        else {
            return Ok(());
        };
        self.with_contents += usize::from(dictionary.contains_key("Contents"));
        if let Some(list) = dictionary.get_ref("Kids") {
            self.listing.push(list.obj_number);
        } else if let Some(pages) = dictionary.get::<Array<'_>>("Kids") {
            self.page_list(
                pages.data().len(),
                pages.data().windows(2).any(|pair| pair == b"<<"),
            )?;
        }
        Ok(())
    }

    fn trailer(&mut self, dictionary: &Dict<'_>) -> Result<(), PdfError> {
        if !dictionary.contains_key("Root") {
            return Ok(());
        }
        self.trailer.is_found = true;
        if dictionary.contains_key("Info") {
            self.trailer.info = Some(dictionary.get_ref("Info"));
        }
        match dictionary.contains_key("Encrypt") {
            true => Err(PdfError::Encrypted),
            false => Ok(()),
        }
    }

    /// Pages are objects of their own (ISO 32000-2, 7.7.3.2): a list that holds them itself could hold itself.
    fn page_list(&mut self, length: usize, holds_pages: bool) -> Result<(), PdfError> {
        self.page_lists = self.page_lists.saturating_add(length);
        if holds_pages || self.page_lists > MOST_PAGE_LISTS {
            return Err(PdfError::TooIntricate);
        }
        Ok(())
    }

    /// How long a stream is, at most, in bytes. Where that is not as it says, its end is looked for.
    fn stream_length(&mut self, dictionary: &Dict<'_>, data: &[u8]) -> usize {
        const END: &[u8] = b"endstream";
        let is_end = |word: &[u8]| word == END;
        let said = dictionary.get::<u32>("Length");
        let said = said.and_then(|length| usize::try_from(length).ok());
        let after = said.and_then(|said| data.get(said..)).unwrap_or_default();
        let near = after.get(..END.len() + 4).unwrap_or(after);
        if let Some(said) = said.filter(|_| near.windows(END.len()).any(is_end)) {
            return said;
        }
        let end = data.windows(END.len()).position(is_end);
        let end = end.unwrap_or(data.len());
        self.gone_through += end;
        said.unwrap_or(data.len()).max(end).min(data.len())
    }

    /// Looks into a stream in which objects, or their places, are packed.
    fn packed(
        &mut self,
        dictionary: &Dict<'_>,
        data: &[u8],
        length: usize,
    ) -> Result<(), PdfError> {
        let places = dictionary.contains_key("W");
        let room = MOST_UNPACKED.saturating_sub(self.unpacked);
        let filters = dictionary.get::<Object<'_>>("Filter");
        let is_flate = |name: &Name<'_>| matches!(name.as_ref(), b"FlateDecode" | b"Fl");
        let filter = match filters {
            None if dictionary.contains_key("Filter") => return Err(PdfError::TooIntricate),
            None => None,
            Some(Object::Name(name)) if is_flate(&name) => Some(()),
            Some(Object::Array(names)) => {
                let mut names = names.iter::<Object<'_>>();
                match (names.next(), names.next()) {
                    (None, None) => None,
                    (Some(Object::Name(name)), None) if is_flate(&name) => Some(()),
                    (Some(_), _) | (None, Some(_)) => return Err(PdfError::TooIntricate),
                }
            }
            Some(_) => return Err(PdfError::TooIntricate),
        };
        if !has_plain_rows(dictionary) {
            return Err(PdfError::TooIntricate);
        }
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let mut unpacked = Vec::new();
        let size = match filter {
            None => length,
            Some(()) => {
                let limit = u64::try_from(room).unwrap_or(u64::MAX).saturating_add(1);
                let read = ZlibDecoder::new(data)
                    .take(limit)
                    .read_to_end(&mut unpacked);
                match read {
                    Ok(size) => size,
                    // What else a reader makes of it is no more than this.
                    Err(_) => length.saturating_mul(HIGHEST_RATIO),
                }
            }
        };
        // The place of an object takes more memory than bytes.
        let weight = if places { 32 } else { 1 };
        self.unpacked = self.unpacked.saturating_add(size.saturating_mul(weight));
        if self.unpacked > MOST_UNPACKED {
            return Err(PdfError::TooIntricate);
        }
        if !places {
            let plain = data.get(..length.min(data.len())).unwrap_or_default();
            let unpacked = if filter.is_some() { &unpacked } else { plain };
            self.packed_objects(dictionary, unpacked)?;
        }
        Ok(())
    }

    /// Looks at the objects of a stream (ISO 32000-2, 7.5.7): pairs of a number and a place, then the objects.
    fn packed_objects(&mut self, dictionary: &Dict<'_>, data: &[u8]) -> Result<(), PdfError> {
        let count = dictionary.get::<u32>("N").unwrap_or(0);
        let first = dictionary.get::<u32>("First").unwrap_or(0);
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        let mut numbers = data
            .split(|byte| is_blank(*byte))
            .filter(|word| !word.is_empty());
        let mut number = || {
            std::str::from_utf8(numbers.next()?)
                .ok()?
                .parse::<usize>()
                .ok()
        };
        for _ in 0..count {
            let Some((number, place)) = number().zip(number()) else {
                break;
            };
            self.objects += 1;
            if self.objects > MOST_OBJECTS {
                return Err(PdfError::TooIntricate);
            }
            let slice = data.get(first.saturating_add(place)..).unwrap_or_default();
            let length = extent(slice);
            self.gone_through += length;
            if self.gone_through > MOST_UNPACKED * MOST_ROUNDS {
                return Err(PdfError::TooIntricate);
            }
            let slice = slice.get(..length).unwrap_or_default();
            self.value(u32::try_from(number).unwrap_or(0), slice)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Trailer, PdfError> {
        for list in std::mem::take(&mut self.listing) {
            if let Some(&(length, holds_pages)) = self.arrays.get(&list) {
                self.page_list(length, holds_pages)?;
            }
        }
        if self.with_contents > MOST_PAGE_LISTS / 4 {
            return Err(PdfError::TooIntricate);
        }
        Ok(self.trailer)
    }
}

/// Whether the rows of a stream have a length that can be (ISO 32000-2, 7.4.4.3).
pub(super) fn has_plain_rows(dictionary: &Dict<'_>) -> bool {
    let parameters = dictionary
        .get::<Object<'_>>("DecodeParms")
        .or_else(|| dictionary.get("DP"));
    let parameters: Vec<Dict<'_>> = match parameters {
        Some(Object::Dict(parameters)) => vec![parameters],
        Some(Object::Array(list)) => list
            .iter::<Object<'_>>()
            .filter_map(Object::into_dict)
            .collect(),
        Some(_) | None => Vec::new(),
    };
    parameters.iter().all(|parameters| {
        let number = |key: &str, usual: i32| match parameters.contains_key(key) {
            true => parameters.get::<i32>(key).unwrap_or(-1),
            false => usual,
        };
        (1..=1_000_000).contains(&number("Columns", 1))
            && (1..=32).contains(&number("Colors", 1))
            && [1, 2, 4, 8, 16].contains(&number("BitsPerComponent", 8))
    })
}
