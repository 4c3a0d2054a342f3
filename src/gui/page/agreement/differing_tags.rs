//! The tags in which people differ, as a list; a click goes to the place in the article.

use std::collections::VecDeque;

use egui::{Id, ScrollArea, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, Row, TALL_ROW};
use crate::model::Schema;
use crate::ops::{DifferingTag, Disagreement};
use crate::text::wording::{join_and, one_line};

/// The list of the differences at some places, only the rows in view.
pub(super) fn differing_tags_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    (all, places): (&[Disagreement], &[usize]),
    queue: &mut VecDeque<AppCommand>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("tags that differ")
        .auto_shrink(false)
        .show_rows(ui, TALL_ROW, places.len(), |ui, rows| {
            for row in rows {
                if let Some(found) = places.get(row).and_then(|place| all.get(*place)) {
                    row_ui(ui, cx, schema, row, found, queue);
                }
            }
        });
}

fn row_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    row: usize,
    found: &Disagreement,
    queue: &mut VecDeque<AppCommand>,
) {
    let Some(first) = found.tags.first() else {
        return;
    };
    let style = LabelStyle::of(schema, &first.label);
    let words = one_line(&first.text);
    let article = found.article.file_name().unwrap_or_default();
    let place = format!("{}, line {}", article.to_string_lossy(), found.line);
    let second = format!("{place}  ·  {}", difference(found));
    let shown = Row {
        id: Id::unique(("tag that differs", row)),
        name: format!("{}: {words}, {second}", style.name),
        style: Some(&style),
        first: &words,
        second: &second,
        aside: "",
        aside_color: cx.theme.muted,
        chosen: false,
        dimmed: false,
    };
    let response = shown.row_ui(ui, cx.theme, TALL_ROW);
    if response.on_hover_text(everybody(found)).clicked() {
        let (article, range) = (found.article.clone(), found.range);
        queue.push_back(AppCommand::GoToDisagreement(article, range));
    }
}

/// "only ann", "boundary and speaker".
fn difference(found: &Disagreement) -> String {
    let parts = found.parts.iter().map(|part| part.word().to_owned());
    let parts = join_and(&parts.collect::<Vec<_>>());
    if found.missing.is_empty() {
        return parts;
    }
    let have: Vec<String> = found
        .tags
        .iter()
        .map(|tag| tag.annotator.to_string())
        .collect();
    let only = format!("only {}", join_and(&have));
    match parts.is_empty() {
        true => only,
        false => format!("{only}; {parts}"),
    }
}

/// What each person has, a line each.
fn everybody(found: &Disagreement) -> String {
    let has = |tag: &DifferingTag| {
        let mut words = format!("{}: {} “{}”", tag.annotator, tag.label, one_line(&tag.text));
        for (name, value) in &tag.attributes {
            words.push_str(&format!(", {name}: {value}"));
        }
        if let Some(speaker) = &tag.speaker {
            words.push_str(&format!(", speaker: {}", one_line(speaker)));
        }
        words
    };
    let mut lines: Vec<String> = found.tags.iter().map(has).collect();
    let missing = found.missing.iter();
    lines.extend(missing.map(|name| format!("{name}: no tag")));
    lines.join("\n")
}
