//! The candidates for the speaker, as chips beside the quote they are for.

use egui::{Align2, Area, Button, Frame, Id, Margin, Order, Rect, Response, RichText, Role};
use egui::{Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::hit::Page;
use super::marks::Mark;
use crate::gui::theme::Theme;
use crate::ops::{Chips, Command};

/// More candidates than this are reached with Tab alone.
const SHOWN: usize = 5;

/// Shows the chips below the last row of their quote in view, or above its first where there is no
/// room below; nothing while the quote is out of view.
pub(super) fn chips_ui(
    ui: &Ui,
    theme: &Theme,
    page: &Page,
    marks: &[Mark<'_>],
    chips: &Chips,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(mark) = marks.iter().find(|mark| mark.tag.id == chips.tag) else {
        return commands;
    };
    let (Some(first), Some(last)) = (mark.pieces().next(), mark.pieces().last()) else {
        return commands;
    };
    let room = page.view.bottom() - last.rect.bottom();
    let (pivot, at) = if room > 56.0 {
        let left = last.rect.left().min(page.right - 160.0).max(page.left);
        (Align2::LEFT_TOP, pos2(left, last.rect.bottom() + 5.0))
    } else {
        let left = first.rect.left().min(page.right - 160.0).max(page.left);
        (Align2::LEFT_BOTTOM, pos2(left, first.rect.top() - 5.0))
    };
    Area::new(Id::unique("speaker candidates"))
        .order(Order::Middle)
        .pivot(pivot)
        .fixed_pos(at)
        .constrain_to(page.view.shrink(4.0))
        .sense(Sense::hover())
        .show(ui.ctx(), |ui| {
            Frame::NONE
                .fill(theme.raised)
                .stroke(Stroke::new(1.0, theme.rule))
                .corner_radius(theme.radius + 3)
                .inner_margin(Margin::same(4))
                .shadow(ui.visuals().popup_shadow)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
                    ui.set_max_width((page.right - page.left).max(160.0));
                    ui.horizontal_wrapped(|ui| {
                        for (n, candidate) in chips.candidates.iter().enumerate().take(SHOWN) {
                            let chosen = chips.chosen == Some(n) && !chips.not_given;
                            let look = look(chosen, chips.confirmed);
                            let name = format!("speaker candidate: {}", candidate.words);
                            if chip_ui(ui, theme, &short(&candidate.words), look, &name).clicked() {
                                commands.push(Command::ChooseCandidate(n));
                            }
                        }
                        let look = look(chips.not_given, chips.confirmed);
                        let name = "speaker candidate: none given";
                        if chip_ui(ui, theme, "0  none given", look, name).clicked() {
                            commands.push(Command::NotGiven);
                        }
                    });
                });
        });
    commands
}

fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(28).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Other,
    /// What the link points to, though nobody has said so.
    Proposed,
    Confirmed,
}

fn look(chosen: bool, confirmed: bool) -> Look {
    match (chosen, confirmed) {
        (false, _) => Look::Other,
        (true, false) => Look::Proposed,
        (true, true) => Look::Confirmed,
    }
}

fn chip_ui(ui: &mut Ui, theme: &Theme, text: &str, look: Look, name: &str) -> Response {
    let (fill, color) = match look {
        Look::Other => (theme.raised, theme.text),
        Look::Proposed => (theme.accent_soft, theme.text),
        Look::Confirmed => (theme.accent, theme.on_accent),
    };
    let button = Button::new(RichText::new(text).color(color))
        .fill(fill)
        .stroke(Stroke::NONE)
        .corner_radius(theme.corners())
        .min_size(Vec2::new(0.0, 26.0));
    let response = ui.add(button);
    let selected = look != Look::Other;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name));
    if look == Look::Proposed {
        dashed_outline(
            ui,
            response.rect.shrink(0.5),
            Stroke::new(1.0, theme.accent),
        );
    }
    response
}

fn dashed_outline(ui: &Ui, rect: Rect, stroke: Stroke) {
    let corners = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ];
    ui.painter()
        .extend(Shape::dashed_line(&corners, stroke, 4.0, 3.0));
}
