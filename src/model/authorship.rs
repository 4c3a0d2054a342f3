use std::fmt;

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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence(f64);

impl Confidence {
    /// `None` for what is not a number from 0 to 1.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero makes of -0.0 the 0.0 it equals.
        (0.0..=1.0).contains(&value).then_some(Self(value + 0.0))
    }

    /// The number, from 0 to 1.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

// It is never NaN.
impl Eq for Confidence {}

impl PartialOrd for Confidence {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Confidence {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl std::hash::Hash for Confidence {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
