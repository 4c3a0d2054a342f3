//! What the cells of a row say.

use std::collections::BTreeMap;

use serde_json::Value;
use smol_str::{SmolStr, format_smolstr};

use super::article_facts::{self, OTHER_FACTS};
use super::cells;
use super::link_facts;
use super::locate::Record;
use super::person_facts::{self, PERSON_FACTS};
use super::write::{ATTRIBUTE, ATTRIBUTES};
use crate::format::interchange::extras::said;
use crate::format::interchange::{
    AttributeRecord, FACT_TEXTS, LinkRecord, PersonRecord, SpanRecord, code_point_ranges,
};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::tally::Content;

/// The rows of one document by one annotator.
#[derive(Default)]
pub(super) struct Group {
    pub(super) line: usize,
    pub(super) state: String,
    pub(super) records: Vec<Record>,
    pub(super) people: BTreeMap<String, PersonRecord>,
    /// What its first row says about the article.
    pub(super) facts: Option<Value>,
}

impl Group {
    /// Adds the people of the cell that says all about them.
    fn add_people(&mut self, cell: &str, line: usize, left_out: &mut LeftOut) {
        for person in person_facts::read(cell, line, left_out) {
            left_out.read(Content::Person, 1);
            let id = person.id.clone();
            if let Some(other) = self.people.insert(id.to_string(), person) {
                let why = "people with the id of another one are left out";
                let counts = left_out.skip_counted(line, why, format!("“{}”", shown(&other.name)));
                counts.add(Content::Person, 1);
            }
        }
    }
}

/// Adds a row to the rows of its document.
///
/// # Errors
/// What is wrong with a cell.
pub(super) fn insert_row(
    cells: &BTreeMap<&str, &str>,
    labels: &[&str],
    line: usize,
    group: &mut Group,
    left_out: &mut LeftOut,
) -> Result<(), String> {
    let cell = |name: &str| cells.get(name).copied().unwrap_or_default();
    if cells.keys().all(|name| {
        ["doc", "annotator", "state", PERSON_FACTS, OTHER_FACTS].contains(name)
            || FACT_TEXTS.contains(name)
    }) {
        // An article without tags.
        if group.line == 0 {
            group.line = line;
            cell("state").clone_into(&mut group.state);
            group.facts = article_facts::read(cells, line, left_out);
        } else {
            article_facts::tell_others(group.facts.as_ref(), cells, line, left_out);
        }
        group.add_people(cell(PERSON_FACTS), line, left_out);
        return Ok(());
    }
    let own = |name: &str| cell(name).to_owned();
    let fragments = match cell("fragments") {
        "" => Vec::new(),
        list => cells::parse_fragments(list)
            .ok_or_else(|| format!("`{list}` are not fragments; write them like 0-10;20-30"))?,
    };
    let (mut odd, has_words) = (Vec::new(), !cell("text").is_empty());
    let mut number = |name: &str| match cell(name) {
        "" => Ok(None),
        cell => match (whole_number(cell), has_words) {
            (Some(number), _) => Ok(Some(number)),
            // The words show where the tag is.
            (None, true) => {
                odd.push(format!("`{cell}` in the column `{name}`"));
                Ok(None)
            }
            (None, false) => Err(format!("`{cell}` in the column `{name}` is not an offset")),
        },
    };
    let (start, end, length) = (number("start")?, number("end")?, number("length")?);
    for cell in odd {
        left_out.remark(line, "cells are passed over that are not offsets", cell);
    }
    let links_in = |name: &str| {
        let list = cell(name);
        cells::parse_links(list)
            .ok_or_else(|| format!("`{list}` are not links; write them like role>id;role>id"))
    };
    let mut span = SpanRecord {
        id: own("id").into(),
        label: labels.first().copied().unwrap_or_default().into(),
        start,
        end,
        fragments: code_point_ranges(fragments),
        person: own("person").into(),
        by: cells.get("author").map(|&by| SmolStr::new(by)).into(),
        verdict: own("verdict").into(),
        review: own("review").into(),
        note: own("note").into(),
        attributes: crate::format::interchange::AttributeList::default(),
        confidence: None,
        text: None,
    };
    if let Some(length) = length {
        let sum = span.start.and_then(|start: u32| start.checked_add(length));
        if span.end.is_none() && span.fragments.is_empty() && sum.is_some() {
            span.end = sum;
        } else if sum != span.end || sum.is_none() {
            let why = "lengths are left out that are not those from start to end";
            left_out.skip(line, why, format!("`{}` {length}", span.id));
        }
    }
    // Only our own tables have this column; in them an empty author means unnamed.
    if span.by.is_none() && cells.contains_key("state") {
        span.by = Some(SmolStr::default()).into();
    }
    let named = cells.iter().filter_map(|(header, value)| {
        Some(AttributeRecord {
            key: header.strip_prefix(ATTRIBUTE)?.into(),
            value: (*value).into(),
        })
    });
    span.attributes.extend(named);
    if !cell(ATTRIBUTES).is_empty() {
        let other: BTreeMap<String, String> = serde_json::from_str(cell(ATTRIBUTES))
            .map_err(|error| format!("the column `{ATTRIBUTES}` is not a JSON object ({error})"))?;
        let other = other.into_iter().map(|(key, value)| AttributeRecord {
            key: key.into(),
            value: value.into(),
        });
        span.attributes.extend(other);
    }
    if span.id.is_empty() {
        span.id = format_smolstr!("row-{line}");
    }
    let mut open = links_in("unconfirmed")?;
    let confirmed = open.clone();
    let mut links = Vec::new();
    for (column, kind) in [("links", "annotation"), ("person_links", "person")] {
        for (role, to) in links_in(column)? {
            let link = (role.clone(), to.clone());
            let confirmed = !confirmed.contains(&link);
            open.retain(|open| *open != link);
            links.push(LinkRecord {
                from: span.id.clone(),
                to_kind: if to.is_empty() { "not_given" } else { kind }.into(),
                to: to.into(),
                role: role.into(),
                confirmed: Some(confirmed),
                by: Some(SmolStr::default()).into(),
                ..LinkRecord::default()
            });
        }
    }
    let ids = cells::parse_ids(cell("link_ids"));
    if ids.len() == links.len() {
        for (link, id) in links.iter_mut().zip(ids) {
            link.id = id.into();
        }
    } else if !ids.is_empty() {
        let why = "ids of links are left out that do not fit the links of their row";
        left_out.skip(line, why, format!("`{}`", cell("link_ids")));
    }
    link_facts::restore(cell(link_facts::LINK_FACTS), &mut links, line, left_out)?;
    for (role, to) in open {
        let why = "entries of `unconfirmed` that are in no column of links are left out";
        left_out.skip(line, why, format!("`{role}>{to}`"));
    }
    if group.line == 0 {
        group.line = line;
        group.state = own("state");
        group.facts = article_facts::read(cells, line, left_out);
        left_out.read(Content::Document, 1);
    } else {
        article_facts::tell_others(group.facts.as_ref(), cells, line, left_out);
    }
    if group.line != line && group.state != cell("state") {
        let why = "an article has one state, that of its first row; others are left out";
        left_out.skip(line, why, format!("`{}`", shown(cell("state"))));
    }
    group.add_people(cell(PERSON_FACTS), line, left_out);
    let (person, name) = (cell("person"), cell("person_name"));
    match group.people.get(person) {
        _ if person.is_empty() => {
            if !name.is_empty() {
                let why = "names of people without an id in the column `person` are left out";
                left_out.skip(line, why, format!("“{}”", shown(name)));
            }
        }
        Some(known) if known.name != name => {
            let why = "a person has one name, that of the first row; others are left out";
            left_out.skip(line, why, format!("“{}” of `{person}`", shown(name)));
        }
        Some(_) => {}
        None => {
            left_out.read(Content::Person, 1);
            let named = PersonRecord {
                id: person.into(),
                name: name.to_owned(),
                ..PersonRecord::default()
            };
            group.people.insert(person.to_owned(), named);
        }
    }
    left_out.tally.read.extend(span.counts());
    for link in &links {
        left_out.tally.read.extend(link.counts());
    }
    let words = own("text");
    if labels.is_empty() {
        let place = ["start", "end", "fragments"].map(cell);
        let place = place.iter().map(|part| format!(" {part}"));
        let place: String = place.filter(|part| part != " ").collect();
        let why = "rows without a label are left out; fill the column `kind`";
        let what = format!("`{}`{place} “{}”{}", span.id, shown(&words), span.said());
        left_out.skip_counted(line, why, what).extend(span.counts());
        for link in &links {
            let why = "links of rows that are left out are left out";
            let facts = said(&link.attributes, &link.note);
            let what = format!(
                "`{}` from `{}` to `{}`{facts}",
                link.role, link.from, link.to
            );
            left_out.skip_counted(line, why, what).extend(link.counts());
        }
        return Ok(());
    }
    let mut more = Vec::new();
    for (n, label) in labels.iter().enumerate().skip(1) {
        left_out.tally.made.extend(span.counts());
        more.push(Record {
            line,
            span: SpanRecord {
                id: format_smolstr!("{}-{}", span.id, n + 1),
                label: (*label).into(),
                ..span.clone()
            },
            words: words.clone(),
            links: Vec::new(),
        });
    }
    group.records.push(Record {
        line,
        span,
        words,
        links,
    });
    group.records.append(&mut more);
    Ok(())
}

/// An offset in a cell: spreadsheets make numbers of numbers, and Recogito says what it counts.
fn whole_number(cell: &str) -> Option<u32> {
    let cell = cell.trim();
    let cell = cell.strip_prefix("char-offset:").unwrap_or(cell);
    let whole = cell.trim_end_matches(".0").trim_end_matches(",0");
    whole.parse().ok()
}
