//! What an export leaves out.

use std::collections::BTreeMap;
use std::fmt;

use super::{Carries, Feature, FormatInfo};
use crate::model::{
    Annotation, AnnotationSet, Confidence, Document, DocumentState, Link, Origin, Review, Target,
    Verdict,
};

/// Something an export could not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub feature: Feature,
    /// How many tags, links or records it was on.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// The first of these documents.
    pub first: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            feature,
            count,
            documents,
            first,
        } = self;
        let what = match feature {
            Feature::Tags => "tags it has no place for",
            Feature::Overlap => "tags that cross",
            Feature::Nesting => "tags within tags",
            Feature::Split => "split tags",
            Feature::Links => "links",
            Feature::LooseLinks => "links to or from what is not in the article",
            Feature::Attributes => "attributes",
            Feature::People => "people",
            Feature::Review => "review states",
            Feature::Notes => "notes",
            Feature::LinkFacts => "attributes of links and notes on them",
            Feature::Author => "who made the tags",
            Feature::State => "whether an article is done",
            Feature::Ids => "ids of tags and links",
            Feature::Edges => "exact tag edges",
            Feature::Characters => "some characters of the text",
            Feature::Facts => "what is known about the article (headline, outlet, date …)",
            Feature::Unknown => "items that only the sidecar can hold",
        };
        write!(f, "this format leaves out {what} ({count} in ")?;
        match documents {
            1 => write!(f, "`{first}`)"),
            _ => write!(f, "{documents} documents, first `{first}`)"),
        }
    }
}

/// Counts losses while documents stream by.
#[derive(Default)]
pub(super) struct Losses(BTreeMap<Feature, Loss>);

impl Losses {
    /// Notes that `count` things of a document are lost; nothing for 0. Once a document and feature.
    pub(super) fn add(&mut self, feature: Feature, document: &str, count: usize) {
        if count == 0 {
            return;
        }
        let loss = self.0.entry(feature).or_insert_with(|| Loss {
            feature,
            count: 0,
            documents: 0,
            first: document.to_owned(),
        });
        loss.count += count;
        loss.documents += 1;
    }

    /// Counts what a document has and a format has no place for. What overlaps, nests or is split
    /// is counted by the format itself.
    pub(super) fn count(&mut self, id: &str, document: &Document, info: &FormatInfo) {
        self.count_with(id, document, info, says_confidence);
    }

    /// [`Self::count`] for a format that carries how sure a program was.
    pub(super) fn count_without_confidence(
        &mut self,
        id: &str,
        document: &Document,
        info: &FormatInfo,
    ) {
        self.count_with(id, document, info, |_| false);
    }

    fn count_with(
        &mut self,
        id: &str,
        document: &Document,
        info: &FormatInfo,
        loses: fn(Option<Confidence>) -> bool,
    ) {
        let set = document.set();
        let tags = |has: fn(&Annotation) -> bool| set.annotations().filter(|tag| has(tag)).count();
        let links = |has: &dyn Fn(&Link) -> bool| set.links().filter(|link| has(link)).count();
        let carried = |feature| (info.carries)(feature) != Carries::No;
        for feature in Feature::ALL {
            if carried(feature) {
                continue;
            }
            let lost = match feature {
                Feature::Links => set.link_count(),
                // Without links they are counted there.
                Feature::LooseLinks if carried(Feature::Links) => {
                    links(&|link| is_loose(link, set, carried(Feature::People)))
                }
                Feature::Attributes => {
                    tags(|tag| !tag.attributes.is_empty())
                        + links(&|link| !link.attributes.is_empty())
                }
                Feature::People => {
                    let leads_off = |link: &Link| !matches!(link.to, Target::Annotation(_));
                    set.person_count() + tags(|tag| tag.person.is_some()) + links(&leads_off)
                }
                Feature::Review => tags(reviewed) + links(&|link| !link.confirmed),
                Feature::State => usize::from(document.meta().state == DocumentState::Done),
                Feature::Ids if info.reads => set.annotation_count() + set.link_count(),
                Feature::Notes => {
                    tags(|tag| !tag.note.is_empty()) + links(&|link| !link.note.is_empty())
                }
                // What no tag can have either is counted there.
                Feature::LinkFacts => links(&|link| {
                    carried(Feature::Attributes) && !link.attributes.is_empty()
                        || carried(Feature::Notes) && !link.note.is_empty()
                }),
                Feature::Author => {
                    let whose = usize::from(document.meta().annotator.is_some());
                    tags(|tag| named(&tag.origin)) + links(&|link| named(&link.origin)) + whose
                }
                Feature::Unknown => unknown_count(document, loses),
                Feature::Overlap
                | Feature::Nesting
                | Feature::Tags
                | Feature::Split
                | Feature::LooseLinks
                | Feature::Ids
                | Feature::Edges
                | Feature::Characters
                // Nothing of the document: who reads the files of facts counts them.
                | Feature::Facts => 0,
            };
            self.add(feature, id, lost);
        }
    }

    /// Counts the links that begin at no tag, for formats that have links with their tags.
    pub(super) fn count_without_from(&mut self, id: &str, document: &Document) {
        let set = document.set();
        let links = set.links();
        let lost = links.filter(|link| set.annotation(&link.from).is_none());
        self.add(Feature::LooseLinks, id, lost.count());
    }

    /// All losses, in the order of [`Feature`].
    pub(super) fn into_vec(self) -> Vec<Loss> {
        self.0.into_values().collect()
    }
}

/// Whether a link has an end that is not there. People count only where they can be there.
pub(super) fn is_loose(link: &Link, set: &AnnotationSet, has_people: bool) -> bool {
    let to_nothing = match &link.to {
        Target::Annotation(id) => set.annotation(id).is_none(),
        Target::Person(id) => has_people && set.person(id).is_none(),
        Target::NotGiven => false,
    };
    to_nothing || set.annotation(&link.from).is_none()
}

fn reviewed(tag: &Annotation) -> bool {
    tag.review != Review::Unreviewed
        || tag.verdict != Verdict::Accepted
        || matches!(tag.origin, Origin::Suggester(_))
}

fn named(origin: &Origin) -> bool {
    match origin {
        Origin::Annotator(name) | Origin::Suggester(name) | Origin::Import(name) => {
            !name.is_empty()
        }
    }
}

fn says_confidence(confidence: Option<Confidence>) -> bool {
    confidence.is_some()
}

/// How many records have fields that no export has a place for, or are themselves of a version we do
/// not know. Who made and changed them, and when, is not counted: nearly all say that.
fn unknown_count(document: &Document, loses: fn(Option<Confidence>) -> bool) -> usize {
    let set = document.set();
    let tags = set
        .annotations()
        .filter(|tag| !tag.unknown.is_empty() || loses(tag.confidence));
    let links = set
        .links()
        .filter(|link| !link.unknown.is_empty() || loses(link.confidence));
    let people = set.people().filter(|person| {
        let more = !person.organisation.is_empty() || !person.attributes.is_empty();
        !person.unknown.is_empty() || more
    });
    let in_header = usize::from(!document.meta().unknown.is_empty());
    document.unread().len() + tags.count() + links.count() + people.count() + in_header
}
