//! What is as it was at the last end, and what is asked once.

use std::fs;
use std::time::Duration;

use super::folder::corpus;
use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

fn close(mut window: Window) {
    if !window.ask_to_close() {
        assert!(window.closes());
    }
}

#[test]
fn the_next_window_goes_on_where_the_last_one_ended() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt", "c.txt"]);
    let mut window = Window::open(home.path(), &[folder]);
    window.press("Ctrl+PageDown q Enter");
    window.command("Larger text");
    window.click("People 1");
    window.focus("Filter files");
    window.type_text("txt");
    close(window);

    let window = Window::open(home.path(), &[]);
    assert!(window.is_chosen("b.txt, in progress, 2 tags"));
    assert!(window.mentions("0 of 3 done"));
    assert!(window.is_chosen("People 1"));
    assert_eq!(window.value("Filter files"), "txt");
    let settings = fs::read_to_string(home.path().join("config/settings.ron")).unwrap();
    assert!(settings.contains("zoom: 1.1"), "{settings}");
}

/// Also where the view begins between two rows.
#[test]
fn the_next_window_shows_the_same_rows() {
    let home = tempfile::tempdir().unwrap();
    let article = home.path().join("long.txt");
    fs::write(
        &article,
        TEXT.repeat(6).replace('\n', " ") + "\n\n" + &format!("{TEXT}\n").repeat(40),
    )
    .unwrap();
    for turn in [0.0, -300.0, -17.0, -9000.0] {
        let mut window = Window::open(home.path(), std::slice::from_ref(&article));
        window.point_at(window.rows()[1].center());
        window.wheel(turn);
        let before = window.row_words();
        close(window);
        let window = Window::open(home.path(), std::slice::from_ref(&article));
        let after = window.row_words();
        assert_eq!(after.len(), before.len(), "{turn}");
        for (was, now) in before.iter().zip(&after) {
            assert_eq!(was.0, now.0, "{turn}");
            assert!((was.1.top() - now.1.top()).abs() <= 1.0, "{was:?} {now:?}");
        }
    }
}

#[test]
fn where_the_last_article_is_done_by_now_the_next_one_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt", "c.txt"]);
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.press("Ctrl+PageDown q Enter");
    close(window);
    // Somebody else finishes it.
    let sidecar = folder.join("b.txt.ron");
    let text = fs::read_to_string(&sidecar).unwrap();
    fs::write(&sidecar, text.replace("state: InProgress", "state: Done")).unwrap();
    let window = Window::open(home.path(), &[]);
    assert!(window.mentions("1 of 3 done"));
    assert!(!window.mentions("Quote: “We do not,”"), "c.txt is shown");
}

#[test]
fn damaged_settings_are_told_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    fs::create_dir(&config).unwrap();
    fs::write(config.join("settings.ron"), "(zoom: large)").unwrap();
    let mut window = Window::open(home.path(), &[]);
    assert!(window.mentions("settings.ron:1:"));
    window.command("Larger text");
    let kept = fs::read_to_string(config.join("settings.ron.damaged")).unwrap();
    assert_eq!(kept, "(zoom: large)");
}

#[test]
fn a_window_that_is_killed_goes_on_where_it_was_some_seconds_before() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let soon = Duration::from_secs(20);
    let mut window = Window::open_threaded(home.path(), &[folder]);
    let opened = |window: &Window| window.is_chosen("a.txt, new, no tags");
    assert!(window.live(soon, opened).1);
    window.press("Ctrl+PageDown");
    let opened = |window: &Window| window.is_chosen("b.txt, new, no tags");
    assert!(window.live(soon, opened).1);
    // By arrows: a search takes a thread's time.
    let caret = TEXT.find("esday").unwrap();
    for _ in TEXT[..caret].chars() {
        window.press("Right");
    }
    window.command("Show people");
    window.focus("Filter files");
    window.type_text("txt");
    window.live(Duration::from_secs(1), |_| false);
    // Nothing is drawn for it.
    let (frames, _) = window.live(Duration::from_secs(3), |_| false);
    assert_eq!(frames, 0);
    // A busy machine writes later.
    let state = home.path().join("state");
    let article = home.path().join("corpus/b.txt");
    let is_written = || {
        let place = pullquote::store::load_position(&state, &article);
        place.is_some_and(|place| usize::from(place.caret) == caret)
    };
    let start = std::time::Instant::now();
    while !is_written() && start.elapsed() < soon {
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(window);

    let mut window = Window::open(home.path(), &[]);
    assert!(window.is_chosen("b.txt, new, no tags"));
    assert_eq!(window.value("Filter files"), "txt");
    assert!(window.is_chosen("People"));
    // The caret is where it was.
    window.press("Shift+Ctrl+Right Ctrl+c");
    assert!(
        window.mentions("Copied 5 characters"),
        "“esday” is left of it"
    );
}

#[test]
fn every_filter_of_the_tags_and_the_size_before_it_filled_the_screen_are_remembered() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt"]);
    let mut window = Window::open(home.path(), &[folder]);
    window.press("q Enter");
    window.place(egui::vec2(1100.0, 700.0), false);
    window.click("No confirmed speaker");
    window.place(egui::vec2(1600.0, 1000.0), true);
    close(window);
    let state = home.path().join("state");
    let left = pullquote::store::load_window(&state).unwrap();
    assert!(left.tags_without_speaker);
    assert_eq!(left.size, Some((1100.0, 700.0)));
    assert!(left.maximized);

    let mut window = Window::open(home.path(), &[]);
    assert!(window.mentions("No tag matches the filter"));
    window.place(egui::vec2(1600.0, 1000.0), true);
    close(window);
    let left = pullquote::store::load_window(&state).unwrap();
    assert!(left.tags_without_speaker);
    assert_eq!(left.size, Some((1100.0, 700.0)));
}

#[test]
fn a_list_of_files_that_was_hidden_stays_hidden() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    assert!(window.shows("Filter files"));
    window.press("F9");
    assert!(!window.shows("Filter files"));
    close(window);
    let left = || pullquote::store::load_window(&home.path().join("state")).unwrap();
    for start in 0..2 {
        assert_eq!(left().files, Some(false), "{start}");
        let window = Window::open(home.path(), &[]);
        assert!(!window.shows("Filter files"), "{start}");
        close(window);
    }
    // Another folder is listed where one can see it.
    let other = home.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("c.txt"), TEXT).unwrap();
    assert!(Window::open(home.path(), &[other]).shows("Filter files"));
}

#[test]
fn the_first_step_to_the_next_tag_after_coming_back_goes_there() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    fs::write(folder.join("a.txt"), TEXT.repeat(3)).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    for _ in 0..6 {
        window.press("Shift+n q");
    }
    window.press("Escape Ctrl+Home");
    for _ in 0..6 {
        if window.mentions("Tag 3 of ") {
            break;
        }
        window.press("n");
    }
    assert!(window.mentions("Tag 3 of "));
    window.press("Ctrl+PageDown Ctrl+PageUp");
    assert!(window.mentions("Tag 3 of "));
    window.press("n");
    assert!(window.mentions("Tag 4 of "), "in the same window");
    window.press("p");
    assert!(window.mentions("Tag 3 of "));
    close(window);
    let mut window = Window::open(home.path(), &[]);
    assert!(window.mentions("Tag 3 of "));
    window.press("n");
    assert!(window.mentions("Tag 4 of "), "in the next window");
}
