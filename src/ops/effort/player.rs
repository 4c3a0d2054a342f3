//! Plays keys and mouse gestures into an open article.

use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use crate::model::{AnnotationId, CountedIds, Document, Schema, Target};
use crate::ops::keymap::{Context, Keymap, Press};
use crate::ops::ui_command::{Meaning, UiCommand};
use crate::ops::{Command, Edit, Move, OpenDocument, Outcome, TagFilter};
use crate::text::{TextRange, TextSize};

/// An open article and the keys that act on it, without a window.
#[derive(Debug, Clone)]
pub struct Player {
    /// The article.
    pub open: OpenDocument,
    keymap: Arc<Keymap>,
    /// What a drag tags with; `None`: it selects.
    dragged_label: Option<SmolStr>,
    ids: CountedIds,
}

impl Player {
    /// Opens a document with the built-in keys. Also gives what is wrong with them under this schema.
    #[must_use]
    pub fn new(document: Document, schema: Schema) -> (Self, Vec<String>) {
        let (keymap, notices) = Keymap::new(&schema, None);
        let player = Self {
            open: OpenDocument::new(document, schema),
            keymap: Arc::new(keymap),
            dragged_label: None,
            ids: CountedIds::new("n").padded(3),
        };
        (player, notices)
    }

    /// Presses one key, named as in `keymap.ron`.
    ///
    /// # Errors
    /// Why it does nothing: it is no key, means nothing here, needs a window, or is refused.
    pub fn press(&mut self, key: &str) -> Result<Outcome, String> {
        let context = Context::while_reading(&self.open);
        let press: Press = key.parse().map_err(|error| format!("{error}"))?;
        let command = self.keymap.command(context, press);
        let command = command.ok_or_else(|| format!("{key} means nothing"))?;
        let command = match command.meaning() {
            Meaning::TagAs(n) => Edit::Tag(self.label(n, key)?).into(),
            Meaning::DragAs(n) => {
                let label = Some(self.label(n, key)?);
                let ends = self.dragged_label == label;
                self.dragged_label = label.filter(|_| !ends);
                return Ok(Outcome::default());
            }
            Meaning::Article(meaning) => meaning(&TagFilter::default()),
            Meaning::Layout { .. } | Meaning::Window(_) => {
                return Err(format!("{key} needs a window"));
            }
        };
        self.run(command)
    }

    /// The label at this place of the schema (from 0), which `key` is for.
    fn label(&self, n: u8, key: &str) -> Result<SmolStr, String> {
        let label = self.open.schema().labels().get(usize::from(n));
        let label = label.ok_or_else(|| format!("{key} tags with no label"))?;
        Ok(label.key.clone())
    }

    /// Presses the key that tags with a label.
    ///
    /// # Errors
    /// As [`Self::press`].
    pub fn tag(&mut self, label: &str) -> Result<Outcome, String> {
        self.press_for(label, UiCommand::TagAs)
    }

    /// Presses the key that makes each drag tag with a label, or ends that.
    ///
    /// # Errors
    /// As [`Self::press`].
    pub fn tag_by_dragging(&mut self, label: &str) -> Result<Outcome, String> {
        self.press_for(label, UiCommand::DragAs)
    }

    fn press_for(&mut self, label: &str, command: fn(u8) -> UiCommand) -> Result<Outcome, String> {
        let labels = (0_u8..).zip(self.open.schema().labels());
        let mut keys = labels
            .filter(|(_, kind)| kind.key == label)
            .flat_map(|(n, _)| self.keymap.keys(command(n), Context::Article));
        let key = keys
            .next()
            .ok_or_else(|| format!("no key is for {label}"))?;
        self.press(&format_smolstr!("{key}"))
    }

    /// What a drag tags with; `None`: it selects.
    #[must_use]
    pub fn dragged_label(&self) -> Option<&SmolStr> {
        self.dragged_label.as_ref()
    }

    /// What the mouse, or a key, gives.
    ///
    /// # Errors
    /// The words of the refusal.
    pub fn run(&mut self, command: impl Into<Command>) -> Result<Outcome, String> {
        let done = self.open.run(command, &mut self.ids);
        done.map_err(|refusal| refusal.to_string())
    }

    /// Clicks into the text, at a place in bytes.
    pub fn click(&mut self, at: TextSize) {
        self.select(TextRange::empty(at));
    }

    /// Drags over words, in bytes: selects them, or tags them where drags do that.
    ///
    /// # Errors
    /// The words of the refusal.
    pub fn drag(&mut self, range: TextRange) -> Result<Outcome, String> {
        self.select(range);
        match self.dragged_label.clone() {
            Some(label) => self.run(Edit::Tag(label)),
            None => Ok(Outcome::default()),
        }
    }

    /// Selects words, in bytes, with a drag that does not tag.
    pub fn select(&mut self, range: TextRange) {
        let (anchor, head) = (range.start(), range.end());
        // Going to a place is never refused.
        let _ = self.run(Move::Select { anchor, head });
    }

    /// Drags from a quote or claim to a mention that is tagged.
    ///
    /// # Errors
    /// The words of the refusal.
    pub fn link(
        &mut self,
        from: AnnotationId,
        to: AnnotationId,
        add: bool,
    ) -> Result<Outcome, String> {
        let to = Target::Annotation(to);
        self.run(Edit::Link { from, to, add })
    }
}
