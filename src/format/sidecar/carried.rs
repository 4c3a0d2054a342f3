//! Records that are carried along, as the journal gives them back.

use smol_str::SmolStr;

use super::header_fact::header_fact;
use super::lost::lost_record;
use super::read_record::{
    read_annotation, read_decision, read_link, read_peer_review, read_person, read_suppression,
};
use crate::model::{ClashingRecord, DamagedRecord, Origin, RecordClash, RecordList, UnreadRecord};
use crate::text::SourceText;

/// A record as it stood in a file.
pub(in crate::format) struct RecordText {
    /// Line of the file, from 1.
    pub(in crate::format) line: usize,
    pub(in crate::format) list: RecordList,
    pub(in crate::format) raw: SmolStr,
}

/// A lost tag or a record that cannot be read, and why. `own` made it where it does not say who.
pub(in crate::format) fn carried_record(
    text: RecordText,
    reason: String,
    own: Origin,
) -> UnreadRecord {
    let RecordText { line, list, raw } = text;
    match list {
        RecordList::Lost => lost_record(raw, line, own),
        RecordList::Sittings
        | RecordList::People
        | RecordList::Annotations
        | RecordList::Links
        | RecordList::Reviews
        | RecordList::Decisions
        | RecordList::Ignored
        | RecordList::Damaged => UnreadRecord::Damaged(DamagedRecord {
            line,
            list,
            raw,
            reason: reason.into(),
        }),
    }
}

/// A record that clashes with another named `id`, for an article `source`.
pub(in crate::format) fn clashing_record(
    text: RecordText,
    id: SmolStr,
    differs: Vec<String>,
    source: &SourceText,
    own: Origin,
) -> UnreadRecord {
    let RecordText { line, list, raw } = text;
    let own = || own;
    let other = match list {
        RecordList::People => read_person(&raw).map(|p| ClashingRecord::Person(Box::new(p))),
        RecordList::Links => read_link(&raw, own).map(|l| ClashingRecord::Link(Box::new(l))),
        RecordList::Annotations => Ok(match read_annotation(&raw, source, own) {
            Ok(tag) => ClashingRecord::Annotation(Box::new(tag)),
            Err(reason) => ClashingRecord::Unplaced(reason),
        }),
        RecordList::Reviews => {
            read_peer_review(&raw).map(|r| ClashingRecord::PeerReview(Box::new(r)))
        }
        RecordList::Decisions => read_decision(&raw).map(|d| ClashingRecord::Decision(Box::new(d))),
        RecordList::Ignored => {
            read_suppression(&raw).map(|s| ClashingRecord::Suppression(Box::new(s)))
        }
        RecordList::Sittings | RecordList::Damaged | RecordList::Lost => header_fact(&raw)
            .map(ClashingRecord::from)
            .ok_or_else(|| "the line is damaged".to_owned()),
    };
    match other {
        Ok(other) => UnreadRecord::from(RecordClash {
            line,
            raw,
            id,
            differs,
            other,
        }),
        Err(reason) => UnreadRecord::Damaged(DamagedRecord {
            line,
            list,
            raw,
            reason: reason.into(),
        }),
    }
}
