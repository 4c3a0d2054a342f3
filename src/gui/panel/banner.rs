//! What went wrong, in words, below the article, with a way on. The rest keeps working.

use std::collections::VecDeque;

use egui::text::LayoutJob;
use egui::{
    Align2, Color32, Frame, Margin, Pos2, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::is_low;
use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::short_path::with_short_paths;
use crate::gui::theme::Theme;
use crate::gui::ui_context::UiContext;

/// What kind of message it is, told by its color and its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BannerKind {
    /// Something was done.
    Success,
    /// Neither good nor bad, such as an offer.
    Notice,
    /// Something is doubtful.
    Warning,
    /// Something could not be done.
    Error,
}

impl BannerKind {
    fn color(self, theme: &Theme) -> Color32 {
        match self {
            Self::Success => theme.success,
            Self::Notice => theme.accent,
            Self::Warning => theme.warning,
            Self::Error => theme.danger,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Success => "Done",
            Self::Notice => "Notice",
            Self::Warning => "Warning",
            Self::Error => "Error",
        }
    }

    /// The sign before the words: a check, a letter, a triangle, a cross.
    fn sign_ui(self, ui: &mut Ui, theme: &Theme) {
        let side = 14.0;
        let (place, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, self.word()));
        let color = self.color(theme);
        let (center, half) = (place.center(), side / 2.0);
        let painter = ui.painter();
        let line = Stroke::new(1.8, theme.raised);
        let at = |x: f32, y: f32| center + vec2(x, y);
        let letter = |letter: &str, at: Pos2| {
            let font = fonts::bold_font(11.0);
            painter.text(at, Align2::CENTER_CENTER, letter, font, theme.raised);
        };
        match self {
            Self::Success => {
                painter.circle_filled(center, half, color);
                let check = vec![at(-3.4, 0.2), at(-0.9, 2.7), at(3.6, -2.6)];
                painter.add(Shape::line(check, line));
            }
            Self::Notice => {
                painter.circle_filled(center, half, color);
                letter("i", center);
            }
            Self::Warning => {
                let corners = vec![at(0.0, -half), at(half, half - 1.0), at(-half, half - 1.0)];
                painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
                letter("!", at(0.0, 1.5));
            }
            Self::Error => {
                painter.rect_filled(place, 3, color);
                painter.line_segment([at(-3.0, -3.0), at(3.0, 3.0)], line);
                painter.line_segment([at(-3.0, 3.0), at(3.0, -3.0)], line);
            }
        }
    }
}

/// A message that stays until it is dismissed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Banner {
    pub(crate) id: u64,
    pub(crate) kind: BannerKind,
    pub(crate) words: String,
    /// What can be done about it: words on the button, and what it does.
    pub(crate) actions: Vec<(String, AppCommand)>,
}

/// How many lines of messages are shown at once by default.
const MOST_LINES: usize = 2;
/// Messages at least this wide, in points, have their buttons beside the words.
const WIDE: f32 = 520.0;
/// So many buttons go below the words, that they stay readable.
const MANY: usize = 3;
/// Characters of a message that keeps its paths whole, in a wide place and in a narrow one.
const LONG: usize = 110;
const LONG_IF_NARROW: usize = 60;
/// Lines of a message in a low window; the rest comes with a click.
const LINES_IF_LOW: usize = 2;
/// What the frame of a message and the mark before its words take of the width, in points.
const AROUND: f32 = 56.0;

pub(crate) fn banners_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    banners: &[Banner],
    queue: &mut VecDeque<AppCommand>,
) {
    let all = egui::Id::unique("all messages");
    let shows_all = ui.data(|data| data.get_temp(all).unwrap_or(false));
    let hidden = banners.len() - fitting(ui, banners);
    let first = if shows_all { 0 } else { hidden };
    let more = (hidden > 0).then(|| {
        if shows_all {
            "Show fewer messages".to_owned()
        } else {
            format!("and {hidden} more")
        }
    });
    // The latest stay in view.
    for (n, banner) in banners.iter().enumerate().skip(first) {
        let more = more.as_deref().filter(|_| n + 1 == banners.len());
        if banner_ui(ui, cx, banner, more, queue) {
            ui.data_mut(|data| data.insert_temp(all, !shows_all));
        }
    }
}

/// How many of the latest messages fit into the lines that are shown by default; at least one.
fn fitting(ui: &Ui, banners: &[Banner]) -> usize {
    let mut lines = 0;
    let fits = banners.iter().rev().take_while(|banner| {
        lines += lines_of(ui, banner);
        lines <= MOST_LINES
    });
    fits.count().max(banners.len().min(1))
}

/// Lines a message takes with its buttons.
fn lines_of(ui: &Ui, banner: &Banner) -> usize {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let wide = |words: &str| {
        let ink = egui::Color32::PLACEHOLDER;
        let words = words.to_owned();
        ui.painter()
            .layout_no_wrap(words, font.clone(), ink)
            .size()
            .x
    };
    let button = |words: &str| {
        wide(words) + 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x
    };
    let beside = is_beside(ui, banner);
    let buttons = banner.actions.iter().map(|(words, _)| button(words));
    let buttons = if beside {
        buttons.sum::<f32>() + button("Dismiss")
    } else {
        0.0
    };
    let room = (ui.available_width() - AROUND - buttons).max(80.0);
    let (words, ink) = (words_of(ui, banner), egui::Color32::PLACEHOLDER);
    let rows = ui
        .painter()
        .layout(words, font.clone(), ink, room)
        .rows
        .len();
    rows.min(most_rows(ui, banner)) + usize::from(!beside && !banner.actions.is_empty())
}

fn is_beside(ui: &Ui, banner: &Banner) -> bool {
    ui.available_width() >= WIDE && banner.actions.len() < MANY
}

fn words_of(ui: &Ui, banner: &Banner) -> String {
    let narrow = ui.available_width() < WIDE;
    with_short_paths(&banner.words, if narrow { LONG_IF_NARROW } else { LONG })
}

fn unfolded_id(banner: &Banner) -> egui::Id {
    egui::Id::unique(("whole message", banner.id))
}

/// Lines that are shown of a message.
fn most_rows(ui: &Ui, banner: &Banner) -> usize {
    let unfolded = ui.data(|data| data.get_temp(unfolded_id(banner)).unwrap_or(false));
    if is_low(ui) && !unfolded {
        LINES_IF_LOW
    } else {
        usize::MAX
    }
}

/// `more`: what a button says that shows more messages or fewer. Returns whether it was clicked.
fn banner_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    banner: &Banner,
    more: Option<&str>,
    queue: &mut VecDeque<AppCommand>,
) -> bool {
    let frame = Frame::new()
        .fill(cx.theme.raised)
        .stroke(Stroke::new(1.0, banner.kind.color(cx.theme)))
        .corner_radius(cx.theme.corners())
        .inner_margin(Margin::symmetric(12, 6))
        .outer_margin(Margin {
            top: 6,
            ..Margin::ZERO
        });
    let shown = frame.show(ui, |ui| {
        if is_beside(ui, banner) {
            ui.horizontal(|ui| {
                banner.kind.sign_ui(ui, cx.theme);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let clicked = actions_ui(ui, banner, more, queue);
                    let left = egui::Layout::left_to_right(egui::Align::Center);
                    ui.with_layout(left, |ui| label_ui(ui, banner));
                    clicked
                })
                .inner
            })
            .inner
        } else if banner.actions.is_empty() && more.is_none() {
            // No line for a button alone.
            ui.horizontal_top(|ui| {
                banner.kind.sign_ui(ui, cx.theme);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                    dismiss_ui(ui, banner, "×", queue);
                    let left = egui::Layout::left_to_right(egui::Align::Min);
                    ui.with_layout(left, |ui| label_ui(ui, banner));
                });
            });
            false
        } else {
            ui.horizontal_top(|ui| {
                banner.kind.sign_ui(ui, cx.theme);
                label_ui(ui, banner);
            });
            let buttons = egui::Layout::right_to_left(egui::Align::Min);
            ui.with_layout(buttons, |ui| actions_ui(ui, banner, more, queue))
                .inner
        }
    });
    shown.inner
}

fn label_ui(ui: &mut Ui, banner: &Banner) {
    let words = words_of(ui, banner);
    let font = egui::TextStyle::Body.resolve(ui.style());
    let format = egui::TextFormat::simple(font, ui.visuals().text_color());
    let short = words != banner.words;
    let mut job = LayoutJob::single_section(words, format);
    job.wrap.max_rows = most_rows(ui, banner);
    job.wrap.max_width = ui.available_width();
    let galley = ui.painter().layout_job(job);
    let cut = galley.elided;
    let label =
        ui.add(egui::Label::new(galley).sense(if cut { Sense::click() } else { Sense::hover() }));
    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &banner.words));
    if label.clicked() {
        ui.data_mut(|data| data.insert_temp(unfolded_id(banner), true));
    }
    if short || cut {
        label.on_hover_text(&banner.words);
    }
}

fn dismiss_ui(ui: &mut Ui, banner: &Banner, words: &str, queue: &mut VecDeque<AppCommand>) {
    let button = ui.button(words).on_hover_text("Dismisses this message.");
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Dismiss"));
    if button.clicked() {
        queue.push_back(AppCommand::Dismiss(banner.id));
    }
}

/// What can be done about it, from right to left; returns whether more messages were asked for.
fn actions_ui(
    ui: &mut Ui,
    banner: &Banner,
    more: Option<&str>,
    queue: &mut VecDeque<AppCommand>,
) -> bool {
    dismiss_ui(ui, banner, "Dismiss", queue);
    for (words, order) in &banner.actions {
        if ui.button(words).clicked() {
            queue.push_back(AppCommand::Dismiss(banner.id));
            queue.push_back(order.clone());
        }
    }
    more.is_some_and(|words| {
        ui.button(words)
            .on_hover_text("Shows all messages or only the latest.")
            .clicked()
    })
}
