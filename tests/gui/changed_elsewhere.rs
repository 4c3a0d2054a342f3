//! The disk changes while a window is open: files go, come back, or are someone else's by now.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson sayd on Tuesday.\n\n“Not at all,” Dubois said.\n";

/// An article on a disk that two people share.
struct Shared {
    disk: tempfile::TempDir,
    mine: tempfile::TempDir,
    hers: tempfile::TempDir,
}

impl Shared {
    fn new() -> Self {
        let shared = Self {
            disk: tempfile::tempdir().unwrap(),
            mine: tempfile::tempdir().unwrap(),
            hers: tempfile::tempdir().unwrap(),
        };
        fs::write(shared.article(), TEXT).unwrap();
        shared
    }

    fn article(&self) -> PathBuf {
        self.disk.path().join("article.txt")
    }

    fn sidecar(&self) -> PathBuf {
        self.disk.path().join("article.txt.ron")
    }

    fn window(&self, home: &Path) -> Window {
        Window::open(home, &[self.article()])
    }

    /// My window, in which the second quote has been tagged.
    fn begun(&self) -> Window {
        let mut window = self.window(self.mine.path());
        window.caret_at("Not at all");
        window.press("q Enter");
        window
    }

    /// The same, saved, and with another quote saved after that; and what was saved before it.
    fn saved_twice(&self) -> (Window, String) {
        let mut window = self.begun();
        window.press("Ctrl+s");
        let earlier = self.saved();
        window.caret_at("We do not");
        window.press("q Enter Ctrl+s");
        (window, earlier)
    }

    fn saved(&self) -> String {
        fs::read_to_string(self.sidecar()).unwrap()
    }

    /// The power fails in my window with something that could not be saved.
    fn power_failure(&self) {
        let mut window = self.window(self.mine.path());
        // Nothing can be saved where a folder has the sidecar's name.
        fs::create_dir(self.sidecar()).unwrap();
        window.caret_at("Not at all");
        window.press("q");
        drop(window);
        fs::remove_dir(self.sidecar()).unwrap();
    }
}

/// Puts other words in place of the paragraph with `words`, from within the window.
fn edit(window: &mut Window, words: &str, paragraph: &str) {
    window.caret_at(words);
    window.press("Ctrl+k");
    window.type_text("edit the article");
    window.press("Enter Ctrl+a");
    window.type_text(paragraph);
    window.press("Enter");
}

#[test]
fn tags_whose_file_is_gone_are_saved_again() {
    let shared = Shared::new();
    let mut window = shared.begun();
    let before = shared.saved();
    fs::remove_file(shared.sidecar()).unwrap();
    window.come_back();
    assert!(window.mentions("is gone from the disk"));
    assert!(window.mentions("The sidecar was deleted on disk"));
    window.click("Save them again");
    assert_eq!(shared.saved(), before);
    assert!(!window.mentions("The sidecar was deleted on disk"));
    assert!(!window.mentions("is gone from the disk"));
    // Nor does closing lose them.
    fs::remove_file(shared.sidecar()).unwrap();
    window.come_back();
    window.ask_to_close();
    window.settle();
    assert_eq!(shared.saved(), before);
}

#[test]
fn a_damaged_file_is_replaced_when_told_and_its_messages_go() {
    let shared = Shared::new();
    let mut window = shared.begun();
    fs::write(shared.sidecar(), "a shopping list").unwrap();
    window.come_back();
    // Also with something unsaved since: one way on answers both messages.
    window.press("n m");
    window.type_text("Hm");
    window.press("Escape Ctrl+s");
    window.click_first("Replace it and keep a copy");
    assert!(shared.saved().contains("Hm"));
    assert!(!window.shows("Replace it and keep a copy"));
    assert!(!window.mentions("Not saved"));
}

#[test]
fn work_moves_to_an_article_that_somebody_corrected_and_tagged_meanwhile() {
    let shared = Shared::new();
    let mut mine = shared.begun();
    fs::write(shared.article(), TEXT.replace("sayd", "told us")).unwrap();
    let mut hers = shared.window(shared.hers.path());
    hers.caret_at("We do not");
    hers.press("q Enter");
    drop(hers);
    // No file system has reported this to the window.
    mine.press("x");
    let both = shared.saved();
    assert!(
        both.contains("“We do not,”") && both.contains("review: Rejected"),
        "{both}"
    );
    mine.caret_at("told us");
    assert_eq!(
        fs::read_to_string(shared.article()).unwrap(),
        TEXT.replace("sayd", "told us")
    );
    mine.press("Ctrl+z");
    assert!(!shared.saved().contains("review: Rejected"), "one step");
    drop(mine);
    assert!(!shared.window(shared.mine.path()).mentions("unsaved work"));
}

#[test]
fn tags_somebody_made_while_the_text_was_edited_here_move_along() {
    let shared = Shared::new();
    let mut mine = shared.begun();
    let mut hers = shared.window(shared.hers.path());
    hers.caret_at("We do not");
    hers.press("q Enter");
    drop(hers);
    edit(
        &mut mine,
        "sayd",
        "“We do not,” Tillerson said on a Tuesday.",
    );
    let mended = TEXT.replace("sayd on", "said on a");
    assert_eq!(fs::read_to_string(shared.article()).unwrap(), mended);
    let both = shared.saved();
    assert!(
        both.contains("“We do not,”") && both.contains("“Not at all,”"),
        "{both}"
    );
    let again = shared.window(shared.mine.path());
    assert!(!again.mentions("has changed since it was annotated"));
}

#[test]
fn what_came_from_disk_is_not_offered_as_unsaved() {
    let shared = Shared::new();
    let mut mine = shared.window(shared.mine.path());
    let mut hers = shared.window(shared.hers.path());
    hers.caret_at("We do not");
    hers.press("q Enter");
    mine.come_back();
    assert!(mine.mentions("Quote: “We do not,”"));
    drop(mine);
    hers.press("Delete");
    drop(hers);
    let mine = shared.window(shared.mine.path());
    assert!(!mine.mentions("unsaved work"));
    assert!(!mine.mentions("Quote: “We do not,”"));
}

#[test]
fn words_typed_for_one_article_go_into_no_other() {
    let shared = Shared::new();
    let mut window = shared.window(shared.mine.path());
    let other = shared.disk.path().join("other.txt");
    fs::write(&other, "Another article altogether.\n").unwrap();
    window.caret_at("sayd");
    window.press("Ctrl+k");
    window.type_text("edit the article");
    window.press("Enter Ctrl+a");
    window.type_text("Other words.");
    assert!(!window.ask_to_close(), "they would be lost");
    window.drop_file(&other);
    let field = "Text of the paragraph";
    assert!(!window.shows(field), "it waits for its own article");
    window.press("Enter");
    assert_eq!(
        fs::read_to_string(&other).unwrap(),
        "Another article altogether.\n"
    );
    assert_eq!(fs::read_to_string(shared.article()).unwrap(), TEXT);
    window.press("Ctrl+PageUp");
    assert_eq!(window.value(field), "Other words.");
    window.press("Escape");
    assert!(!window.shows(field));
    assert_eq!(fs::read_to_string(shared.article()).unwrap(), TEXT);
}

#[test]
fn an_article_is_not_edited_where_its_tags_cannot_follow() {
    let shared = Shared::new();
    let mut window = shared.begun();
    let mut permissions = fs::metadata(shared.sidecar()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(shared.sidecar(), permissions).unwrap();
    edit(&mut window, "sayd", "“We do not,” Tillerson said.");
    assert!(window.mentions("Not saved"));
    assert_eq!(fs::read_to_string(shared.article()).unwrap(), TEXT);
}

#[cfg(unix)]
#[test]
fn unsaved_work_is_taken_up_by_any_name_of_the_article() {
    let shared = Shared::new();
    shared.power_failure();
    // As seen from where the program was started.
    let here = std::env::current_dir().unwrap();
    let mut relative: PathBuf = here.iter().skip(1).map(|_| "..").collect();
    relative.push(shared.article().strip_prefix("/").unwrap());
    let mut window = Window::open(shared.mine.path(), &[relative]);
    window.click("Restore");
    assert!(shared.saved().contains("“Not at all,”"));
}

#[test]
fn whose_unsaved_work_it_is_is_said() {
    let shared = Shared::new();
    let mut window = Window::open_as(shared.mine.path(), &[shared.article()], "maria");
    fs::create_dir(shared.disk.path().join("article.txt.maria.ron")).unwrap();
    window.caret_at("Not at all");
    window.press("q");
    drop(window);
    fs::remove_dir(shared.disk.path().join("article.txt.maria.ron")).unwrap();
    let window = shared.window(shared.mine.path());
    assert!(window.mentions("--as maria"));
    assert!(!window.shows("Restore"));
}

#[test]
fn a_journal_that_cannot_be_read_is_named() {
    let shared = Shared::new();
    shared.power_failure();
    let journals = shared.mine.path().join("state").join("journal");
    let of_article = fs::read_dir(journals).unwrap().next().unwrap().unwrap();
    let journal = of_article.path().join("000001.journal");
    fs::write(&journal, "not a journal any more").unwrap();
    let mut window = shared.window(shared.mine.path());
    assert!(window.mentions("000001.journal: unsaved work"));
    window.click("Set aside");
    drop(window);
    assert!(!shared.window(shared.mine.path()).mentions("unsaved work"));
}

#[test]
fn where_one_reads_and_the_current_tag_move_with_the_words() {
    let shared = Shared::new();
    let mut window = shared.begun();
    assert!(window.mentions("Line 3, column"));
    let place = window.in_row("“Not at all");
    let changed = format!("A new first paragraph.\n\nAnd a second one.\n\n{TEXT}");
    fs::write(shared.article(), changed).unwrap();
    window.come_back();
    assert!(window.mentions("Line 7, column"), "the caret");
    assert!(window.mentions("Tag 1 of"), "the current tag");
    assert!(window.shows("Label Quote"), "is still shown");
    let now = window.in_row("“Not at all");
    assert!(now.y >= place.y, "{place} {now}");
}

#[test]
fn the_current_tag_stays_current_wherever_the_caret_is() {
    let shared = Shared::new();
    fs::write(
        shared.article(),
        "On Tuesday, McMaster claimed that the talks had failed.\n",
    )
    .unwrap();
    let mut window = shared.window(shared.mine.path());
    window.caret_at("McMaster");
    window.press("q Enter Ctrl+s");
    assert!(window.shows("Label Quote"));
    let text = fs::read_to_string(shared.article()).unwrap();
    fs::write(
        shared.article(),
        format!("A new first paragraph.\n\n{text}"),
    )
    .unwrap();
    window.come_back();
    assert!(window.mentions("Line 3, column"), "the caret");
    assert!(window.shows("Label Quote"), "the quote, not its speaker");
    window.press("x Ctrl+s");
    let saved = shared.saved();
    let rejected = saved.lines().find(|line| line.contains("Rejected"));
    assert!(
        rejected.is_some_and(|line| line.contains("quote")),
        "{saved}"
    );
}

#[test]
fn what_was_said_about_one_article_is_not_said_about_the_next() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("articles");
    fs::create_dir(&folder).unwrap();
    for name in ["one.txt", "two.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open(home.path(), &[folder]);
    window.caret_at("Not at all");
    window.press("q Ctrl+z");
    assert!(window.mentions("Undid: "));
    window.press("Ctrl+PageDown");
    assert!(!window.mentions("Undid: "));
    window.press("Ctrl+PageUp");
    assert!(!window.mentions("Undid: "));
}

#[test]
fn an_earlier_version_on_disk_deletes_nothing_unasked() {
    let shared = Shared::new();
    let (mut window, earlier) = shared.saved_twice();
    assert!(shared.saved().contains("We do not"));

    fs::write(shared.sidecar(), &earlier).unwrap();
    window.come_back();
    assert!(window.mentions("an earlier version of your tags"));
    assert!(window.mentions("Quote: “We do not,”"), "it is still here");
    assert_eq!(shared.saved(), earlier);
    window.click("Use the earlier version");
    assert!(!window.mentions("Quote: “We do not,”"));
    window.press("Ctrl+z");
    assert!(window.mentions("Quote: “We do not,”"), "that can be undone");

    fs::write(shared.sidecar(), &earlier).unwrap();
    window.press("Ctrl+s");
    window.come_back();
    window.click("Save mine and keep a copy");
    assert!(shared.saved().contains("We do not"));
}

/// A window with more tags than the disk, which holds an earlier version again, and a note made since.
fn gone_back(shared: &Shared) -> (Window, String) {
    let (mut window, earlier) = shared.saved_twice();
    fs::write(shared.sidecar(), &earlier).unwrap();
    window.come_back();
    window.caret_at("We do not");
    window.press("m");
    window.type_text("Look again");
    window.press("Escape");
    (window, earlier)
}

#[test]
fn closing_saves_mine_over_an_earlier_version_when_told() {
    let shared = Shared::new();
    let (mut window, earlier) = gone_back(&shared);
    assert!(!window.ask_to_close());
    assert_eq!(shared.saved(), earlier);
    window.settle();
    window.click("Save");
    assert!(shared.saved().contains("Look again"));
    assert!(!window.mentions("Close without saving?"));
    assert!(kept(shared.mine.path()).contains(&earlier));
}

#[test]
fn tags_without_a_name_wait_for_the_answer_about_an_earlier_version() {
    let shared = Shared::new();
    let (mut window, _) = gone_back(&shared);
    window.command("Your name");
    window.type_text("ana");
    assert!(window.mentions("Take over 4 tags without a name"));
    window.press("Enter");
    assert!(!window.mentions("No tags without a name here"));
    assert!(
        window.mentions("Answer the question about the earlier version of article.txt first"),
        "{}",
        window.status()
    );
    window.click("Save mine and keep a copy");
    assert!(
        window.mentions("4 tags are now ana's"),
        "{}",
        window.status()
    );
}

#[test]
fn an_earlier_version_is_taken_as_a_whole() {
    let shared = Shared::new();
    let (mut window, _) = gone_back(&shared);
    window.click("Use the earlier version");
    assert!(!window.mentions("Quote: “We do not,”"));
    assert!(!window.mentions("in different ways"));
    window.press("Ctrl+s");
    assert!(!shared.saved().contains("Look again"));
    assert!(kept(shared.mine.path()).contains("Look again"));
}

/// The copies of earlier versions in a state folder, in one text.
fn kept(home: &Path) -> String {
    let folders = fs::read_dir(home.join("state/backups")).unwrap();
    let folders = folders.map(|folder| folder.unwrap().path());
    let copies = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    copies
        .map(|copy| fs::read_to_string(copy.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn versions_of_an_earlier_sitting_are_remembered() {
    let shared = Shared::new();
    let (window, earlier) = shared.saved_twice();
    drop(window);

    let mut window = shared.window(shared.mine.path());
    fs::write(shared.sidecar(), &earlier).unwrap();
    window.come_back();
    assert!(window.mentions("an earlier version of your tags"));
    assert!(!window.mentions("Not saved: Not saved"));
    assert!(window.mentions("Quote: “We do not,”"), "it is still here");
    window.click("Use the earlier version");
    assert!(!window.mentions("Quote: “We do not,”"));
    assert!(kept(shared.mine.path()).contains("“We do not,”"));
}

#[test]
fn what_somebody_else_removes_is_kept() {
    let shared = Shared::new();
    let mut window = shared.begun();
    let mut hers = shared.window(shared.hers.path());
    hers.caret_at("We do not");
    hers.press("q Enter");
    window.come_back();
    hers.press("Delete");
    drop(hers);
    window.come_back();
    assert!(!window.mentions("Quote: “We do not,”"));
    drop(window);
    assert!(kept(shared.mine.path()).contains("“We do not,”"));
}

#[test]
fn an_earlier_version_put_there_between_two_sittings_is_named_and_the_latest_offered() {
    let shared = Shared::new();
    let (mut window, earlier) = shared.saved_twice();
    assert!(window.ask_to_close());
    drop(window);
    fs::write(shared.sidecar(), &earlier).unwrap();

    let mut window = shared.window(shared.mine.path());
    assert!(window.mentions("an earlier version of your tags"));
    assert!(!window.mentions("Quote: “We do not,”"));
    window.click("Add what it lacks");
    assert!(window.mentions("Quote: “We do not,”"));
    drop(window);
    assert!(
        !shared
            .window(shared.mine.path())
            .mentions("an earlier version")
    );
}

#[test]
fn what_is_open_is_kept_where_article_and_tags_go_back_together() {
    let shared = Shared::new();
    let mut window = shared.begun();
    let earlier = shared.saved();
    window.caret_at("We do not");
    window.press("q Enter Ctrl+s");
    fs::write(shared.article(), TEXT.replace("sayd", "told us")).unwrap();
    fs::write(shared.sidecar(), &earlier).unwrap();
    window.come_back();
    assert!(window.mentions("an earlier version of your tags"));
    assert!(kept(shared.mine.path()).contains("“We do not,”"));
}
