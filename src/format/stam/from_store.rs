use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

use super::data::Data;
use super::load::{Datum, Loaded, list, plain_value, rest, rest_of_value, text};
use super::place::{ON_DATA, Place, Places, Target, Together, unknown_fields};
use super::{BROKEN, DOCUMENT, LINK, PERSON, SET, TAG};
use crate::format::counting::UnitHint;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::extras::by_whom;
use crate::format::interchange::{
    AttributeRecord, DocumentRecord, LinkRecord, PersonRecord, SpanRecord, code_point_ranges,
};
use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, shortened};
use crate::format::link_facts::LinkFacts;
use crate::format::tally::Content;

/// A document, and what is said about its links.
pub(super) type Read = (DocumentRecord, BTreeMap<SmolStr, LinkFacts>);

/// A document for each text of a store.
pub(super) fn documents(loaded: Loaded, unit: UnitHint, left_out: &mut LeftOut) -> Vec<Read> {
    let ours = loaded.sets.contains(SET);
    let mut reader = Reader {
        ours,
        sets: loaded.sets.iter().cloned().collect(),
        left_out,
        order: BTreeMap::new(),
        owner: BTreeMap::new(),
        used: BTreeMap::new(),
        waiting: Vec::new(),
        documents: Vec::with_capacity(loaded.texts.len()),
    };
    let mut lengths = BTreeMap::new();
    for (n, text) in loaded.texts.iter().enumerate() {
        let length = text.text.chars().count();
        lengths.insert(&*text.id, u32::try_from(length).unwrap_or(u32::MAX));
        reader.order.insert(text.id.clone(), n);
        let record = DocumentRecord {
            id: text.id.clone(),
            text: text.text.clone(),
            ..DocumentRecord::default()
        };
        reader.documents.push((record, BTreeMap::new()));
    }
    let (mut selectors, mut nameless) = (BTreeMap::new(), Vec::new());
    for annotation in &loaded.annotations {
        let id = annotation.get("@id").and_then(Value::as_str);
        match (id, annotation.get("target")) {
            (Some(id), Some(target)) => drop(selectors.entry(id).or_insert(target)),
            (None, Some(target)) => nameless.push(target),
            (_, None) => {}
        }
    }
    let mut places = Places {
        lengths,
        counted: BTreeMap::new(),
        selectors,
        nameless,
        steps: Cell::new(0),
    };
    if !ours {
        places.count(&loaded.texts, unit, reader.left_out);
    }
    for (n, annotation) in loaded.annotations.iter().enumerate() {
        reader.annotation(n + 1, annotation.clone(), &places, &loaded.data);
    }
    reader.links();
    for (record, _) in &mut reader.documents {
        record.read_facts(1, reader.left_out);
    }
    reader.documents
}

struct Reader<'a> {
    /// Pullquote wrote the store.
    ours: bool,
    /// The sets of the store.
    sets: BTreeSet<String>,
    left_out: &'a mut LeftOut,
    order: BTreeMap<String, usize>,
    /// By the id of a tag in the file: the document, and its id here.
    owner: BTreeMap<SmolStr, Vec<(usize, SmolStr)>>,
    used: BTreeMap<usize, FreeIds>,
    waiting: Vec<(SmolStr, LinkRecord, LinkFacts)>,
    documents: Vec<Read>,
}

impl Reader<'_> {
    fn annotation(
        &mut self,
        n: usize,
        mut fields: Map,
        places: &Places<'_>,
        shared: &BTreeMap<(String, String), Datum>,
    ) {
        let given = text(&mut fields, "@id");
        let id = given.clone().unwrap_or_else(|| format!("annotation-{n}"));
        let mut data = self.data(&mut fields, &id, shared);
        let target = fields.remove("target").unwrap_or_default();
        rest(fields, "", &format!("annotation `{id}`"), self.left_out);
        unknown_fields(&target, "target", &mut |path, value| {
            let fields = Map::from_iter([(path, value.clone())]);
            rest(fields, "", &format!("annotation `{id}`"), self.left_out);
        });
        match places.target(&target) {
            Target::Resource(resource) if self.ours && id == DOCUMENT => {
                let state = data.own("state").unwrap_or_default();
                let annotator = data.own("annotator").unwrap_or_default();
                let facts = data.article_facts(self.left_out);
                match self.document(&resource) {
                    Some(document) => {
                        document.state = state;
                        document.annotator = annotator;
                        document.facts = facts;
                        self.unknown(data, &id);
                    }
                    None => self.skip(NO_DOCUMENT, &id, &data),
                }
            }
            Target::Resource(resource) if self.ours && id.starts_with(PERSON) => {
                self.person(&resource, &id, data);
            }
            Target::Resource(resource) if self.ours && id.starts_with(LINK) => {
                let from = data.own(BROKEN).unwrap_or_default();
                let (link, facts) = self.own_link(&id, from, None, data);
                self.push_link(&resource, link, facts);
            }
            Target::Resource(_) => {
                self.skip("annotations of a whole text are left out", &id, &data);
            }
            Target::Annotations { ids, .. }
                if self.ours && id.starts_with(LINK) && ids.len() == 1 =>
            {
                let from = ids.into_iter().next().unwrap_or_default();
                let (link, facts) = self.own_link(&id, unprefixed(&from, TAG), None, data);
                self.waiting.push((from.into(), link, facts));
            }
            Target::Annotations {
                ids,
                directed: true,
            } => {
                let [from, to] = &ids[..] else {
                    let missing = ids.iter().any(|id| !places.selectors.contains_key(&**id));
                    let cause = match ids.len() {
                        1 if missing => {
                            "annotations of an annotation that is not in the store are left out"
                        }
                        1 => "annotations of an annotation are left out",
                        _ => "links of more than two annotations are left out",
                    };
                    return self.skip_link(cause, &id, &ids, &data);
                };
                let (mut link, facts) = self.own_link(&id, from.clone(), Some(to.clone()), data);
                if given.is_none() {
                    link.id = SmolStr::default();
                }
                self.waiting.push((from.clone().into(), link, facts));
            }
            Target::Annotations { ids, .. } => {
                let cause =
                    "annotations of several annotations that are not a directed link are left out";
                self.skip_link(cause, &id, &ids, &data);
            }
            Target::Text(found, together) => {
                let label = data.label();
                let mut span = SpanRecord {
                    label: label.unwrap_or_else(|| "annotation".to_owned()).into(),
                    ..SpanRecord::default()
                };
                if self.ours {
                    span.person = data.own("person").unwrap_or_default().into();
                    span.verdict = data.own("verdict").unwrap_or_default().into();
                    span.review = data.own("review").unwrap_or_default().into();
                    span.by = data.own("by").map(SmolStr::from).into();
                }
                let note = data.any("note").or_else(|| data.any("comment"));
                span.note = note.unwrap_or_default().into();
                span.attributes = data.attributes(self.ours);
                self.several(&found, together, &id);
                let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
                for place in found {
                    self.left_out.tally.read.extend(span.counts());
                    let number = numbers.entry(place.resource.clone()).or_default();
                    *number += 1;
                    let span = SpanRecord {
                        fragments: code_point_ranges(place.fragments),
                        ..span.clone()
                    };
                    self.span(&place.resource, (&id, *number), span);
                }
            }
            Target::Other(ON_DATA) if data.0.is_empty() => {
                self.left_out
                    .bookkeeping(1, "annotations on sets, keys or data that say nothing");
            }
            Target::Other(cause) => self.skip(cause, &id, &data),
        }
    }

    /// Says what becomes of several places.
    fn several(&mut self, found: &[Place], together: Together, id: &str) {
        let example = format!("`{id}`");
        let one_text = found
            .windows(2)
            .all(|two| matches!(two, [one, other] if one.resource == other.resource));
        let why = match together {
            Together::Each if found.len() > 1 && one_text => {
                "annotations on several places, each for itself, are a tag at each"
            }
            Together::Ordered => {
                let why = "directed annotations on places of a text are one tag; their direction is \
                           left out";
                return self.left_out.skip(1, why, example);
            }
            Together::Each | Together::One if found.len() > 1 => {
                "annotations on several texts are a tag in each of them"
            }
            Together::Each | Together::One => return,
        };
        self.left_out.remark(1, why, example);
    }

    fn data(
        &mut self,
        fields: &mut Map,
        id: &str,
        shared: &BTreeMap<(String, String), Datum>,
    ) -> Data {
        let mut data = Vec::new();
        for value in list(fields.remove("data")) {
            let Value::Object(mut fields) = value else {
                let fields = Map::from_iter([("data".to_owned(), value)]);
                rest(fields, "", &format!("annotation `{id}`"), self.left_out);
                continue;
            };
            let set = text(&mut fields, "set").unwrap_or_default();
            let name = text(&mut fields, "@id");
            let key = text(&mut fields, "key");
            if !set.is_empty() && !self.sets.contains(&set) {
                let message = format!("the set `{set}` is not in the store; its data are read");
                self.left_out.hint(1, message);
            }
            let value = fields.remove("value").unwrap_or_default();
            rest_of_value(&value, &format!("annotation `{id}`"), self.left_out);
            let value = plain_value(value);
            match (key, name) {
                (None, Some(name)) => match shared.get(&(set.clone(), name.clone())) {
                    Some(datum) => data.push(datum.clone()),
                    None => self.left_out.skip(
                        1,
                        "data that are not in their set are left out",
                        format!("`{name}` of `{set}` (annotation `{id}`)"),
                    ),
                },
                (key, _) => data.push(Datum {
                    set,
                    key: key.unwrap_or_else(|| "data".to_owned()),
                    value,
                }),
            }
            rest(fields, "data", &format!("annotation `{id}`"), self.left_out);
        }
        Data(data)
    }

    fn document(&mut self, resource: &str) -> Option<&mut DocumentRecord> {
        let at = *self.order.get(resource)?;
        self.documents.get_mut(at).map(|(record, _)| record)
    }

    /// Adds a tag: the first, second, … of an annotation in a text.
    fn span(&mut self, resource: &str, (id, number): (&str, usize), mut span: SpanRecord) {
        let Some(&at) = self.order.get(resource) else {
            let shown = format!("“{}” (annotation `{id}`){}", span.label, span.said());
            self.left_out
                .skip_counted(1, NO_DOCUMENT, shown)
                .extend(span.counts());
            return;
        };
        span.id = self.unprefixed(id, TAG).into();
        if number > 1 {
            span.id = format_smolstr!("{}-{number}", span.id);
        }
        let given = span.id.clone();
        span.id = self.used.entry(at).or_default().take(&given);
        if given != span.id {
            let message = format!("the id `{given}` is there twice; one is `{}` here", span.id);
            self.left_out.hint(1, message);
        }
        let owners = self.owner.entry(id.into()).or_default();
        owners.push((at, span.id.clone()));
        if let Some((record, _)) = self.documents.get_mut(at) {
            record.spans.push(span);
        }
    }

    fn person(&mut self, resource: &str, id: &str, mut data: Data) {
        if !self.order.contains_key(resource) {
            return self.skip(NO_DOCUMENT, id, &data);
        }
        let mut own = |key: &str| data.own(key).unwrap_or_default();
        let aliases = own("aliases");
        let person = PersonRecord {
            id: unprefixed(id, PERSON).into(),
            name: own("name"),
            kind: own("person_kind").into(),
            aliases: serde_json::from_str(&aliases).unwrap_or_default(),
            role: own("person_role"),
            external_id: own("external_id"),
        };
        if person.aliases.is_empty() && !matches!(&*aliases, "" | "[]") {
            let cause = "other names of a person that cannot be read are left out";
            self.left_out.skip(
                1,
                cause,
                format!("{} ({})", shortened(&aliases), person.name),
            );
        }
        self.left_out.read(Content::Person, 1);
        if let Some(document) = self.document(resource) {
            document.people.push(person);
        }
        self.unknown(data, id);
    }

    /// A link, with everything that is said about it.
    fn own_link(
        &mut self,
        id: &str,
        from: String,
        to: Option<String>,
        mut data: Data,
    ) -> (LinkRecord, LinkFacts) {
        let role = if self.ours { data.own("role") } else { None };
        let role = role.or_else(|| data.any("role")).or_else(|| data.label());
        let mut link = LinkRecord {
            id: self.unprefixed(id, LINK).into(),
            from: from.into(),
            to_kind: "annotation".into(),
            role: role.unwrap_or_else(|| "link".to_owned()).into(),
            confirmed: Some(true),
            ..LinkRecord::default()
        };
        if self.ours {
            link.by = data.own("by").map(SmolStr::from).into();
            let confirmed = data.own("confirmed");
            link.confirmed = Some(confirmed.as_deref().is_none_or(|word| word == "true"));
            if let Some(word) = confirmed.filter(|word| !matches!(&**word, "true" | "false")) {
                let cause = "whether a link is confirmed is neither true nor false";
                self.left_out
                    .skip(1, cause, format!("{word} (annotation `{id}`)"));
            }
        }
        match to {
            Some(to) => link.to = to.into(),
            None => {
                link.to = data.own("to").unwrap_or_default().into();
                link.to_kind = data.own("to_kind").unwrap_or_default().into();
            }
        }
        let mut facts = LinkFacts::default();
        if self.ours {
            facts.note = data.own("note").unwrap_or_default();
            facts.attributes = data.attributes(true);
        } else {
            for AttributeRecord { key, value } in data.attributes(false) {
                facts.add(&key, &value);
            }
        }
        let mut counts = facts.counts();
        counts.add(Content::Link, 1);
        self.left_out.tally.read.extend(counts);
        (link, facts)
    }

    fn push_link(&mut self, resource: &str, link: LinkRecord, facts: LinkFacts) {
        let Some(at) = self.order.get(resource) else {
            let said = facts.shown();
            let by = by_whom(link.by.as_deref());
            let shown = format!("“{}” (annotation `{}`){said}{by}", link.role, link.id);
            let counts = self.left_out.skip_counted(1, NO_DOCUMENT, shown);
            counts.extend(facts.counts()).add(Content::Link, 1);
            return;
        };
        if let Some((record, all)) = self.documents.get_mut(*at) {
            if !facts.is_empty() && !link.id.is_empty() {
                all.insert(link.id.clone(), facts);
            }
            record.links.push(link);
        }
    }

    /// Gives links to the documents of their ends.
    fn links(&mut self) {
        let mut used: BTreeMap<usize, FreeIds> = BTreeMap::new();
        let mut count = 0;
        for (from, mut link, facts) in std::mem::take(&mut self.waiting) {
            let to_tag = link.to_kind == "annotation" && !link.to.is_empty();
            let (starts, ends) = (self.owner.get(&from), self.owner.get(&*link.to));
            let both = match (starts, ends, to_tag) {
                (Some(starts), Some(ends), true) => starts.iter().find_map(|start| {
                    let end = ends.iter().find(|end| end.0 == start.0)?;
                    Some((start.0, start.1.clone(), end.1.clone()))
                }),
                (Some(starts), _, false) => {
                    let start = starts.first();
                    start.map(|start| (start.0, start.1.clone(), link.to.clone()))
                }
                _ => None,
            };
            let Some((at, from, to)) = both else {
                let cause = match (starts, ends) {
                    (Some(_), Some(_)) => "links between annotations on two texts are left out",
                    _ => "links from or to an annotation that is missing or left out are left out",
                };
                let shown = format!(
                    "“{}” from `{from}` to `{}`{}{}",
                    shortened(&link.role),
                    link.to,
                    shortened(&facts.shown()),
                    by_whom(link.by.as_deref()),
                );
                let counts = self.left_out.skip_counted(1, cause, shown);
                counts.extend(facts.counts()).add(Content::Link, 1);
                continue;
            };
            link.from = from;
            link.to = to;
            let used = used.entry(at).or_default();
            if link.id.is_empty() && !facts.is_empty() {
                link.id = format_smolstr!("link-{}", count + 1);
            }
            if !link.id.is_empty() {
                link.id = used.take(&link.id);
                count += 1;
            }
            if let Some((record, all)) = self.documents.get_mut(at) {
                if !facts.is_empty() {
                    all.insert(link.id.clone(), facts);
                }
                record.links.push(link);
            }
        }
    }

    fn unprefixed(&self, id: &str, prefix: &str) -> String {
        if self.ours {
            unprefixed(id, prefix)
        } else {
            id.to_owned()
        }
    }

    /// Tells what is left of the data of a record of ours.
    fn unknown(&mut self, data: Data, id: &str) {
        if !data.0.is_empty() {
            let cause = "data that nothing here corresponds to are left out";
            self.skip(cause, id, &data);
        }
    }

    fn skip_link(&mut self, cause: &str, id: &str, ends: &[String], data: &Data) {
        let ends = shortened(&ends.join("`, `"));
        self.skip(cause, &format!("{id}` of `{ends}"), data);
    }

    fn skip(&mut self, cause: &str, id: &str, data: &Data) {
        let data = data.shown();
        let what = match &*data {
            "" => format!("`{id}`"),
            _ => format!("`{id}` ({data})"),
        };
        self.left_out.skip(1, cause, what);
    }
}

const NO_DOCUMENT: &str = "annotations on a text that is not in the store are left out";

fn unprefixed(id: &str, prefix: &str) -> String {
    id.strip_prefix(prefix).unwrap_or(id).to_owned()
}
