use std::path::PathBuf;

use smol_str::SmolStr;

use crate::text::Encoding;

/// What the window should open, and how to draw it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowRequest {
    /// Files, or a folder; none: what was open last time, else the sample.
    pub paths: Vec<PathBuf>,
    /// Whose work it is; `None`: as set in the settings.
    pub annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one.
    pub encoding: Option<Encoding>,
    /// How to draw.
    pub renderer: Renderer,
}

/// How to draw the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// With the graphics card if there is one.
    #[default]
    Auto,
    /// With the graphics card only.
    Hardware,
    /// Without a graphics card.
    Software,
}
