use std::string::FromUtf8Error;

use super::FormatError;
use crate::text::Encoding;

/// One file to read, and a way to the files that belong to it.
pub struct Input<'a> {
    /// Its name, for messages and for documents that have none.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Reads a file of this name in the same folder, if there is one, whatever the case and the normal
    /// form of its name; an article also in the folder to import into.
    pub beside: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

impl Input<'_> {
    /// The file as text, without byte order mark.
    ///
    /// # Errors
    /// [`FormatError::NotUtf8`] with the line of the first byte that is none.
    pub fn text(&self) -> Result<&str, FormatError> {
        let text = utf8(self.bytes)?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The text of a file in the same folder, without byte order mark; `None` where there is none.
    pub(super) fn text_beside(&self, name: &str) -> Option<Result<String, FromUtf8Error>> {
        let text = String::from_utf8((self.beside)(name)?);
        Some(text.map(|text| match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        }))
    }
}

pub(super) fn utf8(bytes: &[u8]) -> Result<&str, FormatError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.iter().take(error.valid_up_to());
        let line = good.filter(|&&byte| byte == b'\n').count() + 1;
        FormatError::NotUtf8 { line }
    })
}

/// A text in UTF-16 that says so with a byte order mark, as UTF-8; `None` for anything else. XML names its
/// encoding itself.
#[must_use]
pub fn utf16_as_utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let (encoding, mark) = Encoding::by_mark(bytes)?;
    if encoding == Encoding::UTF_8 {
        return None;
    }
    let (text, whole) = encoding.decode(bytes.get(mark..)?);
    let is_text = whole && !text.trim_start().starts_with('<');
    is_text.then(|| text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_read_where_its_mark_says_so() {
        let written = |mark: &[u8], text: &str| {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            mark.iter().copied().chain(units).collect::<Vec<u8>>()
        };
        let read = |bytes: &[u8]| utf16_as_utf8(bytes).map(|text| String::from_utf8(text).unwrap());
        assert_eq!(read(&written(b"\xff\xfe", "é 😀")).as_deref(), Some("é 😀"));
        assert_eq!(read(b"\xfe\xff\0a").as_deref(), Some("a"));
        for other in [
            written(b"\xff\xfe", "<?xml?>"),
            written(b"", "a"),
            b"\xff\xfea".to_vec(),
            "\u{feff}a".into(),
        ] {
            assert_eq!(read(&other), None, "{other:?}");
        }
    }
}
