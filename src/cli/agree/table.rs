//! Figures of agreement as lines of columns.

use crate::compare::agreement::{Agreement, PairCoefficients, PairFound};
use crate::ops::figure_rows;
use crate::text::wording::count;

/// A table of all labels, and one of all pairs.
pub(super) fn lines(agreement: &Agreement) -> Vec<String> {
    if agreement.texts == 0 {
        return Vec::new();
    }
    let rows = figure_rows(agreement);
    let names: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.of(), row.measure.to_string()))
        .collect();
    let label = widest(names.iter().map(|row| &row.0));
    let figure = widest(names.iter().map(|row| &row.1));
    let mut lines = vec![format!(
        "{:label$}  {:figure$}   value  95 % interval",
        "label", "figure"
    )];
    lines.extend(rows.iter().zip(&names).map(|(row, (of, name))| {
        let (value, interval) = (row.value_words(), row.interval_words());
        let line = format!("{of:label$}  {name:figure$}  {value:>6}");
        let line = match &row.figure.value {
            Ok(_) => format!("{line}  {interval:>15}  {}", row.counts_words()),
            Err(_) => format!("{line}  {interval}"),
        };
        line.trim_end().to_owned()
    }));
    lines.push(String::new());
    lines.extend(pairs(agreement));
    lines
}

/// How wide a column of these is, in characters.
fn widest<'a>(cells: impl Iterator<Item = &'a String>) -> usize {
    cells
        .map(|cell| cell.chars().count())
        .max()
        .unwrap_or_default()
}

/// A line for each pair and label.
fn pairs(agreement: &Agreement) -> Vec<String> {
    let mut rows = Vec::new();
    for (place, pair) in agreement.pairs.iter().enumerate() {
        let (first, second) = &pair.names;
        let names = format!("{first} and {second}, {}", count(pair.texts, "article"));
        for (label, of_label) in &agreement.labels {
            if let Some(of_pair) = of_label.pairs.get(place) {
                let found =
                    [(&of_pair.exact, "exact P"), (&of_pair.overlap, "overlap P")].map(found_words);
                let more = coefficient_words(&of_pair.coefficients);
                rows.push((
                    names.clone(),
                    label.to_string(),
                    format!("{}{more}", found.concat()),
                ));
            }
        }
        if let Some(of_pair) = agreement.all_pairs.get(place) {
            let found = " ".repeat(46);
            let more = coefficient_words(of_pair);
            rows.push((
                names.clone(),
                "all labels".to_owned(),
                format!("{found}{more}"),
            ));
        }
    }
    let names = widest(rows.iter().map(|row| &row.0));
    let label = widest(rows.iter().map(|row| &row.1));
    let gamma = agreement.all.gamma.as_ref().map_or("", |_| "  gamma");
    let head = format!("  exact P      R     F1  overlap P      R     F1  kappa{gamma}");
    let mut lines = vec![format!("{:names$}  {:label$}{head}", "pair", "label")];
    lines.extend(rows.iter().map(|(pair, of, figures)| {
        format!("{pair:names$}  {of:label$}{figures}")
            .trim_end()
            .to_owned()
    }));
    lines
}

fn number<E>(value: &Result<f64, E>) -> String {
    match value {
        Ok(value) => format!("{value:.3}"),
        Err(_) => "–".to_owned(),
    }
}

/// Under a heading, which says how wide the first column is.
fn found_words((found, head): (&PairFound, &str)) -> String {
    let (precision, recall) = (number(&found.precision), number(&found.recall));
    let (width, f1) = (head.len(), number(&found.f1.value));
    format!("  {precision:>width$}  {recall:>5}  {f1:>5}")
}

fn coefficient_words(of: &PairCoefficients) -> String {
    let gamma = of.gamma.as_ref();
    let gamma = gamma.map_or(String::new(), |gamma| number(&gamma.figure.value));
    format!("  {:>5}  {gamma:>5}", number(&of.kappa.value))
}
