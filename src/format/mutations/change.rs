//! Changes that people and programs make.

use serde_json::{Value, json};

use super::files::{Random, Words};

/// Every place of a value, by path.
pub(super) fn paths(value: &Value, path: &str, all: &mut Vec<String>) {
    all.push(path.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                paths(value, &format!("{path}/{name}"), all);
            }
        }
        Value::Array(items) => {
            for (n, value) in items.iter().enumerate() {
                paths(value, &format!("{path}/{n}"), all);
            }
        }
        _ => {}
    }
}

/// A change: its name, where it is, and a word that must show up.
pub(super) struct Change {
    pub(super) kind: &'static str,
    pub(super) at: String,
    pub(super) marks: Vec<String>,
    /// Whether a place was changed, so that documents or report must be different.
    pub(super) differs: bool,
    /// Whether it is enough that documents or report are different.
    pub(super) reference: bool,
}

const OFFSETS: [&str; 6] = [
    "start",
    "end",
    "begin",
    "start_offset",
    "end_offset",
    "fragments",
];

/// What names a record, refers to one or says of which kind it is: a change shows in what becomes of
/// the record, not by its letters.
const REFERENCES: [&str; 16] = [
    "id",
    "@id",
    "type",
    "@type",
    "resource",
    "annotation",
    "source",
    "set",
    "key",
    "from_id",
    "to_id",
    "%ID",
    "%TYPE",
    "@sofa",
    "@Governor",
    "@Dependent",
];

fn name_of(path: &str) -> &str {
    let mut parts = path.rsplit('/');
    let name = parts.find(|part| part.parse::<usize>().is_err());
    name.unwrap_or_default()
}

/// What is no content, each with the reason.
fn is_no_content(path: &str, kind: &str) -> bool {
    let within = |name: &str| path.split('/').any(|part| part == name);
    let replaced = matches!(
        kind,
        "wrong type" | "words changed" | "offset" | "offset far out"
    );
    // The declarations of UIMA and STAM: which types and keys there may be.
    within("%TYPES")
        || within("keys")
        // Evidence of a place, which the words are, too.
        || within("prefix")
        || within("suffix")
        // Names of the file itself, and of the only view.
        || replaced && matches!(path, "/@id" | "/id" | "/@context")
        || replaced && matches!(name_of(path), "sofaID" | "mimeType" | "sofaNum" | "@context")
        // Words cut from the text once more; relations do not lead to them, but to spans.
        || replaced && within("tokens")
        || within("generator")
        // The package of a type of UIMA.
        || kind == "words changed" && name_of(path) == "%TYPE"
        // Which control of the screen a region is from, and the only text it may be on.
        || replaced && matches!(name_of(path), "to_name" | "from_name")
        // Ids that nothing leads to; what is led to is told.
        || replaced && matches!(name_of(path), "%ID" | "id" | "@id")
}

fn is_offset(path: &str) -> bool {
    !path.contains("_span/")
        && path
            .split('/')
            .rev()
            .find(|part| part.parse::<usize>().is_err())
            .is_some_and(|name| OFFSETS.contains(&name))
}

pub(super) fn change_json(
    value: &mut Value,
    random: &mut Random,
    words: &mut Words,
) -> Option<Change> {
    let mut all = Vec::new();
    paths(value, "", &mut all);
    let kinds: [&'static str; 9] = [
        "field added",
        "item added",
        "field removed",
        "item removed",
        "wrong type",
        "offset",
        "item twice",
        "words changed",
        "offset far out",
    ];
    let kind = kinds[random.below(kinds.len())];
    let fits: Vec<&String> = all
        .iter()
        .filter(|path| {
            if is_no_content(path, kind) {
                return false;
            }
            let at = value.pointer(path).unwrap();
            // Relations are where their ends are, and people everywhere.
            let parent = path
                .rsplit_once('/')
                .and_then(|(parent, _)| value.pointer(parent));
            let kind_of = parent.and_then(|parent| parent.get("%TYPE"));
            let elsewhere = kind_of.is_some_and(|kind| kind != "custom.Span");
            match kind {
                "field added" => at.is_object(),
                "field removed" => at.as_object().is_some_and(|fields| !fields.is_empty()),
                "item added" => at.is_array(),
                "item removed" => at.as_array().is_some_and(|items| !items.is_empty()),
                "item twice" => at
                    .as_array()
                    .is_some_and(|items| items.iter().any(Value::is_object)),
                "wrong type" => !(path.is_empty() || elsewhere && is_offset(path)),
                "words changed" => at.is_string(),
                _ => at.is_u64() && is_offset(path) && !elsewhere,
            }
        })
        .collect();
    let path = (*random.pick(&fits)?).clone();
    let at = value.pointer_mut(&path)?;
    let mut change = Change {
        kind,
        at: path.clone(),
        marks: Vec::new(),
        differs: false,
        reference: kind == "wrong type" || REFERENCES.contains(&name_of(&path)),
    };
    let mut mark = || {
        let word = words.fresh("z");
        change.marks.push(word.clone());
        word
    };
    match kind {
        "field added" => {
            let (name, word) = (mark(), mark());
            let shapes = [json!(word), json!([word]), json!({ word: 1 })];
            let shape = shapes[random.below(3)].clone();
            at.as_object_mut()?.insert(name, shape);
        }
        "item added" => {
            let word = mark();
            let shapes = [json!(word), json!({ "a": word }), json!([word])];
            let items = at.as_array_mut()?;
            items.insert(
                random.below(items.len() + 1),
                shapes[random.below(3)].clone(),
            );
        }
        "field removed" => {
            let fields = at.as_object_mut()?;
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = random.pick(&names)?;
            change.at = format!("{path}/-{name}");
            fields.remove(name);
        }
        "item removed" => {
            let items = at.as_array_mut()?;
            items.remove(random.below(items.len()));
        }
        "item twice" => {
            let items = at.as_array_mut()?;
            let item = items[random.below(items.len())].clone();
            items.push(item);
        }
        "wrong type" => {
            let word = mark();
            let shapes = [json!(word), json!({ "a": word }), json!([word])];
            *at = shapes[random.below(3)].clone();
        }
        "words changed" => {
            let word = mark();
            let Value::String(text) = at else { return None };
            *text = if random.below(2) == 0 {
                format!("{text} {word}")
            } else {
                format!("{word} {text}")
            };
        }
        _ => {
            let offset = at.as_u64()?;
            let changed = match (kind, random.below(2)) {
                ("offset", 0) => offset + 1,
                ("offset", _) => offset.checked_sub(1)?,
                (_, 0) => offset + 1_000_000,
                _ => 5_000_000_000,
            };
            *at = json!(changed);
            change.differs = true;
        }
    }
    Some(change)
}

pub(super) fn change_lines(
    text: &mut String,
    random: &mut Random,
    words: &mut Words,
) -> Option<Change> {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let n = random.below(lines.len());
    let line = lines.get_mut(n)?;
    let mut change = Change {
        kind: "",
        at: line.trim_end().chars().take(50).collect(),
        marks: Vec::new(),
        differs: false,
        reference: false,
    };
    let delimiter = if line.contains('\t') { '\t' } else { ',' };
    match random.below(7) {
        0 => {
            change.kind = "line removed";
            lines.remove(n);
        }
        1 => {
            change.kind = "line twice";
            let copy = line.clone();
            lines.insert(n, copy);
        }
        2 => {
            change.kind = "line added";
            let word = words.fresh("z");
            change.marks.push(word.clone());
            lines.insert(n, format!("X{n}{delimiter}{word}\n"));
        }
        3 => {
            change.kind = "line longer";
            let word = words.fresh("z");
            change.marks.push(word.clone());
            let end = line.trim_end_matches(['\n', '\r']).to_owned();
            *line = format!("{end}{delimiter}{word}\n");
        }
        4 => {
            change.kind = "cell removed";
            let end = line.trim_end_matches(['\n', '\r']);
            let mut cells: Vec<&str> = end.split(delimiter).collect();
            cells.remove(random.below(cells.len()));
            *line = format!("{}\n", cells.join(&delimiter.to_string()));
        }
        5 => {
            change.kind = "words added";
            let word = words.fresh("z");
            change.marks.push(word.clone());
            let places: Vec<usize> = line.match_indices(['q', ' ']).map(|(at, _)| at).collect();
            let at = *random.pick(&places)? + 1;
            line.insert_str(at, &format!(" {word} "));
        }
        _ => {
            change.kind = "number";
            if line.contains("\tPullquote ") {
                return None;
            }
            let digits: Vec<(usize, usize)> = line
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|part| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty())
                .map(|part| (part.as_ptr() as usize - line.as_ptr() as usize, part.len()))
                .collect();
            let &(at, length) = random.pick(&digits)?;
            let number: u32 = line.get(at..at + length)?.parse().ok()?;
            let changed = [number + 1, number.checked_sub(1)?, number + 1_000_000];
            line.replace_range(at..at + length, &changed[random.below(3)].to_string());
            change.differs = true;
        }
    }
    *text = lines.concat();
    Some(change)
}
