//! Whether a text is formed like a date, a language tag, a web address.

use std::net::Ipv6Addr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// Whether it is a date or a date with a time of day, by ISO 8601: `2024`, `2024-05`, `2024-05-31`,
/// `2024-05-31T14:02`, with or without an offset from UTC.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let Some((year, rest)) = text.split_at_checked(4) else {
        return false;
    };
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    match text.len() {
        4 => true,
        7 => format!("{text}-01").parse::<Date>().is_ok() && rest.starts_with('-'),
        10 => rest.starts_with('-') && text.parse::<Date>().is_ok(),
        // What is in brackets is no part of ISO 8601.
        _ if text.as_bytes().get(10) != Some(&b'T') || text.contains('[') => false,
        _ => text.parse::<Timestamp>().is_ok() || text.parse::<DateTime>().is_ok(),
    }
}

/// Whether it is a date and time by RFC 3339.
pub(super) fn is_timestamp(text: &str) -> bool {
    text.as_bytes().get(10) == Some(&b'T')
        && !text.contains('[')
        && text.parse::<Timestamp>().is_ok()
}

/// Whether it is formed like a language tag of BCP 47 (RFC 5646), which need not be registered.
#[must_use]
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let all = |part: &str, is: fn(&u8) -> bool| part.bytes().all(|byte| is(&byte));
    let letters = |part: &str| all(part, u8::is_ascii_alphabetic);
    let usual = |part: &str| all(part, u8::is_ascii_alphanumeric);
    let begins_with_digit = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let private = |part: &&str| part.eq_ignore_ascii_case("x");
    if parts.peek().is_some_and(|first| !private(first)) {
        let Some(language) = parts.next().filter(|part| letters(part)) else {
            return false;
        };
        match language.len() {
            2 | 3 => {
                for _ in 0..3 {
                    parts.next_if(|part| part.len() == 3 && letters(part));
                }
            }
            4..=8 => {}
            _ => return false,
        }
        parts.next_if(|part| part.len() == 4 && letters(part));
        parts.next_if(|part| {
            part.len() == 2 && letters(part) || part.len() == 3 && all(part, u8::is_ascii_digit)
        });
        let variant = |part: &&str| {
            let length = if begins_with_digit(part) { 4 } else { 5 };
            usual(part) && (length..=8).contains(&part.len())
        };
        while parts.next_if(variant).is_some() {}
        while parts
            .next_if(|part| part.len() == 1 && usual(part) && !private(part))
            .is_some()
        {
            let mut subtags = 0;
            while parts
                .next_if(|part| usual(part) && (2..=8).contains(&part.len()))
                .is_some()
            {
                subtags += 1;
            }
            if subtags == 0 {
                return false;
            }
        }
    }
    if parts.next_if(private).is_some() {
        let mut subtags = 0;
        while parts
            .next_if(|part| usual(part) && (1..=8).contains(&part.len()))
            .is_some()
        {
            subtags += 1;
        }
        return subtags > 0 && parts.next().is_none();
    }
    parts.next().is_none()
}

/// Whether it is the address of a web page: `http` or `https`, a host, no blanks.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let web = ["http", "https"];
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    if !web.iter().any(|web| scheme.eq_ignore_ascii_case(web)) || text.contains(forbidden) {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (_, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (host, ""),
    };
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let is_host = match inner {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => {
            let usual = |c: char| c.is_alphanumeric() || "-_%".contains(c);
            let host = host.strip_suffix('.').unwrap_or(host);
            host.split('.')
                .all(|part| !part.is_empty() && part.chars().all(usual))
        }
    };
    is_host && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// Whether it is a SHA-256 in hexadecimal, lower case.
pub(super) fn is_sha256(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<'a>(fits: fn(&str) -> bool, texts: &[&'a str]) -> Vec<&'a str> {
        texts.iter().copied().filter(|text| !fits(text)).collect()
    }

    fn taken<'a>(fits: fn(&str) -> bool, texts: &[&'a str]) -> Vec<&'a str> {
        texts.iter().copied().filter(|text| fits(text)).collect()
    }

    #[test]
    fn dates_may_be_partial() {
        let good = [
            "2024",
            "2024-05",
            "2024-02-29",
            "2024-05-31T14:02",
            "2024-05-31T14:02:03",
            "2024-05-31T14:02:03.5Z",
            "2024-05-31T14:02:03+02:00",
        ];
        assert_eq!(refused(is_date, &good), [""; 0]);
        let bad = [
            "",
            "24",
            "May 2024",
            "2024-13",
            "2024-00",
            "2024/05",
            "20240531",
            "2023-02-29",
            "2024-5-1",
            "31.05.2024",
            "2024-05-31 14:02",
            "2024-05-31T25:00",
            "2024-05-31T14:02:03+02:00[Europe/Berlin]",
            "2024-05-31 ",
            "２０２４",
        ];
        assert_eq!(taken(is_date, &bad), [""; 0]);
    }

    #[test]
    fn languages_are_tags() {
        let good = [
            "en",
            "pt-BR",
            "zh-Hant-TW",
            "de-CH-1901",
            "sl-rozaj-biske",
            "es-419",
            "zh-yue-HK",
            "en-u-ca-gregory-x-house",
            "x-klingon",
            "EN-gb",
        ];
        assert_eq!(refused(is_language_tag, &good), [""; 0]);
        let bad = [
            "",
            "e",
            "English language",
            "en_US",
            "en-",
            "-en",
            "en-u",
            "x",
            "deutschlich",
            "12",
            "en-US-US",
            "fr-é",
        ];
        assert_eq!(taken(is_language_tag, &bad), [""; 0]);
    }

    #[test]
    fn addresses_are_of_the_web() {
        let good = [
            "https://example.org",
            "HTTP://example.org:8080/a?b=c#d",
            "https://user@example.org/",
            "https://[::1]:80/x",
            "https://müller.example/straße",
            "https://127.0.0.1/",
        ];
        assert_eq!(refused(is_web_address, &good), [""; 0]);
        let bad = [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///path",
            "https://exa mple.org",
            "https://example..org",
            "https://example.org:http/",
            "https://[::1",
            "javascript:alert(1)",
            "https://example.org/<script>",
        ];
        assert_eq!(taken(is_web_address, &bad), [""; 0]);
    }
}
