//! What an export takes in, leaves out and loses, and what can be chosen about it.

use insta::assert_snapshot;

use crate::support::TestCorpus;

const TAGGED: &str = "\
<q1:quote>“Hé 😀,”</q1> <s1:speaker>Anna</s1> said, <q1>“go.”</q1> <q2:quote>No.</q2> <q3:quote>Hm.</q3>
---
p1 = Anna Berg
q1 form=direct
s1 is p1
q2 review=rejected
q3 verdict=open
q1 -speaker-> s1
q1 -speaker-> @p1 ?
q2 -speaker-> nobody
q3 -speaker-> s1";

/// The ids of the tags an export takes in.
fn ids(corpus: &TestCorpus, filter: &[&str]) -> Vec<String> {
    let ran = corpus.run([&["export", "a.txt", "--to", "jsonl"], filter].concat());
    let rows = ran.stdout.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let spans = row["spans"].as_array().unwrap().clone();
        let ids = spans
            .iter()
            .map(|span| span["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    });
    rows.flatten().collect()
}

#[test]
fn an_export_takes_in_what_is_asked_for() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    for (filter, expected) in [
        (&[][..], &["q1", "s1"][..]),
        (&["--all"], &["q1", "s1", "q2", "q3"]),
        (&["--label", "speaker"], &["s1"]),
        (&["--label", "speaker", "--label", "quote"], &["q1", "s1"]),
        (&["--attribute", "form=direct"], &["q1"]),
        (&["--attribute", "form=indirect"], &[]),
        (&["--review", "rejected"], &["q2"]),
        (&["--review", "unreviewed"], &["q1", "s1"]),
        (&["--person", "Anna Berg"], &["q1", "s1"]),
        (&["--person", "Anna Berg", "--label", "quote"], &["q1"]),
        (&["--person", "Tom"], &[]),
        (&["--state", "new"], &["q1", "s1"]),
        (&["--state", "in-progress"], &[]),
        (&["--annotator", "maria"], &[]),
    ] {
        assert_eq!(ids(&corpus, filter), expected, "{filter:?}");
    }
}

#[test]
fn what_is_left_out_is_told() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    let ran = corpus.run([
        "export", "a.txt", "--to", "jsonl", "-o", "o", "--label", "quote",
    ]);
    assert_snapshot!(ran, @r"
    status 0
    --- stderr
    left out: 1 rejected tag, 1 suggestion to review; add --all to include them
    left out by your filter: 1 tag
    left out with their tags: 3 links
    exported 1 document, 1 tag, 1 link
    ");
    let ran = corpus.run([
        "export", "a.txt", "--to", "jsonl", "-o", "o", "--state", "done",
    ]);
    assert!(
        ran.stderr.contains("left out by your filter: 1 document"),
        "{ran}"
    );
}

#[test]
fn words_that_mean_nothing_are_refused() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    for (args, expected) in [
        (
            ["--review", "fine"],
            "use unreviewed, accepted, rejected, unsure",
        ),
        (["--state", "old"], "use new, in progress, done"),
        (["--attribute", "form"], "write NAME=VALUE"),
        (
            ["--set", "mood=grim"],
            "`jsonl` has no option `mood`; its options are: card, times, split, seed",
        ),
    ] {
        let ran = corpus.run([&["export", "a.txt", "--to", "jsonl"], &args[..]].concat());
        assert_eq!(ran.status, Some(2), "{ran}");
        assert!(ran.stderr.contains(expected), "{ran}");
    }
}

#[test]
fn a_dry_run_shows_the_beginning_and_writes_nothing() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    let before = corpus.names();
    let ran = corpus.run(["export", ".", "--to", "conll", "-o", "out", "--dry-run"]);
    assert!(
        ran.stdout
            .starts_with("-DOCSTART- # newdoc id = a.txt\tO\n"),
        "{ran}"
    );
    assert!(
        ran.stderr
            .contains("this format leaves out links (2 in `a.txt`)"),
        "{ran}"
    );
    assert!(
        ran.stderr
            .contains("would export 1 document, 2 tags, 2 links"),
        "{ran}"
    );
    assert_eq!(corpus.names(), before);
}

#[test]
fn options_change_what_is_written() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    let start = |options: &[&str]| {
        let args = [&["export", "a.txt", "--to", "w3c"], options].concat();
        let page: serde_json::Value = serde_json::from_str(&corpus.run(args).stdout).unwrap();
        page["items"][1]["target"]["selector"][1]["start"].as_u64()
    };
    assert_eq!(start(&[]), Some(8));
    assert_eq!(start(&["--set", "unit=code-points"]), Some(8));
    assert_eq!(start(&["--set", "unit=utf16"]), Some(9));
}

#[test]
fn an_export_among_the_articles_writes_over_none() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    let before = corpus.files();
    let ran = corpus.run(["export", ".", "--to", "brat", "-o", "."]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(ran.stderr.contains("this file is being exported"), "{ran}");
    assert_eq!(corpus.files(), before);
}
