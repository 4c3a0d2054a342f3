//! The parts of a document that is a zip file of XML.

use crate::format::xml_encoding::xml_text;
use crate::format::zip_entries::ZipEntries;

/// So many bytes the parts that are read may have once they are unpacked.
const LARGEST: u64 = 64 << 20;

/// A document that is read.
pub(super) struct Parts<'a> {
    zip: ZipEntries<'a>,
    pub(super) names: Vec<String>,
}

impl<'a> Parts<'a> {
    /// Opens a document; else says what is wrong with it.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let zip = ZipEntries::open_up_to(LARGEST, bytes)?;
        let names = zip.names()?;
        Ok(Self { zip, names })
    }

    /// The XML of a part; `None` where it is not there.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        if !self.names.iter().any(|known| known == name) {
            return Ok(None);
        }
        let bytes = self.zip.read(name)?;
        // What is UTF-8 already needs no second copy.
        let bytes = match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.remove(0);
                }
                return Ok(Some(text));
            }
            Err(error) => error.into_bytes(),
        };
        let text = xml_text(&bytes).map_err(|error| damaged(name, &error.to_string()))?;
        Ok(Some(text.into_owned()))
    }
}

/// What is said of a part that cannot be read.
pub(super) fn damaged(part: &str, error: &str) -> String {
    format!(
        "`{part}` in this document cannot be read ({error}); open it in its program and save it again"
    )
}

/// Whether some bytes are among others.
pub(super) fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|piece| piece == words)
}
