//! The candidates for the speaker, as chips beside the quote they are for.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Area, Color32, FontId, Frame, Galley, Id, Margin, Order, Pos2, Rect, Response, Role};
use egui::{Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::hit::Page;
use super::marks::TagMark;
use super::{CandidateKeys, ViewInput};
use crate::gui::short_name::short_name;
use crate::gui::tag_description::proposed_name;
use crate::gui::theme::Theme;
use crate::model::AnnotationId;
use crate::ops::{CandidateList, Command, Edit, OpenDocument};
use crate::suggest::{Candidate, CandidateTarget};

/// Least height of a chip, in points.
const CHIP: f32 = 26.0;
/// Most lines of a name beside the text: a long title does not hide the name behind it.
const LINES: usize = 3;
/// White within a chip, left and right.
const PADDING: f32 = 8.0;
/// Between chips.
pub(super) const GAP: f32 = 3.0;
/// The frame's inner margin.
const FRAME: i8 = 4;
/// What the frame takes of width and height.
const BORDER: f32 = 2.0 * FRAME as f32 + 2.0;

fn area_id() -> Id {
    Id::unique("speaker candidates")
}

/// What is on a chip.
pub(super) struct Chip {
    /// The name of the speaker, as it is in the margin and in the list.
    pub(super) name: String,
    /// Distinguishes it from a chip with the same name; empty for none.
    which: String,
    state: ChipState,
    /// What a press does to it.
    key: String,
    pub(super) command: Command,
}

impl Chip {
    fn words(&self) -> String {
        if self.which.is_empty() {
            self.name.clone()
        } else {
            format!("{}, {}", self.name, self.which)
        }
    }

    fn label(&self) -> String {
        format!("speaker candidate: {}", self.words())
    }

    /// Beside the text as wide as the room and in a few lines at most; in the strip in one line, as wide
    /// as what is on it, up to the room.
    pub(super) fn lay_out(&self, ui: &Ui, theme: &Theme, room: ChipRoom) -> ChipLayout {
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
        let (most, beside) = match room {
            ChipRoom::Beside(width) => (width, true),
            ChipRoom::Strip(most) => (most, false),
        };
        let key = (!self.key.is_empty()).then(|| line(&self.key, 10.5, theme.muted, most, 1));
        let key_width = key.as_ref().map_or(0.0, |key| key.size().x + 8.0 + 6.0);
        let room = (most - 2.0 * PADDING - key_width).max(20.0);
        let rows = if self.which.is_empty() && beside {
            LINES
        } else {
            1
        };
        let with_which = |name: &str| {
            if beside || self.which.is_empty() {
                name.to_owned()
            } else {
                format!("{name} · {}", self.which)
            }
        };
        let whole = |name: &str| line(&with_which(name), 13.0, theme.text, room, rows);
        let short = short_name(&self.name, |name| !whole(name).elided);
        let name = whole(&short);
        let which = (beside && !self.which.is_empty())
            .then(|| line(&self.which, 11.0, theme.text, room, 1));
        let below = which.as_ref().map_or(Vec2::ZERO, |which| which.size());
        let natural = name.size().x + 2.0 * PADDING + key_width;
        let size = vec2(
            if beside { most } else { natural.ceil() },
            (name.size().y + below.y + 8.0).max(CHIP).round(),
        );
        ChipLayout {
            size,
            name,
            which,
            key,
        }
    }

    /// Whether nothing of its name is cut in the strip, at most this wide, in points.
    pub(super) fn is_whole(&self, ui: &Ui, theme: &Theme, most: f32) -> bool {
        self.lay_out(ui, theme, ChipRoom::Strip(most))
            .has_all_of(&self.name)
    }
}

/// The room of a chip, in points.
#[derive(Clone, Copy)]
pub(super) enum ChipRoom {
    /// In a column in the margin, this wide.
    Beside(f32),
    /// In a row of the strip, at most this wide.
    Strip(f32),
}

/// What is on a chip, set.
pub(super) struct ChipLayout {
    pub(super) size: Vec2,
    name: Arc<Galley>,
    which: Option<Arc<Galley>>,
    key: Option<Arc<Galley>>,
}

impl ChipLayout {
    /// Whether nothing of a name was cut.
    pub(super) fn has_all_of(&self, name: &str) -> bool {
        !self.name.elided && self.name.text().contains(name)
    }
}

/// Whose chips are beside it, and their size with the frame around them; `None` while the quote is out
/// of view.
pub(super) fn beside<'m, 'a>(
    ui: &Ui,
    input: &ViewInput<'_>,
    page: &Page,
    marks: &'m [TagMark<'a>],
    width: f32,
) -> Option<(&'m TagMark<'a>, Vec2)> {
    let list = input.open.chips()?;
    let mark = marks.iter().find(|mark| mark.tag.id == list.tag)?;
    let chips = chips(input.open, Some((page, mark)), list, input.keys);
    let room = ChipRoom::Beside(width - BORDER);
    let heights = chips
        .iter()
        .map(|chip| chip.lay_out(ui, input.theme, room).size.y + GAP);
    Some((mark, vec2(width, heights.sum::<f32>() - GAP + BORDER)))
}

/// Shows the chips of a quote beside it, at `area`.
pub(super) fn beside_ui(
    ui: &Ui,
    input: &ViewInput<'_>,
    page: &Page,
    marks: &[TagMark<'_>],
    area: Rect,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let theme = input.theme;
    let Some(list) = input.open.chips() else {
        return commands;
    };
    let Some(mark) = marks.iter().find(|mark| mark.tag.id == list.tag) else {
        return commands;
    };
    let chips = chips(input.open, Some((page, mark)), list, input.keys);
    let width = area.width() - BORDER;
    let room = ChipRoom::Beside(width);
    Area::new(area_id())
        .order(Order::Middle)
        .fixed_pos(area.min)
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
                    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
                    ui.set_max_width(width);
                    ui.vertical(|ui| {
                        for chip in &chips {
                            if chip_ui(ui, theme, chip, room).clicked() {
                                commands.push(chip.command.clone());
                            }
                        }
                    });
                });
        });
    commands
}

pub(super) fn chips(
    open: &OpenDocument,
    shown: Option<(&Page, &TagMark<'_>)>,
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
                which(open, shown, &list.tag, candidate).unwrap_or_default()
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
    let document = open.shown();
    let set = document.set();
    let range = match &candidate.target {
        CandidateTarget::Person(id) => {
            return set
                .person(id)
                .map_or_else(String::new, |person| person.name.clone());
        }
        CandidateTarget::Tagged(id) => {
            let tag = set.annotation(id);
            let person = tag.and_then(|tag| tag.person.as_ref());
            if let Some(person) = person.and_then(|id| set.person(id)) {
                return person.name.clone();
            }
            tag.map(|tag| tag.fragments.hull())
        }
        CandidateTarget::Untagged(range) => Some(*range),
    };
    range.map_or_else(
        || candidate.words.clone(),
        |range| proposed_name(open, range),
    )
}

/// Which of two with the same name it is: where its words are, in lines where the quote is shown.
fn which(
    open: &OpenDocument,
    shown: Option<(&Page, &TagMark<'_>)>,
    tag: &AnnotationId,
    candidate: &Candidate,
) -> Option<String> {
    let set = open.shown().set();
    let at = match &candidate.target {
        CandidateTarget::Untagged(range) => range.start(),
        CandidateTarget::Tagged(id) => set.annotation(id)?.fragments.start(),
        CandidateTarget::Person(_) => return Some("known person".to_owned()),
    };
    let before = at < set.annotation(tag)?.fragments.start();
    let way = if before { "up" } else { "down" };
    let there = shown.and_then(|(page, mark)| {
        Some((
            page.caret(at)?,
            mark.pieces().next()?,
            mark.pieces().last()?,
        ))
    });
    let Some((there, first, last)) = there else {
        return Some(format!("further {way}"));
    };
    let row = first.rect.height().max(1.0);
    let away = if before {
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

pub(super) fn chip_ui(ui: &mut Ui, theme: &Theme, chip: &Chip, room: ChipRoom) -> Response {
    let ChipLayout {
        size,
        name,
        which,
        key,
    } = chip.lay_out(ui, theme, room);
    let cut = name.elided || which.as_ref().is_some_and(|which| which.elided);
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
    if cut {
        return response.on_hover_text(chip.words());
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
