//! What an article is to become.

use crate::model::{Annotation, Document, Link, Schema, Target};
use crate::text::{SourceText, TextRange};

/// An article with its quotes, without anything else.
pub(super) struct GoldArticle {
    pub(super) id: String,
    pub(super) source: SourceText,
    /// In the order of the text.
    pub(super) quotes: Vec<Attribution>,
}

/// A quote and who said it, in bytes.
pub(super) struct Attribution {
    pub(super) fragments: Vec<TextRange>,
    pub(super) speakers: Vec<TextRange>,
}

impl GoldArticle {
    pub(super) fn new(id: String, document: &Document, schema: &Schema, label: &str) -> Self {
        let role = schema.speaker_role(label).map(|role| role.key.clone());
        let set = document.set();
        let counts = |tag: &&Annotation| {
            tag.label == label && !tag.is_open_suggestion() && !tag.is_rejected()
        };
        let speakers = |quote: &Annotation| {
            let links = set.links_from(&quote.id);
            links
                .filter(|link| Some(&link.role) == role.as_ref())
                .filter_map(|link| mention(document, quote, link))
                .collect()
        };
        let quotes = set.annotations().filter(counts).map(|quote| Attribution {
            fragments: quote.fragments.iter().collect(),
            speakers: speakers(quote),
        });
        let mut quotes: Vec<Attribution> = quotes.collect();
        quotes.sort_by_key(|quote| {
            quote
                .fragments
                .first()
                .map(|part| (part.start(), part.end()))
        });
        Self {
            id,
            source: document.source().clone(),
            quotes,
        }
    }
}

/// Where a link leads; where that is somebody of the roster, to the nearest mention.
fn mention(document: &Document, quote: &Annotation, link: &Link) -> Option<TextRange> {
    let set = document.set();
    match &link.to {
        Target::Annotation(id) => Some(set.annotation(id)?.fragments.hull()),
        Target::Person(person) => {
            let start = u32::from(quote.fragments.start());
            let mentions = set.mentions(person).map(|tag| tag.fragments.hull());
            mentions.min_by_key(|range| u32::from(range.start()).abs_diff(start))
        }
        Target::NotGiven => None,
    }
}
