//! What somebody changes in a file shows in the documents or in the report: valid files, each with one
//! known change, and a look at what became of everything that is in them.

mod change;
mod every_place;
mod files;
mod whole_file;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::given::Given;
use super::testing::Files;
use super::{ALL, Format, Imported, Input, Options};
use change::{Change, change_json, change_lines};
pub(super) use every_place::silent_losses;
use files::{Random, Words, bytes, files, foreign, values, words_in};
use xml::{change_xml, project, with_project};

fn read(format: &dyn Format, files: &Files) -> Imported {
    let (name, bytes) = files.0.first().unwrap();
    let by_name: BTreeMap<_, _> = files.0.iter().cloned().collect();
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    let beside = |name: &str| by_name.get(&format!("{folder}{name}")).cloned();
    let input = Input {
        name,
        bytes,
        beside: &beside,
    };
    super::read(format, &input, &Options::default()).unwrap_or_else(|error| Imported {
        problems: [super::RecordProblem {
            line: 1,
            message: error.to_string(),
        }]
        .into_iter()
        .collect(),
        ..Imported::default()
    })
}

fn held(imported: &Imported) -> String {
    let documents = imported.documents.iter();
    documents
        .map(|read| {
            let (set, meta) = (read.document.set(), read.document.meta());
            let text = read.document.source().as_str();
            let facts = &read.facts;
            format!("{} {text:?} {set:?} {meta:?} {facts:?}\n", read.id)
        })
        // Line ends and tabs as they are shown are no letters of the words after them.
        .map(|held| {
            held.replace("\\n", " ")
                .replace("\\t", " ")
                .replace("\\r", " ")
        })
        .collect()
}

fn told(imported: &Imported) -> String {
    let all = [
        &imported.problems,
        &imported.skipped,
        &imported.ignored,
        &imported.notes,
    ];
    let messages = all.into_iter().flatten().map(|p| p.message.as_str());
    messages.collect::<Vec<_>>().join("\n")
}

/// Each tag's words, by its label.
fn tag_words(imported: &Imported) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for read in &imported.documents {
        for tag in read.document.set().annotations() {
            let parts = tag.fragments.iter();
            let parts: Vec<&str> = parts.map(|r| read.document.source().slice(r)).collect();
            found.insert(tag.label.to_string(), parts.join("…"));
        }
    }
    found
}

/// What is wrong with what became of a changed file.
fn complaint(
    before: &Imported,
    after: &Imported,
    input: &str,
    change: &Change,
    worded: bool,
) -> Option<String> {
    if !after.problems.is_empty() {
        return None;
    }
    let (held_before, held_after) = (held(before), held(after));
    let told_after = told(after);
    let found: BTreeSet<String> = &words_in(&held_after) | &words_in(&told_after);
    let cut = told_after.contains(" more)") || told_after.contains('…');
    let due = &words_in(input) & &words_in(&held_before);
    // Numbers of records are bookkeeping.
    let is_id = |word: &&String| {
        let kind = word
            .trim_end_matches('q')
            .trim_end_matches(|c: char| c.is_ascii_digit());
        ["t", "l", "p"].contains(&kind) || kind == "w" && !worded
    };
    let missing: Vec<&String> = due.difference(&found).filter(|word| !is_id(word)).collect();
    if !missing.is_empty() && !cut {
        return Some(format!("gone: {missing:?}"));
    }
    let changed = told_after != told(before) || held_after != held_before;
    let shows = change.marks.iter().any(|mark| found.contains(mark));
    let seen = change.reference && changed;
    if !change.marks.is_empty() && !shows && !seen && !cut {
        return Some(format!("not told: {:?}", change.marks));
    }
    // Where the words are, a place that is off by a blank is the same.
    if change.differs && !changed && !worded {
        return Some("no difference".to_owned());
    }
    if worded && change.differs && told_after == told(before) {
        let (before, after) = (tag_words(before), tag_words(after));
        for (label, words) in &after {
            if before.get(label).is_some_and(|before| before != words) {
                return Some(format!("other words: {label} {words:?}"));
            }
        }
    }
    let lost = "the reason is not known";
    if told_after.contains(lost) {
        return Some(told_after.lines().find(|l| l.contains(lost))?.to_owned());
    }
    None
}

/// A file without what its records only declare, and without the words around those of tags.
fn content(input: &str, lines: bool) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for name in ["%TYPES", "annotationsets", "prefix", "suffix"] {
                    fields.remove(name);
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut all = values(input.as_bytes(), lines);
    all.iter_mut().for_each(strip);
    String::from_utf8(bytes(&all)).unwrap()
}

fn cases() -> usize {
    let wanted = std::env::var("PULLQUOTE_CASES").ok();
    wanted.and_then(|cases| cases.parse().ok()).unwrap_or(50)
}

/// Whether the words of tags are in the file.
fn has_words(format: &str) -> bool {
    matches!(
        format,
        "csv" | "tsv" | "brat" | "labelstudio" | "w3c" | "webannotsv"
    )
}

#[test]
fn changes_show_in_the_documents_or_the_report() {
    let mut complaints: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (mut words, mut random) = (Words::default(), Random(0x2545_f491_4f6c_dd1d));
    let readable = ALL
        .iter()
        .copied()
        .filter(|format| format.info().reads && format.info().writes);
    let chosen = std::env::var("PULLQUOTE_FORMAT").ok();
    let verbose = chosen.is_some();
    for format in readable {
        let name = format.info().name;
        let in_json = matches!(
            name,
            "jsonl" | "spacy" | "doccano" | "labelstudio" | "cas-json" | "w3c" | "stam"
        );
        let in_xml = matches!(name, "xmi" | "tei" | "qdpx");
        if chosen.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        for n in 0..cases() {
            // Of what other tools write as W3C annotations the text is elsewhere.
            let own = n % 2 == 0 || name == "w3c";
            let mut files = files(format, &mut random, &mut words, own);
            let lines = matches!(name, "jsonl" | "spacy" | "doccano");
            let change;
            let before;
            let mut xml = String::new();
            if in_json {
                let mut all = values(&files.0[0].1, lines);
                if !own && name != "jsonl" {
                    for value in &mut all {
                        foreign(value, &mut random, &mut words);
                    }
                }
                files.0[0].1 = bytes(&all);
                before = read(format, &files);
                let at = random.below(all.len());
                change = change_json(&mut all[at], &mut random, &mut words);
                files.0[0].1 = bytes(&all);
            } else if in_xml {
                before = read(format, &files);
                let zip = files.0[0].1.clone();
                let mut text = match name {
                    "qdpx" => project(&zip),
                    _ => String::from_utf8(zip.clone()).unwrap(),
                };
                change = change_xml(&mut text, &mut random, &mut words);
                files.0[0].1 = match name {
                    "qdpx" => with_project(&zip, &text),
                    _ => text.clone().into_bytes(),
                };
                xml = text;
            } else {
                before = read(format, &files);
                let mut text = String::from_utf8(files.0[0].1.clone()).unwrap();
                change = change_lines(&mut text, &mut random, &mut words);
                files.0[0].1 = text.into_bytes();
            }
            let Some(change) = change else { continue };
            assert_eq!(before.problems, [], "{name}");
            let due = before
                .tally
                .differences(Given::of(&before.documents).counts);
            if due.iter().any(|(_, due, found)| due > found) {
                complaints
                    .entry(format!("{name}: unchanged"))
                    .or_insert((
                        0,
                        format!("{due:?} {}", String::from_utf8_lossy(&files.0[0].1)),
                    ))
                    .0 += 1;
            }
            let after = read(format, &files);
            let mut input = String::from_utf8_lossy(&files.0[0].1).into_owned();
            if in_xml {
                input = xml;
            }
            if in_json {
                input = content(&input, lines);
            }
            if let Some(found) = complaint(&before, &after, &input, &change, has_words(name)) {
                let place: Vec<&str> = change
                    .at
                    .split('/')
                    .filter(|part| part.parse::<usize>().is_err())
                    .collect();
                let place: String = place
                    .join("/")
                    .chars()
                    .filter(|c| !c.is_ascii_digit())
                    .collect();
                let key = format!(
                    "{name}, {}, {} at {place}",
                    change.kind,
                    if own { "own" } else { "foreign" }
                );
                let entry = complaints.entry(key).or_insert((
                    0,
                    format!(
                        "{found}\n  {}{}",
                        change.at,
                        if verbose {
                            let (held, told) = (held(&after), told(&after));
                            format!("\n  {input}\n  held {held}\n  told {told}")
                        } else {
                            String::new()
                        }
                    ),
                ));
                entry.0 += 1;
            }
        }
    }
    let all: Vec<String> = complaints
        .iter()
        .map(|(key, (n, example))| format!("{n} × {key}: {example}"))
        .collect();
    assert!(all.is_empty(), "{} kinds\n{}", all.len(), all.join("\n"));
}
