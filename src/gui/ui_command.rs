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
    OpenSample, "open-sample", File 1 Nothing, "Open the sample", "Opens the sample article, to try things on.";
    Save, "save", File 2 Article, "Save", "Saves the tags now. They are also saved automatically.";
    ReadAs, "read-as", File 2 Article, "Read in another encoding…", "Reads the article's file again in another encoding.";
    Export, "export", File 2 Article, "Export…", "Writes the tags of this article or folder in another format.";
    Import, "import", File 2 Nothing, "Import…", "Reads articles tagged in other tools into a folder.";
    PreviousArticle, "previous-article", File 3 Nothing, "Previous article", "Goes to the previous article in the folder.";
    NextArticle, "next-article", File 3 Nothing, "Next article", "Goes to the next article in the folder.";
    DoneAndNext, "done-and-next", File 3 Article, "Done, next article", "Marks the article done and goes to the next one.";
    MarkInProgress, "mark-in-progress", File 3 Article, "Mark as in progress", "Reopens an article that is marked done.";
    Quit, "quit", File 4 Nothing, "Quit", "Saves what is not saved and closes the window.";

    Undo, "undo", Edit 1 Article, "Undo", "Undoes the last step.";
    Redo, "redo", Edit 1 Article, "Redo", "Redoes what was undone.";
    Copy, "copy", Edit 2 Article, "Copy", "Copies the selected text, or the text of the current tag.";
    SelectAll, "select-all", Edit 2 Article, "Select all", "Selects the whole article.";
    Grow, "grow", Edit 3 Article, "Grow selection", "Selects the next larger unit: word, name or quoted passage, clause, sentence, paragraph.";
    Shrink, "shrink", Edit 3 Article, "Shrink selection", "Goes back to the smaller unit.";
    Find, "find", Edit 4 Article, "Find…", "Finds text in the article.";
    FindNext, "find-next", Edit 4 Article, "Find next", "Goes to the next match.";
    FindPrevious, "find-previous", Edit 4 Article, "Find previous", "Goes to the previous match.";

    EditText, "edit-text", Edit 5 Article, "Edit the article…", "Corrects the paragraph at the caret in the article's own file. Tags follow.";

    LeaveFind, "leave-find", Edit 0 Article, "Close the find bar", "Returns to the article with the match selected.";

    AddFragment, "add-part", Tag 2 Article, "Add part", "Adds the selection, or the next untagged quoted passage, to the current tag, for a split quote.";
    RemovePart, "remove-part", Tag 2 Tag, "Remove part", "Removes the part at the caret from the current tag and keeps the others.";
    NextCandidate, "next-candidate", Tag 3 Tag, "Next speaker", "Links the quote or claim to the next likely speaker.";
    PreviousCandidate, "previous-candidate", Tag 3 Tag, "Previous speaker", "Links the quote or claim to the previous likely speaker.";
    NotGiven, "not-given", Tag 3 Tag, "No speaker given", "Marks that the text does not name a speaker.";
    WhoIsThis, "who-is-this", Tag 4 Tag, "Who is this…", "Sets the person that a mention, quote or claim belongs to.";
    Relabel, "relabel", Tag 4 Tag, "Change label…", "Changes the label of the current tag.";
    Note, "note", Tag 4 Tag, "Note…", "Adds or edits a note on the current tag.";
    Attributes, "attributes", Tag 4 Tag, "Attributes", "Goes to the attributes of the current tag.";
    EndOut, "end-out", Tag 5 Tag, "End: extend by a word", "Moves the end of the current tag one word right.";
    EndIn, "end-in", Tag 5 Tag, "End: shrink by a word", "Moves the end of the current tag one word left.";
    StartOut, "start-out", Tag 5 Tag, "Start: extend by a word", "Moves the start of the current tag one word left.";
    StartIn, "start-in", Tag 5 Tag, "Start: shrink by a word", "Moves the start of the current tag one word right.";
    EndOutByCharacter, "end-out-character", Tag 0 Tag, "End: extend by a character", "Moves the end of the current tag one character right.";
    EndInByCharacter, "end-in-character", Tag 0 Tag, "End: shrink by a character", "Moves the end of the current tag one character left.";
    StartOutByCharacter, "start-out-character", Tag 0 Tag, "Start: extend by a character", "Moves the start of the current tag one character left.";
    StartInByCharacter, "start-in-character", Tag 0 Tag, "Start: shrink by a character", "Moves the start of the current tag one character right.";
    Delete, "delete", Tag 6 Tag, "Delete tag", "Deletes the current tag and its links.";

    Confirm, "confirm", Review 1 Tag, "Confirm or accept", "Confirms the speaker shown. If there is none to confirm, accepts the tag and goes to the next.";
    Reject, "reject", Review 1 Tag, "Reject", "Marks the tag as wrong and goes to the next. It stays, dimmed.";
    Unsure, "unsure", Review 1 Tag, "Unsure", "Marks the tag for a second opinion and goes to the next.";
    NextTag, "next-tag", Review 2 Article, "Next tag", "Confirms the speaker of this tag and goes to the next one that the filter shows.";
    PreviousTag, "previous-tag", Review 2 Article, "Previous tag", "Goes to the previous tag that the filter shows.";
    NextSuggestion, "next-suggestion", Review 2 Article, "Next suggestion", "Goes to the next suggestion to review.";
    PreviousSuggestion, "previous-suggestion", Review 2 Article, "Previous suggestion", "Goes to the previous suggestion to review.";
    NextProblem, "next-problem", Review 2 Article, "Next problem", "Goes to the next problem.";
    PreviousProblem, "previous-problem", Review 2 Article, "Previous problem", "Goes to the previous problem.";
    Outward, "outward", Review 3 Article, "Larger tag here", "Selects the next larger tag at the caret.";
    Inward, "inward", Review 3 Article, "Smaller tag here", "Selects the next smaller tag at the caret.";
    Escape, "escape", Review 0 Article, "Leave", "Leaves the speaker open. Press again to clear the selection, then to deselect the tag.";

    Palette, "palette", View 1 Nothing, "Command palette…", "Finds a command by its name.";
    ZoomIn, "zoom-in", View 2 Nothing, "Larger text", "Makes the text of the article larger.";
    ZoomOut, "zoom-out", View 2 Nothing, "Smaller text", "Makes the text of the article smaller.";
    ZoomReset, "zoom-reset", View 2 Nothing, "Normal text size", "Resets the text size.";
    ToggleTheme, "toggle-theme", View 3 Nothing, "Light or dark", "Switches between the light and the dark theme.";
    ToggleFiles, "toggle-files", View 4 Nothing, "Files", "Shows or hides the files on the left.";
    ToggleDetails, "toggle-details", View 4 Nothing, "Side panel", "Shows or hides tags, people and problems on the right.";
    ShowTags, "show-tags", View 5 Nothing, "Tags", "Shows the list of tags.";
    ShowPeople, "show-people", View 5 Nothing, "People", "Shows the people named in the article.";
    ShowProblems, "show-problems", View 5 Nothing, "Problems", "Shows the problems found in the article.";
    NextRegion, "next-region", View 6 Nothing, "Next panel", "Moves the focus to the next panel: article, files, details.";
    PreviousRegion, "previous-region", View 6 Nothing, "Previous panel", "Moves the focus to the previous panel.";

    KeySheet, "key-sheet", Help 1 Nothing, "Keys", "Lists every key.";
    About, "about", Help 2 Nothing, "About Pullquote", "Shows the version, the licence and where files are kept.";

    Left, "left", Caret 0 Article, "Left by a character", "Moves the caret left by a character.";
    Right, "right", Caret 0 Article, "Right by a character", "Moves the caret right by a character.";
    Up, "up", Caret 0 Article, "Up by a line", "Moves the caret up by a line.";
    Down, "down", Caret 0 Article, "Down by a line", "Moves the caret down by a line.";
    WordLeft, "word-left", Caret 0 Article, "Left by a word", "Moves the caret left by a word.";
    WordRight, "word-right", Caret 0 Article, "Right by a word", "Moves the caret right by a word.";
    LineStart, "line-start", Caret 0 Article, "To the start of the line", "Moves the caret to the start of the line.";
    LineEnd, "line-end", Caret 0 Article, "To the end of the line", "Moves the caret to the end of the line.";
    PageUp, "page-up", Caret 0 Article, "Up by a page", "Moves the caret up by a page.";
    PageDown, "page-down", Caret 0 Article, "Down by a page", "Moves the caret down by a page.";
    DocumentStart, "document-start", Caret 0 Article, "To the start of the article", "Moves the caret to the start of the article.";
    DocumentEnd, "document-end", Caret 0 Article, "To the end of the article", "Moves the caret to the end of the article.";
    ExtendLeft, "extend-left", Caret 0 Article, "Extend left by a character", "Extends or shrinks the selection to the left by a character.";
    ExtendRight, "extend-right", Caret 0 Article, "Extend right by a character", "Extends or shrinks the selection to the right by a character.";
    ExtendUp, "extend-up", Caret 0 Article, "Extend up by a line", "Extends or shrinks the selection up by a line.";
    ExtendDown, "extend-down", Caret 0 Article, "Extend down by a line", "Extends or shrinks the selection down by a line.";
    ExtendWordLeft, "extend-word-left", Caret 0 Article, "Extend left by a word", "Extends or shrinks the selection to the left by a word.";
    ExtendWordRight, "extend-word-right", Caret 0 Article, "Extend right by a word", "Extends or shrinks the selection to the right by a word.";
    ExtendLineStart, "extend-line-start", Caret 0 Article, "Extend to the start of the line", "Extends the selection to the start of the line.";
    ExtendLineEnd, "extend-line-end", Caret 0 Article, "Extend to the end of the line", "Extends the selection to the end of the line.";
    ExtendPageUp, "extend-page-up", Caret 0 Article, "Extend up by a page", "Extends or shrinks the selection up by a page.";
    ExtendPageDown, "extend-page-down", Caret 0 Article, "Extend down by a page", "Extends or shrinks the selection down by a page.";
    ExtendDocumentStart, "extend-document-start", Caret 0 Article, "Extend to the start of the article", "Extends the selection to the start of the article.";
    ExtendDocumentEnd, "extend-document-end", Caret 0 Article, "Extend to the end of the article", "Extends the selection to the end of the article.";
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
