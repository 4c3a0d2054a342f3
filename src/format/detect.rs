//! Which format a file is of, by its name and by how it begins.

use serde_json::Value;

use super::{FormatInfo, readable};

/// The formats a file may be of, the likeliest first: one where its name and its beginning leave no
/// doubt; none where its name ends like no format's and its beginning says nothing.
#[must_use]
pub fn detect(name: &str, beginning: &[u8]) -> Vec<&'static FormatInfo> {
    let mut by_name = detect_by_name(name);
    // WebAnno TSV begins with a line about the format.
    let has_head = beginning.is_empty()
        || [&b"#"[..], b"PK"]
            .iter()
            .any(|head| beginning.starts_with(head));
    by_name.retain(|info| has_head || info.name != "webannotsv");
    match detect_by_content(beginning) {
        Some(found) if by_name.is_empty() || by_name.iter().any(|i| i.name == found.name) => {
            vec![found]
        }
        _ => by_name,
    }
}

/// The formats whose files end like this one; of `a.stam.json` those that end in `stam.json`.
#[must_use]
pub fn detect_by_name(name: &str) -> Vec<&'static FormatInfo> {
    let name = name.to_lowercase();
    // The length of the longest ending that fits.
    let fits = |info: &FormatInfo| {
        let endings = info.extensions.iter();
        let endings = endings.filter(|ending| {
            let before = name.strip_suffix(**ending);
            before.is_some_and(|before| before.ends_with('.'))
        });
        endings.map(|ending| ending.len()).max()
    };
    let longest = readable().filter_map(fits).max();
    readable()
        .filter(|info| longest.is_some() && fits(info) == longest)
        .collect()
}

fn detect_by_content(beginning: &[u8]) -> Option<&'static FormatInfo> {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let beginning = beginning.trim_ascii_start();
    let first_line = beginning.split(|&byte| byte == b'\n').next()?;
    let holds = |words: &str| {
        let mut pieces = beginning.windows(words.len());
        pieces.any(|piece| piece == words.as_bytes())
    };
    let name = match beginning.first()? {
        b'{' | b'[' => match serde_json::from_slice(first_line) {
            Ok(line) if json_line(&line).is_some() => json_line(&line)?,
            _ if holds("\"%FEATURE_STRUCTURES\"") || holds("\"%TYPES\"") => "cas-json",
            _ if holds("\"AnnotationStore\"") => "stam",
            _ if holds("www.w3.org/ns/anno") => "w3c",
            _ if holds("\"from_name\"") && holds("\"result\"") => "labelstudio",
            _ => return None,
        },
        b'#' if first_line.starts_with(b"#FORMAT=WebAnno TSV") => "webannotsv",
        // The names of the files in a zip file can be read.
        b'P' if beginning.starts_with(b"PK") && holds(".xmi") => "xmi",
        b'P' if beginning.starts_with(b"PK") && holds(".tsv") => "webannotsv",
        b'<' if holds("http://www.tei-c.org/ns/1.0") => "tei",
        b'<' if holds("http://www.omg.org/XMI") => "xmi",
        _ => return None,
    };
    readable().find(|info| info.name == name)
}

/// The format of JSON lines that begin with this one.
fn json_line(line: &Value) -> Option<&'static str> {
    let record = match line {
        // Text and entities, as spaCy was trained with.
        Value::Array(pair) => {
            return match &pair[..] {
                [Value::String(_), Value::Object(facts)] if facts.contains_key("entities") => {
                    Some("spacy")
                }
                _ => None,
            };
        }
        Value::Object(record) => record,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    let has = |names: &[&str]| names.iter().any(|name| record.contains_key(*name));
    let in_spans = |names: &[&str]| {
        let spans = record.get("spans").and_then(Value::as_array);
        let mut spans = spans.into_iter().flatten();
        spans.any(|span| names.iter().any(|name| span.get(name).is_some()))
    };
    if !has(&["text"]) || has(&["@context", "%TYPES"]) {
        None
    } else if has(&["_input_hash", "_task_hash", "tokens", "answer"]) || in_spans(&["token_start"])
    {
        Some("spacy")
    } else if has(&["label", "labels", "entities"]) && !has(&["spans"]) {
        Some("doccano")
    } else if has(&["links", "people"]) || in_spans(&["fragments", "id", "by"]) {
        Some("jsonl")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::ALL;
    use crate::format::testing::{example, written};

    fn names(name: &str, beginning: &str) -> Vec<&'static str> {
        let found = detect(name, beginning.as_bytes());
        found.iter().map(|info| info.name).collect()
    }

    #[test]
    fn what_we_write_is_known_again() {
        for format in ALL {
            let info = format.info();
            if !info.reads || !info.writes {
                continue;
            }
            let (files, _) = written(*format, example());
            let mut files = files.0.iter().filter(|(name, _)| {
                let ending = |ending: &&str| name.ends_with(&format!(".{ending}"));
                info.extensions.iter().any(ending)
            });
            let (name, bytes) = files.next().unwrap();
            let found: Vec<_> = detect(name, bytes).iter().map(|info| info.name).collect();
            assert_eq!(found, [info.name], "{name}");
        }
    }

    #[test]
    fn the_beginning_decides_between_formats_of_one_ending() {
        assert_eq!(names("a.csv", "doc,kind\n"), ["csv"]);
        assert_eq!(names("A.TSV", "doc\tkind\n"), ["tsv"]);
        assert_eq!(names("A.TSV", ""), ["tsv", "webannotsv"]);
        let spans = "{\"text\":\"a b\",\"spans\":[{\"start\":0,\"end\":1,\"label\":\"x\"}]}";
        assert_eq!(names("a.jsonl", spans), ["jsonl", "spacy", "doccano"]);
        let prodigy = spans.replace("\"text\"", "\"answer\":\"accept\",\"text\"");
        assert_eq!(names("a.jsonl", &prodigy), ["spacy"]);
        let doccano = "{\"text\":\"a b\",\"label\":[[0,1,\"x\"]]}\n{";
        assert_eq!(names("a.jsonl", doccano), ["doccano"]);
        assert_eq!(names("stdin", doccano), ["doccano"]);
        assert_eq!(names("a.stam.json", "{"), ["stam"]);
        assert_eq!(names("a.ann", ""), ["brat"]);
        assert!(names("a.docx", "PK").is_empty());
        assert_eq!(
            names("a.zip", "PK annotation/a.txt/ann.tsv"),
            ["webannotsv"]
        );
        assert_eq!(names("a.zip", "PK TypeSystem.xml ann.xmi"), ["xmi"]);
    }
}
