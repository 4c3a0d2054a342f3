//! The colours of labels in plots: those of the window, so that a label looks the same in the article and in plots.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Plot, Rgb};
use crate::ops::StatsReport;

/// The lines of labels in the window's light theme, by the names of the schema; legible on a dark ground, too.
static LINES: LazyLock<BTreeMap<String, Rgb>> = LazyLock::new(|| {
    let themes = ron::from_str(include_str!("../../../assets/theme.ron"));
    let labels = themes.map_or_else(|_| BTreeMap::new(), |themes: Themes| themes.light.labels);
    let lines = labels.into_iter();
    lines
        .filter_map(|(name, label)| Some((name, rgb(&label.line)?)))
        .collect()
});

/// The part of the themes that plots need.
#[derive(Deserialize)]
struct Themes {
    light: Theme,
}

#[derive(Deserialize)]
struct Theme {
    labels: BTreeMap<String, Label>,
}

#[derive(Deserialize)]
struct Label {
    line: String,
}

/// A colour that is written `#rrggbb`.
fn rgb(hex: &str) -> Option<Rgb> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// The colour of a label; `None`: no schema has it.
pub(super) fn label_color(report: &StatsReport, label: &str) -> Option<Rgb> {
    let name = report.label_colors.get(label)?;
    LINES.get(name.as_str()).copied()
}

/// Gives the parts of a plot that are labels their colours.
pub(super) fn color_labels(plot: &mut Plot, report: &StatsReport) {
    let labels = report.labels.keys().map(|label| label.as_str());
    if plot.colors.is_empty() && plot.series.iter().map(String::as_str).eq(labels) {
        let colors = plot.series.iter().map(|label| label_color(report, label));
        plot.colors = colors.collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_the_colors_of_the_window() {
        assert_eq!(LINES.len(), 8, "each named colour is read");
        assert_eq!(rgb("#c8981b"), Some([0xc8, 0x98, 0x1b]));
        assert_eq!(rgb("c8981b"), None);
    }
}
