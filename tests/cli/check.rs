use insta::assert_snapshot;

use crate::support::TestCorpus;

const GOOD: &str = "\
<q1:quote>“Hello,”</q1> <s1:speaker>Anna</s1> said, <q1>“and <c1:claim>it rains</c1>.”</q1>
---
q1 form=direct
q1 -speaker-> s1
c1 -speaker-> s1";

#[test]
fn a_sound_corpus_has_no_problems() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", GOOD)
        .tagged("sub/b.md", "maria", GOOD)
        .file("c.txt", "Nobody has begun.");
    let before = corpus.files();
    assert_snapshot!(corpus.run(["check", "."]), @"");
    assert_snapshot!(corpus.run(["check", "a.txt", "--json"]), @"");
    assert_eq!(corpus.files(), before);
}

#[test]
fn problems_are_found_at_their_line_and_column() {
    let corpus = TestCorpus::new()
        .tagged(
            "a.txt",
            "maria",
            "Line one.\nHé <q1:quotation>says</q1> <q2:quote>e\u{301}</q2> <s1:speaker>x</s1>.\n---\n\
             q2 form=loud\nq2 mood=grim\ns1 is p9\ns1 -speaker-> q2\nq2 -speaker-> s7",
        )
        .tagged("b.txt", "", GOOD)
        .file("gone.txt.ron", "Pullquote(version: 1)");
    let sidecar = corpus.read("b.txt.ron").replace("“Hello,”", "“Hullo,”");
    let corpus = corpus.file("b.txt.ron", sidecar);
    assert_snapshot!(corpus.run(["check", "."]), @"");
    assert_snapshot!(corpus.run(["check", "b.txt", "--json"]), @"");
}

#[test]
fn a_text_that_has_changed_is_noticed() {
    let corpus = TestCorpus::new().tagged("a.txt", "", GOOD);
    let text = corpus.read("a.txt").replace("Anna", "Berta");
    let corpus = corpus.file("a.txt", text);
    assert_snapshot!(corpus.run(["check", "a.txt"]), @"");
}

#[test]
fn a_schema_with_errors_is_named_once() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", GOOD)
        .tagged("b.txt", "", GOOD)
        .file("pullquote.ron", "(labels: [])");
    let ran = corpus.run(["check", "."]);
    assert_eq!(ran.status, Some(1));
    assert_eq!(ran.stdout.lines().count(), 1, "{ran}");
    assert!(ran.stdout.contains("pullquote.ron:1:1: "), "{ran}");
}
