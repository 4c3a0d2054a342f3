//! Who someone is, and who said it: the list of people to choose from.

use super::window::Window;
use crate::support::TestCorpus;

#[test]
fn enter_takes_the_person_that_is_ringed() {
    let corpus = TestCorpus::new().tagged(
        "one.txt",
        "",
        "<s1:speaker>He</s1> said so.\n---\np1 = Anna\np2 = Berta\np3 = Carla",
    );
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("He");
    window.press("w Down Down Enter Ctrl+s");
    assert!(corpus.read("one.txt.ron").contains("person: \"p3\""));
    // Tab goes over the kinds to the first row and on to the second.
    window.press("w Tab Tab Tab Tab Tab");
    // Carla is nearest by now.
    assert_eq!(window.focused(), "Anna");
    window.press("Enter Ctrl+s");
    assert!(corpus.read("one.txt.ron").contains("person: \"p1\""));
}

#[test]
fn who_said_it_changes_the_quote_and_not_the_mention() {
    let text = "Mayor Anna Berg and Karl Holm met on Monday.\n\n“I am tired,” Berg said.\n";
    for (name, speaker) in [("Karl Holm", "Karl Holm"), ("Nora Lind", "Nora Lind")] {
        let corpus = TestCorpus::new().file("one.txt", text);
        let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
        window.caret_at("I am tired");
        window.press("q w");
        window.type_text(name);
        window.press("Enter");
        assert!(window.mentions(&format!("Linked to {speaker}")));
        window.press("Ctrl+s");
        let saved = corpus.read("one.txt.ron");
        assert!(saved.contains(&format!("name: \"{speaker}\"")), "{saved}");
        assert!(!saved.contains("Berg"), "no mention and no alias: {saved}");
        assert!(saved.contains("confirmed: true"), "{saved}");
    }
}

#[test]
fn who_said_it_lists_who_is_named_nearby_before_anyone_new() {
    let text = "Rex Tillerson met President Donald Trump.\n\n“We do not,” Tillerson said.\n";
    let corpus = TestCorpus::new().file("one.txt", text);
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("We do not");
    window.press("q w");
    assert!(!window.mentions("No people yet"));
    // The details below name him, too.
    let tillerson = window.rects_of("Rex Tillerson").into_iter();
    let tillerson = tillerson.map(|row| row.top()).fold(f32::INFINITY, f32::min);
    assert!(tillerson < window.rect("Donald Trump").top());
    window.type_text("Trump");
    assert!(window.rect("Donald Trump").top() < window.rect("New: Trump").top());
    window.press("Enter Ctrl+s");
    let saved = corpus.read("one.txt.ron");
    assert!(saved.contains("Trump\""), "{saved}");
    assert!(!saved.contains("Tillerson"), "{saved}");
}

#[test]
fn a_first_name_tagged_before_the_full_name_is_one_person() {
    let text = "“No,” Amina said.\n\n“Yes,” Amina Yusuf said later.";
    for order in [["Amina said", "Amina Yusuf"], ["Amina Yusuf", "Amina said"]] {
        let corpus = TestCorpus::new().file("one.txt", text);
        let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
        for words in order {
            window.caret_at(words);
            window.press("s");
        }
        window.command("show people");
        assert!(window.mentions("Amina Yusuf, 2 mentions"), "{order:?}");
    }
}

const BRIDGE: &str = "Mayor Anna Holt said on Monday that the bridge was closed. The council left.\n\
    Peter Klein, a resident, said: “They told us it was safe.” He added that nobody came.\n\
    The old man at the bridge shook his head. “I do not cross it any more,” he said.\n";

#[test]
fn a_pronoun_is_shown_with_whom_the_text_describes_last() {
    let corpus = TestCorpus::new().file("one.txt", BRIDGE);
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("I do not cross");
    window.press("q");
    assert!(window.shows("speaker candidate: he → the old man"));
    let others = window.rects_of("speaker candidate: The old man");
    assert!(others.is_empty(), "once");
    window.press("Enter");
    assert!(window.mentions("he → the old man"));
}

#[test]
fn he_is_no_council() {
    let corpus = TestCorpus::new().file("one.txt", BRIDGE);
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("The council");
    window.press("s");
    assert!(window.mentions("Speaker: The council"));
    window.caret_at("nobody came");
    window.press("q");
    assert!(!window.mentions("→ the council") && !window.mentions("→ The council"));
    assert!(window.shows("speaker candidate: Peter Klein"));
}
