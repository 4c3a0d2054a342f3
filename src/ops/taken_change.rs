//! Whether a tag is as a reviewer has proposed it.

use crate::format::sidecar::{is_record, review_hash};
use crate::model::{
    Annotation, Attribute, Document, FormerLabels, Link, PeerReview, ProposedChange,
    ProposedSpeaker, Target,
};
use crate::suggest::same_name;
use crate::text::TextRange;

/// Whether the annotator has taken exactly what `by` proposes, and the tag is so still: then nobody has to look at it
/// again.
pub(in crate::ops) fn is_taken(
    by: &str,
    review: &PeerReview,
    document: &Document,
    tag: &Annotation,
    former: &FormerLabels,
) -> bool {
    let answer = document.set().peer_review(&review.key);
    answer.is_some_and(|answer| {
        !review.change.is_empty()
            && answer.settles(by, &review_hash(review))
            && is_record(&answer.record, document, tag, former)
            && is_as_proposed(document, tag, &review.change)
    })
}

/// Whether the annotator has made a mention by taking what `by` proposes about `tag`, whose speaker it is, and neither
/// has changed since: then nobody has to look at the mention either.
pub(in crate::ops) fn is_mention_taken(
    by: &str,
    review: &PeerReview,
    document: &Document,
    tag: &Annotation,
    mention: &Annotation,
    former: &FormerLabels,
) -> bool {
    let proposed = match &review.change.speaker {
        Some(ProposedSpeaker::Words(range)) => range.place(document.source()),
        Some(ProposedSpeaker::Named(_) | ProposedSpeaker::NotGiven) | None => None,
    };
    let answer = document.set().peer_review(&review.key);
    let step = answer.and_then(|answer| answer.changed.as_deref().or(answer.made.as_deref()));
    let in_this_step = mention.made.is_some() && mention.made.as_deref() == step;
    in_this_step
        && mention.changed.is_none()
        && proposed == Some(mention.fragments.hull())
        && is_taken(by, review, document, tag, former)
}

/// The tags whose speaker a mention is.
pub(in crate::ops) fn said_by<'d>(
    document: &'d Document,
    mention: &Annotation,
) -> Vec<&'d Annotation> {
    let (set, to) = (document.set(), Target::Annotation(mention.id.clone()));
    let links = set.links_to(&to).filter(|link| link.role == Link::SPEAKER);
    links
        .filter_map(|link| set.annotation(&link.from))
        .collect()
}

fn is_as_proposed(document: &Document, tag: &Annotation, change: &ProposedChange) -> bool {
    let source = document.source();
    let places = change.at.iter().map(|range| range.place(source));
    let places: Option<Vec<TextRange>> = places.collect();
    let has = |one: &Attribute| {
        let value = tag.attribute(&one.name);
        value.map_or("", |value| value.as_str()) == one.value
    };
    !change.remove
        && change
            .label
            .as_ref()
            .is_none_or(|label| tag.label == *label)
        && places.is_some_and(|places| places.is_empty() || tag.fragments.as_slice() == places)
        && change.attributes.iter().all(has)
        && change
            .speaker
            .as_ref()
            .is_none_or(|speaker| is_speaker(document, tag, speaker))
}

fn is_speaker(document: &Document, tag: &Annotation, speaker: &ProposedSpeaker) -> bool {
    let set = document.set();
    let links = set.links_from(&tag.id);
    let mut links = links.filter(|link| link.role == Link::SPEAKER && link.confirmed);
    match speaker {
        ProposedSpeaker::NotGiven => links.any(|link| link.to == Target::NotGiven),
        ProposedSpeaker::Words(range) => {
            let place = range.place(document.source());
            links.any(|link| match &link.to {
                Target::Annotation(id) => {
                    let mention = set.annotation(id);
                    mention.is_some_and(|mention| Some(mention.fragments.hull()) == place)
                }
                Target::Person(_) | Target::NotGiven => false,
            })
        }
        ProposedSpeaker::Named(name) => {
            // Of a mention, whom it names.
            let named = tag.person.as_ref().and_then(|id| set.person(id));
            let behind = links.filter_map(|link| set.person_behind(&link.to));
            named.into_iter().chain(behind).any(|person| {
                let mut names = std::iter::once(&person.name).chain(&person.aliases);
                names.any(|known| same_name(known, name))
            })
        }
    }
}
