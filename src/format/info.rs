/// What a format is called and what it can carry.
#[derive(Debug)]
pub struct FormatInfo {
    /// What the shell calls it: `jsonl`.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// File name endings, without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// What its offsets count.
    pub unit: Unit,
    /// One file for all documents, or a folder of files.
    pub layout: Layout,
    /// Whether it can be read.
    pub reads: bool,
    /// Whether it can be written.
    pub writes: bool,
    /// What can be chosen when writing.
    pub options: &'static [OptionInfo],
    /// What can be chosen when reading.
    pub read_options: &'static [OptionInfo],
    /// What of our model it can carry.
    pub carries: fn(Feature) -> Carries,
}

impl FormatInfo {
    /// Whether its files hold articles and no tags. Such a format is only read.
    #[must_use]
    pub fn holds_articles(&self) -> bool {
        self.unit == Unit::None
    }

    /// Whether its files are not text.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        let binary = [
            "xlsx", "spacy", "parquet", "qdpx", "docx", "odt", "epub", "pdf",
        ];
        self.extensions
            .first()
            .is_some_and(|ending| binary.contains(ending))
    }
}

/// What offsets count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// UTF-8 bytes.
    Bytes,
    /// Words or other tokens.
    Tokens,
    /// There are none: the text itself is marked up.
    Markup,
    /// There are none, as there are no tags.
    None,
}

impl Unit {
    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16",
            Self::Bytes => "bytes",
            Self::Tokens => "tokens",
            Self::Markup => "markup",
            Self::None => "none",
        }
    }
}

/// What an export consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One file, which may be the standard output.
    OneFile,
    /// A file for every document: one alone may go to a file or the standard output, several go into
    /// a folder.
    FileEach,
    /// Several files in a folder.
    Folder,
}

/// Something documents have that a format may or may not carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// Every tag.
    Tags,
    /// Tags that cross each other.
    Overlap,
    /// Tags within tags.
    Nesting,
    /// Tags of several fragments.
    Split,
    /// Links between tags.
    Links,
    /// Links with an end that is not in the document.
    LooseLinks,
    /// Attributes of tags.
    Attributes,
    /// The roster, and links to people.
    People,
    /// Review states and what was decided about suggestions.
    Review,
    /// Notes on tags.
    Notes,
    /// Attributes of links and notes on them.
    LinkFacts,
    /// Who made a tag or link, and whose work the document is.
    Author,
    /// Whether the work on a document is done.
    State,
    /// What tags and links are called.
    Ids,
    /// Where tags begin and end, to the character.
    Edges,
    /// Every character of the text.
    Characters,
    /// What is known about the article: headline, outlet, date.
    Facts,
    /// Fields and records of files of a newer version, which only the sidecar keeps.
    Unknown,
}

impl Feature {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 18] = [
        Self::Tags,
        Self::Overlap,
        Self::Nesting,
        Self::Split,
        Self::Links,
        Self::LooseLinks,
        Self::Attributes,
        Self::People,
        Self::Review,
        Self::Notes,
        Self::LinkFacts,
        Self::Author,
        Self::State,
        Self::Ids,
        Self::Edges,
        Self::Characters,
        Self::Facts,
        Self::Unknown,
    ];

    /// The word in tables and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::Overlap => "overlap",
            Self::Nesting => "nesting",
            Self::Split => "split",
            Self::Links => "links",
            Self::LooseLinks => "loose links",
            Self::Attributes => "attributes",
            Self::People => "people",
            Self::Review => "review",
            Self::Notes => "notes",
            Self::LinkFacts => "link facts",
            Self::Author => "author",
            Self::State => "state",
            Self::Ids => "ids",
            Self::Edges => "edges",
            Self::Characters => "characters",
            Self::Facts => "facts",
            Self::Unknown => "unknown fields",
        }
    }
}

/// Whether a format carries something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// As part of the format.
    Natively,
    /// In a way of our own that other readers do not understand, but we read back.
    ByConvention,
    /// Not at all.
    No,
}

impl Carries {
    /// The word in tables and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Natively => "yes",
            Self::ByConvention => "by convention",
            Self::No => "no",
        }
    }
}

/// What the offsets of a file count, where its tools do not agree.
pub(super) const UNIT_OPTION: OptionInfo = OptionInfo {
    name: "unit",
    about: "Unit of offsets",
    values: &[
        ("auto", "what fits the words of most tags"),
        ("code-points", "characters, as Python counts"),
        ("utf16", "UTF-16, as JavaScript and Java count"),
        ("bytes", "UTF-8 bytes"),
    ],
};

/// A choice a format leaves to the person who exports or imports.
#[derive(Debug)]
pub struct OptionInfo {
    /// What the shell calls it: `unit`.
    pub name: &'static str,
    /// What is chosen, in a few words.
    pub about: &'static str,
    /// The values and what each means; the first holds where nothing is chosen.
    pub values: &'static [(&'static str, &'static str)],
}

#[cfg(test)]
mod tests {
    use crate::format::testing::{example, written};
    use crate::format::{ALL, meant};

    #[test]
    fn a_format_knows_whether_it_is_text() {
        for format in ALL.iter().filter(|format| format.info().writes) {
            let (files, _) = written(*format, example());
            let text = files.0.iter().all(|(_, bytes)| {
                std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'))
            });
            assert_eq!(text, !format.info().is_binary(), "{}", format.info().name);
        }
    }

    #[test]
    fn a_misspelt_format_is_found() {
        let named = |name| meant(name).map(|info| info.name);
        assert_eq!(named("qoutes"), Some("quotes"));
        assert_eq!(named("exel"), Some("xlsx"));
        assert_eq!(named("ndjson"), Some("jsonl"));
        assert_eq!(named("doxc"), Some("docx"));
        assert_eq!(named("wav"), None);
    }
}
