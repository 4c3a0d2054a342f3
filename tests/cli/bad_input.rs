use insta::assert_snapshot;

use crate::support::{TestCorpus, sparse_file};

#[test]
fn what_cannot_be_an_article_is_refused_in_words() {
    let corpus = TestCorpus::new()
        .file("latin1.txt", b"one\ncaf\xe9\n")
        .file("empty.txt", "")
        .file("page.html", "<html>")
        .file("folder/a.txt", "text");
    sparse_file(&corpus.path("huge.txt"), 100 << 20);
    assert_snapshot!(corpus.run(["check", "."]), @"");
    assert_snapshot!(corpus.run(["check", "missing.txt"]), @"");
    assert_snapshot!(corpus.run(["check", "page.html"]), @"");
    assert_snapshot!(corpus.run(["export", "missing.txt", "--to", "jsonl"]), @"");
    assert_snapshot!(corpus.run(["import", "folder", "--from", "jsonl", "--into", "x"]), @"");
    assert_snapshot!(corpus.run(["import", "latin1.txt", "--from", "jsonl", "--into", "x"]), @"");
}

#[test]
fn a_damaged_sidecar_gives_what_is_intact_and_names_the_rest() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>Yes.</q1> <q2:quote>No.</q2>");
    let sidecar = corpus.read("a.txt.ron");
    let cut: Vec<&str> = sidecar
        .lines()
        .map(|line| {
            if line.contains("q2") {
                "        (id: \"q2\", lab"
            } else {
                line
            }
        })
        .collect();
    let corpus = corpus.file("a.txt.ron", cut.join("\n"));
    let before = corpus.files();
    assert_snapshot!(corpus.run(["check", "a.txt"]), @"");
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl"]), @"");
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_sidecar_of_a_newer_version_is_read_and_named() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>Yes.</q1>");
    let sidecar = corpus.read("a.txt.ron").replace("version: 1", "version: 9");
    let corpus = corpus.file("a.txt.ron", sidecar);
    assert_snapshot!(corpus.run(["check", "a.txt"]), @"");
    let export = corpus.run(["export", "a.txt", "--to", "jsonl"]);
    assert!(export.stdout.contains("\"q1\""), "{export}");
}
