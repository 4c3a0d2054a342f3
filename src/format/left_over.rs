use super::{Carries, Feature, FormatInfo, Losses, unknown_count};
use crate::model::{Annotation, Document, DocumentState, Origin, Target, Verdict};

/// Counts what a document says and a format has no place for. What overlaps, nests or is split is
/// counted by the format itself.
pub(super) fn count(id: &str, document: &Document, info: &FormatInfo, losses: &mut Losses) {
    let set = &document.set;
    let tags = |said: fn(&Annotation) -> bool| set.annotations().filter(|tag| said(tag)).count();
    for feature in Feature::ALL {
        if (info.carries)(feature) != Carries::No {
            continue;
        }
        let lost = match feature {
            Feature::Links => set.link_count(),
            Feature::Attributes => tags(|tag| !tag.attributes.is_empty()),
            Feature::People => {
                let leads_off = |to: &Target| !matches!(to, Target::Annotation(_));
                let links = set.links().filter(|link| leads_off(&link.to)).count();
                set.person_count() + tags(|tag| tag.person.is_some()) + links
            }
            Feature::Review => {
                let links = set.links().filter(|link| !link.confirmed).count();
                let done = usize::from(document.meta.state == DocumentState::Done);
                tags(reviewed) + links + done
            }
            Feature::Notes => tags(|tag| !tag.note.is_empty()),
            Feature::Author => {
                let links = set.links().filter(|link| named(&link.origin)).count();
                let whose = usize::from(document.meta.annotator.is_some());
                tags(|tag| named(&tag.origin)) + links + whose
            }
            Feature::Unknown => unknown_count(document),
            Feature::Overlap
            | Feature::Nesting
            | Feature::Split
            | Feature::Edges
            | Feature::Characters => 0,
        };
        losses.add(feature, id, lost);
    }
}

fn reviewed(tag: &Annotation) -> bool {
    tag.review != crate::model::Review::Unreviewed
        || tag.verdict != Verdict::Accepted
        || matches!(tag.origin, Origin::Suggester(_))
}

fn named(origin: &Origin) -> bool {
    match origin {
        Origin::Annotator(name) | Origin::Suggester(name) => !name.is_empty(),
        // Nobody's work is lost with the name of a file's format.
        Origin::Import(_) => false,
    }
}
