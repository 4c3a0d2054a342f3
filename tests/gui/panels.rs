//! The panels in small windows: whole, and as they were once there is room again.

use egui::Rect;

use super::window::Window;
use crate::support::TestCorpus;

const SIZES: [(f32, f32); 3] = [(900.0, 600.0), (700.0, 500.0), (640.0, 420.0)];

fn tagged(home: &std::path::Path) -> Window {
    let mut window = Window::open(home, &[]);
    window.caret_at("think the president");
    window.press("q Enter");
    window
}

fn assert_within(what: &str, inner: Rect, (width, height): (f32, f32)) {
    let window = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
    assert!(
        window.expand(0.5).contains_rect(inner),
        "{what} at {width}×{height}: {inner:?}"
    );
}

#[test]
fn the_note_stays_whole_and_comes_back_to_its_place() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    let usual = window.field_rect("Note");
    for size in SIZES {
        window.set_size(size.0, size.1);
        let note = window.field_rect("Note");
        assert_within("the note", note, size);
        let status = window.rects_of("Saved").pop().unwrap();
        assert!(note.bottom() <= status.top(), "{note:?} {status:?}");
        assert!(note.height() >= 20.0, "{note:?}");
        for name in [
            "Filter tags",
            "Label to show",
            "Review state to show",
            "Label Claim",
        ] {
            assert_within(name, window.rect(name), size);
        }
    }
    window.set_size(1280.0, 800.0);
    assert_eq!(window.field_rect("Note"), usual);
}

/// What can be done to a tag is whole, above the note, and is so again when there is room.
#[test]
fn nothing_of_the_details_is_hidden_behind_the_note() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q");
    let usual = window.rect("Delete tag");
    for size in SIZES {
        window.set_size(size.0, size.1);
        let note = window.field_rect("Note");
        let inspector = window.rect("Label Quote").top();
        for name in [
            "Label Quote",
            "Label Claim",
            "Delete tag",
            "Confirm",
            "Next",
        ] {
            let rect = window.rect(name);
            assert_within(name, rect, size);
            assert!(
                rect.bottom() <= note.top(),
                "{name} at {size:?}: {rect:?} {note:?}"
            );
            assert!(
                rect.top() >= inspector - 0.5,
                "{name} at {size:?}: {rect:?}"
            );
        }
        let filter = window.field_rect("Filter tags");
        let rows = window.rects_of("Quote: “I think");
        assert!(
            rows[0].top() >= filter.bottom() && rows[0].bottom() <= inspector,
            "{rows:?}"
        );
    }
    window.set_size(1280.0, 800.0);
    assert_eq!(window.rect("Delete tag"), usual);
}

#[test]
fn tooltips_of_menus_leave_the_entries_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    for size in [(1280.0, 800.0), SIZES[2]] {
        window.set_size(size.0, size.1);
        for (menu, entry, words) in [
            ("File", "Open folder", "Lists the articles"),
            ("Tag", "Next speaker", "next likely speaker"),
        ] {
            window.click(menu);
            let entry = window.rects_of(entry).pop().unwrap();
            window.point_at(entry.center());
            let tip = window.rects_of(words).pop();
            let tip = tip.unwrap_or_else(|| panic!("no {words:?} at {size:?} for {entry:?}"));
            assert!(
                tip.left() >= entry.right() || tip.right() <= entry.left(),
                "{words} at {size:?}: {tip:?} over {entry:?}"
            );
            assert_within(words, tip, size);
            window.press("ArrowDown");
            assert!(!window.mentions(words), "they go with the first key");
            window.press("Escape");
        }
    }
}

#[test]
fn what_waits_for_confirmation_is_whole_in_small_windows() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q");
    for size in SIZES {
        window.set_size(size.0, size.1);
        assert_within("Confirm", window.rect("Confirm"), size);
        let status = window.rects_of("Tagged quote").pop().unwrap();
        assert_within("the status", status, size);
    }
}

#[test]
fn problems_show_several_rows_in_small_windows() {
    let lines: Vec<String> = (1..8)
        .map(|n| format!("<q{n}:quotation>“Words number {n},”</q{n}> she said."))
        .collect();
    let corpus = TestCorpus::new().tagged("one.txt", "", &lines.join("\n"));
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("Words number 1");
    window.command("show problems");
    for size in &SIZES {
        window.set_size(size.0, size.1);
        let inspector = window.rect("Label Quote").top();
        let rows = window.rects_of("`quotation` is not in the schema");
        let whole = rows.iter().filter(|row| row.bottom() <= inspector);
        assert!(whole.count() >= 2, "{rows:?} above {inspector}");
    }
}

#[test]
fn a_decision_leaves_room_for_the_list_and_its_buttons_in_small_windows() {
    let lines: Vec<String> = (1..8)
        .map(|n| format!("<q{n}:quote>“Words number {n} are gone for good,”</q{n}> she said."))
        .collect();
    let corpus = TestCorpus::new().tagged("one.txt", "", &lines.join("\n"));
    let text = "A minister kept silent.\n\nNothing else was heard of it.\n";
    std::fs::write(corpus.path("one.txt"), text).unwrap();
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.command("show problems");
    for size in &SIZES {
        window.set_size(size.0, size.1);
        for button in ["Place at the selection", "Discard tag"] {
            assert_within(button, window.rect(button), *size);
        }
        let rows = window.rects_of("is no longer in the article; select");
        let whole = rows.iter().filter(|row| row.bottom() <= size.1 - 20.0);
        assert!(whole.count() >= 2, "{rows:?} at {size:?}");
    }
    assert!(window.mentions("Needs a decision (1 of 7)"));
    window.press("F8");
    assert!(window.mentions("7 in the list (F6)"));
    window.set_size(1280.0, 800.0);
    let third = window.rects_of("Words number 3").last().copied().unwrap();
    window.click_at(third.center());
    assert!(window.mentions("Needs a decision (3 of 7)"));
}

#[test]
fn the_list_keeps_the_current_tag_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.set_size(900.0, 600.0);
    for n in 0..8 {
        window.press("Shift+n q");
        let inspector = window.rect("Label Quote").top();
        let chosen = window.chosen_rects("Quote: ");
        let whole = chosen.iter().filter(|row| row.bottom() <= inspector + 1.0);
        assert_eq!(whole.count(), 1, "{n}: {chosen:?} above {inspector}");
    }
}

#[test]
fn a_message_that_takes_room_leaves_the_new_tag_in_view() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("config")).unwrap();
    let mut window = Window::open(home.path(), &[]);
    for _ in 0..6 {
        window.press("Ctrl+=");
    }
    window.caret_at("while the US");
    window.press("q");
    let banner = window.rect("Dismiss").top();
    let end = window.row("establish one");
    assert!(end.bottom() <= banner, "{end:?} above {banner}");
}

#[test]
fn dialogs_about_a_tag_leave_it_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("Rex Tillerson");
    window.press("s");
    for (keys, field) in [("m", "Note on the tag"), ("w", "Name of the person")] {
        window.press(keys);
        let tag = window.row("Secretary of State");
        assert!(window.field_rect(field).top() > tag.bottom(), "{field}");
        window.press("Escape");
    }
}

#[test]
fn the_list_stays_where_it_is_when_suggestions_come_and_go() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q");
    assert!(window.shows("1 suggested"));
    let before = window.rects_of("Quote: “I think").first().copied();
    window.press("Enter");
    assert!(!window.shows("1 suggested"));
    assert_eq!(window.rects_of("Quote: “I think").first().copied(), before);
}

#[test]
fn a_tag_with_a_note_shows_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    window.press("m");
    window.type_text("Look at this again");
    window.press("Escape");
    assert!(window.mentions("Note: Look at this again"), "in the list");
    assert!(window.mentions("with a note"), "in the text");
}

#[test]
fn nothing_overlaps_in_the_smallest_window() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    window.press("Ctrl+f");
    window.type_text("said");
    for size in SIZES {
        window.set_size(size.0, size.1);
        let bars: [&[&str]; 2] = [
            &["Quote", "Speaker", "Claim", "…", "Find", "Commands"],
            &["Find in the article", "Previous", "Next", "Close"],
        ];
        let panel = window.rect("Filter tags").left();
        for (n, bar) in bars.iter().enumerate() {
            let mut left = 0.0;
            for name in *bar {
                let rect = if *name == "Find in the article" {
                    window.field_rect(name)
                } else {
                    window.rect(name)
                };
                assert!(
                    rect.left() >= left,
                    "{name} at {size:?}: {rect:?} from {left}"
                );
                left = rect.right();
                assert_within(name, rect, size);
            }
            assert!(n == 0 || left <= panel, "{left} {panel} at {size:?}");
        }
    }
}

#[test]
fn tooltips_go_with_the_first_key_and_come_again_with_the_pointer() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    let words = "Click for the list of tags.";
    let place = window.rects_of("unreviewed").pop().unwrap().center();
    window.point_at(place);
    assert!(window.mentions(words));
    window.press("ArrowDown");
    assert!(!window.mentions(words));
    window.point_at(place + egui::vec2(3.0, 0.0));
    assert!(window.mentions(words));
    window.press("Ctrl+k");
    assert!(!window.mentions(words), "below a dialog");
}

#[test]
fn a_narrow_window_says_how_many_articles_are_done_and_shows_them_on_a_click() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    std::fs::create_dir(&folder).unwrap();
    for name in ["a.txt", "b.txt"] {
        std::fs::write(folder.join(name), "He said so.").unwrap();
    }
    let mut window = Window::open(home.path(), &[folder]);
    window.set_size(900.0, 600.0);
    assert!(!window.mentions("Filter files"));
    window.click("0 of 2 done");
    assert!(window.mentions("Filter files"));
    assert_eq!(window.rects_of("0 of 2 done").len(), 1);
}

#[test]
fn the_details_of_a_person_unfold_in_the_list() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    window.command("show people");
    window.press("F6 Enter");
    let row = window.rects_of("Tillerson, ").first().copied().unwrap();
    let details = window.rect("Show tags");
    let inspector = window.rect("Label Quote");
    assert!(row.bottom() < details.top() && details.bottom() < inspector.top());
}

#[test]
fn everything_about_a_person_is_reachable_in_small_windows() {
    let home = tempfile::tempdir().unwrap();
    let mut window = tagged(home.path());
    window.caret_at("Rex Tillerson");
    window.press("s");
    for size in SIZES {
        window.set_size(size.0, size.1);
        window.command("show people");
        let row = window.rects_of("Rex Tillerson, ").first().copied().unwrap();
        window.click_at(row.center());
        let below = window.rects_of("Label Quote").first().copied();
        let below = below.map_or(size.1, |inspector| inspector.top());
        for name in ["Show tags", "In all articles", "Delete"] {
            let rect = window.rect(name);
            assert_within(name, rect, size);
            assert!(
                rect.bottom() <= below,
                "{name} at {size:?}: {rect:?} {below}"
            );
        }
        let kind = ["Kind", "person"].map(|name| window.rects_of(name));
        let kind = kind.concat();
        assert!(
            kind.iter().any(|rect| rect.bottom() <= below),
            "{kind:?} {below}"
        );
        let row = window.rects_of("Rex Tillerson, ").first().copied().unwrap();
        window.click_at(row.center());
    }
    assert!(window.shows("Label Quote"));
}

#[test]
fn the_question_for_a_name_takes_two_rows_in_a_small_window() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("config")).unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.set_size(700.0, 500.0);
    window.caret_at("think the president");
    window.press("q");
    let words = window.rects_of("Who is tagging?").pop().unwrap();
    let button = window.rect("Dismiss");
    assert!(words.height() < 22.0, "{words:?}");
    assert!(button.bottom() - words.top() < 56.0, "{words:?} {button:?}");
}

#[test]
fn a_message_takes_two_lines_in_the_smallest_window() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    std::fs::create_dir(&config).unwrap();
    std::fs::write(config.join("settings.ron"), "(theme: ").unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.set_size(640.0, 420.0);
    let words = window
        .rects_of("the settings cannot be read")
        .pop()
        .unwrap();
    let button = window.rect("Dismiss");
    assert!(words.height() < 40.0, "{words:?}");
    assert!(
        button.top() < words.bottom() && button.left() >= words.right(),
        "{button:?}"
    );
    window.click_at(words.center());
    let whole = window
        .rects_of("the settings cannot be read")
        .pop()
        .unwrap();
    assert!(whole.height() > words.height(), "a click shows the rest");
}

#[test]
fn tagging_scrolls_only_as_far_as_the_end_of_the_tag() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.set_size(900.0, 420.0);
    window.caret_at("McMaster claimed that");
    window.press("ArrowRight ArrowRight");
    let lowest = window.rects_of("Saved").pop().unwrap().top();
    window.press("q");
    assert!(window.mentions("Quote: Russia aims") || window.mentions("Quote: that Russia aims"));
    let (caret, end) = (window.row("McMaster claimed"), window.row("disinformation"));
    assert!(end.bottom() <= lowest, "{end:?} {lowest}");
    assert!(caret.top() > 60.0, "the caret stays in view: {caret:?}");

    window.set_size(1280.0, 800.0);
    window.caret_at("think the president");
    let before = window.row("think the president");
    window.press("q");
    assert_eq!(window.row("think the president"), before);
}

#[test]
fn people_stand_nearest_first_and_stay_while_one_is_at_work_in_them() {
    let text = "“We do not,” <s1:speaker>Zoe Adams</s1> said.\n\n\
                “Not at all,” <s2:speaker>Ben Cole</s2> said.\n\n\
                “Never,” <s3:speaker>Ana Diaz</s3> said.\n\
                ---\n\
                p1 = Zoe Adams\np2 = Ben Cole\np3 = Ana Diaz\n\
                s1 is p1\ns2 is p2\ns3 is p3";
    let corpus = TestCorpus::new().tagged("one.txt", "", text);
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    let order = |window: &Window| {
        let names = [
            "Zoe Adams, 1 mention",
            "Ben Cole, 1 mention",
            "Ana Diaz, 1 mention",
        ];
        let mut placed: Vec<(f32, &str)> = names
            .into_iter()
            .map(|name| {
                (
                    window.rects_of(name)[0].top(),
                    name.split(' ').next().unwrap(),
                )
            })
            .collect();
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        placed.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    window.caret_at("Ana Diaz");
    window.command("Show people");
    assert_eq!(order(&window), ["Ana", "Ben", "Zoe"]);
    // Going on, the list follows the current tag.
    window.press("p");
    window.press("p");
    assert_eq!(order(&window), ["Zoe", "Ben", "Ana"]);
    window.caret_at("“Never");
    assert_eq!(
        order(&window),
        ["Zoe", "Ben", "Ana"],
        "the caret alone moves nothing"
    );
}

/// Height of the details of the current tag, with the note.
fn details_height(window: &Window) -> f32 {
    window.field_rect("Note").bottom() - window.rect("Label Quote").top()
}

#[test]
fn a_short_list_leaves_its_room_to_the_details() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.set_size(1280.0, 650.0);
    window.caret_at("McMaster certainly");
    window.press("q 0 Enter");
    assert_eq!(window.rects_of("Tags 1").len(), 1);
    let roomy = details_height(&window);
    let row = window.rects_of("Quote: \"General")[0];
    assert!(row.bottom() <= window.rect("Label Quote").top(), "{row:?}");
    window.press("Shift+n q 0 Enter Shift+n q 0 Enter Shift+n q 0 Enter");
    let narrow = details_height(&window);
    assert!(roomy > narrow + 30.0, "{roomy} {narrow}");
    // What is typed into the filter moves nothing.
    window.focus_field("Filter tags");
    window.type_text("General");
    assert!((details_height(&window) - narrow).abs() < 1.0);
}
