//! The colours of labels in plots: those of the schema, so that a label looks the same in the article and in plots.

use super::{Plot, Rgb};
use crate::ops::StatsReport;

/// The lines of labels in the window, by the names of the schema; legible on a light and on a dark ground.
const NAMED: [(&str, Rgb); 8] = [
    ("yellow", [0xc8, 0x98, 0x1b]),
    ("pink", [0xc5, 0x5c, 0x81]),
    ("blue", [0x4c, 0x86, 0xc6]),
    ("green", [0x4c, 0x96, 0x59]),
    ("violet", [0x86, 0x60, 0xc4]),
    ("orange", [0xcd, 0x7d, 0x33]),
    ("teal", [0x3a, 0x93, 0x8c]),
    ("gray", [0x8c, 0x87, 0x7e]),
];

/// The colour of a label; `None`: no schema has it.
pub(super) fn label_color(report: &StatsReport, label: &str) -> Option<Rgb> {
    let name = report.label_colors.get(label)?;
    let mut known = NAMED.iter();
    known
        .find(|(known, _)| known == name)
        .map(|(_, color)| *color)
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
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

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

    #[test]
    fn labels_have_the_colors_of_the_window() {
        let themes: Themes = ron::from_str(include_str!("../../../assets/theme.ron")).unwrap();
        let hex = |[red, green, blue]: Rgb| format!("#{red:02x}{green:02x}{blue:02x}");
        let here: BTreeMap<String, String> = NAMED
            .iter()
            .map(|(name, color)| ((*name).to_owned(), hex(*color)))
            .collect();
        let lines = themes.light.labels.into_iter();
        let lines: BTreeMap<String, String> =
            lines.map(|(name, label)| (name, label.line)).collect();
        assert_eq!(here, lines);
    }
}
