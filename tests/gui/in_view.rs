//! What a person is about to judge is in view, and what they look at stays in place.

use super::window::Window;
use crate::support::TestCorpus;

/// Lines of the window above the text and below it, in points.
fn text_area(window: &Window) -> (f32, f32) {
    let status = window.rects_of("Saved").pop().unwrap();
    (window.rect("Quote").bottom(), status.top())
}

fn assert_in_view(window: &Window, words: &str) {
    let (top, bottom) = text_area(window);
    let row = window.row(words);
    assert!(
        row.top() >= top - 0.5 && row.bottom() <= bottom + 0.5,
        "{words}: {row:?} between {top} and {bottom}"
    );
}

/// A quotation of several lines, its speaker named behind it.
fn long_quote(lines: usize) -> String {
    let filler = "Nothing of note was said on that day in the old town.\n\n".repeat(12);
    let inner = "the treaty of the last year is one that the whole council can live with and "
        .repeat(lines);
    format!("{filler}“Opening words here, {inner} the closing words,” Ada Miller said.\n\n{filler}")
}

#[test]
fn the_start_the_end_and_the_speaker_of_a_new_tag_come_into_view() {
    for size in [(1280.0, 800.0), (900.0, 600.0)] {
        let corpus = TestCorpus::new().file("one.txt", long_quote(4));
        let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
        window.set_size(size.0, size.1);
        window.caret_at("the closing words");
        // The first row of the quote is above the view.
        window.point_at(window.row("closing").center());
        window.wheel(-120.0);
        window.press("q");
        assert!(window.mentions("Quote: “Opening words"));
        for words in ["Opening", "closing", "Miller"] {
            assert_in_view(&window, words);
        }
        window.press("Enter");
        assert!(window.mentions("Confirmed Ada Miller"), "{size:?}");
    }
}

#[test]
fn of_a_long_tag_the_end_and_the_speaker_come_into_view() {
    let corpus = TestCorpus::new().file("one.txt", long_quote(30));
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.set_size(700.0, 500.0);
    window.caret_at("Opening words");
    window.press("q");
    for words in ["closing", "Miller"] {
        assert_in_view(&window, words);
    }
    window.press("Enter");
    assert!(window.mentions("Confirmed Ada Miller"));
}

#[test]
fn a_speaker_who_is_out_of_view_is_shown_before_enter_confirms() {
    let corpus = TestCorpus::new().file("one.txt", long_quote(4));
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.set_size(900.0, 600.0);
    window.caret_at("the closing words");
    window.press("q");
    let (top, bottom) = text_area(&window);
    // Until the row of the speaker, the last of the quote, is below the view.
    window.point_at(window.row("Opening").center());
    let away = bottom - window.row("Miller").top() + 4.0;
    assert!(window.row("Opening").top() + away > top);
    window.wheel(away);
    window.press("Enter");
    assert!(window.mentions("The proposed speaker was out of view"));
    assert!(window.mentions("1 to confirm"));
    assert_in_view(&window, "Miller");
    window.press("Enter");
    assert!(window.mentions("Confirmed Ada Miller"));
}

#[test]
fn the_next_passage_comes_to_the_middle_and_an_arrow_moves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    for n in 0..6 {
        window.press("Shift+n");
        let (top, bottom) = text_area(&window);
        let height = bottom - top;
        let start = window.caret_row();
        assert!(
            start.top() <= top + height * 0.6,
            "{n}: {start:?} between {top} and {bottom}"
        );
        window.press("q");
        let before = window.caret_row();
        window.press("ArrowDown ArrowUp");
        let after = window.caret_row();
        assert!(
            (before.top() - after.top()).abs() < 1.0,
            "{n}: {before:?} {after:?}"
        );
    }
}

#[test]
fn a_caret_that_moves_on_above_a_message_keeps_a_third_of_the_page_below() {
    let filler = "Nothing of note was said on that day in the old town.\n\n".repeat(60);
    let corpus = TestCorpus::new().file("one.txt", filler);
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.set_size(900.0, 600.0);
    for _ in 0..20 {
        window.press("ArrowDown");
    }
    let low = window.caret_row();
    // A message comes.
    std::fs::remove_file(corpus.path("one.txt")).unwrap();
    window.come_back();
    let (top, end) = (window.rect("Quote").bottom(), window.rect("Dismiss").top());
    let lowest = top + (end - top) * 2.0 / 3.0;
    assert!(low.bottom() > lowest, "{low:?} {lowest}");
    for _ in 0..12 {
        window.press("ArrowDown");
    }
    let caret = window.caret_row();
    assert!(caret.bottom() <= lowest + 1.0, "{caret:?} above {lowest}");
}

#[test]
fn undo_moves_nothing_while_the_caret_is_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let (_, bottom) = text_area(&window);
    // A click low on the page.
    let rows = window.rows();
    let low = rows
        .iter()
        .rfind(|row| row.bottom() < bottom - 60.0)
        .unwrap();
    window.click_at(low.center());
    let place = window.caret_row();
    window.press("s");
    let tagged = window.caret_row();
    window.press("Ctrl+z");
    let undone = window.caret_row();
    assert!((place.top() - tagged.top()).abs() < 1.0);
    assert!(
        (tagged.top() - undone.top()).abs() < 1.0,
        "{tagged:?} {undone:?}"
    );
}

/// The top of each row that starts with these words, where it is drawn.
fn tops(window: &Window) -> Vec<(String, f32)> {
    // Not those of the find bar's field.
    let field = window.shows("Find in the article");
    let field = field.then(|| window.field_rect("Find in the article"));
    let mut rows = window.row_words();
    rows.retain(|(_, row)| field.is_none_or(|field| !field.intersects(*row)));
    rows.into_iter()
        .map(|(words, row)| (words, row.top()))
        .collect()
}

#[test]
fn the_text_stands_still_when_find_opens_and_closes() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    for size in [(1280.0, 800.0), (900.0, 600.0), (700.0, 500.0)] {
        window.set_size(size.0, size.1);
        // The top, some way down, the end, and below the end.
        for (keys, turn) in [
            ("Ctrl+Home", 0.0),
            ("PageDown", 0.0),
            ("Ctrl+End", 0.0),
            ("Ctrl+End", -4000.0),
        ] {
            window.press(keys);
            let middle = window.rows()[1].center();
            window.point_at(middle);
            window.wheel(turn);
            let before = tops(&window);
            assert!(before.len() > 2);
            window.press("Ctrl+f Ctrl+a Delete");
            assert_eq!(window.value("Find in the article"), "");
            let with_bar = tops(&window);
            for (words, top) in &with_bar {
                let same = before.iter().find(|(other, _)| other == words);
                let was = same.unwrap_or_else(|| panic!("{words} is new")).1;
                assert!(
                    (was - top).abs() < 0.1,
                    "{words} {was} {top} {keys} {size:?}"
                );
            }
            let field = window.field_rect("Find in the article");
            let (_, bottom) = text_area(&window);
            assert!(field.bottom() <= bottom);
            window.press("Escape");
            assert_eq!(tops(&window), before, "{keys} {turn} in {size:?}");
        }
    }
}

#[test]
fn what_is_found_at_the_end_is_above_the_find_bar() {
    let home = tempfile::tempdir().unwrap();
    let corpus = TestCorpus::new().file("one.txt", "A line of words.\n\n".repeat(60) + "The end.");
    let mut window = Window::open(home.path(), &[corpus.path("one.txt")]);
    window.set_size(700.0, 500.0);
    window.press("Ctrl+f Ctrl+a");
    window.type_text("The end.");
    let field = window.field_rect("Find in the article");
    let tops = tops(&window);
    let (words, top) = tops.last().unwrap();
    assert!(
        words.contains("The end.") && top + 24.0 < field.top(),
        "{words} {top} {field:?}"
    );
    window.press("Escape");
}

#[test]
fn selecting_all_leaves_in_view_what_one_reads() {
    let corpus = TestCorpus::new().file("one.txt", long_quote(30));
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.set_size(900.0, 600.0);
    window.caret_at("Opening words");
    let before = tops(&window);
    window.press("Ctrl+a");
    assert_eq!(tops(&window), before);
    // The next key goes on from the end of what is selected.
    window.press("Right");
    assert_ne!(tops(&window), before);
}
