use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use pullquote::format::sidecar;
use pullquote::text::SourceText;

use crate::support::TestCorpus;

const BASE: &str = "\
<q1:quote>“Hello,”</q1> <s1:speaker>Anna</s1> said, and <c1:claim>it rains</c1>.
---
q1 -speaker-> s1
c1 -speaker-> s1";

/// A sidecar of the article.
fn sidecar_of(notation: &str) -> String {
    TestCorpus::new()
        .tagged("a.txt", "", notation)
        .read("a.txt.ron")
}

fn corpus(ours: &str, theirs: &str) -> TestCorpus {
    TestCorpus::new()
        .file("base", sidecar_of(BASE))
        .file("ours", ours)
        .file("theirs", theirs)
}

/// The row of a record, with a field put after it.
fn with_field(text: &str, id: &str, field: &str) -> String {
    let start = text.find(&format!("(id: \"{id}\"")).unwrap();
    let end = start + text[start..].find("),\n").unwrap();
    format!("{}, {field}{}", &text[..end], &text[end..])
}

#[test]
fn what_both_did_is_in_the_result() {
    let base = sidecar_of(BASE);
    let ours = with_field(&base, "q1", "note: \"mine\"");
    let theirs = with_field(&base, "q1", "review: Accepted");
    let corpus = corpus(&ours, &theirs);
    assert_snapshot!(corpus.run(["merge", "base", "ours", "theirs"]), @"status 0
");
    let merged = corpus.read("ours");
    assert_eq!(merged, with_field(&theirs, "q1", "note: \"mine\""));
    assert_eq!(corpus.read("theirs"), theirs);
}

#[test]
fn clashes_are_told_with_their_line_and_both_are_kept() {
    let base = sidecar_of(BASE);
    let (ours, theirs) = (
        with_field(&base, "q1", "note: \"mine\""),
        with_field(&base, "q1", "note: \"hers\""),
    );
    let corpus = corpus(&ours, &theirs);
    assert_snapshot!(corpus.run(["merge", "base", "ours", "theirs", "-o", "out", "--name", "a.txt.ron"]), @r#"
status 1
--- stdout
a.txt.ron:11:1: the tag `q1` was changed on both sides (`note`): ours is used, theirs is kept beside it; open the article to decide
--- stderr
1 conflict left
"#);
    assert_eq!(corpus.read("ours"), ours);
    let merged = corpus.read("out");
    assert!(merged.contains("mine") && merged.contains("hers"));
    let ran = corpus.run(["merge", "base", "ours", "theirs", "--json"]);
    let start =
        r#"{"written":"ours","clashes":[{"path":"ours","line":11,"column":1,"annotator":"","#;
    assert!(
        ran.status == Some(1) && ran.stdout.starts_with(start),
        "{ran}"
    );
    assert_eq!(corpus.read("ours"), merged);
}

#[test]
fn what_cannot_be_merged_is_left_alone() {
    let base = sidecar_of(BASE);
    let newer = with_field(&base, "q1", "note: \"x\"").replace("version: 1", "version: 9");
    let corpus = corpus(&with_field(&base, "c1", "note: \"y\""), &newer);
    let before = corpus.files();
    assert_snapshot!(corpus.run(["merge", "base", "ours", "theirs"]), @r#"
status 129
--- stderr
pullquote: ours: theirs: file version 9 is newer than this program reads (1); update Pullquote to merge it
"#);
    let ran = corpus.run(["merge", "base", "ours", "nowhere"]);
    assert_eq!(ran.status, Some(129), "{ran}");
    assert!(ran.stderr.starts_with("pullquote: nowhere: "), "{ran}");
    // Git takes every other number for a merge that left conflicts.
    for wrong in [
        vec!["merge"],
        vec!["merge", "base", "ours", "theirs", "--nothing"],
        vec!["merge", "base", "ours"],
    ] {
        let ran = corpus.run(&wrong);
        assert_eq!(ran.status, Some(129), "{wrong:?}: {ran}");
    }
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_damaged_side_is_named() {
    let base = sidecar_of(BASE);
    let cut = |text: &str| text.trim_end().trim_end_matches(')').to_owned();
    let changed = with_field(&base, "q1", "note: \"mine\"");
    for (ours, theirs, side) in [
        (base.clone(), cut(&changed), "theirs"),
        (cut(&changed), changed.clone(), "ours"),
    ] {
        let corpus = corpus(&ours, &theirs);
        let ran = corpus.run(["merge", "base", "ours", "theirs", "--name", "a.txt.ron"]);
        assert_eq!(ran.status, Some(1), "{ran}");
        let told = format!("a.txt.ron:1:1: {side} is damaged, cut off or has merge marks: ");
        assert!(ran.stdout.starts_with(&told), "{ran}");
        assert_eq!(corpus.read("ours"), changed);
    }
    let corpus = corpus(&base, "[[[[");
    let ran = corpus.run(["merge", "base", "ours", "theirs"]);
    assert_eq!(ran.status, Some(129), "{ran}");
    assert!(ran.stderr.contains("theirs: line 1"), "{ran}");
    assert_eq!(corpus.read("ours"), base);
}

#[test]
fn a_name_may_begin_with_a_hyphen() {
    let base = sidecar_of(BASE);
    let changed = with_field(&base, "q1", "note: \"mine\"");
    for name in [&["--name=-x.txt.ron"][..], &["--name", "-x.txt.ron"]] {
        let corpus = corpus(&base, &changed);
        let args = ["merge", "base", "ours", "theirs"];
        let ran = corpus.run(args.iter().chain(name));
        assert_eq!(ran.status, Some(0), "{ran}");
        assert_eq!(corpus.read("ours"), changed);
    }
}

/// Git, in a folder of its own; `None` where there is none.
fn git(folder: &Path, args: &[&str]) -> Option<bool> {
    let mut git = Command::new("git");
    git.current_dir(folder)
        .args([
            "-c",
            "user.name=Maria",
            "-c",
            "user.email=maria@example.org",
        ])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().ok()?;
    Some(output.status.success())
}

/// Two branches that both add, review and link; merged by git with these attributes and driver.
fn merged_by_git(attributes: &str, driver: Option<&str>) -> Option<(bool, String)> {
    let ours = "\
<q1:quote>“Hello,”</q1> <s1:speaker>Anna</s1> said, and <c1:claim><q2:quote>it</q2> rains</c1>.
---
q1 note=mine
q1 -speaker-> s1
c1 -speaker-> s1";
    let theirs = "\
<q1:quote>“Hello,”</q1> <s1:speaker>Anna</s1> <q3:quote>said,</q3> and <c1:claim>it rains</c1>.
---
q1 -speaker-> s1
c1 -speaker-> s1";
    let corpus = TestCorpus::new().tagged("a.txt", "", BASE);
    let folder = corpus.path("");
    let ron = corpus.path("a.txt.ron");
    let run = |args: &[&str]| git(&folder, args);
    run(&["init", "-q"])?;
    std::fs::write(corpus.path(".gitattributes"), attributes).unwrap();
    if let Some(driver) = driver {
        assert!(run(&["config", "merge.pullquote.name", "Pullquote"])?);
        assert!(run(&["config", "merge.pullquote.driver", driver])?);
    }
    assert!(run(&["add", "."])? && run(&["commit", "-qm", "one"])?);
    assert!(run(&["checkout", "-qb", "hers"])?);
    let hers = with_field(&sidecar_of(theirs), "q1", "review: Accepted");
    std::fs::write(&ron, hers).unwrap();
    assert!(run(&["commit", "-qam", "hers"])? && run(&["checkout", "-q", "main"])?);
    let mine = sidecar_of(ours).replace(", review: Accepted", "");
    std::fs::write(&ron, mine).unwrap();
    assert!(run(&["commit", "-qam", "mine"])?);
    let clean = run(&["merge", "-q", "-m", "both", "hers"])?;
    Some((clean, corpus.read("a.txt.ron")))
}

const SOURCE: &str = "“Hello,” Anna said, and it rains.";

#[test]
fn git_merges_two_branches_without_loss() {
    let driver = format!(
        "'{}' merge %O %A %B --name=%P",
        env!("CARGO_BIN_EXE_pullquote")
    );
    let Some((clean, text)) = merged_by_git("*.ron merge=pullquote\n", Some(&driver)) else {
        println!("not run: there is no git here");
        return;
    };
    assert!(clean, "{text}");
    let source = SourceText::new(SOURCE, "UTF-8").unwrap();
    let contents = sidecar::read(&text, &source).unwrap();
    assert!(!contents.salvaged && contents.unread.is_empty(), "{text}");
    assert_eq!(contents.set.annotation_count(), 5);
    let q1 = contents.set.annotation(&"q1".into()).unwrap();
    assert_eq!(q1.note, "mine");
    assert_eq!(q1.review, pullquote::model::Review::Accepted);
}

#[test]
fn the_union_of_lines_is_read_with_every_edit() {
    let Some((clean, text)) = merged_by_git("*.ron merge=union\n", None) else {
        println!("not run: there is no git here");
        return;
    };
    assert!(clean, "{text}");
    let source = SourceText::new(SOURCE, "UTF-8").unwrap();
    let contents = sidecar::read(&text, &source).unwrap();
    assert_eq!(contents.set.annotation_count(), 5, "{text}");
    let said = format!("{:?}{:?}", contents.set, contents.unread);
    assert!(
        said.contains("mine") && said.contains("review: Accepted"),
        "{said}"
    );
    let clash = contents.unread[0].clash().unwrap();
    assert_eq!(clash.id, "q1");
    assert_eq!(clash.differs, ["the review", "the note"]);
}

#[test]
fn a_base_that_is_not_there_is_told() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", BASE)
        .tagged("b.txt", "", BASE);
    let before = corpus.files();
    let ran = corpus.run(["merge", "nope", "a.txt.ron", "b.txt.ron"]);
    assert_eq!(ran.status, Some(129), "{ran}");
    assert!(ran.stderr.contains("nope: there is no such file"), "{ran}");
    assert_eq!(corpus.files(), before);
}
