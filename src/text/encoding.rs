use std::fmt;

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, EncoderResult, GB18030, ISO_8859_2, ISO_8859_15, KOI8_R, MACINTOSH,
    SHIFT_JIS, UTF_8, UTF_8_INIT, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
};

use super::{TextSize, size};

/// A character encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// There is no encoding of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no encoding `{name}`; common ones are: {}", common_names())]
pub struct UnknownEncoding {
    name: String,
}

/// A character that an encoding cannot write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} cannot write `{character}` (U+{:04X}); use another character",
    encoding.name(), u32::from(*character)
)]
pub struct CannotWrite {
    /// The encoding.
    pub encoding: Encoding,
    /// The character.
    pub character: char,
    /// Where it is in the text, in bytes.
    pub at: TextSize,
}

/// The encodings offered first, the most likely at the top.
static COMMON: [Encoding; 20] = [
    Encoding(UTF_8),
    Encoding(WINDOWS_1252),
    Encoding(UTF_16LE),
    Encoding(UTF_16BE),
    Encoding(ISO_8859_15),
    Encoding(MACINTOSH),
    Encoding(WINDOWS_1250),
    Encoding(ISO_8859_2),
    Encoding(WINDOWS_1251),
    Encoding(KOI8_R),
    Encoding(WINDOWS_1253),
    Encoding(WINDOWS_1254),
    Encoding(WINDOWS_1255),
    Encoding(WINDOWS_1256),
    Encoding(SHIFT_JIS),
    Encoding(EUC_JP),
    Encoding(GB18030),
    Encoding(BIG5),
    Encoding(EUC_KR),
    Encoding(encoding_rs::ISO_2022_JP),
];

fn common_names() -> String {
    let names: Vec<_> = COMMON.iter().map(|encoding| encoding.name()).collect();
    names.join(", ")
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Encoding {
    /// The default encoding of articles.
    pub const UTF_8: Self = Self(&UTF_8_INIT);

    /// The encodings to offer, the most likely first.
    #[must_use]
    pub fn common() -> &'static [Self] {
        &COMMON
    }

    /// The encoding of a name or label of the WHATWG Encoding Standard, in any case: `latin1`.
    ///
    /// # Errors
    /// [`UnknownEncoding`], which names the common ones.
    pub fn named(name: &str) -> Result<Self, UnknownEncoding> {
        encoding_rs::Encoding::for_label_no_replacement(name.as_bytes())
            .map(Self)
            .ok_or_else(|| UnknownEncoding {
                name: name.to_owned(),
            })
    }

    /// The encoding a byte order mark at the start of `bytes` reports, and the mark's length.
    #[must_use]
    pub fn by_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        encoding_rs::Encoding::for_bom(bytes).map(|(encoding, mark)| (Self(encoding), mark))
    }

    /// Its name as the WHATWG Encoding Standard spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Whether ASCII bytes always mean themselves.
    #[must_use]
    pub fn is_ascii_compatible(self) -> bool {
        self.0.is_ascii_compatible()
    }

    /// The text of `bytes`, byte order marks included, and whether every byte belonged to a
    /// character; the rest becomes U+FFFD.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> (String, bool) {
        let (text, broken) = self.0.decode_without_bom_handling(bytes);
        (text.into_owned(), !broken)
    }

    /// The bytes of `text`, without byte order mark.
    ///
    /// # Errors
    /// [`CannotWrite`] at the first character the encoding does not have.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, CannotWrite> {
        if self.0 == UTF_8 {
            return Ok(text.as_bytes().to_vec());
        }
        if self.0 == UTF_16LE {
            return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if self.0 == UTF_16BE {
            return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        let mut encoder = self.0.new_encoder();
        let longest = encoder.max_buffer_length_from_utf8_without_replacement(text.len());
        let mut bytes = Vec::with_capacity(longest.unwrap_or(text.len()));
        let mut read = 0;
        loop {
            let rest = text.get(read..).unwrap_or_default();
            let (result, taken) =
                encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
            read += taken;
            match result {
                EncoderResult::InputEmpty => return Ok(bytes),
                EncoderResult::OutputFull => bytes.reserve(bytes.len().max(64)),
                EncoderResult::Unmappable(character) => {
                    return Err(CannotWrite {
                        encoding: self,
                        character,
                        at: size(read.saturating_sub(character.len_utf8())),
                    });
                }
            }
        }
    }

    /// The byte order mark of the encoding; empty where it has none.
    #[must_use]
    pub fn mark(self) -> &'static [u8] {
        if self.0 == UTF_8 {
            b"\xEF\xBB\xBF"
        } else if self.0 == UTF_16LE {
            b"\xFF\xFE"
        } else if self.0 == UTF_16BE {
            b"\xFE\xFF"
        } else {
            b""
        }
    }
}

/// Whether text that is not UTF-8 was UTF-8 before a few of its bytes were damaged: most of what is
/// not ASCII still makes whole or cut-off characters. Other encodings hardly ever look like that.
pub(crate) fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut like, mut unlike) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        like += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        match chunk.invalid() {
            [] => {}
            [_] => unlike += 1,
            _ => like += 1,
        }
    }
    like > 0 && like >= 2 * unlike
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_the_standard_s_in_any_spelling() {
        for (said, name) in [
            ("latin1", "windows-1252"),
            ("ISO-8859-1", "windows-1252"),
            ("utf-16", "UTF-16LE"),
            (" Shift_JIS ", "Shift_JIS"),
        ] {
            assert_eq!(Encoding::named(said).unwrap().name(), name);
        }
        for unknown in ["", "klingon", "replacement"] {
            let error = Encoding::named(unknown).unwrap_err().to_string();
            assert!(
                error.contains(unknown) && error.contains("windows-1252"),
                "{error}"
            );
        }
        for encoding in Encoding::common() {
            assert_eq!(Encoding::named(encoding.name()), Ok(*encoding));
        }
    }

    #[test]
    fn what_an_encoding_cannot_write_is_named_with_its_place() {
        let latin = Encoding::named("windows-1252").unwrap();
        assert_eq!(latin.encode("a“é€").unwrap(), b"a\x93\xE9\x80");
        let error = latin.encode("é шум").unwrap_err();
        assert_eq!((error.character, u32::from(error.at)), ('ш', 3));
        assert_eq!(
            error.to_string(),
            "windows-1252 cannot write `ш` (U+0448); use another character"
        );
    }

    proptest! {
        /// UTF-8 and UTF-16 read back everything they write.
        #[test]
        fn unicode_encodings_write_everything(text in any::<String>()) {
            for name in ["UTF-8", "UTF-16LE", "UTF-16BE"] {
                let encoding = Encoding::named(name).unwrap();
                let bytes = encoding.encode(&text).unwrap();
                prop_assert_eq!(encoding.decode(&bytes), (text.clone(), true));
            }
        }

        /// A common encoding reads back everything it writes.
        #[test]
        fn what_is_written_is_read_again(text in "[a-zé“”€шЖالא日本語한\\r\\n]{0,20}", n in 0_usize..20) {
            let encoding = Encoding::common()[n];
            if let Ok(bytes) = encoding.encode(&text) {
                prop_assert_eq!(encoding.decode(&bytes), (text, true));
            }
        }
    }
}
