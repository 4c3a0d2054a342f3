//! The page of a person over all articles.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

/// Two articles that call one person by two names, tagged by Jo.
fn tagged(home: &Path) -> (PathBuf, Window) {
    let folder = home.join("corpus");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.txt"), "“We do not,” Rex Tillerson said.\n").unwrap();
    fs::write(folder.join("b.txt"), "“Not at all,” R. Tillerson said.\n").unwrap();
    let schema = "(person_attributes: [(name: \"party\")])";
    fs::write(folder.join("pullquote.ron"), schema).unwrap();
    let mut window = Window::open_as(home, std::slice::from_ref(&folder), "jo");
    window.press("q Enter Ctrl+s Ctrl+PageDown q Enter Ctrl+s Ctrl+PageUp");
    (folder, window)
}

fn both(folder: &Path) -> [String; 2] {
    ["a.txt.jo.ron", "b.txt.jo.ron"].map(|name| fs::read_to_string(folder.join(name)).unwrap())
}

#[test]
fn who_said_what_is_shown_and_people_are_edited_and_merged_everywhere() {
    let home = tempfile::tempdir().unwrap();
    let (folder, mut window) = tagged(home.path());
    let before = both(&folder);
    window.press("n Shift+w");
    assert!(window.shows("2 tags in 1 article"));
    assert!(window.mentions("Quote: “We do not,”, a.txt"));
    // Who they are.
    window.focus_field("Role");
    window.type_text("secretary of state");
    window.focus_field("Party");
    window.type_text("none");
    window.focus_field("External id");
    window.type_text("Q331711");
    window.press("Enter");
    assert_eq!(
        window.status(),
        "Updated Rex Tillerson in 1 article  ·  Ctrl+Z undoes"
    );
    let edited = both(&folder);
    for words in ["secretary of state", "Q331711", r#""party": "none""#] {
        assert!(edited[0].contains(words), "{}", edited[0]);
    }
    assert_eq!(edited[1], before[1]);
    // R. Tillerson is the same.
    window.click("All people");
    window.click("R. Tillerson, 1 quote or claim in 1 article");
    window.focus_field("Merge into");
    window.type_text("Rex");
    assert!(window.shows("Merge into Rex Tillerson"));
    window.press("Enter");
    assert!(window.shows("4 tags in 2 articles"), "{}", window.status());
    let merged = both(&folder);
    assert!(
        merged[1].contains(r#"name: "Rex Tillerson""#),
        "{}",
        merged[1]
    );
    assert!(merged[1].contains("Q331711"));
    // To what was said, and back.
    window.click("Quote: “Not at all,”, b.txt · direct · jo");
    assert_eq!(window.accessible_name(), "b.txt — Pullquote");
    window.press("Ctrl+Alt+z");
    assert_eq!(both(&folder), edited);
    window.press("Ctrl+Alt+z");
    assert_eq!(both(&folder), before);
}

#[test]
fn what_a_person_said_is_sorted() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    fs::create_dir_all(&folder).unwrap();
    let facts = |outlet: &str, date: &str| {
        format!(
            "#![enable(implicit_some)]\nArticle(version: 1,\n    outlet: \"{outlet}\",\n    date: \"{date}\",\n)\n"
        )
    };
    for (name, outlet, date) in [
        ("a.txt", "Weekly", "2024-05-02"),
        ("b.txt", "Daily", "2024-05-03"),
        ("c.txt", "Evening", "2024-05-01"),
    ] {
        fs::write(folder.join(name), "“We do not,” Rex Tillerson said.\n").unwrap();
        fs::write(folder.join(format!("{name}.meta.ron")), facts(outlet, date)).unwrap();
    }
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&folder), "jo");
    window
        .press("q Enter Ctrl+s Ctrl+PageDown q Enter Ctrl+s Ctrl+PageDown q Enter Ctrl+s Shift+w");
    assert!(window.shows("6 tags in 3 articles"), "{}", window.status());
    let top = |window: &Window, article: &str| {
        let said = window.rects_of(&format!("“We do not,”, {article}"));
        said[0].top()
    };
    for (order, names) in [
        ("article", ["a.txt", "b.txt", "c.txt"]),
        ("date", ["c.txt", "a.txt", "b.txt"]),
        ("outlet", ["b.txt", "c.txt", "a.txt"]),
        ("form", ["a.txt", "b.txt", "c.txt"]),
    ] {
        window.click(&format!("Sort by {order}"));
        let tops = names.map(|name| top(&window, name));
        assert!(tops[0] < tops[1] && tops[1] < tops[2], "{order}: {tops:?}");
    }
}

#[test]
fn a_person_is_split_by_their_tags() {
    let home = tempfile::tempdir().unwrap();
    let (folder, mut window) = tagged(home.path());
    window.press("Shift+w");
    assert!(window.shows("2 tags in 1 article"));
    window.click("Choose “We do not,”");
    window.click("1 chosen tag is somebody else…");
    // It asks for nothing but the name, and Enter without one does nothing.
    assert!(window.shows("Split Rex Tillerson"));
    assert!(!window.shows("Mark as unsure") && !window.shows("Change hits"));
    let before = both(&folder);
    window.press("Enter");
    assert!(window.shows("Split Rex Tillerson"));
    assert_eq!(both(&folder), before);
    window.type_text("Renda Tillerson");
    assert!(window.shows("Set 1 tag to Renda Tillerson"));
    window.press("Enter");
    let [a, _] = both(&folder);
    assert!(a.contains("Renda Tillerson"), "{a}");
    window.press("Escape");
    assert!(!window.shows("Back to the article"));
}

#[test]
fn the_people_of_an_article_lead_to_their_pages() {
    let home = tempfile::tempdir().unwrap();
    let (_, mut window) = tagged(home.path());
    window.command("show people");
    window.press("F6 Enter");
    window.click("In all articles");
    assert!(window.shows("2 tags in 1 article"));
    assert!(window.shows("Chosen tags are somebody else…"));
}

#[test]
fn a_suggested_speaker_and_a_tag_without_a_person_say_why_everybody_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    let config = home.path().join("config");
    fs::create_dir_all(&folder).unwrap();
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("settings.ron"), "(asked_for_name: true)").unwrap();
    fs::write(folder.join("a.txt"), "“We do not,” Rex Tillerson said.\n").unwrap();
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&folder), "jo");
    window.press("j Shift+w");
    assert!(window.mentions("No person of this folder is called Rex Tillerson yet"));
    assert!(
        window.status().contains("Rex Tillerson is a suggestion"),
        "{}",
        window.status()
    );
    window.press("Escape c Escape Shift+w");
    assert!(
        window.status().contains("This claim has no person yet"),
        "{}",
        window.status()
    );
}
