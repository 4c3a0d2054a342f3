//! The tags in view, with their place on the page: in the rows, in lanes under them, and in the
//! margin.

use std::collections::BTreeMap;

use egui::{Pos2, Rect};

use super::block_layout::Piece;
use super::hit::Page;
use super::lanes;
use super::overflow::{Overflow, limit_overlap};
use crate::gui::short_name::short_name;
use crate::gui::tag_description::linked_name;
use crate::gui::theme::{LabelColors, Theme};
use crate::model::{Annotation, AnnotationId, Target};
use crate::ops::OpenDocument;
use crate::text::TextRange;

/// Lanes of underlines that have room between two rows, less one.
pub(super) const LAST_LANE: usize = 2;
/// How many brackets fit side by side in the margin, less one.
const LAST_BRACKET: usize = 3;
/// From the column to the first bracket, in points.
const BRACKET_GAP: f32 = 14.0;
/// From one bracket to the next, in points.
const BRACKET_STEP: f32 = 8.0;

/// Characters of a name or a tag's words in a line.
const LONGEST_NAME: usize = 72;

/// Links looked up around one tag at most, so that a frame stays cheap.
const MAX_HIGHLIGHTED: usize = 64;

/// A tag in view.
pub(super) struct TagMark<'a> {
    /// The tag.
    pub(super) tag: &'a Annotation,
    /// Its colours.
    pub(super) colors: LabelColors,
    /// Its letter.
    pub(super) letter: char,
    /// Its fragments in view, in order.
    pub(super) fragments: Vec<Fragment>,
    /// Lane under the rows of each block, by block.
    lanes: BTreeMap<usize, usize>,
    /// In the margin, for quotes and claims.
    pub(super) bracket: Option<Bracket>,
    /// The speaker.
    pub(super) attribution: Attribution,
}

/// A fragment in view.
pub(super) struct Fragment {
    /// Which of the tag's, from 0.
    pub(super) index: usize,
    /// Where it is; never empty.
    pub(super) pieces: Vec<Piece>,
}

/// The margin bracket beside a quote or claim.
pub(super) struct Bracket {
    /// Its upright.
    pub(super) x: f32,
    /// Top and bottom beside each fragment in view, in order.
    pub(super) spans: Vec<(f32, f32)>,
    /// Whether the tag starts in view.
    pub(super) starts: bool,
    /// Whether it ends in view.
    pub(super) ends: bool,
}

/// It has a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Attribution {
    /// It has no speaker: neither quote nor claim.
    NotApplicable,
    /// Not yet decided.
    Missing,
    /// The text names no speaker.
    NotGiven {
        /// Whether a person said so.
        confirmed: bool,
    },
    /// Someone.
    Speaker {
        /// The name to show; several with commas.
        name: String,
        /// Whether a person said so.
        confirmed: bool,
        /// The mentions that are linked.
        mentions: Vec<AnnotationId>,
    },
}

/// The speaker of a tag, as far as known.
pub(super) fn attribution(open: &OpenDocument, tag: &Annotation) -> Attribution {
    let Some(role) = open.schema().speaker_role(&tag.label) else {
        return Attribution::NotApplicable;
    };
    let set = open.shown().set();
    let links: Vec<_> = set
        .links_from(&tag.id)
        .filter(|link| link.role == role.key)
        .collect();
    let confirmed = links.iter().all(|link| link.confirmed);
    let mut names: Vec<String> = Vec::new();
    let mut mentions = Vec::new();
    for link in &links {
        if let Target::Annotation(id) = &link.to {
            mentions.push(id.clone());
        }
        if link.to != Target::NotGiven {
            let name = linked_name(open, link);
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let fits = |name: &str| name.chars().count() <= LONGEST_NAME;
            names.push(short_name(&name, fits));
        }
    }
    if links.is_empty() {
        Attribution::Missing
    } else if names.is_empty() {
        Attribution::NotGiven { confirmed }
    } else {
        Attribution::Speaker {
            name: names.join(", "),
            confirmed,
            mentions,
        }
    }
}

/// The words of a tag, its fragments joined by an ellipsis, cut to a line.
pub(super) fn words(open: &OpenDocument, tag: &Annotation) -> String {
    let (short, cut) = tag
        .fragments
        .excerpt(open.document().source(), LONGEST_NAME);
    let mut line = one_line(&short);
    if cut && !line.ends_with('…') {
        line.push('…');
    }
    line
}

/// Without line breaks, and cut where it is long.
fn one_line(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_NAME) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// The tags in view, long ones first, so that what is within is drawn over what is around it; and
/// where there are too many.
pub(super) fn marks<'a>(
    open: &'a OpenDocument,
    theme: &Theme,
    page: &Page,
) -> (Vec<TagMark<'a>>, Vec<Overflow>) {
    let mut marks: Vec<TagMark<'a>> = Vec::new();
    let mut known: BTreeMap<&AnnotationId, usize> = BTreeMap::new();
    let found = open.shown().set().overlapping(page.visible()).collect();
    let blocks: Vec<TextRange> = page.blocks.iter().map(|layout| layout.range).collect();
    let current = open.current_tag().map(|tag| &tag.id);
    let (found, overflows) = limit_overlap(found, &blocks, current);
    for (range, tag) in found {
        let pieces = page.pieces(range);
        if pieces.is_empty() {
            continue;
        }
        let index = tag.fragments.iter().position(|of| of == range);
        let fragment = Fragment {
            index: index.unwrap_or_default(),
            pieces,
        };
        match known.get(&tag.id).and_then(|&n| marks.get_mut(n)) {
            Some(mark) => mark.fragments.push(fragment),
            None => {
                known.insert(&tag.id, marks.len());
                let label = open.schema().label(&tag.label);
                marks.push(TagMark {
                    tag,
                    colors: theme.label_colors(label.map_or("gray", |label| label.color.as_str())),
                    letter: label.map_or('?', |label| label.letter),
                    fragments: vec![fragment],
                    lanes: BTreeMap::new(),
                    bracket: None,
                    attribution: attribution(open, tag),
                });
            }
        }
    }
    for mark in &mut marks {
        mark.fragments.sort_by_key(|fragment| fragment.index);
    }
    marks.sort_by(|a, b| {
        let len = |mark: &TagMark<'_>| mark.tag.fragments.hull().len();
        (len(b), &a.tag.id).cmp(&(len(a), &b.tag.id))
    });
    assign_lanes(&mut marks, page);
    assign_brackets(&mut marks, open, page);
    (marks, overflows)
}

/// Lanes are given block by block, from all of a block's tags: scrolling never changes them.
fn assign_lanes(marks: &mut [TagMark<'_>], page: &Page) {
    for layout in &page.blocks {
        let mut here = Vec::new();
        let mut stretches = Vec::new();
        for (n, mark) in marks.iter().enumerate() {
            let hull = mark.tag.fragments.hull();
            let Some(part) = layout.range.intersect(hull).filter(|part| !part.is_empty()) else {
                continue;
            };
            here.push(n);
            stretches.push((u32::from(part.start()), u32::from(part.end())));
        }
        for (n, lane) in here.into_iter().zip(lanes::assign(&stretches, LAST_LANE)) {
            if let Some(mark) = marks.get_mut(n) {
                mark.lanes.insert(layout.block, lane.min(LAST_LANE));
            }
        }
    }
}

fn assign_brackets(marks: &mut [TagMark<'_>], open: &OpenDocument, page: &Page) {
    // Rows in view, counted through, so that two tags in one row do not share an upright.
    let mut first_row = BTreeMap::new();
    let mut rows: u32 = 0;
    for layout in &page.blocks {
        first_row.insert(layout.block, rows);
        rows += u32::try_from(layout.rows()).unwrap_or_default();
    }
    let ordinal = |piece: &Piece| {
        let first = first_row.get(&piece.block).copied().unwrap_or_default();
        first + u32::try_from(piece.row).unwrap_or_default()
    };
    let mut speaking = Vec::new();
    let mut stretches = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        let pieces = || mark.fragments.iter().flat_map(|fragment| &fragment.pieces);
        let (Some(first), Some(last)) = (pieces().next(), pieces().last()) else {
            continue;
        };
        if open.schema().speaks(&mark.tag.label) && !mark.tag.is_open_suggestion() {
            speaking.push(n);
            stretches.push((ordinal(first), ordinal(last) + 1));
        }
    }
    for (n, lane) in speaking
        .into_iter()
        .zip(lanes::assign(&stretches, LAST_BRACKET))
    {
        let Some(mark) = marks.get_mut(n) else {
            continue;
        };
        let lane = u8::try_from(lane.min(LAST_BRACKET)).unwrap_or_default();
        let spans = mark
            .fragments
            .iter()
            .filter_map(|fragment| {
                let (first, last) = (fragment.pieces.first()?, fragment.pieces.last()?);
                Some((first.rect.top() + 5.0, last.rect.bottom() - 2.0))
            })
            .collect();
        let edge = |fragment: Option<&Fragment>, of: usize| {
            fragment.is_some_and(|fragment| fragment.index == of)
        };
        let starts = edge(mark.fragments.first(), 0)
            && (mark.fragments.first())
                .and_then(|fragment| fragment.pieces.first())
                .is_some_and(|piece| piece.first);
        let ends = edge(mark.fragments.last(), mark.tag.fragments.len() - 1)
            && (mark.fragments.last())
                .and_then(|fragment| fragment.pieces.last())
                .is_some_and(|piece| piece.last);
        mark.bracket = Some(Bracket {
            x: (page.left - BRACKET_GAP - BRACKET_STEP * f32::from(lane)).round(),
            spans,
            starts,
            ends,
        });
    }
}

impl TagMark<'_> {
    /// The lane of its underline in a block.
    pub(super) fn lane(&self, block: usize) -> usize {
        self.lanes.get(&block).copied().unwrap_or_default()
    }

    /// Where it is in the rows.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.fragments.iter().flat_map(|fragment| &fragment.pieces)
    }

    /// Whether its first words are in view.
    pub(super) fn starts(&self) -> bool {
        let first = self.fragments.first();
        let first = first.filter(|fragment| fragment.index == 0);
        first
            .and_then(|fragment| fragment.pieces.first())
            .is_some_and(|piece| piece.first)
    }

    /// What its rows take of the view.
    fn area(&self, view: Rect) -> Option<Rect> {
        let rects = self.pieces().map(|piece| piece.rect);
        Some(rects.reduce(Rect::union)?.intersect(view))
    }

    /// Where its bracket is, with room for a pointer.
    pub(super) fn bracket_area(&self) -> Option<Rect> {
        let bracket = self.bracket.as_ref()?;
        let top = bracket.spans.first()?.0;
        let bottom = bracket.spans.last()?.1;
        let reach = BRACKET_STEP / 2.0;
        Some(Rect::from_x_y_ranges(
            (bracket.x - reach)..=(bracket.x + reach),
            (top - 2.0)..=(bottom + 2.0),
        ))
    }
}

/// Where a tag and the mentions linked with it are, as far as they are in view; `None`: the tag is out
/// of view.
pub(super) fn area(marks: &[TagMark<'_>], id: &AnnotationId, view: Rect) -> Option<Rect> {
    let mark = marks.iter().find(|mark| mark.tag.id == *id)?;
    let mut area = mark.area(view).filter(|area| area.is_positive())?;
    if let Attribution::Speaker { mentions, .. } = &mark.attribution {
        let linked = |other: &&TagMark<'_>| mentions.contains(&other.tag.id);
        for mention in marks.iter().filter(linked) {
            if let Some(mention) = mention.area(view).filter(|area| area.is_positive()) {
                area = area.union(mention);
            }
        }
    }
    Some(area)
}

/// The smallest tag at a point of the page.
pub(super) fn tag_at<'m, 'a>(marks: &'m [TagMark<'a>], at: Pos2) -> Option<&'m TagMark<'a>> {
    let in_text = |mark: &&TagMark<'_>| mark.pieces().any(|piece| piece.rect.contains(at));
    // Long ones come first.
    let found = marks.iter().rev().find(in_text);
    found.or_else(|| bracket_at(marks, at))
}

/// The tag whose margin bracket is at a point of the page.
pub(super) fn bracket_at<'m, 'a>(marks: &'m [TagMark<'a>], at: Pos2) -> Option<&'m TagMark<'a>> {
    marks
        .iter()
        .rev()
        .find(|mark| mark.bracket_area().is_some_and(|area| area.contains(at)))
}

/// Adds what a tag is linked with.
pub(super) fn push_linked(
    open: &OpenDocument,
    id: &AnnotationId,
    highlighted: &mut Vec<AnnotationId>,
) {
    let set = &open.shown().set();
    for link in set.links_from(id).take(MAX_HIGHLIGHTED) {
        if let Target::Annotation(to) = &link.to {
            highlighted.push(to.clone());
        }
    }
    let target = Target::Annotation(id.clone());
    for link in set.links_to(&target).take(MAX_HIGHLIGHTED) {
        highlighted.push(link.from.clone());
    }
}
