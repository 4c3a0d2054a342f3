use divan::Bencher;
use egui::{CentralPanel, Context, FullOutput, RawInput, Rect, pos2};
use pullquote::gui::fonts;
use pullquote::gui::text_view::{CandidateKeys, Position, TextView, ViewInput};
use pullquote::gui::theme::Theme;
use pullquote::ops::OpenDocument;
use pullquote::text::TextSize;

use super::schema;
use super::synthetic::{SIZES, Size, document};

/// An article in a window of 1280 by 800 points.
struct Shown {
    context: Context,
    open: OpenDocument,
    view: TextView,
    theme: Theme,
}

impl Shown {
    fn of(size: Size) -> Self {
        let context = Context::default();
        context.set_fonts(fonts::definitions());
        let mut shown = Self {
            context,
            open: OpenDocument::new(document(size), schema()),
            view: TextView::new(),
            theme: Theme::light().unwrap(),
        };
        shown.frame().drop_without_applying_deltas();
        shown
    }

    fn frame(&mut self) -> FullOutput {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_max(pos2(0.0, 0.0), pos2(1280.0, 800.0))),
            ..RawInput::default()
        };
        let (view, open, theme) = (&mut self.view, &self.open, &self.theme);
        let keys = CandidateKeys::default();
        self.context.run_ui(input, |ui| {
            CentralPanel::no_frame().show(ui, |ui| {
                let input = ViewInput {
                    pointed: None,
                    dragged_label: None,
                    colleagues: &[],
                    keys: &keys,
                    open,
                    theme,
                    zoom: 1.0,
                    hits: &[],
                    hit_stretches: &[],
                    current_hit: None,
                    find_bar: 0.0,
                };
                view.text_view_ui(ui, &input);
            });
        })
    }
}

/// A place never shown before: its paragraphs are set, its tags placed and painted.
#[divan::bench(args = SIZES, sample_size = 1, sample_count = 60)]
fn another_screenful(bencher: Bencher<'_, '_>, size: Size) {
    let mut shown = Shown::of(size);
    let len = u32::from(shown.open.document().source().len());
    let mut place = 0;
    bencher.bench_local(|| {
        place = (place + len / 7 + 977) % len;
        shown.view.set_position(Position {
            top: TextSize::new(place),
            offset: 0.0,
        });
        shown.frame().drop_without_applying_deltas();
    });
}

/// The same place again, and the triangles of what is painted.
#[divan::bench(args = SIZES, sample_size = 1, sample_count = 60)]
fn the_same_screenful(bencher: Bencher<'_, '_>, size: Size) {
    let mut shown = Shown::of(size);
    bencher.bench_local(|| {
        let mut output = shown.frame();
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = shown.context.tessellate(shapes, output.pixels_per_point);
        output.drop_without_applying_deltas();
        triangles
    });
}
