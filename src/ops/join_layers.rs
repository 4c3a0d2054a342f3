//! Documents of which each file holds one layer, as folders of CoNLL do.

use std::collections::BTreeMap;

use super::import_request::Incoming;

/// Makes one document of those with the same name and the same text by the same annotator. A tag that
/// two of them have under the same id is left to both, so that the difference is reported.
pub(super) fn join_layers(incoming: Vec<Incoming>) -> Vec<Incoming> {
    let mut joined: Vec<Incoming> = Vec::with_capacity(incoming.len());
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    for next in incoming {
        let document = &next.read.document;
        let annotator = document.meta().annotator.clone().unwrap_or_default();
        let key = (next.read.id.clone(), annotator.to_string());
        let known = places.get(&key).and_then(|&at| joined.get_mut(at));
        let known = known.filter(|known| {
            let of = &known.read.document;
            let mut tags = document.set().annotations();
            of.source() == document.source()
                && tags.all(|tag| {
                    of.set()
                        .annotation(&tag.id)
                        .is_none_or(|other| other == tag)
                })
        });
        match known {
            Some(known) => {
                let mut parts = known.read.document.clone().into_parts();
                for tag in document.set().annotations() {
                    parts.set.insert_annotation(tag.clone());
                }
                known.read.document = parts.into();
            }
            None => {
                places.entry(key).or_insert(joined.len());
                joined.push(next);
            }
        }
    }
    joined
}
