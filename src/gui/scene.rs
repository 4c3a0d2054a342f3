//! What every part of the window is drawn with, and the few shapes they share: the badge of a label,
//! the row of a list, the frame of a floating sheet.

use std::borrow::Cow;

use egui::{
    Align2, Color32, FontId, Frame, Margin, Rect, Response, Role, Sense, Stroke, StrokeKind,
    TextStyle, TextWrapMode, Ui, Vec2, WidgetInfo, WidgetText, pos2, vec2,
};
use smol_str::SmolStr;

use super::fonts;
use super::theme::Theme;
use crate::model::{Annotation, Schema, Target};
use crate::ops::keymap::Keymap;
use crate::ops::ui_command::{Entry, Meaning, Needs, UiCommand};
use crate::ops::{OpenDocument, TagFilter};

pub(crate) use super::order::Order;

/// What every part of the window is drawn with.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) keymap: &'a Keymap,
    pub(crate) entries: &'a [Entry],
    /// Whether keys are written as on macOS.
    pub(crate) mac: bool,
}

impl Scene<'_> {
    /// The usual key of a command; empty where it has none.
    pub(crate) fn key(&self, command: UiCommand) -> String {
        self.keymap.shortcut(command, self.mac)
    }

    /// Name of a command with its key behind it, for tooltips.
    pub(crate) fn tooltip(&self, command: UiCommand) -> String {
        let entry = self.entries.iter().find(|entry| entry.command == command);
        let words = entry.map_or("", |entry| entry.description.as_str());
        let keys = self.keymap.all_shortcuts(command, self.mac);
        if keys.is_empty() {
            words.to_owned()
        } else {
            format!("{words}\n{}", keys.join("  or  "))
        }
    }
}

/// Why a command cannot be given now, for the tooltip of its button; `None`: it can.
pub(crate) fn disabled_reason(
    command: UiCommand,
    open: Option<&OpenDocument>,
) -> Option<Cow<'static, str>> {
    let Some(article) = open else {
        return (command.needs() != Needs::Nothing).then_some("Open an article first".into());
    };
    match command.needs() {
        Needs::Nothing | Needs::Article => None,
        Needs::Tag => article
            .current_tag()
            .is_none()
            .then_some("No tag here. Click one or press N".into()),
        Needs::Accepted => match command.meaning() {
            Meaning::Article(command) => {
                // No such command heeds the filter.
                let refusal = article.refusal(&command(&TagFilter::default()))?;
                Some(format!("{}.", capital(&refusal.to_string())).into())
            }
            Meaning::TagAs(_) | Meaning::Layout { .. } | Meaning::Window(_) => None,
        },
    }
}

/// With a capital at the start.
pub(crate) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The words of a tag as they stand in the article, its parts joined by an ellipsis.
pub(crate) fn words_of(open: &OpenDocument, tag: &Annotation) -> String {
    let (words, _) = tag.fragments.excerpt(&open.document().source, 240);
    words.replace(['\n', '\r', '\t'], " ")
}

/// Who stands behind a tag, in words; empty where the question does not arise.
pub(crate) fn who_of(open: &OpenDocument, tag: &Annotation) -> String {
    let (set, schema) = (&open.document().set, open.schema());
    if schema.mentions(&tag.label) {
        return tag
            .person
            .as_ref()
            .and_then(|id| set.person(id))
            .map_or_else(String::new, |person| person.name.clone());
    }
    let Some(role) = schema.speaker_role(&tag.label) else {
        return String::new();
    };
    let names: Vec<String> = set
        .links_from(&tag.id)
        .filter(|link| link.role == role.key)
        .map(|link| {
            let name = target_words(open, &link.to);
            if link.confirmed {
                name
            } else {
                format!("{name}?")
            }
        })
        .collect();
    if names.is_empty() {
        "no speaker yet".to_owned()
    } else {
        names.join(", ")
    }
}

/// What a link points to, in words.
pub(crate) fn target_words(open: &OpenDocument, to: &Target) -> String {
    let set = &open.document().set;
    if let Some(person) = set.person_behind(to) {
        return person.name.clone();
    }
    match to {
        Target::Annotation(id) => set
            .annotation(id)
            .map_or_else(|| "a deleted tag".to_owned(), |tag| words_of(open, tag)),
        Target::Person(_) => "an unknown person".to_owned(),
        Target::NotGiven => "no speaker given".to_owned(),
    }
}

/// The letter and colours of a label, also of one the schema does not know.
pub(crate) struct Look {
    pub(crate) letter: String,
    pub(crate) name: String,
    color: SmolStr,
}

impl Look {
    pub(crate) fn of(schema: &Schema, label: &str) -> Self {
        match schema.label(label) {
            Some(kind) => Self {
                letter: kind.letter.to_string(),
                name: kind.name.clone(),
                color: kind.color.clone(),
            },
            None => Self {
                letter: "?".to_owned(),
                name: label.to_owned(),
                color: SmolStr::new_static("gray"),
            },
        }
    }

    /// Paints the badge into a square around `center`.
    pub(crate) fn paint(&self, ui: &Ui, theme: &Theme, center: egui::Pos2, dimmed: bool) {
        let colors = theme.label_colors(&self.color);
        let rect = Rect::from_center_size(center, Vec2::splat(BADGE));
        let fade = |color: Color32| {
            if dimmed {
                color.gamma_multiply(0.5)
            } else {
                color
            }
        };
        ui.painter().rect(
            rect,
            4,
            fade(colors.tint),
            Stroke::new(1.0, fade(colors.line)),
            StrokeKind::Inside,
        );
        ui.painter().text(
            center,
            Align2::CENTER_CENTER,
            &self.letter,
            fonts::bold_font(11.0),
            fade(colors.text),
        );
    }
}

/// Side of a badge, in points.
pub(crate) const BADGE: f32 = 18.0;

/// A row of a list.
pub(crate) struct Row<'a> {
    /// What the row is called by those who cannot see it.
    pub(crate) name: String,
    pub(crate) look: Option<&'a Look>,
    pub(crate) first: &'a str,
    /// Smaller, below; empty for none.
    pub(crate) second: &'a str,
    /// At the right edge.
    pub(crate) aside: &'a str,
    pub(crate) aside_color: Color32,
    pub(crate) chosen: bool,
    pub(crate) dimmed: bool,
}

/// Height of a row with two lines, in points.
pub(crate) const TALL_ROW: f32 = 46.0;
/// Height of a row with one line, in points.
pub(crate) const ROW: f32 = 30.0;

impl Row<'_> {
    /// Shows the row over the whole width.
    pub(crate) fn row_ui(&self, ui: &mut Ui, theme: &Theme, height: f32) -> Response {
        let size = vec2(ui.available_width(), height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), self.chosen, &self.name)
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let ground = if self.chosen {
            Some(theme.accent_soft)
        } else if response.hovered() {
            Some(theme.rule.gamma_multiply(0.5))
        } else {
            None
        };
        let inner = rect.shrink2(vec2(4.0, 1.0));
        if let Some(ground) = ground {
            ui.painter().rect_filled(inner, theme.corners(), ground);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(
                inner,
                theme.corners(),
                Stroke::new(1.5, theme.focus),
                StrokeKind::Inside,
            );
        }
        let ink = if self.dimmed { theme.muted } else { theme.text };
        let mut left = rect.left() + 12.0;
        let middle = rect.center().y;
        let two = !self.second.is_empty();
        let first_y = if two { rect.top() + 15.0 } else { middle };
        if let Some(look) = self.look {
            look.paint(ui, theme, pos2(left + BADGE / 2.0, first_y), self.dimmed);
            left += BADGE + 10.0;
        }
        let right = rect.right() - 12.0;
        let small = TextStyle::Small.resolve(ui.style());
        let body = TextStyle::Body.resolve(ui.style());
        let aside = line(
            ui,
            self.aside,
            small.clone(),
            self.aside_color,
            right - left,
        );
        let aside_width = aside.size().x;
        let aside_y = if two { rect.bottom() - 14.0 } else { middle };
        let at = pos2(right - aside_width, aside_y - aside.size().y / 2.0);
        ui.painter().galley(at, aside, self.aside_color);
        let beside = if aside_width > 0.0 {
            aside_width + 8.0
        } else {
            0.0
        };
        let room = if two {
            right - left
        } else {
            right - left - beside
        };
        let galley = line(ui, self.first, body, ink, room);
        let at = pos2(left, first_y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
        if two {
            let galley = line(ui, self.second, small, theme.muted, right - left - beside);
            let at = pos2(left, rect.bottom() - 14.0 - galley.size().y / 2.0);
            ui.painter().galley(at, galley, theme.muted);
        }
        response
    }
}

fn line(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let text = egui::RichText::new(text).font(font.clone()).color(color);
    WidgetText::from(text).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        width.max(0.0),
        egui::FontSelection::FontId(font),
    )
}

/// A key as it is drawn in tooltips, sheets and lists: small, in a frame.
pub(crate) fn key_ui(ui: &mut Ui, theme: &Theme, key: &str) {
    Frame::new()
        .fill(theme.panel)
        .stroke(Stroke::new(1.0, theme.rule))
        .corner_radius(4)
        .inner_margin(Margin::symmetric(6, 1))
        .show(ui, |ui| {
            ui.label(egui::RichText::new(key).small().color(theme.muted));
        });
}

/// A heading of a section.
pub(crate) fn heading_ui(ui: &mut Ui, theme: &Theme, text: &str) {
    let text = egui::RichText::new(text)
        .font(fonts::bold_font(11.5))
        .color(theme.muted);
    ui.label(text);
}
