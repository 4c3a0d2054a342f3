//! What the pointer does to the article in a frame, and what of the article is drawn then.

use egui::{Rect, Response, Ui, Vec2};

use super::hit::Page;
use super::marks::{self, TagMark, tag_at};
use super::overflow::Overflow;
use super::paint::{self, PaintContext};
use super::pointer::{self, Field, Preview};
use super::typography::Typography;
use super::{TextView, ViewInput, ViewOutput};
use super::{chip_place, colleagues, draw, margin, margin_names, pointed_tag, tooltip};

impl TextView {
    /// Takes the pointer's doings in and draws everything.
    /// Returns where the chips beside their quote are.
    pub(super) fn interact(
        &mut self,
        ui: &Ui,
        input: &ViewInput<'_>,
        response: &Response,
        page: &Page,
        (marks, overflows, chips): (&[TagMark<'_>], &[Overflow], Option<(&TagMark<'_>, Vec2)>),
        output: &mut ViewOutput,
    ) -> Option<Rect> {
        let open = input.open;
        let size = self.typography.as_ref().map_or(18.0, Typography::size);
        let over = ui
            .input(|input| input.pointer.hover_pos())
            .filter(|_| response.contains_pointer());
        let hovered = over.filter(|_| !self.pointer.is_dragging()).and_then(|at| {
            let named = self.names.iter().find(|name| name.rect.contains(at));
            named
                .map(|name| name.tag.clone())
                .or_else(|| tag_at(marks, at).map(|mark| mark.tag.id.clone()))
        });
        let current = open.current_tag().map(|tag| &tag.id);
        let mut highlighted = Vec::new();
        for id in current.into_iter().chain(hovered.as_ref()) {
            marks::push_linked(open, id, &mut highlighted);
        }
        let mut cx = PaintContext {
            theme: input.theme,
            size,
            current,
            hovered: hovered.as_ref(),
            highlighted: &highlighted,
            dragged: None,
        };
        let handles_of_tag: Vec<_> = paint::handles(&cx, page, marks)
            .into_iter()
            .map(|(at, index, start, _)| (at, index, start))
            .collect();
        let field = Field {
            open,
            page,
            marks,
            names: &self.names,
            dragged_label: input.dragged_label,
            handles_of_tag: &handles_of_tag,
        };
        self.pointer.handle_events(ui, response, &field, output);
        let preview = self.pointer.preview(&field);
        if let Some(at) = over {
            ui.ctx().set_cursor_icon(pointer::cursor(&field, at));
        }
        if let Some(Preview::Edge { tag, index, range }) = &preview {
            cx.dragged = Some((tag, *index, *range));
        }
        let painter = ui.painter_at(page.view);
        paint::tag_backgrounds(&painter, &cx, page, marks);
        draw::hits(&painter, &cx, page, input, false);
        draw::selection(&painter, &cx, page, open, preview.as_ref());
        pointed_tag::paint_ground(&painter, &cx, page, input);
        draw::hits(&painter, &cx, page, input, true);
        margin::links(&painter, &cx, open, page, marks);
        paint::lines(&painter, &cx, page, marks);
        paint::text(&painter, &cx, page);
        colleagues::paint(&painter, input, page);
        pointed_tag::paint_name(&painter, &cx, page, input);
        paint::label_tabs(&painter, &cx, page, marks, overflows);
        draw::guarded_ui(ui, &cx, page);
        margin::brackets(&painter, &cx, marks);
        let mut names = margin_names::lay_out(&painter, &cx, page, marks);
        let beside = chips
            .filter(|_| !self.pointer.is_dragging())
            .and_then(|(mark, size)| chip_place::beside(page, mark, &mut names, size));
        let names = margin_names::paint(&painter, names);
        draw::caret(&painter, &cx, page, open, preview.as_ref(), output.focused);
        if let Some(Preview::Link {
            from,
            to,
            mention,
            at,
        }) = &preview
        {
            let ends = (from, to.as_ref());
            draw::link(&painter, &cx, (page, marks), ends, *mention, *at);
        }
        let tip = hovered
            .as_ref()
            .and_then(|id| marks.iter().find(|mark| mark.tag.id == *id));
        let hidden = self.pointer.is_dragging() || open.chips().is_some();
        if let (Some(mark), false) = (tip, hidden) {
            tooltip::tooltip_ui(response, input.theme, open, mark);
        }
        self.names = names;
        self.drawn_current = current.map(|id| (id.clone(), marks::area(marks, id, page.view)));
        beside
    }
}
