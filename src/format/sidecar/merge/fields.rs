//! Three versions of one record, field by field.

use std::collections::BTreeSet;

use super::entry::{Field, Key, Value};
use crate::format::sidecar::record::options;
use crate::format::sidecar::ron_text::push_string;
use crate::format::sidecar::stamp::{WireReply, authorship};
use crate::format::sidecar::write::replies_text;
use crate::model::Reply;

/// The fields of a record that two have changed.
pub(super) struct MergedFields {
    /// With ours where both changed one thing.
    pub(super) ours: Vec<Field>,
    /// With theirs there.
    pub(super) theirs: Vec<Field>,
    /// What both changed.
    pub(super) clashing: Vec<Key>,
}

/// What becomes of one value.
pub(in crate::format) enum Choice<T> {
    /// One side changed it, or both alike.
    Settled(T),
    /// Both changed it, each differently.
    Clash,
}

/// The rule for every value: the side that changed it wins.
pub(in crate::format) fn choose<T: PartialEq + Copy>(base: T, ours: T, theirs: T) -> Choice<T> {
    if ours == theirs || base == theirs {
        Choice::Settled(ours)
    } else if base == ours {
        Choice::Settled(theirs)
    } else {
        Choice::Clash
    }
}

/// Merges fields; `base` is empty where there was no such record.
pub(super) fn merge_fields(base: &[Field], ours: &[Field], theirs: &[Field]) -> MergedFields {
    let mut merged = MergedFields {
        ours: Vec::with_capacity(ours.len()),
        theirs: Vec::with_capacity(theirs.len()),
        clashing: Vec::new(),
    };
    let mut stamps = Vec::new();
    let new = theirs
        .iter()
        .filter(|field| value(ours, &field.key).is_none());
    for Field { key, .. } in ours.iter().chain(new) {
        let (in_base, in_ours, in_theirs) =
            (value(base, key), value(ours, key), value(theirs, key));
        match choose(in_base, in_ours, in_theirs) {
            Choice::Settled(chosen) => {
                merged.put(key, chosen, chosen);
            }
            Choice::Clash => {
                if let Some(stamp) = stamp(key, in_ours, in_theirs) {
                    merged.put(key, Some(stamp), Some(stamp));
                    stamps.push(key);
                } else if let Some(most) = seconds(key, in_ours, in_theirs) {
                    merged.put(key, Some(most), Some(most));
                } else if let Some(all) = members(key, in_base, in_ours, in_theirs) {
                    merged.put(key, Some(&all), Some(&all));
                } else {
                    merged.put(key, in_ours, in_theirs);
                    merged.clashing.push(key.clone());
                }
            }
        }
    }
    if !merged.clashing.is_empty() {
        // Two versions stand side by side: each says who made it.
        for key in stamps {
            merged.set(key, value(ours, key), value(theirs, key));
        }
    }
    merged
}

impl MergedFields {
    fn set(&mut self, key: &Key, ours: Option<&Value>, theirs: Option<&Value>) {
        for fields in [&mut self.ours, &mut self.theirs] {
            fields.retain(|field| field.key != *key);
        }
        self.put(key, ours, theirs);
    }

    fn put(&mut self, key: &Key, ours: Option<&Value>, theirs: Option<&Value>) {
        for (fields, value) in [(&mut self.ours, ours), (&mut self.theirs, theirs)] {
            if let Some(value) = value {
                fields.push(Field {
                    key: key.clone(),
                    value: value.clone(),
                });
            }
        }
    }
}

/// Who did something and when never clashes: who made it first, who changed it or decided last.
fn stamp<'a>(key: &Key, ours: Option<&'a Value>, theirs: Option<&'a Value>) -> Option<&'a Value> {
    let Key::Field(name) = key else { return None };
    let rank = |value: &&Value| (authorship(&value.raw), value.raw.clone());
    let both = ours.into_iter().chain(theirs);
    match name.as_str() {
        "made" => both.min_by_key(rank),
        "changed" | "decided" => both.max_by_key(rank),
        _ => None,
    }
}

fn value<'a>(fields: &'a [Field], key: &Key) -> Option<&'a Value> {
    let found = fields.iter().find(|field| field.key == *key);
    found.map(|field| &field.value)
}

/// Time of one sitting only grows.
fn seconds<'a>(key: &Key, ours: Option<&'a Value>, theirs: Option<&'a Value>) -> Option<&'a Value> {
    if *key != Key::Field("seconds".to_owned()) {
        return None;
    }
    let seconds = |value: &&Value| value.raw.parse::<u32>().ok();
    ours.into_iter().chain(theirs).max_by_key(seconds)
}

/// Other names of a person and replies to a review are sets: what either added is in, what either
/// took away is out.
fn members(
    key: &Key,
    base: Option<&Value>,
    ours: Option<&Value>,
    theirs: Option<&Value>,
) -> Option<Value> {
    match key {
        Key::Field(name) if name == "aliases" => names(base, ours, theirs),
        Key::Field(name) if name == "replies" => replies(base, ours, theirs),
        Key::Field(_) | Key::Attribute(_) => None,
    }
}

fn replies(base: Option<&Value>, ours: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
    let read = |value: Option<&Value>| match value {
        Some(value) => {
            let read = options().from_str::<Vec<WireReply>>(&value.raw).ok()?;
            Some(read.into_iter().map(|wire| wire.0).collect::<Vec<Reply>>())
        }
        None => Some(Vec::new()),
    };
    let mut all = merge_sets(&read(base)?, &read(ours)?, &read(theirs)?);
    // A conversation, oldest first.
    all.sort();
    let raw = replies_text(&all);
    Some(Value { raw, words: None })
}

fn names(base: Option<&Value>, ours: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
    let read = |value: Option<&Value>| match value {
        Some(value) => options().from_str::<Vec<String>>(&value.raw).ok(),
        None => Some(Vec::new()),
    };
    let all = merge_sets(&read(base)?, &read(ours)?, &read(theirs)?);
    let mut raw = String::from("[");
    for (n, name) in all.iter().enumerate() {
        raw.push_str(if n > 0 { ", " } else { "" });
        push_string(&mut raw, name);
    }
    raw.push(']');
    Some(Value { raw, words: None })
}

/// The set both sides made of one, in the order of ours and then of theirs, each member once.
pub(in crate::format) fn merge_sets<T: Ord + Clone>(
    base: &[T],
    ours: &[T],
    theirs: &[T],
) -> Vec<T> {
    if base == ours {
        // Theirs is the order that someone made.
        return distinct(theirs);
    }
    let set = |members: &'_ [T]| members.iter().cloned().collect::<BTreeSet<T>>();
    let (in_base, in_ours, in_theirs) = (set(base), set(ours), set(theirs));
    let stays = |one: &&T| {
        let both = in_ours.contains(*one) && in_theirs.contains(*one);
        both || !in_base.contains(*one)
    };
    distinct(ours.iter().chain(theirs).filter(stays))
}

/// Each member once, where it is first.
pub(super) fn distinct<'a, T: Ord + Clone + 'a>(
    members: impl IntoIterator<Item = &'a T>,
) -> Vec<T> {
    let mut seen = BTreeSet::new();
    let first = |one: &&T| seen.insert((*one).clone());
    members.into_iter().filter(first).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_takes_what_either_did() {
        let merged = merge_sets(&["a", "b", "c"], &["c", "a", "x"], &["b", "c", "y", "x"]);
        assert_eq!(merged, ["c", "x", "y"]);
    }
}
