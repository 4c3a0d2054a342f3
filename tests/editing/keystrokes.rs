//! What keys do, in a row, by the real keymap.

use crate::support::Player;

const REPORT: &str = "that despite differences between the two sides, the United States is relying \
                      on Russia to help solve the crisis in Syria and denuclearize North Korea";
const THINK: &str = "“I think the president has been quite clear that he views it as extremely \
                     important that the United States and Russia have a working relationship,”";

fn tags(player: &Player, label: &str) -> Vec<(String, Vec<String>)> {
    player.tags(label)
}

fn one(words: &str, speaker: &str) -> (String, Vec<String>) {
    (words.to_owned(), vec![speaker.to_owned()])
}

#[test]
fn an_article_is_gone_through_without_arrows() {
    let mut player = Player::sample();
    player.keys("Shift+n q Shift+n q Shift+n q a Shift+n Shift+n Shift+n");
    assert_eq!(player.selected(), REPORT);
    player.keys("q Shift+n");
    let quotes = tags(&player, "quote");
    assert_eq!(quotes.len(), 4);
    let confirmed = [
        "Secretary of State Rex Tillerson",
        "President Trump",
        "Tillerson",
        "Tillerson",
    ];
    for ((words, speakers), confirmed) in quotes.iter().zip(confirmed) {
        assert_eq!(speakers, &[confirmed], "{words}");
    }
    assert_eq!(quotes[2].0, format!("{THINK} | “Today we do not.”"));
    player.keys("Shift+p Shift+p");
    assert!(
        player.selected().starts_with("that he views it"),
        "{}",
        player.selected()
    );
}

#[test]
fn going_back_and_on_comes_to_the_same_passages_and_ends() {
    let mut player = Player::sample();
    let mut on = Vec::new();
    while player.press("Shift+n").is_ok() {
        on.push(player.selected().to_owned());
    }
    let refused = player.press("Shift+n").unwrap_err();
    assert!(refused.contains("no more untagged"), "{refused}");
    let mut back = vec![player.selected().to_owned()];
    while player.press("Shift+p").is_ok() {
        back.push(player.selected().to_owned());
    }
    back.reverse();
    assert_eq!(on, back);
    assert!(on.len() > 15);
}

#[test]
fn next_tag_goes_on_to_what_is_not_tagged_where_no_tag_follows() {
    let mut player = Player::sample();
    player.click_in("president has been quite");
    player.keys("q Enter n");
    assert!(
        player.selected().starts_with("that despite"),
        "{}",
        player.selected()
    );
}

#[test]
fn a_claim_in_a_quote_takes_its_words_and_its_confirmed_speaker() {
    let claim = "despite differences between the two sides, the United States is relying on \
                 Russia to help solve the crisis in Syria and denuclearize North Korea";
    for place in [
        "the United |States is relying",
        "North Korea|.",
        "Tillerson pointed| out that",
        "Tillerson |pointed out that",
        "pointed out |that despite",
        "pointed out that| despite",
    ] {
        let mut player = Player::sample();
        player.click_in("relying on Russia");
        player.keys("q Enter");
        player.click_in(place);
        player.keys("c");
        assert_eq!(tags(&player, "claim"), [one(claim, "Tillerson")], "{place}");
        assert!(player.open.chips().is_none(), "nothing to confirm");
        // The Enter of habit accepts nothing.
        let before = player.open.document().set().clone();
        let said = player.press("Enter").unwrap().message;
        assert!(said.contains("confirmed already"), "{said}");
        assert_eq!(*player.open.document().set(), before);
    }
    // In marks: at the edge, on the verb.
    for place in [
        "supportive of the sanctions,\"|",
        "Tillerson sa|id on Tuesday. \"They",
    ] {
        let mut player = Player::sample();
        player.click_in("large, at the Security");
        player.keys("q Enter");
        player.click_in(place);
        player.keys("c");
        let [(words, speakers)] = tags(&player, "claim").try_into().unwrap();
        assert!(
            words.starts_with("By and large") && words.ends_with("sanctions"),
            "{words}"
        );
        assert_eq!(speakers, ["Tillerson"]);
    }
}

#[test]
fn one_enter_answers_for_a_quote_and_the_claim_in_it() {
    for keys in ["q c Enter", "q c Shift+n"] {
        let mut player = Player::sample();
        player.click_in("relying on Russia");
        player.keys(keys);
        for label in ["quote", "claim"] {
            let [(_, speakers)] = tags(&player, label).try_into().unwrap();
            assert_eq!(speakers, ["Tillerson"], "{label} {keys}");
        }
        assert_eq!(player.open.tally().unconfirmed, 0);
    }
}

#[test]
fn a_claim_of_the_author_gets_no_speaker_of_another_paragraph() {
    let mut player = Player::sample();
    player.click_in("are currently |conducting");
    player.keys("c");
    let [(words, speakers)] = tags(&player, "claim").try_into().unwrap();
    assert!(
        words.ends_with("into the allegations"),
        "as a clause, without the full stop"
    );
    assert_eq!(speakers, Vec::<String>::new());
}

#[test]
fn tagging_never_jumps_to_a_tag_the_caret_is_not_in() {
    let mut player = Player::sample();
    player.click_in("relying on Russia");
    player.keys("q Enter");
    player.click_in("Tillerson |pointed out");
    let refused = player.press("q").unwrap_err();
    assert!(refused.contains("tagged already"), "{refused}");
    // Nor does Enter accept it from there.
    let refused = player.press("Enter").unwrap_err();
    assert!(refused.contains("no tag here"), "{refused}");
    // What is not tagged yet is.
    let mut player = Player::on("“We do,” Lee said. Roe said that Poe left and that it was late.");
    player.click_in("We do");
    player.keys("q Enter");
    player.click_in("R|oe said");
    player.keys("q");
    assert_eq!(player.current(), "that Poe left and that it was late");
}

#[test]
fn enter_leaves_alone_what_is_behind_a_selection() {
    let mut player = Player::sample();
    player.keys("Shift+n q Shift+n");
    let before = player.open.document().set().clone();
    let refused = player.press("Enter").unwrap_err();
    assert!(refused.contains("no tag here"), "{refused}");
    assert_eq!(*player.open.document().set(), before);
}

#[test]
fn the_subject_of_the_inner_report_comes_first() {
    for (quote, keys, speaker) in [
        (
            "extremely important to establish",
            "Shift+p q",
            "President Trump",
        ),
        ("that he |views it", "Shift+p q", "the president"),
    ] {
        let mut player = Player::sample();
        player.click_in(quote);
        player.keys(keys);
        let (words, speakers) = tags(&player, "quote").remove(0);
        assert_eq!(speakers, [format!("{speaker}?")], "{words}");
        let form = player
            .open
            .current_tag()
            .unwrap()
            .attribute("form")
            .unwrap()
            .clone();
        assert_eq!(form, "indirect", "{words}");
    }
}

#[test]
fn the_inner_report_of_a_short_sentence_has_its_own_subject() {
    let mut player =
        Player::on("Lee said President Trump believes that the talks will go on for long.");
    player.keys("Shift+n q Shift+n q");
    let speakers: Vec<_> = tags(&player, "quote")
        .into_iter()
        .map(|tag| tag.1)
        .collect();
    assert_eq!(speakers, [["Lee"], ["President Trump?"]]);
    // A claim in it is said by the one whose quote is nearest around it.
    player.keys("Enter c");
    assert_eq!(
        tags(&player, "claim"),
        [one("the talks will go on for long", "President Trump")]
    );
}

#[test]
fn a_speaker_tagged_for_a_quote_is_linked_to_it() {
    let noted = "that the Trump administration has from the very beginning been very tough on \
                 Russia, and has taken steps to put pressure on Moscow";
    let mut player = Player::sample();
    player.click_in("been very tough");
    player.keys("q");
    player.click_in("McMaster| claimed");
    player.keys("s");
    assert_eq!(tags(&player, "quote"), [one(noted, "McMaster")]);
    assert_eq!(player.open.tally().unconfirmed, 0);
    // One step to undo; what was proposed before is there again.
    player.keys("Ctrl+z");
    assert_eq!(tags(&player, "quote"), [one(noted, "Sanders?")]);
    // A quote that has its answer keeps it.
    player.click_in("been very tough");
    player.keys("Enter");
    player.click_in("McMaster| claimed");
    player.keys("s");
    assert_eq!(tags(&player, "quote"), [one(noted, "Sanders")]);
    // One far away is a mention of its own.
    let mut player = Player::sample();
    player.click_in("been very tough");
    player.keys("q");
    player.click_in("H|e stressed");
    player.keys("s");
    assert_eq!(tags(&player, "quote"), [one(noted, "Sanders?")]);
}

#[test]
fn a_claim_is_made_in_the_words_of_its_own_report() {
    let mut player = Player::on("Lee said that prices rose fast, and Roe said that wages fell.");
    player.click_in("prices");
    player.keys("q Enter");
    player.click_in("Roe sa|id that wages");
    player.keys("c");
    assert_eq!(player.current(), "wages fell");
}

#[test]
fn a_mention_goes_with_the_only_link_that_made_it_and_so_does_its_person() {
    let mut player = Player::sample();
    player.click_in("McMaster| claimed");
    player.keys("s");
    player.click_in("more in common");
    player.keys("q Enter");
    assert_eq!(player.people(), ["McMaster", "Wayne Curtis Weldon"]);
    player.keys("Tab");
    assert_eq!(player.people(), ["McMaster"]);
    let speakers: Vec<String> = tags(&player, "speaker")
        .into_iter()
        .map(|tag| tag.0)
        .collect();
    assert_eq!(speakers, ["McMaster"]);
    player.keys("Shift+Tab");
    assert_eq!(player.people(), ["McMaster", "Wayne Curtis Weldon"]);
}

#[test]
fn the_first_minute_gives_the_same_names_wherever_it_begins() {
    let starts = [
        ("working relationship at the moment", "Rex Tillerson"),
        ("president has been quite", "Rex Tillerson"),
        ("relying on Russia", "Rex Tillerson"),
        ("restoring relations", "Wayne Curtis Weldon"),
        ("far worse", "Wayne Curtis Weldon"),
        ("more in common", "Wayne Curtis Weldon"),
    ];
    for (place, name) in starts {
        let mut player = Player::sample();
        player.click_in(place);
        player.keys("q Enter");
        assert_eq!(player.people(), [name], "{place}");
    }
}

#[test]
fn many_pronouns_are_one_candidate_and_people_come_first() {
    let mut player = Player::on(
        "He sat. He ate. He ran. He hid. He won. He ran off. He left.\n\nBo Roe and Ann Lee met.\n\n\
         It was “a long and strange day for all.”",
    );
    for at in [
        "H|e sat",
        "H|e ate",
        "H|e ran.",
        "H|e hid",
        "H|e won",
        "H|e ran off",
        "H|e left",
    ] {
        player.click_in(at);
        player.keys("s");
    }
    for at in ["Bo |Roe", "Ann |Lee"] {
        player.click_in(at);
        player.keys("s");
    }
    player.click_in("strange day");
    player.keys("q");
    let chips = player.open.chips().unwrap();
    let words: Vec<&str> = chips
        .candidates
        .iter()
        .map(|one| one.words.as_str())
        .collect();
    assert_eq!(words, ["Ann Lee", "Bo Roe", "He"]);
}

#[test]
fn contractions_things_and_titles_are_no_speakers() {
    for (text, place) in [
        (
            "Talks With North Korea Will Go On, White House Says\n\n“We hope to have talks there.”",
            "hope to",
        ),
        ("“They’ve been very good to us so far.”", "very good"),
        (
            "It is thought that the talks will go on for long.",
            "will go",
        ),
    ] {
        let mut player = Player::on(text);
        player.click_in(place);
        player.keys("q");
        let chips = player.open.chips().unwrap();
        let words: Vec<&str> = chips
            .candidates
            .iter()
            .map(|one| one.words.as_str())
            .collect();
        for wrong in [
            "They’ve",
            "It",
            "White House",
            "Talks",
            "North Korea",
            "Talks With North Korea",
        ] {
            assert!(!words.contains(&wrong), "{text}: {words:?}");
        }
    }
}

#[test]
fn selected_words_are_cut_out_of_a_tag() {
    let mut player = Player::sample();
    player.click_in("relying on Russia");
    player.keys("q Enter");
    player.select(player.place_of("despite differences between the two sides, "));
    player.keys("-");
    assert_eq!(
        player.current(),
        "that | the United States is relying on Russia to help solve the crisis in Syria and \
         denuclearize North Korea"
    );
    player.select(player.place_of("denuclearize North Korea"));
    player.keys("-");
    assert!(
        player.current().ends_with("in Syria and"),
        "{}",
        player.current()
    );
    player.select(player.place_of("that despite"));
    player.keys("-");
    assert!(
        player.current().starts_with("the United"),
        "{}",
        player.current()
    );
    player.click_in("Tillerson |pointed");
    player.select(player.place_of("pointed out"));
    let refused = player.press("-").unwrap_err();
    assert!(
        refused.contains("cut out") || refused.contains("no tag here"),
        "{refused}"
    );
    player.select(
        player.place_of(
            "the United States is relying on Russia to help solve the crisis in Syria and",
        ),
    );
    assert!(player.press("-").unwrap_err().contains("press Del"));
    player.keys("Ctrl+z Ctrl+z Ctrl+z");
    assert_eq!(tags(&player, "quote")[0].0, REPORT);
}

#[test]
fn parts_are_added_to_the_last_tag() {
    let mut player = Player::sample();
    player.select(player.place_of(THINK));
    player.keys("q Enter");
    // A speaker is tagged in between, and the second part chosen by a click or by hand.
    player.click_in("McMaster| claimed");
    player.keys("s");
    player.click_in("Today |we");
    player.keys("a");
    assert_eq!(player.current(), format!("{THINK} | “Today we do not.”"));
    player.select(player.place_of("on Tuesday"));
    player.keys("a");
    assert!(player.current().contains("on Tuesday"));
    assert_eq!(tags(&player, "quote").len(), 1);
}

#[test]
fn growing_stops_at_the_tag_around() {
    let mut player = Player::sample();
    player.select(player.place_of("differences between the two sides, the United"));
    player.keys("q");
    player.click_in("two |sides");
    let mut seen = Vec::new();
    while player.press("e").is_ok() {
        seen.push(player.selected().to_owned());
    }
    assert!(
        seen.contains(&"differences between the two sides, the United".to_owned()),
        "{seen:?}"
    );
    for before in seen.iter().rev().skip(1) {
        player.keys("Shift+e");
        assert_eq!(player.selected(), before);
    }
}

#[test]
fn thirty_steps_are_undone_and_done_again_to_the_byte() {
    let mut player = Player::sample();
    let text = |player: &Player| pullquote::format::sidecar::write(player.open.document(), "a.txt");
    let untouched = text(&player);
    while player.press("Shift+n").is_ok() {
        player.keys("q c");
    }
    let finished = text(&player);
    let mut steps = 0;
    while player.press("Ctrl+z").is_ok() {
        steps += 1;
    }
    assert!(steps > 30);
    assert_eq!(text(&player), untouched);
    for _ in 0..steps {
        player.keys("Ctrl+y");
    }
    assert_eq!(text(&player), finished);
}
