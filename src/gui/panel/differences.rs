//! The differences between annotators: what each says about the selected one, and the list.

use std::collections::VecDeque;

use egui::{
    Button, CentralPanel, Frame, Id, Label, Margin, Panel, Rect, RichText, Ui, UiBuilder, pos2,
    vec2,
};

use super::list_and_details::{details_ui, following_area, note_ui, said_ui};
use crate::compare::{Comparison, DifferenceKind, TagGroup};
use crate::gui::app_command::AppCommand;
use crate::gui::colleague_style::ColleagueStyle;
use crate::gui::fonts;
use crate::gui::said_of_tag::{SaidOfTag, excerpt, said_of_tag};
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, ROW, Row, TALL_ROW};
use crate::model::TagPart;
use crate::ops::ui_command::UiCommand;
use crate::ops::{
    Adjudication, Move, OpenDocument, dated_decision_words, decision_words, difference_words,
};
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

/// What stands below a heading of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Open(DifferenceKind),
    Decided,
}

impl Section {
    fn words(self) -> &'static str {
        match self {
            Self::Open(kind) => kind.words(),
            Self::Decided => "Decided",
        }
    }
}

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
    let here = open.difference();
    let groups = adjudication.comparison().groups();
    if let Some((at, found)) = here.and_then(|at| Some((at, groups.get(at)?))) {
        // Whatever else has no room, what can be decided is in view.
        Panel::bottom("ways to decide")
            .frame(Frame::new().inner_margin(Margin::symmetric(12, 6)))
            .resizable(false)
            .show_separator_line(false)
            .show(ui, |ui| {
                ways_ui(ui, cx, (open, adjudication), (at, found), queue)
            });
        details_ui(ui, "difference", 0.68, |ui| {
            difference_ui(ui, cx, (open, adjudication), (at, found), queue);
        });
    }
    let list = CentralPanel::no_frame().show(ui, |ui| {
        agreed_ui(ui, cx, adjudication, queue);
        if adjudication.open_count() == 0 {
            note_ui(ui, "No differences left to decide on.");
            if adjudication.decided().len() == 0 {
                return None;
            }
        }
        list_ui(ui, cx, open, adjudication, here, queue)
    });
    list.inner
}

/// What all agree on and is not taken yet.
fn agreed_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    adjudication: &Adjudication,
    queue: &mut VecDeque<AppCommand>,
) {
    let agreed = adjudication.undecided().agreed;
    if agreed == 0 {
        return;
    }
    let margin = Margin::symmetric(12, 6);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let words = match agreed {
                1 => "All agree on 1 tag. Your first decision takes it.".to_owned(),
                _ => format!("All agree on {agreed} tags. Your first decision takes them."),
            };
            ui.weak(words);
            let take = if agreed == 1 {
                "Take it now"
            } else {
                "Take them now"
            };
            command_ui(ui, cx, (UiCommand::TakeAgreed, take), false, queue);
        });
    });
}

/// The differences, those of a kind below its heading; then what is decided.
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
    let mut all: Vec<(Section, Vec<usize>)> = Vec::new();
    for kind in DifferenceKind::ALL {
        let first = listed.partition_point(|(of, _)| *of < kind);
        let end = listed.partition_point(|(of, _)| *of <= kind);
        let rows = listed.get(first..end).unwrap_or_default();
        let rows = rows.iter().map(|(_, group)| *group).collect();
        all.push((Section::Open(kind), rows));
    }
    all.push((Section::Decided, adjudication.decided().collect()));
    all.retain(|(_, rows)| !rows.is_empty());
    let mut sections = Vec::new();
    let mut height = 0.0;
    // Where the chosen row is.
    let mut chosen_at = None;
    for (section, rows) in &all {
        let chosen = rows.iter().position(|group| here == Some(*group));
        if let (Some(here), Some(row)) = (here, chosen) {
            chosen_at = Some((here, height + ROW + number(row) * TALL_ROW));
        }
        sections.push((*section, height, rows));
        height += ROW + number(rows.len()) * TALL_ROW;
    }
    let mut entry = None;
    following_area(ui, "differences", chosen_at).show_viewport(ui, |ui, viewport| {
        ui.set_height(height);
        let area = ui.max_rect();
        let place = |top: f32, height: f32| {
            let min = pos2(area.left(), area.top() + top);
            Rect::from_min_size(min, vec2(area.width(), height))
        };
        for (section, top, rows) in sections {
            if top + ROW > viewport.top() && top < viewport.bottom() {
                let builder = UiBuilder::new().max_rect(place(top, ROW));
                ui.scope_builder(builder, |ui| heading_ui(ui, cx, section, rows.len()));
            }
            let rows_top = top + ROW;
            let skipped = ((viewport.top() - rows_top) / TALL_ROW).floor().max(0.0);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "not negative, and no more than there are rows"
            )]
            let skipped = skipped as usize;
            for (n, group) in rows.iter().enumerate().skip(skipped) {
                let top = rows_top + number(n) * TALL_ROW;
                if top >= viewport.bottom() {
                    break;
                }
                let builder = UiBuilder::new().max_rect(place(top, TALL_ROW));
                let chosen = here == Some(*group);
                let row =
                    |ui: &mut Ui| row_ui(ui, cx, (open, adjudication), (section, *group), chosen);
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

fn heading_ui(ui: &mut Ui, cx: UiContext<'_>, section: Section, rows: usize) {
    let margin = Margin {
        top: 7,
        ..Margin::symmetric(12, 0)
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        let words = format!("{}  {rows}", section.words());
        let text = RichText::new(words).font(fonts::bold_font(11.5));
        ui.label(text.color(cx.theme.muted));
    });
}

fn row_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (open, adjudication): (&OpenDocument, &Adjudication),
    (section, group): (Section, usize),
    chosen: bool,
) -> Option<egui::Response> {
    let comparison = adjudication.comparison();
    let found = comparison.groups().get(group)?;
    let label = found.members.first().and_then(|member| {
        let (_, tag) = comparison.tag(member)?;
        Some(LabelStyle::of(open.schema(), &tag.label))
    });
    let words = excerpt(open.document().source(), found.hull);
    let second = match section {
        Section::Open(_) => difference_words(open.schema(), comparison, found),
        Section::Decided => {
            let decision = adjudication.decision(group, open.document().set());
            decision.map_or_else(String::new, decision_words)
        }
    };
    let row = Row {
        id: Id::unique(("difference", group)),
        name: format!("{}: {words}, {second}", section.words()),
        style: label.as_ref(),
        first: &words,
        second: &second,
        aside: "",
        aside_color: cx.theme.muted,
        chosen,
        dimmed: section == Section::Decided,
    };
    Some(row.row_ui(ui, cx.theme, TALL_ROW).on_hover_text(second))
}

/// What each annotator says about the selected difference, and what was decided.
fn difference_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (open, adjudication): (&OpenDocument, &Adjudication),
    (at, group): (usize, &TagGroup),
    queue: &mut VecDeque<AppCommand>,
) {
    let comparison = adjudication.comparison();
    ui.horizontal_wrapped(|ui| {
        let heading = RichText::new(comparison.kind(group).words()).font(fonts::bold_font(13.0));
        ui.label(heading);
        let left = count(adjudication.open_count(), "difference") + " left";
        ui.add(Label::new(RichText::new(left).weak()).extend());
    });
    let decision = adjudication.decision(at, open.document().set());
    if let Some(decision) = decision.filter(|_| adjudication.is_decided(at)) {
        let words = dated_decision_words(decision, &jiff::tz::TimeZone::system());
        let words = RichText::new(capitalize(&words)).color(cx.theme.success);
        ui.add(Label::new(words).wrap());
        let ruled_out = adjudication.ruled_out_with(at, open.document().set());
        let words = ruled_out.iter().filter_map(|mention| {
            let hull = comparison.groups().get(*mention)?.hull;
            let words = excerpt(open.document().source(), hull);
            Some(format!("“{words}”"))
        });
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            let words = format!(
                "Also ruled out, as nothing leads there: {}",
                words.join(", ")
            );
            ui.add(Label::new(RichText::new(words).color(cx.theme.muted)).wrap());
        }
    }
    for (annotator, command) in (0..comparison.annotators().len()).zip(TAKE) {
        annotator_ui(ui, cx, open, comparison, group, (annotator, command), queue);
    }
}

/// What can be decided about the selected difference.
fn ways_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (open, adjudication): (&OpenDocument, &Adjudication),
    (at, group): (usize, &TagGroup),
    queue: &mut VecDeque<AppCommand>,
) {
    // All in a row or two of a narrow panel.
    ui.spacing_mut().button_padding.x = 4.0;
    ui.spacing_mut().item_spacing.x = 5.0;
    let comparison = adjudication.comparison();
    let several = group.differing.len() > 1 && group.members.len() > 1;
    if several {
        ui.horizontal_wrapped(|ui| {
            ui.weak(RichText::new("Mix:").small())
                .on_hover_text("Name parts, then who gives them; the rest is of the other");
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
                    None => part.word().to_owned(),
                };
                let chosen = picked.contains(part) || given.is_some();
                command_ui(ui, cx, (command, &words), chosen, queue);
            }
        });
    }
    // The key means the decision that was made just now; the button what it stands at.
    let just_now = open.decided_just_now().filter(|decided| *decided != at);
    ui.horizontal_wrapped(|ui| {
        for (command, words) in [
            (UiCommand::AllWrong, "All wrong"),
            (UiCommand::NothingHere, "Nothing here"),
        ] {
            command_ui(ui, cx, (command, words), false, queue);
        }
        if just_now.is_none() {
            let command = (UiCommand::DecisionReason, "Reason…");
            command_ui(ui, cx, command, false, queue);
        } else {
            let button = Button::selectable(false, RichText::new("Reason…").small());
            let button = ui.add(button.frame_when_inactive(true));
            let tooltip = "Asks why this difference is decided as it will be.";
            if button.on_hover_text(tooltip).clicked() {
                queue.push_back(AppCommand::document(Move::GoToDifference(at)));
                queue.push_back(AppCommand::Ui(UiCommand::DecisionReason));
            }
        }
    });
    if let Some(decided) = just_now.and_then(|decided| comparison.groups().get(decided)) {
        let words = shortened(&excerpt(open.document().source(), decided.hull));
        let words = format!("Reason for “{words}”, decided just now…");
        let command = (UiCommand::DecisionReason, words.as_str());
        command_ui(ui, cx, command, false, queue);
    }
    let said = adjudication.reason_to_come(at);
    let kept = || {
        let decision = adjudication.decision(at, open.document().set())?;
        Some(decision.reason.as_str())
    };
    let reason = said.or_else(kept).unwrap_or_default();
    if !reason.is_empty() {
        let words = RichText::new(format!("Reason: {reason}")).color(cx.theme.muted);
        ui.add(Label::new(words).truncate()).on_hover_text(reason);
    }
}

/// As many characters of a difference are shown on a button.
const SHOWN: usize = 24;

fn shortened(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}

fn command_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (command, words): (UiCommand, &str),
    chosen: bool,
    queue: &mut VecDeque<AppCommand>,
) {
    let words = RichText::new(words).small();
    let key = RichText::new(cx.key(command)).small();
    let button = Button::selectable(chosen, words).shortcut_text(key);
    let button = ui.add(button.frame_when_inactive(true));
    if button.on_hover_text(cx.tooltip(command)).clicked() {
        queue.push_back(AppCommand::Ui(command));
        queue.push_back(AppCommand::FocusArticle);
    }
}

/// What is to be told of one of several tags: that in which they differ; of one alone everything.
fn in_two_lines(comparison: &Comparison, group: &TagGroup, said: &SaidOfTag) -> Vec<String> {
    let all_of_it = group.differing.is_empty();
    let tells = |part| all_of_it || group.differing.contains(&part);
    let first = match (tells(TagPart::Label), tells(TagPart::Boundary)) {
        (true, true) => Some(format!("{}: {}", said.label, said.edges)),
        (true, false) => Some(said.label.clone()),
        (false, true) => Some(said.edges.clone()),
        (false, false) => None,
    };
    let speaker = said.speaker.clone().filter(|_| tells(TagPart::Speaker));
    let attributes =
        attributes_told(comparison, group, said).filter(|_| tells(TagPart::Attributes));
    let more: Vec<String> = speaker.into_iter().chain(attributes).collect();
    let more = (!more.is_empty()).then(|| more.join(" · "));
    first.into_iter().chain(more).collect()
}

/// The attributes of a tag: those in which it differs from others, else all; `None`: there is none.
fn attributes_told(comparison: &Comparison, group: &TagGroup, said: &SaidOfTag) -> Option<String> {
    let differing = comparison.differing_attributes(group);
    if differing.is_empty() {
        let all = said.attributes.iter();
        let all: Vec<String> = all
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        return (!all.is_empty()).then(|| all.join(", "));
    }
    let told = differing.iter().map(|(name, _)| {
        let mut known = said.attributes.iter();
        let value = known.find(|(known, _)| known == name.as_str());
        let value = value.map_or("none", |(_, value)| value.as_str());
        format!("{name}: {value}")
    });
    Some(told.collect::<Vec<_>>().join(", "))
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
    let tag = member.and_then(|member| comparison.tag(member));
    let said = tag.map(|(document, tag)| said_of_tag(open.schema(), document, tag));
    let said = said.unwrap_or_else(|| vec!["no tag".to_owned()]);
    let shown = match tag {
        Some((document, tag)) => in_two_lines(
            comparison,
            group,
            &SaidOfTag::new(open.schema(), document, tag),
        ),
        None => said.clone(),
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
        let lines = ui.vertical(|ui| said_ui(ui, cx.theme, &shown));
        lines.response.on_hover_text(said.join("\n"));
    });
}
