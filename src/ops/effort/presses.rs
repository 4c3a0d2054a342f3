use std::ops::AddAssign;

/// How often somebody presses a key, clicks or drags, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presses {
    /// Accepting what is suggested.
    pub accept: usize,
    /// Rejecting what is suggested.
    pub reject: usize,
    /// Moving edges and changing parts of what is suggested.
    pub correct: usize,
    /// Tagging quotes, and adding parts to them.
    pub add: usize,
    /// Choosing, confirming and tagging speakers.
    pub link: usize,
    /// Moving the caret, and selecting words.
    pub moves: usize,
}

/// One of the parts of [`Presses`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Accept,
    Reject,
    Correct,
    Add,
    Link,
    Move,
}

impl Presses {
    /// All together.
    #[must_use]
    pub fn total(&self) -> usize {
        self.parts().iter().map(|(_, presses)| presses).sum()
    }

    /// The parts by their names.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, usize); 6] {
        [
            ("accept", self.accept),
            ("reject", self.reject),
            ("correct", self.correct),
            ("add", self.add),
            ("link", self.link),
            ("move", self.moves),
        ]
    }

    pub(super) fn count(&mut self, part: Part, presses: usize) {
        *match part {
            Part::Accept => &mut self.accept,
            Part::Reject => &mut self.reject,
            Part::Correct => &mut self.correct,
            Part::Add => &mut self.add,
            Part::Link => &mut self.link,
            Part::Move => &mut self.moves,
        } += presses;
    }
}

impl AddAssign for Presses {
    fn add_assign(&mut self, other: Self) {
        self.accept += other.accept;
        self.reject += other.reject;
        self.correct += other.correct;
        self.add += other.add;
        self.link += other.link;
        self.moves += other.moves;
    }
}
