//! The guidelines of the project beside the text, and the exam for newcomers.

use super::window::Window;
use crate::support::TestCorpus;

const GUIDELINES: &str = "# How we tag\n\nBe careful.\n\n## Claims\n\nA claim can be checked.\n\n## Quotes\n\n\
    Marks belong to the quote.\n\n```example\n<quote speaker=none>“Yes.”</quote> It was said.\n```\n\n\
    ```exam\n<quote form=direct speaker=#s>“We do not,”</quote> <speaker #s>Tillerson</speaker> said.\n```\n";

const SCHEMA: &str = "(labels: [(key: \"quote\", name: \"Quote\", letter: 'Q', speaks: true), \
    (key: \"speaker\", name: \"Speaker\", letter: 'S', mentions: true), \
    (key: \"claim\", name: \"Claim\", letter: 'C', speaks: true)], \
    roles: [(key: \"speaker\", name: \"Speaker\", from: [\"quote\", \"claim\"], to: [\"speaker\"], people: true)], \
    attributes: [(name: \"form\", label: \"quote\", values: [\"direct\", \"indirect\", \"mixed\"])], \
    guidelines: \"guide.md\")";

const ARTICLE: &str = "“Not at all,” Dubois said on Tuesday.\n";

fn corpus() -> TestCorpus {
    TestCorpus::new()
        .file("pullquote.ron", SCHEMA)
        .file("guide.md", GUIDELINES)
        .file("a.txt", ARTICLE)
}

#[test]
fn the_guidelines_are_read_beside_the_text() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "maria");
    assert!(
        window.shows("a.txt, new, no tags"),
        "the guidelines are no article"
    );
    window.caret_at("Not at all");
    window.press("q Enter F11");
    assert!(window.is_chosen("Guide"));
    assert!(window.mentions("Marks belong to the quote."));
    assert!(window.mentions("“Yes.” It was said."), "the example");
    assert!(!window.mentions("We do not"), "the answer of the exam");
    // What one is unsure about is found in all articles.
    window.caret_at("Not at all");
    window.press("? Ctrl+s Shift+F11");
    assert_eq!(window.value("Search all articles"), "review:unsure");
}

#[test]
fn a_click_on_the_tab_shows_the_guidelines() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "maria");
    window.click("Guide");
    window.wait();
    assert!(window.mentions("Marks belong to the quote."));
}

#[test]
fn going_to_an_article_says_nothing_about_headings_of_the_guidelines() {
    let corpus = corpus().file("b.txt", ARTICLE);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "maria");
    window.caret_at("Dubois");
    window.press("s Ctrl+PageDown Ctrl+PageUp");
    window.wait();
    assert!(!window.status().contains("heading"), "{}", window.status());
    window.press("F11");
    window.wait();
    let asked = "o heading of the guidelines names Speaker";
    assert!(window.status().contains(asked), "{}", window.status());
}

#[test]
fn a_newcomer_takes_the_exam() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "maria");
    window.command("Take the exam");
    assert_eq!(
        corpus.read(".pullquote/exam/maria.txt"),
        "“We do not,” Tillerson said.\n"
    );
    window.wait();
    assert!(!window.mentions("1 suggested"), "an exam answers itself");
    // It is no article of the folder.
    assert!(window.mentions("0 of 1 done"));
    assert!(!window.mentions(".pullquote/exam/maria.txt, "));
    window.caret_at("We do not");
    window.press("c Ctrl+s");
    assert!(window.mentions("0 of 1 done"));
    window.press("Ctrl+Shift+f");
    window.press("Ctrl+a");
    window.type_text("claim");
    assert!(
        window.mentions("0 hits in 0 of 1 articles"),
        "{}",
        window.named("0 hits")
    );
    window.press("Escape");
    window.command("Compare with the answer");
    assert!(window.mentions("from the answer"), "{}", window.status());
    assert!(window.mentions("Quote: F1 0.00"));
    window.press("Ctrl+z");
    window.caret_at("We do not");
    window.press("q Enter Ctrl+s");
    window.command("Compare with the answer");
    assert!(
        window.mentions("No differences from the answer"),
        "{}",
        window.status()
    );
    let ran = corpus.run(["exam", "."]);
    assert!(ran.stdout.starts_with("maria: 0 differences\n"), "{ran}");
    assert!(ran.stdout.contains("right speakers: 1 of 1"), "{ran}");
}

#[test]
fn bold_words_are_set_in_the_bold_face() {
    let guidelines = "# How\n\nA **single** word, __two words__ and *one*.\n\n\
                      ## The **second** part\n\nSee [the **whole** list](https://news.example).\n";
    let corpus = corpus().file("guide.md", guidelines);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "maria");
    window.click("Guide");
    window.wait();
    for (words, bold) in [("single", true), ("two words", true), (" word, ", false)]
        .into_iter()
        .chain([("The ", false), ("second", true), ("whole", true)])
    {
        assert_eq!(window.is_bold(words), Some(bold), "{words}");
    }
}
