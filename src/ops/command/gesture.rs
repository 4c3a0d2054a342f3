use super::kinds::enum_with_kinds;
use smol_str::SmolStr;

use crate::edit::{Edge, Step};
use crate::model::{AnnotationId, Attribute, Problem, ProposedSpeaker, Review, TagPart};
use crate::ops::TagFilter;

enum_with_kinds! {
    /// What a key does depending on the state of the document: it moves, runs an [`super::Edit`],
    /// or both. In a read-only article [`Self::NextTag`], [`Self::Untagged`], [`Self::Suggestion`] and [`Self::Escape`] only
    /// move; the others are refused.
    #[derive(Debug, Clone, PartialEq)]
    pub enum Gesture,
    /// A [`Gesture`] without what it is about.
    GestureKind {
        /// Goes to the next tag, confirming the pre-filled link of one that was just tagged.
        NextTag(TagFilter),
        /// Selects the nearest quotation or report that is not tagged, confirming the pre-filled link of
        /// one that was just tagged.
        Untagged {
            /// Whether towards the end of the text.
            forward: bool,
        },
        /// Goes to the nearest suggestion to review, confirming the pre-filled link of a tag that was
        /// just made.
        Suggestion {
            /// Whether towards the end of the text.
            forward: bool,
        },
        /// Links to the next candidate for the speaker. A confirmed link stays confirmed, except
        /// for an untagged mention, which waits for [`Self::Confirm`]. Steps in a row are undone as
        /// one.
        NextCandidate,
        /// Links to the candidate before.
        PreviousCandidate,
        /// Enter: confirms the link of the current tag when it has an unconfirmed one; fills in the
        /// most likely speaker if there is no answer; else accepts the tag in review and goes on
        /// like [`Self::ReviewAndGoOn`].
        Confirm,
        /// Marks the tag in review. Goes to the next that the filter shows if it was a suggestion or
        /// the person came to it from another tag; else it stays the current one.
        ReviewAndGoOn {
            /// Which tag; `None`: the current one.
            tag: Option<AnnotationId>,
            /// The mark.
            review: Review,
            /// Which tags to go to.
            filter: TagFilter,
        },
        /// Esc: leaves the speaker undecided; without open chips collapses the selection, then forgets
        /// the current tag.
        Escape,
        /// Says something about the selected difference between annotators; what decides it goes on to
        /// the next one.
        Decide(DecisionStep),
        /// Says why the difference one is at is decided as it is, or will be; away from differences, the one
        /// that was decided last. Nothing said takes the reason back.
        GiveReason(String),
        /// Says something about the tag of a colleague that is reviewed, in one's own file. A verdict goes on to the
        /// next tag without one.
        ReviewOfOthers(ReviewStep),
        /// Settles the correction one is at and goes on to the next one.
        Settle(CorrectionStep),
        /// Sets a problem right where that can be done without a decision; `None`: the one of the
        /// current tag, or at the selection.
        FixProblem(Option<Problem>),
        /// Takes the last step back.
        Undo,
        /// Does it again.
        Redo,
    }
}

/// What a reviewer says about somebody else's work.
#[derive(Debug, Clone, PartialEq)]
pub enum ReviewStep {
    /// Whether the tag is right.
    Verdict(Review),
    /// Why, or a reply.
    Words(String),
    /// Another label: its key. The one it has takes the proposal back.
    Label(SmolStr),
    /// An edge elsewhere.
    Nudge {
        /// Which edge.
        edge: Edge,
        /// Whether towards the end of the text.
        forward: bool,
        /// How far.
        step: Step,
    },
    /// One more part: what is selected elsewhere, else the quoted passage that follows.
    AddPart,
    /// What is selected is cut out; with nothing else selected the last of several parts goes.
    RemovePart,
    /// Another speaker; of a mention, whom it names.
    Speaker(ProposedSpeaker),
    /// Whoever is mentioned in what is selected; where the tag has no speaker, and away from tags, a mention that is
    /// missing.
    SpeakerHere,
    /// Another value of an attribute; an empty one: none. The one it has takes the proposal back.
    Attribute(Attribute),
    /// No tag; said again, the tag after all. A tag that was proposed is proposed no more.
    Remove,
    /// A tag that is missing, of this label (its key): of what is selected, else of the natural unit at the caret.
    Missing(SmolStr),
    /// Words about all the work of an annotator on the article.
    Remark {
        /// Whose; empty: the unnamed one's. One's own is answered this way, too.
        of: SmolStr,
        /// The words.
        text: String,
    },
}

/// How an annotator settles a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorrectionStep {
    /// Does what is proposed.
    Take,
    /// Leaves the tag as it is.
    Leave,
    /// Leaves the tag as it is, and says why.
    Answer(String),
}

/// What an adjudicator decides about a difference with one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionStep {
    /// The annotator at this place (from 0) is right, or gives the parts named before.
    Take(u8),
    /// The annotator named next gives this part.
    Part(TagPart),
    /// All are wrong.
    AllWrong,
    /// There is nothing to tag.
    Nothing,
    /// What all annotators have alike is right, wherever it is.
    Agreed,
}
