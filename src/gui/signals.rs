//! The end of a session: what asks a program to end closes the window, without a question: what is
//! typed is kept and saved.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use egui::Context;

/// Closes the window where the system asks the program to end, and sets `session_ends`. The second
/// time ends the program at once.
#[cfg(unix)]
pub(super) fn close_on_signals(context: &Context, session_ends: &Arc<AtomicBool>) {
    use std::sync::atomic::Ordering;
    use std::time::Duration;

    use egui::{ViewportCommand, ViewportId};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;

    /// How often it is looked whether there was a signal.
    const LOOK: Duration = Duration::from_millis(100);
    /// How long a second one ends the program; a window that stayed open is asked again later.
    const PATIENCE: Duration = Duration::from_secs(5);

    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGHUP, SIGINT] {
        // In this order: a signal ends the program only where one came before.
        let second = flag::register_conditional_default(signal, Arc::clone(&asked));
        let first = second
            .and_then(|_| flag::register(signal, Arc::clone(session_ends)))
            .and_then(|_| flag::register(signal, Arc::clone(&asked)));
        if let Err(error) = first {
            log::warn!("signal {signal} ends the program without closing the window: {error}");
        }
    }
    let context = context.clone();
    let look = move || {
        loop {
            while !asked.load(Ordering::Relaxed) {
                std::thread::sleep(LOOK);
            }
            context.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Close);
            context.request_repaint_of(ViewportId::ROOT);
            std::thread::sleep(PATIENCE);
            asked.store(false, Ordering::Relaxed);
        }
    };
    let thread = std::thread::Builder::new().name("signals".to_owned());
    if let Err(error) = thread.spawn(look) {
        log::warn!("the window does not close by itself: {error}");
    }
}

/// Other systems close the window themselves.
#[cfg(not(unix))]
pub(super) fn close_on_signals(_: &Context, _: &Arc<AtomicBool>) {}
