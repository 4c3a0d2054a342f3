//! Messages tell what kind they are by a sign and a color.

use std::fs;

use super::folder::corpus;
use super::window::Window;

#[test]
fn what_was_done_an_offer_a_doubt_and_a_failure_look_different() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&folder), "ann");
    let signs = |window: &Window| {
        let all = ["Done", "Notice", "Warning", "Error"];
        let shown = all.into_iter().filter(|sign| window.shows_sign(sign));
        shown.collect::<Vec<_>>()
    };
    assert_eq!(signs(&window), [""; 0]);
    // A step over articles.
    window.press("Ctrl+Shift+f");
    window.type_text("Tuesday");
    window.press("Ctrl+Enter Enter");
    assert!(window.mentions("Tagged 2 places"));
    assert_eq!(signs(&window), ["Done"]);
    window.click("Dismiss");
    window.press("Escape");
    // The assignment of articles cannot be read.
    fs::write(folder.join("pullquote.assignments.ron"), "(").unwrap();
    window.come_back();
    assert_eq!(signs(&window), ["Error"]);
    window.click("Dismiss");
    fs::remove_file(folder.join("pullquote.assignments.ron")).unwrap();
    // The sidecar is gone.
    window.press("q Enter Ctrl+s");
    fs::remove_file(folder.join("a.txt.ann.ron")).unwrap();
    window.come_back();
    assert!(window.mentions("is gone from the disk"));
    assert!(signs(&window).contains(&"Warning"));
}

#[test]
fn a_question_is_no_warning() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt"]);
    let config = home.path().join("config");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("settings.ron"), "()").unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    window.press("q");
    assert!(window.mentions("Who is tagging?"));
    assert!(window.shows_sign("Notice") && !window.shows_sign("Warning"));
}
