//! In which encoding the article's file is to be read.

use std::collections::VecDeque;
use std::path::PathBuf;

use egui::{Context, ScrollArea};

use super::list::{arrows, keep_chosen};
use super::{DialogState, room, sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::text::Encoding;

/// The article, and which encoding is chosen.
#[derive(Debug)]
pub(crate) struct EncodingDialog {
    article: PathBuf,
    now: Encoding,
    chosen: usize,
}

impl EncodingDialog {
    pub(crate) fn new(article: PathBuf, now: Encoding) -> Self {
        let here = Encoding::common().iter().position(|one| *one == now);
        Self {
            article,
            now,
            chosen: here.unwrap_or(0),
        }
    }

    pub(super) fn encoding_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, "Read in another encoding", 360.0, |ui| {
            ui.weak(format!(
                "Now read as {}. Choose the encoding that makes the letters look right. Nothing \
                 is written.",
                self.now.name()
            ));
            ui.add_space(6.0);
            let all = Encoding::common();
            let moved = arrows(ui, &mut self.chosen, all.len());
            let mut picked = None;
            ScrollArea::vertical()
                .max_height(room(context) * 0.6)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for (n, encoding) in all.iter().enumerate() {
                        let row = ui.selectable_label(n == self.chosen, encoding.name());
                        if moved && n == self.chosen {
                            row.scroll_to_me(None);
                        }
                        keep_chosen(ui, &row, n, moved, &mut self.chosen);
                        if row.clicked() {
                            picked = Some(n);
                        }
                    }
                });
            match picked.and_then(|n| all.get(n)) {
                Some(&encoding) => {
                    queue.push_back(AppCommand::ReadAs(self.article.clone(), encoding));
                    DialogState::Closed
                }
                None => DialogState::Open,
            }
        })
    }
}
