//! The statistics of a folder as plots: the same data drawn in the window, as SVG and PNG, as CSV and in a report.

mod csv_text;
mod label_colors;
mod network;
mod of_people;
mod of_stats;
mod png;
mod report;
mod rows;
mod svg;
mod write_plots;

use std::fmt;

pub use network::{Chord, Node, node_link};
pub use of_stats::plots;
pub use png::DrawError;
pub use report::{ReportTitle, html_report};
pub use svg::svg;
pub use write_plots::{WritePlotsError, write_plots, write_report};

/// Numbers to be drawn: a bar for each row, in parts for each series, or what links two people.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Its name in files: small letters, digits and hyphens.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// What says which row it is, such as `outlet`, or `from` and `to`.
    pub keys: Vec<String>,
    /// What the numbers count, such as `tags`.
    pub unit: String,
    /// The parts of each bar, such as labels; one where bars have no parts.
    pub series: Vec<String>,
    /// The colours of series that have one of their own, such as that of a label in the schema, by place.
    pub colors: Vec<Option<Rgb>>,
    /// All rows.
    pub rows: Vec<PlotRow>,
    /// How it is drawn.
    pub shape: Shape,
}

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// How a plot is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The longest bars, the longest first.
    Bars,
    /// All bars in an order of their own, such as months.
    Ordered,
    /// People in a circle and what links them.
    Network,
}

/// A row of a plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlotRow {
    /// What it is about: a name for each key.
    pub names: Vec<String>,
    /// A number for each series.
    pub values: Vec<f64>,
    /// A colour of its own, such as that of the label it is about.
    pub color: Option<Rgb>,
    /// What finds its tags in a search of the folder; `None`: nothing finds just these.
    pub query: Option<String>,
}

/// So many of the longest bars are drawn, and links of a network.
const MOST_DRAWN: usize = 25;

impl PlotRow {
    /// All parts together.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.values.iter().sum()
    }

    /// What it is about, in words.
    #[must_use]
    pub fn name(&self) -> String {
        self.names.join(" → ")
    }
}

impl Plot {
    /// The colour of a part of a row, by the place of its series; of a series as a whole where no row is given.
    #[must_use]
    pub fn color(&self, row: Option<&PlotRow>, place: usize) -> Rgb {
        let of_series = || self.colors.get(place).copied().flatten();
        let of_row = row.and_then(|row| row.color);
        of_row
            .or_else(of_series)
            .unwrap_or_else(|| series_color(place))
    }

    /// The rows that are drawn.
    #[must_use]
    pub fn drawn(&self) -> &[PlotRow] {
        let most = match self.shape {
            Shape::Bars | Shape::Network => MOST_DRAWN,
            Shape::Ordered => self.rows.len(),
        };
        self.rows.get(..most).unwrap_or(&self.rows)
    }

    /// How many rows are in the numbers but not in the drawing.
    #[must_use]
    pub fn not_drawn(&self) -> usize {
        self.rows.len() - self.drawn().len()
    }

    /// What it shows and how much of it, in a line: "tags; the 25 largest of 310".
    #[must_use]
    pub fn subtitle(&self) -> String {
        match self.not_drawn() {
            0 => self.unit.clone(),
            _ => format!(
                "{}; the {} largest of {}",
                self.unit,
                self.drawn().len(),
                self.rows.len()
            ),
        }
    }

    /// The longest bar that is drawn.
    #[must_use]
    pub fn most(&self) -> f64 {
        self.drawn().iter().map(PlotRow::sum).fold(0.0, f64::max)
    }
}

/// A number as it is written beside a bar: whole, or with one place.
#[derive(Debug, Clone, Copy)]
pub struct Figure(pub f64);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number) = *self;
        if number.fract() == 0.0 {
            write!(f, "{number:.0}")
        } else {
            write!(f, "{number:.1}")
        }
    }
}

/// The colours of series, red, green and blue: told apart by people who see colours differently (M. Okabe and
/// K. Ito, "Color Universal Design", 2008), on a light and on a dark ground.
const SERIES_COLORS: [Rgb; 7] = [
    [0x00, 0x72, 0xb2],
    [0xe6, 0x9f, 0x00],
    [0x00, 0x9e, 0x73],
    [0xcc, 0x79, 0xa7],
    [0x56, 0xb4, 0xe9],
    [0xd5, 0x5e, 0x00],
    [0x80, 0x80, 0x80],
];

/// The colour of a series, by its place; that of the first again after the last.
#[must_use]
pub fn series_color(place: usize) -> Rgb {
    let color = SERIES_COLORS.get(place % SERIES_COLORS.len());
    color.copied().unwrap_or_default()
}

/// A name as it is shown beside a bar: in one line, with an ellipsis after `most` characters.
#[must_use]
pub fn shortened(name: &str, most: usize) -> String {
    let name = crate::text::wording::one_line(name);
    match name.char_indices().nth(most) {
        None => name,
        Some(_) => {
            let kept: String = name.chars().take(most.saturating_sub(1)).collect();
            format!("{kept}…")
        }
    }
}

#[cfg(test)]
mod tests;
