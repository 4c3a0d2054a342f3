use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::region::{Region, answer, as_text};
use super::text::{TaskText, WordSearch, same_words};
use crate::format::counting::{Counting, Places};
use crate::format::interchange::extras::{LinkExtra, SpanExtra};
use crate::format::interchange::{AttributeRecord, DocumentRecord, LinkRecord, SpanRecord};
use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};
use crate::text::CodePointIndex;

/// Where regions belong, for messages.
pub(super) struct Place<'a> {
    pub(super) text: &'a TaskText,
    /// The line of the task in the file.
    pub(super) line: usize,
    /// What it is called: `task 3`.
    pub(super) task: &'a str,
}

/// One person's or model's tags and links.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) record: DocumentRecord,
    /// Notes and attributes of links by id, for which a record has no field.
    pub(super) links: BTreeMap<String, LinkFacts>,
}

/// What is known of a link beyond its ends.
#[derive(Debug, Clone, Default)]
pub(super) struct LinkFacts {
    pub(super) note: String,
    pub(super) attributes: Vec<AttributeRecord>,
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

/// What a region without a label is called.
const UNLABELLED: &str = "unlabelled";
/// The role of a link from a region to the one it is grouped under.
const PARENT: &str = "parent";

/// Reads the regions of a work. What cannot be placed is set aside.
pub(super) fn read(result: Vec<Value>, place: &Place<'_>, left_out: &mut LeftOut) -> Work {
    let mut reader = Reader::new(place, left_out);
    let (mut regions, mut relations) = (Vec::new(), Vec::new());
    for (n, value) in result.into_iter().enumerate() {
        match value {
            Value::Object(map) if map.get("type").is_some_and(|kind| kind == "relation") => {
                relations.push(map);
            }
            Value::Object(map) => regions.push(Region::new(map, n, place.text)),
            other => reader.skip("what is no region is not imported", shown(&other)),
        }
    }
    reader.counting(&regions);
    let (tags, answers): (Vec<_>, Vec<_>) = regions.into_iter().partition(Region::is_tag);
    let (labelled, bare): (Vec<_>, Vec<_>) =
        tags.into_iter().partition(|tag| !tag.labels().is_empty());
    let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for tag in &labelled {
        sets.entry(tag.id.clone())
            .or_default()
            .insert(tag.from_name.clone());
    }
    for tag in labelled {
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
    for region in answers {
        reader.answer(region);
    }
    reader.parents();
    for (n, relation) in relations.into_iter().enumerate() {
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
    used: BTreeSet<String>,
    extras: BTreeMap<String, SpanExtra>,
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
            extras: BTreeMap::new(),
            parents: Vec::new(),
        }
    }

    fn skip(&mut self, cause: &str, example: String) {
        let example = format!("{example} ({})", self.place.task);
        self.left_out.skip(self.place.line, cause, example);
    }

    /// Decides what the offsets count, by the words of all regions.
    fn counting(&mut self, regions: &[Region]) {
        let known: Vec<_> = regions
            .iter()
            .filter_map(|region| region.position.zip(region.words.as_deref()))
            .collect();
        let whole: String = self
            .place
            .text
            .pieces
            .iter()
            .map(|p| p.text.as_str())
            .collect();
        let text = self.place.text;
        // What matches to the letter counts more than what matches but for blanks.
        let counting = Counting::best(&whole, known.len() * 2, |counting| {
            let places = text.places(counting);
            let fits = known.iter().map(|(position, words)| {
                let place = text.locate(*position, &places);
                match place.and_then(|[start, end]| self.index.slice(start, end)) {
                    Some(found) if found == *words => 2,
                    Some(found) => usize::from(same_words(found, words)),
                    None => 0,
                }
            });
            fits.sum()
        });
        self.places = text.places(counting);
    }

    /// Where a region is: at its offsets if the words there are its own, else where these are.
    fn locate(&mut self, region: &Region) -> Result<[u32; 2], &'static str> {
        let there = region
            .position
            .and_then(|position| self.place.text.locate(position, &self.places));
        let Some(words) = &region.words else {
            return match (there, region.position) {
                (Some(there), _) => Ok(there),
                (None, Some(_)) => Err(
                    "regions that end outside the text, or within a character, are left out; \
                     correct their offsets in the file and import again",
                ),
                (None, None) => Err(
                    "regions without offsets into the text are left out; export as JSON from a \
                     version that writes `globalOffsets`",
                ),
            };
        };
        if let Some([start, end]) = there
            && let Some(found) = self.index.slice(start, end)
        {
            if found == words {
                return Ok([start, end]);
            }
            if same_words(found, words) {
                return Ok(without_edges(found, words, start, end));
            }
        }
        let near = there.map(|[start, _]| start).or_else(|| {
            let start = region.position?.start.1;
            Some(start.min(self.index.chars()))
        });
        let search = self
            .search
            .get_or_insert_with(|| WordSearch::new(&self.place.text.article));
        let Some(found) = search.find(words, near) else {
            return Err(
                "regions are left out because their words are not at their offsets, and are \
                 elsewhere several times, far away or not at all",
            );
        };
        if region.position.is_some() {
            let task = self.place.task;
            let message = format!(
                "{task}: some tags were placed by their words because the offsets point elsewhere"
            );
            self.left_out.hint(self.place.line, message);
        }
        Ok(found)
    }

    /// A tag for each label of a region.
    fn tag(&mut self, region: Region, several_sets: bool) {
        let mut labels = region.labels();
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
                self.skip(cause, shortened(example.trim_end()));
                return;
            }
        };
        if labels.is_empty() {
            labels.push(UNLABELLED.to_owned());
        }
        let mut made = Vec::new();
        for label in labels {
            let id = self.free_id(&region.id, &label);
            self.work.record.spans.push(SpanRecord {
                id: id.clone(),
                label,
                fragments: vec![at],
                ..SpanRecord::default()
            });
            self.extras.insert(id.clone(), SpanExtra::default());
            self.tags
                .entry(region.id.clone())
                .or_default()
                .push(id.clone());
            made.push(id);
        }
        if several_sets {
            let set = region.from_name.clone();
            self.attribute(&made, "label_set", set);
        }
        self.fields(region, &made);
    }

    /// The region's id for its first tag; with the label for others.
    fn free_id(&mut self, region: &str, label: &str) -> String {
        let mut id = region.to_owned();
        let mut n = 1;
        while !self.used.insert(id.clone()) {
            id = format!("{region}/{label}");
            if n > 1 {
                id.push_str(&format!("/{n}"));
            }
            n += 1;
        }
        id
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
        let bare = Region {
            kind: name.clone(),
            ..region
        };
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
        for (key, value) in region.rest {
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
            if !named.contains(&key) && !says_nothing(&value) {
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
                    self.parents.push((region.id.clone(), parent));
                }
                (_, value) if says_nothing(&value) => {}
                (key, value) => self.attribute(tags, key, as_text(&value)),
            }
        }
    }

    fn meta(&mut self, meta: Map<String, Value>, tags: &[String]) {
        for (key, value) in meta {
            match &*key {
                "text" => {
                    let note = note(&value);
                    for id in tags {
                        if let Some(extra) = self.extras.get_mut(id) {
                            join_notes(&mut extra.note, &note);
                        }
                    }
                }
                "pullquote" => match serde_json::from_value::<SpanExtra>(value) {
                    Ok(ours) => {
                        for id in tags {
                            let extra = self.extras.entry(id.clone()).or_default();
                            let mut ours = ours.clone();
                            join_notes(&mut ours.note, &extra.note);
                            let others = std::mem::replace(extra, ours);
                            for AttributeRecord { key, value } in others.attributes {
                                add_attribute(&mut extra.attributes, &key, value);
                            }
                        }
                    }
                    Err(_) => {
                        let cause = "the `pullquote` field of regions was changed and is left out";
                        self.skip(cause, tags.join(", "));
                    }
                },
                _ if says_nothing(&value) => {}
                key => self.attribute(tags, key, as_text(&value)),
            }
        }
    }

    fn attribute(&mut self, tags: &[String], key: &str, value: String) {
        for id in tags {
            if let Some(extra) = self.extras.get_mut(id) {
                add_attribute(&mut extra.attributes, key, value.clone());
            }
        }
    }

    /// Regions that are grouped under another one.
    fn parents(&mut self) {
        let mut known = BTreeSet::new();
        for (child, parent) in std::mem::take(&mut self.parents) {
            if known.insert((child.clone(), parent.clone())) {
                self.link(&child, &parent, PARENT, None);
            }
        }
    }

    fn relation(&mut self, mut map: Map<String, Value>, n: usize) {
        map.remove("type");
        let id = map.remove("id").map(|id| as_text(&id));
        let roles = match map.remove("labels") {
            Some(Value::Array(roles)) => roles.iter().map(as_text).collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(role) => vec![as_text(&role)],
        };
        let mut end = |key: &str| map.remove(key).map(|id| as_text(&id)).unwrap_or_default();
        let (mut from, mut to) = (end("from_id"), end("to_id"));
        let direction = map.remove("direction");
        let direction = direction
            .as_ref()
            .and_then(Value::as_str)
            .unwrap_or("right");
        if direction == "left" {
            std::mem::swap(&mut from, &mut to);
        }
        let mut facts = LinkFacts::default();
        let mut ours = None;
        for (key, value) in map {
            match (&*key, value) {
                (key, _) if BOOKKEEPING.contains(&key) => {
                    self.left_out.bookkeeping(self.place.line, key);
                }
                ("meta", Value::Object(meta)) => {
                    for (key, value) in meta {
                        match &*key {
                            "pullquote_link" => {
                                ours = serde_json::from_value::<LinkExtra>(value).ok();
                            }
                            "text" => join_notes(&mut facts.note, &note(&value)),
                            _ if says_nothing(&value) => {}
                            key => add_attribute(&mut facts.attributes, key, as_text(&value)),
                        }
                    }
                }
                (_, value) if says_nothing(&value) => {}
                (key, value) => add_attribute(&mut facts.attributes, key, as_text(&value)),
            }
        }
        let mut roles: Vec<String> = roles;
        if roles.is_empty() {
            roles.push("link".to_owned());
        }
        if let Some(ours) = ours {
            let role = roles.swap_remove(0);
            self.work.record.links.push(ours.into_link(role));
            return;
        }
        let id = id.filter(|id| !id.is_empty());
        let has_facts = !facts.note.is_empty() || !facts.attributes.is_empty();
        let mut id = id.or_else(|| has_facts.then(|| format!("relation-{}", n + 1)));
        let mut ends = vec![(&from, &to)];
        if direction == "bi" {
            ends.push((&to, &from));
        }
        for role in &roles {
            for (n, (from, to)) in ends.iter().enumerate() {
                let facts = id.as_ref().map(|id| {
                    let more = roles.len() > 1 || n > 0;
                    let id = if more {
                        format!("{id}/{role}/{}", n + 1)
                    } else {
                        id.clone()
                    };
                    (id, facts.clone())
                });
                self.link(from, to, role, facts);
            }
        }
        id.take();
    }

    /// A link between regions, if both are there.
    fn link(&mut self, from: &str, to: &str, role: &str, facts: Option<(String, LinkFacts)>) {
        let first = |id: &str| self.tags.get(id).and_then(|tags| tags.first()).cloned();
        let (Some(start), Some(end)) = (first(from), first(to)) else {
            let note = facts
                .map(|(_, facts)| facts.note)
                .filter(|note| !note.is_empty());
            let note = note
                .map(|note| format!(" with the note “{note}”"))
                .unwrap_or_default();
            let cause = "relations from or to a region that is not there are left out";
            self.skip(cause, format!("`{role}` from `{from}` to `{to}`{note}"));
            return;
        };
        let mut link = LinkRecord {
            from: start,
            to: end,
            to_kind: "annotation".to_owned(),
            role: role.to_owned(),
            ..LinkRecord::default()
        };
        if let Some((mut id, facts)) = facts {
            while self.work.links.contains_key(&id) {
                id.push('+');
            }
            link.id.clone_from(&id);
            self.work.links.insert(id, facts);
        }
        self.work.record.links.push(link);
    }

    fn finish(mut self) -> Work {
        self.work.record.join_split_spans();
        for span in &mut self.work.record.spans {
            if let Some(extra) = self.extras.remove(&span.id) {
                extra.restore(span);
            }
        }
        for (id, extra) in std::mem::take(&mut self.extras) {
            let facts = extra.attributes.iter();
            let mut words: Vec<String> =
                facts.map(|a| format!("{}: “{}”", a.key, a.value)).collect();
            if !extra.note.is_empty() {
                words.push(format!("note: “{}”", extra.note));
            }
            if !words.is_empty() {
                let cause = "a region that continues another one has no attributes of its own";
                self.skip(cause, format!("`{id}` {}", words.join(", ")));
            }
        }
        self.work
    }
}

/// A place without the blanks at its edges that its words do not have.
fn without_edges(found: &str, words: &str, start: u32, end: u32) -> [u32; 2] {
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(0);
    let (mut start, mut end) = (start, end);
    if !words.starts_with(char::is_whitespace) {
        start += count(found) - count(found.trim_start());
    }
    if !words.ends_with(char::is_whitespace) {
        end -= count(found) - count(found.trim_end());
    }
    [start, end]
}

/// Adds an attribute under its name, or where that has another value, under a numbered one.
fn add_attribute(list: &mut Vec<AttributeRecord>, key: &str, value: String) {
    let mut free = key.to_owned();
    let mut n = 1;
    while let Some(known) = list.iter().find(|known| known.key == free) {
        if known.value == value {
            return;
        }
        n += 1;
        free = format!("{key}-{n}");
    }
    list.push(AttributeRecord { key: free, value });
}

fn join_notes(note: &mut String, more: &str) {
    if more.is_empty() || note == more {
        return;
    }
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(more);
}

/// A note, or the lines of one.
fn note(value: &Value) -> String {
    match value {
        Value::Array(lines) => lines.iter().map(as_text).collect::<Vec<_>>().join("\n"),
        other => as_text(other),
    }
}
