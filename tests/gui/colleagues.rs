//! Several people tag one article, each under a name.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday.\n\n“Not at all,” Dubois said.\n";

fn article(home: &Path) -> PathBuf {
    let article = home.join("article.txt");
    fs::write(&article, TEXT).unwrap();
    article
}

/// Maria's two quotes, each with its speaker.
fn tagged_by_maria(home: &Path, article: &Path) {
    let mut window = Window::open_as(&home.join("maria"), &[article.to_owned()], "maria");
    for words in ["We do not", "Not at all"] {
        window.caret_at(words);
        window.press("q Enter");
    }
    window.press("Ctrl+s");
}

#[test]
fn the_tags_of_others_are_told_shown_and_not_touched() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    tagged_by_maria(home.path(), &article);
    let theirs = home.path().join("article.txt.maria.ron");
    let before = fs::read_to_string(&theirs).unwrap();

    let mine = home.path().join("ben");
    let mut window = Window::open_as(&mine, std::slice::from_ref(&article), "ben");
    assert!(window.shows("maria: 4 tags"));
    assert!(!window.mentions("maria: Quote"));
    window.press("F7");
    assert!(window.shows("maria: Quote, said by Tillerson"));
    assert!(window.shows("maria: Quote, said by Dubois"));
    window.caret_at("We do not");
    window.press("q Ctrl+s F7");
    assert!(!window.mentions("maria: Quote"));
    assert_eq!(fs::read_to_string(&theirs).unwrap(), before);
    let own = fs::read_to_string(home.path().join("article.txt.ben.ron")).unwrap();
    assert!(own.contains("We do not") && !own.contains("Not at all"));

    // What she does meanwhile is seen.
    let mut hers = Window::open_as(&home.path().join("maria"), &[article], "maria");
    hers.caret_at("Tuesday");
    hers.press("c Ctrl+s");
    window.come_back();
    assert!(window.shows("maria: 5 tags"));
}

#[test]
fn as_many_tags_are_listed_as_are_counted() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    let mut hers = Window::open_as(
        &home.path().join("maria"),
        std::slice::from_ref(&article),
        "maria",
    );
    hers.caret_at("We do not");
    // Its speaker is only proposed.
    hers.press("q Ctrl+s");
    drop(hers);
    let mut window = Window::open_as(&home.path().join("ben"), &[article], "ben");
    window.click("maria: 1 tag");
    assert!(window.shows("Quote: “We do not,”"));
    assert!(!window.shows("Speaker: Tillerson"));
}

#[test]
fn one_can_go_on_under_another_name() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    tagged_by_maria(home.path(), &article);
    let mut window = Window::open(home.path(), &[article]);
    window.click("maria: 4 tags");
    window.click("Work as maria…");
    assert_eq!(window.value("Your name"), "maria");
    window.press("Enter");
    assert!(window.mentions("Working as maria"));
    assert!(window.mentions("Quote: “We do not,”"));
    assert!(!window.shows("maria: 4 tags"), "they are her own now");
    let settings = fs::read_to_string(home.path().join("config/settings.ron")).unwrap();
    assert!(settings.contains("maria"), "{settings}");
}

#[test]
fn a_name_is_asked_for_once_and_takes_the_nameless_tags_over() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("config")).unwrap();
    let article = article(home.path());
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    assert!(!window.mentions("Who is tagging?"), "not before the text");
    window.caret_at("We do not");
    window.press("q Enter");
    assert!(window.mentions("Who is tagging?"));
    window.click("Set your name…");
    window.type_text("Meta");
    assert!(window.mentions("cannot be an annotator's name"));
    window.press("Ctrl+a");
    window.type_text("Ben");
    assert!(window.mentions("article.txt.ben.ron"));
    assert!(window.mentions("They will be saved as ben's. The old files are kept."));
    window.click("Take over 2 tags without a name in this article");
    window.press("Enter");
    assert!(window.shows("ben"), "it is said whose the tags are");
    assert!(window.shows("unnamed: 2 tags"), "nothing is hidden");
    assert!(
        !window.mentions("here was tagged without a name"),
        "it was just decided"
    );

    window.click("unnamed: 2 tags");
    window.click("Take these tags over as mine");
    assert!(window.mentions("2 tags are now ben's"));
    assert!(
        !window.mentions("here was tagged without a name"),
        "decided"
    );
    assert!(window.mentions("Quote: “We do not,”"));
    window.press("Ctrl+s");
    let own = fs::read_to_string(home.path().join("article.txt.ben.ron")).unwrap();
    assert!(own.contains("We do not"), "{own}");
    assert!(!own.contains("Annotator(\"\")"), "{own}");
    assert!(home.path().join("article.txt.ron").exists());
    assert!(!window.shows("unnamed: 2 tags"), "they are ben's now");
    drop(window);

    let mut window = Window::open(home.path(), &[article]);
    assert!(window.mentions("Quote: “We do not,”"), "ben is remembered");
    window.caret_at("Not at all");
    window.press("q");
    assert!(!window.mentions("Who is tagging?"));
}

#[test]
fn what_was_tagged_in_a_folder_without_a_name_becomes_mine_at_once() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    fs::create_dir(&folder).unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.press("q Enter Ctrl+Enter q Enter");
    assert!(window.mentions("1 of 3 done"));
    window.command("Your name");
    window.type_text("Ana");
    assert!(window.shows("Take over 4 tags without a name: 2 in this article, 2 in others"));
    window.press("Enter");
    assert!(window.mentions("4 tags are now ana's"));
    window.press("Ctrl+s");
    assert!(window.mentions("1 of 3 done"));
    assert!(window.mentions("Quote: “We do not,”"));
    for name in ["a.txt", "b.txt"] {
        let own = fs::read_to_string(folder.join(format!("{name}.ana.ron"))).unwrap();
        assert!(own.contains("We do not"), "{own}");
        assert!(folder.join(format!("{name}.ron")).exists());
    }
    // The last one is done: on to what was left.
    window.press("Ctrl+PageDown");
    window.press("q Enter Ctrl+Enter");
    assert!(window.is_chosen("b.txt, in progress, 2 tags"));
}

#[test]
fn a_name_set_in_another_way_answers_the_question() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("config")).unwrap();
    let article = article(home.path());
    let mut window = Window::open(home.path(), &[article]);
    window.caret_at("We do not");
    window.press("q Enter");
    assert!(window.mentions("Who is tagging?"));
    window.command("Your name");
    window.type_text("ben");
    window.press("Enter");
    assert!(window.mentions("2 tags are now ben's"));
    assert!(window.mentions("Quote: “We do not,”"));
    assert!(!window.mentions("Who is tagging?"));
}

#[test]
fn the_question_for_a_name_speaks_of_the_article_that_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    fs::create_dir(&folder).unwrap();
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.press("q Enter Ctrl+s");
    window.command("Your name");
    window.type_text("ana");
    assert!(window.mentions("a.txt.ana.ron"));
    assert!(window.shows("Take over 2 tags without a name in this article"));
    window.press("Ctrl+PageDown");
    assert!(window.mentions("b.txt.ana.ron"));
    assert!(window.shows("Take over 2 tags without a name in other articles"));
}

#[test]
fn the_offer_stays_until_it_is_decided() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    window.caret_at("We do not");
    window.press("q Enter Ctrl+s");
    drop(window);
    let offer = "1 article here was tagged without a name (2 tags)";
    let open = || Window::open_as(home.path(), std::slice::from_ref(&article), "maria");
    let mut window = open();
    assert!(window.mentions(offer));
    assert!(!window.mentions("Quote: “We do not,”"));
    window.click("Dismiss");
    assert!(!window.mentions(offer));
    drop(window);
    let mut window = open();
    assert!(window.mentions(offer), "nothing was decided");
    window.click("Not mine");
    assert!(!window.mentions(offer));
    drop(window);
    let mut window = open();
    assert!(!window.mentions(offer));
    window.command("Take over tags without a name");
    assert!(window.mentions("2 tags are now maria's"));
    window.press("Ctrl+s");
    window.command("Take over tags without a name");
    assert!(window.mentions("No tags without a name here"));
}

#[test]
fn what_was_tagged_under_both_names_is_there_once() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    for window in [
        Window::open(home.path(), std::slice::from_ref(&article)),
        Window::open_as(home.path(), std::slice::from_ref(&article), "maria"),
    ] {
        let mut window = window;
        window.caret_at("We do not");
        window.press("q Enter Ctrl+s");
    }
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&article), "maria");
    window.command("Take over tags without a name");
    assert!(window.mentions("2 tags are now maria's"));
    window.press("Ctrl+s");
    let own = fs::read_to_string(home.path().join("article.txt.maria.ron")).unwrap();
    assert_eq!(own.matches("label: \"quote\"").count(), 1, "{own}");
    assert_eq!(own.matches("label: \"speaker\"").count(), 1, "{own}");
    assert_eq!(own.matches("name: \"Tillerson\"").count(), 1, "{own}");
}

#[test]
fn the_question_for_a_name_goes_when_one_tags_on() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("config")).unwrap();
    let folder = home.path().join("corpus");
    fs::create_dir(&folder).unwrap();
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.caret_at("Tuesday");
    window.press("c");
    assert!(window.mentions("Who is tagging?"));
    for words in ["on Tuesday", "said on", "Not at all", "Dubois"] {
        window.caret_at(words);
        window.press("c");
    }
    assert!(window.mentions("Who is tagging?"));
    window.caret_at("We do not");
    window.press("q");
    assert!(!window.mentions("Who is tagging?"));
    drop(window);

    fs::remove_file(home.path().join("config/settings.ron")).unwrap();
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.caret_at("Tillerson");
    window.press("s");
    assert!(window.mentions("Who is tagging?"));
    window.press("Ctrl+PageDown");
    assert!(!window.mentions("Who is tagging?"));
}

#[test]
fn the_list_of_files_says_who_else_has_tagged_what() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("corpus");
    fs::create_dir(&folder).unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    tagged_by_maria(home.path(), &folder.join("b.txt"));
    let mine = home.path().join("ben");
    let mut window = Window::open_as(&mine, std::slice::from_ref(&folder), "ben");
    assert!(window.shows("a.txt, new, no tags"));
    assert!(window.shows("b.txt, new, no tags, also tagged by maria (4 tags)"));

    // It can be filtered by, and the next article keeps to that.
    window.click("By others");
    assert!(!window.mentions("a.txt, new"));
    window.press("Ctrl+PageDown");
    assert!(window.mentions("maria: 4 tags"));
    window.click("By others");
    assert!(window.mentions("a.txt, new"));

    // What she does meanwhile is seen, in what is open and what is not.
    let mut hers = Window::open_as(&home.path().join("maria"), &[folder.join("b.txt")], "maria");
    hers.caret_at("Tuesday");
    hers.press("c Ctrl+s");
    window.come_back();
    assert!(window.mentions("also tagged by maria (5 tags)"));
}

#[test]
fn the_tags_of_others_are_listed_and_told_at_the_pointer() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    tagged_by_maria(home.path(), &article);
    let mine = home.path().join("ben");
    let mut window = Window::open_as(&mine, std::slice::from_ref(&article), "ben");
    window.click("maria: 4 tags");
    assert!(window.shows("Work as maria…"));
    window.click("Quote: “Not at all,”");
    let words = "maria: Quote, said by Dubois";
    assert!(window.shows(words), "the tags of others are drawn");
    assert_eq!(window.rects_of(words).len(), 1);
    window.point_at(window.in_row("“Not at all"));
    assert_eq!(window.rects_of(words).len(), 2, "a tooltip");
}

#[test]
fn what_was_taken_over_is_counted_for_nobody_who_has_it() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    let mut window = Window::open(home.path(), std::slice::from_ref(&article));
    window.caret_at("We do not");
    window.press("q Enter");
    window.command("Your name");
    window.type_text("ana");
    assert!(window.shows("Take over 2 tags without a name in this article"));
    window.press("Enter");
    assert!(window.mentions("2 tags are now ana's"));
    window.press("Ctrl+s");
    window.command("Your name");
    window.press("Ctrl+a");
    window.type_text("ben");
    assert!(window.shows("Take over 2 tags without a name in this article"));
    window.press("Ctrl+a Delete Enter");
    assert!(window.mentions("Working without a name"));
    window.command("Your name");
    for (name, offers) in [("ana", false), ("ben", true)] {
        window.press("Ctrl+a");
        window.type_text(name);
        let words = "Take over 2 tags without a name in this article";
        assert_eq!(window.shows(words), offers, "{name}");
    }
    window.press("Enter");
    assert!(window.mentions("Working as ben"));
    assert!(
        !window.mentions("here was tagged without a name"),
        "put off"
    );
}

#[test]
fn the_letters_of_many_tags_at_one_place_stand_side_by_side() {
    let home = tempfile::tempdir().unwrap();
    let article = article(home.path());
    for name in ["ann", "bob", "cem"] {
        let mut window = Window::open_as(
            &home.path().join(name),
            std::slice::from_ref(&article),
            name,
        );
        window.caret_at("We do not");
        window.press("q Enter c c");
        window.caret_at("Tillerson");
        window.press("c Ctrl+s");
    }
    let mut window = Window::open_as(&home.path().join("dee"), &[article], "dee");
    for theme in ["", "Ctrl+Shift+l"] {
        let before = window.letters().len();
        window.press(theme);
        window.press("F7");
        let letters = window.letters();
        assert!(letters.len() >= before + 9, "{letters:?}");
        for (n, (letter, ink)) in letters.iter().enumerate() {
            for (other, its) in &letters[n + 1..] {
                let shared = ink.intersect(*its);
                assert!(
                    shared.width() <= 0.0 || shared.height() <= 0.0,
                    "{letter} at {ink:?}, {other} at {its:?}"
                );
            }
        }
        window.press("F7");
    }
}
