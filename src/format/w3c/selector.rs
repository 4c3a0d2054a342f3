//! Descriptions of a stretch, and what became of them.

use super::page::NodeRange;

/// One way to describe a stretch; what describes it in several ways at once is in one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Selector {
    /// Offsets, in the unit of the file.
    pub(super) at: Option<(u32, u32)>,
    /// Whether the offsets are UTF-8 bytes, whatever the unit of the file is.
    pub(super) in_bytes: bool,
    /// The words, where they are given.
    pub(super) exact: Option<String>,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// Places between elements of a page.
    pub(super) nodes: Option<NodeRange>,
    /// Line numbers from 0, end-exclusive.
    pub(super) lines: Option<(u32, u32)>,
    /// From the beginning of one stretch to the beginning of another.
    pub(super) between: Option<Box<[Selector; 2]>>,
    /// A stretch within this one.
    pub(super) refined: Option<Box<Selector>>,
}

impl Selector {
    pub(super) fn is_empty(&self) -> bool {
        self.at.is_none()
            && self.exact.is_none()
            && self.nodes.is_none()
            && self.lines.is_none()
            && self.between.is_none()
            && self.refined.is_none()
    }

    /// The words of the innermost selector.
    pub(super) fn words(&self) -> Option<&str> {
        match self.refined.as_deref() {
            Some(inner) => inner.words(),
            None => self.exact.as_deref(),
        }
    }

    /// This one, those within it, and those at their ends.
    pub(super) fn all(&self) -> impl Iterator<Item = &Self> {
        let within = std::iter::successors(Some(self), |selector| selector.refined.as_deref());
        within.flat_map(|selector| {
            let ends = selector.between.iter().flat_map(|ends| ends.iter());
            std::iter::once(selector).chain(ends)
        })
    }
}

/// Where a stretch is, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) at: [u32; 2],
    /// Its offsets are wrong, and it was found by its words.
    pub(super) moved: bool,
    /// Nothing shows that its offsets count code points.
    pub(super) doubtful: bool,
}

/// Why a stretch has no place, and what is shown of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotFound {
    pub(super) why: &'static str,
    pub(super) words: String,
}

impl NotFound {
    pub(super) fn new(why: &'static str, words: &str) -> Self {
        let words = words.to_owned();
        Self { why, words }
    }

    /// It is in a part of a page that is not shown.
    pub(super) fn hidden() -> Self {
        Self::new(NO_PLACE, "")
    }
}

pub(super) const NO_PLACE: &str =
    "annotations whose selectors give no place in the text are left out";
pub(super) const OUTSIDE: &str = "annotations whose offsets are outside the text are left out";
pub(super) const ELSEWHERE: &str = "annotations whose words are not in the text are left out";
pub(super) const OFTEN: &str = "annotations whose words are in the text several times, and nothing shows which \
                     of them is meant, are left out";
pub(super) const NO_PAGE: &str = "annotations that name elements of a web page, but no words, are left out; put \
                       the page beside the file, ending in `.html`";
pub(super) const NO_ELEMENT: &str =
    "annotations on elements that are not in the web page are left out";
