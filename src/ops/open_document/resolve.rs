//! What an edit means here: its tag, its action, what follows. Looks only.

use super::{CandidateList, OpenDocument};
use crate::edit::{Coalesce, Context, Refusal, action};
use crate::model::{AnnotationId, IdSource, Review, Selection, Transaction};
use crate::ops::Edit;
use crate::suggest::{Candidate, CandidateTarget, natural_unit, quote_at};
use crate::text::TextRange;

/// What an edit does.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) transaction: Transaction,
    /// Steps in a row with the same key are undone as one.
    pub(super) coalesce: Option<Coalesce>,
    /// The quote or claim whose speaker, shown and not answered, this confirms by going on.
    pub(super) confirms: Option<AnnotationId>,
    pub(super) follow_up: FollowUp,
}

/// What follows once the transaction is applied.
#[derive(Debug)]
pub(super) enum FollowUp {
    /// The current tag may have got other candidates.
    RenewChips,
    /// The candidates of the current tag are offered, and going on confirms the one shown.
    TakeInHand,
    /// As with [`Self::TakeInHand`], unless the answer is there; parts are added to this tag.
    Tagged,
    /// Where that has confirmed the speaker, the candidates close.
    Assigned,
    /// Parts are added to this tag.
    Extended,
    /// The question who said it is answered: this tag is current, its candidates close.
    Answered(AnnotationId),
    /// The candidates close.
    CloseChips,
    /// No other tag becomes current where one was deleted.
    KeepClear,
}

impl Step {
    fn new(transaction: Transaction) -> Self {
        Self {
            transaction,
            coalesce: None,
            confirms: None,
            follow_up: FollowUp::RenewChips,
        }
    }

    fn coalescing(self, key: Coalesce) -> Self {
        Self {
            coalesce: Some(key),
            ..self
        }
    }

    fn then(self, follow_up: FollowUp) -> Self {
        Self { follow_up, ..self }
    }
}

impl OpenDocument {
    /// The table of edits: the action of each and what follows it.
    pub(super) fn resolve(&self, edit: &Edit, ids: &mut dyn IdSource) -> Result<Step, Refusal> {
        let ctx = &self.context();
        // What is only suggested has no part in edits of the roster and of the document as a whole.
        let whole = &Context {
            document: &self.document,
            ..self.context()
        };
        let given_or_current = |tag: &Option<AnnotationId>| match tag {
            Some(tag) => Ok(tag.clone()),
            None => self.require_current_tag(),
        };
        Ok(match edit {
            Edit::Tag(label) => {
                let tagged = match self.asking_for(label) {
                    Some(from) => action::tag_speaker(ctx, label, &from, ids),
                    None => action::tag(ctx, label, ids),
                };
                match tagged {
                    Ok(transaction) => Step {
                        confirms: self.waiting_for_yes().filter(|_| self.schema.speaks(label)),
                        ..Step::new(transaction).then(FollowUp::Tagged)
                    },
                    Err(refusal) => self.likely_speaker(label, refusal, ids)?,
                }
            }
            Edit::TagOccurrences => {
                let current = self.current_tag().map(|tag| &tag.id);
                Step::new(action::tag_occurrences(ctx, current, ids)?)
            }
            Edit::AddFragment => {
                let tag = self.tag_to_extend()?;
                let transaction = if self.refused.as_ref() == Some(edit) {
                    action::add_fragment_or_next_paragraph(ctx, &tag)?
                } else {
                    action::add_fragment(ctx, &tag)?
                };
                Step::new(transaction).then(FollowUp::Extended)
            }
            Edit::RemoveFragment { tag, index } => {
                Step::new(action::remove_fragment(ctx, tag, *index)?)
            }
            Edit::RemovePart => {
                let tag = self.tag_to_cut()?;
                Step::new(action::remove_part(ctx, &tag)?).then(FollowUp::Extended)
            }
            Edit::Nudge {
                edge,
                forward,
                step,
            } => {
                let tag = self.require_current_tag()?;
                Step::new(action::nudge(ctx, &tag, *edge, *forward, *step)?)
            }
            Edit::SetEdge {
                tag,
                index,
                edge,
                to,
            } => Step::new(action::set_edge(ctx, tag, *index, *edge, *to)?),
            Edit::Relabel { tag, label } => {
                Step::new(action::relabel(ctx, &given_or_current(tag)?, label)?)
            }
            Edit::SetAttribute { tag, name, value } => {
                let tag = given_or_current(tag)?;
                Step::new(action::set_attribute(ctx, &tag, name, value.clone())?)
            }
            Edit::SetNote { tag, note } => {
                let tag = given_or_current(tag)?;
                Step::new(action::set_note(ctx, &tag, note)?).coalescing(Coalesce::Note(tag))
            }
            Edit::Delete(tag) => {
                let tag = given_or_current(tag)?;
                let deleted = if self.is_undecided(&tag) {
                    // Else it would be suggested again.
                    Transaction {
                        selection_after: Some(Selection {
                            tag: None,
                            ..self.selection.clone()
                        }),
                        ..action::review(ctx, &tag, Review::Rejected, ids)?
                    }
                } else {
                    action::delete(ctx, &tag)?
                };
                Step::new(deleted).then(FollowUp::KeepClear)
            }
            Edit::ChooseCandidate(index) => {
                let chips = self.chips_in_reach()?;
                self.link_candidate(&chips, *index, true, ids)?
                    .then(FollowUp::Answered(chips.tag))
            }
            Edit::NotGiven => {
                let tag = self.chips_in_reach()?.tag;
                Step::new(action::not_given(ctx, &tag, ids)?).then(FollowUp::Answered(tag))
            }
            Edit::ConfirmLink(tag) => {
                Step::new(action::confirm_link(ctx, tag, ids)?).then(FollowUp::CloseChips)
            }
            Edit::LeaveUndecided(tag) => {
                Step::new(action::leave_undecided(ctx, tag)?).then(FollowUp::CloseChips)
            }
            Edit::Link { from, to, add } => Step::new(action::link(ctx, from, to, *add, ids)?),
            Edit::LinkToMentionAt { from, at } => {
                Step::new(action::link_to_mention(ctx, from, *at, ids)?)
            }
            Edit::Unlink(link) => Step::new(action::unlink(ctx, link)?),
            Edit::AssignPerson { tag, person } => {
                let tag = given_or_current(tag)?;
                Step::new(action::assign_person(ctx, &tag, person, ids)?).then(FollowUp::Assigned)
            }
            Edit::EditPerson(person) => Step::new(action::edit_person(whole, person)?)
                .coalescing(Coalesce::Person(person.id.clone())),
            Edit::MergePeople { from, into } => Step::new(action::merge_people(whole, from, into)?),
            Edit::DeletePerson(person) => Step::new(action::delete_person(whole, person)?),
            Edit::Review { tag, review } => {
                Step::new(action::review(ctx, &given_or_current(tag)?, *review, ids)?)
            }
            Edit::AcceptSuggestions(tags) => Step::new(action::accept_suggestions(ctx, tags, ids)?),
            Edit::AcceptRest => Step::new(self.accept_rest(ids)?),
            Edit::EditText { range, replacement } => {
                Step::new(action::edit_text(whole, *range, replacement)?)
            }
            Edit::PlaceLost(record) => Step::new(action::place_lost(whole, record)?),
            Edit::ForgetLost(record) => Step::new(action::forget_lost(whole, record)?),
            Edit::SetState(state) => Step::new(action::set_state(whole, *state)?),
            Edit::IgnoreFinding { key, reason } => {
                Step::new(action::ignore_finding(whole, key, reason)?)
            }
            Edit::StopIgnoring(key) => Step::new(action::stop_ignoring(whole, key)?),
            Edit::TakeOther(record) => Step::new(action::take_other(whole, record)?),
            Edit::KeepOurs(record) => Step::new(action::keep_ours(whole, record)?),
        })
    }

    /// The link of a quote or claim to one of its candidates.
    pub(super) fn link_candidate(
        &self,
        chips: &CandidateList,
        index: usize,
        confirm: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Step, Refusal> {
        let candidate = chips
            .candidates
            .get(index)
            .ok_or_else(|| Refusal::new("no such speaker; choose another"))?;
        let ctx = self.context();
        let transaction = action::choose_candidate(&ctx, &chips.tag, candidate, confirm, ids)?;
        Ok(Step::new(transaction).then(FollowUp::TakeInHand))
    }

    /// The quote or claim in hand, or left with a click, that is linked to a speaker nobody has confirmed.
    fn waiting_for_yes(&self) -> Option<AnnotationId> {
        let in_hand = self
            .chips
            .as_ref()
            .filter(|chips| chips.goes_on_confirming() && chips.is_answered());
        let tag = in_hand
            .map(|chips| &chips.tag)
            .or(self.left_in_hand.as_ref())?;
        let set = self.shown.set();
        let here = self.selection.range();
        let is_around = |part: TextRange| part.contains_range(here);
        let reported = quote_at(&self.shown, &self.schema, self.selection.head);
        if set.annotation(tag)?.fragments.iter().any(is_around)
            || reported.is_some_and(|quote| quote.id == *tag)
            || self.selection.is_caret() && self.selection.tag.as_ref() == Some(tag)
        {
            // The person is still at it.
            return None;
        }
        let links = || set.links_from(tag);
        let waits = !set.annotation(tag)?.is_open_suggestion()
            && links().next().is_some()
            && links().all(|link| !link.confirmed);
        waits.then(|| tag.clone())
    }

    /// Where a speaker is to be tagged and no word at the caret may be one: the likely speaker of the
    /// quote or claim there. Otherwise the refusal stays.
    fn likely_speaker(
        &self,
        label: &str,
        refusal: Refusal,
        ids: &mut dyn IdSource,
    ) -> Result<Step, Refusal> {
        let (document, here) = (&self.shown, self.selection.head);
        let finds_nothing = self.schema.mentions(label)
            && self.selection.is_caret()
            && natural_unit(document, &self.schema, label, here).is_none();
        if !finds_nothing {
            return Err(refusal);
        }
        let chips = self.chips_in_reach().ok().filter(|chips| {
            let set = document.set();
            let role = set
                .annotation(&chips.tag)
                .and_then(|tag| Some((tag, self.schema.speaker_role(&tag.label)?)));
            !chips.confirmed
                && role.is_some_and(|(tag, role)| self.schema.allows(&role.key, &tag.label, label))
        });
        let Some(chips) = chips else {
            return Err(refusal);
        };
        let is_mention = |candidate: &Candidate| match candidate.target {
            CandidateTarget::Untagged(_) | CandidateTarget::Tagged(_) => true,
            CandidateTarget::Person(_) => false,
        };
        let likely = chips
            .chosen
            .or_else(|| chips.candidates.iter().position(is_mention))
            .ok_or_else(|| {
                Refusal::new(
                    "no name here and none nearby; put the caret on the speaker, or press 0 for none",
                )
            })?;
        let step = self.link_candidate(&chips, likely, true, ids)?;
        Ok(step.then(FollowUp::Answered(chips.tag)))
    }

    /// Whose candidates a step through them is about, and the place of the next one.
    pub(super) fn next_candidate(&self, forward: bool) -> Result<(CandidateList, usize), Refusal> {
        let chips = self.chips_in_reach()?;
        let next = chips
            .neighbour(forward)
            .filter(|at| chips.chosen != Some(*at))
            .ok_or_else(nobody_else)?;
        Ok((chips, next))
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            document: &self.shown,
            schema: &self.schema,
            selection: &self.selection,
            annotator: self.annotator.as_deref(),
            now: self.now,
        }
    }

    fn require_current_tag(&self) -> Result<AnnotationId, Refusal> {
        self.current_tag()
            .map(|tag| tag.id.clone())
            .ok_or_else(|| Refusal::new("no tag here; put the caret in one or press N"))
    }

    /// The tag that selected words are cut out of: the current one, else the innermost around them.
    fn tag_to_cut(&self) -> Result<AnnotationId, Refusal> {
        let range = self.selection.range();
        let meets = |tag: &crate::model::Annotation| tag.fragments.overlaps(range);
        if range.is_empty() || self.current_tag().is_some_and(meets) {
            return self.require_current_tag();
        }
        self.shown
            .set()
            .at(range.start())
            .into_iter()
            .find(|tag| tag.fragments.hull().contains_range(range))
            .map(|tag| tag.id.clone())
            .map_or_else(|| self.require_current_tag(), Ok)
    }

    /// The tag a part is added to: the current quote or claim, else the one last tagged or extended,
    /// else the last one before the selection.
    pub(super) fn tag_to_extend(&self) -> Result<AnnotationId, Refusal> {
        let set = self.shown.set();
        let speaks = |id: &AnnotationId| {
            set.annotation(id)
                .is_some_and(|tag| self.schema.speaks(&tag.label))
        };
        let last = self.extended.as_ref().filter(|id| speaks(id));
        let here = self.current_tag().map(|tag| &tag.id);
        if let (Some(last), None) = (last, here.filter(|id| speaks(id))) {
            return Ok(last.clone());
        }
        self.require_current_tag().or_else(|refusal| {
            let range = self.selection.range();
            let last = self
                .shown
                .set()
                .before(range.start(), range.end(), &AnnotationId::new(""));
            // Quotes before speakers: what is split is nearly always speech.
            last.take(8)
                .find(|tag| self.schema.speaks(&tag.label))
                .map(|tag| tag.id.clone())
                .ok_or(refusal)
        })
    }
}

fn nobody_else() -> Refusal {
    Refusal::new("no other speaker found nearby; tag one (S) or press 0 for none")
}
