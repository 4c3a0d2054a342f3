//! One version of a file, parsed into records that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::entry::{Entry, Kind, LISTS};
use super::markers;
use crate::format::draining::Draining;
use crate::format::sidecar::raw::RawRecord;
use crate::format::sidecar::record::options;
use crate::format::sidecar::salvage::{is_cut_short, kind_of};
use crate::format::sidecar::take_apart::take_apart;
use crate::format::sidecar::{SidecarError, VERSION};

/// A file as fields and records.
#[derive(Default)]
pub(super) struct Side {
    pub(super) version: u32,
    /// Fields of the header but for `version`, each once, in the order of the file.
    pub(super) header: Vec<(String, String)>,
    /// By [`Kind::index`](super::entry::Kind::index).
    pub(super) lists: [List; LISTS.len()],
    /// Tags whose words are no longer in the article, as they are there.
    pub(super) lost: Vec<String>,
    /// Lines that are no records.
    pub(super) damaged: Vec<String>,
    /// Whether it is damaged, so that what is missing was not necessarily deleted.
    pub(super) incomplete: bool,
}

/// A list of records.
#[derive(Default)]
pub(super) struct List {
    /// The record of each id that holds: the first that can be read, else the first.
    pub(super) main: BTreeMap<SmolStr, Entry>,
    /// Further records of the same ids, and those without one, in the order of the file.
    pub(super) extra: Vec<Entry>,
}

impl Side {
    /// Parses a file.
    ///
    /// # Errors
    /// [`SidecarError`] if it is not a sidecar.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, SidecarError> {
        let marked = std::str::from_utf8(bytes).ok().and_then(markers::merged);
        if let Some(merged) = marked {
            let mut side = Self::read(merged.text.as_bytes())?;
            side.incomplete = true;
            return Ok(side);
        }
        let raw = take_apart(bytes)?;
        let mut side = Self {
            version: VERSION,
            incomplete: raw.salvaged,
            ..Self::default()
        };
        for field in &raw.fields {
            side.header_field(&field.name, field.raw);
        }
        let annotator = side.annotator();
        let records = [
            raw.sittings,
            raw.people,
            raw.annotations,
            raw.links,
            raw.reviews,
            raw.decisions,
            raw.ignored,
        ];
        let mut misplaced = Vec::new();
        for (n, (list, records)) in side.lists.iter_mut().zip(records).enumerate() {
            list.fill(n, records, &annotator, &mut misplaced);
        }
        side.incomplete |= !misplaced.is_empty();
        for (kind, record) in std::mem::take(&mut misplaced) {
            if let Some(list) = side.lists.get_mut(kind.index()) {
                list.fill(kind.index(), vec![record], &annotator, &mut misplaced);
            }
        }
        let lost = raw.lost.into_iter().map(|record| record.raw.into_owned());
        side.lost.extend(lost);
        let mut damaged: Vec<String> = raw
            .damaged
            .into_iter()
            .map(|line| line.raw.into_owned())
            .collect();
        // Whoever merges is told, and has the base to complete it from.
        if side.incomplete {
            let noted = damaged.iter().rposition(|line| is_cut_short(line));
            noted.map(|at| damaged.remove(at));
        }
        side.damaged.extend(damaged);
        Ok(side)
    }

    fn header_field(&mut self, name: &str, raw: &str) {
        if name == "version" {
            // What is no number is of no version we know.
            self.version = options().from_str(raw).unwrap_or(u32::MAX);
            return;
        }
        match self.field(name) {
            None => self.header.push((name.to_owned(), raw.to_owned())),
            Some(said) if said == raw => {}
            Some(_) => {
                self.damaged.push(format!("{name}: {raw}"));
                self.incomplete = true;
            }
        }
    }

    /// The value of a field of the header.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let found = self.header.iter().find(|(known, _)| known == name);
        found.map(|(_, raw)| raw.as_str())
    }

    /// The annotator of the file; empty if unnamed.
    pub(super) fn annotator(&self) -> SmolStr {
        self.field("annotator")
            .and_then(|raw| options().from_str::<Option<SmolStr>>(raw).ok().flatten())
            .unwrap_or_default()
    }

    /// Takes what is missing here from the version before: a damaged file deletes nothing.
    pub(super) fn complete_from(&mut self, base: &Self) {
        for (name, raw) in &base.header {
            if self.field(name).is_none() {
                self.header.push((name.clone(), raw.clone()));
            }
        }
        for (list, base) in self.lists.iter_mut().zip(&base.lists) {
            for (id, entry) in &base.main {
                list.main.entry(id.clone()).or_insert_with(|| entry.clone());
            }
            let there = list.extra.iter().map(|extra| extra.raw.clone());
            let mut there: BTreeSet<SmolStr> = there.collect();
            let missing = base.extra.iter();
            let missing = missing.filter(|entry| there.insert(entry.raw.clone()));
            list.extra.extend(missing.cloned());
        }
        for (own, base) in [
            (&mut self.lost, &base.lost),
            (&mut self.damaged, &base.damaged),
        ] {
            let mut there: BTreeSet<String> = own.iter().cloned().collect();
            let missing = base.iter().filter(|raw| there.insert((*raw).clone()));
            own.extend(missing.cloned());
        }
    }
}

impl List {
    /// What this version cannot read and what is beside a record of the same id, in the order of
    /// the file: such records come last.
    fn last(&self) -> Vec<&str> {
        let unread = self.main.values().filter(|entry| !entry.known);
        let mut last: Vec<&Entry> = unread.chain(&self.extra).collect();
        last.sort_by_key(|entry| entry.line);
        last.into_iter().map(Entry::key).collect()
    }

    /// In which order two versions write those records: by key, its place.
    pub(super) fn order(base: &Self, ours: &Self, theirs: &Self) -> BTreeMap<String, usize> {
        let [base, ours, theirs] = [base, ours, theirs].map(Self::last);
        let both = if base == ours {
            [theirs, ours]
        } else {
            [ours, theirs]
        };
        let mut order = BTreeMap::new();
        for (n, key) in both.iter().flatten().enumerate() {
            order.entry((*key).to_owned()).or_insert(n);
        }
        order
    }

    /// Adds records; those that can be read only as records of another list are set aside.
    fn fill<'a>(
        &mut self,
        kind: usize,
        records: Vec<RawRecord<'a>>,
        annotator: &str,
        misplaced: &mut Vec<(Kind, RawRecord<'a>)>,
    ) {
        let Some(kind) = LISTS.get(kind) else { return };
        for record in Draining::new(records) {
            let entry = Entry::read(*kind, &record.raw, annotator, record.line);
            if !entry.known
                && let Some(list) = kind_of(&record.raw)
                && let Some(other) = LISTS.iter().find(|kind| kind.name() == list.name())
                && other != kind
                && Entry::read(*other, &record.raw, annotator, record.line).known
            {
                misplaced.push((*other, record));
                continue;
            }
            match self.main.get_mut(&entry.id) {
                _ if entry.id.is_empty() => self.extra.push(entry),
                None => drop(self.main.insert(entry.id.clone(), entry)),
                Some(main) if main.raw == entry.raw => {}
                Some(main) if entry.known && !main.known => {
                    let unreadable = std::mem::replace(main, entry);
                    self.extra.push(unreadable);
                }
                Some(_) => self.extra.push(entry),
            }
        }
        self.extra.sort_by_key(|entry| entry.line);
    }
}
