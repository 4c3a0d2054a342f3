/// Labels of tags that several quotes share: one with the same fragments counts once.
pub(super) const SHARED_LABELS: [&str; 2] = ["speaker", "cue"];
