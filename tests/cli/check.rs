use insta::assert_snapshot;
use pullquote::format::schema_file::default_schema;
use pullquote::model::DocumentState;
use pullquote::ops::{Edit, OpenDocument, RandomIds};
use pullquote::store::{FileFingerprint, Journal, JournalStart};

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
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 0
--- stderr
the annotated text is not kept beside the article, so tags may be lost when the article changes; save it or run `pullquote check --fix`: ./a.txt, ./sub/b.md
3 articles, 2 sidecars, 6 tags: no problems
"#);
    assert_snapshot!(corpus.run(["check", "a.txt", "--json"]), @r#"
    status 0
    --- stdout
    {"articles":1,"sidecars":1,"tags":3,"fixed":[],"failed":[],"texts_not_kept":["a.txt"],"problems":[]}
    "#);
    assert_eq!(corpus.files(), before);
}

#[test]
fn quotation_marks_without_a_partner_are_hints_once_an_article() {
    let article = "Fine: “We go,” she said.\n\n“We stay, he said.\n\nWe left,” they said.\n\nHe is 6'2\" tall.\n";
    let corpus = TestCorpus::new().file("a.txt", article);
    assert_snapshot!(corpus.run(["check", "a.txt"]), @r#"
    status 0
    --- stderr
    2 hints of `unbalanced-mark`: this quotation mark has no partner in its paragraph; check where the quotation begins and ends; list with --hints
    1 article, 0 sidecars, 0 tags: no problems
    "#);
    let ran = corpus.run(["check", "a.txt", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let hints = report["hints"].as_array().unwrap();
    assert_eq!(
        (hints.len(), &hints[1]["line"], &hints[1]["column"]),
        (2, &5.into(), &9.into())
    );
    assert_eq!(ran.status, Some(0));
    // Of two people one ignores a mark.
    let corpus = corpus
        .tagged("a.txt", "ann", article)
        .tagged("a.txt", "ben", article);
    let hints = |corpus: &TestCorpus| {
        let ran = corpus.run(["check", "a.txt", "--hints"]);
        ran.stdout.matches("(unbalanced-mark)").count()
    };
    assert_eq!(hints(&corpus), 2);
    let sidecar = corpus.read("a.txt.ann.ron");
    let ignored = "    ignored: [\n        (rule: \"unbalanced-mark\", words: \"“We stay, he said.\", \
                   reason: \"as printed\"),\n    ],\n)";
    let at = sidecar.rfind(')').unwrap();
    let text = format!("{}{ignored}\n", &sidecar[..at]);
    std::fs::write(corpus.path("a.txt.ann.ron"), text).unwrap();
    assert_eq!(hints(&corpus), 1);
    let project = "(lint: {\"unbalanced-mark\": \"problem\"})";
    std::fs::write(corpus.path("pullquote.ron"), project).unwrap();
    assert_eq!(corpus.run(["check", "a.txt"]).status, Some(1));
    // Of very many, how many more there are is said once.
    let many = TestCorpus::new()
        .file("a.txt", "“We stay, he said.\n\nFine.\n\n".repeat(150))
        .file("pullquote.ron", project);
    let ran = many.run(["check", "a.txt"]);
    assert_eq!(ran.stdout.matches("more of this kind").count(), 1, "{ran}");
    assert!(ran.stderr.contains("150 problems"), "{ran}");
    let project = "(lint: {\"unbalanced-mark\": \"off\"})";
    std::fs::write(corpus.path("pullquote.ron"), project).unwrap();
    assert_eq!(hints(&corpus), 0);
}

#[test]
fn other_line_ends_are_no_problem_and_nothing_to_fix() {
    let text = "A minister spoke.\n\n<q1:quote>“Hello,”</q1> <s1:speaker>Anna</s1> said.\n";
    let corpus = TestCorpus::new().tagged("a.txt", "", text);
    let article = corpus.read("a.txt").replace('\n', "\r\n");
    std::fs::write(corpus.path("a.txt"), article).unwrap();
    let before = corpus.files();
    for command in [&["check", "."][..], &["check", "--fix", "."]] {
        let said = corpus.run(command.iter().copied()).to_string();
        assert!(said.contains("2 tags: no problems"), "{said}");
    }
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
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 1
--- stdout
./a.txt:2:4: the label `quotation` is not in the schema; change the label or add it to the schema [maria]
./a.txt:2:9: `loud` is not a value of `form` in the schema [maria]
./a.txt:2:9: the schema has no attribute `mood` for this label [maria]
./a.txt:2:9: one end of a link no longer exists; choose the speaker again (link `l2`) [maria]
./a.txt:2:12: the person of this tag does not exist; press W to set it again (person `p9`) [maria]
./a.txt:2:12: the schema does not allow a link between these labels; change the label or remove the link (link `l1`) [maria]
./b.txt.ron:8:1: a record of `annotations` on line 8 of the sidecar is kept but not shown: the text at (0, 8) is “Hello,”, not “Hullo,”
./b.txt.ron:1:1: one end of a link no longer exists; choose the speaker again (link `l1`)
./gone.txt.ron:1:1: this sidecar has no article; put the article back, or rename the sidecar to match it
--- stderr
the annotated text is not kept beside the article, so tags may be lost when the article changes; save it or run `pullquote check --fix`: ./a.txt, ./b.txt
2 articles, 2 sidecars, 5 tags: 9 problems
"#);
    assert_snapshot!(corpus.run(["check", "b.txt", "--json"]), @r#"
    status 1
    --- stdout
    {"articles":1,"sidecars":1,"tags":2,"fixed":[],"failed":[],"texts_not_kept":["b.txt"],"problems":[{"path":"b.txt.ron","line":8,"column":1,"annotator":"","message":"a record of `annotations` on line 8 of the sidecar is kept but not shown: the text at (0, 8) is “Hello,”, not “Hullo,”"},{"path":"b.txt.ron","line":1,"column":1,"annotator":"","message":"one end of a link no longer exists; choose the speaker again (link `l1`)"}]}
    "#);
}

#[test]
fn a_text_that_has_changed_is_noticed() {
    let corpus = TestCorpus::new().tagged("a.txt", "", GOOD);
    let text = corpus.read("a.txt").replace("Anna", "Berta");
    let corpus = corpus.file("a.txt", text);
    assert_snapshot!(corpus.run(["check", "a.txt"]), @"
    status 1
    --- stdout
    a.txt.ron:1:1: the article has changed since it was annotated: 2 tags to check, 1 lost (the annotated text is missing, so only words that occur once were found, and those that stand alone are to be checked)
    a.txt.ron:9:1: ‘Anna’ is no longer in the article; select the text the tag belongs to and place it there, or discard it
    a.txt:1:1: “Hello,” … “and it rains.” may belong elsewhere, because the article has changed; check its place, then accept
    a.txt:1:1: one end of a link no longer exists; choose the speaker again (link `l1`)
    a.txt:1:27: ‘it rains’ may belong elsewhere, because the article has changed; check its place, then accept
    a.txt:1:27: one end of a link no longer exists; choose the speaker again (link `l2`)
    --- stderr
    1 article, 1 sidecar, 2 tags: 6 problems
    ");
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
    assert!(ran.stdout.contains("pullquote.ron:1:2: "), "{ran}");
}

/// Unsaved work before a crash is reported, with its steps.
#[test]
fn unsaved_work_is_told() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>“Yes,”</q1> she said.");
    let document = corpus.document("a.txt", "");
    let mut open = OpenDocument::new(document.clone(), default_schema().unwrap());
    open.keep_applied(true);
    let start = JournalStart {
        article: corpus.path("a.txt"),
        sidecar: corpus.path("a.txt.ron"),
        annotator: None,
        fingerprint: FileFingerprint::of(corpus.read("a.txt.ron").as_bytes()),
        document,
        state: open.state_id(),
    };
    let mut journal = Journal::begin(&corpus.state(), start);
    open.run(Edit::SetState(DocumentState::Done), &mut RandomIds)
        .unwrap();
    journal.append(&open.take_applied()).unwrap();
    let said = "1 unsaved step can be restored";
    assert!(
        !corpus.run(["check", "."]).stdout.contains(said),
        "its window is open"
    );
    drop(journal);
    // A program that another test is starting holds every open file for a moment.
    let mut ran = corpus.run(["check", "."]);
    for _ in 0..20 {
        if ran.stdout.contains(said) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
        ran = corpus.run(["check", "."]);
    }
    assert!(ran.stdout.contains(said) && ran.status == Some(1), "{ran}");

    let waiting = corpus.run(["recover"]);
    assert!(
        waiting.stdout.contains("a.txt: 1 step waiting"),
        "{waiting}"
    );
    assert_eq!(waiting.status, Some(1));
    let saved = corpus.run(["recover", ".", "--write"]);
    assert!(saved.stdout.contains("a.txt: 1 step saved"), "{saved}");
    assert!(corpus.read("a.txt.ron").contains("state: Done"));
    let nothing = corpus.run(["recover", ".", "--json"]);
    assert_eq!(
        (nothing.status, &*nothing.stdout),
        (Some(0), "[]\n"),
        "{nothing}"
    );
}

#[test]
fn what_leaves_no_doubt_is_mended_and_the_rest_is_left() {
    let corpus = TestCorpus::new()
        .tagged("moved.txt", "", GOOD)
        .tagged("torn.txt", "", GOOD)
        .tagged("lost.txt", "", GOOD);
    // The texts that were tagged, all three the same, are kept from now on.
    assert_snapshot!(corpus.run(["check", ".", "--fix"]), @r"
    status 0
    --- stdout
    ./lost.txt.ron: fixed: saved the annotated text in .pullquote/text
    --- stderr
    3 articles, 3 sidecars, 9 tags: no problems
    ");
    let moved = format!("A headline.\n\n{}", corpus.read("moved.txt"));
    let torn = corpus
        .read("torn.txt.ron")
        .replace("    links: [", "    links: [\n        (id: \"cut");
    let corpus = corpus
        .file("moved.txt", moved)
        .file("torn.txt.ron", &torn)
        .file("lost.txt", "Nothing of it is left here, not a word.");
    let lost = corpus.read("lost.txt.ron");
    let mended = corpus.run(["check", ".", "--fix"]).stdout;
    for words in [
        "./moved.txt.ron: fixed: the article had changed; 0 tags stayed, 3 moved",
        "./torn.txt.ron: fixed: was damaged; repaired, with 1 damaged",
        "./lost.txt.ron:1:1: the article has changed since it was annotated",
    ] {
        assert!(mended.contains(words), "{mended}");
    }
    assert_eq!(corpus.read("lost.txt.ron"), lost, "somebody has to look");
    let again = corpus.run(["check", ".", "--fix"]).stdout;
    assert!(!again.contains("fixed"), "{again}");
    assert!(!again.contains("moved.txt"), "{again}");
    assert!(corpus.read("torn.txt.ron").contains("cut"), "kept");
}

/// Who may write anywhere cannot be refused: a file in the way of the folder is.
#[test]
fn what_cannot_be_fixed_is_told() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", GOOD)
        .file(".pullquote", "in the way");
    let run = corpus.run(["check", ".", "--fix"]);
    assert_eq!(run.status, Some(2), "{run}");
    assert!(run.stdout.contains("a.txt.ron:1:1: not fixed: "), "{run}");
    // It is made good as soon as it can be.
    std::fs::remove_file(corpus.path(".pullquote")).unwrap();
    let run = corpus.run(["check", ".", "--fix"]);
    assert_eq!(run.status, Some(0), "{run}");
    assert!(run.stdout.contains("saved the annotated text"), "{run}");
}

#[test]
fn a_repaired_file_is_kept_as_it_was() {
    let corpus = TestCorpus::new().tagged("a.txt", "", GOOD);
    let torn = corpus.read("a.txt.ron").replace("\n)\n", "\n");
    let corpus = corpus.file("a.txt.ron", &torn);
    let checked = corpus.run(["check", "."]);
    assert_eq!(checked.status, Some(1), "{checked}");
    let fixed = corpus.run(["check", ".", "--fix"]).stdout;
    let (_, copy) = fixed.split_once("the file as it was is kept as ").unwrap();
    let copy = copy.lines().next().unwrap();
    assert_eq!(std::fs::read_to_string(copy).unwrap(), torn, "{fixed}");
    assert!(fixed.contains("records may be missing"), "{fixed}");
}

#[test]
fn the_curated_file_is_repaired_like_the_others() {
    let corpus = TestCorpus::new().tagged("a.txt", "", GOOD);
    let torn = corpus.read("a.txt.ron").replace("\n)\n", "\n");
    let corpus = corpus.file("a.txt.curated.ron", &torn);
    std::fs::remove_file(corpus.path("a.txt.ron")).unwrap();
    let fixed = corpus.run(["check", ".", "--fix"]);
    let line = "./a.txt.curated.ron: fixed: was damaged";
    assert!(fixed.stdout.contains(line), "{fixed}");
    let (_, copy) = fixed
        .stdout
        .split_once("the file as it was is kept as ")
        .unwrap();
    let copy = copy.lines().next().unwrap();
    assert_eq!(std::fs::read_to_string(copy).unwrap(), torn);
    let repaired = corpus.read("a.txt.curated.ron");
    assert!(repaired.ends_with("\n)\n"), "{repaired}");
    let kept = corpus
        .names()
        .into_iter()
        .filter(|name| name.starts_with(".pullquote/text"));
    assert_eq!(kept.count(), 1, "the annotated text");
    let again = corpus.run(["check", ".", "--fix"]).stdout;
    assert!(
        !again.contains("fixed") && !again.contains("damaged"),
        "{again}"
    );
    // It follows an article that has changed.
    let text = corpus.read("a.txt");
    let corpus = corpus.file("a.txt", format!("News today. {text}"));
    let fixed = corpus.run(["check", ".", "--fix"]);
    let line = "./a.txt.curated.ron: fixed: the article had changed; 0 tags stayed, ";
    assert!(fixed.stdout.contains(line), "{fixed}");
}

#[test]
fn many_problems_of_one_kind_are_counted_and_some_are_told() {
    let quotes: Vec<String> = (0..1_500)
        .map(|n| format!("<q{n}:odd>x{n}</q{n}>"))
        .collect();
    let corpus = TestCorpus::new().tagged("a.txt", "", &quotes.join(" "));
    let ran = corpus.run(["check", "a.txt"]);
    assert_eq!(ran.status, Some(1), "{ran}");
    assert_eq!(ran.stdout.lines().count(), 101, "{ran}");
    let last = ran.stdout.lines().last().unwrap_or_default();
    assert!(last.ends_with("; and 1,399 more of this kind"), "{last}");
    assert!(
        ran.stderr.contains("1500 problems") || ran.stderr.contains("1,500 problems"),
        "{ran}"
    );
}

#[test]
fn a_text_that_is_not_kept_is_told_and_made_good() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", GOOD)
        .file("b.txt", "Nobody has begun.");
    let not_kept = "the annotated text is not kept beside the article";
    let ran = corpus.run(["check", "."]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(
        ran.stderr.contains(not_kept) && ran.stderr.contains("a.txt"),
        "{ran}"
    );
    let json = corpus.run(["check", ".", "--json"]).stdout;
    assert!(json.contains("\"texts_not_kept\":[\"./a.txt\"]"), "{json}");
    let ran = corpus.run(["check", "--fix", "."]);
    assert!(
        ran.status == Some(0) && !ran.stderr.contains(not_kept),
        "{ran}"
    );
    assert!(!corpus.run(["check", "."]).stderr.contains(not_kept));
}

#[cfg(unix)]
#[test]
fn files_that_more_may_read_than_the_article_are_told_and_fixed() {
    use std::fs::{Permissions, metadata, read_dir, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let corpus = TestCorpus::new().tagged("a.txt", "", GOOD);
    assert_eq!(corpus.run(["check", "--fix", "."]).status, Some(0));
    set_permissions(corpus.path("a.txt"), Permissions::from_mode(0o600)).unwrap();
    let ran = corpus.run(["check", "."]);
    assert_eq!(ran.status, Some(1), "{ran}");
    let told = ran
        .stdout
        .matches("more people may read this file than its article");
    assert_eq!(told.count(), 2, "{ran}");
    assert_eq!(corpus.run(["check", "--fix", "."]).status, Some(0));
    let kept = read_dir(corpus.path(".pullquote/text"))
        .unwrap()
        .next()
        .unwrap();
    for file in [kept.unwrap().path(), corpus.path("a.txt.ron")] {
        let mode = metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
    assert_eq!(corpus.run(["check", "."]).status, Some(0));
}

#[cfg(unix)]
#[test]
fn what_is_in_the_way_in_our_folder_is_told() {
    let corpus = TestCorpus::new().tagged("a.txt", "", GOOD);
    std::fs::create_dir(corpus.path(".pullquote")).unwrap();
    let attributes = corpus.path(".pullquote/.gitattributes");
    std::os::unix::fs::symlink("../../outside", &attributes).unwrap();
    let ran = corpus.run(["check", "--fix", "."]);
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(
        ran.stdout.contains(".gitattributes:1:1: this is a link"),
        "{ran}"
    );
    assert!(!corpus.path("../outside").exists());
}

#[test]
fn what_could_not_be_fixed_is_no_absence_of_problems() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", GOOD)
        .file(".pullquote", "a file");
    let ran = corpus.run(["check", "--fix", "."]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(
        ran.stdout.contains("not fixed") && !ran.stderr.contains("no problems"),
        "{ran}"
    );
}

#[test]
fn slips_are_counted_listed_on_demand_and_change_the_exit_code_where_the_project_says_so() {
    let slips = "<q1:quote>“Hello</q1> there,” <s1:speaker>An</s1>na said.\n---\nq1 -speaker-> s1";
    let corpus = TestCorpus::new().tagged("a.txt", "maria", slips);
    assert_snapshot!(corpus.run(["check", "a.txt"]), @r#"
    status 0
    --- stderr
    the annotated text is not kept beside the article, so tags may be lost when the article changes; save it or run `pullquote check --fix`: a.txt
    1 hint of `unclosed-mark`: this tag has one quotation mark of a pair, but not the other; move its edge; list with --hints
    1 hint of `edge-in-word`: an edge of this tag splits a word; move it to the edge of the word; list with --hints
    1 article, 1 sidecar, 2 tags: no problems
    "#);
    assert_snapshot!(corpus.run(["check", "a.txt", "--hints"]), @r#"
    status 0
    --- stdout
    a.txt:1:1: hint: this tag has one quotation mark of a pair, but not the other; move its edge (unclosed-mark) [maria]
    a.txt:1:16: hint: an edge of this tag splits a word; move it to the edge of the word (edge-in-word) [maria]
    --- stderr
    the annotated text is not kept beside the article, so tags may be lost when the article changes; save it or run `pullquote check --fix`: a.txt
    1 article, 1 sidecar, 2 tags: no problems
    "#);
    let ran = corpus.run(["check", "a.txt", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let hint = &report["hints"][1];
    assert_eq!(
        (
            &hint["rule"],
            &hint["path"],
            &hint["column"],
            &hint["annotator"]
        ),
        (
            &"edge-in-word".into(),
            &"a.txt".into(),
            &16.into(),
            &"maria".into()
        )
    );
    let schema = "(\n    lint: {\"edge-in-word\": \"problem\", \"unclosed-mark\": \"off\", \"edge-in-wrod\": \"off\"},\n)";
    let corpus = corpus.file("pullquote.ron", schema);
    let ran = corpus.run(["check", "a.txt"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    let slip =
        "a.txt:1:16: an edge of this tag splits a word; move it to the edge of the word [maria]";
    let unknown = "pullquote.ron:2:64: this version does not know the field `edge-in-wrod`";
    assert!(
        ran.stdout.contains(slip) && ran.stdout.contains(unknown),
        "{}",
        ran.stdout
    );
    assert!(!ran.stderr.contains("hint"), "{}", ran.stderr);
}

#[test]
fn what_is_ignored_is_no_hint_and_no_problem() {
    let slips = "<q1:quote>“Hello,”</q1> <s1:speaker>An</s1>na said.\n---\nq1 -speaker-> s1";
    let corpus = TestCorpus::new().tagged("a.txt", "maria", slips);
    let sidecar = corpus.read("a.txt.maria.ron");
    let ignored = "    ],\n    ignored: [\n        (rule: \"edge-in-word\", tag: \"s1\", reason: \"a name within\"),\n    ],\n)";
    let sidecar = sidecar
        .trim_end()
        .strip_suffix("    ],\n)")
        .unwrap()
        .to_owned()
        + ignored
        + "\n";
    let corpus = corpus
        .file("a.txt.maria.ron", &sidecar)
        .file("pullquote.ron", "(lint: {\"edge-in-word\": \"problem\"})");
    let ran = corpus.run(["check", "a.txt"]);
    assert_eq!((ran.status, &*ran.stdout), (Some(0), ""));
    assert!(
        ran.stderr
            .contains("1 hint ignored, with the reasons in the sidecars"),
        "{}",
        ran.stderr
    );
    // A repair keeps it.
    corpus.run(["check", "a.txt", "--fix"]);
    assert_eq!(corpus.read("a.txt.maria.ron"), sidecar);
}
