use std::time::SystemTime;

use super::*;
use crate::store::disk::faults::{Fault, Refused, count_calls, with_fault};

const FILES: [(&str, &str); 4] = [
    ("a.txt", "one"),
    ("a.txt.ron", "(tags)"),
    ("sub/deep/b.txt", "two"),
    ("empty.txt", ""),
];

fn write(root: &Path) -> Result<(), BatchError> {
    let mut batch = FileBatch::begin(root)?;
    for (path, bytes) in FILES {
        batch.add(Path::new(path), bytes.as_bytes(), None)?;
    }
    let text = SourceText::new("one", "UTF-8").map_err(io::Error::other);
    let text = text.map_err(|error| WriteError::failed(root, error))?;
    batch.add_snapshot(Path::new("a.txt"), &text)?;
    batch.finish()
}

/// Every file and folder, with what is in the files.
fn contents(root: &Path) -> Vec<(PathBuf, Option<String>)> {
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(|entry| {
            let below = entry.path().strip_prefix(root).unwrap().to_owned();
            (below, fs::read_to_string(entry.path()).ok())
        })
        .collect()
}

fn whole(root: &Path) -> Vec<(PathBuf, Option<String>)> {
    write(root).unwrap();
    contents(root)
}

#[test]
fn all_files_are_there_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let all = whole(&folder.path().join("into"));
    for (path, bytes) in FILES {
        let there = all.iter().find(|(found, _)| found == Path::new(path));
        assert_eq!(there.unwrap().1.as_deref(), Some(bytes), "{path}");
    }
    let files = all.iter().filter(|(_, bytes)| bytes.is_some()).count();
    // The kept text and what git is told about it.
    assert_eq!(files, FILES.len() + 2);
    assert!(unfinished_batches(&folder.path().join("into"), SystemTime::now()).is_empty());
}

#[test]
fn a_refused_call_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("into");
    let all = whole(&root);
    fs::remove_dir_all(&root).unwrap();
    let (_, calls) = count_calls(|| write(&root));
    for refused in [Refused::DiskFull, Refused::NotAllowed] {
        for at in 0..calls {
            let _ = fs::remove_dir_all(&root);
            let (result, _) = with_fault(at, Fault::Refuse(refused), || write(&root));
            let now = contents(&root);
            match result {
                // Tidying up may be refused when all is there.
                Ok(()) => {
                    finish_batches(&root, SystemTime::now()).unwrap();
                    assert_eq!(contents(&root), all, "call {at}");
                }
                Err(error) => {
                    assert!(error.to_string().contains(refused.word()), "{error}");
                    assert!(now.is_empty(), "call {at}, {refused:?}: {now:?}");
                }
            }
        }
    }
}

#[test]
fn a_crash_at_any_call_leaves_nothing_or_what_the_next_run_finishes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("into");
    let all = whole(&root);
    fs::remove_dir_all(&root).unwrap();
    let (_, calls) = count_calls(|| write(&root));
    let (mut taken_back, mut finished) = (0, 0);
    for at in 0..calls {
        for quarters in [0, 2, 4] {
            let _ = fs::remove_dir_all(&root);
            fs::create_dir_all(&root).unwrap();
            let (_, _) = with_fault(at, Fault::Crash { quarters }, || write(&root));
            finish_batches(&root, SystemTime::now()).unwrap();
            let now = contents(&root);
            let files = now.iter().filter(|(_, bytes)| bytes.is_some()).count();
            if files == 0 {
                taken_back += 1;
            } else {
                assert_eq!(now, all, "call {at}");
                finished += 1;
            }
        }
    }
    assert!(taken_back > 20 && finished > 10, "{taken_back}, {finished}");
}

#[test]
fn one_that_is_at_work_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut batch = FileBatch::begin(folder.path()).unwrap();
    batch.add(Path::new("a.txt"), b"one", None).unwrap();
    assert!(unfinished_batches(folder.path(), SystemTime::now()).is_empty());
    assert_eq!(
        finish_batches(folder.path(), SystemTime::now()).unwrap(),
        FinishedBatches::default()
    );
    batch.finish().unwrap();
    assert_eq!(
        fs::read_to_string(folder.path().join("a.txt")).unwrap(),
        "one"
    );
}

#[test]
fn what_is_there_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("empty.txt"), "mine").unwrap();
    let error = write(root).unwrap_err();
    assert!(matches!(
        error,
        BatchError::Nothing(WriteError::Changed { .. })
    ));
    assert_eq!(contents(root).len(), 2, "{:?}", contents(root));
    // Put there after the program died: kept, told, and the rest finished.
    let root = &folder.path().join("into");
    let crashed = (0..).find(|&at| {
        let _ = fs::remove_dir_all(root);
        let (_, _) = with_fault(at, Fault::Crash { quarters: 0 }, || write(root));
        root.join("a.txt").exists()
    });
    assert!(crashed.is_some());
    fs::write(root.join("empty.txt"), "mine").unwrap();
    let finished = finish_batches(root, SystemTime::now()).unwrap();
    assert_eq!(
        finished.conflicts.len(),
        1,
        "{finished:?} {crashed:?} {:?}",
        contents(root)
    );
    assert!(finished.placed > 2, "{finished:?}");
    assert_eq!(fs::read_to_string(root.join("empty.txt")).unwrap(), "mine");
    assert!(root.join("sub/deep/b.txt").exists());
}

#[test]
fn a_record_cannot_lead_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("into");
    for path in ["../out.txt", "/tmp/out.txt", "a/../../out.txt", ""] {
        plant(&root, path);
        let finished = finish_batches(&root, SystemTime::now()).unwrap();
        assert_eq!(finished.damaged.len(), 1, "{path}");
        assert!(!folder.path().join("out.txt").exists());
        fs::remove_dir_all(&finished.damaged[0]).unwrap();
    }
}

/// A batch as somebody else may have put it into a folder.
fn plant(root: &Path, path: &str) -> PathBuf {
    let stage = root.join(OUR_FOLDER).join("import.1.0");
    fs::create_dir_all(&stage).unwrap();
    fs::write(stage.join("0"), "x").unwrap();
    let record = Record {
        files: vec![Destination {
            path: path.to_owned(),
            sha256: FileFingerprint::of(b"x").hexadecimal().unwrap(),
            was: None,
            removed: false,
        }],
    };
    fs::write(stage.join(RECORD), ron::to_string(&record).unwrap()).unwrap();
    stage
}

#[test]
fn a_record_plants_nothing_that_other_programs_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (path, placed) in [
        (".git/hooks/post-checkout", false),
        (".git/hooks/a.txt", false),
        (".bashrc", false),
        (".gitattributes", false),
        ("sub/.config/a.txt", false),
        ("run.sh", false),
        ("Makefile", false),
        (".pullquote/.hidden/a.txt", false),
        ("a.txt", true),
        ("sub/b.txt.ron", true),
        ("sub/b.txt.ann.ron", true),
        (".pullquote/text/0f.txt", true),
        ("sub/.pullquote/.gitattributes", true),
    ] {
        plant(root, path);
        let finished = finish_batches(root, SystemTime::now()).unwrap();
        assert_eq!(finished.placed, usize::from(placed), "{path}");
        assert_eq!(finished.damaged.len(), usize::from(!placed), "{path}");
        assert_eq!(root.join(path).exists(), placed, "{path}");
        for stage in finished.damaged {
            fs::remove_dir_all(stage).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_part_that_is_a_link_or_can_be_run_is_not_placed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (root, out) = (folder.path().join("into"), folder.path().join("out"));
    fs::write(&out, "x").unwrap();
    for is_link in [true, false] {
        let stage = plant(&root, "a.txt");
        let part = stage.join("0");
        if is_link {
            fs::remove_file(&part).unwrap();
            symlink(&out, &part).unwrap();
        } else {
            fs::set_permissions(&part, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let finished = finish_batches(&root, SystemTime::now()).unwrap();
        assert_eq!((finished.placed, finished.damaged.len()), (0, 1));
        assert!(!root.join("a.txt").exists());
        fs::remove_dir_all(&finished.damaged[0]).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn links_and_sockets_in_the_place_of_a_batch_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (root, elsewhere) = (folder.path().join("into"), folder.path().join("else"));
    let real = plant(&elsewhere, "a.txt");
    // No `mkfifo`: a program that is just being started holds the locks of other tests for a moment.
    let pipe = |path: &Path| drop(std::os::unix::net::UnixListener::bind(path).unwrap());
    let lock = |stage: &Path| stage.join(LOCK);
    let record = |stage: &Path| stage.join(RECORD);
    let cases: [&dyn Fn(&Path); 5] = [
        &|stage| pipe(&lock(stage)),
        &|stage| symlink(lock(&real), lock(stage)).unwrap(),
        &|stage| {
            fs::remove_file(record(stage)).unwrap();
            pipe(&record(stage));
        },
        &|stage| {
            fs::remove_file(record(stage)).unwrap();
            symlink(record(&real), record(stage)).unwrap();
        },
        &|stage| {
            fs::remove_dir_all(stage).unwrap();
            symlink(&real, stage).unwrap();
        },
    ];
    let mut set_aside = Vec::new();
    for (n, change) in cases.iter().enumerate() {
        let stage = plant(&root, "a.txt");
        change(&stage);
        assert_eq!(unfinished_batches(&root, SystemTime::now()), [stage]);
        let finished = finish_batches(&root, SystemTime::now()).unwrap();
        assert_eq!((finished.placed, finished.damaged.len()), (0, 1), "{n}");
        assert!(!root.join("a.txt").exists() && real.join("0").exists());
        set_aside.extend(finished.damaged);
        set_aside.sort();
        assert_eq!(damaged_batches(&root), set_aside);
        assert!(unfinished_batches(&root, SystemTime::now()).is_empty());
    }
    let linked = folder.path().join("linked");
    fs::create_dir(&linked).unwrap();
    symlink(elsewhere.join(OUR_FOLDER), linked.join(OUR_FOLDER)).unwrap();
    assert!(unfinished_batches(&linked, SystemTime::now()).is_empty());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (root, out) = (folder.path().join("into"), folder.path().join("out"));
    fs::create_dir_all(&out).unwrap();
    for (link, to) in [
        ("sub", &out),
        ("a.txt", &out.join("new")),
        (".pullquote", &out),
    ] {
        fs::create_dir_all(&root).unwrap();
        symlink(to, root.join(link)).unwrap();
        assert!(write(&root).is_err(), "{link}");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0, "{link}");
        fs::remove_dir_all(&root).unwrap();
    }
}

#[test]
fn what_is_damaged_is_set_aside_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let record = |sha256: &str| format!("(files:[(path:\"a.txt\",sha256:\"{sha256}\")])");
    let whole = FileFingerprint::of(b"all of it").hexadecimal().unwrap();
    for damaged in [record(&whole), "(files:[(pa".to_owned()] {
        let stage = root.join(OUR_FOLDER).join("import.1.0");
        fs::create_dir_all(&stage).unwrap();
        fs::write(stage.join("0"), "all").unwrap();
        fs::write(stage.join(RECORD), damaged).unwrap();
        let finished = finish_batches(root, SystemTime::now()).unwrap();
        assert_eq!(finished.damaged.len(), 1);
        assert!(finished.damaged[0].join("0").exists());
        assert!(unfinished_batches(root, SystemTime::now()).is_empty());
        assert!(!root.join("a.txt").exists());
        fs::remove_dir_all(&finished.damaged[0]).unwrap();
    }
}

#[test]
fn a_program_on_another_machine_may_be_at_work() {
    let folder = tempfile::tempdir().unwrap();
    let stage = folder.path().join(OUR_FOLDER).join("import.1.0");
    fs::create_dir_all(&stage).unwrap();
    fs::write(stage.join(LOCK), "another machine").unwrap();
    assert!(unfinished_batches(folder.path(), SystemTime::now()).is_empty());
    fs::write(stage.join(LOCK), host_name()).unwrap();
    assert_eq!(
        unfinished_batches(folder.path(), SystemTime::now()),
        [stage]
    );
}

#[cfg(unix)]
#[test]
fn what_is_ours_follows_the_folder_it_is_in() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let sub = folder.path().join("sub");
    fs::create_dir(&sub).unwrap();
    fs::set_permissions(&sub, fs::Permissions::from_mode(0o2775)).unwrap();
    let mut batch = FileBatch::begin(folder.path()).unwrap();
    let text = SourceText::new("one", "UTF-8").unwrap();
    batch.add_snapshot(Path::new("sub/a.txt"), &text).unwrap();
    batch.finish().unwrap();
    for ours in [".pullquote", ".pullquote/text"] {
        let mode = fs::metadata(sub.join(ours)).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o2775, "{ours}");
    }
}

/// A file takes the place of another, a second one is new, and a third goes.
fn replace(root: &Path) -> Result<(), BatchError> {
    let mut batch = FileBatch::begin(root)?;
    batch.replace(Path::new("a.txt"), b"new", &FileFingerprint::of(b"old"))?;
    batch.add(Path::new("b.txt"), b"more", None)?;
    batch.remove(Path::new("c.txt.ron"), &FileFingerprint::of(b"gone"))?;
    batch.finish()
}

fn with_old(root: &Path) {
    let _ = fs::remove_dir_all(root);
    fs::create_dir_all(root).unwrap();
    fs::write(root.join("a.txt"), "old").unwrap();
    fs::write(root.join("c.txt.ron"), "gone").unwrap();
}

#[test]
fn a_file_that_is_replaced_is_the_old_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let root = &folder.path().join("into");
    with_old(root);
    let before = contents(root);
    let (result, calls) = count_calls(|| replace(root));
    result.unwrap();
    let after = contents(root);
    let text = |name: &str| fs::read_to_string(root.join(name)).ok();
    let texts = || ["a.txt", "b.txt", "c.txt.ron"].map(text);
    let [is_old, is_new] = [
        [Some("old"), None, Some("gone")],
        [Some("new"), Some("more"), None],
    ]
    .map(|all| all.map(|text| text.map(str::to_owned)));
    assert_eq!(texts(), is_new);
    for at in 0..calls {
        with_old(root);
        let fault = Fault::Refuse(Refused::DiskFull);
        let (result, _) = with_fault(at, fault, || replace(root));
        finish_batches(root, SystemTime::now()).unwrap();
        let files = |all: &[(PathBuf, Option<String>)]| {
            let files = all.iter().filter(|(_, bytes)| bytes.is_some());
            files.cloned().collect::<Vec<_>>()
        };
        let expected = if result.is_ok() { &after } else { &before };
        assert_eq!(files(&contents(root)), files(expected), "call {at}");
    }
    let (mut old, mut new) = (0, 0);
    for at in 0..calls {
        for quarters in [0, 2, 4] {
            with_old(root);
            let (_, _) = with_fault(at, Fault::Crash { quarters }, || replace(root));
            finish_batches(root, SystemTime::now()).unwrap();
            match texts() {
                texts if texts == is_old => old += 1,
                texts if texts == is_new => new += 1,
                other => panic!("call {at}: {other:?}"),
            }
        }
    }
    assert!(old > 5 && new > 3, "{old} old, {new} new of {calls} calls");
}

#[test]
fn a_file_that_has_changed_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("a.txt"), "mine").unwrap();
    let error = replace(root).unwrap_err();
    assert!(matches!(
        error,
        BatchError::Nothing(WriteError::Changed { .. })
    ));
    assert_eq!(fs::read_to_string(root.join("a.txt")).unwrap(), "mine");
    assert!(!root.join("b.txt").exists());
}
