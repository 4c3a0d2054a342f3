//! Export and import in the window: seen before anything is written.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::window::Window;
use crate::support::TestCorpus;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

/// The dialog of the export, over an article with a quote.
fn exporting_one_quote(home: &Path) -> Window {
    let article = home.join("one.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home, &[article]);
    window.caret_at("We do not");
    window.press("q Enter Ctrl+e");
    window
}

#[test]
fn an_export_is_seen_before_it_is_written() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("articles");
    fs::create_dir(&folder).unwrap();
    let two = "“We do not,” Tillerson said on Tuesday.\n\n“Not at all,” Lee said.\n";
    fs::write(folder.join("one.txt"), two).unwrap();
    fs::write(folder.join("two.txt"), TEXT).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.caret_at("We do not");
    window.press("q Enter");
    window.caret_at("Not at all");
    window.press("q x Ctrl+e");
    assert!(window.mentions("\"text\":\"“We do not,”"), "how it begins");
    assert!(window.mentions("Left out: 1 rejected tag"));
    window.click("Format: Native JSON Lines");
    window.click("Sheet of quotes (CSV)");
    assert!(window.mentions("article,line,kind,text"));
    window.click("The whole folder");
    assert!(window.mentions("1 article not started"));
    assert_eq!(
        fs::read_dir(home.path()).unwrap().count(),
        3,
        "articles, state and settings"
    );
    window.click("Export");
    let sheet = fs::read_to_string(home.path().join("articles.quotes.csv")).unwrap();
    assert!(
        sheet.contains("“We do not,”") && !sheet.contains("Not at all"),
        "{sheet}"
    );
    assert!(window.mentions("Exported 1 document"));
}

#[test]
fn a_filter_that_cannot_be_read_is_refused_as_in_the_shell() {
    let corpus = TestCorpus::new().tagged(
        "one.txt",
        "",
        "<q1:quote>“We do not,”</q1> she said. <q2:quote>“Not at all.”</q2>\n---\nq1 form=direct",
    );
    let article = corpus.path("one.txt");
    let mut window = Window::open(&corpus.path("home"), &[article]);
    window.press("Ctrl+e");
    window.click("Filter");
    window.focus_field("Attribute");
    window.type_text("form:direct");
    let words = "`form:direct` has no name and value; write NAME=VALUE";
    assert!(window.mentions(words));
    assert!(!window.mentions("2 tags"), "nothing that would be written");
    window.press("Enter");
    assert!(window.mentions(words), "the question stays");
    assert!(!corpus.path("one.jsonl").exists());
    let shell = corpus.run([
        "export",
        "one.txt",
        "--attribute",
        "form:direct",
        "--to",
        "jsonl",
    ]);
    assert!(shell.stderr.contains(words), "{}", shell.stderr);

    window.press("Ctrl+a");
    window.type_text("form=direct");
    assert!(!window.mentions(words));
    assert!(window.mentions("1 tag,"));
    window.press("Enter");
    let written = corpus.read("one.jsonl");
    assert!(
        written.contains("“We do not,”") && !written.contains("\"q2\""),
        "{written}"
    );
}

#[test]
fn what_a_format_cannot_carry_is_told_first() {
    let home = tempfile::tempdir().unwrap();
    let mut window = exporting_one_quote(home.path());
    window.click("Format: Native JSON Lines");
    window.click("CoNLL columns");
    assert!(window.mentions("leaves out links (1 in"));
    window.press("Escape");
    assert!(
        !home.path().join("one-conll").exists(),
        "nothing was written"
    );
}

#[test]
fn an_import_is_looked_at_labels_are_mapped_and_it_can_be_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("one.txt");
    fs::write(&article, TEXT).unwrap();
    let file = home.path().join("theirs.jsonl");
    let row = r#"{"id":"new.txt","text":"Yes, he said.","spans":[{"id":"q","label":"utterance","start":0,"end":4}]}"#;
    fs::write(&file, row).unwrap();
    let mut window = Window::open(home.path(), &[article]);
    window.drop_file(&file);
    assert!(window.mentions("Nothing has been written yet"));
    window.press("Enter");
    assert!(window.mentions("1 document with 1 tag"));
    assert!(window.mentions("utterance"));
    assert!(!home.path().join("new.txt").exists());
    window.click("New label for utterance");
    window.click("quote");
    window.press("Enter");
    window.press("Enter");
    let sidecar = home.path().join("new.txt.ron");
    let written = fs::read_to_string(&sidecar).unwrap();
    assert!(written.contains("label: \"quote\""), "{written}");
    assert!(window.mentions("Imported 1 document"));
    window.click("Undo import");
    assert!(!sidecar.exists() && !home.path().join("new.txt").exists());
    assert!(window.mentions("The import was undone"));
}

#[test]
fn a_damaged_import_writes_nothing_and_says_where() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("one.txt");
    fs::write(&article, TEXT).unwrap();
    let file = home.path().join("theirs.jsonl");
    let good = r#"{"id":"new.txt","text":"Yes, he said.","spans":[]}"#;
    let bad =
        r#"{"id":"bad.txt","text":"Yes","spans":[{"id":"q","label":"quote","start":0,"end":40}]}"#;
    fs::write(&file, format!("{good}\n{bad}\n")).unwrap();
    let mut window = Window::open(home.path(), &[article]);
    window.drop_file(&file);
    window.press("Enter");
    assert!(window.mentions("theirs.jsonl:2:1"));
    window.press("Enter");
    assert!(!home.path().join("new.txt").exists());
}

#[test]
fn paths_are_chosen_with_the_file_dialogs_of_the_platform() {
    let home = tempfile::tempdir().unwrap();
    let home_path = fs::canonicalize(home.path()).unwrap();
    let folder = home_path.join("articles");
    fs::create_dir(&folder).unwrap();
    let article = folder.join("one.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(&home_path, &[article]);
    window.command("import");
    assert_eq!(
        window.value("Folder to write to"),
        folder.display().to_string(),
        "what is open"
    );
    let file = home_path.join("theirs.csv");
    window.answers.add(file.clone());
    window.click("Browse: File or folder to read");
    let asked = window.answers.last_asked().unwrap();
    assert_eq!(asked.folder, Some(folder.clone()));
    assert!(asked.pick.title().contains("Pullquote"));
    let shown = window.value("File or folder to read");
    assert_eq!(shown, file.display().to_string());
    let into = home_path.join("elsewhere");
    window.answers.add(into.clone());
    window.click("Browse: Folder to write to");
    assert_eq!(
        window.value("Folder to write to"),
        into.display().to_string()
    );
    window.click("Browse: Folder to write to");
    assert!(window.mentions("No file dialog is available; type the path"));
    window.press("Escape");

    window.press("Ctrl+e");
    let out = home_path.join("mine.jsonl");
    window.answers.add(out.clone());
    window.click("Browse: File to write");
    let asked = window.answers.last_asked().unwrap();
    assert_eq!(
        (asked.folder, asked.name.as_str()),
        (Some(folder), "one.jsonl")
    );
    window.press("Enter");
    assert!(out.exists());
}

#[test]
fn while_a_file_dialog_is_open_no_second_one_opens_and_a_path_can_be_typed() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("articles");
    fs::create_dir(&folder).unwrap();
    for name in ["one.txt", "two.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open_threaded(home.path(), &[folder.join("one.txt")]);
    let soon = Duration::from_secs(20);
    let shows = |name: &'static str| move |window: &Window| window.accessible_name() == name;
    assert!(window.live(soon, shows("one.txt — Pullquote")).1);
    let answers = window.answers.clone();
    let waits = answers.waits.lock().unwrap();
    window.press("Ctrl+o");
    assert!(!window.mentions("A file dialog is already open"));
    window.press("Ctrl+o");
    assert!(window.mentions("A file dialog is already open"));
    assert!(answers.asked() <= 1);
    window.press("Ctrl+a");
    window.type_text(&folder.join("two.txt").display().to_string());
    window.press("Enter");
    assert!(window.live(soon, shows("two.txt — Pullquote")).1);
    drop(waits);
}

#[test]
fn an_article_without_tags_has_nothing_to_export_and_says_why() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("one.txt");
    fs::write(&article, TEXT).unwrap();
    let mut window = Window::open(home.path(), &[article]);
    window.press("Ctrl+e");
    assert!(window.mentions("Nothing to export: nothing has been tagged yet."));
    assert!(!window.mentions("(not a text file)"));
}

#[test]
fn the_button_of_an_export_stays_in_view_with_an_open_filter() {
    let home = tempfile::tempdir().unwrap();
    let mut window = exporting_one_quote(home.path());
    window.click("Filter");
    for (width, height) in [(640.0, 420.0), (900.0, 600.0)] {
        window.set_size(width, height);
        assert!(window.fits("Export") && window.fits("Browse: File to write"));
    }
}
