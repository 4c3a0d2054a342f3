use std::collections::VecDeque;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Color32, FontId, Id, Rect, Response, Role, ScrollArea, Sense, TextStyle, Ui,
    WidgetInfo, pos2, vec2,
};

use super::toggled;
use crate::gui::app_command::AppCommand;
use crate::gui::folder_search::FolderSearch;
use crate::gui::fonts;
use crate::gui::theme::Theme;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{BADGE, LabelStyle};
use crate::model::Schema;
use crate::ops::search::{Hit, SearchOrder};
use crate::text::wording::count;

/// Height of a row, in points.
const ROW: f32 = 24.0;
/// Panels narrower than this leave out the columns that can be done without.
const NARROW: f32 = 760.0;
/// Width of the box that chooses a row, in points.
const BOX: f32 = 26.0;

/// Where the columns are.
struct Columns {
    article: Rect,
    left: Rect,
    keyword: Rect,
    right: Rect,
    person: Option<Rect>,
    by: Rect,
    date: Option<Rect>,
}

impl Columns {
    fn of(row: Rect) -> Self {
        let wide = row.width() >= NARROW;
        let part = |from: f32, to: f32| {
            let x = |at: f32| row.left() + BOX + (row.width() - BOX) * at;
            Rect::from_x_y_ranges(x(from)..=x(to) - 8.0, row.y_range())
        };
        if !wide {
            return Self {
                article: part(0.0, 0.18),
                left: part(0.18, 0.43),
                keyword: part(0.43, 0.64),
                right: part(0.64, 0.88),
                person: None,
                by: part(0.88, 1.0),
                date: None,
            };
        }
        Self {
            article: part(0.0, 0.13),
            left: part(0.13, 0.38),
            keyword: part(0.38, 0.55),
            right: part(0.55, 0.74),
            person: Some(part(0.74, 0.85)),
            by: part(0.85, 0.92),
            date: Some(part(0.92, 1.0)),
        }
    }

    fn all(&self) -> impl Iterator<Item = (SearchOrder, Rect)> {
        let fixed = [
            (SearchOrder::Article, self.article),
            (SearchOrder::Left, self.left),
            (SearchOrder::Keyword, self.keyword),
            (SearchOrder::Right, self.right),
        ];
        let person = self.person.map(|rect| (SearchOrder::Person, rect));
        let date = self.date.map(|rect| (SearchOrder::Date, rect));
        let by = [(SearchOrder::By, self.by)];
        fixed.into_iter().chain(person).chain(by).chain(date)
    }
}

/// The hits, with headings that sort them.
pub(super) fn rows_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    search: &mut FolderSearch,
    queue: &mut VecDeque<AppCommand>,
) {
    headings_ui(ui, cx.theme, search);
    ui.spacing_mut().item_spacing.y = 0.0;
    let all = search.found().len();
    if all == 0 {
        if !search.query.trim().is_empty() && search.error().is_none() && !search.is_searching() {
            nothing_found_ui(ui, search);
        }
        return;
    }
    let height = ui.available_height();
    let mut area = ScrollArea::vertical()
        .id_salt("hits")
        .auto_shrink(false)
        .min_scrolled_height(0.0);
    if std::mem::take(&mut search.scroll) {
        let top = search.scrolled;
        let at = u32::try_from(search.at).unwrap_or(u32::MAX) as f32 * ROW;
        if at < top {
            area = area.vertical_scroll_offset(at);
        } else if at + ROW > top + height {
            area = area.vertical_scroll_offset(at + ROW - height);
        }
    }
    let shown = area.show_rows(ui, ROW, all, |ui, rows| {
        for row in rows {
            let Some(hit) = search.row(row) else { continue };
            row_ui(ui, cx.theme, schema, search, row, &hit, queue);
        }
    });
    search.scrolled = shown.state.clamped_offset().y;
}

/// That there is no hit, and what was left out: suggestions are found where one asks for them.
fn nothing_found_ui(ui: &mut Ui, search: &mut FolderSearch) {
    let suggested = search.suggested();
    ui.horizontal_wrapped(|ui| {
        if suggested == 0 {
            ui.weak("Nothing found.");
            return;
        }
        let words = count(suggested, "suggestion");
        ui.weak(format!("No tag found; {words} left out."));
        if ui.button("Show suggestions").clicked() {
            search.query = format!("{} is:suggestion", search.query.trim_end());
        }
    });
}

fn headings_ui(ui: &mut Ui, theme: &Theme, search: &mut FolderSearch) {
    let (_, row) = ui.allocate_space(vec2(ui.available_width(), 18.0));
    for (column, rect) in Columns::of(row).all() {
        let chosen = search.order == column;
        let name = match column {
            SearchOrder::Article => "Article",
            SearchOrder::Left => "Before",
            SearchOrder::Keyword => "Hit",
            SearchOrder::Right => "After",
            SearchOrder::Person => "Person",
            SearchOrder::Date => "Date",
            SearchOrder::Outlet => "Outlet",
            SearchOrder::Form => "Form",
            SearchOrder::By => "By",
        };
        let id = Id::unique(("sort hits", column.word()));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            let name = match column {
                SearchOrder::By => "Sort by annotator".to_owned(),
                _ => format!("Sort by {}", name.to_lowercase()),
            };
            WidgetInfo::selected(Role::Button, true, chosen, name)
        });
        let color = if chosen || response.hovered() || response.has_focus() {
            theme.text
        } else {
            theme.muted
        };
        let font = fonts::bold_font(11.5);
        let words = if chosen {
            format!("{name} ↓")
        } else {
            name.to_owned()
        };
        let (at, align) = match column {
            SearchOrder::Left => (rect.right_center(), Align2::RIGHT_CENTER),
            SearchOrder::Article
            | SearchOrder::Keyword
            | SearchOrder::Right
            | SearchOrder::Person
            | SearchOrder::Date
            | SearchOrder::Outlet
            | SearchOrder::Form
            | SearchOrder::By => (rect.left_center(), Align2::LEFT_CENTER),
        };
        ui.painter().text(at, align, words, font, color);
        if response.clicked() {
            search.order = toggled(search.order, column);
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    schema: &Schema,
    search: &mut FolderSearch,
    row: usize,
    hit: &Arc<Hit>,
    queue: &mut VecDeque<AppCommand>,
) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let is_at = search.at == row;
    // The keys stay in the field.
    let response = ui.interact(rect, Id::unique(("hit", row)), Sense::CLICK);
    let chosen = search.is_chosen(row);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_at, row_name(hit, chosen)));
    let ground = match () {
        () if is_at => Some(theme.selection),
        () if response.hovered() => Some(theme.hovered()),
        () => None,
    };
    if let Some(ground) = ground {
        let inner = rect.shrink2(vec2(2.0, 0.5));
        ui.painter().rect_filled(inner, theme.corners(), ground);
    }
    choice_ui(ui, theme, search, row, rect, chosen);
    let muted = if is_at { theme.text } else { theme.muted };
    let columns = Columns::of(rect);
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let left_text = |text: &str, rect: Rect, font: &FontId, color: Color32| {
        clipped(ui, rect, text, font.clone(), color, false);
    };
    left_text(&hit.article, columns.article, &small, muted);
    clipped(ui, columns.left, &hit.left, body.clone(), theme.text, true);
    let mut keyword = columns.keyword;
    if !hit.label.is_empty() {
        let center = pos2(keyword.left() + BADGE / 2.0, rect.center().y);
        LabelStyle::of(schema, &hit.label).paint(ui, theme, center, false);
        keyword.min.x += BADGE + 6.0;
    }
    left_text(
        &hit.keyword,
        keyword,
        &fonts::bold_font(body.size),
        theme.text,
    );
    left_text(hit.right.trim_start(), columns.right, &body, theme.text);
    if let Some(person) = columns.person {
        left_text(&hit.person, person, &small, muted);
    }
    left_text(&hit.by, columns.by, &small, muted);
    if let Some(date) = columns.date {
        left_text(&hit.date, date, &small, muted);
    }
    on_click(ui, &response, search, row, queue);
}

fn on_click(
    ui: &Ui,
    response: &Response,
    search: &mut FolderSearch,
    row: usize,
    queue: &mut VecDeque<AppCommand>,
) {
    if !response.clicked() {
        return;
    }
    search.at = row;
    if ui.input(|input| input.modifiers.command) {
        search.choose(row);
    } else {
        queue.push_back(AppCommand::GoToSearchHit(row));
    }
}

/// The box that chooses a row.
fn choice_ui(
    ui: &Ui,
    theme: &Theme,
    search: &mut FolderSearch,
    row: usize,
    rect: Rect,
    chosen: bool,
) {
    let place = Rect::from_min_size(rect.min, vec2(BOX, ROW));
    let response = ui.interact(place, Id::unique(("choose hit", row)), Sense::CLICK);
    let side = Rect::from_center_size(place.center(), vec2(12.0, 12.0));
    let edge = egui::Stroke::new(1.0, theme.muted);
    let fill = if chosen {
        theme.accent
    } else {
        Color32::TRANSPARENT
    };
    ui.painter()
        .rect(side, 3, fill, edge, egui::StrokeKind::Inside);
    if chosen {
        let tick = [(-3.5, 0.0), (-1.0, 2.5), (3.5, -2.5)];
        let points = tick.map(|(x, y)| side.center() + vec2(x, y)).to_vec();
        let line = egui::Stroke::new(1.5, theme.on_accent);
        ui.painter().add(egui::Shape::line(points, line));
    }
    if response.clicked() {
        search.choose(row);
    }
}

/// One line in a column: cut at its end, or at its beginning where it ends at the right.
fn clipped(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32, ends_right: bool) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if ends_right {
        let at = rect.right_center();
        painter.text(at, Align2::RIGHT_CENTER, text.trim_end(), font, color);
        return;
    }
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, color));
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = painter.layout_job(job);
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, color);
}

/// The row for those who cannot see it.
fn row_name(hit: &Hit, chosen: bool) -> String {
    let mut parts = vec![format!(
        "{}: {}⟦{}⟧{}",
        hit.article, hit.left, hit.keyword, hit.right
    )];
    for more in [&*hit.label, &*hit.person, &*hit.date, &*hit.by] {
        if !more.is_empty() {
            parts.push(more.to_owned());
        }
    }
    if chosen {
        parts.push("chosen".to_owned());
    }
    parts.join(", ")
}
