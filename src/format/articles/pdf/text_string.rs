//! Text strings (ISO 32000-2, 7.9.2.2): UTF-16, UTF-8 or the encoding of PDF (annex D.3).

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// The characters from 0x80 to 0x9E, and that at 0xA0; the others are those of Latin-1.
const SPECIAL: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™\u{fb01}\u{fb02}ŁŒŠŸŽıłœšž";

/// The characters of a string.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xfe, 0xff, ..] => UTF_16BE,
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xef, 0xbb, 0xbf, ..] => UTF_8,
        _ => return bytes.iter().map(|byte| character(*byte)).collect(),
    };
    encoding.decode(bytes).0.into_owned()
}

fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9e => SPECIAL
            .chars()
            .nth(usize::from(byte - 0x80))
            .unwrap_or('\u{fffd}'),
        0xa0 => '€',
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_in_each_encoding() {
        assert_eq!(text_string(b"Caf\xe9 \x8dA\x8e \xa0"), "Café “A” €");
        assert_eq!(text_string(b"\xfe\xff\x00A\x20\x1c"), "A“");
        assert_eq!(text_string(b"\xef\xbb\xbf\xc3\xa9"), "é");
    }
}
