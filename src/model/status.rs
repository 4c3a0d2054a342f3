/// How far the work on a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum DocumentState {
    /// Not started.
    #[default]
    New,
    /// In progress.
    InProgress,
    /// Finished.
    Done,
}

impl DocumentState {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::New, Self::InProgress, Self::Done];

    /// The word on screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in progress",
            Self::Done => "done",
        }
    }
}

/// The review state of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Review {
    /// Nothing yet.
    #[default]
    Unreviewed,
    /// It is right.
    Accepted,
    /// It is wrong; kept, drawn dimmed, left out of exports.
    Rejected,
    /// Someone else should look.
    Unsure,
}

impl Review {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [
        Self::Unreviewed,
        Self::Accepted,
        Self::Rejected,
        Self::Unsure,
    ];

    /// The state of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|review| review.word() == word)
    }

    /// The word on screen and in exports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreviewed => "unreviewed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Unsure => "unsure",
        }
    }
}

/// What was decided about a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Verdict {
    /// Nothing: it is not yet a tag. Drawn dashed.
    Open,
    /// Accepted as it was. Also the verdict of every tag a person made.
    #[default]
    Accepted,
    /// Accepted with changes.
    Corrected,
    /// Rejected.
    Rejected,
}

impl Verdict {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Open, Self::Accepted, Self::Corrected, Self::Rejected];

    /// The word in exports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
        }
    }
}
