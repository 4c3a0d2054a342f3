//! The records of a file: one on each line, or all of them in one list.

use crate::format::json::Value;

use crate::format::left_out::{LeftOut, shown};

/// A record, or the words of what is no record, with its line.
pub(super) type Item<'a> = (usize, &'a str);

/// Splits a file into its records. Other fields of an object that holds them are told.
pub(super) fn items<'a>(text: &'a str, left_out: &mut LeftOut) -> Vec<Item<'a>> {
    match list(text, left_out) {
        Some(items) => items,
        None => text
            .split('\n')
            .enumerate()
            .map(|(n, line)| (n + 1, line))
            .filter(|(_, line)| !line.trim().is_empty())
            .collect(),
    }
}

/// The records of a file that is one JSON value: a list, an object with a list called
/// `annotations`, or a record on several lines.
fn list<'a>(text: &'a str, left_out: &mut LeftOut) -> Option<Vec<Item<'a>>> {
    let whole: Value = serde_json::from_str(text).ok()?;
    let line = 1 + text
        .chars()
        .take_while(|c| c.is_whitespace())
        .filter(|c| *c == '\n')
        .count();
    match &whole {
        Value::Array(records) if records.first().is_none_or(|first| !first.is_string()) => {
            Some(elements(text, 1))
        }
        Value::Object(fields)
            if !fields.contains_key("text")
                && fields.get("annotations").is_some_and(Value::is_array) =>
        {
            let (before, _) = text.split_once("\"annotations\"")?;
            let after = text.get(before.len() + "\"annotations\"".len()..)?;
            let list = after.trim_start().strip_prefix(':')?;
            for (name, value) in fields {
                match &**name {
                    "annotations" => {}
                    // The labels there are to choose from.
                    "classes" => left_out.bookkeeping(line, name),
                    name => left_out.unknown(line, name, &shown(value)),
                }
            }
            let lines = |text: &str| text.bytes().filter(|b| *b == b'\n').count();
            Some(elements(list, 1 + lines(text) - lines(list)))
        }
        _ => Some(vec![(line, text)]),
    }
}

/// The elements of the JSON list that a text begins with; `first` is the line of that.
fn elements(text: &str, first: usize) -> Vec<Item<'_>> {
    let mut found = Vec::new();
    let (mut line, mut depth, mut in_words, mut escaped) = (first, 0_usize, false, false);
    let mut start: Option<(usize, usize)> = None;
    for (at, byte) in text.bytes().enumerate() {
        line += usize::from(byte == b'\n');
        if in_words {
            in_words = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        if depth == 1 && start.is_none() && !byte.is_ascii_whitespace() && !b",]".contains(&byte) {
            start = Some((at, line));
        }
        if let (1, b',' | b']', Some((from, on))) = (depth, byte, start) {
            found.extend(text.get(from..at).map(|element| (on, element.trim_end())));
            start = None;
        }
        match byte {
            b'"' => in_words = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_on_lines_or_in_a_list() {
        for (text, expected) in [
            (
                "{\"a\":1}\n\n[\"t\",{}]\n",
                vec![(1, "{\"a\":1}"), (3, "[\"t\",{}]")],
            ),
            ("[\"t\",{}]", vec![(1, "[\"t\",{}]")]),
            (
                "\n[\n [\"a],\\\"\", {}],\n {\"b\": [1, 2]} , null]\n",
                vec![
                    (3, "[\"a],\\\"\", {}]"),
                    (4, "{\"b\": [1, 2]}"),
                    (4, "null"),
                ],
            ),
            (
                "{\"classes\":[\"A\"],\n\"annotations\": [[\"t\",{}],\n[\"u\",{}]]}",
                vec![(2, "[\"t\",{}]"), (3, "[\"u\",{}]")],
            ),
            ("{\n\"text\": \"t\"}", vec![(1, "{\n\"text\": \"t\"}")]),
            ("[]", vec![]),
        ] {
            assert_eq!(items(text, &mut LeftOut::default()), expected, "{text}");
        }
    }
}
