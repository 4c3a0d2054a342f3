use std::fmt;
use std::num::NonZeroU64;

use jiff::Timestamp;
use smol_str::SmolStr;

/// Who made, changed or decided something, and when. Time zone: UTC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Authorship {
    // First, so that the later of two is the greater.
    /// When; `None`: not recorded.
    pub at: Option<Timestamp>,
    /// The annotator's name; empty where none was set.
    pub by: SmolStr,
}

impl Authorship {
    /// Whether it says neither who nor when.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by.is_empty() && self.at.is_none()
    }
}

/// How sure a program is of what it proposes: a number from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
// The bits of the number, and one, so that there is room for none. Numbers that are not negative sort as
// their bits do.
pub struct Confidence(NonZeroU64);

impl Confidence {
    /// `None` for what is not a number from 0 to 1.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero makes of -0.0 the 0.0 it equals.
        let bits = (value + 0.0).to_bits();
        let is_inside = (0.0..=1.0).contains(&value);
        is_inside.then(|| Self(NonZeroU64::MIN.saturating_add(bits)))
    }

    /// The number, from 0 to 1.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from_bits(self.0.get() - 1)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.get())
    }
}
