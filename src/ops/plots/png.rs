//! A plot as PNG, drawn from its SVG.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::ops::typefaces::{INTER_REGULAR, INTER_SEMIBOLD};

/// Pixels for each unit of the picture: sharp in print.
const SCALE: f32 = 2.0;

/// Why a picture cannot be drawn, in words.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be drawn: {0}")]
pub struct DrawError(String);

/// Draws pictures with the bundled typefaces alone, so that they look the same everywhere.
pub(super) struct Painter(Options<'static>);

impl Painter {
    pub(super) fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        for face in [INTER_REGULAR, INTER_SEMIBOLD] {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(face)));
        }
        fonts.set_sans_serif_family("Inter");
        Self(Options {
            fontdb: Arc::new(fonts),
            font_family: "Inter".to_owned(),
            ..Options::default()
        })
    }

    /// The PNG of an SVG.
    pub(super) fn png(&self, svg: &str) -> Result<Vec<u8>, DrawError> {
        let fails = |words: &str| DrawError(words.to_owned());
        let tree = Tree::from_str(svg, &self.0).map_err(|error| DrawError(error.to_string()))?;
        let size = tree.size().to_int_size().scale_by(SCALE);
        let size = size.ok_or_else(|| fails("it is empty"))?;
        let pixels = Pixmap::new(size.width(), size.height());
        let mut pixels = pixels.ok_or_else(|| fails("it is too large"))?;
        resvg::render(
            &tree,
            Transform::from_scale(SCALE, SCALE),
            &mut pixels.as_mut(),
        );
        let encoded = pixels.encode_png();
        encoded.map_err(|error| DrawError(error.to_string()))
    }
}
