use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};
use std::{fmt, vec};

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::format::limits::{MOST_RECORDS as MOST, within};

/// The tags, links or people of an article, in order. Those over the limit are counted and not kept: the document
/// is refused when it is built.
#[derive(Debug, Clone)]
pub(in crate::format) struct BoundedList<T> {
    kept: Vec<T>,
    more: usize,
}

impl<T> BoundedList<T> {
    /// Whether there are none.
    pub(super) fn is_none(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether further records are counted only.
    pub(in crate::format) fn is_full(&self) -> bool {
        self.kept.len() >= MOST
    }

    /// Adds a record at the end.
    pub(in crate::format) fn push(&mut self, record: T) {
        if !self.is_full() {
            if self.kept.is_empty() {
                // Files of very many documents have few in each.
                self.kept.reserve_exact(1);
            }
            self.kept.push(record);
        } else {
            self.more += 1;
        }
    }

    /// Adds all of another list, which is empty then.
    pub(in crate::format) fn append(&mut self, others: &mut Self) {
        self.more += std::mem::take(&mut others.more);
        self.extend(others.kept.drain(..));
    }

    pub(in crate::format) fn retain(&mut self, wanted: impl FnMut(&T) -> bool) {
        self.kept.retain(wanted);
    }

    pub(in crate::format) fn retain_mut(&mut self, wanted: impl FnMut(&mut T) -> bool) {
        self.kept.retain_mut(wanted);
    }

    /// Without the records at these places.
    pub(super) fn remove_all(&mut self, places: &BTreeSet<usize>) {
        let mut place = 0_usize;
        self.kept.retain(|_| {
            place += 1;
            !places.contains(&(place - 1))
        });
    }

    pub(in crate::format) fn shrink_to_fit(&mut self) {
        self.kept.shrink_to_fit();
    }

    /// How many are not kept.
    pub(in crate::format) fn over_limit(&self) -> usize {
        self.more
    }

    /// Counts records that another list did not keep.
    pub(in crate::format) fn count_over_limit(&mut self, number: usize) {
        self.more += number;
    }

    /// The records, or why there are too many. `what` are such records: "tags".
    pub(in crate::format) fn within_limit(self, what: &str) -> Result<Vec<T>, String> {
        within(self.kept.len() + self.more, MOST, what)?;
        Ok(self.kept)
    }
}

impl<T> Default for BoundedList<T> {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            more: 0,
        }
    }
}

impl<T> Extend<T> for BoundedList<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, records: I) {
        records.into_iter().for_each(|record| self.push(record));
    }
}

impl<T> FromIterator<T> for BoundedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        let mut list = Self::default();
        list.extend(records);
        list
    }
}

impl<T> From<Vec<T>> for BoundedList<T> {
    fn from(mut kept: Vec<T>) -> Self {
        let more = kept.len().saturating_sub(MOST);
        kept.truncate(MOST);
        Self { kept, more }
    }
}

impl<T> From<BoundedList<T>> for Vec<T> {
    fn from(list: BoundedList<T>) -> Self {
        list.kept
    }
}

impl<T> Deref for BoundedList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.kept
    }
}

impl<T> DerefMut for BoundedList<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.kept
    }
}

impl<T> IntoIterator for BoundedList<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a BoundedList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut BoundedList<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: Serialize> Serialize for BoundedList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kept.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for BoundedList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Records<T>(BoundedList<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Records<T> {
            type Value = BoundedList<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let Self(mut list) = self;
                while list.kept.len() < MOST {
                    match items.next_element()? {
                        Some(record) => list.kept.push(record),
                        None => return Ok(list),
                    }
                }
                while items.next_element::<IgnoredAny>()?.is_some() {
                    list.more += 1;
                }
                Ok(list)
            }
        }

        deserializer.deserialize_seq(Records(Self::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_over_the_limit_are_counted_and_refused() {
        let all: BoundedList<u32> = (0..300_002).collect();
        assert_eq!(all.len(), 300_000);
        let why = all.within_limit("tags").expect_err("too many");
        assert_eq!(
            why,
            "there are 300,002 tags, and at most 300,000 are read; split the file into several articles"
        );
        let json = format!("[{}0]", "0,".repeat(300_000));
        let read: BoundedList<u8> = serde_json::from_str(&json).expect("a list");
        assert!(read.within_limit("links").is_err());
        let fits: BoundedList<u32> = vec![1, 2].into();
        assert_eq!(fits.within_limit("tags"), Ok(vec![1, 2]));
    }
}
