//! In which format to export an article, and where to.

use std::collections::VecDeque;
use std::path::Path;

use egui::{Context, Id, Key, Modifiers, TextEdit};

use super::{Then, sheet_ui};
use crate::format::{self, FormatInfo};
use crate::gui::scene::{Order, Scene};

/// What is chosen and typed.
#[derive(Debug)]
pub(crate) struct ExportDialog {
    format: &'static str,
    path: String,
    begun: bool,
}

fn formats() -> impl Iterator<Item = &'static FormatInfo> {
    let infos = format::ALL.iter().map(|format| format.info());
    infos.filter(|info| info.writes)
}

fn ending(info: &FormatInfo) -> &'static str {
    info.extensions.first().copied().unwrap_or_default()
}

impl ExportDialog {
    /// Asks about an article; `None` where there is no format to write.
    pub(crate) fn new(article: &Path) -> Option<Self> {
        let info = formats().next()?;
        let path = article.with_extension(ending(info));
        Some(Self {
            format: info.name,
            path: path.display().to_string(),
            begun: false,
        })
    }

    pub(super) fn export_ui(
        &mut self,
        context: &Context,
        scene: Scene<'_>,
        orders: &mut VecDeque<Order>,
    ) -> Then {
        sheet_ui(context, scene, "Export", 560.0, |ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            for info in formats() {
                let chosen = self.format == info.name;
                let words = format!("{} (.{})", info.title, ending(info));
                if ui.radio(chosen, words).clicked() && !chosen {
                    self.format = info.name;
                    let path = Path::new(&self.path).with_extension(ending(info));
                    self.path = path.display().to_string();
                }
            }
            let field = TextEdit::singleline(&mut self.path)
                .id(Id::unique("export to"))
                .desired_width(f32::INFINITY);
            let response = ui.add(field);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "File to write")
            });
            if !std::mem::replace(&mut self.begun, true) {
                response.request_focus();
            }
            let path = self.path.trim();
            let mut go = enter;
            ui.horizontal(|ui| {
                ui.weak("A file of that name is replaced.");
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let button = egui::Button::new("Write file");
                    go |= ui.add_enabled(!path.is_empty(), button).clicked();
                });
            });
            if !go || path.is_empty() {
                return Then::Stay;
            }
            orders.push_back(Order::Export {
                format: self.format,
                output: path.into(),
            });
            Then::Close
        })
    }
}
