//! What an import says about the articles it found.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::terminal::Terminal;
use crate::ops::ImportReport;
use crate::text::wording::count;

/// An article that was found, in `--json` output.
#[derive(Serialize)]
pub(super) struct FoundJson {
    file: String,
    line: usize,
    path: String,
    fate: String,
    headline: String,
    byline: String,
    outlet: String,
    date: String,
    language: String,
    section: String,
    address: String,
    fields: BTreeMap<String, String>,
    begins: String,
    left_out: Vec<String>,
}

pub(super) fn found_json(report: &ImportReport) -> Vec<FoundJson> {
    let found = report.found.iter().map(|found| {
        let facts = found.facts.clone();
        FoundJson {
            file: found.file.display().to_string(),
            line: found.line,
            path: found.path.display().to_string(),
            fate: found.fate.to_string(),
            headline: facts.headline,
            byline: facts.byline,
            outlet: facts.outlet,
            date: facts.date,
            language: facts.language,
            section: facts.section,
            address: facts.address,
            fields: facts.fields,
            begins: found.begins.clone(),
            left_out: found.left_out.clone(),
        }
    });
    found.collect()
}

/// Shows each article with how it begins, what is known about it and what is not in its text.
pub(super) fn show_found(report: &ImportReport, terminal: &mut Terminal) -> io::Result<()> {
    for found in report.found.iter() {
        let path = found.path.display();
        terminal.line(format_args!("{path}: {}", found.fate))?;
        let lines = [
            ("begins", found.begins.clone()),
            ("known", found.known()),
            ("left out", found.left_out.join("; ")),
        ];
        for (name, line) in lines.iter().filter(|(_, line)| !line.is_empty()) {
            terminal.line(format_args!("    {name}: {line}"))?;
        }
    }
    if report.found.more() > 0 {
        let more = count(report.found.more(), "more article");
        terminal.line(format_args!("and {more}"))?;
    }
    terminal.flush()
}

/// What became of the articles, and how much of each kind is not in their texts.
pub(super) fn say_found(report: &ImportReport, terminal: &mut Terminal) {
    terminal.say(report.found_words());
    let left_out = report.left_out_words();
    if !left_out.is_empty() {
        terminal.say(format_args!(
            "not in the texts: {left_out}; --dry-run lists them"
        ));
    }
    if !report.kept.is_empty() {
        terminal.say(format_args!("{} copied", count(report.kept.len(), "file")));
    }
}
