use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::model::{Annotation, Document, Review, Schema, Target};
use crate::ops::needs_speaker;

/// What there is and what is left to do in a document. Kept up to date change by change, never
/// counted again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Tags in use by label.
    pub by_label: BTreeMap<SmolStr, usize>,
    /// Tags in use: neither open suggestions nor rejected.
    pub tags: usize,
    /// Quotes and claims without a confirmed answer to who said it.
    pub without_speaker: usize,
    /// Of these, the ones with a pre-filled link that waits for a yes.
    pub unconfirmed: usize,
    /// Unreviewed tags.
    pub unreviewed: usize,
    /// Tags marked unsure.
    pub unsure: usize,
    /// Tags rejected in review, and suggestions rejected.
    pub rejected: usize,
    /// Suggestions to review.
    pub suggestions: usize,
    /// Of these, the ones that no pre-filled link waiting for a yes points to.
    pub unlinked_suggestions: usize,
}

impl Tally {
    /// Counts a whole document: once, when it is opened.
    #[must_use]
    pub fn of(document: &Document, schema: &Schema) -> Self {
        let mut tally = Self::default();
        for tag in document.set().annotations_by_id() {
            tally.count(document, schema, tag, true);
        }
        tally
    }

    /// Tags of every kind: in use, rejected and suggested.
    #[must_use]
    pub fn all(&self) -> usize {
        self.tags + self.rejected + self.suggestions
    }

    /// Adds (`there`) or removes what one tag contributes.
    pub(super) fn count(
        &mut self,
        document: &Document,
        schema: &Schema,
        tag: &Annotation,
        there: bool,
    ) {
        let step = |number: &mut usize| {
            *number = if there {
                *number + 1
            } else {
                number.saturating_sub(1)
            };
        };
        if tag.is_rejected() {
            step(&mut self.rejected);
            return;
        }
        if tag.is_open_suggestion() {
            step(&mut self.suggestions);
            if !is_waiting_link_target(document, schema, tag) {
                step(&mut self.unlinked_suggestions);
            }
            return;
        }
        step(&mut self.tags);
        step(self.by_label.entry(tag.label.clone()).or_default());
        if self.by_label.get(&tag.label) == Some(&0) {
            self.by_label.remove(&tag.label);
        }
        match tag.review {
            Review::Unreviewed => step(&mut self.unreviewed),
            Review::Unsure => step(&mut self.unsure),
            Review::Accepted | Review::Rejected => {}
        }
        if needs_speaker(document, schema, tag) {
            step(&mut self.without_speaker);
            if document
                .set()
                .links_from(&tag.id)
                .any(|link| !link.confirmed)
            {
                step(&mut self.unconfirmed);
            }
        }
    }
}

/// Whether deciding about a quote or claim without a speaker decides about this mention, too.
fn is_waiting_link_target(document: &Document, schema: &Schema, tag: &Annotation) -> bool {
    let target = Target::Annotation(tag.id.clone());
    document.set().links_to(&target).any(|link| {
        let from = document.set().annotation(&link.from);
        !link.confirmed
            && from.is_some_and(|from| {
                !from.is_open_suggestion() && needs_speaker(document, schema, from)
            })
    })
}
