//! Plays keys and mouse gestures into an open article and counts them.

use pullquote::format::schema_file::default_schema;
use pullquote::model::{CountedIds, Document};
use pullquote::ops::keymap::{Context, Keymap};
use pullquote::ops::ui_command::Meaning;
use pullquote::ops::{Command, Edit, Move, OpenDocument, Outcome, TagFilter};
use pullquote::text::{SourceText, TextRange, TextSize};

use crate::support::counted_ids;

#[derive(Clone)]
pub(super) struct Player {
    pub(super) open: OpenDocument,
    keymap: Keymap,
    ids: CountedIds,
}

impl Player {
    pub(super) fn on(text: &str) -> Self {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let schema = default_schema().unwrap();
        let (keymap, notices) = Keymap::new(&schema, None);
        assert_eq!(notices, Vec::<String>::new());
        Self {
            open: OpenDocument::new(Document::new(source), schema),
            keymap,
            ids: counted_ids(),
        }
    }

    /// Presses one key; the words of the refusal where it does nothing.
    pub(super) fn press(&mut self, key: &str) -> Result<Outcome, String> {
        let context = match self.open.chips() {
            Some(_) => Context::Candidates,
            None => Context::Article,
        };
        let command = self
            .keymap
            .command(context, key.parse().unwrap())
            .ok_or_else(|| format!("{key} means nothing"))?;
        let command = match command.meaning() {
            Meaning::TagAs(n) => {
                let label = &self.open.schema().labels()[usize::from(n)];
                Edit::Tag(label.key.clone()).into()
            }
            Meaning::Article(meaning) => meaning(&TagFilter::default()),
            Meaning::Layout { .. } | Meaning::Window(_) => panic!("{key} needs a window"),
        };
        self.run(command)
    }

    /// What the mouse, or a key, gives.
    pub(super) fn run(&mut self, command: impl Into<Command>) -> Result<Outcome, String> {
        self.open
            .run(command, &mut self.ids)
            .map_err(|refusal| refusal.to_string())
    }

    pub(super) fn click(&mut self, at: TextSize) {
        self.select(TextRange::empty(at));
    }

    pub(super) fn select(&mut self, range: TextRange) {
        let (anchor, head) = (range.start(), range.end());
        self.run(Move::Select { anchor, head }).unwrap();
    }
}
