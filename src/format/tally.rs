//! The accounts of an import: what a file holds, counted where it is taken apart, against what the
//! documents hold and what is told to be left out.

use super::ImportedDocument;
use crate::model::Attribute;
use crate::text::wording::{count, count_as};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Texts; or of a text, the work of one annotator.
    Document,
    Tag,
    Link,
    /// Of tags and links.
    Attribute,
    /// On tags and links.
    Note,
    Person,
}

impl Content {
    const ALL: [Self; 6] = [
        Self::Document,
        Self::Tag,
        Self::Link,
        Self::Attribute,
        Self::Note,
        Self::Person,
    ];

    pub(super) fn counted(self, number: usize) -> String {
        match self {
            Self::Document => count(number, "document"),
            Self::Tag => count(number, "tag"),
            Self::Link => count(number, "link"),
            Self::Attribute => count(number, "attribute"),
            Self::Note => count(number, "note"),
            Self::Person => count_as(number, "person", "people"),
        }
    }
}

/// How many there are of each kind of content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts([usize; Content::ALL.len()]);

impl Counts {
    /// So many of one kind.
    pub(super) fn of(content: Content, number: usize) -> Self {
        let mut counts = Self::default();
        counts.add(content, number);
        counts
    }

    /// Adds so many of one kind.
    pub(super) fn add(&mut self, content: Content, number: usize) -> &mut Self {
        if let Some(count) = self.0.get_mut(content as usize) {
            *count += number;
        }
        self
    }

    pub(super) fn get(&self, content: Content) -> usize {
        self.0.get(content as usize).copied().unwrap_or(0)
    }

    /// Adds all of another.
    pub(super) fn extend(&mut self, other: Self) -> &mut Self {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
        self
    }

    /// Adds what a document holds.
    pub(super) fn add_document(&mut self, document: &ImportedDocument) {
        let set = document.document.set();
        let mut of_record = |attributes: &[Attribute], note: &str| {
            self.add(Content::Attribute, attributes.len());
            self.add(Content::Note, usize::from(!note.is_empty()));
        };
        for tag in set.annotations_by_id() {
            of_record(&tag.attributes, &tag.note);
        }
        for link in set.links() {
            of_record(&link.attributes, &link.note);
        }
        self.add(Content::Document, 1);
        self.add(Content::Tag, set.annotation_count());
        self.add(Content::Link, set.link_count());
        self.add(Content::Person, set.person_count());
    }
}

/// What was read, and where it went if not into a document of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// What the file holds.
    pub(super) read: Counts,
    /// What is told to be left out.
    pub(super) left_out: Counts,
    /// What became part of something else: fragments of one tag, the same attribute twice.
    pub(super) merged: Counts,
    /// What the file does not have so: a tag for each label of a span, a copy for each event.
    pub(super) made: Counts,
}

impl Tally {
    pub(super) fn extend(&mut self, other: Self) {
        self.read.extend(other.read);
        self.left_out.extend(other.left_out);
        self.merged.extend(other.merged);
        self.made.extend(other.made);
    }

    /// How many texts, tags and links are told to be left out.
    pub(super) fn left_out_records(&self) -> usize {
        let records = [Content::Document, Content::Tag, Content::Link];
        records
            .into_iter()
            .map(|content| self.left_out.get(content))
            .sum()
    }

    /// For each kind, how many should be in the documents and how many are, where they differ.
    pub(super) fn differences(&self, found: Counts) -> Vec<(Content, usize, usize)> {
        let all = Content::ALL.into_iter().map(|content| {
            let of = |counts: Counts| counts.get(content);
            let due =
                (of(self.read) + of(self.made)).saturating_sub(of(self.left_out) + of(self.merged));
            (content, due, of(found))
        });
        all.filter(|(_, due, found)| due != found).collect()
    }
}
