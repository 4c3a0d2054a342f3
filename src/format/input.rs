use std::string::FromUtf8Error;

use super::FormatError;

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
