//! A plot, drawn with the toolkit's plots.

use std::collections::VecDeque;
use std::ops::RangeInclusive;

use egui::{Align2, Color32, RichText, Role, Ui, Vec2b, WidgetInfo};
use egui_plot::{Bar, BarChart, GridMark, Line, Plot as PlotUi, PlotPoint, Points, Text};

use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::ui_context::UiContext;
use crate::ops::plots::{
    Chord, Figure, Node, Plot, PlotRow, Rgb, Shape, node_link, series_color, shortened,
};

/// Height of a bar with its gap, in points.
const BAR: f32 = 24.0;
/// Height of a network, in points.
const NETWORK: f32 = 460.0;
/// So many characters of a name are shown.
const NAME: usize = 28;
/// Width of the names beside bars, in points.
const NAMES: f32 = 190.0;

/// The heading of a plot and its drawing; a click on a bar leads to its tags.
pub(super) fn plot_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    plot: &Plot,
    queue: &mut VecDeque<AppCommand>,
) {
    ui.label(RichText::new(&plot.title).font(fonts::bold_font(15.0)));
    ui.weak(plot.subtitle());
    ui.add_space(4.0);
    match plot.shape {
        Shape::Bars | Shape::Ordered => {
            legend_ui(ui, plot);
            if let Some(query) = bars_ui(ui, cx, plot) {
                queue.push_back(AppCommand::SearchFor(query));
            }
        }
        Shape::Network => {
            if let Some(query) = network_ui(ui, cx, plot) {
                queue.push_back(AppCommand::SearchFor(query));
            }
        }
    }
}

fn color([red, green, blue]: Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// A drawing that stays as it is, whatever is done with the pointer.
fn still<'a>(plot: &Plot, height: f32) -> PlotUi<'a> {
    PlotUi::new(("drawing", &plot.name))
        .height(height)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .sense(egui::Sense::click())
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
}

/// Horizontal bars, the first row at the top. Returns what finds the tags of a bar that was clicked.
fn bars_ui(ui: &mut Ui, cx: UiContext<'_>, plot: &Plot) -> Option<String> {
    let rows = plot.drawn();
    let names: Vec<String> = rows
        .iter()
        .map(|row| shortened(&row.name(), NAME))
        .collect();
    let charts = charts(plot);
    let number = rows.len();
    let marks = move |_| (0..number).map(mark).collect();
    let name = move |mark: GridMark, _: &RangeInclusive<f64>| {
        row_at(mark.value)
            .and_then(|row| names.get(row).cloned())
            .unwrap_or_default()
    };
    let height = (number as f32 * BAR + 56.0).max(110.0);
    let drawn = still(plot, height)
        .include_x(0.0)
        .include_y(0.7)
        .include_y(0.3 - number as f64)
        .y_grid_spacer(marks)
        .y_axis_formatter(name)
        .y_axis_min_width(NAMES)
        .grid_color(cx.theme.rule)
        .show_grid(Vec2b::new(true, false));
    let shown = drawn.show(ui, |ui| {
        for chart in charts {
            ui.bar_chart(chart);
        }
        ui.pointer_coordinate()
    });
    name_drawing(&shown.response, plot);
    let row = rows.get(row_at(shown.inner?.y)?)?;
    let clicked = shown.response.clicked();
    let response = shown.response.on_hover_text_at_pointer(tip(plot, row));
    if row.query.is_some() {
        response.on_hover_cursor(egui::CursorIcon::PointingHand);
    }
    row.query.clone().filter(|_| clicked)
}

/// What the colours mean, where bars have parts.
fn legend_ui(ui: &mut Ui, plot: &Plot) {
    if plot.series.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (place, name) in plot.series.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(10.0, 10.0), egui::Sense::hover());
            ui.painter()
                .rect_filled(rect, 2, color(plot.color(None, place)));
            ui.label(RichText::new(shortened(name, NAME)).small());
            ui.add_space(8.0);
        }
    });
    ui.add_space(4.0);
}

/// The bars of each series, stacked.
fn charts(plot: &Plot) -> Vec<BarChart> {
    let mut charts: Vec<BarChart> = Vec::new();
    for (place, name) in plot.series.iter().enumerate() {
        let bars = plot.drawn().iter().enumerate().map(|(n, row)| {
            let value = row.values.get(place).copied().unwrap_or_default();
            let bar = Bar::new(mark(n).value, value).width(0.68);
            bar.name(row.name())
                .fill(color(plot.color(Some(row), place)))
        });
        let chart = BarChart::new(name, bars.collect()).color(color(plot.color(None, place)));
        let below: Vec<&BarChart> = charts.iter().collect();
        let chart = chart.horizontal().allow_hover(false).stack_on(&below);
        charts.push(chart);
    }
    charts
}

/// Where a row is on the upright axis.
fn mark(row: usize) -> GridMark {
    GridMark {
        value: -(row as f64),
        step_size: 1.0,
    }
}

/// The row at a place of the upright axis; `None` between two of them.
fn row_at(value: f64) -> Option<usize> {
    let row = (-value).round();
    let near = (value + row).abs() < 0.45 && row >= 0.0;
    // Rows are far fewer than what a number of this kind holds.
    near.then_some(row as usize)
}

/// A row with all its numbers.
fn tip(plot: &Plot, row: &PlotRow) -> String {
    let parts = plot.series.iter().zip(&row.values);
    let parts = parts.filter(|(_, value)| **value != 0.0);
    let parts: Vec<String> = parts
        .map(|(name, value)| format!("{name}: {}", Figure(*value)))
        .collect();
    format!("{}\n{}", row.name(), parts.join("\n"))
}

/// People in a circle, and curves that begin thick at who quotes or mentions. Returns what finds the tags of a
/// person or a curve that was clicked.
fn network_ui(ui: &mut Ui, cx: UiContext<'_>, plot: &Plot) -> Option<String> {
    let (nodes, chords) = node_link(plot);
    let ink = cx.theme.text;
    let tips: Vec<String> = plot.drawn().iter().map(|row| tip(plot, row)).collect();
    let drawn = still(plot, NETWORK)
        .data_aspect(1.0)
        .include_x(-1.9)
        .include_x(1.9)
        .include_y(-1.25)
        .include_y(1.25)
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .label_formatter(|_| None);
    let shown = drawn.show(ui, |ui| {
        for (n, chord) in chords.iter().enumerate().rev() {
            let [from, _] = chord.ends;
            let whole = 1.0 + 5.0 * chord.strength as f32;
            for (piece, pair) in chord.points.windows(2).enumerate() {
                let left = 1.0 - piece as f32 / chord.points.len() as f32;
                let line = Line::new(tips.get(n).cloned().unwrap_or_default(), pair.to_vec());
                let line = line.color(color(series_color(from)));
                ui.line(line.width((whole * left).max(0.6)).allow_hover(false));
            }
        }
        for (n, node) in nodes.iter().enumerate() {
            let point = Points::new(&node.name, vec![node.at]);
            ui.points(
                point
                    .color(color(series_color(n)))
                    .radius(5.0)
                    .allow_hover(false),
            );
            let [x, y] = node.at.map(|part| part * 1.05);
            let anchor = match x {
                x if x > 0.2 => Align2::LEFT_CENTER,
                x if x < -0.2 => Align2::RIGHT_CENTER,
                _ if y > 0.0 => Align2::CENTER_BOTTOM,
                _ => Align2::CENTER_TOP,
            };
            let words = RichText::new(shortened(&node.name, NAME)).color(ink);
            let text = Text::new(&node.name, PlotPoint::new(x, y), words);
            ui.text(text.anchor(anchor).color(ink).allow_hover(false));
        }
        ui.pointer_coordinate()
    });
    name_drawing(&shown.response, plot);
    ui.weak(
        "Each curve is thick at the one who quotes or mentions, thin at the other. A click on a person or a curve \
         leads to the tags.",
    );
    let [x, y] = [shown.inner?.x, shown.inner?.y];
    let (words, query) = match nearest_of_network(&nodes, &chords, [x, y])? {
        Nearest::Person(node) => (node.name.clone(), node.query.clone()),
        Nearest::Curve(n) => (tips.get(n)?.clone(), plot.drawn().get(n)?.query.clone()),
    };
    let clicked = shown.response.clicked();
    let response = shown.response.on_hover_text_at_pointer(words);
    if query.is_some() {
        response.on_hover_cursor(egui::CursorIcon::PointingHand);
    }
    query.filter(|_| clicked)
}

/// What of a network the pointer is at.
enum Nearest<'a> {
    /// A person.
    Person(&'a Node),
    /// A curve, by its place.
    Curve(usize),
}

/// The person, else the curve, that is near a place of the drawing.
fn nearest_of_network<'a>(
    nodes: &'a [Node],
    chords: &[Chord],
    place: [f64; 2],
) -> Option<Nearest<'a>> {
    // Some eight points.
    const NEAR: f64 = 0.045;
    let distance = |at: &[f64; 2]| (at[0] - place[0]).hypot(at[1] - place[1]);
    let nearest = |a: &f64, b: &f64| a.total_cmp(b);
    let person = nodes.iter().map(|node| (distance(&node.at), node));
    let person = person.min_by(|(a, _), (b, _)| nearest(a, b));
    if let Some((_, node)) = person.filter(|(far, _)| *far < 1.5 * NEAR) {
        return Some(Nearest::Person(node));
    }
    let far = |chord: &Chord| {
        let pieces = chord.points.windows(2).map(|ends| match ends {
            [from, to] => {
                let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
                let along = (place[0] - from[0]) * dx + (place[1] - from[1]) * dy;
                let t = (along / (dx * dx + dy * dy).max(f64::EPSILON)).clamp(0.0, 1.0);
                distance(&[from[0] + t * dx, from[1] + t * dy])
            }
            _ => f64::INFINITY,
        });
        pieces.fold(f64::INFINITY, f64::min)
    };
    let curve = chords.iter().map(far).enumerate();
    let curve = curve.min_by(|(_, a), (_, b)| nearest(a, b))?;
    (curve.1 < NEAR).then_some(Nearest::Curve(curve.0))
}

/// A name for those who cannot see the drawing.
fn name_drawing(response: &egui::Response, plot: &Plot) {
    let words = format!("{}: the numbers are in the table below", plot.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
}
