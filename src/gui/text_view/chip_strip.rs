//! The strip below the article with the chips of candidates, where the margin has no room for them.

use egui::{Rect, Stroke, Ui, UiBuilder, Vec2, vec2};

use super::ViewInput;
use super::chip_place;
use super::chips::{Chip, ChipLayout, ChipRoom, GAP, chip_ui, chips};
use super::typography::Typography;
use crate::gui::theme::Theme;
use crate::ops::Command;

/// Most width of a chip in the strip: the first with which few rows are enough.
const STRIP_CHIPS: [f32; 9] = [320.0, 250.0, 200.0, 185.0, 170.0, 155.0, 140.0, 115.0, 92.0];
/// So many of them, the widest, are tried for one row.
const FOR_ONE_ROW: usize = 7;
/// White around the chips in the strip.
const STRIP_MARGIN: Vec2 = vec2(8.0, 5.0);

/// Where the chips are in this frame.
pub(super) enum Place {
    /// In the margin, this wide, in points.
    Beside(f32),
    /// In a strip below the article.
    Strip(Strip),
}

/// Chips in rows below the article.
pub(super) struct Strip {
    /// With its white, in points.
    pub(super) height: f32,
    /// Most width of each chip, in points.
    most: Vec<f32>,
    /// From the strip's upper left corner.
    places: Vec<Rect>,
}

/// Where the open chips go; the strip takes its room from the view.
pub(super) fn place(ui: &Ui, input: &ViewInput<'_>, view: Rect) -> Option<Place> {
    let list = input.open.chips()?;
    let typography = Typography::new(ui.ctx(), input.zoom, view.width(), input.colleagues.len());
    let chips = chips(input.open, None, list, input.keys);
    if let Some(width) = chip_place::width_beside(&typography, view, chips.len()) {
        return Some(Place::Beside(width));
    }
    let room = view.width() - 2.0 * STRIP_MARGIN.x;
    // From the widest on, each once.
    let tries = STRIP_CHIPS.map(|most| {
        let layout = |chip: &Chip| chip.lay_out(ui, input.theme, ChipRoom::Strip(most));
        let layouts: Vec<ChipLayout> = chips.iter().map(layout).collect();
        let sizes: Vec<Vec2> = layouts.iter().map(|layout| layout.size).collect();
        let mut all = layouts.iter().zip(&chips);
        let whole = all.all(|(layout, chip)| layout.has_all_of(&chip.name));
        let (places, needed) = chip_place::in_rows(&sizes, room, GAP);
        (most, places, needed, whole)
    });
    let within = |rows: usize, whole_names: bool| {
        // Wide chips rather than one row.
        let widths = if rows == 1 && !whole_names {
            FOR_ONE_ROW
        } else {
            STRIP_CHIPS.len()
        };
        let mut tries = tries.iter().take(widths);
        tries.find(|(_, _, needed, whole)| *needed <= rows && (*whole || !whole_names))
    };
    // Whole names in up to two rows, else few rows, so that the article keeps its room.
    let found = [(1, true), (2, true), (1, false), (2, false), (3, false)]
        .into_iter()
        .find_map(|(rows, whole_names)| within(rows, whole_names));
    let (most, places, ..) = found.or(tries.last())?.clone();
    let most = with_room_left(ui, input.theme, &chips, (most, &places), room);
    let sizes = chips.iter().zip(&most);
    let sizes =
        sizes.map(|(chip, &most)| chip.lay_out(ui, input.theme, ChipRoom::Strip(most)).size);
    let (places, _) = chip_place::in_rows(&sizes.collect::<Vec<_>>(), room, GAP);
    let bottom = places.iter().map(Rect::bottom).fold(0.0, f32::max);
    Some(Place::Strip(Strip {
        height: bottom + 2.0 * STRIP_MARGIN.y,
        most,
        places,
    }))
}

/// Most width of each chip, where all are at most `most` wide at `places`: what is left of its row goes
/// to the names that are cut. All in points.
fn with_room_left(
    ui: &Ui,
    theme: &Theme,
    chips: &[Chip],
    (most, places): (f32, &[Rect]),
    room: f32,
) -> Vec<f32> {
    let mut widths = Vec::with_capacity(chips.len());
    let placed: Vec<(&Chip, &Rect)> = chips.iter().zip(places).collect();
    for row in placed.chunk_by(|(_, a), (_, b)| a.top() == b.top()) {
        let end = row.last().map_or(0.0, |(_, place)| place.right());
        let mut left = (room - end).max(0.0);
        for (chip, place) in row {
            if chip.is_whole(ui, theme, most) {
                widths.push(most);
                continue;
            }
            let wider = place.width() + left;
            let size = chip.lay_out(ui, theme, ChipRoom::Strip(wider)).size;
            left -= (size.x - place.width()).clamp(0.0, left);
            widths.push(wider.min(size.x.max(place.width())));
        }
    }
    widths
}

/// Shows the chips in their strip, whether the quote is in view or not.
pub(super) fn strip_ui(
    ui: &mut Ui,
    input: &ViewInput<'_>,
    strip: &Strip,
    area: Rect,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(list) = input.open.chips() else {
        return commands;
    };
    let theme = input.theme;
    ui.painter().rect_filled(area, 0, theme.panel);
    let edge = Stroke::new(1.0, theme.rule);
    ui.painter().hline(area.x_range(), area.top() + 0.5, edge);
    let chips = chips(input.open, None, list, input.keys);
    let placed = chips.iter().zip(&strip.most).zip(&strip.places);
    for (n, ((chip, &most), place)) in placed.enumerate() {
        let at = place.translate(area.min.to_vec2() + STRIP_MARGIN);
        let builder = UiBuilder::new()
            .id_salt(("speaker candidate", n))
            .max_rect(at);
        let room = ChipRoom::Strip(most);
        let mut ui = ui.new_child(builder);
        if chip_ui(&mut ui, theme, chip, room).clicked() {
            commands.push(chip.command.clone());
        }
    }
    commands
}
