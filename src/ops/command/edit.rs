use smol_str::SmolStr;

use super::kinds::enum_with_kinds;
use crate::edit::{Edge, PersonChoice, Step};
use crate::model::{
    AnnotationId, DocumentState, LinkId, Person, PersonId, Review, SuppressionKey, Target,
    UnreadRecord,
};
use crate::text::{TextRange, TextSize};

enum_with_kinds! {
    /// A change of the document: one action of [`crate::edit::action`], one transaction, one step to
    /// undo. Where `tag` is `None` the current tag is meant, else the innermost at the caret.
    #[derive(Debug, Clone, PartialEq)]
    pub enum Edit,
    /// An [`Edit`] without what it is about.
    EditKind {
        /// Tags the selection, or the natural unit at the caret, with this label. A mention tagged right
        /// after a quote or claim whose speaker is not confirmed becomes its speaker.
        Tag(SmolStr),
        /// Tags every other untagged occurrence of the selected words, or of the tagged name at the
        /// caret and the other names of its person, as the same label with the same person.
        TagOccurrences,
        /// Adds the selection, or the untagged quoted passage at the caret, or the next one, to the
        /// quote or claim last tagged.
        AddFragment,
        /// Takes a fragment off a tag; the last one takes the tag with it.
        RemoveFragment {
            /// The tag.
            tag: AnnotationId,
            /// Which fragment, from 0.
            index: usize,
        },
        /// Cuts the selected words out of the tag; with nothing selected, takes off the fragment at
        /// the caret and keeps the others.
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
        /// Writes the note; empty removes it. Notes of one tag in a row are one step to undo.
        SetNote {
            /// Which tag.
            tag: Option<AnnotationId>,
            /// The note.
            note: String,
        },
        /// Deletes the tag.
        Delete(Option<AnnotationId>),
        /// Links to the candidate for the speaker at this place (from 0) and confirms.
        ChooseCandidate(usize),
        /// Answers that the text names no speaker.
        NotGiven,
        /// Confirms the link to the speaker of a quote or claim.
        ConfirmLink(AnnotationId),
        /// Removes an unconfirmed link to the speaker.
        LeaveUndecided(AnnotationId),
        /// Links a tag to a target and confirms, by the role the schema allows.
        Link {
            /// The quote or claim.
            from: AnnotationId,
            /// Who or what to.
            to: Target,
            /// Beside the links that are there, or instead of those of the same role.
            add: bool,
        },
        /// Links a tag to the mention at a place (bytes) and confirms it; tags an untagged mention.
        LinkToMentionAt {
            /// The quote or claim.
            from: AnnotationId,
            /// Where the mention is.
            at: TextSize,
        },
        /// Removes a link.
        Unlink(LinkId),
        /// Sets the person of a speaker mention, or who said a quote or claim.
        AssignPerson {
            /// Which mention, quote or claim.
            tag: Option<AnnotationId>,
            /// Who.
            person: PersonChoice,
        },
        /// Writes name, kind, aliases, role or external id of a person. Changes of one person in a row
        /// are one step to undo.
        EditPerson(Person),
        /// Makes one person of two: mentions and links go over, names become aliases.
        MergePeople {
            /// The person to remove.
            from: PersonId,
            /// Who stays.
            into: PersonId,
        },
        /// Takes a person off the roster; refused while tags or links name them.
        DeletePerson(PersonId),
        /// Marks the tag in review.
        Review {
            /// Which tag.
            tag: Option<AnnotationId>,
            /// The mark.
            review: Review,
        },
        /// Accepts suggested quotes with the speakers they are linked to, as one step.
        AcceptSuggestions(Vec<AnnotationId>),
        /// Accepts what is suggested in the paragraphs of the selection, of any kind, with its
        /// speakers, after something was tagged there.
        AcceptRest,
        /// Replaces a range of the article; tags follow their words. The article's file is written
        /// with the next save. Refused where it could not be written back exactly; see
        /// [`crate::ops::OpenDocument::text_refusal`].
        EditText {
            /// The range, in bytes; snapped to graphemes. Empty: only inserts.
            range: TextRange,
            /// The new words.
            replacement: String,
        },
        /// Puts a lost tag where the selection is.
        PlaceLost(UnreadRecord),
        /// Discards a lost tag.
        ForgetLost(UnreadRecord),
        /// Sets the state of the document.
        SetState(DocumentState),
        /// Ignores what a rule has found. The reason may be empty.
        IgnoreFinding {
            /// What is ignored.
            key: SuppressionKey,
            /// Why.
            reason: String,
        },
        /// Shows again what was ignored.
        StopIgnoring(SuppressionKey),
        /// Two versions of one record: the other one takes the place of the one that is there.
        TakeOther(UnreadRecord),
        /// Two versions of one record: the one that is there holds, the other is dropped.
        KeepOurs(UnreadRecord),
    }
}
