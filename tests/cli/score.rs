use insta::assert_snapshot;

use crate::support::TestCorpus;

const GOLD: &str = "\
<q1:quote>“We do,”</q1> <s1:speaker>Anna</s1> said, <q1>“and we will.”</q1> \
<s2:speaker>Mayor Bo</s2> said <q2:quote>that it rains</q2>.
---
q1 form=direct
q2 form=indirect
q1 -speaker-> s1
q2 -speaker-> s2";

const PREDICTED: &str = "\
<q1:quote>“We do,”</q1> <s1:speaker>Anna</s1> said, “and we will.” \
Mayor <s2:speaker>Bo</s2> said <q2:quote>that it rains.</q2>
---
q1 -speaker-> s1
q2 -speaker-> s1";

#[test]
fn figures_are_a_table_for_each_label() {
    let corpus =
        TestCorpus::new()
            .tagged("gold/a.txt", "", GOLD)
            .tagged("found/a.txt", "", PREDICTED);
    let before = corpus.files();
    assert_snapshot!(corpus.run(["score", "gold", "found"]), @"
status 0
--- stdout
label              measure   precision  recall     F1  matched  predicted    gold
quote              exact         0.000   0.000  0.000        0          2       2
quote              edge          0.500   0.500  0.500        1          2       2
quote              fragment      1.000   0.667  0.800        2          2       3
quote              overlap       0.500   0.500  0.500        1          2       2
quote              token         1.000   0.625  0.769        5          5       8
speaker            exact         0.500   0.500  0.500        1          2       2
speaker            edge          0.500   0.500  0.500        1          2       2
speaker            fragment      0.500   0.500  0.500        1          2       2
speaker            overlap       1.000   1.000  1.000        2          2       2
speaker            token         1.000   0.667  0.800        2          2       3
quote + speaker    overlap       0.000   0.000  0.000        0          2       2
segment            quoted        1.000   0.500  0.667        1          1       2
segment + speaker  quoted        1.000   0.500  0.667        1          1       2

speakers right, of quotes that match by edge     0.000        0 of 1
speakers right, of quotes that match by overlap  0.000        0 of 1
speakers right, of segments that match           1.000        1 of 1
left without a speaker, as the gold quote is         –        0 of 0
--- stderr
1 gold document
");
    assert_snapshot!(corpus.run(["score", "gold", "found", "--form", "direct"]), @"
status 0
--- stdout
label              measure   precision  recall     F1  matched  predicted    gold
quote              exact         0.000   0.000  0.000        0          1       1
quote              edge          0.000   0.000  0.000        0          1       1
quote              fragment      1.000   0.500  0.667        1          1       2
quote              overlap       0.000   0.000  0.000        0          1       1
quote              token         1.000   0.400  0.571        2          2       5
speaker            exact         0.500   0.500  0.500        1          2       2
speaker            edge          0.500   0.500  0.500        1          2       2
speaker            fragment      0.500   0.500  0.500        1          2       2
speaker            overlap       1.000   1.000  1.000        2          2       2
speaker            token         1.000   0.667  0.800        2          2       3
quote + speaker    overlap       0.000   0.000  0.000        0          1       1
segment            quoted        1.000   0.500  0.667        1          1       2
segment + speaker  quoted        1.000   0.500  0.667        1          1       2

speakers right, of quotes that match by edge         –        0 of 0
speakers right, of quotes that match by overlap      –        0 of 0
speakers right, of segments that match           1.000        1 of 1
left without a speaker, as the gold quote is         –        0 of 0
--- stderr
1 gold document, direct quotes
");
    assert_eq!(corpus.files(), before);
}

#[test]
fn figures_are_printed_as_json() {
    let corpus = TestCorpus::new()
        .tagged("gold/a.txt", "", "<q1:quote>“Yes,”</q1> she said.")
        .tagged("found/a.txt", "", "<q1:quote>“Yes,” she</q1> said.");
    assert_snapshot!(corpus.run(["score", "gold/a.txt", "found", "--json"]), @r#"
status 0
--- stdout
{"documents":1,"form":null,"labels":{"quote":{"exact":{"precision":0.0,"recall":0.0,"f1":0.0,"matched":0,"predicted":1,"gold":1},"edge":{"precision":0.0,"recall":0.0,"f1":0.0,"matched":0,"predicted":1,"gold":1},"fragment":{"precision":0.0,"recall":0.0,"f1":0.0,"matched":0,"predicted":1,"gold":1},"overlap":{"precision":1.0,"recall":1.0,"f1":1.0,"matched":1,"predicted":1,"gold":1},"token":{"precision":0.5,"recall":1.0,"f1":0.6666666666666666,"matched":1,"predicted":2,"gold":1}}},"speakers":{"edge":{"accuracy":0.0,"right":0,"of":0},"overlap":{"accuracy":0.0,"right":0,"of":0},"segment":{"accuracy":0.0,"right":0,"of":0}},"quotes_with_speaker":{"precision":0.0,"recall":0.0,"f1":0.0,"matched":0,"predicted":0,"gold":0},"segments":{"precision":1.0,"recall":1.0,"f1":1.0,"matched":1,"predicted":1,"gold":1},"segments_with_speaker":{"precision":0.0,"recall":0.0,"f1":0.0,"matched":0,"predicted":0,"gold":0},"left_without_speaker":{"accuracy":1.0,"right":1,"of":1},"by_text":0,"missing":[],"only_predicted":[],"without_form":1,"gold_not_started":0,"notes":[],"problems":[]}
"#);
}

#[test]
fn what_nobody_has_confirmed_counts_as_predicted_only() {
    let tags =
        "<q1:quote>“Yes,”</q1> <s1:speaker>she</s1> said, <q2:quote>“no.”</q2> <q3:quote>“Ah.”</q3>
---
q1 -speaker-> s1 ?
q2 verdict=open
q3 review=rejected";
    let corpus = TestCorpus::new()
        .tagged("gold/a.txt", "", tags)
        .tagged("found/a.txt", "", tags);
    let ran = corpus.run(["score", "gold", "found", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let exact = &read["labels"]["quote"]["exact"];
    assert_eq!(
        (&exact["predicted"], &exact["gold"]),
        (&2.into(), &1.into())
    );
    let spoken = &read["quotes_with_speaker"];
    assert_eq!(
        (&spoken["predicted"], &spoken["gold"]),
        (&1.into(), &0.into())
    );
}

#[test]
fn files_of_other_formats_are_compared_as_well() {
    let corpus = TestCorpus::new().tagged("gold/a.txt", "", GOLD);
    let whole = corpus.run(["score", "gold", "gold"]).stdout;
    for (format, file) in [
        ("jsonl", "a.jsonl"),
        ("csv", "gold/a.csv"),
        ("w3c", "a.jsonld"),
    ] {
        let ran = corpus.run(["export", "gold", "--to", format, "-o", file]);
        assert_eq!(ran.status, Some(0), "{ran}");
        let ran = corpus.run(["score", "gold", file]);
        assert_eq!((ran.status, &ran.stdout), (Some(0), &whole), "{ran}");
        let ran = corpus.run(["score", file, "gold/a.txt"]);
        assert_eq!((ran.status, &ran.stdout), (Some(0), &whole), "{ran}");
    }
    let corpus = corpus.file("a.png", b"\x89PNG\r\n\x1a\n");
    let ran = corpus.run(["score", "gold", "a.png"]);
    assert_eq!(ran.status, Some(2), "{ran}");
}

/// The order of the file decides which of two equal tags is compared, as in other programs.
#[test]
fn ties_go_by_the_order_of_the_file() {
    let record = |id: &str, spans: [&str; 2]| {
        let place = r#""label":"quote","fragments":[[0,3]]"#;
        let spans = spans
            .map(|id| format!(r#"{{"id":"{id}",{place}}}"#))
            .join(",");
        format!(
            r#"{{"id":"{id}","text":"Yes, Anna said to Bo.","spans":[{spans},{{"id":"s","label":"speaker","fragments":[[5,9]]}}],"links":[{{"from":"x","to":"s","role":"speaker"}}]}}"#
        )
    };
    let right = |gold: [&str; 2], found: [&str; 2]| {
        let corpus = TestCorpus::new()
            .file("gold.jsonl", format!("\u{feff}\n{}\n", record("a", gold)))
            .file("found.jsonl", record("a", found));
        let ran = corpus.run(["score", "gold.jsonl", "found.jsonl", "--json"]);
        let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        read["speakers"]["edge"]["right"].as_u64()
    };
    // The last gold one goes to the first.
    assert_eq!(right(["x", "y"], ["x", "y"]), Some(0));
    assert_eq!(right(["y", "x"], ["x", "y"]), Some(1));
    assert_eq!(right(["x", "y"], ["y", "x"]), Some(1));
}

#[test]
fn documents_are_found_by_id_or_by_text_and_others_are_told() {
    let article = |words: &str| format!("<q1:quote>{words}</q1> he said.");
    let corpus = TestCorpus::new()
        .tagged("gold/a.txt", "", &article("One,"))
        .tagged("gold/b.txt", "", &article("Two,"))
        .tagged("gold/c.txt", "", &article("Three,"))
        .tagged("gold/d.txt", "", &article("Four,"))
        .file("gold/new.txt", "Nobody has begun.")
        .tagged("found/a.txt", "", &article("One,"))
        .tagged("found/renamed.txt", "", &article("Two,"))
        .tagged("found/c.txt", "", &article("Another,"))
        .tagged("found/e.txt", "", &article("Five,"));
    assert_snapshot!(corpus.run(["score", "gold", "found"]), @"
status 1
--- stdout
label              measure   precision  recall     F1  matched  predicted    gold
quote              exact         1.000   0.500  0.667        2          2       4
quote              edge          1.000   0.500  0.667        2          2       4
quote              fragment      1.000   0.500  0.667        2          2       4
quote              overlap       1.000   0.500  0.667        2          2       4
quote              token         1.000   0.500  0.667        2          2       4
quote + speaker    overlap       0.000   0.000  0.000        0          0       0
segment            quoted        0.000   0.000  0.000        0          0       0
segment + speaker  quoted        0.000   0.000  0.000        0          0       0

speakers right, of quotes that match by edge         –        0 of 0
speakers right, of quotes that match by overlap      –        0 of 0
speakers right, of segments that match               –        0 of 0
left without a speaker, as the gold quote is     1.000        2 of 2
--- stderr
found/c.txt.ron:1:1: the text of `c.txt` is not that of the gold document, so it is not compared; tag the same text
2 gold documents are missing and count as without tags: `c.txt`, `d.txt`
1 document has no gold document and does not count: `e.txt`
1 document was found by its text, not by its id
1 gold article has no tags file and does not count
4 gold documents
");
    let ran = corpus.run(["score", "gold/d.txt", "found/e.txt"]);
    assert_eq!(ran.status, Some(1), "nothing to compare: {ran}");
}

#[test]
fn of_several_annotators_one_is_chosen() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "maria", "<q1:quote>Yes,</q1> he said.")
        .tagged("a.txt", "tom", "<q1:quote>Yes</q1>, he said.")
        .tagged("b.txt", "tom", "<q1:quote>No</q1>, he said.");
    assert_snapshot!(
        corpus.run(["score", ".", ".", "--gold-annotator", "maria", "--by", "tom"]), @"
status 0
--- stdout
label              measure   precision  recall     F1  matched  predicted    gold
quote              exact         0.000   0.000  0.000        0          1       1
quote              edge          1.000   1.000  1.000        1          1       1
quote              fragment      1.000   1.000  1.000        1          1       1
quote              overlap       1.000   1.000  1.000        1          1       1
quote              token         1.000   1.000  1.000        1          1       1
quote + speaker    overlap       0.000   0.000  0.000        0          0       0
segment            quoted        0.000   0.000  0.000        0          0       0
segment + speaker  quoted        0.000   0.000  0.000        0          0       0

speakers right, of quotes that match by edge         –        0 of 0
speakers right, of quotes that match by overlap      –        0 of 0
speakers right, of segments that match               –        0 of 0
left without a speaker, as the gold quote is     1.000        1 of 1
--- stderr
1 document has no gold document and does not count: `b.txt`
1 gold document
"
    );
    let ran = corpus.run(["score", "a.txt", "a.txt", "--by", "tom"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stderr.starts_with(
            "a.txt.tom.ron:1:1: the gold document `a.txt` is there more than once; only the last one \
             counts; choose an annotator with --gold-annotator [tom]"
        ),
        "{ran}"
    );
    let ran = corpus.run(["score", "a.txt", "a.txt", "--gold-annotator", "tom"]);
    assert!(
        ran.stderr
            .contains("choose an annotator with --annotator [tom]"),
        "{ran}"
    );
    let ran = corpus.run(["score", "b.txt", "a.txt", "--gold-annotator", "maria"]);
    assert_eq!(ran.status, Some(2));
    assert_eq!(
        ran.stderr,
        "pullquote: b.txt: there are no gold documents in it by `maria`\n"
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_compared() {
    let corpus = TestCorpus::new().tagged("gold/a.txt", "", GOLD).file(
        "found.jsonl",
        "{\"id\":\"b\",\"text\":\n{\"id\":\"a.txt\",\"lang\":\"en\",\"text\":\"x\",\"spans\":[{\"id\":\"1\",\
         \"label\":\"quote\",\"start\":0,\"end\":9}],\"links\":[]}",
    );
    let ran = corpus.run(["score", "gold", "found.jsonl"]);
    assert_eq!(ran.status, Some(1), "{ran}");
    for words in [
        "found.jsonl:1:1: the line ends too early",
        "found.jsonl:2:1: the text of `a.txt` is not that of the gold document",
        "9 is outside the text",
        "1 gold document is missing and counts as without tags: `a.txt`",
    ] {
        assert!(ran.stderr.contains(words), "{words}: {ran}");
    }
    let ran = corpus.run(["score", "nowhere", "gold"]);
    assert_eq!(ran.status, Some(2), "{ran}");
    let ran = corpus.run(["score", "gold", "gold", "--form", "loud"]);
    assert!(
        ran.stderr
            .contains("`loud` is not a form; use direct, mixed, indirect"),
        "{ran}"
    );
}

#[test]
fn effort_counts_what_an_ideal_user_presses() {
    let corpus = TestCorpus::new().tagged("gold/a.txt", "", GOLD);
    let before = corpus.files();
    assert_snapshot!(corpus.run(["score", "--effort", "gold"]), @"
status 0
--- stdout
presses  attributions  article
      3             2  a.txt

      3             2  all
    3.0           2.0  mean
    3.0           2.0  median

presses  an attribution
      2           1.000  accept
      0           0.000  reject
      0           0.000  correct
      0           0.000  add
      0           0.000  link
      1           0.500  move
      3           1.500  all parts
");
    assert_snapshot!(corpus.run(["score", "--effort", "gold", "--kind", "direct", "--json"]), @r#"
status 0
--- stdout
{"documents":1,"attributions":2,"median_attributions":2.0,"presses":5,"mean":5.0,"median":5.0,"per_attribution":2.5,"parts":{"accept":1,"reject":0,"correct":0,"add":1,"link":1,"move":2},"articles":[{"id":"a.txt","attributions":2,"presses":5,"parts":{"accept":1,"reject":0,"correct":0,"add":1,"link":1,"move":2}}],"gold_not_started":0,"notes":[],"problems":[]}
"#);
    assert_eq!(before, corpus.files(), "nothing is written");
    let refused = corpus.run(["score", "--effort", "gold", "gold"]);
    assert_eq!(refused.status, Some(2), "{refused}");
    let refused = corpus.run(["score", "gold", "gold", "--learned", "m.json"]);
    assert_eq!(refused.status, Some(2), "{refused}");
}
