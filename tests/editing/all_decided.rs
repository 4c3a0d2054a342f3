//! The quick look at work that is decided already says what the comparison says.

use std::fmt::Write as _;

use proptest::prelude::*;
use pullquote::compare::all_decided;
use pullquote::format::sidecar::record_hash;
use pullquote::model::Document;
use pullquote::ops::{Adjudication, DecisionStep, Gesture, Player};
use smol_str::SmolStr;

use super::adjudicating::{adjudicate_documents, compare, press};
use crate::support::tagged;

const TEXT: &str = "One two three four five six seven eight";

/// A tag of somebody: label, first and last word, and which tag of theirs it is linked to.
type AnyTag = (usize, usize, usize, Option<usize>);

fn any_tags() -> impl Strategy<Value = Vec<AnyTag>> {
    prop::collection::vec(
        (
            0_usize..3,
            0_usize..8,
            0_usize..3,
            prop::option::of(0_usize..4),
        ),
        0..5,
    )
}

/// Their work, with further lines of the notation.
fn document(name: &str, tags: &[AnyTag], more: &str) -> Document {
    let words: Vec<&str> = TEXT.split(' ').collect();
    let mut notation = String::new();
    for (at, word) in words.iter().enumerate() {
        notation += if at > 0 { " " } else { "" };
        for (n, (label, first, _, _)) in tags.iter().enumerate() {
            if *first == at {
                let label = ["quote", "speaker", "claim"][*label];
                write!(notation, "<{name}{n}:{label}>").unwrap();
            }
        }
        notation += word;
        for (n, (_, first, more, _)) in tags.iter().enumerate().rev() {
            if (first + more).min(words.len() - 1) == at {
                write!(notation, "</{name}{n}>").unwrap();
            }
        }
    }
    notation += "\n---\n";
    for (n, (_, _, _, to)) in tags.iter().enumerate() {
        if let Some(to) = to.filter(|to| *to < tags.len() && *to != n) {
            writeln!(notation, "{name}{n} -speaker-> {name}{to}").unwrap();
        }
    }
    tagged(&(notation + more))
}

fn looks_alike(player: &Player, documents: &[(SmolStr, Document)]) {
    let set = player.open.document().set();
    let quick = sees(player, documents);
    let comparison = player.open.adjudication().unwrap().comparison().clone();
    let left = Adjudication::new(comparison, set).undecided();
    // It may be in doubt, and then the comparison is asked.
    assert!(!quick || left.is_empty(), "{left:?}");
}

proptest! {
    #[test]
    fn nothing_is_left_where_all_is_decided(
        people in prop::collection::vec(any_tags(), 2..4),
        keys in prop::collection::vec(0_usize..6, 0..14),
        changed in (0_usize..3, any_tags()),
        more_keys in prop::collection::vec(0_usize..6, 0..8),
    ) {
        let names = ["ann", "ben", "cleo"];
        let mut documents: Vec<(SmolStr, Document)> = names
            .iter()
            .zip(&people)
            .map(|(name, tags)| ((*name).into(), document(name, tags, "")))
            .collect();
        let mut player = adjudicate_documents(documents.clone());
        let decide = |player: &mut Player, keys: &[usize], documents: &[(SmolStr, Document)]| {
            for key in keys {
                let key = ["F5", "1", "2", "3", "0", "x"][*key];
                // Some say nothing here.
                let _ = player.press(key);
                looks_alike(player, documents);
            }
        };
        decide(&mut player, &keys, &documents);
        let (whose, tags) = changed;
        if let Some((name, theirs)) = documents.get_mut(whose) {
            *theirs = document(name, &tags, "");
        }
        compare(&mut player, documents.clone());
        looks_alike(&player, &documents);
        decide(&mut player, &more_keys, &documents);
        // What they were before.
        let mut before = documents.clone();
        if let Some((name, theirs)) = before.get_mut(whose) {
            *theirs = document(name, &people[whose], "");
        }
        compare(&mut player, before.clone());
        looks_alike(&player, &before);
    }
}

proptest! {
    /// The other way round: where each difference has its decision and nothing has changed since, it is said. Each
    /// tags a word once: what somebody has twice may be in doubt.
    #[test]
    fn where_each_difference_is_decided_it_is_seen(
        people in prop::collection::vec(prop::collection::btree_map(0_usize..8, 0_usize..3, 1..5), 2..4),
        keys in prop::collection::vec(prop::sample::select(vec!["1", "2", "0"]), 40),
    ) {
        let documents: Vec<(SmolStr, Document)> = ["ann", "ben", "cleo"]
            .iter()
            .zip(&people)
            .map(|(name, words)| {
                let tags = words.iter().map(|(word, label)| (*label, *word, 0, None));
                ((*name).into(), document(name, &tags.collect::<Vec<_>>(), ""))
            })
            .collect();
        let mut player = adjudicate_documents(documents.clone());
        let _ = player.run(Gesture::Decide(DecisionStep::Agreed));
        for key in keys {
            if player.open.adjudication().unwrap().open_count() == 0 {
                break;
            }
            let _ = player.press("F5");
            let _ = player.press(key);
            looks_alike(&player, &documents);
        }
        let open = player.open.adjudication().unwrap().open_count();
        prop_assert_eq!(sees(&player, &documents), open == 0);
    }
}

/// What the quick look says.
fn sees(player: &Player, documents: &[(SmolStr, Document)]) -> bool {
    let named: Vec<(&str, &Document)> = documents
        .iter()
        .map(|(name, document)| (name.as_str(), document))
        .collect();
    all_decided(&named, player.open.document().set(), record_hash)
}

#[test]
fn what_is_decided_is_seen_at_once() {
    let tags = [(0, 0, 1, Some(1)), (1, 3, 0, None), (2, 5, 1, None)];
    let mut other = tags;
    other[0].2 = 2;
    let with = |other: &[AnyTag], more: &str| -> Vec<(SmolStr, Document)> {
        let ann = ("ann".into(), document("ann", &tags, ""));
        vec![ann, ("ben".into(), document("ben", other, more))]
    };
    let documents = with(&other, "");
    let mut player = adjudicate_documents(documents.clone());
    assert!(!sees(&player, &documents));
    press(&mut player, "F5 2");
    assert!(sees(&player, &documents));
    // A review by themselves is no change, another label is one.
    assert!(sees(&player, &with(&other, "ben2 review=accepted")));
    other[2].0 = 0;
    assert!(!sees(&player, &with(&other, "")));
    assert!(!sees(&player, &documents[..1]));
}
