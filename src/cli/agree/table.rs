//! Figures of agreement as lines of columns.

use crate::compare::agreement::{
    Agreement, Basis, Coefficients, Figure, Found, Gamma, PairCoefficients, PairFound,
};
use crate::text::wording::count;

/// A label, a figure's name, the figure, and words to add.
type Row<'a> = (String, String, &'a Figure, String);

/// A table of all labels, and one of all pairs.
pub(super) fn lines(agreement: &Agreement) -> Vec<String> {
    if agreement.texts == 0 {
        return Vec::new();
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (label, of_label) in &agreement.labels {
        add_found(&mut rows, label, &of_label.found);
        add_coefficients(&mut rows, label, &of_label.coefficients);
        for ((name, value), found) in &of_label.by_value {
            add_found(&mut rows, &format!("{label} {name}={value}"), found);
        }
    }
    add_coefficients(&mut rows, "all labels", &agreement.all);
    let label = widest(rows.iter().map(|row| &row.0));
    let figure = widest(rows.iter().map(|row| &row.1));
    let mut lines = vec![format!(
        "{:label$}  {:figure$}   value  95 % interval",
        "label", "figure"
    )];
    lines.extend(rows.into_iter().map(|(of, name, value, more)| {
        format!("{of:label$}  {name:figure$}  {}{more}", words(value))
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

/// The figure with its interval and counts, or why there is none.
fn words(figure: &Figure) -> String {
    let value = match &figure.value {
        Ok(value) => format!("{value:6.3}"),
        Err(why) => return format!("     –  {why}"),
    };
    let interval = match figure.interval {
        Ok(interval) => format!("{:6.3} to {:5.3}", interval.low, interval.high),
        Err(why) => why.to_string(),
    };
    let of = match figure.of {
        Basis::Found(counts) => format!("  {} of {}", counts.matched, counts.gold),
        Basis::Share(share) => format!("  {} of {}", share.right, share.of),
        Basis::Coefficient => String::new(),
    };
    format!("{value}  {interval:15}{of}").trim_end().to_owned()
}

fn add_found<'a>(rows: &mut Vec<Row<'a>>, label: &str, found: &'a Found) {
    let mut add = |name: &str, figure: &'a Figure| {
        rows.push((label.to_owned(), name.to_owned(), figure, String::new()));
    };
    add("exact F1", &found.exact);
    add("edge F1", &found.edge);
    add("overlap F1", &found.overlap);
    add("token F1", &found.token);
    add("same boundaries", &found.same_fragments);
    add("same start", &found.same_start);
    add("same end", &found.same_end);
    for (name, agreement) in &found.attributes {
        add(&format!("same {name}"), &agreement.equal);
        add(&format!("alpha of {name}"), &agreement.alpha);
    }
    if let Some(speaker) = &found.speaker {
        add("same speaker", speaker);
    }
    if let Some(with_speaker) = &found.with_speaker {
        add("tag + speaker F1", with_speaker);
    }
}

fn add_coefficients<'a>(rows: &mut Vec<Row<'a>>, label: &str, of: &'a Coefficients) {
    let mut add = |name: &str, figure: &'a Figure, more: String| {
        rows.push((label.to_owned(), name.to_owned(), figure, more));
    };
    add("kappa", &of.kappa, String::new());
    add("alpha", &of.alpha, String::new());
    add("u-alpha", &of.u_alpha, String::new());
    if let Some(Gamma { figure, error, .. }) = &of.gamma {
        let more = match figure.value {
            Ok(_) => format!("  ± {error:.3} by sampling"),
            Err(_) => String::new(),
        };
        add("gamma", figure, more);
    }
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
