//! Tags whose words are no longer in the article: a list of their own, each with what stood around
//! it.

use smol_str::SmolStr;

use super::read_record::{annotation_at, checked};
use super::record::{AnnotationRecord, parse};
use crate::model::{
    DamagedRecord, Fragments, InvalidFragments, LostTag, Origin, RecordList, UnreadRecord,
};
use crate::text::TextRange;

/// Field of a lost tag: what stood before it.
pub(super) const BEFORE: &str = "before";
/// Field of a lost tag: what stood after it.
pub(super) const AFTER: &str = "after";

/// A record of the list of lost tags. `own` made it where it does not say who.
pub(super) fn lost_record(raw: SmolStr, line: usize, own: Origin) -> UnreadRecord {
    match read_lost(&raw, own) {
        Ok(mut lost) => {
            lost.line = line;
            lost.raw = raw;
            lost.into()
        }
        Err(reason) => UnreadRecord::Damaged(DamagedRecord {
            line,
            list: RecordList::Lost,
            raw,
            reason: reason.into(),
        }),
    }
}

fn read_lost(raw: &str, own: Origin) -> Result<LostTag, String> {
    let (record, mut unknown) = parse::<AnnotationRecord>(raw)?;
    checked(&record.id)?;
    let around = |name: &str| {
        let field = unknown.iter().find(|field| field.name == name);
        field
            .and_then(|field| ron::from_str(&field.raw).ok())
            .unwrap_or_default()
    };
    let around = (around(BEFORE), around(AFTER));
    unknown.retain(|field| field.name != BEFORE && field.name != AFTER);
    let words = record.text.clone();
    // A place must stand there; it says nothing.
    let nowhere = TextRange::up_to(1.into()).try_into();
    let nowhere: Fragments = nowhere.map_err(|error: InvalidFragments| error.to_string())?;
    let tag = annotation_at(nowhere, record, unknown, || own)?;
    Ok(LostTag::new(SmolStr::default(), words, around, tag))
}
