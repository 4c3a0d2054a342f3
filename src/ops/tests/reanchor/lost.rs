//! Tags whose words are gone, and what the command line reports.

use super::{CountedIds, QUOTE, TEXT, TestProject, range, told, words};
use crate::model::{Problem, ProblemKind};
use crate::ops::{CheckRequest, Edit, ExportRequest, Gesture, Move, check, export};
use crate::store::test_files as fs;

#[test]
fn a_deleted_paragraph_loses_its_tags_until_they_are_placed() {
    let project = TestProject::new();
    project.write(&TEXT.replace("Nobody else said a word about it on that day.\n\n", ""));
    let opened = project.open("");
    assert!(
        told(&opened).ends_with("3 tags in place, 1 lost")
            || told(&opened).ends_with("2 tags in place, 1 moved, 1 lost"),
        "{}",
        told(&opened)
    );
    let mut open = opened.start();
    let [lost] = open
        .document()
        .unread()
        .iter()
        .cloned()
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    assert!(
        lost.is_lost() && lost.raw().contains("text: [\"Nobody else said a word\"]"),
        "{lost:?}"
    );
    assert!(
        lost.raw()
            .contains("before: \" we do not have a policy.”\\n\\n\"")
            || lost.raw().contains("before: \""),
        "{lost:?}"
    );
    assert!(
        lost.raw()
            .contains("after: \" about it on that day.\\n\\nThe meet"),
        "{lost:?}"
    );
    let words_of_it = open.problems().iter().next().unwrap().kind.to_string();
    assert!(
        words_of_it.contains("‘Nobody else said a word’"),
        "{words_of_it}"
    );
    project.save(&opened, &open);
    assert!(project.sidecar().contains("    lost: [\n"));
    // It comes back only where someone places it, even where its words are in its old place.
    project.write(TEXT);
    let again = project.open("").start();
    assert_eq!(words(&again, "w"), [""; 0]);
    assert_eq!(again.document().unread().len(), 1);
    assert_eq!(words(&again, "m"), ["The meeting ended early"]);

    let place = Edit::PlaceLost(lost.clone());
    assert!(open.run(place.clone(), &mut CountedIds::new("n")).is_err());
    let to = range(open.document().source().as_str(), "all went home");
    open.run(
        Move::Select {
            anchor: to.start(),
            head: to.end(),
        },
        &mut CountedIds::new("n"),
    )
    .unwrap();
    open.run(place, &mut CountedIds::new("n")).unwrap();
    assert_eq!(words(&open, "w"), ["all went home"]);
    assert_eq!(
        open.document().set().annotation(&"w".into()).unwrap().note,
        "kept"
    );
    open.run(Gesture::Undo, &mut CountedIds::new("n")).unwrap();
    open.run(Edit::ForgetLost(lost), &mut CountedIds::new("n"))
        .unwrap();
    assert!(open.problems().is_empty() && open.document().unread().is_empty());
}

#[test]
fn a_link_to_a_lost_tag_waits_for_it() {
    let project = TestProject::new();
    project.write(&TEXT.replace(" Tillerson said in the Oval Office.", ""));
    let open = project.open("").start();
    assert_eq!(words(&open, "q"), QUOTE);
    assert_eq!(words(&open, "s"), [""; 0]);
    let dangles = |problem: Problem| matches!(problem.kind, ProblemKind::DanglingLink(_));
    assert!(open.problems().iter().any(dangles));
    assert_eq!(open.document().set().link_count(), 1);
}

#[test]
fn without_the_old_text_words_that_stand_once_are_found() {
    let project = TestProject::new();
    project.forget_snapshots();
    project.write(&format!(
        "{}And all said so.",
        TEXT.replace("Monday", "Tuesday").replace("a policy", "one")
    ));
    let opened = project.open("");
    assert!(told(&opened).contains("the annotated text is missing"));
    let open = opened.start();
    assert_eq!(words(&open, "s"), ["Tillerson"]);
    assert_eq!(words(&open, "m"), ["The meeting ended early"]);
    assert_eq!(words(&open, "q"), ["“I think so,”"]);
    assert_eq!(
        open.document()
            .set()
            .annotation(&"q".into())
            .unwrap()
            .former_words,
        QUOTE
    );
    assert!(open.document().unread().is_empty());
    // Another text under the name of the old one is as good as none.
    let kept = project.at(".pullquote/text");
    fs::create_dir_all(&kept).unwrap();
    let sidecar = project.sidecar();
    let (_, rest) = sidecar.split_once("sha256: \"").unwrap();
    fs::write(
        kept.join(format!("{}.txt", &rest[..64])),
        TEXT.replace('O', "0"),
    )
    .unwrap();
    assert!(told(&project.open("")).contains("the annotated text is missing"));
}

#[test]
fn each_annotator_follows_and_the_shell_sees_it() {
    let project = TestProject::new();
    project.annotate("maria");
    project.annotate("jo");
    project.write(
        &TEXT
            .replace("have a policy", "have any policy")
            .replace("Nobody else said a word about it on that day.\n\n", ""),
    );
    for annotator in ["", "maria", "jo"] {
        assert_eq!(words(&project.open(annotator).start(), "s"), ["Tillerson"]);
    }
    let before = project.sidecar();
    let paths = vec![project.folder.path().to_owned()];
    let report = check(
        &CheckRequest {
            paths: paths.clone(),
            ..CheckRequest::default()
        },
        &mut |_| {},
    )
    .unwrap();
    let lines: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    let has = |start: &str, words: &str| {
        lines
            .iter()
            .any(|line| line.contains(start) && line.contains(words))
    };
    assert!(
        has("a.txt.maria.ron:1:1: ", "1 to check, 1 lost"),
        "{lines:#?}"
    );
    assert!(has("a.txt:3:1: ", "the text was"), "{lines:#?}");
    assert!(
        has("a.txt.jo.ron:", "‘Nobody else said a word’ is no longer"),
        "{lines:#?}"
    );
    assert_eq!((report.articles, report.tags), (1, 9));
    let request = ExportRequest {
        paths,
        format: "jsonl".to_owned(),
        ..ExportRequest::default()
    };
    let mut out = Vec::new();
    let report = export(&request, &mut out, &mut |_| {}).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("“Today we do not have any policy.”") || out.contains("have any policy"));
    assert!(!out.contains("\"id\":\"w\""));
    let lines: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.contains("1 tag is not exported"))
            .count(),
        3,
        "{lines:#?}"
    );
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.contains("a.txt:3:1: exported, but"))
            .count(),
        3,
        "{lines:#?}"
    );
    // Reading has written nothing.
    assert_eq!(project.sidecar(), before);
}
