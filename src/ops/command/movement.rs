use super::kinds::enum_with_kinds;
use crate::edit::Motion;
use crate::model::AnnotationId;
use crate::ops::TagFilter;
use crate::text::{TextRange, TextSize};

enum_with_kinds! {
    /// Where someone can go. Never changes the document.
    #[derive(Debug, Clone, PartialEq)]
    pub enum Move,
    /// A [`Move`] without what it is about.
    MoveKind {
        /// Moves the caret; with `extend` the other end of the selection stays.
        Caret {
            /// Where to.
            motion: Motion,
            /// Whether the selection grows.
            extend: bool,
        },
        /// Puts the selection; equal ends are a caret. Snapped to graphemes. The current tag stays
        /// current for a selection, and for a caret within it.
        Select {
            /// The end that stays.
            anchor: TextSize,
            /// The end that moves.
            head: TextSize,
        },
        /// Selects words that were looked for (bytes). No tag is current then, so that what comes
        /// next is about them.
        Seek(TextRange),
        /// Selects the whole article.
        SelectAll,
        /// Selects the next larger unit: word, name or quoted passage, clause, sentence, paragraph.
        Grow,
        /// Goes back to the next smaller unit.
        Shrink,
        /// Goes to the tag before.
        PreviousTag(TagFilter),
        /// Makes a tag the current one and puts the caret at its start.
        GoTo(AnnotationId),
        /// Goes to the nearest problem.
        Problem {
            /// Whether towards the end of the text.
            forward: bool,
        },
        /// Goes to the nearest open difference between annotators.
        Difference {
            /// Whether towards the end of the text.
            forward: bool,
        },
        /// Goes to a difference: its place in [`crate::compare::Comparison::groups`].
        GoToDifference(usize),
        /// Begins to review the tags of a colleague: their place in
        /// [`crate::ops::PeerWork::colleagues`].
        ReviewWorkOf(usize),
        /// Goes to the next tag of the colleague whose tags are reviewed.
        PeerTag {
            /// Whether towards the end of the text.
            forward: bool,
        },
        /// Goes to a tag that is reviewed: its place in [`crate::ops::PeerWork::tags`].
        GoToPeerTag(usize),
        /// Goes to the nearest correction that is not settled.
        Correction {
            /// Whether towards the end of the text.
            forward: bool,
        },
        /// Goes to a correction: its place in [`crate::ops::PeerWork::corrections`].
        GoToCorrection(usize),
        /// Makes the next larger tag at the caret the current one.
        Outward,
        /// Makes the next smaller tag at the caret the current one.
        Inward,
    }
}
