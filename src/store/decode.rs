//! Which encoding an article is in. The file itself has priority, then a person or a sidecar; a
//! guess is always marked as one.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use crate::text::{Basis, Decoding, Encoding, SourceText, TextSize, TextTooLong, is_damaged_utf8};

/// The encoding that a sidecar records for its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecordedEncoding {
    pub(super) encoding: Encoding,
    /// SHA-256 of the text that was annotated, in hexadecimal.
    pub(super) sha256: String,
}

/// Reads the recorded encodings, each once: only used if the file declares none.
pub(super) type Recorded<'a> = &'a mut dyn FnMut() -> Vec<RecordedEncoding>;

/// The text of a file, and how its bytes were read. `named` is the encoding given by a person.
pub(super) fn decode(
    bytes: Vec<u8>,
    named: Option<Encoding>,
    recorded: Recorded<'_>,
) -> Result<SourceText, TextTooLong> {
    if let Some((encoding, mark)) = Encoding::by_mark(&bytes) {
        return decoded(&bytes, encoding, mark, Basis::File);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !has_shifts(text.as_bytes()) => {
            return SourceText::decoded(text, Decoding::UTF_8);
        }
        Ok(text) => return decode_shifted(text, named, recorded),
        Err(error) => error.into_bytes(),
    };
    if let Some(named) = named {
        return decoded(&bytes, named, 0, Basis::Named);
    }
    let recorded = recorded();
    for record in &recorded {
        let read = decoded(&bytes, record.encoding, 0, Basis::Recorded)?;
        if read.sha256() == record.sha256 {
            return Ok(read);
        }
    }
    if is_damaged_utf8(&bytes) {
        return decoded(&bytes, Encoding::UTF_8, 0, Basis::Guessed);
    }
    // The text has changed since; its encoding most likely has not.
    let likeliest = recorded
        .iter()
        .map(|record| record.encoding)
        .find(|encoding| encoding.decode(&bytes).1);
    let encoding = likeliest.unwrap_or_else(|| guess(&bytes));
    decoded(&bytes, encoding, 0, Basis::Guessed)
}

/// Bytes that are UTF-8, yet may be meant in an encoding that doubles or shifts ASCII bytes.
fn decode_shifted(
    text: String,
    named: Option<Encoding>,
    recorded: Recorded<'_>,
) -> Result<SourceText, TextTooLong> {
    let bytes = text.as_bytes();
    let fits = |encoding: &Encoding| !encoding.is_ascii_compatible();
    if let Some(named) = named.filter(fits) {
        return decoded(bytes, named, 0, Basis::Named);
    }
    for record in recorded() {
        let read = decoded(bytes, record.encoding, 0, Basis::Recorded)?;
        if read.sha256() == record.sha256 {
            return Ok(read);
        }
    }
    if text.is_ascii() {
        let encoding = guess(bytes);
        if fits(&encoding) {
            return decoded(bytes, encoding, 0, Basis::Guessed);
        }
    }
    SourceText::decoded(text, Decoding::UTF_8)
}

fn has_shifts(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| matches!(byte, 0 | 0x1B))
}

fn decoded(
    bytes: &[u8],
    encoding: Encoding,
    mark: usize,
    basis: Basis,
) -> Result<SourceText, TextTooLong> {
    let (text, whole) = encoding.decode(bytes.get(mark..).unwrap_or_default());
    let broken = if whole { None } else { text.find('\u{fffd}') };
    let decoding = Decoding {
        encoding,
        mark: mark > 0,
        basis,
        broken: broken.and_then(|at| TextSize::try_from(at).ok()),
        exact: false,
    };
    let exact = decoding.encode(&text).is_ok_and(|back| back == bytes);
    SourceText::decoded(text, Decoding { exact, ..decoding })
}

fn guess(bytes: &[u8]) -> Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny).name();
    let guessed = Encoding::named(guessed).unwrap_or(Encoding::UTF_8);
    // Where it makes no difference, the one everyone knows.
    match Encoding::named("windows-1252") {
        Ok(common) if common.decode(bytes) == guessed.decode(bytes) => common,
        _ => guessed,
    }
}

/// Whether a text is hardly one: too many of its characters are control characters. Where the
/// encoding is a guess, fewer are borne.
pub(crate) fn is_binary(source: &SourceText) -> bool {
    let text = source.as_str();
    let (mut controls, mut nul, mut all) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        nul += usize::from(c == '\0');
        controls += usize::from(c < ' ' && !('\t'..='\r').contains(&c) && c != '\u{1b}');
    }
    let (least, in_hundred) = match source.decoding().basis {
        Basis::Guessed => (4, 3),
        Basis::File | Basis::Named | Basis::Recorded => (16, 30),
    };
    nul == all || (controls >= least && controls * 100 > all * in_hundred)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> SourceText {
        decode(bytes.to_vec(), None, &mut Vec::new).unwrap()
    }

    fn how(source: &SourceText) -> (&'static str, bool, Basis) {
        let decoding = source.decoding();
        (source.encoding(), decoding.mark, decoding.basis)
    }

    #[test]
    fn what_the_file_says_itself_is_sure() {
        let text = "“né”\r\n\r\u{2028}\u{85}\u{b}\u{c}\0 a\u{feff}b 👩‍🔬";
        for (name, mark) in [
            ("UTF-8", false),
            ("UTF-8", true),
            ("UTF-16LE", true),
            ("UTF-16BE", true),
        ] {
            let decoding = Decoding {
                encoding: Encoding::named(name).unwrap(),
                mark,
                ..Decoding::UTF_8
            };
            let bytes = decoding.encode(text).unwrap();
            let source = read(&bytes);
            assert_eq!(source.as_str(), text);
            assert_eq!(how(&source), (name, mark, Basis::File));
            assert!(source.decoding().exact && !source.decoding().is_doubtful());
            assert_eq!(source.to_bytes().unwrap(), bytes);
        }
    }

    #[test]
    fn old_encodings_are_guessed_and_say_so() {
        for (name, text) in [
            ("windows-1252", "two “peace” cafés for 3 €, he said"),
            (
                "windows-1251",
                "Министр сказал, что договор подписан вчера вечером",
            ),
            (
                "Shift_JIS",
                "首相は「合意した」と述べた。これは重要な発言である。",
            ),
            ("GBK", "总理说：“我们已经达成协议。”这是一个重要的声明。"),
        ] {
            let bytes = Encoding::named(name).unwrap().encode(text).unwrap();
            let source = read(&bytes);
            assert_eq!(source.as_str(), text);
            assert_eq!(how(&source), (name, false, Basis::Guessed));
            assert!(source.decoding().exact && source.decoding().is_doubtful());
        }
    }

    #[test]
    fn damaged_utf_8_stays_utf_8_and_says_so() {
        for (bytes, text) in [
            (&b"ok \xe2\x80 then"[..], "ok \u{fffd} then"),
            (
                b"caf\xC3\xA9 \xC3\xA0 la \xE9 carte",
                "café à la \u{fffd} carte",
            ),
            (b"cut \xE2\x80", "cut \u{fffd}"),
        ] {
            let source = read(bytes);
            assert_eq!(source.as_str(), text);
            assert_eq!(how(&source), ("UTF-8", false, Basis::Guessed));
            let decoding = source.decoding();
            let at = text.find('\u{fffd}').unwrap();
            assert_eq!(decoding.broken.map(usize::from), Some(at));
            assert_eq!(usize::from(decoding.first_doubt(text)), at);
            assert!(!decoding.exact);
        }
        let marked = read(b"\xEF\xBB\xBFa\xFF");
        assert_eq!(how(&marked), ("UTF-8", true, Basis::File));
        assert!(marked.decoding().is_doubtful());
    }

    #[test]
    fn whoever_names_the_encoding_is_believed_where_the_file_does_not_say() {
        let named = |bytes: &[u8], name| {
            let named = Some(Encoding::named(name).unwrap());
            decode(bytes.to_vec(), named, &mut Vec::new).unwrap()
        };
        let source = named(b"na\x95ve", "macintosh");
        assert_eq!(source.as_str(), "naïve");
        assert_eq!(how(&source), ("macintosh", false, Basis::Named));
        assert!(!source.decoding().is_doubtful());
        assert_eq!(how(&named("né".as_bytes(), "macintosh")).0, "UTF-8");
        // UTF-16 without mark looks like ASCII with zeros.
        assert_eq!(named(b"h\0i\0", "UTF-16LE").as_str(), "hi");
        assert_eq!(named(b"plain", "UTF-16LE").as_str(), "plain");
    }

    #[test]
    fn a_record_that_fits_the_text_knows_the_encoding() {
        let recorded = |source: &SourceText| RecordedEncoding {
            encoding: source.decoding().encoding,
            sha256: source.sha256().to_owned(),
        };
        let read_with = |bytes: Vec<u8>, record: &RecordedEncoding| {
            decode(bytes, None, &mut || vec![record.clone()]).unwrap()
        };
        let mac = Encoding::named("macintosh").unwrap();
        let bytes = mac.encode("“naïve”, said Zoë").unwrap();
        let record = recorded(&decoded(&bytes, mac, 0, Basis::Named).unwrap());
        let source = read_with(bytes, &record);
        assert_eq!(source.as_str(), "“naïve”, said Zoë");
        assert_eq!(how(&source), ("macintosh", false, Basis::Recorded));
        // The text is another one now: the encoding is only likely.
        let other = mac.encode("“naïve”, said Chloë").unwrap();
        let source = read_with(other, &record);
        assert_eq!(how(&source), ("macintosh", false, Basis::Guessed));
        // What was read with a loss, and annotated so, is known as well.
        let record = recorded(&read(b"ok \xe2\x80 then"));
        let source = read_with(b"ok \xe2\x80 then".to_vec(), &record);
        assert_eq!(how(&source), ("UTF-8", false, Basis::Recorded));
        assert!(!source.decoding().exact);
        // Japanese mail is all ASCII to look at.
        let jis = Encoding::named("ISO-2022-JP").unwrap();
        let bytes = jis.encode("首相は「合意した」と述べた。").unwrap();
        let source = read(&bytes);
        assert_eq!(how(&source), ("ISO-2022-JP", false, Basis::Guessed));
        let record = recorded(&source);
        let source = read_with(bytes, &record);
        assert_eq!(how(&source), ("ISO-2022-JP", false, Basis::Recorded));
    }

    proptest! {
        /// For any bytes: a sure encoding is sure, and an exact text gives them back.
        #[test]
        fn no_guess_is_silent(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let source = read(&bytes);
            let decoding = source.decoding();
            let utf8 = std::str::from_utf8(&bytes).is_ok();
            let marked = Encoding::by_mark(&bytes).is_some();
            prop_assert!(decoding.is_doubtful() || utf8 || marked);
            prop_assert_eq!(decoding.mark, marked);
            if decoding.exact {
                prop_assert_eq!(source.to_bytes().unwrap(), bytes);
                prop_assert_eq!(decoding.broken, None);
            }
            prop_assert!(decoding.exact || !utf8 || marked || decoding.basis == Basis::Guessed);
        }
    }

    /// English with some accents, any one byte of it damaged in any way: never read as another
    /// encoding.
    #[test]
    fn one_damaged_byte_does_not_change_the_encoding() {
        let text = "“Né à Genève”, she said — “où l’été est doux”.".as_bytes();
        for at in 0..text.len() {
            for byte in 0x80..=u8::MAX {
                let mut bytes = text.to_vec();
                bytes[at] = byte;
                assert_eq!(read(&bytes).encoding(), "UTF-8", "{byte:#x} at {at}");
            }
        }
    }
}
