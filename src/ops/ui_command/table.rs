//! The rows of the table.

use super::{Group, LayoutMotion, Meaning, Needs, WindowCommand};
use crate::model::{DocumentState, Review};
use crate::ops::{Command, Edge, Edit, Gesture, Motion, Move, Step};

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandInfo {
    /// Which command.
    pub command: UiCommand,
    /// Its name in `keymap.ron`.
    pub id: &'static str,
    /// Its name in menus, on buttons and in the palette.
    pub name: &'static str,
    /// What it does, in a line.
    pub description: &'static str,
    /// Where it stands.
    pub group: Group,
    /// Section of its menu, from 1; sections are set apart by lines. 0: in no menu.
    pub section: u8,
    /// What has to be there.
    pub needs: Needs,
}

/// What a row means: a command on the article (`run`, `walk` with the filter of the tag list, and
/// short forms of what often occurs), a motion of the caret that depends on the layout, or a command
/// of the window.
macro_rules! meaning {
    (run $command:expr) => {
        Meaning::Article(|_| Command::from($command))
    };
    (walk $command:path) => {
        Meaning::Article(|filter| Command::from($command(filter.clone())))
    };
    (review $review:ident) => {
        Meaning::Article(|filter| {
            Command::from(Gesture::ReviewAndGoOn {
                tag: None,
                review: Review::$review,
                filter: filter.clone(),
            })
        })
    };
    (nudge $edge:ident on $step:ident) => {
        meaning!(run Edit::Nudge { edge: Edge::$edge, forward: true, step: Step::$step })
    };
    (nudge $edge:ident back $step:ident) => {
        meaning!(run Edit::Nudge { edge: Edge::$edge, forward: false, step: Step::$step })
    };
    (caret $motion:ident) => {
        meaning!(run Move::Caret { motion: Motion::$motion, extend: false })
    };
    (extend $motion:ident) => {
        meaning!(run Move::Caret { motion: Motion::$motion, extend: true })
    };
    (layout $motion:ident) => {
        Meaning::Layout { motion: LayoutMotion::$motion, extend: false }
    };
    (extend_layout $motion:ident) => {
        Meaning::Layout { motion: LayoutMotion::$motion, extend: true }
    };
    (window $command:ident) => {
        Meaning::Window(WindowCommand::$command)
    };
}

macro_rules! commands {
    ($($command:ident, $id:literal, $group:ident $section:literal $needs:ident, ($($meaning:tt)+), $name:literal, $description:literal;)*) => {
        /// An order a person can give.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum UiCommand {
            /// Tags the selection, or the natural unit at the caret, with the schema's label at this
            /// place (from 0).
            TagAs(u8),
            $(#[doc = $description] $command,)*
        }

        /// The table, in the order menus and the key sheet show it. Tagging has a row for each label
        /// of the schema; see [`super::entries`].
        pub const TABLE: &[CommandInfo] = &[$(CommandInfo {
            command: UiCommand::$command,
            id: $id,
            name: $name,
            description: $description,
            group: Group::$group,
            section: $section,
            needs: Needs::$needs,
        },)*];

        impl UiCommand {
            /// What it means.
            #[must_use]
            pub fn meaning(self) -> Meaning {
                match self {
                    Self::TagAs(n) => Meaning::TagAs(n),
                    $(Self::$command => meaning!($($meaning)+),)*
                }
            }
        }
    };
}

commands! {
    OpenFile, "open-file", File 1 Nothing, (window OpenFile), "Open file…", "Opens an article.";
    OpenFolder, "open-folder", File 1 Nothing, (window OpenFolder), "Open folder…", "Lists the articles of a folder.";
    OpenSample, "open-sample", File 1 Nothing, (window OpenSample), "Open the sample", "Opens the sample article to try things on.";
    Save, "save", File 2 Article, (window Save), "Save", "Writes the tags beside the article now; they are also saved by themselves.";
    ReadAs, "read-as", File 2 Article, (window ReadAs), "Read in another encoding…", "Reads the article's file again as another encoding.";
    Export, "export", File 2 Article, (window Export), "Export…", "Writes what is said about this article in another format.";
    Import, "import", File 2 Nothing, (window Import), "Import…", "Reads tagged articles of other tools into a folder.";
    PreviousArticle, "previous-article", File 3 Nothing, (window PreviousArticle), "Previous article", "Goes to the article before in the folder.";
    NextArticle, "next-article", File 3 Nothing, (window NextArticle), "Next article", "Goes to the next article in the folder.";
    DoneAndNext, "done-and-next", File 3 Article, (window DoneAndNext), "Done, next article", "Marks the article done and goes to the next one.";
    MarkInProgress, "mark-in-progress", File 3 Article, (run Edit::SetState(DocumentState::InProgress)), "Mark as in progress", "Says that the work on the article goes on.";
    Quit, "quit", File 4 Nothing, (window Quit), "Quit", "Closes the window; what is not saved is saved first.";

    Undo, "undo", Edit 1 Accepted, (run Gesture::Undo), "Undo", "Takes the last step back.";
    Redo, "redo", Edit 1 Accepted, (run Gesture::Redo), "Redo", "Does again what was undone.";
    Copy, "copy", Edit 2 Article, (window Copy), "Copy", "Copies the selected words, or those of the current tag.";
    SelectAll, "select-all", Edit 2 Article, (run Move::SelectAll), "Select all", "Selects the whole article.";
    Grow, "grow", Edit 3 Article, (run Move::Grow), "Grow selection", "Selects the next larger unit: word, name or quoted stretch, clause, sentence, paragraph.";
    Shrink, "shrink", Edit 3 Article, (run Move::Shrink), "Shrink selection", "Goes back to the smaller unit.";
    Find, "find", Edit 4 Article, (window Find), "Find…", "Finds words in the article.";
    FindNext, "find-next", Edit 4 Article, (window FindNext), "Find next", "Goes to the next hit.";
    FindPrevious, "find-previous", Edit 4 Article, (window FindPrevious), "Find previous", "Goes to the hit before.";

    EditText, "edit-text", Edit 5 Article, (window EditText), "Edit the article…", "Corrects the paragraph at the caret in the article's own file; tags move along.";

    LeaveFind, "leave-find", Edit 0 Article, (window LeaveFind), "Leave the find bar", "Back to the article, with the hit selected.";

    AddFragment, "add-part", Tag 2 Accepted, (run Edit::AddFragment), "Add part", "Adds the selection, or the next untagged quoted stretch, to the current tag: a split quote.";
    RemovePart, "remove-part", Tag 2 Accepted, (run Edit::RemovePart), "Remove part", "Takes the part at the caret off the current tag, which keeps the others.";
    NextCandidate, "next-candidate", Tag 3 Tag, (run Gesture::NextCandidate), "Next speaker", "Links the quote or claim to the next likely speaker.";
    PreviousCandidate, "previous-candidate", Tag 3 Tag, (run Gesture::PreviousCandidate), "Previous speaker", "Links the quote or claim to the likely speaker before.";
    NotGiven, "not-given", Tag 3 Tag, (run Edit::NotGiven), "No speaker given", "Answers that the text names nobody.";
    WhoIsThis, "who-is-this", Tag 4 Tag, (window WhoIsThis), "Who is this…", "Says which person a mention, quote or claim belongs to.";
    Relabel, "relabel", Tag 4 Tag, (window Relabel), "Change label…", "Gives the current tag another label.";
    Note, "note", Tag 4 Tag, (window Note), "Note…", "Writes a note on the current tag.";
    Attributes, "attributes", Tag 4 Tag, (window Attributes), "Attributes", "Goes to the details of the current tag.";
    EndOut, "end-out", Tag 5 Tag, (nudge End on Word), "End: a word further", "Moves the end of the current tag on by a word.";
    EndIn, "end-in", Tag 5 Tag, (nudge End back Word), "End: a word back", "Moves the end of the current tag back by a word.";
    StartOut, "start-out", Tag 5 Tag, (nudge Start back Word), "Start: a word out", "Moves the start of the current tag back by a word.";
    StartIn, "start-in", Tag 5 Tag, (nudge Start on Word), "Start: a word in", "Moves the start of the current tag on by a word.";
    EndOutByCharacter, "end-out-character", Tag 0 Tag, (nudge End on Grapheme), "End: a character further", "Moves the end of the current tag on by a character.";
    EndInByCharacter, "end-in-character", Tag 0 Tag, (nudge End back Grapheme), "End: a character back", "Moves the end of the current tag back by a character.";
    StartOutByCharacter, "start-out-character", Tag 0 Tag, (nudge Start back Grapheme), "Start: a character out", "Moves the start of the current tag back by a character.";
    StartInByCharacter, "start-in-character", Tag 0 Tag, (nudge Start on Grapheme), "Start: a character in", "Moves the start of the current tag on by a character.";
    Delete, "delete", Tag 6 Tag, (run Edit::Delete(None)), "Delete tag", "Deletes the current tag; its links go with it.";

    Confirm, "confirm", Review 1 Tag, (run Gesture::Confirm), "Confirm or accept", "Confirms the speaker shown; else accepts the tag and goes on.";
    Reject, "reject", Review 1 Tag, (review Rejected), "Reject", "Marks the tag as wrong and goes on; it stays, dimmed.";
    Unsure, "unsure", Review 1 Tag, (review Unsure), "Unsure", "Marks the tag for somebody else to look at and goes on.";
    NextTag, "next-tag", Review 2 Article, (walk Gesture::NextTag), "Next tag", "Goes to the next tag that the filter shows, and confirms the speaker of this one.";
    PreviousTag, "previous-tag", Review 2 Article, (walk Move::PreviousTag), "Previous tag", "Goes to the tag before.";
    NextSuggestion, "next-suggestion", Review 2 Article, (run Move::Suggestion { forward: true }), "Next suggestion", "Goes to the next suggestion nobody has decided on.";
    PreviousSuggestion, "previous-suggestion", Review 2 Article, (run Move::Suggestion { forward: false }), "Previous suggestion", "Goes to the suggestion before.";
    NextProblem, "next-problem", Review 2 Article, (run Move::Problem { forward: true }), "Next problem", "Goes to the next doubtful place.";
    PreviousProblem, "previous-problem", Review 2 Article, (run Move::Problem { forward: false }), "Previous problem", "Goes to the doubtful place before.";
    Outward, "outward", Review 3 Article, (run Move::Outward), "Larger tag here", "Makes the next larger tag at the caret the current one.";
    Inward, "inward", Review 3 Article, (run Move::Inward), "Smaller tag here", "Makes the next smaller tag at the caret the current one.";
    Escape, "escape", Review 0 Article, (run Gesture::Escape), "Leave", "Leaves the speaker undecided; then drops the selection, then the current tag.";

    Palette, "palette", View 1 Nothing, (window Palette), "Command palette…", "Finds any command by its name.";
    ZoomIn, "zoom-in", View 2 Nothing, (window ZoomIn), "Larger text", "Sets the article larger.";
    ZoomOut, "zoom-out", View 2 Nothing, (window ZoomOut), "Smaller text", "Sets the article smaller.";
    ZoomReset, "zoom-reset", View 2 Nothing, (window ZoomReset), "Normal text size", "Sets the article in its normal size.";
    ToggleTheme, "toggle-theme", View 3 Nothing, (window ToggleTheme), "Light or dark", "Changes between light and dark.";
    ToggleFiles, "toggle-files", View 4 Nothing, (window ToggleFiles), "Files", "Shows or hides the files on the left.";
    ToggleDetails, "toggle-details", View 4 Nothing, (window ToggleDetails), "Side panel", "Shows or hides tags, people and problems on the right.";
    ShowTags, "show-tags", View 5 Nothing, (window ShowTags), "Tags", "Shows the list of tags.";
    ShowPeople, "show-people", View 5 Nothing, (window ShowPeople), "People", "Shows who is named in the article.";
    ShowProblems, "show-problems", View 5 Nothing, (window ShowProblems), "Problems", "Shows what is doubtful.";
    NextRegion, "next-region", View 6 Nothing, (window NextRegion), "Next region", "Moves the keys' focus on: article, files, details.";
    PreviousRegion, "previous-region", View 6 Nothing, (window PreviousRegion), "Previous region", "Moves the keys' focus back.";

    KeySheet, "key-sheet", Help 1 Nothing, (window KeySheet), "Keys", "Shows every key.";
    About, "about", Help 2 Nothing, (window About), "About Pullquote", "Version, licence and where files are kept.";

    Left, "left", Caret 0 Article, (caret PreviousGrapheme), "A character back", "Moves the caret a character back.";
    Right, "right", Caret 0 Article, (caret NextGrapheme), "A character on", "Moves the caret a character on.";
    Up, "up", Caret 0 Article, (layout Up), "A line up", "Moves the caret a line up.";
    Down, "down", Caret 0 Article, (layout Down), "A line down", "Moves the caret a line down.";
    WordLeft, "word-left", Caret 0 Article, (caret PreviousWord), "A word back", "Moves the caret a word back.";
    WordRight, "word-right", Caret 0 Article, (caret NextWord), "A word on", "Moves the caret a word on.";
    LineStart, "line-start", Caret 0 Article, (layout LineStart), "To the start of the line", "Moves the caret to the start of the line.";
    LineEnd, "line-end", Caret 0 Article, (layout LineEnd), "To the end of the line", "Moves the caret to the end of the line.";
    PageUp, "page-up", Caret 0 Article, (layout PageUp), "A page up", "Moves the caret a page up.";
    PageDown, "page-down", Caret 0 Article, (layout PageDown), "A page down", "Moves the caret a page down.";
    DocumentStart, "document-start", Caret 0 Article, (caret DocumentStart), "To the start of the article", "Moves the caret to the start of the article.";
    DocumentEnd, "document-end", Caret 0 Article, (caret DocumentEnd), "To the end of the article", "Moves the caret to the end of the article.";
    ExtendLeft, "extend-left", Caret 0 Article, (extend PreviousGrapheme), "Extend a character back", "Moves the end of the selection a character back.";
    ExtendRight, "extend-right", Caret 0 Article, (extend NextGrapheme), "Extend a character on", "Moves the end of the selection a character on.";
    ExtendUp, "extend-up", Caret 0 Article, (extend_layout Up), "Extend a line up", "Moves the end of the selection a line up.";
    ExtendDown, "extend-down", Caret 0 Article, (extend_layout Down), "Extend a line down", "Moves the end of the selection a line down.";
    ExtendWordLeft, "extend-word-left", Caret 0 Article, (extend PreviousWord), "Extend a word back", "Moves the end of the selection a word back.";
    ExtendWordRight, "extend-word-right", Caret 0 Article, (extend NextWord), "Extend a word on", "Moves the end of the selection a word on.";
    ExtendLineStart, "extend-line-start", Caret 0 Article, (extend_layout LineStart), "Extend to the start of the line", "Selects to the start of the line.";
    ExtendLineEnd, "extend-line-end", Caret 0 Article, (extend_layout LineEnd), "Extend to the end of the line", "Selects to the end of the line.";
    ExtendPageUp, "extend-page-up", Caret 0 Article, (extend_layout PageUp), "Extend a page up", "Moves the end of the selection a page up.";
    ExtendPageDown, "extend-page-down", Caret 0 Article, (extend_layout PageDown), "Extend a page down", "Moves the end of the selection a page down.";
    ExtendDocumentStart, "extend-document-start", Caret 0 Article, (extend DocumentStart), "Extend to the start of the article", "Selects to the start of the article.";
    ExtendDocumentEnd, "extend-document-end", Caret 0 Article, (extend DocumentEnd), "Extend to the end of the article", "Selects to the end of the article.";
}
