//! The articles that were found in files to import: a row for each, and all about the chosen one.

use egui::{Id, Key, Modifiers, ScrollArea, Ui, vec2};

use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{Row, TALL_ROW};
use crate::ops::{ArticleFound, ImportReport};
use crate::text::wording::count;

/// How wide the names beside what is said are, and how high what is left out may be, in points.
const NAMES: f32 = 64.0;
const LEFT_OUT: f32 = 90.0;
/// So much of what is left out is listed.
const MOST_LEFT_OUT: usize = 200;
/// So many rows are in view.
const ROWS: u8 = 4;

/// Which of the articles is shown whole.
#[derive(Debug, Default)]
pub(super) struct ArticlesFound {
    chosen: usize,
    /// The row that gets the keys' focus once it is in view.
    focuses: Option<usize>,
}

impl ArticlesFound {
    pub(super) fn found_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>, report: &ImportReport) {
        let mut words = report.found_words();
        let left_out = report.left_out_words();
        if !left_out.is_empty() {
            words += &format!("; not in the texts: {left_out}");
        }
        ui.label(format!("{words}."));
        self.chosen = self.chosen.min(report.found.len().saturating_sub(1));
        self.list_ui(ui, cx, &report.found);
        if let Some(found) = report.found.get(self.chosen) {
            article_ui(ui, cx, found);
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>, found: &[ArticleFound]) {
        let rows = u8::try_from(found.len()).unwrap_or(ROWS).min(ROWS);
        let height = f32::from(rows) * TALL_ROW;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("articles found")
            .auto_shrink([false, true])
            .max_height(height)
            .min_scrolled_height(height)
            .show_rows(ui, TALL_ROW, found.len(), |ui, shown| {
                let top = ui.min_rect().top();
                for (place, article) in (shown.start..).zip(found.get(shown.clone()).unwrap_or(&[]))
                {
                    self.row_ui(ui, cx, place, article);
                }
                let Some(next) = self.arrow(ui, found.len()) else {
                    return;
                };
                #[allow(clippy::cast_precision_loss, reason = "a row of a list")]
                let below = (next as f32 - shown.start as f32) * TALL_ROW;
                let left_top = egui::pos2(ui.min_rect().left(), top + below);
                let row = egui::Rect::from_min_size(left_top, vec2(1.0, TALL_ROW));
                ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
                (self.chosen, self.focuses) = (next, Some(next));
                ui.ctx().request_repaint();
            });
        ui.spacing_mut().item_spacing.y = 4.0;
    }

    fn row_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>, place: usize, article: &ArticleFound) {
        let facts = &article.facts;
        let file = article
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let first = if facts.headline.is_empty() {
            &*file
        } else {
            &facts.headline
        };
        let second = [&facts.outlet, &facts.date, &facts.byline];
        let second = second.into_iter().filter(|fact| !fact.is_empty());
        let second: Vec<&str> = second.map(String::as_str).collect();
        let second = match &second[..] {
            [] => article.begins.clone(),
            known => known.join("  ·  "),
        };
        let fate = article.fate.to_string();
        let doubts = match article.doubts.len() {
            0 => String::new(),
            n => count(n, "warning"),
        };
        let row = Row {
            id: row_id(place),
            name: format!("{first}, {fate}"),
            style: None,
            first,
            second: &second,
            aside: &doubts,
            aside_color: cx.theme.warning,
            chosen: place == self.chosen,
            dimmed: false,
        };
        let row = row.row_with_corner_ui(ui, cx.theme, TALL_ROW, &fate);
        if self.focuses == Some(place) {
            self.focuses = None;
            row.request_focus();
        }
        if row.clicked() || row.gained_focus() {
            self.chosen = place;
        }
    }

    /// The row that an arrow leads to.
    fn arrow(&self, ui: &Ui, rows: usize) -> Option<usize> {
        if !ui.memory(|memory| memory.has_focus(row_id(self.chosen))) {
            return None;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let next = if pressed(Key::ArrowDown) {
            self.chosen.checked_add(1)
        } else if pressed(Key::ArrowUp) {
            self.chosen.checked_sub(1)
        } else {
            None
        };
        next.filter(|next| *next < rows)
    }
}

fn row_id(place: usize) -> Id {
    Id::unique(("article found", place))
}

/// All about an article that was found.
fn article_ui(ui: &mut Ui, cx: UiContext<'_>, found: &ArticleFound) {
    let file = found.path.file_name().unwrap_or_default().to_string_lossy();
    for (name, words) in [
        ("Becomes", file.into_owned()),
        ("Begins", found.begins.clone()),
        ("Known", found.known()),
    ] {
        if !words.is_empty() {
            row_ui(ui, name, |ui| drop(ui.label(words)));
        }
    }
    if !found.left_out.is_empty() {
        row_ui(ui, "Left out", |ui| {
            ScrollArea::vertical()
                .id_salt("left out")
                .auto_shrink([false, true])
                .max_height(LEFT_OUT)
                .show(ui, |ui| {
                    for words in found.left_out.iter().take(MOST_LEFT_OUT) {
                        ui.label(words);
                    }
                    let more = found.left_out.len().saturating_sub(MOST_LEFT_OUT);
                    if more > 0 {
                        ui.weak(format!(
                            "and {more} more; `pullquote import --dry-run` lists all"
                        ));
                    }
                });
        });
    }
    for doubt in &found.doubts {
        ui.colored_label(cx.theme.warning, doubt);
    }
}

/// A name with what is said under it beside.
fn row_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(NAMES);
            ui.weak(name);
        });
        ui.vertical(content);
    });
}
