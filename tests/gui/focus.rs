//! The keys' focus goes round what is on the screen, and never to what is not.

use std::fs;

use super::window::Window;

/// Where F6 leads from the article until it is back there, by the first word of each name; Shift+F6
/// leads the other way round.
fn stops(window: &mut Window) -> Vec<String> {
    let mut stops = Vec::new();
    for key in ["F6", "Shift+F6"] {
        let mut found = Vec::new();
        assert_eq!(window.focused(), "Article");
        for _ in 0..8 {
            window.press(key);
            found.push(window.focused());
            if window.focused() == "Article" {
                break;
            }
        }
        assert_eq!(found.pop().as_deref(), Some("Article"), "{found:?}");
        if stops.is_empty() {
            stops = found;
        } else {
            found.reverse();
            assert_eq!(stops, found, "and back");
        }
    }
    stops
}

fn sample(home: &std::path::Path) -> Window {
    let mut window = Window::open(home, &[]);
    window.caret_at("think the president");
    window.press("q Enter");
    window
}

#[test]
fn the_focus_goes_round_the_regions() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    assert_eq!(stops(&mut window), ["Filter tags"]);
    window.press("F6");
    window.type_text("nowhere");
    assert!(window.shows("No tag matches the filter."));
    window.press("Shift+F6 q");
    assert!(window.mentions("Tags 1") || window.mentions("Tags 2"));
    assert_eq!(stops(&mut window), ["Filter tags", "Note"]);
    window.press("F9");
    assert_eq!(stops(&mut window), ["Filter tags", "Note", "Filter files"]);
    window.press("Shift+F9");
    assert_eq!(stops(&mut window), ["Filter files"]);
}

#[test]
fn every_tab_beside_the_article_can_be_reached_and_left() {
    let home = tempfile::tempdir().unwrap();
    let mut window = sample(home.path());
    window.press("F9");
    window.command("show people");
    let found = stops(&mut window);
    assert!(found[0].starts_with("Rex Tillerson, "), "{found:?}");
    assert_eq!(found[1..], ["Note", "Filter files"]);
    window.press("F6 Enter");
    assert!(window.shows("Show tags"), "Enter chose the person");
    window.press("F6");
    assert_eq!(window.focused(), "Note", "from within the panel");
    window.press("F6 F6");

    window.command("show problems");
    let problems = stops(&mut window);
    assert_eq!(problems[1..], ["Note", "Filter files"]);
    window.caret_at("relying on Russia");
    window.press("c");
    assert!(
        window.mentions("Tagged claim"),
        "letters mean something again"
    );
}

#[test]
fn where_nothing_is_listed_the_tab_has_the_focus() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("plain.txt");
    fs::write(&article, "Nobody said anything.\n").unwrap();
    let mut window = Window::open(home.path(), &[article]);
    window.command("show people");
    assert_eq!(stops(&mut window), ["People"]);
    window.command("show problems");
    assert_eq!(stops(&mut window), ["Problems"]);
}

#[test]
fn files_without_room_are_no_stop() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("articles");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("one.txt"), "“We do not,” Tillerson said.\n").unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    assert_eq!(stops(&mut window), ["Filter tags", "Filter files"]);
    window.set_width(800.0);
    assert!(!window.shows("Filter files"));
    assert_eq!(stops(&mut window), ["Filter tags"]);
    window.press("F9");
    assert_eq!(
        stops(&mut window),
        ["Filter files"],
        "in place of the details"
    );
    window.press("F9 F6");
    assert_eq!(window.focused(), "Filter tags");
    window.press("F6 q");
    assert!(window.mentions("Quote: “We do not,”"));
}

#[test]
fn what_disappears_takes_no_letters_with_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = sample(home.path());
    window.press("F9 F6 F6 F6");
    assert_eq!(window.focused(), "Filter files");
    window.press("F9");
    assert_eq!(window.focused(), "Article");
    window.press("F6 F6");
    assert_eq!(window.focused(), "Note");
    window.press("Shift+F9 x");
    assert!(window.mentions("Rejected quote"));
}

#[test]
fn a_question_keeps_the_focus() {
    let home = tempfile::tempdir().unwrap();
    let mut window = sample(home.path());
    window.press("m F6");
    assert_eq!(window.focused(), "Note on the tag");
    window.type_text("Ask again");
    window.press("Enter");
    let sidecar = home.path().join("data/sample/us-russia-relations.txt.ron");
    assert!(fs::read_to_string(sidecar).unwrap().contains("Ask again"));
}

#[test]
fn the_rows_of_a_filter_are_walked_from_its_field() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("articles");
    fs::create_dir(&folder).unwrap();
    for name in ["a1.txt", "b1.txt", "a2.txt", "b2.txt"] {
        fs::write(folder.join(name), "“We do not,” Tillerson told us.\n").unwrap();
    }
    let mut window = Window::open(home.path(), &[folder]);
    window.focus("Filter files");
    window.type_text("a");
    window.press("Down");
    assert!(
        window.focused().starts_with("a1.txt"),
        "{}",
        window.focused()
    );
    window.press("Down");
    assert!(
        window.focused().starts_with("a2.txt"),
        "{}",
        window.focused()
    );
    window.press("Enter");
    assert_eq!(window.focused(), "Article");
    window.caret_at("We do not");
    window.press("q Enter Ctrl+PageUp");
    assert!(window.mentions("a2.txt, in progress"), "it was opened");
    // Only what the filter shows is walked.
    window.press("Ctrl+PageUp");
    assert!(window.mentions("No other article matches the filter"));
    window.press("Ctrl+PageDown Ctrl+PageDown");
    assert!(window.mentions("No other article matches the filter"));
    window.focus("Filter files");
    window.press("Escape");
    assert_eq!(window.value("Filter files"), "");
    assert!(!window.mentions("No other article matches the filter"));
    window.type_text("b2");
    window.press("Enter q");
    assert_eq!(window.focused(), "Article");
    assert!(window.mentions("b2.txt, in progress") || window.mentions("Tagged quote"));

    window.focus("Filter tags");
    window.press("Down");
    assert!(
        window.focused().starts_with("Quote: "),
        "{}",
        window.focused()
    );
    window.press("Enter");
    assert_eq!(window.focused(), "Article");
}

#[test]
fn the_menus_are_walked_with_the_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Alt+e");
    assert!(window.focused().starts_with("Copy"), "{}", window.focused());
    window.press("Down");
    assert!(
        window.focused().starts_with("Select all"),
        "{}",
        window.focused()
    );
    window.press("Left");
    assert!(
        window.focused().starts_with("Open file"),
        "{}",
        window.focused()
    );
    window.press("Left Right Right");
    assert!(window.focused().starts_with("Copy"), "{}", window.focused());
    window.press("Alt+f End");
    assert!(window.focused().starts_with("Quit"), "{}", window.focused());
    window.press("Home");
    assert!(
        window.focused().starts_with("Open file"),
        "{}",
        window.focused()
    );
    window.press("Escape");
    assert!(!window.shows("Select all"));
    assert_eq!(window.focused(), "Article");

    window.press("F10 Right");
    assert_eq!(window.focused(), "Edit");
    window.press("Left Left");
    assert_eq!(window.focused(), "Help");
    window.press("Enter");
    assert!(window.focused().starts_with("Keys"), "{}", window.focused());
    window.press("Down Enter");
    assert!(window.mentions("Version "), "About is shown");
    window.press("Escape");
    window.press("F10 Down");
    assert!(
        window.focused().starts_with("Open file"),
        "{}",
        window.focused()
    );
    window.press("Escape F1 F10 Alt+f");
    assert!(!window.shows("Open the sample"), "not under a dialog");
}

#[test]
fn alt_with_a_letter_writes_nothing_into_a_field() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q m");
    window.type_text("abc");
    let alt_v = egui::Event::Key {
        key: egui::Key::V,
        physical_key: Some(egui::Key::V),
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::ALT,
    };
    window.in_one_frame(vec![alt_v, egui::Event::Text("v".to_owned())]);
    assert_eq!(window.value("Note on the tag"), "abc");
}

#[test]
fn the_window_has_a_name() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::open(home.path(), &[]);
    let name = "us-russia-relations.txt — Pullquote";
    assert_eq!(window.accessible_name(), name);
}

/// A page that opens has the keys’ focus, and F6 comes back to it.
#[test]
fn pages_are_worked_with_the_keys() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    std::fs::create_dir(&folder).unwrap();
    for name in ["a.txt", "b.txt"] {
        std::fs::write(folder.join(name), "“We do not,” Ann Lee said.\n").unwrap();
    }
    for page in ["F12", "Shift+F12", "Ctrl+F12"] {
        let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
        window.press(page);
        assert_eq!(window.focused(), "Back to the article", "{page}");
        window.press("F6");
        assert_ne!(window.focused(), "Back to the article", "{page}");
        for _ in 0..6 {
            if window.focused() != "Back to the article" {
                window.press("F6");
            }
        }
        assert_eq!(window.focused(), "Back to the article", "{page}");
    }
    // On from there with Tab.
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.press("F12 Tab");
    assert_eq!(window.focused(), "Filter articles");
}
