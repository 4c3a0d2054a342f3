//! Three hints with the sample, one at a time; each disappears once it was followed.

use std::collections::VecDeque;

use egui::{Frame, Margin, Stroke, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::key_ui;
use crate::ops::OpenDocument;
use crate::ops::ui_command::UiCommand;

/// Which hint is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Hints {
    /// None.
    #[default]
    Hidden,
    /// How to tag.
    Tag,
    /// How to set the speaker.
    Speaker,
    /// How to find the rest.
    Keys,
}

impl Hints {
    /// Begins with the first.
    pub(crate) fn show(&mut self) {
        *self = Self::Tag;
    }

    /// Takes them away.
    pub(crate) fn hide(&mut self) {
        *self = Self::Hidden;
    }

    /// Whether there is one.
    pub(crate) fn are_shown(self) -> bool {
        self != Self::Hidden
    }

    /// Shows the next hint when the article shows that this one was followed.
    pub(crate) fn advance(&mut self, open: &OpenDocument) {
        let tally = open.tally();
        if *self == Self::Tag && tally.tags > 0 {
            *self = Self::Speaker;
        }
        if *self == Self::Speaker && tally.tags > 0 && tally.without_speaker == 0 {
            *self = Self::Keys;
        }
    }

    /// The key sheet has been opened.
    pub(crate) fn sheet_seen(&mut self) {
        if *self == Self::Keys {
            self.hide();
        }
    }

    pub(crate) fn hints_ui(self, ui: &mut Ui, cx: UiContext<'_>, queue: &mut VecDeque<AppCommand>) {
        let (number, words, keys): (u8, &str, &[UiCommand]) = match self {
            Self::Hidden => return,
            Self::Tag => (
                1,
                "Put the caret inside a quotation and press the key: the whole quotation is \
                 tagged.",
                &[UiCommand::TagAs(0)],
            ),
            Self::Speaker => (
                2,
                "The most likely speaker is filled in. Tab: next speaker. Enter: confirm.",
                &[UiCommand::NextCandidate, UiCommand::Confirm],
            ),
            Self::Keys => (
                3,
                "Saved automatically. F1 lists every key.",
                &[UiCommand::KeySheet, UiCommand::Palette],
            ),
        };
        Frame::new()
            .fill(cx.theme.accent_soft)
            .stroke(Stroke::NONE)
            .corner_radius(cx.theme.corners())
            .inner_margin(Margin::symmetric(12, 7))
            .outer_margin(Margin {
                top: 6,
                ..Margin::ZERO
            })
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.label(egui::RichText::new(format!("{number} of 3")).color(cx.theme.muted));
                    for command in keys {
                        key_ui(ui, cx.theme, &cx.key(*command));
                    }
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if ui
                            .button("Hide hints")
                            .on_hover_text("Hides these hints.")
                            .clicked()
                        {
                            queue.push_back(AppCommand::HideHints);
                        }
                        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                            ui.add(egui::Label::new(words).wrap());
                        });
                    });
                });
            });
    }
}
