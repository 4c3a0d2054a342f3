//! What is said about saving is true, is said once, and goes when it is no longer so.

use std::fs;
use std::path::PathBuf;

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday.\n\n“Not at all,” Dubois said.\n";

/// A folder with two articles, and where the state of the window is kept.
struct Place {
    home: tempfile::TempDir,
    folder: PathBuf,
}

impl Place {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("articles");
        fs::create_dir(&folder).unwrap();
        for name in ["a.txt", "b.txt"] {
            fs::write(folder.join(name), TEXT).unwrap();
        }
        Self { home, folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn window(&self) -> Window {
        Window::open(self.home.path(), &[self.file("a.txt")])
    }

    /// Nothing can be saved where a folder has the sidecar's name.
    fn bar(&self, sidecar: &str) {
        fs::create_dir(self.file(sidecar)).unwrap();
    }

    fn unbar(&self, sidecar: &str) {
        fs::remove_dir(self.file(sidecar)).unwrap();
    }

    fn journals(&self) -> PathBuf {
        self.home.path().join("state").join("journal")
    }

    /// No journal can be written where a file has the name of their folder.
    fn bar_journals(&self) {
        let journals = self.journals();
        if journals.exists() {
            fs::rename(&journals, journals.with_extension("away")).unwrap();
        }
        fs::create_dir_all(journals.parent().unwrap()).unwrap();
        fs::write(&journals, "").unwrap();
    }

    fn unbar_journals(&self) {
        fs::remove_file(self.journals()).unwrap();
        let away = self.journals().with_extension("away");
        if away.exists() {
            fs::rename(away, self.journals()).unwrap();
        }
    }
}

fn tag(window: &mut Window, words: &str) {
    window.caret_at(words);
    window.press("q Enter");
}

/// "Saved", or "Saved 12:00".
fn is_called_saved(window: &Window) -> bool {
    window.shows("Saved") || window.mentions("Saved 1")
}

const UNPROTECTED: &str = "No crash protection";
const TOLD: &str = "Unsaved work is not protected against a crash";

#[test]
fn a_change_that_could_not_be_saved_and_is_undone_is_not_called_unsaved() {
    let place = Place::new();
    let mut window = place.window();
    place.bar("a.txt.ron");
    tag(&mut window, "Not at all");
    window.press("Ctrl+s");
    assert!(window.mentions("Not saved: "));
    assert!(window.mentions("Not saved. "));
    window.press("Ctrl+z Ctrl+z Ctrl+s");
    assert!(!window.mentions("Not saved"));
    assert!(is_called_saved(&window));
}

#[test]
fn reasons_that_follow_each_other_are_one_message() {
    let place = Place::new();
    let mut window = place.window();
    place.bar("a.txt.ron");
    tag(&mut window, "Not at all");
    window.press("Ctrl+s");
    assert_eq!(window.count("Not saved. "), 1);
    let away = place.file("a.away");
    fs::rename(place.file("a.txt"), &away).unwrap();
    window.press("Ctrl+s");
    assert_eq!(window.count("Not saved. "), 1);
    assert!(window.mentions("the article is no longer there"));
    window.come_back();
    assert_eq!(
        window.count("a.txt is gone from the disk"),
        0,
        "said already"
    );
    fs::rename(&away, place.file("a.txt")).unwrap();
    place.unbar("a.txt.ron");
    window.come_back();
    window.press("Ctrl+s");
    assert!(!window.mentions("Not saved"));
    assert!(place.file("a.txt.ron").is_file());
}

#[test]
fn tags_that_were_replaced_by_something_unreadable_are_not_called_saved() {
    let place = Place::new();
    let mut window = place.window();
    tag(&mut window, "Not at all");
    window.press("Ctrl+s");
    assert!(is_called_saved(&window));
    fs::write(place.file("a.txt.ron"), "a shopping list").unwrap();
    window.come_back();
    assert!(!is_called_saved(&window));
    window.click_first("Replace it and keep a copy");
    assert!(is_called_saved(&window));
    assert!(!window.mentions("Nothing was merged"));
}

#[test]
fn protection_against_a_crash_is_missed_until_it_is_there_again() {
    let place = Place::new();
    let mut window = place.window();
    place.bar("a.txt.ron");
    place.bar_journals();
    tag(&mut window, "Not at all");
    assert!(window.shows(UNPROTECTED));
    // Trying to save writes nothing into the journal.
    window.press("Ctrl+s");
    assert!(window.mentions("Not saved: "));
    assert!(window.shows(UNPROTECTED));
    place.unbar_journals();
    tag(&mut window, "We do not");
    assert!(!window.shows(UNPROTECTED));
    assert!(!window.mentions(TOLD));
    // All of it is in the journal.
    drop(window);
    place.unbar("a.txt.ron");
    let mut window = place.window();
    window.click("Restore");
    let saved = fs::read_to_string(place.file("a.txt.ron")).unwrap();
    assert!(
        saved.contains("Not at all") && saved.contains("We do not"),
        "{saved}"
    );
}

#[test]
fn what_one_article_lacks_is_not_made_good_by_another() {
    let place = Place::new();
    let mut window = Window::open(place.home.path(), std::slice::from_ref(&place.folder));
    place.bar("a.txt.ron");
    place.bar_journals();
    tag(&mut window, "Not at all");
    assert!(window.shows(UNPROTECTED));
    window.press("Ctrl+PageDown");
    assert!(!window.shows(UNPROTECTED), "nothing is unsaved in this one");
    place.bar("b.txt.ron");
    place.unbar_journals();
    tag(&mut window, "Not at all");
    // With the one that can be written again goes the other.
    window.press("Ctrl+PageUp");
    assert!(!window.shows(UNPROTECTED));
    assert!(window.mentions("Not saved: "));
    drop(window);
    let journals = fs::read_dir(place.journals()).unwrap();
    let journals = journals.map(|of_article| of_article.unwrap().path().join("000001.journal"));
    let journals: Vec<String> = journals
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    assert_eq!(journals.len(), 2);
    assert!(journals.iter().all(|steps| steps.contains("tagged quote")));
}

#[test]
fn what_cannot_be_kept_is_not_offered_to_be_kept() {
    let place = Place::new();
    let mut window = place.window();
    place.bar("a.txt.ron");
    place.bar_journals();
    tag(&mut window, "Not at all");
    window.ask_to_close();
    window.settle();
    assert!(window.shows("Discard"));
    assert!(!window.shows("Close and keep for next time"));
}
