//! What a folder of articles holds: tags over articles, outlets and dates, who is quoted, who quotes whom, how
//! long it takes.

mod article_tally;
mod label_stats;
mod person_stats;
mod tagged_people;
mod tags_of;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use smol_str::SmolStr;

use super::not_opened::not_opened;
use super::parallel_articles::for_each_article;
use super::problem_list::ProblemList;
use super::project_schema::ProjectSchemas;
use super::{FileProblem, Progress, SchemaFileError, UndecidedArticle, undecided_words};
use crate::store::{ReadError, find_articles};
use crate::text::Encoding;
use crate::text::wording::count;

use article_tally::ArticleTally;
pub use label_stats::{LabelStats, Lengths, SpeakerStats};
use person_stats::People;
pub use person_stats::{Network, PersonStats};
pub use tags_of::TagsOf;

/// What to count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatsRequest {
    /// Articles and folders of articles.
    pub paths: Vec<PathBuf>,
    /// Which tags are counted.
    pub tags: TagsOf,
    /// Whose times of work are told.
    pub times: TimesOf,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
}

/// Whose times of work are told. How long others worked is theirs, unless it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TimesOf {
    /// Nobody's.
    #[default]
    Nobody,
    /// Those of one annotator, as a rule oneself.
    One(SmolStr),
    /// Everybody's.
    Everybody,
}

impl TimesOf {
    /// Whether those of an annotator are.
    pub(in crate::ops) fn tells(&self, annotator: &str) -> bool {
        match self {
            Self::Nobody => false,
            Self::One(name) => name == annotator,
            Self::Everybody => true,
        }
    }
}

/// Why nothing can be counted.
#[derive(Debug, thiserror::Error)]
pub enum StatsError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
}

/// What a folder holds. Tags that count are neither rejected nor open suggestions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatsReport {
    /// Which tags were counted.
    pub tags: TagsOf,
    /// Everybody who has a sidecar there, counted or not ("": unnamed).
    pub names: BTreeSet<SmolStr>,
    /// The articles with their facts, in order.
    pub articles: Vec<ArticleStats>,
    /// How many documents were counted: for each article the curated tags, or the work of each person.
    pub documents: usize,
    /// Of how many articles the curated tags were counted alone.
    pub curated: usize,
    /// Those of them in which differences between annotators are undecided.
    pub undecided: Vec<UndecidedArticle>,
    /// Of how many articles the work of several people was counted, so that the same quote may count for
    /// each.
    pub several: usize,
    /// How many suggestions wait for a decision.
    pub suggestions: usize,
    /// How many tags are rejected.
    pub rejected: usize,
    /// By label.
    pub labels: BTreeMap<SmolStr, LabelStats>,
    /// The names of the colours that labels have in the schemas.
    pub label_colors: BTreeMap<SmolStr, SmolStr>,
    /// By outlet; "" where it is not known.
    pub outlets: BTreeMap<String, GroupStats>,
    /// By month (`2024-05`), or year where no more is known; "" where nothing is.
    pub dates: BTreeMap<String, GroupStats>,
    /// Who is quoted or mentioned, those first who are quoted most.
    pub people: Vec<PersonStats>,
    /// Tags with a speaker by the values of what is known about the speakers: kind, role, organisation and
    /// attributes; by name, value and label.
    pub of_speakers: BTreeMap<String, BTreeMap<String, Labels>>,
    /// Who quotes or mentions whom.
    pub network: Vec<Network>,
    /// By annotator; curated tags are nobody's.
    pub annotators: BTreeMap<SmolStr, AnnotatorStats>,
    /// What could not be read, or only in part.
    pub problems: Vec<FileProblem>,
}

/// How many tags of each label.
pub type Labels = BTreeMap<SmolStr, usize>;

/// An article in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleStats {
    /// The path below the given folder.
    pub name: String,
    /// Where it appeared; empty where that is not known.
    pub outlet: String,
    /// When it appeared, as its facts say.
    pub date: String,
    /// How many documents of it were counted.
    pub documents: usize,
    /// Its tags.
    pub labels: Labels,
}

/// Articles that have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupStats {
    /// How many there are.
    pub articles: usize,
    /// Their tags.
    pub labels: Labels,
}

/// The work of one annotator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnnotatorStats {
    /// How many sidecars.
    pub documents: usize,
    /// How many of them are marked done.
    pub done: usize,
    /// Their tags.
    pub labels: Labels,
    /// How long; `None` where that is not told.
    pub time: Option<Time>,
}

/// Active time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Time {
    /// How often somebody sat down to an article.
    pub sittings: usize,
    /// How long they were active, in seconds.
    pub seconds: u64,
    /// How many tags the articles hold that were worked on in that time.
    pub tags: usize,
}

impl Time {
    /// How many tags an hour; `None` where there was no time.
    #[must_use]
    pub fn pace(&self) -> Option<f64> {
        (self.seconds > 0).then(|| self.tags as f64 * 3600.0 / self.seconds as f64)
    }
}

/// Counts what articles hold. Reads them on all cores.
///
/// # Errors
/// [`StatsError`] where one of the paths is not there. What is wrong with single files is in the report.
pub fn stats(
    request: &StatsRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<StatsReport, StatsError> {
    let found = find_articles(&request.paths)?;
    let mut schemas = ProjectSchemas::default();
    let mut label_colors = BTreeMap::new();
    let mut last = None;
    for article in &found.articles {
        let schema = schemas.of(&article.path)?;
        if last.as_ref().is_some_and(|last| Arc::ptr_eq(last, &schema)) {
            continue;
        }
        for label in schema.labels() {
            let color = label_colors.entry(label.key.clone());
            color.or_insert_with(|| label.color.clone());
        }
        last = Some(schema);
    }
    let sidecars = found.articles.iter().flat_map(|article| &article.sidecars);
    let mut report = StatsReport {
        tags: request.tags.clone(),
        label_colors,
        names: sidecars
            .map(|file| file.annotator.clone().unwrap_or_default())
            .collect(),
        ..StatsReport::default()
    };
    let mut problems = ProblemList::default();
    let mut people = People::default();
    not_opened(&found.not_opened).for_each(|problem| problems.push(problem));
    let work = |article: &_| ArticleTally::new(article, request, &schemas);
    for_each_article(&found.articles, progress, work, |tally| {
        report.add(tally, &mut people, &mut problems);
    });
    (report.people, report.network, report.of_speakers) = people.finish();
    report.problems = problems.finish();
    report.problems.extend(schemas.into_problems());
    Ok(report)
}

impl StatsReport {
    /// Whose tags were counted, in words: "curated tags only", "of 3 articles the work of several people …".
    #[must_use]
    pub fn whose(&self) -> String {
        let mut words = match (&self.tags, self.curated) {
            (TagsOf::Settled, 0) => "everybody’s tags".to_owned(),
            (TagsOf::Settled, n) => {
                let articles = count(n, "article");
                let undecided = undecided_words(n, &self.undecided);
                format!("of {articles} the curated tags alone{undecided}")
            }
            (TagsOf::Curated, n) => {
                format!(
                    "{}{}",
                    self.tags.words(),
                    undecided_words(n, &self.undecided)
                )
            }
            (TagsOf::Everybody | TagsOf::People(_), _) => self.tags.words(),
        };
        if self.several > 0 {
            let articles = count(self.several, "article");
            words += &format!(
                "; of {articles} the work of several people, so that the same tag may count for each"
            );
        }
        words
    }

    fn add(&mut self, tally: ArticleTally, people: &mut People, problems: &mut ProblemList) {
        tally
            .problems
            .into_iter()
            .for_each(|problem| problems.push(problem));
        self.curated += usize::from(tally.curated);
        let undecided = UndecidedArticle::new(&tally.article.name, tally.undecided);
        self.undecided.extend(undecided);
        self.several += usize::from(tally.article.documents > 1);
        self.documents += tally.article.documents;
        self.suggestions += tally.suggestions;
        self.rejected += tally.rejected;
        for (label, stats) in tally.labels {
            self.labels.entry(label).or_default().add(stats);
        }
        let date = month(&tally.article.date).to_owned();
        let outlet = tally.article.outlet.clone();
        for group in [
            self.outlets.entry(outlet).or_default(),
            self.dates.entry(date).or_default(),
        ] {
            group.articles += 1;
            add_labels(&mut group.labels, &tally.article.labels);
        }
        people.add(tally.people);
        for (name, work) in tally.annotators {
            self.annotators.entry(name).or_default().add(&work);
        }
        self.articles.push(tally.article);
    }
}

impl AnnotatorStats {
    fn add(&mut self, more: &Self) {
        self.documents += more.documents;
        self.done += more.done;
        add_labels(&mut self.labels, &more.labels);
        if let Some(more) = more.time {
            let time = self.time.get_or_insert_default();
            time.sittings += more.sittings;
            time.seconds += more.seconds;
            time.tags += more.tags;
        }
    }
}

fn add_labels(sums: &mut Labels, more: &Labels) {
    for (label, count) in more {
        *sums.entry(label.clone()).or_default() += count;
    }
}

/// The month of a date as it is written in files, or its year where no more is known; empty for what is no date.
fn month(date: &str) -> &str {
    let is_place = |(n, c): (usize, char)| match n {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    };
    let month = date.get(..7).unwrap_or(date);
    let is_date = matches!(month.len(), 4 | 7) && month.char_indices().all(is_place);
    if is_date { month } else { "" }
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn what_is_no_date_has_no_month() {
        for (date, expected) in [
            ("2024-03-13", "2024-03"),
            ("2024-03", "2024-03"),
            ("2024", "2024"),
            ("13 March 2024", ""),
            ("März", ""),
            ("", ""),
        ] {
            assert_eq!(month(date), expected, "{date}");
        }
    }
}
