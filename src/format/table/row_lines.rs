//! On which lines the tags of a document are, for messages about them.

use std::collections::BTreeMap;

use smol_str::{SmolStr, format_smolstr};

/// The lines of rows by what is in them. It is made where a document cannot be read.
#[derive(Default)]
pub(super) struct RowLines {
    ids: BTreeMap<SmolStr, usize>,
    /// By reviews and verdicts.
    values: BTreeMap<SmolStr, usize>,
}

impl RowLines {
    /// Adds a row with these cells, which is a tag for each of so many labels.
    pub(super) fn add(&mut self, line: usize, cells: &BTreeMap<&str, &str>, labels: usize) {
        let id = cells.get("id").map(SmolStr::new);
        let id = id.unwrap_or_else(|| format_smolstr!("row-{line}"));
        for n in 2..=labels {
            let id = format_smolstr!("{id}-{n}");
            self.ids.entry(id).or_insert(line);
        }
        self.ids.entry(id).or_insert(line);
        for name in ["review", "verdict"] {
            if let Some(value) = cells.get(name) {
                self.values.entry(SmolStr::new(value)).or_insert(line);
            }
        }
    }

    /// The line of the row that a message is about.
    pub(super) fn of(&self, message: &str) -> Option<usize> {
        let mut quoted = message.split('`').skip(1).step_by(2);
        let (before, _) = message.split_once('`')?;
        if before.ends_with("span ")
            && let Some(line) = self.ids.get(quoted.clone().next()?)
        {
            return Some(*line);
        }
        quoted.find_map(|name| {
            self.values
                .get(name)
                .or_else(|| self.ids.get(name))
                .copied()
        })
    }
}
