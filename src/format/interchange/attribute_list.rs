use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::ops::{Deref, DerefMut};

use ecow::EcoString;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::{SmolStr, format_smolstr};
use thin_vec::ThinVec;

use crate::format::limits::{MOST_ATTRIBUTES as MOST, within};

/// Shorter lists are searched item by item.
const SHORT: usize = 16;
/// Shorter values, in bytes, are taken apart each time.
const SHORT_VALUE: usize = 256;
/// Between the values of one attribute.
const BETWEEN: &str = "; ";

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::format) struct AttributeRecord {
    pub(in crate::format) key: SmolStr,
    pub(in crate::format) value: EcoString,
}

/// The attributes of a tag or link, in order. Adding one takes the same time however many there are. Most
/// tags have none or one, so that a list takes little.
#[derive(Debug, Clone, Default)]
pub(in crate::format) struct AttributeList {
    list: ThinVec<AttributeRecord>,
    /// What only long lists have.
    aside: Option<Box<Aside>>,
}

#[derive(Debug, Clone, Default)]
struct Aside {
    /// So many over the limit are not in the list: the tag is refused.
    more: usize,
    /// What is known about the list as it is; `None`: not asked for, or the list has changed.
    index: Option<Index>,
}

#[derive(Debug, Clone, Default)]
struct Index {
    /// The place of the first attribute with each key, by a hash of that.
    places: FxHashMap<u64, u32>,
    hasher: BuildHasherDefault<DefaultHasher>,
    /// The values under a key and its numbered keys, and the last number.
    numbered: BTreeMap<SmolStr, (usize, BTreeSet<EcoString>)>,
    /// The values that are joined in one attribute, by its place.
    joined: BTreeMap<usize, BTreeSet<EcoString>>,
}

impl AttributeList {
    /// Whether there are none.
    pub(in crate::format) fn none(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds an attribute at the end.
    pub(in crate::format) fn push(&mut self, attribute: AttributeRecord) {
        if self.list.len() >= MOST {
            self.aside.get_or_insert_default().more += 1;
            return;
        }
        if self.list.is_empty() {
            // Most lists have one.
            self.list.reserve_exact(1);
        }
        let place = self.list.len();
        if let Some(index) = self.known_index() {
            index.add(&attribute.key, place);
        }
        self.list.push(attribute);
    }

    /// # Errors
    /// Why there are too many.
    pub(super) fn within_limit(&self) -> Result<(), String> {
        let more = self.aside.as_ref().map_or(0, |aside| aside.more);
        within(self.len() + more, MOST, "attributes")
    }

    /// The place of the first attribute with this key.
    pub(in crate::format) fn place(&mut self, key: &str) -> Option<usize> {
        if self.len() < SHORT {
            return self.iter().position(|known| known.key == key);
        }
        let (list, index) = self.indexed();
        index.place(list, key)
    }

    /// Adds an attribute under its name, or where that has another value, under a numbered one.
    /// `false` where it is there already.
    pub(in crate::format) fn add(&mut self, key: &str, value: impl Into<EcoString>) -> bool {
        let value = value.into();
        let found = self.free_key(key, Some(&value));
        let Some(key) = found else { return false };
        self.push(AttributeRecord { key, value });
        true
    }

    /// Adds an attribute under its name, or where that is taken, under a numbered one, whatever the
    /// values are.
    pub(in crate::format) fn add_always(&mut self, key: &str, value: impl Into<EcoString>) {
        if let Some(key) = self.free_key(key, None) {
            let value = value.into();
            self.push(AttributeRecord { key, value });
        }
    }

    /// The first key of `key`, `key-2`, … that is free; `None` where one of those before has the
    /// value.
    fn free_key(&mut self, key: &str, value: Option<&str>) -> Option<SmolStr> {
        let Some(first) = self.place(key) else {
            return Some(key.into());
        };
        let of_place = |list: &[AttributeRecord], place: usize| {
            list.get(place).map(|a| a.value.clone()).unwrap_or_default()
        };
        let (list, index) = self.indexed();
        let known = index.numbered.remove(key);
        let (mut last, mut values) =
            known.unwrap_or_else(|| (1, BTreeSet::from([of_place(list, first)])));
        let free = loop {
            if value.is_some_and(|value| values.contains(value)) {
                break None;
            }
            let next = format_smolstr!("{key}-{}", last + 1);
            let Some(place) = index.place(list, &next) else {
                break Some(next);
            };
            last += 1;
            values.insert(of_place(list, place));
        };
        index.numbered.insert(key.into(), (last, values));
        free
    }

    /// Joins a value to those of a key, or adds the attribute.
    pub(in crate::format) fn join(&mut self, key: &str, value: &str) {
        let Some(place) = self.place(key) else {
            return self.push(AttributeRecord {
                key: key.into(),
                value: value.into(),
            });
        };
        if let Some(known) = self.list.get_mut(place) {
            known.value.push_str(BETWEEN);
            known.value.push_str(value);
        }
        if let Some(index) = self.known_index() {
            index.numbered.clear();
            index.joined.remove(&place);
        }
    }

    /// Joins a value to those of a key unless it is among them, or adds the attribute.
    pub(in crate::format) fn join_new(&mut self, key: &str, value: &str) {
        let place = self.place(key);
        let known = place.and_then(|place| self.get(place));
        let Some((place, known)) = place.zip(known) else {
            return self.join(key, value);
        };
        if known.value.len() < SHORT_VALUE {
            if known.value.split(BETWEEN).all(|part| part != value) {
                self.join(key, value);
            }
            return;
        }
        let (list, index) = self.indexed();
        let Some(known) = list.get_mut(place) else {
            return;
        };
        let parts = index.joined.entry(place).or_insert_with(|| {
            let parts = known.value.split(BETWEEN);
            parts.map(EcoString::from).collect()
        });
        if !parts.contains(value) {
            parts.extend(value.split(BETWEEN).map(EcoString::from));
            known.value.push_str(BETWEEN);
            known.value.push_str(value);
            index.numbered.clear();
        }
    }

    fn indexed(&mut self) -> (&mut ThinVec<AttributeRecord>, &mut Index) {
        let Self { list, aside } = self;
        let index = &mut aside.get_or_insert_default().index;
        let index = index.get_or_insert_with(|| {
            let mut index = Index::default();
            for (place, attribute) in list.iter().enumerate() {
                index.add(&attribute.key, place);
            }
            index
        });
        (list, index)
    }

    fn known_index(&mut self) -> Option<&mut Index> {
        self.aside.as_mut()?.index.as_mut()
    }
}

impl Index {
    /// The place of the first attribute with this key.
    fn place(&self, list: &[AttributeRecord], key: &str) -> Option<usize> {
        let place = *self.places.get(&self.hasher.hash_one(key))?;
        let place = usize::try_from(place).ok()?;
        match list.get(place) {
            Some(known) if known.key == key => Some(place),
            // Another key has the same hash.
            _ => list.iter().position(|known| known.key == key),
        }
    }

    /// Takes up an attribute after all others.
    fn add(&mut self, key: &str, place: usize) {
        if let Ok(place) = u32::try_from(place) {
            let hash = self.hasher.hash_one(key);
            self.places.entry(hash).or_insert(place);
        }
    }
}

impl From<Vec<AttributeRecord>> for AttributeList {
    fn from(list: Vec<AttributeRecord>) -> Self {
        list.into_iter().collect()
    }
}

impl FromIterator<AttributeRecord> for AttributeList {
    fn from_iter<I: IntoIterator<Item = AttributeRecord>>(attributes: I) -> Self {
        let mut list = Self::default();
        for attribute in attributes {
            list.push(attribute);
        }
        list.list.shrink_to_fit();
        list
    }
}

impl IntoIterator for AttributeList {
    type Item = AttributeRecord;
    type IntoIter = thin_vec::IntoIter<AttributeRecord>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a AttributeList {
    type Item = &'a AttributeRecord;
    type IntoIter = std::slice::Iter<'a, AttributeRecord>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Deref for AttributeList {
    type Target = ThinVec<AttributeRecord>;

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

/// Any change but those above makes the index out of date.
impl DerefMut for AttributeList {
    fn deref_mut(&mut self) -> &mut Self::Target {
        if let Some(aside) = &mut self.aside {
            aside.index = None;
        }
        &mut self.list
    }
}

impl Serialize for AttributeList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AttributeList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the list is, item by item.
    fn add(list: &mut Vec<AttributeRecord>, key: &str, value: &str) {
        let mut free = key.to_owned();
        let mut n = 1;
        while let Some(known) = list.iter().find(|known| known.key == free) {
            if known.value == value {
                return;
            }
            n += 1;
            free = format!("{key}-{n}");
        }
        list.push(AttributeRecord {
            key: free.into(),
            value: value.into(),
        });
    }

    fn join_new(list: &mut Vec<AttributeRecord>, key: &str, value: &str) {
        match list.iter_mut().find(|known| known.key == key) {
            Some(known) if known.value.split("; ").all(|part| part != value) => {
                known.value.push_str("; ");
                known.value.push_str(value);
            }
            Some(_) => {}
            None => add(list, key, value),
        }
    }

    #[test]
    fn a_list_takes_little() {
        assert_eq!(size_of::<AttributeList>(), 16);
        assert_eq!(size_of::<AttributeRecord>(), 40);
    }

    proptest! {
        #[test]
        fn adding_is_as_if_each_item_were_looked_at(
            steps in prop::collection::vec((0..4, "[ab](-[23])?", "[xyz](; [xy])?|[x-z]{200}"), 0..120)
        ) {
            let (mut list, mut plain) = (AttributeList::default(), Vec::new());
            for (how, key, value) in steps {
                match how {
                    0 => {
                        list.join_new(&key, &value);
                        join_new(&mut plain, &key, &value);
                    }
                    1 => {
                        list.retain(|known| known.key != key);
                        plain.retain(|known: &AttributeRecord| known.key != key);
                    }
                    _ => {
                        list.add(&key, value.clone());
                        add(&mut plain, &key, &value);
                    }
                }
                let shown = |list: &[AttributeRecord]| -> Vec<(String, String)> {
                    list.iter().map(|a| (a.key.to_string(), a.value.to_string())).collect()
                };
                prop_assert_eq!(shown(&list), shown(&plain));
            }
        }
    }
}
