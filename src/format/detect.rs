//! Which format a file is of, by its name and by how it begins.

use serde_json::Value;

use super::{FormatInfo, articles, conll, readable};

/// The formats a file may be of, the likeliest first: one where its name and its beginning leave no
/// doubt; none where its name ends like no format's and its beginning says nothing.
#[must_use]
pub fn detect(name: &str, beginning: &[u8]) -> Vec<&'static FormatInfo> {
    let mut by_name = detect_by_name(name);
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    // WebAnno TSV begins with a line about the format.
    let has_head = beginning.is_empty()
        || [&b"#"[..], b"PK"]
            .iter()
            .any(|head| beginning.starts_with(head));
    by_name.retain(|info| has_head || info.name != "webannotsv");
    let name = name.to_lowercase();
    let is_json = name.ends_with(".json");
    let is_lines = name.ends_with(".jsonl");
    let may_be = |found: &FormatInfo| {
        // What is in a file says more than which of these endings it has.
        let endings = ["json", "jsonl", "jsonld"];
        let other = (is_json || is_lines)
            && endings
                .iter()
                .any(|ending| found.extensions.contains(ending));
        by_name.is_empty() || other || by_name.iter().any(|info| info.name == found.name)
    };
    // A document of one kind may have a name of another.
    let articles = articles::of_content(beginning);
    let all_hold_articles = by_name.iter().all(|info| info.holds_articles());
    match detect_by_content(beginning) {
        // Such files have the name of tables.
        Some(found) if may_be(found) || found.name == "conll" => vec![found],
        None if articles.is_some_and(|info| all_hold_articles || articles::is_by_content(info)) => {
            articles.into_iter().collect()
        }
        _ => {
            if is_json && by_name.len() > 1 {
                // They read lists of records, too.
                by_name.extend(readable().filter(|i| ["spacy", "doccano"].contains(&i.name)));
            }
            by_name
        }
    }
}

/// The formats whose files end like this one; of `a.stam.json` those that end in `stam.json`. Names of plain
/// text say nothing: it may be an article itself.
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
    let is_text = ARTICLES.iter().any(|ending| name.ends_with(ending));
    let known = || readable().filter(|info| !is_text && !articles::is_by_content(info));
    let longest = known().filter_map(fits).max();
    known()
        .filter(|info| longest.is_some() && fits(info) == longest)
        .collect()
}

/// What articles end in.
const ARTICLES: [&str; 3] = [".txt", ".text", ".md"];

fn detect_by_content(beginning: &[u8]) -> Option<&'static FormatInfo> {
    let beginning = beginning.trim_ascii_start();
    let first_line = beginning.split(|&byte| byte == b'\n').next()?;
    let holds = |words: &str| {
        let mut pieces = beginning.windows(words.len());
        pieces.any(|piece| piece == words.as_bytes())
    };
    let name = match beginning.first()? {
        b'{' | b'[' => match serde_json::from_slice(first_line) {
            Ok(line) if record(&line).is_some() => record(&line)?,
            _ if holds("\"%FEATURE_STRUCTURES\"") || holds("\"%TYPES\"") => "cas-json",
            _ if holds("\"AnnotationStore\"") => "stam",
            _ if holds("www.w3.org/ns/anno") => "w3c",
            _ if holds("\"from_name\"") && holds("\"result\"") => "labelstudio",
            // Our own records are on lines.
            _ => records(&begun(beginning)?).filter(|name| *name != "jsonl")?,
        },
        b'#' if first_line.starts_with(b"#FORMAT=WebAnno TSV") => "webannotsv",
        // The names of the files in a zip file can be read.
        b'P' if beginning.starts_with(b"PK") && holds(".xmi") => "xmi",
        b'P' if beginning.starts_with(b"PK") && holds(".tsv") => "webannotsv",
        b'<' if holds("http://www.tei-c.org/ns/1.0") => "tei",
        b'<' if holds("http://www.omg.org/XMI") => "xmi",
        // It says itself that the whole archive is needed.
        b'<' if holds("urn:QDA-XML:project") => "qdpx",
        _ if conll::is_in_columns(beginning) => "conll",
        _ => return None,
    };
    readable().find(|info| info.name == name)
}

/// The JSON value a file begins with. Where the file goes on, what is whole of it.
fn begun(beginning: &[u8]) -> Option<Value> {
    let mut stream = serde_json::Deserializer::from_slice(beginning).into_iter();
    if let Some(Ok(value)) = stream.next() {
        return Some(value);
    }
    let mut last = None;
    scan(beginning, |at, byte| {
        if byte == b',' {
            last = Some(at);
        }
    });
    // All before a comma is whole, but for the brackets.
    let whole = beginning.get(..last?)?;
    let mut closing = Vec::new();
    scan(whole, |_, byte| match byte {
        b'{' => closing.push(b'}'),
        b'[' => closing.push(b']'),
        b'}' | b']' => drop(closing.pop()),
        _ => {}
    });
    let closed: Vec<u8> = whole
        .iter()
        .copied()
        .chain(closing.into_iter().rev())
        .collect();
    serde_json::from_slice(&closed).ok()
}

/// The most fields that are named.
const MOST_FIELDS: usize = 6;

/// What the records of JSON have, in words; `None` for what is no JSON.
#[must_use]
pub fn shape_of(beginning: &[u8]) -> Option<String> {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let (what, record) = match begun(beginning)? {
        Value::Array(list) => ("a list of records", list.into_iter().next()?),
        other => ("records", other),
    };
    let fields: Vec<String> = match record {
        Value::Object(fields) => fields.keys().map(|name| format!("`{name}`")).collect(),
        Value::Array(_) => return Some("it has lists within a list".to_owned()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Some("it has single values, not records".to_owned());
        }
    };
    let named = fields.get(..MOST_FIELDS).unwrap_or(&fields).join(", ");
    let more = if fields.len() > MOST_FIELDS {
        ", …"
    } else {
        ""
    };
    Some(match &*named {
        "" => format!("it has {what} without fields"),
        _ => format!("it has {what} with {named}{more}"),
    })
}

/// Goes through JSON without what is in its strings.
fn scan(json: &[u8], mut seen: impl FnMut(usize, u8)) {
    let (mut in_string, mut escaped) = (false, false);
    for (at, &byte) in json.iter().enumerate() {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else {
            in_string = byte == b'"';
            seen(at, byte);
        }
    }
}

/// The format of a list of records, or of one.
fn records(value: &Value) -> Option<&'static str> {
    let list = match value {
        Value::Array(list) => Some(list),
        // Also what is found in Hypothesis.
        Value::Object(fields) => {
            let list = fields.get("annotations").or_else(|| fields.get("rows"));
            list.and_then(Value::as_array)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    };
    let of_list = || list.into_iter().flatten().find_map(record);
    record(value).or_else(of_list)
}

/// The format of a record: of a line, or of a list.
fn record(record: &Value) -> Option<&'static str> {
    let record = match record {
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
    let in_list = |list: &str, names: &[&str]| {
        let list = record.get(list).and_then(Value::as_array);
        let mut items = list.into_iter().flatten();
        items.any(|item| names.iter().any(|name| item.get(name).is_some()))
    };
    let in_spans = |names: &[&str]| in_list("spans", names);
    let labels = ["label", "labels", "entities"];
    let is_object = |name: &str| record.get(name).is_some_and(Value::is_object);
    let is_page = ["AnnotationCollection", "AnnotationPage"]
        .iter()
        .any(|page| record.get("type").is_some_and(|kind| kind == page));
    let is_web = || has(&["body", "bodies", "bodyValue", "uri", "motivation"]);
    if has(&["@context", "%TYPES"]) {
        None
    } else if is_object("data") && has(&["annotations", "completions", "predictions"]) {
        Some("labelstudio")
    } else if has(&["target"]) && is_web() || is_page {
        Some("w3c")
    } else if has(&["paragraphs"]) {
        Some("spacy")
    } else if has(&["annotation_id", "lead_time"])
        || labels.iter().any(|list| in_list(list, &["labels"]))
    {
        Some("labelstudio")
    } else if has(&["background_color", "bbox", "segmentation"])
        || has(&["filename"]) && has(&labels)
    {
        Some("doccano")
    } else if !has(&["text"]) {
        // The text as doccano named it once.
        let is_text = record.get("data").is_some_and(Value::is_string);
        (is_text && has(&labels)).then_some("doccano")
    } else if has(&["_input_hash", "_task_hash", "tokens", "answer", "ents"])
        || in_spans(&["token_start"])
    {
        Some("spacy")
    } else if has(&labels) && !has(&["spans"])
        || in_spans(&["start_offset"])
        || in_list("annotations", &["start_offset"])
    {
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
        let old = "{\"id\":1,\"data\":\"a b\",\"label\":[[0,1,\"x\"]]}\n";
        assert_eq!(names("a.jsonl", old), ["doccano"]);
        let old = "{\"text\":\"a\",\"annotations\":[{\"label\":1,\"start_offset\":0}]}";
        assert_eq!(names("a.jsonl", old), ["doccano"]);
        let spans = "{\"text\":\"a\",\"spans\":[{\"id\":1,\"start_offset\":0,\"end_offset\":1}]}";
        assert_eq!(names("a.jsonl", spans), ["doccano"]);
        assert_eq!(names("a.stam.json", "{"), ["stam"]);
        let webanno = "\u{feff}#FORMAT=WebAnno TSV 3.3\n";
        assert_eq!(names("a.tsv", webanno), ["webannotsv"]);
        assert_eq!(names("a.ann", ""), ["brat"]);
        let columns = "EU\tB-ORG\nsays\tO\n\nno\tO\n";
        for name in ["a.tsv", "a.txt", "a.conll", "train"] {
            assert_eq!(names(name, columns), ["conll"]);
        }
        assert_eq!(names("a.tsv", "doc\tkind\na\tO\nb\tO\n"), ["tsv"]);
        assert_eq!(
            names("a.zip", "PK annotation/a.txt/ann.tsv"),
            ["webannotsv"]
        );
        assert_eq!(names("a.zip", "PK TypeSystem.xml ann.xmi"), ["xmi"]);
    }

    #[test]
    fn records_of_lists_are_known() {
        for (text, expected) in [
            ("{\"text\":\"a\",\"ents\":[],\"tokens\":[]}", "spacy"),
            ("[[\"a\",{\"entities\":[]}],", "spacy"),
            (
                "{\"classes\":[],\n\"annotations\":[null,[\"a\",{\"entities\":[]}]]}",
                "spacy",
            ),
            (
                "[{\"id\":0,\n\"paragraphs\":[{\"raw\":\"a, b\",\"cats",
                "spacy",
            ),
            (
                "[\n{\n\"id\": 1,\n\"text\": \"a\\\"{\",\n\"label\": [[0, 1, \"x\"]]},\n{\"id",
                "doccano",
            ),
            (
                "[{\"id\":1,\"data\":{\"image\":\"a.png\"},\"annotations\":[]}]",
                "labelstudio",
            ),
            (
                "{\"rows\":[{\"uri\":\"a.txt\",\"text\":\"\",\"target\":[{\"source\":\"a.txt\"}]}],",
                "w3c",
            ),
            ("[{\"id\":\"u\",\"bodies\":[],\"target\":{},\"sel", "w3c"),
            (
                "[{\"text\":\"a\",\"label\":[{\"start\":0,\"end\":1,\"labels\":[\"x\"]}]}]",
                "labelstudio",
            ),
            (
                "[{\"body\":\"a\",\"tags\":[{\"start\":0,\"end\":1}],\"lead_time\":1.5}]",
                "labelstudio",
            ),
            (
                "[{\"id\":1,\"text\":\"Dog\",\"suffix_key\":\"d\",\"background_color\":\"#fff\"}]",
                "doccano",
            ),
            (
                "[{\"id\":1,\"filename\":\"a.png\",\"label\":[\"cat\"]}]",
                "doccano",
            ),
        ] {
            assert_eq!(names("a.json", text), [expected], "{text}");
        }
        let unclear = "[{\"text\":\"a\",\"spans\":[]}]";
        let found = names("a.json", unclear);
        assert!(
            found.contains(&"spacy") && found.contains(&"w3c"),
            "{found:?}"
        );
        assert_eq!(names("a.jsonl", unclear), ["jsonl", "spacy", "doccano"]);
        assert!(begun("[1,".repeat(100_000).as_bytes()).is_none());
    }
}
