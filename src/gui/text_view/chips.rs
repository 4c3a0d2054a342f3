//! The candidates for the speaker, as chips beside the quote they are for.

use egui::containers::AreaState;
use egui::{Align2, Area, Button, Frame, Id, Margin, Order, Pos2, Rect, Response, RichText, Role};
use egui::{Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::ViewInput;
use super::hit::Page;
use super::marks::TagMark;
use crate::gui::theme::Theme;
use crate::ops::{CandidateList, Command, Edit, OpenDocument};
use crate::suggest::{Candidate, CandidateTarget, quoted_stretches};

/// More candidates than this are reached with Tab alone.
const SHOWN: usize = 5;

/// Width of chips that are below one another in the margin, in points.
const BESIDE: f32 = 200.0;
/// From the column to what is in the margin, in points.
const GAP: f32 = 26.0;
/// Height of a row of chips with its frame, in points; a frame later it is known.
const HEIGHT: f32 = 36.0;

/// Where chips are shown.
struct Place {
    pivot: Align2,
    at: Pos2,
    /// Most width of the whole.
    width: f32,
    /// Whether they are below one another.
    column: bool,
}

fn area_id() -> Id {
    Id::unique("speaker candidates")
}

/// Shows the chips of a quote where they cover least; nothing while the quote is out of view.
pub(super) fn chips_ui(
    ui: &Ui,
    input: &ViewInput<'_>,
    page: &Page,
    marks: &[TagMark<'_>],
    chips: &CandidateList,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let theme = input.theme;
    let Some(mark) = marks.iter().find(|mark| mark.tag.id == chips.tag) else {
        return commands;
    };
    let known = AreaState::load(ui.ctx(), area_id()).and_then(|area| area.size);
    let height = known.map_or(HEIGHT, |size| size.y);
    let Some(place) = place(input.open, page, mark, height) else {
        return commands;
    };
    let labels = labels(input.open, page, mark, chips);
    Area::new(area_id())
        .order(Order::Middle)
        .pivot(place.pivot)
        .fixed_pos(place.at)
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
                    ui.set_max_width(place.width);
                    let mut all = |ui: &mut Ui| {
                        for (n, words) in labels.iter().enumerate() {
                            let chosen = chips.chosen == Some(n) && !chips.not_given;
                            let state = chip_state(chosen, chips.confirmed);
                            let name = format!("speaker candidate: {words}");
                            if chip_ui(ui, theme, words, state, &name).clicked() {
                                commands.push(Edit::ChooseCandidate(n).into());
                            }
                        }
                        let state = chip_state(chips.not_given, chips.confirmed);
                        let name = "speaker candidate: no speaker given";
                        if chip_ui(ui, theme, "0  no speaker given", state, name).clicked() {
                            commands.push(Edit::NotGiven.into());
                        }
                    };
                    if place.column {
                        ui.vertical(all);
                    } else {
                        ui.horizontal_wrapped(&mut all);
                    }
                });
        });
    commands
}

/// In the right margin where it is wide enough; else above the quote's first row or below its last
/// one, whichever holds no quotation that waits to be tagged.
fn place(open: &OpenDocument, page: &Page, mark: &TagMark<'_>, height: f32) -> Option<Place> {
    let (first, last) = (mark.pieces().next()?, mark.pieces().last()?);
    let margin = page.view.right() - 12.0 - page.right - GAP;
    if margin >= BESIDE {
        // Below the name that is there.
        let top = (first.baseline + 6.0).max(page.view.top() + 4.0);
        return Some(Place {
            pivot: Align2::LEFT_TOP,
            at: pos2(page.right + GAP, top),
            width: margin,
            column: true,
        });
    }
    let left = |x: f32| x.min(page.right - 160.0).max(page.left);
    let width = (page.right - page.left).max(160.0);
    let (above, below) = (first.rect.top() - 5.0, last.rect.bottom() + 5.0);
    let fits_below = page.view.bottom() - below > height + 8.0;
    let fits_above = above - page.view.top() > height + 8.0;
    let covers_below = || holds_untagged_quote(open, page, (below, below + height));
    let covers_above = || holds_untagged_quote(open, page, (above - height, above));
    let upward = fits_above && (!fits_below || covers_below() && !covers_above());
    Some(if upward {
        Place {
            pivot: Align2::LEFT_BOTTOM,
            at: pos2(left(first.rect.left()), above),
            width,
            column: false,
        }
    } else {
        Place {
            pivot: Align2::LEFT_TOP,
            at: pos2(left(last.rect.left()), below),
            width,
            column: false,
        }
    })
}

/// Whether a quotation without a tag is in the rows between two heights of the screen.
fn holds_untagged_quote(open: &OpenDocument, page: &Page, (top, bottom): (f32, f32)) -> bool {
    let document = open.document();
    page.blocks.iter().any(|layout| {
        (0..layout.rows())
            .filter(|&row| {
                let (from, to) = layout.row_span(row);
                from < bottom && top < to
            })
            .map(|row| layout.row_range(row))
            .filter(|row| !row.is_empty())
            .any(|row| {
                quoted_stretches(document.source(), row)
                    .into_iter()
                    .filter(|quote| quote.start() < row.end() && row.start() < quote.end())
                    .any(|quote| document.set().overlapping(quote).next().is_none())
            })
    })
}

/// What is on the chips; those with the same text are distinguished by their place.
fn labels(
    open: &OpenDocument,
    page: &Page,
    mark: &TagMark<'_>,
    chips: &CandidateList,
) -> Vec<String> {
    let shown = chips.candidates.iter().take(SHOWN);
    let plain: Vec<String> = shown.clone().map(|c| short(&c.words)).collect();
    let twice = |words: &String| plain.iter().filter(|other| *other == words).count() > 1;
    shown
        .zip(&plain)
        .map(|(candidate, words)| match twice(words) {
            true => match where_it_stands(open, page, mark, candidate) {
                Some(place) => format!("{words}, {place}"),
                None => words.clone(),
            },
            false => words.clone(),
        })
        .collect()
}

fn where_it_stands(
    open: &OpenDocument,
    page: &Page,
    mark: &TagMark<'_>,
    candidate: &Candidate,
) -> Option<String> {
    let at = match &candidate.target {
        CandidateTarget::Untagged(range) => range.start(),
        CandidateTarget::Tagged(id) => open.document().set().annotation(id)?.fragments.start(),
        CandidateTarget::Person(_) => return Some("known person".to_owned()),
    };
    let hull = mark.tag.fragments.hull();
    let way = if at < hull.start() { "up" } else { "down" };
    let (Some(there), Some(first), Some(last)) =
        (page.caret(at), mark.pieces().next(), mark.pieces().last())
    else {
        return Some(format!("further {way}"));
    };
    let row = first.rect.height().max(1.0);
    let away = if at < hull.start() {
        first.rect.top() - there.top()
    } else {
        there.top() - last.rect.top()
    };
    Some(match (away / row).round() {
        n if n < 1.0 => "same line".to_owned(),
        n if n < 2.0 => format!("1 line {way}"),
        n => format!("{n} lines {way}"),
    })
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
enum ChipState {
    Other,
    /// What the link points to, unconfirmed.
    Proposed,
    Confirmed,
}

fn chip_state(chosen: bool, confirmed: bool) -> ChipState {
    match (chosen, confirmed) {
        (false, _) => ChipState::Other,
        (true, false) => ChipState::Proposed,
        (true, true) => ChipState::Confirmed,
    }
}

fn chip_ui(ui: &mut Ui, theme: &Theme, text: &str, state: ChipState, name: &str) -> Response {
    let (fill, color) = match state {
        ChipState::Other => (theme.raised, theme.text),
        ChipState::Proposed => (theme.accent_soft, theme.text),
        ChipState::Confirmed => (theme.accent, theme.on_accent),
    };
    let button = Button::new(RichText::new(text).color(color))
        .fill(fill)
        .stroke(Stroke::NONE)
        .corner_radius(theme.corners())
        .min_size(Vec2::new(0.0, 26.0));
    let response = ui.add(button);
    let selected = state != ChipState::Other;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name));
    if state == ChipState::Proposed {
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
