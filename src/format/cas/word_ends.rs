//! Links between words, as parsers make them: their ends are the tokens, which are no tags.

use std::collections::BTreeMap;

use smallvec::smallvec;
use smol_str::SmolStr;

use super::fields::{is_segment, kind, reference};
use super::references::References;
use crate::format::counting::Places;
use crate::format::interchange::{DocumentRecord, SpanRecord};
use crate::format::json::Value;
use crate::format::left_out::LeftOut;
use crate::format::tally::Content;

/// What a word is called that becomes a tag.
const LABEL: &str = "token";

/// Puts the ends of links that are words of the text `view` on tags: that of the word's part of speech,
/// or the only one on the same characters, or else a new one. `ids` are those of the tags by the
/// numbers of their structures.
pub(super) fn put_on_tags(
    record: &mut DocumentRecord,
    ids: &mut BTreeMap<SmolStr, SmolStr>,
    (references, view, places): (&References<'_>, &Value, &Places),
    left_out: &mut LeftOut,
) {
    let mut found: BTreeMap<SmolStr, SmolStr> = BTreeMap::new();
    let mut by_place: Option<BTreeMap<[u32; 2], Vec<SmolStr>>> = None;
    let mut links = std::mem::take(&mut record.links);
    let ends = links
        .iter_mut()
        .flat_map(|link| [&mut link.from, &mut link.to]);
    for end in ends {
        if ids.contains_key(end.as_str()) {
            continue;
        }
        if let Some(known) = found.get(end) {
            end.clone_from(known);
            continue;
        }
        let word = references.structure(end);
        let word = word.filter(|word| is_segment(kind(word)) && word.get("@sofa") == Some(view));
        let Some(word) = word else { continue };
        let part_of_speech = reference(word.get("@pos").or_else(|| word.get("pos")));
        let place = |name: &str| {
            let offset = word.get(name).and_then(Value::as_u64);
            places.start(u32::try_from(offset?).ok()?)
        };
        let tag = if ids.contains_key(&part_of_speech) {
            part_of_speech
        } else {
            let Some((start, end_of_word)) = place("begin").zip(place("end")) else {
                continue;
            };
            let at = [start, end_of_word];
            let all = by_place.get_or_insert_with(|| {
                let mut all: BTreeMap<[u32; 2], Vec<SmolStr>> = BTreeMap::new();
                for span in &record.spans {
                    if let [at] = span.fragments[..] {
                        all.entry(at).or_default().push(span.id.clone());
                    }
                }
                all
            });
            match all.get(&at).map(Vec::as_slice) {
                Some([only]) => only.clone(),
                _ if start < end_of_word => {
                    record.spans.push(SpanRecord {
                        id: end.clone(),
                        label: LABEL.into(),
                        fragments: smallvec![at],
                        ..SpanRecord::default()
                    });
                    left_out.tally.made.add(Content::Tag, 1);
                    ids.insert(end.clone(), end.clone());
                    end.clone()
                }
                _ => continue,
            }
        };
        found.insert(end.clone(), tag.clone());
        *end = tag;
    }
    record.links = links;
}
