use std::collections::BTreeMap;
use std::fmt;

use super::Feature;

/// Something an export could not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub feature: Feature,
    /// How many tags, links or records it was on.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// The first of these documents.
    pub first: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            feature,
            count,
            documents,
            first,
        } = self;
        let what = match feature {
            Feature::Edges => "places where a tag cuts a token",
            Feature::Characters => "characters of the text",
            Feature::Unknown => "records or fields only the sidecar keeps",
            feature => feature.word(),
        };
        write!(f, "{what} not carried: {count} in ")?;
        match documents {
            1 => write!(f, "`{first}`"),
            _ => write!(f, "{documents} documents, the first is `{first}`"),
        }
    }
}

/// Counts losses while documents stream by.
#[derive(Default)]
pub(super) struct Losses(BTreeMap<Feature, Loss>);

impl Losses {
    /// Notes that `count` things of a document are lost; nothing for 0. Once a document and feature.
    pub(super) fn add(&mut self, feature: Feature, document: &str, count: usize) {
        if count == 0 {
            return;
        }
        let loss = self.0.entry(feature).or_insert_with(|| Loss {
            feature,
            count: 0,
            documents: 0,
            first: document.to_owned(),
        });
        loss.count += count;
        loss.documents += 1;
    }

    /// All losses, in the order of [`Feature`].
    pub(super) fn into_vec(self) -> Vec<Loss> {
        self.0.into_values().collect()
    }
}
