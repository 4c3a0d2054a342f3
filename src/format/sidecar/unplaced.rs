//! Tags of an article that has changed: read, but not yet put in a place; and those that have none
//! any more, which are in a list of their own with what was around them.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::SidecarContents;
use super::interpret::{Unread, annotation_at, annotation_of, checked, place};
use super::read::RawRecord;
use super::record::{AnnotationRecord, Record, fields, parse, trimmed};
use super::ron_text::{field_name, push_string};
use crate::model::{
    Annotation, AnnotationId, Fragments, Origin, RecordClash, UnknownField, UnreadRecord,
};
use crate::text::SourceText;

/// Field of a lost tag: what was before it.
pub(super) const BEFORE: &str = "before";
/// Field of a lost tag: what was after it.
pub(super) const AFTER: &str = "after";

/// A tag of a text that has changed since.
pub struct UnplacedTag {
    /// Its record, as it is carried along.
    pub carried: UnreadRecord,
    record: AnnotationRecord,
    unknown: Vec<UnknownField>,
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

    /// The record it becomes where it has no place any more. `around` is what was before and after
    /// it, where that is known.
    #[must_use]
    pub fn lost(&self, around: Option<(&str, &str)>) -> UnreadRecord {
        let mut raw = String::from("(");
        let fields = fields(AnnotationRecord::NAME, &self.carried.raw).unwrap_or_default();
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
        UnreadRecord {
            line: self.carried.line,
            list: UnreadRecord::LOST.to_owned(),
            reason: self.words().join(" … "),
            raw,
            clash: None,
        }
    }
}

/// Reads tags without putting them in their place. What cannot be read goes to `contents`.
pub(super) fn unplaced(
    records: Vec<RawRecord<'_>>,
    contents: &mut SidecarContents,
) -> Vec<UnplacedTag> {
    let mut tags: Vec<UnplacedTag> = Vec::new();
    let mut known: BTreeMap<SmolStr, String> = BTreeMap::new();
    for raw in records {
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
                contents.unread("annotations", raw, reason);
                continue;
            }
        };
        match known.get(&record.id) {
            Some(same) if *same == raw.raw => continue,
            Some(_) => {
                let reason = "another record has the same id and differs; keep one of the two";
                let why = Unread {
                    reason: reason.to_owned(),
                    clash: Some(RecordClash {
                        id: record.id,
                        differs: Vec::new(),
                    }),
                };
                contents.unread("annotations", raw, why);
                continue;
            }
            None => known.insert(record.id.clone(), raw.raw.clone().into_owned()),
        };
        tags.push(UnplacedTag {
            carried: UnreadRecord {
                line: raw.line,
                list: "annotations".to_owned(),
                raw: raw.raw.into_owned(),
                reason: "the article has changed since".to_owned(),
                clash: None,
            },
            record,
            unknown,
            own: contents.own_origin(),
        });
    }
    tags
}

/// A tag whose words are no longer in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostTag {
    /// Its id.
    pub id: AnnotationId,
    /// Key of its label.
    pub label: SmolStr,
    /// The words it covered, a string for each fragment.
    pub words: Vec<String>,
    /// What was before it; empty where that is not known.
    pub before: String,
    /// What was after it; empty where that is not known.
    pub after: String,
}

/// The contents of the record of a lost tag.
///
/// # Errors
/// In words, where it cannot be read.
pub fn read_lost(raw: &str) -> Result<LostTag, String> {
    let (record, unknown) = parse::<AnnotationRecord>(raw)?;
    let around = |name: &str| {
        let field = unknown.iter().find(|field| field.name == name);
        field
            .and_then(|field| ron::from_str(&field.raw).ok())
            .unwrap_or_default()
    };
    Ok(LostTag {
        id: AnnotationId::new(checked(&record.id)?),
        label: record.label,
        words: record.text,
        before: around(BEFORE),
        after: around(AFTER),
    })
}

/// The tag of a lost record, put in a new place. `own` is its author if the record has none.
///
/// # Errors
/// In words, where the record cannot be read.
pub fn place_lost(raw: &str, fragments: Fragments, own: Origin) -> Result<Annotation, String> {
    let (record, mut unknown) = parse::<AnnotationRecord>(raw)?;
    unknown.retain(|field| field.name != BEFORE && field.name != AFTER);
    annotation_at(fragments, record, unknown, || own)
}

/// The words of a lost record, for a message; of one that cannot be read the record itself.
pub(super) fn lost_words(raw: &str) -> String {
    parse::<AnnotationRecord>(raw)
        .map_or_else(|_| raw.to_owned(), |(record, _)| record.text.join(" … "))
}
