//! What is said about links: feature structures that they point to, as tags do.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{INFO, feature};
use crate::format::interchange::{DocumentRecord, LinkRecord};
use crate::format::xml::Xml;

/// The type of such a structure.
pub(super) const LINK_TYPE: &str = "link";

/// What the structures of a document's links are called, by the links' ids.
pub(super) struct LinkStructures<'a>(BTreeMap<&'a str, (String, &'a LinkRecord)>);

impl<'a> LinkStructures<'a> {
    /// Those of the links that `written` says are in the file.
    pub(super) fn of(record: &'a DocumentRecord, written: impl Fn(&LinkRecord) -> bool) -> Self {
        let links = record
            .links
            .iter()
            .filter(|link| says_more(link) && written(link));
        let named = links.enumerate();
        Self(
            named
                .map(|(n, link)| (&*link.id, (format!("F.{}", n + 1), link)))
                .collect(),
        )
    }

    /// The address of a link's structure.
    pub(super) fn address(&self, link: &LinkRecord) -> Option<String> {
        let (name, _) = self.0.get(&*link.id)?;
        Some(format!("#{name}"))
    }

    /// Writes all of them.
    pub(super) fn write<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        for (name, link) in self.0.values() {
            xml.open("fs", &[("xml:id", name), ("type", LINK_TYPE)])?;
            let is_attribute = |key: &str| link.attributes.iter().any(|a| a.key == key);
            // Of two features of one name the first is ours, so it is there even without a value.
            for (key, value) in [("by", author(link)), ("note", &*link.note)] {
                if !value.is_empty() || is_attribute(key) {
                    feature(xml, key, value)?;
                }
            }
            for attribute in link.attributes.iter().filter(|a| !a.value.is_empty()) {
                feature(xml, &attribute.key, &attribute.value)?;
            }
            xml.close("fs")?;
        }
        Ok(())
    }
}

fn says_more(link: &LinkRecord) -> bool {
    let mut values = link.attributes.iter().map(|attribute| &*attribute.value);
    !link.note.is_empty() || !author(link).is_empty() || values.any(|value| !value.is_empty())
}

/// Who made a link; links without an author are made by the import.
fn author(link: &LinkRecord) -> &str {
    let by = link.by.as_deref().unwrap_or_default();
    if by.strip_prefix("import:") == Some(INFO.name) {
        ""
    } else {
        by
    }
}
