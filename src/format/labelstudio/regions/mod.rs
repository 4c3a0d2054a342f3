mod links;
mod locate;
mod other_texts;

use std::collections::{BTreeMap, BTreeSet};

use smallvec::smallvec;
use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::region::{Region, answer, as_text};
use super::text::TaskText;
use crate::format::counting::by_words::WordSearch;
use crate::format::counting::{Counting, Places, UnitHint};
use crate::format::draining::Draining;
use crate::format::interchange::extras::{SpanExtra, add_attribute, join_notes};
use crate::format::interchange::{AttributeRecord, DocumentRecord, SpanRecord};
use crate::format::json::{Map, Value};
use crate::format::json_values::own;
use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};
use crate::format::link_facts::LinkFacts;
use crate::format::tally::{Content, Counts, Tally};
use crate::text::CodePointIndex;

pub(super) use other_texts::TextControl;

/// Where regions belong, for messages.
pub(super) struct Place<'a> {
    pub(super) text: &'a TaskText,
    /// The line of the task in the file.
    pub(super) line: usize,
    /// What it is called: `task 3`.
    pub(super) task: &'a str,
    /// What offsets count, as far as that is known.
    pub(super) unit: UnitHint,
    /// Which regions are on the text.
    pub(super) control: &'a TextControl,
}

/// One person's or model's tags and links.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) record: DocumentRecord,
    /// Notes and attributes of links by id, for which a record has no field.
    pub(super) links: BTreeMap<SmolStr, LinkFacts>,
}

impl Work {
    /// The tags and links in it, and what they say.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::of(Content::Link, self.record.links.len());
        for span in &self.record.spans {
            counts.extend(span.counts());
        }
        for facts in self.links.values() {
            counts.extend(facts.counts());
        }
        counts
    }
}

/// Fields of a region that mean something to Label Studio only.
const BOOKKEEPING: [&str; 13] = [
    "origin",
    "readonly",
    "hidden",
    "locked",
    "original_width",
    "original_height",
    "image_rotation",
    "item_index",
    "original_length",
    "isNew",
    "color",
    "revision",
    "task",
];

/// Fields of the places of regions that are not in texts.
const IN_MEDIA: [&str; 8] = [
    "x", "width", "points", "radiusX", "rle", "channel", "sequence", "vertices",
];

/// What a region without a label is called.
const UNLABELLED: &str = "unlabelled";

/// Reads the regions of a work. What cannot be placed is set aside.
pub(super) fn read(result: ThinVec<Value>, place: &Place<'_>, left_out: &mut LeftOut) -> Work {
    let mut reader = Reader::new(place, left_out);
    let (mut regions, mut relations) = (Vec::new(), Vec::new());
    for (n, value) in Draining::new(result.into()).enumerate() {
        match value {
            Value::Object(map) if map.get("type").is_some_and(|kind| kind == "relation") => {
                relations.push(map);
            }
            Value::Object(map) => {
                let mut region = Region::new(map, n, place.text);
                region.elsewhere = place.control.excludes(&region);
                regions.push(region);
            }
            other => {
                reader.skip("what is not a region is not imported", shown(&other));
            }
        }
    }
    reader.counting(&regions);
    let (tags, answers): (Vec<_>, Vec<_>) = regions.into_iter().partition(Region::is_tag);
    let (labelled, bare): (Vec<_>, Vec<_>) = tags.into_iter().partition(Region::has_labels);
    let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for tag in &labelled {
        sets.entry(tag.id.clone())
            .or_default()
            .insert(tag.from_name.clone());
    }
    for tag in Draining::new(labelled) {
        let several = sets.get(&tag.id).is_some_and(|sets| sets.len() > 1);
        reader.tag(tag, several);
    }
    for tag in bare {
        if reader.tags.contains_key(&tag.id) {
            reader.other_fields(tag);
        } else {
            reader.tag(tag, false);
        }
    }
    for region in Draining::new(answers) {
        reader.answer(region);
    }
    reader.parents();
    for (n, relation) in Draining::new(relations).enumerate() {
        reader.relation(relation, n);
    }
    reader.finish()
}

struct Reader<'a> {
    place: &'a Place<'a>,
    left_out: &'a mut LeftOut,
    index: CodePointIndex<'a>,
    places: Vec<Places>,
    search: Option<WordSearch>,
    work: Work,
    /// The tags of a region.
    tags: BTreeMap<String, Vec<String>>,
    /// The ids of all tags.
    used: BTreeSet<String>,
    /// How often a region has had a label that it has more than once.
    repeated: BTreeMap<(String, String), usize>,
    /// What is said about tags, by their ids.
    extras: BTreeMap<String, Box<SpanExtra>>,
    /// Child and parent.
    parents: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    fn new(place: &'a Place<'a>, left_out: &'a mut LeftOut) -> Self {
        let article = &place.text.article;
        let record = DocumentRecord {
            text: article.clone(),
            ..DocumentRecord::default()
        };
        Self {
            place,
            left_out,
            index: CodePointIndex::new(article),
            places: place.text.places(Counting::CODE_POINTS),
            search: None,
            work: Work {
                record,
                links: BTreeMap::new(),
            },
            tags: BTreeMap::new(),
            used: BTreeSet::new(),
            repeated: BTreeMap::new(),
            extras: BTreeMap::new(),
            parents: Vec::new(),
        }
    }

    fn skip(&mut self, cause: &str, example: String) -> &mut Counts {
        let example = format!("{example} ({})", self.place.task);
        self.left_out.skip_counted(self.place.line, cause, example)
    }

    fn tally(&mut self) -> &mut Tally {
        &mut self.left_out.tally
    }

    /// A tag for each label of a region.
    fn tag(&mut self, mut region: Region, several_sets: bool) {
        let at = match self.locate(&region) {
            Ok(at) => at,
            Err(cause) => {
                let more = serde_json::to_string(&region.rest).unwrap_or_default();
                let more = if region.rest.values().all(says_nothing) {
                    ""
                } else {
                    &*more
                };
                let example = format!("`{}` {} {more}", region.id, region.in_words());
                self.tally().read.add(Content::Tag, 1);
                self.skip(cause, shortened(example.trim_end()))
                    .add(Content::Tag, 1);
                return;
            }
        };
        let mut labels = region.take_labels();
        self.tell_other_place(&region.id, at);
        self.tally().read.add(Content::Tag, 1);
        self.tally()
            .made
            .add(Content::Tag, labels.len().saturating_sub(1));
        if labels.is_empty() {
            labels.push(SmolStr::new_static(UNLABELLED));
        }
        let mut made = Vec::new();
        let mut labels = Draining::new(labels);
        while let Some(label) = labels.next() {
            if self.work.record.spans.is_full() {
                self.work.record.spans.count_over_limit(1 + labels.count());
                break;
            }
            let id = self.free_id(&region.id, &label);
            self.work.record.spans.push(SpanRecord {
                id: id.clone().into(),
                label,
                fragments: smallvec![at],
                ..SpanRecord::default()
            });
            made.push(id);
        }
        if several_sets {
            let set = region.from_name.clone();
            self.attribute(&made, "label_set", set);
        }
        let id = region.id.clone();
        self.fields(region, &made);
        self.tags.entry(id).or_default().append(&mut made);
    }

    /// Tells where an id is that of regions at several places.
    fn tell_other_place(&mut self, id: &str, at: [u32; 2]) {
        let first = self.tags.get(id).and_then(|tags| tags.first());
        let spans = &self.work.record.spans;
        let first = first.and_then(|first| spans.iter().find(|span| span.id == *first));
        if first.is_some_and(|first| first.fragments != [at].into()) {
            let task = self.place.task;
            let message = format!(
                "{task}: regions at different places have the id `{id}`; relations of that id lead \
                 to the first, and answers are about all of them"
            );
            self.left_out.hint(self.place.line, message);
        }
    }

    /// The region's id for its first tag; with the label for others.
    fn free_id(&mut self, region: &str, label: &str) -> String {
        for id in [region.to_owned(), format!("{region}/{label}")] {
            if self.used.insert(id.clone()) {
                return id;
            }
        }
        let key = (region.to_owned(), label.to_owned());
        let n = self.repeated.entry(key).or_insert(1);
        loop {
            *n += 1;
            let id = format!("{region}/{label}/{n}");
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }

    /// An answer about a region becomes an attribute of its tags.
    fn answer(&mut self, region: Region) {
        let (name, value) = answer(&region);
        if let Some(tags) = self.tags.get(&region.id).cloned() {
            self.attribute(&tags, &name, value);
            self.fields(region, &tags);
            return;
        }
        if region.position.is_none() {
            let cause = "answers about a whole text, not a span, are not imported";
            self.skip(cause, format!("{name}: “{}”", shortened(&value)));
            self.unplaced_fields(region);
            return;
        }
        // A stretch that was selected for this answer only.
        let kind = region.kind.clone();
        let mut bare = Region {
            kind: name.clone(),
            ..region
        };
        bare.value.remove(&kind);
        let id = bare.id.clone();
        self.tag(bare, false);
        if let Some(tags) = self.tags.get(&id).cloned() {
            self.attribute(&tags, &name, value);
        } else {
            let cause = "answers about regions that are left out are not imported";
            self.skip(cause, format!("{name}: “{}”", shortened(&value)));
        }
    }

    fn other_fields(&mut self, region: Region) {
        let tags = self.tags.get(&region.id).cloned().unwrap_or_default();
        self.fields(region, &tags);
    }

    fn unplaced_fields(&mut self, region: Region) {
        let named = region.own_fields();
        let answered = region.kind == "textarea" || region.value.contains_key(&region.kind);
        let others = region.value.into_iter();
        let others = others.filter(|(key, _)| answered && !named.iter().any(|name| *name == **key));
        for (key, value) in region.rest.into_iter().chain(others) {
            if BOOKKEEPING.contains(&&*key) {
                self.left_out.bookkeeping(self.place.line, &key);
            } else if !says_nothing(&value) {
                let cause = "fields of answers about a whole text are not imported";
                self.skip(cause, format!("{key}: {}", shown(&value)));
            }
        }
    }

    /// What a region says beyond label and place: notes, score, and whatever else is there.
    fn fields(&mut self, region: Region, tags: &[String]) {
        let named = region.own_fields();
        for (key, value) in region.value {
            if !named.iter().any(|name| *name == *key) && !says_nothing(&value) {
                self.attribute(tags, &key, as_text(&value));
            }
        }
        for (key, value) in region.rest {
            match (&*key, value) {
                (key, _) if BOOKKEEPING.contains(&key) => {
                    self.left_out.bookkeeping(self.place.line, key);
                }
                ("meta", Value::Object(meta)) => self.meta(meta, tags),
                ("parentID" | "parent_id", Value::String(parent)) => {
                    self.parents.push((region.id.clone(), parent.into()));
                }
                (_, value) if says_nothing(&value) => {}
                (key, value) => self.attribute(tags, key, as_text(&value)),
            }
        }
    }

    fn meta(&mut self, meta: Map, tags: &[String]) {
        for (key, value) in meta {
            match &*key {
                "text" => {
                    let note = note(&value);
                    let read = usize::from(!note.is_empty());
                    self.tally().read.add(Content::Note, read * tags.len());
                    for id in tags {
                        let extra = self.extras.entry(id.clone()).or_default();
                        let merged = join_notes(&mut extra.note, &note);
                        self.left_out.tally.merged.add(Content::Note, merged);
                    }
                }
                "pullquote" => {
                    let (line, field) = (self.place.line, "meta.pullquote");
                    let Some(ours) = own::<SpanExtra>(&value, field, line, self.left_out) else {
                        continue;
                    };
                    let tally = &mut self.left_out.tally;
                    for id in tags {
                        tally.read.extend(ours.counts());
                        let extra = self.extras.entry(id.clone()).or_default();
                        let mut ours = ours.clone();
                        let merged = join_notes(&mut ours.note, &extra.note);
                        tally.merged.add(Content::Note, merged);
                        let others = std::mem::replace(&mut **extra, ours);
                        for AttributeRecord { key, value } in others.attributes {
                            let added = add_attribute(&mut extra.attributes, &key, value);
                            tally.merged.add(Content::Attribute, usize::from(!added));
                        }
                    }
                }
                _ if says_nothing(&value) => {}
                key => self.attribute(tags, key, as_text(&value)),
            }
        }
    }

    fn attribute(&mut self, tags: &[String], key: &str, value: String) {
        let tally = &mut self.left_out.tally;
        tally.read.add(Content::Attribute, tags.len().max(1));
        for id in tags {
            let extra = self.extras.entry(id.clone()).or_default();
            let added = add_attribute(&mut extra.attributes, key, value.clone());
            tally.merged.add(Content::Attribute, usize::from(!added));
        }
    }

    fn finish(mut self) -> Work {
        let merged = self.work.record.join_split_spans();
        self.tally().merged.extend(merged);
        for span in &mut self.work.record.spans {
            if let Some(extra) = self.extras.remove(&*span.id) {
                self.left_out.tally.merged.extend(extra.restore(span));
            }
        }
        for (id, extra) in std::mem::take(&mut self.extras) {
            let said = extra.said();
            if !said.is_empty() {
                let cause = "a region that continues another one has no attributes of its own";
                self.skip(cause, format!("`{id}`{said}"))
                    .extend(extra.counts());
            }
        }
        self.work
    }
}

/// A note, or the lines of one.
fn note(value: &Value) -> String {
    match value {
        Value::Array(lines) => lines.iter().map(as_text).collect::<Vec<_>>().join("\n"),
        other => as_text(other),
    }
}

#[cfg(test)]
mod tests {
    use crate::format::labelstudio::LabelStudio;
    use crate::format::{Format, Input};

    #[test]
    fn answers_are_once_and_whole() {
        let text = r#"[{"data":{"text":"a b"},"drafts":[{"result":[]}],"annotations":[{"result":[
            {"id":"r","from_name":"mood","to_name":"text","type":"choices",
             "value":{"start":0,"end":1,"choices":["sad"]}},
            {"id":"w","from_name":"all","to_name":"text","type":"choices",
             "value":{"choices":["long"],"more":"so much"}}]}]}]"#;
        let input = Input {
            name: "a.json",
            bytes: text.as_bytes(),
            beside: &|_| None,
        };
        let imported = LabelStudio.read(&input).unwrap();
        let set = imported.documents[0].document.set();
        let tag = set.annotations().next().unwrap();
        let names: Vec<_> = tag.attributes.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["mood"]);
        let told: Vec<_> = imported.skipped.iter().map(|p| &*p.message).collect();
        let told = told.join("\n");
        assert!(
            told.contains("so much") && !told.contains("drafts"),
            "{told}"
        );
    }
}
