//! Bringing places into view. What is in view already stays where it is.

use super::TextView;
use super::heights::{Anchor, Heights};
use super::scrolling::{distance, row_in_block};
use super::typeset::Typesetter;
use crate::model::{Annotation, AnnotationId, Target};
use crate::ops::OpenDocument;
use crate::text::{TextRange, TextSize};

/// Part of the view that stays below a caret that has moved.
const AHEAD: f32 = 1.0 / 3.0;
/// How far a caret that is too low goes up for each point it has moved down.
const CATCHING_UP: f32 = 2.0;
/// A passage that starts between these parts of the view stays where it is.
const MIDDLE: (f32, f32) = (0.2, 0.5);

/// What to bring into view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Revealed {
    /// Ranges (bytes), the largest first. The first that fits is shown; if none does, as much of the
    /// last as fits.
    ranges: [TextRange; 3],
    room: Room,
}

/// What stays in view around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// One row.
    Row,
    /// A third of the view below it, so that one sees what comes.
    Ahead,
    /// It starts in the middle third, so that there is room below.
    Middle,
}

impl Revealed {
    pub(super) fn range(range: TextRange, room: Room) -> Self {
        Self {
            ranges: [range; 3],
            room,
        }
    }

    /// A tag and what it is judged by: its start, its end and the mentions it is linked to. Where they do
    /// not fit, its end and the mentions, else its end, with the caret if that is in the tag.
    pub(super) fn judged(open: &OpenDocument, tag: &Annotation) -> Self {
        let set = open.shown().set();
        let hull = tag.fragments.hull();
        let linked = set.links_from(&tag.id).filter_map(|link| match &link.to {
            Target::Annotation(id) => set.annotation(id),
            Target::Person(_) | Target::NotGiven => None,
        });
        let cover = |a: TextRange, b: TextRange| {
            TextRange::new(a.start().min(b.start()), a.end().max(b.end()))
        };
        let end = TextRange::empty(hull.end());
        let head = open.selection().head;
        let own = if hull.contains_inclusive(head) {
            cover(end, TextRange::empty(head))
        } else {
            end
        };
        let mentions = linked.map(|mention| mention.fragments.hull());
        let mentions = mentions.reduce(cover);
        Self {
            ranges: [
                mentions.map_or(hull, |mentions| cover(hull, mentions)),
                mentions.map_or(hull, |mentions| cover(end, mentions)),
                own,
            ],
            room: Room::Row,
        }
    }

    /// With a third of the view below it, so that one sees what comes.
    pub(super) fn ahead(self) -> Self {
        Self {
            room: Room::Ahead,
            ..self
        }
    }
}

impl TextView {
    /// Brings a range (bytes) into view with the next frame, moving as little as possible.
    pub fn reveal(&mut self, range: TextRange) {
        self.revealed = Some(Revealed::range(range, Room::Row));
    }

    /// The same for where one has gone (bytes): a third of the view stays below it, so that one sees what
    /// comes.
    pub fn reveal_ahead(&mut self, range: TextRange) {
        self.revealed = Some(Revealed::range(range, Room::Ahead));
    }

    /// The same for a passage (bytes) that is to be tagged: it starts in the middle third of the view,
    /// with room for the chips below.
    pub fn reveal_passage(&mut self, range: TextRange) {
        self.revealed = Some(Revealed::range(range, Room::Middle));
    }

    /// The same for the current tag and what it is judged by: its start, its end and the mentions it is
    /// linked to, as far as they fit; `ahead`: with a third of the view below, where that fits, too.
    pub fn reveal_current(&mut self, open: &OpenDocument, ahead: bool) {
        if let Some(tag) = open.current_tag() {
            let judged = Revealed::judged(open, tag);
            self.revealed = Some(if ahead { judged.ahead() } else { judged });
        }
    }

    /// The same for a mention the current tag is linked to: with the tag where both fit, else alone.
    pub fn reveal_mention(&mut self, open: &OpenDocument, mention: &AnnotationId) {
        let mention = open.shown().set().annotation(mention);
        if let (Some(tag), Some(mention)) = (open.current_tag(), mention) {
            let judged = Revealed::judged(open, tag);
            let [all, end, _] = judged.ranges;
            self.revealed = Some(Revealed {
                ranges: [all, end, mention.fragments.hull()],
                ..judged
            });
        }
    }
}

/// Height of the rows of a range, in points; `None`: more than `most`.
fn height_of(
    typesetter: &Typesetter<'_>,
    heights: &mut Heights,
    range: TextRange,
    most: f32,
) -> Option<f32> {
    let (block, top, _) = row_in_block(typesetter, range.start());
    let (last, _, bottom) = row_in_block(typesetter, range.end());
    let from = Anchor { block, offset: top };
    let height = distance(typesetter, heights, from, last, most)? + bottom;
    (height <= most).then_some(height)
}

/// The anchor with a place in view: what is near comes in by the shortest way; what is far comes to the
/// upper third. `caret`: bottom of the caret's row in the last frame, from the top of the view, where it
/// was in view.
pub(super) fn revealing(
    typesetter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: Anchor,
    revealed: Revealed,
    (view, caret): (f32, Option<f32>),
) -> Anchor {
    let margin = typesetter.typography.row.min(view / 4.0);
    let [_, _, last] = revealed.ranges;
    let fitting = revealed.ranges.into_iter().find_map(|range| {
        let height = height_of(typesetter, heights, range, view - margin)?;
        Some((range, Some(height)))
    });
    let (range, fits) = fitting.unwrap_or((last, None));
    if range.end() == TextSize::new(0) {
        // The white above the article belongs to its start.
        return Anchor::default();
    }
    let (block, top, _) = row_in_block(typesetter, range.start());
    let (last, _, bottom) = row_in_block(typesetter, range.end());
    let far = view * 2.0;
    let start = distance(typesetter, heights, anchor, block, far).map(|y| y + top);
    // In the upper third, but as a whole.
    let upper = match fits {
        Some(height) => (view / 3.0).min(view - height - margin).max(margin),
        None => view / 3.0,
    };
    let Some(start) = start else {
        return Anchor {
            block,
            offset: top - upper,
        };
    };
    let end =
        distance(typesetter, heights, anchor, last, far).map_or(f32::INFINITY, |y| y + bottom);
    let moved = |shift: f32| Anchor {
        block: anchor.block,
        offset: anchor.offset + shift,
    };
    let (lowest, white) = match revealed.room {
        Room::Row => (view, margin),
        Room::Ahead => (view * (1.0 - AHEAD), view * AHEAD),
        Room::Middle => {
            let (highest, lowest) = (view * MIDDLE.0, view * MIDDLE.1);
            let stays = (highest..=lowest).contains(&start) && end <= view - margin;
            return if stays { anchor } else { moved(start - upper) };
        }
    };
    if start < 0.0 {
        return moved(start - margin);
    }
    if end <= lowest {
        return anchor;
    }
    // As much of the range as fits, its start first.
    let shift = (end - view + white).min(start - margin).max(0.0);
    let Some(caret) = caret.filter(|_| range.is_empty() && revealed.room == Room::Ahead) else {
        return moved(shift);
    };
    // A caret that was low already, as above a message that has just come, goes up twice as far as it has
    // moved down, not all at once.
    let needed = (end - view + margin).max((end - caret) * CATCHING_UP);
    moved(shift.min(needed.max(0.0)))
}
