//! Problems in the order they are listed in: those with the same words below one heading.

use std::collections::BTreeMap;

use crate::gui::widgets::{ROW, TALL_ROW, TALLER_ROW};
use crate::ops::OpenDocument;

/// Height of a heading of two lines, in points.
pub(super) const HEADING: f32 = 42.0;

/// A heading, or a problem.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// What all below it have in common, with their number.
    Heading(String),
    /// The problem of this number, below a heading that says what it is.
    OfGroup(usize),
    /// The problem of this number, alone.
    Alone(usize),
    /// The same, in two lines: what is to be decided about it is shown above the list.
    Undecided(usize),
}

impl Item {
    /// In points.
    pub(super) fn height(&self) -> f32 {
        match self {
            Self::Heading(_) => HEADING,
            Self::OfGroup(_) => ROW,
            Self::Alone(_) => TALLER_ROW,
            Self::Undecided(_) => TALL_ROW,
        }
    }
}

/// What is listed, for one state of an article.
#[derive(Debug, Clone, Default)]
pub(super) struct ProblemGroups {
    made_for: Option<(String, u64, usize)>,
    items: Vec<Item>,
    /// Where each ends, from the top of the list, in points.
    ends: Vec<f32>,
}

impl ProblemGroups {
    /// The list for an article, made again where that has changed. `waits`: whether a problem waits for a
    /// decision.
    pub(super) fn refresh(
        &mut self,
        open: &OpenDocument,
        waits: impl Fn(&crate::model::ProblemKind) -> bool,
    ) {
        let problems = open.problems();
        let article = open.document().source().sha256().to_string();
        let key = (article, open.state_id(), problems.len());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        self.made_for = Some(key);
        let mut order: Vec<String> = Vec::new();
        let mut groups: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
        for (n, problem) in problems.iter().enumerate() {
            let words = problem.kind.words_on_screen();
            let group = groups.entry(words.clone()).or_default();
            if group.is_empty() {
                order.push(words);
            }
            group.push((n, waits(&problem.kind)));
        }
        self.items.clear();
        for words in order {
            let Some(group) = groups.remove(&words) else {
                continue;
            };
            match group.as_slice() {
                [(n, waits)] => self.items.push(if *waits {
                    Item::Undecided(*n)
                } else {
                    Item::Alone(*n)
                }),
                many => {
                    let heading = format!("{} × {words}", many.len());
                    self.items.push(Item::Heading(heading));
                    let rows = many.iter().map(|(n, _)| Item::OfGroup(*n));
                    self.items.extend(rows);
                }
            }
        }
        let mut end = 0.0;
        let heights = self.items.iter().map(Item::height);
        self.ends = heights
            .map(|height| {
                end += height;
                end
            })
            .collect();
    }

    /// Height of the list, in points.
    pub(super) fn height(&self) -> f32 {
        self.ends.last().copied().unwrap_or_default()
    }

    /// What is between two heights of the list, each with its top, in points.
    pub(super) fn between(&self, top: f32, bottom: f32) -> impl Iterator<Item = (f32, &Item)> {
        let first = self.ends.partition_point(|&end| end <= top);
        let items = self.items.iter().zip(&self.ends).skip(first);
        items
            .map(|(item, end)| (end - item.height(), item))
            .take_while(move |(start, _)| *start < bottom)
    }
}
