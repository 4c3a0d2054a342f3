//! Clocks that show the same in each run.

use std::sync::atomic::{AtomicI64, Ordering};

use pullquote::gui::services::Clock;

/// It stands still.
pub(super) struct FixedClock;

impl Clock for FixedClock {
    fn time_of_day(&self) -> String {
        "12:00".to_owned()
    }

    fn now(&self) -> jiff::Timestamp {
        "2026-11-28T12:00:00.25Z".parse().unwrap()
    }
}

/// A clock on which each look takes a second.
#[derive(Default)]
pub(super) struct RunningClock(AtomicI64);

impl Clock for RunningClock {
    fn time_of_day(&self) -> String {
        FixedClock.time_of_day()
    }

    fn now(&self) -> jiff::Timestamp {
        let seconds = self.0.fetch_add(1, Ordering::Relaxed);
        FixedClock.now() + jiff::SignedDuration::from_secs(seconds)
    }
}
