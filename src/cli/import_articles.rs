//! What an import says about the articles it found.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::terminal::Terminal;
use crate::ops::{ArticleFate, ArticleFound, ImportReport};
use crate::text::wording::{count, escaped};

/// An article that was found, in `--json` output.
#[derive(Serialize)]
pub(super) struct FoundJson {
    file: String,
    line: usize,
    path: String,
    fate: &'static str,
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
            fate: word(found.fate),
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

fn word(fate: ArticleFate) -> &'static str {
    match fate {
        ArticleFate::New => "new",
        ArticleFate::There => "there already",
        ArticleFate::Newer => "newer version",
        ArticleFate::Replaces => "replaces the older version",
    }
}

/// Shows each article with how it begins, what is known about it and what is not in its text.
pub(super) fn show_found(report: &ImportReport, terminal: &mut Terminal) -> io::Result<()> {
    for found in &report.found {
        let path = found.path.display();
        terminal.line(format_args!("{path}: {}", word(found.fate)))?;
        let lines = [
            ("begins", found.begins.clone()),
            ("known", known(found)),
            ("left out", found.left_out.join("; ")),
        ];
        for (name, line) in lines.iter().filter(|(_, line)| !line.is_empty()) {
            terminal.line(format_args!("    {name}: {line}"))?;
        }
    }
    terminal.flush()
}

/// The facts of an article in one line.
fn known(found: &ArticleFound) -> String {
    let facts = &found.facts;
    let single = [
        ("headline", &facts.headline),
        ("outlet", &facts.outlet),
        ("date", &facts.date),
        ("byline", &facts.byline),
        ("section", &facts.section),
        ("language", &facts.language),
        ("address", &facts.address),
    ];
    let fields = facts.fields.iter().map(|(name, value)| (&**name, value));
    let all = single
        .into_iter()
        .chain(fields)
        .filter(|(_, value)| !value.is_empty());
    let all: Vec<String> = all
        .map(|(name, value)| format!("{name} “{value}”"))
        .collect();
    escaped(&all.join(", ")).into_owned()
}

/// What became of the articles, and how much of each kind is not in their texts.
pub(super) fn say_found(report: &ImportReport, terminal: &mut Terminal) {
    let of = |fate| {
        report
            .found
            .iter()
            .filter(|found| found.fate == fate)
            .count()
    };
    let mut parts = Vec::new();
    for (fate, words) in [
        (ArticleFate::New, "new"),
        (ArticleFate::Replaces, "in the place of an older version"),
        (ArticleFate::Newer, "of which an older version stays"),
        (ArticleFate::There, "there already"),
    ] {
        if of(fate) > 0 {
            parts.push(format!("{} {words}", of(fate)));
        }
    }
    let found = count(report.found.len(), "article");
    terminal.say(format_args!("{found} found: {}", parts.join(", ")));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for left_out in report.found.iter().flat_map(|found| &found.left_out) {
        let kind = left_out
            .split_once(':')
            .map_or(&**left_out, |(kind, _)| kind);
        *kinds.entry(kind).or_default() += 1;
    }
    if !kinds.is_empty() {
        let kinds: Vec<String> = kinds
            .iter()
            .map(|(kind, n)| format!("{kind} ({n})"))
            .collect();
        terminal.say(format_args!(
            "not in the texts: {}; --dry-run lists them",
            kinds.join(", ")
        ));
    }
    if !report.kept.is_empty() {
        terminal.say(format_args!("{} copied", count(report.kept.len(), "file")));
    }
}
