use insta::assert_snapshot;

use crate::support::TestCorpus;

const ANN: &str = "\
<q1:quote>“We do,”</q1> <s1:speaker>Anna</s1> said, <q1>“and we will.”</q1> \
<s2:speaker>Mayor Bo</s2> said <q2:quote>that it rains</q2>.
---
q1 form=direct
q2 form=indirect
q1 -speaker-> s1
q2 -speaker-> s2";

const BEN: &str = "\
<q1:quote>“We do,”</q1> <s1:speaker>Anna</s1> said, <q1>“and we will.”</q1> \
Mayor <s2:speaker>Bo</s2> said <q2:quote>that it rains.</q2>
---
q1 form=direct
q2 form=direct
q1 -speaker-> s1
q2 -speaker-> s1";

/// Marks an article as done, as one of its annotators does.
fn done(corpus: TestCorpus, sidecar: &str) -> TestCorpus {
    let text = corpus.read(sidecar);
    let text = text.replacen("    people: [", "    state: Done,\n    people: [", 1);
    corpus.file(sidecar, text)
}

fn folder() -> TestCorpus {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "ann", ANN)
        .tagged("a.txt", "ben", BEN);
    done(done(corpus, "a.txt.ann.ron"), "a.txt.ben.ron")
}

#[test]
fn figures_are_a_table_for_each_label() {
    let corpus = folder();
    let before = corpus.files();
    let command = ["agree", ".", "--without-gamma", "--by", "form=direct"];
    assert_snapshot!(corpus.run(command), @"
status 0
--- stdout
label              figure             value  95 % interval
quote              exact F1           0.500  fewer than 5 articles  2 of 4
quote              edge F1            1.000  fewer than 5 articles  4 of 4
quote              overlap F1         1.000  fewer than 5 articles  4 of 4
quote              token F1           1.000  fewer than 5 articles  16 of 16
quote              same boundaries    0.500  fewer than 5 articles  2 of 4
quote              same start         1.000  fewer than 5 articles  4 of 4
quote              same end           0.500  fewer than 5 articles  2 of 4
quote              same form          0.500  fewer than 5 articles  2 of 4
quote              alpha of form      0.000  fewer than 5 articles
quote              same speaker       0.500  fewer than 5 articles  2 of 4
quote              tag + speaker F1   0.500  fewer than 5 articles  2 of 4
quote              kappa              0.889  fewer than 5 articles
quote              alpha              0.891  fewer than 5 articles
quote              u-alpha            0.899  fewer than 5 articles
quote form=direct  exact F1           0.667  fewer than 5 articles  2 of 3
quote form=direct  edge F1            1.000  fewer than 5 articles  3 of 3
quote form=direct  overlap F1         1.000  fewer than 5 articles  3 of 3
quote form=direct  token F1           1.000  fewer than 5 articles  13 of 13
quote form=direct  same boundaries    0.667  fewer than 5 articles  2 of 3
quote form=direct  same start         1.000  fewer than 5 articles  3 of 3
quote form=direct  same end           0.667  fewer than 5 articles  2 of 3
quote form=direct  same form          0.667  fewer than 5 articles  2 of 3
quote form=direct  alpha of form          –  all have the same value
quote form=direct  same speaker       0.667  fewer than 5 articles  2 of 3
quote form=direct  tag + speaker F1   0.667  fewer than 5 articles  2 of 3
speaker            exact F1           0.500  fewer than 5 articles  2 of 4
speaker            edge F1            0.500  fewer than 5 articles  2 of 4
speaker            overlap F1         1.000  fewer than 5 articles  4 of 4
speaker            token F1           0.800  fewer than 5 articles  4 of 5
speaker            same boundaries    0.500  fewer than 5 articles  2 of 4
speaker            same start         0.500  fewer than 5 articles  2 of 4
speaker            same end           1.000  fewer than 5 articles  4 of 4
speaker            kappa              0.774  fewer than 5 articles
speaker            alpha              0.778  fewer than 5 articles
speaker            u-alpha            0.779  fewer than 5 articles
all labels         kappa              0.799  fewer than 5 articles
all labels         alpha              0.803  fewer than 5 articles
all labels         u-alpha            0.817  fewer than 5 articles

pair                    label       exact P      R     F1  overlap P      R     F1  kappa
ann and ben, 1 article  quote         0.500  0.500  0.500      1.000  1.000  1.000  0.889
ann and ben, 1 article  speaker       0.500  0.500  0.500      1.000  1.000  1.000  0.774
ann and ben, 1 article  all labels                                                0.799
--- stderr
1 article by 2 people: 2 sidecars, all marked done
");
    assert_eq!(corpus.files(), before);
}

#[test]
fn figures_are_printed_as_json() {
    let ran = folder().run(["agree", ".", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let quote = &read["labels"]["quote"];
    assert_eq!(quote["tags"]["ann"], 2);
    assert_eq!(quote["found"]["exact"]["value"], 0.5);
    assert_eq!(quote["found"]["exact"]["matched"], 2);
    assert_eq!(
        quote["found"]["exact"]["no_interval"],
        "fewer than 5 articles"
    );
    assert_eq!(quote["found"]["attributes"]["form"]["equal"]["value"], 0.5);
    assert_eq!(quote["found"]["speaker"]["value"], 0.5);
    assert_eq!(quote["pairs"]["ann|ben"]["overlap"]["precision"], 1.0);
    let gamma = quote["gamma"]["value"].as_f64().unwrap();
    assert!((0.5..1.0).contains(&gamma), "{gamma}");
    assert!(quote["gamma"]["error"].as_f64().unwrap() < 0.02);
    assert!(read["all"]["kappa"]["value"].as_f64().is_some());
}

#[test]
fn what_does_not_enter_is_told() {
    let open = "<q1:quote>“No,”</q1> she said, <q2:quote>“never.”</q2>\n---\nq2 verdict=open";
    let corpus = folder()
        .tagged("alone.txt", "ann", ANN)
        .tagged("b.txt", "ann", open)
        .tagged("b.txt", "ben", open)
        .tagged("b.txt", "cleo", open)
        .tagged("c.txt", "ann", ANN)
        .tagged("c.txt", "ben", ANN)
        .file("d.txt", "Nobody has begun.")
        .file(
            "b.txt.curated.ron",
            folder()
                .read("a.txt.ann.ron")
                .replace("annotator: \"ann\"", "annotator: \"curated\""),
        );
    let mut corpus = corpus;
    for sidecar in [
        "b.txt.ann.ron",
        "b.txt.ben.ron",
        "c.txt.ann.ron",
        "c.txt.ben.ron",
    ] {
        corpus = done(corpus, sidecar);
    }
    let sidecar = corpus
        .read("b.txt.ben.ron")
        .replace("state: Done", "state: InProgress");
    let text = corpus.read("c.txt").replace("rains", "pours");
    let corpus = corpus.file("b.txt.ben.ron", sidecar).file("c.txt", text);
    let ran = corpus.run(["agree", ".", "--without-gamma", "--label", "claim"]);
    assert_snapshot!(ran, @r#"
status 1
--- stdout
label       figure    value  95 % interval
all labels  kappa         –  all marked nothing
all labels  alpha         –  all marked nothing
all labels  u-alpha       –  all marked nothing

pair                     label       exact P      R     F1  overlap P      R     F1  kappa
ann and ben, 2 articles  all labels                                                    –
--- stderr
./b.txt.curated.ron:1:1: the name `curated` is reserved for what an adjudicator decides, and this is the work of an annotator of that name: it is left out until you rename the file to b.txt.curated-1.ron and its `annotator` to "curated-1"
./b.txt.cleo.ron:1:1: not compared: there are tags, but the article is marked new; mark it as in progress or done [cleo]
./c.txt.ann.ron:1:1: not compared: the article has changed since this was saved; open the article and save it [ann]
./c.txt.ben.ron:1:1: not compared: the article has changed since this was saved; open the article and save it [ben]
nobody used the label `claim`
2 articles by 2 people: 4 sidecars, 1 not marked done; 1 article of one person left out; 1 article is not begun; 2 suggestions wait for a decision and do not count
"#);
    // Named ones alone.
    let ran = corpus.run(["agree", ".", "--between", "ann,cleo", "--without-gamma"]);
    assert!(ran.stderr.contains("nothing to compare"), "{ran}");
    assert_eq!(ran.status, Some(1));
    assert_snapshot!(corpus.run(["agree", ".", "--between", "ann"]), @"
status 2
--- stderr
pullquote: `ann` alone has nobody to agree with; name two people: --between ann,NAME
");
    assert_snapshot!(corpus.run(["agree", "gone"]), @"
status 2
--- stderr
pullquote: gone: there is no such file; it may have been moved or deleted
");
}

#[test]
fn the_tags_that_differ_are_listed() {
    let corpus = folder();
    let ran = corpus.run(["agree", "a.txt", "--without-gamma", "--differences"]);
    let listed = ran.stdout.lines().filter(|line| line.starts_with("a.txt:"));
    assert_snapshot!(listed.collect::<Vec<_>>().join("\n"), @"
    a.txt:1:36: boundary: ann: speaker “Mayor Bo”; ben: speaker “Bo”
    a.txt:1:50: boundary, attributes, speaker: ann: quote “that it rains”; ben: quote “that it rains.”
    ");
    let ran = corpus.run([
        "agree",
        "a.txt",
        "--differences",
        "--json",
        "--label",
        "quote",
    ]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let [found] = read["differences"].as_array().unwrap().as_slice() else {
        panic!("{ran}");
    };
    assert_eq!(found["kind"], "several");
    let parts = serde_json::json!(["boundary", "attributes", "speaker"]);
    assert_eq!(found["parts"], parts);
    assert_eq!(found["missing"], serde_json::json!([]));
    let tag = &found["tags"][1];
    assert_eq!(
        (&tag["annotator"], &tag["id"]),
        (&"ben".into(), &"q2".into())
    );
    assert_eq!(tag["fragments"], serde_json::json!([[49, 63]]));
    // Nobody asked: nothing is listed.
    let ran = corpus.run(["agree", "a.txt", "--json"]);
    assert!(!ran.stdout.contains("differences"), "{ran}");
}
