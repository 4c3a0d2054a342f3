use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{Change, Delta, Document};

/// Which label had which key before. Files that have a former one are read as if they had the present one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormerLabels(Arc<BTreeMap<SmolStr, SmolStr>>);

impl FromIterator<(SmolStr, SmolStr)> for FormerLabels {
    fn from_iter<I: IntoIterator<Item = (SmolStr, SmolStr)>>(pairs: I) -> Self {
        Self(Arc::new(pairs.into_iter().collect()))
    }
}

impl FormerLabels {
    /// The present key of a label that had this one before.
    #[must_use]
    pub fn present(&self, former: &str) -> Option<&SmolStr> {
        self.0.get(former)
    }

    /// The keys that a label had before.
    pub fn of<'a>(&'a self, present: &'a str) -> impl Iterator<Item = &'a SmolStr> {
        let pairs = self.0.iter().filter(move |(_, now)| *now == present);
        pairs.map(|(former, _)| former)
    }

    /// What makes the tags of a document have the present keys.
    #[must_use]
    pub fn changes(&self, document: &Document) -> Vec<Change> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let tags = document.set().annotations();
        let renamed = tags.filter_map(|tag| {
            let label = self.present(&tag.label)?.clone();
            let mut after = tag.clone();
            after.label = label;
            Some(Change::Annotation(Delta::replace(tag.clone(), after)))
        });
        renamed.collect()
    }

    /// A document as it was read, with the present keys.
    #[must_use]
    pub fn read_as_present(&self, document: Document) -> Document {
        let changes = self.changes(&document);
        let mut parts = document.into_parts();
        for change in changes {
            let after = change.annotation().and_then(|delta| delta.after.clone());
            if let Some(after) = after {
                parts.set.insert_annotation(after);
            }
        }
        parts.into()
    }
}
