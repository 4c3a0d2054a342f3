//! Why differences between annotators are decided as they are.

use pullquote::compare::DifferenceKind;
use pullquote::format::sidecar;
use pullquote::model::ReviewKey;
use pullquote::ops::{Gesture, Move, Player, decision_words};

use super::adjudicating::{ANN, adjudicate, compare, documents, press};

#[test]
fn a_decision_keeps_its_reason() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    let give = |player: &mut Player, words: &str| player.run(Gesture::GiveReason(words.into()));
    give(&mut player, "too early").unwrap_err();
    press(&mut player, "F5");
    let said = give(&mut player, " the stop is hers ").unwrap().message;
    assert_eq!(said, "the reason will be kept with your decision");
    assert!(player.open.is_saved(), "nothing is decided yet");
    press(&mut player, "1");
    let key = ReviewKey {
        of: "ann".into(),
        tag: "q2".into(),
    };
    let reason = |player: &Player| {
        let decision = player.open.document().set().decision(&key).unwrap();
        (decision.reason.clone(), decision_words(decision))
    };
    let all = "took ann’s, by lead: the stop is hers".to_owned();
    assert_eq!(reason(&player), ("the stop is hers".to_owned(), all));

    // Away from differences it is about the last one; it can be taken back.
    give(&mut player, "house style").unwrap();
    assert_eq!(reason(&player).0, "house style");
    press(&mut player, "Ctrl+z");
    assert_eq!(reason(&player).0, "the stop is hers");
    give(&mut player, "").unwrap();
    assert_eq!(reason(&player).0, "");
    press(&mut player, "Ctrl+z");

    // A decided difference can be gone to and decided otherwise; what was said of it does not hold then.
    let decided: Vec<usize> = player.open.adjudication().unwrap().ruled().collect();
    player.run(Move::GoToDifference(decided[0])).unwrap();
    assert_eq!(player.open.difference(), Some(decided[0]));
    let said = press(&mut player, "2");
    assert!(said.contains("; the reason given before is gone"), "{said}");
    assert_eq!(
        reason(&player),
        (String::new(), "took ben’s, by lead".to_owned())
    );

    let text = sidecar::write(player.open.document(), "a.txt");
    assert!(!text.contains("reason"), "{text}");
    press(&mut player, "Ctrl+z");
    let text = sidecar::write(player.open.document(), "a.txt");
    assert!(
        text.contains("reason: \"the stop is hers\", made: (\"lead\""),
        "{text}"
    );
    let read = sidecar::read(&text, player.open.document().source()).unwrap();
    assert_eq!(read.set, *player.open.document().set());
}

#[test]
fn reasons_wait_for_their_decisions() {
    const TEXT: &str = "<a:quote>One two</a> three. <b:quote>Four five</b> six.";
    let ben = TEXT
        .replace("two</a> three", "two three</a>")
        .replace("five</b> six", "five six</b>");
    let people = [("ann", TEXT), ("ben", ben.as_str())];
    let mut player = adjudicate(&people);
    let give = |player: &mut Player, words: &str| player.run(Gesture::GiveReason(words.into()));
    press(&mut player, "F5");
    give(&mut player, "of the first").unwrap();
    press(&mut player, "F5");
    give(&mut player, "of the second").unwrap();
    // A third annotator, who comes first, has a tag before both.
    let aaron = "<z:claim>One</z> two three. Four five six.";
    let three = [("aaron", aaron), people[0], people[1]];
    compare(&mut player, documents(&three));
    press(&mut player, "2");
    let at = |player: &Player| {
        let adjudication = player.open.adjudication().unwrap();
        let group = player.open.difference().unwrap();
        adjudication.reason_to_come(group).map(str::to_owned)
    };
    while at(&player).is_none() {
        press(&mut player, "F5");
    }
    assert_eq!(at(&player).unwrap(), "of the first");
    press(&mut player, "3");
    let decisions = player.open.document().set().decisions();
    let reasons: Vec<&str> = decisions
        .map(|decision| decision.reason.as_str())
        .filter(|reason| !reason.is_empty())
        .collect();
    assert_eq!(reasons, ["of the first", "of the second"]);
}

#[test]
fn what_nobody_has_any_more_takes_no_reason() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    press(&mut player, "F5 1");
    let gone = ANN.replace("<q2:quote>", "").replace("</q2>", "");
    compare(&mut player, documents(&[("ann", &gone), ("ben", &gone)]));
    press(&mut player, "F5");
    let adjudication = player.open.adjudication().unwrap();
    assert_eq!(adjudication.listed()[0].0, DifferenceKind::Deleted);
    let refused = player.run(Gesture::GiveReason("why".into())).unwrap_err();
    assert!(
        refused.starts_with("no annotator has this tag"),
        "{refused}"
    );
}
