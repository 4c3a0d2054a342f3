//! Where things are on the screen.

use egui::{Rect, Shape};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{Window, is_chosen};

impl Window {
    /// Where something of this name is.
    pub(in crate::gui) fn rect(&self, name: &str) -> Rect {
        self.harness.get_by_label(name).rect()
    }

    /// Where the button of this name is.
    pub(in crate::gui) fn button_rect(&self, name: &str) -> Rect {
        let role = egui::accesskit::Role::Button;
        self.harness.get_by_role_and_label(role, name).rect()
    }

    /// Where the field of this name is.
    pub(in crate::gui) fn field_rect(&self, name: &str) -> Rect {
        let role = egui::accesskit::Role::TextInput;
        self.harness.get_by_role_and_label(role, name).rect()
    }

    /// Where each thing is whose name contains these words, from top to bottom.
    pub(in crate::gui) fn rects_of(&self, words: &str) -> Vec<Rect> {
        let found = self.harness.query_all_by_label_contains(words);
        let mut rects: Vec<_> = found.map(|node| node.rect()).collect();
        rects.sort_by(|a, b| a.top().total_cmp(&b.top()));
        rects
    }

    /// Where the chosen ones are among what has these words in its name.
    pub(in crate::gui) fn chosen_rects(&self, words: &str) -> Vec<Rect> {
        let found = self.harness.query_all_by_label_contains(words);
        let chosen = found.filter(is_chosen);
        chosen.map(|node| node.rect()).collect()
    }

    /// Where single letters are on the screen, each with its ink's place.
    pub(in crate::gui) fn letters(&self) -> Vec<(char, Rect)> {
        let mut found = Vec::new();
        for clipped in &self.harness.output().shapes {
            collect(&clipped.shape, &mut found);
        }
        found
    }
}

impl Window {
    /// Each row of words that is drawn, with its ink's place.
    pub(in crate::gui) fn drawn_rows(&self) -> Vec<(String, Rect)> {
        let mut found = Vec::new();
        for clipped in &self.harness.output().shapes {
            collect_rows(&clipped.shape, &mut found);
        }
        found
    }
}

impl Window {
    /// Whether a picture of this name is on the screen.
    pub(in crate::gui) fn shows_sign(&self, name: &str) -> bool {
        let role = egui::accesskit::Role::Image;
        let found = self.harness.query_all_by_role(role);
        let mut names = found.filter_map(|node| node.accesskit_node().label());
        names.any(|label| label == name)
    }

    /// Whether these words are drawn in the bold face; `None`: they are not drawn on their own.
    pub(in crate::gui) fn is_bold(&self, words: &str) -> Option<bool> {
        let mut found = None;
        for clipped in &self.harness.output().shapes {
            each_text(&clipped.shape, &mut |text| {
                if text.galley.text() == words {
                    let format = &text.galley.job.sections[0].format;
                    let bold = egui::FontFamily::Name("sans-bold".into());
                    found = Some(format.font_id.family == bold);
                }
            });
        }
        found
    }
}

fn each_text(shape: &Shape, each: &mut impl FnMut(&egui::epaint::TextShape)) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| each_text(shape, each)),
        Shape::Text(text) => each(text),
        _ => {}
    }
}

fn collect_rows(shape: &Shape, found: &mut Vec<(String, Rect)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect_rows(shape, found)),
        Shape::Text(text) => {
            for row in &text.galley.rows {
                let ink = row.row.visuals.mesh_bounds;
                let ink = ink.translate(text.pos.to_vec2() + row.pos.to_vec2());
                found.push((row.text(), ink));
            }
        }
        _ => {}
    }
}

fn collect(shape: &Shape, found: &mut Vec<(char, Rect)>) {
    match shape {
        Shape::Vec(shapes) => {
            for shape in shapes {
                collect(shape, found);
            }
        }
        Shape::Text(text) => {
            let mut letters = text.galley.text().chars();
            if let (Some(letter), None) = (letters.next(), letters.next())
                && letter.is_alphabetic()
            {
                let ink = text.galley.mesh_bounds.translate(text.pos.to_vec2());
                found.push((letter, ink));
            }
        }
        _ => {}
    }
}
