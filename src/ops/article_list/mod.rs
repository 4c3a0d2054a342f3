//! The articles of a folder as a list: what is known about each, which are wanted, and in what order.

mod column;
mod copies;
mod queue;
mod report;
mod sort_by;
mod summary;
mod survey;
mod wanted_words;
mod work_figures;

use std::cmp::Ordering;

use smol_str::SmolStr;

use crate::model::DocumentState;
use crate::ops::Undecided;
use wanted_words::WantedWords;

pub use column::Column;
pub use copies::{Copies, CopyGroup, CopyOfFirst, percent_alike};
pub use queue::{Queue, Sample, UnknownQueue};
pub use report::{ListReport, ListRequest, ReportedArticle, list};
pub use sort_by::SortBy;
pub use summary::{ArticleSummary, PersonWork, Whose, first_line};
pub use survey::{ListError, SummaryCache, Surveyed, survey};
pub use work_figures::{Hours, ReviewedByOthers, WorkFigures};

/// An article of a list.
#[derive(Debug, Clone, Copy)]
pub struct ListedArticle<'a> {
    /// The path below the folder, with `/`.
    pub name: &'a str,
    /// What was read of it; `None`: nothing yet.
    pub summary: Option<&'a ArticleSummary>,
    /// The work the list is about.
    pub figures: WorkFigures,
    /// Who is to tag it.
    pub assigned: &'a [SmolStr],
    /// The articles with nearly the same text.
    pub copies: Option<CopyGroup>,
    /// What is left to decide in its curated tags; `None`: it has none.
    pub curated: Option<Undecided>,
}

impl ListedArticle<'_> {
    /// The folder it is in, below that of the list; empty for that one.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Which articles of a list are shown, and in what order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListOrder {
    /// Words that are in the name, how it begins, or in what is known about it; `outlet:Post` is in that fact.
    pub containing: String,
    /// Only those in this state.
    pub state: Option<DocumentState>,
    /// Only those of this queue.
    pub queue: Queue,
    /// Only those that somebody other than this person has tagged.
    pub tagged_by_others_than: Option<SmolStr>,
    /// What they are sorted by; the name decides between equals.
    pub by: SortBy,
    /// Whether the last comes first.
    pub descending: bool,
    /// Whether those of one folder stand together.
    pub grouped: bool,
}

impl ListOrder {
    /// Whether nothing is left out.
    #[must_use]
    pub fn takes_all(&self) -> bool {
        self.containing.trim().is_empty()
            && self.state.is_none()
            && self.queue == Queue::All
            && self.tagged_by_others_than.is_none()
    }

    /// The places of all articles in order, each with whether it is shown. The articles come in natural order.
    #[must_use]
    pub fn arrange(&self, articles: &[ListedArticle<'_>]) -> Vec<(usize, bool)> {
        let words = WantedWords::new(&self.containing);
        let (sample, group) = match &self.queue {
            Queue::Sample(sample) => {
                let names = articles.iter().map(|article| article.name);
                (Some(sample.of(names)), None)
            }
            Queue::CopiesOf(name) => {
                let mut articles = articles.iter();
                let article = articles.find(|article| article.name == name);
                (None, Some(article.and_then(|article| article.copies)))
            }
            Queue::All
            | Queue::Suggestions
            | Queue::WithoutSpeaker
            | Queue::Unreviewed
            | Queue::Unsure
            | Queue::Corrections
            | Queue::Problems
            | Queue::Hints
            | Queue::AssignedTo(_)
            | Queue::Unassigned
            | Queue::Copies
            | Queue::Curated
            | Queue::Undecided
            | Queue::NotCurated => (None, None),
        };
        let is_copy = |article: &ListedArticle<'_>| {
            group.is_none_or(|group| group.is_some() && article.copies == group)
        };
        let drawn = |place: usize| {
            let sample = sample.as_ref().and_then(|sample| sample.get(place));
            sample.copied().unwrap_or(true)
        };
        let mut keyed: Vec<_> = articles
            .iter()
            .enumerate()
            .map(|(place, article)| {
                let shown = drawn(place) && is_copy(article) && self.takes(article, &words);
                let folder = if self.grouped { article.folder() } else { "" };
                (folder, self.by.key(article, place), place, shown)
            })
            .collect();
        if self.grouped || self.descending || self.by != SortBy::default() {
            // Folders stand in the order of their first article.
            let mut first = std::collections::BTreeMap::new();
            for (folder, _, place, _) in &keyed {
                first.entry(*folder).or_insert(*place);
            }
            keyed.sort_by(|(a_folder, a, a_place, _), (b_folder, b, b_place, _)| {
                let folders = first.get(a_folder).cmp(&first.get(b_folder));
                folders
                    .then_with(|| self.directed(a.cmp(b)))
                    .then(a_place.cmp(b_place))
            });
        }
        let places = keyed.into_iter().map(|(.., place, shown)| (place, shown));
        places.collect()
    }

    fn directed(&self, order: Ordering) -> Ordering {
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }

    fn takes(&self, article: &ListedArticle<'_>, words: &WantedWords) -> bool {
        let others = |own: &SmolStr| {
            let summary = article.summary;
            summary.is_some_and(|summary| summary.others(own).next().is_some())
        };
        self.state
            .is_none_or(|state| state == article.figures.state)
            && self.tagged_by_others_than.as_ref().is_none_or(others)
            && self.queue.takes(article)
            && words.are_about(article)
    }
}

/// What articles come to together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListTotals {
    /// How many there are.
    pub articles: usize,
    /// How many are in progress.
    pub in_progress: usize,
    /// How many are done.
    pub done: usize,
    /// How many have curated tags.
    pub curated: usize,
    /// In how many of these something is undecided.
    pub not_decided: usize,
    /// What that is.
    pub undecided: Undecided,
    /// The other figures, summed; their state means nothing.
    pub figures: WorkFigures,
}

impl ListTotals {
    /// Adds an article with what is left to decide in its curated tags; `None`: it has none.
    pub fn add(&mut self, figures: &WorkFigures, curated: Option<Undecided>) {
        self.articles += 1;
        if let Some(left) = curated {
            self.curated += 1;
            self.not_decided += usize::from(!left.is_empty());
            self.undecided += left;
        }
        match figures.state {
            DocumentState::New => {}
            DocumentState::InProgress => self.in_progress += 1,
            DocumentState::Done => self.done += 1,
        }
        self.figures.add(figures);
    }

    /// "3 curated (1 of them with 2 differences undecided)"; `None` where none is.
    #[must_use]
    pub fn curated_words(&self) -> Option<String> {
        let left = self.undecided.among(self.not_decided, self.curated);
        (self.curated > 0).then(|| format!("{} curated{left}", self.curated))
    }
}

#[cfg(test)]
mod tests {
    use super::work_figures::Doubts;
    use super::*;

    fn summary(tags: usize, date: &str) -> ArticleSummary {
        ArticleSummary {
            date: date.to_owned(),
            first_line: "Talks go on".to_owned(),
            work: vec![PersonWork {
                annotator: "ann".into(),
                figures: WorkFigures {
                    tags,
                    state: DocumentState::InProgress,
                    ..WorkFigures::default()
                },
                reviews: ReviewedByOthers::default(),
            }],
            ..ArticleSummary::default()
        }
    }

    #[test]
    fn a_list_is_sorted_grouped_and_narrowed() {
        let mut summaries = [
            ("a.txt", summary(3, "2024-05-01")),
            ("b/1.txt", summary(9, "")),
            ("b/2.txt", summary(0, "2023")),
            ("c.txt", summary(9, "2024-01-01")),
        ];
        for (n, edition) in [(0, "late"), (3, "Early")] {
            let fields = &mut summaries[n].1.fields;
            fields.insert("edition".to_owned(), edition.to_owned());
        }
        let listed: Vec<ListedArticle<'_>> = summaries
            .iter()
            .map(|(name, summary)| ListedArticle {
                name,
                summary: Some(summary),
                figures: summary.figures(&Whose::One("ann".into())),
                assigned: &[],
                copies: None,
                curated: None,
            })
            .collect();
        let shown = |order: &ListOrder| -> Vec<&str> {
            let places = order.arrange(&listed).into_iter();
            let shown = places.filter(|(_, shown)| *shown);
            shown.map(|(place, _)| listed[place].name).collect()
        };
        let mut order = ListOrder::default();
        assert_eq!(shown(&order), ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]);
        order.descending = true;
        assert_eq!(shown(&order), ["c.txt", "b/2.txt", "b/1.txt", "a.txt"]);
        order.by = SortBy::Column(Column::Tags);
        assert_eq!(shown(&order), ["b/1.txt", "c.txt", "a.txt", "b/2.txt"]);
        order.grouped = true;
        assert_eq!(shown(&order), ["c.txt", "a.txt", "b/1.txt", "b/2.txt"]);
        order = ListOrder {
            by: SortBy::Column(Column::Date),
            ..ListOrder::default()
        };
        // What is not known comes last.
        assert_eq!(shown(&order), ["b/2.txt", "c.txt", "a.txt", "b/1.txt"]);
        order.containing = "2024".to_owned();
        assert_eq!(shown(&order), ["c.txt", "a.txt"]);
        order.containing.clear();
        order.by = SortBy::named("Edition");
        assert_eq!(shown(&order), ["c.txt", "a.txt", "b/1.txt", "b/2.txt"]);
        order = ListOrder {
            state: Some(DocumentState::Done),
            ..ListOrder::default()
        };
        assert!(shown(&order).is_empty());
    }

    #[test]
    fn curated_articles_are_found_sorted_and_counted() {
        let left = |differences, agreed| Undecided {
            differences,
            agreed,
        };
        let mut summaries = [
            ("a.txt", summary(3, ""), None),
            ("b.txt", summary(3, ""), Some(left(0, 0))),
            ("c.txt", summary(3, ""), Some(left(1, 0))),
            ("d.txt", summary(3, ""), None),
            ("e.txt", summary(3, ""), Some(left(2, 2))),
        ];
        let ben = PersonWork {
            annotator: "ben".into(),
            ..summaries[3].1.work[0].clone()
        };
        summaries[3].1.work.push(ben);
        let listed: Vec<ListedArticle<'_>> = summaries
            .iter()
            .map(|(name, summary, curated)| ListedArticle {
                name,
                summary: Some(summary),
                figures: summary.figures(&Whose::Everybody),
                assigned: &[],
                copies: None,
                curated: *curated,
            })
            .collect();
        let shown = |queue: Queue| -> String {
            let order = ListOrder {
                queue,
                by: SortBy::Column(Column::Curated),
                ..ListOrder::default()
            };
            let places = order.arrange(&listed).into_iter();
            let shown = places.filter(|(_, shown)| *shown);
            shown
                .filter_map(|(place, _)| listed[place].name.chars().next())
                .collect()
        };
        assert_eq!(shown(Queue::All), "ecbad", "the most to decide first");
        assert_eq!(shown(Queue::Curated), "ecb");
        assert_eq!(shown(Queue::Undecided), "ec");
        assert_eq!(shown(Queue::NotCurated), "d", "tagged by several");
        let cells = listed.iter().map(|article| Column::Curated.cell(article));
        let cells: Vec<String> = cells.collect();
        assert_eq!(cells, ["", "curated", "1 undecided", "", "4 undecided"]);
        let mut totals = ListTotals::default();
        for article in &listed {
            totals.add(&article.figures, article.curated);
        }
        let words = "3 curated (2 of them with 3 differences undecided, 2 agreed tags not taken)";
        assert_eq!(totals.curated_words().as_deref(), Some(words));
        assert_eq!(ListTotals::default().curated_words(), None);
    }

    #[test]
    fn what_the_texts_of_several_articles_show_is_added_up() {
        let doubts = |problems, hints| Doubts { problems, hints };
        let mut totals = ListTotals::default();
        for (of_work, of_text) in [(doubts(1, 2), doubts(0, 3)), (doubts(0, 1), doubts(2, 4))] {
            let figures = WorkFigures {
                of_work,
                of_text,
                ..WorkFigures::default()
            };
            // Of two people on one text it counts once.
            let together = WorkFigures::together([figures, figures].iter(), of_text);
            let once = 2 * of_work.hints + of_text.hints;
            assert_eq!(together.hints(), once);
            totals.add(&figures, None);
        }
        assert_eq!((totals.figures.problems(), totals.figures.hints()), (3, 10));
    }

    #[test]
    fn an_article_is_done_once_all_who_have_begun_are() {
        use DocumentState::{Done, InProgress, New};
        for (states, together) in [
            (&[][..], New),
            (&[New, New], New),
            (&[New, Done], Done),
            (&[Done, InProgress], InProgress),
        ] {
            let figures: Vec<WorkFigures> = states
                .iter()
                .map(|state| WorkFigures {
                    state: *state,
                    tags: 1,
                    ..WorkFigures::default()
                })
                .collect();
            let sum = WorkFigures::together(figures.iter(), Doubts::default());
            assert_eq!((sum.state, sum.tags), (together, states.len()));
        }
    }
}
