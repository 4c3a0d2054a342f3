use serde::{Deserialize, Deserializer, Serialize};

/// A document as it is written. Reading takes rows in which all but the text is missing or null.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Row {
    #[serde(default, deserialize_with = "nullable")]
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) spans: Vec<Span>,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) links: Vec<LinkRow>,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) people: Vec<PersonRow>,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) annotator: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) state: String,
}

/// A tag. Other tools call the label `kind` and give the hull alone, or the fragments alone.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Span {
    #[serde(default, deserialize_with = "nullable")]
    pub(super) id: String,
    #[serde(alias = "kind")]
    pub(super) label: String,
    #[serde(default)]
    pub(super) start: Option<u32>,
    #[serde(default)]
    pub(super) end: Option<u32>,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) fragments: Vec<[u32; 2]>,
    #[serde(default, alias = "attrs", deserialize_with = "attributes")]
    pub(super) attributes: Vec<AttributeRow>,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) person: String,
    #[serde(default)]
    pub(super) by: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) verdict: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) review: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) note: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AttributeRow {
    pub(super) key: String,
    pub(super) value: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LinkRow {
    #[serde(default, deserialize_with = "nullable")]
    pub(super) id: String,
    pub(super) from: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) to: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) to_kind: String,
    pub(super) role: String,
    #[serde(default)]
    pub(super) confirmed: Option<bool>,
    #[serde(default)]
    pub(super) by: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PersonRow {
    #[serde(default, deserialize_with = "nullable")]
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) kind: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) aliases: Vec<String>,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) role: String,
    #[serde(default, deserialize_with = "nullable")]
    pub(super) external_id: String,
}

fn nullable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Our list of keys and values, or the free map other tools write; what is no string in it is kept
/// as its JSON.
fn attributes<'de, D>(deserializer: D) -> Result<Vec<AttributeRow>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "attributes are a list of keys and values, or a map"
    )]
    enum Shape {
        Nothing(()),
        List(Vec<AttributeRow>),
        Map(serde_json::Map<String, serde_json::Value>),
    }
    Ok(match Shape::deserialize(deserializer)? {
        Shape::Nothing(()) => Vec::new(),
        Shape::List(list) => list,
        Shape::Map(map) => map
            .into_iter()
            .map(|(key, value)| AttributeRow {
                key,
                value: match value {
                    serde_json::Value::String(text) => text,
                    other => other.to_string(),
                },
            })
            .collect(),
    })
}
