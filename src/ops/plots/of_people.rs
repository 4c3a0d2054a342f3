//! Plots about people: who is quoted, who quotes whom, and who tags.

use smol_str::SmolStr;

use super::rows::{all_labels, condition, known, most_first, plot, row, values};
use super::{Plot, PlotRow, Shape};
use crate::ops::{AnnotatorStats, StatsReport, Time};
use crate::text::wording::shown_annotator;

/// Who says how much.
pub(super) fn people(report: &StatsReport) -> Plot {
    let rows = report.people.iter().map(|person| {
        let query = condition("speaker", &person.name);
        row(&person.name, values(report, &person.said), query)
    });
    let mut rows: Vec<PlotRow> = rows.collect();
    most_first(&mut rows);
    rows.retain(|row| row.sum() > 0.0);
    Plot {
        series: all_labels(report),
        rows,
        ..plot("said-by-person", "Who says most", "person", "tags")
    }
}

/// A plot for everything that is known of speakers: kind, role, organisation, attributes.
pub(super) fn speakers(report: &StatsReport) -> Vec<Plot> {
    let all = report.of_speakers.iter().map(|(name, of_values)| {
        let rows = of_values.iter();
        let rows = rows.map(|(value, said)| {
            // Of whom nothing is known is not said in one place.
            let query = match value.as_str() {
                "" => None,
                value => condition("who", &format!("{name}={value}")),
            };
            row(known(value), values(report, said), query)
        });
        let mut rows: Vec<PlotRow> = rows.collect();
        most_first(&mut rows);
        Plot {
            series: all_labels(report),
            rows,
            ..plot(
                &format!("said-by-{name}-of-speaker"),
                &format!("Tags by speaker’s {name}"),
                name,
                "tags",
            )
        }
    });
    all.collect()
}

/// Who quotes or mentions whom.
pub(super) fn network(report: &StatsReport) -> Plot {
    let name = |place: usize| {
        let person = report.people.get(place);
        person.map_or_else(String::new, |person| person.name.clone())
    };
    let rows = report.network.iter().map(|edge| {
        let (from, to) = (name(edge.from), name(edge.to));
        let query = condition("speaker", &from).zip(condition("about", &to));
        PlotRow {
            names: vec![from, to],
            values: vec![edge.quotes as f64, edge.mentions as f64],
            query: query.map(|(from, to)| format!("{from} {to}")),
            ..PlotRow::default()
        }
    });
    Plot {
        keys: vec!["from".to_owned(), "to".to_owned()],
        series: vec!["quotes".to_owned(), "mentions".to_owned()],
        rows: rows.collect(),
        shape: Shape::Network,
        ..plot("network", "Who quotes or mentions whom", "from", "times")
    }
}

/// The work of annotators: tags, articles, hours and pace. Curated tags are nobody's.
pub(super) fn annotators(report: &StatsReport) -> Vec<Plot> {
    let of = |value: &dyn Fn(&AnnotatorStats) -> Option<Vec<f64>>| -> Vec<PlotRow> {
        let one = |(name, work): (&SmolStr, &AnnotatorStats)| {
            let query = condition("by", shown_annotator(name));
            Some(row(shown_annotator(name), value(work)?, query))
        };
        report.annotators.iter().filter_map(one).collect()
    };
    let timed = |value: fn(Time) -> Option<f64>| -> Vec<PlotRow> {
        of(&|work| Some(vec![value(work.time?)?]))
    };
    let about = |name: &str, title: &str, unit: &str, rows: Vec<PlotRow>| Plot {
        rows,
        ..plot(name, title, "annotator", unit)
    };
    let tags = of(&|work| Some(values(report, &work.labels)));
    let articles = of(&|work| {
        let open = work.documents.saturating_sub(work.done);
        Some(vec![work.done as f64, open as f64])
    });
    let hours = timed(|time| Some(time.seconds as f64 / 3600.0));
    vec![
        Plot {
            series: all_labels(report),
            ..about("tags-by-annotator", "Tags by annotator", "tags", tags)
        },
        Plot {
            series: vec!["done".to_owned(), "not done".to_owned()],
            ..about(
                "articles-by-annotator",
                "Articles by annotator",
                "articles",
                articles,
            )
        },
        about(
            "hours-by-annotator",
            "Active time by annotator",
            "hours",
            hours,
        ),
        about(
            "pace-by-annotator",
            "Pace by annotator",
            "tags an hour",
            timed(|time| time.pace()),
        ),
    ]
}
