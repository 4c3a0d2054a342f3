//! The values that a query can name where the schema lists them.

use crate::model::{PersonKind, Schema};

/// The values that tags can have for an attribute; `None`: any, or no schema has the attribute.
pub(super) fn attribute_values<'s>(
    schemas: impl IntoIterator<Item = &'s Schema>,
    name: &str,
) -> Option<Vec<&'s str>> {
    let labels = |schema: &'s Schema| schema.labels().iter().map(move |label| (schema, label));
    let kinds = schemas.into_iter().flat_map(labels);
    let kinds = kinds.flat_map(|(schema, label)| schema.attributes_of(&label.key));
    listed(
        kinds
            .filter(|kind| kind.name == name)
            .map(|kind| &*kind.values),
    )
}

/// What a query can ask about people.
pub(super) fn person_facts<'s>(schemas: impl IntoIterator<Item = &'s Schema>) -> Vec<&'s str> {
    let mut facts = vec!["kind", "role", "organisation"];
    for attribute in schemas
        .into_iter()
        .flat_map(|schema| &schema.person_attributes)
    {
        if !facts.contains(&attribute.name.as_str()) {
            facts.push(&attribute.name);
        }
    }
    facts
}

/// The values that a fact about people can have; `None`: any.
pub(super) fn person_values<'s>(
    schemas: impl IntoIterator<Item = &'s Schema>,
    name: &str,
) -> Option<Vec<&'s str>> {
    if name == "kind" {
        return Some(PersonKind::ALL.map(PersonKind::word).to_vec());
    }
    let attributes = schemas
        .into_iter()
        .flat_map(|schema| &schema.person_attributes);
    listed(
        attributes
            .filter(|one| one.name == name)
            .map(|one| &*one.values),
    )
}

/// All values of lists, each once; `None` where there is no list, or an empty one, which allows any.
fn listed<'s>(lists: impl Iterator<Item = &'s [smol_str::SmolStr]>) -> Option<Vec<&'s str>> {
    let mut all: Option<Vec<&str>> = None;
    for values in lists {
        if values.is_empty() {
            return None;
        }
        let all = all.get_or_insert_default();
        for value in values {
            if !all.contains(&value.as_str()) {
                all.push(value);
            }
        }
    }
    all
}
