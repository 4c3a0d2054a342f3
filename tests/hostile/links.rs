//! Links and pipes that somebody else has put into a folder.

use std::os::unix::fs::symlink;

use crate::support::TestCorpus;

#[test]
fn a_linked_folder_is_told_and_not_followed() {
    let corpus = TestCorpus::new()
        .tagged("c/a.txt", "", "<q:quote>“Yes,”</q> she said.")
        .tagged("away/b.txt", "", "<q:quote>“No,”</q> he said.");
    symlink("../away", corpus.path("c/sub")).unwrap();
    // What is linked within the folder is read where it is.
    std::fs::create_dir(corpus.path("c/real")).unwrap();
    symlink("real", corpus.path("c/again")).unwrap();
    let check = corpus.run(["check", "c"]);
    assert_eq!(check.status, Some(1), "{check}");
    assert!(check.stdout.contains("c/sub"), "{check}");
    assert!(!check.stdout.contains("again"), "{check}");
    let export = corpus.run(["export", "c", "--to", "jsonl"]);
    assert!(export.stderr.contains("c/sub"), "{export}");
    assert!(!export.stdout.contains("“No,”"), "{export}");
}

#[test]
fn files_that_an_import_of_a_folder_does_not_open_are_told() {
    let corpus = TestCorpus::new()
        .file("in/a.txt", "Ann said yes.")
        .file("in/a.ann", "T1\tspeaker 0 3\tAnn\n")
        .file("other/b.txt", "Bo said no.")
        .file("other/b.ann", "T1\tspeaker 0 2\tBo\n")
        .file("only/c.txt", "Bo said no.");
    symlink("../other/b.ann", corpus.path("in/b.ann")).unwrap();
    symlink("../other", corpus.path("in/sub")).unwrap();
    symlink("../other/b.ann", corpus.path("only/b.ann")).unwrap();
    super::fifo(&corpus.path("in/p.ann"));
    let run = corpus.run(["import", "in", "--from", "brat", "--into", "c"]);
    assert_eq!(run.status, Some(1), "{run}");
    for name in ["in/b.ann", "in/sub", "in/p.ann"] {
        assert!(run.stderr.contains(name), "{name}: {run}");
    }
    assert!(corpus.path("c/a.txt.ron").exists() && !corpus.path("c/b.txt").exists());
    let only = corpus.run(["import", "only", "--from", "brat", "--into", "d"]);
    assert_ne!(only.status, Some(0), "{only}");
    assert!(only.stdout.contains("only/b.ann"), "{only}");
}

#[test]
fn a_pipe_that_is_named_keeps_nobody_waiting() {
    let corpus = TestCorpus::new().file("in.jsonl", "{\"text\": \"Yes.\", \"spans\": []}\n");
    super::fifo(&corpus.path("pipe"));
    for args in [
        &["check", "pipe"][..],
        &["check", "--fix", "pipe"],
        &["export", "pipe", "--to", "jsonl"],
        &["import", "in.jsonl", "--from", "jsonl", "--into", "pipe"],
    ] {
        let run = corpus.run(args);
        assert_ne!(run.status, Some(0), "{args:?}: {run}");
    }
}

#[test]
fn reports_in_json_hold_nothing_that_acts_on_a_terminal() {
    let corpus = TestCorpus::new()
        .file("a.txt", "Yes.")
        .file("a.txt.ron", "x\u{9b}31m\u{7f}\u{202e}\u{2066}\u{2028}");
    let name = "b\u{9b}31m\u{202e}.txt.ron";
    std::fs::write(corpus.path(name), "no").unwrap();
    let run = corpus.run(["check", "--json", "."]);
    let acts = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2028}');
    assert!(!run.stdout.contains(acts), "{run}");
    let report: serde_json::Value = serde_json::from_str(run.stdout.trim()).unwrap();
    assert!(report.to_string().contains("b\u{9b}31m\u{202e}"), "{run}");
}
