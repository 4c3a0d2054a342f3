use std::process::Stdio;

use insta::assert_snapshot;

use crate::support::TestCorpus;

#[test]
fn help_tells_what_there_is() {
    let corpus = TestCorpus::new();
    assert_snapshot!(corpus.run(["--help"]), @"");
    assert_snapshot!(corpus.run(["export", "-h"]), @"");
}

#[test]
fn the_version_is_the_package_s() {
    let ran = TestCorpus::new().run(["--version"]);
    assert_eq!(
        ran.stdout,
        format!("pullquote {}\n", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    let corpus = TestCorpus::new();
    assert_snapshot!(corpus.run(["check"]), @"");
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl", "--by", "Maria K."]), @"");
    assert_snapshot!(corpus.run(["--no-such-flag"]), @"");
}

#[test]
fn formats_are_listed_with_what_they_carry() {
    let corpus = TestCorpus::new();
    assert_snapshot!(corpus.run(["formats"]), @"");
    assert_snapshot!(corpus.run(["formats", "--json"]), @"");
}

#[test]
fn unknown_formats_are_named_with_those_there_are() {
    let corpus = TestCorpus::new().file("a.txt", "text");
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "csvv"]), @"");
    assert_snapshot!(corpus.run(["import", "a.txt", "--from", "csvv", "--into", "x"]), @"");
    assert_eq!(corpus.names(), ["a.txt"]);
}

#[test]
fn completions_and_manual_pages_are_made() {
    let corpus = TestCorpus::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = corpus.run(["completions", shell]);
        assert!(
            ran.status == Some(0) && ran.stdout.contains("pullquote"),
            "{ran}"
        );
    }
    let ran = corpus.run(["man"]);
    assert!(
        ran.status == Some(0) && ran.stdout.contains(".TH pullquote 1"),
        "{ran}"
    );
    let ran = corpus.run(["man", "export"]);
    assert!(ran.stdout.contains(r"\-\-strict"), "{ran}");
    assert_snapshot!(corpus.run(["man", "exprot"]), @"");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let corpus = TestCorpus::new();
    let mut child = corpus
        .command()
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
#[cfg(not(feature = "gui"))]
fn a_build_without_window_says_so() {
    let corpus = TestCorpus::new().file("check/a.txt", "text");
    assert_snapshot!(corpus.run(["./check"]), @"");
}
