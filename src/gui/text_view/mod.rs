//! The article as it is read and marked up. The view changes nothing: it shows an
//! [`OpenDocument`] and hands back the commands a person's hands mean.

use egui::{Context, Id, Pos2, Ui};

use crate::gui::theme::Theme;
use crate::model::AnnotationId;
use crate::ops::{Command, OpenDocument};
use crate::text::{TextRange, TextSize};

/// What the view keeps between frames: where it is scrolled to and what the pointer is doing.
/// One for each open article.
#[derive(Debug, Default)]
pub struct TextView {}

/// What the view shows.
#[derive(Clone, Copy)]
pub struct ViewInput<'a> {
    /// The article.
    pub open: &'a OpenDocument,
    /// Its colours.
    pub theme: &'a Theme,
    /// Size of the text; 1.0 is 18 points.
    pub zoom: f32,
    /// What a search has found (bytes), in order.
    pub hits: &'a [TextRange],
    /// Which of them one is at.
    pub current_hit: Option<usize>,
}

/// What came of showing the view.
#[derive(Debug, Default)]
pub struct ViewOutput {
    /// What the person means, in order, for [`OpenDocument::run`].
    pub commands: Vec<Command>,
    /// Whether the article has the keyboard focus.
    pub focused: bool,
    /// Where a menu was asked for.
    pub context: Option<ContextRequest>,
    /// The tag under the pointer.
    pub hovered: Option<AnnotationId>,
}

/// A secondary click.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextRequest {
    /// Where on the screen.
    pub at: Pos2,
    /// The innermost tag there.
    pub tag: Option<AnnotationId>,
    /// The place in the text there, in bytes.
    pub place: TextSize,
}

/// A way between rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vertical {
    /// Towards the start.
    Up,
    /// Towards the end.
    Down,
}

/// A place to come back to: what stands at the top of the view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Position {
    /// Start of the topmost visible stretch of text, in bytes.
    pub top: TextSize,
    /// How far above the edge it starts, in points.
    pub offset: f32,
}

impl TextView {
    /// A view at the start of an article.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of the focusable node, the same in every frame.
    #[must_use]
    pub fn id() -> Id {
        Id::unique("article")
    }

    /// Shows the article in what space `ui` has left.
    pub fn text_view_ui(&mut self, ui: &mut Ui, input: &ViewInput<'_>) -> ViewOutput {
        let _ = (ui, input);
        ViewOutput::default()
    }

    /// Brings a range (bytes) into view with the next frame, moving as little as possible.
    pub fn reveal(&mut self, range: TextRange) {
        let _ = range;
    }

    /// Where a row or a page up or down from the caret leads, in bytes; keeps the column over several
    /// steps. `None` before the first frame.
    pub fn vertical(
        &mut self,
        ctx: &Context,
        open: &OpenDocument,
        way: Vertical,
        page: bool,
    ) -> Option<TextSize> {
        let _ = (ctx, open, way, page);
        None
    }

    /// The start (`Up`) or end (`Down`) of the row the caret is in, in bytes: Home and End.
    pub fn row_edge(&self, ctx: &Context, open: &OpenDocument, way: Vertical) -> Option<TextSize> {
        let _ = (ctx, open, way);
        None
    }

    /// Whether the article has the keyboard focus.
    #[must_use]
    pub fn is_focused(&self, ctx: &Context) -> bool {
        ctx.memory(|memory| memory.has_focus(Self::id()))
    }

    /// Gives the article the keyboard focus.
    pub fn request_focus(&self, ctx: &Context) {
        ctx.memory_mut(|memory| memory.request_focus(Self::id()));
    }

    /// Where the reader is.
    #[must_use]
    pub fn position(&self) -> Position {
        Position::default()
    }

    /// Goes to a place read earlier.
    pub fn set_position(&mut self, position: Position) {
        let _ = position;
    }
}
