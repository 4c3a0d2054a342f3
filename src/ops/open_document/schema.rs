//! Another schema for an article that is open.

use super::OpenDocument;
use crate::edit::action;
use crate::model::{FormerLabels, Schema};

impl OpenDocument {
    /// Works under another schema from now on; tags of renamed labels get the present keys, in one step that
    /// can be undone.
    pub fn use_schema(&mut self, schema: Schema, former: &FormerLabels) {
        self.schema = schema;
        self.chips = None;
        self.recount();
        if self.writable().is_err() {
            // Shown as it will be read.
            let document = self.document.clone();
            self.document = former.read_as_present(document);
            self.overlay.clear();
            self.shown = self.document.clone();
            self.recount();
            return;
        }
        // What is only suggested is suggested anew.
        let whole = crate::edit::Context {
            document: &self.document,
            ..self.context()
        };
        if let Ok(renamed) = action::rename_labels(&whole, former)
            && let Err(refusal) = self.commit(renamed, None)
        {
            log::error!("labels are not renamed: {refusal}");
        }
    }
}
