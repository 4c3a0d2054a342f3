//! The project: all articles of the folder in a table, who has done what, and who is to do what.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{
    Button, Label, PopupCloseBehavior, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo,
};
use egui_extras::{Column as TableColumn, TableBuilder};
use smol_str::SmolStr;

use super::hand_out::hand_out_ui;
use super::page_ui;
use crate::gui::app_command::AppCommand;
use crate::gui::article_list::{ArticleList, ListRow, WhoseWork, curated_state};
use crate::gui::panel::{
    column_heading, copies_tip, progress_bar_ui, queue_choice_ui, sort_by, totals_words,
    whose_choice_ui,
};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::checkbox_ui;
use crate::gui::workspace::Workspace;
use crate::model::DocumentState;
use crate::ops::article_list::{Column, CopyGroup, Hours, ListedArticle, Queue, SortBy};
use crate::text::wording::{count, count_as, shown_annotator};

/// Height of a row of the table, in points.
const ROW: f32 = 26.0;

/// Width of the list of columns, in points.
const COLUMN_CHOICE: f32 = 170.0;

/// How the page is left.
#[derive(Debug, Default)]
pub(crate) struct ProjectPage {
    /// The name that is typed, to hand articles out to.
    name: String,
    people: Vec<PersonTotals>,
    /// The version of the list the people were counted from, and whether with times.
    people_of: Option<(u64, bool)>,
}

/// What one person has done in the folder.
#[derive(Debug, Clone, Default)]
struct PersonTotals {
    name: SmolStr,
    begun: usize,
    done: usize,
    tags: usize,
    assigned: usize,
    seconds: Option<u64>,
}

impl ProjectPage {
    fn count_people(&mut self, workspace: &Workspace, times_of_others: bool) {
        let of = (workspace.list_version, times_of_others);
        if self.people_of == Some(of) {
            return;
        }
        self.people_of = Some(of);
        let mut people: BTreeMap<SmolStr, PersonTotals> = BTreeMap::new();
        let mut of = |name: &SmolStr, add: &dyn Fn(&mut PersonTotals)| {
            let person = people.entry(name.clone()).or_default();
            person.name.clone_from(name);
            add(person);
        };
        for path in &workspace.listed {
            for name in workspace.assigned(path) {
                of(name, &|person| person.assigned += 1);
            }
            for work in workspace
                .summary(path)
                .into_iter()
                .flat_map(|summary| &summary.work)
            {
                let figures = &work.figures;
                of(&work.annotator, &|person| {
                    person.begun += usize::from(figures.state != DocumentState::New);
                    person.done += usize::from(figures.state == DocumentState::Done);
                    person.tags += figures.tags;
                    if times_of_others || work.annotator == workspace.annotator {
                        *person.seconds.get_or_insert(0) += figures.seconds;
                    }
                });
            }
        }
        self.people = people.into_values().collect();
    }
}

/// The page.
pub(crate) fn project_page_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    workspace: &Workspace,
    (page, list): (&mut ProjectPage, &mut ArticleList),
    queue: &mut VecDeque<AppCommand>,
) {
    let name = workspace
        .folder
        .as_deref()
        .and_then(|folder| folder.file_name());
    let title = match name {
        Some(name) => format!("Project {}", name.to_string_lossy()),
        None => "Articles".to_owned(),
    };
    page.count_people(workspace, list.times_of_others);
    page_ui(ui, cx.theme, &title, queue, |ui, queue| {
        let totals = list.totals(workspace);
        let width = ui.available_width();
        progress_bar_ui(ui, cx.theme, &totals, width);
        ui.add_space(4.0);
        ui.label(totals_words(&totals).replace('\n', "  ·  "));
        people_ui(ui, &page.people);
        ui.add_space(4.0);
        choices_ui(ui, workspace, list);
        hand_out_ui(ui, workspace, (&mut page.name, list), queue);
        ui.add_space(4.0);
        list.refresh(workspace);
        table_ui(ui, cx, workspace, list, queue);
    });
}

/// Who has done what: a line each.
fn people_ui(ui: &mut Ui, people: &[PersonTotals]) {
    if people.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        for person in people {
            let name = shown_annotator(&person.name);
            let tags = count(person.tags, "tag");
            let mut words = match person.begun {
                0 => format!("{name}: {tags}"),
                begun => format!(
                    "{name}: {} of {} done, {tags}",
                    person.done,
                    count(begun, "article")
                ),
            };
            if person.assigned > 0 {
                words.push_str(&format!(", {} assigned", person.assigned));
            }
            if let Some(seconds) = person.seconds.filter(|seconds| *seconds >= 60) {
                words.push_str(&format!(", {} hours", Hours(seconds)));
            }
            ui.label(RichText::new(words).small());
        }
    });
}

fn choices_ui(ui: &mut Ui, workspace: &Workspace, list: &mut ArticleList) {
    ui.horizontal_wrapped(|ui| {
        let field = TextEdit::singleline(&mut list.order.containing)
            .hint_text("Filter by name, first line or facts")
            .desired_width(256.0);
        ui.add(field)
            .widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Filter articles"));
        queue_choice_ui(ui, list, workspace, 150.0);
        whose_choice_ui(ui, list, workspace);
        checkbox_ui(ui, &mut list.order.grouped, "Group by folder");
        if list.whose != WhoseWork::Mine || !workspace.people().is_empty() {
            checkbox_ui(ui, &mut list.times_of_others, "Times of others")
                .on_hover_text("Show how long others have worked, not only you");
        }
        columns_choice_ui(ui, list, facts_of_project(workspace));
    });
}

/// The facts that the project has named, which are columns, too.
fn facts_of_project(workspace: &Workspace) -> &[SmolStr] {
    let article = workspace.current();
    article.map_or(&[], |article| &article.open.schema().fields)
}

/// Which columns the table has.
fn columns_choice_ui(ui: &mut Ui, list: &mut ArticleList, facts: &[SmolStr]) {
    let name = SortBy::default();
    // What another project has named and hidden does not count here.
    let hidden = SortBy::all(facts).filter(|column| list.hidden.contains(column));
    let words = match hidden.count() {
        0 => "Columns…".to_owned(),
        hidden => format!("Columns: {hidden} hidden…"),
    };
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let menu = MenuButton::new(words).config(stays);
    menu.ui(ui, |ui| {
        ui.set_min_width(COLUMN_CHOICE);
        let all = Button::new("Show all");
        if ui.add_enabled(!list.hidden.is_empty(), all).clicked() {
            list.hidden.clear();
        }
        ui.separator();
        let height = (ui.ctx().content_rect().height() * 0.6).min(620.0);
        let area = ScrollArea::vertical().max_height(height);
        area.show(ui, |ui| {
            for column in SortBy::all(facts).filter(|column| *column != name) {
                column_choice_ui(ui, list, column);
            }
        });
    });
}

fn column_choice_ui(ui: &mut Ui, list: &mut ArticleList, column: SortBy) {
    let mut shown = !list.hidden.contains(&column);
    let choice = checkbox_ui(ui, &mut shown, column_heading(&column));
    choice.widget_info(|| {
        let name = format!("Show column {}", column.word());
        WidgetInfo::selected(egui::Role::CheckBox, true, shown, name)
    });
    if choice.changed() {
        if shown {
            list.hidden.remove(&column);
        } else {
            list.hidden.insert(column);
        }
    }
}

/// The columns of the table. Those a project is led by come first, in view without scrolling.
fn shown_columns(list: &ArticleList, facts: &[SmolStr]) -> Vec<SortBy> {
    let all = SortBy::all(facts);
    let mut shown: Vec<SortBy> = all.filter(|column| !list.hidden.contains(column)).collect();
    shown.sort_by_key(|column| match column {
        SortBy::Column(Column::Name) => 0,
        SortBy::Column(Column::State) => 1,
        SortBy::Column(Column::Assigned) => 2,
        SortBy::Column(_) | SortBy::Field(_) => 3,
    });
    shown
}

/// The width of a column at first, in points.
fn first_width(column: &SortBy) -> f32 {
    let column = match column {
        SortBy::Column(column) => column,
        SortBy::Field(_) => return 100.0,
    };
    match column {
        Column::Name => 230.0,
        Column::Headline => 220.0,
        Column::People | Column::Assigned | Column::Outlet => 120.0,
        Column::Byline | Column::Section | Column::Labels => 120.0,
        Column::Curated => 92.0,
        Column::State | Column::Date | Column::Suggestions | Column::WithoutSpeaker => 84.0,
        Column::Tags | Column::Unsure | Column::Time | Column::Copies => 56.0,
        Column::Unreviewed | Column::Problems | Column::Hints | Column::Corrections => 78.0,
    }
}

fn table_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    workspace: &Workspace,
    list: &mut ArticleList,
    queue: &mut VecDeque<AppCommand>,
) {
    let rows: Vec<ListRow> = list.rows().to_vec();
    if rows.is_empty() {
        ui.weak("No matching article.");
        return;
    }
    let mut folds = None;
    let columns = shown_columns(list, facts_of_project(workspace));
    ScrollArea::horizontal().show(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            // Other columns have widths of their own.
            .id_salt(("project", &columns))
            .striped(true)
            .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
            .auto_shrink(false)
            .min_scrolled_height(120.0)
            .column(TableColumn::exact(22.0));
        for column in &columns {
            let width = TableColumn::initial(first_width(column)).at_least(40.0);
            table = table.column(width.resizable(true).clip(true));
        }
        table
            .header(ROW, |mut header| {
                header.col(|_| {});
                for column in &columns {
                    header.col(|ui| heading_ui(ui, list, column));
                }
            })
            .body(|body| {
                body.rows(ROW, rows.len(), |mut row| match rows.get(row.index()) {
                    Some(ListRow::Article(path)) => {
                        row.set_selected(workspace.current_path() == Some(path));
                        article_ui(&mut row, cx, workspace, (list, &columns), path, queue);
                    }
                    Some(ListRow::Folder {
                        name,
                        articles,
                        done,
                        unfolded,
                    }) => {
                        row.col(|_| {});
                        row.col(|ui| {
                            let shown = if name.is_empty() { "This folder" } else { name };
                            let sign = if *unfolded { "▼" } else { "▶" };
                            let words = format!("{sign} {shown}  ·  {done} of {articles} done");
                            let text = RichText::new(words).strong();
                            let label = Label::new(text).extend().sense(Sense::click());
                            if ui.add(label).clicked() {
                                folds = Some(name.clone());
                            }
                        });
                    }
                    None => {}
                });
            });
    });
    if let Some(name) = folds {
        list.toggle_folder(&name);
    }
}

/// The heading of a column, which sorts by it.
fn heading_ui(ui: &mut Ui, list: &mut ArticleList, column: &SortBy) {
    let arrow = match (list.order.by == *column, list.order.descending) {
        (false, _) => "",
        (true, false) => " ↑",
        (true, true) => " ↓",
    };
    let text = RichText::new(format!("{}{arrow}", column_heading(column)))
        .small()
        .strong();
    let button = ui.add(Button::new(text).frame(false).truncate());
    button.widget_info(|| {
        WidgetInfo::labeled(
            egui::Role::Button,
            true,
            format!("Sort by {}", column.word()),
        )
    });
    if button.clicked() {
        sort_by(list, column.clone());
    }
}

fn article_ui(
    row: &mut egui_extras::TableRow<'_, '_>,
    cx: UiContext<'_>,
    workspace: &Workspace,
    (list, columns): (&mut ArticleList, &[SortBy]),
    path: &PathBuf,
    queue: &mut VecDeque<AppCommand>,
) {
    let name = workspace.name(path);
    let article = ListedArticle {
        name: &name,
        summary: workspace.summary(path),
        figures: list.figures(workspace, path),
        assigned: workspace.assigned(path),
        copies: workspace.copies.group(path),
        curated: curated_state(workspace, path),
    };
    row.col(|ui| {
        let mut chosen = list.chosen.contains(path);
        let tick = checkbox_ui(ui, &mut chosen, "");
        tick.widget_info(|| {
            WidgetInfo::selected(egui::Role::CheckBox, true, chosen, format!("Choose {name}"))
        });
        if tick.changed() {
            if chosen {
                list.chosen.insert(path.clone());
            } else {
                list.chosen.remove(path);
            }
        }
    });
    let unreadable = workspace.unreadable.get(path);
    for column in columns {
        let of_all = match column {
            SortBy::Column(column) => Some(*column),
            SortBy::Field(_) => None,
        };
        row.col(|ui| match (of_all, unreadable) {
            (Some(Column::Name), _) => {
                let button = ui.add(Button::new(&name).frame(false).truncate());
                if button.on_hover_text(path.display().to_string()).clicked() {
                    queue.push_back(AppCommand::Open(path.clone()));
                    queue.push_back(AppCommand::FocusArticle);
                }
            }
            (Some(Column::State), Some(why)) => {
                let text = RichText::new("unreadable").small().color(cx.theme.danger);
                ui.label(text).on_hover_text(why);
            }
            (_, Some(_)) => {}
            (Some(Column::Copies), None) if article.copies.is_some() => {
                copies_ui(ui, cx, workspace, list, (path, &article));
            }
            (_, None) => cell_ui(ui, cx, column, &article),
        });
    }
}

/// How many others have nearly the same text; a click lists them alone.
fn copies_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    workspace: &Workspace,
    list: &mut ArticleList,
    (path, article): (&Path, &ListedArticle<'_>),
) {
    let others = article.copies.map_or(0, CopyGroup::others);
    let words = count_as(others, "copy", "copies");
    let right = egui::Layout::right_to_left(egui::Align::Center);
    ui.with_layout(right, |ui| {
        let text = RichText::new(others.to_string())
            .small()
            .color(cx.theme.accent);
        let button = ui.add(Button::new(text).frame(false));
        let name = article.name;
        button.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Button, true, format!("{words} of {name}"))
        });
        let tip = copies_tip(workspace, path);
        if button.on_hover_text(tip).clicked() {
            let alone = matches!(list.order.queue, Queue::CopiesOf(_));
            list.order.queue = match alone {
                true => Queue::All,
                false => Queue::CopiesOf(name.replace('\\', "/").into()),
            };
        }
    });
}

fn cell_ui(ui: &mut Ui, cx: UiContext<'_>, column: &SortBy, article: &ListedArticle<'_>) {
    let words = column.cell(article);
    let color = match (column, article.figures.state) {
        (SortBy::Column(Column::State), DocumentState::Done) => cx.theme.success,
        (SortBy::Column(Column::State), DocumentState::New) => cx.theme.muted,
        (
            SortBy::Column(
                Column::Problems | Column::WithoutSpeaker | Column::Unsure | Column::Corrections,
            ),
            _,
        ) => cx.theme.warning,
        _ => cx.theme.text,
    };
    let label = Label::new(RichText::new(&words).small().color(color)).truncate();
    if column.is_number() {
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| ui.add(label));
    } else {
        ui.add(label);
    }
}
