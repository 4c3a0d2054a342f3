use std::time::SystemTime;

use super::*;
use crate::edit::action;
use crate::model::Selection;
use crate::store::faults::{Fault, Refused, count_calls, with_fault};
use crate::store::{finish_batches, test_files as fs};
use crate::text::TextSize;

const TEXT: &str = "“We do not,” Tillerson said.\n";
const COLLEAGUE: &str = "a.txt.maria.ron";

/// A folder of three articles; a colleague has tagged one of them.
struct World {
    folder: tempfile::TempDir,
    open: BTreeSet<PathBuf>,
}

impl World {
    fn new() -> Self {
        let world = Self {
            folder: tempfile::tempdir().unwrap(),
            open: BTreeSet::new(),
        };
        world.lay_down();
        world
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn lay_down(&self) {
        for folder in [self.root(), self.state()] {
            let _ = fs::remove_dir_all(folder);
        }
        fs::create_dir_all(self.root().join("sub")).unwrap();
        for name in ["a.txt", "b.txt", "sub/c.txt"] {
            fs::write(self.root().join(name), TEXT).unwrap();
        }
        let document = Document::new(SourceText::new(TEXT, "UTF-8").unwrap());
        let text = sidecar::write(&document, "a.txt");
        fs::write(self.root().join(COLLEAGUE), text).unwrap();
    }

    fn target(&self, name: &str) -> BulkTarget {
        BulkTarget {
            article: self.root().join(name),
            work: WorkOf::Own,
            sidecar: None,
            text: None,
        }
    }

    fn run(
        &self,
        targets: &[BulkTarget],
        edit: &EditArticle<'_>,
    ) -> Result<BulkReport, BulkStepError> {
        let request = BulkRequest {
            root: &self.root(),
            annotator: Some("jo"),
            targets,
            open: &self.open,
            state: &self.state(),
            now: Timestamp::from_second(1_800_000_000).unwrap(),
        };
        let name = |counts: &BulkCounts| format!("tagged {}", in_articles(counts, "tag", "tags"));
        bulk_step(&request, edit, &name, &mut |_| ())
    }

    /// Tags the quotation of each article.
    fn tag_all(&self) -> Result<BulkReport, BulkStepError> {
        let targets = ["a.txt", "b.txt", "sub/c.txt"].map(|name| self.target(name));
        self.run(&targets, &tag("quote"))
    }

    /// Tags in two articles what they are tagged with already, and in a third one for the first time.
    fn lay_down_step(&self) {
        self.lay_down();
        self.run(
            &["a.txt", "b.txt"].map(|name| self.target(name)),
            &tag("quote"),
        )
        .unwrap();
    }

    fn claim_all(&self) -> Result<BulkReport, BulkStepError> {
        let targets = ["a.txt", "b.txt", "sub/c.txt"].map(|name| self.target(name));
        self.run(&targets, &tag("claim"))
    }

    /// What is in the sidecars; texts that are kept beside them do not count.
    fn sidecars(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for name in [
            "a.txt.jo.ron",
            "b.txt.jo.ron",
            "sub/c.txt.jo.ron",
            COLLEAGUE,
        ] {
            if let Ok(text) = fs::read_to_string(self.root().join(name)) {
                all.push((name.to_owned(), text));
            }
        }
        all
    }

    fn undo(&self) -> Result<(), BulkStepError> {
        let mut step = bulk_steps(&self.root(), &self.state()).undo.unwrap();
        let done = replay_bulk_step(&mut step, Direction::Undo, &self.root(), &self.state());
        done.map(drop)
    }

    fn redo(&self) -> Result<(), BulkStepError> {
        let mut step = bulk_steps(&self.root(), &self.state()).redo.unwrap();
        let done = replay_bulk_step(&mut step, Direction::Redo, &self.root(), &self.state());
        done.map(drop)
    }
}

fn tag(label: &'static str) -> impl Fn(usize, &mut ArticleEdits<'_>) + Sync {
    move |_, edits| {
        let selection = Selection {
            anchor: TextSize::new(0),
            head: TextSize::of("“We do not,”"),
            tag: None,
        };
        edits.run_at(&selection, |ctx, ids| action::tag(ctx, label, ids));
    }
}

#[test]
fn a_step_is_named_written_and_taken_back_whole() {
    let mut world = World::new();
    world.open.insert(world.root().join("b.txt"));
    let before = world.sidecars();
    let report = world.tag_all().unwrap();
    assert_eq!(report.step.label(), "tagged 3 tags in 3 articles");
    assert_eq!((report.written.len(), report.refusals.len()), (3, 0));
    let [open] = &report.open[..] else {
        panic!("{:?}", report.open)
    };
    assert_eq!(open.article, world.root().join("b.txt"));
    assert_eq!(open.transaction.label, "tagged 3 tags in 3 articles");
    assert!(!open.transaction.changes.is_empty());
    let after = world.sidecars();
    assert_eq!(after.len(), 4);
    assert!(after[0].1.contains("annotator: \"jo\""), "{}", after[0].1);
    // As after a restart: from what is on the disk alone.
    let steps = bulk_steps(&world.root(), &world.state());
    assert_eq!(steps.undo.unwrap().label(), report.step.label());
    assert!(steps.redo.is_none());
    world.undo().unwrap();
    assert_eq!(world.sidecars(), before);
    assert!(bulk_steps(&world.root(), &world.state()).undo.is_none());
    world.redo().unwrap();
    assert_eq!(world.sidecars(), after);
    world.claim_all().unwrap();
    world.undo().unwrap();
    assert_eq!(world.sidecars(), after);
    world.undo().unwrap();
    assert_eq!(world.sidecars(), before);
}

#[test]
fn nothing_happens_where_one_article_is_not_what_it_was() {
    let world = World::new();
    world.tag_all().unwrap();
    let before = world.sidecars();
    let mut targets = ["a.txt", "b.txt", "sub/c.txt"].map(|name| world.target(name));
    targets[1].sidecar = Some(FileFingerprint::of(b"as it was"));
    let error = world.run(&targets, &tag("claim")).unwrap_err();
    assert!(
        error.to_string().contains("b.txt: it has changed since"),
        "{error}"
    );
    targets[1] = world.target("b.txt");
    targets[2].text = Some("0f".to_owned());
    assert!(world.run(&targets, &tag("claim")).is_err());
    assert_eq!(world.sidecars(), before);
    // The text of one was edited since it was tagged: its tags must be looked at first.
    let c = world.root().join("sub/c.txt");
    fs::write(&c, format!("News. {TEXT}")).unwrap();
    let error = world.claim_all().unwrap_err();
    assert!(
        error.to_string().contains("sub/c.txt: its text has"),
        "{error}"
    );
    fs::write(&c, TEXT).unwrap();
    fs::write(
        world.root().join("b.txt.jo.ron"),
        "Pullquote(version: 99, people: [],)",
    )
    .unwrap();
    assert!(world.claim_all().is_err());
    assert_eq!(world.sidecars()[0], before[0]);
    assert_eq!(world.sidecars()[2], before[2]);
}

#[test]
fn what_was_worked_on_since_is_not_taken_back() {
    let world = World::new();
    world.tag_all().unwrap();
    world.run(&[world.target("b.txt")], &tag("claim")).unwrap();
    let b = world.root().join("b.txt.jo.ron");
    let later = fs::read_to_string(&b).unwrap() + "\n";
    fs::write(&b, later).unwrap();
    let before = world.sidecars();
    let error = world.undo().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("b.txt.jo.ron: it has changed since"),
        "{error}"
    );
    assert_eq!(world.sidecars(), before);
}

#[test]
fn nothing_to_do_leaves_no_step() {
    let world = World::new();
    let refuse = |_: usize, edits: &mut ArticleEdits<'_>| {
        edits.run(|ctx, _| action::relabel(ctx, &"gone".into(), "claim"));
    };
    let error = world.run(&[world.target("a.txt")], &refuse).unwrap_err();
    assert!(error.to_string().contains("no longer exists"), "{error}");
    assert!(bulk_steps(&world.root(), &world.state()).undo.is_none());
    let ours = world.root().join(".pullquote");
    assert!(fs::read_dir(ours).map_or(true, |mut entries| entries.next().is_none()));
    let mut outside = world.target("a.txt");
    outside.article = world.folder.path().join("x.txt");
    fs::write(&outside.article, TEXT).unwrap();
    let error = world.run(&[outside], &tag("quote")).unwrap_err();
    assert!(matches!(error, BulkStepError::Outside { .. }), "{error}");
}

#[test]
fn curated_tags_are_changed_by_nobody_in_particular() {
    let world = World::new();
    let mut target = world.target("a.txt");
    target.work = WorkOf::Curated;
    world
        .run(std::slice::from_ref(&target), &tag("quote"))
        .unwrap();
    let path = world.root().join("a.txt.curated.ron");
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("annotator: \""), "{text}");
    assert!(text.contains("Annotator(\"jo\")"), "{text}");
    world.undo().unwrap();
    assert!(!path.exists());
}

#[test]
fn the_disk_refuses_at_every_call_of_a_step() {
    let world = World::new();
    world.lay_down_step();
    let before = world.sidecars();
    let (done, calls) = count_calls(|| world.claim_all());
    done.unwrap();
    let mut refused = 0;
    for at in 0..calls {
        world.lay_down_step();
        let before = world.sidecars();
        let fault = Fault::Refuse(Refused::DiskFull);
        let (done, _) = with_fault(at, fault, || world.claim_all());
        match done {
            Ok(_) => assert_eq!(world.sidecars().len(), 4, "call {at}"),
            Err(error) => {
                refused += 1;
                assert!(error.to_string().contains("disk is full"), "{error}");
                assert_eq!(world.sidecars(), before, "call {at}");
                let label = bulk_steps(&world.root(), &world.state()).undo.unwrap();
                assert_eq!(label.label(), "tagged 2 tags in 2 articles", "call {at}");
            }
        }
    }
    assert_eq!(before.len(), 3);
    assert!(refused > 15, "{refused} of {calls}");
}

#[test]
fn the_power_goes_at_every_call_of_a_step_and_of_its_undo() {
    let world = World::new();
    world.lay_down_step();
    let (_, calls) = count_calls(|| world.claim_all());
    let (mut old, mut new) = (0, 0);
    for at in 0..calls {
        for quarters in [0, 2, 4] {
            world.lay_down_step();
            let before = world.sidecars();
            let (_, _) = with_fault(at, Fault::Crash { quarters }, || world.claim_all());
            finish_batches(&world.root(), SystemTime::now()).unwrap();
            let now = world.sidecars();
            let claims = now.iter().filter(|(_, text)| text.contains("\"claim\""));
            match claims.count() {
                0 => {
                    assert_eq!(now, before, "call {at}");
                    old += 1;
                }
                3 => {
                    world.undo().unwrap();
                    assert_eq!(world.sidecars(), before, "call {at}");
                    new += 1;
                }
                n => panic!("call {at}: {n} of 3"),
            }
        }
    }
    assert!(old > 20 && new > 10, "{old} old, {new} new");
    world.lay_down_step();
    let before = world.sidecars();
    world.claim_all().unwrap();
    let after = world.sidecars();
    let (_, calls) = count_calls(|| world.undo());
    for at in 0..calls {
        for quarters in [0, 2, 4] {
            if world.sidecars() != after {
                world.redo().unwrap();
            }
            assert_eq!(world.sidecars(), after);
            let (_, _) = with_fault(at, Fault::Crash { quarters }, || world.undo());
            finish_batches(&world.root(), SystemTime::now()).unwrap();
            let now = world.sidecars();
            assert!(now == before || now == after, "call {at}");
            if now == before {
                // The crash may have come before the note.
                let mut step = bulk_steps(&world.root(), &world.state());
                if step.redo.is_none() {
                    let step = step.undo.as_mut().unwrap();
                    let (root, state) = (world.root(), world.state());
                    replay_bulk_step(step, Direction::Undo, &root, &state).unwrap();
                }
            }
        }
    }
}

#[test]
fn a_file_of_the_project_above_the_folder_changes_with_the_tags_wherever_the_step_stops() {
    const BEFORE: &str = "// of the project\n";
    const SCHEMA: &str = "// of the project, changed\n";
    let world = World::new();
    let path = world
        .folder
        .path()
        .join(crate::format::schema_file::FILE_NAME);
    let lay_down = || {
        world.lay_down();
        fs::write(&path, BEFORE).unwrap();
    };
    let change = || {
        let targets = ["a.txt", "sub/c.txt"].map(|name| world.target(name));
        let request = BulkRequest {
            root: &world.root(),
            annotator: Some("jo"),
            targets: &targets,
            open: &world.open,
            state: &world.state(),
            now: Timestamp::from_second(1_800_000_000).unwrap(),
        };
        let project = ProjectFile {
            path: &path,
            before: Some(BEFORE),
            after: SCHEMA,
        };
        let name = |_: &BulkCounts| "changed the schema".to_owned();
        bulk_step_with(&request, Some(&project), &tag("quote"), &name, &mut |_| ())
    };
    let finish = || {
        for folder in folders_of_steps(&world.root(), Some(&world.state())) {
            finish_batches(&folder, SystemTime::now()).unwrap();
        }
    };
    // All of it, or nothing.
    let is_done = || {
        let tagged = world.sidecars().len() - 1;
        let is_done = fs::read_to_string(&path).unwrap() == SCHEMA;
        assert_eq!(tagged, if is_done { 2 } else { 0 });
        is_done
    };
    lay_down();
    let (report, calls) = count_calls(change);
    assert_eq!(report.unwrap().written.last().unwrap().0, path);
    assert!(is_done());
    let (undone, calls_of_undo) = count_calls(|| world.undo());
    undone.unwrap();
    assert!(!is_done());
    for fault in [
        Fault::Refuse(Refused::DiskFull),
        Fault::Crash { quarters: 2 },
    ] {
        for at in 0..calls {
            lay_down();
            let (_, _) = with_fault(at, fault, change);
            finish();
            if is_done() {
                world.undo().unwrap();
                assert!(!is_done());
            }
        }
        for at in 0..calls_of_undo {
            lay_down();
            change().unwrap();
            let (_, _) = with_fault(at, fault, || world.undo());
            finish();
            is_done();
        }
    }
}

/// More articles than are in memory at a time, in several folders; of all calls some are tried, spread evenly.
#[test]
fn a_step_over_many_articles_is_whole_wherever_it_stops() {
    const ARTICLES: usize = 3 * AT_ONCE + 8;
    const TRIED: usize = 12;
    let world = World::new();
    let names: Vec<String> = (0..ARTICLES)
        .map(|n| format!("{}/{n}.txt", n % 5))
        .collect();
    let lay_down = || {
        world.lay_down();
        for name in &names {
            let path = world.root().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, TEXT).unwrap();
        }
    };
    let targets: Vec<BulkTarget> = names.iter().map(|name| world.target(name)).collect();
    let tag_all = || world.run(&targets, &tag("quote"));
    let tagged = || {
        let sidecar = |name: &&String| world.root().join(format!("{name}.jo.ron")).exists();
        names.iter().filter(sidecar).count()
    };
    lay_down();
    let (report, calls) = count_calls(tag_all);
    assert_eq!(report.unwrap().counts.articles, ARTICLES);
    let (undone, calls_of_undo) = count_calls(|| world.undo());
    undone.unwrap();
    assert_eq!(tagged(), 0);
    for n in 0..TRIED {
        for fault in [
            Fault::Refuse(Refused::DiskFull),
            Fault::Crash { quarters: 2 },
        ] {
            lay_down();
            let (_, _) = with_fault(calls * (2 * n + 1) / (2 * TRIED), fault, tag_all);
            finish_batches(&world.root(), SystemTime::now()).unwrap();
            let now = tagged();
            assert!(now == 0 || now == ARTICLES, "{now} after {fault:?} {n}");
            if now == 0 {
                tag_all().unwrap();
            }
            let at = calls_of_undo * (2 * n + 1) / (2 * TRIED);
            let (_, _) = with_fault(at, fault, || world.undo());
            finish_batches(&world.root(), SystemTime::now()).unwrap();
            let now = tagged();
            assert!(
                now == 0 || now == ARTICLES,
                "{now} after undo, {fault:?} {n}"
            );
        }
    }
}
