//! A support aid: how much of the processor each frame takes, as lines of a CSV file.

use std::fmt::Debug;
use std::io::Write;
use std::time::{Duration, Instant};

use egui::{Context, Event, FullOutput, Plugin, RawInput, Rect};

/// Writes a line a frame: milliseconds since the start, milliseconds of processor time of the window's
/// thread for what is handled, drawn and tessellated (not for what the graphics driver does), and what
/// was handled.
pub(super) struct FrameLog {
    out: Box<dyn Write + Send + Sync>,
    started: Instant,
    /// Processor time of the thread when the frame under way began.
    begun: Option<Duration>,
    handled: Vec<String>,
    size: Option<Rect>,
}

impl FrameLog {
    /// Starts a log.
    pub(super) fn new(mut out: impl Write + Send + Sync + 'static) -> Self {
        write_line(&mut out, "at_ms,cpu_ms,handled");
        Self {
            out: Box::new(out),
            started: Instant::now(),
            begun: None,
            handled: Vec::new(),
            size: None,
        }
    }

    fn record(&mut self, what: &str) {
        self.handled.push(what.to_owned());
    }

    fn line(&mut self, cpu: Duration) {
        let at = self.started.elapsed().as_millis();
        let micros = cpu.as_micros();
        let handled = std::mem::take(&mut self.handled).join(";");
        let line = format!("{at},{}.{:03},{handled}", micros / 1000, micros % 1000);
        write_line(&mut self.out, &line);
    }
}

/// Notes what is handled in this frame, where frames are logged: the name of `what`, without what it
/// is about.
pub(super) fn record(context: &Context, what: &dyn Debug) {
    context.with_plugin(|log: &mut FrameLog| {
        let words = format!("{what:?}");
        let name = words
            .split([' ', '{', '('])
            .find(|name| !NO_NAMES.contains(name));
        log.record(name.unwrap_or_default());
    });
}

/// What only wraps a command.
const NO_NAMES: [&str; 7] = [
    "",
    "Ui",
    "Document",
    "DocumentThenFocus",
    "Move",
    "Edit",
    "Gesture",
];

fn write_line(out: &mut impl Write, line: &str) {
    if let Err(error) = writeln!(out, "{line}") {
        log::error!("a frame is not logged: {error}");
    }
}

/// Processor time of this thread so far; the time since the first call where the platform has none.
#[cfg(unix)]
fn processor_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ThreadCPUTime)
        .try_into()
        .unwrap_or_default()
}

#[cfg(not(unix))]
fn processor_time() -> Duration {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

/// What an event is called in the log; most are not worth a word.
fn name(event: &Event) -> Option<&'static str> {
    match event {
        Event::MouseWheel { .. } => Some("wheel"),
        Event::PointerMoved(_) => Some("pointer"),
        Event::PointerButton { pressed: true, .. } => Some("press"),
        Event::PointerButton { pressed: false, .. } => Some("release"),
        Event::Text(_) => Some("text"),
        Event::Key { pressed: true, .. } => Some("key"),
        _ => None,
    }
}

impl Plugin for FrameLog {
    fn debug_name(&self) -> &'static str {
        "frame log"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        // A frame may take several passes.
        self.begun.get_or_insert_with(processor_time);
        if self.size != input.screen_rect && input.screen_rect.is_some() {
            self.size = input.screen_rect;
            self.record("resize");
        }
        let mut last = None;
        for name in input.events.iter().filter_map(name) {
            if last != Some(name) {
                self.record(name);
            }
            last = Some(name);
        }
    }

    fn output_hook(&mut self, context: &Context, output: &mut FullOutput) {
        if context.will_discard() {
            return;
        }
        let Some(begun) = self.begun.take() else {
            return;
        };
        let drawn = processor_time().saturating_sub(begun);
        let shapes = output.shapes.clone();
        let begun = processor_time();
        let triangles = context.tessellate(shapes, output.pixels_per_point);
        let tessellated = processor_time().saturating_sub(begun);
        drop(triangles);
        self.line(drawn + tessellated);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::gui::app_command::AppCommand;
    use crate::ops::Edit;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_a_line_that_says_what_was_handled() {
        let file = Shared::default();
        let context = Context::default();
        context.add_plugin(FrameLog::new(file.clone()));
        for events in [vec![Event::Text("q".into())], Vec::new()] {
            let input = RawInput {
                events,
                ..RawInput::default()
            };
            let output = context.run_ui(input, |ui| {
                if ui.input(|input| !input.events.is_empty()) {
                    record(ui.ctx(), &AppCommand::document(Edit::Tag("quote".into())));
                }
            });
            output.drop_without_applying_deltas();
        }
        let text = String::from_utf8(file.0.lock().unwrap().clone()).unwrap();
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        assert_eq!(rows[0], ["at_ms", "cpu_ms", "handled"]);
        assert!(rows.iter().all(|row| row.len() == 3), "{text}");
        assert_eq!((rows[1][2], rows[2][2]), ("text;Tag", ""));
        assert!(rows[1][1].parse::<f64>().unwrap() > 0.0);
    }
}
