//! How much of a PDF is unpacked and gone through, at most.

use std::io::{Read, Write};

use flate2::read::ZlibDecoder;
use hayro_font::hayro_syntax::Filter;
use hayro_font::hayro_syntax::object::Stream;

use super::structure::{HIGHEST_RATIO, has_plain_rows};

/// So many bytes of descriptions of pages, those that are drawn several times each time.
const CONTENT: usize = 64 << 20;
/// What it takes to begin one, in such bytes.
const BEGIN: usize = 512;
/// So many bytes of fonts.
const FONTS: usize = 64 << 20;

/// So many bytes of damaged descriptions are gone through again.
const AGAIN: usize = 64 << 20;

/// What is left.
pub(super) struct Budget {
    content: usize,
    fonts: usize,
    again: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            content: CONTENT,
            fonts: FONTS,
            again: AGAIN,
        }
    }
}

impl Budget {
    /// The description of a page or a part of it; `None` where there is no room or it cannot be unpacked.
    pub(super) fn content(&mut self, stream: &Stream<'_>) -> Option<Vec<u8>> {
        let size = size(stream, self.content)? + BEGIN;
        self.content = self.content.saturating_sub(size);
        let content = stream.decoded_data().ok()?.into_owned();
        has_few_images(&content).then_some(content)
    }

    /// Whether the rest of a damaged description can be gone through again.
    pub(super) fn again(&mut self, rest: &[u8]) -> bool {
        let work = rest.len().saturating_mul(1 + ends_of_images(rest));
        let left = self.again.checked_sub(work);
        self.again = left.unwrap_or(self.again);
        left.is_some()
    }

    /// Whether there is room for a part of a font.
    pub(super) fn has_room_for_font(&mut self, stream: &Stream<'_>) -> bool {
        match size(stream, self.fonts) {
            Some(size) => {
                self.fonts -= size;
                true
            }
            None => false,
        }
    }
}

/// Where the data of an image within a description ends is found by trying each `EI`.
fn has_few_images(content: &[u8]) -> bool {
    ends_of_images(content).saturating_mul(content.len()) < 1 << 32
}

fn ends_of_images(content: &[u8]) -> usize {
    let pairs = || content.windows(2);
    match pairs().any(|pair| pair == b"BI") {
        true => pairs().filter(|pair| *pair == b"EI").count(),
        false => 0,
    }
}

/// How many bytes a stream has once it is unpacked, up to a limit.
fn size(stream: &Stream<'_>, limit: usize) -> Option<usize> {
    if !has_plain_rows(stream.dict()) {
        return None;
    }
    let raw = stream.raw_data();
    let mut most = raw.len();
    for (n, filter) in stream.filters().iter().enumerate() {
        let ratio = match filter {
            Filter::FlateDecode if n == 0 => {
                most = inflated(&raw, limit)?;
                1
            }
            Filter::FlateDecode => HIGHEST_RATIO,
            Filter::LzwDecode => 2_048,
            Filter::RunLengthDecode => 64,
            Filter::AsciiHexDecode | Filter::Ascii85Decode | Filter::Crypt => 4,
            // Pictures.
            Filter::CcittFaxDecode
            | Filter::Jbig2Decode
            | Filter::DctDecode
            | Filter::JpxDecode => {
                return None;
            }
        };
        most = most.saturating_mul(ratio);
    }
    (most <= limit).then_some(most)
}

fn inflated(raw: &[u8], limit: usize) -> Option<usize> {
    struct Counter(usize);
    impl Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut counted = Counter(0);
    let room = u64::try_from(limit).ok()?.saturating_add(1);
    let mut decoder = ZlibDecoder::new(raw).take(room);
    let copied = std::io::copy(&mut decoder, &mut counted);
    let used = usize::try_from(decoder.get_ref().total_in()).unwrap_or(0);
    let most = match copied {
        Ok(_) => counted.0,
        // A reader makes no more of the rest of a damaged one.
        Err(_) => counted
            .0
            .saturating_add(raw.len().saturating_sub(used).saturating_mul(HIGHEST_RATIO)),
    };
    (most <= limit).then_some(most)
}
