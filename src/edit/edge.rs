/// An edge of a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// How far an edge is nudged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A word.
    Word,
    /// A grapheme.
    Grapheme,
}
