//! Fields of a line that are no part of a document, such as an address or a date: kept as they are.

use serde::de::IgnoredAny;

/// The fields of a document.
const OWN: [&str; 7] = [
    "id",
    "text",
    "spans",
    "links",
    "people",
    "annotator",
    "state",
];

/// The line without other fields, and these with a comma before each. `None` where there are none, or
/// the line is no JSON object.
pub(super) fn split(line: &str) -> Option<(String, String)> {
    let fields = fields(line)?;
    let is_own = |field: &&Field<'_>| OWN.contains(&&*field.name);
    if fields.iter().all(|field| is_own(&field)) {
        return None;
    }
    serde_json::from_str::<IgnoredAny>(line).ok()?;
    let own: Vec<&str> = fields
        .iter()
        .filter(is_own)
        .map(|field| field.raw)
        .collect();
    let others = fields.iter().filter(|field| !is_own(field));
    let others = others.map(|field| format!(",{}", field.raw)).collect();
    Some((format!("{{{}}}", own.join(",")), others))
}

/// A name and its value.
struct Field<'a> {
    name: String,
    /// Both as they are in the line, without blanks around them.
    raw: &'a str,
}

/// The fields of an object, as far as it is one.
fn fields(line: &str) -> Option<Vec<Field<'_>>> {
    let inside = line.trim().strip_prefix('{')?.strip_suffix('}')?;
    let bytes = inside.as_bytes();
    let mut fields = Vec::new();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at)?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                fields.push(field(inside.get(start..at)?)?);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    fields.push(field(inside.get(start..)?)?);
    Some(fields)
}

fn field(raw: &str) -> Option<Field<'_>> {
    let raw = raw.trim();
    let end = string_end(raw.as_bytes(), 0).filter(|_| raw.starts_with('"'))?;
    let name = serde_json::from_str(raw.get(..=end)?).ok()?;
    Some(Field { name, raw })
}

/// The quotation mark that ends the string that begins at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += 1;
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_fields_are_kept_to_the_byte() {
        let line = r#" { "lang" : "en\",}", "text":"a, \"b\"" ,"n": 1.50e1,"id":"x","deep":[{"a":[1,2]}] } "#;
        let (own, others) = split(line).unwrap();
        assert_eq!(own, r#"{"text":"a, \"b\"","id":"x"}"#);
        assert_eq!(
            others,
            r#","lang" : "en\",}","n": 1.50e1,"deep":[{"a":[1,2]}]"#
        );
    }

    #[test]
    fn what_has_none_or_is_no_object_is_left_as_it_is() {
        for line in [
            r#"{"id":"x","text":"a"}"#,
            "{}",
            "",
            "[]",
            r#"{"a":}"#,
            r#"{"a":1"#,
            r#"{"a":"b}"#,
            r#"{"a":[}]}"#,
            r#"{a:1}"#,
            r#"{"a":1,}"#,
        ] {
            assert_eq!(split(line), None, "{line}");
        }
    }
}
