//! The bundled typefaces: Literata for reading, Inter for the interface, both under the SIL Open
//! Font License (`assets/fonts/`). What they lack comes from egui's own fonts and, in the window,
//! from the system.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

use crate::ops::typefaces::{INTER_REGULAR, INTER_SEMIBOLD};

const READING: &str = "reading";
const SANS_BOLD: &str = "sans-bold";

/// The family articles are set in.
#[must_use]
pub fn reading() -> FontFamily {
    FontFamily::Name(READING.into())
}

/// The semibold of the interface, for headings and chosen rows.
#[must_use]
pub fn sans_bold() -> FontFamily {
    FontFamily::Name(SANS_BOLD.into())
}

/// The reading face at a size in points.
#[must_use]
pub fn reading_font(size: f32) -> FontId {
    FontId::new(size, reading())
}

/// The semibold at a size in points.
#[must_use]
pub fn bold_font(size: f32) -> FontId {
    FontId::new(size, sans_bold())
}

/// All families: `reading`, `sans-bold`, and the usual proportional and monospaced ones. egui's
/// fonts stay behind them as fallback.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 3] = [
        (
            "Literata",
            include_bytes!("../../assets/fonts/Literata-Regular.ttf"),
        ),
        ("Inter", INTER_REGULAR),
        ("Inter SemiBold", INTER_SEMIBOLD),
    ];
    for (name, bytes) in faces {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // Behind egui's sans its monospaced face, which knows many more signs.
    let mut fallback: Vec<String> = Vec::new();
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        for face in fonts.families.get(&family).into_iter().flatten() {
            if !fallback.contains(face) {
                fallback.push(face.clone());
            }
        }
    }
    let family = |first: &[&str]| -> Vec<String> {
        first
            .iter()
            .map(|name| (*name).to_owned())
            .chain(fallback.iter().cloned())
            .collect()
    };
    let families = [
        (reading(), family(&["Literata", "Inter"])),
        (sans_bold(), family(&["Inter SemiBold", "Inter"])),
        (FontFamily::Proportional, family(&["Inter"])),
    ];
    for (name, faces) in families {
        fonts.families.insert(name, faces);
    }
    if let Some(mono) = fonts.families.get_mut(&FontFamily::Monospace) {
        mono.push("Inter".to_owned());
    }
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_names_faces_that_are_there() {
        let fonts = definitions();
        for (family, faces) in &fonts.families {
            assert!(!faces.is_empty(), "{family:?} is empty");
            for face in faces {
                assert!(fonts.font_data.contains_key(face), "{face} is missing");
            }
        }
        assert!(fonts.families.contains_key(&reading()));
        assert!(fonts.families.contains_key(&sans_bold()));
    }

    #[test]
    fn the_reading_face_has_what_articles_use() {
        let ctx = egui::Context::default();
        ctx.set_fonts(definitions());
        ctx.run_ui(egui::RawInput::default(), |ui| {
            ui.fonts_mut(|fonts| {
                for c in "AZaz09“”‘’–—…«»éñßøłčğő€£αΩжЯ□".chars() {
                    assert!(fonts.has_glyph(&reading_font(18.0), c), "no glyph for {c}");
                }
            });
        })
        .drop_without_applying_deltas();
    }
}
