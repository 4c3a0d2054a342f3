//! Going from pages to articles and back, and to the tags of other people.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

const TEXT: &str = "“We do not,” Rex Tillerson said.\n\n“Not at all,” he said on Tuesday.\n";

/// Two articles of which a colleague has tagged the second.
fn corpus(home: &Path) -> PathBuf {
    let folder = home.join("corpus");
    fs::create_dir_all(&folder).unwrap();
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open_as(&home.join("theirs"), &[folder.join("b.txt")], "maria");
    window.caret_at("We");
    window.press("q Enter Ctrl+s");
    folder
}

fn open(home: &Path) -> Window {
    Window::open_as(home, &[corpus(home)], "jo")
}

#[test]
fn a_hit_says_whose_it_is_and_a_colleagues_tag_is_shown_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path());
    window.caret_at("We");
    window.press("q Enter Ctrl+s Ctrl+Shift+f");
    window.press("Ctrl+a");
    window.type_text("quote");
    assert!(window.mentions("2 hits in 2 of 2 articles"));
    assert!(window.mentions("quote, Rex Tillerson, jo"));
    assert!(window.mentions("quote, Rex Tillerson, maria"));
    let top = |window: &Window, name: &str| window.rects_of(&format!("Tillerson, {name}"))[0].top();
    assert!(top(&window, "jo") < top(&window, "maria"));
    window.click("Sort by annotator");
    assert!(top(&window, "jo") < top(&window, "maria"));
    window.click("By…");
    window.click("maria");
    assert_eq!(window.value("Search all articles"), "quote by:maria");
    window.press("Enter");
    assert_eq!(window.accessible_name(), "b.txt — Pullquote");
    let status = window.status();
    assert!(
        status.starts_with("Quote of maria; the tags of others are shown now (F7"),
        "{status}"
    );
    assert!(window.shows("Shown: Quote of maria"));
    assert!(window.mentions("maria: Quote, said by Rex Tillerson"));
    window.press("Right");
    assert!(!window.shows("Shown: Quote of maria"), "one has gone on");
    // There and back shows it again.
    window.press("F4");
    assert!(window.shows("Shown: Quote of maria"));
    assert!(!window.status().contains("F7"), "they are shown already");
}

#[test]
fn a_curated_tag_is_shown_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let theirs = fs::read_to_string(folder.join("b.txt.maria.ron")).unwrap();
    let curated = theirs.replace("    annotator: \"maria\",\n", "");
    fs::write(folder.join("b.txt.curated.ron"), curated).unwrap();
    let mut window = Window::open_as(home.path(), &[folder], "jo");
    window.press("Ctrl+Shift+f");
    window.press("Ctrl+a");
    window.type_text("quote");
    assert!(window.mentions("quote, Rex Tillerson, curated"));
    window.press("Enter");
    assert_eq!(window.status(), "Curated quote");
    assert!(window.shows("Shown: curated quote"));
}

#[test]
fn alt_left_leads_back_to_every_page() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path());
    window.caret_at("We");
    window.press("q Enter Ctrl+s");
    // The project, then an article of it.
    window.press("F12");
    assert!(window.shows("Project corpus"));
    window.click_first("b.txt");
    assert!(!window.shows("Project corpus"));
    assert_eq!(window.accessible_name(), "b.txt — Pullquote");
    window.press("Alt+Left");
    assert!(window.shows("Project corpus"));
    window.press("Alt+Left");
    assert!(!window.shows("Project corpus"));
    assert_eq!(window.accessible_name(), "a.txt — Pullquote");
    // The statistics, then a search.
    window.press("Shift+F12");
    window.click("Who says most");
    window.click("Search for speaker:\"Rex Tillerson\"");
    assert!(!window.shows("Statistics"));
    window.press("Alt+Left");
    assert!(window.mentions("Who says most: the numbers are in the table below"));
    window.press("Escape");
    // A person, then what they said; the row that was clicked has the keys again.
    window.press("Escape");
    window.caret_at("We");
    window.press("n Shift+w");
    assert!(window.shows("Back to the article"));
    let row = window.named("Quote: “We do not,”, b.txt");
    window.click(&row);
    assert_eq!(window.accessible_name(), "b.txt — Pullquote");
    window.press("Alt+Left");
    assert!(window.shows("Back to the article"));
    assert_eq!(window.focused(), row);
}
