use std::path::PathBuf;

use smol_str::SmolStr;

use crate::text::Encoding;

/// What the window shall open, and how it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowRequest {
    /// Files, or a folder; none: what was open last time, else the sample.
    pub paths: Vec<PathBuf>,
    /// Whose work it is; `None`: as set in the settings.
    pub annotator: Option<SmolStr>,
    /// The encoding of articles that do not say it themselves.
    pub encoding: Option<Encoding>,
    /// How to draw.
    pub renderer: Renderer,
}

/// How the window is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// By the graphics card where there is one.
    #[default]
    Auto,
    /// By the graphics card, or not at all.
    Hardware,
    /// Without a graphics card.
    Software,
}
