mod adjudication;
mod asking;
mod candidate_list;
mod commit;
mod correction_list;
mod corrections;
mod counted;
mod decisions;
mod edits;
mod fixes;
mod gestures;
mod journal;
mod listing;
mod missing_tags;
mod navigate;
mod overlay;
mod overview;
mod peer_thread;
mod peer_work;
mod person_counts;
mod problem_rows;
mod problem_search;
mod problems;
mod proposal_index;
mod relint;
mod resolve;
mod reviewing;

mod run;
mod schema;
mod stored_part;
mod suggested;
mod tally;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;
use smol_str::SmolStr;

use super::Edit;
use crate::edit::{History, Refusal, action};
use crate::format::journal::Applied;
use crate::model::{
    Annotation, AnnotationId, Document, OrderStatisticSet, Place, Schema, Selection,
};
use crate::suggest::quote_at;
use crate::text::{TextRange, TextSize};

pub use adjudication::{Adjudication, ReasonToCome};
pub use candidate_list::{CandidateList, NamedNearby};
pub use correction_list::Correction;
pub use journal::Replayed;
pub use listing::Listed;
pub use overview::Overview;
pub use peer_thread::Said;
pub use peer_work::PeerWork;
pub use person_counts::{PersonCount, PersonCounts};
pub use problem_search::{FoundProblems, ProblemSearch};
pub use problems::Problems;
pub use reviewing::ReviewedTag;
pub use tally::Tally;

use super::TagFilter;
use super::lint::{NameCounts, TextIndex};
use listing::Listing;
use overlay::Overlay;
use relint::ToCheck;

/// One article being worked on: the document, where the person is in it, and what can be undone.
/// Every key, button, palette entry and test script enters at [`OpenDocument::run`].
#[derive(Debug, Clone)]
pub struct OpenDocument {
    /// What is stored.
    document: Document,
    /// The same with what is suggested: what the person sees and works on.
    shown: Document,
    overlay: Overlay,
    schema: Schema,
    annotator: Option<SmolStr>,
    /// In whole seconds.
    now: Option<Timestamp>,
    read_only: Option<String>,
    selection: Selection,
    /// Where the person was when a tag was deleted: there no other becomes current by itself.
    deleted_at: Option<Selection>,
    /// Where the caret was before the selection grew.
    grown_from: Option<TextSize>,
    history: History,
    chips: Option<CandidateList>,
    /// The quote or claim whose speaker is being looked for, since the last step or refusal: a
    /// mention tagged now is the answer.
    asking: Option<AnnotationId>,
    /// The quote or claim that was current last.
    last_speech: Option<AnnotationId>,
    /// Where the suggestion starts that was current in an earlier reading of the article, and its label:
    /// it is current again once it is shown, unless the person does something else.
    awaited: Option<(TextSize, SmolStr)>,
    /// A claim that came with its quote's confirmed speaker and was not left since: the Enter that
    /// would have confirmed it is none that accepts it.
    settled: Option<AnnotationId>,
    /// The quote or claim last tagged or extended: parts are added to it.
    extended: Option<AnnotationId>,
    /// The quote or claim whose speaker was shown, to be confirmed by going on, when the person clicked
    /// elsewhere.
    left_in_hand: Option<AnnotationId>,
    /// Whether the person came to the current tag on a way from tag to tag.
    walks: bool,
    /// Where the next step at the end of a way leads: the first tag without a confirmed speaker.
    offered: Option<AnnotationId>,
    /// The edit that was refused just now; repeated, it may reach further.
    refused: Option<Edit>,
    tally: Tally,
    person_counts: PersonCounts,
    overview: Overview,
    /// Suggestions to review.
    suggestions: OrderStatisticSet<Place>,
    listing: Listing,
    problems: Problems,
    /// What has changed since problems are looked for; `None`: they are listed.
    unlisted: Option<ToCheck>,
    text_index: Arc<TextIndex>,
    names: NameCounts,
    /// Applied steps not taken yet; `None`: they are not collected.
    applied: Option<Vec<Applied>>,
    roster_change_count: u64,
    /// Whether these are the curated tags.
    curated: bool,
    /// The work of others, where these are the curated tags, and it is known.
    adjudication: Option<Box<Adjudication>>,
    /// The work of others, as far as it is known.
    peer_work: Option<Box<PeerWork>>,
}

impl OpenDocument {
    /// Starts work on a document.
    #[must_use]
    pub fn new(document: Document, schema: Schema) -> Self {
        let mut open = Self::uncounted(document, schema);
        open.recount();
        open
    }

    /// Of which nothing is counted yet, and nothing looked for.
    fn uncounted(document: Document, schema: Schema) -> Self {
        Self {
            tally: Tally::default(),
            person_counts: PersonCounts::default(),
            overview: Overview::default(),
            suggestions: OrderStatisticSet::default(),
            listing: Listing::default(),
            annotator: document.meta().annotator.clone(),
            now: None,
            shown: document.clone(),
            document,
            overlay: Overlay::default(),
            schema,
            read_only: None,
            selection: Selection::default(),
            deleted_at: None,
            grown_from: None,
            history: History::default(),
            chips: None,
            asking: None,
            last_speech: None,
            awaited: None,
            settled: None,
            extended: None,
            left_in_hand: None,
            walks: false,
            offered: None,
            refused: None,
            problems: Problems::default(),
            unlisted: Some(ToCheck::default()),
            text_index: Arc::default(),
            names: NameCounts::default(),
            applied: None,
            roster_change_count: 0,
            curated: false,
            adjudication: None,
            peer_work: None,
        }
    }

    /// Sets the time of the edits that follow. Records say who made and changed them and when, to
    /// the second; as long as no time is set, they do not.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = Timestamp::from_second(now.as_second()).ok();
    }

    /// These are curated tags, which are nobody's; edits are of this person from now on.
    #[must_use]
    pub fn curated_by(mut self, person: SmolStr) -> Self {
        self.annotator = Some(person);
        self.curated = true;
        self
    }

    /// Whether these are the curated tags of the article, also before it is known what others have tagged.
    #[must_use]
    pub fn is_curated(&self) -> bool {
        self.curated
    }

    /// Refuses every change from now on, with the reason: the file is of a newer version.
    #[must_use]
    pub fn with_read_only(mut self, reason: Option<String>) -> Self {
        self.read_only = reason;
        self
    }

    /// The article and its annotations, as they are stored.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The same with what is suggested: what the person sees and works on. Never to be written.
    #[must_use]
    pub fn shown(&self) -> &Document {
        &self.shown
    }

    /// Who works on it; `None`: somebody without a name.
    #[must_use]
    pub fn annotator(&self) -> Option<&SmolStr> {
        self.annotator.as_ref()
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

    /// A number that is new after every change of someone of the roster. For caches.
    #[must_use]
    pub fn roster_change_count(&self) -> u64 {
        self.roster_change_count
    }

    /// The tag commands mean: the current one, else the innermost at the caret; none right after a
    /// tag was deleted there.
    #[must_use]
    pub fn current_tag(&self) -> Option<&Annotation> {
        match &self.selection.tag {
            Some(id) => self.shown.set().annotation(id),
            None if self.deleted_at.as_ref() == Some(&self.selection) => None,
            None if self.selection.is_caret() => self.shown.set().innermost_at(self.selection.head),
            None => None,
        }
    }

    /// The tag whose speaker can be set here: the current one, else the quote or claim that the words
    /// at the caret report.
    #[must_use]
    pub fn tag_to_attribute(&self) -> Option<&Annotation> {
        let is_deleted = self.deleted_at.as_ref() == Some(&self.selection);
        self.current_tag().or_else(|| {
            let is_at = self.selection.is_caret() && !is_deleted;
            let at = is_at.then_some(self.selection.head)?;
            quote_at(&self.shown, &self.schema, at)
        })
    }

    /// The words at a place (both in bytes) that mention someone a tag can be linked to.
    #[must_use]
    pub fn mention_at(&self, at: TextSize) -> Option<TextRange> {
        action::mention_to_link(&self.shown, at)
    }

    /// The tags at the caret, the innermost first.
    fn tags_at_caret(&self) -> Vec<&Annotation> {
        if self.deleted_at.as_ref() == Some(&self.selection) {
            return Vec::new();
        }
        self.shown.set().at(self.selection.head)
    }

    /// The chips beside the current quote or claim, while they are open.
    #[must_use]
    pub fn chips(&self) -> Option<&CandidateList> {
        self.chips.as_ref()
    }

    /// What there is and what is left to do.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How often each person is named and how much they said.
    #[must_use]
    pub fn person_counts(&self) -> &PersonCounts {
        &self.person_counts
    }

    /// Where tags are, coarsely.
    #[must_use]
    pub fn overview(&self) -> &Overview {
        &self.overview
    }

    /// The tags `filter` takes in, as far as they are known: each call looks at `most` more tags.
    pub fn list(&mut self, filter: &TagFilter, most: usize) -> Listed<'_> {
        self.listing.look(&self.shown, &self.schema, filter, most);
        self.listed()
    }

    /// The tags the filter last given to [`Self::list`] takes in, as far as they are known.
    #[must_use]
    pub fn listed(&self) -> Listed<'_> {
        self.listing.listed(self.shown.set())
    }

    /// The suggestion to review that is nearest after the current tag or the caret, or before it.
    #[must_use]
    pub fn suggestion(&self, forward: bool) -> Option<&Annotation> {
        let place = match self.current_tag() {
            Some(tag) => tag.place(),
            None => (self.selection.head, self.selection.head, "".into()),
        };
        let rank = self.suggestions.rank(&place);
        let row = if forward {
            rank + usize::from(self.suggestions.contains(&place))
        } else {
            rank.checked_sub(1)?
        };
        self.shown.set().annotation(&self.suggestions.nth(row)?.2)
    }

    /// How many suggestions wait for a verdict. A speaker that a suggested quote leads to is decided on
    /// with it.
    #[must_use]
    pub fn suggestion_count(&self) -> usize {
        self.suggestions.len()
    }

    /// What is doubtful in the document.
    #[must_use]
    pub fn problems(&self) -> &Problems {
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
    pub fn state_id(&self) -> u64 {
        self.history.state_id()
    }

    /// Notes that the state so named is on disk.
    pub fn mark_saved(&mut self, state: u64) {
        self.history.mark_saved(state);
    }

    /// Notes that nothing of it is on disk any more.
    pub fn mark_unsaved(&mut self) {
        self.history.mark_unsaved();
    }

    /// Continues the count of an earlier reading of the article, so that its caches do not match.
    pub fn count_on_from(&mut self, earlier: &Self) {
        self.roster_change_count += earlier.roster_change_count + 1;
    }

    /// Whether nothing may be changed (file of a newer version), with the reason.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Why the text of the article may not be edited; `None` where it may. Depends on the file and
    /// how it was decoded, not on what is to be written.
    #[must_use]
    pub fn text_refusal(&self) -> Option<Refusal> {
        let refusal = self.writable().err();
        refusal.or_else(|| action::why_not_editable(self.shown.source()))
    }

    /// Refuses where nothing may be changed.
    fn writable(&self) -> Result<(), Refusal> {
        match &self.read_only {
            Some(reason) => Err(Refusal::new(reason)),
            None => Ok(()),
        }
    }
}
