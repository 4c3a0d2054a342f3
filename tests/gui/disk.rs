//! What others write, what is read in the wrong encoding, and correcting the article itself.

use std::fs;
use std::path::PathBuf;

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson sayd on Tuesday.\n\n“Not at all,” Dubois said.\n";

/// A folder with one article, and the article's window.
struct Place {
    home: tempfile::TempDir,
    article: PathBuf,
    sidecar: PathBuf,
}

impl Place {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let article = home.path().join("article.txt");
        fs::write(&article, TEXT).unwrap();
        Self {
            sidecar: home.path().join("article.txt.ron"),
            article,
            home,
        }
    }

    fn open(&self) -> Window {
        Window::open(self.home.path(), std::slice::from_ref(&self.article))
    }

    /// A window in which the second quote has been tagged.
    fn begun(&self) -> Window {
        let mut window = self.open();
        window.caret_at("Not at all");
        window.press("q Enter");
        window
    }

    fn saved(&self) -> String {
        fs::read_to_string(&self.sidecar).unwrap()
    }
}

#[test]
fn a_typing_error_in_the_article_is_mended_and_tags_follow() {
    let place = Place::new();
    let mut window = place.open();
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
    let mended = TEXT
        .replace("We do", "We really do")
        .replace("sayd", "said");
    assert_eq!(fs::read_to_string(&place.article).unwrap(), mended);
    let saved = place.saved();
    assert!(saved.contains("“Not at all,”"), "{saved}");
    window.press("Ctrl+z");
    assert_eq!(fs::read_to_string(&place.article).unwrap(), TEXT);
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
    assert!(window.mentions("which is a guess"));
    window.click("Another encoding…");
    window.click("windows-1251");
    window.press("Ctrl+Home q");
    assert!(window.mentions("Мы сказали нет"));
    assert_eq!(fs::read(&article).unwrap(), bytes, "only read");
    let saved = fs::read_to_string(home.path().join("article.txt.ron")).unwrap();
    assert!(saved.contains("encoding: \"windows-1251\""), "{saved}");
    drop(window);
    let window = Window::open(home.path(), &[article]);
    assert!(!window.mentions("which is a guess"), "the sidecar says so");
}

#[test]
fn an_article_changed_elsewhere_is_read_again() {
    let place = Place::new();
    let mut window = place.begun();
    fs::write(&place.article, TEXT.replace("sayd", "said again")).unwrap();
    window.come_back();
    window.caret_at("said again");
    assert!(window.mentions("has changed since it was annotated"));
}

/// The line of a sidecar that holds some words.
fn line<'a>(sidecar: &'a str, words: &str) -> &'a str {
    sidecar.lines().find(|line| line.contains(words)).unwrap()
}

#[test]
fn what_a_colleague_wrote_is_taken_in_also_while_one_works() {
    let place = Place::new();
    let mut window = place.begun();
    // Nothing is unsaved: it is read again by itself.
    let ours = place.saved();
    let quote = line(&ours, "“Not at all,”");
    let noted = quote.replace("),", ", note: \"hers\"),");
    fs::write(&place.sidecar, ours.replace(quote, &noted)).unwrap();
    window.come_back();
    assert!(window.mentions("Merged changes from disk"));
    // Both change something else.
    let theirs = place.saved();
    fs::write(&place.sidecar, theirs.replace("hers", "hers, again")).unwrap();
    window.press("x");
    let both = place.saved();
    assert!(
        both.contains("hers, again") && both.contains("review: Rejected"),
        "{both}"
    );
}

#[test]
fn where_both_changed_one_thing_one_decides() {
    let place = Place::new();
    let mut window = place.begun();
    let ours = place.saved();
    let quote = line(&ours, "“Not at all,”");
    let unsure = quote.replace("),", ", review: Unsure),");
    fs::write(&place.sidecar, ours.replace(quote, &unsure)).unwrap();
    window.press("x");
    assert!(window.mentions("changed the review of Quote “Not at all,” in different ways"));
    window.click("Show problems");
    assert!(window.mentions("Needs a decision"));
    assert!(window.shows("Quote “Not at all,”"));
    assert!(window.shows("Your review: rejected"));
    assert!(window.shows("The other review: unsure"));
    assert!(window.mentions("you and someone else changed the review; keep yours"));
    // The record itself only where one asks for it.
    assert!(!window.mentions("(id: "));
    window.press("F8");
    assert!(!window.mentions("of the sidecar"));
    window.click("Use the other");
    let taken = place.saved();
    assert!(
        taken.contains("Unsure") && !taken.contains("Rejected"),
        "{taken}"
    );
    assert!(!window.shows("Use the other"));
    window.press("Ctrl+z");
    assert!(window.shows("Use the other"));
    window.click("Keep mine");
    let kept = place.saved();
    assert!(
        kept.contains("Rejected") && !kept.contains("Unsure"),
        "{kept}"
    );
}

#[test]
fn a_conflict_copy_is_offered_once() {
    let place = Place::new();
    let mut window = place.begun();
    window.caret_at("We do not");
    drop(window);
    let all = place.saved();
    let copy = place
        .home
        .path()
        .join("article.txt.sync-conflict-20260101-120000-ABCDEFG.ron");
    fs::write(
        &copy,
        all.replace(
            "),\n    ],\n    links",
            ", note: \"elsewhere\"),\n    ],\n    links",
        ),
    )
    .unwrap();
    let mut window = place.open();
    window.click("Merge");
    let both = place.saved();
    assert!(both.contains("elsewhere"), "{both}");
    assert!(copy.exists());
    drop(window);
    assert!(!place.open().shows("Merge"));
}

#[test]
fn a_tag_whose_words_are_gone_is_placed_again() {
    let place = Place::new();
    let mut window = place.begun();
    let other = TEXT.replace(
        "“Not at all,” Dubois said.",
        "Something else was heard from afar.",
    );
    fs::write(&place.article, other).unwrap();
    window.come_back();
    window.press("Ctrl+k");
    window.type_text("problems");
    window.press("Enter");
    assert!(window.mentions("is no longer in the article"));
    window.press("Ctrl+f Ctrl+a");
    window.type_text("Something else");
    window.press("Escape");
    window.click("Place at the selection");
    let saved = place.saved();
    assert!(saved.contains("text: [\"Something else\"]"), "{saved}");
}

#[test]
fn unsaved_work_is_offered_after_a_crash() {
    let place = Place::new();
    // Nothing can be saved where a folder has the sidecar's name.
    fs::create_dir(&place.sidecar).unwrap();
    let mut window = place.open();
    assert!(!window.mentions("No crash protection"));
    fs::remove_dir(&place.sidecar).unwrap();
    drop(window);
    window = place.open();
    fs::create_dir(&place.sidecar).unwrap();
    window.caret_at("Not at all");
    window.press("q Enter");
    assert!(window.mentions("Not saved"));
    // The power fails.
    drop(window);
    fs::remove_dir(&place.sidecar).unwrap();

    // Another article is opened first.
    let other = place.home.path().join("other.txt");
    fs::write(&other, TEXT).unwrap();
    let mut window = Window::open(place.home.path(), &[other]);
    assert!(window.mentions("article.txt has unsaved work"));
    window.click("Open it");
    assert!(window.mentions("2 steps: tagged"));
    window.click("Restore");
    let saved = place.saved();
    assert!(
        saved.contains("“Not at all,”") && saved.contains("confirmed: true"),
        "{saved}"
    );
    window.press("Ctrl+z Ctrl+z");
    assert!(
        !fs::read_to_string(&place.sidecar)
            .unwrap()
            .contains("“Not at all,”"),
        "each can be undone"
    );
    drop(window);
    let window = place.open();
    assert!(!window.mentions("unsaved work"));
}

#[test]
fn unsaved_work_nobody_wants_is_put_away() {
    let place = Place::new();
    let mut window = place.open();
    fs::create_dir(&place.sidecar).unwrap();
    window.caret_at("Not at all");
    window.press("q");
    drop(window);
    fs::remove_dir(&place.sidecar).unwrap();
    let mut window = place.open();
    window.click("Set aside");
    drop(window);
    assert!(!place.open().mentions("unsaved work"));
    assert!(!place.sidecar.exists());
}

#[test]
fn a_saved_tag_says_who_made_it_and_when() {
    let place = Place::new();
    let mut window = Window::open_as(
        place.home.path(),
        std::slice::from_ref(&place.article),
        "maria",
    );
    window.caret_at("Not at all");
    window.press("q Enter Ctrl+s");
    let saved = fs::read_to_string(place.home.path().join("article.txt.maria.ron")).unwrap();
    let made = "made: (\"maria\", \"2026-11-28T12:00:00Z\")";
    // The quote, its speaker, the person and the link; Enter confirmed the speaker.
    assert_eq!(saved.matches(made).count(), 4, "{saved}");
    assert_eq!(saved.matches(&made.replace("made", "changed")).count(), 2);
    assert_eq!(saved.matches(&made.replace("made", "decided")).count(), 1);
}

#[test]
fn a_project_can_leave_times_out() {
    let place = Place::new();
    let schema = include_str!("../../assets/schema.ron");
    let schema = schema.replacen("labels:", "times: false,\n    labels:", 1);
    fs::write(place.home.path().join("pullquote.ron"), schema).unwrap();
    let mut window = Window::open_as(
        place.home.path(),
        std::slice::from_ref(&place.article),
        "maria",
    );
    window.caret_at("Not at all");
    window.press("q Enter Ctrl+s");
    let saved = fs::read_to_string(place.home.path().join("article.txt.maria.ron")).unwrap();
    assert_eq!(
        saved.matches("made: (\"maria\", \"\")").count(),
        4,
        "{saved}"
    );
    assert!(!saved.contains("2026-"), "{saved}");
}

#[test]
fn seconds_are_counted_only_where_the_project_keeps_times() {
    for times in [true, false] {
        let place = Place::new();
        let schema = include_str!("../../assets/schema.ron");
        let schema = schema.replacen("labels:", &format!("times: {times},\n    labels:"), 1);
        fs::write(place.home.path().join("pullquote.ron"), schema).unwrap();
        let paths = std::slice::from_ref(&place.article);
        let mut window = Window::open_as_time_goes_by(place.home.path(), paths, "maria");
        window.caret_at("Not at all");
        window.press("q Enter Down Down Ctrl+s");
        window.press("Down n");
        window.type_text("a note");
        window.press("Enter Ctrl+s");
        let saved = fs::read_to_string(place.home.path().join("article.txt.maria.ron")).unwrap();
        assert!(saved.contains("Not at all"), "{saved}");
        assert_eq!(saved.contains("sittings"), times, "{saved}");
        assert_eq!(saved.contains("2026-11-28"), times, "{saved}");
    }
}
