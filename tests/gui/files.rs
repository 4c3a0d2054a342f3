use std::fs;

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

#[test]
fn a_folder_is_walked_article_by_article() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("articles");
    fs::create_dir(&folder).unwrap();
    for name in ["one.txt", "two.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    assert!(window.mentions("one.txt, new"));
    window.caret_at("We do not");
    window.press("q Enter Ctrl+Enter");
    assert!(window.mentions("one.txt, done"));
    assert!(folder.join("one.txt.ron").exists(), "saved on leaving");
    assert!(window.shows("Tags"), "the second one has none");
    window.press("Ctrl+PageUp Ctrl+z");
    assert!(!window.mentions("one.txt, done"), "it kept its history");
    window.press("Ctrl+PageUp");
    assert!(window.mentions("This is the first article"));
}

#[test]
fn an_article_that_cannot_be_opened_does_not_bar_the_way() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [("a.txt", TEXT), ("b.txt", ""), ("c.txt", "The third one.")] {
        fs::write(folder.join(name), text).unwrap();
    }
    let mut window = Window::open(home.path(), &[folder]);
    window.press("Ctrl+PageDown");
    assert!(window.mentions("the file is empty"));
    window.press("Ctrl+PageDown");
    window.caret_at("third one");
    window.press("q");
    assert!(window.mentions("Quote: The third one"));
}

#[test]
fn what_cannot_be_opened_says_why_and_the_rest_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let binary = home.path().join("binary.txt");
    fs::write(&binary, [0; 64]).unwrap();
    let missing = home.path().join("missing.txt");
    let good = home.path().join("good.txt");
    fs::write(&good, TEXT).unwrap();
    let mut window = Window::open(home.path(), &[missing, binary]);
    assert!(window.mentions("missing.txt: there is no such file"));
    assert!(window.mentions("binary.txt"));
    assert!(window.shows("No article open"));
    window.drop_file(&good);
    window.caret_at("We do not");
    window.press("q");
    assert!(window.mentions("Quote: “We do not,”"));
}

#[test]
fn without_a_file_dialog_a_path_is_typed() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("typed.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+o");
    window.focus("Path");
    window.type_text(&article.display().to_string());
    window.press("Enter");
    assert!(!window.shows("Path"));
    window.press("q");
    assert!(window.mentions("Quote: “We do not,”"));

    let other = home.path().join("picked.txt");
    fs::write(&other, "“Never,” he said.\n").unwrap();
    window.answers.add(other);
    window.press("Ctrl+o q");
    assert!(window.mentions("Quote: “Never,”"));
}

#[test]
fn a_failed_save_is_told_and_closing_asks() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("article.txt");
    let sidecar = home.path().join("article.txt.ron");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home.path(), &[article]);
    fs::write(&sidecar, "somebody else's").unwrap();
    window.caret_at("We do not");
    window.press("q");
    assert!(window.mentions("Another program has also changed the tags"));
    assert_eq!(fs::read_to_string(&sidecar).unwrap(), "somebody else's");

    assert!(!window.ask_to_close());
    window.settle();
    assert!(window.shows("Discard"));
    window.click("Save");
    assert!(window.shows("Still not saved. Close without saving?"));
    window.click("Cancel");
    assert!(!window.shows("Discard"));

    fs::remove_file(&sidecar).unwrap();
    assert!(!window.ask_to_close(), "it saves first");
    assert!(window.closes());
    let saved = fs::read_to_string(&sidecar).unwrap();
    assert!(saved.contains("“We do not,”"), "{saved}");
}

/// A folder that can go away with its disk, and a tag made while it is gone.
fn tagged_while_gone(home: &std::path::Path) -> (Window, std::path::PathBuf) {
    let folder = home.join("disk");
    fs::create_dir(&folder).unwrap();
    let article = folder.join("article.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home, std::slice::from_ref(&article));
    fs::rename(&folder, home.join("gone")).unwrap();
    window.caret_at("We do not");
    window.press("q");
    (window, article)
}

#[test]
fn what_cannot_be_saved_is_kept_for_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    for ends in [false, true] {
        let (mut window, article) = tagged_while_gone(home.path());
        if ends {
            assert!(window.end_session(), "nobody answers");
        } else {
            assert!(!window.ask_to_close());
            window.settle();
            assert_eq!(window.focused(), "Close and keep for next time");
            assert!(window.closes_with(egui::Key::Enter));
            drop(window);
        }
        let folder = home.path().join("disk");
        fs::rename(home.path().join("gone"), &folder).unwrap();
        let mut window = Window::open(home.path(), std::slice::from_ref(&article));
        window.click("Restore");
        let saved = fs::read_to_string(folder.join("article.txt.ron")).unwrap();
        assert!(saved.contains("“We do not,”"), "{saved}");
        drop(window);
        fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn what_is_kept_is_offered_in_a_folder_too() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("disk");
    fs::create_dir(&folder).unwrap();
    let article = folder.join("a.txt");
    let away = home.path().join("away.txt");
    fs::write(&article, TEXT).unwrap();
    fs::write(folder.join("b.txt"), TEXT).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.caret_at("We do not");
    window.press("q Enter");
    fs::rename(&article, &away).unwrap();
    window.caret_at("We do not");
    window.press("s");
    window.settle();
    assert!(!window.ask_to_close());
    window.settle();
    assert!(window.closes_with(egui::Key::Enter));
    drop(window);
    fs::rename(&away, &article).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.click("Restore");
    let saved = fs::read_to_string(folder.join("a.txt.ron")).unwrap();
    assert!(saved.contains("speaker"), "{saved}");
}

#[test]
fn with_everything_saved_the_window_closes_and_remembers_the_place() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("denuclearize");
    assert!(window.ask_to_close());
    let window = Window::open(home.path(), &[]);
    assert!(window.mentions("Line 3, column"));
}

#[test]
fn an_article_is_exported_as_it_stands() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("article.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home.path(), &[article]);
    window.caret_at("We do not");
    window.press("q Ctrl+e Enter");
    let exported = fs::read_to_string(home.path().join("article.jsonl")).unwrap();
    assert!(exported.contains("“We do not,”"), "{exported}");
    assert!(window.mentions("Exported 1 document"));
}

#[test]
fn what_is_no_sidecar_is_replaced_only_when_told_and_with_a_copy() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("article.txt");
    let sidecar = home.path().join("article.txt.ron");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    window.caret_at("We do not");
    window.press("q Enter");
    let theirs = "a shopping list";
    fs::write(&sidecar, theirs).unwrap();
    window.press("x");
    assert!(window.mentions("Another program has also changed the tags"));
    assert_eq!(fs::read_to_string(&sidecar).unwrap(), theirs);

    window.click("Replace it and keep a copy");
    let ours = fs::read_to_string(&sidecar).unwrap();
    assert!(ours.contains("Rejected"), "{ours}");
    assert!(!window.mentions("Another program has also changed"));
    let holds = |folder: &std::path::Path| {
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if fs::read(&path).unwrap() == theirs.as_bytes() {
                    return true;
                }
            }
        }
        false
    };
    assert!(holds(&home.path().join("state")), "their version is kept");
}

#[test]
fn files_are_found_by_their_first_line_too() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [
        ("a.txt", "The first one is open.\n"),
        (
            "b.txt",
            "Élysée: “We DON’T,” she said.\n\nMore about Müller.\n",
        ),
        ("müller.txt", "The third one.\n"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let mut window = Window::open(home.path(), &[folder]);
    window.focus_field("Filter files");
    let shown =
        |window: &Window| ["a.txt,", "b.txt,", "müller.txt,"].map(|name| window.mentions(name));
    assert_eq!(shown(&window), [true; 3]);
    for (typed, expected) in [
        ("elysee", [false, true, false]),
        ("we don't", [false, true, false]),
        ("MULLER", [false, false, true]),
        ("first ONE", [true, false, false]),
        ("nothing such", [false; 3]),
    ] {
        window.press("Ctrl+a");
        window.type_text(typed);
        assert_eq!(shown(&window), expected, "{typed}");
    }
}

#[test]
fn what_can_be_opened_leaves_messages_and_the_search_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[home.path().join("gone")]);
    for (width, height) in [(900.0, 600.0), (640.0, 420.0)] {
        window.set_size(width, height);
        for search in [false, true] {
            if search {
                window.press("Ctrl+Shift+f");
            }
            let message = window.rects_of("there is no such file");
            let message = message.first().expect("the message");
            let first = window.rects_of("Open file…");
            assert!(
                first.iter().any(|rect| rect.bottom() < message.top()),
                "{width}"
            );
            // What is scrolled out of view takes no clicks.
            window.click_at(message.center());
            assert_eq!(window.accessible_name(), "Pullquote", "{width}");
        }
        window.press("Escape");
    }
}
