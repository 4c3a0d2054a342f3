//! What this program is.

use egui::Context;

use super::{DialogState, reading_area_ui, sheet_ui};
use crate::gui::ui_context::UiContext;
use crate::store;

pub(super) fn about_ui(context: &Context, cx: UiContext<'_>) -> DialogState {
    sheet_ui(context, cx, "Pullquote", 440.0, |ui| {
        let lines = [
            format!("Version {}", env!("CARGO_PKG_VERSION")),
            "Mark up who said what in articles. Tags are saved in a .ron file beside the article. \
             Only Edit › Edit the article changes the article itself."
                .to_owned(),
            format!("Licence: {}", env!("CARGO_PKG_LICENSE")),
            "Typefaces: Literata and Inter, SIL Open Font License.".to_owned(),
        ];
        for line in lines {
            ui.add(egui::Label::new(line).wrap());
        }
        if let Some(state) = store::state_dir() {
            let words = format!(
                "Reading positions and earlier versions are in {}",
                state.display()
            );
            ui.add(egui::Label::new(egui::RichText::new(words).color(cx.theme.muted)).wrap());
        }
        reading_area_ui(ui, "About Pullquote", ui.min_rect());
        DialogState::Open
    })
}
