//! What formats whose ids are numbers or GUIDs of their own have no field for: the ids of tags and links,
//! and whether the work is done. Other programs may number tags again, so each is known by its label and
//! place.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::derived_id::derived_id;
use super::free_ids::FreeIds;
use super::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use super::left_out::LeftOut;
use super::link_facts::LinkFacts;
use crate::model::DocumentState;

/// The names of one document's tags and links, and its state.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OwnNames {
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    /// Label, places in code points, and id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<(SmolStr, Vec<[u32; 2]>, SmolStr)>,
    /// Role, the ids of both ends, and id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<(SmolStr, SmolStr, SmolStr, SmolStr)>,
    /// Labels and roles, by the shorter names they have there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<String, String>,
}

impl OwnNames {
    /// Those that `is_kept` does not say the format keeps itself.
    pub(super) fn of(
        record: &DocumentRecord,
        is_tag_kept: impl Fn(&str) -> bool,
        is_link_kept: impl Fn(&str) -> bool,
    ) -> Self {
        let tags = record.spans.iter().filter(|span| !is_tag_kept(&span.id));
        let there: BTreeSet<&str> = record.spans.iter().map(|span| &*span.id).collect();
        let links = record.links.iter().filter(|link| {
            let named = |id: &str| there.contains(id);
            link.to_kind == "annotation"
                && !is_link_kept(&link.id)
                && named(&link.from)
                && named(&link.to)
        });
        Self {
            state: match &*record.state {
                state if state == state_without(record) => String::new(),
                state => state.to_owned(),
            },
            tags: tags
                .map(|span| (span.label.clone(), places(span), span.id.clone()))
                .collect(),
            links: links
                .map(|link| {
                    let [role, from, to, id] = [&link.role, &link.from, &link.to, &link.id];
                    (role.clone(), from.clone(), to.clone(), id.clone())
                })
                .collect(),
            names: BTreeMap::new(),
        }
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        let Self {
            state,
            tags,
            links,
            names,
        } = self;
        state.is_empty() && tags.is_empty() && links.is_empty() && names.is_empty()
    }

    /// A name of at most so many characters (more than 16) for a label or role: its beginning, and a hash
    /// that tells it from others.
    pub(super) fn shorten(&mut self, name: &mut String, most: usize) {
        if name.chars().count() <= most {
            return;
        }
        let hash = derived_id(&[name]);
        let kept = most.saturating_sub(1 + hash.len());
        let begin: String = name.chars().take(kept).collect();
        let short = format!("{begin}…{hash}");
        self.names
            .insert(short.clone(), std::mem::replace(name, short));
    }

    /// Gives a label or role the name it had.
    pub(super) fn lengthen(&self, name: &mut String) {
        if let Some(whole) = self.names.get(name) {
            name.clone_from(whole);
        }
    }

    /// Gives a document that was read its state, and its tags and links the ids they had. `facts` are
    /// what is said about links, by their ids.
    pub(super) fn restore(
        &mut self,
        record: &mut DocumentRecord,
        facts: &mut BTreeMap<SmolStr, LinkFacts>,
        (line, left_out): (usize, &mut LeftOut),
    ) {
        let mut states = DocumentState::ALL.into_iter();
        if states.any(|state| super::interchange::state_word(state) == self.state) {
            record.state.clone_from(&self.state);
        } else if !self.state.is_empty() {
            left_out.unknown(line, "state", &self.state);
        }
        let tags = std::mem::take(&mut self.tags).into_iter();
        let mut ids = Ids::of(tags.map(|(label, places, id)| ((label, places), id)));
        let mut renamed = BTreeMap::new();
        let before = record.spans.iter().map(|span| span.id.clone());
        let before: Vec<SmolStr> = before.collect();
        let keys = record.spans.iter().map(|s| (s.label.clone(), places(s)));
        let new = ids.take_all(&before, keys);
        let rest = ids.rest().map(|((label, places), id)| (label, places, id));
        self.tags = rest.collect();
        for (span, id) in record.spans.iter_mut().zip(new) {
            renamed.insert(std::mem::replace(&mut span.id, id.clone()), id);
        }
        let end = |end: &mut SmolStr| {
            if let Some(id) = renamed.get(end) {
                end.clone_from(id);
            }
        };
        for link in &mut record.links {
            end(&mut link.from);
            if matches!(&*link.to_kind, "" | "annotation") {
                end(&mut link.to);
            }
        }
        let links = std::mem::take(&mut self.links).into_iter();
        let mut ids = Ids::of(links.map(|(role, from, to, id)| ((role, from, to), id)));
        let before: Vec<SmolStr> = record.links.iter().map(|link| link.id.clone()).collect();
        let key = |link: &LinkRecord| (link.role.clone(), link.from.clone(), link.to.clone());
        let new = ids.take_all(&before, record.links.iter().map(key));
        let rest = ids
            .rest()
            .map(|((role, from, to), id)| (role, from, to, id));
        self.links = rest.collect();
        let mut said = std::mem::take(facts);
        for (link, id) in record.links.iter_mut().zip(new) {
            if let Some(of_link) = said.remove(&*link.id) {
                facts.insert(id.clone(), of_link);
            }
            link.id = id;
        }
    }

    /// Tells which names are of nothing that is there: another program has changed it.
    pub(super) fn tell_rest(self, line: usize, left_out: &mut LeftOut) {
        let why = "ids of tags and links that are not as they were exported are left out";
        for (label, places, id) in self.tags {
            left_out.remark(line, why, format!("`{id}` (`{label}` {places:?})"));
        }
        for (role, from, to, id) in self.links {
            let link = format!("`{id}` (`{role}` from `{from}` to `{to}`)");
            left_out.remark(line, why, link);
        }
    }
}

/// Ids by what is known of the records they belong to, in the order of the file.
struct Ids<K>(BTreeMap<K, VecDeque<SmolStr>>);

impl<K: Ord> Ids<K> {
    fn of(all: impl Iterator<Item = (K, SmolStr)>) -> Self {
        let mut ids: BTreeMap<K, VecDeque<SmolStr>> = BTreeMap::new();
        for (key, id) in all {
            ids.entry(key).or_default().push_back(id);
        }
        Self(ids)
    }

    /// Those that were not taken.
    fn rest(self) -> impl Iterator<Item = (K, SmolStr)>
    where
        K: Clone,
    {
        let all = self.0.into_iter();
        all.flat_map(|(key, ids)| ids.into_iter().map(move |id| (key.clone(), id)))
    }

    /// The new ids of records with these ids and keys: their own, else what they have, with a sign where
    /// that is taken. No id stays none.
    fn take_all(&mut self, before: &[SmolStr], keys: impl Iterator<Item = K>) -> Vec<SmolStr> {
        let mut free = FreeIds::default();
        let own = keys.map(|key| self.0.get_mut(&key).and_then(VecDeque::pop_front));
        // One id may be there twice in a file that was changed.
        let own = own.map(|id| id.map(|id| free.take(&id)));
        let own: Vec<Option<SmolStr>> = own.collect();
        let new = own.into_iter().zip(before);
        new.map(|(own, before)| match own {
            Some(own) => own,
            None if before.is_empty() => SmolStr::default(),
            None => free.take(before),
        })
        .collect()
    }
}

/// Its fragments, in code points.
fn places(span: &SpanRecord) -> Vec<[u32; 2]> {
    match span.start.zip(span.end) {
        Some((start, end)) if span.fragments.is_empty() => vec![[start, end]],
        _ => span.fragments.to_vec(),
    }
}

/// The state a document is read with where nothing is said about it.
fn state_without(record: &DocumentRecord) -> &'static str {
    super::interchange::state_word(if record.spans.is_empty() {
        DocumentState::New
    } else {
        DocumentState::InProgress
    })
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;

    fn span(id: &str, label: &str, place: [u32; 2]) -> SpanRecord {
        SpanRecord {
            id: id.into(),
            label: label.into(),
            fragments: smallvec![place],
            ..SpanRecord::default()
        }
    }

    #[test]
    fn tags_that_another_program_has_numbered_again_get_their_ids() {
        let link = |id: &str, from: &str, to: &str| LinkRecord {
            id: id.into(),
            from: from.into(),
            to: to.into(),
            to_kind: "annotation".into(),
            role: "speaker".into(),
            ..LinkRecord::default()
        };
        let record = DocumentRecord {
            spans: vec![span("q", "quote", [0, 4]), span("7", "quote", [0, 4])].into(),
            links: vec![link("l", "q", "7")].into(),
            state: "done".to_owned(),
            ..DocumentRecord::default()
        };
        let mut own = OwnNames::of(&record, |_| false, |_| false);
        let mut read = DocumentRecord {
            spans: vec![
                span("5", "quote", [0, 4]),
                span("6", "quote", [0, 4]),
                span("7", "cue", [5, 6]),
            ]
            .into(),
            links: vec![link("1", "5", "6"), link("l", "7", "6")].into(),
            ..DocumentRecord::default()
        };
        own.restore(
            &mut read,
            &mut BTreeMap::new(),
            (1, &mut LeftOut::default()),
        );
        let ids: Vec<&str> = read.spans.iter().map(|span| &*span.id).collect();
        assert_eq!(ids, ["q", "7", "7+"]);
        let links: Vec<[&str; 3]> = read
            .links
            .iter()
            .map(|link| [&*link.id, &*link.from, &*link.to])
            .collect();
        assert_eq!(links, [["l", "q", "7"], ["l+", "7+", "7"]]);
        assert_eq!(read.state, "done");
    }
}
