use std::collections::BTreeMap;
use std::fmt::Write as _;

use smol_str::SmolStr;

use super::segments::Segment;
use crate::model::Schema;

/// Under how many lines text stays readable.
const LINES: usize = 4;

/// How stretches look: on the tint of the innermost tag, underlined once for every colour on them.
pub(super) struct Backgrounds {
    classes: BTreeMap<Vec<SmolStr>, String>,
}

impl Backgrounds {
    /// A look for every combination of colours there is, and for each label alone.
    pub(super) fn new(segments: &[Segment], schema: &Schema) -> Self {
        let labels = schema.labels().iter();
        let alone = labels.map(|label| std::slice::from_ref(&label.color));
        let together = segments.iter().map(|segment| segment.colours.as_slice());
        let mut classes: BTreeMap<Vec<SmolStr>, String> = BTreeMap::new();
        for colours in alone.chain(together).filter(|colours| !colours.is_empty()) {
            if !classes.contains_key(colours) {
                classes.insert(colours.to_vec(), format!("g{}", classes.len()));
            }
        }
        Self { classes }
    }

    /// The class of a combination, from the outermost to the innermost.
    pub(super) fn class(&self, colours: &[SmolStr]) -> &str {
        self.classes.get(colours).map_or("", |class| class)
    }

    /// The style rules of all of them.
    pub(super) fn rules(&self) -> String {
        let mut rules = String::new();
        for (colours, class) in &self.classes {
            let Some(innermost) = colours.last() else {
                continue;
            };
            let lines: Vec<String> = colours
                .iter()
                .rev()
                .take(LINES)
                .enumerate()
                .map(|(n, colour)| format!("inset 0 -{}px var(--{colour}-line)", 2 * (n + 1)))
                .collect();
            // Writing to a string does not fail.
            let _ = writeln!(
                rules,
                ".{class}{{background:var(--{innermost}-tint);box-shadow:{}}}",
                lines.join(",")
            );
        }
        rules
    }
}
