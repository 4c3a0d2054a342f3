//! What a folder holds, as lines of columns.

use crate::ops::{GroupStats, LabelStats, Labels, StatsReport};
use crate::text::wording::{count, shown_annotator};

/// So many people and pairs are printed; `--json` has all.
const MOST: usize = 20;

/// A heading and rows below it, numbers in all columns but the first.
fn columns(head: &[&str], rows: Vec<Vec<String>>) -> Vec<String> {
    crate::cli::columns::columns(head, rows, |column| column > 0)
}

/// All tables, an empty line between two.
pub(super) fn lines(report: &StatsReport) -> Vec<String> {
    let mut lines = labels(report);
    lines.extend(attributes(report));
    lines.extend(groups(report, "outlet", &report.outlets));
    lines.extend(groups(report, "date", &report.dates));
    lines.extend(people(report));
    for (name, values) in &report.of_speakers {
        let rows = values.iter().map(|(value, said)| {
            let mut row = vec![known(value)];
            row.extend(cells(report, said));
            row
        });
        let name = format!("speaker's {name}");
        lines.extend(columns(&with_labels(report, &[&name]), rows.collect()));
    }
    lines.extend(network(report));
    lines.extend(annotators(report));
    lines.pop();
    lines
}

/// A value, or that there is none.
fn known(value: &str) -> String {
    let value = if value.is_empty() {
        "(not known)"
    } else {
        value
    };
    value.to_owned()
}

fn with_labels<'a>(report: &'a StatsReport, before: &[&'a str]) -> Vec<&'a str> {
    let labels = report.labels.keys().map(|label| label.as_str());
    before.iter().copied().chain(labels).collect()
}

/// The number of tags of each label, in the order of all labels.
fn cells<'a>(report: &'a StatsReport, tags: &'a Labels) -> impl Iterator<Item = String> + 'a {
    let of = |label| tags.get(label).copied().unwrap_or_default().to_string();
    report.labels.keys().map(of)
}

fn labels(report: &StatsReport) -> Vec<String> {
    let row = |label: &str, stats: &LabelStats| {
        let number =
            |value: Option<usize>| value.map_or("–".to_owned(), |value| value.to_string());
        let speakers = match stats.speakers {
            Some(speakers) => [
                speakers.person,
                speakers.mention,
                speakers.not_given,
                speakers.open,
            ]
            .map(|count| count.to_string()),
            None => ["–"; 4].map(str::to_owned),
        };
        let mean = stats
            .words
            .mean()
            .map_or("–".to_owned(), |mean| format!("{mean:.1}"));
        let mut row = vec![
            label.to_owned(),
            stats.tags.to_string(),
            stats.split.to_string(),
            mean,
            number(stats.words.quantile(0.5)),
            number(stats.words.longest()),
        ];
        row.extend(speakers);
        row
    };
    let head = [
        "label",
        "tags",
        "split",
        "words: mean",
        "median",
        "longest",
        "speaker: person",
        "mention",
        "not given",
        "open",
    ];
    let rows = report.labels.iter().map(|(label, stats)| row(label, stats));
    columns(&head, rows.collect())
}

fn attributes(report: &StatsReport) -> Vec<String> {
    let rows = report.labels.iter().flat_map(|(label, stats)| {
        stats.attributes.iter().flat_map(move |(name, values)| {
            values.iter().map(move |(value, count)| {
                let value = if value.is_empty() { "(not set)" } else { value };
                vec![format!("{label} {name}: {value}"), count.to_string()]
            })
        })
    });
    columns(&["attribute", "tags"], rows.collect())
}

fn groups(
    report: &StatsReport,
    name: &str,
    groups: &std::collections::BTreeMap<String, GroupStats>,
) -> Vec<String> {
    // Nothing is known of any article.
    if groups.keys().all(String::is_empty) {
        return Vec::new();
    }
    let rows = groups.iter().map(|(group, stats)| {
        let mut row = vec![known(group), stats.articles.to_string()];
        row.extend(cells(report, &stats.labels));
        row
    });
    columns(&with_labels(report, &[name, "articles"]), rows.collect())
}

fn people(report: &StatsReport) -> Vec<String> {
    let rows = report.people.iter().take(MOST).map(|person| {
        let mut row = vec![
            person.name.clone(),
            person.articles.to_string(),
            person.mentions.to_string(),
        ];
        row.extend(cells(report, &person.said));
        row
    });
    let head = with_labels(report, &["person", "articles", "mentions"]);
    let mut lines = columns(&head, rows.collect());
    add_more(&mut lines, report.people.len());
    lines
}

fn network(report: &StatsReport) -> Vec<String> {
    let name = |place: usize| report.people.get(place).map_or("", |person| &person.name);
    let rows = report.network.iter().take(MOST).map(|edge| {
        vec![
            format!("{} → {}", name(edge.from), name(edge.to)),
            edge.quotes.to_string(),
            edge.mentions.to_string(),
        ]
    });
    let mut lines = columns(&["who → whom", "quotes", "mentions"], rows.collect());
    add_more(&mut lines, report.network.len());
    lines
}

/// How many there are beyond those printed.
fn add_more(lines: &mut Vec<String>, all: usize) {
    if let Some(more) = all.checked_sub(MOST).filter(|more| *more > 0) {
        lines.pop();
        lines.push(format!("… and {more} more; --json has all"));
        lines.push(String::new());
    }
}

fn annotators(report: &StatsReport) -> Vec<String> {
    let rows = report.annotators.iter().map(|(name, stats)| {
        let name = shown_annotator(name);
        let mut row = vec![
            name.to_owned(),
            stats.documents.to_string(),
            stats.done.to_string(),
        ];
        row.extend(cells(report, &stats.labels));
        row.extend(match stats.time {
            Some(time) => {
                let minutes = time.seconds / 60;
                let pace = time
                    .pace()
                    .map_or("–".to_owned(), |pace| format!("{pace:.0}"));
                [
                    count(time.sittings, "sitting"),
                    format!("{}:{:02}", minutes / 60, minutes % 60),
                    pace,
                ]
            }
            None => ["–"; 3].map(str::to_owned),
        });
        row
    });
    let mut head = with_labels(report, &["annotator", "articles", "done"]);
    head.extend(["sittings", "hours", "tags/hour"]);
    columns(&head, rows.collect())
}
