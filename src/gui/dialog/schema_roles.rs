//! The links a project can have: what they are called, and which labels they lead from and to.

use egui::Ui;
use smol_str::SmolStr;

use super::fields::{named_button, text_field};
use crate::format::schema_file::{Drafted, SchemaDraft, take_in};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{checkbox_ui, heading_ui};
use crate::model::{LabelKind, RoleKind};
use crate::ops::TagCounts;
use crate::text::wording::count;

/// Width of a name, in points.
const NAME: f32 = 110.0;

/// A line for each role of links; `counts`: how often each is used, if that is known.
pub(super) fn roles_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    draft: &mut SchemaDraft,
    counts: Option<&Result<TagCounts, String>>,
) {
    heading_ui(ui, cx.theme, "Links");
    let labels: Vec<LabelKind> = draft.labels.iter().map(|one| one.kind.clone()).collect();
    let before = draft.before().roles().to_vec();
    let mut gone = None;
    for (n, role) in draft.roles.iter_mut().enumerate() {
        let number = n + 1;
        ui.horizontal_wrapped(|ui| {
            let kind = &mut role.kind;
            text_field(ui, &mut kind.name, NAME, &format!("Name of link {number}"));
            match role.original.and_then(|n| before.get(n)) {
                Some(before) => drop(ui.weak(before.key.as_str())),
                // Files have its name from the first link on.
                None => {
                    let mut key = kind.key.to_string();
                    let name = format!("Name in files of link {number}");
                    if text_field(ui, &mut key, NAME, &name).changed() {
                        kind.key = key.trim().into();
                    }
                }
            }
            let name = if kind.name.is_empty() {
                kind.key.to_string()
            } else {
                kind.name.clone()
            };
            ui.label("from");
            ends_ui(ui, &name, "from", &labels, &mut kind.from);
            ui.label("to");
            ends_ui(ui, &name, "to", &labels, &mut kind.to);
            let people = checkbox_ui(ui, &mut kind.people, "or a person");
            people.on_hover_text("May lead to a person who has no tag, or to nobody");
            if let (Some(_), Some(Ok(counts))) = (role.original, counts) {
                let links = counts.roles.get(&kind.key).copied();
                ui.weak(count(links.unwrap_or_default(), "link"));
            }
            if named_button(ui, "Remove", &format!("Remove link {number}")).clicked() {
                gone = Some(n);
            }
        });
    }
    if let Some(n) = gone {
        draft.roles.remove(n);
    }
    if ui.button("Add link").clicked() {
        draft.roles.push(Drafted {
            original: None,
            kind: new_role(draft),
        });
    }
}

/// Which labels links lead from, or to.
fn ends_ui(ui: &mut Ui, role: &str, way: &str, labels: &[LabelKind], ends: &mut Vec<SmolStr>) {
    for label in labels {
        let is_end = ends.contains(&label.key);
        let choice = ui.selectable_label(is_end, &label.name);
        let name = format!("{role} {way} {}", label.name);
        choice.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::Button, true, is_end, name.as_str())
        });
        if choice.clicked() {
            take_in(ends, &label.key, !is_end);
        }
    }
}

/// A role with a name that no other has.
fn new_role(draft: &SchemaDraft) -> RoleKind {
    let has = |key: &str| draft.roles.iter().any(|role| role.kind.key == key);
    let mut numbers = (1..).map(|n| match n {
        1 => "link".to_owned(),
        n => format!("link{n}"),
    });
    let key = numbers.find(|key| !has(key)).unwrap_or_default();
    RoleKind {
        name: key.clone(),
        key: key.into(),
        from: Vec::new(),
        to: Vec::new(),
        people: false,
    }
}
