//! Design tokens: every colour and measure of the window comes from `assets/theme.ron`.

use std::collections::BTreeMap;

use egui::style::WidgetVisuals;
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, vec2};
use serde::{Deserialize, Deserializer};

use super::fonts;

const SOURCE: &str = include_str!("../../assets/theme.ron");

/// Why the design tokens cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("assets/theme.ron:{0}; fix the file and build again")]
pub struct ThemeError(#[from] ron::error::SpannedError);

/// Both themes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Themes {
    /// For bright rooms.
    pub light: Theme,
    /// For dark ones.
    pub dark: Theme,
}

/// Colours and measures of one theme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Whether it is the dark one.
    pub dark: bool,
    /// Ground of the article.
    #[serde(deserialize_with = "hex")]
    pub surface: Color32,
    /// Ground of side panels, bars and the status line.
    #[serde(deserialize_with = "hex")]
    pub panel: Color32,
    /// Ground of what floats: menus, dialogs, tooltips, chips.
    #[serde(deserialize_with = "hex")]
    pub raised: Color32,
    /// Text.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
    /// Text of less weight.
    #[serde(deserialize_with = "hex")]
    pub muted: Color32,
    /// Lines between areas.
    #[serde(deserialize_with = "hex")]
    pub rule: Color32,
    /// Buttons and links.
    #[serde(deserialize_with = "hex")]
    pub accent: Color32,
    /// Text on the accent.
    #[serde(deserialize_with = "hex")]
    pub on_accent: Color32,
    /// Ground of hints.
    #[serde(deserialize_with = "hex")]
    pub accent_soft: Color32,
    /// Ground of what is selected: text, rows, chips, buttons.
    #[serde(deserialize_with = "hex")]
    pub selection: Color32,
    /// Ring around what has the focus.
    #[serde(deserialize_with = "hex")]
    pub focus: Color32,
    /// Errors and what destroys.
    #[serde(deserialize_with = "hex")]
    pub danger: Color32,
    /// What is doubtful.
    #[serde(deserialize_with = "hex")]
    pub warning: Color32,
    /// What is done.
    #[serde(deserialize_with = "hex")]
    pub success: Color32,
    /// Ground of what was found.
    #[serde(deserialize_with = "hex")]
    pub hit: Color32,
    /// Ground of the hit one is at.
    #[serde(deserialize_with = "hex")]
    pub current_hit: Color32,
    /// Outline of what was found: it stands out from the ground of every tag.
    #[serde(deserialize_with = "hex")]
    pub hit_edge: Color32,
    labels: BTreeMap<String, LabelColors>,
    /// The unit of distance, in points: gaps are multiples or halves of it.
    pub space: f32,
    /// Radius of corners, in points.
    pub radius: u8,
}

/// How a label is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelColors {
    /// Ground behind the text.
    #[serde(deserialize_with = "hex")]
    pub tint: Color32,
    /// Underline and bracket.
    #[serde(deserialize_with = "hex")]
    pub line: Color32,
    /// Letters and names, legible on the tint and on every ground.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
}

fn hex<'de, D: Deserializer<'de>>(from: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(from)?;
    Color32::from_hex(&text)
        .map_err(|_| serde::de::Error::custom(format!("`{text}` is not a colour; write #rrggbb")))
}

impl Themes {
    /// Reads the tokens that are built in.
    ///
    /// # Errors
    /// [`ThemeError`] where a token is missing, unknown or no colour.
    pub fn load() -> Result<Self, ThemeError> {
        Ok(ron::from_str(SOURCE)?)
    }

    /// Sets egui's styles for both themes.
    pub fn apply(&self, ctx: &egui::Context) {
        self.light.apply(ctx);
        self.dark.apply(ctx);
    }

    /// The theme that is shown now.
    #[must_use]
    pub fn current(&self, ctx: &egui::Context) -> &Theme {
        match ctx.theme() {
            egui::Theme::Light => &self.light,
            egui::Theme::Dark => &self.dark,
        }
    }
}

/// How much of its colour keeps what cannot be used now: legible, and plainly weaker than the rest.
const DISABLED: f32 = 0.6;

impl Theme {
    /// The light one.
    ///
    /// # Errors
    /// As [`Themes::load`].
    pub fn light() -> Result<Self, ThemeError> {
        Ok(Themes::load()?.light)
    }

    /// The dark one.
    ///
    /// # Errors
    /// As [`Themes::load`].
    pub fn dark() -> Result<Self, ThemeError> {
        Ok(Themes::load()?.dark)
    }

    /// Colours of a label by the name the schema gives (`yellow`, `pink`, …); gray for others.
    #[must_use]
    pub fn label_colors(&self, name: &str) -> LabelColors {
        self.labels
            .get(name)
            .or_else(|| self.labels.get("gray"))
            .copied()
            .unwrap_or(LabelColors {
                tint: self.panel,
                line: self.muted,
                text: self.text,
            })
    }

    /// The corners of buttons, chips and fields.
    #[must_use]
    pub fn corners(&self) -> CornerRadius {
        CornerRadius::same(self.radius)
    }

    /// The ground of what the pointer is on. Unlike what is selected, it has no colour of its own.
    #[must_use]
    pub fn hovered(&self) -> Color32 {
        let share = if self.dark { 0.17 } else { 0.1 };
        self.panel.lerp_to_gamma(self.muted, share)
    }

    /// Sets egui's style for this theme (the other one keeps its own).
    pub fn apply(&self, ctx: &egui::Context) {
        let theme = if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        ctx.style_mut_of(theme, |style| {
            self.set_text_styles(style);
            self.set_spacing(&mut style.spacing);
            self.set_visuals(&mut style.visuals);
            style.animation_time = 0.1;
            style.interaction.tooltip_delay = 0.4;
            style.interaction.selectable_labels = false;
        });
    }

    fn set_text_styles(&self, style: &mut egui::Style) {
        let sans = FontFamily::Proportional;
        style.text_styles = [
            (TextStyle::Small, FontId::new(11.5, sans.clone())),
            (TextStyle::Body, FontId::new(13.5, sans.clone())),
            (TextStyle::Button, FontId::new(13.5, sans)),
            (TextStyle::Heading, fonts::bold_font(15.0)),
            (
                TextStyle::Monospace,
                FontId::new(12.5, FontFamily::Monospace),
            ),
        ]
        .into();
    }

    fn set_spacing(&self, spacing: &mut egui::style::Spacing) {
        spacing.item_spacing = vec2(self.space, self.space * 0.75);
        spacing.button_padding = vec2(self.space * 1.25, self.space * 0.5);
        spacing.interact_size = vec2(32.0, 26.0);
        spacing.window_margin = Margin::same(16);
        spacing.menu_margin = Margin::same(6);
        spacing.tooltip_width = 360.0;
        spacing.icon_width = 16.0;
        // Menus are as long as they need.
        spacing.default_area_size.y = 2_000.0;
        spacing.scroll = egui::style::ScrollStyle {
            // A list that changes its height would spring back from where it was just scrolled to.
            kinetic: egui::style::KineticScrollStyle {
                rubber_band: false,
                ..Default::default()
            },
            // The ground of a button could not be told from that of a panel.
            foreground_color: true,
            dormant_handle_opacity: 0.3,
            active_handle_opacity: 0.4,
            interact_handle_opacity: 0.6,
            ..egui::style::ScrollStyle::thin()
        };
    }

    fn set_visuals(&self, visuals: &mut egui::Visuals) {
        let corners = self.corners();
        *visuals = if self.dark {
            egui::Visuals::dark()
        } else {
            egui::Visuals::light()
        };
        let widget = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::new(1.0, edge),
            corner_radius: corners,
            fg_stroke: Stroke::new(1.0, text),
            expansion: 0.0,
        };
        let widgets = &mut visuals.widgets;
        widgets.noninteractive = widget(self.panel, self.rule, self.text);
        widgets.inactive = widget(self.raised, self.rule, self.text);
        widgets.hovered = widget(self.hovered(), self.rule, self.text);
        // Also what has the focus.
        widgets.active = WidgetVisuals {
            bg_stroke: Stroke::new(1.5, self.focus),
            ..widget(self.hovered(), self.focus, self.text)
        };
        widgets.open = widget(self.hovered(), self.rule, self.text);
        visuals.selection.bg_fill = self.selection;
        visuals.selection.stroke = Stroke::new(1.5, self.focus);
        visuals.weak_text_color = Some(self.muted);
        visuals.hyperlink_color = self.accent;
        visuals.disabled_alpha = DISABLED;
        visuals.warn_fg_color = self.warning;
        visuals.error_fg_color = self.danger;
        visuals.panel_fill = self.panel;
        visuals.window_fill = self.raised;
        visuals.window_stroke = Stroke::new(1.0, self.rule);
        visuals.window_corner_radius = CornerRadius::same(self.radius.saturating_mul(2));
        visuals.menu_corner_radius = CornerRadius::same(self.radius.saturating_add(2));
        visuals.extreme_bg_color = self.surface;
        visuals.faint_bg_color = self.panel;
        visuals.code_bg_color = self.accent_soft;
        visuals.text_cursor.stroke = Stroke::new(2.0, self.accent);
        visuals.text_cursor.blink = false;
        let shade = if self.dark { 120 } else { 28 };
        visuals.window_shadow = Shadow {
            offset: [0, 8],
            blur: 28,
            spread: 0,
            color: Color32::from_black_alpha(shade),
        };
        visuals.popup_shadow = Shadow {
            offset: [0, 4],
            blur: 14,
            spread: 0,
            color: Color32::from_black_alpha(shade),
        };
        visuals.indent_has_left_vline = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(value: u8) -> f64 {
        let c = f64::from(value) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    }

    fn luminance(c: Color32) -> f64 {
        0.2126 * channel(c.r()) + 0.7152 * channel(c.g()) + 0.0722 * channel(c.b())
    }

    /// WCAG 2 contrast ratio.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn assert_contrast(what: &str, ink: Color32, ground: Color32, least: f64) {
        let ratio = contrast(ink, ground);
        assert!(ratio >= least, "{what}: {ratio:.2} is below {least}");
    }

    #[test]
    fn every_text_is_legible_on_every_ground() {
        let themes = Themes::load().unwrap();
        for theme in [&themes.light, &themes.dark] {
            let name = if theme.dark { "dark" } else { "light" };
            let backgrounds = [
                ("surface", theme.surface),
                ("panel", theme.panel),
                ("raised", theme.raised),
                ("hint", theme.accent_soft),
                ("hovered row", theme.hovered()),
            ];
            for (ground_name, ground) in backgrounds {
                for (ink_name, ink) in [
                    ("text", theme.text),
                    ("muted", theme.muted),
                    ("accent", theme.accent),
                    ("danger", theme.danger),
                    ("warning", theme.warning),
                    ("success", theme.success),
                ] {
                    assert_contrast(
                        &format!("{name} {ink_name} on {ground_name}"),
                        ink,
                        ground,
                        4.5,
                    );
                }
                assert_contrast(
                    &format!("{name} focus on {ground_name}"),
                    theme.focus,
                    ground,
                    3.0,
                );
            }
            assert_ne!(theme.hovered(), theme.selection, "{name}");
            // The row of a menu that the arrows are on.
            assert_contrast(
                &format!("{name} hovered"),
                theme.hovered(),
                theme.raised,
                1.2,
            );
            assert_contrast(
                &format!("{name} selected words"),
                theme.focus,
                theme.selection,
                4.4,
            );
            for (what, ground) in [
                ("selection", theme.selection),
                ("hit", theme.hit),
                ("current hit", theme.current_hit),
            ] {
                assert_contrast(&format!("{name} text on {what}"), theme.text, ground, 4.5);
            }
            assert_contrast(
                &format!("{name} on accent"),
                theme.on_accent,
                theme.accent,
                4.5,
            );
        }
    }

    #[test]
    fn what_cannot_be_used_is_legible_and_weaker_than_what_can() {
        let themes = Themes::load().unwrap();
        for theme in [&themes.light, &themes.dark] {
            let name = if theme.dark { "dark" } else { "light" };
            for (ground_name, ground) in [("panel", theme.panel), ("raised", theme.raised)] {
                let faint = ground.lerp_to_gamma(theme.text, DISABLED);
                let what = format!("{name} disabled on {ground_name}");
                assert_contrast(&what, faint, ground, 3.5);
                let enabled = contrast(theme.text, ground);
                assert!(enabled > 2.0 * contrast(faint, ground), "{what}");
            }
        }
    }

    #[test]
    fn labels_are_legible() {
        let themes = Themes::load().unwrap();
        for theme in [&themes.light, &themes.dark] {
            for (name, colors) in &theme.labels {
                assert_contrast(
                    &format!("{name}: text on tint"),
                    theme.text,
                    colors.tint,
                    4.5,
                );
                // The strongest tint: a current tag nested in others.
                let strong = colors.tint.lerp_to_gamma(colors.line, 0.30);
                assert_contrast(
                    &format!("{name}: text on strong tint"),
                    theme.text,
                    strong,
                    4.5,
                );
                for ground in [colors.tint, theme.surface, theme.panel, theme.raised] {
                    assert_contrast(&format!("{name}: letter"), colors.text, ground, 4.5);
                }
            }
        }
    }

    #[test]
    fn what_was_found_stands_out_from_every_tag() {
        let themes = Themes::load().unwrap();
        for theme in [&themes.light, &themes.dark] {
            let name = if theme.dark { "dark" } else { "light" };
            let mut grounds = vec![("surface", theme.surface), ("selection", theme.selection)];
            grounds.extend([("hit", theme.hit), ("current hit", theme.current_hit)]);
            for (ground, color) in grounds {
                assert_contrast(&format!("{name} on {ground}"), theme.hit_edge, color, 3.0);
            }
            for (label, colors) in &theme.labels {
                for strength in [0.0, 0.16, 0.30] {
                    let tint = colors.tint.lerp_to_gamma(colors.line, strength);
                    let what = format!("{name} on {label} × {strength}");
                    assert_contrast(&what, theme.hit_edge, tint, 3.0);
                }
            }
        }
    }

    #[test]
    fn both_themes_have_the_same_labels_and_unknown_ones_are_gray() {
        let themes = Themes::load().unwrap();
        let names = |theme: &Theme| theme.labels.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&themes.light), names(&themes.dark));
        for name in [
            "yellow", "pink", "blue", "green", "violet", "orange", "teal",
        ] {
            assert!(themes.light.labels.contains_key(name), "{name}");
        }
        assert_eq!(
            themes.dark.label_colors("puce"),
            themes.dark.label_colors("gray")
        );
    }

    #[test]
    fn a_token_that_is_no_colour_is_named_with_its_line() {
        let broken = SOURCE.replacen("#fdfcf9", "paper", 1);
        let error = ron::from_str::<Themes>(&broken)
            .map_err(ThemeError)
            .unwrap_err();
        let words = error.to_string();
        assert!(
            words.contains("paper") && words.contains("theme.ron:6"),
            "{words}"
        );
    }
}
