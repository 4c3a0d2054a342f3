//! Claims in quotes: the words of the quote first, then its clauses.

use crate::support::Player;

const WHOLE: &str = "while the US and Russia do not have a working relationship at the moment, President \
                     Trump believes it is extremely important to establish one";
const FIRST: &str = "the US and Russia do not have a working relationship at the moment";

fn one(words: &str, speaker: &str) -> (String, Vec<String>) {
    (words.to_owned(), vec![speaker.to_owned()])
}

#[test]
fn the_first_c_takes_the_words_of_the_quote() {
    let speaker = "Secretary of State Rex Tillerson";
    for place in [
        "Forum |that while",
        "that |while the US",
        "working |relationship at the moment",
        "Tillerson sa|id during",
        "Korea |Foundation",
        "to establish one|.",
    ] {
        let mut player = Player::sample();
        player.click_in("relationship at the moment");
        player.keys("q Enter");
        player.click_in(place);
        player.keys("c");
        assert_eq!(player.tags("claim"), [one(WHOLE, speaker)], "{place}");
        assert!(player.open.chips().is_none(), "nothing to confirm");
    }
}

#[test]
fn the_second_c_narrows_the_claim_to_the_clause_at_the_caret() {
    let mut player = Player::sample();
    player.click_in("relationship at the moment");
    player.keys("q Enter");
    player.click_in("working |relationship at the moment");
    player.keys("c c");
    let speaker = "Secretary of State Rex Tillerson";
    assert_eq!(player.tags("claim"), [one(FIRST, speaker)]);
    let said = player.press("c").unwrap().message;
    assert_eq!(said, "this is already a claim");
    // Another clause is another claim.
    player.click_in("to establish| one");
    player.keys("c");
    let claims = player.tags("claim");
    assert_eq!(claims.len(), 2, "{claims:?}");
    assert!(claims[1].0.ends_with("to establish one"), "{claims:?}");
    player.keys("Ctrl+z Ctrl+z");
    assert_eq!(player.tags("claim"), [one(WHOLE, speaker)], "a step each");
}

#[test]
fn a_quote_in_a_quote_has_its_own_claim() {
    let mut player = Player::on(
        "Lee said that the bridge is closed, and that Roe believes that it will be sold soon.",
    );
    player.click_in("bridge is");
    player.keys("q Enter c");
    player.click_in("sold");
    player.keys("q Enter c");
    let claims = player.tags("claim");
    assert_eq!(
        claims.last().unwrap(),
        &one("it will be sold soon", "Roe"),
        "{claims:?}"
    );
}

#[test]
fn in_a_quote_whose_speaker_is_open_the_same_candidate_waits_for_a_yes() {
    let mut player = Player::sample();
    player.click_in("voiced their view");
    player.keys("q");
    let (quote, proposed) = player.tags("quote").remove(0);
    assert_eq!(proposed, ["Tillerson?"], "{quote}");
    player.keys("Escape");
    player.click_in("support.\"|");
    player.keys("c");
    let words = "They’ve voiced their view of how effective they think those may be, but we do need \
                 Russia’s support";
    assert_eq!(player.tags("claim"), [one(words, "Tillerson?")]);
    player.keys("c");
    assert_eq!(
        player.tags("claim"),
        [one("we do need Russia’s support", "Tillerson?")]
    );
}

#[test]
fn a_name_tagged_after_a_quote_was_left_open_is_its_speaker() {
    for clicked in [false, true] {
        let mut player = Player::on(
            "The old bridge is closed. “We will fix it,” the office said. Anna Holm runs it.\n\
             “No,” Karl Berg said.",
        );
        player.click_in("will fix");
        player.keys("q Escape");
        assert_eq!(player.tags("quote")[0].1, Vec::<String>::new());
        player.click_in("Anna Ho|lm");
        if !clicked {
            let name = player.place_of("Anna Holm");
            player.select(name);
        }
        let before = player.open.document().set().clone();
        let said = player.press("s").unwrap().message;
        assert_eq!(said, "tagged speaker, linked to the quote");
        assert_eq!(
            player.tags("quote"),
            [one("“We will fix it,”", "Anna Holm")]
        );
        player.keys("Ctrl+z");
        assert_eq!(*player.open.document().set(), before, "one step");
        // In another paragraph it is a mention of its own.
        player.click_in("Karl Be|rg");
        player.keys("s");
        assert_eq!(player.tags("quote")[0].1, Vec::<String>::new());
    }
}
