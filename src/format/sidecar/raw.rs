//! A file taken apart into fields and records, nothing understood yet.

use std::borrow::Cow;

use ron::value::RawValue;

use super::record::trimmed;
use crate::model::RecordList;

/// A file taken apart. In the order of the file.
#[derive(Debug, Default)]
pub(super) struct RawSidecar<'a> {
    /// Fields of the header, and lists this version does not know.
    pub(super) fields: Vec<RawField<'a>>,
    /// Times of work.
    pub(super) sittings: Vec<RawRecord<'a>>,
    pub(super) people: Vec<RawRecord<'a>>,
    pub(super) annotations: Vec<RawRecord<'a>>,
    pub(super) links: Vec<RawRecord<'a>>,
    /// Reviews of somebody else's tags.
    pub(super) reviews: Vec<RawRecord<'a>>,
    /// Decisions between tags of several annotators.
    pub(super) decisions: Vec<RawRecord<'a>>,
    /// What is ignored of what rules find.
    pub(super) ignored: Vec<RawRecord<'a>>,
    /// Tags whose words are no longer in the article.
    pub(super) lost: Vec<RawRecord<'a>>,
    /// Lines that are not RON.
    pub(super) damaged: Vec<RawRecord<'a>>,
    /// Whether the file as a whole could not be read.
    pub(super) salvaged: bool,
}

impl<'a> RawSidecar<'a> {
    /// One of the lists.
    pub(super) fn list(&mut self, list: RecordList) -> &mut Vec<RawRecord<'a>> {
        match list {
            RecordList::Sittings => &mut self.sittings,
            RecordList::People => &mut self.people,
            RecordList::Annotations => &mut self.annotations,
            RecordList::Links => &mut self.links,
            RecordList::Reviews => &mut self.reviews,
            RecordList::Decisions => &mut self.decisions,
            RecordList::Ignored => &mut self.ignored,
            RecordList::Lost => &mut self.lost,
            RecordList::Damaged => &mut self.damaged,
        }
    }
}

/// A field of the header.
#[derive(Debug)]
pub(super) struct RawField<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) raw: &'a str,
    /// Line of the file, from 1.
    pub(super) line: usize,
}

/// A record of a list.
#[derive(Debug)]
pub(super) struct RawRecord<'a> {
    pub(super) raw: Cow<'a, str>,
    /// Line of the file, from 1.
    pub(super) line: usize,
}

/// Whether `raw` can stand in a list as one record.
pub(super) fn valid_record(raw: &str) -> bool {
    RawValue::from_ron(raw).is_ok_and(|value| trimmed(value) == raw)
}

/// The list whose name `name` misspells by one character.
pub(super) fn misspelt_list(name: &str) -> Option<RecordList> {
    let slip = |list: &RecordList| strsim::osa_distance(name, list.name()) == 1;
    RecordList::ALL.into_iter().find(slip)
}
