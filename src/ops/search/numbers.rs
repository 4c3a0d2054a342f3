/// Numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    from: usize,
    to: usize,
}

impl Numbers {
    /// Reads `5`, `5-9` or `60-`.
    pub(super) fn read(written: &str) -> Option<Self> {
        let (from, to) = match written.split_once('-') {
            None => (written, written),
            Some(pair) => pair,
        };
        let from = from.parse().ok()?;
        let to = match to {
            "" => usize::MAX,
            to => to.parse().ok()?,
        };
        (from <= to).then_some(Self { from, to })
    }

    /// Whether a number is one of them.
    #[must_use]
    pub fn contain(self, number: usize) -> bool {
        (self.from..=self.to).contains(&number)
    }
}
