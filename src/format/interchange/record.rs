use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use smallvec::SmallVec;
use smol_str::{SmolStr, format_smolstr};

use super::attribute_list::{AttributeList, AttributeRecord};
use super::bounded_list::BoundedList;
use super::rare::Rare;
use crate::model::{ArticleFacts, Confidence, Sittings};

/// Starts and ends in code points, end-exclusive. Nearly every tag has one, which is kept in place.
pub(in crate::format) type CodePointRanges = SmallVec<[[u32; 2]; 2]>;

/// The same ranges, one or two of them without memory of their own.
pub(in crate::format) fn code_point_ranges(list: Vec<[u32; 2]>) -> CodePointRanges {
    let mut ranges = CodePointRanges::from_vec(list);
    ranges.shrink_to_fit();
    ranges
}

/// A document as it is written. Reading takes records in which all but the text is missing or null.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::format) struct DocumentRecord {
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) id: String,
    pub(in crate::format) text: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) spans: BoundedList<SpanRecord>,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) links: BoundedList<LinkRecord>,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) people: BoundedList<PersonRecord>,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) annotator: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) state: String,
    /// What is known about the article, where the format carries it; absent where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::format) facts: Option<Value>,
    /// The same, as read.
    #[serde(skip)]
    pub(in crate::format) article: Rare<ArticleFacts>,
    /// Who worked on the document when, where that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::format) sittings: Option<Value>,
    /// The same, as read.
    #[serde(skip)]
    pub(in crate::format) worked: Sittings,
    /// Who made the tags and links that name no author, as the file calls them; empty where that is
    /// `annotator`.
    #[serde(skip)]
    pub(in crate::format) made_by: String,
}

/// A tag. Other tools call the label `kind` and give the hull alone, or the fragments alone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::format) struct SpanRecord {
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) id: SmolStr,
    #[serde(alias = "kind")]
    pub(in crate::format) label: SmolStr,
    #[serde(default)]
    pub(in crate::format) start: Option<u32>,
    #[serde(default)]
    pub(in crate::format) end: Option<u32>,
    #[serde(default, serialize_with = "write_ranges", deserialize_with = "ranges")]
    pub(in crate::format) fragments: CodePointRanges,
    #[serde(default, alias = "attrs", deserialize_with = "attributes")]
    pub(in crate::format) attributes: AttributeList,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) person: Rare<SmolStr>,
    #[serde(default)]
    pub(in crate::format) by: Rare<Option<SmolStr>>,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) verdict: Rare<SmolStr>,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) review: Rare<SmolStr>,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) note: Rare<String>,
    /// A number, where a program says how sure it is. Other tools write all kinds of things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::format) confidence: Option<Box<Value>>,
    /// The words another tool says are there. We write none.
    #[serde(default, skip_serializing)]
    pub(in crate::format) text: Option<Box<str>>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::format) struct LinkRecord {
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) id: SmolStr,
    pub(in crate::format) from: SmolStr,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) to: SmolStr,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) to_kind: SmolStr,
    pub(in crate::format) role: SmolStr,
    #[serde(default)]
    pub(in crate::format) confirmed: Option<bool>,
    #[serde(default)]
    pub(in crate::format) by: Rare<Option<SmolStr>>,
    #[serde(default, deserialize_with = "attributes")]
    pub(in crate::format) attributes: AttributeList,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) note: Rare<String>,
    /// As that of a tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::format) confidence: Option<Box<Value>>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::format) struct PersonRecord {
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) id: SmolStr,
    pub(in crate::format) name: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) kind: SmolStr,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) aliases: Vec<String>,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) role: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(in crate::format) external_id: String,
}

impl DocumentRecord {
    /// Gives back the room that its lists do not need, where it waits with many others.
    pub(in crate::format) fn shrink_to_fit(&mut self) {
        self.spans.shrink_to_fit();
        self.links.shrink_to_fit();
        self.people.shrink_to_fit();
    }
}

fn nullable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn ranges<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CodePointRanges, D::Error> {
    nullable(deserializer).map(code_point_ranges)
}

fn write_ranges<S: Serializer>(ranges: &CodePointRanges, to: S) -> Result<S::Ok, S::Error> {
    ranges.as_slice().serialize(to)
}

/// Our list of keys and values, or the free map other tools write; what is no string in it is kept
/// as its JSON. Taken item by item: there may be very many.
fn attributes<'de, D>(deserializer: D) -> Result<AttributeList, D::Error>
where
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(Attributes)
}

/// The confidence that is written as a number; `None` for anything else.
pub(in crate::format) fn confidence(value: Option<&Value>) -> Option<Confidence> {
    Confidence::new(value?.as_f64()?)
}

struct Attributes;

impl<'de> Visitor<'de> for Attributes {
    type Value = AttributeList;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attributes as a list of keys and values, or as a map")
    }

    fn visit_unit<E>(self) -> Result<AttributeList, E> {
        Ok(AttributeList::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<AttributeList, A::Error> {
        #[derive(Deserialize)]
        struct Listed {
            key: SmolStr,
            value: serde_json::Value,
            #[serde(flatten)]
            more: serde_json::Map<String, serde_json::Value>,
        }
        let mut list = AttributeList::default();
        while let Some(Listed { key, value, more }) = items.next_element()? {
            let more = more
                .into_iter()
                .map(|(name, value)| attribute(format_smolstr!("{key}.{name}"), value));
            let more: Vec<_> = more.collect();
            list.push(attribute(key, value));
            more.into_iter().for_each(|attribute| list.push(attribute));
        }
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AttributeList, A::Error> {
        let mut list = AttributeList::default();
        while let Some((key, value)) = map.next_entry()? {
            list.push(attribute(key, value));
        }
        Ok(list)
    }
}

fn attribute(key: SmolStr, value: serde_json::Value) -> AttributeRecord {
    let value = match value {
        serde_json::Value::String(text) => text.into(),
        other => other.to_string().into(),
    };
    AttributeRecord { key, value }
}
