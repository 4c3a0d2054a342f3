use indicatif::{ProgressBar, ProgressStyle};

use crate::ops::Progress;

/// Work on fewer files is over before anyone wonders.
const FEW: usize = 50;

/// Shows on a terminal how far work is; elsewhere nothing.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left") {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub(super) fn show(&self, progress: Progress) {
        if progress.total >= FEW {
            self.0.set_length(progress.total as u64);
            self.0.set_position(progress.done as u64);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
