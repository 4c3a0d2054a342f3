//! A folder that is open while files come, go and are written in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

/// A folder of articles with the same words.
pub(super) fn corpus(home: &Path, names: &[&str]) -> PathBuf {
    let folder = home.join("corpus");
    for name in names {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, TEXT).unwrap();
    }
    folder
}

/// Writes a file again and again while `during` goes on.
fn while_written<T>(file: &Path, during: impl FnOnce() -> T) -> T {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                fs::write(file, "a line").unwrap();
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let result = during();
        over.store(true, Ordering::Relaxed);
        result
    })
}

/// A window on a folder, once everything has been looked at.
fn at_rest(home: &Path, folder: &Path) -> Window {
    let mut window = Window::open_threaded(home, &[folder.to_owned()]);
    let surveyed = |window: &Window| window.mentions("of") && window.mentions("a.txt, new");
    assert!(window.live(Duration::from_secs(20), surveyed).1);
    // What was begun comes to an end.
    window.live(Duration::from_secs(2), |_| false);
    window
}

#[test]
fn a_busy_file_beside_the_article_draws_no_frame() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let mut window = at_rest(home.path(), &folder);
    for name in ["build.log", "film.mp4.part", "b.txt"] {
        let file = folder.join(name);
        let (frames, _) = while_written(&file, || {
            window.live(Duration::from_millis(1_500), |_| false)
        });
        // A file that appears may be listed; that it is written again is nothing to draw.
        assert!(frames <= 2, "{name}: {frames} frames");
    }
}

#[test]
fn a_colleague_s_change_is_seen_while_another_file_is_busy() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let mut window = at_rest(home.path(), &folder);
    let theirs = home.path().join("theirs");
    let mut other = Window::open(&theirs, &[folder.join("a.txt")]);
    let log = folder.join("build.log");
    let (frames, seen) = while_written(&log, || {
        other.press("q");
        window.live(Duration::from_secs(10), |window| {
            window.mentions("Quote: “We do not,”")
        })
    });
    assert!(seen);
    assert!(frames < 20, "{frames} frames");
}

#[test]
fn articles_that_come_and_go_are_listed_at_once() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "sub/b.txt"]);
    let mut window = at_rest(home.path(), &folder);
    let soon = Duration::from_secs(10);
    fs::write(folder.join("sub/c.txt"), TEXT).unwrap();
    assert!(window.live(soon, |w| w.mentions("sub/c.txt, new")).1);
    fs::create_dir(folder.join("later")).unwrap();
    fs::write(folder.join("later/d.txt"), TEXT).unwrap();
    assert!(window.live(soon, |w| w.mentions("later/d.txt")).1);
    fs::remove_file(folder.join("sub/b.txt")).unwrap();
    assert!(window.live(soon, |w| !w.mentions("sub/b.txt")).1);
    // Work of a program or colleague on an article that is not open.
    let theirs = home.path().join("theirs");
    let mut other = Window::open(&theirs, &[folder.join("sub/c.txt")]);
    other.press("q Enter");
    assert!(
        window
            .live(soon, |w| w.mentions("c.txt, in progress, 2 tags"))
            .1
    );
}

#[test]
fn an_article_that_changes_is_looked_at_again() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let mut window = at_rest(home.path(), &folder);
    let soon = Duration::from_secs(10);
    fs::write(folder.join("b.txt"), "").unwrap();
    assert!(window.live(soon, |w| w.mentions("b.txt, cannot be read")).1);
    assert!(window.mentions("0 of 1 done"));
    // An editor puts another file in the place of the old one.
    let other = folder.join(".b.tmp");
    fs::write(&other, TEXT).unwrap();
    fs::rename(other, folder.join("b.txt")).unwrap();
    assert!(window.live(soon, |w| w.mentions("b.txt, new")).1);
    assert!(window.mentions("0 of 2 done"));
}

#[test]
fn a_disk_that_was_away_is_looked_at_again() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let mut window = at_rest(home.path(), &folder);
    let soon = Duration::from_secs(15);
    let away = home.path().join("away");
    fs::rename(&folder, &away).unwrap();
    assert!(
        window
            .live(soon, |w| w.mentions("The folder is not there"))
            .1
    );
    assert!(window.mentions("a.txt is gone from the disk"));
    assert!(!window.shows("Saved"));
    // Written while nobody could hear of it.
    fs::write(away.join("c.txt"), TEXT).unwrap();
    fs::write(away.join("b.txt"), "").unwrap();
    fs::rename(&away, &folder).unwrap();
    assert!(window.live(soon, |w| w.mentions("c.txt, new")).1);
    assert!(window.live(soon, |w| w.mentions("b.txt, cannot be read")).1);
    let back = |w: &Window| !w.mentions("The folder is not there");
    assert!(window.live(soon, back).1);
    assert!(!window.mentions("is gone from the disk"));
    fs::write(folder.join("d.txt"), TEXT).unwrap();
    assert!(
        window.live(soon, |w| w.mentions("d.txt, new")).1,
        "it listens"
    );
    // And nothing is drawn for it.
    window.live(Duration::from_secs(3), |_| false);
    assert_eq!(window.live(Duration::from_secs(5), |_| false).0, 0);
}

#[test]
fn the_list_says_how_far_it_is_and_what_it_cannot_open() {
    let home = tempfile::tempdir().unwrap();
    let names = [
        "a.txt",
        "b.txt",
        "README.md",
        "readme-first.txt",
        "guidelines.txt",
        "Guidelines.md",
        "scan.pdf",
    ];
    let folder = corpus(home.path(), &names);
    fs::write(folder.join("c.txt"), "").unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    // Only what can be opened can be done.
    assert!(window.mentions("0 of 2 done"));
    assert!(!window.mentions("README") && !window.mentions("readme"));
    assert!(!window.mentions("guidelines.txt") && !window.mentions("Guidelines.md"));
    assert!(window.mentions("c.txt, cannot be read: the file is empty"));
    window.click("1 file not opened");
    assert!(window.named("scan.pdf, ").ends_with(", not imported"));

    window.press("q Enter Ctrl+Enter");
    assert!(window.mentions("1 of 2 done"));
    window.click("Done");
    assert!(window.mentions("a.txt, done") && !window.mentions("b.txt, new"));
    window.click("New");
    assert!(window.mentions("b.txt, new") && !window.mentions("a.txt, done"));
    window.click("All");
    assert!(window.mentions("a.txt, done"));
}

#[test]
fn opening_a_folder_finishes_an_import_that_was_cut_short() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt"]);
    crate::support::cut_short_import(&folder, "b.txt", TEXT);
    let window = Window::open(home.path(), std::slice::from_ref(&folder));
    assert!(window.mentions("finished an import or a step that was cut short: 1 file written"));
    assert!(window.mentions("b.txt, new"));
    assert_eq!(fs::read_to_string(folder.join("b.txt")).unwrap(), TEXT);
    assert!(!folder.join(".pullquote/import.1.0").exists());
}

#[test]
fn an_article_without_tags_that_is_deleted_leaves_the_list() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt", "c.txt", "d.txt"]);
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.press("q Ctrl+PageDown Ctrl+PageDown Ctrl+PageDown");
    for name in ["a.txt", "b.txt", "d.txt"] {
        fs::remove_file(folder.join(name)).unwrap();
    }
    window.come_back();
    window.click("and 1 more");
    assert!(!window.mentions("b.txt"), "it was only looked at");
    assert!(
        window.mentions("a.txt is gone from the disk"),
        "it has a tag"
    );
    assert!(
        window.mentions("d.txt is gone from the disk"),
        "it is shown"
    );
    window.click_first("c.txt, new, no tags");
    assert!(!window.mentions("d.txt"), "nor is it shown any more");
    // A disk that is away is no deletion.
    fs::rename(&folder, home.path().join("away")).unwrap();
    window.come_back();
    window.press("Ctrl+PageDown");
    assert!(window.mentions("c.txt, new, no tags"));
}

#[test]
fn the_schema_of_a_folder_above_is_read_again_when_it_is_written() {
    let home = tempfile::tempdir().unwrap();
    let schema = home.path().join("pullquote.ron");
    let words = include_str!("../../assets/schema.ron");
    fs::write(&schema, words).unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let mut window = at_rest(home.path(), &folder);
    assert!(!window.mentions("Rumour"));
    fs::write(
        &schema,
        words.replace("name: \"Claim\"", "name: \"Rumour\""),
    )
    .unwrap();
    let seen = window.live(Duration::from_secs(10), |window| window.mentions("Rumour"));
    assert!(seen.1);
}
