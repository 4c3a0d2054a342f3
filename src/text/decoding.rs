use super::{CannotWrite, Encoding, TextSize, size};

/// How an article's bytes became its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoding {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether the file starts with a byte order mark, which is not part of the text.
    pub mark: bool,
    /// How the encoding is known.
    pub basis: Basis,
    /// Where the first undecodable bytes were, in bytes of the text; U+FFFD is there now. `None`:
    /// every byte was decoded.
    pub broken: Option<TextSize>,
    /// Whether writing the text gives the very bytes of the file.
    pub exact: bool,
}

/// How an article's encoding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The file itself shows it: it is UTF-8, or has a byte order mark.
    File,
    /// A person named it.
    Named,
    /// The sidecar records it, and its checksum agrees.
    Recorded,
    /// Guessed from the bytes.
    Guessed,
}

impl Decoding {
    /// Plain UTF-8 without byte order mark.
    pub const UTF_8: Self = Self {
        encoding: Encoding::UTF_8,
        mark: false,
        basis: Basis::File,
        broken: None,
        exact: true,
    };

    /// Whether a person should check the letters: the encoding is a guess, or bytes were lost and
    /// not accepted so far.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        match self.basis {
            Basis::Guessed => true,
            Basis::File => self.broken.is_some(),
            Basis::Named | Basis::Recorded => false,
        }
    }

    /// Where to look first in `text`: the first lost bytes, else the first character that is not
    /// ASCII; in bytes.
    #[must_use]
    pub fn first_doubt(&self, text: &str) -> TextSize {
        let foreign = || text.find(|c: char| !c.is_ascii()).unwrap_or_default();
        self.broken.unwrap_or_else(|| size(foreign()))
    }

    /// The bytes of a file that holds `text`, with the byte order mark the file had. Reading takes
    /// one mark away, so a text that starts with one of its own gets another.
    ///
    /// # Errors
    /// [`CannotWrite`] at the first character the encoding does not have, or that would be read as
    /// something else.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, CannotWrite> {
        let bytes = self.encoding.encode(text)?;
        if let Some(at) = self.misread(text, &bytes) {
            let character = text.get(at..).and_then(|rest| rest.chars().next());
            return Err(CannotWrite {
                encoding: self.encoding,
                character: character.unwrap_or_default(),
                at: size(at),
            });
        }
        Ok(if self.mark || text.starts_with('\u{feff}') {
            [self.encoding.mark(), &bytes].concat()
        } else {
            bytes
        })
    }

    /// Where `bytes`, the encoded `text`, would be read as something else.
    fn misread(&self, text: &str, bytes: &[u8]) -> Option<usize> {
        if self.encoding == Encoding::UTF_8 {
            return None;
        }
        let (back, _) = self.encoding.decode(bytes);
        let differs = |back: &str| {
            let same = text.chars().zip(back.chars()).take_while(|(a, b)| a == b);
            same.map(|(c, _)| c.len_utf8()).sum()
        };
        if back != text {
            return Some(differs(&back));
        }
        if self.mark || !self.encoding.is_ascii_compatible() {
            return None;
        }
        // What looks like UTF-8 is read as UTF-8.
        if Encoding::by_mark(bytes).is_some() {
            return Some(0);
        }
        std::str::from_utf8(bytes)
            .ok()
            .filter(|utf8| *utf8 != text)
            .map(differs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin() -> Decoding {
        Decoding {
            encoding: Encoding::named("windows-1252").unwrap(),
            basis: Basis::Recorded,
            ..Decoding::UTF_8
        }
    }

    #[test]
    fn what_would_be_read_as_utf_8_cannot_be_written_in_another_encoding() {
        assert_eq!(latin().encode("caf\u{e9}").unwrap(), b"caf\xE9");
        assert_eq!(latin().encode("plain").unwrap(), b"plain");
        for (text, at) in [("an Ã©", 3), ("ï»¿mark", 0), ("ÿþ", 0)] {
            let error = latin().encode(text).unwrap_err();
            assert_eq!(u32::from(error.at), at, "{text}");
        }
    }

    #[test]
    fn a_mark_is_written_where_the_file_had_one_or_the_text_has_one() {
        let marked = Decoding {
            mark: true,
            ..Decoding::UTF_8
        };
        assert_eq!(marked.encode("a").unwrap(), b"\xEF\xBB\xBFa");
        let own = Decoding::UTF_8.encode("\u{feff}a").unwrap();
        assert_eq!(own, "\u{feff}\u{feff}a".as_bytes());
        let wide = Decoding {
            encoding: Encoding::named("UTF-16BE").unwrap(),
            ..marked
        };
        assert_eq!(wide.encode("a").unwrap(), b"\xFE\xFF\0a");
    }
}
