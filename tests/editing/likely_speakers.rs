//! Who is offered, and what a key does where nobody is.

use pullquote::model::PersonKind;
use pullquote::ops::{Edit, PersonChoice};

use crate::support::Player;

fn tags(player: &Player, label: &str) -> Vec<(String, Vec<String>)> {
    player.tags(label)
}

fn one(words: &str, speaker: &str) -> (String, Vec<String>) {
    (words.to_owned(), vec![speaker.to_owned()])
}

#[test]
fn a_pronoun_stands_for_the_person_it_most_likely_means() {
    let mut player = Player::on(
        "Ann Lee, the mayor, met Karl Roe in Bonn. She said that the bridge is closed. “We wait,” she added.",
    );
    player.click_in("bridge is");
    player.keys("q");
    let chips = player.open.chips().unwrap();
    let words: Vec<&str> = chips.candidates.iter().map(|one| &*one.words).collect();
    assert_eq!(words, ["She", "Karl Roe"], "each person once");
    player.keys("Enter");
    assert_eq!(player.people(), ["Ann Lee"]);
    assert_eq!(
        tags(&player, "quote"),
        [one("that the bridge is closed", "She")]
    );
    // The person goes with the mention that brought them.
    player.keys("Tab");
    assert_eq!(player.people(), ["Karl Roe"]);
    player.click_in("We wait");
    player.keys("q Enter");
    assert!(player.people().contains(&"Ann Lee"));
}

#[test]
fn no_mark_is_tagged_as_a_speaker() {
    let text = "“We wait,” the mayor, Ann Lee, told them. Roe left.";
    for place in ["|“We wait", "We wait,|”"] {
        let mut player = Player::on(text);
        player.click_in("We wait");
        player.keys("q");
        player.click_in(place);
        player.keys("s");
        assert_eq!(tags(&player, "quote")[0].1.len(), 1, "{place}");
        assert!(!tags(&player, "quote")[0].1[0].ends_with('?'), "{place}");
        let speakers = tags(&player, "speaker");
        assert_eq!(speakers.len(), 1, "{speakers:?}");
        assert!(speakers[0].0.contains("Lee") || speakers[0].0.contains("mayor"));
    }
    let mut player = Player::on("“We wait,” was heard to help.");
    for place in ["|“We", "to |help"] {
        player.click_in(place);
        let refused = player.press("s").unwrap_err();
        assert!(refused.contains("put it on a name"), "{refused}");
    }
    assert!(tags(&player, "speaker").is_empty());
}

#[test]
fn who_is_tagged_by_description_can_be_chosen() {
    let mut player = Player::on("The old man left. “We wait,” was heard. “Too late.”");
    player.select(player.place_of("The old man"));
    player.keys("s");
    player.click_in("We wait");
    player.keys("q");
    let quote = player.open.current_tag().unwrap().id.clone();
    let nearby = player.open.named_nearby(&quote);
    let names: Vec<&str> = nearby.iter().map(|named| &*named.name).collect();
    assert_eq!(names, ["The old man"]);
    player
        .run(Edit::AssignPerson {
            tag: Some(quote),
            person: PersonChoice::New {
                name: "the old man".to_owned(),
                kind: PersonKind::Person,
            },
        })
        .unwrap();
    let both = "“We wait,” | “Too late.”";
    assert_eq!(tags(&player, "quote"), [one(both, "The old man")]);
    assert_eq!(player.people(), Vec::<&str>::new());
}

#[test]
fn the_second_half_of_a_quotation_is_offered_as_a_part() {
    let mut player =
        Player::on("“We wait,” said Ann Lee. “Nothing has been done so far.” Roe left.");
    player.select(player.place_of("“We wait,”"));
    player.keys("q");
    let outcome = player.press("Shift+n").unwrap();
    assert_eq!(player.selected(), "“Nothing has been done so far.”");
    assert!(
        outcome.message.contains("A adds this"),
        "{}",
        outcome.message
    );
    player.keys("a");
    assert_eq!(tags(&player, "quote").len(), 1);
}
