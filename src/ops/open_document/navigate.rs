//! Going about: the caret, the selection, from tag to tag. The document stays as it is.

use super::{Listed, OpenDocument};
use crate::edit::action::goes_with_link;
use crate::edit::{Motion, Refusal};
use crate::model::{Annotation, AnnotationId, Document, Place, Selection};
use crate::ops::{Move, Outcome, TagFilter};
use crate::suggest;
use crate::text::{TextRange, TextSize, snap_to_graphemes};

impl OpenDocument {
    pub(super) fn navigate(&mut self, to: &Move) -> Result<Outcome, Refusal> {
        match to {
            Move::Caret { motion, extend } => {
                let head = self.caret_target(*motion, *extend);
                let anchor = if *extend { self.selection.anchor } else { head };
                Ok(self.select(anchor, head))
            }
            Move::Select { anchor, head } => Ok(self.select(*anchor, *head)),
            Move::Seek(range) => {
                self.selection.tag = None;
                Ok(self.select(range.start(), range.end()))
            }
            // What one reads stays in view.
            Move::SelectAll => Ok(Outcome {
                reveal: None,
                ..self.select(TextSize::new(0), self.shown.source().len())
            }),
            Move::Grow => self.grow(),
            Move::Shrink => self.shrink(),
            Move::PreviousTag(filter) => {
                let tag = self.tag_beside(filter, false)?;
                self.walk_to(&tag)
            }
            Move::GoTo(tag) => self.go_to(tag),
            Move::Problem { forward } => self.go_to_problem(*forward),
            Move::Difference { forward } => self.go_to_difference_beside(*forward),
            Move::GoToDifference(group) => self.go_to_difference(*group),
            Move::ReviewWorkOf(colleague) => self.review_work_of(*colleague),
            Move::PeerTag { forward } => self.go_to_peer_tag_beside(*forward),
            Move::GoToPeerTag(rank) => self.go_to_peer_tag(*rank),
            Move::Correction { forward } => self.go_to_correction_beside(*forward),
            Move::GoToCorrection(place) => self.go_to_correction(*place),
            Move::Outward => self.go_to_nested(true),
            Move::Inward => self.go_to_nested(false),
        }
    }

    fn caret_target(&self, motion: Motion, extend: bool) -> TextSize {
        let range = self.selection.range();
        // Without Shift an arrow leaves a selection at its edge.
        if !extend && !range.is_empty() {
            if motion == Motion::NextGrapheme {
                return range.end();
            }
            if motion == Motion::PreviousGrapheme {
                return range.start();
            }
        }
        motion.target(self.shown.source(), self.selection.head)
    }

    pub(super) fn select(&mut self, anchor: TextSize, head: TextSize) -> Outcome {
        let source = self.shown.source();
        let range = TextRange::new(anchor.min(head), anchor.max(head));
        let range = snap_to_graphemes(source, range);
        let (anchor, head) = if anchor <= head {
            (range.start(), range.end())
        } else {
            (range.end(), range.start())
        };
        // A caret stays a caret: within a cluster it goes to the cluster's start.
        let anchor = if range.is_empty() { head } else { anchor };
        // A range may be meant for the current tag (A adds it), and going about within a tag keeps it
        // current, so that its edges can be nudged there.
        let kept = self.selection.tag.take().filter(|id| {
            anchor != head
                || self
                    .shown
                    .set()
                    .annotation(id)
                    .is_some_and(|tag| tag.fragments.touches(head))
        });
        self.grown_from = None;
        self.deleted_at = None;
        self.walks = false;
        self.selection = Selection {
            anchor,
            head,
            tag: kept,
        };
        if self.selection.tag.is_none()
            && let Some(chips) = self.chips.take()
            && chips.goes_on_confirming()
        {
            self.left_in_hand = Some(chips.tag);
        }
        moved(TextRange::empty(head))
    }

    /// Continues where the person was in an earlier reading of the article, whose selection is at
    /// `anchor` and `head` and whose current tag starts at `start` (bytes) now. That tag stays the
    /// current one, wherever the caret is; a suggestion is it again once it is shown. Where it is gone,
    /// no other takes its place.
    pub fn resume(&mut self, earlier: &Self, anchor: TextSize, head: TextSize, start: TextSize) {
        self.select(anchor, head);
        let set = self.shown.set();
        let is_there = |id: &&AnnotationId| set.annotation(id).is_some();
        let current = earlier.selection.tag.as_ref();
        let suggested = current.filter(|id| earlier.is_undecided(id));
        let suggested = suggested.and_then(|id| earlier.shown.set().annotation(id));
        self.awaited = suggested.map(|tag| (start, tag.label.clone()));
        self.selection.tag = current.filter(is_there).cloned();
        self.extended = earlier.extended.as_ref().filter(is_there).cloned();
        let none_current = earlier.deleted_at.as_ref() == Some(&earlier.selection);
        if none_current || (current.is_some() && self.selection.tag.is_none()) {
            self.deleted_at = Some(self.selection.clone());
        }
        self.open_chips(false);
    }

    fn grow(&mut self) -> Result<Outcome, Refusal> {
        let range = self.selection.range();
        let unit = suggest::grow(self.shown.source(), range);
        let range = self
            .enclosing_tag(range)
            .into_iter()
            .chain(unit)
            .min_by_key(|unit| unit.len())
            .ok_or_else(|| Refusal::new("this is the largest selection"))?;
        let origin = self.grown_from.unwrap_or(self.selection.head);
        let outcome = self.select(range.start(), range.end());
        self.grown_from = Some(origin);
        Ok(outcome)
    }

    /// The smallest part of a tag around a selection that is more than the selection.
    fn enclosing_tag(&self, range: TextRange) -> Option<TextRange> {
        self.shown
            .set()
            .overlapping(TextRange::at(range.start(), 1.into()))
            .take(64)
            .map(|(span, _)| span)
            .filter(|span| span.contains_range(range) && span.len() > range.len())
            .min_by_key(|span| span.len())
    }

    /// Back the way the selection grew, down to the caret it grew from.
    fn shrink(&mut self) -> Result<Outcome, Refusal> {
        let range = self.selection.range();
        if range.is_empty() {
            return Err(Refusal::new("nothing selected; press E to select the word"));
        }
        let origin = self
            .grown_from
            .filter(|&at| range.contains_inclusive(at))
            .unwrap_or(range.start());
        let tag = self
            .shown
            .set()
            .at(origin)
            .into_iter()
            .take(64)
            .flat_map(|tag| tag.fragments.iter())
            .filter(|span| range.contains_range(*span) && span.contains_inclusive(origin))
            .filter(|span| span.len() < range.len())
            .max_by_key(|span| span.len());
        let unit = suggest::shrink(self.shown.source(), range, origin);
        let smaller = unit.into_iter().chain(tag).max_by_key(|unit| unit.len());
        let outcome = match smaller {
            Some(smaller) => self.select(smaller.start(), smaller.end()),
            None => self.select(origin, origin),
        };
        self.grown_from = Some(origin);
        Ok(outcome)
    }

    /// The tag after where the person is that the filter takes in, or the one before.
    pub(super) fn tag_beside(
        &mut self,
        filter: &TagFilter,
        forward: bool,
    ) -> Result<AnnotationId, Refusal> {
        if !filter.is_all() && !self.listing.is_all_of(filter) {
            self.list(filter, usize::MAX);
        }
        let listed = if filter.is_all() {
            Listed::all(self.shown.set())
        } else {
            self.listed()
        };
        neighbour(listed, self.place(), filter, forward).map(|tag| tag.id.clone())
    }

    /// Where the person is among the tags. A tag that begins at the caret and is shown as the current
    /// one counts as visited: what comes after it is the next.
    fn place(&self) -> Place {
        let caret = self.selection.head;
        let visited = |tag: &&Annotation| {
            self.selection.tag.is_some() || tag.fragments.hull().start() == caret
        };
        let current = self.current_tag().filter(visited);
        current.map_or_else(|| (caret, TextSize::new(0), "".into()), Annotation::place)
    }

    /// The tag after where the person is, passing over the mentions that the current quote or claim
    /// has just been linked to: named, confirmed, nothing to do about them.
    pub(super) fn tag_onward(&mut self, filter: &TagFilter) -> Result<AnnotationId, Refusal> {
        let next = self.tag_beside(filter, true)?;
        let set = self.shown.set();
        let is_done = |tag: &Annotation| {
            tag.person.is_some()
                && self.selection.tag.as_ref().is_some_and(|current| {
                    let mut links = set.links_from(current);
                    links.any(|link| link.confirmed && goes_with_link(&self.shown, tag, link))
                })
        };
        match set.annotation(&next) {
            Some(tag) if filter.is_all() && is_done(tag) => {
                let beyond = Listed::all(set).next_to(&tag.place(), true);
                beyond
                    .map(|tag| tag.id.clone())
                    .ok_or_else(|| Refusal::new("no more tags below"))
            }
            Some(_) | None => Ok(next),
        }
    }

    pub(super) fn go_to(&mut self, tag: &AnnotationId) -> Result<Outcome, Refusal> {
        let annotation = self
            .shown
            .set()
            .annotation(tag)
            .ok_or_else(|| Refusal::new("this tag no longer exists"))?;
        let reveal = annotation.fragments.hull();
        self.selection = Selection {
            tag: Some(tag.clone()),
            ..Selection::caret(reveal.start())
        };
        self.asking = None;
        self.extended = None;
        self.walks = false;
        self.chips = None;
        self.open_chips(false);
        Ok(moved(reveal))
    }

    /// Goes to a tag on a way from tag to tag.
    pub(super) fn walk_to(&mut self, tag: &AnnotationId) -> Result<Outcome, Refusal> {
        let moved = self.go_to(tag)?;
        self.walks = true;
        Ok(moved)
    }

    /// The nearest quotation or report that is not tagged, after `from` or before it.
    pub(super) fn untagged_beside(
        &self,
        from: TextRange,
        forward: bool,
    ) -> Result<TextRange, Refusal> {
        suggest::untagged_passage(&self.shown, &self.schema, from, forward).ok_or_else(|| {
            let way = if forward { "below" } else { "above" };
            let lines = self.shown.source().lines();
            let (here, last) = (
                lines.line_at(from.start()),
                lines.line_at(self.shown.source().len()),
            );
            let left = if forward { last - here } else { here };
            Refusal::new(if left > suggest::PARAGRAPHS {
                format!(
                    "no untagged quotation or report in {} paragraphs {way}; go on from there",
                    suggest::PARAGRAPHS
                )
            } else {
                format!("no more untagged quotations or reports {way}")
            })
        })
    }

    /// Selects a passage, so that the next key is about it; the caret is at its start.
    pub(super) fn go_to_passage(&mut self, passage: TextRange) -> Outcome {
        self.selection.tag = None;
        self.asking = None;
        self.chips = None;
        self.select(passage.end(), passage.start());
        moved(passage)
    }

    fn go_to_nested(&mut self, outward: bool) -> Result<Outcome, Refusal> {
        let tag = nested(&self.shown, &self.selection, outward)?;
        let (tag, reveal) = (tag.id.clone(), tag.fragments.hull());
        self.selection.tag = Some(tag);
        self.open_chips(false);
        Ok(moved(reveal))
    }

    pub(super) fn go_to_suggestion(&mut self, forward: bool) -> Result<Outcome, Refusal> {
        // One that begins at the caret and was not gone to yet is the first on the way.
        let here = self.current_tag().filter(|tag| {
            forward
                && self.selection.tag.is_none()
                && tag.is_open_suggestion()
                && tag.fragments.start() == self.selection.head
        });
        let found = here.or_else(|| self.suggestion(forward));
        let found = found.map(|tag| tag.id.clone());
        let way = if forward { "below" } else { "above" };
        match found {
            Some(tag) => self.walk_to(&tag),
            None => Err(Refusal::new(format!("no more suggestions {way}"))),
        }
    }

    fn go_to_problem(&mut self, forward: bool) -> Result<Outcome, Refusal> {
        let beside = self.problem_beside(forward);
        let wraps = beside.is_none();
        let Some(problem) = beside.or_else(|| self.problem_at_end(!forward)) else {
            return Err(Refusal::new(match self.problems.without_place() {
                _ if !self.lists_problems() => {
                    "the problems are still being looked for; try again in a moment".to_owned()
                }
                0 => "no problems".to_owned(),
                n => format!("no problems in the text; {n} in the list (F6)"),
            }));
        };
        let mut message = problem.kind.words_on_screen();
        if wraps {
            message += match (self.problems.len() - self.problems.without_place(), forward) {
                (1, _) => " (there is no other problem)",
                (_, true) => " (back at the first problem)",
                (_, false) => " (on to the last problem)",
            };
        }
        let outcome = match (problem.annotation.clone(), problem.range) {
            (Some(tag), _) => self.go_to(&tag)?,
            (None, Some(range)) => {
                self.select(range.start(), range.end());
                moved(range)
            }
            (None, None) => Outcome::default(),
        };
        Ok(Outcome { message, ..outcome })
    }
}

fn moved(reveal: TextRange) -> Outcome {
    Outcome {
        reveal: Some(reveal),
        ..Outcome::default()
    }
}

/// The next of the listed tags after where the person is, or the one before.
fn neighbour<'a>(
    listed: Listed<'a>,
    place: Place,
    filter: &TagFilter,
    forward: bool,
) -> Result<&'a Annotation, Refusal> {
    listed.next_to(&place, forward).ok_or_else(|| {
        let way = if forward { "below" } else { "above" };
        let which = if filter.is_all() {
            "tags"
        } else {
            "matching tags"
        };
        Refusal::new(format!("no more {which} {way}"))
    })
}

/// The next larger (`outward`) or smaller tag at the caret.
fn nested<'a>(
    document: &'a Document,
    selection: &Selection,
    outward: bool,
) -> Result<&'a Annotation, Refusal> {
    let tags = document.set().at(selection.head);
    let current = selection
        .tag
        .as_ref()
        .and_then(|id| tags.iter().position(|tag| tag.id == *id));
    let wanted = match (current, outward) {
        (None, true) => Some(0),
        (None, false) => tags.len().checked_sub(1),
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
    };
    wanted
        .and_then(|at| tags.get(at).copied())
        .ok_or_else(|| match (tags.is_empty(), outward) {
            (true, _) => Refusal::new("no tag here; put the caret in one or press N"),
            (false, true) => Refusal::new("no larger tag here"),
            (false, false) => Refusal::new("no smaller tag here"),
        })
}
