//! How good suggestions are, on articles written for this test: what gets worse is noticed.

use serde_json::Value;

use crate::support::{TestCorpus, tagged};

const ARTICLES: [(&str, &str); 4] = [
    (
        "council.txt",
        include_str!("../fixtures/suggest/council.txt"),
    ),
    ("mill.txt", include_str!("../fixtures/suggest/mill.txt")),
    ("school.txt", include_str!("../fixtures/suggest/school.txt")),
    ("wetter.txt", include_str!("../fixtures/suggest/wetter.txt")),
];

/// The articles tagged by hand in `gold`, and in `found` as the program suggests it.
fn suggested() -> TestCorpus {
    let mut corpus = TestCorpus::new();
    for (name, notation) in ARTICLES {
        let text = tagged(notation).source().as_str().to_owned();
        corpus = corpus
            .tagged(&format!("gold/{name}"), "", notation)
            .file(&format!("found/{name}"), text);
    }
    let ran = corpus.run(["suggest", "found", "--write"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    corpus
}

fn score(corpus: &TestCorpus, more: &[&str]) -> Value {
    let args = ["score", "gold", "found", "--json"].iter().chain(more);
    serde_json::from_str(&corpus.run(args).stdout).unwrap()
}

#[track_caller]
fn at_least(figure: &Value, least: f64) {
    assert!(figure.as_f64().unwrap() >= least, "{figure} < {least}");
}

#[test]
fn quotes_and_their_speakers_are_found() {
    let corpus = suggested();
    let all = score(&corpus, &[]);
    at_least(&all["labels"]["quote"]["overlap"]["precision"], 0.9);
    at_least(&all["labels"]["quote"]["overlap"]["recall"], 0.85);
    at_least(&all["speakers"]["overlap"]["accuracy"], 0.9);
    let direct = score(&corpus, &["--form", "direct"]);
    at_least(&direct["labels"]["quote"]["exact"]["f1"], 0.9);
    at_least(&direct["quotes_with_speaker"]["f1"], 0.9);
    println!(
        "{:#}\n{:#}",
        all["labels"]["quote"], direct["labels"]["quote"]
    );
}
