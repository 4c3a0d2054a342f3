use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::walk::{neighbour, nested};
use super::{Chips, Command, Outcome, Tally};
use crate::edit::{self, Coalesce, Context, History, Refusal, Replay, action};
use crate::model::{
    Annotation, AnnotationId, Change, Document, DocumentMeta, IdSource, Problem, Review, Schema,
    Selection, Target, Transaction, validate, validate_tag,
};
use crate::suggest;
use crate::text::{TextRange, TextSize, snap_to_graphemes};

/// One article being worked on: the document, where the person is in it, and what can be undone.
/// Every key, button, palette entry and test script enters at [`OpenDocument::run`].
#[derive(Debug)]
pub struct OpenDocument {
    document: Document,
    schema: Schema,
    annotator: Option<SmolStr>,
    read_only: Option<String>,
    selection: Selection,
    /// Where the caret was before the selection grew.
    grown_from: Option<TextSize>,
    history: History,
    chips: Option<Chips>,
    tally: Tally,
    /// By tag, so that a change looks only at what it touched.
    doubtful: BTreeMap<AnnotationId, Vec<Problem>>,
    /// The same and the problems of no tag, for the panel.
    problems: Vec<Problem>,
    revision: u64,
}

impl OpenDocument {
    /// Starts work on a document.
    #[must_use]
    pub fn new(document: Document, schema: Schema) -> Self {
        let problems = validate(&document, &schema);
        let mut doubtful: BTreeMap<AnnotationId, Vec<Problem>> = BTreeMap::new();
        for problem in &problems {
            if let Some(tag) = &problem.annotation {
                doubtful
                    .entry(tag.clone())
                    .or_default()
                    .push(problem.clone());
            }
        }
        Self {
            tally: Tally::of(&document, &schema),
            annotator: document.meta.annotator.clone(),
            document,
            schema,
            read_only: None,
            selection: Selection::default(),
            grown_from: None,
            history: History::default(),
            chips: None,
            doubtful,
            problems,
            revision: 0,
        }
    }

    /// Refuses every change from now on, with the reason: the file is of a newer version.
    #[must_use]
    pub fn with_read_only(mut self, reason: Option<String>) -> Self {
        self.read_only = reason;
        self
    }

    /// The article and what is said about it.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What can be said.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Where the person is.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// A number that is new after every change of the document (not of the selection), undo
    /// included. For caches.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The tag commands mean: the current one, else the innermost at the caret.
    #[must_use]
    pub fn current_tag(&self) -> Option<&Annotation> {
        let set = &self.document.set;
        match &self.selection.tag {
            Some(id) => set.annotation(id),
            None if self.selection.is_caret() => set.at(self.selection.head).first().copied(),
            None => None,
        }
    }

    /// The chips beside the current quote or claim, while they are open.
    #[must_use]
    pub fn chips(&self) -> Option<&Chips> {
        self.chips.as_ref()
    }

    /// What there is and what is left to do.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What is doubtful in the document.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What undo would take back, in words.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What redo would do again, in words.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// Whether everything is saved.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.history.is_saved()
    }

    /// Names the state of the document for [`Self::mark_saved`]; the same again after undo.
    #[must_use]
    pub fn state(&self) -> u64 {
        self.history.revision()
    }

    /// Notes that the state so named is on disk.
    pub fn mark_saved(&mut self, state: u64) {
        self.history.mark_saved(state);
    }

    /// Whether nothing may be changed (file of a newer version), with the reason.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Why the current command would be refused; `None` where it would not. Changes nothing.
    /// For disabled buttons and their tooltips.
    #[must_use]
    pub fn refusal(&self, command: &Command) -> Option<Refusal> {
        struct NoIds;
        impl IdSource for NoIds {
            fn next_id(&mut self) -> SmolStr {
                SmolStr::new_static("preview")
            }
        }
        match command {
            Command::Undo => self
                .undo_label()
                .is_none()
                .then(|| Refusal::new("there is nothing to undo")),
            Command::Redo => self
                .redo_label()
                .is_none()
                .then(|| Refusal::new("there is nothing to redo")),
            command => self
                .transaction(command, &mut NoIds)
                .and_then(Result::err)
                .or_else(|| self.read_only_refusal(command)),
        }
    }

    fn read_only_refusal(&self, command: &Command) -> Option<Refusal> {
        let reason = self.read_only.as_ref()?;
        command.changes_document().then(|| Refusal::new(reason))
    }

    /// Carries a command out: all or nothing.
    ///
    /// # Errors
    /// [`Refusal`] where it may not or need not be done; nothing has changed then.
    pub fn run(&mut self, command: Command, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        if let Some(refusal) = self.read_only_refusal(&command) {
            return Err(refusal);
        }
        if let Some(transaction) = self.transaction(&command, ids) {
            return self.change(&command, transaction?, ids);
        }
        match command {
            Command::Move { motion, extend } => {
                let range = self.selection.range();
                let head = match motion {
                    // Without Shift an arrow leaves a selection at its edge.
                    edit::Motion::NextGrapheme if !extend && !range.is_empty() => range.end(),
                    edit::Motion::PreviousGrapheme if !extend && !range.is_empty() => range.start(),
                    motion => motion.target(&self.document.source, self.selection.head),
                };
                let anchor = if extend { self.selection.anchor } else { head };
                Ok(self.select(anchor, head))
            }
            Command::Select { anchor, head } => Ok(self.select(anchor, head)),
            Command::SelectAll => Ok(self.select(TextSize::new(0), self.document.source.len())),
            Command::Grow => {
                let range = suggest::grow(&self.document.source, self.selection.range())
                    .ok_or_else(|| Refusal::new("the selection is as large as it gets"))?;
                let origin = self.grown_from.unwrap_or(self.selection.head);
                let outcome = self.select(range.start(), range.end());
                self.grown_from = Some(origin);
                Ok(outcome)
            }
            Command::Shrink => self.shrink(),
            Command::NextTag(filter) => self.walk(&filter, true, ids),
            Command::PreviousTag(filter) => self.walk(&filter, false, ids),
            Command::GoTo(tag) => self.go_to(&tag),
            Command::Outward | Command::Inward => {
                let tag = nested(&self.document, &self.selection, command == Command::Outward)?;
                let (tag, reveal) = (tag.id.clone(), tag.fragments.hull());
                self.selection.tag = Some(tag);
                self.open_chips(false);
                Ok(self.moved(reveal))
            }
            Command::Escape => self.escape(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Confirm => self.confirm(ids),
            _ => Err(Refusal::new("there is no quote or claim here")),
        }
    }

    /// The transaction of a command that is one; `None` for those that only move.
    fn transaction(
        &self,
        command: &Command,
        ids: &mut dyn IdSource,
    ) -> Option<Result<Transaction, Refusal>> {
        let ctx = Context {
            document: &self.document,
            schema: &self.schema,
            selection: &self.selection,
            annotator: self.annotator.as_deref(),
        };
        let meant = |tag: &Option<AnnotationId>| match tag {
            Some(tag) => Ok(tag.clone()),
            None => self.meant(),
        };
        let result = match command {
            Command::Tag(label) => action::tag(&ctx, label, ids),
            Command::AddFragment => self
                .meant_quote_first()
                .and_then(|tag| action::add_fragment(&ctx, &tag)),
            Command::RemoveFragment { tag, index } => action::remove_fragment(&ctx, tag, *index),
            Command::Nudge {
                edge,
                forward,
                step,
            } => self
                .meant()
                .and_then(|tag| action::nudge(&ctx, &tag, *edge, *forward, *step)),
            Command::SetEdge {
                tag,
                index,
                edge,
                to,
            } => action::set_edge(&ctx, tag, *index, *edge, *to),
            Command::Relabel { tag, label } => {
                meant(tag).and_then(|tag| action::relabel(&ctx, &tag, label))
            }
            Command::SetAttribute { tag, name, value } => {
                meant(tag).and_then(|tag| action::set_attribute(&ctx, &tag, name, value.clone()))
            }
            Command::SetNote { tag, note } => {
                meant(tag).and_then(|tag| action::set_note(&ctx, &tag, note))
            }
            Command::Delete(tag) => meant(tag).and_then(|tag| action::delete(&ctx, &tag)),
            Command::NextCandidate => self.candidate_step(&ctx, true, ids),
            Command::PreviousCandidate => self.candidate_step(&ctx, false, ids),
            Command::ChooseCandidate(index) => self.chips_in_reach().and_then(|chips| {
                let candidate = chips
                    .candidates
                    .get(*index)
                    .ok_or_else(|| Refusal::new("there is no such candidate"))?;
                action::choose_candidate(&ctx, &chips.tag, candidate, true, ids)
            }),
            Command::NotGiven => self
                .chips_in_reach()
                .and_then(|chips| action::not_given(&ctx, &chips.tag, ids)),
            Command::Link { from, to, add } => action::link(&ctx, from, to, *add, ids),
            Command::Unlink(link) => action::unlink(&ctx, link),
            Command::AssignPerson { tag, person } => {
                meant(tag).and_then(|tag| action::assign_person(&ctx, &tag, person, ids))
            }
            Command::EditPerson(person) => action::edit_person(&ctx, person),
            Command::MergePeople { from, into } => action::merge_people(&ctx, from, into),
            Command::DeletePerson(person) => action::delete_person(&ctx, person),
            Command::Review { tag, review, .. } => {
                meant(tag).and_then(|tag| action::review(&ctx, &tag, *review))
            }
            Command::SetState(state) => action::set_state(&ctx, *state),
            _ => return None,
        };
        Some(result)
    }

    /// The tag a command without one means.
    fn meant(&self) -> Result<AnnotationId, Refusal> {
        self.current_tag()
            .map(|tag| tag.id.clone())
            .ok_or_else(|| Refusal::new("no tag is current; put the caret in one or press N"))
    }

    /// The tag a note is written on.
    fn meant_by(&self, command: &Command) -> Option<AnnotationId> {
        match command {
            Command::SetNote { tag: Some(tag), .. } => Some(tag.clone()),
            _ => self.meant().ok(),
        }
    }

    /// The tag a selection is added to: with a selection made, the tag that was current before.
    fn meant_quote_first(&self) -> Result<AnnotationId, Refusal> {
        self.meant().or_else(|refusal| {
            let range = self.selection.range();
            let last = self
                .document
                .set
                .before(range.start(), range.end(), &AnnotationId::new(""));
            // Quotes before speakers: what is split is nearly always speech.
            last.take(8)
                .find(|tag| self.schema.speaks(&tag.label))
                .map(|tag| tag.id.clone())
                .ok_or(refusal)
        })
    }

    /// The open chips, or those of the quote or claim at the caret.
    fn chips_in_reach(&self) -> Result<Chips, Refusal> {
        if let Some(chips) = &self.chips {
            return Ok(chips.clone());
        }
        let at_caret = self.document.set.at(self.selection.head);
        self.selection
            .tag
            .as_ref()
            .and_then(|id| self.document.set.annotation(id))
            .into_iter()
            .chain(at_caret)
            .find(|tag| self.schema.speaker_role(&tag.label).is_some())
            .and_then(|tag| Chips::of(&self.document, &self.schema, tag, None))
            .ok_or_else(|| Refusal::new("there is no quote or claim here to give a speaker"))
    }

    fn candidate_step(
        &self,
        ctx: &Context<'_>,
        forward: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Transaction, Refusal> {
        let chips = self.chips_in_reach()?;
        let candidate = chips.neighbour(forward).ok_or_else(|| {
            Refusal::new("nobody nearby comes into question; tag the speaker, or press 0 for none")
        })?;
        action::choose_candidate(ctx, &chips.tag, candidate, chips.confirmed, ids)
    }

    /// Applies a command's transaction, records it and goes on where the command says so.
    fn change(
        &mut self,
        command: &Command,
        transaction: Transaction,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let chips = match command {
            Command::NextCandidate
            | Command::PreviousCandidate
            | Command::ChooseCandidate(_)
            | Command::NotGiven => self.chips_in_reach().ok(),
            _ => self.chips.take(),
        };
        let walking = matches!(command, Command::NextCandidate | Command::PreviousCandidate);
        let key = match command {
            Command::SetNote { .. } => self.meant_by(command).map(Coalesce::Note),
            Command::EditPerson(person) => Some(Coalesce::Person(person.id.clone())),
            // One walk through the candidates is undone in one step.
            _ => chips
                .as_ref()
                .filter(|_| walking)
                .map(|chips| Coalesce::Candidates(chips.tag.clone())),
        };
        let mut outcome = self.commit(transaction, key)?;
        let in_hand = walking || matches!(command, Command::Tag(_));
        match command {
            Command::NextCandidate
            | Command::PreviousCandidate
            | Command::ChooseCandidate(_)
            | Command::NotGiven => {
                self.selection.tag = chips.as_ref().map(|chips| chips.tag.clone());
            }
            _ => {}
        }
        self.chips = chips;
        self.open_chips(in_hand);
        if let Command::Review {
            then: Some(filter), ..
        } = command
        {
            match self.walk(filter, true, ids) {
                Ok(next) => outcome.reveal = next.reveal,
                Err(_) => outcome.message.push_str("; none is left after it"),
            }
        }
        Ok(outcome)
    }

    /// Applies and records a transaction.
    fn commit(
        &mut self,
        transaction: Transaction,
        key: Option<Coalesce>,
    ) -> Result<Outcome, Refusal> {
        let before = self.selection.clone();
        let message = transaction.label.clone();
        self.apply(&transaction)?;
        if let Some(selection) = &transaction.selection_after {
            self.selection = selection.clone();
        }
        let after = self.selection.clone();
        self.history.record(transaction, before, after, key);
        Ok(Outcome {
            message,
            reveal: None,
            changed: true,
        })
    }

    /// Applies a transaction and brings the tally and the problems up to date.
    fn apply(&mut self, transaction: &Transaction) -> Result<(), Refusal> {
        let touched = touched(&self.document, transaction);
        self.count(&touched, false);
        let result = edit::apply(&mut self.document, transaction);
        self.count(&touched, true);
        result.map_err(|error| Refusal::new(error.to_string()))?;
        self.revision += 1;
        let mut doubtful = false;
        for id in &touched {
            doubtful |= self.doubtful.remove(id).is_some();
            let problems = validate_tag(&self.document, &self.schema, id);
            if !problems.is_empty() {
                doubtful = true;
                self.doubtful.insert(id.clone(), problems);
            }
        }
        if doubtful {
            self.problems.retain(|problem| problem.annotation.is_none());
            let mut of_tags: Vec<Problem> = self.doubtful.values().flatten().cloned().collect();
            of_tags.sort_by_key(|problem| problem.range.map(TextRange::start));
            self.problems.extend(of_tags);
        }
        Ok(())
    }

    fn count(&mut self, touched: &BTreeSet<AnnotationId>, there: bool) {
        for id in touched {
            if let Some(tag) = self.document.set.annotation(id) {
                self.tally.count(&self.document, &self.schema, tag, there);
            }
        }
    }

    fn select(&mut self, anchor: TextSize, head: TextSize) -> Outcome {
        let source = &self.document.source;
        let range = TextRange::new(anchor.min(head), anchor.max(head));
        let range = snap_to_graphemes(source, range);
        let (anchor, head) = if anchor <= head {
            (range.start(), range.end())
        } else {
            (range.end(), range.start())
        };
        // A caret stays a caret: within a cluster it goes to the cluster's start.
        let anchor = if range.is_empty() { head } else { anchor };
        let kept = self.selection.tag.take().filter(|id| {
            // Going about within a tag keeps it current, so that its edges can be nudged there.
            self.document
                .set
                .annotation(id)
                .is_some_and(|tag| tag.fragments.touches(head) && anchor == head)
        });
        self.grown_from = None;
        self.selection = Selection {
            anchor,
            head,
            tag: kept,
        };
        if self.selection.tag.is_none() {
            self.chips = None;
        }
        self.moved(TextRange::empty(head))
    }

    fn moved(&self, reveal: TextRange) -> Outcome {
        Outcome {
            message: String::new(),
            reveal: Some(reveal),
            changed: false,
        }
    }

    /// Back the way the selection grew, down to the caret it grew from.
    fn shrink(&mut self) -> Result<Outcome, Refusal> {
        let range = self.selection.range();
        if range.is_empty() {
            return Err(Refusal::new("nothing is selected; E selects the word"));
        }
        let origin = self
            .grown_from
            .filter(|&at| range.contains_inclusive(at))
            .unwrap_or(range.start());
        let outcome = match suggest::shrink(&self.document.source, range, origin) {
            Some(smaller) => self.select(smaller.start(), smaller.end()),
            None => self.select(origin, origin),
        };
        self.grown_from = Some(origin);
        Ok(outcome)
    }

    fn walk(
        &mut self,
        filter: &super::TagFilter,
        forward: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let tag = neighbour(
            &self.document,
            &self.schema,
            &self.selection,
            filter,
            forward,
        )
        .map(|tag| tag.id.clone());
        let confirmed = match &self.chips {
            // Going on says yes to what was just tagged, not to what was merely visited.
            Some(chips) if forward && chips.in_hand && !chips.confirmed => {
                self.confirm_link(ids).ok()
            }
            _ => None,
        };
        let tag = match (tag, &confirmed) {
            (Ok(tag), _) => tag,
            (Err(_), Some(_)) => return confirmed.ok_or_else(|| Refusal::new("")),
            (Err(refusal), None) => return Err(refusal),
        };
        let mut outcome = self.go_to(&tag)?;
        if let Some(confirmed) = confirmed {
            outcome.message = confirmed.message;
            outcome.changed = true;
        }
        Ok(outcome)
    }

    fn go_to(&mut self, tag: &AnnotationId) -> Result<Outcome, Refusal> {
        let annotation = self
            .document
            .set
            .annotation(tag)
            .ok_or_else(|| Refusal::new("that tag is no longer there"))?;
        let reveal = annotation.fragments.hull();
        self.selection = Selection {
            tag: Some(tag.clone()),
            ..Selection::caret(reveal.start())
        };
        self.chips = None;
        self.open_chips(false);
        Ok(self.moved(reveal))
    }

    /// Enter: yes to a pre-filled speaker, else the tag is accepted in review and the next one comes.
    fn confirm(&mut self, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let open = self.chips_in_reach().ok();
        if let Some(chips) = open
            && chips.chosen.is_some()
            && !chips.confirmed
            && self.suits(&chips)
        {
            self.selection.tag = Some(chips.tag.clone());
            self.chips = Some(chips);
            return self.confirm_link(ids);
        }
        self.run_review(Review::Accepted, ids)
    }

    /// Whether the chips are those of the current tag, if there is one.
    fn suits(&self, chips: &Chips) -> bool {
        self.current_tag().is_none_or(|tag| tag.id == chips.tag)
    }

    fn run_review(&mut self, review: Review, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let command = Command::Review {
            tag: None,
            review,
            then: Some(super::TagFilter::default()),
        };
        match self.transaction(&command, ids) {
            Some(transaction) => self.change(&command, transaction?, ids),
            None => Err(Refusal::new("no tag is current")),
        }
    }

    fn confirm_link(&mut self, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let tag = self.chips_in_reach()?.tag;
        let ctx = Context {
            document: &self.document,
            schema: &self.schema,
            selection: &self.selection,
            annotator: self.annotator.as_deref(),
        };
        let transaction = action::confirm_link(&ctx, &tag, ids)?;
        let outcome = self.commit(transaction, None)?;
        self.open_chips(false);
        Ok(outcome)
    }

    fn escape(&mut self) -> Result<Outcome, Refusal> {
        if let Some(chips) = self.chips.take() {
            if chips.chosen.is_none() || chips.confirmed || self.read_only.is_some() {
                return Ok(Outcome::default());
            }
            let ctx = Context {
                document: &self.document,
                schema: &self.schema,
                selection: &self.selection,
                annotator: self.annotator.as_deref(),
            };
            let transaction = action::leave_undecided(&ctx, &chips.tag)?;
            return self.commit(transaction, None);
        }
        if !self.selection.is_caret() {
            let head = self.selection.head;
            return Ok(self.select(head, head));
        }
        self.selection.tag = None;
        Ok(Outcome::default())
    }

    fn undo(&mut self) -> Result<Outcome, Refusal> {
        let replay = self
            .history
            .undo()
            .ok_or_else(|| Refusal::new("there is nothing to undo"))?;
        self.replay(replay, "undid")
    }

    fn redo(&mut self) -> Result<Outcome, Refusal> {
        let replay = self
            .history
            .redo()
            .ok_or_else(|| Refusal::new("there is nothing to redo"))?;
        self.replay(replay, "did again")
    }

    fn replay(&mut self, replay: Replay, verb: &str) -> Result<Outcome, Refusal> {
        self.apply(&replay.transaction)?;
        self.selection = replay.selection;
        self.chips = None;
        self.open_chips(false);
        let reveal = self
            .selection
            .tag
            .as_ref()
            .and_then(|id| self.document.set.annotation(id))
            .map_or(self.selection.range(), |tag| tag.fragments.hull());
        Ok(Outcome {
            message: format!("{verb}: {}", replay.transaction.label),
            reveal: Some(reveal),
            changed: true,
        })
    }

    /// Opens or renews the chips of the current tag, where somebody stands behind it.
    fn open_chips(&mut self, in_hand: bool) {
        let before = self.chips.take();
        let tag = self
            .selection
            .tag
            .as_ref()
            .and_then(|id| self.document.set.annotation(id));
        self.chips =
            tag.and_then(|tag| Chips::of(&self.document, &self.schema, tag, before.as_ref()));
        if let Some(chips) = &mut self.chips {
            chips.in_hand |= in_hand;
        }
    }

    /// The header facts, for the window.
    #[must_use]
    pub fn meta(&self) -> &DocumentMeta {
        &self.document.meta
    }
}

/// The tags whose tally or problems a transaction can change.
fn touched(document: &Document, transaction: &Transaction) -> BTreeSet<AnnotationId> {
    let mut touched = BTreeSet::new();
    for change in &transaction.changes {
        match change {
            Change::Annotation(delta) => {
                for annotation in [&delta.before, &delta.after].into_iter().flatten() {
                    touched.insert(annotation.id.clone());
                    let target = Target::Annotation(annotation.id.clone());
                    let sources = document.set.links_to(&target);
                    touched.extend(sources.map(|link| link.from.clone()));
                }
            }
            Change::Link(delta) => {
                for link in [&delta.before, &delta.after].into_iter().flatten() {
                    touched.insert(link.from.clone());
                }
            }
            Change::Person(delta) => {
                for person in [&delta.before, &delta.after].into_iter().flatten() {
                    touched.extend(document.set.mentions(&person.id).map(|tag| tag.id.clone()));
                    let target = Target::Person(person.id.clone());
                    let sources = document.set.links_to(&target);
                    touched.extend(sources.map(|link| link.from.clone()));
                }
            }
            Change::Meta(_) => {}
        }
    }
    touched
}
