//! Odd and hostile input, a kind in each row, with real files. The program always answers in words,
//! keeps what is intact and writes no article.

mod edits;
#[cfg(unix)]
mod links;
mod names;
mod places;
mod records;
mod sidecar_files;
mod sources;
#[cfg(unix)]
mod told;
mod unharmed;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::{TestCorpus, Work};

/// A kind of input, in words, and the test of it.
type Row = (&'static str, fn());

#[test]
fn every_row_is_green() {
    let tables = [
        sources::ROWS,
        places::ROWS,
        records::ROWS,
        sidecar_files::ROWS,
        names::ROWS,
        edits::ROWS,
    ];
    let rows: Vec<&Row> = tables.into_iter().flatten().collect();
    let failed: Vec<&str> = rows
        .iter()
        .filter(|(_, row)| catch_unwind(AssertUnwindSafe(row)).is_err())
        .map(|(name, _)| *name)
        .collect();
    println!(
        "hostile folders: {} of {} kinds handled",
        rows.len() - failed.len(),
        rows.len()
    );
    assert!(failed.is_empty(), "not green: {failed:?}");
}

/// Opens an article of a corpus.
fn open(corpus: &TestCorpus, name: &str) -> Work {
    Work::open(&corpus.path(name), &corpus.state())
        .unwrap_or_else(|error| panic!("{name} does not open: {error}"))
}

/// An article of a corpus as the window opens it.
#[cfg(unix)]
fn opened(corpus: &TestCorpus, name: &str) -> pullquote::ops::Opened {
    let request = pullquote::ops::OpenRequest {
        article: corpus.path(name),
        ..pullquote::ops::OpenRequest::default()
    };
    pullquote::ops::open_in(&request, Some(&corpus.state())).unwrap()
}

/// Why an article of a corpus does not open, in words.
fn refusal(corpus: &TestCorpus, name: &str) -> String {
    match Work::open(&corpus.path(name), &corpus.state()) {
        Ok(_) => panic!("{name} was opened"),
        Err(error) => error.to_string(),
    }
}

/// A sidecar of `text` with these records, as someone may have written it.
fn sidecar(text: &str, annotations: &[&str], links: &[&str]) -> String {
    let source = pullquote::text::SourceText::new(text, "UTF-8").unwrap();
    let records = |records: &[&str]| {
        let lines = records.iter().map(|record| format!("        {record},\n"));
        lines.collect::<String>()
    };
    format!(
        "Pullquote(\n    version: 1,\n    source: (file: \"a.txt\", sha256: \"{}\", chars: {}, \
         encoding: \"UTF-8\"),\n    people: [\n    ],\n    annotations: [\n{}    ],\n    links: \
         [\n{}    ],\n)\n",
        source.sha256(),
        source.chars(),
        records(annotations),
        records(links)
    )
}

/// A named pipe without a writer: opening it blocks for ever.
#[cfg(unix)]
fn fifo(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}
