//! Why differences between annotators are decided as they are.

use jiff::tz::TimeZone;
use pullquote::compare::{Comparison, DifferenceKind};
use pullquote::format::sidecar::{self, record_hash};
use pullquote::model::ReviewKey;
use pullquote::ops::{Gesture, Move, Player, dated_decision_words, decision_words};

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
    let decided: Vec<usize> = player.open.adjudication().unwrap().decided().collect();
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
fn a_reason_is_for_the_decision_just_made_until_one_moves() {
    const TEXT: &str = "<a:quote>One two</a> three. <b:quote>Four five</b> six.";
    let ben = TEXT
        .replace("two</a> three", "two three</a>")
        .replace("five</b> six", "five six</b>");
    let people = [("ann", TEXT), ("ben", ben.as_str())];
    let mut player = adjudicate(&people);
    let give = |player: &mut Player, words: &str| player.run(Gesture::GiveReason(words.into()));
    let reasons = |player: &Player| {
        let decisions = player.open.document().set().decisions();
        let all: Vec<String> = decisions.map(|decision| decision.reason.clone()).collect();
        all
    };
    press(&mut player, "F5 1");
    // The next difference is selected, and the reason is for the one before it.
    assert_eq!(player.open.decided_just_now(), Some(0));
    assert_eq!(player.open.difference(), Some(1));
    let said = give(&mut player, "of the first").unwrap().message;
    assert_eq!(said, "kept the reason");
    assert_eq!(reasons(&player), ["of the first"]);
    assert_eq!(player.open.difference(), Some(1), "one stays there");

    // After a move it is for the one that one is at.
    player.run(Move::GoToDifference(1)).unwrap();
    assert_eq!(player.open.decided_just_now(), None);
    give(&mut player, "of the second").unwrap();
    press(&mut player, "2");
    assert_eq!(reasons(&player), ["of the first", "of the second"]);

    // Undone, the reason waits for the next decision, and goes with what is done again.
    press(&mut player, "Ctrl+z");
    let waits = |player: &Player| {
        let adjudication = player.open.adjudication().unwrap();
        adjudication.reason_to_come(1).map(str::to_owned)
    };
    assert_eq!(reasons(&player), ["of the first"]);
    assert_eq!(waits(&player).as_deref(), Some("of the second"));
    press(&mut player, "Ctrl+Shift+z");
    assert_eq!(reasons(&player), ["of the first", "of the second"]);
    assert_eq!(waits(&player), None);
    press(&mut player, "Ctrl+z");
    player.run(Move::GoToDifference(1)).unwrap();
    press(&mut player, "1");
    assert_eq!(reasons(&player), ["of the first", "of the second"]);
}

#[test]
fn reasons_whose_difference_is_gone_are_given_back() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    press(&mut player, "F5");
    player.run(Gesture::GiveReason("hers".into())).unwrap();
    let set = player.open.document().set().clone();
    let now = documents(&[("ann", ANN), ("ben", ANN)]);
    let comparison = Comparison::new(now, record_hash).with_deleted(&set);
    let gone = player.open.adjudicate(comparison);
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].words, "hers");
    assert_eq!(gone[0].tags[0].tag, "q2".into());
    // There is nothing that it could wait for.
    assert_eq!(
        player.open.wait_with_reason(gone[0].clone()),
        Some(gone[0].clone())
    );
}

#[test]
fn a_decision_says_when_it_was_made() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    press(&mut player, "F5 1");
    player.open.set_now("2026-11-29T08:30:10Z".parse().unwrap());
    player.run(Gesture::GiveReason("hers".into())).unwrap();
    let set = player.open.document().set();
    let key = ReviewKey {
        of: "ann".into(),
        tag: "q2".into(),
    };
    let decision = set.decision(&key).unwrap();
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    assert_eq!(
        dated_decision_words(decision, &zone),
        "took ann’s, by lead on 2026-11-29 09:30: hers"
    );
    let text = sidecar::write(player.open.document(), "a.txt");
    let stamps =
        "made: (\"lead\", \"2026-11-28T12:00:00Z\"), changed: (\"lead\", \"2026-11-29T08:30:10Z\")";
    assert!(text.contains(stamps), "{text}");
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

#[test]
fn what_goes_with_a_decision_is_said() {
    const TEXT: &str = "<q:quote>We do not,</q> <s:speaker>Lee</s> and <t:speaker>Moe</t> said.
---
q -speaker-> s
q -speaker-> t";
    let ben = "We do not, Lee and Moe said.";
    let mut player = adjudicate(&[("ann", TEXT), ("ben", ben)]);
    let ben = "We do not, <b:claim>Lee</b> and Moe said.";
    compare(&mut player, documents(&[("ann", TEXT), ("ben", ben)]));
    player.run(Move::GoToDifference(0)).unwrap();
    let before = player.open.document().set().clone();
    let said = press(&mut player, "x");
    assert!(
        said.contains("all wrong about the quote; also ruled out: 1 speaker"),
        "{said}"
    );
    let adjudication = player.open.adjudication().unwrap();
    let set = player.open.document().set();
    let with_it = adjudication.ruled_out_with(0, set);
    let words = |group: &usize| {
        let hull = adjudication.comparison().groups()[*group].hull;
        player.open.document().source().slice(hull).to_owned()
    };
    let with_it: Vec<String> = with_it.iter().map(words).collect();
    assert_eq!(with_it, ["Moe"]);
    press(&mut player, "Ctrl+z");
    assert_eq!(*player.open.document().set(), before, "one step");
}
