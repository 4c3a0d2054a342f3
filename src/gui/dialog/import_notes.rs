//! What a preview says besides: labels that become others, problems, what is left out.

use std::collections::BTreeMap;

use egui::{ComboBox, Grid, ScrollArea, Ui};
use smol_str::SmolStr;

use crate::gui::ui_context::UiContext;
use crate::ops::ImportReport;

/// Height of the list of notes, in points.
const NOTES: f32 = 140.0;

/// Which of the labels of the files become which of the schema.
pub(super) fn mapping_ui(
    ui: &mut Ui,
    mapping: &mut BTreeMap<SmolStr, SmolStr>,
    labels: &[SmolStr],
) {
    if mapping.is_empty() {
        return;
    }
    ui.label("Labels not in this schema:");
    Grid::new("labels").num_columns(3).show(ui, |ui| {
        for (label, becomes) in mapping {
            ui.label(label.as_str());
            ui.weak("becomes");
            let shown = ComboBox::from_id_salt(label)
                .selected_text(becomes.as_str())
                .show_ui(ui, |ui| {
                    ui.selectable_value(becomes, label.clone(), format!("{label} (keep)"));
                    for known in labels {
                        ui.selectable_value(becomes, known.clone(), known.as_str());
                    }
                });
            let name = format!("New label for {label}");
            shown.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.as_str())
            });
            ui.end_row();
        }
    });
}

/// What prevents an import and what is left out, in words.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ImportNotes {
    problems: Vec<String>,
    notes: Vec<String>,
}

impl ImportNotes {
    /// What a preview says; doubts about an article are shown with that.
    pub(super) fn of(report: &ImportReport) -> Self {
        let words = |list: &[crate::ops::FileProblem]| {
            let words = list.iter().map(ToString::to_string);
            words.collect::<Vec<_>>()
        };
        let doubts = report.found.iter().flat_map(|found| &found.doubts);
        let doubts: std::collections::BTreeSet<&str> = doubts.map(String::as_str).collect();
        let ignored = report.ignored.iter();
        let ignored =
            ignored.filter(|note| !doubts.iter().any(|doubt| note.message.ends_with(doubt)));
        let mut notes = words(&report.skipped);
        notes.extend(ignored.map(ToString::to_string));
        Self {
            problems: words(&report.problems),
            notes,
        }
    }

    pub(super) fn notes_ui(&self, ui: &mut Ui, cx: UiContext<'_>) {
        ScrollArea::vertical()
            .id_salt("problems")
            .auto_shrink([false, true])
            .max_height(NOTES)
            .show(ui, |ui| {
                for problem in &self.problems {
                    ui.colored_label(cx.theme.warning, problem);
                }
                for note in &self.notes {
                    ui.weak(note);
                }
            });
    }
}
