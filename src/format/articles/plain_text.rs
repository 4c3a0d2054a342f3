//! The text of a file that need not be UTF-8.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// The text of a file without byte order mark, and what to say where its encoding is a guess.
pub(super) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = bytes.get(mark..).unwrap_or_default();
        return (encoding.decode_without_bom_handling(bytes).0, None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let told = format!("it is not UTF-8; it was read as {}", guess.name());
    (guess.decode_without_bom_handling(bytes).0, Some(told))
}

/// The text a file begins with, the last character of which may be cut off.
pub(super) fn beginning_of_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes),
        Ok(_) | Err(_) => decoded(bytes).0,
    }
}
