//! What this program is and where it keeps its files.

use std::path::{Path, PathBuf};

use egui::{Context, Label, RichText, Role, Ui, WidgetInfo};

use super::{DialogState, reading_area_ui, sheet_ui};
use crate::gui::ui_context::UiContext;

/// Where files are kept, and which line was copied last.
#[derive(Debug, Default)]
pub(crate) struct About {
    settings: Option<PathBuf>,
    state: Option<PathBuf>,
    copied: Option<&'static str>,
}

impl About {
    /// The settings are in `config`, the state in `state`; `None`: nowhere.
    pub(crate) fn new(config: Option<&Path>, state: Option<&Path>) -> Self {
        Self {
            settings: config.map(|config| config.join("settings.ron")),
            state: state.map(Path::to_owned),
            copied: None,
        }
    }

    pub(super) fn about_ui(&mut self, context: &Context, cx: UiContext<'_>) -> DialogState {
        sheet_ui(context, cx, "Pullquote", 440.0, |ui| {
            let version = env!("CARGO_PKG_VERSION");
            self.line_ui(ui, cx, ("version", &format!("Version {version}"), ""));
            for line in [
                "Mark up who said what in articles. Tags are saved in a .ron file beside the article. \
                 Only Edit › Edit the article changes the article itself.",
                concat!("Licence: ", env!("CARGO_PKG_LICENSE")),
                "Typefaces: Literata and Inter, SIL Open Font License.",
            ] {
                ui.add(Label::new(line).wrap());
            }
            let shown = |path: &PathBuf| path.display().to_string();
            if let Some(settings) = self.settings.as_ref().map(shown) {
                self.line_ui(ui, cx, ("settings file", &settings, "Settings"));
            }
            if let Some(state) = self.state.as_ref().map(shown) {
                let about = "Reading positions, unsaved work and earlier versions";
                self.line_ui(ui, cx, ("state folder", &state, about));
            }
            reading_area_ui(ui, "About Pullquote", ui.min_rect());
            DialogState::Open
        })
    }

    /// `words`, which can be copied, under what they are `about`.
    fn line_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        (what, words, about): (&'static str, &str, &str),
    ) {
        if !about.is_empty() {
            ui.add_space(4.0);
            ui.label(RichText::new(about).color(cx.theme.muted));
        }
        ui.horizontal_top(|ui| {
            let button = if self.copied == Some(what) {
                "Copied"
            } else {
                "Copy"
            };
            let response = ui.small_button(button);
            let name = format!("Copy the {what}");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.on_hover_text(&name).clicked() {
                ui.ctx().copy_text(words.to_owned());
                self.copied = Some(what);
            }
            ui.add(Label::new(words).wrap());
        });
    }
}
