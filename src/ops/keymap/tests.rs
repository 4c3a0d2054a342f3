use super::*;
use crate::format::schema_file::default_schema;
use crate::model::LabelKind;

fn schema() -> Schema {
    default_schema().unwrap()
}

fn label(key: &str, letter: char) -> LabelKind {
    LabelKind {
        key: key.into(),
        name: key.to_owned(),
        plural: format!("{key}s"),
        letter,
        color: "blue".into(),
        speaks: false,
        mentions: false,
        reports: false,
        was: Vec::new(),
    }
}

fn press(name: &str) -> Press {
    name.parse().unwrap()
}

#[test]
fn the_built_in_keys_can_all_be_used() {
    let (_, notices) = Keymap::new(&schema(), None);
    assert_eq!(notices, Vec::<String>::new());
}

#[test]
fn no_two_commands_share_a_key_in_a_context() {
    let file: File = ron::from_str(SOURCE).unwrap();
    let mut seen = BTreeMap::new();
    for binding in file.bindings {
        for key in binding.keys {
            let press = press(&key);
            if let Some(other) = seen.insert((binding.context, press), binding.command.clone()) {
                panic!("{press}: {other} and {}", binding.command);
            }
        }
    }
}

#[test]
fn every_command_off_the_menus_has_a_key() {
    let (keymap, _) = Keymap::new(&schema(), None);
    for info in TABLE.iter().filter(|info| info.section == 0) {
        assert!(
            !keymap.all_shortcuts(info.command, false).is_empty(),
            "{}",
            info.id
        );
    }
}

#[test]
fn letters_and_digits_of_the_schema_tag() {
    let (keymap, _) = Keymap::new(&schema(), None);
    for (key, n) in [("q", 0), ("1", 0), ("s", 1), ("2", 1), ("c", 2), ("3", 2)] {
        let found = keymap.command(Context::Article, press(key));
        assert_eq!(found, Some(UiCommand::TagAs(n)), "{key}");
    }
}

#[test]
fn single_letters_do_nothing_in_a_field() {
    let (keymap, _) = Keymap::new(&schema(), None);
    for letter in 'a'..='z' {
        assert_eq!(keymap.command(Context::Field, Press::char(letter)), None);
        assert_eq!(keymap.command(Context::Find, Press::char(letter)), None);
    }
    let save = keymap.command(Context::Find, press("Ctrl+s"));
    assert_eq!(save, Some(UiCommand::Save));
}

#[test]
fn a_letter_that_is_taken_is_refused_in_words_and_the_digit_tags() {
    let schema = Schema::new(
        vec![label("quote", 'Q'), label("event", 'E')],
        Vec::new(),
        Vec::new(),
    )
    .unwrap();
    let (keymap, notices) = Keymap::new(&schema, None);
    let words = notices.join("\n");
    assert!(
        words.contains("event") && words.contains("Grow selection"),
        "{words}"
    );
    assert!(words.contains("press 2 to tag"), "{words}");
    assert_eq!(
        keymap.command(Context::Article, press("e")),
        Some(UiCommand::Grow)
    );
    assert_eq!(
        keymap.command(Context::Article, press("2")),
        Some(UiCommand::TagAs(1))
    );
}

#[test]
fn own_keys_take_the_place_of_the_built_in_ones() {
    let own = r#"(bindings: [(command: "next-tag", context: article, keys: ["Alt+Down"])])"#;
    let (keymap, notices) = Keymap::new(&schema(), Some(own));
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(keymap.command(Context::Article, press("n")), None);
    assert_eq!(
        keymap.command(Context::Article, press("Alt+Down")),
        Some(UiCommand::NextTag)
    );
}

#[test]
fn mistakes_in_own_keys_are_named_and_the_rest_holds() {
    let own = r#"(bindings: [
        (command: "fly", context: article, keys: ["z"]),
        (command: "note", context: article, keys: ["Hyper+z", "z"]),
        (command: "reject", context: article, keys: ["n"]),
    ])"#;
    let (keymap, notices) = Keymap::new(&schema(), Some(own));
    let words = notices.join("\n");
    assert!(words.contains("`fly`"), "{words}");
    assert!(words.contains("`Hyper+z`"), "{words}");
    assert!(
        words.contains("Next tag") && words.contains("Reject"),
        "{words}"
    );
    assert_eq!(
        keymap.command(Context::Article, press("z")),
        Some(UiCommand::Note)
    );
    let (keymap, notices) = Keymap::new(&schema(), Some("(bindings: [oops"));
    assert!(notices[0].contains("keymap.ron:1:"), "{notices:?}");
    assert!(keymap.command(Context::Article, press("n")).is_some());
}

#[test]
fn choosing_a_speaker_comes_before_reading_and_reading_goes_on() {
    let (keymap, _) = Keymap::new(&schema(), None);
    for (key, command) in [
        ("Tab", UiCommand::NextCandidate),
        ("Enter", UiCommand::Confirm),
        ("0", UiCommand::NotGiven),
        ("n", UiCommand::NextTag),
        ("F1", UiCommand::KeySheet),
    ] {
        assert_eq!(
            keymap.command(Context::Candidates, press(key)),
            Some(command)
        );
    }
}
