//! Articles with nearly the same text: listed in groups, and tags carried from one into the others.

use insta::assert_snapshot;

use crate::support::TestCorpus;

const REPORT: &str = "\
The bridge over the river will open again in May, the mayor of the town said on Monday.
<q1:quote>“We have waited long enough for this,”</q1> <s1:speaker>Ann Lee</s1> told the council in the evening.
Work had stopped in the autumn after the builder ran out of money and left the site.
<q2:quote>“Nobody knew what to do,”</q2> said <s2:speaker>Tom Webb</s2>, who lives beside the old road to the ferry.
---
p1 = Ann Lee
s1 is p1
q1 -speaker-> s1
q2 -speaker-> s2";

const CUT: &str = "\
BRIDGE TO OPEN
The bridge over the river will open again in May, the mayor of the town said on Monday.
“We have waited long for this,” Ann Lee told the council in the evening.
Work had stopped in the autumn after the builder ran out of money and left the site.
";

const OTHER: &str = "Ministers met in the capital on Tuesday to talk about the price of bread, which has \
    risen for the fifth month in a row. No statement was made after the talks had ended at night.\n";

fn corpus() -> TestCorpus {
    TestCorpus::new()
        .tagged("a.txt", "ann", REPORT)
        .file("b.txt", OTHER)
        .file("sub/c.txt", CUT)
}

#[test]
fn articles_with_nearly_the_same_text_are_listed_in_groups() {
    let corpus = corpus();
    assert_snapshot!(corpus.run(["list", ".", "--copies"]), @"
    status 0
    --- stdout
    name       copies  state  tags  unreviewed  people
    a.txt           1  new       4           4  ann 4 tags
    sub/c.txt       1  new
    --- stderr
    2 articles: 0 done, 0 in progress; 4 tags
    ");
    let of = corpus.run(["list", ".", "--only", "copies-of:sub/c.txt", "--paths-only"]);
    assert_eq!(of.stdout, "./a.txt\n./sub/c.txt\n");
    let none = corpus.run(["list", ".", "--only", "copies-of:b.txt", "--paths-only"]);
    assert_eq!(none.stdout, "");
    let json = corpus.run(["list", ".", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let group = json["copies"][0].as_array().unwrap();
    let names: Vec<&str> = group
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(names, ["a.txt", "sub/c.txt"]);
    assert!(group[1]["share"].as_f64().unwrap() > 0.6, "{json}");
    assert_eq!(json["articles"][1]["copies"], 0);
}

#[test]
fn tags_are_carried_into_copies_with_what_is_different_there() {
    let corpus = corpus();
    let before = corpus.files();
    let args = ["carry", "a.txt", "--as", "ann"];
    assert_snapshot!(corpus.run(args), @"
    status 0
    --- stdout
    ./sub/c.txt:3:1: quote changed: “We have waited long for this,” (was “We have waited long enough for this,”)
    ./sub/c.txt:3:33: speaker unchanged: Ann Lee
    ./sub/c.txt: quote gone: “Nobody knew what to do,”
    ./sub/c.txt: speaker gone: Tom Webb
    --- stderr
    1 copy: 1 changed, 1 unchanged, 2 gone; 2 tags to suggest; --write saves them
    ");
    assert_eq!(corpus.files(), before);
    let written = corpus.run(["carry", "a.txt", "--as", "ann", "--write"]);
    assert!(
        written
            .stderr
            .ends_with("suggested 2 carried tags in 1 article\n"),
        "{written}"
    );
    let sidecar = corpus.read("sub/c.txt.ann.ron");
    assert!(sidecar.contains("copy/ann/a.txt"), "{sidecar}");
    let list = corpus.run(["list", ".", "--only", "suggestions", "--paths-only"]);
    assert_eq!(list.stdout, "./sub/c.txt\n");
    let again = corpus.run(["carry", "a.txt", ".", "--as", "ann", "--write", "--json"]);
    let again: serde_json::Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(
        (&again["suggested"], &again["saved"]),
        (&0.into(), &false.into())
    );
    assert_eq!(again["articles"][0]["tags"][0]["fate"], "tagged already");
    // Nobody else's tags are carried, and no file of theirs is written.
    let of_ben = corpus.run(["carry", "a.txt", "--as", "ben", "--write"]);
    assert_eq!(of_ben.status, Some(2));
    assert!(
        of_ben
            .stderr
            .contains("has no tags of yours and no curated ones"),
        "{of_ben}"
    );
    assert!(!corpus.path("sub/c.txt.ben.ron").exists());
    let alone = corpus.run(["carry", "b.txt"]);
    assert!(
        alone
            .stderr
            .contains("no article in . has nearly the text of b.txt"),
        "{alone}"
    );
}

#[test]
fn of_curated_tags_that_are_carried_it_is_said_what_is_undecided() {
    let of_ben = REPORT.replace("<s2:speaker>Tom Webb</s2>", "Tom Webb");
    let of_ben = of_ben.replace("\nq2 -speaker-> s2", "");
    let corpus = corpus().tagged("a.txt", "ben", &of_ben);
    let curated = corpus
        .read("a.txt.ann.ron")
        .replace("    annotator: \"ann\",\n", "");
    let corpus = corpus.file("a.txt.curated.ron", curated);
    let ran = corpus.run(["carry", "a.txt", "--as", "lead"]);
    assert!(ran.stderr.contains("a.txt: curated, "), "{ran}");
    let ran = corpus.run(["carry", "a.txt", "--as", "lead", "--json"]);
    assert!(
        ran.stdout.contains("\"undecided\":[{\"article\":\"a.txt\""),
        "{ran}"
    );
}
