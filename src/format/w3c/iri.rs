//! Names of documents and tags as IRIs.

use std::fmt::Write;

/// Any name as part of an IRI.
pub(super) fn percent_encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A part of an IRI as it was; what is percent_encoded wrong stays as it is.
pub(in crate::format) fn read(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let code = match (first, after) {
            (b'%', [a, b, ..]) => hex(*a).zip(hex(*b)),
            _ => None,
        };
        if let Some((high, low)) = code {
            bytes.push(high << 4 | low);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// The last part of an address, which may be the name of a file: without query and fragment. Empty where
/// no file can have that name.
pub(super) fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let last = path.trim_end_matches('/').rsplit(['/', ':']).next();
    let name = read(last.unwrap_or(path));
    let leads_up = name.split(['/', '\\']).any(|part| part == "..");
    let plain = if leads_up {
        name.rsplit(['/', '\\']).next().unwrap_or_default()
    } else {
        name.as_str()
    };
    match plain {
        "." | ".." => String::new(),
        _ => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_come_back(name in "(?s).{0,9}|[%2F/ä]{0,9}") {
            let percent_encoded = percent_encoded(&name);
            prop_assert!(percent_encoded.is_ascii() && !percent_encoded.contains([' ', ':', '<', '>', '"']));
            prop_assert_eq!(read(&percent_encoded), name);
        }
    }

    #[test]
    fn a_file_is_found_in_an_address() {
        assert_eq!(
            file_name("https://example.org/a/b%20c.txt?x=1#y"),
            "b c.txt"
        );
        assert_eq!(file_name("urn:pullquote:article:a.txt"), "a.txt");
        assert_eq!(file_name("https://example.org/a/"), "a");
        assert_eq!(file_name("https://example.org/sub%2Fa.txt"), "sub/a.txt");
        for up in ["..%2fa.txt", "x/sub%2F..%2F..%5Ca.txt", "../a.txt"] {
            assert_eq!(file_name(up), "a.txt", "{up}");
        }
        assert_eq!(file_name("https://example.org/.."), "");
    }
}
