//! What is painted, also what has no name.

use egui::{Rect, Shape};

use super::Window;

impl Window {
    /// Where single letters are on the screen, each with its ink's place.
    pub(in crate::gui) fn letters(&self) -> Vec<(char, Rect)> {
        let mut found = Vec::new();
        for clipped in &self.harness.output().shapes {
            collect(&clipped.shape, &mut found);
        }
        found
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
