//! How fast quotes are suggested: `cargo bench --bench suggest`. The name of a benchmark as argument runs it
//! alone.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on may panic"
)]

use std::fmt::Write as _;
use std::io::Cursor;
use std::thread::available_parallelism;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use pullquote::format::schema_file::default_schema;
use pullquote::model::Document;
use pullquote::ops::{SuggestLinesRequest, SuggestionOptions, suggest_lines, suggestions};
use pullquote::text::SourceText;

/// So many articles are in the corpus.
const ARTICLES: usize = 500;

/// Paragraphs of news, each with other names and numbers.
fn paragraph(n: usize) -> String {
    const NAMES: [&str; 6] = [
        "Jean Mackay",
        "Tom Reid",
        "Amina Odera",
        "Ruth Svensson",
        "Paul van Dijk",
        "Mei Tan",
    ];
    const PLACES: [&str; 4] = ["harbour", "library", "bridge", "theatre"];
    let name = NAMES[n % NAMES.len()];
    let surname = name.split(' ').next_back().unwrap();
    let place = PLACES[n / 3 % PLACES.len()];
    match n % 5 {
        0 => format!("“The {place} will open in {n} days,” director {name} said. “We are ready.”"),
        1 => format!(
            "{surname} told reporters that the {place} had cost “far more than {n} people” thought."
        ),
        2 => format!(
            "The {place} was built in {}, when the town was still small and the river wide.",
            1900 + n % 90
        ),
        3 => {
            format!("According to {name}, the council asked whether the {place} was needed at all.")
        }
        _ => format!(
            "“Who is going to pay for it?” asked {name}, who has lived near the {place} for {n} years."
        ),
    }
}

fn article(n: usize) -> String {
    let mut text = format!("News of day {n}\n");
    for paragraph_number in n..n + 25 {
        let _ = write!(text, "\n{}\n", paragraph(paragraph_number));
    }
    text
}

fn corpus() -> String {
    let mut lines = String::new();
    for n in 0..ARTICLES {
        let id = format!("article-{n}");
        let line = serde_json::json!({ "id": id, "text": article(n) });
        let _ = writeln!(lines, "{line}");
    }
    lines
}

fn document(text: String) -> Document {
    Document::new(SourceText::new(text, "UTF-8").unwrap())
}

/// Articles per second of the rules alone, on one core.
#[divan::bench(sample_count = 5)]
fn articles(bencher: Bencher) {
    let schema = default_schema().unwrap();
    let options = SuggestionOptions::default();
    let documents: Vec<Document> = (0..ARTICLES).map(|n| document(article(n))).collect();
    bencher.counter(ItemsCount::new(ARTICLES)).bench(|| {
        let found = documents
            .iter()
            .map(|one| suggestions(one, &schema, &options, None));
        found.map(|found| found.len()).sum::<usize>()
    });
}

/// Articles per second from line to line, on one core and on all.
#[divan::bench(sample_count = 5, args = [1, available_parallelism().unwrap().get()])]
fn lines(bencher: Bencher, jobs: usize) {
    let corpus = corpus();
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .with_inputs(|| Cursor::new(corpus.clone()))
        .bench_values(|input| {
            let request = SuggestLinesRequest {
                schema: default_schema().unwrap(),
                options: SuggestionOptions::default(),
                learned: None,
                model: None,
                model_confidence: None,
                jobs,
            };
            suggest_lines(input, &mut std::io::sink(), request, &mut |_| {}).unwrap()
        });
}

/// A novel.
#[divan::bench(sample_count = 5)]
fn text_of_1_mb(bencher: Bencher) {
    let mut text = String::new();
    for n in 0.. {
        if text.len() > 1_000_000 {
            break;
        }
        let _ = write!(text, "{}\n\n", paragraph(n));
    }
    let schema = default_schema().unwrap();
    let options = SuggestionOptions::default();
    let bytes = text.len();
    let document = document(text);
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| suggestions(&document, &schema, &options, None).len());
}

fn main() {
    divan::main();
}
