//! The disk goes away while a window is open, and comes back.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson sayd on Tuesday.\n\n“Not at all,” Dubois said.\n";

/// What a mount looks like that was dropped: the folder is there and empty.
fn take_the_disk_away(folder: &Path) -> PathBuf {
    let away = folder.with_extension("away");
    fs::rename(folder, &away).unwrap();
    fs::create_dir(folder).unwrap();
    away
}

fn bring_the_disk_back(folder: &Path, away: &Path) {
    fs::remove_dir(folder).expect("nothing was written meanwhile");
    fs::rename(away, folder).unwrap();
}

/// A window with a saved tag in an article that lies on a disk of its own.
fn tagged_on_a_disk(home: &Path) -> (Window, PathBuf, PathBuf) {
    let folder = home.join("mount");
    fs::create_dir(&folder).unwrap();
    let article = folder.join("article.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home, &[article]);
    window.caret_at("Not at all");
    window.press("q Enter Ctrl+s");
    let sidecar = folder.join("article.txt.ron");
    (window, folder, sidecar)
}

#[test]
fn nothing_is_saved_where_the_disk_is_gone_and_all_of_it_when_it_is_back() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder, sidecar) = tagged_on_a_disk(home.path());
    assert!(fs::read_to_string(&sidecar).unwrap().contains("Not at all"));

    let away = take_the_disk_away(&folder);
    window.caret_at("We do not");
    window.press("q Ctrl+s");
    assert!(window.mentions("the article is no longer there"));
    assert!(!window.shows("Saved"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);

    bring_the_disk_back(&folder, &away);
    window.come_back();
    let saved = fs::read_to_string(&sidecar).unwrap();
    assert!(
        saved.contains("Not at all") && saved.contains("We do not"),
        "{saved}"
    );
}

#[test]
fn a_disk_that_is_back_with_an_earlier_version_is_not_called_gone() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder, sidecar) = tagged_on_a_disk(home.path());
    let earlier = fs::read(&sidecar).unwrap();
    window.caret_at("We do not");
    window.press("q Enter Ctrl+s");

    let away = take_the_disk_away(&folder);
    window.press("x Ctrl+s");
    assert!(window.mentions("the article is no longer there"));
    bring_the_disk_back(&folder, &away);
    fs::write(&sidecar, earlier).unwrap();
    window.come_back();
    assert!(window.mentions("an earlier version of your tags"));
    assert!(!window.mentions("the article is no longer there"));
}
