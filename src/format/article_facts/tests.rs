use super::*;
use crate::format::sidecar;
use crate::text::SourceText;

const FULL: &str = r#"#![enable(implicit_some)]
Article(version: 1,
    headline: "“No deal”",
    byline: "By Jane Doe and Tom Roe",
    outlet: "The Daily",
    date: "2024-05",
    language: "en-GB",
    section: "World",
    address: "https://example.org/a?b=1",
    imported_from: (file: "week 22.docx", sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", page: 7),
    fields: {
        "edition": "late",
        "length": "613 words",
    },
    labels: [
        "politics",
        "war",
    ],
    notes: [
        (text: "cut", by: "maria", when: "2024-06-02T09:00:00Z", pinned: true),
        (text: "again"),
    ],
    conflicts: [
        (fact: "section", theirs: "Europe", since: 3),
    ],
    rights: ["all", (reserved: true)],
)
"#;

fn told(contents: &FactsContents) -> Vec<String> {
    let problems = contents.problems.iter();
    problems
        .map(|problem| format!("{}: {}", problem.line, problem.message))
        .collect()
}

#[test]
fn a_full_file_is_read_and_written_as_it_was() {
    let contents = read(FULL.as_bytes()).unwrap();
    assert_eq!(contents.version, 1);
    assert_eq!(contents.facts.byline, "By Jane Doe and Tom Roe");
    assert_eq!(contents.facts.fields["edition"], "late");
    assert_eq!(contents.facts.notes[0].by, "maria");
    assert_eq!(contents.facts.notes[0].unknown[0].raw, "true");
    assert_eq!(contents.facts.unknown[0].raw, "[\"all\", (reserved: true)]");
    assert_eq!(write(&contents.facts), FULL);
    assert_eq!(
        told(&contents),
        [
            "24: `section` has a second value, \"Europe\"; keep one of the two and remove this line",
            "26: `rights` is not a fact this version knows; it is kept as it is",
        ]
    );
}

#[test]
fn very_many_facts_of_another_version_are_kept_and_counted() {
    let unknown: String = (0..1_000).map(|n| format!("    new{n}: {n},\n")).collect();
    let text = format!("Article(version: 1,\n{unknown})\n");
    let contents = read(text.as_bytes()).unwrap();
    assert_eq!(contents.facts.unknown.len(), 1_000);
    let told = told(&contents);
    assert_eq!(told.len(), 201);
    assert_eq!(
        told[200],
        "202: 800 more facts this version does not know; kept as they are"
    );
}

#[test]
fn nothing_known_is_a_file_all_the_same() {
    let empty = write(&ArticleFacts::default());
    assert_eq!(empty, "#![enable(implicit_some)]\nArticle(version: 1,\n)\n");
    assert!(read(empty.as_bytes()).unwrap().facts.is_empty());
    for nothing in ["", " \n", "\u{feff}", "()", "Article()"] {
        let contents = read(nothing.as_bytes()).unwrap();
        assert!(
            contents.facts.is_empty() && !contents.is_newer(),
            "{nothing}"
        );
        let is_told = !contents.problems.is_empty();
        assert_eq!(is_told, !nothing.contains('('), "{nothing}");
    }
}

#[test]
fn any_ron_of_the_shape_will_do() {
    let text = "\u{feff}// by hand\n( /* no version */ labels: [\"b\", \"a\", \"b\",],\r\n\
                headline: r#\"raw \"string\"\"#, fields: {\"x\": \"1\"} )";
    let facts = read(text.as_bytes()).unwrap().facts;
    assert_eq!(facts.headline, "raw \"string\"");
    let labels: Vec<_> = facts.labels.iter().collect();
    assert_eq!(labels, ["a", "b"]);
}

#[test]
fn what_cannot_be_read_is_told_and_kept_where_it_was() {
    let text = "#![enable(implicit_some)]
Article(version: 1,
    headline: 5,
    date: \"last week\",
    address: \"example.org\",
    fields: {
        \"pages\": [1, 2],
    },
    labels: [
        \"war\",
        Quoted,
    ],
    notes: [
        \"only words\",
    ],
    conflicts: [
        (fact: \"headline\"),
    ],
)
";
    let contents = read(text.as_bytes()).unwrap();
    assert_eq!(write(&contents.facts), text);
    let lines: Vec<_> = contents
        .problems
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert_eq!(lines, [3, 4, 5, 7, 11, 14, 17], "{:#?}", told(&contents));
}

#[test]
fn what_takes_the_place_of_the_unreadable_keeps_it_beside() {
    let mut facts = read(b"(headline: 5, labels: \"war\", fields: 3)")
        .unwrap()
        .facts;
    facts.headline = "Five".to_owned();
    facts.labels.insert("peace".to_owned());
    facts.fields.insert("x".to_owned(), "y".to_owned());
    let text = write(&facts);
    for kept in [
        "(fact: \"headline\", theirs: 5)",
        "(fact: \"labels\", theirs: \"war\")",
        "(fact: \"fields\", theirs: 3)",
    ] {
        assert!(text.contains(kept), "{text}");
    }
}

#[test]
fn what_stands_twice_is_kept_twice() {
    let text = "(headline: \"a\", headline: \"b\", labels: [\"x\"], labels: [\"y\"], new: 1, new: 2, \
                fields: {\"k\": \"1\", \"k\": \"2\"})";
    let contents = read(text.as_bytes()).unwrap();
    let written = write(&contents.facts);
    for kept in [
        "    headline: \"a\",",
        "(fact: \"headline\", theirs: \"b\")",
        "\"x\",\n        \"y\",",
        "new: 1,\n    new: 2,",
        "\"k\": \"1\"",
        "(fact: \"fields/k\", theirs: \"2\")",
    ] {
        assert!(written.contains(kept), "{written}");
    }
}

#[test]
fn a_newer_version_is_read_as_far_as_it_goes() {
    let contents = read(b"Article(version: 7, headline: \"x\", mood: Grim)").unwrap();
    assert!(contents.is_newer());
    assert_eq!(contents.facts.headline, "x");
}

#[test]
fn damage_is_named_with_its_place() {
    let error = |text: &[u8]| read(text).unwrap_err();
    assert_eq!(
        error(b"Article(version: 1,\n  headline: \"x\n").place().0,
        2
    );
    assert_eq!(error(b"Article(\n  headline: x y\n)").place().0, 2);
    assert_eq!(error(b"Article(\n  \"\xFF\")").place(), (2, 4));
    assert_eq!(error(b"Article(version: \"one\")").place(), (1, 1));
    assert!(
        error(b"Other(x: 1)")
            .to_string()
            .starts_with("line 1, column ")
    );
}

#[test]
fn a_sidecar_is_told_from_facts() {
    let source = SourceText::new("“Yes,” he said.", "UTF-8").unwrap();
    let mut document = crate::model::Document::new(source.clone());
    document.parts_mut().meta.annotator = Some("meta".into());
    let written = sidecar::write(&document, "a.txt");
    let cut = &written.as_bytes()[..written.len() / 2];
    for text in [
        written.as_bytes(),
        cut,
        b"// mine\nPullquote(",
        b"(version: 1, annotations: [])",
    ] {
        let words = String::from_utf8_lossy(text);
        assert_eq!(read(text), Err(FactsError::Sidecar), "{words}");
        assert!(!is_facts(text), "{words}");
    }
    assert!(is_facts(FULL.as_bytes()) && is_facts(b"Article(damaged"));
}

/// Version 0.1 took the file for a sidecar: it must refuse it as a whole, or `check --fix` would have
/// written over it.
#[test]
fn a_program_that_knows_no_facts_refuses_the_file() {
    let source = SourceText::new("“Yes,” he said.", "UTF-8").unwrap();
    assert!(sidecar::read_bytes(FULL.as_bytes(), &source).is_err());
    assert_eq!(sidecar::recorded_source(FULL.as_bytes()), None);
}

#[test]
fn facts_merge_one_by_one() {
    let base = "(headline: \"a\", outlet: \"o\", date: \"2024\", section: \"s\", labels: [\"x\", \"y\"], old: 1)";
    let ours = "(headline: \"b\", outlet: \"o\", section: \"s2\", labels: [\"x\", \"z\"], fields: {\"k\": \"v\"}, old: 1)";
    let theirs = "(headline: \"c\", outlet: \"p\", date: \"2025\", labels: [\"x\", \"y\", \"a\"], notes: [(text: \"n\")], old: 2)";
    let merged = merge(Some(base.as_bytes()), ours.as_bytes(), theirs.as_bytes()).unwrap();
    assert_eq!(
        merged.text,
        "#![enable(implicit_some)]
Article(version: 1,
    headline: \"b\",
    outlet: \"p\",
    date: \"2025\",
    section: \"s2\",
    fields: {
        \"k\": \"v\",
    },
    labels: [
        \"a\",
        \"x\",
        \"z\",
    ],
    notes: [
        (text: \"n\"),
    ],
    conflicts: [
        (fact: \"headline\", theirs: \"c\"),
    ],
    old: 2,
)
"
    );
    let clashes: Vec<_> = merged
        .clashes
        .iter()
        .map(|clash| (&*clash.fact, clash.kind, clash.line))
        .collect();
    assert_eq!(
        clashes,
        [
            ("headline", FactClashKind::Differs, 3),
            ("section", FactClashKind::DeletedByThem, 6),
            ("date", FactClashKind::DeletedByUs, 5),
        ]
    );
}

#[test]
fn what_cannot_be_merged_says_why() {
    let error = |ours: &[u8], theirs: &[u8]| merge(None, ours, theirs).unwrap_err().to_string();
    assert!(error(b"()", b"(headline: ").starts_with("theirs: line 1, "));
    assert!(error(b"(version: 9)", b"()").starts_with("ours: file version 9 "));
    assert!(error(b"Pullquote(version: 1)", b"()").contains("this is a sidecar"));
}
