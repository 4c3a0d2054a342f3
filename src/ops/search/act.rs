//! What is done to the hits of a search, in one step over all their articles.

use std::collections::BTreeMap;
use std::path::PathBuf;

use smol_str::SmolStr;

use super::found::Found;
use crate::edit::{PersonChoice, action};
use crate::model::{AnnotationId, PersonKind, Review, Schema, Selection};
use crate::ops::bulk_step::{
    ArticleEdits, BulkCounts, BulkReport, BulkRequest, BulkStepError, BulkTarget, WorkOf, bulk_step,
};
use crate::ops::{Progress, Refusal};
use crate::store::FileFingerprint;
use crate::text::TextRange;
use crate::text::wording::{count, count_as};

/// What to do with the hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HitAction {
    /// Tag the words.
    Tag(SmolStr),
    /// Give the tags another label.
    Relabel(SmolStr),
    /// The tags are about, or said by, this person.
    Person(String, PersonKind),
    /// Mark the tags in review; decides on suggestions.
    Review(Review),
}

/// Who does it, where, and the words for it.
#[derive(Debug, Clone, Copy)]
pub struct HitStep<'a> {
    /// Who does it, where; what is in its targets does not count: they follow from the hits.
    pub request: BulkRequest<'a>,
    /// The schema that has the words for labels.
    pub schema: &'a Schema,
}

/// What was done.
#[derive(Debug)]
pub struct HitStepReport {
    /// The step.
    pub step: BulkReport,
    /// How many hits are tags of other people, who decide themselves.
    pub of_others: usize,
}

/// A hit as it is found again in its article.
enum Place {
    Tag(AnnotationId),
    Words(TextRange),
}

impl HitAction {
    /// Whether it can be done to a hit at all.
    #[must_use]
    pub fn applies_to(&self, found: &Found) -> bool {
        match self {
            Self::Tag(_) => !found.range().is_empty(),
            Self::Relabel(_) | Self::Person(..) | Self::Review(_) => found.is_tag(),
        }
    }

    fn name(&self, schema: &Schema, counts: &BulkCounts) -> String {
        let label = |key: &SmolStr| {
            let label = schema.label(key);
            label.map_or_else(|| key.to_lowercase(), |label| label.name.to_lowercase())
        };
        let tags = count(counts.done, "tag");
        let what = match self {
            Self::Tag(key) => {
                let places = count(counts.done, "place");
                format!("tagged {places} as {}", label(key))
            }
            Self::Relabel(key) => format!("changed {tags} to {}", label(key)),
            Self::Person(name, _) => format!("set {tags} to {name}"),
            Self::Review(Review::Accepted) => format!("accepted {tags}"),
            Self::Review(Review::Rejected) => format!("rejected {tags}"),
            Self::Review(Review::Unsure) => format!("marked {tags} as unsure"),
            Self::Review(Review::Unreviewed) => format!("cleared the review of {tags}"),
        };
        format!("{what} in {}", count(counts.articles, "article"))
    }

    fn run(&self, edits: &mut ArticleEdits<'_>, place: &Place) {
        match (self, place) {
            (Self::Tag(label), Place::Words(range)) => {
                let selection = Selection {
                    anchor: range.start(),
                    head: range.end(),
                    tag: None,
                };
                edits.run_at(&selection, |ctx, ids| action::tag(ctx, label, ids));
            }
            (Self::Relabel(label), Place::Tag(tag)) => {
                edits.run(|ctx, _| action::relabel(ctx, tag, label));
            }
            (Self::Person(name, kind), Place::Tag(tag)) => {
                let person = PersonChoice::New {
                    name: name.clone(),
                    kind: *kind,
                };
                edits.run(|ctx, ids| action::assign_person(ctx, tag, &person, ids));
            }
            (Self::Review(review), Place::Tag(tag)) => {
                edits.run(|ctx, ids| action::review(ctx, tag, *review, ids));
            }
            (Self::Tag(_), Place::Tag(_)) => {}
            (Self::Relabel(_) | Self::Person(..) | Self::Review(_), Place::Words(_)) => {
                edits.refuse(Refusal::new("there is no tag, only words"));
            }
        }
    }
}

/// Does one thing to hits, as one named step that is undone whole. Tags of other people stay as they are.
///
/// # Errors
/// [`BulkStepError`]: nothing has changed, such as where an article is not what it was when it was searched.
pub fn act_on_hits<'f>(
    step: &HitStep<'_>,
    found: impl IntoIterator<Item = &'f Found>,
    action: &HitAction,
    progress: &mut dyn FnMut(Progress),
) -> Result<HitStepReport, BulkStepError> {
    let own = step.request.annotator.unwrap_or_default();
    let mut of_others = 0;
    let mut places: BTreeMap<(PathBuf, WorkOf), (BulkTarget, Vec<Place>)> = BTreeMap::new();
    for found in found {
        if !action.applies_to(found) {
            continue;
        }
        let article = found.searched();
        let tags_words = matches!(action, HitAction::Tag(_));
        let is_own = |work: &&std::sync::Arc<super::searched_article::SearchedWork>| {
            !work.curated && work.annotator == own
        };
        let (work, file, place) = match found.tag() {
            Some((work, tag)) if !tags_words => {
                let of = match () {
                    () if work.curated => WorkOf::Curated,
                    () if work.annotator == own => WorkOf::Own,
                    () => {
                        of_others += 1;
                        continue;
                    }
                };
                (of, work.file, Place::Tag(tag.id.clone()))
            }
            Some(_) | None => {
                let own = article.people.iter().find(is_own);
                let file = own.map_or(Some(FileFingerprint::Absent), |work| work.file);
                (WorkOf::Own, file, Place::Words(found.range()))
            }
        };
        let is_open = step.request.open.contains(&article.path);
        let key = (article.path.clone(), work);
        let (_, in_article) = places.entry(key).or_insert_with(|| {
            let target = BulkTarget {
                article: article.path.clone(),
                work,
                // What is open was saved since it was searched.
                sidecar: file.filter(|_| !is_open || work == WorkOf::Curated),
                text: Some(article.source.sha256().to_owned()),
            };
            (target, Vec::new())
        });
        in_article.push(place);
    }
    if places.is_empty() {
        let words = match of_others {
            0 => "none of the hits is a tag".to_owned(),
            n => format!(
                "{} of other people; only they change them",
                count_as(n, "tag is", "tags are")
            ),
        };
        return Err(BulkStepError::Nothing(Some(Refusal::new(words))));
    }
    let (targets, places): (Vec<BulkTarget>, Vec<Vec<Place>>) = places.into_values().unzip();
    let request = BulkRequest {
        targets: &targets,
        ..step.request
    };
    let edit = |n: usize, edits: &mut ArticleEdits<'_>| {
        for place in places.get(n).into_iter().flatten() {
            action.run(edits, place);
        }
    };
    let name = |counts: &BulkCounts| action.name(step.schema, counts);
    let step = bulk_step(&request, &edit, &name, progress)?;
    Ok(HitStepReport { step, of_others })
}
