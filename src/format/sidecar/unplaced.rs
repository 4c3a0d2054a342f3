//! Tags of an article that has changed: read, but not yet put in a place; and those that have none
//! any more, which are in a list of their own with what was around them.

use std::collections::BTreeMap;

use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::SidecarContents;
use super::interpret::damaged;
use super::lost::{AFTER, BEFORE, lost_record};
use super::raw::RawRecord;
use super::read_record::{annotation_of, checked, place, read_annotation};
use super::record::{AnnotationRecord, Record, fields, parse, trimmed};
use super::ron_text::{field_name, push_string};
use crate::format::draining::Draining;
use crate::model::{
    Annotation, ClashingRecord, DamagedRecord, Fragments, Origin, RecordClash, RecordList,
    UnknownField, UnreadRecord,
};
use crate::text::SourceText;

/// A tag of a text that has changed since.
pub struct UnplacedTag {
    /// Its record, as it is carried along.
    pub carried: UnreadRecord,
    record: AnnotationRecord,
    unknown: ThinVec<UnknownField>,
    own: Origin,
}

impl UnplacedTag {
    /// The words it covers, a string for each fragment.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.record.text
    }

    /// Where its fragments begin, in code points of the text that was annotated.
    pub fn starts(&self) -> impl Iterator<Item = u32> {
        self.record.at.iter().map(|at| at.0)
    }

    /// Its place in the text that was annotated.
    ///
    /// # Errors
    /// In words, where the record does not fit that text either.
    pub fn place_in(&self, annotated: &SourceText) -> Result<Fragments, String> {
        place(&self.record.at, &self.record.text, annotated)
    }

    /// The tag, put in a place.
    #[must_use]
    pub fn placed(self, fragments: Fragments) -> Annotation {
        let own = self.own;
        annotation_of(fragments, self.record, self.unknown, || own)
    }

    /// Carries it along as a record that cannot be read, for this reason.
    #[must_use]
    pub fn unreadable(self, reason: String) -> UnreadRecord {
        UnreadRecord::Damaged(DamagedRecord {
            line: self.carried.line(),
            list: RecordList::Annotations,
            raw: self.carried.raw().into(),
            reason: reason.into(),
        })
    }

    /// The record it becomes where it has no place any more. `around` is what stood before and
    /// behind it, where that is known.
    #[must_use]
    pub fn lost(&self, around: Option<(&str, &str)>) -> UnreadRecord {
        let mut raw = String::from("(");
        let fields = fields(AnnotationRecord::NAME, self.carried.raw()).unwrap_or_default();
        for (name, value) in &fields {
            if name == BEFORE || name == AFTER {
                continue;
            }
            raw.push_str(&field_name(name));
            raw.push_str(": ");
            raw.push_str(trimmed(value));
            raw.push_str(", ");
        }
        let (before, after) = around.unwrap_or_default();
        for (name, words) in [(BEFORE, before), (AFTER, after)] {
            raw.push_str(if name == AFTER { ", " } else { "" });
            raw.push_str(name);
            raw.push_str(": ");
            push_string(&mut raw, words);
        }
        raw.push(')');
        lost_record(raw.into(), self.carried.line(), self.own.clone())
    }
}

/// Reads tags without putting them in their place. What cannot be read goes to `contents`.
pub(super) fn unplaced(
    records: Vec<RawRecord<'_>>,
    source: &SourceText,
    contents: &mut SidecarContents,
) -> Vec<UnplacedTag> {
    let mut tags: Vec<UnplacedTag> = Vec::new();
    // Where in the list the tag of each id is.
    let mut known: BTreeMap<SmolStr, usize> = BTreeMap::new();
    for raw in Draining::new(records) {
        let read = parse::<AnnotationRecord>(&raw.raw).and_then(|(record, unknown)| {
            checked(&record.id)?;
            if record.at.is_empty() || record.at.len() != record.text.len() {
                let (at, text) = (record.at.len(), record.text.len());
                return Err(format!(
                    "it has {at} ranges (`at`) but {text} texts (`text`); give one text for each \
                     range"
                ));
            }
            Ok((record, unknown))
        });
        let (record, unknown) = match read {
            Ok(read) => read,
            Err(reason) => {
                let record = damaged(RecordList::Annotations, raw, reason);
                contents.unread.push(record);
                continue;
            }
        };
        let there = known.get(&record.id).and_then(|place| tags.get(*place));
        match there {
            Some(same) if same.carried.raw() == raw.raw => continue,
            Some(_) => {
                let own = || contents.own_origin();
                let other = match read_annotation(&raw.raw, source, own) {
                    Ok(tag) => ClashingRecord::Annotation(Box::new(tag)),
                    Err(reason) => ClashingRecord::Unplaced(reason),
                };
                contents.unread.push(UnreadRecord::from(RecordClash {
                    line: raw.line,
                    raw: raw.raw.into(),
                    id: record.id,
                    differs: Vec::new(),
                    other,
                }));
                continue;
            }
            None => drop(known.insert(record.id.clone(), tags.len())),
        }
        tags.push(UnplacedTag {
            carried: damaged(
                RecordList::Annotations,
                raw,
                SmolStr::new_static("the article has changed since"),
            ),
            record,
            unknown,
            own: contents.own_origin(),
        });
    }
    tags
}
