//! Labels, attributes and conventions changed in the window.

use std::fs;
use std::path::PathBuf;

use super::window::Window;
use crate::support::TestCorpus;

const SCHEMA: &str = r#"// What we tag.
(
    labels: [
        (key: "quote", letter: 'Q', color: Yellow, speaks: true), // said
        (key: "speaker", letter: 'S', color: Pink, mentions: true),
        (key: "claim", letter: 'C', color: Green, speaks: true),
    ],
    roles: [(key: "speaker", from: ["quote", "claim"], to: ["speaker"], people: true)],
    attributes: [(name: "check", label: "claim", values: ["true", "false"])],
)
"#;

const TAGGED: &str = "It <c1:claim>rains</c1>, <s1:speaker>Anna</s1> said.\n---\nc1 check=true\n\
                      c1 -speaker-> s1";

fn project() -> (TestCorpus, Window, PathBuf) {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "me", TAGGED)
        .tagged("b.txt", "me", TAGGED)
        .tagged("b.txt", "maria", TAGGED)
        .file("pullquote.ron", SCHEMA);
    let home = corpus.path("home");
    fs::create_dir(&home).unwrap();
    let window = Window::open_as(&home, &[corpus.path("a.txt")], "me");
    let folder = corpus.path("");
    (corpus, window, folder)
}

fn retype(window: &mut Window, field: &str, text: &str) {
    window.focus_field(field);
    window.press("Ctrl+a");
    window.type_text(text);
}

#[test]
fn a_label_is_renamed_in_the_schema_and_in_ones_own_tags_and_not_in_the_files_of_others() {
    let (corpus, mut window, _) = project();
    let others = corpus.read("b.txt.maria.ron");
    window.command("labels and attributes");
    assert!(window.mentions("3 tags"), "claims are counted");
    retype(&mut window, "Name in files of label 3", "statement");
    let words = "The label “claim” is called “statement” in files (3 tags)";
    assert!(window.mentions(words));
    window.click("Save");
    assert!(
        window.status().contains("Renamed claim to statement"),
        "{}",
        window.status()
    );
    let expected = SCHEMA
        .replace("key: \"claim\"", "key: \"statement\"")
        .replace(
            "color: Green, speaks: true)",
            "color: Green, speaks: true, name: \"Claim\", was: [\"claim\"])",
        )
        .replace("\"quote\", \"claim\"", "\"quote\", \"statement\"")
        .replace("label: \"claim\"", "label: \"statement\"");
    assert_eq!(corpus.read("pullquote.ron"), expected);
    // The one that is open is written with the others.
    for own in ["a.txt.me.ron", "b.txt.me.ron"] {
        let text = corpus.read(own);
        assert!(
            text.contains("label: \"statement\"") && !text.contains("\"claim\""),
            "{text}"
        );
        assert!(text.contains("\"check\": \"true\""), "{text}");
    }
    assert_eq!(corpus.read("b.txt.maria.ron"), others);
    // One step: undone in all of them, and done again.
    window.press("Ctrl+z");
    for own in ["a.txt.me.ron", "b.txt.me.ron"] {
        let text = corpus.read(own);
        assert!(text.contains("label: \"claim\""), "{text}");
    }
    assert_eq!(corpus.read("pullquote.ron"), SCHEMA, "the schema, too");
    assert!(
        window.status().contains("Undone: renamed claim"),
        "{}",
        window.status()
    );
    window.command("labels and attributes");
    assert!(window.value("Name in files of label 3") == "claim");
    window.click("Cancel");
    window.press("Ctrl+y");
    assert_eq!(corpus.read("pullquote.ron"), expected);
    for own in ["a.txt.me.ron", "b.txt.me.ron"] {
        let text = corpus.read(own);
        assert!(text.contains("label: \"statement\""), "{text}");
    }
    // They are read as the new label all the same.
    let ran = corpus.run(["check", "."]);
    assert!(!ran.stdout.contains("claim"), "{}", ran.stdout);
    let found = corpus.run(["search", ".", "label:statement"]);
    assert_eq!(found.stdout.matches("rains").count(), 3, "{}", found.stdout);
    let exported = corpus.run(["export", "b.txt", "--to", "jsonl"]);
    assert!(
        !exported.stdout.contains("\"label\":\"claim\""),
        "{}",
        exported.stdout
    );
}

#[test]
fn names_letters_colors_values_and_conventions_are_changed_with_their_comments_kept() {
    let (corpus, mut window, _) = project();
    window.command("labels and attributes");
    retype(&mut window, "Name of label 1", "Quotation");
    retype(&mut window, "Letter of label 3", "b");
    retype(&mut window, "Values of check", "true, open");
    assert!(window.mentions("“Quote” is shown as “Quotation” (0 tags)."));
    assert!(window.mentions("is tagged with B instead of C."));
    assert!(window.mentions("“false” is no value of “check” any more (0 tags)."));
    assert!(window.mentions("“open” is a new value of “check”."));
    window.click("Save");
    let expected = SCHEMA
        .replace(
            "speaks: true), // said",
            "speaks: true, name: \"Quotation\"), // said",
        )
        .replace("letter: 'C'", "letter: 'B'")
        .replace("[\"true\", \"false\"]", "[\"true\", \"open\"]");
    assert_eq!(corpus.read("pullquote.ron"), expected);
    assert!(window.mentions("Tag as quotation") || window.mentions("Quotation"));
    // A change that touches no tag is a step as well.
    assert!(
        window
            .status()
            .contains("Changed the labels and attributes"),
        "{}",
        window.status()
    );
    window.click("Undo the step");
    assert_eq!(corpus.read("pullquote.ron"), SCHEMA);
    assert!(!window.mentions("Quotation"), "the labels from before hold");
}

#[test]
fn what_does_not_fit_is_said_and_cannot_be_saved() {
    let (corpus, mut window, _) = project();
    window.command("labels and attributes");
    retype(&mut window, "Name in files of label 3", "quote");
    assert!(window.mentions("The label `quote` is in the schema twice; rename one."));
    window.click("Cancel");
    assert_eq!(corpus.read("pullquote.ron"), SCHEMA);
    // Somebody else writes it meanwhile.
    window.command("labels and attributes");
    retype(&mut window, "Name of label 3", "Fact");
    let other = SCHEMA.replace("What we tag.", "What they tag.");
    fs::write(corpus.path("pullquote.ron"), &other).unwrap();
    window.click("Save");
    assert_eq!(corpus.read("pullquote.ron"), other);
    assert!(window.shows("Name of label 3"), "the dialog stays");
}

#[test]
fn an_added_label_tags_at_once() {
    let corpus = TestCorpus::new().file("a.txt", "It rains, Anna said.\n");
    let home = corpus.path("home");
    fs::create_dir(&home).unwrap();
    let mut window = Window::open(&home, &[corpus.path("a.txt")]);
    window.command("labels and attributes");
    window.click("Add label");
    retype(&mut window, "Name of label 4", "Place");
    retype(&mut window, "Name in files of label 4", "place");
    assert!(window.mentions("The label “Place” is new."));
    window.click("Speaker from Place");
    assert!(window.mentions("Links of “Speaker” may lead from “place”."));
    window.click("Save");
    let written = corpus.read("pullquote.ron");
    assert!(
        written.contains("(key: \"place\", letter: 'L', color: Teal),"),
        "{written}"
    );
    let role = "from: [\"quote\", \"claim\", \"place\"]";
    assert!(written.contains(role), "{written}");
    window.caret_at("rains");
    window.press("l Ctrl+s");
    let saved = corpus.read("a.txt.ron");
    assert!(saved.contains("label: \"place\""), "{saved}");
}

#[test]
fn a_schema_that_was_changed_on_disk_holds_at_once() {
    let (corpus, mut window, folder) = project();
    let path = folder.join("pullquote.ron");
    fs::write(
        &path,
        SCHEMA.replace("label: \"claim\", values", "label: \"claim\", valves"),
    )
    .unwrap();
    window.come_back();
    assert!(window.mentions("valves"), "what is wrong is told");
    // A broken file: what held goes on, and is told at the next start.
    fs::write(&path, "(labels: [").unwrap();
    window.come_back();
    assert!(window.shows("Quote"));
    let more = "(key: \"promise\", letter: 'G', color: Violet, speaks: true),\n    ],\n    roles:";
    fs::write(&path, SCHEMA.replacen("],\n    roles:", more, 1)).unwrap();
    window.come_back();
    assert!(!window.mentions("valves"), "{}", window.status());
    assert!(window.mentions("changed on disk"), "{}", window.status());
    window.caret_at("rains");
    window.press("g Ctrl+s");
    assert!(corpus.read("a.txt.me.ron").contains("label: \"promise\""));
}

#[test]
fn links_are_added_renamed_and_removed() {
    let (corpus, mut window, _) = project();
    window.command("labels and attributes");
    retype(&mut window, "Name of link 1", "Said by");
    assert!(window.mentions("“Speaker” is shown as “Said by”."));
    window.click("Add link");
    retype(&mut window, "Name of link 2", "Answers");
    retype(&mut window, "Name in files of link 2", "answers");
    window.click("Answers from Quote");
    window.click("Answers to Quote");
    assert!(window.mentions("The link “Answers” is new."));
    window.click("Save");
    let expected = SCHEMA.replace(
        "people: true)],",
        "people: true, name: \"Said by\"), \
         (key: \"answers\", from: [\"quote\"], to: [\"quote\"]),],",
    );
    let written = corpus.read("pullquote.ron");
    assert_eq!(
        written.split_whitespace().collect::<Vec<_>>(),
        expected.split_whitespace().collect::<Vec<_>>()
    );
    // A link that is used is named before it goes.
    window.command("labels and attributes");
    window.click("Remove link 1");
    assert!(window.mentions("The link “Said by” goes (3 links)."));
    window.click("Cancel");
    assert_eq!(corpus.read("pullquote.ron"), written);
}

#[test]
fn the_buttons_stay_in_view_below_many_changes() {
    let (_corpus, mut window, _) = project();
    window.command("labels and attributes");
    while window.shows("Remove label 1") {
        window.click("Remove label 1");
    }
    for (width, height) in [(640.0, 420.0), (900.0, 600.0)] {
        window.set_size(width, height);
        assert!(window.fits("Save") && window.fits("Cancel"));
    }
}

#[test]
fn the_button_that_saves_keeps_its_place_and_the_name_of_an_attribute_says_why_it_stays() {
    let (_corpus, mut window, _) = project();
    window.command("labels and attributes");
    let place = |window: &Window| window.button_rect("Save");
    let before = place(&window);
    retype(&mut window, "Name in files of label 3", "statement");
    retype(&mut window, "Name of label 1", "Speech");
    retype(&mut window, "Letter of label 1", "z");
    assert_eq!(place(&window), before);
    window.click("Add label");
    window.click("Add attribute of claim");
    assert_eq!(place(&window), before);
    assert!(window.mentions("The name of an attribute stays once it is saved"));
}
