use rayon::prelude::*;

use super::canonical_text::CanonicalText;
use super::raw::{RawField, RawRecord, RawSidecar};
use crate::model::RecordList;

/// Fewer records than this are looked at before another core is awake.
const FEW: usize = 1024;

/// The fields and records of a file that is spelt exactly as it is written here, found line by line.
/// `None` where anything is otherwise: the general parser then decides.
pub(super) fn take_apart_canonical(text: &str) -> Option<RawSidecar<'_>> {
    let body = text.strip_prefix("#![enable(implicit_some)]\nPullquote(\n")?;
    let body = body.strip_suffix("\n)\n")?;
    let mut sidecar = RawSidecar::default();
    let mut list = None;
    for (n, line) in body.split('\n').enumerate() {
        // Two lines are before the body.
        let number = n + 3;
        let Some(of) = list else {
            let mut rest = CanonicalText::new(line);
            rest.skip("    ")?;
            let name = rest.name()?;
            let value = line.get(4 + name.len()..)?.strip_prefix(": ")?;
            if value == "[" {
                list = Some(RecordList::named(name)?);
                continue;
            }
            let raw = value.strip_suffix(',')?;
            CanonicalText::all(raw, CanonicalText::value)?;
            // A list on one line may be one with a wrong name.
            if raw.starts_with('[') || RecordList::named(name).is_some() {
                return None;
            }
            sidecar.fields.push(RawField {
                name: name.into(),
                raw,
                line: number,
            });
            continue;
        };
        if line == "    ]," {
            list = None;
            continue;
        }
        let raw = line.strip_prefix("        ")?.strip_suffix(',')?;
        sidecar.list(of).push(match of {
            RecordList::Damaged => RawRecord {
                raw: CanonicalText::all(raw, |text| text.string())?,
                line: number,
            },
            _ => RawRecord {
                raw: raw.into(),
                line: number,
            },
        });
    }
    let lists = [
        &sidecar.sittings,
        &sidecar.people,
        &sidecar.annotations,
        &sidecar.links,
        &sidecar.reviews,
        &sidecar.decisions,
        &sidecar.ignored,
        &sidecar.lost,
    ];
    let plain =
        |record: &RawRecord<'_>| CanonicalText::all(&record.raw, CanonicalText::value).is_some();
    for records in lists {
        let all = if records.len() < FEW {
            records.iter().all(plain)
        } else {
            records.par_iter().with_min_len(FEW).all(plain)
        };
        if !all {
            return None;
        }
    }
    let said = |wanted: &str| sidecar.fields.iter().any(|field| field.name == wanted);
    (list.is_none() && said("version") && said("source")).then_some(sidecar)
}
