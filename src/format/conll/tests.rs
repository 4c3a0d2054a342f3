mod import;

use insta::assert_snapshot;

use super::*;
use crate::format::testing::{Files, example, written, written_with};

fn file(files: &Files, name: &str) -> String {
    let found = files.0.iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap().1.clone()).unwrap()
}

#[test]
fn each_label_is_a_file() {
    let (files, losses) = written(&Conll, example());
    let mut names: Vec<_> = files.0.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["claim.conll", "cue.conll", "quote.conll", "speaker.conll"]
    );
    assert_snapshot!(file(&files, "quote.conll"));
    let losses: Vec<String> = losses.iter().map(ToString::to_string).collect();
    assert_snapshot!("losses", losses.join("\n"));
}

#[test]
fn ends_and_places_can_be_told() {
    let chosen = [("scheme", "bilou"), ("columns", "4")];
    let (files, _) = written_with(&Conll, &chosen, example());
    assert_snapshot!(file(&files, "quote.conll"));
}
