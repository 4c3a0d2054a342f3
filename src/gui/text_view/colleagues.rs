//! What others have tagged: broken lines above the letters, in the style of each, so that nothing of
//! one's own is hidden.

use egui::{
    Id, Painter, Pos2, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

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
    /// Whether it stands for all annotators, who have it alike.
    agreed: bool,
    /// Each line with what it is above.
    lines: Vec<([Pos2; 2], Piece)>,
}

/// Points that rows are further apart while the tags of so many people are drawn above them, for text of this
/// size: their lines and letters touch neither the row above nor what is drawn below that.
pub(super) fn room_above_rows(people: usize, size: f32) -> f32 {
    match people {
        0 => 0.0,
        people => (band(people, size) - 2.0).ceil(),
    }
}

/// Height of the band above the letters that the lines of so many people take, and the letters in it.
fn band(people: usize, size: f32) -> f32 {
    let lanes = u16::try_from(people.min(LANES)).unwrap_or_default();
    (f32::from(lanes) * LANE).max(letter_size(size) * 1.1)
}

fn letter_size(text: f32) -> f32 {
    (text * 0.5).max(9.0)
}

/// Draws the lines of their tags in view, with letters where tags start.
pub(super) fn paint(painter: &Painter, input: &ViewInput<'_>, page: &Page) {
    let tags = tags(input, page);
    for tag in &tags {
        for (ends, piece) in &tag.lines {
            if tag.agreed {
                let stroke = Stroke::new(1.5, input.theme.muted);
                painter.line_segment(*ends, stroke);
                let edges = [(piece.first, ends[0]), (piece.last, ends[1])];
                for (_, at) in edges.into_iter().filter(|(there, _)| *there) {
                    let tick = [at - vec2(0.0, 1.0), at + vec2(0.0, 4.0)];
                    painter.line_segment(tick, stroke);
                }
                continue;
            }
            painter.extend(tag.style.line(*ends));
            if piece.first {
                painter.add(tag.style.edge(ends[0]));
            }
            if piece.last {
                painter.add(tag.style.edge(ends[1]));
            }
        }
    }
    letters(painter, input, &tags);
}

/// Draws the letters beside one another, in the band of the lines and in place of them.
fn letters(painter: &Painter, input: &ViewInput<'_>, tags: &[ColleagueTag<'_>]) {
    let size = text_size(input);
    let font = fonts::bold_font(letter_size(size));
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
        let mut left = ends[0].x + 3.0;
        if let Some(end) = end.filter(|end| end.y == piece.baseline) {
            left = left.max(end.x + 2.0);
        }
        let color = match tag.agreed {
            true => input.theme.muted,
            false => tag.style.color(),
        };
        // What there is room for above the tag; the tooltip and the panel say it all.
        let lay_out = |words: String| painter.layout_no_wrap(words, font.clone(), color);
        let galleys = letter_words(input, tag).into_iter().map(lay_out);
        let mut fitting = galleys.filter(|galley| left + galley.size().x <= ends[1].x);
        let Some(galley) = fitting.next() else {
            continue;
        };
        let right = left + galley.size().x;
        end = Some(pos2(right, piece.baseline));
        let bottom = lane_y(piece, size, 0) + 2.0;
        let top = bottom - band(input.colleagues.len(), size) - 1.0;
        let ground = Rect::from_min_max(pos2(left - 1.0, top), pos2(right + 1.0, bottom));
        painter.rect_filled(ground, 0, input.theme.surface);
        // On the line of the letters, not on that of their descenders.
        let under = galley.size().y - font.size * 0.1;
        painter.galley(pos2(left, bottom - under), galley, color);
    }
}

/// Where the line of a lane is above the letters of a row.
fn lane_y(piece: &Piece, size: f32, lane: usize) -> f32 {
    let lane = u16::try_from(lane % LANES).unwrap_or_default();
    piece.baseline - size * 0.95 - LANE * f32::from(lane)
}

/// The letter of a tag with what is to be said of it, then the letter alone; nothing where others of its group say
/// it.
fn letter_words(input: &ViewInput<'_>, tag: &ColleagueTag<'_>) -> Vec<String> {
    let label = input.open.schema().label(&tag.tag.label);
    let letter = label.map_or('?', |label| label.letter).to_string();
    if tag.agreed {
        return vec![letter];
    }
    let said = match (kind_words(input, tag), input.open.adjudication()) {
        (Some(kind), _) => Some(kind),
        (None, None) => verdict_mark(input, tag).map(str::to_owned),
        // One of the group says it.
        (None, Some(_)) => return Vec::new(),
    };
    let with_words = said.map(|said| format!("{letter} {said}"));
    with_words.into_iter().chain([letter]).collect()
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
        let mut seen: Vec<&Annotation> = Vec::new();
        for (range, tag) in work.document.set().overlapping(view) {
            if tag.is_rejected() || !is_shown(input, work, tag) {
                continue;
            }
            let agreed = agreed_group(input, work, tag).is_some();
            let lane = if agreed { 0 } else { n };
            let lines = page.pieces(range).into_iter().map(|piece| {
                let y = lane_y(&piece, size, lane);
                let ends = [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)];
                (ends, piece)
            });
            found.push(ColleagueTag {
                work,
                style,
                tag,
                range,
                agreed,
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
        || agreed_group(input, work, tag).is_some_and(|first| first)
}

/// Whether a tag is the first of a group that all annotators have alike and that is taken with the next decision;
/// `None`: it is in no such group.
fn agreed_group(input: &ViewInput<'_>, work: &ColleagueWork, tag: &Annotation) -> Option<bool> {
    let adjudication = input.open.adjudication()?;
    let of = work.annotator.as_deref().unwrap_or_default();
    let key = ReviewKey {
        of: of.into(),
        tag: tag.id.clone(),
    };
    let group = adjudication.group_of(&key)?;
    let found = adjudication.comparison().groups().get(group)?;
    let first = found.members.first().is_some_and(|first| first.key == key);
    adjudication.is_agreed(group).then_some(first)
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
        false if agreed_group(input, work, tag).is_some() => format!("all agree: {label}"),
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
