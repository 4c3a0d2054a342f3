//! Everything a person can order, in one table. Menus, toolbar, palette, key sheet, the README's key
//! table and the tests read it; what an order does stands in [`super::app`].

use smol_str::SmolStr;

use crate::model::{Review, Schema};
use crate::ops::{Command, Edge, Motion, Step, TagFilter};

/// Where a command stands in menus and key sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Files and folders.
    File,
    /// Undo, selecting, finding.
    Edit,
    /// Making and changing tags.
    Tag,
    /// Walking through tags and judging them.
    Review,
    /// What is shown and how.
    View,
    /// How to.
    Help,
    /// The caret; in the key sheet only.
    Caret,
}

impl Group {
    /// All of them, in the order of the menu bar.
    pub const ALL: [Self; 7] = [
        Self::File,
        Self::Edit,
        Self::Tag,
        Self::Review,
        Self::View,
        Self::Help,
        Self::Caret,
    ];

    /// The word on screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Tag => "Tag",
            Self::Review => "Review",
            Self::View => "View",
            Self::Help => "Help",
            Self::Caret => "Move",
        }
    }
}

/// What has to be there for a command to make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// An open article.
    Article,
    /// A current tag, or one at the caret.
    Tag,
}

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

macro_rules! commands {
    ($($command:ident, $id:literal, $group:ident $section:literal $needs:ident, $name:literal, $description:literal;)*) => {
        /// An order a person can give.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum UiCommand {
            /// Tags the selection, or the natural unit at the caret, with the schema's label at this
            /// place (from 0).
            TagAs(u8),
            $(#[doc = $description] $command,)*
        }

        /// The table, in the order menus and the key sheet show it. Tagging has a row for each label
        /// of the schema; see [`entries`].
        pub const TABLE: &[CommandInfo] = &[$(CommandInfo {
            command: UiCommand::$command,
            id: $id,
            name: $name,
            description: $description,
            group: Group::$group,
            section: $section,
            needs: Needs::$needs,
        },)*];
    };
}

commands! {
    OpenFile, "open-file", File 1 Nothing, "Open file…", "Opens an article.";
    OpenFolder, "open-folder", File 1 Nothing, "Open folder…", "Lists the articles of a folder.";
    OpenSample, "open-sample", File 1 Nothing, "Open the sample", "Opens the sample article to try things on.";
    Save, "save", File 2 Article, "Save", "Writes the tags beside the article now; they are also saved by themselves.";
    ReadAs, "read-as", File 2 Article, "Read in another encoding…", "Reads the article's file again as another encoding.";
    Export, "export", File 2 Article, "Export…", "Writes what is said about this article in another format.";
    Import, "import", File 2 Nothing, "Import…", "Reads tagged articles of other tools into a folder.";
    PreviousArticle, "previous-article", File 3 Nothing, "Previous article", "Goes to the article before in the folder.";
    NextArticle, "next-article", File 3 Nothing, "Next article", "Goes to the next article in the folder.";
    DoneAndNext, "done-and-next", File 3 Article, "Done, next article", "Marks the article done and goes to the next one.";
    MarkInProgress, "mark-in-progress", File 3 Article, "Mark as in progress", "Says that the work on the article goes on.";
    Quit, "quit", File 4 Nothing, "Quit", "Closes the window; what is not saved is saved first.";

    Undo, "undo", Edit 1 Article, "Undo", "Takes the last step back.";
    Redo, "redo", Edit 1 Article, "Redo", "Does again what was undone.";
    Copy, "copy", Edit 2 Article, "Copy", "Copies the selected words, or those of the current tag.";
    SelectAll, "select-all", Edit 2 Article, "Select all", "Selects the whole article.";
    Grow, "grow", Edit 3 Article, "Grow selection", "Selects the next larger unit: word, name or quoted stretch, clause, sentence, paragraph.";
    Shrink, "shrink", Edit 3 Article, "Shrink selection", "Goes back to the smaller unit.";
    Find, "find", Edit 4 Article, "Find…", "Finds words in the article.";
    FindNext, "find-next", Edit 4 Article, "Find next", "Goes to the next hit.";
    FindPrevious, "find-previous", Edit 4 Article, "Find previous", "Goes to the hit before.";

    EditText, "edit-text", Edit 5 Article, "Edit the article…", "Corrects the paragraph at the caret in the article's own file; tags move along.";

    LeaveFind, "leave-find", Edit 0 Article, "Leave the find bar", "Back to the article, with the hit selected.";

    AddFragment, "add-part", Tag 2 Article, "Add part", "Adds the selection, or the next untagged quoted stretch, to the current tag: a split quote.";
    RemovePart, "remove-part", Tag 2 Tag, "Remove part", "Takes the part at the caret off the current tag, which keeps the others.";
    NextCandidate, "next-candidate", Tag 3 Tag, "Next speaker", "Links the quote or claim to the next likely speaker.";
    PreviousCandidate, "previous-candidate", Tag 3 Tag, "Previous speaker", "Links the quote or claim to the likely speaker before.";
    NotGiven, "not-given", Tag 3 Tag, "No speaker given", "Answers that the text names nobody.";
    WhoIsThis, "who-is-this", Tag 4 Tag, "Who is this…", "Says which person a mention, quote or claim belongs to.";
    Relabel, "relabel", Tag 4 Tag, "Change label…", "Gives the current tag another label.";
    Note, "note", Tag 4 Tag, "Note…", "Writes a note on the current tag.";
    Attributes, "attributes", Tag 4 Tag, "Attributes", "Goes to the details of the current tag.";
    EndOut, "end-out", Tag 5 Tag, "End: a word further", "Moves the end of the current tag on by a word.";
    EndIn, "end-in", Tag 5 Tag, "End: a word back", "Moves the end of the current tag back by a word.";
    StartOut, "start-out", Tag 5 Tag, "Start: a word out", "Moves the start of the current tag back by a word.";
    StartIn, "start-in", Tag 5 Tag, "Start: a word in", "Moves the start of the current tag on by a word.";
    EndOutByCharacter, "end-out-character", Tag 0 Tag, "End: a character further", "Moves the end of the current tag on by a character.";
    EndInByCharacter, "end-in-character", Tag 0 Tag, "End: a character back", "Moves the end of the current tag back by a character.";
    StartOutByCharacter, "start-out-character", Tag 0 Tag, "Start: a character out", "Moves the start of the current tag back by a character.";
    StartInByCharacter, "start-in-character", Tag 0 Tag, "Start: a character in", "Moves the start of the current tag on by a character.";
    Delete, "delete", Tag 6 Tag, "Delete tag", "Deletes the current tag; its links go with it.";

    Confirm, "confirm", Review 1 Tag, "Confirm or accept", "Confirms the speaker shown; else accepts the tag and goes on.";
    Reject, "reject", Review 1 Tag, "Reject", "Marks the tag as wrong and goes on; it stays, dimmed.";
    Unsure, "unsure", Review 1 Tag, "Unsure", "Marks the tag for somebody else to look at and goes on.";
    NextTag, "next-tag", Review 2 Article, "Next tag", "Goes to the next tag that the filter shows, and confirms the speaker of this one.";
    PreviousTag, "previous-tag", Review 2 Article, "Previous tag", "Goes to the tag before.";
    NextSuggestion, "next-suggestion", Review 2 Article, "Next suggestion", "Goes to the next suggestion nobody has decided on.";
    PreviousSuggestion, "previous-suggestion", Review 2 Article, "Previous suggestion", "Goes to the suggestion before.";
    NextProblem, "next-problem", Review 2 Article, "Next problem", "Goes to the next doubtful place.";
    PreviousProblem, "previous-problem", Review 2 Article, "Previous problem", "Goes to the doubtful place before.";
    Outward, "outward", Review 3 Article, "Larger tag here", "Makes the next larger tag at the caret the current one.";
    Inward, "inward", Review 3 Article, "Smaller tag here", "Makes the next smaller tag at the caret the current one.";
    Escape, "escape", Review 0 Article, "Leave", "Leaves the speaker undecided; then drops the selection, then the current tag.";

    Palette, "palette", View 1 Nothing, "Command palette…", "Finds any command by its name.";
    ZoomIn, "zoom-in", View 2 Nothing, "Larger text", "Sets the article larger.";
    ZoomOut, "zoom-out", View 2 Nothing, "Smaller text", "Sets the article smaller.";
    ZoomReset, "zoom-reset", View 2 Nothing, "Normal text size", "Sets the article in its normal size.";
    ToggleTheme, "toggle-theme", View 3 Nothing, "Light or dark", "Changes between light and dark.";
    ToggleFiles, "toggle-files", View 4 Nothing, "Files", "Shows or hides the files on the left.";
    ToggleDetails, "toggle-details", View 4 Nothing, "Side panel", "Shows or hides tags, people and problems on the right.";
    ShowTags, "show-tags", View 5 Nothing, "Tags", "Shows the list of tags.";
    ShowPeople, "show-people", View 5 Nothing, "People", "Shows who is named in the article.";
    ShowProblems, "show-problems", View 5 Nothing, "Problems", "Shows what is doubtful.";
    NextRegion, "next-region", View 6 Nothing, "Next region", "Moves the keys' focus on: article, files, details.";
    PreviousRegion, "previous-region", View 6 Nothing, "Previous region", "Moves the keys' focus back.";

    KeySheet, "key-sheet", Help 1 Nothing, "Keys", "Shows every key.";
    About, "about", Help 2 Nothing, "About Pullquote", "Version, licence and where files are kept.";

    Left, "left", Caret 0 Article, "A character back", "Moves the caret a character back.";
    Right, "right", Caret 0 Article, "A character on", "Moves the caret a character on.";
    Up, "up", Caret 0 Article, "A line up", "Moves the caret a line up.";
    Down, "down", Caret 0 Article, "A line down", "Moves the caret a line down.";
    WordLeft, "word-left", Caret 0 Article, "A word back", "Moves the caret a word back.";
    WordRight, "word-right", Caret 0 Article, "A word on", "Moves the caret a word on.";
    LineStart, "line-start", Caret 0 Article, "To the start of the line", "Moves the caret to the start of the line.";
    LineEnd, "line-end", Caret 0 Article, "To the end of the line", "Moves the caret to the end of the line.";
    PageUp, "page-up", Caret 0 Article, "A page up", "Moves the caret a page up.";
    PageDown, "page-down", Caret 0 Article, "A page down", "Moves the caret a page down.";
    DocumentStart, "document-start", Caret 0 Article, "To the start of the article", "Moves the caret to the start of the article.";
    DocumentEnd, "document-end", Caret 0 Article, "To the end of the article", "Moves the caret to the end of the article.";
    ExtendLeft, "extend-left", Caret 0 Article, "Extend a character back", "Moves the end of the selection a character back.";
    ExtendRight, "extend-right", Caret 0 Article, "Extend a character on", "Moves the end of the selection a character on.";
    ExtendUp, "extend-up", Caret 0 Article, "Extend a line up", "Moves the end of the selection a line up.";
    ExtendDown, "extend-down", Caret 0 Article, "Extend a line down", "Moves the end of the selection a line down.";
    ExtendWordLeft, "extend-word-left", Caret 0 Article, "Extend a word back", "Moves the end of the selection a word back.";
    ExtendWordRight, "extend-word-right", Caret 0 Article, "Extend a word on", "Moves the end of the selection a word on.";
    ExtendLineStart, "extend-line-start", Caret 0 Article, "Extend to the start of the line", "Selects to the start of the line.";
    ExtendLineEnd, "extend-line-end", Caret 0 Article, "Extend to the end of the line", "Selects to the end of the line.";
    ExtendPageUp, "extend-page-up", Caret 0 Article, "Extend a page up", "Moves the end of the selection a page up.";
    ExtendPageDown, "extend-page-down", Caret 0 Article, "Extend a page down", "Moves the end of the selection a page down.";
    ExtendDocumentStart, "extend-document-start", Caret 0 Article, "Extend to the start of the article", "Selects to the start of the article.";
    ExtendDocumentEnd, "extend-document-end", Caret 0 Article, "Extend to the end of the article", "Selects to the end of the article.";
}

/// A command as it is shown, with the words of the schema in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which command.
    pub command: UiCommand,
    /// Other words for it, to be found by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does, in a line.
    pub description: String,
    /// Where it stands.
    pub group: Group,
    /// Section of its menu; 0: in no menu.
    pub section: u8,
}

/// Everything that can be ordered under this schema, in the order of menus and key sheet.
#[must_use]
pub fn entries(schema: &Schema) -> Vec<Entry> {
    let fixed = TABLE.iter().map(|info| Entry {
        command: info.command,
        id: info.id.replace('-', " "),
        name: info.name.to_owned(),
        description: info.description.to_owned(),
        group: info.group,
        section: info.section,
    });
    let labels = (0_u8..).zip(schema.labels()).map(|(n, label)| Entry {
        command: UiCommand::TagAs(n),
        id: format!("mark {}", label.plural.to_lowercase()),
        name: format!("Tag as {}", label.name.to_lowercase()),
        description: format!(
            "Tags the selection, or the natural unit at the caret, as {}.",
            label.name.to_lowercase()
        ),
        group: Group::Tag,
        section: 1,
    });
    let mut all: Vec<Entry> = labels.chain(fixed).collect();
    all.sort_by_key(|entry| entry.group);
    all
}

/// Where the caret goes when that is a matter of layout, which only the view knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayoutMotion {
    /// A line up.
    Up,
    /// A line down.
    Down,
    /// To the start of the line as it is broken on screen.
    LineStart,
    /// To its end.
    LineEnd,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
}

impl UiCommand {
    /// Its row of the table; none for tagging, whose rows come from the schema.
    #[must_use]
    pub fn info(self) -> Option<&'static CommandInfo> {
        TABLE.iter().find(|info| info.command == self)
    }

    /// What has to be there.
    #[must_use]
    pub fn needs(self) -> Needs {
        self.info().map_or(Needs::Article, |info| info.needs)
    }

    /// The command on the article that this order means, if it is one. `walk` is the filter that
    /// going to the next tag heeds.
    #[must_use]
    pub fn on_article(self, schema: &Schema, walk: &TagFilter) -> Option<Command> {
        let caret = |motion| Command::Move {
            motion,
            extend: false,
        };
        let extend = |motion| Command::Move {
            motion,
            extend: true,
        };
        let nudge = |edge, forward, step| Command::Nudge {
            edge,
            forward,
            step,
        };
        let review = |review| Command::Review {
            tag: None,
            review,
            then: Some(walk.clone()),
        };
        Some(match self {
            Self::TagAs(n) => Command::Tag(label_key(schema, n)?),
            Self::Undo => Command::Undo,
            Self::Redo => Command::Redo,
            Self::SelectAll => Command::SelectAll,
            Self::Grow => Command::Grow,
            Self::Shrink => Command::Shrink,
            Self::AddFragment => Command::AddFragment,
            Self::RemovePart => Command::RemovePart,
            Self::NextCandidate => Command::NextCandidate,
            Self::PreviousCandidate => Command::PreviousCandidate,
            Self::NotGiven => Command::NotGiven,
            Self::EndOut => nudge(Edge::End, true, Step::Word),
            Self::EndIn => nudge(Edge::End, false, Step::Word),
            Self::StartOut => nudge(Edge::Start, false, Step::Word),
            Self::StartIn => nudge(Edge::Start, true, Step::Word),
            Self::EndOutByCharacter => nudge(Edge::End, true, Step::Grapheme),
            Self::EndInByCharacter => nudge(Edge::End, false, Step::Grapheme),
            Self::StartOutByCharacter => nudge(Edge::Start, false, Step::Grapheme),
            Self::StartInByCharacter => nudge(Edge::Start, true, Step::Grapheme),
            Self::Delete => Command::Delete(None),
            Self::Confirm => Command::Confirm,
            Self::Reject => review(Review::Rejected),
            Self::Unsure => review(Review::Unsure),
            Self::NextTag => Command::NextTag(walk.clone()),
            Self::PreviousTag => Command::PreviousTag(walk.clone()),
            Self::Outward => Command::Outward,
            Self::Inward => Command::Inward,
            Self::Escape => Command::Escape,
            Self::Left => caret(Motion::PreviousGrapheme),
            Self::Right => caret(Motion::NextGrapheme),
            Self::WordLeft => caret(Motion::PreviousWord),
            Self::WordRight => caret(Motion::NextWord),
            Self::DocumentStart => caret(Motion::DocumentStart),
            Self::DocumentEnd => caret(Motion::DocumentEnd),
            Self::ExtendLeft => extend(Motion::PreviousGrapheme),
            Self::ExtendRight => extend(Motion::NextGrapheme),
            Self::ExtendWordLeft => extend(Motion::PreviousWord),
            Self::ExtendWordRight => extend(Motion::NextWord),
            Self::ExtendDocumentStart => extend(Motion::DocumentStart),
            Self::ExtendDocumentEnd => extend(Motion::DocumentEnd),
            _ => return None,
        })
    }

    /// The way of the caret that only the view can work out, and whether the selection grows.
    #[must_use]
    pub fn by_layout(self) -> Option<(LayoutMotion, bool)> {
        Some(match self {
            Self::Up => (LayoutMotion::Up, false),
            Self::Down => (LayoutMotion::Down, false),
            Self::LineStart => (LayoutMotion::LineStart, false),
            Self::LineEnd => (LayoutMotion::LineEnd, false),
            Self::PageUp => (LayoutMotion::PageUp, false),
            Self::PageDown => (LayoutMotion::PageDown, false),
            Self::ExtendUp => (LayoutMotion::Up, true),
            Self::ExtendDown => (LayoutMotion::Down, true),
            Self::ExtendLineStart => (LayoutMotion::LineStart, true),
            Self::ExtendLineEnd => (LayoutMotion::LineEnd, true),
            Self::ExtendPageUp => (LayoutMotion::PageUp, true),
            Self::ExtendPageDown => (LayoutMotion::PageDown, true),
            _ => return None,
        })
    }
}

fn label_key(schema: &Schema, n: u8) -> Option<SmolStr> {
    schema
        .labels()
        .get(usize::from(n))
        .map(|label| label.key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_stand_once() {
        for (n, info) in TABLE.iter().enumerate() {
            for other in TABLE.iter().skip(n + 1) {
                assert_ne!(info.id, other.id);
                assert_ne!(info.name, other.name, "{} {}", info.id, other.id);
            }
        }
    }

    #[test]
    fn descriptions_are_a_sentence() {
        for info in TABLE {
            assert!(info.description.ends_with('.'), "{}", info.id);
        }
    }
}
