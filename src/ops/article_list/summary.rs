use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::work_figures::{Doubts, ReviewedByOthers, WorkFigures};
use crate::model::{ArticleFacts, DocumentState, Schema};
use crate::ops::peer_verdicts::PeerVerdicts;
use crate::ops::problem_list::ProblemList;
use crate::ops::read_article::{ReadArticle, Work};
use crate::ops::reserved_problems::left_out_facts;
use crate::ops::{FileProblem, TextIndex, Undecided, load_facts};
use crate::store::ArticleFile;
use crate::store::sidecar_file::ReservedName;
use crate::text::{Encoding, Sketch};

/// What a list of articles says about one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleSummary {
    /// How it begins.
    pub first_line: String,
    /// When it appeared, as its facts say; empty where that is not known, as the others.
    pub date: String,
    /// Where it appeared.
    pub outlet: String,
    /// Its headline.
    pub headline: String,
    /// Who wrote it.
    pub byline: String,
    /// The part of the outlet.
    pub section: String,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// Labels of the article as a whole: "topic: sport, opinion".
    pub labels: String,
    /// Whatever else is known, by name.
    pub fields: BTreeMap<String, String>,
    /// The work of everybody who has a sidecar, the unnamed one first.
    pub work: Vec<PersonWork>,
    /// The curated tags, where it has some.
    pub curated: Option<WorkFigures>,
    /// What is doubtful in the text, of all who work on it together.
    pub(super) of_text: Doubts,
    /// What is left to decide in the curated tags.
    pub undecided: Undecided,
    /// Files beside it that cannot be read, or only in part.
    pub problems: Vec<FileProblem>,
    /// What others are compared with; `None` where its text is too short for that.
    pub sketch: Option<Sketch>,
}

/// The work of one person on an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonWork {
    /// Who; empty: unnamed.
    pub annotator: SmolStr,
    /// In figures.
    pub figures: WorkFigures,
    /// What of the figures others have said.
    pub reviews: ReviewedByOthers,
}

impl PersonWork {
    /// Whether the person has tagged something, or says that they have begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.figures.tags > 0 || self.figures.state != DocumentState::New
    }
}

/// Whose work the figures of a list tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// That of one person ("": unnamed).
    One(SmolStr),
    /// That of everybody together.
    Everybody,
    /// Curated tags, which is nobody's.
    Curated,
}

impl Default for Whose {
    fn default() -> Self {
        Self::One(SmolStr::default())
    }
}

impl ArticleSummary {
    /// Reads an article with all its sidecars.
    ///
    /// # Errors
    /// Why its text cannot be read, in words.
    pub(super) fn read(
        article: &ArticleFile,
        schema: &Schema,
        encoding: Option<Encoding>,
    ) -> Result<Self, String> {
        let mut read = ReadArticle::new(article, &[], encoding);
        let mut problems = std::mem::take(&mut read.problems);
        let Some(source) = &read.source else {
            let why = problems.into_iter().next();
            return Err(why.map_or_else(|| "it cannot be read".to_owned(), |why| why.message));
        };
        let mut summary = Self {
            first_line: first_line(source.as_str()).to_owned(),
            sketch: Sketch::of(source.as_str()),
            ..Self::default()
        };
        let has = |wanted| article.reserved.iter().any(|(name, _)| *name == wanted);
        if has(ReservedName::Meta) {
            let loaded = load_facts(&article.path);
            problems.extend(left_out_facts(&loaded));
            summary.take_facts(&loaded.facts);
        }
        summary.problems = ProblemList::some_of(problems);
        let text = TextIndex::of(source);
        let curated = read.curated.as_ref();
        summary.curated = curated.map(|document| WorkFigures::of_curated(document, schema, &text));
        summary.undecided = read.undecided();
        let all = read.people.iter().map(|work| &work.document);
        summary.of_text = Doubts::of_text(source, schema, &text, all.chain(curated));
        let mut verdicts = PeerVerdicts::default();
        for work in &read.people {
            verdicts.add(
                work.annotator.as_deref().unwrap_or_default(),
                &work.document,
            );
        }
        // Who only reviews is no annotator.
        let annotate = |work: &&Work| !work.document.holds_reviews_only();
        for work in read.people.iter().filter(annotate) {
            let annotator = work.annotator.clone().unwrap_or_default();
            let reviews = ReviewedByOthers::about(&verdicts, &annotator, &work.document, schema);
            let figures = WorkFigures::of_document(&work.document, schema, &text, &annotator);
            summary.work.push(PersonWork {
                figures: figures.with_reviews(reviews),
                annotator,
                reviews,
            });
        }
        Ok(summary)
    }

    fn take_facts(&mut self, facts: &ArticleFacts) {
        self.date.clone_from(&facts.date);
        self.outlet.clone_from(&facts.outlet);
        self.headline.clone_from(&facts.headline);
        self.byline.clone_from(&facts.byline);
        self.section.clone_from(&facts.section);
        self.language.clone_from(&facts.language);
        let labels: Vec<&str> = facts.labels.iter().map(String::as_str).collect();
        self.labels = labels.join(", ");
        self.fields.clone_from(&facts.fields);
    }

    /// The value of a fact or of a field that the project or a database has named; `None` where it is not
    /// known.
    pub(super) fn fact(&self, name: &str) -> Option<&str> {
        let fact = match name {
            "date" => &self.date,
            "outlet" => &self.outlet,
            "headline" => &self.headline,
            "byline" => &self.byline,
            "section" => &self.section,
            "language" => &self.language,
            "label" | "labels" => &self.labels,
            _ => {
                let mut fields = self.fields.iter();
                let named = fields.find(|(field, _)| field.to_lowercase() == name);
                return named.map(|(_, value)| value.as_str());
            }
        };
        Some(fact)
    }

    /// The figures of one person's work, or of that of everybody.
    #[must_use]
    pub fn figures(&self, whose: &Whose) -> WorkFigures {
        match whose {
            Whose::One(name) => self.of(name).unwrap_or_default(),
            Whose::Everybody => {
                let all = self.work.iter().map(|work| &work.figures);
                let of_text = match self.work.is_empty() {
                    true => Doubts::default(),
                    false => self.of_text,
                };
                WorkFigures::together(all, of_text)
            }
            Whose::Curated => self.curated.unwrap_or_default(),
        }
    }

    /// What is left to decide in the curated tags; `None`: it has none.
    #[must_use]
    pub fn curated_state(&self) -> Option<Undecided> {
        self.curated.map(|_| self.undecided)
    }

    /// The figures of one person's work ("": unnamed); `None` without a sidecar.
    #[must_use]
    pub fn of(&self, annotator: &str) -> Option<WorkFigures> {
        let mut work = self.work.iter();
        let own = work.find(|work| work.annotator == annotator)?;
        Some(own.figures)
    }

    /// The same with the figures of an open article in place of what is saved of `own` work.
    #[must_use]
    pub fn with_open(&self, whose: &Whose, own: &Whose, open: WorkFigures) -> WorkFigures {
        let Whose::One(annotator) = own else {
            return if whose == own {
                open
            } else {
                self.figures(whose)
            };
        };
        let saved = self.work.iter().find(|work| work.annotator == *annotator);
        let open = open.with_reviews(saved.map(|work| work.reviews).unwrap_or_default());
        match whose {
            Whose::One(name) if name == annotator => open,
            Whose::One(_) | Whose::Curated => self.figures(whose),
            Whose::Everybody => {
                let others = self.work.iter().filter(|work| work.annotator != *annotator);
                let others = others.map(|work| &work.figures);
                // What somebody ignores counts for all once it is saved.
                let of_text = match others.clone().next().is_none() && self.curated.is_none() {
                    true => open.of_text,
                    false => self.of_text,
                };
                WorkFigures::together(others.chain([&open]), of_text)
            }
        }
    }

    /// Whoever else has a name and has tagged something.
    pub fn others<'a>(&'a self, annotator: &'a str) -> impl Iterator<Item = &'a PersonWork> {
        self.work.iter().filter(move |work| {
            !work.annotator.is_empty() && work.annotator != annotator && work.figures.tags > 0
        })
    }

    /// Date, outlet, headline, byline, section and labels in a line; empty where none is known.
    #[must_use]
    pub fn facts_line(&self) -> String {
        let known = [&self.date, &self.outlet, &self.headline, &self.byline];
        let known = known.into_iter().chain([&self.section, &self.labels]);
        let known = known.filter(|fact| !fact.is_empty());
        let known: Vec<&str> = known.map(String::as_str).collect();
        known.join("  ·  ")
    }
}

/// Bytes of the first line that are shown.
const FIRST_LINE: usize = 200;

/// The first line with something in it, as far as it is shown.
#[must_use]
pub fn first_line(text: &str) -> &str {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    let line = line.unwrap_or_default();
    line.get(..line.floor_char_boundary(FIRST_LINE))
        .unwrap_or_default()
}
