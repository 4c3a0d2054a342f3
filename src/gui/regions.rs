//! The regions of the window that the keys' focus goes round: those that were drawn last, each with
//! a widget that is there.

use std::collections::BTreeMap;

use egui::{Context, Id, Rect};

/// A region, in the order the focus goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Region {
    /// The article.
    Article,
    /// Tags, people or problems.
    Details,
    /// The details of the current tag.
    Inspector,
    /// The search over all articles.
    Search,
    /// The files.
    Files,
}

/// What was drawn in the last frame.
#[derive(Debug, Default)]
pub(crate) struct Regions(BTreeMap<Region, Drawn>);

#[derive(Debug, Clone, Copy)]
struct Drawn {
    area: Rect,
    /// What gets the focus when it comes to the region.
    entry: Id,
}

impl Regions {
    /// Forgets what was drawn: a frame begins.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// A region has been drawn. `entry` is the widget in it that gets the focus.
    pub(crate) fn add(&mut self, region: Region, area: Rect, entry: Id) {
        self.0.insert(region, Drawn { area, entry });
    }

    /// The widget the focus goes to from the region it is in. From outside all of them, such as a
    /// button above the article, it goes to the first or last.
    pub(crate) fn next(&self, context: &Context, forward: bool) -> Option<Id> {
        let regions: Vec<Drawn> = self.0.values().copied().collect();
        let focused = context.memory(egui::Memory::focused);
        let place = focused.and_then(|id| context.read_response(id));
        let here = regions.iter().position(|region| {
            Some(region.entry) == focused
                || place
                    .as_ref()
                    .is_some_and(|place| region.area.contains(place.rect.center()))
        });
        let last = regions.len().checked_sub(1)?;
        let next = match (here, forward) {
            (Some(here), true) if here < last => here + 1,
            (Some(here), false) if here > 0 => here - 1,
            (_, true) => 0,
            (_, false) => last,
        };
        regions.get(next).map(|region| region.entry)
    }
}
