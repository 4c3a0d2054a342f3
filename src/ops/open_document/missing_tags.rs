//! Tags that a reviewer finds missing: proposed to the annotator as what is said about a tag is.

use smol_str::SmolStr;

use super::OpenDocument;
use super::reviewing::proposed_range;
use crate::edit::action::{self, Statement};
use crate::edit::{Context, Refusal};
use crate::model::{
    AnnotationId, Change, Fragments, IdSource, ProposedChange, ReviewKey, Selection,
};
use crate::ops::{Outcome, is_in_use};

impl OpenDocument {
    /// Whether tagging proposes something to whoever is reviewed: from the first tag of theirs that one goes to until one
    /// leaves the review, except at a tag of one's own.
    #[must_use]
    pub fn is_proposing(&self) -> bool {
        let peer_work = self.peer_work.as_deref();
        self.selection.tag.is_none() && peer_work.is_some_and(super::PeerWork::is_proposing)
    }

    /// From now on tags are one's own.
    pub fn propose_no_tags(&mut self) {
        if let Some(peer_work) = &mut self.peer_work {
            peer_work.set_proposing(false);
        }
    }

    /// Leaves the tags of the colleague; `None` where none are reviewed.
    pub(super) fn leave_review(&mut self) -> Option<Outcome> {
        let peer_work = self.peer_work.as_deref_mut();
        let peer_work = peer_work.filter(|peer_work| peer_work.is_proposing())?;
        peer_work.set_proposing(false);
        peer_work.stand_at(None);
        let name = peer_work.reviewed_work()?.name();
        Some(Outcome {
            message: format!("no longer reviewing {name}: what you tag is yours"),
            ..Outcome::default()
        })
    }

    /// The label of mentions, where the words of a speaker are selected for no tag that could have one.
    pub(super) fn missing_mention(&self) -> Option<SmolStr> {
        let speaks = |label: &str| self.schema.speaker_role(label).is_some();
        let at_speech = self
            .reviewed_tag()
            .is_some_and(|reviewed| speaks(&reviewed.tag.label));
        let mut labels = self.schema.labels().iter();
        let mention = labels.find(|label| self.schema.mentions(&label.key))?;
        (!at_speech && self.is_proposing()).then(|| mention.key.clone())
    }

    /// Where a tag of this label is missing: what is selected, else the natural unit at the caret.
    ///
    /// # Errors
    /// [`Refusal`] where nothing can be tagged, or the colleague has tagged it.
    pub(super) fn missing_tag(&self, label: &str) -> Result<Fragments, Refusal> {
        self.writable()?;
        let peer_work = self.reviewing()?;
        let work = peer_work.reviewed_work().ok_or_else(nothing_reviewed)?;
        if self.reviewed_tag().is_some() && peer_work.selected(&self.selection).is_none() {
            return Err(Refusal::new(
                "select the words that are not tagged, or put the caret there",
            ));
        }
        let there = || Refusal::new(format!("{} has tagged this already", work.name()));
        let mine = || Refusal::new("you have proposed this already");
        if self.selection.is_caret() {
            let at_caret = work.document.set().at(self.selection.head);
            let mut same = at_caret.into_iter().filter(|tag| tag.label == label);
            if let Some(tag) = same.find(|tag| is_in_use(tag)) {
                return Err(if peer_work.proposes(&tag.id) {
                    mine()
                } else {
                    there()
                });
            }
        }
        let selection = Selection {
            tag: None,
            ..self.selection.clone()
        };
        let context = Context {
            document: &work.document,
            selection: &selection,
            ..self.context()
        };
        struct ForNow(u32);
        impl IdSource for ForNow {
            fn next_id(&mut self) -> SmolStr {
                self.0 += 1;
                SmolStr::new(format!("for now {}", self.0))
            }
        }
        let tagged = action::tag(&context, label, &mut ForNow(0))?;
        let made = tagged.selection_after.and_then(|after| after.tag);
        let changes = tagged.changes.iter().filter_map(Change::annotation);
        let mut after = changes.filter_map(|delta| delta.after.as_ref());
        match after.find(|tag| Some(&tag.id) == made.as_ref()) {
            Some(tag) => Ok(tag.fragments.clone()),
            None if made.is_some_and(|made| peer_work.proposes(&made)) => Err(mine()),
            None => Err(there()),
        }
    }

    /// Proposes a tag that the annotator who is reviewed has not made, and goes to it.
    pub(super) fn propose_tag(
        &mut self,
        label: &str,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let fragments = self.missing_tag(label)?;
        let source = self.document.source();
        let at = fragments.iter();
        let at = at
            .filter_map(|range| proposed_range(source, range))
            .collect();
        let of = self.reviewing()?.reviewed_annotator().unwrap_or_default();
        let tag = AnnotationId::new(ids.next_id());
        let key = ReviewKey {
            of: of.into(),
            tag: tag.clone(),
        };
        let change = Statement::Change(ProposedChange {
            label: Some(label.into()),
            at,
            ..ProposedChange::default()
        });
        let context = self.stored_context();
        let no_version = SmolStr::default();
        let transaction = action::review_of_others(&context, &key, &no_version, &change)?;
        let outcome = self.commit(transaction, None)?;
        Ok(self.stay_at(&tag, outcome))
    }

    /// Takes a proposed tag back.
    pub(super) fn withdraw(&mut self, key: &ReviewKey) -> Result<Outcome, Refusal> {
        let context = self.stored_context();
        let transaction = action::withdraw_review(&context, key)?;
        let outcome = self.commit(transaction, None)?;
        let caret = self.selection.range().start();
        self.selection = Selection::caret(caret);
        Ok(outcome)
    }
}

fn nothing_reviewed() -> Refusal {
    Refusal::new("nobody’s tags are reviewed; choose Review › Review a colleague’s tags")
}
