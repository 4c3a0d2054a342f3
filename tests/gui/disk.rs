//! What others write, what is read in the wrong encoding, and correcting the article itself.

use std::fs;

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson sayd on Tuesday.\n\n“Not at all,” Dubois said.\n";

#[test]
fn a_typing_error_in_the_article_is_mended_and_tags_follow() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("article.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    window.caret_at("Not at all");
    window.press("q Enter Escape");
    window.caret_at("sayd");
    window.press("Ctrl+k");
    window.type_text("edit the article");
    window.press("Enter");
    assert!(window.mentions("This changes the article's own file"));
    window.press("Ctrl+a");
    window.type_text("“We really do not,” Tillerson said on Tuesday.");
    window.press("Enter");
    assert!(!window.mentions("This changes the article's own file"));
    let mended = TEXT.replace("We do", "We really do").replace("sayd", "said");
    assert_eq!(fs::read_to_string(&article).unwrap(), mended);
    let saved = fs::read_to_string(home.path().join("article.txt.ron")).unwrap();
    assert!(saved.contains("“Not at all,”"), "{saved}");
    window.press("Ctrl+z");
    assert_eq!(fs::read_to_string(&article).unwrap(), TEXT);
    assert!(window.mentions("Quote: “Not at all,”"));
}

#[test]
fn letters_that_look_wrong_are_read_in_another_encoding() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("article.txt");
    // Cyrillic in an encoding of one byte a letter.
    let bytes = b"\xCC\xFB \xF1\xEA\xE0\xE7\xE0\xEB\xE8 \xED\xE5\xF2.";
    fs::write(&article, bytes).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    assert!(window.mentions("which was guessed"));
    window.click("Another encoding…");
    window.click("windows-1251");
    window.press("Ctrl+Home q");
    assert!(window.mentions("Мы сказали нет"));
    assert_eq!(fs::read(&article).unwrap(), bytes, "only read");
    let saved = fs::read_to_string(home.path().join("article.txt.ron")).unwrap();
    assert!(saved.contains("encoding: \"windows-1251\""), "{saved}");
    drop(window);
    let window = Window::open(home.path(), &[article]);
    assert!(!window.mentions("which was guessed"), "the sidecar says so");
}

#[test]
fn an_article_changed_elsewhere_is_read_again() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("article.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    window.caret_at("Not at all");
    window.press("q Enter");
    fs::write(&article, TEXT.replace("sayd", "said again")).unwrap();
    window.come_back();
    window.caret_at("said again");
    assert!(window.mentions("has changed since it was annotated"));
}
