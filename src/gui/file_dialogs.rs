//! How files are chosen.

use std::path::PathBuf;

/// The platform's file dialogs. Called on a thread of its own; may take as long as it likes.
pub trait FileDialogs: Send + Sync {
    /// Asks for a file or folder.
    fn pick(&self, pick: Pick) -> Picked;
}

/// What a file dialog shall find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// An article.
    File,
    /// A folder.
    Folder,
}

/// What came of a file dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// This one.
    Path(PathBuf),
    /// Nothing was chosen.
    Cancelled,
    /// There is no dialog on this machine.
    Unavailable,
}
