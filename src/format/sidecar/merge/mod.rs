//! Two versions of a sidecar made one, by id and field, with the version both come from where there
//! is one. The article is not needed; what cannot be read is carried along like everything else.

mod entry;
mod fields;
mod header;
pub(super) mod markers;
mod records;
mod side;
mod write;

use std::fmt;

use smol_str::SmolStr;

use super::{SidecarError, VERSION};
pub(in crate::format) use fields::{Choice, choose, merge_sets};
use header::merge_headers;
use records::merge_records;
use side::Side;
use write::write;

/// Two versions made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The sidecar, canonical.
    pub text: String,
    /// Where someone has to decide or to look.
    pub clashes: Vec<Clash>,
    /// The sides that are damaged, such as cut off: `base`, `ours`, `theirs`. What they lack counts as
    /// unchanged, but what they alone had may be missing.
    pub damaged: Vec<&'static str>,
}

/// Something both sides changed, each differently. Nothing of either is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// `sittings`, `people`, `annotations`, `links`, `reviews`, `decisions`, `ignored`, or `header`.
    pub list: &'static str,
    /// Id of the record; in the header the field's name.
    pub id: SmolStr,
    /// What both did.
    pub kind: ClashKind,
    /// Line of the merged text, from 1: of the other record where there are two.
    pub line: usize,
}

/// What both sides did to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClashKind {
    /// They changed these fields, each differently: ours is used, theirs is kept as a second record.
    Differs(Vec<String>),
    /// Ours deleted it, theirs changed it: it is kept.
    DeletedByUs,
    /// Theirs deleted it, ours changed it: it is kept.
    DeletedByThem,
    /// One side deleted what something of the other side leads to: it is kept.
    Needed,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.list {
            "people" => "the person",
            "annotations" => "the tag",
            "links" => "the link",
            "reviews" => "the review of",
            "decisions" => "the decision on",
            "ignored" => "the decision to ignore",
            "sittings" => "the time of work",
            _ => "the header's",
        };
        let id = &self.id;
        match &self.kind {
            ClashKind::Differs(fields) => write!(
                f,
                "{what} `{id}` was changed on both sides ({}): ours is used, theirs is kept \
                 beside it; open the article to decide",
                fields.join(", ")
            ),
            ClashKind::DeletedByUs => write!(
                f,
                "{what} `{id}` was deleted by ours and changed by theirs; it is kept; delete it \
                 again to remove it"
            ),
            ClashKind::DeletedByThem => write!(
                f,
                "{what} `{id}` was deleted by theirs and changed by ours; it is kept; delete it \
                 to remove it"
            ),
            ClashKind::Needed => write!(
                f,
                "{what} `{id}` was deleted on one side and is used on the other; it is kept; \
                 delete it to remove it"
            ),
        }
    }
}

/// Why two versions cannot be made one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// One of them is no sidecar.
    #[error("{side}: {error}")]
    NotASidecar {
        /// `base`, `ours` or `theirs`.
        side: &'static str,
        /// What is wrong with it.
        error: SidecarError,
    },
    /// One of them is of a newer version.
    #[error(
        "{side}: file version {version} is newer than this program reads ({VERSION}); update \
         Pullquote to merge it"
    )]
    Newer {
        /// `base`, `ours` or `theirs`.
        side: &'static str,
        /// Its version.
        version: u32,
    },
    /// The sides are about different texts.
    #[error(
        "the two sides belong to different versions of the article; open the article with each so \
         that the tags follow it, save, and merge again"
    )]
    OtherText,
}

/// Merges `ours` and `theirs`, which both come from `base`. Without `base` nothing counts as
/// deleted.
///
/// # Errors
/// [`MergeError`], in words.
pub fn merge(base: Option<&[u8]>, ours: &[u8], theirs: &[u8]) -> Result<Merged, MergeError> {
    let one_sided = match base {
        _ if ours == theirs => Some(ours),
        Some(base) if base == theirs => Some(ours),
        Some(base) if base == ours => Some(theirs),
        _ => None,
    };
    // A damaged side must not take away what the others have.
    let is_whole = |bytes: &&[u8]| Side::read(bytes).is_ok_and(|side| !side.incomplete);
    let one_sided = one_sided.filter(is_whole);
    if let Some(text) = one_sided.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
        return Ok(Merged {
            text: text.to_owned(),
            clashes: Vec::new(),
            damaged: Vec::new(),
        });
    }
    merge_by_record(base, ours, theirs)
}

/// [`merge`] record by record even where one side did nothing.
fn merge_by_record(base: Option<&[u8]>, ours: &[u8], theirs: &[u8]) -> Result<Merged, MergeError> {
    let read = |side: &'static str, bytes: &[u8]| {
        let read = Side::read(bytes).map_err(|error| MergeError::NotASidecar { side, error })?;
        match read.version {
            version if version > VERSION => Err(MergeError::Newer { side, version }),
            _ => Ok(read),
        }
    };
    let base = base.map(|base| read("base", base)).transpose()?;
    let mut ours = read("ours", ours)?;
    let mut theirs = read("theirs", theirs)?;
    for side in [&mut ours, &mut theirs] {
        if let Some(base) = base.as_ref().filter(|_| side.incomplete) {
            side.complete_from(base);
        }
    }
    let base = base.unwrap_or_default();
    let header = merge_headers(&base, &ours, &theirs)?;
    let records = merge_records(&base, &ours, &theirs);
    let sides = [("base", &base), ("ours", &ours), ("theirs", &theirs)];
    let damaged = sides.iter().filter(|(_, side)| side.incomplete);
    let damaged = damaged.map(|(name, _)| *name).collect();
    Ok(Merged {
        damaged,
        ..write(header, records)
    })
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
