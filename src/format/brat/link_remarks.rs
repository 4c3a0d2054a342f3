//! Notes and attributes of links, which the interchange records do not have.

use std::collections::BTreeMap;

use super::notes::LinkRemarks;
use crate::format::interchange::AttributeRecord;
use crate::model::{Attribute, Document, LinkId};

/// Takes them out of a document, by the ids of the links.
pub(super) fn take(document: Document) -> (BTreeMap<String, LinkRemarks>, Document) {
    let said = |link: &&crate::model::Link| !link.note.is_empty() || !link.attributes.is_empty();
    let links: Vec<_> = document.set().links().filter(said).cloned().collect();
    let mut remarks = BTreeMap::new();
    if links.is_empty() {
        return (remarks, document);
    }
    let mut parts = document.into_parts();
    for mut link in links {
        let attributes = std::mem::take(&mut link.attributes).into_iter();
        let attributes = attributes.map(|attribute| AttributeRecord {
            key: attribute.name.clone(),
            value: attribute.value.as_str().into(),
        });
        let said = LinkRemarks {
            attributes: attributes.collect(),
            note: std::mem::take(&mut link.note).into(),
        };
        remarks.insert(link.id.to_string(), said);
        parts.set.insert_link(link);
    }
    (remarks, parts.into())
}

/// Puts them back.
pub(super) fn put(document: Document, remarks: BTreeMap<String, LinkRemarks>) -> Document {
    if remarks.is_empty() {
        return document;
    }
    let mut parts = document.into_parts();
    for (id, said) in remarks {
        let Some(mut link) = parts.set.link(&LinkId::new(id)).cloned() else {
            continue;
        };
        let attributes = said.attributes.into_iter();
        let attributes = attributes.map(|attribute| Attribute {
            name: attribute.key,
            value: attribute.value.as_str().into(),
        });
        link.attributes = attributes.collect();
        link.attributes.sort_by(|a, b| a.name.cmp(&b.name));
        link.note = said.note.into();
        parts.set.insert_link(link);
    }
    parts.into()
}
