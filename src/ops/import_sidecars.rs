//! The sidecars of an import: what each says, and whether it is written.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::import_names::Hash;

pub(super) struct Sidecar {
    /// Of what it says.
    pub(super) hash: Hash,
    /// Whether it is written: it has something to say and is not there yet.
    pub(super) written: bool,
}

/// By the place of the article and the annotator. Most articles of an import have one by nobody.
#[derive(Default)]
pub(super) struct ImportSidecars {
    unnamed: Vec<Option<Sidecar>>,
    named: BTreeMap<(usize, SmolStr), Sidecar>,
}

impl ImportSidecars {
    pub(super) fn get(&self, place: usize, annotator: Option<&SmolStr>) -> Option<&Sidecar> {
        match annotator {
            Some(annotator) => self.named.get(&(place, annotator.clone())),
            None => self.unnamed.get(place)?.as_ref(),
        }
    }

    pub(super) fn insert(&mut self, place: usize, annotator: Option<SmolStr>, sidecar: Sidecar) {
        if let Some(annotator) = annotator {
            self.named.insert((place, annotator), sidecar);
            return;
        }
        while self.unnamed.len() <= place {
            self.unnamed.push(None);
        }
        if let Some(unnamed) = self.unnamed.get_mut(place) {
            *unnamed = Some(sidecar);
        }
    }

    /// The annotators of those of an article that are written.
    pub(super) fn written(&self, place: usize) -> impl Iterator<Item = Option<&str>> {
        let unnamed = self.unnamed.get(place).and_then(Option::as_ref);
        let unnamed = unnamed.map(|sidecar| (None, sidecar));
        let first = (place, SmolStr::default());
        let named = self.named.range(first..(place + 1, SmolStr::default()));
        let named = named.map(|((_, name), sidecar)| (Some(name.as_str()), sidecar));
        let all = unnamed.into_iter().chain(named);
        all.filter(|(_, sidecar)| sidecar.written)
            .map(|(name, _)| name)
    }
}
