use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::model::{Annotation, AnnotationId, Document, Schema};
use crate::text::{TextRange, TextSize};

/// A range of the text with the same tags.
pub(super) struct Segment {
    pub(super) range: TextRange,
    /// The tags on it, from the outermost to the innermost.
    pub(super) tags: Vec<AnnotationId>,
    /// The colours of their labels, in the same order, each once.
    pub(super) colours: Vec<SmolStr>,
    /// The tags of which a fragment begins here, and whether it is their first.
    pub(super) begins: Vec<(AnnotationId, bool)>,
}

/// The whole text, cut at every start and end of a fragment.
pub(super) fn segments(document: &Document, schema: &Schema) -> Vec<Segment> {
    let mut fragments: Vec<(TextRange, bool, &Annotation)> = document
        .set()
        .annotations()
        .flat_map(|tag| {
            let parts = tag.fragments.iter().enumerate();
            parts.map(move |(n, range)| (range, n == 0, tag))
        })
        .collect();
    let outermost_first = |&(range, _, tag): &(TextRange, bool, &Annotation)| {
        (
            range.start(),
            u32::MAX - u32::from(range.end()),
            tag.id.clone(),
        )
    };
    fragments.sort_by_cached_key(outermost_first);
    let ends = [TextSize::new(0), document.source().len()];
    let bounds = fragments
        .iter()
        .flat_map(|(range, ..)| [range.start(), range.end()]);
    let mut bounds: Vec<TextSize> = bounds.chain(ends).collect();
    bounds.sort();
    bounds.dedup();

    let mut coming = fragments.into_iter().peekable();
    let mut open: Vec<(TextRange, &Annotation)> = Vec::new();
    let mut segments = Vec::with_capacity(bounds.len());
    for (&start, &end) in bounds.iter().zip(bounds.iter().skip(1)) {
        open.retain(|(range, _)| range.end() > start);
        let mut begins = Vec::new();
        while let Some((range, first, tag)) = coming.next_if(|(range, ..)| range.start() <= start) {
            open.push((range, tag));
            begins.push((tag.id.clone(), first));
        }
        let mut colours: Vec<SmolStr> = Vec::with_capacity(open.len());
        for (_, tag) in open.iter().rev() {
            let label = schema.label(&tag.label);
            let colour = label.map_or("gray".into(), |label| label.color.clone());
            if !colours.contains(&colour) {
                colours.push(colour);
            }
        }
        colours.reverse();
        segments.push(Segment {
            range: TextRange::new(start, end),
            tags: open.iter().map(|(_, tag)| tag.id.clone()).collect(),
            colours,
            begins,
        });
    }
    segments
}

/// A short name for every tag: the letter of its label and a number in the order of the text.
pub(super) fn names(document: &Document, schema: &Schema) -> BTreeMap<AnnotationId, String> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    let tags = document.set().annotations();
    tags.map(|tag| {
        let letter = schema.label(&tag.label).map_or('T', |label| label.letter);
        let count = counts.entry(letter).or_default();
        *count += 1;
        (tag.id.clone(), format!("{letter}{count}"))
    })
    .collect()
}
