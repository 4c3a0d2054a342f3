//! The text of an XML file, in the encoding that its mark or its first line names.

use std::borrow::Cow;

use super::{FormatError, Input};
use crate::text::Encoding;

/// So many bytes of a file are looked at for its declaration.
const DECLARATION: usize = 400;

impl Input<'_> {
    /// An XML file as text, without byte order mark.
    ///
    /// # Errors
    /// [`FormatError::NotUtf8`], or [`FormatError::NotInEncoding`] where it names another encoding.
    pub(super) fn xml(&self) -> Result<Cow<'_, str>, FormatError> {
        xml_text(self.bytes)
    }
}

/// [`Input::xml`] of other bytes.
pub(super) fn xml_text(bytes: &[u8]) -> Result<Cow<'_, str>, FormatError> {
    let wrong = |name: &str| FormatError::NotInEncoding {
        encoding: name.to_owned(),
    };
    let (encoding, mark) = match (Encoding::by_mark(bytes), declared(bytes)) {
        (Some(found), _) => found,
        (None, Some(name)) => match Encoding::named(&name) {
            Ok(encoding) => (encoding, 0),
            // A wrong name does no harm where the file is UTF-8.
            Err(_) => {
                return super::input::utf8(bytes)
                    .map(Cow::Borrowed)
                    .map_err(|_| wrong(&name));
            }
        },
        (None, None) => (Encoding::UTF_8, 0),
    };
    let bytes = bytes.get(mark..).unwrap_or_default();
    if encoding == Encoding::UTF_8 {
        return super::input::utf8(bytes).map(Cow::Borrowed);
    }
    match encoding.decode(bytes) {
        (text, true) => Ok(Cow::Owned(text)),
        (_, false) => Err(wrong(encoding.name())),
    }
}

/// The encoding of a file without mark.
fn declared(bytes: &[u8]) -> Option<String> {
    match bytes {
        [b'<', 0, ..] => return Some("UTF-16LE".to_owned()),
        [0, b'<', ..] => return Some("UTF-16BE".to_owned()),
        _ => {}
    }
    let head = bytes.get(..DECLARATION.min(bytes.len()))?;
    let head = String::from_utf8_lossy(head.strip_prefix(b"<?xml")?);
    let (declaration, _) = head.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let name = rest.get(1..)?.split(quote).next()?;
    // Bytes like those of this line cannot be UTF-16.
    let is_wide = name.to_ascii_lowercase().starts_with("utf-16");
    (!is_wide).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_in_the_encoding_they_name() {
        let text = "<?xml version=\"1.0\" encoding='ISO-8859-1'?>\n<a>Bücher</a>";
        for name in ["windows-1252", "UTF-16LE", "UTF-16BE"] {
            let encoding = Encoding::named(name).unwrap();
            let bytes = encoding.encode(text).unwrap();
            assert_eq!(xml_text(&bytes).unwrap(), text, "{name}");
            let marked = [encoding.mark(), &bytes].concat();
            assert_eq!(xml_text(&marked).unwrap(), text, "{name}");
        }
        for name in ["utf-16", "klingon"] {
            let utf8 = format!("<?xml version=\"1.0\" encoding=\"{name}\"?><a>ü</a>");
            assert_eq!(xml_text(utf8.as_bytes()).unwrap(), utf8);
        }
        for (bytes, words) in [
            (
                &b"<?xml version='1.0' encoding='klingon'?><a>\xff</a>"[..],
                "`klingon`",
            ),
            (
                b"<?xml version='1.0' encoding='EUC-JP'?><a>\xff</a>",
                "`EUC-JP`",
            ),
            (b"<a>\n\xff</a>", "line 2 is not UTF-8"),
        ] {
            let error = xml_text(bytes).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
