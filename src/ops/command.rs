use smol_str::SmolStr;

use super::TagFilter;
use crate::edit::{Edge, Motion, PersonChoice, Step};
use crate::model::{
    AnnotationId, DocumentState, LinkId, Person, PersonId, Review, Target, UnreadRecord,
};
use crate::text::{TextRange, TextSize};

/// What a person can do to an open document. Every key, button, palette entry and test script is
/// one of these, run by [`super::OpenDocument::run`]. Where `tag` is `None` the command means the
/// current tag, else the innermost at the caret.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Moves the caret; with `extend` the other end of the selection stays.
    Move {
        /// Where to.
        motion: Motion,
        /// Whether the selection grows.
        extend: bool,
    },
    /// Puts the selection; equal ends are a caret. Snapped to graphemes. Forgets the current tag.
    Select {
        /// The end that stays.
        anchor: TextSize,
        /// The end that moves.
        head: TextSize,
    },
    /// Selects words that were looked for (bytes). No tag is current then, so that what comes next is
    /// about them.
    Seek(TextRange),
    /// Selects the whole article.
    SelectAll,
    /// Selects the next larger unit: word, name or quoted stretch, clause, sentence, paragraph.
    Grow,
    /// Goes back to the next smaller unit.
    Shrink,
    /// Tags the selection, or the natural unit at the caret, with this label.
    Tag(SmolStr),
    /// Adds the selection, or the next untagged quoted stretch, to the tag.
    AddFragment,
    /// Takes a fragment off a tag; the last one takes the tag with it.
    RemoveFragment {
        /// The tag.
        tag: AnnotationId,
        /// Which fragment, from 0.
        index: usize,
    },
    /// Takes the fragment at the caret off the current tag, which keeps the others.
    RemovePart,
    /// Moves an edge of the current tag: the start of its first or the end of its last fragment;
    /// with the caret in or at another fragment, that fragment's edge.
    Nudge {
        /// Which edge.
        edge: Edge,
        /// Whether towards the end of the text.
        forward: bool,
        /// How far.
        step: Step,
    },
    /// Puts an edge of a fragment at a place: dragging a handle.
    SetEdge {
        /// The tag.
        tag: AnnotationId,
        /// Which fragment, from 0.
        index: usize,
        /// Which edge.
        edge: Edge,
        /// Where to, in bytes.
        to: TextSize,
    },
    /// Gives the tag another label.
    Relabel {
        /// Which tag.
        tag: Option<AnnotationId>,
        /// The label's key.
        label: SmolStr,
    },
    /// Sets an attribute, or removes it with `None`.
    SetAttribute {
        /// Which tag.
        tag: Option<AnnotationId>,
        /// The attribute.
        name: SmolStr,
        /// Its value.
        value: Option<SmolStr>,
    },
    /// Writes the note; empty removes it.
    SetNote {
        /// Which tag.
        tag: Option<AnnotationId>,
        /// The note.
        note: String,
    },
    /// Deletes the tag.
    Delete(Option<AnnotationId>),
    /// Links to the next candidate for the speaker. A confirmed link stays confirmed, but for a
    /// mention nobody has tagged: that one waits for [`Self::Confirm`].
    NextCandidate,
    /// Links to the candidate before.
    PreviousCandidate,
    /// Links to the candidate at this place (from 0) and confirms.
    ChooseCandidate(usize),
    /// Enter: confirms the link of the current tag when it has an unconfirmed one; fills in the
    /// likeliest speaker where nothing has been answered; else accepts the tag in review and goes on.
    Confirm,
    /// Answers that the text names no speaker.
    NotGiven,
    /// Esc: leaves the speaker undecided; without open chips collapses the selection, then forgets
    /// the current tag.
    Escape,
    /// Links a tag to a target and confirms, by the role the schema allows.
    Link {
        /// The quote or claim.
        from: AnnotationId,
        /// Whom or what to.
        to: Target,
        /// Beside the links that are there, or instead of those of the same role.
        add: bool,
    },
    /// Links a tag to whoever is mentioned at a place (bytes) and confirms; tags the mention where
    /// nobody has.
    LinkToMentionAt {
        /// The quote or claim.
        from: AnnotationId,
        /// Where the mention stands.
        at: TextSize,
    },
    /// Takes a link away.
    Unlink(LinkId),
    /// Says whom a speaker mention names.
    AssignPerson {
        /// Which mention.
        tag: Option<AnnotationId>,
        /// Whom.
        person: PersonChoice,
    },
    /// Writes name, kind, aliases, role or external id of a person.
    EditPerson(Person),
    /// Makes one person of two: mentions and links go over, names become aliases.
    MergePeople {
        /// Who goes.
        from: PersonId,
        /// Who stays.
        into: PersonId,
    },
    /// Takes a person off the roster; refused while tags or links name them.
    DeletePerson(PersonId),
    /// Goes to the next tag, confirming the current one's pre-filled link.
    NextTag(TagFilter),
    /// Goes to the tag before.
    PreviousTag(TagFilter),
    /// Makes a tag the current one and puts the caret at its start.
    GoTo(AnnotationId),
    /// Makes the next larger tag at the caret the current one.
    Outward,
    /// Makes the next smaller tag at the caret the current one.
    Inward,
    /// Marks the tag in review and goes on to the next that matches `then`.
    Review {
        /// Which tag.
        tag: Option<AnnotationId>,
        /// The mark.
        review: Review,
        /// Which tag to go on to; `None`: stay.
        then: Option<TagFilter>,
    },
    /// Puts other words in place of a stretch of the article; tags follow theirs. The article's file
    /// is written with the next save. Refused where it could not be written back exactly; see
    /// [`super::OpenDocument::text_refusal`].
    EditText {
        /// The stretch, in bytes; snapped to graphemes. Empty: only puts in.
        range: TextRange,
        /// What shall stand there.
        replacement: String,
    },
    /// Puts a lost tag where the selection is.
    PlaceLost(UnreadRecord),
    /// Drops a lost tag for good.
    ForgetLost(UnreadRecord),
    /// Says how far the work is.
    SetState(DocumentState),
    /// Two versions of one record: the other one takes the place of the one that stands there.
    TakeOther(UnreadRecord),
    /// Two versions of one record: the one that stands there holds, the other is dropped.
    KeepOurs(UnreadRecord),
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
}

impl Command {
    /// Whether it may change the document, not only where the person is.
    #[must_use]
    pub fn changes_document(&self) -> bool {
        !matches!(
            self,
            Self::Move { .. }
                | Self::Select { .. }
                | Self::Seek(_)
                | Self::SelectAll
                | Self::Grow
                | Self::Shrink
                | Self::NextTag(_)
                | Self::PreviousTag(_)
                | Self::GoTo(_)
                | Self::Outward
                | Self::Inward
                | Self::Escape
        )
    }
}

/// What a command wants shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Words for the status line; empty for none.
    pub message: String,
    /// A place to bring into view, in bytes.
    pub reveal: Option<TextRange>,
    /// Whether the document (not only the selection) changed.
    pub changed: bool,
}
