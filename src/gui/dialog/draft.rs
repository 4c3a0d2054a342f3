//! What is typed into a dialog, kept until the next start.

use std::path::Path;

use super::{Dialog, EditTextDialog, NoteDialog, PersonPicker, WordsDialog};
use crate::ops::OpenDocument;
use crate::store::Draft;

impl Dialog {
    /// What is typed, to be kept until the next start.
    pub(crate) fn draft(&self, article: Option<&Path>) -> Option<Draft> {
        let about = Draft {
            article: article.map_or_else(String::new, |path| path.to_string_lossy().into_owned()),
            ..Draft::default()
        };
        let draft = match self {
            Self::Palette(_) | Self::KeySheet | Self::Close | Self::About(_) => return None,
            Self::Relabel(_) | Self::Encoding(_) | Self::Accept(_) => return None,
            Self::Ignore(_) | Self::Schema(_) | Self::Hits(_) => return None,
            Self::PeerProposal(_) => return None,
            Self::Words(words) => words.draft(about),
            Self::Note(note) => note.draft(about),
            Self::EditText(edit) => edit.draft(about),
            Self::Who(who) => who.draft(about),
            Self::Export(export) => export.draft(about),
            Self::Import(import) => import.draft(about),
            Self::Path(path) => path.draft(about),
            Self::Name(name) => name.draft(about),
            Self::Model(model) => model.draft(about),
        };
        (!draft.text.trim().is_empty()).then_some(draft)
    }

    /// The dialog a draft is from, with its words typed. `None` where they no longer have a place.
    pub(crate) fn of_draft(draft: &Draft, open: &OpenDocument) -> Option<Self> {
        EditTextDialog::of_draft(draft, open)
            .map(Self::EditText)
            .or_else(|| NoteDialog::of_draft(draft, open).map(Self::Note))
            .or_else(|| PersonPicker::of_draft(draft, open).map(Self::Who))
            .or_else(|| WordsDialog::of_draft(draft, open).map(Self::Words))
    }
}
