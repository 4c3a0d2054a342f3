//! The documents of a file that were handed over, checked against what the file holds.

use super::left_out::LeftOut;
use super::link_ends::without_loose_links;
use super::tally::{Content, Counts};
use super::{Imported, ImportedDocument, RecordProblem};
use crate::text::wording::{count, join_and};

/// How it is said that an article has lost all of its tags, behind its name.
pub const ALL_LEFT_OUT: &str = "has no tags, because all of its tags are left out";

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
        } else if read.article.is_none() {
            let by = read.document.meta().annotator.as_ref();
            let by = by.map_or(String::new(), |name| format!(" by `{name}`"));
            let shown = format!("`{}`{by}", read.id);
            self.empty.push((read.line, shown.into()));
        }
    }

    /// Which of them have lost all of their tags, of one file.
    pub(super) fn emptied(&self, imported: &Imported) -> Vec<RecordProblem> {
        if imported.tally.left_out.get(Content::Tag) == 0 {
            return Vec::new();
        }
        let empty = self.empty.iter();
        let emptied = empty.filter(|(line, _)| imported.tag_lines.contains(line));
        let told = emptied.map(|(line, shown)| RecordProblem {
            line: *line,
            message: format!("{shown} {ALL_LEFT_OUT}"),
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
