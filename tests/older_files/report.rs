//! The report of a corpus, as text that can be read and compared.

use std::fs;

use pullquote::ops::{OpenRequest, SaveRequest, open_in, save_in};
use serde_json::Value;

use crate::support::TestCorpus;

/// What `check` and `export` report about a corpus, and what opening an article carries along.
pub(super) fn of_corpus(corpus: &TestCorpus) -> String {
    let check = corpus.run(["check", ".", "--json"]);
    let mut text = format!("# check: status {:?}\n", check.status.unwrap());
    text.push_str(&outline(&check.stdout));
    let export = corpus.run(["export", ".", "--to", "jsonl", "--all", "--json"]);
    text += &format!("\n# export: status {:?}\n", export.status.unwrap());
    text.push_str(&outline(&export.stderr));
    for row in export.stdout.lines() {
        text += "\n# export: a row\n";
        text.push_str(&outline(row));
    }
    for (article, annotator) in sidecars(corpus) {
        let carried = carried_along(corpus, &article, &annotator);
        if !carried.is_empty() {
            text += &format!("\n# carried along with {article} {annotator:?}\n{carried}");
        }
    }
    text
}

/// Articles and whose sidecar ("": unnamed) is beside them.
pub(super) fn sidecars(corpus: &TestCorpus) -> Vec<(String, String)> {
    let names = corpus.names().into_iter();
    let found = names.filter_map(|name| {
        let (article, rest) = name.strip_suffix(".ron")?.split_once(".txt")?;
        // Copies, and a schema, are no sidecars.
        let annotator = if rest.is_empty() {
            ""
        } else {
            rest.strip_prefix('.')?
        };
        let named = |c: char| c.is_ascii_lowercase();
        let known = annotator.chars().all(named);
        known.then(|| (format!("{article}.txt"), annotator.to_owned()))
    });
    found.collect()
}

/// An object, a key a line, and a line for each thing in a list of objects. Without words of messages.
pub(super) fn outline(json: &str) -> String {
    let value: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    let Value::Object(fields) = without_words(value) else {
        panic!("no object: {json}");
    };
    let mut text = String::new();
    for (name, value) in fields {
        match value {
            Value::Array(values) if values.iter().any(Value::is_object) => {
                text += &format!("{name}:\n");
                for value in values {
                    text += &format!("    {value}\n");
                }
            }
            value => text += &format!("{name}: {value}\n"),
        }
    }
    text
}

fn without_words(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(name, _)| name != "message");
            kept.map(|(name, value)| (name, without_words(value)))
                .collect()
        }
        Value::Array(values) => values.into_iter().map(without_words).collect(),
        value => value,
    }
}

/// The records that are not shown as tags, links or people.
fn carried_along(corpus: &TestCorpus, article: &str, annotator: &str) -> String {
    let document = corpus.document(article, annotator);
    let lines = document.unread().iter().map(|record| {
        let (line, list, raw) = (record.line, &record.list, &record.raw);
        let kind = match &record.clash {
            Some(clash) => format!(" (another `{}`)", clash.id),
            None if record.is_lost() => " (lost)".to_owned(),
            None => String::new(),
        };
        format!("{line} {list}{kind}: {raw}\n")
    });
    lines.collect()
}

/// Opens an article and saves it as it is, tags having followed the text. Returns the sidecar then,
/// if it has changed.
pub(super) fn saved(corpus: &TestCorpus, article: &str, annotator: &str) -> String {
    let request = OpenRequest {
        article: corpus.path(article),
        annotator: (!annotator.is_empty()).then(|| annotator.into()),
        ..OpenRequest::default()
    };
    let state = corpus.state();
    let opened = open_in(&request, Some(&state)).unwrap();
    let before = fs::read_to_string(&opened.files.sidecar).ok();
    let save = SaveRequest {
        document: opened.start().document().clone(),
        files: opened.files.clone(),
        backup_first: true,
        replace: false,
    };
    let refused = save_in(&save, Some(&state)).is_err();
    let after = fs::read_to_string(&opened.files.sidecar).ok();
    match (refused, before == after) {
        (true, true) => "refused\n".to_owned(),
        (true, false) => panic!("refused, and written"),
        (false, true) => "the same bytes\n".to_owned(),
        (false, false) => after.unwrap(),
    }
}
