//! The article as it is read and marked up. The view changes nothing: it shows an
//! [`OpenDocument`] and hands back the commands a person's hands mean.
//!
//! Only the blocks in view are laid out, in each frame again; egui keeps what was laid out in the
//! frame before. Nothing here walks the article after it was cut into blocks.

mod access;
mod block_layout;
mod blocks;
mod chip_place;
mod chip_strip;
mod chips;
mod colleagues;
mod draw;
mod heights;
mod hit;
mod interact;
mod lanes;
mod margin;
mod margin_names;
mod marks;
mod overflow;
mod overview;
mod paint;
mod pointed_tag;
mod pointer;
mod reveal;
mod scroll_bar;
mod scrolling;
mod tooltip;
mod typeset;
mod typography;
mod viewport;

#[cfg(test)]
mod example;
#[cfg(test)]
mod tests;

use egui::{Context, CornerRadius, EventFilter, Id, OutputCommand, Pos2, Rect};
use egui::{Sense, Ui};
use smol_str::SmolStr;

use self::blocks::Blocks;
use self::heights::{Anchor, Heights};
use self::margin_names::SpeakerName;
pub use self::pointed_tag::PointedTag;
use self::pointer::Pointer;
use self::reveal::Revealed;
use self::scroll_bar::ScrollBar;
use self::typeset::Typesetter;
use self::typography::Typography;
use self::viewport::Proposal;
use crate::gui::theme::Theme;
use crate::model::AnnotationId;
use crate::ops::{ColleagueWork, Command, OpenDocument};
use crate::text::{TextRange, TextSize, previous_grapheme};

/// What the view keeps between frames: where it is scrolled to and what the pointer is doing.
/// One for each open article.
#[derive(Debug, Default)]
pub struct TextView {
    blocks: Blocks,
    typography: Option<Typography>,
    heights: Heights,
    anchor: Anchor,
    /// What was at the top in the last frame.
    position: Position,
    /// Where to go with the next frame.
    wanted: Option<Position>,
    /// What the text was set again around; kept until one goes elsewhere, so that many steps of a
    /// window's edge do not add up.
    pinned: Option<Position>,
    /// What to bring into view with the next frame.
    revealed: Option<Revealed>,
    /// The place reached by the last step between rows, and the column it aims at.
    goal: Option<(TextSize, f32)>,
    /// Height of the view in the last frame.
    height: f32,
    /// The same with the find bar.
    room: f32,
    /// Bottom of the caret's row, from the top of the view; `None`: it was out of view.
    caret_bottom: Option<f32>,
    /// Whether the end of the current tag was in view.
    tag_end_shown: bool,
    /// The proposed speaker of the current tag, where it was out of view.
    hidden_mention: Option<AnnotationId>,
    /// What the last frame showed as proposed.
    drawn_proposal: Option<Proposal>,
    pointer: Pointer,
    bar: ScrollBar,
    names: Vec<SpeakerName>,
    /// The tag that was current in the last frame, and where it and its speaker were, as far as they
    /// were in view.
    drawn_current: Option<(AnnotationId, Option<Rect>)>,
    /// The selection the window system was last told of.
    settled: Option<TextRange>,
}

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
    /// The same coarsely, for the scroll bar; never many.
    pub hit_stretches: &'a [TextRange],
    /// Which of them one is at.
    pub current_hit: Option<usize>,
    /// Height of the find bar below, in points: it does not move the article.
    pub find_bar: f32,
    /// What others have tagged, to be drawn, too.
    pub colleagues: &'a [ColleagueWork],
    /// A tag of somebody else that stands out.
    pub pointed: Option<&'a PointedTag>,
    /// What a drag over words tags them with; `None`: it selects them.
    pub dragged_label: Option<&'a SmolStr>,
    /// What is on the candidates for the speaker.
    pub keys: &'a CandidateKeys,
}

/// The keys that answer who the speaker is, as they are written on the screen; empty for none.
#[derive(Debug, Clone, Default)]
pub struct CandidateKeys {
    /// Confirms the one that is proposed.
    pub confirm: String,
    /// Goes on to the next one.
    pub next: String,
    /// No speaker is given.
    pub not_given: String,
}

/// What came of showing the view.
#[derive(Debug, Default)]
pub struct ViewOutput {
    /// What the person means, in order, for [`OpenDocument::run`].
    pub commands: Vec<Command>,
    /// Whether the article has the keyboard focus.
    pub focused: bool,
    /// Why what the pointer did came to nothing.
    pub refused: Option<&'static str>,
    /// Where a menu was asked for.
    pub context: Option<ContextRequest>,
}

impl ViewOutput {
    fn push(&mut self, command: impl Into<Command>) {
        self.commands.push(command.into());
    }
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
pub enum VerticalDirection {
    /// Towards the start.
    Up,
    /// Towards the end.
    Down,
}

/// A place to come back to: what is at the top of the view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Position {
    /// Start of the topmost row in view, in bytes.
    pub top: TextSize,
    /// How far above the edge it starts, in points; negative: below.
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
        let whole = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(whole);
        let mut area = whole;
        let mut view = area;
        view.max.x -= scroll_bar::WIDTH + overview::WIDTH;
        let chip_place = chip_strip::place(ui, input, view);
        let strip_height = match &chip_place {
            Some(chip_strip::Place::Strip(strip)) => strip.height,
            Some(chip_strip::Place::Beside(_)) | None => 0.0,
        };
        area.max.y -= strip_height;
        view.max.y = area.max.y;
        self.make_room(input.open, view.height() + input.find_bar);
        let response = ui.interact(view, Self::id(), Sense::click_and_drag());
        let painter = ui.painter_at(area);
        painter.rect_filled(area, CornerRadius::ZERO, input.theme.surface);

        let page = self.lay_out(ui, input, view, &response);
        let mut output = ViewOutput {
            focused: response.has_focus(),
            ..ViewOutput::default()
        };
        if output.focused {
            keep_keys(ui.ctx());
        }
        access::describe(ui, &response, input.open, &page);
        let (marks, overflows) = marks::marks(input.open, input.theme, &page);
        let column = match &chip_place {
            Some(chip_strip::Place::Beside(width)) => {
                chips::beside(ui, input, &page, &marks, *width)
            }
            Some(chip_strip::Place::Strip(_)) | None => None,
        };
        let beside = self.interact(
            ui,
            input,
            &response,
            &page,
            (&marks, &overflows, column),
            &mut output,
        );
        let current = input.open.current_tag().map(|tag| &tag.id);
        output.commands.extend(access::describe_tags(
            ui,
            Self::id(),
            input.open,
            &marks,
            current,
        ));
        colleagues::colleagues_ui(ui, input, &page, view);
        pointed_tag::pointed_ui(ui, input, &page, view);
        output.commands.extend(match &chip_place {
            Some(chip_strip::Place::Strip(strip)) => {
                let strip_area = whole.with_min_y(area.bottom());
                chip_strip::strip_ui(ui, input, strip, strip_area)
            }
            Some(chip_strip::Place::Beside(_)) | None => beside
                .map(|area| chips::beside_ui(ui, input, &page, &marks, area))
                .unwrap_or_default(),
        });
        self.scroll_bar_ui(ui, area, input);
        self.tell_selection(ui, input.open, output.focused);
        self.drawn_proposal = Proposal::of(input.open);
        if !output.commands.is_empty() {
            // What they change is shown with the next frame.
            ui.ctx().request_repaint();
        }
        output
    }

    /// Tells the window system what a person has selected once they are done: X11 and Wayland paste it
    /// with the middle button.
    fn tell_selection(&mut self, ui: &Ui, open: &OpenDocument, focused: bool) {
        let range = Some(open.selection().range()).filter(|range| !range.is_empty());
        let dragging = ui.input(|input| input.pointer.any_down());
        if range == self.settled || dragging || !focused {
            return;
        }
        self.settled = range;
        if let Some(range) = range {
            let words = open.document().source().slice(range).to_owned();
            ui.ctx()
                .send_cmd(OutputCommand::TextSelectionSettled(words));
        }
    }

    /// Where a row or a page up or down from the caret leads, in bytes; keeps the column over several
    /// steps. `None` before the first frame.
    pub fn vertical_target(
        &mut self,
        ctx: &Context,
        open: &OpenDocument,
        way: VerticalDirection,
        page: bool,
    ) -> Option<TextSize> {
        let typesetter = self.typesetter(ctx, open)?;
        let head = open.selection().head;
        let x = match self.goal {
            Some((at, x)) if at == head => x,
            _ => typesetter
                .lay_out(typesetter.blocks.at(head))
                .caret(head)
                .left(),
        };
        let rows = if page {
            let fitting = (self.height / typesetter.typography.row).floor() - 2.0;
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rows on a screen"
            )]
            let fitting = fitting.max(1.0) as usize;
            fitting
        } else {
            1
        };
        let place = scrolling::rows_away(&typesetter, head, x, way, rows);
        self.goal = Some((place, x));
        Some(place)
    }

    /// The start (`Up`) or end (`Down`) of the row the caret is in, in bytes: Home and End. `None`
    /// before the first frame.
    #[must_use]
    pub fn row_edge(
        &self,
        ctx: &Context,
        open: &OpenDocument,
        way: VerticalDirection,
    ) -> Option<TextSize> {
        let typesetter = self.typesetter(ctx, open)?;
        let head = open.selection().head;
        let layout = typesetter.lay_out(typesetter.blocks.at(head));
        let row = layout.row_of(head);
        let range = layout.row_range(row);
        Some(match way {
            VerticalDirection::Up => range.start(),
            // Where a row breaks without a blank, its end is the next row's start.
            VerticalDirection::Down
                if row + 1 < layout.rows() && layout.row_of(range.end()) != row =>
            {
                previous_grapheme(typesetter.source, range.end())
            }
            VerticalDirection::Down => range.end(),
        })
    }

    /// Where the current tag and the mentions linked with it are in the window, as far as they are in
    /// view, in points; `None`: there is none, or it is out of view.
    #[must_use]
    pub fn current_area(&self) -> Option<Rect> {
        self.drawn_current.as_ref().and_then(|(_, area)| *area)
    }

    /// Whether a tag was current in the last frame and out of view.
    #[must_use]
    pub fn is_out_of_view(&self, current: &AnnotationId) -> bool {
        let drawn = self.drawn_current.as_ref();
        drawn.is_some_and(|(tag, area)| tag == current && area.is_none())
    }

    /// The mention that is the proposed speaker of the current tag, where it was out of view in the
    /// last frame; `None`: it was in view, or there is none.
    #[must_use]
    pub fn hidden_mention(&self, current: &AnnotationId) -> Option<&AnnotationId> {
        let drawn = self.drawn_current.as_ref();
        let mention = self.hidden_mention.as_ref();
        mention.filter(|_| drawn.is_some_and(|(tag, _)| tag == current))
    }

    /// Whether the last frame showed the speaker that is proposed now, if one is.
    #[must_use]
    pub fn has_shown_proposal(&self, open: &OpenDocument) -> bool {
        let proposal = Proposal::of(open);
        proposal.is_none() || proposal == self.drawn_proposal
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
        self.wanted.unwrap_or(self.position)
    }

    /// Goes to a place read earlier, with the next frame.
    pub fn set_position(&mut self, position: Position) {
        self.wanted = Some(position);
    }

    fn typesetter<'a>(
        &'a self,
        ctx: &'a Context,
        open: &'a OpenDocument,
    ) -> Option<Typesetter<'a>> {
        let source = &open.document().source();
        if !self.blocks.are_of(source) {
            return None;
        }
        Some(Typesetter {
            ctx,
            source,
            blocks: &self.blocks,
            typography: self.typography.as_ref()?,
        })
    }
}

/// Arrows, Tab and Esc stay in the article while it has the focus.
fn keep_keys(ctx: &Context) {
    let filter = EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ctx.memory_mut(|memory| memory.set_focus_lock_filter(TextView::id(), filter));
}
