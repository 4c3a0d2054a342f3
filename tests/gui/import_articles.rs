//! Articles found in documents: seen first, then written together, and taken back.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Harbour opens</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour opens",
"datePublished":"2024-05-31","author":{"name":"Ada Lind"},"publisher":{"name":"The Harbour Post"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour opens</h1>
<p>The harbour of the town opened on Friday after eleven years of building, and hundreds came to see it.</p>
<figure><img src="a.jpg"><figcaption>The harbour on Friday morning</figcaption></figure>
<p>“We have waited long enough for this day,” the mayor said to a cheering crowd on the new pier.</p>
<p>The first ship came in at noon, two hours late, with timber from the north and a brass band on board.</p>
</article><footer>All rights reserved</footer></body></html>"#;

const LETTER: &str =
    r"{\rtf1\ansi Ferry sails again\par The ferry sails again on Monday, the company said.\par}";

fn home() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(home.path()).unwrap();
    fs::create_dir(root.join("saved")).unwrap();
    fs::create_dir(root.join("articles")).unwrap();
    fs::write(root.join("articles/one.txt"), "Nothing said.\n").unwrap();
    fs::write(root.join("saved/page.html"), PAGE).unwrap();
    fs::write(root.join("saved/letter.rtf"), LETTER).unwrap();
    (home, root)
}

fn texts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn a_page_dropped_on_the_window_is_seen_imported_and_taken_back() {
    let (_home, root) = home();
    let articles = root.join("articles");
    let mut window = Window::open(&root, &[articles.join("one.txt")]);
    window.drop_file(&root.join("saved/page.html"));
    assert!(window.mentions("1 article found: 1 new"));
    assert!(window.shows("Harbour opens, new"));
    assert!(window.mentions("The harbour of the town opened"));
    assert!(window.mentions("outlet “The Harbour Post”"));
    assert!(window.mentions("Left out"));
    assert_eq!(texts(&articles), ["one.txt"], "nothing is written yet");

    window.press("Enter");
    let written = texts(&articles);
    let [text, facts] = &written[..2] else {
        panic!("{written:?}");
    };
    assert_eq!(facts, &format!("{text}.meta.ron"));
    let name = window.accessible_name();
    assert!(name.starts_with(&**text), "it is shown: {name}");
    assert!(window.mentions("Import done, 1 article found: 1 new"));

    window.click("Undo import");
    assert_eq!(texts(&articles), ["one.txt"]);
    assert!(window.mentions("The import was undone"));
    assert_eq!(window.accessible_name(), "one.txt — Pullquote");
}

#[test]
fn what_was_worked_on_is_not_taken_back() {
    let (_home, root) = home();
    let articles = root.join("articles");
    let mut window = Window::open(&root, &[articles.join("one.txt")]);
    window.drop_file(&root.join("saved/page.html"));
    window.press("Enter");
    window.caret_at("We have waited");
    window.press("q");
    window.wait();
    window.click("Undo import");
    assert!(window.says("was added since it was imported"));
    let names = texts(&articles);
    let shown = names.iter().filter(|name| !name.starts_with('.'));
    assert_eq!(
        shown.count(),
        4,
        "text, facts, tags and the first: {names:?}"
    );
}

#[test]
fn several_files_are_imported_together_and_captions_are_a_choice() {
    let (_home, root) = home();
    let articles = root.join("articles");
    let mut window = Window::open(&root, &[articles.join("one.txt")]);
    let files = [root.join("saved/page.html"), root.join("saved/letter.rtf")];
    window.drop_files(&files);
    assert!(window.mentions("2 files: page.html, letter.rtf"));
    assert!(window.mentions("2 articles found: 2 new"));
    window.click("Ferry sails again, new");
    assert!(window.mentions("The ferry sails again"));
    // The list goes on with the arrows.
    window.focus("Harbour opens, new");
    assert!(window.mentions("The harbour on Friday morning"), "left out");
    window.press("Down");
    assert_eq!(window.focused(), "Ferry sails again, new");
    assert!(window.mentions("The ferry sails again"));
    window.click("Captions: out");
    window.click("in: they stay in the text, where they are");
    window.focus_field("Folder to write to");
    window.press("Enter");
    let written = texts(&articles);
    let pages = written.iter().filter(|name| name.ends_with(".txt"));
    let pages: Vec<String> = pages
        .map(|name| fs::read_to_string(articles.join(name)).unwrap())
        .collect();
    assert_eq!(pages.len(), 3, "{written:?}");
    assert!(
        pages
            .iter()
            .any(|page| page.contains("The harbour on Friday morning"))
    );
}

#[test]
fn an_import_goes_to_the_empty_folder_that_is_open_and_taken_back_shows_what_was_there() {
    let (_home, root) = home();
    let project = root.join("project");
    fs::create_dir(&project).unwrap();
    let mut window = Window::open(&root, std::slice::from_ref(&project));
    assert!(window.mentions("no articles in this folder"));
    window.click("Import…");
    window.focus_field("File or folder to read");
    window.type_text(&root.join("saved").display().to_string());
    window.press("Enter");
    assert!(window.mentions("2 articles found: 2 new"));
    window.press("Enter");
    assert!(texts(&project).len() >= 4, "{:?}", texts(&project));
    assert!(!window.mentions("no articles in this folder"));
    window.click("Undo import");
    assert_eq!(texts(&project), [""; 0]);
    // Where an article was shown, it is shown again.
    let articles = root.join("articles");
    let earlier = articles.join("two.txt");
    fs::write(&earlier, "The mayor was here before.").unwrap();
    let before = texts(&articles);
    let mut window = Window::open(&root, &[earlier]);
    window.drop_file(&root.join("saved/letter.rtf"));
    window.press("Enter");
    assert!(window.accessible_name().starts_with("ferry"));
    // A tag that is taken back, and saved in between, is no work.
    window.press("Ctrl+a");
    window.press("q");
    window.press("Ctrl+s");
    window.press("Ctrl+z");
    window.press("Ctrl+s");
    let written = texts(&articles);
    let is_sidecar = |name: &String| name.ends_with(".txt.ron");
    assert!(written.iter().any(is_sidecar), "{written:?}");
    window.click("Undo import");
    assert!(window.accessible_name().starts_with("two.txt"));
    let mut left = texts(&articles);
    left.retain(|name| name != ".pullquote");
    assert_eq!(left, before);
}

#[test]
fn a_folder_of_documents_offers_to_import_them() {
    let (_home, root) = home();
    let saved = root.join("saved");
    let mut window = Window::open(&root, std::slice::from_ref(&saved));
    assert!(window.mentions("no articles in this folder"));
    window.click("Import…");
    assert!(window.mentions("2 articles found: 2 new"));
    window.press("Enter");
    assert!(texts(&saved).len() >= 6, "{:?}", texts(&saved));
    assert!(!window.mentions("no articles in this folder"));
    // Again, nothing is new.
    window.command("import");
    window.focus_field("File or folder to read");
    window.press("Ctrl+a");
    window.type_text(&saved.display().to_string());
    window.press("Enter");
    assert!(window.mentions("2 articles found: 2 there already"));
}

#[test]
fn an_import_that_cannot_be_read_says_why_and_writes_nothing() {
    let (_home, root) = home();
    let articles = root.join("articles");
    let broken = root.join("saved/broken.docx");
    fs::write(&broken, "PK\u{3}\u{4} word/document.xml").unwrap();
    let mut window = Window::open(&root, &[articles.join("one.txt")]);
    window.drop_file(&broken);
    assert!(window.mentions("broken.docx"));
    assert!(window.mentions("Nothing has been written yet"));
    window.press("Enter Escape");
    assert_eq!(texts(&articles), ["one.txt"]);
}

#[test]
fn a_document_given_to_the_window_is_offered_for_import() {
    let (_home, root) = home();
    let window = Window::open(&root, &[root.join("saved/page.html")]);
    assert!(window.mentions("1 article found: 1 new"));
    assert!(window.shows("Harbour opens, new"));
}

#[test]
fn a_text_that_is_an_export_is_offered_for_import() {
    let (_home, root) = home();
    let export = "\n      1 of 1 DOCUMENTS\n\n      Post\n\n      May 4, 2010\n\nFerry\n\nLENGTH: 2 words\n\nIt sails \
                  again.\n\nLOAD-DATE: May 5, 2010\n";
    let press = root.join("saved/press.txt");
    fs::write(&press, export).unwrap();
    let mut window = Window::open(&root, &[root.join("articles/one.txt")]);
    window.drop_file(&press);
    assert!(window.mentions("press.txt looks like an export of a database"));
    window.click("Import…");
    assert!(window.mentions("1 article found: 1 new"));
    assert!(window.shows("Ferry, new"));
}

/// Also after the message is gone.
#[test]
fn the_last_import_is_undone_from_the_menu() {
    let (_home, root) = home();
    let articles = root.join("articles");
    let mut window = Window::open(&root, std::slice::from_ref(&articles));
    window.drop_file(&root.join("saved/page.html"));
    window.press("Enter");
    assert_eq!(texts(&articles).len(), 3);
    drop(window);
    let mut window = Window::open(&root, std::slice::from_ref(&articles));
    let undo = |window: &mut Window| {
        window.press("Ctrl+k");
        window.type_text("take back the last import");
        window.press("Enter");
        window.wait();
    };
    undo(&mut window);
    assert_eq!(texts(&articles), ["one.txt"]);
    undo(&mut window);
    assert!(
        window
            .status()
            .to_lowercase()
            .contains("no import into this folder is left to undo")
    );
}

#[test]
fn the_buttons_are_in_view_however_much_is_found() {
    let (_home, root) = home();
    let articles = root.join("articles");
    let captions: String = (0..40)
        .map(|n| {
            format!(
                "<figure><img src=\"{n}.jpg\"><figcaption>Ship number {n}</figcaption></figure>"
            )
        })
        .collect();
    let files: Vec<PathBuf> = ["Harbour", "Ferry", "Bridge"]
        .iter()
        .map(|name| {
            let file = root.join(format!("saved/{name}.html"));
            let page = PAGE.replace("Harbour opens", &format!("{name} opens"));
            let page = page.replace("</article>", &format!("{captions}</article>"));
            fs::write(&file, page).unwrap();
            file
        })
        .collect();
    for (width, height) in [(900.0, 600.0), (1280.0, 780.0), (640.0, 420.0)] {
        let mut window = Window::open(&root, &[articles.join("one.txt")]);
        window.set_size(width, height);
        window.drop_files(&files);
        assert!(window.mentions("3 articles found: 3 new"));
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        let button = window.button_rect("Import");
        assert!(screen.contains_rect(button), "{button} in {screen}");
        assert!(window.fits("Close"));
    }
}
