//! How high the list above the details of a tag is.

use egui::Ui;

use crate::gui::panel::{DetailsTab, is_low, needs_decision};
use crate::gui::widgets::TALL_ROW;
use crate::ops::OpenDocument;

/// Height of what is above the rows of the list of tags, in points: the tabs and its filter.
const LIST_FILTER: f32 = 132.0;
/// The same in a low window.
const LOW_LIST_FILTER: f32 = 108.0;
/// So many rows of that list are kept in view, where there are as many.
const LIST_ROWS: u8 = 3;
/// The same in a low window.
const LOW_LIST_ROWS: u8 = 2;
/// Details lower than this, in points, show one row of the list.
const LOWEST_LIST: f32 = 360.0;
/// Height of the list of tags with one row in a low window, in points.
pub(super) const LOWEST_TAGS: f32 = LOW_LIST_FILTER + TALL_ROW;
/// Height that is kept for lists without a filter, in points.
const PLAIN_LIST: f32 = 190.0;
/// The same for the words that there is nothing to list.
const EMPTY_LIST: f32 = 90.0;

/// Height that is kept for the list above the details, in points. It does not depend on the filter, so
/// that nothing moves while that is typed.
pub(super) fn list_height(ui: &Ui, tab: DetailsTab, open: &OpenDocument) -> f32 {
    match tab {
        DetailsTab::Tags => {
            let (above, most) = if is_low(ui) {
                (LOW_LIST_FILTER, LOW_LIST_ROWS)
            } else {
                (LIST_FILTER, LIST_ROWS)
            };
            let lowest = ui.available_height() < LOWEST_LIST;
            let most = if lowest { 1 } else { most };
            let rows = u8::try_from(open.tally().all()).unwrap_or(u8::MAX);
            above + f32::from(rows.clamp(1, most)) * TALL_ROW
        }
        DetailsTab::Problems if open.problems().is_empty() && !needs_decision(open) => EMPTY_LIST,
        DetailsTab::People | DetailsTab::Problems | DetailsTab::Facts => PLAIN_LIST,
        DetailsTab::Differences | DetailsTab::Review | DetailsTab::Guidelines => PLAIN_LIST,
    }
}

/// Height with which all of a list is in view, in points; without an end where that is not known.
pub(super) fn whole_list_height(ui: &Ui, tab: DetailsTab, open: &OpenDocument) -> f32 {
    match tab {
        DetailsTab::Tags => {
            let above = if is_low(ui) {
                LOW_LIST_FILTER
            } else {
                LIST_FILTER
            };
            let rows = u16::try_from(open.tally().all()).unwrap_or(u16::MAX);
            above + f32::from(rows.max(1)) * TALL_ROW
        }
        DetailsTab::Problems if open.problems().is_empty() && !needs_decision(open) => EMPTY_LIST,
        DetailsTab::People | DetailsTab::Problems | DetailsTab::Facts => f32::INFINITY,
        DetailsTab::Differences | DetailsTab::Review | DetailsTab::Guidelines => f32::INFINITY,
    }
}
