//! What others have tagged: broken lines above the letters, in the style of each, so that nothing of
//! one's own is hidden.

use egui::{Id, Painter, Pos2, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::ViewInput;
use super::block_layout::Piece;
use super::hit::Page;
use crate::compare::DifferenceKind;
use crate::gui::colleague_style::ColleagueStyle;
use crate::gui::fonts;
use crate::gui::tag_description::authorship_words;
use crate::model::{Annotation, Review, ReviewKey};
use crate::ops::{Adjudication, ColleagueWork, PeerWork};
use crate::text::TextRange;

/// As many people have lines above one another.
const LANES: usize = 4;
/// Distance between the lines of two people, in points.
const LANE: f32 = 3.5;

/// A tag of a colleague in view, and where its lines are.
struct ColleagueTag<'a> {
    work: &'a ColleagueWork,
    style: ColleagueStyle,
    tag: &'a Annotation,
    range: TextRange,
    /// Whether the tag starts with this range.
    first: bool,
    /// Each line with what it is above.
    lines: Vec<([Pos2; 2], Piece)>,
}

/// Draws the lines of their tags in view, with letters where tags start.
pub(super) fn paint(painter: &Painter, input: &ViewInput<'_>, page: &Page) {
    let tags = tags(input, page);
    letters(painter, input, &tags);
    for tag in &tags {
        for (ends, piece) in &tag.lines {
            painter.extend(tag.style.line(*ends));
            if piece.first {
                painter.add(tag.style.edge(ends[0]));
            }
            if piece.last {
                painter.add(tag.style.edge(ends[1]));
            }
        }
    }
}

/// Draws the letters beside one another, above all lines there.
fn letters(painter: &Painter, input: &ViewInput<'_>, tags: &[ColleagueTag<'_>]) {
    let font = fonts::bold_font((text_size(input) * 0.5).max(9.0));
    let starts = tags.iter().filter(|tag| tag.first);
    let mut starts: Vec<_> = starts
        .filter_map(|tag| Some((tag, tag.lines.first()?)))
        .collect();
    starts.sort_by(|(_, (a, above)), (_, (b, below))| {
        let rows = above.baseline.total_cmp(&below.baseline);
        rows.then(a[0].x.total_cmp(&b[0].x))
    });
    // Where the row's last letter ends.
    let mut end: Option<Pos2> = None;
    for (tag, (ends, piece)) in starts {
        let words = letter_words(input, tag);
        if words.is_empty() {
            continue;
        }
        let galley = painter.layout_no_wrap(words, font.clone(), tag.style.color());
        // Right of the letter of a tag of one's own that starts there, too.
        let mut left = ends[0].x + font.size * 1.3;
        if let Some(end) = end.filter(|end| end.y == piece.baseline) {
            left = left.max(end.x + font.size * 0.25);
        }
        let right = left + galley.size().x;
        end = Some(pos2(right, piece.baseline));
        let lines = tags.iter().flat_map(|tag| &tag.lines);
        let there = lines.filter(|(ends, other)| {
            other.baseline == piece.baseline && ends[0].x < right && ends[1].x > left
        });
        let bottom = there.map(|(ends, _)| ends[0].y).fold(ends[0].y, f32::min) - 1.0;
        painter.galley(
            pos2(left, bottom - galley.size().y),
            galley,
            tag.style.color(),
        );
    }
}

/// The letter of a tag, with what is to be said of it.
fn letter_words(input: &ViewInput<'_>, tag: &ColleagueTag<'_>) -> String {
    let label = input.open.schema().label(&tag.tag.label);
    let letter = label.map_or('?', |label| label.letter);
    match (kind_words(input, tag), input.open.adjudication()) {
        (Some(kind), _) => format!("{letter} {kind}"),
        (None, None) => match verdict_mark(input, tag) {
            Some(mark) => format!("{letter} {mark}"),
            None => letter.to_string(),
        },
        // One of the group says it.
        (None, Some(_)) => String::new(),
    }
}

/// Gives each a tooltip.
pub(super) fn colleagues_ui(ui: &mut Ui, input: &ViewInput<'_>, page: &Page, area: Rect) {
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(area));
    ui.shrink_clip_rect(area);
    let size = text_size(input);
    for found in tags(input, page) {
        let ColleagueTag {
            work, tag, range, ..
        } = found;
        let mut own = input.open.document().set().overlapping(range);
        let has_own = own.next().is_some();
        for (n, (ends, piece)) in found.lines.iter().enumerate() {
            // Easy to hit. Words in one's own tags belong to those.
            let (low, high) = (vec2(0.0, 4.0), vec2(0.0, size * 0.4));
            let mut hold = Rect::from_min_max(ends[0] - low, ends[1] + high);
            if !has_own {
                hold.max.y = hold.max.y.max(piece.rect.bottom());
            }
            let id = Id::unique(("tag of a colleague", work.name(), tag.id.as_str(), range, n));
            let response = ui.interact(hold, id, Sense::hover());
            if found.first && n == 0 {
                let words = words(input, work, tag);
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
            }
            response.on_hover_ui_at_pointer(|ui| {
                ui.label(words(input, work, tag));
                if let Some(by) = authorship_words(tag) {
                    ui.label(RichText::new(by).color(input.theme.muted));
                }
            });
        }
    }
}

fn text_size(input: &ViewInput<'_>) -> f32 {
    18.0 * input.zoom
}

fn tags<'a>(input: &ViewInput<'a>, page: &Page) -> Vec<ColleagueTag<'a>> {
    let mut found = Vec::new();
    let (Some(top), Some(bottom)) = (page.blocks.first(), page.blocks.last()) else {
        return found;
    };
    let view = top.range.cover(bottom.range);
    let size = text_size(input);
    for (n, work) in input.colleagues.iter().enumerate() {
        let work = with_proposed(input, work);
        let style = ColleagueStyle::of(input.theme, n);
        let lane = f32::from(u8::try_from(n % LANES).unwrap_or_default());
        let mut seen: Vec<&Annotation> = Vec::new();
        for (range, tag) in work.document.set().overlapping(view) {
            if tag.is_rejected() || !is_shown(input, work, tag) {
                continue;
            }
            let lines = page.pieces(range).into_iter().map(|piece| {
                let y = piece.baseline - size * 0.95 - LANE * lane;
                let ends = [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)];
                (ends, piece)
            });
            found.push(ColleagueTag {
                work,
                style,
                tag,
                range,
                first: !seen.iter().any(|other| other.id == tag.id),
                lines: lines.collect(),
            });
            seen.push(tag);
        }
    }
    found
}

/// The work of a colleague; of the one who is reviewed, with what is proposed to them.
fn with_proposed<'a>(input: &ViewInput<'a>, work: &'a ColleagueWork) -> &'a ColleagueWork {
    let reviewed = review_of(input, work).and_then(PeerWork::reviewed_work);
    reviewed.unwrap_or(work)
}

/// The review of a colleague’s work, where that is what one reviews.
fn review_of<'a>(input: &ViewInput<'a>, work: &ColleagueWork) -> Option<&'a PeerWork> {
    let peer_work = input.open.peer_work()?;
    (peer_work.reviewed_work()?.annotator == work.annotator).then_some(peer_work)
}

/// Whether one proposes this tag to a colleague.
fn is_proposed(input: &ViewInput<'_>, work: &ColleagueWork, tag: &Annotation) -> bool {
    review_of(input, work).is_some_and(|peer_work| peer_work.proposes(&tag.id))
}

/// Whether a tag is drawn: while annotators are compared, where it is part of an open difference; at a tag that
/// is reviewed, where it is by the same annotator.
fn is_shown(input: &ViewInput<'_>, work: &ColleagueWork, tag: &Annotation) -> bool {
    let Some(adjudication) = input.open.adjudication() else {
        let reviewed = input.open.reviewed_tag();
        return reviewed.is_none_or(|reviewed| reviewed.work.annotator == work.annotator);
    };
    difference(adjudication, work, tag).is_some()
}

/// The open difference that a tag is part of.
fn difference(
    adjudication: &Adjudication,
    work: &ColleagueWork,
    tag: &Annotation,
) -> Option<usize> {
    let key = ReviewKey {
        of: work.annotator.clone().unwrap_or_default(),
        tag: tag.id.clone(),
    };
    let group = adjudication.group_of(&key)?;
    adjudication.is_open(group).then_some(group)
}

/// What the person says about a tag that they review.
fn verdict_mark(input: &ViewInput<'_>, found: &ColleagueTag<'_>) -> Option<&'static str> {
    let peer_work = review_of(input, found.work)?;
    if peer_work.proposes(&found.tag.id) {
        return Some("missing");
    }
    match peer_work.verdict(found.tag, input.open.document().set()) {
        Review::Unreviewed => None,
        Review::Accepted => Some("ok"),
        Review::Rejected => Some("wrong"),
        Review::Unsure => Some("?"),
    }
}

/// How a tag differs from those of others, at the last one of its group.
fn kind_words(input: &ViewInput<'_>, found: &ColleagueTag<'_>) -> Option<String> {
    let adjudication = input.open.adjudication()?;
    let group = difference(adjudication, found.work, found.tag)?;
    let group = adjudication.comparison().groups().get(group)?;
    // Above the lines of the others.
    let last = group.members.last()?;
    let is_last = last.key.tag == found.tag.id
        && last.key.of == found.work.annotator.as_deref().unwrap_or_default();
    let parts: Vec<&str> = group.differing.iter().map(|part| part.word()).collect();
    let words = match adjudication.comparison().kind(group) {
        DifferenceKind::Missing => {
            let comparison = adjudication.comparison();
            let has = group.members.iter();
            let has: Vec<&str> = has.map(|one| comparison.name(one.annotator)).collect();
            format!("only {}", has.join(", "))
        }
        DifferenceKind::Agreed => "agreed".to_owned(),
        DifferenceKind::Deleted
        | DifferenceKind::Label
        | DifferenceKind::Attributes
        | DifferenceKind::Speaker
        | DifferenceKind::Boundary
        | DifferenceKind::Several => parts.join(", "),
    };
    is_last.then_some(words)
}

/// "maria: Quote, said by Tillerson, accepted".
fn words(input: &ViewInput<'_>, work: &ColleagueWork, tag: &Annotation) -> String {
    let schema = input.open.schema();
    let label = schema.label(&tag.label);
    let label = label.map_or(tag.label.as_str(), |kind| kind.name.as_str());
    let set = work.document.set();
    let speakers: Vec<&str> = schema.speaker_role(&tag.label).map_or(Vec::new(), |role| {
        set.links_from(&tag.id)
            .filter(|link| link.role == role.key)
            .filter_map(|link| set.person_behind(&link.to))
            .map(|person| person.name.as_str())
            .collect()
    });
    let mut words = match is_proposed(input, work, tag) {
        true => format!("you, to {}: {label} is missing", work.name()),
        false => format!("{}: {label}", work.name()),
    };
    if !speakers.is_empty() {
        words += &format!(", said by {}", speakers.join(", "));
    }
    let person = tag.person.as_ref().and_then(|id| set.person(id));
    if let Some(person) = person.filter(|_| schema.mentions(&tag.label)) {
        words += &format!(", {}", person.name);
    }
    if tag.review != Review::Unreviewed {
        words += &format!(", {}", tag.review.word());
    }
    words
}
