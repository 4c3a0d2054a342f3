//! Bodies that link an annotation to another one of the file.

use std::collections::BTreeSet;

use super::group::Numbered;
use super::item::{Item, Link};
use super::own::add_attribute;

/// Makes links of them; where there is no such annotation, the address stays an attribute.
pub(super) fn link_bodies(items: Vec<Numbered>) -> Vec<Numbered> {
    let mut ids = BTreeSet::new();
    for numbered in &items {
        if let Some(Item::Tags(tags)) = &numbered.item {
            ids.extend(tags.iter().map(|tag| plain(&tag.id).to_owned()));
        }
    }
    let mut all = Vec::with_capacity(items.len());
    for mut numbered in items {
        let (n, line) = (numbered.n, numbered.line);
        let mut links = Vec::new();
        if let Some(Item::Tags(tags)) = &mut numbered.item {
            for tag in tags.iter_mut() {
                for address in std::mem::take(&mut tag.linked) {
                    if tag.id.is_empty() || !ids.contains(plain(&address)) {
                        add_attribute(&mut tag.attributes, "linking", &address);
                        continue;
                    }
                    links.push(Link {
                        from: tag.id.clone(),
                        to: address,
                        role: "linking".to_owned(),
                        creator: tag.creator.clone(),
                        ..Link::default()
                    });
                }
            }
        }
        all.push(numbered);
        if !links.is_empty() {
            all.push(Numbered {
                n,
                line,
                begins: None,
                item: Some(Item::Links(links)),
            });
        }
    }
    all
}

fn plain(id: &str) -> &str {
    id.strip_prefix('#').unwrap_or(id)
}
