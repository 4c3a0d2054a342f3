use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

use crate::model::ArticleFacts;

/// What most records do not have. It is a word long where it is empty.
#[derive(Debug, Clone)]
pub(in crate::format) struct Rare<T>(Option<Box<T>>);

/// What can be empty.
pub(in crate::format) trait Empty: PartialEq + 'static {
    fn empty() -> &'static Self;
}

impl Empty for String {
    fn empty() -> &'static Self {
        static EMPTY: String = String::new();
        &EMPTY
    }
}

impl Empty for SmolStr {
    fn empty() -> &'static Self {
        static EMPTY: SmolStr = SmolStr::new_static("");
        &EMPTY
    }
}

impl Empty for Option<SmolStr> {
    fn empty() -> &'static Self {
        &None
    }
}

impl Empty for ArticleFacts {
    fn empty() -> &'static Self {
        static EMPTY: LazyLock<ArticleFacts> = LazyLock::new(ArticleFacts::default);
        &EMPTY
    }
}

impl<T: Empty> Rare<T> {
    /// Whether it is empty.
    pub(in crate::format) fn none(&self) -> bool {
        **self == *T::empty()
    }
}

impl<T: Empty + Default> Rare<T> {
    /// What it is, which it is no more.
    pub(in crate::format) fn take(&mut self) -> T {
        self.0.take().map(|value| *value).unwrap_or_default()
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Empty> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::empty())
    }
}

impl<T: Empty + Default> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Empty> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Empty> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::empty()).then(|| Box::new(value)))
    }
}

impl From<&str> for Rare<SmolStr> {
    fn from(value: &str) -> Self {
        SmolStr::new(value).into()
    }
}

impl From<String> for Rare<SmolStr> {
    fn from(value: String) -> Self {
        SmolStr::from(value).into()
    }
}

impl From<&String> for Rare<SmolStr> {
    fn from(value: &String) -> Self {
        SmolStr::new(value).into()
    }
}

impl PartialEq<&str> for Rare<SmolStr> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Rare<SmolStr> {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl<T: Empty + fmt::Display> fmt::Display for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Empty + Serialize> Serialize for Rare<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de, T: Empty + Deserialize<'de>> Deserialize<'de> for Rare<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}
