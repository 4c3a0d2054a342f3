/// A paragraph of a document, with what tells the parts of an export apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its words; lines within it end in `\n`, cells of a table in a tab.
    pub(super) text: String,
    /// Names of places in it that others refer to.
    pub(super) bookmarks: Vec<String>,
    /// Whether it is in the middle of the page.
    pub(super) centred: bool,
    /// Whether all of its words are bold.
    pub(super) bold: bool,
    /// What its style is called.
    pub(super) style: String,
    /// Whether a section or page ends with it.
    pub(super) ends_page: bool,
    /// Notes that it refers to.
    pub(super) notes: Vec<String>,
}

impl Paragraph {
    /// Whether there is a word in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text
            .chars()
            .all(|c| c.is_whitespace() || c == '\u{feff}')
    }

    /// Its words on one line.
    pub(super) fn line(&self) -> String {
        super::paragraph_text::one_line(&self.text)
    }

    /// Its paragraphs as a reader sees them: an empty line within it parts two.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let parts = self.text.split("\n\n").map(super::paragraph_text::one_line);
        parts.filter(|line| !line.is_empty())
    }
}
