//! All commands, in one table. Menus, toolbar, palette, key sheet, the key table of the docs and
//! the tests read it. A row holds what the command does, so that a new one works everywhere.

mod repeat;
mod table;

use crate::model::Schema;
use crate::ops::{Command, TagFilter};

pub use table::{CommandInfo, TABLE, UiCommand};

/// Where a command is in menus and key sheet.
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

/// What a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// An open article.
    Article,
    /// A current tag, or one at the caret.
    Tag,
    /// A current tag, one at the caret, or a quote whose reporting words are there; see
    /// [`crate::ops::OpenDocument::tag_to_attribute`].
    Attributable,
    /// An open article that takes the command now; see [`crate::ops::OpenDocument::refusal`].
    Accepted,
}

/// What a command of the table means.
#[derive(Debug, Clone, Copy)]
pub enum Meaning {
    /// Tagging with the schema's label at this place (from 0).
    TagAs(u8),
    /// From now on each drag over words tags them with the schema's label at this place (from 0); the same
    /// again ends it.
    DragAs(u8),
    /// A command on the article. The filter is the one for going to the next tag.
    Article(fn(&TagFilter) -> Command),
    /// A motion of the caret that only the view can work out.
    Layout {
        /// Where to.
        motion: LayoutMotion,
        /// Whether the selection grows.
        extend: bool,
    },
    /// Something about the window or its files.
    Window(WindowCommand),
}

/// Commands about the window and its files; the table describes each.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowCommand {
    OpenFile,
    OpenFolder,
    OpenSample,
    Save,
    ReadAs,
    Export,
    Import,
    UndoImport,
    PreviousArticle,
    NextArticle,
    DoneAndNext,
    ContinueQueue,
    Quit,
    Copy,
    Find,
    FindNext,
    FindPrevious,
    LeaveFind,
    SearchFolder,
    NextHit,
    PreviousHit,
    GoToHit,
    ChooseHit,
    ChangeHits,
    ExportHits,
    LeaveSearch,
    GoBack,
    PersonPage,
    UndoStep,
    RedoStep,
    EditText,
    WhoIsThis,
    Relabel,
    Note,
    Attributes,
    IgnoreProblem,
    EditSchema,
    Palette,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ToggleTheme,
    ToggleFiles,
    ShowProject,
    ShowAgreement,
    ShowStatistics,
    ShowCopies,
    CarryTags,
    Colleagues,
    Adjudicate,
    DecisionReason,
    ReviewTags,
    Corrections,
    Remark,
    PeerWords,
    PeerLabel,
    PeerSpeaker,
    PeerAttribute,
    AnswerCorrection,
    ShowGuidelines,
    OpenQuestions,
    TakeExam,
    CompareExam,
    ShowReview,
    ShowDifferences,
    SuggestDirect,
    SuggestMixed,
    SuggestIndirect,
    SuggestClaims,
    SuggestLessSure,
    AcceptSuggestions,
    SuggestWith,
    Learn,
    ForgetLearned,
    SaveLearned,
    LoadLearned,
    SetName,
    TakeOverUnnamed,
    ToggleDetails,
    ShowTags,
    ShowPeople,
    ShowProblems,
    ShowFacts,
    NextRegion,
    PreviousRegion,
    MenuBar,
    KeySheet,
    About,
}

/// A command as it is shown, with the words of the schema in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandEntry {
    /// Which command.
    pub command: UiCommand,
    /// Its name in `keymap.ron`, in words.
    pub id: String,
    /// Other words to find it by, the most apt first.
    pub also: String,
    /// Its name.
    pub name: String,
    /// What it does, in a line.
    pub description: String,
    /// Where it is.
    pub group: Group,
    /// Section of its menu; 0: in no menu.
    pub section: u8,
}

/// All commands under this schema, in the order of menus and key sheet.
#[must_use]
pub fn entries(schema: &Schema) -> Vec<CommandEntry> {
    let fixed = TABLE.iter().map(|info| CommandEntry {
        command: info.command,
        id: info.id.replace('-', " "),
        also: info.also.to_owned(),
        name: info.name.to_owned(),
        description: info.description.to_owned(),
        group: info.group,
        section: info.section,
    });
    let labels = (0_u8..)
        .zip(schema.labels())
        .map(|(n, label)| CommandEntry {
            command: UiCommand::TagAs(n),
            id: format!("mark {}", label.plural.to_lowercase()),
            also: "highlight annotate annotation label code color colour add new span entity"
                .to_owned(),
            name: format!("Tag as {}", label.name.to_lowercase()),
            description: format!(
                "Tags the selection, or the natural unit at the caret, as {}.",
                label.name.to_lowercase()
            ),
            group: Group::Tag,
            section: 1,
        });
    let drags = (0_u8..).zip(schema.labels()).map(|(n, label)| {
        let name = label.name.to_lowercase();
        CommandEntry {
            command: UiCommand::DragAs(n),
            id: format!("drag {name}"),
            also: "mouse pen marker sticky mode click highlight brush".to_owned(),
            name: format!("Drag to tag as {name}"),
            description: format!(
                "From now on, each drag over words tags them as {name}; Esc ends it."
            ),
            group: Group::Tag,
            section: 1,
        }
    });
    let mut all: Vec<CommandEntry> = labels.chain(drags).chain(fixed).collect();
    all.sort_by_key(|entry| entry.group);
    all
}

/// Moves of the caret that depend on the layout, which only the view knows.
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

    /// The label it tags with: its place in the schema, from 0.
    #[must_use]
    pub fn label(self) -> Option<u8> {
        match self.meaning() {
            Meaning::TagAs(n) => Some(n),
            Meaning::DragAs(_)
            | Meaning::Article(_)
            | Meaning::Layout { .. }
            | Meaning::Window(_) => None,
        }
    }

    /// What it needs.
    #[must_use]
    pub fn needs(self) -> Needs {
        self.info().map_or(Needs::Article, |info| info.needs)
    }
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
