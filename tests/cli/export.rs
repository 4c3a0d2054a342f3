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

#[test]
fn everything_goes_into_one_row() {
    let corpus = TestCorpus::new().tagged("a.txt", "maria", TAGGED);
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl"]), @"");
}

#[test]
fn rejected_and_undecided_tags_stay_out_unless_asked_for() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", TAGGED)
        .file("b.txt", "Nobody has begun.");
    let ran = corpus.run(["export", ".", "--to", "jsonl", "-o", "out.jsonl"]);
    assert_snapshot!(ran, @"");
    let ran = corpus.run([
        "export",
        ".",
        "--to",
        "jsonl",
        "-o",
        "all.jsonl",
        "--all",
        "--json",
    ]);
    assert_snapshot!(ran, @"");
    assert_eq!(corpus.read("out.jsonl").lines().count(), 1);
    assert_eq!(corpus.read("all.jsonl").lines().count(), 2);
}

#[test]
fn every_annotator_gets_a_row_or_only_those_named() {
    let corpus = TestCorpus::new()
        .tagged("sub/a.txt", "", TAGGED)
        .tagged("sub/a.txt", "maria", TAGGED)
        .tagged("sub/a.txt", "tom", TAGGED);
    let annotators = |args: &[&str]| {
        let ran = corpus.run([&["export", ".", "--to", "jsonl"], args].concat());
        let rows = ran.stdout.lines().map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{} {}", row["id"], row["annotator"])
        });
        rows.collect::<Vec<_>>().join(", ")
    };
    assert_snapshot!(annotators(&[]), @"");
    assert_snapshot!(annotators(&["--by", "tom"]), @"");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_written() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", "<q1:quote>Yes.</q1>")
        .file("bad.txt", b"caf\xe9")
        .tagged("c.txt", "", "<q1:quote>No.</q1>");
    let corpus = corpus.file("c.txt.ron", "nothing of a sidecar");
    assert_snapshot!(corpus.run(["export", ".", "--to", "jsonl", "-o", "o.jsonl"]), @"");
    assert_eq!(corpus.read("o.jsonl").lines().count(), 1);
    assert_eq!(
        corpus.run(["export", "bad.txt", "--to", "jsonl"]).status,
        Some(2)
    );
}

#[test]
fn what_a_format_cannot_carry_counts_only_when_strict() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>Yes.</q1>");
    let sidecar = corpus
        .read("a.txt.ron")
        .replace("(id: \"q1\",", "(id: \"q1\", mood: \"grim\",");
    let corpus = corpus.file("a.txt.ron", sidecar);
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl", "-o", "o"]), @"");
    let strict = corpus.run(["export", "a.txt", "--to", "jsonl", "-o", "o", "--strict"]);
    assert_eq!(strict.status, Some(1));
}

#[test]
fn articles_and_sidecars_are_never_written_over() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    let before = corpus.files();
    for output in ["a.txt", "./a.txt", "a.txt.ron"] {
        let ran = corpus.run(["export", "a.txt", "--to", "jsonl", "-o", output]);
        assert_eq!(ran.status, Some(2), "{ran}");
    }
    assert_snapshot!(corpus.run(["export", ".", "--to", "jsonl", "-o", "a.txt"]), @"");
    assert_snapshot!(corpus.run(["export", ".", "--to", "jsonl", "-o", "no/such/folder"]), @"");
    assert_eq!(corpus.files(), before);
}
