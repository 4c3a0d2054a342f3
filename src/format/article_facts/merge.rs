use std::collections::BTreeMap;
use std::fmt;

use super::flat::{FlatFacts, LISTS};
use super::{FactsError, VERSION, read};
use crate::format::sidecar::merge::{Choice, choose, merge_sets};

/// Two versions of an article's facts made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedFacts {
    /// The file, canonical.
    pub text: String,
    /// Where someone has to decide or to look.
    pub clashes: Vec<FactClash>,
}

/// A fact both sides changed, each differently. Nothing of either is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactClash {
    /// The fact; `fields/NAME` for a named one.
    pub fact: String,
    /// What both did.
    pub kind: FactClashKind,
    /// Its line in the merged text, from 1.
    pub line: usize,
}

/// What both sides did to a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactClashKind {
    /// They changed it: ours is used, theirs stands in `conflicts`.
    Differs,
    /// Ours removed it, theirs changed it: it is kept.
    DeletedByUs,
    /// Theirs removed it, ours changed it: it is kept.
    DeletedByThem,
}

impl fmt::Display for FactClash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fact = &self.fact;
        match self.kind {
            FactClashKind::Differs => write!(
                f,
                "`{fact}` was changed on both sides: ours is used, theirs is kept under \
                 `conflicts`; keep one of them and remove the other"
            ),
            FactClashKind::DeletedByUs => write!(
                f,
                "`{fact}` was removed by ours and changed by theirs; it is kept; remove it again \
                 to drop it"
            ),
            FactClashKind::DeletedByThem => write!(
                f,
                "`{fact}` was removed by theirs and changed by ours; it is kept; remove it to \
                 drop it"
            ),
        }
    }
}

/// Why two versions of an article's facts cannot be made one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsMergeError {
    /// One of them cannot be read.
    #[error("{side}: {error}")]
    Unreadable {
        /// `base`, `ours` or `theirs`.
        side: &'static str,
        /// What is wrong with it.
        error: FactsError,
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
}

/// Merges `ours` and `theirs`, which both come from `base`, fact by fact. Without `base` nothing
/// counts as removed.
///
/// # Errors
/// [`FactsMergeError`], in words.
pub fn merge(
    base: Option<&[u8]>,
    ours: &[u8],
    theirs: &[u8],
) -> Result<MergedFacts, FactsMergeError> {
    let flat = |side: &'static str, bytes: &[u8]| {
        let contents = read(bytes).map_err(|error| FactsMergeError::Unreadable { side, error })?;
        match contents.version {
            version if version > VERSION => Err(FactsMergeError::Newer { side, version }),
            _ => Ok(FlatFacts::new(&contents.facts)),
        }
    };
    let base = base.map(|base| flat("base", base)).transpose()?;
    let base = base.unwrap_or_default();
    let (ours, theirs) = (flat("ours", ours)?, flat("theirs", theirs)?);
    let mut merged = FlatFacts::default();
    let mut clashes = Vec::new();
    let [in_base, in_ours, in_theirs] = [&base, &ours, &theirs].map(numbered);
    let mut keys: Vec<_> = numbered_keys(&ours);
    let of_theirs = numbered_keys(&theirs).into_iter();
    keys.extend(of_theirs.filter(|key| !in_ours.contains_key(key)));
    let (index_of_conflicts, mut beside) = (LISTS.len() - 1, FlatFacts::default());
    for key in keys {
        let [b, o, t] = [&in_base, &in_ours, &in_theirs].map(|side| side.get(&key).copied());
        let mut clash = |kind| clashes.push((key.0.to_owned(), kind));
        let value = match (choose(b, o, t), o, t) {
            (Choice::Settled(value), ..) => value,
            (Choice::Clash, Some(ours), Some(theirs)) => {
                clash(FactClashKind::Differs);
                beside.add_conflict(key.0, theirs);
                Some(ours)
            }
            (Choice::Clash, Some(ours), None) => {
                clash(FactClashKind::DeletedByThem);
                Some(ours)
            }
            (Choice::Clash, None, theirs) => {
                clash(FactClashKind::DeletedByUs);
                theirs
            }
        };
        if let Some(value) = value {
            merged.single.push((key.0.to_owned(), value.to_owned()));
        }
    }
    let lists = base.lists.iter().zip(&ours.lists).zip(&theirs.lists);
    for (list, ((base, ours), theirs)) in merged.lists.iter_mut().zip(lists) {
        *list = merge_sets(base, ours, theirs);
    }
    if let Some(conflicts) = merged.lists.get_mut(index_of_conflicts) {
        let new = beside.lists.into_iter().flatten();
        let new: Vec<_> = new
            .filter(|conflict| !conflicts.contains(conflict))
            .collect();
        conflicts.extend(new);
    }
    canonical(&merged, clashes)
}

/// Writes what was merged as it reads: two sides may each have had a place for what has one.
fn canonical(
    merged: &FlatFacts,
    clashes: Vec<(String, FactClashKind)>,
) -> Result<MergedFacts, FactsMergeError> {
    let contents = read(merged.layout().text.as_bytes());
    let contents = contents.map_err(|error| FactsMergeError::Unreadable {
        side: "the result",
        error,
    })?;
    let layout = FlatFacts::new(&contents.facts).layout();
    let clashes = clashes.into_iter().map(|(fact, kind)| FactClash {
        line: layout.line_of(&fact),
        fact,
        kind,
    });
    let clashes = clashes.collect();
    Ok(MergedFacts {
        text: layout.text,
        clashes,
    })
}

/// A fact by its name and how many of that name come before: an unknown one may be twice.
type Key<'a> = (&'a str, usize);

fn numbered_keys(facts: &FlatFacts) -> Vec<Key<'_>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let keys = facts.single.iter().map(|(name, _)| {
        let count = counts.entry(name).or_default();
        *count += 1;
        (name.as_str(), *count - 1)
    });
    keys.collect()
}

fn numbered(facts: &FlatFacts) -> BTreeMap<Key<'_>, &str> {
    let values = facts.single.iter().map(|(_, raw)| raw.as_str());
    numbered_keys(facts).into_iter().zip(values).collect()
}
