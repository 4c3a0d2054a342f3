//! What is known about an article, seen and edited.

use std::fs;
use std::path::PathBuf;

use super::window::Window;

const SCHEMA: &str = r#"(fields: ["edition"], article_labels: ["topic: economy", "topic: sport"])"#;

fn article() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(home.path()).unwrap().join("articles");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("pullquote.ron"), SCHEMA).unwrap();
    let article = folder.join("one.txt");
    fs::write(&article, "“We do not,” Tillerson said on Tuesday.\n").unwrap();
    fs::write(folder.join("two.txt"), "Nothing said.\n").unwrap();
    (home, article)
}

fn facts_of(article: &std::path::Path) -> String {
    fs::read_to_string(article.with_extension("txt.meta.ron")).unwrap_or_default()
}

fn show(window: &mut Window) {
    window.click("Facts");
    assert!(window.is_chosen("Facts"));
}

#[test]
fn facts_are_typed_and_saved_and_a_date_that_is_none_is_told() {
    let (home, article) = article();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    show(&mut window);
    window.focus_field("Outlet");
    window.type_text("The Harbour Post");
    window.press("Tab");
    assert_eq!(window.focused(), "Date", "the keys go from field to field");
    window.type_text("Friday");
    assert!(window.mentions("`Friday` is not a date"));
    window.press("Ctrl+a");
    window.type_text("2024-05-31");
    assert!(!window.mentions("is not a date"));
    window.focus_field("Edition");
    window.type_text("late");
    window.click("topic: sport");
    window.wait();
    let written = facts_of(&article);
    for fact in [
        "outlet: \"The Harbour Post\"",
        "date: \"2024-05-31\"",
        "\"edition\": \"late\"",
        "\"topic: sport\"",
    ] {
        assert!(written.contains(fact), "{fact} in {written}");
    }
    // Without them nothing stays.
    window.click("topic: sport");
    window.wait();
    assert!(!facts_of(&article).contains("sport"));
}

#[test]
fn undo_in_a_field_is_for_the_field() {
    let (home, article) = article();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    window.caret_at("We do not");
    window.press("q Enter");
    show(&mut window);
    window.focus_field("Headline");
    window.type_text("No deal");
    window.wait();
    window.press("Ctrl+z");
    assert_eq!(window.value("Headline"), "");
    assert!(window.shows("Tags 2"), "the tags stay");
}

#[test]
fn what_is_typed_is_saved_before_another_article_is_shown() {
    let (home, article) = article();
    let folder = article.parent().unwrap().to_owned();
    let mut window = Window::open(home.path(), &[folder]);
    show(&mut window);
    window.focus_field("Headline");
    window.type_text("No deal");
    window.command("Next article");
    assert_eq!(window.value("Headline"), "");
    assert!(facts_of(&article).contains("headline: \"No deal\""));
    window.command("Previous article");
    assert_eq!(window.value("Headline"), "No deal");
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let (home, article) = article();
    let file = article.with_extension("txt.meta.ron");
    fs::write(&file, "Article(version: 1, headline: \"a").unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    show(&mut window);
    window.focus_field("Outlet");
    window.type_text("Post");
    window.wait();
    let kept = fs::read_to_string(&file).unwrap();
    assert_eq!(kept, "Article(version: 1, headline: \"a");
}

#[test]
fn a_document_of_the_folder_is_imported_with_a_click() {
    let (home, article) = article();
    let letter = article.with_file_name("letter.rtf");
    fs::write(
        &letter,
        r"{\rtf1\ansi Ferry sails again\par The ferry sails.\par}",
    )
    .unwrap();
    let folder = article.parent().unwrap().to_owned();
    let mut window = Window::open(home.path(), &[folder]);
    window.click("1 file not opened");
    assert!(window.mentions("not imported"));
    let row = window.named("letter.rtf, ");
    assert!(row.ends_with("not imported"), "{row}");
    window.click(&row);
    assert!(window.mentions("1 article found: 1 new"));
    window.press("Enter");
    assert!(
        window
            .accessible_name()
            .starts_with("ferry-sails-again.txt")
    );
    assert!(!window.mentions("not opened"), "it is an article now");
}

#[test]
fn all_four_tabs_stand_in_one_row_of_a_small_window() {
    let (home, article) = article();
    let mut window = Window::open(home.path(), &[article]);
    window.caret_at("We do not");
    window.press("q Enter");
    for (width, height) in [(900.0, 600.0), (700.0, 500.0)] {
        window.set_size(width, height);
        show(&mut window);
        let top = window.rect("Tags 2").top();
        assert!((window.rect("Facts").top() - top).abs() < 1.0, "{width}");
        for name in ["Headline", "Outlet", "Date"] {
            let field = window.field_rect(name);
            assert!(field.right() <= width && field.bottom() <= height, "{name}");
        }
    }
}

#[test]
fn articles_are_found_by_what_is_known_about_them() {
    let (home, article) = article();
    let folder = article.parent().unwrap().to_owned();
    let facts = "Article(version: 1,\n    outlet: \"The Harbour Post\",\n)\n";
    fs::write(article.with_extension("txt.meta.ron"), facts).unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    window.focus_field("Filter files");
    window.type_text("harbour post");
    assert!(window.mentions("one.txt, new") && !window.mentions("two.txt, new"));
    // What is typed now is found as well.
    show(&mut window);
    window.focus_field("Outlet");
    window.press("Ctrl+a");
    window.type_text("The Courier");
    window.wait();
    window.focus_field("Filter files");
    window.press("Ctrl+a");
    window.type_text("courier");
    assert!(window.mentions("one.txt, new"));
}

/// What two people have entered differently is settled with a click.
#[test]
fn a_second_value_is_taken_or_left() {
    let (home, article) = article();
    let facts = r#"#![enable(implicit_some)]
Article(version: 1,
    outlet: "Post",
    conflicts: [
        (fact: "outlet", theirs: "The Post"),
        (fact: "fields/edition", theirs: "late"),
    ],
)
"#;
    fs::write(article.with_extension("txt.meta.ron"), facts).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    show(&mut window);
    assert!(window.mentions("Outlet has a second value: The Post"));
    window.click_first("Use the second");
    window.wait();
    assert_eq!(window.value("Outlet"), "The Post");
    assert!(window.mentions("Edition has a second value: late"));
    window.click("Keep the first");
    window.wait();
    let written = facts_of(&article);
    assert!(
        !written.contains("conflicts") && !written.contains("late"),
        "{written}"
    );
}
