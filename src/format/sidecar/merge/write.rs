//! Writes what came of two versions, as the writer of documents would.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use smol_str::SmolStr;

use super::entry::{Entry, Kind, LISTS, id_for_people};
use super::fields::distinct;
use super::header::Header;
use super::records::{MergedList, Records};
use super::{Clash, Merged};
use crate::format::sidecar::VERSION;
use crate::format::sidecar::read_record::read_sitting;
use crate::format::sidecar::record::options;
use crate::format::sidecar::ron_text::{field_name, push_string};
use crate::model::RecordList;

/// Writes header and records, canonical as far as they can be read without the article.
pub(super) fn write(header: Header, records: Records) -> Merged {
    let mut out = String::from("#![enable(implicit_some)]\nPullquote(\n");
    let _ = writeln!(out, "    version: {VERSION},");
    for (name, value) in [
        ("source", Some(&header.source).filter(|raw| !raw.is_empty())),
        ("annotator", header.annotator.as_ref()),
        ("state", header.state.as_ref()),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "    {name}: {value},");
        }
    }
    let annotator = header.annotator.as_deref();
    let annotator = annotator.and_then(|raw| options().from_str::<SmolStr>(raw).ok());
    let annotator = annotator.unwrap_or_default();
    let mut clashes = header.clashes;
    let mut lines = Lines::default();
    for kind in LISTS {
        let Some(list) = records.lists.get(kind.index()) else {
            continue;
        };
        if list.main.is_empty() && list.extra.is_empty() && !kind.is_always_written() {
            continue;
        }
        let _ = writeln!(out, "    {}: [", kind.name());
        let mut places: BTreeMap<&SmolStr, usize> = BTreeMap::new();
        for entry in ordered(kind, list, &records) {
            places.insert(&entry.id, lines.reached(&out));
            let _ = writeln!(out, "        {},", entry.text(kind, &annotator));
        }
        clashes.extend(list.clashes.iter().map(|(id, what)| Clash {
            list: kind.name(),
            id: id_for_people(id),
            kind: what.clone(),
            line: places.get(id).copied().unwrap_or(1),
        }));
        out.push_str("    ],\n");
    }
    if !records.lost.is_empty() {
        let _ = writeln!(out, "    {}: [", RecordList::Lost.name());
        for record in &records.lost {
            let _ = writeln!(out, "        {record},");
        }
        out.push_str("    ],\n");
    }
    let mut damaged = records.damaged;
    let known: BTreeSet<String> = damaged.iter().cloned().collect();
    let other = distinct(&header.other).into_iter();
    damaged.extend(other.filter(|line| !known.contains(line)));
    if !damaged.is_empty() {
        let _ = writeln!(out, "    {}: [", RecordList::Damaged.name());
        for line in damaged {
            out.push_str("        ");
            push_string(&mut out, &line);
            out.push_str(",\n");
        }
        out.push_str("    ],\n");
    }
    for (name, raw) in header.unknown {
        let _ = writeln!(out, "    {}: {raw},", field_name(&name));
    }
    out.push_str(")\n");
    Merged {
        text: out,
        clashes,
        damaged: Vec::new(),
    }
}

/// Counts lines while they are written.
#[derive(Default)]
struct Lines {
    bytes: usize,
    breaks: usize,
}

impl Lines {
    /// The line, from 1, that is written next.
    fn reached(&mut self, out: &str) -> usize {
        let new = out.get(self.bytes..).unwrap_or_default();
        self.breaks += new.bytes().filter(|&byte| byte == b'\n').count();
        self.bytes = out.len();
        self.breaks + 1
    }
}

/// The current records: people by id, tags by place, links after the tags they start at; then those
/// this version cannot read, and others of the same ids.
fn ordered<'a>(kind: Kind, list: &'a MergedList, all: &'a Records) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = list.main.values().filter(|entry| entry.known).collect();
    match kind {
        Kind::People | Kind::Reviews | Kind::Decisions | Kind::Ignored => {}
        Kind::Sittings => entries.sort_by_cached_key(|entry| {
            let sitting = read_sitting(&entry.raw).ok();
            sitting.map(|sitting| (sitting.start, sitting.by))
        }),
        Kind::Annotations => entries.sort_by_key(|entry| entry.place),
        Kind::Links => {
            let tags = all.lists.get(Kind::Annotations.index());
            // Those that start nowhere come last, all by id.
            entries.sort_by_cached_key(|link| {
                let from = link.needs.first().map(|(_, from)| from.clone());
                let tag = from.as_ref().and_then(|from| tags?.main.get(from));
                match tag.filter(|tag| tag.known) {
                    Some(tag) => (false, tag.place, from),
                    None => (true, (0, 0), None),
                }
            });
        }
    }
    let unread = list.main.values().filter(|entry| !entry.known);
    let mut last: Vec<&Entry> = unread.chain(&list.extra).collect();
    last.sort_by_key(|entry| list.order.get(entry.key()).copied().unwrap_or(usize::MAX));
    entries.extend(last);
    entries
}
