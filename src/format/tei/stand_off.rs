//! Spans, links and feature structures beside a text.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::LINK;
use super::body::{Body, Place};
use super::link_facts::LINK_TYPE;
use super::names::{name as name_of, unspelled, word};
use super::people::People;
use super::string_range::StringRanges;
use super::unread::start_tag;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::extras::facts;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord, code_point_ranges};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::tally::Content;
use crate::format::xml_tree::{Element, Tree};
use crate::text::CodePointIndex;

pub(super) struct StandOff<'a> {
    body: &'a Body<'a>,
    text: CodePointIndex<'a>,
    people: &'a People,
    /// The ids of tags by those of their elements.
    ids: BTreeMap<SmolStr, SmolStr>,
    /// The ids that tags had in the program that wrote the file, by those they have here.
    own: BTreeMap<SmolStr, SmolStr>,
    taken: BTreeSet<SmolStr>,
    /// The ids that tags have here.
    free: FreeIds,
    ranges: StringRanges<'a>,
    /// The ids of the links so far.
    link_ids: RefCell<BTreeSet<SmolStr>>,
}

/// The features of a structure, the last with their elements; a value that is an address leads to a
/// person.
type Features<'a> = Vec<(&'a str, String, Element<'a>)>;

/// All structures, by their names in XML.
type Structures<'a> = BTreeMap<&'a str, (Element<'a>, Features<'a>)>;

const NOT_GIVEN: &str = "not given";

impl<'a> StandOff<'a> {
    pub(super) fn new(
        tree: &'a Tree,
        body: &'a Body<'a>,
        people: &'a People,
        ids: BTreeMap<SmolStr, SmolStr>,
    ) -> Self {
        Self {
            body,
            text: CodePointIndex::new(&body.text),
            people,
            ids,
            own: BTreeMap::new(),
            taken: BTreeSet::new(),
            free: FreeIds::default(),
            ranges: StringRanges::new(tree, body),
            link_ids: RefCell::default(),
        }
    }

    /// Reads the elements of `standOff`, in the order of the file.
    pub(super) fn read(
        &mut self,
        elements: &[Element<'a>],
        record: &mut DocumentRecord,
        aside: &mut LeftOut,
    ) {
        self.free = record.spans.iter().map(|span| span.id.clone()).collect();
        // Their own ids come before numbers.
        let spans = elements.iter().filter(|e| e.local() == "span");
        let own = spans.map(|e| e.get("xml:id").filter(|id| !id.is_empty()));
        let own: Vec<Option<SmolStr>> = own.map(|id| Some(self.free.take(id?))).collect();
        let mut own = own.into_iter();
        let mut structures = Structures::new();
        for &element in elements.iter().filter(|e| e.local() == "fs") {
            let id = element.get("xml:id").unwrap_or_default();
            structures.insert(id, (element, self.features(element, aside)));
        }
        let mut used: BTreeSet<SmolStr> = BTreeSet::new();
        let mut spans: Vec<&str> = Vec::new();
        let mut nexts: Vec<(usize, SmolStr, &str)> = Vec::new();
        for &element in elements {
            if element.local() != "span" {
                continue;
            }
            aside.read(Content::Tag, 1);
            let own = own.next().flatten();
            let Some(mut span) = self.span(element, aside) else {
                continue;
            };
            span.id = match own {
                Some(id) => id,
                None => self.free.take(&format!("s{}", record.spans.len() + 1)),
            };
            if let Some(xml_id) = element.get("xml:id") {
                let known = self.ids.entry(xml_id.into());
                known.or_insert_with(|| span.id.clone());
            }
            if let Some(next) = element.get("next") {
                nexts.push((element.line(), span.id.clone(), next));
            }
            spans.push(element.get("ana").unwrap_or_default());
            record.spans.push(span);
        }
        for (line, from, next) in nexts {
            self.link(record, line, ("", CONTINUES), from, next, aside);
        }
        let first = record.spans.len().saturating_sub(spans.len());
        let mut unconfirmed: Vec<((SmolStr, SmolStr), Option<&str>)> = Vec::new();
        for (n, ana) in spans.iter().enumerate() {
            let Some(mut span) = record.spans.get_mut(first + n).map(std::mem::take) else {
                continue;
            };
            for address in ana.split_ascii_whitespace() {
                let structure = address.strip_prefix('#').and_then(|id| structures.get(id));
                let Some((structure, features)) = structure else {
                    attribute(&mut span, "ana", address.to_owned());
                    continue;
                };
                used.extend(structure.get("xml:id").map(SmolStr::new));
                let ours = structure.get("type") == Some("tag");
                let mut seen = BTreeSet::new();
                for (name, value, f) in features {
                    if ours && *name == "unconfirmed" {
                        unconfirmed.push(((span.id.clone(), value.into()), f.get("n")));
                        continue;
                    }
                    let ours = ours && (seen.insert(*name) || value == NOT_GIVEN);
                    if let (true, NOT_GIVEN) = (ours, &**value) {
                        let id = f.get("xml:id").and_then(|id| id.strip_prefix(LINK));
                        let mut link = LinkRecord {
                            id: id.unwrap_or_default().into(),
                            from: span.id.clone(),
                            to_kind: "not_given".into(),
                            role: (*name).into(),
                            ..LinkRecord::default()
                        };
                        say(&mut link, *f, &structures, &mut used);
                        aside.tally.read.extend(link.counts());
                        record.links.push(link);
                        continue;
                    }
                    self.feature(&mut span, ours, name, value);
                }
            }
            aside.tally.read.extend(facts(&span.attributes, &span.note));
            if let Some(place) = record.spans.get_mut(first + n) {
                *place = span;
            }
        }
        for &element in elements {
            let links = record.links.len();
            self.other(element, record, aside);
            for link in record.links.iter_mut().skip(links) {
                say(link, element, &structures, &mut used);
                aside.tally.read.extend(facts(&link.attributes, &link.note));
            }
        }
        for (id, (element, features)) in &structures {
            if !used.contains(*id) {
                let words: Vec<String> = features
                    .iter()
                    .map(|(name, value, _)| format!("{name} “{}”", shown(value)))
                    .collect();
                let what = format!("<fs> ({})", words.join(", "));
                aside.skip(
                    element.line(),
                    "features that no span leads to are left out",
                    what,
                );
            }
        }
        let mut open: BTreeMap<(SmolStr, SmolStr), Vec<&mut LinkRecord>> = BTreeMap::new();
        for link in record.links.iter_mut().rev() {
            let key = (link.from.clone(), link.role.clone());
            open.entry(key).or_default().push(link);
        }
        for (key, id) in unconfirmed {
            let Some(links) = open.get_mut(&key) else {
                continue;
            };
            let named = links.iter().position(|link| id == Some(&*link.id));
            if let Some(place) = named.or(links.len().checked_sub(1)) {
                links.remove(place).confirmed = Some(false);
            }
        }
    }

    /// Gives tags the ids they had.
    pub(super) fn rename(&self, record: &mut DocumentRecord) {
        let own = |id: &mut SmolStr| {
            if let Some(own) = self.own.get(id) {
                *id = own.clone();
            }
        };
        record.spans.iter_mut().for_each(|span| own(&mut span.id));
        for link in &mut record.links {
            own(&mut link.from);
            if link.to_kind == "annotation" {
                own(&mut link.to);
            }
        }
    }

    fn features(&self, element: Element<'a>, aside: &mut LeftOut) -> Features<'a> {
        let mut features = Features::new();
        for f in element.within() {
            let Some(name) = f.get("name").filter(|_| f.local() == "f") else {
                let what = format!("<{}> “{}”", f.local(), shown(&f.text()));
                aside.skip(f.line(), "features without a name are left out", what);
                continue;
            };
            let name = unspelled(name, f.get("n"), name_of);
            if let Some(value) = f.get("fVal") {
                features.push((name, value.to_owned(), f));
            }
            for value in f.within() {
                let text = match value.get("value") {
                    Some(value) => value.to_owned(),
                    None => value.text(),
                };
                features.push((name, text, f));
            }
        }
        features
    }

    fn feature(&mut self, span: &mut SpanRecord, ours: bool, name: &str, value: &str) {
        match name {
            "person" => match self.people.find(value) {
                Some(person) => span.person = person.clone().into(),
                None if ours => span.person = value.into(),
                None => attribute(span, name, value.to_owned()),
            },
            "note" if ours || span.note.is_empty() => span.note = value.to_owned().into(),
            "id" if ours && self.taken.insert(value.into()) => {
                self.own.insert(span.id.clone(), value.into());
            }
            "by" if ours && span.by.is_none() => {
                span.by = Some(SmolStr::new(value)).filter(|by| !by.is_empty()).into();
            }
            "verdict" if ours && span.verdict.is_empty() => span.verdict = value.into(),
            "review" if ours && span.review.is_empty() => span.review = value.into(),
            name => attribute(span, name, value.to_owned()),
        }
    }

    fn span(&self, element: Element<'_>, aside: &mut LeftOut) -> Option<SpanRecord> {
        let label = self.kind(element).unwrap_or("span").to_owned();
        let place = |address: Option<&str>| -> Option<Place> {
            let address = address?.strip_prefix('#')?;
            let place = self.body.places.get(address).copied();
            place.or_else(|| self.ranges.find(address))
        };
        let (from, to, target) = (
            element.get("from"),
            element.get("to"),
            element.get("target"),
        );
        let ranges = match (from, to, target) {
            (Some(_), Some(_), _) => place(from)
                .zip(place(to))
                .map(|(from, to)| vec![[from.start, to.end]]),
            (Some(all), None, _) | (None, None, Some(all)) => {
                let addresses = all.split_ascii_whitespace();
                let places = addresses.map(|one| {
                    let place = place(Some(one))?;
                    Some([place.start, place.end])
                });
                // The address of a range within an element may have blanks.
                let one = || place(Some(all)).map(|place| vec![[place.start, place.end]]);
                one().or_else(|| self.joined(places.collect::<Option<_>>()?))
            }
            (None, _, _) => None,
        };
        let name = element.get("xml:id").unwrap_or(&label);
        let Some(ranges) = ranges else {
            let ends: Vec<&str> = [from, to, target].into_iter().flatten().collect();
            let what = format!("“{label}” `{name}` ({})", ends.join(" "));
            let why = "spans whose places are not in the text are left out";
            aside
                .skip_counted(element.line(), why, what)
                .add(Content::Tag, 1);
            return None;
        };
        if ranges.iter().any(|[start, end]| start >= end) {
            let why = "spans that cover no character are left out";
            aside
                .skip_counted(element.line(), why, format!("`{name}`"))
                .add(Content::Tag, 1);
            return None;
        }
        let mut span = SpanRecord {
            label: label.into(),
            fragments: code_point_ranges(ranges),
            note: element.text().trim().to_owned().into(),
            ..SpanRecord::default()
        };
        for (key, value) in element.all_attributes() {
            let known = [
                "xml:id", "from", "to", "target", "ana", "next", "prev", "type",
            ];
            if !known.contains(&key) && !key.starts_with("xmlns") {
                attribute(&mut span, key, value.to_owned());
            }
        }
        Some(span)
    }

    /// Places in their order; those with nothing but blanks between them are one. `None`: there is none.
    fn joined(&self, mut places: Vec<[u32; 2]>) -> Option<Vec<[u32; 2]>> {
        places.sort_unstable();
        let mut joined: Vec<[u32; 2]> = Vec::with_capacity(places.len());
        for [start, end] in places {
            let blank = |from| {
                let between = self.text.slice(from, start);
                start <= from || between.is_some_and(|between| between.trim().is_empty())
            };
            match joined.last_mut().filter(|last| blank(last[1])) {
                Some(last) => last[1] = last[1].max(end),
                None => joined.push([start, end]),
            }
        }
        (!joined.is_empty()).then_some(joined)
    }

    /// Links, relations, and what is none of them.
    fn other(&self, element: Element<'_>, record: &mut DocumentRecord, aside: &mut LeftOut) {
        let line = element.line();
        match element.local() {
            "link" => {
                let kind = self.kind(element);
                let ends: Vec<&str> = element
                    .get("target")
                    .unwrap_or_default()
                    .split_ascii_whitespace()
                    .collect();
                match ends[..] {
                    [from, to] => match self.tag(from) {
                        Some(from) => {
                            let id = match element.get("type") {
                                None => element.get("n").unwrap_or_default(),
                                Some(_) => "",
                            };
                            let role = kind.unwrap_or("link");
                            self.link(record, line, (id, role), from, to, aside);
                        }
                        None => {
                            let role = kind.unwrap_or("link");
                            let what = format!("`{role}` from `{from}` to `{to}`");
                            aside.skip(line, "links that begin at no tag are left out", what);
                        }
                    },
                    _ => {
                        let role = kind.unwrap_or("link");
                        let what = format!("`{role}` (`{}`)", shown(&ends.join(" ")));
                        let why = "links that do not have exactly two ends are left out";
                        aside.skip(line, why, what);
                    }
                }
            }
            "relation" => {
                let name = element.get("name").unwrap_or("relation");
                let name = unspelled(name, element.get("n"), word);
                let (active, passive) = (element.get("active"), element.get("passive"));
                let (active, passive) = (active.unwrap_or_default(), passive.unwrap_or_default());
                // Ours leads from a tag to a person, who acts.
                let (from, to) = match (self.tag(passive), self.tag(active)) {
                    (Some(from), None) => (from, active),
                    (_, Some(from)) => (from, passive),
                    (None, None) => {
                        let what = format!("`{name}` ({active} {passive})");
                        let why = "relations with no tag at an end are left out";
                        aside.skip(line, why, what);
                        return;
                    }
                };
                let id = element.get("key").unwrap_or_default();
                self.link(record, line, (id, name), from, to, aside);
            }
            "standOff" | "listPerson" | "listOrg" | "person" | "personGrp" | "org" | "spanGrp"
            | "linkGrp" | "span" | "fs" | "f" | "listRelation" | "name" | "persName"
            | "orgName" | "occupation" | "roleName" | "idno" | "string" | "symbol" | "numeric"
            | "binary" => {}
            // Their texts are told with the people they are of.
            "birth" | "death" | "sex" | "note" | "forename" | "surname" | "nationality"
            | "residence" | "affiliation" | "education" | "placeName" | "p" | "date" => {}
            other => {
                let words = element.text();
                let tag = start_tag(element);
                if words.trim().is_empty() && !tag.contains(' ') {
                    aside.bookkeeping(line, &format!("<{other}>"));
                } else {
                    let what = format!("{tag} “{}”", shown(&words));
                    aside.skip(
                        line,
                        "elements beside the text that are not spans, links, relations or people are left out",
                        what,
                    );
                }
            }
        }
    }

    /// The type of a span or link, or of the group it is in.
    fn kind<'e>(&'e self, element: Element<'e>) -> Option<&'e str> {
        let group = element.parent();
        let group = group.filter(|group| ["spanGrp", "linkGrp"].contains(&group.local()));
        let typed = std::iter::once(element).chain(group);
        typed
            .filter_map(|element| Some(unspelled(element.get("type")?, element.get("n"), word)))
            .next()
            .filter(|kind| !kind.is_empty())
    }

    fn tag(&self, address: &str) -> Option<SmolStr> {
        self.ids.get(address.strip_prefix('#')?).cloned()
    }

    fn link(
        &self,
        record: &mut DocumentRecord,
        line: usize,
        (id, role): (&str, &str),
        from: SmolStr,
        to: &str,
        aside: &mut LeftOut,
    ) {
        let person = self.people.find(to).cloned();
        let (to, kind) = match (self.tag(to), person) {
            (Some(tag), _) => (tag, "annotation"),
            (None, Some(person)) => (person, "person"),
            (None, None) => {
                let what = format!("`{role}` to `{to}`");
                let why = "links that lead to no person and no tag are left out";
                aside.skip(line, why, what);
                return;
            }
        };
        aside.read(Content::Link, 1);
        let known = !self.link_ids.borrow_mut().insert(id.into());
        record.links.push(LinkRecord {
            id: if known { SmolStr::default() } else { id.into() },
            from,
            to,
            to_kind: kind.into(),
            role: role.into(),
            ..LinkRecord::default()
        });
    }
}

/// Gives a link what its element leads to.
fn say<'a>(
    link: &mut LinkRecord,
    element: Element<'_>,
    structures: &Structures<'a>,
    used: &mut BTreeSet<SmolStr>,
) {
    let addresses = element.get("ana").unwrap_or_default();
    for address in addresses.split_ascii_whitespace() {
        let structure = address.strip_prefix('#').and_then(|id| structures.get(id));
        let structure = structure.filter(|(fs, _)| fs.get("type") == Some(LINK_TYPE));
        let Some((fs, features)) = structure else {
            link.attributes.add_always("ana", address.to_owned());
            continue;
        };
        used.extend(fs.get("xml:id").map(SmolStr::new));
        let mut seen = BTreeSet::new();
        for (name, value, _) in features {
            match (*name, seen.insert(*name)) {
                ("by", true) => {
                    let by = Some(SmolStr::from(value)).filter(|by| !by.is_empty());
                    link.by = by.into();
                }
                ("note", true) => link.note = value.clone().into(),
                (name, _) => link.attributes.add_always(name, value.clone()),
            }
        }
    }
}

fn attribute(span: &mut SpanRecord, name: &str, value: String) {
    span.attributes.add_always(name, value);
}
