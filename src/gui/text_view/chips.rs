//! The candidates for the speaker, as chips beside the quote they are for.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Area, Color32, FontId, Frame, Galley, Id, Margin, Order, Pos2, Rect, Response, Role};
use egui::{Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::chip_place::{self, ChipPlace};
use super::hit::Page;
use super::marks::TagMark;
use super::{CandidateKeys, ViewInput};
use crate::gui::theme::Theme;
use crate::ops::{CandidateList, Command, Edit, OpenDocument};
use crate::suggest::{Candidate, CandidateTarget, known_person};

/// Least height of a chip, in points.
const CHIP: f32 = 26.0;
/// White within a chip, left and right.
const PADDING: f32 = 8.0;
/// Between chips.
const GAP: f32 = 3.0;
/// The frame's inner margin.
const FRAME: i8 = 4;
/// Most width of a chip where they are side by side.
const WIDEST: f32 = 200.0;

fn area_id() -> Id {
    Id::unique("speaker candidates")
}

/// What is on a chip.
struct Chip {
    /// The name of the speaker, as it is in the margin and in the list.
    name: String,
    /// Distinguishes it from a chip with the same name; empty for none.
    which: String,
    state: ChipState,
    /// What a press does to it.
    key: String,
    command: Command,
}

impl Chip {
    fn label(&self) -> String {
        if self.which.is_empty() {
            format!("speaker candidate: {}", self.name)
        } else {
            format!("speaker candidate: {}, {}", self.name, self.which)
        }
    }

    /// In two lines at most; as wide as `width`, else as what is on it.
    fn lay_out(&self, ui: &Ui, theme: &Theme, width: Option<f32>) -> ChipLayout {
        let line = |text: &str, size: f32, color: Color32, room: f32, rows: usize| {
            let format = TextFormat::simple(FontId::proportional(size), color);
            let mut job = LayoutJob::single_section(text.to_owned(), format);
            job.wrap = TextWrapping {
                max_rows: rows,
                ..TextWrapping::truncate_at_width(room)
            };
            job.wrap.break_anywhere = rows == 1;
            ui.painter().layout_job(job)
        };
        let key = (!self.key.is_empty()).then(|| line(&self.key, 10.5, theme.muted, WIDEST, 1));
        let key_width = key.as_ref().map_or(0.0, |key| key.size().x + 8.0 + 6.0);
        let most = width.unwrap_or(WIDEST);
        let room = (most - 2.0 * PADDING - key_width).max(20.0);
        // Side by side they stay as low as they can.
        let rows = if self.which.is_empty() && width.is_some() {
            2
        } else {
            1
        };
        let name = line(&self.name, 13.0, theme.text, room, rows);
        let which = line(&self.which, 11.0, theme.text, room, 1);
        let natural = name.size().x.max(which.size().x) + 2.0 * PADDING + key_width;
        let which = (!self.which.is_empty()).then_some(which);
        let below = which.as_ref().map_or(0.0, |which| which.size().y);
        let size = vec2(
            width.unwrap_or(natural),
            (name.size().y + below + 8.0).max(CHIP).round(),
        );
        ChipLayout {
            size,
            name,
            which,
            key,
        }
    }
}

/// What is on a chip, set.
struct ChipLayout {
    size: Vec2,
    name: Arc<Galley>,
    which: Option<Arc<Galley>>,
    key: Option<Arc<Galley>>,
}

/// Shows the chips of a quote beside it, or where they cover nothing that is judged; nothing while
/// the quote is out of view.
pub(super) fn chips_ui(
    ui: &Ui,
    input: &ViewInput<'_>,
    page: &Page,
    marks: &[TagMark<'_>],
    list: &CandidateList,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let theme = input.theme;
    let Some(mark) = marks.iter().find(|mark| mark.tag.id == list.tag) else {
        return commands;
    };
    let chips = chips(input.open, page, mark, list, input.keys);
    let frame = 2.0 * f32::from(FRAME) + 2.0;
    let beside = chip_place::width_beside(page).and_then(|width| {
        let heights = chips
            .iter()
            .map(|chip| chip.lay_out(ui, theme, Some(width - frame)).size.y + GAP);
        let height = heights.sum::<f32>() - GAP + frame;
        chip_place::beside(page, mark, width, height)
    });
    let id = area_id();
    let place = beside.or_else(|| chip_place::between_rows(ui, id, input.open, page, mark, list));
    let Some(place) = place else {
        return commands;
    };
    let ChipPlace {
        pivot,
        at,
        width,
        column,
    } = place;
    let before = chip_place::known_height(ui, area_id());
    let area = Area::new(area_id())
        .order(Order::Middle)
        .pivot(pivot)
        .fixed_pos(at)
        .constrain_to(page.view.shrink(2.0))
        .sense(Sense::hover())
        .show(ui.ctx(), |ui| {
            Frame::NONE
                .fill(theme.raised)
                .stroke(Stroke::new(1.0, theme.rule))
                .corner_radius(theme.radius + 3)
                .inner_margin(Margin::same(FRAME))
                .shadow(ui.visuals().popup_shadow)
                .show(ui, |ui| {
                    let room = width - frame;
                    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
                    ui.set_max_width(room);
                    let mut all = |ui: &mut Ui| {
                        for chip in &chips {
                            let width = column.then_some(room);
                            if chip_ui(ui, theme, chip, width).clicked() {
                                commands.push(chip.command.clone());
                            }
                        }
                    };
                    if column {
                        ui.vertical(all);
                    } else {
                        ui.horizontal_wrapped(&mut all);
                    }
                });
        });
    let known = area.response.rect.height();
    if !column && before.is_none_or(|before| (known - before).abs() > 0.5) {
        // Their place depends on how high they are.
        ui.ctx().request_repaint();
    }
    commands
}

/// Where the chips are, for tests.
#[cfg(test)]
pub(super) fn shown_at(context: &egui::Context) -> Option<Rect> {
    let area = egui::containers::AreaState::load(context, area_id())?;
    Some(area.rect())
}

fn chips(
    open: &OpenDocument,
    page: &Page,
    mark: &TagMark<'_>,
    list: &CandidateList,
    keys: &CandidateKeys,
) -> Vec<Chip> {
    let names: Vec<String> = list.candidates.iter().map(|of| name(open, of)).collect();
    let next = match (list.chosen, list.candidates.len()) {
        (_, 0) => None,
        (None, _) => Some(0),
        (Some(_), 1) => None,
        (Some(at), count) => Some((at + 1) % count),
    };
    let mut chips: Vec<Chip> = Vec::with_capacity(names.len() + 1);
    for (n, (candidate, name)) in list.candidates.iter().zip(&names).enumerate() {
        let twice = names.iter().filter(|other| *other == name).count() > 1;
        let chosen = list.chosen == Some(n) && !list.not_given;
        let key = if chosen && !list.confirmed {
            keys.confirm.clone()
        } else if next == Some(n) {
            keys.next.clone()
        } else {
            String::new()
        };
        chips.push(Chip {
            name: name.clone(),
            which: if twice {
                which(open, page, mark, candidate).unwrap_or_default()
            } else {
                String::new()
            },
            state: chip_state(chosen, list.confirmed),
            key,
            command: Edit::ChooseCandidate(n).into(),
        });
    }
    let key = if list.not_given && !list.confirmed {
        keys.confirm.clone()
    } else {
        keys.not_given.clone()
    };
    chips.push(Chip {
        name: "no speaker given".to_owned(),
        which: String::new(),
        state: chip_state(list.not_given, list.confirmed),
        key,
        command: Edit::NotGiven.into(),
    });
    chips
}

/// What a candidate is called once it is linked.
fn name(open: &OpenDocument, candidate: &Candidate) -> String {
    let document = open.document();
    let person = match &candidate.target {
        CandidateTarget::Person(id) => Some(id.clone()),
        CandidateTarget::Tagged(id) => {
            let tag = document.set().annotation(id);
            tag.and_then(|tag| tag.person.clone())
        }
        CandidateTarget::Untagged(_) => known_person(document, &candidate.words),
    };
    let person = person.and_then(|id| document.set().person(&id));
    let words = person.map_or(candidate.words.as_str(), |person| person.name.as_str());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which of two with the same name it is: its words where the name has others, and where they are.
fn which(
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

fn chip_ui(ui: &mut Ui, theme: &Theme, chip: &Chip, width: Option<f32>) -> Response {
    let ChipLayout {
        size,
        name,
        which,
        key,
    } = chip.lay_out(ui, theme, width);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let selected = chip.state != ChipState::Other;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, chip.label()));
    let painter = ui.painter();
    let corners = theme.corners();
    if selected {
        painter.rect_filled(rect, corners, theme.selection);
    } else if response.hovered() {
        painter.rect_filled(rect, corners, theme.hovered());
    }
    let edge = Stroke::new(1.0, theme.accent);
    match chip.state {
        ChipState::Proposed => dashed_outline(ui, rect.shrink(0.5), edge),
        ChipState::Confirmed => {
            painter.rect_stroke(rect, corners, edge, StrokeKind::Inside);
        }
        ChipState::Other => {}
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, theme.focus);
        painter.rect_stroke(rect, corners, ring, StrokeKind::Inside);
    }
    let left = rect.left() + PADDING;
    let below = which.as_ref().map_or(0.0, |which| which.size().y);
    let top = rect.center().y - (name.size().y + below) / 2.0;
    let bottom = top + name.size().y;
    painter.galley(pos2(left, top), name, theme.text);
    if let Some(which) = which {
        painter.galley(pos2(left, bottom), which, theme.text);
    }
    if let Some(key) = key {
        let center = pos2(
            rect.right() - 4.0 - 4.0 - key.size().x / 2.0,
            rect.center().y,
        );
        let cap = Rect::from_center_size(center, key.size() + vec2(8.0, 3.0));
        painter.rect(
            cap,
            3,
            theme.panel,
            Stroke::new(1.0, theme.rule),
            StrokeKind::Inside,
        );
        painter.galley(cap.center() - key.size() / 2.0, key, theme.muted);
    }
    response
}

fn dashed_outline(ui: &Ui, rect: Rect, stroke: Stroke) {
    let corners: [Pos2; 5] = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ];
    ui.painter()
        .extend(Shape::dashed_line(&corners, stroke, 4.0, 3.0));
}
