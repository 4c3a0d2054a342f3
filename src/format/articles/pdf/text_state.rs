//! How and where text is shown (ISO 32000-2, 9.3 and 9.4).

use std::rc::Rc;

use hayro_font::kurbo::Affine;

use super::face::Face;

/// How the next text is shown.
#[derive(Clone)]
pub(super) struct TextState<'a> {
    pub(super) to_page: Affine,
    pub(super) face: Option<Rc<Face<'a>>>,
    pub(super) size: f64,
    pub(super) between_letters: f64,
    pub(super) between_words: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    /// Where the next letter is, and where the line begins.
    pub(super) text: Affine,
    pub(super) line: Affine,
}

impl TextState<'_> {
    /// That of a page or a part, which is placed so on the page.
    pub(super) fn new(to_page: Affine) -> Self {
        Self {
            to_page,
            face: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
        }
    }

    /// Begins a line at a distance from where this one begins.
    pub(super) fn next_line(&mut self, by: [f64; 2]) {
        self.line *= Affine::translate((by[0], by[1]));
        self.text = self.line;
    }
}
