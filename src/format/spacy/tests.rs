use proptest::prelude::*;

use super::*;
use crate::format::testing::{again, comes_back, document, written, written_with};

proptest! {
    #[test]
    fn documents_come_back_as_they_were(documents in prop::collection::vec(document(), 0..3)) {
        comes_back(&Spacy, documents)?;
    }
}

#[test]
fn tags_that_cut_a_plain_token_are_counted() {
    let text = r#"{"text":"unlikely","spans":[{"start":2,"end":8,"label":"quote"}]}"#;
    let input = Input {
        name: "a.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let documents = || again(Spacy.read(&input).unwrap());
    assert_eq!(written(&Spacy, documents()).1, []);
    let (_, losses) = written_with(&Spacy, &[("tokens", "plain")], documents());
    assert_eq!((losses[0].feature, losses[0].count), (Feature::Edges, 1));
}
