//! `suggest --with`: programs that suggest, and all they can do wrong.

use std::fmt::Write as _;

use pullquote::model::{Annotation, Origin};

use crate::support::{Ran, TestCorpus};

const TEXT: &str = "“Yes,” Ann Lee said. Né.";
const WITH: &str = "/bin/sh model.sh";

/// Adds a quote and its speaker to documents that have no tags.
const GOOD: &str = r#"sed -e 's/"spans":\[\]/"spans":[{"id":"q","label":"quote","start":0,"end":6,"confidence":0.9},{"id":"s","label":"speaker","start":7,"end":14}]/' -e 's/"links":\[\]/"links":[{"from":"q","to":"s","role":"speaker","confidence":0.8}]/'"#;

/// Leaves out all tags and links.
const BARE: &str = r#"sed 's/"spans":.*"people"/"spans":[],"links":[],"people"/'"#;

fn line(id: &str) -> String {
    serde_json::json!({ "id": id, "text": TEXT, "lang": "en" }).to_string() + "\n"
}

/// Runs a shell script as the program, on these lines.
fn run(script: &str, input: &str, more: &[&str]) -> Ran {
    let args = ["suggest", "-", "--with", WITH].iter().chain(more);
    TestCorpus::new()
        .file("model.sh", script)
        .run_with(input, args)
}

fn spans(row: &str) -> usize {
    let row: serde_json::Value = serde_json::from_str(row).unwrap();
    row["spans"].as_array().unwrap().len()
}

#[test]
fn what_a_program_adds_is_an_open_suggestion() {
    let ran = run(GOOD, &(line("a") + &line("b")), &[]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{ran}");
    for (row, id) in ran.stdout.lines().zip(["a", "b"]) {
        assert!(row.starts_with(&format!("{{\"id\":\"{id}\",")), "{row}");
        assert!(row.ends_with(r#","lang":"en"}"#), "{row}");
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        for span in row["spans"].as_array().unwrap() {
            assert_eq!(span["by"], "suggester:model/model");
            assert_eq!(span["verdict"], "open");
        }
        assert_eq!(row["spans"][0]["confidence"], 0.9);
        assert_eq!(row["links"][0]["from"], row["spans"][0]["id"]);
        assert_eq!(row["links"][0]["to"], row["spans"][1]["id"]);
        assert_eq!(row["links"][0]["confirmed"], false);
        assert_eq!(row["links"][0]["confidence"], 0.8);
    }
    assert_eq!(ran.stdout.lines().count(), 2);
    // It goes in again, and nothing is added.
    let again = run("cat", &ran.stdout, &[]);
    assert_eq!(again.stdout, ran.stdout);
}

#[test]
fn articles_are_saved_once_and_not_suggested_again() {
    let corpus = TestCorpus::new()
        .file("a.txt", TEXT)
        .file("b.txt", TEXT)
        .file("model.sh", GOOD);
    let listed = corpus.run(["suggest", "--with", WITH, "."]);
    assert_eq!(listed.status, Some(0), "{listed}");
    let row = "./a.txt:1:1: direct 0.90 Ann Lee: “Yes,”\n";
    assert!(listed.stdout.starts_with(row), "{listed}");
    assert!(listed.stderr.contains("2 tags suggested"), "{listed}");
    assert_eq!(corpus.names().len(), 3, "nothing is written");
    let ran = corpus.run(["suggest", "--write", "--with", WITH, "."]);
    assert!(ran.stderr.contains("saved in 2 sidecars"), "{ran}");
    let document = corpus.document("a.txt", "");
    assert_eq!(document.set().annotation_count(), 2);
    assert_eq!(document.set().link_count(), 1);
    let tags = || document.set().annotations();
    assert!(tags().all(Annotation::is_open_suggestion));
    assert!(tags().all(|tag| tag.origin == Origin::Suggester("model/model".into())));
    assert_eq!(corpus.run(["check", "."]).status, Some(0));
    let written = corpus.files();
    let bare = format!("{BARE} | {GOOD}");
    std::fs::write(corpus.path("model.sh"), bare).unwrap();
    let again = corpus.run(["suggest", "--write", "--with", WITH, "."]);
    assert_eq!(again.status, Some(0), "{again}");
    std::fs::write(corpus.path("model.sh"), GOOD).unwrap();
    assert_eq!(corpus.files(), written);
}

#[test]
fn tags_that_are_there_stay_when_a_program_leaves_them_out() {
    let first = run(GOOD, &line("a"), &[]).stdout;
    let ran = run(BARE, &first, &[]);
    assert_eq!((ran.status, &ran.stdout), (Some(0), &first), "{ran}");
    // The same tags under other ids are the same tags.
    let again = format!("{BARE} | {GOOD}");
    let ran = run(&again, &first, &[]);
    assert_eq!((ran.status, &ran.stdout), (Some(0), &first), "{ran}");
}

#[test]
fn the_rules_suggest_where_kinds_are_named() {
    let alone = run("cat", &line("a"), &[]);
    assert_eq!(spans(&alone.stdout), 0);
    let both = run("cat", &line("a"), &["--kind", "direct"]);
    assert_eq!(spans(&both.stdout), 2, "{both}");
    let both = run(GOOD, &line("a"), &["--kind", "direct"]);
    assert_eq!(spans(&both.stdout), 2, "not twice: {both}");
    let sure = run(GOOD, &line("a"), &["--min-confidence", "0.95"]);
    assert_eq!(spans(&sure.stdout), 1, "{sure}");
}

#[test]
fn an_answer_that_does_not_fit_is_told_and_not_taken() {
    let span = |span: &str| format!(r#"sed 's/"spans":\[\]/"spans":[{span}]/'"#);
    let cases = [
        (
            "sed 's/Ann/Eve/'".to_owned(),
            "its text differs from character 7",
        ),
        (
            span(r#"{"label":"quote","start":0,"end":999}"#),
            "999 is outside the text",
        ),
        (span(r#"{"label":"quote","start":4,"end":4}"#), "is empty"),
        (
            span(r#"{"label":"quote","start":0,"end":23}"#),
            "splits a character",
        ),
        (
            span(r#"{"label":"mood","start":0,"end":6}"#),
            "`mood` is no label",
        ),
        (
            span(r#"{"label":"quote","start":0,"end":6,"text":"Yes"}"#),
            "is at its offsets",
        ),
        (
            span(r#"{"label":"quote","start":0,"end":6,"confidence":7}"#),
            "from 0 to 1",
        ),
        (
            span(r#"{"label":"quote","start":0,"end":6,"attributes":{"form":"loud"}}"#),
            "no value of `form`",
        ),
        (
            span(r#"{"label":"quote","start":0,"end":6,"person":"p"}"#),
            "the person `p`",
        ),
        (
            span(r#"{"start":0,"end":6}"#),
            "the field `label` is missing",
        ),
        (
            r#"sed 's/"links":\[\]/"links":[{"from":"x","to":"y","role":"speaker"}]/'"#.to_owned(),
            "names the tag `x`",
        ),
        (
            GOOD.replace(r#""role":"speaker""#, r#""role":"friend""#),
            "`friend` cannot lead",
        ),
    ];
    let text = TEXT.replace('é', "e\u{301}");
    let own = r#"{"id":"own","text":"No.","spans":[]}"#.to_owned() + "\n";
    for (script, told) in cases {
        let row = serde_json::json!({ "id": "a", "text": text }).to_string() + "\n";
        let ran = run(&script, &row, &[]);
        assert_eq!(ran.status, Some(2), "nothing was answered: {script}\n{ran}");
        let place = "stdin:1:1: document `a`: line 1 of `model`: ";
        assert!(ran.stderr.starts_with(place), "{script}\n{ran}");
        assert!(ran.stderr.contains(told), "{script}\n{ran}");
        assert_eq!(spans(ran.stdout.trim()), 0, "{script}\n{ran}");
        // A document that fits is taken all the same.
        let commands = script.trim_start_matches("sed ").trim_start_matches("-e ");
        let only_a = format!(r#"sed -e '/"id":"own"/b' -e {commands}"#);
        let ran = run(&only_a, &(row + &own), &[]);
        assert_eq!(ran.status, Some(1), "{script}\n{ran}");
        assert_eq!(ran.stdout.lines().count(), 2);
    }
}

#[test]
fn lines_that_answer_nothing_are_told() {
    let input = line("a") + &line("b");
    for (script, told, rows) in [
        ("echo hello; cat", "model:1:1: this line is not JSON", 2),
        (
            "echo 7; cat",
            "model:1:1: this line is no object with an `id`",
            2,
        ),
        (
            "printf '\\377\\n'; cat",
            "model:1:1: this line is not UTF-8",
            2,
        ),
        (
            "sed p",
            "model:2:1: the document `a` was not asked for, or is answered already",
            2,
        ),
        (
            "cat; echo '{\"id\":\"z\"}'",
            "model:3:1: the document `z` was not asked for",
            2,
        ),
        (
            "sed 1d",
            "stdin:1:1: document `a`: the program wrote no line for this document",
            2,
        ),
        (
            "cat; exit 4",
            "model:1:1: it ended with exit code 4 after its last answer",
            2,
        ),
        (
            "sed 1q; exit 3",
            "document `b`: nothing is suggested: `model`: it ended with exit code 3",
            2,
        ),
    ] {
        let ran = run(script, &input, &[]);
        assert_eq!(ran.status, Some(1), "{script}\n{ran}");
        assert!(ran.stderr.contains(told), "{script}\n{ran}");
        assert_eq!(ran.stdout.lines().count(), rows, "{script}\n{ran}");
    }
}

#[test]
fn a_program_that_does_not_work_ends_with_2() {
    for (script, told) in [
        ("exit 7", "it ended with exit code 7 before it answered"),
        ("kill -9 $$", "it was ended (signal: 9"),
        ("exec sleep 30", "no answer within 0.5 s"),
        ("while :; do echo x; done", "100 lines in a row"),
        (
            "exec <&-; exec >&-; exec sleep 30",
            "it closed its output before it answered",
        ),
    ] {
        let ran = run(script, &(line("a") + &line("b")), &["--timeout", "0.5"]);
        assert_eq!(ran.status, Some(2), "{script}\n{ran}");
        assert!(ran.stderr.contains(told), "{script}\n{ran}");
        let rows: Vec<&str> = ran.stdout.lines().collect();
        assert_eq!(rows.len(), 2, "as they were: {script}\n{ran}");
        assert!(rows.iter().all(|row| spans(row) == 0));
    }
    let corpus = TestCorpus::new().file("a.txt", TEXT);
    let ran = corpus.run(["suggest", "--write", "--with", "/no/such/program", "."]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(
        ran.stderr.contains("`/no/such/program` cannot be started"),
        "{ran}"
    );
    let ran = corpus.run(["suggest", "--write", "--with", "/bin/sh -c 'exit 1'", "."]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert_eq!(corpus.names(), ["a.txt"]);
    for args in [
        &["suggest", ".", "--with", "a 'b"][..],
        &["suggest", ".", "--with", ""],
        &["suggest", ".", "--timeout", "5"],
        &["suggest", ".", "--with", "cat", "--timeout", "-1"],
    ] {
        assert_eq!(corpus.run(args.iter().copied()).status, Some(2), "{args:?}");
    }
}

#[test]
fn standard_error_goes_through_escaped() {
    let ran = run(r"printf '\033[1mloading\n' >&2; cat", &line("a"), &[]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert_eq!(ran.stderr, "\\u{1b}[1mloading\n");
}

#[test]
fn full_pipes_and_long_inputs_do_not_block() {
    let mut input = String::new();
    for n in 0..2_500 {
        let text = format!("Day {n}. {}", "The tide was out. ".repeat(40));
        let row = serde_json::json!({ "id": format!("d{n}"), "text": text });
        let _ = writeln!(input, "{row}");
    }
    // The second writes nothing until it has read all it gets at a time.
    for script in ["cat", "sed ''", "exec cat 2>&1"] {
        let corpus = TestCorpus::new()
            .file("model.sh", script)
            .file("in.jsonl", &input);
        let file = std::fs::File::open(corpus.path("in.jsonl")).unwrap();
        let mut command = corpus.command();
        let ran = command.args(["suggest", "-", "--with", WITH]).stdin(file);
        let ran = ran.output().unwrap();
        let told = String::from_utf8(ran.stderr).unwrap();
        assert_eq!((ran.status.code(), &*told), (Some(0), ""), "{script}");
        let written = String::from_utf8(ran.stdout).unwrap();
        let ids = written.lines().enumerate();
        for (n, row) in ids {
            assert!(row.starts_with(&format!("{{\"id\":\"d{n}\",")), "{row}");
        }
        assert_eq!(written.lines().count(), 2_500);
    }
}
