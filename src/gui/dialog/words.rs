//! Words for a colleague: why a tag is wrong, an answer, a remark on all the tags.

use std::collections::VecDeque;

use egui::{Context, Id, Label, RichText, TextEdit};
use smol_str::SmolStr;

use super::fields::{last_row_ui, named_field_ui};
use super::{DialogState, SheetPlace, Typed, placed_sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::take_plain_enter;
use crate::ops::{CorrectionStep, Gesture, ReviewStep};

/// What is typed, and what it is about.
#[derive(Debug)]
pub(crate) struct WordsDialog {
    about: WordsAbout,
    text: String,
    before: String,
    started: bool,
}

/// What words are about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WordsAbout {
    /// The colleague's tag that is reviewed: a reason, or a reply where somebody has answered.
    PeerTag {
        /// What the tag is: "Quote “Yes.”".
        tag: String,
        /// Whether somebody has answered.
        answered: bool,
    },
    /// The correction one is at, by somebody.
    Correction {
        /// "ben: wrong".
        said: String,
    },
    /// All the tags of this annotator in the article; empty: the unnamed one's.
    All(SmolStr),
}

impl WordsAbout {
    fn title(&self) -> &'static str {
        match self {
            Self::PeerTag {
                answered: false, ..
            } => "Reason",
            Self::PeerTag { answered: true, .. } => "Reply",
            Self::Correction { .. } => "Answer",
            Self::All(_) => "Remark on all tags",
        }
    }

    /// What it is about, where that is a single tag.
    fn subject(&self) -> Option<&str> {
        match self {
            Self::PeerTag { tag, .. } => Some(tag),
            Self::Correction { said } => Some(said),
            Self::All(_) => None,
        }
    }
}

impl WordsDialog {
    /// A dialog with the words so far.
    pub(crate) fn new(about: WordsAbout, text: &str) -> Self {
        Self {
            about,
            text: text.to_owned(),
            before: text.to_owned(),
            started: false,
        }
    }

    pub(super) fn typed(&self) -> Typed {
        Typed::draft(self.text.trim() != self.before.trim(), self.about.title())
    }

    pub(super) fn words_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let title = self.about.title();
        placed_sheet_ui(context, cx, title, 420.0, place, |ui| {
            let mut send = take_plain_enter(ui);
            if let Some(subject) = self.about.subject() {
                let words = RichText::new(subject).color(cx.theme.muted);
                ui.add(Label::new(words).truncate());
                ui.add_space(4.0);
            }
            let id = Id::unique("words for a colleague");
            start_field(ui, id, &mut self.started, &self.text, None);
            let hint = match self.about {
                WordsAbout::PeerTag { .. } => "Why, and what should change",
                WordsAbout::Correction { .. } => "Why it stays as it is",
                WordsAbout::All(_) => "What holds for many of the tags",
            };
            let field = TextEdit::multiline(&mut self.text)
                .id(id)
                .hint_text(hint)
                .desired_rows(3)
                .desired_width(f32::INFINITY);
            named_field_ui(ui, field, title);
            send |= last_row_ui(
                ui,
                "Enter keeps it in your file, Shift+Enter adds a line.",
                "Keep",
            );
            if !send {
                return DialogState::Open;
            }
            let text = self.text.trim().to_owned();
            let gesture = match &self.about {
                WordsAbout::PeerTag { .. } => Gesture::ReviewOfOthers(ReviewStep::Words(text)),
                WordsAbout::Correction { .. } => Gesture::Settle(CorrectionStep::Answer(text)),
                WordsAbout::All(of) => Gesture::ReviewOfOthers(ReviewStep::Remark {
                    of: of.clone(),
                    text,
                }),
            };
            queue.push_back(AppCommand::document_then_focus(gesture));
            DialogState::Closed
        })
    }
}
