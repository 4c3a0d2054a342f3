use super::{Row, open, sidecar};
use crate::support::TestCorpus;

pub(super) const ROWS: &[Row] = &[
    ("start behind the end", start_behind_end),
    ("past the end of the text", past_the_end),
    ("the largest numbers", largest),
    ("negative and fractional numbers", negative),
    ("covering nothing", zero_length),
    ("parts that overlap", overlapping),
    ("parts out of order", unsorted),
    ("no parts", none),
    ("within a character", within_a_character),
];

const TEXT: &str = "“Yes,” he said, 👩\u{200d}🔬 too. “No.”";
const GOOD: &str = "(id: \"good\", label: \"quote\", at: [(0, 6)], text: [\"“Yes,”\"])";

/// The record is set aside, the one beside it is there, and saving keeps both.
fn put_away(record: &str) {
    let corpus = TestCorpus::new()
        .file("a.txt", TEXT)
        .file("a.txt.ron", sidecar(TEXT, &[record, GOOD], &[]));
    let mut work = open(&corpus, "a.txt");
    let document = work.open.document();
    assert!(document.set().annotation(&"good".into()).is_some());
    assert_eq!(document.set().annotation_count(), 1, "{record}");
    assert!(document.unread().iter().any(|unread| unread.raw == record));
    let checked = corpus.run(["check", "a.txt"]);
    assert_eq!(checked.status, Some(1), "{checked}");
    assert!(checked.stdout.starts_with("a.txt.ron:7:1: "), "{checked}");
    work.tag("quote", "“No.”");
    work.save().unwrap();
    assert!(corpus.read("a.txt.ron").contains(record), "{record}");
    let again = open(&corpus, "a.txt");
    assert_eq!(again.open.document().set(), work.open.document().set());
    assert_eq!(again.open.document().unread().len(), 1);
}

fn at(places: &str, words: &str) -> String {
    format!("(id: \"bad\", label: \"quote\", at: [{places}], text: [{words}])")
}

fn start_behind_end() {
    put_away(&at("(6, 0)", "\"“Yes,”\""));
}

fn past_the_end() {
    put_away(&at("(0, 6000)", "\"“Yes,”\""));
    put_away(&at("(5000, 6000)", "\"“Yes,”\""));
}

fn largest() {
    put_away(&at("(0, 18446744073709551615)", "\"“Yes,”\""));
    put_away(&at("(18446744073709551615, 18446744073709551615)", "\"\""));
    put_away(&at("(0, 4294967295)", "\"“Yes,”\""));
    put_away(&at("(0, 99999999999999999999999999)", "\"“Yes,”\""));
}

fn negative() {
    put_away(&at("(-1, 6)", "\"“Yes,”\""));
    put_away(&at("(0.5, 6)", "\"“Yes,”\""));
    put_away(&at("(NaN, inf)", "\"“Yes,”\""));
}

fn zero_length() {
    put_away(&at("(3, 3)", "\"\""));
}

fn overlapping() {
    put_away(&at("(0, 6), (3, 10)", "\"“Yes,”\", \"s,” he \""));
}

fn unsorted() {
    put_away(&at("(7, 9), (0, 6)", "\"he\", \"“Yes,”\""));
}

fn none() {
    put_away(&at("", ""));
}

/// It can be shown, is flagged, and is written back as it was.
fn within_a_character() {
    let record = "(id: \"half\", label: \"quote\", at: [(16, 17)], text: [\"👩\"])";
    let corpus = TestCorpus::new()
        .file("a.txt", TEXT)
        .file("a.txt.ron", sidecar(TEXT, &[record, GOOD], &[]));
    let mut work = open(&corpus, "a.txt");
    assert_eq!(work.open.document().set().annotation_count(), 2);
    assert_eq!(work.open.problems().len(), 1);
    let checked = corpus.run(["check", "a.txt"]);
    assert!(checked.stdout.contains("splits a character"), "{checked}");
    work.tag("quote", "“No.”");
    work.save().unwrap();
    assert!(corpus.read("a.txt.ron").contains("at: [(16, 17)]"));
}
