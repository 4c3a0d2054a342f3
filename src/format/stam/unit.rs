//! What the offsets of a store count: code points, as STAM has it, or what its tool counted.

use std::collections::{BTreeMap, BTreeSet};

use super::load::Text;
use super::place::{Places, Target, resources};
use crate::format::counting::by_edges::judge_text;
use crate::format::counting::{self, Counting, UnitHint};
use crate::format::json::Value;
use crate::format::left_out::LeftOut;

impl<'a> Places<'a> {
    /// Decides for each text, by where words begin and end.
    pub(super) fn count(&mut self, texts: &'a [Text], unit: UnitHint, left_out: &mut LeftOut) {
        let mut into: BTreeMap<String, Vec<&'a Value>> = BTreeMap::new();
        for selector in self
            .selectors
            .values()
            .copied()
            .chain(self.nameless.iter().copied())
        {
            let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
            resources(selector, &self.selectors, 0, (&mut found, &mut seen));
            for resource in found {
                into.entry(resource).or_default().push(selector);
            }
        }
        for text in texts {
            let Some(selectors) = into.get(&text.id) else {
                continue;
            };
            let judgement = judge_text(&text.text, unit, |counting| {
                let places = counting::Places::new(&text.text, counting);
                self.lengths.insert(&text.id, places.length());
                let mut stretches = Vec::new();
                for selector in selectors {
                    match self.follow(selector, 0) {
                        Ok(Target::Text(found, _)) => {
                            let here = found.into_iter().filter(|place| place.resource == text.id);
                            for [start, end] in here.flat_map(|place| place.fragments) {
                                stretches.push(
                                    places
                                        .start(start)
                                        .zip(places.end(end))
                                        .map(|(start, end)| [start, end]),
                                );
                            }
                        }
                        Err(why) if why == super::place::OUTSIDE => stretches.push(None),
                        Ok(_) | Err(_) => {}
                    }
                }
                stretches
            });
            let places = counting::Places::new(&text.text, judgement.counting);
            self.lengths.insert(&text.id, places.length());
            if judgement.counting != Counting::CODE_POINTS {
                self.counted.insert(&text.id, places);
            }
            if let Some(why) = judgement.remark() {
                left_out.remark(1, &why, format!("`{}`", text.id));
            }
        }
    }
}
