use imbl::OrdMap;

use super::{AnnotationSet, Decision, ReviewKey};

/// Which decision is about a tag of an annotator.
#[derive(Debug, Clone, Default)]
pub struct DecidedTags(OrdMap<ReviewKey, ReviewKey>);

impl DecidedTags {
    /// Those of a curated sidecar. O(n log n).
    #[must_use]
    pub fn of(set: &AnnotationSet) -> Self {
        let mut decided = Self::default();
        set.decisions().for_each(|decision| decided.add(decision));
        decided
    }

    /// Notes a decision.
    pub fn add(&mut self, decision: &Decision) {
        for (tag, _) in decision.judged() {
            self.0.insert(tag.clone(), decision.key.clone());
        }
    }

    /// Forgets a decision.
    pub fn remove(&mut self, decision: &Decision) {
        for (tag, _) in decision.judged() {
            if self.0.get(tag) == Some(&decision.key) {
                self.0.remove(tag);
            }
        }
    }

    /// The key of the decision about a tag.
    #[must_use]
    pub fn get(&self, tag: &ReviewKey) -> Option<&ReviewKey> {
        self.0.get(tag)
    }
}
