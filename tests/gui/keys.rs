use pullquote::format::schema_file::default_schema;
use pullquote::ops::keymap::markdown_table;

use super::window::Window;
use crate::support::docs_module;

/// The docs have the table made from the commands; to fix it, put what this prints there.
#[test]
fn the_docs_show_every_key() {
    let table = markdown_table(&default_schema().unwrap());
    let docs = docs_module("keys");
    assert!(
        docs.ends_with(table.trim()),
        "src/docs.rs, `keys`, lacks:\n{table}"
    );
}

#[test]
fn the_readme_names_no_key_that_is_not_there() {
    let root = env!("CARGO_MANIFEST_DIR");
    let readme = std::fs::read_to_string(format!("{root}/README.md")).unwrap();
    let (_, section) = readme.split_once("## Keys\n").unwrap();
    let table = markdown_table(&default_schema().unwrap());
    let keys = section.lines().filter(|line| line.starts_with("| `"));
    let keys: Vec<&str> = keys
        .filter_map(|line| line.split(" | ").next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    assert!(keys.len() > 20, "{keys:?}");
    for key in keys {
        assert!(table.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn letters_typed_into_a_field_tag_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.focus("Filter tags");
    window.press("q s c");
    assert!(window.shows("Tags"), "nothing is tagged");
    window.press("Escape");
    assert_eq!(
        window.value("Filter tags"),
        "",
        "Escape clears the field first"
    );
    window.press("Escape q");
    assert!(!window.shows("Tags"), "back in the article Q tags");
}

#[test]
fn escape_leaves_a_field_and_not_the_speaker() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q");
    assert!(window.mentions("1 to confirm"));
    window.focus("Filter tags");
    window.press("Escape");
    assert!(window.mentions("1 to confirm"), "the link is as it was");
    window.press("Escape");
    assert!(!window.mentions("1 to confirm"), "now it is undecided");
}

#[test]
fn find_goes_from_hit_to_hit_and_leaves_the_selection_there() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+f");
    window.type_text("tillerson");
    assert!(window.mentions("1 of "));
    window.press("Enter Enter");
    assert!(window.mentions("3 of "));
    window.press("Shift+Enter");
    assert!(window.mentions("2 of "));
    window.press("Escape s");
    assert!(!window.shows("Find in the article"));
    assert!(window.mentions("Speaker: Tillerson"), "the hit is tagged");
}

#[test]
fn the_palette_finds_a_command_and_gives_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+k");
    window.type_text("people");
    window.press("Enter");
    assert!(window.mentions("No people yet"));
    assert!(!window.shows("Find a command"));
}

#[test]
fn a_tag_is_given_another_label_by_its_letter() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q r");
    assert!(window.shows("Change label to Claim"));
    window.press("c");
    assert!(window.mentions("Claim: “I think the president"));
}

#[test]
fn own_keys_hold_and_their_mistakes_are_named() {
    let home = tempfile::tempdir().unwrap();
    let own = r#"(bindings: [
        (command: "note", context: article, keys: ["b"]),
        (command: "fly", context: article, keys: ["z"]),
    ])"#;
    let mut window = Window::open_with_keys(home.path(), &[], Some(own));
    assert!(window.mentions("there is no command `fly`"));
    window.caret_at("think the president");
    window.press("q m");
    assert!(!window.shows("Note on the tag"));
    window.press("b");
    assert!(window.shows("Note on the tag"));
}

#[test]
fn nothing_moves_while_nobody_does_anything() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    assert!(window.sleeps());
    window.caret_at("think the president");
    window.press("q");
    assert!(window.sleeps(), "once it is saved");
}

#[test]
fn the_palette_finds_commands_by_the_words_of_other_tools() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Enter");
    window.command("add comment");
    assert_eq!(window.value("Note on the tag"), "");
    window.press("Escape");
    window.command("attribution");
    assert!(window.shows("Name of the person"));
    window.press("Escape");
    window.command("remove annotation");
    assert_eq!(window.rects_of("Quote: “I think").len(), 0);
}
