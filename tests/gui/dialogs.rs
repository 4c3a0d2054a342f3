//! Dialogs: what is typed is never lost, and the keys are theirs alone while they are open.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Event, Key, Modifiers};

use super::window::{Window, key_event};

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

fn folder(home: &Path) -> PathBuf {
    let folder = home.join("articles");
    fs::create_dir(&folder).unwrap();
    for name in ["one.txt", "two.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    folder
}

/// A window on the first of two articles, with a tagged quote.
fn with_quote(home: &Path) -> (Window, PathBuf) {
    let folder = folder(home);
    let mut window = Window::open(home, std::slice::from_ref(&folder));
    window.caret_at("We do not");
    window.press("q Enter");
    (window, folder)
}

#[test]
fn half_a_note_is_kept_whatever_takes_its_place() {
    for key in [
        "Ctrl+k",
        "F1",
        "Ctrl+e",
        "Ctrl+PageDown",
        "Ctrl+f",
        "Ctrl+o",
    ] {
        let home = tempfile::tempdir().unwrap();
        let (mut window, folder) = with_quote(home.path());
        window.press("m");
        window.type_text("Half a");
        window.press(key);
        assert!(!window.shows("Note on the tag"), "{key}");
        window.press("Escape Ctrl+s");
        let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
        assert!(saved.contains("note: \"Half a\""), "{key}: {saved}");
        assert!(
            !folder.join("two.txt.ron").exists(),
            "{key}: in its own article"
        );
    }
}

#[test]
fn half_a_note_is_kept_when_the_window_closes() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("m");
    window.type_text("Half a");
    assert!(!window.ask_to_close(), "it is saved first");
    assert!(window.closes());
    let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    assert!(saved.contains("note: \"Half a\""), "{saved}");
}

#[test]
fn what_comes_in_the_frame_of_a_command_goes_where_it_was_typed() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("m");
    let next = Event::Key {
        key: Key::PageDown,
        physical_key: Some(Key::PageDown),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::CTRL | Modifiers::COMMAND,
    };
    window.in_one_frame(vec![Event::Text("Half a".to_owned()), next]);
    window.press("Ctrl+PageUp");
    let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    assert!(saved.contains("note: \"Half a\""), "{saved}");
    // A command that is done once is no repetition because it had to wait.
    window.caret_at("We do not");
    window.press("m End");
    let palette = Event::Key {
        key: Key::K,
        physical_key: Some(Key::K),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::CTRL | Modifiers::COMMAND,
    };
    window.in_one_frame(vec![Event::Text("!".to_owned()), palette]);
    assert!(window.shows("Find a command"));
    window.press("Escape");
    let letter = |letter: &str, key| [key_event(key, true), Event::Text(letter.to_owned())];
    let typed = [
        letter("m", Key::M),
        letter("o", Key::O),
        letter("h", Key::H),
    ];
    window.in_one_frame(typed.concat());
    assert_eq!(window.value("Note on the tag"), "Half a!oh");
}

#[test]
fn an_edit_of_the_article_waits_behind_what_comes_above_it() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    let field = "Text of the paragraph";
    window.command("edit the article");
    window.type_text("Yes. ");
    window.press("F1");
    assert!(!window.shows(field));
    window.press("Escape");
    assert!(window.shows(field), "it comes back");
    window.press("Ctrl+PageDown");
    assert!(!window.shows(field), "it is about another article");
    assert!(!window.ask_to_close(), "and asks before the window closes");
    assert!(window.shows(field));
    assert!(window.mentions("is not finished"));
    window.press("Enter");
    let article = fs::read_to_string(folder.join("one.txt")).unwrap();
    assert!(article.contains("Yes. "), "{article}");
    assert_eq!(fs::read_to_string(folder.join("two.txt")).unwrap(), TEXT);
}

#[test]
fn half_a_name_and_a_path_wait_and_escape_discards_them() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = with_quote(home.path());
    window.press("w");
    window.type_text("Rex Till");
    window.press("Ctrl+k Escape");
    assert_eq!(window.value("Name of the person"), "Rex Till");
    window.press("Ctrl+f");
    assert!(window.shows("Name of the person"), "find asks to finish it");
    assert!(window.mentions("“Who said it?” is not finished"));
    window.press("Escape");
    assert!(!window.shows("Name of the person"));
    assert!(!window.mentions("is not finished"));

    window.command("import");
    window.type_text("/somewhere/else.jsonl");
    window.press("F1 Escape");
    assert_eq!(
        window.value("File or folder to read"),
        "/somewhere/else.jsonl"
    );
    assert!(!window.ask_to_close());
    window.press("Escape");
    assert!(window.ask_to_close(), "nothing is typed any more");
}

#[test]
fn a_note_the_article_refuses_stays_to_be_copied() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("Ctrl+s");
    let sidecar = folder.join("one.txt.ron");
    let newer = fs::read_to_string(&sidecar).unwrap();
    fs::write(&sidecar, newer.replace("version: 1,", "version: 99,")).unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    window.press("n m");
    window.type_text("About what");
    window.press("Enter");
    assert_eq!(window.value("Note on the tag"), "About what");
    assert!(window.mentions("Not saved. Copy your text"));
    window.press("F1 Escape");
    assert_eq!(window.value("Note on the tag"), "About what");
    window.press("Escape");
    assert!(!window.shows("Note on the tag"));
}

#[test]
fn a_held_key_opens_once_and_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.hold('m', 8);
    assert_eq!(window.value("Note on the tag"), "");
    window.press("Escape");
    window.hold('w', 8);
    assert_eq!(window.value("Name of the person"), "");
    window.press("Escape");
    window.hold('r', 3);
    assert!(window.shows("Change label to Claim"));
    window.press("Escape");
    window.press("m");
    window.hold('o', 3);
    assert_eq!(window.value("Note on the tag"), "oooo", "typing repeats");
    // Enter saves the note and does not go on in the article.
    window.hold_key("Enter", 5);
    window.press("Ctrl+s");
    let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    assert!(saved.contains("note: \"oooo\""), "{saved}");
    assert!(!saved.contains("review: Accepted"), "{saved}");
    window.press("Ctrl+Home");
    window.hold_key("Right", 3);
    window.press("s");
    assert!(
        window.mentions("Speaker: "),
        "the caret walks while a key is held"
    );
}

#[test]
fn enter_takes_the_kind_of_person_that_is_ringed() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("w");
    window.type_text("Russia");
    window.press("Tab Right");
    assert_eq!(window.focused(), "organisation");
    window.press("Enter");
    assert!(!window.shows("Name of the person"));
    window.press("Ctrl+s");
    let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    assert!(
        saved.contains("name: \"Russia\", kind: Organisation"),
        "{saved}"
    );
}

#[test]
fn a_label_is_changed_with_arrows_tab_and_enter() {
    for keys in ["Down Down Enter", "Tab Tab Enter"] {
        let home = tempfile::tempdir().unwrap();
        let (mut window, _) = with_quote(home.path());
        window.press("r");
        assert_eq!(window.focused(), "Change label to Quote");
        window.press(keys);
        assert!(window.mentions("Claim: “We do not,”"), "{keys}");
        assert!(!window.shows("Change label to Claim"));
    }
}

#[test]
fn an_open_dialog_keeps_every_key_from_the_article() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("Ctrl+s");
    let before = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    for dialog in ["r", "F1", "Ctrl+k"] {
        window.press(dialog);
        window.press("F8 F3 Tab Up Down Left Right Tab Tab Tab Shift+Tab Left 9 Delete");
        window.press("Escape Escape Escape Ctrl+s");
        let after = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
        assert_eq!(before, after, "{dialog}");
    }
}

#[test]
fn dialogs_take_the_focus_when_they_open() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = with_quote(home.path());
    for (key, name) in [
        ("r", "Change label to Quote"),
        ("F1", "Keys"),
        ("Ctrl+k", "Find a command"),
        ("m", "Note on the tag"),
        ("Ctrl+e", "File to write"),
    ] {
        window.press(key);
        assert_eq!(window.focused(), name);
        window.press("Escape");
        assert_eq!(window.focused(), "Article");
    }
}

#[test]
fn undo_in_a_note_does_not_reach_into_the_note_before() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = with_quote(home.path());
    window.press("m");
    window.type_text("First");
    window.press("Enter");
    window.caret_at("on Tuesday");
    window.press("c m Ctrl+z Ctrl+z");
    assert_eq!(window.value("Note on the tag"), "");
}

#[test]
fn the_article_is_edited_where_the_caret_is() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.caret_at("on Tuesday");
    window.command("edit the article");
    window.type_text("again ");
    window.press("Enter");
    let article = fs::read_to_string(folder.join("one.txt")).unwrap();
    assert!(article.contains("said again on Tuesday"), "{article}");
}

#[test]
fn the_first_letter_of_a_layout_without_latin_letters_tags() {
    let signs = [(";", Key::Semicolon), ("/", Key::Slash), (",", Key::Comma)];
    for (writes, logical) in signs {
        let home = tempfile::tempdir().unwrap();
        let mut window = Window::open(home.path(), &[]);
        window.caret_at("think the president");
        let q = Event::Key {
            key: logical,
            physical_key: Some(Key::Q),
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        window.in_one_frame(vec![q, Event::Text(writes.to_owned())]);
        assert!(window.mentions("Quote: “I think the president"), "{writes}");
    }
}

#[test]
fn a_command_of_the_palette_puts_the_focus_where_it_belongs() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = with_quote(home.path());
    window.command("attributes");
    assert_eq!(window.focused(), "form: direct");
    window.command("find…");
    assert_eq!(window.focused(), "Find in the article");
}

#[test]
fn everything_fits_the_smallest_window() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = with_quote(home.path());
    window.set_size(640.0, 420.0);
    assert!(window.fits("…") && window.fits("Find") && window.fits("Commands"));
    for (key, name) in [
        ("m", "Save"),
        ("Ctrl+e", "Export"),
        ("r", "Change label to Claim"),
    ] {
        window.press(key);
        assert!(window.fits(name), "{name}");
        window.press("Escape");
    }
    window.command("edit the article");
    assert!(window.fits("Save"));
    window.press("Escape");
    window.command("import");
    assert!(window.fits("Preview") && window.fits("Browse: Folder to write to"));
    window.press("Escape F1");
    assert!(window.fits("Tag as quote"));
}

#[test]
fn the_find_bar_fits_beside_the_panel() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.set_size(640.0, 420.0);
    window.press("Ctrl+f");
    let panel = window.rect("Filter tags");
    for name in ["Find in the article", "Previous", "Next", "Close"] {
        let rect = window.rect(name);
        assert!(rect.right() < panel.left(), "{name}: {rect}, {panel}");
    }
}

/// Every field outside of dialogs whose words belong to the article.
#[test]
fn words_in_a_field_of_a_panel_are_kept_however_one_leaves_in_the_same_frame() {
    let next = Event::Key {
        key: Key::PageDown,
        physical_key: Some(Key::PageDown),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::CTRL | Modifiers::COMMAND,
    };
    for (field, kept) in [
        ("Note", "note: \"Half\""),
        ("Name", "name: \"TillersonHalf\""),
        ("Role", "role: \"Half\""),
        ("Also called", "aliases: [\"Half\"]"),
    ] {
        for closes in [false, true] {
            let home = tempfile::tempdir().unwrap();
            let (mut window, folder) = with_quote(home.path());
            if field != "Note" {
                window.command("show people");
                window.press("F6 Enter");
            }
            window.focus_field(field);
            window.press("End");
            if closes {
                assert!(!window.type_and_close("Half"), "{field}: it comes first");
                for _ in 0..4 {
                    if window.closes() {
                        break;
                    }
                }
            } else {
                window.in_one_frame(vec![Event::Text("Half".to_owned()), next.clone()]);
                assert_eq!(window.accessible_name(), "two.txt — Pullquote", "{field}");
            }
            let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
            assert!(saved.contains(kept), "{field} {closes}: {saved}");
        }
    }
}

#[test]
fn a_draft_about_an_article_that_is_gone_can_be_discarded() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    let file = home.path().join("new.jsonl");
    let row = r#"{"id":"new.txt","text":"Yes, he said.","spans":[]}"#;
    fs::write(&file, row).unwrap();
    window.drop_file(&file);
    window.press("Enter Enter");
    assert!(folder.join("new.txt").exists());
    window.focus("Filter files");
    window.type_text("new");
    window.press("Enter");
    window.command("edit the article");
    window.type_text("No. ");
    window.press("Ctrl+k Escape");
    window.click("Undo import");
    for _ in 0..2 {
        assert!(!window.ask_to_close());
        assert!(window.shows("Text of the paragraph"), "it can be copied");
    }
    window.press("Escape");
    assert!(window.ask_to_close());
}

#[test]
fn the_path_starts_with_the_folder_of_the_article() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("Ctrl+o");
    assert_eq!(window.value("Path"), folder.join("").display().to_string());
    window.press("End");
    window.type_text("two.txt");
    window.press("Enter");
    assert!(window.mentions("two.txt"));
    window.press("Ctrl+o");
    // A whole path takes its place.
    window.type_text(&folder.join("one.txt").display().to_string());
    window.press("Enter");
    assert!(window.mentions("Quote: “"));
}

#[test]
fn about_names_version_settings_and_state_to_be_copied() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.command("about");
    let version = concat!("Version ", env!("CARGO_PKG_VERSION"));
    let settings = home
        .path()
        .join("config/settings.ron")
        .display()
        .to_string();
    let state = home.path().join("state").display().to_string();
    for (words, button) in [
        (version, "Copy the version"),
        (&settings, "Copy the settings file"),
        (&state, "Copy the state folder"),
    ] {
        assert!(window.shows(words), "{words}");
        assert_eq!(window.copied_by(button).as_deref(), Some(words));
    }
    window.press("Escape");
    assert!(!window.shows(version));
}

#[test]
fn the_schema_fits_the_smallest_window_and_no_dialog_is_wider() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = with_quote(home.path());
    window.set_size(640.0, 420.0);
    window.command("labels and attributes");
    for name in ["Close", "Remove label 1", "Cancel"] {
        assert!(window.fits(name), "{name}");
    }
}

#[test]
fn the_names_of_keys_stand_beside_them_from_the_first_frame() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = with_quote(home.path());
    // In the first frame of a dialog nothing of it is drawn.
    window.frames(vec![key_event(Key::F1, true)], 2);
    let rows = |window: &Window| {
        ["Tag as quote", "Previous speaker", "Grow selection"].map(|name| window.rect(name))
    };
    let at_first = rows(&window);
    window.settle();
    assert_eq!(at_first, rows(&window));
}
