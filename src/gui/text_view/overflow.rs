//! Where more tags overlap than can be distinguished, only some are drawn, with the number of the
//! others. All of them can be visited and are listed.

use std::collections::BTreeSet;

use super::lanes;
use crate::model::{Annotation, AnnotationId};
use crate::text::{TextRange, TextSize};

/// Tags over one place that are drawn.
const DRAWN: usize = 12;

/// Tags that are not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overflow {
    /// Where the first of them starts, in bytes.
    pub(super) at: TextSize,
    /// How many there are.
    pub(super) hidden: usize,
}

/// The fragments of the tags that are drawn on blocks of these ranges, and what is left out. The tag
/// `kept` is always drawn. Costs the fragments, not their number over one place.
pub(super) fn limit_overlap<'a>(
    found: Vec<(TextRange, &'a Annotation)>,
    blocks: &[TextRange],
    kept: Option<&AnnotationId>,
) -> (Vec<(TextRange, &'a Annotation)>, Vec<Overflow>) {
    if found.len() <= DRAWN {
        return (found, Vec::new());
    }
    let mut known = BTreeSet::new();
    let mut hulls: Vec<(TextRange, &AnnotationId)> = found
        .iter()
        .filter(|(_, tag)| known.insert(&tag.id))
        .map(|(_, tag)| (tag.fragments.hull(), &tag.id))
        .collect();
    hulls.sort_by_key(|(hull, _)| (hull.start(), std::cmp::Reverse(hull.end())));
    let mut drawn: BTreeSet<&AnnotationId> = kept.into_iter().collect();
    let mut overflows = Vec::new();
    for block in blocks {
        let here: Vec<(TextRange, &AnnotationId)> = hulls
            .iter()
            .filter_map(|(hull, id)| Some((hull.intersect(*block)?, *id)))
            .filter(|(part, _)| !part.is_empty())
            .collect();
        let stretches: Vec<(u32, u32)> = here
            .iter()
            .map(|(part, _)| (part.start().into(), part.end().into()))
            .collect();
        let lanes = lanes::assign(&stretches, DRAWN);
        let shown = here.iter().zip(&lanes).filter(|(_, lane)| **lane < DRAWN);
        drawn.extend(shown.map(|((_, id), _)| *id));
        let mut hidden = here.iter().zip(&lanes).filter(|(_, lane)| **lane >= DRAWN);
        let first = hidden.next().map(|((part, _), _)| part.start());
        if let Some(at) = first {
            let hidden = hidden.count() + 1;
            overflows.push(Overflow { at, hidden });
        }
    }
    let found = found
        .iter()
        .filter(|(_, tag)| drawn.contains(&tag.id))
        .copied()
        .collect();
    (found, overflows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fragments, Origin};

    fn tag(id: &str, start: u32, end: u32) -> Annotation {
        let range = TextRange::new(start.into(), end.into());
        Annotation::new(
            id,
            "quote",
            Fragments::try_from(range).unwrap(),
            Origin::Annotator("".into()),
        )
    }

    #[test]
    fn of_a_thousand_tags_over_a_word_a_dozen_and_the_current_one_are_drawn() {
        let mut tags: Vec<Annotation> = (0..1000)
            .map(|n| tag(&format!("t{n:04}"), 40, 48))
            .collect();
        tags.push(tag("beside", 60, 70));
        let found = tags.iter().map(|tag| (tag.fragments.hull(), tag)).collect();
        let block = TextRange::up_to(100.into());
        let kept = AnnotationId::new("t0999");
        let (drawn, overflows) = limit_overlap(found, &[block], Some(&kept));
        let ids: Vec<&str> = drawn.iter().map(|(_, tag)| tag.id.as_str()).collect();
        assert_eq!(ids.len(), DRAWN + 2);
        assert!(ids.contains(&"t0999") && ids.contains(&"beside"));
        assert_eq!(
            overflows,
            [Overflow {
                at: 40.into(),
                hidden: 1000 - DRAWN
            }]
        );
    }

    #[test]
    fn many_tags_side_by_side_are_all_drawn() {
        let tags: Vec<Annotation> = (0..300)
            .map(|n| tag(&format!("t{n:04}"), n * 3, n * 3 + 2))
            .collect();
        let found: Vec<_> = tags.iter().map(|tag| (tag.fragments.hull(), tag)).collect();
        let blocks = [
            TextRange::up_to(400.into()),
            TextRange::new(400.into(), 1000.into()),
        ];
        let (drawn, overflows) = limit_overlap(found.clone(), &blocks, None);
        assert_eq!(drawn, found);
        assert_eq!(overflows, []);
    }
}
