//! Claims that the program suggests: where the project wants them, ranked, accepted one by one.

use super::window::Window;
use crate::support::TestCorpus;

const CLAIMS: &str = "“We cut taxes by 12 percent,” Ann Lee said.\n\n\
    The mill closed in May with 40 jobs.\n";

fn window(corpus: &TestCorpus) -> Window {
    Window::open(&corpus.path("home"), &[corpus.path("one.txt")])
}

#[test]
fn claims_are_suggested_where_the_project_says_so_and_accepted_one_by_one() {
    let corpus = TestCorpus::new()
        .file("one.txt", CLAIMS)
        .file(
            "pullquote.ron",
            "(conventions: {\"claims\": \"suggested\"})",
        )
        .file("home/config/settings.ron", "(asked_for_name: true)");
    let mut window = window(&corpus);
    assert!(window.shows("3 suggested"));
    window.press("j j");
    assert!(window.mentions("of 100: a number, money or work, a comparison"));
    window.press("Enter");
    window.wait();
    let written = corpus.read("one.txt.ron");
    assert!(written.contains("We cut taxes by 12 percent"), "{written}");
    assert!(written.contains("rules/claim/number+money"), "{written}");
    // Claims are never accepted in bulk.
    window.command("Accept suggestions…");
    assert!(!window.mentions("claims ("), "only quotes are offered");
    window.press("Escape");
    window.command("Suggest claims");
    assert!(window.status().contains("laims are not suggested any more"));
    window.wait();
    assert!(!window.mentions("2 suggested"));
}

#[test]
fn claims_are_ranked_by_how_much_they_are_worth_checking() {
    let corpus = TestCorpus::new()
        .file(
            "one.txt",
            "News\n\nThe mill closed in May with 40 jobs.\n\n\
             Taxes rose by 12 percent to $40 million, more than ever.\n",
        )
        .file(
            "pullquote.ron",
            "(conventions: {\"claims\": \"suggested\"})",
        )
        .file("home/config/settings.ron", "(asked_for_name: true)");
    let mut window = window(&corpus);
    // How much each claim is worth on the way through the list.
    let walk = |window: &mut Window| {
        let mut all: Vec<u32> = Vec::new();
        window.press("Ctrl+Home");
        loop {
            window.press("n");
            if window.status().starts_with("No more") {
                return all;
            }
            let is_shown =
                |worth: &u32| window.mentions(&format!("worth checking, {worth} of 100"));
            all.push((0..=100).find(is_shown).unwrap());
        }
    };
    window.click("Label to show");
    window.click("Claims");
    let in_text = walk(&mut window);
    window.click("Label to show");
    window.click("Ranked");
    let ranked = walk(&mut window);
    let mut sorted = in_text.clone();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    assert!(in_text.len() > 1 && in_text != sorted, "{in_text:?}");
    assert_eq!(ranked, sorted);
}

#[test]
fn a_project_without_claims_says_how_to_get_them() {
    let corpus = TestCorpus::new().file("one.txt", CLAIMS);
    let mut window = window(&corpus);
    window.command("Suggest claims");
    assert!(
        window.status().contains("\"claims\": \"suggested\""),
        "{}",
        window.status()
    );
}
