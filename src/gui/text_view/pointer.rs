//! What the pointer means: clicks, drags over text, edges, brackets. Press and release may come in
//! one frame, so events are handled one by one.

use egui::{CursorIcon, Event, Modifiers, PointerButton, Pos2, Response, Ui};

use smol_str::SmolStr;

use super::hit::Page;
use super::margin_names::SpeakerName;
use super::marks::{TagMark, bracket_at, tag_at};
use super::{ContextRequest, ViewOutput};
use crate::model::{AnnotationId, Target};
use crate::ops::{Edge, Edit, Move, OpenDocument};
use crate::text::{SourceText, TextRange, TextSize, sentence_at, snap_to_words, word_at};

/// A press that moves no further is a click (points).
const SLACK: f32 = 4.0;
/// Points a second the view scrolls for each point a drag is outside it.
const PULL: f32 = 12.0;
/// A drag further outside than this (points) scrolls no faster.
const FARTHEST: f32 = 100.0;
/// How near to a knob takes hold of it (points).
const REACH: f32 = 7.0;

/// What the pointer is doing, from frame to frame.
#[derive(Debug, Default)]
pub(super) struct Pointer {
    press: Option<Press>,
    /// Where the last click put the caret.
    clicked: Option<TextSize>,
}

#[derive(Debug, Clone)]
struct Press {
    target: DragTarget,
    from: Pos2,
    at: Pos2,
    moved: bool,
    modifiers: Modifiers,
}

#[derive(Debug, Clone)]
enum DragTarget {
    /// Text from a place on; to be added to the current tag or selected.
    Text { from: TextSize, add: bool },
    /// The edge of a fragment.
    Edge {
        tag: AnnotationId,
        index: usize,
        edge: Edge,
        range: TextRange,
    },
    /// A margin bracket, to be drawn to a speaker.
    Bracket { tag: AnnotationId },
    /// A name in the margin.
    SpeakerName { tag: AnnotationId },
}

/// The page of this frame, as the pointer meets it.
pub(super) struct Field<'p, 'a> {
    /// The article.
    pub(super) open: &'a OpenDocument,
    /// The rows.
    pub(super) page: &'p Page,
    /// The tags.
    pub(super) marks: &'p [TagMark<'a>],
    /// The names in the margin, as drawn in the frame before.
    pub(super) names: &'p [SpeakerName],
    /// What a drag over words tags them with; `None`: it selects them.
    pub(super) dragged_label: Option<&'a SmolStr>,
    /// Knobs of the current tag: where, which fragment, whether its start.
    pub(super) handles_of_tag: &'p [(Pos2, usize, bool)],
}

/// What a drag would do, drawn before it is done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Preview {
    /// Selecting this.
    Select { anchor: TextSize, head: TextSize },
    /// Adding this to the current tag.
    Add(TextRange),
    /// A fragment's new range.
    Edge {
        tag: AnnotationId,
        index: usize,
        range: TextRange,
    },
    /// Linking to the tag under the pointer, if it may be, else to the words there that mention
    /// someone.
    Link {
        from: AnnotationId,
        to: Option<AnnotationId>,
        mention: Option<TextRange>,
        at: Pos2,
    },
}

fn source<'a>(field: &Field<'_, 'a>) -> &'a SourceText {
    field.open.document().source()
}

impl Pointer {
    /// Takes this frame's events in.
    pub(super) fn handle_events(
        &mut self,
        ui: &Ui,
        response: &Response,
        field: &Field<'_, '_>,
        output: &mut ViewOutput,
    ) {
        let events = ui.input(|input| input.events.clone());
        let ours = |at: Pos2| {
            field.page.view.contains(at) && ui.ctx().layer_id_at(at) == Some(response.layer_id)
        };
        for event in events {
            match event {
                Event::PointerButton {
                    pos,
                    button: PointerButton::Primary,
                    pressed: true,
                    modifiers,
                } if ours(pos) => {
                    response.request_focus();
                    self.press = Some(press(field, pos, modifiers));
                }
                Event::PointerMoved(pos) => self.move_to(pos),
                Event::PointerButton {
                    pos,
                    button: PointerButton::Primary,
                    pressed: false,
                    modifiers,
                } => {
                    self.move_to(pos);
                    if let Some(mut press) = self.press.take() {
                        press.modifiers = modifiers;
                        self.release(ui, field, &press, output);
                    }
                }
                Event::PointerButton {
                    pos,
                    button: PointerButton::Secondary,
                    pressed: false,
                    ..
                } if ours(pos) => {
                    response.request_focus();
                    output.context = Some(ContextRequest {
                        at: pos,
                        tag: tag_at(field.marks, pos).map(|mark| mark.tag.id.clone()),
                        place: field.page.place(source(field), pos),
                    });
                }
                _ => {}
            }
        }
        if self.press.is_some() && !ui.input(|input| input.pointer.primary_down()) {
            // The release went elsewhere: outside the window, or to what came up above.
            self.press = None;
        }
        if let Some(press) = &mut self.press {
            press.modifiers = ui.input(|input| input.modifiers);
        }
    }

    fn move_to(&mut self, pos: Pos2) {
        if let Some(press) = &mut self.press {
            press.at = pos;
            press.moved |= pos.distance(press.from) > SLACK;
        }
    }

    /// How far the view should scroll in this frame because a drag is outside it, in points: the
    /// faster, the further outside.
    pub(super) fn pull(&self, page: &Page, dt: f32) -> f32 {
        let Some(press) = self.press.as_ref().filter(|press| press.moved) else {
            return 0.0;
        };
        let above = page.view.top() - press.at.y;
        let below = press.at.y - page.view.bottom();
        let speed = |outside: f32| outside.clamp(0.0, FARTHEST) * PULL * dt;
        speed(below) - speed(above)
    }

    /// What the drag under way would do now.
    pub(super) fn preview(&self, field: &Field<'_, '_>) -> Option<Preview> {
        let press = self.press.as_ref().filter(|press| press.moved)?;
        preview(field, press)
    }

    /// Whether something is being dragged.
    pub(super) fn is_dragging(&self) -> bool {
        self.press.as_ref().is_some_and(|press| press.moved)
    }

    fn release(&mut self, ui: &Ui, field: &Field<'_, '_>, press: &Press, output: &mut ViewOutput) {
        if !press.moved {
            self.click(ui, field, press, output);
            return;
        }
        self.clicked = None;
        match preview(field, press) {
            Some(Preview::Select { anchor, head }) => {
                output.push(Move::Select { anchor, head });
                if let Some(label) = field.dragged_label.filter(|_| anchor != head) {
                    output.push(Edit::Tag(label.clone()));
                }
            }
            Some(Preview::Add(range)) if !range.is_empty() => {
                output.push(Move::Select {
                    anchor: range.start(),
                    head: range.end(),
                });
                output.push(Edit::AddFragment);
            }
            Some(Preview::Edge { tag, index, range }) => {
                let DragTarget::Edge { edge, .. } = press.target else {
                    return;
                };
                let to = match edge {
                    Edge::Start => range.start(),
                    Edge::End => range.end(),
                };
                output.push(Edit::SetEdge {
                    tag,
                    index,
                    edge,
                    to,
                });
            }
            Some(Preview::Link {
                from, to: Some(to), ..
            }) => output.push(Edit::Link {
                from,
                to: Target::Annotation(to),
                add: press.modifiers.command,
            }),
            Some(Preview::Link {
                from,
                mention: Some(mention),
                ..
            }) => output.push(Edit::LinkToMentionAt {
                from,
                at: mention.start(),
            }),
            Some(Preview::Link { .. }) => {
                output.refused =
                    Some("no name there; drop the line on a name, a pronoun or a speaker");
            }
            Some(Preview::Add(_)) | None => {}
        }
    }

    fn click(&mut self, ui: &Ui, field: &Field<'_, '_>, press: &Press, output: &mut ViewOutput) {
        if let DragTarget::Bracket { tag } | DragTarget::SpeakerName { tag } = &press.target {
            self.clicked = None;
            output.push(Move::GoTo(tag.clone()));
            return;
        }
        let source = source(field);
        let place = field.page.place(source, press.at);
        let (twice, thrice) = ui.input(|input| {
            let button = PointerButton::Primary;
            (
                input.pointer.button_double_clicked(button),
                input.pointer.button_triple_clicked(button),
            )
        });
        let whole = if thrice {
            sentence_at(source, place)
        } else if twice {
            word_at(source, place)
        } else {
            None
        };
        let selection = field.open.selection();
        let again = self.clicked == Some(place)
            && selection.is_caret()
            && field.open.shown().set().at(place).len() > 1;
        output.push(match whole {
            Some(range) => Move::Select {
                anchor: range.start(),
                head: range.end(),
            },
            None if press.modifiers.shift => Move::Select {
                anchor: selection.anchor,
                head: place,
            },
            None if again && !twice && !thrice => Move::Outward,
            None => Move::Select {
                anchor: place,
                head: place,
            },
        });
        self.clicked = whole.is_none().then_some(place);
    }
}

fn press(field: &Field<'_, '_>, at: Pos2, modifiers: Modifiers) -> Press {
    let press = |target| Press {
        target,
        from: at,
        at,
        moved: false,
        modifiers,
    };
    if let Some(target) = edge_at(field, at) {
        return press(target);
    }
    if let Some(name) = field.names.iter().find(|name| name.rect.contains(at)) {
        let tag = name.tag.clone();
        return press(DragTarget::SpeakerName { tag });
    }
    if let Some(mark) = bracket_at(field.marks, at) {
        let tag = mark.tag.id.clone();
        return press(DragTarget::Bracket { tag });
    }
    press(DragTarget::Text {
        from: field.page.place(source(field), at),
        add: modifiers.command && field.open.current_tag().is_some(),
    })
}

/// The knob at a point, if there is one.
fn edge_at(field: &Field<'_, '_>, at: Pos2) -> Option<DragTarget> {
    let tag = field.open.current_tag()?;
    let near = |knob: &&(Pos2, usize, bool)| knob.0.distance(at) <= REACH;
    let &(_, index, start) = field.handles_of_tag.iter().find(near)?;
    Some(DragTarget::Edge {
        tag: tag.id.clone(),
        index,
        edge: if start { Edge::Start } else { Edge::End },
        range: *tag.fragments.as_slice().get(index)?,
    })
}

fn preview(field: &Field<'_, '_>, press: &Press) -> Option<Preview> {
    let source = source(field);
    let exact = press.modifiers.shift;
    match &press.target {
        DragTarget::Text { from, add } => {
            let head = field.page.place(source, press.at);
            let raw = TextRange::new(head.min(*from), head.max(*from));
            let range = if exact {
                raw
            } else {
                snap_to_words(source, raw)
            };
            Some(if *add {
                Preview::Add(range)
            } else if head < *from {
                Preview::Select {
                    anchor: range.end(),
                    head: range.start(),
                }
            } else {
                Preview::Select {
                    anchor: range.start(),
                    head: range.end(),
                }
            })
        }
        DragTarget::Edge {
            tag,
            index,
            edge,
            range,
        } => {
            let to = field.page.place(source, press.at);
            let moved = match edge {
                Edge::Start if to < range.end() => TextRange::new(to, range.end()),
                Edge::End if to > range.start() => TextRange::new(range.start(), to),
                // Not past the other edge.
                Edge::Start | Edge::End => *range,
            };
            let snapped = if exact {
                moved
            } else {
                snap_to_words(source, moved)
            };
            // Only the edge that is held moves.
            let range = match edge {
                Edge::Start => TextRange::new(snapped.start().min(range.end()), range.end()),
                Edge::End => TextRange::new(range.start(), snapped.end().max(range.start())),
            };
            Some(Preview::Edge {
                tag: tag.clone(),
                index: *index,
                range,
            })
        }
        DragTarget::Bracket { tag } => {
            let schema = field.open.schema();
            let from = field.open.shown().set().annotation(tag)?;
            let to = tag_at(field.marks, press.at)
                .map(|mark| mark.tag)
                .filter(|to| {
                    let mut roles = schema.roles().iter();
                    to.id != *tag
                        && roles.any(|role| schema.allows(&role.key, &from.label, &to.label))
                });
            let mention = || {
                let range = field.open.mention_at(field.page.place(source, press.at))?;
                let pieces = field.page.pieces(range);
                let hit = pieces.iter().any(|piece| piece.rect.contains(press.at));
                hit.then_some(range)
            };
            Some(Preview::Link {
                from: tag.clone(),
                mention: if to.is_none() { mention() } else { None },
                to: to.map(|to| to.id.clone()),
                at: press.at,
            })
        }
        DragTarget::SpeakerName { .. } => None,
    }
}

/// The pointer's shape at a point.
pub(super) fn cursor(field: &Field<'_, '_>, at: Pos2) -> CursorIcon {
    if field
        .handles_of_tag
        .iter()
        .any(|knob| knob.0.distance(at) <= REACH)
    {
        CursorIcon::ResizeHorizontal
    } else if field.names.iter().any(|name| name.rect.contains(at))
        || bracket_at(field.marks, at).is_some()
    {
        CursorIcon::PointingHand
    } else if field.dragged_label.is_some() {
        CursorIcon::Crosshair
    } else {
        CursorIcon::Text
    }
}
