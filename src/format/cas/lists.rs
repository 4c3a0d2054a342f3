use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::fields::{kind, line_of, reference};
use crate::format::json::{Map, Value};
use crate::format::left_out::LeftOut;

/// The ends of the names of types whose items are values, not structures.
const OF_VALUES: [&str; 11] = [
    "IntegerList",
    "FloatList",
    "StringList",
    "BooleanArray",
    "ByteArray",
    "ShortArray",
    "IntegerArray",
    "LongArray",
    "FloatArray",
    "DoubleArray",
    "StringArray",
];

/// Gives chained lists their elements, as arrays have them. Values become words, since numbers are those of
/// structures. Each structure is passed once.
pub(super) fn join_lists(all: &mut [Map], left_out: &mut LeftOut) {
    let is_list = |structure: &Map| kind(structure).starts_with("uima.cas.NonEmpty");
    let has_values = |structure: &Map| {
        let name = kind(structure).strip_prefix("uima.cas.");
        name.is_some_and(|name| OF_VALUES.iter().any(|end| name.ends_with(end)))
    };
    let mut chained: BTreeMap<SmolStr, (Option<Value>, SmolStr, usize)> = BTreeMap::new();
    let mut tails = BTreeSet::new();
    for structure in all.iter().filter(|structure| is_list(structure)) {
        let head = structure.get("@head").or_else(|| structure.get("head"));
        let head = match head {
            Some(head) if has_values(structure) => Some(reference(Some(head)).into()),
            head => head.cloned(),
        };
        let tail = reference(structure.get("@tail").or_else(|| structure.get("tail")));
        tails.insert(tail.clone());
        if let Some(id) = structure.get("%ID") {
            chained.insert(reference(Some(id)), (head, tail, line_of(structure)));
        }
    }
    for structure in all.iter_mut() {
        if kind(structure).starts_with("uima.cas.Empty") && kind(structure).ends_with("List") {
            structure.insert("%ELEMENTS".to_owned(), Value::Array(ThinVec::new()));
        }
        if has_values(structure)
            && let Some(Value::Array(items)) = structure.get_mut("%ELEMENTS")
        {
            for item in items {
                *item = reference(Some(item)).into();
            }
        }
        if !is_list(structure) {
            continue;
        }
        let id = structure.get("%ID").map(|id| reference(Some(id)));
        let mut next = id.filter(|id| !tails.contains(id));
        let mut items = ThinVec::new();
        while let Some((head, tail, _)) = next.and_then(|id| chained.remove(&id)) {
            items.extend(head);
            next = Some(tail);
        }
        structure.insert("%ELEMENTS".to_owned(), Value::Array(items));
    }
    for (id, (head, _, line)) in chained {
        let head = reference(head.as_ref());
        let why = "items of lists without a beginning are left out";
        left_out.skip(line, why, format!("{id} ({head})"));
    }
}
