//! How much an annotation holds, for the accounts of an import.

use super::item::{Item, Link, Tag};
use crate::format::interchange::extras::facts;
use crate::format::tally::{Content, Counts};

impl Tag {
    /// What it holds.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = facts(&self.attributes, &self.note);
        counts.add(Content::Tag, 1);
        counts
    }
}

impl Link {
    /// What it holds.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = self.facts.counts();
        counts.add(Content::Link, 1);
        counts
    }
}

impl Item {
    /// What it holds.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        match self {
            Self::Tags(tags) => {
                for tag in tags {
                    counts.extend(tag.counts());
                }
            }
            Self::Links(links) => {
                for link in links {
                    counts.extend(link.counts());
                }
            }
        }
        counts
    }
}
