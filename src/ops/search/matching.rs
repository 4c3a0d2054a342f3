//! Which places of an article a query finds.

use std::sync::Arc;

use smol_str::SmolStr;

use super::found::Found;
use super::query::{Condition, Query, Term};
use super::searched_article::{SearchedArticle, SearchedTag, SearchedWork, Speaker};
use crate::model::{Person, Review};
use crate::ops::FilterText;
use crate::text::{TextRange, find_all, paragraph_at, word_tokens};

/// The hits of a query in one article, in the order of the text.
pub(super) fn find(query: &Query, article: &Arc<SearchedArticle>) -> Vec<Found> {
    let about = query
        .terms
        .iter()
        .filter_map(|term| Some((term.negated, of_article(query, &term.condition, article)?)));
    if about.into_iter().any(|(negated, holds)| holds == negated) {
        return Vec::new();
    }
    let (mut words, mut without) = (Vec::new(), Vec::new());
    for term in &query.terms {
        if let Condition::Words(wanted) = &term.condition {
            let found = find_all(&article.source, wanted, || true);
            if term.negated {
                without.extend(found);
            } else if found.is_empty() {
                return Vec::new();
            } else {
                words.push(found);
            }
        }
    }
    if query.is_about_tags() {
        return in_tags(query, article, &words, &without);
    }
    let Some((first, others)) = words.split_first() else {
        // Conditions on the article alone: it is the hit.
        return vec![Found::article_itself(article)];
    };
    let near = first.iter().filter(|range| {
        let paragraph = paragraph_at(&article.source, range.start());
        let inside =
            |found: &Vec<TextRange>| found.iter().any(|range| paragraph.contains_range(*range));
        others.iter().all(inside) && !without.iter().any(|range| paragraph.contains_range(*range))
    });
    near.map(|range| Found::words(article, *range)).collect()
}

/// Whether a condition on articles holds; `None` where it is about something else.
fn of_article(query: &Query, condition: &Condition, article: &SearchedArticle) -> Option<bool> {
    let has = |words: &str, text: &str| Some(FilterText::new(words).is_in(text));
    match condition {
        Condition::Article(words) => has(words, &article.name),
        Condition::Headline(words) => has(words, &article.headline),
        Condition::Outlet(words) => has(words, &article.outlet),
        Condition::Date(date) => Some(article.date.starts_with(date.as_str())),
        Condition::Tags(numbers) => {
            let tags = searched_works(query, article).flat_map(|(_, work)| &work.tags);
            let in_use = tags.filter(|tag| !tag.is_suggestion && !tag.is_rejected);
            Some(numbers.contain(in_use.count()))
        }
        Condition::Words(_)
        | Condition::Label(_)
        | Condition::Speaker(_)
        | Condition::SpeakerOpen
        | Condition::SpeakerNotGiven
        | Condition::Person(_)
        | Condition::Review(_)
        | Condition::By(_)
        | Condition::Note(_)
        | Condition::Suggestion
        | Condition::Split
        | Condition::Curated
        | Condition::ToCorrect
        | Condition::About(_)
        | Condition::Who(..)
        | Condition::Length(_)
        | Condition::Attribute(..) => None,
    }
}

/// The work in which a query looks for tags, with its place. Curated tags stand for the work of everybody,
/// unless somebody is asked for or curated tags are not wanted.
fn searched_works<'a>(
    query: &Query,
    article: &'a SearchedArticle,
) -> impl Iterator<Item = (usize, &'a SearchedWork)> {
    let asked = |term: &Term| {
        let Condition::By(name) = &term.condition else {
            return None;
        };
        Some((name.clone(), term.negated))
    };
    let by: Vec<(SmolStr, bool)> = query.terms.iter().filter_map(asked).collect();
    let unwanted = |term: &Term| term.negated && term.condition == Condition::Curated;
    let of_annotators = !by.is_empty() || query.terms.iter().any(unwanted);
    let curated = article.people.iter().any(|work| work.curated) && !of_annotators;
    let works = article.people.iter().map(AsRef::as_ref).enumerate();
    works.filter(move |(_, work)| {
        work.curated == curated
            && by
                .iter()
                .all(|(name, not)| (work.annotator == *name) != *not)
    })
}

fn in_tags(
    query: &Query,
    article: &Arc<SearchedArticle>,
    words: &[Vec<TextRange>],
    without: &[TextRange],
) -> Vec<Found> {
    let asks = |wanted: &Condition| {
        let mut terms = query.terms.iter();
        terms.any(|term| !term.negated && term.condition == *wanted)
    };
    let suggestions = asks(&Condition::Suggestion);
    let rejected = asks(&Condition::Review(Review::Rejected));
    let mut hits = Vec::new();
    for (of_work, work) in searched_works(query, article) {
        for (of_tag, tag) in work.tags.iter().enumerate() {
            let is_there = tag.is_suggestion == suggestions && (rejected || !tag.is_rejected);
            if !is_there
                || !query
                    .terms
                    .iter()
                    .all(|term| holds(&term.condition, (article, work), tag, term.negated))
            {
                continue;
            }
            let inside = |range: &&TextRange| {
                let mut parts = tag.fragments.iter();
                parts.any(|part| part.contains_range(**range))
            };
            let found: Vec<Option<&TextRange>> = words
                .iter()
                .map(|found| found.iter().find(inside))
                .collect();
            if found.iter().all(Option::is_some) && !without.iter().any(|range| inside(&range)) {
                let word = found.first().copied().flatten();
                hits.push(Found::tagged(article, (of_work, of_tag), word.copied()));
            }
        }
    }
    hits.sort_by_key(|hit| (hit.range().start(), hit.range().end()));
    hits
}

/// Whether a term on a tag holds; words and articles are looked at elsewhere.
fn holds(
    condition: &Condition,
    (article, work): (&SearchedArticle, &SearchedWork),
    tag: &SearchedTag,
    negated: bool,
) -> bool {
    let is_named = |words: &str, names: &[String]| {
        let wanted = FilterText::new(words);
        names.iter().any(|name| wanted.is_in(name))
    };
    let said_by = |words: &str| match &tag.speaker {
        Speaker::Names(names) => is_named(words, names),
        Speaker::NoneNeeded | Speaker::Open | Speaker::NotGiven => false,
    };
    let found = match condition {
        Condition::Label(label) => tag.label == *label,
        Condition::Speaker(words) => said_by(words),
        Condition::SpeakerOpen => tag.speaker == Speaker::Open,
        Condition::SpeakerNotGiven => tag.speaker == Speaker::NotGiven,
        Condition::Person(words) => said_by(words) || is_named(words, &tag.mentions),
        Condition::Review(Review::Unreviewed) => {
            tag.review == Review::Unreviewed && tag.verdicts.is_empty()
        }
        Condition::Review(review) => tag.review == *review || tag.verdicts.contains(review),
        Condition::ToCorrect => tag.to_correct,
        Condition::By(name) => work.annotator == *name && !work.curated,
        Condition::Note(words) => FilterText::new(words).is_in(&tag.note),
        Condition::Suggestion => tag.is_suggestion,
        Condition::Split => tag.fragments.len() > 1,
        Condition::Curated => work.curated,
        Condition::Attribute(name, value) => {
            let mut attributes = tag.attributes.iter();
            let own = attributes.find(|own| own.name == *name && !own.value.is_empty());
            own.map(|own| &own.value) == value.as_ref()
        }
        Condition::About(words) => work.tags.iter().any(|inner| {
            let is_inside = inner.id != tag.id
                && !inner.is_suggestion
                && !inner.is_rejected
                && inner.fragments.iter().any(|part| {
                    let mut around = tag.fragments.iter();
                    around.any(|range| range.contains_range(part))
                });
            is_inside && {
                let quoted = match &inner.speaker {
                    Speaker::Names(names) => is_named(words, names),
                    Speaker::NoneNeeded | Speaker::Open | Speaker::NotGiven => false,
                };
                quoted || is_named(words, &inner.mentions)
            }
        }),
        Condition::Who(name, value) => work.people.iter().any(|person| {
            tag.said_by.contains(&person.id) && person_fact(person, name) == Some(value.as_str())
        }),
        Condition::Length(numbers) => {
            let words = tag.fragments.iter();
            let words = words.map(|range| word_tokens(&article.source, range).count());
            numbers.contain(words.sum())
        }
        Condition::Words(_)
        | Condition::Article(_)
        | Condition::Headline(_)
        | Condition::Outlet(_)
        | Condition::Date(_)
        | Condition::Tags(_) => return true,
    };
    found != negated
}

/// What is known of a person, by its name: kind, role, organisation or an attribute.
fn person_fact<'a>(person: &'a Person, name: &str) -> Option<&'a str> {
    let mut attributes = person.attributes.iter();
    match name {
        "kind" => Some(person.kind.word()),
        "role" => Some(person.role.as_str()),
        "organisation" => Some(person.organisation.as_str()),
        name => attributes
            .find(|one| one.name == name)
            .map(|one| one.value.as_str()),
    }
}
