use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::edit::action;
use crate::format::sidecar;
use crate::model::{
    Annotation, AnnotationId, DocumentMeta, DocumentParts, Link, LinkId, Origin, Person, Review,
    Target,
};
use crate::ops::article_list::Copies;
use crate::ops::bulk_step::bulk_step;
use crate::store::sidecar_file::{ReservedName, sidecar_path};
use crate::text::{Sketch, SourceText, TextRange, TextSize};

const REPORT: &str = "The bridge over the river will open again in May, the mayor of the town said on Monday.\n\
    “We have waited long enough for this,” Ann Lee told the council in the evening.\n\
    Work had stopped in the autumn after the builder ran out of money and left the site.\n\
    “Nobody knew what to do,” said Tom Webb, who lives beside the old road to the ferry.\n";

/// The same report, shorter and with other words in it.
fn cut() -> String {
    let lines: Vec<&str> = REPORT.lines().take(3).collect();
    let edited = lines.join("\n").replace("long enough", "long");
    format!("BRIDGE TO OPEN\n{edited}\n")
}

struct World {
    folder: TempDir,
    open: BTreeSet<PathBuf>,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("a.txt"), REPORT).unwrap();
        fs::write(folder.path().join("sub/b.txt"), cut()).unwrap();
        Self {
            folder,
            open: BTreeSet::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn state(&self) -> PathBuf {
        self.path(".state")
    }

    /// Both quotes with their speakers, as somebody has tagged them; `curated` or by a name.
    fn tag(&self, annotator: Option<&str>, file: &Path) {
        let source = SourceText::new(REPORT, "UTF-8").unwrap();
        let mut parts = DocumentParts::new(source);
        parts.meta = DocumentMeta {
            annotator: annotator.map(Into::into),
            ..DocumentMeta::default()
        };
        let person = Person::new("p1", "Ann Lee");
        parts.set.insert_person(person.clone());
        let range = |words: &str| {
            let at = TextSize::try_from(REPORT.find(words).unwrap()).unwrap();
            TextRange::at(at, TextSize::of(words)).try_into().unwrap()
        };
        let by = Origin::Annotator(annotator.unwrap_or_default().into());
        for (id, label, words) in [
            ("q1", "quote", "“We have waited long enough for this,”"),
            ("s1", "speaker", "Ann Lee"),
            ("q2", "quote", "“Nobody knew what to do,”"),
            ("s2", "speaker", "Tom Webb"),
            ("c1", "claim", "Work had stopped in the autumn"),
        ] {
            let mut tag = Annotation::new(id, label, range(words), by.clone());
            if id == "q1" {
                tag.set_attribute("form", Some("direct".into()));
                tag.set_attribute("tone", Some("angry".into()));
            }
            if id == "s1" {
                tag.person = Some(person.id.clone());
            }
            parts.set.insert_annotation(tag);
        }
        for (from, to) in [("q1", "s1"), ("q2", "s2")] {
            let mut link = Link::new(
                LinkId::new(format!("l{from}")),
                "speaker",
                AnnotationId::new(from),
                Target::Annotation(AnnotationId::new(to)),
                by.clone(),
            );
            link.confirmed = true;
            parts.set.insert_link(link);
        }
        fs::write(file, sidecar::write(&parts.into(), "a.txt")).unwrap();
    }

    fn step<'a>(&'a self, state: &'a Path, annotator: Option<&'a str>) -> BulkRequest<'a> {
        BulkRequest {
            root: self.folder.path(),
            annotator,
            targets: &[],
            open: &self.open,
            state,
            now: Timestamp::from_second(1_800_000_000).unwrap(),
        }
    }

    fn carry(&self, annotator: Option<&str>) -> Result<CarryReport, BulkStepError> {
        let state = self.state();
        let step = self.step(&state, annotator);
        let into = [self.path("sub/b.txt")];
        carry_tags(&step, &self.path("a.txt"), &into, None, &mut |_| ())
    }

    /// What is in the copy's sidecar.
    fn document(&self, annotator: Option<&str>) -> Document {
        let article = self.path("sub/b.txt");
        let bytes = fs::read(sidecar_path(&article, annotator)).unwrap();
        let source = SourceText::new(cut(), "UTF-8").unwrap();
        let contents = sidecar::read_bytes(&bytes, &source).unwrap();
        contents.into_document(source, annotator)
    }
}

fn fates(report: &CarryReport) -> Vec<(String, &'static str)> {
    let tags = report.articles.iter().flat_map(|article| &article.tags);
    tags.map(|tag| (tag.words.clone(), tag.fate.word()))
        .collect()
}

#[test]
fn tags_become_suggestions_in_a_copy_each_with_its_difference() {
    let world = World::new();
    let theirs = world.path("a.txt.maria.ron");
    world.tag(Some("maria"), &theirs);
    world.tag(Some("jo"), &world.path("a.txt.jo.ron"));
    let before = fs::read(&theirs).unwrap();
    let report = world.carry(Some("jo")).unwrap();
    assert_eq!(
        fates(&report),
        [
            (
                "“We have waited long enough for this,”".to_owned(),
                "changed"
            ),
            ("Ann Lee".to_owned(), "unchanged"),
            ("Work had stopped in the autumn".to_owned(), "unchanged"),
            ("“Nobody knew what to do,”".to_owned(), "gone"),
            ("Tom Webb".to_owned(), "gone"),
        ]
    );
    assert_eq!(
        report.difference_words(world.folder.path()),
        "1 changed, 2 unchanged, 2 gone; gone: “Nobody knew what to do,” (sub/b.txt), “Tom Webb” (sub/b.txt); without what the project does not have: tone"
    );
    let step = report.step.unwrap();
    assert_eq!(step.step.label(), "suggested 3 carried tags in 1 article");
    let document = world.document(Some("jo"));
    let quote = document
        .set()
        .annotations()
        .find(|tag| tag.label == "quote");
    let quote = quote.unwrap();
    assert!(quote.is_open_suggestion());
    assert_eq!(quote.origin, Origin::Suggester("copy/jo/a.txt".into()));
    assert_eq!(
        quote.former_words,
        ["“We have waited long enough for this,”"]
    );
    assert_eq!(
        quote.fragments.text(document.source()),
        "“We have waited long for this,”"
    );
    let link = document.set().links_from(&quote.id).next().unwrap();
    assert!(!link.confirmed);
    let said_by = document.set().person_behind(&link.to).unwrap();
    assert_eq!(said_by.name, "Ann Lee");
    assert_eq!(fs::read(&theirs).unwrap(), before);
    assert!(!world.path("sub/b.txt.maria.ron").exists());
}

#[test]
fn what_is_there_or_was_rejected_is_not_suggested_again() {
    let world = World::new();
    world.tag(None, &world.path("a.txt.ron"));
    world.carry(None).unwrap();
    let state = world.state();
    let reject = |edits: &mut crate::ops::bulk_step::ArticleEdits<'_>| {
        let tags = edits.document().set().annotations();
        let claim = tags.filter(|tag| tag.label == "claim");
        let claim = claim.map(|tag| tag.id.clone()).next().unwrap();
        edits.run(|ctx, ids| action::review(ctx, &claim, Review::Rejected, ids));
    };
    let targets = [BulkTarget {
        article: world.path("sub/b.txt"),
        work: WorkOf::Own,
        sidecar: None,
        text: None,
    }];
    let request = BulkRequest {
        targets: &targets,
        ..world.step(&state, None)
    };
    let name = |_: &BulkCounts| "rejected".to_owned();
    bulk_step(&request, &|_, edits| reject(edits), &name, &mut |_| ()).unwrap();
    let report = world.carry(None).unwrap();
    assert!(report.step.is_none());
    let words: Vec<&str> = fates(&report).into_iter().map(|(_, fate)| fate).collect();
    assert_eq!(
        words,
        [
            "tagged already",
            "tagged already",
            "rejected before",
            "gone",
            "gone"
        ]
    );
}

#[test]
fn curated_tags_come_first_and_those_of_colleagues_only_where_the_project_says_so() {
    let world = World::new();
    world.tag(Some("maria"), &world.path("a.txt.maria.ron"));
    let nothing = world.carry(Some("jo")).unwrap_err();
    assert!(
        nothing
            .to_string()
            .contains("has no tags of yours and no curated ones"),
        "{nothing}"
    );
    let schema = world.path("pullquote.ron");
    fs::write(&schema, r#"(conventions: {"carry": "everybody"})"#).unwrap();
    let preview = |annotator| {
        let into = [world.path("sub/b.txt")];
        preview_carry(
            world.folder.path(),
            annotator,
            &world.path("a.txt"),
            &into,
            None,
        )
        .unwrap()
    };
    assert_eq!(preview(Some("jo")).suggested(), 3);
    assert!(!world.path("sub/b.txt.jo.ron").exists());
    fs::remove_file(schema).unwrap();
    world.tag(None, &ReservedName::Curated.path(&world.path("a.txt")));
    world.carry(Some("jo")).unwrap();
    let document = world.document(Some("jo"));
    let mut tags = document.set().annotations();
    let curated = Origin::Suggester("copy/curated/a.txt".into());
    assert!(tags.all(|tag| tag.origin == curated));
}

#[test]
fn an_origin_says_whose_tags_and_of_which_article() {
    for (words, whose) in [
        ("copy/maria/news/a.txt", CopyOf::Annotator("maria".into())),
        ("copy//news/a.txt", CopyOf::Annotator("".into())),
        ("copy/curated/news/a.txt", CopyOf::Curated),
    ] {
        let origin = CopyOrigin::parse(words).unwrap();
        assert_eq!((&origin.whose, &*origin.article), (&whose, "news/a.txt"));
        assert_eq!(origin.to_string(), words);
    }
    assert_eq!(CopyOrigin::parse("rules/colon"), None);
}

#[test]
fn a_shorter_version_with_other_words_is_a_copy() {
    let sketch = |text: &str| Sketch::of(text).unwrap();
    let (report, cut) = (sketch(REPORT), sketch(&cut()));
    let other = sketch(
        "Ministers met in the capital on Tuesday to talk about the price of bread, which has risen \
         for the fifth month in a row. No statement was made after the talks had ended at night.",
    );
    let all = [("a", &report), ("x", &other), ("b", &cut)];
    let copies = Copies::among(all.map(|(path, sketch)| (Path::new(path), Some(sketch))));
    assert_eq!(copies.groups(), [["a", "b"].map(PathBuf::from)]);
    assert_eq!(copies.group(Path::new("x")), None);
}
