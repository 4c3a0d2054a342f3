use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::{Attribute, Authorship, PersonId, UnknownField};

/// Someone who speaks: a person, an organisation or a group of the article's roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its name within the document.
    pub id: PersonId,
    /// The full name, as people know it.
    pub name: String,
    /// What kind of speaker.
    pub kind: PersonKind,
    /// Other names and descriptions the article uses.
    pub aliases: Vec<String>,
    /// Office or function; empty for none.
    pub role: String,
    /// The body they belong to; empty for none.
    pub organisation: String,
    /// An identifier elsewhere, such as a Wikidata item; empty for none.
    pub external_id: String,
    /// Name and value, sorted by name; each name once.
    pub attributes: ThinVec<Attribute>,
    /// Who added them and when; `None`: not recorded.
    pub made: Option<Box<Authorship>>,
    /// Who changed them last and when; `None`: not recorded.
    pub changed: Option<Box<Authorship>>,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

impl Person {
    /// One human being known by one name.
    #[must_use]
    pub fn new(id: impl Into<PersonId>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            kind: PersonKind::default(),
            aliases: Vec::new(),
            role: String::new(),
            organisation: String::new(),
            external_id: String::new(),
            attributes: ThinVec::new(),
            made: None,
            changed: None,
            unknown: ThinVec::new(),
        }
    }
}

/// What kind of speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PersonKind {
    /// One human being.
    #[default]
    Person,
    /// A body with a name: a ministry, a company, a newspaper.
    Organisation,
    /// Several people: "officials", "the protesters".
    Group,
}

impl PersonKind {
    /// All of them, in the order menus show.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organisation, Self::Group];

    /// The word on screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
        }
    }
}

/// The words a person can be found by; the same may come twice.
pub(super) fn words_of(person: &Person) -> impl Iterator<Item = (SmolStr, PersonId)> {
    let names = std::iter::once(&person.name).chain(&person.aliases);
    let words = names.flat_map(|name| runs(name));
    words.map(|word| (word, person.id.clone()))
}

/// Runs of letters and digits, in lower case; all of it where there is none.
pub(super) fn runs(words: &str) -> Vec<SmolStr> {
    let lower = words.to_lowercase();
    let runs: Vec<SmolStr> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(SmolStr::new)
        .collect();
    if runs.is_empty() {
        // A name of signs alone.
        return vec![lower.into()];
    }
    runs
}
