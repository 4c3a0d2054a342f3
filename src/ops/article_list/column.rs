use super::work_figures::Hours;
use super::{CopyGroup, ListedArticle, PersonWork};
use crate::model::DocumentState;
use crate::ops::Undecided;
use crate::text::wording::{count, short_list, shown_annotator};

/// So many names are shown of those an article is assigned to.
const MOST_NAMES: usize = 40;

/// What a list of articles says about each, and can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Column {
    /// The path below the folder, in natural order.
    #[default]
    Name,
    /// How many others have nearly the same text.
    Copies,
    /// How far it is.
    State,
    /// Whether it has curated tags, and how many differences are undecided in them.
    Curated,
    /// Tags in use.
    Tags,
    /// Suggestions to review.
    Suggestions,
    /// Quotes and claims without a confirmed speaker.
    WithoutSpeaker,
    /// Tags that nobody has reviewed.
    Unreviewed,
    /// Tags somebody is unsure about.
    Unsure,
    /// What reviewers would change or ask.
    Corrections,
    /// What is wrong.
    Problems,
    /// What is probably a slip.
    Hints,
    /// Who has tagged it.
    People,
    /// Who is to tag it.
    Assigned,
    /// Active time.
    Time,
    /// When it appeared.
    Date,
    /// Where it appeared.
    Outlet,
    /// Its headline.
    Headline,
    /// Who wrote it.
    Byline,
    /// The part of the outlet it appeared in.
    Section,
    /// Labels of the article as a whole.
    Labels,
}

/// What a list is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SortKey {
    Number(u64),
    /// How large a group is, then which, so that those of one stand together.
    Group(Option<(usize, usize)>),
    /// In small letters; what is not known comes last.
    Words(bool, String),
}

impl SortKey {
    pub(super) fn of_words(words: &str) -> Self {
        Self::Words(words.is_empty(), words.to_lowercase())
    }
}

impl Column {
    /// All of them, in the order of a table.
    pub const ALL: [Self; 21] = [
        Self::Name,
        Self::Copies,
        Self::State,
        Self::Curated,
        Self::Tags,
        Self::Suggestions,
        Self::WithoutSpeaker,
        Self::Unreviewed,
        Self::Unsure,
        Self::Corrections,
        Self::Problems,
        Self::Hints,
        Self::People,
        Self::Assigned,
        Self::Time,
        Self::Date,
        Self::Outlet,
        Self::Headline,
        Self::Byline,
        Self::Section,
        Self::Labels,
    ];

    /// Its name on the command line and in settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::State => "state",
            Self::Curated => "curated",
            Self::Tags => "tags",
            Self::Suggestions => "suggestions",
            Self::WithoutSpeaker => "without-speaker",
            Self::Unreviewed => "unreviewed",
            Self::Unsure => "unsure",
            Self::Corrections => "corrections",
            Self::Problems => "problems",
            Self::Hints => "hints",
            Self::People => "people",
            Self::Assigned => "assigned",
            Self::Time => "time",
            Self::Date => "date",
            Self::Outlet => "outlet",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Section => "section",
            Self::Labels => "labels",
            Self::Copies => "copies",
        }
    }

    /// The column of this name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Name => "Article",
            Self::State => "State",
            Self::Curated => "Curated",
            Self::Tags => "Tags",
            Self::Suggestions => "Suggestions",
            Self::WithoutSpeaker => "No speaker",
            Self::Unreviewed => "Unreviewed",
            Self::Unsure => "Unsure",
            Self::Corrections => "Corrections",
            Self::Problems => "Problems",
            Self::Hints => "Hints",
            Self::People => "Tagged by",
            Self::Assigned => "Assigned to",
            Self::Time => "Hours",
            Self::Date => "Date",
            Self::Outlet => "Outlet",
            Self::Headline => "Headline",
            Self::Byline => "Byline",
            Self::Section => "Section",
            Self::Labels => "Labels",
            Self::Copies => "Copies",
        }
    }

    /// Whether it holds numbers: the most first is what one wants to see of them.
    #[must_use]
    pub fn is_number(self) -> bool {
        match self {
            Self::Tags
            | Self::Suggestions
            | Self::WithoutSpeaker
            | Self::Unreviewed
            | Self::Unsure
            | Self::Corrections
            | Self::Problems
            | Self::Hints
            | Self::Time
            | Self::Copies => true,
            Self::Name
            | Self::State
            | Self::Curated
            | Self::People
            | Self::Assigned
            | Self::Date
            | Self::Outlet
            | Self::Headline
            | Self::Byline
            | Self::Section
            | Self::Labels => false,
        }
    }

    fn number(self, article: &ListedArticle<'_>) -> Option<u64> {
        let figures = &article.figures;
        let number = match self {
            Self::Tags => figures.tags,
            Self::Suggestions => figures.suggestions,
            Self::WithoutSpeaker => figures.without_speaker,
            Self::Unreviewed => figures.unreviewed,
            Self::Unsure => figures.unsure,
            Self::Corrections => figures.corrections,
            Self::Problems => figures.problems(),
            Self::Hints => figures.hints(),
            Self::Time => return Some(figures.seconds),
            Self::Copies => article.copies.map_or(0, CopyGroup::others),
            Self::Name
            | Self::State
            | Self::Curated
            | Self::People
            | Self::Assigned
            | Self::Date
            | Self::Outlet
            | Self::Headline
            | Self::Byline
            | Self::Section
            | Self::Labels => return None,
        };
        u64::try_from(number).ok()
    }

    /// What stands in a row; nothing where there is nothing to say.
    #[must_use]
    pub fn cell(self, article: &ListedArticle<'_>) -> String {
        let fact = |fact: fn(&super::ArticleSummary) -> &String| {
            article
                .summary
                .map_or_else(String::new, |summary| fact(summary).clone())
        };
        match self {
            Self::Name => article.name.to_owned(),
            Self::State => article.figures.state.word().to_owned(),
            Self::Time => match article.figures.seconds {
                0 => String::new(),
                seconds => Hours(seconds).to_string(),
            },
            Self::Curated => article.curated.map_or_else(String::new, Undecided::mark),
            Self::People => people(article),
            Self::Assigned => short_list(article.assigned, MOST_NAMES),
            Self::Date => fact(|summary| &summary.date),
            Self::Outlet => fact(|summary| &summary.outlet),
            Self::Headline => fact(|summary| &summary.headline),
            Self::Byline => fact(|summary| &summary.byline),
            Self::Section => fact(|summary| &summary.section),
            Self::Labels => fact(|summary| &summary.labels),
            Self::Tags
            | Self::Suggestions
            | Self::WithoutSpeaker
            | Self::Unreviewed
            | Self::Unsure
            | Self::Corrections
            | Self::Problems
            | Self::Hints
            | Self::Copies => match self.number(article) {
                None | Some(0) => String::new(),
                Some(number) => number.to_string(),
            },
        }
    }

    /// What an article is sorted by; `place`: in natural order.
    pub(super) fn key(self, article: &ListedArticle<'_>, place: usize) -> SortKey {
        if self == Self::Copies {
            return SortKey::Group(article.copies.map(|group| (group.articles, group.number)));
        }
        if let Some(number) = self.number(article) {
            return SortKey::Number(number);
        }
        match self {
            Self::Name => SortKey::Number(u64::try_from(place).unwrap_or(u64::MAX)),
            Self::State => SortKey::Number(match article.figures.state {
                DocumentState::New => 0,
                DocumentState::InProgress => 1,
                DocumentState::Done => 2,
            }),
            // First what is left to decide, the most on top.
            Self::Curated => SortKey::Number(match article.curated {
                Some(undecided) => {
                    let left = u64::try_from(undecided.count()).unwrap_or(u64::MAX - 1);
                    u64::MAX - 1 - left
                }
                None => u64::MAX,
            }),
            Self::Tags
            | Self::Suggestions
            | Self::WithoutSpeaker
            | Self::Unreviewed
            | Self::Unsure
            | Self::Corrections
            | Self::Problems
            | Self::Hints
            | Self::Time
            | Self::Copies
            | Self::People
            | Self::Assigned
            | Self::Date
            | Self::Outlet
            | Self::Headline
            | Self::Byline
            | Self::Section
            | Self::Labels => SortKey::of_words(&self.cell(article)),
        }
    }
}

/// Who has tagged an article and how far they are: "ann done, ben 12 tags".
fn people(article: &ListedArticle<'_>) -> String {
    let Some(summary) = article.summary else {
        return String::new();
    };
    let one = |work: &PersonWork| {
        let name = shown_annotator(&work.annotator);
        match work.figures.state {
            DocumentState::Done => format!("{name} done"),
            DocumentState::New | DocumentState::InProgress => {
                format!("{name} {}", count(work.figures.tags, "tag"))
            }
        }
    };
    let all: Vec<String> = summary
        .work
        .iter()
        .filter(|work| work.has_begun())
        .map(one)
        .collect();
    all.join(", ")
}
