//! What the rows of plots are made of.

use super::{Plot, PlotRow, Shape};
use crate::ops::{Labels, StatsReport};

/// A plot without rows yet.
pub(super) fn plot(name: &str, title: &str, key: &str, unit: &str) -> Plot {
    Plot {
        name: file_name(name),
        title: title.to_owned(),
        keys: vec![key.to_owned()],
        unit: unit.to_owned(),
        series: vec![unit.to_owned()],
        colors: Vec::new(),
        rows: Vec::new(),
        shape: Shape::Bars,
    }
}

/// A row of one name.
pub(super) fn row(name: impl Into<String>, values: Vec<f64>, query: Option<String>) -> PlotRow {
    PlotRow {
        names: vec![name.into()],
        values,
        color: None,
        query,
    }
}

/// All labels, the parts of many bars.
pub(super) fn all_labels(report: &StatsReport) -> Vec<String> {
    report.labels.keys().map(ToString::to_string).collect()
}

/// The number of tags of each label, in the order of all labels.
pub(super) fn values(report: &StatsReport, tags: &Labels) -> Vec<f64> {
    let labels = report.labels.keys();
    let count = labels.map(|label| tags.get(label).copied().unwrap_or_default());
    count.map(|count| count as f64).collect()
}

/// A value, or that there is none.
pub(super) fn known(value: &str) -> String {
    match value {
        "" => "(not known)".to_owned(),
        value => value.to_owned(),
    }
}

/// A condition of a search; `None` where the value cannot be written in one.
pub(super) fn condition(field: &str, value: &str) -> Option<String> {
    let fits = !value.trim().is_empty() && !value.contains(['"', '\n']);
    fits.then(|| format!("{field}:\"{value}\""))
}

/// The longest first; equals stay in their order.
pub(super) fn most_first(rows: &mut [PlotRow]) {
    rows.sort_by(|a, b| b.sum().total_cmp(&a.sum()));
}

/// A name in letters, digits and hyphens, in small letters.
fn file_name(words: &str) -> String {
    let mut name = String::new();
    for c in words.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    name
}
