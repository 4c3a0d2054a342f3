use super::flat::FlatFacts;
use crate::model::ArticleFacts;

/// The file of an article's facts, canonical: the same facts give the same bytes.
#[must_use]
pub fn write(facts: &ArticleFacts) -> String {
    FlatFacts::new(facts).layout().text
}
