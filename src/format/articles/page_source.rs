//! The HTML in a file: out of its encoding, and out of the mail it may be saved as.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use crate::text::{Encoding, is_damaged_utf8};

/// A page as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PageSource {
    pub(super) html: String,
    /// Where the browser that saved it says it was.
    pub(super) address: String,
    /// What a person should look at: that its encoding is a guess.
    pub(super) doubts: Vec<String>,
    /// What else is in the file: pictures, styles.
    pub(super) other_parts: usize,
}

/// Files up to this size are read, in bytes. An article with its whole page is hardly ever a tenth of it, a
/// hundred articles of a database are as large.
const MAX_BYTES: usize = 50_000_000;

/// Why there is no page in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoPage {
    /// It is larger than any page.
    #[error(
        "it has more than {} MB, which no web page and no export of articles has; split it and import the parts",
        MAX_BYTES / 1_000_000
    )]
    TooLarge,
    /// It is a mail.
    #[error("there is no web page in this mail; save the page as HTML and import that")]
    InMail,
}

impl PageSource {
    /// The page in a file.
    ///
    /// # Errors
    /// [`NoPage`] where the file is too large, or a mail without a page.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, NoPage> {
        if bytes.len() > MAX_BYTES {
            return Err(NoPage::TooLarge);
        }
        if !looks_like_mail(bytes) {
            let (html, mut doubts) = decode(bytes, None);
            doubts.extend(unclosed_comment(&html));
            return Ok(Self {
                html,
                doubts,
                ..Self::default()
            });
        }
        Self::of_mail(bytes).ok_or(NoPage::InMail)
    }

    fn of_mail(bytes: &[u8]) -> Option<Self> {
        let mail = parse_mail(bytes).ok()?;
        let address = mail.headers.get_first_value("Snapshot-Content-Location");
        let address = address.or_else(|| mail.headers.get_first_value("Content-Location"));
        let start = mail.ctype.params.get("start").map(String::as_str);
        let mut others = 0;
        let mut pages: Vec<&ParsedMail<'_>> = Vec::new();
        for part in mail.parts().filter(|part| part.subparts.is_empty()) {
            match &*part.ctype.mimetype {
                "text/html" | "application/xhtml+xml" => pages.push(part),
                _ => others += 1,
            }
        }
        let header = |part: &ParsedMail<'_>, name: &str| part.headers.get_first_value(name);
        let is_start = |part: &&&ParsedMail<'_>| {
            start.is_some() && header(part, "Content-ID").as_deref() == start
        };
        let is_there = |part: &&&ParsedMail<'_>| {
            address.is_some() && header(part, "Content-Location") == address
        };
        let page = pages.iter().find(is_start);
        let page = page.or_else(|| pages.iter().find(is_there));
        let page = page.or_else(|| pages.first())?;
        let bytes = page.get_body_raw().ok()?;
        let declared = page.ctype.params.get("charset").map(String::as_str);
        let (html, mut doubts) = decode(&bytes, declared);
        doubts.extend(unclosed_comment(&html));
        Some(Self {
            html,
            address: address
                .or_else(|| header(page, "Content-Location"))
                .unwrap_or_default(),
            doubts,
            other_parts: others + pages.len() - 1,
        })
    }
}

/// Tells a comment that has no end: whatever follows is of it.
fn unclosed_comment(html: &str) -> Option<String> {
    let (above, comment) = html.rsplit_once("<!--")?;
    // A script may speak of comments.
    let ends = comment.contains("-->") || comment.contains("</script");
    let line = above.matches('\n').count() + 1;
    (!ends).then(|| {
        format!("the comment that begins on line {line} is not closed, so nothing below it is read")
    })
}

/// Whether a file begins with the head of a mail, as `.mhtml` and `.eml` do.
pub(super) fn looks_like_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = String::from_utf8_lossy(head.trim_ascii_start()).to_ascii_lowercase();
    let is_header = |line: &str| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    let lines = || head.lines().take_while(|line| !line.trim().is_empty());
    lines().next().is_some_and(is_header)
        && lines()
            .any(|line| line.starts_with("content-type:") || line.starts_with("mime-version:"))
}

/// The text of a page, and what a person should know of its encoding. `declared` is what is said
/// outside the page.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> (String, Vec<String>) {
    if let Some((encoding, mark)) = Encoding::by_mark(bytes) {
        return decode_as(bytes.get(mark..).unwrap_or_default(), encoding, Vec::new());
    }
    let declared = declared
        .map(str::to_owned)
        .or_else(|| declared_charset(bytes));
    let named = declared
        .as_deref()
        .and_then(|name| Encoding::named(name).ok());
    if let Some(wide) = wide(bytes) {
        return decode_as(bytes, wide, Vec::new());
    }
    let shifts =
        |encoding: &Encoding| !encoding.is_ascii_compatible() && encoding.mark().is_empty();
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let shifted = named.filter(shifts).filter(|_| bytes.contains(&0x1b));
            if let Some(shifted) = shifted {
                return decode_as(bytes, shifted, Vec::new());
            }
            let other = named.is_some_and(|named| named != Encoding::UTF_8);
            let mut doubts = Vec::new();
            if other && !text.is_ascii() {
                let declared = declared.unwrap_or_default();
                doubts.push(format!("read as UTF-8 although {declared} is declared"));
            }
            (text.to_owned(), doubts)
        }
        Err(_) => match named.filter(|named| named.is_ascii_compatible()) {
            Some(named) if named != Encoding::UTF_8 => decode_as(bytes, named, Vec::new()),
            _ if is_damaged_utf8(bytes) => decode_as(bytes, Encoding::UTF_8, Vec::new()),
            named => {
                let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
                detector.feed(bytes, true);
                let guess = detector.guess(None, Utf8Detection::Deny).name();
                let doubt = match named {
                    Some(_) => format!("read as {guess} although UTF-8 is declared: a guess"),
                    None => format!("read as {guess}: a guess, no encoding is declared"),
                };
                let guess = Encoding::named(guess).unwrap_or(Encoding::UTF_8);
                decode_as(bytes, guess, vec![doubt])
            }
        },
    }
}

fn decode_as(bytes: &[u8], encoding: Encoding, mut doubts: Vec<String>) -> (String, Vec<String>) {
    let (text, whole) = encoding.decode(bytes);
    if !whole {
        let lost = text.matches('\u{fffd}').count();
        let name = encoding.name();
        doubts.push(format!(
            "{lost} characters cannot be read as {name}; they are shown as \u{fffd}"
        ));
    }
    (text, doubts)
}

/// UTF-16 without a mark: every other byte of markup is zero.
fn wide(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..bytes.len().min(64))?;
    let zeros = |first: usize| {
        let every_other = || head.iter().skip(first).step_by(2);
        every_other().len() > 3 && every_other().all(|byte| *byte == 0)
    };
    match (zeros(0), zeros(1)) {
        (true, false) => Encoding::named("UTF-16BE").ok(),
        (false, true) => Encoding::named("UTF-16LE").ok(),
        _ => None,
    }
}

/// What a page says of its own encoding, in a `meta` element or at the beginning of XML.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    // Heads hold long scripts and styles.
    const HEAD: usize = 200_000;
    let head = bytes.get(..bytes.len().min(HEAD))?;
    let head = head.to_ascii_lowercase();
    let xml = head.trim_ascii_start().starts_with(b"<?xml");
    let value = |rest: &[u8]| {
        let rest = rest.trim_ascii_start().strip_prefix(b"=")?;
        let rest = rest.trim_ascii_start();
        let rest = rest
            .strip_prefix(b"\"")
            .or_else(|| rest.strip_prefix(b"'"))
            .unwrap_or(rest);
        let usual = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
        let name: Vec<u8> = rest.iter().take_while(usual).copied().collect();
        String::from_utf8(name).ok().filter(|name| !name.is_empty())
    };
    let tags = memchr_tags(&head, b"<meta").chain(memchr_tags(&head, b"<?xml").filter(|_| xml));
    for tag in tags {
        let within = tag.split(|byte| *byte == b'>').next().unwrap_or_default();
        for name in [&b"charset"[..], b"encoding"] {
            let at = within.windows(name.len()).position(|window| window == name);
            let found = at.and_then(|at| value(within.get(at + name.len()..)?));
            if let Some(found) = found {
                return Some(spelt(bytes, &found));
            }
        }
    }
    None
}

fn memchr_tags<'a>(head: &'a [u8], tag: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let starts = head.iter().enumerate().filter(|(_, byte)| **byte == b'<');
    starts.filter_map(move |(at, _)| head.get(at..).filter(|rest| rest.starts_with(tag)))
}

/// A name as it is spelt in the file.
fn spelt(bytes: &[u8], lower: &str) -> String {
    let found = bytes
        .windows(lower.len())
        .find(|window| window.eq_ignore_ascii_case(lower.as_bytes()));
    found.map_or_else(
        || lower.to_owned(),
        |found| String::from_utf8_lossy(found).into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_what_fits_the_bytes() {
        let read = |bytes: &[u8]| decode(bytes, None);
        let late = format!("<!--{}--><meta charset=iso-8859-1>", "x".repeat(5_000));
        let mut late = late.into_bytes();
        late.extend(b"caf\xe9");
        assert!(read(&late).0.ends_with("café"));
        let (text, doubts) = read("<meta charset='ISO-8859-1'>é".as_bytes());
        assert!(text.ends_with('é'));
        assert_eq!(doubts, ["read as UTF-8 although ISO-8859-1 is declared"]);
        let (text, doubts) = read(b"<meta charset=utf-8>Stra\xdfe, f\xfcr, \x84gut\x93");
        assert!(text.ends_with("Straße, für, „gut“"), "{text}");
        assert_eq!(
            doubts,
            ["read as windows-1252 although UTF-8 is declared: a guess"]
        );
        let (text, doubts) = read(b"<meta charset=utf-8>\xc3\xa9\xc3\xa9\xc3\xa9 \xff");
        assert!(text.ends_with("ééé \u{fffd}"));
        assert_eq!(doubts.len(), 1);
        let sjis = Encoding::named("shift_jis")
            .unwrap()
            .encode("日本語の新聞")
            .unwrap();
        let page = [
            b"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>",
            &sjis[..],
        ]
        .concat();
        assert!(read(&page).0.ends_with("日本語の新聞"));
        let wide: Vec<u8> = "<html>é"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&wide).0, "<html>é");
    }

    #[test]
    fn the_page_of_a_mail_is_found_wherever_it_is() {
        let mail = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/x\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: text/css\r\n\r\np {}\r\n\
            --b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/\r\n\r\n<p>Ad\r\n\
            --b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Location: https://a.example/x\r\n\r\n<p class=3D\"x\">Caf=C3=A9 is op=\r\nen</p>\r\n--b--\r\n";
        let page = PageSource::read(mail.as_bytes()).unwrap();
        assert_eq!(page.html.trim(), "<p class=\"x\">Café is open</p>");
        assert_eq!(page.address, "https://a.example/x");
        assert_eq!(page.other_parts, 2);
        assert!(!looks_like_mail(b"<html>\nContent-Type: x"));
        let words = b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx";
        assert_eq!(PageSource::read(words), Err(NoPage::InMail));
    }
}
