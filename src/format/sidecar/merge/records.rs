//! The records of two versions.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::ClashKind;
use super::entry::{Entry, Kind, LISTS};
use super::fields::{merge_fields, merge_sets};
use super::side::{List, Side};

/// The merged records.
#[derive(Default)]
pub(super) struct Records {
    /// By [`Kind::index`].
    pub(super) lists: [MergedList; LISTS.len()],
    /// Tags whose words are no longer in the article.
    pub(super) lost: Vec<String>,
    /// Lines that are no records.
    pub(super) damaged: Vec<String>,
}

/// A merged list.
#[derive(Default)]
pub(super) struct MergedList {
    /// The records that hold.
    pub(super) main: BTreeMap<SmolStr, Entry>,
    /// Others, in the order they are written.
    pub(super) extra: Vec<Entry>,
    /// In which order those that come last are written, by their key.
    pub(super) order: BTreeMap<String, usize>,
    /// What both changed, by id.
    pub(super) clashes: BTreeMap<SmolStr, ClashKind>,
    /// What one side deleted: whether that was ours, and what was deleted.
    deleted: BTreeMap<SmolStr, (bool, Entry)>,
}

/// Merges all lists.
pub(super) fn merge_records(base: &Side, ours: &Side, theirs: &Side) -> Records {
    let mut records = Records {
        lost: merge_sets(&base.lost, &ours.lost, &theirs.lost),
        damaged: merge_sets(&base.damaged, &ours.damaged, &theirs.damaged),
        ..Records::default()
    };
    for kind in LISTS {
        let [base, ours, theirs] = [base, ours, theirs].map(|side| side.list(kind));
        if let Some(list) = records.lists.get_mut(kind.index()) {
            list.merge(kind, base, ours, theirs);
        }
    }
    records.keep_what_is_needed(ours, theirs);
    for list in &mut records.lists {
        let main = &list.main;
        list.extra
            .retain(|entry| main.get(&entry.id).is_none_or(|main| main.raw != entry.raw));
    }
    records
}

static NO_LIST: List = List {
    main: BTreeMap::new(),
    extra: Vec::new(),
};

impl Side {
    fn list(&self, kind: Kind) -> &List {
        self.lists.get(kind.index()).unwrap_or(&NO_LIST)
    }
}

impl Records {
    /// Brings back what one side deleted and something that stays leads to, unless the side that
    /// deleted it left that leading nowhere.
    fn keep_what_is_needed(&mut self, ours: &Side, theirs: &Side) {
        let mut open: Vec<(Kind, SmolStr)> = Vec::new();
        for (kind, list) in LISTS.into_iter().zip(&self.lists) {
            open.extend(list.main.keys().map(|id| (kind, id.clone())));
        }
        while let Some((kind, id)) = open.pop() {
            let entry = self
                .lists
                .get(kind.index())
                .and_then(|list| list.main.get(&id));
            for (needed_kind, needed) in entry.map(|entry| entry.needs.clone()).unwrap_or_default()
            {
                let Some(list) = self.lists.get_mut(needed_kind.index()) else {
                    continue;
                };
                let Some((by_us, _)) = list.deleted.get(&needed) else {
                    continue;
                };
                let side = if *by_us { ours } else { theirs };
                let same = side.list(kind).main.get(&id);
                let dangles = |same: &Entry| same.needs.contains(&(needed_kind, needed.clone()));
                if same.is_some_and(dangles) {
                    continue;
                }
                if let Some((_, entry)) = list.deleted.remove(&needed) {
                    list.main.insert(needed.clone(), entry);
                    list.clashes.insert(needed.clone(), ClashKind::Needed);
                    open.push((needed_kind, needed));
                }
            }
        }
    }
}

impl MergedList {
    fn merge(&mut self, kind: Kind, base: &List, ours: &List, theirs: &List) {
        let mut others = Vec::new();
        let ids: BTreeSet<&SmolStr> = ours.main.keys().chain(theirs.main.keys()).collect();
        for id in ids {
            let [base, ours, theirs] = [base, ours, theirs].map(|list| list.main.get(id));
            let same = |a: &Entry, b: &Entry| a.raw == b.raw;
            match (base, ours, theirs) {
                (_, Some(ours), Some(theirs)) => {
                    let (holds, clash) = merge_entries(kind, base, ours, theirs);
                    if let Some((other, fields)) = clash {
                        others.push(other);
                        self.clashes.insert(id.clone(), ClashKind::Differs(fields));
                    }
                    self.main.insert(id.clone(), holds);
                }
                (Some(base), Some(one), None) | (Some(base), None, Some(one)) => {
                    let by_us = ours.is_none();
                    if same(base, one) {
                        self.deleted.insert(id.clone(), (by_us, one.clone()));
                        continue;
                    }
                    let clash = if by_us {
                        ClashKind::DeletedByUs
                    } else {
                        ClashKind::DeletedByThem
                    };
                    self.clashes.insert(id.clone(), clash);
                    self.main.insert(id.clone(), one.clone());
                }
                (None, Some(one), None) | (None, None, Some(one)) => {
                    self.main.insert(id.clone(), one.clone());
                }
                (_, None, None) => {}
            }
        }
        self.order = List::order(base, ours, theirs);
        self.extra = merge_extra(&base.extra, &ours.extra, &theirs.extra);
        let mut known: BTreeSet<SmolStr> =
            self.extra.iter().map(|extra| extra.raw.clone()).collect();
        others.retain(|other| known.insert(other.raw.clone()));
        self.extra.append(&mut others);
    }
}

/// The record that holds, and where both changed one field the other one with the fields' names.
fn merge_entries(
    kind: Kind,
    base: Option<&Entry>,
    ours: &Entry,
    theirs: &Entry,
) -> (Entry, Option<(Entry, Vec<String>)>) {
    let is_base = |entry: &Entry| base.is_some_and(|base| base.raw == entry.raw);
    if ours.raw == theirs.raw || is_base(theirs) {
        return (ours.clone(), None);
    }
    if is_base(ours) {
        return (theirs.clone(), None);
    }
    let (of_ours, of_theirs) = (ours.fields(kind), theirs.fields(kind));
    let of_base = base.map(|base| base.fields(kind)).unwrap_or_default();
    let merged = merge_fields(&of_base, &of_ours, &of_theirs);
    // What is there already keeps its spelling.
    let entry = |fields: &[super::entry::Field]| {
        if fields == of_ours {
            ours.clone()
        } else if fields == of_theirs {
            theirs.clone()
        } else {
            Entry::of_fields(kind, fields, ours.line)
        }
    };
    let holds = entry(&merged.ours);
    if merged.clashing.is_empty() {
        return (holds, None);
    }
    let fields = merged.clashing.iter().map(|key| key.words()).collect();
    (holds, Some((entry(&merged.theirs), fields)))
}

fn merge_extra(base: &[Entry], ours: &[Entry], theirs: &[Entry]) -> Vec<Entry> {
    let raw = |list: &[Entry]| {
        list.iter()
            .map(|entry| entry.raw.clone())
            .collect::<Vec<_>>()
    };
    let entries: BTreeMap<&str, &Entry> = ours
        .iter()
        .chain(theirs)
        .map(|entry| (entry.raw.as_str(), entry))
        .collect();
    merge_sets(&raw(base), &raw(ours), &raw(theirs))
        .iter()
        .filter_map(|raw| entries.get(raw.as_str()).map(|entry| (*entry).clone()))
        .collect()
}
