//! What is suggested in an open document.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::OpenDocument;
use super::proposal_index::Proposals;
use super::stored_part::stored_part;
use crate::edit::{Context, Refusal, action, apply};
use crate::model::{Annotation, AnnotationId, Change, Document, IdSource, QuoteForm, Transaction};
use crate::ops::suggestions::{
    ConfidenceThreshold, SuggestionOptions, add_suggestions, select_suggestions,
};
use crate::suggest::{Cues, Proposal, ProposalKind, proposals, tagged_cue};
use crate::text::{SourceText, TextRange, paragraph_at};

impl OpenDocument {
    /// What is suggested from now on; `None`: nothing. It is shown with [`Self::show_suggestions`].
    pub fn suggest(&mut self, options: Option<SuggestionOptions>) {
        if self.overlay.options != options {
            self.overlay.options = options;
            self.overlay.looked_at = 0;
        }
    }

    /// Whether this kind is suggested.
    #[must_use]
    pub fn suggests(&self, kind: ProposalKind) -> bool {
        let options = self.overlay.options.as_ref();
        options.is_some_and(|options| options.wants(kind, &self.schema))
    }

    /// Whether reported clauses that are less sure are suggested, too.
    #[must_use]
    pub fn suggests_less_sure(&self) -> bool {
        let options = self.overlay.options.as_ref();
        options.is_some_and(|options| options.threshold == ConfidenceThreshold::BestF1)
    }

    /// Whether proposals for the text are wanted; see [`Self::set_proposals`].
    #[must_use]
    pub fn wants_proposals(&self) -> bool {
        self.overlay.options.is_some() && self.overlay.proposals.is_none()
    }

    /// The words that report here besides those that do anywhere; see [`Cues::of`].
    #[must_use]
    pub fn cues(&self) -> Cues {
        Cues::of(&self.document, &self.schema)
    }

    /// Proposes again if a change makes a word report that did not, or the reverse.
    pub(super) fn follow_cues(&mut self, transaction: &Transaction) {
        let cue = |tag: Option<&Annotation>| tagged_cue(&self.document, &self.schema, tag?);
        let mut tags = transaction.changes.iter().filter_map(Change::annotation);
        let reads = self.overlay.proposals.is_some();
        if reads && tags.any(|delta| cue(delta.before.as_ref()) != cue(delta.after.as_ref())) {
            self.propose_again();
        }
    }

    /// Takes what [`crate::suggest::proposals`] has found in a text, if that is still the text.
    pub fn set_proposals(&mut self, source: &SourceText, proposals: Vec<Proposal>) {
        if self.document.source() == source && self.overlay.proposals.is_none() {
            self.overlay.proposals = Some(Arc::new(Proposals::new(proposals)));
            self.overlay.looked_at = 0;
        }
    }

    /// Forgets what was proposed, as what proposes has changed: [`Self::wants_proposals`] from now on.
    pub fn propose_again(&mut self) {
        self.overlay.proposals = None;
        self.overlay.looked_at = 0;
        let all = self.overlay.shown_numbers();
        let nothing = Transaction::new("");
        let now = (&self.document, &self.shown);
        let change = (self.overlay).renew(all, &nothing, now.0, now, &self.schema);
        self.show(&nothing, change, self.document.clone());
        self.leave_gone_tag();
    }

    /// Shows what is suggested and hides what is not any more: each call looks at `most` more
    /// proposals. Returns whether all were looked at.
    pub fn show_suggestions(&mut self, most: usize) -> bool {
        let all = (self.overlay.proposals.as_ref()).map_or(0, |proposals| proposals.all.len());
        let from = self.overlay.looked_at;
        if from >= all {
            return true;
        }
        let to = all.min(from.saturating_add(most));
        let nothing = Transaction::new("");
        let now = (&self.document, &self.shown);
        let change = (self.overlay).renew(from..to, &nothing, now.0, now, &self.schema);
        self.overlay.looked_at = to;
        self.show(&nothing, change, self.document.clone());
        self.leave_gone_tag();
        self.find_awaited();
        to >= all
    }

    /// Makes the suggestion the current tag again that was it in an earlier reading.
    fn find_awaited(&mut self) {
        let Some((start, label)) = &self.awaited else {
            return;
        };
        let mut there = self.shown.set().at(*start).into_iter();
        let found = there.find(|tag| tag.label == *label && tag.fragments.start() == *start);
        if let Some(id) = found.map(|tag| tag.id.clone()) {
            self.selection.tag = Some(id);
            self.deleted_at = None;
            self.awaited = None;
            self.open_chips(false);
        }
    }

    /// The suggested quotes of a kind that have a speaker and at least this confidence (0 to 1), with
    /// their confidence, in the order of the text: those that are shown only, and those that are stored
    /// as suggestions and say their form.
    #[must_use]
    pub fn suggested_quotes(
        &self,
        kind: QuoteForm,
        min_confidence: f64,
    ) -> Vec<(AnnotationId, f64)> {
        let set = self.shown.set();
        let computed = self.overlay.shown.iter();
        let kinds: BTreeMap<&AnnotationId, ProposalKind> =
            computed.map(|one| (&one.tag, one.kind)).collect();
        let is_of_kind = |tag: &Annotation| match kinds.get(&tag.id) {
            Some(of) => *of == ProposalKind::Quote(kind),
            None => tag
                .attribute("form")
                .is_some_and(|form| form == kind.word()),
        };
        let has_speaker = |tag: &Annotation| {
            let role = self.schema.speaker_role(&tag.label);
            let mut links = set.links_from(&tag.id);
            role.is_some_and(|role| links.any(|link| link.role == role.key))
        };
        let places = self.suggestions.range(0..self.suggestions.len());
        places
            .filter_map(|place| set.annotation(&place.2))
            .filter(|tag| is_of_kind(tag) && has_speaker(tag))
            .filter_map(|tag| Some((tag.id.clone(), tag.confidence?.get())))
            .filter(|(_, confidence)| *confidence >= min_confidence)
            .collect()
    }

    /// What accepts the suggestions in the paragraphs of the selection, of any kind.
    pub(super) fn accept_rest(&self, ids: &mut dyn IdSource) -> Result<Transaction, Refusal> {
        if self.wants_proposals() {
            return Err(Refusal::new(
                "the suggestions are being made; try again in a moment",
            ));
        }
        let (source, selected) = (self.document.source(), self.selection.range());
        let within =
            paragraph_at(source, selected.start()).cover(paragraph_at(source, selected.end()));
        let laid = self.with_suggestions_in(within);
        let ctx = Context {
            document: &laid,
            ..self.context()
        };
        let in_hand = self
            .chips
            .as_ref()
            .filter(|chips| chips.goes_on_confirming());
        let in_hand = in_hand.map(|chips| &chips.tag);
        let accepted = action::accept_rest(&ctx, within, in_hand, ids)?;
        Ok(stored_part(&accepted, &self.document, &laid))
    }

    /// The stored document with what is suggested within a range, of any kind. Where no kind is
    /// suggested, nothing was proposed yet: it is then, by rules.
    fn with_suggestions_in(&self, within: TextRange) -> Document {
        let begins = |proposal: &&Proposal| {
            let start = proposal.fragments.first().map(|range| range.start());
            start.is_some_and(|start| within.contains_inclusive(start))
        };
        let found: Vec<Proposal> = match &self.overlay.proposals {
            Some(known) => known.all.iter().filter(begins).cloned().collect(),
            None => (proposals(self.document.source()).iter())
                .filter(begins)
                .cloned()
                .collect(),
        };
        let options = SuggestionOptions {
            kinds: Some(ProposalKind::QUOTES.to_vec()),
            ..SuggestionOptions::default()
        };
        let found = select_suggestions(&self.document, &self.schema, &options, found);
        let mut laid = self.document.clone();
        if let Err(error) = apply(&mut laid, &add_suggestions(&found)) {
            // A mistake in this program.
            log::error!("what is suggested cannot be shown: {error}");
            return self.shown.clone();
        }
        laid
    }

    /// Whether a tag is suggested and nobody has decided on it: shown, but not stored.
    #[must_use]
    pub fn is_undecided(&self, tag: &AnnotationId) -> bool {
        self.document.set().annotation(tag).is_none() && self.shown.set().annotation(tag).is_some()
    }
}
