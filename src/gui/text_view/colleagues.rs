//! What others have tagged: broken lines above the letters, in the style of each, so that nothing of
//! one's own is hidden.

use egui::{Id, Pos2, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::ViewInput;
use super::hit::Page;
use crate::gui::colleague_style::ColleagueStyle;
use crate::gui::tag_description::authorship_words;
use crate::model::{Annotation, Review};
use crate::ops::ColleagueWork;
use crate::text::TextRange;

/// As many people have lines above one another.
const LANES: usize = 4;
/// Distance between the lines of two people, in points.
const LANE: f32 = 3.5;

/// Draws their tags in view, each with a tooltip.
pub(super) fn colleagues_ui(ui: &mut Ui, input: &ViewInput<'_>, page: &Page, area: Rect) {
    let Some(view) = in_view(page) else { return };
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(area));
    ui.shrink_clip_rect(area);
    for (n, work) in input.colleagues.iter().enumerate() {
        let style = ColleagueStyle::of(input.theme, n);
        let lane = f32::from(u8::try_from(n % LANES).unwrap_or_default());
        let mut seen: Vec<&Annotation> = Vec::new();
        for (range, tag) in work.document.set().overlapping(view) {
            if tag.is_rejected() {
                continue;
            }
            let first = !seen.iter().any(|other| other.id == tag.id);
            seen.push(tag);
            part_ui(ui, input, page, (work, style, lane), (range, tag, first));
        }
    }
}

fn in_view(page: &Page) -> Option<TextRange> {
    let (first, last) = (page.blocks.first()?, page.blocks.last()?);
    Some(first.range.cover(last.range))
}

fn part_ui(
    ui: &mut Ui,
    input: &ViewInput<'_>,
    page: &Page,
    (work, style, lane): (&ColleagueWork, ColleagueStyle, f32),
    (range, tag, first): (TextRange, &Annotation, bool),
) {
    let size = 18.0 * input.zoom;
    for (n, piece) in page.pieces(range).iter().enumerate() {
        let y = piece.baseline - size * 0.95 - LANE * lane;
        let ends: [Pos2; 2] = [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)];
        ui.painter().extend(style.line(ends));
        // Easy to hit, and the words below still belong to one's own tags.
        let hold = Rect::from_min_max(ends[0] - vec2(0.0, 4.0), ends[1] + vec2(0.0, size * 0.4));
        let id = Id::unique(("tag of a colleague", work.name(), tag.id.as_str(), range, n));
        let response = ui.interact(hold, id, Sense::hover());
        if first && n == 0 {
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

/// "maria: Quote by Tillerson, accepted".
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
    let mut words = format!("{}: {label}", work.name());
    if !speakers.is_empty() {
        words += &format!(" by {}", speakers.join(", "));
    }
    if tag.review != Review::Unreviewed {
        words += &format!(", {}", tag.review.word());
    }
    words
}
