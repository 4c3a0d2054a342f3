//! Who else has tagged the article.

use std::collections::VecDeque;

use egui::{Frame, Margin, RichText, ScrollArea, Sense, Ui, vec2};
use smol_str::SmolStr;

use crate::gui::app_command::AppCommand;
use crate::gui::colleague_style::ColleagueStyle;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, command_button_ui, menu_tooltip_ui};
use crate::model::{Annotation, Schema};
use crate::ops::ui_command::UiCommand;
use crate::ops::{ColleagueWork, is_in_use, tags_in_use};
use crate::text::wording::count;

/// As many of their tags are seen at once.
const MOST_ROWS: f32 = 12.0;
/// As many characters of a tag are shown.
const EXCERPT: usize = 50;

/// What is known about others.
#[derive(Clone, Copy)]
pub(crate) struct Colleagues<'a> {
    /// Their work on the article that is shown.
    pub(crate) all: &'a [ColleagueWork],
    /// The labels of the article.
    pub(crate) schema: &'a Schema,
    /// Whether their tags are drawn in the article.
    pub(crate) shown: bool,
    /// Whether they are compared, so that they are always drawn.
    pub(crate) compared: bool,
    /// Whose work the window does; `None`: unnamed.
    pub(crate) annotator: Option<&'a SmolStr>,
    /// Whether the tags without a name can be taken over.
    pub(crate) takes_over: bool,
}

/// A line below the article; nothing where nobody else has tagged it.
pub(crate) fn colleagues_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    colleagues: Colleagues<'_>,
    queue: &mut VecDeque<AppCommand>,
) {
    if colleagues.all.is_empty() {
        return;
    }
    let frame = Frame::new()
        .fill(cx.theme.panel)
        .inner_margin(Margin::symmetric(12, 3));
    egui::Panel::bottom("colleagues")
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let words = if colleagues.compared {
                    "Compared"
                } else {
                    "Also tagged by"
                };
                ui.label(RichText::new(words).color(cx.theme.muted));
                for (n, work) in colleagues.all.iter().enumerate() {
                    if colleagues.shown {
                        line_ui(ui, cx, n);
                    }
                    colleague_ui(ui, colleagues, work, queue);
                }
                if colleagues.compared {
                    return;
                }
                let words = if colleagues.shown { "Hide" } else { "Show" };
                command_button_ui(ui, cx, UiCommand::Colleagues, words, queue);
            });
        });
}

/// How their tags are drawn in the article.
fn line_ui(ui: &mut Ui, cx: UiContext<'_>, n: usize) {
    let size = vec2(26.0, ui.spacing().interact_size.y);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let ends = [rect.left_center(), rect.right_center()];
    let line = ColleagueStyle::of(cx.theme, n).line(ends);
    ui.painter().extend(line);
}

fn colleague_ui(
    ui: &mut Ui,
    colleagues: Colleagues<'_>,
    work: &ColleagueWork,
    queue: &mut VecDeque<AppCommand>,
) {
    let tags = count(tags_in_use(&work.document), "tag");
    let words = format!("{}: {tags}", work.name());
    ui.menu_button(words, |ui| {
        let mine = colleagues.annotator;
        let name = &work.annotator;
        if name.is_none() && mine.is_some() && colleagues.takes_over {
            let words = "Take these tags over as mine";
            let take_over = ui.button(words);
            let tip = "They will be saved as yours. The old file is kept.";
            menu_tooltip_ui(&take_over, tip);
            if take_over.clicked() {
                queue.push_back(AppCommand::TakeOverUnnamed);
            }
        }
        tags_ui(ui, work, colleagues.schema, queue);
        ui.separator();
        let words = match name {
            Some(name) => format!("Work as {name}…"),
            None => "Work without a name…".to_owned(),
        };
        if ui.button(RichText::new(words).small()).clicked() {
            queue.push_back(AppCommand::AskName(name.clone()));
            ui.close();
        }
    });
}

/// What they have tagged and is in use, in the order of the article. A click goes there.
fn tags_ui(ui: &mut Ui, work: &ColleagueWork, schema: &Schema, queue: &mut VecDeque<AppCommand>) {
    let (set, source) = (work.document.set(), work.document.source());
    let row = ui.spacing().interact_size.y;
    // By rank, so that they are put in order once and not each time.
    let tags = set.rows(0..set.annotation_count());
    let tags: Vec<&Annotation> = tags.filter(|tag| is_in_use(tag)).collect();
    ScrollArea::vertical()
        .max_height(MOST_ROWS * (row + ui.spacing().item_spacing.y))
        .show_rows(ui, row, tags.len(), |ui, rows| {
            for tag in tags.get(rows).unwrap_or_default() {
                let name = LabelStyle::of(schema, &tag.label).name;
                let (words, more) = tag.fragments.excerpt(source, EXCERPT);
                let words = words.replace(['\n', '\r', '\t'], " ");
                let more = if more { "…" } else { "" };
                if ui.button(format!("{name}: {words}{more}")).clicked() {
                    queue.push_back(AppCommand::ShowColleagueTag(tag.fragments.hull()));
                }
            }
        });
}
