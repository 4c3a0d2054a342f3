use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::ops::{Deref, DerefMut};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::{SmolStr, format_smolstr};

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
    pub(in crate::format) value: String,
}

/// The attributes of a tag or link, in order. Adding one takes the same time however many there are. Most
/// tags have none, so that an empty list is a word long.
#[derive(Debug, Clone, Default)]
pub(in crate::format) struct AttributeList(Option<Box<Indexed>>);

#[derive(Debug, Clone, Default)]
struct Indexed {
    list: Vec<AttributeRecord>,
    /// So many over the limit are not in the list: the tag is refused.
    more: usize,
    /// What is known about the list as it is; `None`: not asked for, or the list has changed.
    index: Option<Box<Index>>,
}

static EMPTY: Vec<AttributeRecord> = Vec::new();

#[derive(Debug, Clone, Default)]
struct Index {
    /// The place of the first attribute with each key, by a hash of that.
    places: FxHashMap<u64, u32>,
    hasher: BuildHasherDefault<DefaultHasher>,
    /// The values under a key and its numbered keys, and the last number.
    numbered: BTreeMap<SmolStr, (usize, BTreeSet<String>)>,
    /// The values that are joined in one attribute, by its place.
    joined: BTreeMap<usize, BTreeSet<String>>,
}

impl AttributeList {
    /// Whether there are none.
    pub(in crate::format) fn none(&self) -> bool {
        self.is_empty()
    }

    fn indexed(&mut self) -> &mut Indexed {
        self.0.get_or_insert_default()
    }

    /// Adds an attribute at the end.
    pub(in crate::format) fn push(&mut self, attribute: AttributeRecord) {
        let Indexed { list, more, index } = self.indexed();
        if list.len() >= MOST {
            *more += 1;
            return;
        }
        if list.is_empty() {
            // Most lists have one.
            list.reserve_exact(1);
        }
        if let Some(index) = index {
            index.add(&attribute.key, list.len());
        }
        list.push(attribute);
    }

    /// # Errors
    /// Why there are too many.
    pub(super) fn within_limit(&self) -> Result<(), String> {
        let more = self.0.as_ref().map_or(0, |indexed| indexed.more);
        within(self.len() + more, MOST, "attributes")
    }

    /// The place of the first attribute with this key.
    pub(in crate::format) fn place(&mut self, key: &str) -> Option<usize> {
        if self.len() < SHORT {
            return self.iter().position(|known| known.key == key);
        }
        let (list, index) = self.indexed().index();
        index.place(list, key)
    }

    /// Adds an attribute under its name, or where that has another value, under a numbered one.
    /// `false` where it is there already.
    pub(in crate::format) fn add(&mut self, key: &str, value: String) -> bool {
        let found = self.free_key(key, Some(&value));
        let Some(key) = found else { return false };
        self.push(AttributeRecord { key, value });
        true
    }

    /// Adds an attribute under its name, or where that is taken, under a numbered one, whatever the
    /// values are.
    pub(in crate::format) fn add_always(&mut self, key: &str, value: String) {
        if let Some(key) = self.free_key(key, None) {
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
        let (list, index) = self.indexed().index();
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
                value: value.to_owned(),
            });
        };
        let Indexed { list, index, .. } = self.indexed();
        if let Some(known) = list.get_mut(place) {
            known.value.push_str(BETWEEN);
            known.value.push_str(value);
        }
        if let Some(index) = index {
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
        let (list, index) = self.indexed().index();
        let Some(known) = list.get_mut(place) else {
            return;
        };
        let parts = index.joined.entry(place).or_insert_with(|| {
            let parts = known.value.split(BETWEEN);
            parts.map(str::to_owned).collect()
        });
        if !parts.contains(value) {
            parts.extend(value.split(BETWEEN).map(str::to_owned));
            known.value.push_str(BETWEEN);
            known.value.push_str(value);
            index.numbered.clear();
        }
    }
}

impl Indexed {
    fn index(&mut self) -> (&mut Vec<AttributeRecord>, &mut Index) {
        let Self { list, index, .. } = self;
        let index = index.get_or_insert_with(|| {
            let mut index = Index::default();
            for (place, attribute) in list.iter().enumerate() {
                index.add(&attribute.key, place);
            }
            Box::new(index)
        });
        (list, index)
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
    fn from(mut list: Vec<AttributeRecord>) -> Self {
        if list.is_empty() {
            return Self::default();
        }
        let more = list.len().saturating_sub(MOST);
        list.truncate(MOST);
        list.shrink_to_fit();
        Self(Some(Box::new(Indexed {
            list,
            more,
            index: None,
        })))
    }
}

impl FromIterator<AttributeRecord> for AttributeList {
    fn from_iter<I: IntoIterator<Item = AttributeRecord>>(attributes: I) -> Self {
        attributes.into_iter().collect::<Vec<_>>().into()
    }
}

impl IntoIterator for AttributeList {
    type Item = AttributeRecord;
    type IntoIter = std::vec::IntoIter<AttributeRecord>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.unwrap_or_default().list.into_iter()
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
    type Target = Vec<AttributeRecord>;

    fn deref(&self) -> &Self::Target {
        self.0.as_ref().map_or(&EMPTY, |indexed| &indexed.list)
    }
}

/// Any change but those above makes the index out of date.
impl DerefMut for AttributeList {
    fn deref_mut(&mut self) -> &mut Self::Target {
        let indexed = self.indexed();
        indexed.index = None;
        &mut indexed.list
    }
}

impl Serialize for AttributeList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
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
        let value = value.to_owned();
        list.push(AttributeRecord {
            key: free.into(),
            value,
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
                    list.iter().map(|a| (a.key.to_string(), a.value.clone())).collect()
                };
                prop_assert_eq!(shown(&list), shown(&plain));
            }
        }
    }
}
