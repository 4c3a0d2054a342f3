//! A person at work on one article on disk, without a window.

use std::path::{Path, PathBuf};

use pullquote::model::CountedIds;
use pullquote::ops::{
    Command, Edit, Move, OpenDocument, OpenError, OpenRequest, Opened, SaveError, SaveReport,
    SaveRequest, open_in, save_in,
};
use pullquote::text::{TextRange, TextSize};

use super::counted_ids;

/// An article that was opened from disk.
pub(crate) struct Work {
    pub(crate) open: OpenDocument,
    /// What opening reported, with the document as it was then.
    pub(crate) opened: Opened,
    state: PathBuf,
    ids: CountedIds,
}

impl Work {
    /// Opens an article; `state` is the folder for earlier versions.
    pub(crate) fn open(article: &Path, state: &Path) -> Result<Self, OpenError> {
        let request = OpenRequest {
            article: article.to_owned(),
            ..OpenRequest::default()
        };
        let opened = open_in(&request, Some(state))?;
        let document = opened.document.clone();
        Ok(Self {
            open: OpenDocument::new(document, opened.schema.clone())
                .with_read_only(opened.read_only.clone()),
            opened,
            state: state.to_owned(),
            ids: counted_ids(),
        })
    }

    /// The text of the article.
    pub(crate) fn text(&self) -> &str {
        self.open.document().source().as_str()
    }

    /// Runs a command that must not be refused; gives its words.
    pub(crate) fn run(&mut self, command: impl Into<Command>) -> String {
        let command = command.into();
        let shown = format!("{command:?}");
        match self.open.run(command, &mut self.ids) {
            Ok(outcome) => outcome.message,
            Err(refusal) => panic!("{shown} was refused: {refusal}"),
        }
    }

    /// Runs a command that may be refused.
    pub(crate) fn try_run(&mut self, command: impl Into<Command>) -> bool {
        self.open.run(command, &mut self.ids).is_ok()
    }

    /// Where some words are first.
    pub(crate) fn place_of(&self, words: &str) -> TextRange {
        let start = self.text().find(words).expect(words);
        TextRange::at(TextSize::try_from(start).unwrap(), TextSize::of(words))
    }

    /// Tags some words.
    pub(crate) fn tag(&mut self, label: &str, words: &str) {
        let range = self.place_of(words);
        self.run(Move::Select {
            anchor: range.start(),
            head: range.end(),
        });
        self.run(Edit::Tag(label.into()));
    }

    /// Saves as the window does.
    pub(crate) fn save(&mut self) -> Result<SaveReport, SaveError> {
        let request = SaveRequest {
            document: self.open.document().clone(),
            files: self.opened.files.clone(),
            backup_first: true,
            replace: false,
        };
        let report = save_in(&request, Some(&self.state))?;
        self.opened.files.note_saved(report.clone());
        self.open.mark_saved(self.open.state_id());
        Ok(report)
    }
}
