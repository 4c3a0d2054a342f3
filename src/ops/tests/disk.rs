//! Opening and saving with real files.

use std::path::{Path, PathBuf};

use crate::model::{Annotation, DocumentState, Link, Origin, Person, Review, Target};
use crate::ops::{
    OpenError, OpenRequest, Opened, SaveError, SaveReport, SaveRequest, open_in, save_in,
};
use crate::store::{
    FileFingerprint, ReadError, ReadingPosition, WriteError, save_position, test_files as fs,
};
use crate::text::TextRange;

const TEXT: &str = "“I think so,” Tillerson said. “Today we do not.”\r\nשלום 👩‍🔬\n";

struct Corner {
    folder: tempfile::TempDir,
}

impl Corner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        fs::write(folder.path().join("corpus/a.txt"), TEXT).unwrap();
        Self { folder }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join("corpus").join(name)
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("corpus")).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn try_open(&self, annotator: Option<&str>) -> Result<Opened, OpenError> {
        let request = OpenRequest {
            article: self.at("a.txt"),
            annotator: annotator.map(Into::into),
            ..OpenRequest::default()
        };
        open_in(&request, Some(&self.state()))
    }

    fn open(&self) -> Opened {
        self.try_open(None).unwrap()
    }

    fn save(&self, opened: &Opened) -> Result<SaveReport, SaveError> {
        let request = SaveRequest {
            document: opened.document.clone(),
            files: opened.files.clone(),
            backup_first: true,
            replace: false,
        };
        // As in the window: on another thread.
        let state = self.state();
        std::thread::spawn(move || save_in(&request, Some(&state)))
            .join()
            .unwrap()
    }
}

fn tag(opened: &mut Opened, id: &str, words: &str) {
    let source = opened.document.source();
    let start = source.as_str().find(words).unwrap();
    let size = |at: usize| at.try_into().unwrap();
    let range = TextRange::new(size(start), size(start + words.len()));
    opened
        .document
        .parts_mut()
        .set
        .insert_annotation(Annotation {
            person: Some("p1".into()),
            review: Review::Unsure,
            note: "a “note”\n👍".into(),
            ..Annotation::new(
                id,
                "quote",
                range.try_into().unwrap(),
                Origin::Annotator("".into()),
            )
        });
}

#[test]
fn what_was_tagged_is_found_again() {
    let corner = Corner::new();
    let mut opened = corner.open();
    assert_eq!(opened.files.fingerprint, FileFingerprint::Absent);
    tag(&mut opened, "a1", "“I think so,”");
    tag(&mut opened, "a2", "שלום 👩‍🔬");
    opened.document.parts_mut().set.insert_person(Person {
        aliases: vec!["Tillerson".into()],
        ..Person::new("p1", "Rex Tillerson")
    });
    opened.document.parts_mut().set.insert_link(Link::new(
        "l1",
        "speaker",
        "a1",
        Target::Person("p1".into()),
        Origin::Annotator("".into()),
    ));
    opened.document.parts_mut().meta.state = DocumentState::InProgress;
    let report = corner.save(&opened).unwrap();
    assert!(!report.unchanged && report.bytes > 0);
    assert_eq!(corner.names(), [".pullquote", "a.txt", "a.txt.ron"]);
    assert_eq!(fs::read_to_string(corner.at("a.txt")).unwrap(), TEXT);

    let again = corner.open();
    assert_eq!(again.document.set(), opened.document.set());
    assert_eq!(again.document.meta(), opened.document.meta());
    assert_eq!(again.files.fingerprint, report.fingerprint);
    assert!(
        again.read_only.is_none() && again.notices.is_empty(),
        "{:?}",
        again.notices
    );
    // Saving what was just loaded changes no byte, not even the file's time.
    let before = fs::metadata(corner.at("a.txt.ron"))
        .unwrap()
        .modified()
        .unwrap();
    assert!(corner.save(&again).unwrap().unchanged);
    assert_eq!(
        fs::metadata(corner.at("a.txt.ron"))
            .unwrap()
            .modified()
            .unwrap(),
        before
    );
}

#[test]
fn opening_alone_writes_nothing() {
    let corner = Corner::new();
    let opened = corner.try_open(Some("maria")).unwrap();
    let report = corner.save(&opened).unwrap();
    assert_eq!(
        (report.unchanged, report.fingerprint),
        (true, FileFingerprint::Absent)
    );
    assert_eq!(corner.names(), ["a.txt"]);
    assert!(!corner.state().exists());
}

#[test]
fn each_annotator_has_a_file() {
    let corner = Corner::new();
    let mut maria = corner.try_open(Some("maria")).unwrap();
    tag(&mut maria, "a1", "Today");
    corner.save(&maria).unwrap();
    let mut unnamed = corner.open();
    assert_eq!(unnamed.document.set().annotation_count(), 0);
    assert_eq!(unnamed.other_annotators.len(), 1);
    assert_eq!(
        unnamed.other_annotators[0].annotator.as_deref(),
        Some("maria")
    );
    tag(&mut unnamed, "a2", "Today");
    corner.save(&unnamed).unwrap();
    assert_eq!(
        corner.names(),
        [".pullquote", "a.txt", "a.txt.maria.ron", "a.txt.ron"]
    );
    let again = corner.try_open(Some("maria")).unwrap();
    assert_eq!(again.document.meta().annotator.as_deref(), Some("maria"));
    assert!(again.document.set().annotation(&"a1".into()).is_some());
    let error = corner.try_open(Some("md")).unwrap_err();
    assert!(matches!(error, OpenError::Annotator(_)), "{error}");
}

#[test]
fn the_last_position_comes_with_the_article() {
    let corner = Corner::new();
    assert_eq!(corner.open().position, None);
    let position = ReadingPosition {
        caret: 7.into(),
        top: 0.into(),
        offset: 3,
    };
    save_position(&corner.state(), &corner.at("a.txt"), position).unwrap();
    assert_eq!(corner.open().position, Some(position));
}

#[test]
fn two_windows_do_not_overwrite_each_other() {
    let corner = Corner::new();
    let (mut one, mut two) = (corner.open(), corner.open());
    tag(&mut one, "a1", "Today");
    tag(&mut two, "a2", "think");
    one.files.fingerprint = corner.save(&one).unwrap().fingerprint;
    let on_disk = fs::read(corner.at("a.txt.ron")).unwrap();
    let error = corner.save(&two).unwrap_err();
    assert!(
        matches!(error, SaveError::Write(WriteError::Changed { .. })),
        "{error}"
    );
    assert_eq!(fs::read(corner.at("a.txt.ron")).unwrap(), on_disk);
    tag(&mut one, "a3", "said");
    corner.save(&one).unwrap();
    // Gone in the meantime: that counts as changed.
    let opened = corner.open();
    fs::remove_file(corner.at("a.txt.ron")).unwrap();
    let error = corner.save(&opened).unwrap_err();
    assert!(
        matches!(error, SaveError::Write(WriteError::Changed { .. })),
        "{error}"
    );
}

#[test]
fn a_damaged_sidecar_is_salvaged_and_put_away_before_it_is_written() {
    let corner = Corner::new();
    let mut opened = corner.open();
    tag(&mut opened, "a1", "think");
    tag(&mut opened, "a2", "Today");
    corner.save(&opened).unwrap();
    let whole = fs::read_to_string(corner.at("a.txt.ron")).unwrap();
    let cut = whole.find("\"Today\"").unwrap();
    fs::write(corner.at("a.txt.ron"), &whole[..cut]).unwrap();

    let opened = corner.open();
    assert!(opened.salvaged && opened.read_only.is_none());
    assert_eq!(opened.document.set().annotation_count(), 1);
    assert_eq!(opened.document.unread().len(), 1);
    assert!(
        opened.notices[0].contains("damaged"),
        "{:?}",
        opened.notices
    );
    assert_eq!(
        fs::read_to_string(corner.at("a.txt.ron")).unwrap(),
        whole[..cut],
        "only opened"
    );
    corner.save(&opened).unwrap();
    let copies: Vec<_> = walk(&corner.state());
    assert_eq!(copies.len(), 1);
    assert_eq!(fs::read_to_string(&copies[0]).unwrap(), whole[..cut]);
    let again = corner.open();
    assert!(!again.salvaged);
    assert_eq!(again.document.set(), opened.document.set());
    assert_eq!(
        again.document.unread().get_min().unwrap().raw(),
        opened.document.unread().get_min().unwrap().raw()
    );
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn no_copy_put_away_no_write() {
    let corner = Corner::new();
    fs::write(corner.at("a.txt.ron"), "Pullquote(version: 1, people: [").unwrap();
    let mut opened = corner.open();
    // Not one line of it can be read.
    assert!(opened.read_only.is_some());
    fs::write(corner.at("a.txt.ron"), "version: 1,\noops").unwrap();
    opened = corner.open();
    assert!(
        opened.salvaged && opened.read_only.is_none(),
        "{:?}",
        opened.read_only
    );
    fs::write(corner.state(), "a file where the folder should be").unwrap();
    assert!(corner.save(&opened).is_err());
    assert_eq!(
        fs::read_to_string(corner.at("a.txt.ron")).unwrap(),
        "version: 1,\noops"
    );
}

#[test]
fn without_a_place_for_copies_a_sound_file_is_still_saved() {
    let corner = Corner::new();
    let mut opened = corner.open();
    tag(&mut opened, "a1", "Today");
    opened.files.fingerprint = corner.save(&opened).unwrap().fingerprint;
    fs::write(corner.state(), "a file where the folder should be").unwrap();
    tag(&mut opened, "a2", "think");
    assert!(!corner.save(&opened).unwrap().unchanged);
}

#[test]
fn a_damaged_header_does_not_change_whose_file_it_is() {
    let corner = Corner::new();
    let mut opened = corner.try_open(Some("maria")).unwrap();
    tag(&mut opened, "a1", "Today");
    corner.save(&opened).unwrap();
    let path = corner.at("a.txt.maria.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("annotator: \"maria\"", "annot")).unwrap();
    let again = corner.try_open(Some("maria")).unwrap();
    assert!(again.salvaged);
    assert_eq!(again.document.meta(), opened.document.meta());
}

#[test]
fn what_may_not_be_written_is_not() {
    let corner = Corner::new();
    for (text, words) in [
        (
            "Pullquote(version: 2, annotations: [], people: [])",
            "newer version",
        ),
        ("a shopping list", "not a sidecar"),
        ("", ""),
    ] {
        fs::write(corner.at("a.txt.ron"), text).unwrap();
        let mut opened = corner.open();
        tag(&mut opened, "a1", "Today");
        if text.is_empty() {
            // Nothing was there to lose.
            assert!(opened.read_only.is_none());
            assert!(corner.save(&opened).is_ok());
            continue;
        }
        let reason = opened.read_only.clone().unwrap();
        assert!(
            reason.contains(words) && reason.contains("a.txt.ron"),
            "{reason}"
        );
        assert!(matches!(corner.save(&opened), Err(SaveError::ReadOnly(_))));
        assert_eq!(fs::read_to_string(corner.at("a.txt.ron")).unwrap(), text);
    }
    // A folder where the sidecar should be.
    fs::remove_file(corner.at("a.txt.ron")).unwrap();
    fs::create_dir(corner.at("a.txt.ron")).unwrap();
    let opened = corner.open();
    assert!(opened.read_only.unwrap().contains("this is a folder"));
}

#[test]
fn a_changed_article_keeps_every_tag() {
    let corner = Corner::new();
    let mut opened = corner.open();
    tag(&mut opened, "a1", "think");
    tag(&mut opened, "a2", "Today");
    corner.save(&opened).unwrap();
    fs::write(corner.at("a.txt"), TEXT.replace("said.", "said again.")).unwrap();
    let mut changed = corner.open();
    assert!(changed.source_changed && changed.notices[0].contains("has changed"));
    // Until the tags follow, their records are carried along.
    assert_eq!(changed.document.set().annotation_count(), 0);
    assert_eq!(changed.document.unread().len(), 2);
    changed.document = changed.start().document().clone();
    assert_eq!(changed.document.set().annotation_count(), 2);
    tag(&mut changed, "a3", "again");
    corner.save(&changed).unwrap();
    let text = fs::read_to_string(corner.at("a.txt.ron")).unwrap();
    for id in ["a1", "a2", "a3"] {
        assert!(text.contains(&format!("(id: \"{id}\"")), "{text}");
    }
}

#[test]
fn a_clash_that_was_settled_by_deleting_can_be_saved() {
    let corner = Corner::new();
    let mut opened = corner.open();
    tag(&mut opened, "a1", "Today");
    corner.save(&opened).unwrap();
    let path = corner.at("a.txt.ron");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|l| l.contains("\"a1\"")).unwrap();
    fs::write(
        &path,
        text.replace(
            line,
            &format!(
                "{line}\n{}",
                line.replace("note", "NOTE").replace("quote", "claim")
            ),
        ),
    )
    .unwrap();
    let mut opened = corner.open();
    assert_eq!(
        opened.document.unread().len(),
        1,
        "{:?}",
        opened.document.unread()
    );
    opened
        .document
        .parts_mut()
        .set
        .remove_annotation(&"a1".into());
    corner.save(&opened).unwrap();
    // The other record of that id has the place now.
    let again = corner.open();
    assert_eq!(
        again.document.set().annotation(&"a1".into()).unwrap().label,
        "claim"
    );
}

#[test]
fn a_document_that_would_not_come_back_is_not_saved() {
    let corner = Corner::new();
    let mut opened = corner.open();
    tag(&mut opened, "a1", "Today");
    let mut outside = opened
        .document
        .set()
        .annotation(&"a1".into())
        .unwrap()
        .clone();
    outside.fragments = TextRange::new(5000.into(), 5001.into()).try_into().unwrap();
    opened.document.parts_mut().set.insert_annotation(outside);
    let error = corner.save(&opened).unwrap_err();
    assert!(matches!(error, SaveError::WouldLose { .. }), "{error}");
    assert_eq!(corner.names(), ["a.txt"]);
}

#[test]
fn a_schema_with_errors_does_not_stop_the_work() {
    let corner = Corner::new();
    fs::write(
        corner.at("pullquote.ron"),
        "(labels: [(key: \"cue\", letter: 'U')])",
    )
    .unwrap();
    let opened = corner.open();
    assert!(opened.schema.label("cue").is_some() && opened.schema.label("quote").is_none());
    for bad in ["(labels: [", "(labels: [])"] {
        fs::write(corner.at("pullquote.ron"), bad).unwrap();
        let opened = corner.open();
        assert!(opened.schema.label("quote").is_some());
        assert!(
            opened.notices[0].contains("pullquote.ron: line 1"),
            "{:?}",
            opened.notices
        );
    }
}

#[test]
fn an_article_that_cannot_be_read_is_an_error() {
    let corner = Corner::new();
    fs::remove_file(corner.at("a.txt")).unwrap();
    let error = corner.try_open(None).unwrap_err();
    assert!(
        matches!(error, OpenError::Article(ReadError::Missing { .. })),
        "{error}"
    );
    assert!(error.to_string().contains("a.txt"), "{error}");
}

#[test]
fn a_text_that_could_not_be_kept_is_told_and_kept_by_the_next_save() {
    let corner = Corner::new();
    let mut opened = corner.open();
    let in_the_way = corner.at(".pullquote");
    fs::write(&in_the_way, "x").unwrap();
    tag(&mut opened, "a1", "“I think so,”");
    let report = corner.save(&opened).unwrap();
    assert!(report.text_not_kept.is_some() && !report.unchanged);
    opened.files.note_saved(report);
    fs::remove_file(&in_the_way).unwrap();
    let report = corner.save(&opened).unwrap();
    assert_eq!((report.text_not_kept, report.unchanged), (None, true));
    assert!(in_the_way.join("text").is_dir());
}
