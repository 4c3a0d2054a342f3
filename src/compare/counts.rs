use std::ops::AddAssign;

/// How many of two lists match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// How many are in both.
    pub matched: usize,
    /// How many were predicted.
    pub predicted: usize,
    /// How many there are in the gold list.
    pub gold: usize,
}

impl Counts {
    /// The share of the predicted ones that match; 0 where nothing was predicted.
    #[must_use]
    pub fn precision(&self) -> f64 {
        ratio(self.matched, self.predicted)
    }

    /// The share of the gold ones that match; 0 where there are none.
    #[must_use]
    pub fn recall(&self) -> f64 {
        ratio(self.matched, self.gold)
    }

    /// The harmonic mean of precision and recall; 0 where nothing matches.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            // In this order, so that all digits are those of other programs.
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.matched += more.matched;
        self.predicted += more.predicted;
        self.gold += more.gold;
    }
}

/// How many of some are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many are right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// From 0 to 1; 0 where there are none.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        ratio(self.right, self.of)
    }

    pub(super) fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, more: Self) {
        self.right += more.right;
        self.of += more.of;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_nothing_are_0() {
        let counts = |matched, predicted, gold| {
            let counts = Counts {
                matched,
                predicted,
                gold,
            };
            (counts.precision(), counts.recall(), counts.f1())
        };
        assert_eq!(counts(0, 0, 0), (0.0, 0.0, 0.0));
        assert_eq!(counts(0, 3, 0), (0.0, 0.0, 0.0));
        assert_eq!(counts(3, 3, 3), (1.0, 1.0, 1.0));
        assert_eq!(counts(1, 2, 4), (0.5, 0.25, 1.0 / 3.0));
        assert_eq!(Share::default().ratio(), 0.0);
        let mut share = Share::default();
        for right in [true, false, false, true] {
            share.count(right);
        }
        assert_eq!((share.ratio(), share.of), (0.5, 4));
    }
}
