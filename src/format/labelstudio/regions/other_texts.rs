//! Tasks with several texts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::format::json::{Map, Value};

use super::super::region::Region;
use super::super::task_data::TaskData;
use crate::format::counting::Counting;
use crate::format::counting::by_words::same_words;
use crate::text::CodePointIndex;

/// Which regions of a task are on the text that is read, by what the labelling configuration calls
/// their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum TextControl {
    /// The task has one text.
    Any,
    Named(String),
    /// All regions are on other texts.
    Other,
}

#[derive(Default)]
struct Found {
    /// Which of the names it is, in the order of the file.
    nth: usize,
    regions: usize,
    /// How many have their words at their offsets, and how many anywhere in the text.
    fits: usize,
    worded: usize,
}

impl TextControl {
    /// Of a task with several texts one is read. A name that is that of the text among the data
    /// decides; else those of the other data are other texts, and of the rest the one that most
    /// regions have their words in is meant. `works` are all annotations and predictions of the task.
    pub(in super::super) fn of<'a>(data: &TaskData, works: impl Iterator<Item = &'a Map>) -> Self {
        let results = works.filter_map(|work| work.get("result")?.as_array());
        let regions: Vec<&Map> = results.flatten().filter_map(Value::as_object).collect();
        let name = |region: &Map| {
            let name = region.get("to_name").and_then(Value::as_str);
            name.unwrap_or_default().to_owned()
        };
        let mut names: BTreeMap<String, Found> = BTreeMap::new();
        for region in &regions {
            let nth = names.len();
            let is_relation = region.get("type").is_some_and(|kind| kind == "relation");
            let name = name(region);
            if !is_relation && !name.is_empty() {
                names.entry(name).or_insert(Found {
                    nth,
                    ..Found::default()
                });
            }
        }
        let is_other = |name: &str| data.others.iter().any(|other| other == name);
        match names.len() {
            0 => return Self::Any,
            1 if !names.keys().any(|name| is_other(name)) => return Self::Any,
            _ => {}
        }
        let text = &data.text;
        let (index, places) = (
            CodePointIndex::new(&text.article),
            text.places(Counting::CODE_POINTS),
        );
        for (n, map) in regions.into_iter().enumerate() {
            let region = Region::new(map.clone(), n, text);
            let Some(found) = names
                .get_mut(&region.to_name)
                .filter(|_| is_placed(&region))
            else {
                continue;
            };
            found.regions += 1;
            let Some(words) = region.words.as_deref() else {
                continue;
            };
            let there = region.position;
            let there = there.and_then(|position| text.locate(position, &places));
            let there = there.and_then(|[start, end]| index.slice(start, end));
            found.fits += usize::from(there.is_some_and(|there| same_words(there, words)));
            found.worded += usize::from(text.article.contains(words));
        }
        names.retain(|_, found| found.regions > 0);
        if names.is_empty() {
            return Self::Any;
        }
        if names.contains_key(&data.key) {
            return Self::Named(data.key.clone());
        }
        if names.keys().any(|name| !is_other(name)) {
            names.retain(|name, _| !is_other(name));
        } else {
            // A name that is only by chance that of other data.
            names.retain(|_, found| found.fits > 0 && found.fits * 2 >= found.regions);
        }
        let best = names.into_iter().max_by_key(|(_, found)| {
            let words = found.fits + found.worded;
            (words, found.regions, Reverse(found.nth))
        });
        best.map_or(Self::Other, |(name, _)| Self::Named(name))
    }

    /// Whether a region is on another text.
    pub(super) fn excludes(&self, region: &Region) -> bool {
        let named = is_placed(region) && !region.to_name.is_empty();
        match self {
            Self::Any => false,
            Self::Named(name) => named && region.to_name != *name,
            Self::Other => named,
        }
    }
}

/// Whether it is a part of a text.
fn is_placed(region: &Region) -> bool {
    region.position.is_some() || region.words.is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::format::labelstudio::LabelStudio;
    use crate::format::{Format, Imported, Input};

    fn read(data: Value, works: &[Value]) -> Imported {
        let annotations: Vec<Value> = works.iter().map(|list| json!({"result": list})).collect();
        let task = json!([{"data": data, "annotations": annotations}]).to_string();
        let input = Input {
            name: "a.json",
            bytes: task.as_bytes(),
            beside: &|_| None,
        };
        let imported = LabelStudio.read(&input).unwrap();
        assert_eq!(imported.problems, []);
        imported
    }

    fn region(id: &str, on: &str, start: u32, words: &str) -> Value {
        let end = start + u32::try_from(words.chars().count()).unwrap();
        json!({"id": id, "from_name": "label", "to_name": on, "type": "labels",
            "value": {"start": start, "end": end, "text": words, "labels": ["x"]}})
    }

    fn without_words(mut region: Value) -> Value {
        region["value"].as_object_mut().unwrap().remove("text");
        region
    }

    /// Ids of the tags of all works, with their words.
    fn tags(imported: &Imported) -> Vec<String> {
        let documents = imported.documents.iter();
        let tags = documents.flat_map(|read| {
            let source = read.document.source();
            let tags = read.document.set().annotations();
            tags.map(|tag| format!("{} {}", tag.id, source.slice(tag.fragments.hull())))
        });
        tags.collect()
    }

    /// Regions on a second text of a task are not looked for in the first.
    #[test]
    fn a_second_text_of_a_task_is_told() {
        let list = json!([
            region("1", "text", 0, "Ann"),
            region("2", "text", 8, "Bob"),
            region("3", "title", 0, "Eve")
        ]);
        let data = json!({"text": "Ann met Bob and Eve.", "title": "Eve"});
        let imported = read(data, &[list]);
        assert_eq!(tags(&imported), ["1 Ann", "2 Bob"]);
        let told = &imported.skipped[0].message;
        assert!(
            told.contains("another text of the task") && told.contains("Eve"),
            "{told}"
        );
    }

    #[test]
    fn the_name_of_the_text_decides_whatever_the_words_are() {
        let data = json!({"text": "Eve met Bob.", "title": "Eve and Bob"});
        let (title, text) = (
            region("1", "title", 0, "Eve"),
            region("2", "text", 8, "Bob"),
        );
        let list = json!([without_words(title.clone()), without_words(text.clone())]);
        assert_eq!(tags(&read(data.clone(), &[list])), ["2 Bob"]);
        // Somebody tagged the title only.
        let imported = read(data, &[json!([text]), json!([title])]);
        assert_eq!(tags(&imported), ["2 Bob"]);
    }

    #[test]
    fn the_text_is_that_of_most_regions() {
        let data = json!({"head": "Eve met", "body": "Eve met Bob."});
        let (head, body) = (region("1", "head", 0, "Eve"), region("2", "body", 0, "Eve"));
        for other in [region("3", "body", 4, "met"), region("3", "body", 8, "Bob")] {
            let list = json!([head, body, other]);
            let read = read(data.clone(), &[list]);
            assert_eq!(tags(&read).len(), 2, "{read:?}");
            assert_eq!(read.documents[0].document.source().as_str(), "Eve met Bob.");
        }
        let list = json!([head, body]);
        let of_both = read(data.clone(), &[list]);
        assert_eq!(
            of_both.documents[0].document.source().as_str(),
            "Eve met Bob."
        );
        let list = json!([without_words(head), region("4", "head", 4, "met")]);
        let read = read(data, &[list]);
        assert_eq!(read.documents[0].document.source().as_str(), "Eve met");
    }

    #[test]
    fn a_control_may_have_the_name_of_other_data() {
        let data = json!({"text": "A summary", "body": "Eve met Bob."});
        let list = json!([region("1", "text", 0, "Eve"), region("2", "text", 8, "Bob")]);
        assert_eq!(tags(&read(data, &[list])), ["1 Eve", "2 Bob"]);
    }
}
