//! Three versions of one record, field by field.

use std::collections::BTreeSet;

use super::entry::{Field, Key, Value};
use crate::format::sidecar::record::options;
use crate::format::sidecar::ron_text::push_string;

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
            Choice::Clash => match names(key, in_base, in_ours, in_theirs) {
                Some(all) => merged.put(key, Some(&all), Some(&all)),
                None => {
                    merged.put(key, in_ours, in_theirs);
                    merged.clashing.push(key.clone());
                }
            },
        }
    }
    merged
}

impl MergedFields {
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

fn value<'a>(fields: &'a [Field], key: &Key) -> Option<&'a Value> {
    let found = fields.iter().find(|field| field.key == *key);
    found.map(|field| &field.value)
}

/// Other names of a person are a set: what either added is in, what either took away is out.
fn names(
    key: &Key,
    base: Option<&Value>,
    ours: Option<&Value>,
    theirs: Option<&Value>,
) -> Option<Value> {
    if *key != Key::Field("aliases".to_owned()) {
        return None;
    }
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

fn distinct<'a, T: Ord + Clone + 'a>(members: impl IntoIterator<Item = &'a T>) -> Vec<T> {
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
