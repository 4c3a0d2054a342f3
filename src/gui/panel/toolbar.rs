//! The buttons above the article: each shows its key.

use std::borrow::Cow;
use std::collections::VecDeque;

use egui::{Button, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use smol_str::SmolStr;

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::{UiContext, disabled_reason};
use crate::gui::widgets::{BADGE, LabelStyle, menu_tooltip_ui};
use crate::model::Schema;
use crate::ops::OpenDocument;
use crate::ops::ui_command::UiCommand;

pub(crate) fn toolbar_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    open: Option<&OpenDocument>,
    dragged_label: Option<&SmolStr>,
    queue: &mut VecDeque<AppCommand>,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let fit = Fit::new(ui, cx, schema);
        for (n, label) in (0_u8..).zip(schema.labels()) {
            let command = UiCommand::TagAs(n);
            let style = LabelStyle::of(schema, &label.key);
            let look = LabelButton {
                named: fit.names,
                chosen: dragged_label == Some(&label.key),
                ..LabelButton::default()
            };
            let response = label_button_ui(ui, cx, &style, open.is_some(), look);
            if response.on_hover_text(cx.tooltip(command)).clicked() {
                queue.push_back(AppCommand::Ui(command));
            }
        }
        let show = Show {
            cx,
            open,
            keys: fit.keys,
        };
        if fit.tag {
            gap_ui(ui);
            show.buttons_ui(ui, &TAG, queue);
        }
        if fit.review {
            gap_ui(ui);
            show.buttons_ui(ui, &REVIEW, queue);
        }
        if fit.tag {
            gap_ui(ui);
            for (back, command) in [(true, UiCommand::Undo), (false, UiCommand::Redo)] {
                show.arrow_ui(ui, back, command, queue);
            }
        } else {
            ui.menu_button("…", |ui| {
                if !fit.review {
                    show.buttons_ui(ui, &REVIEW, queue);
                }
                let rest = [
                    ("Add part", UiCommand::AddFragment),
                    ("Remove part", UiCommand::RemovePart),
                    ("Who", UiCommand::WhoIsThis),
                    ("Note", UiCommand::Note),
                    ("Delete", UiCommand::Delete),
                    ("Undo", UiCommand::Undo),
                    ("Redo", UiCommand::Redo),
                ];
                show.buttons_ui(ui, &rest, queue);
            })
            .response
            .on_hover_text("More commands for the tag");
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            show.buttons_ui(ui, &RIGHT, queue);
        });
    });
}

const TAG: [(&str, UiCommand); 4] = [
    ("Add part", UiCommand::AddFragment),
    ("Who", UiCommand::WhoIsThis),
    ("Note", UiCommand::Note),
    ("Delete", UiCommand::Delete),
];
const REVIEW: [(&str, UiCommand); 3] = [
    ("Accept", UiCommand::Confirm),
    ("Reject", UiCommand::Reject),
    ("Unsure", UiCommand::Unsure),
];
const RIGHT: [(&str, UiCommand); 2] = [("Commands", UiCommand::Palette), ("Find", UiCommand::Find)];

/// Width of an arrow or of the button for what does not fit, with its gap, in points.
const SMALL: f32 = 40.0;
/// Width of a line between groups, in points.
const LINE: f32 = 21.0;

/// What fits into the bar; the rest is behind one button, and in the menus.
struct Fit {
    /// The names of labels.
    names: bool,
    /// Accept, reject, unsure.
    review: bool,
    /// What is done to a tag.
    tag: bool,
    /// The keys on the buttons.
    keys: bool,
}

impl Fit {
    fn new(ui: &Ui, cx: UiContext<'_>, schema: &Schema) -> Self {
        let spacing = ui.spacing();
        let (padding, gap) = (2.0 * spacing.button_padding.x, spacing.item_spacing.x);
        let text = |words: &str, style: egui::TextStyle| {
            let font = style.resolve(ui.style());
            let galley = ui
                .painter()
                .layout_no_wrap(words.to_owned(), font, cx.theme.text);
            galley.size().x
        };
        let buttons = |buttons: &[(&str, UiCommand)], keys: bool| -> f32 {
            let widths = buttons.iter().map(|(words, command)| {
                let key = if keys {
                    text(&cx.key(*command), egui::TextStyle::Small) + spacing.icon_spacing
                } else {
                    0.0
                };
                text(words, egui::TextStyle::Button) + key + padding + gap
            });
            widths.sum()
        };
        let names = schema
            .labels()
            .iter()
            .map(|label| text(&label.name, egui::TextStyle::Button) + BADGE + 24.0 + gap);
        let names: f32 = names.sum();
        let room = ui.available_width() - SMALL;
        let bare = names + buttons(&RIGHT, false);
        let review = bare + LINE + buttons(&REVIEW, false);
        let tag = review + 2.0 * LINE + buttons(&TAG, false) + SMALL;
        let keys = names + buttons(&RIGHT, true) + buttons(&REVIEW, true) + buttons(&TAG, true);
        Self {
            names: bare <= room,
            review: review <= room,
            tag: tag <= room,
            keys: keys + 3.0 * LINE + SMALL <= room,
        }
    }
}

#[derive(Clone, Copy)]
struct Show<'a> {
    cx: UiContext<'a>,
    open: Option<&'a OpenDocument>,
    /// Whether buttons show their keys.
    keys: bool,
}

impl Show<'_> {
    fn buttons_ui(
        self,
        ui: &mut Ui,
        buttons: &[(&str, UiCommand)],
        queue: &mut VecDeque<AppCommand>,
    ) {
        for &(words, command) in buttons {
            let mut atoms = egui::Atoms::new(words.to_owned());
            if self.keys {
                let key = RichText::new(self.cx.key(command)).small();
                atoms.push_right(key.color(self.cx.theme.muted));
            }
            let disabled = disabled_reason(command, self.open);
            let button = Button::new(atoms).frame_when_inactive(false);
            let response = ui.add_enabled(disabled.is_none(), button);
            self.finish(response, words, command, disabled, queue);
        }
    }

    /// Undo or redo: an arrow that turns back or on.
    fn arrow_ui(
        self,
        ui: &mut Ui,
        back: bool,
        command: UiCommand,
        queue: &mut VecDeque<AppCommand>,
    ) {
        let disabled = disabled_reason(command, self.open);
        let button = Button::new("")
            .min_size(vec2(30.0, 26.0))
            .frame_when_inactive(false);
        let response = ui.add_enabled(disabled.is_none(), button);
        let theme = self.cx.theme;
        let ink = if disabled.is_none() {
            theme.text
        } else {
            theme.rule
        };
        let stroke = Stroke::new(1.5, ink);
        let way = if back { -1.0 } else { 1.0 };
        let at = |x: f32, y: f32| response.rect.center() + vec2(x * way, y);
        let bend = egui::epaint::CubicBezierShape::from_points_stroke(
            [at(6.0, -2.0), at(-9.0, -2.0), at(-9.0, 6.0), at(2.0, 6.0)],
            false,
            egui::Color32::TRANSPARENT,
            stroke,
        );
        ui.painter().add(bend);
        ui.painter()
            .line_segment([at(6.0, -2.0), at(2.5, -5.5)], stroke);
        ui.painter()
            .line_segment([at(6.0, -2.0), at(2.5, 1.5)], stroke);
        let words = if back { "Undo" } else { "Redo" };
        self.finish(response, words, command, disabled, queue);
    }

    fn finish(
        self,
        response: Response,
        words: &str,
        command: UiCommand,
        disabled: Option<Cow<'static, str>>,
        queue: &mut VecDeque<AppCommand>,
    ) {
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, disabled.is_none(), words));
        let words = disabled.map_or_else(|| self.cx.tooltip(command), Cow::into_owned);
        let in_menu = response.layer_id.order == egui::Order::Foreground;
        let response = if in_menu {
            menu_tooltip_ui(&response, &words);
            response
        } else if response.enabled() {
            response.on_hover_text(words)
        } else {
            response.on_disabled_hover_text(words)
        };
        if response.clicked() {
            queue.push_back(AppCommand::Ui(command));
        }
    }
}

fn gap_ui(ui: &mut Ui) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 18.0), Sense::hover());
    let color = ui.visuals().widgets.noninteractive.bg_stroke.color;
    ui.painter().rect_filled(rect, 0, color);
    ui.add_space(6.0);
}

/// Height of a compact label button, in points.
pub(super) const COMPACT: f32 = 26.0;

/// How the button of a label looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct LabelButton {
    /// Whether the name stands beside the badge.
    pub(super) named: bool,
    /// Whether it takes less room.
    pub(super) compact: bool,
    /// Whether it is the one that is selected.
    pub(super) chosen: bool,
}

impl Default for LabelButton {
    fn default() -> Self {
        Self {
            named: true,
            compact: false,
            chosen: false,
        }
    }
}

/// A button with the badge of a label and its name.
pub(super) fn label_button_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    style: &LabelStyle,
    enabled: bool,
    look: LabelButton,
) -> Response {
    let theme = cx.theme;
    let font = egui::TextStyle::Button.resolve(ui.style());
    let ink = if enabled { theme.text } else { theme.muted };
    let shown = if look.named {
        style.name.clone()
    } else {
        String::new()
    };
    let galley = ui.painter().layout_no_wrap(shown, font, ink);
    let gap = if look.compact { 6.0 } else { 8.0 };
    let name = if look.named {
        gap + galley.size().x
    } else {
        0.0
    };
    let height = if look.compact { COMPACT } else { 30.0 };
    let size = vec2(BADGE + name + 2.0 * gap, height);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, &style.name));
    let ground = if look.chosen {
        Some(theme.selection)
    } else {
        (response.hovered() && enabled).then(|| theme.hovered())
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, theme.corners(), ground);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, theme.focus);
        ui.painter()
            .rect_stroke(rect, theme.corners(), stroke, StrokeKind::Inside);
    }
    let center = pos2(rect.left() + gap + BADGE / 2.0, rect.center().y);
    style.paint(ui, theme, center, !enabled);
    let at = pos2(
        center.x + BADGE / 2.0 + gap,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, ink);
    response
}
