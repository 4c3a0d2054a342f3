//! The differences between annotators: what each says about the selected one, and the list.

use std::collections::VecDeque;

use egui::{
    Button, CentralPanel, Frame, Id, Margin, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2,
};

use super::list_and_details::{details_ui, note_ui, said_ui};
use crate::compare::{Comparison, DifferenceKind, TagGroup};
use crate::gui::app_command::AppCommand;
use crate::gui::colleague_style::ColleagueStyle;
use crate::gui::fonts;
use crate::gui::said_of_tag::{excerpt, said_of_tag};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, ROW, Row, TALL_ROW};
use crate::model::TagPart;
use crate::ops::ui_command::UiCommand;
use crate::ops::{Adjudication, Move, OpenDocument};
use crate::text::wording::count;

/// By the place of the annotator, from the first.
const TAKE: [UiCommand; 6] = [
    UiCommand::TakeFirst,
    UiCommand::TakeSecond,
    UiCommand::TakeThird,
    UiCommand::TakeFourth,
    UiCommand::TakeFifth,
    UiCommand::TakeSixth,
];

/// The tab; returns what gets the keys' focus: the first row in view.
pub(crate) fn differences_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    queue: &mut VecDeque<AppCommand>,
) -> Option<Id> {
    let Some(adjudication) = open.adjudication() else {
        note_ui(ui, "Fewer than two annotators have begun this article.");
        return None;
    };
    let comparison = adjudication.comparison();
    let here = open.difference();
    if let Some(found) = here.and_then(|group| comparison.groups().get(group)) {
        details_ui(ui, "difference", 0.7, |ui| {
            difference_ui(ui, cx, open, adjudication, found, queue);
        });
    }
    let list = CentralPanel::no_frame().show(ui, |ui| {
        if adjudication.open_count() == 0 {
            note_ui(ui, "No differences left to decide on.");
            return None;
        }
        list_ui(ui, cx, open, adjudication, here, queue)
    });
    list.inner
}

/// The differences, those of a kind below its heading.
fn list_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    adjudication: &Adjudication,
    here: Option<usize>,
    queue: &mut VecDeque<AppCommand>,
) -> Option<Id> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let listed = adjudication.listed();
    let mut sections = Vec::new();
    let mut height = 0.0;
    for kind in DifferenceKind::ALL {
        let first = listed.partition_point(|(of, _)| *of < kind);
        let end = listed.partition_point(|(of, _)| *of <= kind);
        let rows = listed.get(first..end).unwrap_or_default();
        if !rows.is_empty() {
            sections.push((kind, height, rows));
            height += ROW + number(rows.len()) * TALL_ROW;
        }
    }
    let mut entry = None;
    ScrollArea::vertical()
        .id_salt("differences")
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            ui.set_height(height);
            let area = ui.max_rect();
            let place = |top: f32, height: f32| {
                let min = pos2(area.left(), area.top() + top);
                Rect::from_min_size(min, vec2(area.width(), height))
            };
            for (kind, top, rows) in sections {
                if top + ROW > viewport.top() && top < viewport.bottom() {
                    let builder = UiBuilder::new().max_rect(place(top, ROW));
                    ui.scope_builder(builder, |ui| heading_ui(ui, cx, kind, rows.len()));
                }
                let rows_top = top + ROW;
                let skipped = ((viewport.top() - rows_top) / TALL_ROW).floor().max(0.0);
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "not negative, and no more than there are rows"
                )]
                let skipped = skipped as usize;
                for (n, (_, group)) in rows.iter().enumerate().skip(skipped) {
                    let top = rows_top + number(n) * TALL_ROW;
                    if top >= viewport.bottom() {
                        break;
                    }
                    let builder = UiBuilder::new().max_rect(place(top, TALL_ROW));
                    let chosen = here == Some(*group);
                    let row = |ui: &mut Ui| row_ui(ui, cx, open, adjudication, *group, chosen);
                    if let Some(response) = ui.scope_builder(builder, row).inner {
                        entry.get_or_insert(response.id);
                        if response.clicked() {
                            let go = Move::GoToDifference(*group);
                            queue.push_back(AppCommand::document_then_focus(go));
                        }
                    }
                }
            }
        });
    entry
}

#[allow(clippy::cast_precision_loss, reason = "heights need no more precision")]
fn number(rows: usize) -> f32 {
    rows as f32
}

fn heading_ui(ui: &mut Ui, cx: UiContext<'_>, kind: DifferenceKind, rows: usize) {
    let margin = Margin {
        top: 7,
        ..Margin::symmetric(12, 0)
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        let words = format!("{}  {rows}", kind.words());
        let text = RichText::new(words).font(fonts::bold_font(11.5));
        ui.label(text.color(cx.theme.muted));
    });
}

fn row_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    adjudication: &Adjudication,
    group: usize,
    chosen: bool,
) -> Option<egui::Response> {
    let comparison = adjudication.comparison();
    let found = comparison.groups().get(group)?;
    let label = found.members.first().and_then(|member| {
        let (_, tag) = comparison.tag(member)?;
        Some(LabelStyle::of(open.schema(), &tag.label))
    });
    let words = excerpt(open.document().source(), found.hull);
    let whose = whose(comparison, found);
    let row = Row {
        id: Id::unique(("difference", group)),
        name: format!("{}: {words}, {whose}", comparison.kind(found).words()),
        style: label.as_ref(),
        first: &words,
        second: &whose,
        aside: "",
        aside_color: cx.theme.muted,
        chosen,
        dimmed: false,
    };
    Some(row.row_ui(ui, cx.theme, TALL_ROW))
}

/// "only ann", "boundary and speaker differ".
fn whose(comparison: &Comparison, group: &TagGroup) -> String {
    let names: Vec<String> = group
        .members
        .iter()
        .map(|member| comparison.name(member.annotator).to_owned())
        .collect();
    let names = crate::text::wording::join_and(&names);
    let parts: Vec<String> = group
        .differing
        .iter()
        .map(|part| part.word().to_owned())
        .collect();
    let differ = match parts.as_slice() {
        [] => String::new(),
        [one] => format!("{one} differs"),
        parts => format!("{} differ", crate::text::wording::join_and(parts)),
    };
    match comparison.kind(group) {
        DifferenceKind::Missing if differ.is_empty() => format!("only {names}"),
        DifferenceKind::Missing => format!("only {names}; {differ}"),
        DifferenceKind::Deleted => "no annotator has it any more".to_owned(),
        DifferenceKind::Agreed => "all agree".to_owned(),
        DifferenceKind::Label
        | DifferenceKind::Attributes
        | DifferenceKind::Speaker
        | DifferenceKind::Boundary
        | DifferenceKind::Several => differ,
    }
}

/// What each annotator says about the selected difference, and what can be decided.
fn difference_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    adjudication: &Adjudication,
    group: &TagGroup,
    queue: &mut VecDeque<AppCommand>,
) {
    let comparison = adjudication.comparison();
    ui.horizontal_wrapped(|ui| {
        let heading = RichText::new(comparison.kind(group).words()).font(fonts::bold_font(13.0));
        ui.label(heading);
        let left = count(adjudication.open_count(), "difference") + " left";
        ui.add(egui::Label::new(RichText::new(left).weak()).extend());
    });
    for (annotator, command) in (0..comparison.annotators().len()).zip(TAKE) {
        annotator_ui(ui, cx, open, comparison, group, (annotator, command), queue);
    }
    let several = group.differing.len() > 1 && group.members.len() > 1;
    if several {
        ui.horizontal_wrapped(|ui| {
            for part in &group.differing {
                let command = match part {
                    TagPart::Boundary => UiCommand::BoundaryFrom,
                    TagPart::Label => UiCommand::LabelFrom,
                    TagPart::Attributes => UiCommand::AttributesFrom,
                    TagPart::Speaker => UiCommand::SpeakerFrom,
                };
                let (picked, given) = adjudication.parts();
                let given = given.iter().find(|(given, _)| given == part);
                let words = match given {
                    Some((_, whose)) => format!("{} of {}", part.word(), comparison.name(*whose)),
                    None => format!("{} from…", part.word()),
                };
                let chosen = picked.contains(part) || given.is_some();
                command_ui(ui, cx, (command, &words), chosen, queue);
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        for (command, words) in [
            (UiCommand::AllWrong, "All wrong"),
            (UiCommand::NothingHere, "Nothing here"),
        ] {
            command_ui(ui, cx, (command, words), false, queue);
        }
    });
}

fn command_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (command, words): (UiCommand, &str),
    chosen: bool,
    queue: &mut VecDeque<AppCommand>,
) {
    let button = Button::selectable(chosen, words).shortcut_text(cx.key(command));
    let button = ui.add(button.frame_when_inactive(true));
    if button.on_hover_text(cx.tooltip(command)).clicked() {
        queue.push_back(AppCommand::Ui(command));
        queue.push_back(AppCommand::FocusArticle);
    }
}

/// What an annotator says there, with a button that takes it.
fn annotator_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    comparison: &Comparison,
    group: &TagGroup,
    (annotator, command): (usize, UiCommand),
    queue: &mut VecDeque<AppCommand>,
) {
    let name = comparison.name(annotator);
    let mut members = group.members.iter();
    let member = members.find(|member| member.annotator == annotator);
    let said = match member.and_then(|member| comparison.tag(member)) {
        Some((document, tag)) => said_of_tag(open.schema(), document, tag),
        None => vec!["no tag".to_owned()],
    };
    ui.horizontal(|ui| {
        let color = ColleagueStyle::of(cx.theme, annotator).color();
        let words = RichText::new(name).color(color).strong();
        let button = Button::new(words).shortcut_text(cx.key(command));
        let button = ui.add(button);
        button.widget_info(|| {
            let words = format!("Take the tag of {name}: {}", said.join(", "));
            egui::WidgetInfo::labeled(egui::Role::Button, true, words)
        });
        if button.on_hover_text(cx.tooltip(command)).clicked() {
            queue.push_back(AppCommand::Ui(command));
            queue.push_back(AppCommand::FocusArticle);
        }
        ui.vertical(|ui| said_ui(ui, cx.theme, &said));
    });
}
