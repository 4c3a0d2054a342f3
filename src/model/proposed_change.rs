use smol_str::SmolStr;

/// What a reviewer would change in somebody else's tag. The default changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProposedChange {
    /// Take the tag away.
    pub remove: bool,
    /// Another label.
    pub label: Option<SmolStr>,
    /// Other ranges; empty: none.
    pub at: Vec<ProposedRange>,
    /// Another speaker; of a mention, whom it names.
    pub speaker: Option<ProposedSpeaker>,
}

/// A range of the article as it was when the change was proposed. The article may have changed since, so it is
/// kept as it is in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProposedRange {
    /// Where it starts, in code points.
    pub start: u32,
    /// Where it ends, in code points, end-exclusive.
    pub end: u32,
    /// The words there.
    pub words: String,
}

/// Who speaks, as a reviewer sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposedSpeaker {
    /// Somebody of this name.
    Named(String),
    /// The text names nobody.
    NotGiven,
}

impl ProposedChange {
    /// Whether nothing is to change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
