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
fn what_is_no_file_in_the_target_of_an_import_is_told_and_never_followed() {
    let row = r#"{"id":"a.txt","text":"The end.","spans":[{"label":"quote","start":0,"end":3}]}"#;
    let inside = |path: &std::path::Path| symlink("same.txt", path).unwrap();
    let outside = |path: &std::path::Path| symlink("../same.txt", path).unwrap();
    let nothing = |path: &std::path::Path| symlink("nowhere", path).unwrap();
    let folder = |path: &std::path::Path| std::fs::create_dir(path).unwrap();
    type Make<'a> = &'a dyn Fn(&std::path::Path);
    let all: [(&str, Make<'_>); 5] = [
        ("a link", &inside),
        ("a link", &outside),
        ("a link", &nothing),
        ("a folder", &folder),
        ("a pipe", &super::fifo),
    ];
    for (kind, make) in all {
        for taken in ["c/a.txt", "c/a.txt.ron"] {
            let corpus = TestCorpus::new()
                .file("in.jsonl", row)
                .file("same.txt", "The end.")
                .file("c/same.txt", "The end.");
            make(&corpus.path(taken));
            let names = || {
                let entries = std::fs::read_dir(corpus.path("c")).unwrap();
                let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
                names.sort();
                names
            };
            let before = names();
            let run = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "c"]);
            assert_eq!(run.status, Some(2), "{kind} {taken}: {run}");
            let words = format!("{taken} is {kind}");
            assert!(run.stdout.contains(&words), "{words}: {run}");
            assert_eq!(names(), before, "{kind} {taken}");
        }
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

/// A corpus of one article that names what stands in the place of its schema.
fn with_schema(make: impl Fn(&std::path::Path)) -> TestCorpus {
    let corpus = TestCorpus::new()
        .file("secret", "Hush(word: \"Rosebud\")")
        .tagged("c/a.txt", "", "<q:quote>“Yes,”</q> she said.")
        .file("in.jsonl", "{\"text\": \"Yes.\", \"spans\": []}\n");
    make(&corpus.path("c/pullquote.ron"));
    corpus
}

#[test]
fn what_stands_in_the_place_of_a_schema_is_told_and_never_followed() {
    let link = |path: &std::path::Path| symlink("../secret", path).unwrap();
    let folder = |path: &std::path::Path| std::fs::create_dir(path).unwrap();
    let device = |path: &std::path::Path| symlink("/dev/zero", path).unwrap();
    let nothing = |path: &std::path::Path| symlink("nowhere", path).unwrap();
    type Make<'a> = &'a dyn Fn(&std::path::Path);
    let all: [(&str, Make<'_>); 5] = [
        ("link", &link),
        ("pipe", &super::fifo),
        ("folder", &folder),
        ("device", &device),
        ("link to nothing", &nothing),
    ];
    for (kind, make) in all {
        let corpus = with_schema(make);
        for args in [
            &["check", "c"][..],
            &["check", "c/a.txt"],
            &["export", "c", "--to", "jsonl"],
            &["import", "in.jsonl", "--from", "jsonl", "--into", "c"],
        ] {
            let run = corpus.run(args);
            let said = format!("{}{}", run.stdout, run.stderr);
            assert!(said.contains("c/pullquote.ron:"), "{kind} {args:?}: {run}");
            assert!(said.contains("built-in labels"), "{kind} {args:?}: {run}");
            assert!(!said.contains("Hush"), "{kind} {args:?}: {run}");
            let wanted = i32::from(args.first() != Some(&"import"));
            assert_eq!(run.status, Some(wanted), "{kind} {args:?}: {run}");
        }
        let opened = super::opened(&corpus, "c/a.txt");
        let told = opened.notices.join("\n");
        assert!(
            told.contains("pullquote.ron") && !told.contains("Hush"),
            "{kind}: {told}"
        );
    }
}

#[test]
fn what_stands_in_the_place_of_a_file_beside_an_article_is_told_and_never_followed() {
    let names = [
        "a.txt.ron",
        "a.txt.maria.ron",
        "a.txt.meta.ron",
        "a.txt.curated.ron",
        "a.txt.ron.orig",
        "a.txt.maria.sync-conflict-20260101-120000-ABCDEFG.ron",
    ];
    for name in names {
        let corpus = TestCorpus::new()
            .tagged("c/a.txt", "jo", "<q:quote>“Yes,”</q> she said.")
            .tagged("away/a.txt", "", "“Yes,” <s:speaker>she</s> said.")
            .file("away/facts.ron", "Article(version: 1, title: \"Rosebud\")");
        let target = match name.contains("meta") {
            true => "../away/facts.ron",
            false => "../away/a.txt.ron",
        };
        symlink(target, corpus.path("c").join(name)).unwrap();
        let check = corpus.run(["check", "c"]);
        assert_eq!(check.status, Some(1), "{check}");
        assert!(check.stdout.contains(name), "{check}");
        let export = corpus.run(["export", "c", "--to", "jsonl"]);
        assert_eq!(export.stderr.matches(name).count(), 1, "{export}");
        assert_eq!(export.status, Some(1), "{export}");
        let said = format!("{export}");
        assert!(
            !said.contains("Rosebud") && !said.contains("\"speaker\""),
            "{export}"
        );
        let opened = super::opened(&corpus, "c/a.txt");
        let told = opened.notices.join("\n") + opened.read_only.as_deref().unwrap_or_default();
        assert_eq!(told.matches(name).count(), 1, "{name}: {told}");
        assert_eq!(opened.document.set().annotation_count(), 0, "{name}");
        assert!(opened.conflict_copies.is_empty(), "{name}");
        assert!(opened.facts.facts == Default::default(), "{name}");
        assert!(opened.other_annotators.len() <= 1, "{name}");
    }
}

#[test]
fn the_window_names_pipes_and_folders_in_the_place_of_sidecars() {
    for name in ["a.txt.maria.ron", "a.txt.ron.orig", "a.txt.ron"] {
        let corpus = TestCorpus::new().file("c/a.txt", "“Yes,” she said.");
        let path = corpus.path("c").join(name);
        super::fifo(&path);
        let told = || {
            let opened = super::opened(&corpus, "c/a.txt");
            opened.notices.join("\n") + opened.read_only.as_deref().unwrap_or_default()
        };
        let words = told();
        assert!(
            words.contains(name) && words.contains("regular file"),
            "{words}"
        );
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert_eq!(told().matches(name).count(), 1, "{name}: {}", told());
    }
}

#[test]
fn a_link_that_is_put_in_the_place_of_a_sidecar_is_not_written_through() {
    let corpus = TestCorpus::new()
        .file("c/a.txt", "“Yes,” she said.")
        .file("away/keep", "theirs");
    for target in ["../away/new.ron", "../away/keep"] {
        let mut work = super::open(&corpus, "c/a.txt");
        work.tag("quote", "“Yes,”");
        symlink(target, corpus.path("c/a.txt.ron")).unwrap();
        let error = work.save().unwrap_err().to_string();
        assert!(
            error.contains("a.txt.ron") && error.contains("link"),
            "{error}"
        );
        std::fs::remove_file(corpus.path("c/a.txt.ron")).unwrap();
    }
    assert!(!corpus.path("away/new.ron").exists());
    assert_eq!(corpus.read("away/keep"), "theirs");
}

#[test]
fn a_pipe_in_the_place_of_a_journal_keeps_nobody_waiting() {
    let corpus = TestCorpus::new().tagged("c/a.txt", "", "<q:quote>“Yes,”</q> she said.");
    let folder = corpus.state().join("journal/a.txt.ron-1");
    std::fs::create_dir_all(&folder).unwrap();
    super::fifo(&folder.join("000001.journal"));
    for args in [&["check", "c"][..], &["recover"], &["recover", "--write"]] {
        let run = corpus.run(args);
        assert!(
            run.status.is_some_and(|status| status < 2),
            "{args:?}: {run}"
        );
    }
}

#[test]
fn something_else_in_the_place_of_our_folder_is_told_in_plain_words() {
    let corpus = TestCorpus::new().tagged("c/a.txt", "", "<q:quote>“Yes,”</q> she said.");
    super::fifo(&corpus.path("c/.pullquote"));
    let fix = corpus.run(["check", "--fix", "c"]);
    assert!(fix.stdout.contains("something else has this name"), "{fix}");
    std::fs::create_dir_all(corpus.path("out/a.html")).unwrap();
    let export = corpus.run(["export", "c", "--to", "html", "-o", "out"]);
    assert!(export.stderr.contains("a folder has this name"), "{export}");
}
