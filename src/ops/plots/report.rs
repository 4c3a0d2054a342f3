//! A page with all plots and their numbers, for people who do not have the program.

use std::fmt::Write as _;

use super::svg::{escaped, svg};
use super::{Figure, Plot};
use crate::ops::StatsReport;
use crate::text::wording::{count, count_as};

/// What the report is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportTitle {
    /// The name of the project, as a rule of its folder.
    pub project: String,
    /// The day it was made, as it is shown; empty: not told.
    pub made: String,
}

/// So many rows of a table are on the page; all of them are in the CSV of the plot.
const MOST_ROWS: usize = 500;

const STYLE: &str = "\
:root{color-scheme:light}\
body{font:16px/1.5 Inter,system-ui,sans-serif;color:#222;background:#fff;max-width:760px;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2.5rem}\
figure{margin:0 0 .5rem}svg{max-width:100%;height:auto}\
nav ul{columns:2;padding-left:1.2rem}\
table{border-collapse:collapse;font-size:.9rem}th,td{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:right}\
th.name{text-align:left;font-weight:normal}thead th{text-align:right;font-weight:600}summary{cursor:pointer}\
@media print{details{display:none}figure{break-inside:avoid}}";

/// A report of a folder in one HTML file: no script, nothing from the net. Each plot has its numbers as a table
/// below it.
#[must_use]
pub fn html_report(title: &ReportTitle, report: &StatsReport, plots: &[Plot]) -> String {
    let name = escaped(&title.project);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{name}: report</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n"
    );
    let _ = writeln!(out, "<p>{}</p>", escaped(&summary(title, report)));
    if !report.problems.is_empty() {
        let _ = writeln!(
            out,
            "<p>{} could not be read, or only in part: see <code>pullquote check</code>.</p>",
            count(report.problems.len(), "file")
        );
    }
    if plots.is_empty() {
        out.push_str("<p>Nothing is tagged yet.</p>\n");
    } else {
        out.push_str("<nav aria-label=\"Plots\">\n<ul>\n");
        for plot in plots {
            let _ = writeln!(
                out,
                "<li><a href=\"#{}\">{}</a></li>",
                escaped(&plot.name),
                escaped(&plot.title)
            );
        }
        out.push_str("</ul>\n</nav>\n");
    }
    for plot in plots {
        section(&mut out, plot);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// What was counted, in words.
fn summary(title: &ReportTitle, report: &StatsReport) -> String {
    let tags: usize = report.labels.values().map(|stats| stats.tags).sum();
    let mut words = format!(
        "{}, {}, {}",
        count(report.articles.len(), "article"),
        count(tags, "tag"),
        count(report.annotators.len(), "annotator"),
    );
    let _ = write!(words, "; {}", report.whose());
    if report.suggestions > 0 {
        let waiting = count_as(report.suggestions, "suggestion waits", "suggestions wait");
        let _ = write!(words, "; {waiting} for a decision");
    }
    words.push('.');
    if !title.made.is_empty() {
        let _ = write!(words, " Made on {}.", title.made);
    }
    words
}

fn section(out: &mut String, plot: &Plot) {
    let _ = write!(
        out,
        "<section id=\"{}\">\n<h2>{}</h2>\n<figure>\n{}</figure>\n<details>\n<summary>Numbers</summary>\n\
         <table>\n<thead>\n<tr>",
        escaped(&plot.name),
        escaped(&plot.title),
        svg(plot)
    );
    for key in &plot.keys {
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"name\">{}</th>",
            escaped(key)
        );
    }
    for series in &plot.series {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(series));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in plot.rows.iter().take(MOST_ROWS) {
        out.push_str("<tr>");
        for name in &row.names {
            let _ = write!(
                out,
                "<th scope=\"row\" class=\"name\">{}</th>",
                escaped(name)
            );
        }
        for value in &row.values {
            let _ = write!(out, "<td>{}</td>", Figure(*value));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    if plot.rows.len() > MOST_ROWS {
        let left = plot.rows.len() - MOST_ROWS;
        let _ = writeln!(out, "<p>and {left} more in the CSV of this plot.</p>");
    }
    out.push_str("</details>\n</section>\n");
}
