//! Where chips go: into the margin beside their quote, else between the rows where they cover
//! least of what is judged.

use egui::containers::AreaState;
use egui::{Align2, Id, Pos2, Ui, pos2};

use super::hit::Page;
use super::margin::{EDGE, NAME_GAP};
use super::marks::TagMark;
use crate::model::Annotation;
use crate::ops::{CandidateList, OpenDocument};
use crate::suggest::CandidateTarget;
use crate::text::{TextRange, sentence_at};

/// Least width of chips below one another, in points.
const NARROWEST: f32 = 120.0;
/// Most width of them.
const WIDEST: f32 = 260.0;
/// Height of a row of chips with its frame, in points; a frame later it is known.
const HEIGHT: f32 = 36.0;
/// How much of a row without letters may be covered, in points.
const LEADING: f32 = 4.0;

/// Where chips are shown.
pub(super) struct ChipPlace {
    pub(super) pivot: Align2,
    pub(super) at: Pos2,
    /// Most width of the whole.
    pub(super) width: f32,
    /// Whether they are below one another.
    pub(super) column: bool,
}

/// The room in the right margin, in points; `None`: it is too narrow.
pub(super) fn width_beside(page: &Page) -> Option<f32> {
    let width = page.view.right() - EDGE - left_beside(page);
    (width >= NARROWEST).then_some(width.min(WIDEST))
}

fn left_beside(page: &Page) -> f32 {
    page.right + NAME_GAP - 4.0
}

/// In the right margin, under the name that is there or above it; `None`: they are too high.
pub(super) fn beside(
    page: &Page,
    mark: &TagMark<'_>,
    width: f32,
    height: f32,
) -> Option<ChipPlace> {
    let first = mark.pieces().next()?;
    if height > page.view.height() {
        return None;
    }
    let below = (first.baseline + 8.0).max(page.view.top() + 4.0);
    let above = first.baseline - 18.0;
    let fits_below = below + height < page.view.bottom() - 2.0;
    let fits_above = above - height > page.view.top() + 2.0;
    let (pivot, y) = if fits_below || !fits_above {
        (Align2::LEFT_TOP, below)
    } else {
        (Align2::LEFT_BOTTOM, above)
    };
    Some(ChipPlace {
        pivot,
        at: pos2(left_beside(page), y),
        width,
        column: true,
    })
}

/// How high the chips were in the last frame, in points.
pub(super) fn known_height(ui: &Ui, id: Id) -> Option<f32> {
    let area = AreaState::load(ui.ctx(), id)?;
    area.size.map(|size| size.y)
}

/// Over the rows where they cover least: not the quote, not the sentence with its reporting words,
/// not the line after, not the candidates.
pub(super) fn between_rows(
    ui: &Ui,
    id: Id,
    open: &OpenDocument,
    page: &Page,
    mark: &TagMark<'_>,
    list: &CandidateList,
) -> Option<ChipPlace> {
    let (first, last) = (mark.pieces().next()?, mark.pieces().last()?);
    let height = known_height(ui, id).unwrap_or(HEIGHT);
    let (top, bottom) = (page.view.top() + 3.0, page.view.bottom() - 3.0 - height);
    let judged = judged_rows(open, page, mark, list);
    let places = row_spans(page)
        .flat_map(|(from, to)| [from + LEADING - height, to - LEADING])
        .chain([top, bottom])
        .filter(|&y| y >= top - 0.5 && y <= bottom + 0.5);
    let cost = |y: f32| -> f32 {
        let covered = judged.iter().map(|&(from, to, weight)| {
            let overlap = to.min(y + height) - from.max(y);
            if overlap > LEADING + 1.0 { weight } else { 0.0 }
        });
        covered.sum()
    };
    let away = |y: f32| {
        let above = first.rect.top() - (y + height);
        let below = y - last.rect.bottom();
        above.max(below).max(0.0)
    };
    let y = places.min_by(|a, b| {
        let (a, b) = ((cost(*a), away(*a)), (cost(*b), away(*b)));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    })?;
    Some(ChipPlace {
        pivot: Align2::LEFT_TOP,
        at: pos2(page.view.left() + 4.0, y),
        width: page.view.width() - 8.0,
        column: false,
    })
}

fn row_spans(page: &Page) -> impl Iterator<Item = (f32, f32)> {
    page.blocks
        .iter()
        .flat_map(|layout| (0..layout.rows()).map(|row| layout.row_span(row)))
}

/// Top and bottom of each row that is looked at to judge, and how much it matters.
fn judged_rows(
    open: &OpenDocument,
    page: &Page,
    mark: &TagMark<'_>,
    list: &CandidateList,
) -> Vec<(f32, f32, f32)> {
    let mut rows = Vec::new();
    let mut add = |range: TextRange, weight: f32| {
        let pieces = page.pieces(range);
        rows.extend(
            pieces
                .iter()
                .map(|piece| (piece.rect.top(), piece.rect.bottom(), weight)),
        );
        pieces.last().map(|piece| piece.rect.bottom())
    };
    let mut end = f32::NEG_INFINITY;
    for part in mark.tag.fragments.iter() {
        let around = sentences(open, part).map(|sentence| (sentence, 5.0));
        for (range, weight) in std::iter::once((part, 20.0)).chain(around) {
            end = add(range, weight).map_or(end, |bottom| bottom.max(end));
        }
    }
    for candidate in &list.candidates {
        let range = match &candidate.target {
            CandidateTarget::Untagged(range) => Some(*range),
            CandidateTarget::Tagged(id) => {
                let tag = open.document().set().annotation(id);
                tag.map(|tag: &Annotation| tag.fragments.hull())
            }
            CandidateTarget::Person(_) => None,
        };
        if let Some(range) = range {
            add(range, 8.0);
        }
    }
    let mut line_after = row_spans(page).filter(|(top, _)| *top >= end - 1.0);
    rows.extend(line_after.next().map(|(top, bottom)| (top, bottom, 4.0)));
    rows
}

/// The sentences a range starts and ends in.
fn sentences(open: &OpenDocument, part: TextRange) -> impl Iterator<Item = TextRange> {
    let source = open.document().source();
    let ends = [part.start(), part.end()];
    ends.into_iter()
        .filter_map(|place| sentence_at(source, place))
}
