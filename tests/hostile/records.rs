use pullquote::ops::{Command, Edit, Gesture, Move, TagFilter};

use super::{Row, open, sidecar};
use crate::support::{TestCorpus, Work};

pub(super) const ROWS: &[Row] = &[
    ("one id twice", one_id_twice),
    ("links to nowhere", links_to_nowhere),
    ("links in a circle", links_in_a_circle),
    ("links to oneself", links_to_oneself),
    ("names of other files as the source", other_files),
];

const TEXT: &str = "“Yes,” he said. “No.”";
const Q1: &str = "(id: \"q1\", label: \"quote\", at: [(0, 6)], text: [\"“Yes,”\"])";
const Q2: &str = "(id: \"q2\", label: \"quote\", at: [(16, 21)], text: [\"“No.”\"])";

fn corpus(annotations: &[&str], links: &[&str]) -> TestCorpus {
    TestCorpus::new()
        .file("a.txt", TEXT)
        .file("a.txt.ron", sidecar(TEXT, annotations, links))
}

fn one_id_twice() {
    // The same twice is one; two that differ are kept both.
    let other = Q1.replace("quote", "claim");
    let corpus = corpus(&[Q1, Q1, &other, Q2], &[]);
    let mut work = open(&corpus, "a.txt");
    assert_eq!(work.open.document().set().annotation_count(), 2);
    work.tag("speaker", "he");
    work.save().unwrap();
    assert!(corpus.read("a.txt.ron").contains(&other));
    let checked = corpus.run(["check", "a.txt"]);
    assert_eq!(checked.status, Some(1), "{checked}");
    assert!(checked.stdout.contains("q1"), "{checked}");
}

/// Walks, links, deletes and undoes until nothing more can be done; it ends.
fn work_on(mut work: Work) {
    let before = work.open.document().clone();
    for command in [
        Command::from(Gesture::NextTag(TagFilter::default())),
        Command::from(Move::Outward),
        Command::from(Move::Inward),
        Command::from(Gesture::NextCandidate),
        Command::from(Gesture::Confirm),
        Command::from(Edit::NotGiven),
        Command::from(Move::PreviousTag(TagFilter::default())),
        Command::from(Gesture::Escape),
    ] {
        for _ in 0..5 {
            work.try_run(command.clone());
        }
    }
    let tags: Vec<_> = before
        .set()
        .annotations()
        .map(|tag| tag.id.clone())
        .collect();
    for tag in &tags {
        work.try_run(Move::GoTo(tag.clone()));
        work.run(Edit::Delete(Some(tag.clone())));
    }
    while work.try_run(Gesture::Undo) {}
    assert_eq!(work.open.document().set(), before.set());
    while work.try_run(Gesture::Redo) {}
    while work.try_run(Gesture::Undo) {}
    work.tag("speaker", "he");
    work.save().unwrap();
}

fn links_to_nowhere() {
    let links = [
        "(id: \"l1\", role: \"speaker\", from: \"q1\", to: Annotation(\"gone\"))",
        "(id: \"l2\", role: \"speaker\", from: \"gone\", to: Annotation(\"q1\"))",
        "(id: \"l3\", role: \"speaker\", from: \"q2\", to: Person(\"gone\"))",
        "(id: \"l4\", role: \"no such role\", from: \"q2\", to: Annotation(\"q1\"))",
    ];
    let corpus = corpus(&[Q1, Q2], &links);
    let checked = corpus.run(["check", "a.txt"]);
    assert_eq!(checked.status, Some(1), "{checked}");
    for id in ["l1", "l2", "l3", "l4"] {
        assert!(
            checked.stdout.contains(&format!("link `{id}`")),
            "{checked}"
        );
    }
    let work = open(&corpus, "a.txt");
    assert_eq!(work.open.document().set().link_count(), 4);
    work_on(work);
    assert!(corpus.read("a.txt.ron").contains("from: \"gone\""));
}

fn links_in_a_circle() {
    let links = [
        "(id: \"l1\", role: \"speaker\", from: \"q1\", to: Annotation(\"q2\"))",
        "(id: \"l2\", role: \"speaker\", from: \"q2\", to: Annotation(\"q1\"))",
    ];
    let corpus = corpus(&[Q1, Q2], &links);
    work_on(open(&corpus, "a.txt"));
    assert_eq!(open(&corpus, "a.txt").open.document().set().link_count(), 2);
}

fn links_to_oneself() {
    let link = "(id: \"l1\", role: \"speaker\", from: \"q1\", to: Annotation(\"q1\"))";
    let corpus = corpus(&[Q1, Q2], &[link]);
    work_on(open(&corpus, "a.txt"));
    assert_eq!(corpus.run(["check", "a.txt"]).status, Some(1));
    assert_eq!(corpus.run(["export", ".", "--to", "jsonl"]).status, Some(0));
}

/// The name is for people who read the file; it is never opened.
fn other_files() {
    for name in [
        "../../etc/passwd",
        "../secret.txt",
        "/etc/passwd",
        "C:\\\\Windows\\\\win.ini",
        "\\\\\\\\server\\\\share\\\\x",
        "a\\u{0}b",
        "file:///etc/passwd",
        "",
    ] {
        let named =
            sidecar(TEXT, &[Q1], &[]).replace("file: \"a.txt\"", &format!("file: \"{name}\""));
        let corpus = TestCorpus::new()
            .file("a.txt", TEXT)
            .file("a.txt.ron", named)
            .file("../secret.txt", "“Oth,” he wrote elsewhere.");
        let mut work = open(&corpus, "a.txt");
        assert_eq!(work.text(), TEXT, "{name}");
        assert_eq!(work.opened.files.article, corpus.path("a.txt"));
        assert_eq!(work.open.document().set().annotation_count(), 1);
        work.tag("quote", "“No.”");
        work.save().unwrap();
        assert!(corpus.read("a.txt.ron").contains("file: \"a.txt\""));
        assert_eq!(corpus.read("../secret.txt"), "“Oth,” he wrote elsewhere.");
    }
    // Without the article there is nothing to open.
    let orphan = TestCorpus::new().file("a.txt.ron", sidecar(TEXT, &[Q1], &[]));
    assert!(super::refusal(&orphan, "a.txt").contains("no such file"));
}
