//! What a folder holds, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use smol_str::SmolStr;

use crate::cli::problem_json::{ProblemJson, problems_json};
use crate::cli::undecided::{UndecidedArticleJson, undecided_json};
use crate::ops::{GroupStats, LabelStats, Labels, StatsReport};

#[derive(Serialize)]
pub(super) struct StatsJson<'a> {
    articles: Vec<ArticleJson<'a>>,
    counted: String,
    documents: usize,
    curated: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<UndecidedArticleJson>,
    several: usize,
    suggestions: usize,
    rejected: usize,
    labels: BTreeMap<&'a str, LabelJson<'a>>,
    outlets: BTreeMap<&'a str, GroupJson<'a>>,
    dates: BTreeMap<&'a str, GroupJson<'a>>,
    people: Vec<PersonJson<'a>>,
    of_speakers: &'a BTreeMap<String, BTreeMap<String, Labels>>,
    network: Vec<NetworkJson>,
    annotators: BTreeMap<&'a str, AnnotatorJson<'a>>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    name: &'a str,
    outlet: &'a str,
    date: &'a str,
    documents: usize,
    labels: &'a Labels,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    articles: usize,
    labels: &'a Labels,
}

#[derive(Serialize)]
struct LabelJson<'a> {
    tags: usize,
    split: usize,
    words: WordsJson,
    attributes: &'a BTreeMap<SmolStr, BTreeMap<SmolStr, usize>>,
    speakers: Option<SpeakersJson>,
}

#[derive(Serialize)]
struct WordsJson {
    mean: Option<f64>,
    quarter: Option<usize>,
    median: Option<usize>,
    three_quarters: Option<usize>,
    longest: Option<usize>,
    /// How many tags have so many words.
    counts: BTreeMap<usize, usize>,
}

#[derive(Serialize)]
struct SpeakersJson {
    person: usize,
    mention: usize,
    not_given: usize,
    open: usize,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    name: &'a str,
    kind: &'static str,
    external_id: &'a str,
    facts: &'a BTreeMap<String, String>,
    articles: usize,
    said: &'a Labels,
    mentions: usize,
}

/// By the places of people in `people`, from 0.
#[derive(Serialize)]
struct NetworkJson {
    from: usize,
    to: usize,
    quotes: usize,
    mentions: usize,
}

#[derive(Serialize)]
struct AnnotatorJson<'a> {
    documents: usize,
    done: usize,
    labels: &'a Labels,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<TimeJson>,
}

#[derive(Serialize)]
struct TimeJson {
    sittings: usize,
    seconds: u64,
    tags: usize,
    tags_per_hour: Option<f64>,
}

impl<'a> From<&'a GroupStats> for GroupJson<'a> {
    fn from(stats: &'a GroupStats) -> Self {
        Self {
            articles: stats.articles,
            labels: &stats.labels,
        }
    }
}

impl<'a> From<&'a LabelStats> for LabelJson<'a> {
    fn from(stats: &'a LabelStats) -> Self {
        let words = &stats.words;
        Self {
            tags: stats.tags,
            split: stats.split,
            words: WordsJson {
                mean: words.mean(),
                quarter: words.quantile(0.25),
                median: words.quantile(0.5),
                three_quarters: words.quantile(0.75),
                longest: words.longest(),
                counts: words.iter().collect(),
            },
            attributes: &stats.attributes,
            speakers: stats.speakers.map(|speakers| SpeakersJson {
                person: speakers.person,
                mention: speakers.mention,
                not_given: speakers.not_given,
                open: speakers.open,
            }),
        }
    }
}

/// All figures.
pub(super) fn report(report: &StatsReport) -> StatsJson<'_> {
    let articles = report.articles.iter().map(|article| ArticleJson {
        name: &article.name,
        outlet: &article.outlet,
        date: &article.date,
        documents: article.documents,
        labels: &article.labels,
    });
    let people = report.people.iter().map(|person| PersonJson {
        name: &person.name,
        kind: person.kind.word(),
        external_id: &person.external_id,
        facts: &person.facts,
        articles: person.articles,
        said: &person.said,
        mentions: person.mentions,
    });
    let network = report.network.iter().map(|edge| NetworkJson {
        from: edge.from,
        to: edge.to,
        quotes: edge.quotes,
        mentions: edge.mentions,
    });
    let annotators = report.annotators.iter().map(|(name, stats)| {
        let json = AnnotatorJson {
            documents: stats.documents,
            done: stats.done,
            labels: &stats.labels,
            time: stats.time.map(|time| TimeJson {
                sittings: time.sittings,
                seconds: time.seconds,
                tags: time.tags,
                tags_per_hour: time.pace(),
            }),
        };
        (name.as_str(), json)
    });
    let labels = report.labels.iter();
    StatsJson {
        articles: articles.collect(),
        counted: report.tags.words(),
        documents: report.documents,
        curated: report.curated,
        undecided: undecided_json(&report.undecided),
        several: report.several,
        suggestions: report.suggestions,
        rejected: report.rejected,
        labels: labels
            .map(|(label, stats)| (label.as_str(), stats.into()))
            .collect(),
        outlets: groups(&report.outlets),
        dates: groups(&report.dates),
        people: people.collect(),
        of_speakers: &report.of_speakers,
        network: network.collect(),
        annotators: annotators.collect(),
        problems: problems_json(&report.problems),
    }
}

fn groups(groups: &BTreeMap<String, GroupStats>) -> BTreeMap<&str, GroupJson<'_>> {
    let groups = groups.iter();
    groups
        .map(|(name, stats)| (name.as_str(), stats.into()))
        .collect()
}
