//! What is chosen about the list of articles: queue, order, whose work; and how far it all is.

use std::path::{Path, PathBuf};

use egui::{Button, ComboBox, DragValue, Popup, RichText, Sense, Ui, WidgetInfo, vec2};
use smol_str::SmolStr;

use crate::gui::article_list::{ArticleList, WhoseWork};
use crate::gui::tag_description::capitalize;
use crate::gui::theme::Theme;
use crate::gui::widgets::checkbox_ui;
use crate::gui::workspace::Workspace;
use crate::ops::article_list::{Column, ListTotals, Queue, Sample, SortBy, percent_alike};
use crate::text::wording::{count, count_as};

/// Height of the bar that shows how far all is, in points.
const BAR: f32 = 6.0;
/// The sample that is proposed first.
const FIRST_SAMPLE: Sample = Sample { size: 50, seed: 1 };

/// How much is done and in progress, as a bar.
pub(crate) fn progress_bar_ui(ui: &mut Ui, theme: &Theme, totals: &ListTotals, width: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(0.0), BAR), Sense::hover());
    response.widget_info(|| {
        let words = format!("{} of {} done", totals.done, totals.articles);
        let mut info = WidgetInfo::labeled(egui::Role::ProgressIndicator, true, "Progress");
        info.current_text_value = Some(words);
        info
    });
    let share = |number: usize| match totals.articles {
        0 => 0.0,
        all => number as f32 / all as f32 * rect.width(),
    };
    let part = |from: f32, width: f32| {
        egui::Rect::from_min_size(rect.min + vec2(from, 0.0), vec2(width, BAR))
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 3, theme.rule);
    let begun = share(totals.done + totals.in_progress);
    painter.rect_filled(part(0.0, begun), 3, theme.muted.gamma_multiply(0.3));
    painter.rect_filled(part(0.0, share(totals.done)), 3, theme.success);
    response.on_hover_text(totals_words(totals));
}

/// What all articles come to, in words.
pub(crate) fn totals_words(totals: &ListTotals) -> String {
    let figures = &totals.figures;
    let mut words = format!(
        "{}: {} done, {} in progress\n{}",
        count(totals.articles, "article"),
        totals.done,
        totals.in_progress,
        count(figures.tags, "tag")
    );
    for (number, what) in [
        (
            figures.suggestions,
            ["suggestion to review", "suggestions to review"],
        ),
        (figures.without_speaker, ["without a confirmed speaker"; 2]),
        (figures.unreviewed, ["unreviewed"; 2]),
        (figures.unsure, ["unsure"; 2]),
        (figures.corrections, ["correction", "corrections"]),
        (figures.problems(), ["problem", "problems"]),
        (figures.hints(), ["hint", "hints"]),
    ] {
        if number > 0 {
            let [one, many] = what;
            words.push_str(&format!(", {}", count_as(number, one, many)));
        }
    }
    if let Some(curated) = totals.curated_words() {
        words.push_str(&format!("\n{curated}"));
    }
    words
}

/// A queue as it is called on screen.
fn queue_words(queue: &Queue, own: &str) -> String {
    match queue {
        Queue::All => "All articles".to_owned(),
        Queue::Suggestions => "With suggestions".to_owned(),
        Queue::WithoutSpeaker => "Without speaker".to_owned(),
        Queue::Unreviewed => "With unreviewed tags".to_owned(),
        Queue::Unsure => "With unsure tags".to_owned(),
        Queue::Corrections => "With corrections".to_owned(),
        Queue::Problems => "With problems".to_owned(),
        Queue::Hints => "With hints".to_owned(),
        Queue::AssignedTo(name) if name == own => "Assigned to me".to_owned(),
        Queue::AssignedTo(name) => format!("Assigned to {name}"),
        Queue::Unassigned => "Not assigned".to_owned(),
        Queue::Curated => "Curated".to_owned(),
        Queue::Undecided => "Curated, not all decided".to_owned(),
        Queue::NotCurated => "To adjudicate".to_owned(),
        Queue::Copies => "With copies".to_owned(),
        Queue::CopiesOf(name) => format!("Copies of {name}"),
        Queue::Sample(Sample { size, seed }) => format!("Sample of {size}, no. {seed}"),
    }
}

/// Which queue is shown.
pub(crate) fn queue_choice_ui(
    ui: &mut Ui,
    list: &mut ArticleList,
    workspace: &Workspace,
    width: f32,
) {
    let own = &workspace.annotator;
    let now = queue_words(&list.order.queue, own);
    let text = RichText::new(&now).small();
    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
    let chosen = ComboBox::from_id_salt("queue")
        .selected_text(text)
        .width(width)
        // All queues in view at once.
        .height(460.0)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
            let mut all = vec![
                Queue::All,
                Queue::Suggestions,
                Queue::WithoutSpeaker,
                Queue::Unreviewed,
                Queue::Unsure,
                Queue::Corrections,
                Queue::Problems,
                Queue::Hints,
            ];
            if !own.is_empty() {
                all.push(Queue::AssignedTo(own.clone()));
            }
            let others = workspace.people().into_iter().filter(|name| name != own);
            all.extend(others.map(Queue::AssignedTo));
            all.push(Queue::Unassigned);
            all.extend([Queue::NotCurated, Queue::Undecided, Queue::Curated]);
            all.push(Queue::Copies);
            if let Queue::CopiesOf(_) = &list.order.queue {
                all.push(list.order.queue.clone());
            }
            for queue in all {
                let words = queue_words(&queue, own);
                if ui
                    .selectable_label(list.order.queue == queue, words)
                    .clicked()
                {
                    if queue == Queue::Copies {
                        // Those of one group stand together.
                        (list.order.by, list.order.descending) =
                            (SortBy::Column(Column::Copies), true);
                    }
                    list.order.queue = queue;
                    ui.close();
                }
            }
            let is_sample = matches!(list.order.queue, Queue::Sample(_));
            if ui.selectable_label(is_sample, "Random sample").clicked() {
                list.order.queue = Queue::Sample(FIRST_SAMPLE);
            }
            if let Queue::Sample(sample) = &mut list.order.queue {
                sample_ui(ui, sample);
            }
        });
    chosen.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, "Queue");
        info.current_text_value = Some(now.clone());
        info
    });
    chosen.response.on_hover_text(format!(
        "{now}: Ctrl+Enter and Ctrl+Page Down go through these"
    ));
}

/// The articles with nearly the text of one, and how much of each is the same, a line each.
pub(crate) fn copies_tip(workspace: &Workspace, path: &Path) -> String {
    /// So many are named.
    const NAMED: usize = 8;
    let sketch = |path: &Path| workspace.summary(path)?.sketch.as_ref();
    let own = sketch(path);
    let others: Vec<&PathBuf> = workspace.copies.others(path).collect();
    let mut tip = "Nearly the same text:".to_owned();
    for other in others.iter().take(NAMED) {
        tip.push_str(&format!("\n{}", workspace.name(other)));
        if let Some((own, other)) = own.zip(sketch(other)) {
            tip.push_str(&format!(" ({} % the same)", percent_alike(own, other)));
        }
    }
    if others.len() > NAMED {
        tip.push_str(&format!("\nand {} more", others.len() - NAMED));
    }
    tip
}

/// How large a sample is, and which.
fn sample_ui(ui: &mut Ui, sample: &mut Sample) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let label = ui.label("of");
        ui.add(DragValue::new(&mut sample.size).range(1..=1_000_000))
            .labelled_by(label.id);
        let label = ui.label("articles, no.");
        ui.add(DragValue::new(&mut sample.seed))
            .labelled_by(label.id)
            .on_hover_text("The same number draws the same sample on every computer");
    });
}

/// What the list is sorted by, also the facts the project has named, and whether articles of one folder stand together.
pub(crate) fn order_choice_ui(ui: &mut Ui, list: &mut ArticleList, fields: &[SmolStr], width: f32) {
    let arrow = if list.order.descending { "↓" } else { "↑" };
    let words = format!("By {} {arrow}", list.order.by.words());
    let button = Button::new(RichText::new(&words).small())
        .min_size(vec2(width, 0.0))
        .truncate();
    // Long words are cut at this width, not at the edge of the panel, which would grow with them.
    let sized = ui.scope(|ui| {
        ui.set_max_width(width);
        ui.add(button)
    });
    let response = sized.inner;
    response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Sort: {words}")));
    Popup::menu(&response)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            for by in SortBy::all(fields) {
                let chosen = list.order.by == by;
                if ui.selectable_label(chosen, column_heading(&by)).clicked() {
                    sort_by(list, by);
                }
            }
            ui.separator();
            checkbox_ui(ui, &mut list.order.descending, "Last first");
            checkbox_ui(ui, &mut list.order.grouped, "Group by folder");
        });
}

/// The heading of a column, or the name of a fact.
pub(crate) fn column_heading(column: &SortBy) -> String {
    match column {
        SortBy::Column(column) => column.heading().to_owned(),
        SortBy::Field(_) => capitalize(&column.words()),
    }
}

/// Sorts by a column or fact; by the one it is sorted by already, the other way round.
pub(crate) fn sort_by(list: &mut ArticleList, by: SortBy) {
    if list.order.by == by {
        list.order.descending = !list.order.descending;
    } else {
        list.order.descending = by.is_number();
        list.order.by = by;
    }
}

/// Whose work the list is about.
pub(crate) fn whose_choice_ui(ui: &mut Ui, list: &mut ArticleList, workspace: &Workspace) {
    let words = |whose: &WhoseWork| match whose {
        WhoseWork::Mine if workspace.adjudicates => "Curated tags".to_owned(),
        WhoseWork::Mine => "My work".to_owned(),
        WhoseWork::Everybody => "Everybody's work".to_owned(),
        WhoseWork::Of(name) => format!("{name}'s work"),
    };
    let now = words(&list.whose);
    let chosen = ComboBox::from_id_salt("whose work")
        .selected_text(&now)
        .show_ui(ui, |ui| {
            let own = &workspace.annotator;
            let people = workspace.people().into_iter().filter(|name| name != own);
            let all = [WhoseWork::Mine, WhoseWork::Everybody].into_iter();
            for whose in all.chain(people.map(WhoseWork::Of)) {
                let text = words(&whose);
                ui.selectable_value(&mut list.whose, whose, text);
            }
        });
    chosen.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, "Whose work");
        info.current_text_value = Some(now.clone());
        info
    });
}
