/// A text or a word, its escapes resolved.
pub(super) fn text(raw: &str) -> String {
    let mut plain = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let mut characters = after.chars();
        let next = characters.next();
        rest = characters.as_str();
        match next {
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('f') => plain.push('\u{c}'),
            Some('b') => plain.push('\u{8}'),
            Some(c @ ('\\' | '"' | '\'')) => plain.push(c),
            Some(c) if c < ' ' => plain.push(c),
            Some('u') => match unit(rest) {
                Some((c, left)) => {
                    plain.push(c);
                    rest = left;
                }
                None => plain.push_str("\\u"),
            },
            Some(c) => plain.extend(['\\', c]),
            None => plain.push('\\'),
        }
    }
    plain + rest
}

/// A character in UTF-16, written in hexadecimal digits, and what is after it.
fn unit(rest: &str) -> Option<(char, &str)> {
    let hexadecimal = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
    let first = hexadecimal(rest)?;
    let after = rest.get(4..)?;
    if let Some(Ok(c)) = char::decode_utf16([first]).next() {
        return Some((c, after));
    }
    let second = hexadecimal(after.strip_prefix("\\u")?)?;
    let c = char::decode_utf16([first, second]).next()?.ok()?;
    Some((c, after.get(6..)?))
}

/// A value of a feature, its escapes resolved.
pub(super) fn value(raw: &str) -> String {
    let mut plain = String::with_capacity(raw.len());
    let mut characters = raw.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match characters.next() {
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some(c @ ('\\' | '[' | ']' | '|' | '_' | ';' | '*' | '-')) => plain.push(c),
            Some(c) => plain.extend(['\\', c]),
            None => plain.push('\\'),
        }
    }
    plain
}

/// The parts between separators that are not escaped.
pub(super) fn split(raw: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in raw.char_indices() {
        if c == separator && !escaped {
            parts.push(raw.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(raw.get(from..).unwrap_or_default());
    parts
}

/// A value and what is in brackets after it: `PER[3]`.
pub(super) fn bracket(raw: &str) -> (&str, Option<&str>) {
    let inner = raw.strip_suffix(']').filter(|rest| !rest.ends_with('\\'));
    let split = inner.and_then(|rest| rest.rsplit_once('['));
    match split {
        Some((value, id))
            if !id.is_empty() && id.chars().all(|c| c.is_ascii_digit() || c == '_') =>
        {
            (value, Some(id))
        }
        _ => (raw, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(
            text("a\\tb\\\\n\\\"\\u00e9\\ud83d\\ude00\\uzz\\q\\"),
            "a\tb\\n\"é😀\\uzz\\q\\"
        );
        assert_eq!(value("\\_a\\[1\\]\\->\\;\\*\\|"), "_a[1]->;*|");
        assert_eq!(split("a\\|b|c\\\\|", '|'), ["a\\|b", "c\\\\", ""]);
        assert_eq!(bracket("a[3]"), ("a", Some("3")));
        assert_eq!(bracket("a\\[3\\]"), ("a\\[3\\]", None));
        assert_eq!(bracket("1-1[0_2]"), ("1-1", Some("0_2")));
    }
}
