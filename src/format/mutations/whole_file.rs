//! Changes to a file as a whole: a second annotator, and another unit of offsets.

use serde_json::{Value, json};

use super::files::{Random, Words, bytes, files, foreign, values};
use super::{cases, read, tag_words, told};
use crate::format::by_name;
use crate::format::testing::Files;

#[test]
fn a_second_annotator_is_a_document_of_its_own() {
    let (mut words, mut random) = (Words::default(), Random(0x9e37_79b9_7f4a_7c15));
    for name in ["jsonl", "spacy", "labelstudio"] {
        let format = by_name(name).unwrap();
        for _ in 0..cases() {
            let mut files = files(format, &mut random, &mut words, true);
            let mut all = values(&files.0[0].1, name != "labelstudio");
            if name != "jsonl" {
                for value in &mut all {
                    foreign(value, &mut random, &mut words);
                }
            }
            files.0[0].1 = bytes(&all);
            let before = read(format, &files);
            if name == "labelstudio" {
                let work = &mut all[0][0]["annotations"];
                let mut other = work[0].clone();
                other["completed_by"] = json!({ "email": "zoe@example.org" });
                work.as_array_mut().unwrap().push(other);
            } else {
                let (key, at) = if name == "jsonl" {
                    ("annotator", 0)
                } else {
                    ("_annotator_id", 0)
                };
                let mut other = all[at].clone();
                other[key] = json!("zoe");
                all.push(other);
            }
            files.0[0].1 = bytes(&all);
            let after = read(format, &files);
            let shown = String::from_utf8_lossy(&files.0[0].1).into_owned();
            assert_eq!(after.problems, [], "{name} {shown}");
            let people = |imported: &crate::format::Imported| {
                let documents = imported.documents.iter();
                let names = documents.map(|read| read.document.meta().annotator.clone());
                names.collect::<Vec<_>>()
            };
            let (known, found) = (people(&before), people(&after));
            assert_eq!(found.len(), known.len() + 1, "{name} {shown}");
            let zoe = found.iter().flatten().any(|person| person.contains("zoe"));
            assert!(zoe, "{name} {found:?} {shown}");
        }
    }
}

/// An offset in code points, in UTF-16 units or in bytes.
fn counted(text: &str, at: u64, utf16: bool) -> usize {
    let before = text.chars().take(usize::try_from(at).unwrap());
    before
        .map(|c| if utf16 { c.len_utf16() } else { c.len_utf8() })
        .sum()
}

fn labelstudio(files: &mut Files, utf16: bool) {
    let mut all = values(&files.0[0].1, false);
    for task in all[0].as_array_mut().unwrap() {
        let text = task["data"]["text"].as_str().unwrap().to_owned();
        for work in task["annotations"].as_array_mut().unwrap() {
            for region in work["result"].as_array_mut().unwrap() {
                for key in ["start", "end"] {
                    if let Some(at) = region["value"].get(key).and_then(Value::as_u64) {
                        region["value"][key] = json!(counted(&text, at, utf16));
                    }
                }
            }
        }
    }
    files.0[0].1 = bytes(&all);
}

fn brat(files: &mut Files, utf16: bool) {
    let beside = files.0[0].0.replace(".ann", ".txt");
    let text = files.0.iter().find(|(name, _)| *name == beside);
    let text = String::from_utf8(text.unwrap().1.clone()).unwrap();
    let lines = String::from_utf8(files.0[0].1.clone()).unwrap();
    let changed = lines.lines().map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, place, words] = columns[..] else {
            return line.to_owned();
        };
        if !name.starts_with('T') {
            return line.to_owned();
        }
        let (label, place) = place.split_once(' ').unwrap();
        let parts = place.split(';').map(|part| {
            let ends = part
                .split(' ')
                .map(|at| counted(&text, at.parse().unwrap(), utf16));
            let ends: Vec<String> = ends.map(|at| at.to_string()).collect();
            ends.join(" ")
        });
        let parts: Vec<String> = parts.collect();
        format!("{name}\t{label} {}\t{words}", parts.join(";"))
    });
    let changed: Vec<String> = changed.collect();
    files.0[0].1 = changed.join("\n").into_bytes();
}

#[test]
fn offsets_in_another_unit_find_the_same_words_or_are_told() {
    let (mut words, mut random) = (Words::default(), Random(0xd1b5_4a32_d192_ed03));
    for name in ["labelstudio", "brat"] {
        let format = by_name(name).unwrap();
        for n in 0..cases() {
            let mut files = files(format, &mut random, &mut words, false);
            if name == "brat" {
                // The first document alone, with its text.
                if !files.0[0].0.ends_with("0.ann") {
                    continue;
                }
            } else {
                let mut all = values(&files.0[0].1, false);
                for value in &mut all {
                    foreign(value, &mut random, &mut words);
                }
                files.0[0].1 = bytes(&all);
            }
            let before = read(format, &files);
            match name {
                "brat" => brat(&mut files, n % 2 == 0),
                _ => labelstudio(&mut files, n % 2 == 0),
            }
            let after = read(format, &files);
            if told(&after) != told(&before) {
                continue;
            }
            let shown = String::from_utf8_lossy(&files.0[0].1).into_owned();
            assert_eq!(tag_words(&before), tag_words(&after), "{name} {shown}");
        }
    }
}
