//! The same wire report in several articles: shown, listed alone, and its tags carried along.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::window::Window;

const REPORT: &str = "The bridge over the river will open again in May, the mayor of the town said on Monday.\n\
    “We have waited long enough for this,” Ann Lee told the council in the evening.\n\
    Work had stopped in the autumn after the builder ran out of money and left the site.\n\
    “Nobody knew what to do,” said Tom Webb, who lives beside the old road to the ferry.\n";
const OTHER: &str = "Ministers met in the capital on Tuesday to talk about the price of bread, which has \
    risen for the fifth month in a row. No statement was made after the talks had ended at night.\n";

/// The report, a shorter version with other words, and another article.
fn corpus(home: &Path) -> PathBuf {
    let folder = home.join("corpus");
    fs::create_dir_all(folder.join("sub")).unwrap();
    let lines: Vec<&str> = REPORT.lines().take(3).collect();
    let cut = format!("{}\n", lines.join("\n").replace("long enough", "long"));
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    fs::write(folder.join("b.txt"), OTHER).unwrap();
    fs::write(folder.join("sub/c.txt"), cut).unwrap();
    folder
}

#[test]
fn copies_are_marked_listed_alone_and_take_the_tags_as_suggestions() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    fs::write(folder.join("sub/c.txt.maria.ron"), "").unwrap();
    let theirs = fs::read(folder.join("sub/c.txt.maria.ron")).unwrap();
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&folder), "jo");
    assert!(window.mentions("a.txt, new, no tags, 1 copy"));
    assert!(!window.mentions("b.txt, new, no tags, 1 copy"));
    window.command("copies of this");
    assert!(window.mentions("sub/c.txt, new") && !window.mentions("b.txt, new"));
    window.caret_at("waited");
    window.press("q Enter");
    window.caret_at("Nobody");
    window.press("q Enter");
    window.command("carry tags");
    assert!(
        window
            .status()
            .starts_with("Suggested 2 carried tags in 1 article"),
        "{}",
        window.status()
    );
    assert!(window.mentions("1 changed, 1 unchanged, 2 gone"));
    let sidecar = folder.join("sub/c.txt.jo.ron");
    assert!(sidecar.exists());
    assert_eq!(
        fs::read(folder.join("sub/c.txt.maria.ron")).unwrap(),
        theirs
    );
    // There the suggestion says where it is from, and is accepted like any other.
    window.press("Ctrl+PageDown j");
    assert!(
        window.mentions("as in a.txt, tagged by jo · there: “We have waited long enough"),
        "{}",
        window.named("Suggested")
    );
    window.press("Enter Ctrl+s");
    let text = fs::read_to_string(&sidecar).unwrap();
    assert!(text.contains("copy/jo/a.txt"), "{text}");
    // All articles again.
    window.command("copies of this");
    assert!(window.mentions("b.txt, new"));
}

#[test]
fn a_step_that_carries_tags_is_undone_whole() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.caret_at("waited");
    window.press("q Enter");
    window.command("carry tags");
    assert!(folder.join("sub/c.txt.ron").exists());
    window.click("Undo the step");
    assert!(!folder.join("sub/c.txt.ron").exists());
    window.press("Ctrl+PageDown");
    window.command("carry tags");
    assert_eq!(
        window.status(),
        "No article of this folder has nearly the same text"
    );
}

#[test]
fn the_table_leads_to_the_copies_of_a_row() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.press("F12");
    window.click("1 copy of sub/c.txt");
    assert!(window.mentions("All 2 shown"));
    window.click("1 copy of a.txt");
    assert!(window.mentions("All 3 shown"));
}

#[test]
fn a_copy_that_comes_or_goes_is_seen() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = Window::open_threaded(home.path(), std::slice::from_ref(&folder));
    let wait = Duration::from_secs(20);
    let one = |window: &Window| window.mentions("a.txt, new, no tags, 1 copy");
    assert!(window.live(wait, one).1);
    fs::write(folder.join("d.txt"), REPORT).unwrap();
    let two = |window: &Window| window.mentions("a.txt, new, no tags, 2 copies");
    assert!(window.live(wait, two).1);
    fs::remove_file(folder.join("d.txt")).unwrap();
    fs::remove_file(folder.join("sub/c.txt")).unwrap();
    let none = |window: &Window| !window.mentions(" copy") && !window.mentions("copies");
    assert!(window.live(wait, none).1);
}
