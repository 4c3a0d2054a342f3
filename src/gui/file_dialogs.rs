//! How files are chosen.

use std::path::PathBuf;

/// The platform's file dialogs. Called on a thread of its own; may take as long as it likes.
pub trait FileDialogs: Send + Sync {
    /// Asks for a file or folder.
    fn pick(&self, request: &PickRequest) -> Picked;
}

/// What a file dialog asks for, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickRequest {
    /// What for.
    pub pick: Pick,
    /// The folder it shows first; `None`: the platform decides.
    pub folder: Option<PathBuf>,
    /// The name proposed for a file that is written; empty for none.
    pub name: String,
}

/// What a file dialog asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// An article to open.
    File,
    /// A folder to open.
    Folder,
    /// Files to import.
    ImportFile,
    /// A folder to import.
    ImportFolder,
    /// The folder imported articles are written to.
    ImportInto,
    /// What an export writes.
    ExportTo,
    /// The table of hits of a search.
    ExportHits,
    /// The folder that plots are written to.
    SavePlots,
    /// The report of the statistics.
    SaveReport,
    /// What was learned, for somebody else.
    SaveLearned,
    /// What somebody else's program learned.
    LoadLearned,
}

impl Pick {
    /// Whether the file is one to write.
    #[must_use]
    pub fn writes(self) -> bool {
        match self {
            Self::ExportTo | Self::ExportHits | Self::SaveLearned | Self::SaveReport => true,
            Self::File
            | Self::Folder
            | Self::ImportFile
            | Self::ImportFolder
            | Self::ImportInto
            | Self::SavePlots
            | Self::LoadLearned => false,
        }
    }

    /// The title of the dialog, with the program's name: dialogs stand beside those of others.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "Open file — Pullquote",
            Self::Folder => "Open folder — Pullquote",
            Self::ImportFile => "Files to import — Pullquote",
            Self::ImportFolder => "Folder to import — Pullquote",
            Self::ImportInto => "Folder to import into — Pullquote",
            Self::ExportTo => "Export to — Pullquote",
            Self::ExportHits => "Export hits — Pullquote",
            Self::SavePlots => "Folder to export plots to — Pullquote",
            Self::SaveReport => "Export report — Pullquote",
            Self::SaveLearned => "Save what was learned — Pullquote",
            Self::LoadLearned => "Use what was learned — Pullquote",
        }
    }
}

/// What came of a file dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// These; one but for [`Pick::ImportFile`].
    Paths(Vec<PathBuf>),
    /// Nothing was chosen.
    Cancelled,
    /// There is no dialog on this machine.
    Unavailable,
}
