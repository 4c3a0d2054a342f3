//! What reviewers would change in one's own tags: one by one, taken or answered.

use smol_str::SmolStr;

use super::OpenDocument;
use super::correction_list::Correction;
use super::peer_work::PeerPlace;
use crate::edit::action::{self, Reviewed};
use crate::edit::{self, Refusal};
use crate::format::sidecar::record_hash;
use crate::model::{Change, IdSource, ReviewKey, Selection, Transaction};
use crate::ops::{CorrectionStep, Outcome, said_word};
use crate::text::TextRange;
use crate::text::wording::{count, shown_annotator};

impl OpenDocument {
    /// The correction that the annotator is at: its place in [`super::PeerWork::corrections`].
    #[must_use]
    pub fn correction(&self) -> Option<usize> {
        let peer_work = self.peer_work.as_deref()?;
        match peer_work.here(&self.selection)? {
            PeerPlace::Correction(n) => Some(n),
            PeerPlace::Tag(_) => None,
        }
    }

    pub(super) fn go_to_correction_beside(&mut self, forward: bool) -> Result<Outcome, Refusal> {
        let peer_work = self.peer_work.as_deref().ok_or_else(none_left)?;
        let from = match (self.correction(), forward) {
            (Some(here), true) => here + 1,
            (Some(here), false) => here,
            (None, true) => 0,
            (None, false) => peer_work.corrections().len(),
        };
        let next = peer_work.open_beside(from, forward);
        self.go_to_correction(next.ok_or_else(none_left)?)
    }

    pub(super) fn go_to_correction(&mut self, n: usize) -> Result<Outcome, Refusal> {
        self.propose_no_tags();
        let peer_work = self.peer_work.as_deref().ok_or_else(none_left)?;
        let correction = peer_work.corrections().get(n).ok_or_else(none_left)?;
        let message = format!(
            "{}; {} to settle",
            words_of(correction),
            count(peer_work.open_count(), "correction")
        );
        let tag = self.document.set().annotation(&correction.review.key.tag);
        let source = self.document.source();
        let proposed = correction.review.change.at.iter();
        let proposed: Vec<TextRange> = proposed.filter_map(|range| range.place(source)).collect();
        let (range, tag) = match (tag, proposed.first(), proposed.last()) {
            (Some(tag), _, _) => (tag.fragments.hull(), Some(tag.id.clone())),
            (None, Some(first), Some(last)) => (first.cover(*last), None),
            (None, _, _) => (TextRange::empty(0.into()), None),
        };
        self.chips = None;
        self.selection = Selection {
            anchor: range.start(),
            // The words of a tag that is missing are selected.
            head: if tag.is_some() {
                range.start()
            } else {
                range.end()
            },
            tag,
        };
        let here = (PeerPlace::Correction(n), self.selection.clone());
        if let Some(peer_work) = &mut self.peer_work {
            peer_work.stand_at(Some(here));
        }
        Ok(Outcome {
            message,
            reveal: Some(range),
            ..Outcome::default()
        })
    }

    /// Settles the correction the annotator is at, and goes on to the next one.
    pub(super) fn correction_step(
        &mut self,
        step: &CorrectionStep,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        self.writable()?;
        let here = self.correction().ok_or_else(not_at_one)?;
        let peer_work = self.peer_work.as_deref().ok_or_else(not_at_one)?;
        let correction = peer_work.corrections().get(here).ok_or_else(not_at_one)?;
        let key = &correction.review.key;
        let tag = self.document.set().annotation(&key.tag);
        let record = tag.map_or_else(SmolStr::default, |tag| record_hash(&self.document, tag));
        let reviewed = Reviewed {
            key,
            by: &correction.by,
            review: &correction.hash,
            record: &record,
        };
        let context = self.stored_context();
        let transaction = match step {
            CorrectionStep::Take => {
                let exactly = peer_work.is_about_present(correction, &self.document);
                let step = action::take_change(&context, reviewed, &correction.review, ids)?;
                match exactly {
                    true => self.with_version_taken(step, key),
                    false => step,
                }
            }
            CorrectionStep::Leave => action::settle_review(&context, reviewed, "")?,
            CorrectionStep::Answer(text) if text.trim().is_empty() => {
                return Err(Refusal::new("write an answer, or leave the tag as it is"));
            }
            CorrectionStep::Answer(text) => action::settle_review(&context, reviewed, text)?,
        };
        let outcome = self.commit(transaction, None)?;
        self.chips = None;
        let peer_work = self.peer_work.as_deref().ok_or_else(not_at_one)?;
        let left = peer_work.open_count();
        let Some(next) = peer_work.open_beside(here + 1, true) else {
            let message = format!("{}; no corrections left", outcome.message);
            if let Some(peer_work) = &mut self.peer_work {
                peer_work.stand_at(None);
            }
            return Ok(Outcome { message, ..outcome });
        };
        let moved = self.go_to_correction(next)?;
        Ok(Outcome {
            message: format!("{}; {} left", outcome.message, count(left, "correction")),
            reveal: moved.reveal,
            ..outcome
        })
    }
}

impl OpenDocument {
    /// A step that takes what a reviewer proposes, which notes the version of the tag that comes of it: this one they
    /// have seen.
    fn with_version_taken(&self, mut step: Transaction, key: &ReviewKey) -> Transaction {
        let mut document = self.document.clone();
        if edit::apply(&mut document, &step).is_err() {
            // The step itself will say so.
            return step;
        }
        let Some(tag) = document.set().annotation(&key.tag) else {
            return step;
        };
        let record = record_hash(&document, tag);
        for change in &mut step.changes {
            if let Change::PeerReview(delta) = change
                && let Some(answer) = &mut delta.after
                && answer.key == *key
            {
                answer.record = record.clone();
            }
        }
        step
    }
}

/// "ben: wrong".
fn words_of(correction: &Correction) -> String {
    let by = shown_annotator(&correction.by);
    let said = match correction.review.key.is_whole() {
        true => "about all your tags",
        false => said_word(&correction.review),
    };
    format!("{by}: {said}")
}

fn none_left() -> Refusal {
    Refusal::new("no corrections to settle here")
}

fn not_at_one() -> Refusal {
    Refusal::new("no correction here; choose Review › Corrections to my tags")
}
