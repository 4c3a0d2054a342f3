//! The accounts of an import: what a file holds, counted where it is taken apart, against what the
//! documents hold and what is told to be left out.

use super::left_out::LeftOut;
use super::link_ends::without_loose_links;
use super::{Imported, ImportedDocument, RecordProblem};
use crate::model::Attribute;
use crate::text::wording::{count, count_as, join_and};

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

    fn counted(self, number: usize) -> String {
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
    fn add_document(&mut self, document: &ImportedDocument) {
        let set = document.document.set();
        let mut of_record = |attributes: &[Attribute], note: &str| {
            self.add(Content::Attribute, attributes.len());
            self.add(Content::Note, usize::from(!note.is_empty()));
        };
        for tag in set.annotations() {
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

/// What the documents of a file hold that were handed over.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) counts: Counts,
    /// Whether one of them has tags.
    tagged: bool,
    /// Line and name of those without tags.
    empty: Vec<(usize, Box<str>)>,
    /// Links without ends.
    loose: LeftOut,
}

impl Given {
    pub(super) fn of(documents: &[ImportedDocument]) -> Self {
        let mut given = Self::default();
        documents.iter().for_each(|document| given.add(document));
        given
    }

    /// How many there are.
    pub(super) fn documents(&self) -> usize {
        self.counts.get(Content::Document)
    }

    /// Adds a document, without the links whose ends are not there.
    pub(super) fn take(&mut self, read: ImportedDocument) -> ImportedDocument {
        let read = without_loose_links(read, &mut self.loose);
        self.add(&read);
        read
    }

    /// Adds a document.
    fn add(&mut self, read: &ImportedDocument) {
        self.counts.add_document(read);
        if read.document.set().annotation_count() > 0 {
            self.tagged = true;
        } else {
            self.empty.push((read.line, read.id.as_str().into()));
        }
    }

    /// Which of them have lost all of their tags, of one file.
    pub(super) fn emptied(&self, imported: &Imported) -> Vec<RecordProblem> {
        if imported.tally.left_out.get(Content::Tag) == 0 {
            return Vec::new();
        }
        let empty = self.empty.iter();
        let emptied = empty.filter(|(line, _)| imported.tag_lines.contains(line));
        let told = emptied.map(|(line, id)| RecordProblem {
            line: *line,
            message: format!("`{id}` has no tags, because all of its tags are left out"),
        });
        told.collect()
    }

    /// Tells first which articles have lost all of their tags: where all have, the file is not what it
    /// should be.
    fn check_emptied(&self, imported: &mut Imported) {
        let left_out = imported.tally.left_out.get(Content::Tag);
        if left_out == 0 {
            return;
        }
        if !self.tagged {
            let line = self.empty.first().map_or(1, |(line, _)| *line);
            let message = format!(
                "none of the file's tags can be used ({}), for the reasons below; check that the text \
                 is the one that was tagged",
                count(left_out, "tag")
            );
            return imported.problems.push(RecordProblem { line, message });
        }
        let told = self.emptied(imported);
        imported.skipped.put_first(told);
    }

    /// Reports as left out what the file holds and neither the documents nor the report have.
    pub(super) fn check(&mut self, imported: &mut Imported) {
        std::mem::take(&mut self.loose).report(imported);
        // Nothing is imported then.
        if !imported.problems.is_empty() {
            return;
        }
        self.check_emptied(imported);
        let differences = imported.tally.differences(self.counts);
        let lost = differences
            .into_iter()
            .filter(|(_, due, found)| due > found)
            .map(|(content, due, found)| content.counted(due - found));
        let lost: Vec<String> = lost.collect();
        if !lost.is_empty() {
            imported.skipped.push(RecordProblem {
                line: 1,
                message: format!(
                    "{} of this file were lost, and the reason is not known; please report this, \
                     with the file",
                    join_and(&lost)
                ),
            });
        }
    }
}
