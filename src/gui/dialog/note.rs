//! A note on the current tag.

use egui::{Context, Id, TextEdit};

use super::fields::{last_row_ui, named_field_ui};
use super::{DialogState, SheetPlace, Typed, placed_sheet_ui, start_field};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::take_plain_enter;
use crate::model::{Annotation, AnnotationId};
use crate::ops::{Edit, OpenDocument};
use crate::store::Draft;

/// What is typed about which tag.
#[derive(Debug)]
pub(crate) struct NoteDialog {
    tag: AnnotationId,
    note: String,
    before: String,
    /// Whether the tag has refused it.
    refused: bool,
    started: bool,
}

const TITLE: &str = "Note";

impl NoteDialog {
    pub(crate) fn new(tag: &Annotation) -> Self {
        Self {
            tag: tag.id.clone(),
            note: tag.note.to_string(),
            before: tag.note.to_string(),
            refused: false,
            started: false,
        }
    }

    /// Continues a draft; `None` where it is not of this dialog, or its tag is gone.
    pub(super) fn of_draft(draft: &Draft, open: &OpenDocument) -> Option<Self> {
        if draft.dialog != TITLE {
            return None;
        }
        let tag = AnnotationId::new(draft.tag.as_str());
        let tag = open.shown().set().annotation(&tag)?;
        Some(Self {
            note: draft.text.clone(),
            ..Self::new(tag)
        })
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: TITLE.to_owned(),
            text: self.note.clone(),
            tag: self.tag.to_string(),
            ..about
        }
    }

    /// What is typed and not in the tag's note yet.
    pub(super) fn typed(&self) -> Typed {
        let note = self.note.trim();
        if note == self.before.trim() {
            Typed::Nothing
        } else if self.refused {
            Typed::Draft(TITLE)
        } else {
            Typed::Edit(Box::new(Edit::SetNote {
                tag: Some(self.tag.clone()),
                note: note.to_owned(),
            }))
        }
    }

    /// The note cannot be written; it stays here to be copied.
    pub(super) fn on_refused(&mut self) {
        self.refused = true;
    }

    pub(super) fn note_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
    ) -> DialogState {
        let state = placed_sheet_ui(context, cx, TITLE, 420.0, place, |ui| {
            let enter = take_plain_enter(ui);
            let id = Id::unique("note");
            start_field(ui, id, &mut self.started, &self.note, None);
            let field = TextEdit::multiline(&mut self.note)
                .id(id)
                .hint_text("Add a note on this tag")
                .desired_rows(3)
                .desired_width(f32::INFINITY);
            named_field_ui(ui, field, "Note on the tag");
            let words = if self.refused {
                "Not saved. Copy your text; Esc discards it."
            } else {
                "Enter or Esc saves, Shift+Enter adds a line."
            };
            let keep = last_row_ui(ui, words, "Save") || enter;
            if keep {
                self.refused = false;
                DialogState::Left
            } else {
                DialogState::Open
            }
        });
        // Words that were typed are kept however one leaves; undo takes them back.
        match state {
            DialogState::Closed if !self.refused => DialogState::Left,
            DialogState::Open | DialogState::Closed | DialogState::Left => state,
        }
    }
}
