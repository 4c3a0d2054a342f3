//! Which plots the statistics of a folder make.

use std::collections::BTreeMap;

use super::label_colors::{color_labels, label_color};
use super::of_people::{annotators, network, people, speakers};
use super::rows::{all_labels, condition, known, most_first, plot, row, values};
use super::{Plot, PlotRow, Shape};
use crate::ops::{GroupStats, StatsReport};

/// Lengths from this on are counted together, in words.
const LONGEST: usize = 60;
/// So many words make one bar of lengths.
const WORDS_EACH: usize = 5;
/// At most so many bars tell how many tags articles have.
const TAG_BARS: usize = 20;

/// All plots of the statistics; those that would be empty are left out.
#[must_use]
pub fn plots(report: &StatsReport) -> Vec<Plot> {
    let mut all = vec![
        labels(report),
        articles(report),
        tags_per_article(report),
        groups(report, "outlet", &report.outlets, Shape::Bars),
        groups(report, "date", &report.dates, Shape::Ordered),
    ];
    all.extend(attributes(report));
    all.push(lengths(report));
    all.push(people(report));
    all.extend(speakers(report));
    all.push(network(report));
    all.extend(annotators(report));
    all.iter_mut().for_each(|plot| color_labels(plot, report));
    all.retain(|plot| plot.rows.iter().any(|row| row.sum() > 0.0));
    // What is found is what was counted.
    let term = report.tags.term();
    let rows = all.iter_mut().flat_map(|plot| &mut plot.rows);
    for query in rows.filter_map(|row| row.query.as_mut()) {
        let (by, whose) = ("by:", term.trim_start());
        let says_whose = query.starts_with(by) || whose.is_empty();
        if !says_whose {
            query.push_str(&term);
        }
    }
    all
}

fn labels(report: &StatsReport) -> Plot {
    let rows = report.labels.iter().map(|(label, stats)| {
        let query = condition("label", label);
        PlotRow {
            color: label_color(report, label),
            ..row(label.as_str(), vec![stats.tags as f64], query)
        }
    });
    Plot {
        rows: rows.collect(),
        ..plot("tags-by-label", "Tags by label", "label", "tags")
    }
}

fn articles(report: &StatsReport) -> Plot {
    let tagged = report
        .articles
        .iter()
        .filter(|article| article.documents > 0);
    let rows = tagged.map(|article| {
        let query = condition("article", &article.name);
        row(&article.name, values(report, &article.labels), query)
    });
    let mut rows: Vec<PlotRow> = rows.collect();
    most_first(&mut rows);
    Plot {
        series: all_labels(report),
        rows,
        ..plot("tags-by-article", "Tags by article", "article", "tags")
    }
}

fn groups(
    report: &StatsReport,
    what: &str,
    groups: &BTreeMap<String, GroupStats>,
    shape: Shape,
) -> Plot {
    let key = match shape {
        Shape::Ordered => "month",
        Shape::Bars | Shape::Network => what,
    };
    let empty = plot(
        &format!("tags-by-{what}"),
        &format!("Tags by {what}"),
        key,
        "tags",
    );
    // Nothing is known of any article.
    if groups.keys().all(String::is_empty) {
        return empty;
    }
    let rows = groups.iter().map(|(group, stats)| {
        let query = condition(what, group);
        row(known(group), values(report, &stats.labels), query)
    });
    let mut rows: Vec<PlotRow> = rows.collect();
    if shape == Shape::Bars {
        most_first(&mut rows);
    }
    Plot {
        series: all_labels(report),
        rows,
        shape,
        ..empty
    }
}

/// How many articles have how many tags.
fn tags_per_article(report: &StatsReport) -> Plot {
    let tagged = report
        .articles
        .iter()
        .filter(|article| article.documents > 0);
    let tags: Vec<usize> = tagged
        .map(|article| article.labels.values().sum())
        .collect();
    let most = tags.iter().max().copied().unwrap_or_default();
    let step = round_step(most, TAG_BARS);
    let mut counts = vec![0_usize; most / step + 1];
    for tags in tags {
        if let Some(count) = counts.get_mut(tags / step) {
            *count += 1;
        }
    }
    let bars = counts.into_iter().enumerate();
    let rows = bars.map(|(n, count)| {
        let query = match n * step {
            // What has no tags is found as an article, whoever was to tag it.
            0 if step == 1 => None,
            0 => Some(format!("tags:1-{}", step - 1)),
            from => Some(format!("tags:{from}-{}", from + step - 1)),
        };
        row(range(n * step, step), vec![count as f64], query)
    });
    Plot {
        rows: rows.collect(),
        shape: Shape::Ordered,
        ..plot(
            "tags-per-article",
            "Articles by number of tags",
            "tags",
            "articles",
        )
    }
}

/// A round number of which fewer than `bars` reach beyond `most`.
fn round_step(most: usize, bars: usize) -> usize {
    let mut decade = 1;
    loop {
        for step in [decade, 2 * decade, 5 * decade] {
            if most / step < bars {
                return step;
            }
        }
        decade *= 10;
    }
}

/// `10–19`, or `10`.
fn range(from: usize, step: usize) -> String {
    match step {
        1 => from.to_string(),
        step => format!("{from}–{}", from + step - 1),
    }
}

/// A plot for each attribute of a label, such as the form of quotes.
fn attributes(report: &StatsReport) -> Vec<Plot> {
    let mut all = Vec::new();
    for (label, stats) in &report.labels {
        for (name, of_values) in &stats.attributes {
            let rows = of_values.iter().map(|(value, count)| {
                let (shown, query) = match value.as_str() {
                    "" => ("(not set)", None),
                    value => {
                        let has = condition("attribute", &format!("{name}={value}"));
                        let label = condition("label", label);
                        (value, label.zip(has))
                    }
                };
                let query = query.map(|(label, has)| format!("{label} {has}"));
                row(shown, vec![*count as f64], query)
            });
            let mut rows: Vec<PlotRow> = rows.collect();
            most_first(&mut rows);
            all.push(Plot {
                rows,
                colors: vec![label_color(report, label)],
                ..plot(
                    &format!("{label}-{name}"),
                    &format!("Tags of {label} by {name}"),
                    name,
                    "tags",
                )
            });
        }
    }
    all
}

fn lengths(report: &StatsReport) -> Plot {
    let bars = LONGEST / WORDS_EACH + 1;
    let name = |n: usize| match n + 1 == bars {
        true => format!("{LONGEST}+"),
        false => range(n * WORDS_EACH, WORDS_EACH),
    };
    let query = |n: usize| match n + 1 == bars {
        true => format!("words:{LONGEST}-"),
        false => format!("words:{}-{}", n * WORDS_EACH, (n + 1) * WORDS_EACH - 1),
    };
    let empty = |n| row(name(n), vec![0.0; report.labels.len()], Some(query(n)));
    let mut rows: Vec<PlotRow> = (0..bars).map(empty).collect();
    for (place, stats) in report.labels.values().enumerate() {
        for (length, count) in stats.words.iter() {
            let row = rows.get_mut((length / WORDS_EACH).min(bars - 1));
            if let Some(value) = row.and_then(|row| row.values.get_mut(place)) {
                *value += count as f64;
            }
        }
    }
    let last = rows.iter().rposition(|row| row.sum() > 0.0);
    rows.truncate(last.map_or(0, |last| last + 1));
    Plot {
        series: all_labels(report),
        rows,
        shape: Shape::Ordered,
        ..plot("lengths", "Tags by length", "words", "tags")
    }
}
