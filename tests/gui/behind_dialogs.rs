//! Nothing is done to articles behind a dialog that is open.

use pullquote::ops::keymap::{Context, Keymap};
use pullquote::ops::ui_command::{TABLE, UiCommand};

use super::window::Window;
use crate::support::TestCorpus;

const TAGGED: &str = "It <c1:claim>rains</c1>, <s1:speaker>Anna</s1> said. It rains.\n---\n\
                      c1 -speaker-> s1";

#[test]
fn no_key_changes_an_article_while_a_dialog_is_open() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "me", TAGGED)
        .tagged("b.txt", "me", TAGGED)
        .tagged("b.txt", "maria", TAGGED);
    let home = tempfile::tempdir().unwrap();
    let schema = pullquote::format::schema_file::default_schema().unwrap();
    let (keymap, _) = Keymap::new(&schema, None);
    // These go elsewhere, or come in the place of the dialog, and say what is left in it.
    let leads_away = |command: &UiCommand| {
        let away = [
            UiCommand::NextArticle,
            UiCommand::PreviousArticle,
            UiCommand::Quit,
        ];
        away.contains(command)
    };
    let commands = TABLE.iter().map(|info| info.command);
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "me");
    // A step over articles that could be undone.
    window.press("Ctrl+Shift+f");
    window.press("Ctrl+a");
    window.type_text("claim");
    let untouched = corpus.files();
    window.press("Ctrl+Enter Down Down Enter Escape");
    assert_ne!(corpus.files(), untouched);
    drop(window);
    let mut tried = 0;
    for command in commands.filter(|command| !leads_away(command)) {
        for press in keymap.keys(command, Context::Field) {
            let mut window = Window::open_as(home.path(), &[corpus.path("")], "me");
            let before = corpus.files();
            let article = window.accessible_name();
            window.command("labels and attributes");
            assert!(window.shows("Changes"), "the dialog is open");
            window.press(&press.to_string());
            assert_eq!(corpus.files(), before, "{command:?} {press}");
            assert_eq!(window.accessible_name(), article, "{command:?}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn the_step_over_articles_is_undone_once_the_dialog_is_closed() {
    let corpus = TestCorpus::new().tagged("a.txt", "me", TAGGED);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "me");
    let before = corpus.files();
    window.press("Ctrl+Shift+f");
    window.press("Ctrl+a");
    window.type_text("claim");
    window.press("Ctrl+Enter Down Down Enter Escape");
    let changed = corpus.files();
    assert_ne!(changed, before);
    window.command("labels and attributes");
    window.press("Ctrl+Alt+z");
    assert_eq!(window.status(), "Close the dialog first");
    assert_eq!(corpus.files(), changed);
    window.press("Escape Ctrl+Alt+z");
    assert!(
        window.status().starts_with("Undone: "),
        "{}",
        window.status()
    );
}
