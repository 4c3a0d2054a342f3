//! Editing an article's text, with real files.

use std::path::PathBuf;

use crate::ops::{
    Command, Edit, Gesture, Move, OpenDocument, OpenRequest, Opened, RandomIds, SaveError,
    SaveReport,
};
use crate::ops::{SaveRequest, open_in, save_in};
use crate::store::test_files as fs;
use crate::text::{Encoding, TextRange};

struct TestProject {
    folder: tempfile::TempDir,
    opened: Opened,
    open: OpenDocument,
}

impl TestProject {
    fn on(bytes: &[u8], encoding: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        fs::write(folder.path().join("corpus/a.txt"), bytes).unwrap();
        let opened = opened(&folder, encoding);
        let open = OpenDocument::new(opened.document.clone(), opened.schema.clone());
        Self {
            folder,
            opened,
            open,
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join("corpus").join(name)
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.at("a.txt")).unwrap()
    }

    fn run(&mut self, command: impl Into<Command>) -> String {
        self.open.run(command, &mut RandomIds).unwrap().message
    }

    fn place(&self, words: &str) -> TextRange {
        let text = self.open.document().source().as_str();
        let start = text.find(words).unwrap();
        TextRange::new(
            start.try_into().unwrap(),
            (start + words.len()).try_into().unwrap(),
        )
    }

    fn tag(&mut self, words: &str) {
        let range = self.place(words);
        self.run(Move::Select {
            anchor: range.start(),
            head: range.end(),
        });
        self.run(Edit::Tag("quote".into()));
    }

    fn edit(&mut self, words: &str, replacement: &str) -> String {
        self.run(Edit::EditText {
            range: self.place(words),
            replacement: replacement.to_owned(),
        })
    }

    fn save(&mut self) -> Result<SaveReport, SaveError> {
        let request = SaveRequest {
            document: self.open.document().clone(),
            files: self.opened.files.clone(),
            backup_first: false,
            replace: false,
        };
        let report = save_in(&request, Some(&self.folder.path().join("state")))?;
        self.opened.files.note_saved(report.clone());
        Ok(report)
    }

    fn again(&self) -> Opened {
        opened(&self.folder, None)
    }

    /// Copies of earlier versions of the article.
    fn copies(&self) -> Vec<Vec<u8>> {
        let mut copies = Vec::new();
        for entry in fs::read_dir(self.folder.path().join("state/backups")).unwrap() {
            let folder = entry.unwrap().path();
            if folder.to_string_lossy().contains("a.txt-") {
                for copy in fs::read_dir(folder).unwrap() {
                    copies.push(fs::read(copy.unwrap().path()).unwrap());
                }
            }
        }
        copies
    }
}

fn opened(folder: &tempfile::TempDir, encoding: Option<&str>) -> Opened {
    let request = OpenRequest {
        article: folder.path().join("corpus/a.txt"),
        encoding: encoding.map(|name| Encoding::named(name).unwrap()),
        ..OpenRequest::default()
    };
    open_in(&request, Some(&folder.path().join("state"))).unwrap()
}

#[test]
fn an_edited_article_is_written_with_its_sidecar_and_back_byte_for_byte() {
    for (bytes, encoding) in [
        (
            &b"\x93I siad so,\x94 he told the caf\xE9.\r\n"[..],
            Some("windows-1252"),
        ),
        ("\u{feff}“I siad so,” he told us.\r\n".as_bytes(), None),
        (b"\xFF\xFEI\0 \0s\0i\0a\0d\0 \0s\0o\0,\0", None),
        ("“I siad so,” he told us.".as_bytes(), None),
    ] {
        let mut project = TestProject::on(bytes, encoding);
        assert_eq!(project.open.text_refusal(), None);
        project.tag("so,");
        let first = project.save().unwrap();
        assert_eq!(first.article, None);
        assert_eq!(project.bytes(), bytes, "tagging writes no article");
        assert!(project.edit("siad", "really said").contains("moved"));
        assert_eq!(project.bytes(), bytes, "nothing is written before saving");
        assert!(project.save().unwrap().article.is_some());
        assert_eq!(project.copies(), [bytes]);
        let again = project.again();
        assert!(!again.source_changed, "{:?}", again.notices);
        assert!(again.notices.is_empty(), "{:?}", again.notices);
        assert_eq!(again.document.set(), project.open.document().set());
        assert!(again.document.source().as_str().contains("really said"));
        assert_eq!(again.files, project.opened.files);
        // Nothing is left to do.
        assert!(project.save().unwrap().unchanged);
        project.run(Gesture::Undo);
        project.save().unwrap();
        assert_eq!(project.bytes(), bytes, "undo gives back the very bytes");
        project.run(Gesture::Redo);
        project.save().unwrap();
        assert_eq!(
            project.again().document.source(),
            project.open.document().source()
        );
    }
}

#[test]
fn without_any_tag_only_the_article_is_written() {
    let mut project = TestProject::on(b"He siad so.", None);
    project.edit("siad", "said");
    project.save().unwrap();
    assert_eq!(project.bytes(), b"He said so.");
    assert!(!project.at("a.txt.ron").exists());
}

#[test]
fn an_article_changed_meanwhile_is_not_written_over() {
    let mut project = TestProject::on(b"He siad so.", None);
    project.tag("so");
    project.save().unwrap();
    let sidecar = fs::read(project.at("a.txt.ron")).unwrap();
    project.edit("siad", "said");
    fs::write(project.at("a.txt"), b"She wrote otherwise.").unwrap();
    let error = project.save().unwrap_err();
    assert!(matches!(error, SaveError::ArticleChanged(_)), "{error}");
    assert!(!error.is_conflict());
    assert_eq!(project.bytes(), b"She wrote otherwise.");
    assert_eq!(fs::read(project.at("a.txt.ron")).unwrap(), sidecar);
    fs::remove_file(project.at("a.txt")).unwrap();
    assert!(matches!(project.save(), Err(SaveError::ArticleGone(_))));
    assert!(!project.at("a.txt").exists());
    // Put back as it was, it can be written.
    fs::write(project.at("a.txt"), b"He siad so.").unwrap();
    project.save().unwrap();
    assert_eq!(project.bytes(), b"He said so.");
}

#[test]
fn a_sidecar_changed_meanwhile_keeps_the_article_as_it_is() {
    let mut project = TestProject::on(b"He siad so.", None);
    project.tag("so");
    project.save().unwrap();
    project.edit("siad", "said");
    fs::write(project.at("a.txt.ron"), b"Pullquote(version: 1)").unwrap();
    assert!(project.save().unwrap_err().is_conflict());
    assert_eq!(project.bytes(), b"He siad so.");
}

/// As after a crash between the two: the article is new, the sidecar old.
#[test]
fn a_save_that_stopped_between_the_two_goes_on() {
    let mut project = TestProject::on(b"He siad so.", None);
    project.tag("so");
    project.save().unwrap();
    project.edit("siad", "said");
    fs::write(project.at("a.txt"), b"He said so.").unwrap();
    project.save().unwrap();
    assert!(!project.again().source_changed);
    assert_eq!(
        project.again().document.set(),
        project.open.document().set()
    );
}

#[test]
fn no_copy_put_away_no_edit_written() {
    let mut project = TestProject::on(b"He siad so.", None);
    project.edit("siad", "said");
    fs::write(project.folder.path().join("state"), b"in the way").unwrap();
    assert!(matches!(project.save(), Err(SaveError::NoCopy { .. })));
    assert_eq!(project.bytes(), b"He siad so.");
}

#[test]
fn a_guess_is_told_and_once_saved_is_known() {
    let mut project = TestProject::on(b"\x93I said so,\x94 he told the caf\xE9.", None);
    let notice = project.opened.encoding_doubt.clone().unwrap();
    assert!(
        notice.contains("a.txt is not UTF-8. It was read as windows-1252"),
        "{notice}"
    );
    assert!(
        project
            .open
            .text_refusal()
            .unwrap()
            .to_string()
            .contains("only a guess")
    );
    project.tag("so,");
    project.save().unwrap();
    let again = project.again();
    assert_eq!(again.encoding_doubt, None);
    assert_eq!(again.document.source().encoding(), "windows-1252");
    let sidecar = fs::read_to_string(project.at("a.txt.ron")).unwrap();
    assert!(sidecar.contains("encoding: \"windows-1252\""), "{sidecar}");
}
