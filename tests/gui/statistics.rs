//! The statistics of the folder: plots to choose from, their tags, what is exported.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

fn corpus(home: &Path) -> PathBuf {
    let folder = home.join("corpus");
    fs::create_dir_all(&folder).unwrap();
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    folder
}

fn open(home: &Path) -> Window {
    let mut window = Window::open_as(home, &[corpus(home)], "jo");
    window.caret_at("We");
    window.press("q Enter Ctrl+s");
    window
}

#[test]
fn plots_are_chosen_and_lead_to_their_tags() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path());
    window.press("Shift+F12");
    assert!(window.mentions("2 articles, 2 tags"));
    assert!(window.mentions("Tags by label: the numbers are in the table below"));
    window.click("Who says most");
    assert!(window.mentions("Who says most: the numbers are in the table below"));
    window.click("Search for speaker:\"Tillerson\"");
    assert!(
        window.shows("1 hit in 1 of 2 articles"),
        "{}",
        window.named("hit")
    );
    // There and back with the key, and out with Escape.
    window.press("Shift+F12");
    assert!(window.shows("Statistics"));
    window.press("Escape");
    assert!(!window.mentions("Who says most"));
}

#[test]
fn whose_tags_are_counted_is_chosen_and_said() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path());
    let own = home.path().join("corpus/a.txt.jo.ron");
    let tags = fs::read_to_string(&own).unwrap();
    let settled = tags.replace("    annotator: \"jo\",\n", "");
    fs::write(home.path().join("corpus/a.txt.curated.ron"), settled).unwrap();
    fs::write(
        home.path().join("corpus/b.txt.ann.ron"),
        tags.replace("\"jo\"", "\"ann\"").replace("a.txt", "b.txt"),
    )
    .unwrap();
    window.come_back();
    window.press("Shift+F12");
    assert!(window.mentions("2 articles, 4 tags; of 1 article the curated tags alone"));
    for (choice, words) in [
        ("Curated only", "2 articles, 2 tags; curated tags only"),
        (
            "Everybody’s, none curated",
            "2 articles, 4 tags; everybody’s tags, no curated ones",
        ),
        ("Only tags of ann", "2 articles, 2 tags; only tags of ann"),
    ] {
        let whose = window.named("Whose tags: ");
        window.click(&whose);
        window.click(choice);
        assert!(window.mentions(words), "{}", window.named("2 articles"));
    }
    // What a number leads to is what was counted.
    window.click("Tags by length");
    window.click("Search for words:0-4 by:ann");
    assert!(
        window.shows("1 hit in 1 of 2 articles"),
        "{}",
        window.named("hit")
    );
}

#[test]
fn plots_and_report_are_exported() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path());
    window.press("Shift+F12");
    let plots = home.path().join("plots");
    fs::create_dir(&plots).unwrap();
    window.answers.add(plots.clone());
    window.click("Export plots…");
    assert!(window.status().starts_with("Wrote "), "{}", window.status());
    for ending in ["svg", "png", "csv"] {
        assert!(plots.join(format!("tags-by-label.{ending}")).exists());
    }
    let csv = fs::read_to_string(plots.join("tags-by-label.csv")).unwrap();
    assert_eq!(csv, "label,tags\nquote,1\nspeaker,1\n");
    let page = home.path().join("page.html");
    window.answers.add(page.clone());
    window.click("Export report…");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("<h1>corpus</h1>") && page.contains("Made on 2026-11-28."));
    // Without a file dialog the path is typed.
    window.click("Export report…");
    assert!(window.shows("Export report"));
}

#[test]
fn the_page_follows_what_is_written() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path());
    window.press("Ctrl+PageDown");
    window.caret_at("We");
    window.press("q Enter");
    // What is not saved yet is saved and counted.
    window.press("Shift+F12");
    assert!(
        window.mentions("2 articles, 4 tags"),
        "{}",
        window.named("articles")
    );
}
