//! Articles that change on disk after they were annotated.

mod lost;

use std::path::PathBuf;

use crate::edit::{Edge, Step};
use crate::model::{Annotation, CountedIds, Fragments, Link, Origin, ProblemKind, Review, Target};
use crate::ops::{
    Edit, Gesture, Move, OpenDocument, OpenRequest, Opened, SaveRequest, open_in, save_in,
};
use crate::store::test_files as fs;
use crate::text::{TextRange, TextSize};

const TEXT: &str = "Officials met on Monday in the capital.\n\n“I think so,” Tillerson said in the Oval \
                    Office. “Today we do not have a policy.”\n\nNobody else said a word about it on that \
                    day.\n\nThe meeting ended early, and all went home before dusk.\n";

struct TestProject {
    folder: tempfile::TempDir,
}

impl TestProject {
    /// An article with tags q (split quote), s, w (a word of the last but one paragraph), m (of the
    /// last) and a link from q to s.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Self { folder };
        project.write(TEXT);
        project.annotate("");
        project
    }

    fn annotate(&self, annotator: &str) {
        let mut opened = self.open(annotator);
        let mut put = |id: &str, label: &str, words: &[&str]| {
            let text = opened.document.source().as_str();
            let ranges = words.iter().map(|words| range(text, words)).collect();
            opened
                .document
                .parts_mut()
                .set
                .insert_annotation(Annotation {
                    review: Review::Accepted,
                    note: "kept".into(),
                    ..Annotation::new(
                        id,
                        label,
                        Fragments::new(ranges).unwrap(),
                        Origin::Annotator(annotator.into()),
                    )
                });
        };
        put(
            "q",
            "quote",
            &["“I think so,”", "“Today we do not have a policy.”"],
        );
        put("s", "speaker", &["Tillerson"]);
        put("w", "claim", &["Nobody else said a word"]);
        put("m", "claim", &["The meeting ended early"]);
        opened.document.parts_mut().set.insert_link(Link::new(
            "l",
            "speaker",
            "q",
            Target::Annotation("s".into()),
            Origin::Annotator(annotator.into()),
        ));
        self.save(
            &opened,
            &OpenDocument::new(opened.document.clone(), opened.schema.clone()),
        );
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, text: &str) {
        fs::write(self.at("a.txt"), text).unwrap();
    }

    fn open(&self, annotator: &str) -> Opened {
        let request = OpenRequest {
            article: self.at("a.txt"),
            annotator: (!annotator.is_empty()).then(|| annotator.into()),
            ..OpenRequest::default()
        };
        open_in(&request, None).unwrap()
    }

    fn save(&self, opened: &Opened, open: &OpenDocument) {
        let request = SaveRequest {
            document: open.document().clone(),
            files: opened.files.clone(),
            backup_first: false,
            replace: false,
        };
        save_in(&request, None).unwrap();
    }

    fn sidecar(&self) -> String {
        fs::read_to_string(self.at("a.txt.ron")).unwrap()
    }

    /// Lines of records.
    fn records(&self) -> Vec<String> {
        let sidecar = self.sidecar();
        let records = sidecar.lines().filter(|line| line.starts_with("        ("));
        records.map(str::to_owned).collect()
    }

    fn forget_snapshots(&self) {
        fs::remove_dir_all(self.at(".pullquote")).unwrap();
    }
}

fn range(text: &str, words: &str) -> TextRange {
    let start = TextSize::try_from(text.find(words).unwrap()).unwrap();
    TextRange::at(start, TextSize::of(words))
}

fn words(open: &OpenDocument, id: &str) -> Vec<String> {
    let document = open.document();
    let tag = document.set().annotation(&id.into());
    let words = |tag: &Annotation| {
        let words = tag
            .fragments
            .iter()
            .map(|range| document.source().slice(range));
        words.map(str::to_owned).collect()
    };
    tag.map(words).unwrap_or_default()
}

fn told(opened: &Opened) -> String {
    opened.reanchor.as_ref().unwrap().report.to_string()
}

const QUOTE: [&str; 2] = ["“I think so,”", "“Today we do not have a policy.”"];

#[test]
fn tags_follow_a_slip_that_was_mended_before_them() {
    let project = TestProject::new();
    project.write(&TEXT.replace("Monday", "Tuesday"));
    let opened = project.open("");
    assert_eq!(
        told(&opened),
        "the article has changed since it was annotated: 4 tags moved"
    );
    assert!(
        opened.notices[0].contains("a.txt: the article has changed"),
        "{:?}",
        opened.notices
    );
    let open = opened.start();
    assert!(
        open.is_saved() && open.problems().is_empty(),
        "{:?}",
        open.problems()
    );
    assert_eq!(words(&open, "q"), QUOTE);
    assert_eq!(
        open.document()
            .set()
            .annotation(&"q".into())
            .unwrap()
            .review,
        Review::Accepted
    );
    assert_eq!(open.document().set().links_from(&"q".into()).count(), 1);
    project.save(&opened, &open);
    let again = project.open("");
    assert!(again.reanchor.is_none() && again.notices.is_empty());
    assert_eq!(again.document.set(), open.document().set());
}

#[test]
fn the_step_is_undone_to_the_very_records_of_the_file() {
    let project = TestProject::new();
    let before = project.records();
    let new = TEXT
        .replace("Monday", "Tuesday")
        .replace("a policy", "one")
        .replace("Nobody else said a word about it on that day.\n\n", "");
    project.write(&new);
    let opened = project.open("");
    let mut open = opened.start();
    let followed = open.document().clone();
    assert_eq!(open.undo_label(), Some("moved tags to the changed article"));
    open.run(Gesture::Undo, &mut CountedIds::new("n")).unwrap();
    assert!(!open.is_saved());
    assert_eq!(open.document().set().annotation_count(), 0);
    project.save(&opened, &open);
    assert_eq!(project.records(), before);
    open.run(Gesture::Redo, &mut CountedIds::new("n")).unwrap();
    assert_eq!(
        (open.document().set(), open.document().unread()),
        (followed.set(), followed.unread())
    );
    assert!(open.is_saved());
}

#[test]
fn changed_words_are_to_be_checked_until_somebody_has_looked() {
    let project = TestProject::new();
    project.write(&TEXT.replace("have a policy", "have any policy"));
    let opened = project.open("");
    assert_eq!(
        told(&opened),
        "the article has changed since it was annotated: 1 tag in place, 2 moved, 1 to check"
    );
    let mut open = opened.start();
    let quote = open.document().set().annotation(&"q".into()).unwrap();
    assert_eq!(
        (quote.review, quote.former_words.as_slice()),
        (Review::Unreviewed, &QUOTE.map(str::to_owned)[..])
    );
    let problem = open.problems().iter().next().unwrap();
    assert!(
        matches!(&problem.kind, ProblemKind::WordsChanged { same: false, .. }),
        "{problem:?}"
    );
    assert_eq!(problem.annotation, Some("q".into()));
    // It is saved so, and read again.
    project.save(&opened, &open);
    let again = project.open("").start();
    assert_eq!(again.document().set(), open.document().set());
    // A second change keeps the first words.
    project.write(&TEXT.replace("have a policy", "have any good policy"));
    let second = project.open("").start();
    assert_eq!(
        second
            .document()
            .set()
            .annotation(&"q".into())
            .unwrap()
            .former_words,
        QUOTE
    );
    for command in [
        Edit::Review {
            tag: Some("q".into()),
            review: Review::Accepted,
        },
        Edit::SetEdge {
            tag: "q".into(),
            index: 0,
            edge: Edge::End,
            to: range(TEXT, " so,").start(),
        },
    ] {
        open.run(command, &mut CountedIds::new("n")).unwrap();
        assert!(
            open.document()
                .set()
                .annotation(&"q".into())
                .unwrap()
                .former_words
                .is_empty()
        );
        let only_hints = open.problems().iter().all(|p| p.kind.finding().is_some());
        assert!(only_hints);
        open.run(Gesture::Undo, &mut CountedIds::new("n")).unwrap();
        assert_eq!(open.problems().len(), 1);
    }
    open.run(Move::GoTo("q".into()), &mut CountedIds::new("n"))
        .unwrap();
    open.run(
        Edit::Nudge {
            edge: Edge::End,
            forward: false,
            step: Step::Word,
        },
        &mut CountedIds::new("n"),
    )
    .unwrap();
    assert!(open.problems().is_empty());
}

#[test]
fn what_is_left_of_a_split_quote_is_to_be_checked() {
    let project = TestProject::new();
    project.write(&TEXT.replace(" “Today we do not have a policy.”", ""));
    let open = project.open("").start();
    assert_eq!(words(&open, "q"), ["“I think so,”"]);
    let quote = open.document().set().annotation(&"q".into()).unwrap();
    assert_eq!(quote.former_words, QUOTE);
}

#[test]
fn a_repeated_paragraph_is_pointed_out() {
    let project = TestProject::new();
    let paragraph = "Nobody else said a word about it on that day.\n\n";
    project.write(&TEXT.replace(paragraph, &paragraph.repeat(2)));
    let open = project.open("").start();
    assert_eq!(open.problems().len(), 1);
    let problem = open.problems().iter().next().unwrap();
    assert!(matches!(
        problem.kind,
        ProblemKind::WordsChanged { same: true, .. }
    ));
    // The words are the same, so the review still holds.
    assert_eq!(
        open.document()
            .set()
            .annotation(&"w".into())
            .unwrap()
            .review,
        Review::Accepted
    );
}

#[test]
fn other_line_ends_change_no_word() {
    let project = TestProject::new();
    project.write(&TEXT.replace('\n', "\r\n"));
    let opened = project.open("");
    let report = opened.reanchor.as_ref().unwrap().report;
    assert_eq!(
        (report.same + report.moved, report.check, report.lost),
        (4, 0, 0)
    );
    assert!(report.is_same_text());
    assert_eq!(opened.notices, [""; 0]);
    assert_eq!(words(&opened.start(), "q"), QUOTE);
}

#[test]
fn a_snapshot_that_cannot_be_kept_does_not_stop_the_save() {
    let project = TestProject::new();
    project.forget_snapshots();
    fs::write(project.at(".pullquote"), "a file is in the way").unwrap();
    let opened = project.open("");
    let mut open = opened.start();
    open.run(
        Edit::SetNote {
            tag: Some("s".into()),
            note: "new".into(),
        },
        &mut CountedIds::new("n"),
    )
    .unwrap();
    project.save(&opened, &open);
    assert!(project.sidecar().contains("\"new\""));
}

#[test]
fn an_unknown_record_and_field_stay_while_tags_follow() {
    let project = TestProject::new();
    let sidecar = project
        .sidecar()
        .replace("(id: \"s\"", "(id: \"odd\", label: 7),\n        (id: \"s\"")
        .replace(
            "note: \"kept\"),\n    ],",
            "note: \"kept\", zz: {\"a\": 1}),\n    ],",
        );
    fs::write(project.at("a.txt.ron"), &sidecar).unwrap();
    project.write(&TEXT.replace("Monday", "Tuesday"));
    let opened = project.open("");
    let open = opened.start();
    assert_eq!(open.document().unread().len(), 1);
    project.save(&opened, &open);
    let saved = project.sidecar();
    assert!(
        saved.contains("(id: \"odd\", label: 7),") && saved.contains("zz: {\"a\": 1}"),
        "{saved}"
    );
}

#[test]
fn the_same_text_in_another_form_keeps_every_tag() {
    use unicode_normalization::UnicodeNormalization;
    let forms: [fn(&str) -> String; 5] = [
        |text| text.replace(['“', '”'], "\""),
        |text| text.to_uppercase(),
        |text| text.nfd().collect(),
        |text| text.replace('\n', "\r\n"),
        |text| text.replace(['“', '”'], "''").to_lowercase(),
    ];
    for form in forms {
        let text = TEXT.replace("Tillerson", "Jérôme Müller");
        let project = TestProject {
            folder: tempfile::tempdir().unwrap(),
        };
        project.write(&text);
        let mut opened = project.open("");
        for (id, label, tagged) in [
            ("q", "quote", "“Today we do not have a policy.”"),
            ("s", "speaker", "Jérôme Müller"),
            ("p", "claim", "Jérô"),
        ] {
            let range = range(&text, tagged);
            let origin = Origin::Annotator("".into());
            let tag = Annotation::new(id, label, range.try_into().unwrap(), origin);
            opened.document.parts_mut().set.insert_annotation(tag);
        }
        let open = OpenDocument::new(opened.document.clone(), opened.schema.clone());
        project.save(&opened, &open);
        let new = form(&text);
        if new == text {
            continue;
        }
        project.write(&new);
        let opened = project.open("");
        if let Some(followed) = &opened.reanchor {
            let report = followed.report;
            assert_eq!((report.check, report.lost), (0, 0), "{new}: {report}");
        }
        let open = opened.start();
        assert_eq!(words(&open, "s"), [form("Jérôme Müller")], "{new}");
        assert_eq!(words(&open, "p"), [form("Jérô")], "{new}");
        let quote = form("“Today we do not have a policy.”");
        assert_eq!(words(&open, "q"), [quote], "{new}");
    }
}

#[test]
fn short_words_in_another_article_are_to_be_checked() {
    let project = TestProject::new();
    project.forget_snapshots();
    project
        .write("A different report.\n\nNobody knew where Tillerson was that evening, they said.\n");
    let opened = project.open("");
    let report = opened.reanchor.as_ref().unwrap().report;
    assert_eq!((report.same, report.moved), (0, 0), "{report}");
    assert_eq!(report.check, 1, "{report}");
    // In the same article with a line more, what stands among its neighbours is certain.
    let project = TestProject::new();
    project.forget_snapshots();
    project.write(&format!("A new headline.\n\n{TEXT}"));
    let report = project.open("").reanchor.unwrap().report;
    assert_eq!((report.check, report.lost), (0, 0), "{report}");
}

#[test]
fn a_long_quote_in_another_article_is_to_be_checked() {
    let quote = "“We do not, at this hour and under these conditions, have anything that one could call a \
                 policy for the whole region,”";
    let project = TestProject {
        folder: tempfile::tempdir().unwrap(),
    };
    let text = format!("Officials met on Monday.\n\n{quote} Tillerson said in the Oval Office.\n");
    project.write(&text);
    let mut opened = project.open("");
    for (id, label, tagged) in [("q", "quote", quote), ("s", "speaker", "Tillerson")] {
        let range = range(&text, tagged);
        let origin = Origin::Annotator("".into());
        let tag = Annotation::new(id, label, range.try_into().unwrap(), origin);
        opened.document.parts_mut().set.insert_annotation(tag);
    }
    let open = OpenDocument::new(opened.document.clone(), opened.schema.clone());
    project.save(&opened, &open);
    project.forget_snapshots();
    project.write(&format!(
        "Years later the words still rang.\n\n{quote} Tillerson had said, and a reader of this quite \
         other report may wonder why.\n"
    ));
    let opened = project.open("");
    let report = opened.reanchor.as_ref().unwrap().report;
    assert_eq!(
        (report.same, report.moved, report.check),
        (0, 0, 2),
        "{report}"
    );
    assert_eq!(words(&opened.start(), "q"), [quote]);
}
