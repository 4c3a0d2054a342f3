//! Tags, people and labels changed over many articles in one step, and taken back.

use insta::assert_snapshot;

use crate::support::TestCorpus;

const FIRST: &str = "\
<q1:quote>“No sanctions,”</q1> said <s1:speaker>Rex Tillerson</s1>.
---
p1 = Rex Tillerson
s1 is p1
q1 -speaker-> s1";

const SECOND: &str = "\
<q1:quote>“Sanctions work,”</q1> said <s1:speaker>R. Tillerson</s1>.
---
p1 = R. Tillerson
s1 is p1
q1 -speaker-> s1";

fn folder() -> TestCorpus {
    TestCorpus::new()
        .tagged("a.txt", "ann", FIRST)
        .tagged("sub/b.txt", "ann", SECOND)
        .tagged("sub/b.txt", "ben", SECOND)
        .tagged("c.txt", "ann", FIRST)
}

/// The files that people made.
fn files(corpus: &TestCorpus) -> Vec<(String, String)> {
    let files = corpus.files().into_iter();
    let files = files.filter(|(name, _)| !name.contains(".pullquote/"));
    files
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

#[test]
fn hits_are_changed_in_one_step_and_taken_back_whole() {
    let corpus = folder();
    let before = files(&corpus);
    assert_snapshot!(corpus.run(["change", "hits", ".", "quote", "--relabel", "claim", "--as", "ann"]), @"
    status 0
    --- stdout
    changed 3 tags to claim in 3 articles
    --- stderr
    1 tag of other people left as they are
    ");
    let after = files(&corpus);
    assert!(
        corpus
            .read("sub/b.txt.ann.ron")
            .contains("label: \"claim\"")
    );
    // When is recorded to the second.
    let changed = corpus.read("sub/b.txt.ann.ron");
    let (_, stamp) = changed.split_once("changed: (\"ann\", \"").unwrap();
    assert_eq!(
        stamp.find("Z\")"),
        Some("2026-11-28T12:00:00".len()),
        "{stamp}"
    );
    assert!(!corpus.read("sub/b.txt.ben.ron").contains("claim"));
    assert_snapshot!(corpus.run(["change", "undo", "."]), @"
    status 0
    --- stdout
    undone: changed 3 tags to claim in 3 articles (3 files)
    ");
    assert_eq!(files(&corpus), before);
    assert_snapshot!(corpus.run(["change", "redo", "."]), @"
    status 0
    --- stdout
    done again: changed 3 tags to claim in 3 articles (3 files)
    ");
    assert_eq!(files(&corpus), after);
    let json = corpus.run([
        "change",
        "hits",
        ".",
        "sanctions",
        "--tag",
        "quote",
        "--as",
        "ben",
        "--json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&json["changed"], &json["files"]), (&3.into(), &3.into()));
    corpus.run(["change", "undo", "."]);
    assert_eq!(files(&corpus), after);
    // One article is worked on since: nothing is taken back anywhere.
    let worked_on = corpus.read("c.txt.ann.ron").replace("InProgress", "Done") + "\n";
    let corpus = corpus.file("c.txt.ann.ron", worked_on);
    let now = files(&corpus);
    let refused = corpus.run(["change", "undo", "."]);
    assert_eq!(refused.status, Some(2), "{refused}");
    assert!(
        refused
            .stderr
            .contains("c.txt.ann.ron: it has changed since"),
        "{refused}"
    );
    assert_eq!(files(&corpus), now);
}

#[test]
fn people_are_merged_and_described_everywhere() {
    let corpus = folder();
    let before = files(&corpus);
    let merge = [
        "change",
        "person",
        ".",
        "R. Tillerson",
        "--merge-into",
        "Rex Tillerson",
        "--as",
        "ann",
    ];
    assert_snapshot!(corpus.run(merge), @"
    status 0
    --- stdout
    merged R. Tillerson into Rex Tillerson in 1 article
    --- stderr
    1 file of other people left as they are
    ");
    let merged = corpus.read("sub/b.txt.ann.ron");
    assert!(
        merged.contains("name: \"Rex Tillerson\"")
            && merged.contains("aliases: [\"R. Tillerson\"]"),
        "{merged}"
    );
    let edit = [
        "change",
        "person",
        ".",
        "rex tillerson",
        "--as",
        "ann",
        "--role",
        "minister",
        "--set",
        "gender=male",
    ];
    assert_snapshot!(corpus.run(edit), @"
    status 0
    --- stdout
    updated Rex Tillerson in 3 articles
    ");
    let described = corpus.read("sub/b.txt.ann.ron");
    assert!(
        described.contains("role: \"minister\"") && described.contains("\"gender\": \"male\""),
        "{described}"
    );
    corpus.run(["change", "undo", "."]);
    corpus.run(["change", "undo", "."]);
    assert_eq!(files(&corpus), before);
    let unknown = corpus.run(["change", "person", ".", "Nobody", "--role", "x"]);
    assert_eq!(unknown.status, Some(2));
    assert!(
        unknown
            .stderr
            .contains("no roster has a person called Nobody"),
        "{unknown}"
    );
    let nothing = corpus.run(["change", "person", ".", "Rex Tillerson", "--as", "ann"]);
    assert!(
        nothing.stderr.contains("say what is to be different"),
        "{nothing}"
    );
}

#[test]
fn a_label_is_renamed_in_the_schema_and_in_ones_own_tags_as_one_step() {
    let corpus = folder();
    let before = files(&corpus);
    let rename = ["change", "label", ".", "quote", "utterance", "--as", "ann"];
    assert_snapshot!(corpus.run(rename), @"
    status 0
    --- stdout
    renamed quote to utterance, also in your tags of 3 articles
    ");
    assert!(corpus.read("pullquote.ron").contains("was: [\"quote\"]"));
    assert!(
        corpus
            .read("a.txt.ann.ron")
            .contains("label: \"utterance\"")
    );
    assert!(
        corpus
            .read("sub/b.txt.ben.ron")
            .contains("label: \"quote\"")
    );
    let found = corpus.run(["search", ".", "label:utterance"]);
    assert!(found.stderr.contains("4 hits"), "{found}");
    // The schema that was not there is gone again.
    corpus.run(["change", "undo", "."]);
    assert_eq!(files(&corpus), before);
    corpus.run(["change", "redo", "."]);
    assert!(corpus.read("pullquote.ron").contains("was: [\"quote\"]"));
    let none = corpus.run(["change", "label", ".", "quote", "x", "--as", "ann"]);
    assert!(
        none.stderr
            .contains("there is no label quote; there are utterance"),
        "{none}"
    );
}

#[test]
fn a_schema_above_the_folder_is_part_of_the_step() {
    let corpus = folder();
    corpus.run(["change", "label", ".", "claim", "statement", "--as", "ann"]);
    let before = files(&corpus);
    let rename = [
        "change",
        "label",
        "sub",
        "quote",
        "utterance",
        "--as",
        "ann",
    ];
    let renamed = corpus.run(rename);
    assert_eq!(
        renamed.stdout,
        "renamed quote to utterance, also in your tags of 1 article\n"
    );
    assert_eq!(renamed.stderr, "");
    assert!(corpus.read("pullquote.ron").contains("was: [\"quote\"]"));
    let own = corpus.read("sub/b.txt.ann.ron");
    assert!(own.contains("label: \"utterance\""), "{own}");
    // Tags of other folders are read as the present label, and are not written.
    assert!(corpus.read("a.txt.ann.ron").contains("label: \"quote\""));
    assert!(
        corpus
            .run(["search", ".", "label:utterance"])
            .stderr
            .contains("4 hits")
    );
    let after = files(&corpus);
    let undone = corpus.run(["change", "undo", "sub"]);
    assert!(undone.stdout.contains("(2 files)"), "{undone}");
    assert_eq!(files(&corpus), before);
    corpus.run(["change", "redo", "sub"]);
    assert_eq!(files(&corpus), after);
    // Whoever has changed the schema since keeps it, and the tags go with it.
    let text = corpus.read("pullquote.ron") + "// ours\n";
    std::fs::write(corpus.path("pullquote.ron"), &text).unwrap();
    let refused = corpus.run(["change", "undo", "sub"]);
    assert_eq!(refused.status, Some(2), "{refused}");
    assert!(refused.stderr.contains("has changed since"), "{refused}");
    assert_eq!(corpus.read("pullquote.ron"), text);
    assert_eq!(corpus.read("sub/b.txt.ann.ron"), own);
}

#[test]
fn what_cannot_be_done_is_said_and_changes_nothing() {
    let corpus = folder();
    let before = files(&corpus);
    for (args, words) in [
        (
            &["change", "undo", "."][..],
            "no step over these articles is left to undo",
        ),
        (
            &["change", "redo", "."],
            "no step over these articles was undone",
        ),
        (
            &["change", "hits", "a.txt", "quote", "--relabel", "claim"],
            "this is not a folder",
        ),
        (
            &["change", "hits", ".", "nowhere", "--tag", "quote"],
            "nothing was found",
        ),
        (
            &["change", "hits", ".", "quote", "--relabel", "claim"],
            "tags are of other people",
        ),
        (
            &[
                "change",
                "hits",
                ".",
                "quote",
                "--relabel",
                "gone",
                "--as",
                "ann",
            ],
            "gone",
        ),
        (&["change", "hits", ".", "quote"], "required"),
        (
            &["change", "hits", ".", "quote", "--review", "nice"],
            "a review state",
        ),
    ] {
        let ran = corpus.run(args);
        assert_eq!(ran.status, Some(2), "{args:?}: {ran}");
        assert!(ran.stderr.contains(words), "{args:?}: {ran}");
    }
    assert_eq!(files(&corpus), before);
}
