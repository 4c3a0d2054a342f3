//! The people that a document lists.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::unread::start_tag;
use crate::format::interchange::{BoundedList, PersonRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::xml_tree::Element;
use crate::model::PersonKind;

/// The people of a document, and their ids by those of their elements.
#[derive(Default)]
pub(super) struct People {
    pub(super) records: BoundedList<PersonRecord>,
    ids: BTreeMap<SmolStr, SmolStr>,
}

impl People {
    /// The person an address such as `#ann` leads to.
    pub(super) fn find(&self, address: &str) -> Option<&SmolStr> {
        self.ids.get(address.strip_prefix('#')?)
    }

    /// Takes up a `<person>`, `<personGrp>` or `<org>`. Its id is without the `p.` of our own files.
    pub(super) fn add(&mut self, element: Element<'_>, ours: bool, aside: &mut LeftOut) {
        let number = self.records.len() + 1;
        let xml_id = element.get("xml:id").unwrap_or_default();
        let id = match xml_id.strip_prefix("p.").filter(|_| ours) {
            Some(id) => id.to_owned(),
            None if xml_id.is_empty() => format!("person-{number}"),
            None => xml_id.to_owned(),
        };
        if self.ids.contains_key(xml_id) && !xml_id.is_empty() {
            let what = format!("`{xml_id}` (“{}”)", shown(&element.text()));
            aside.skip(
                element.line(),
                "people with the id of another one are left out",
                what,
            );
            return;
        }
        let role = element.get("role").unwrap_or_default();
        let kind = PersonKind::ALL.into_iter().find(|kind| kind.word() == role);
        let mut person = PersonRecord {
            id: id.clone().into(),
            kind: match (kind, element.local()) {
                (Some(kind), _) => kind.word().into(),
                (None, "personGrp" | "org") => PersonKind::Group.word().into(),
                (None, _) => SmolStr::default(),
            },
            role: if kind.is_some() {
                String::new()
            } else {
                role.to_owned()
            },
            ..PersonRecord::default()
        };
        let mut named = false;
        for child in element.within() {
            let text = child.text();
            let plain = if ours {
                text
            } else {
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            };
            match child.local() {
                "name" | "persName" | "orgName" => {
                    if named || child.get("type") == Some("alias") {
                        person.aliases.push(plain);
                    } else {
                        (person.name, named) = (plain, true);
                    }
                }
                "occupation" | "roleName" if person.role.is_empty() => person.role = plain,
                "idno" if person.external_id.is_empty() => person.external_id = plain,
                other => {
                    let tag = start_tag(child);
                    if plain.is_empty() && !tag.contains(' ') {
                        let people = element.local();
                        aside.bookkeeping(child.line(), &format!("<{other}> of <{people}>"));
                        continue;
                    }
                    let what = format!("{tag} “{plain}” of `{id}`", plain = shown(&plain));
                    aside.skip(
                        child.line(),
                        "facts about people that have no field here are left out",
                        what,
                    );
                }
            }
        }
        if !named {
            let text = element.text();
            let own = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let known = !person.role.is_empty() || !person.external_id.is_empty();
            person.name = if own.is_empty() || known {
                id.clone()
            } else {
                own
            };
        }
        if !xml_id.is_empty() {
            self.ids.insert(xml_id.into(), id.into());
        }
        self.records.push(person);
    }
}
