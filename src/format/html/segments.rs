use std::collections::{BTreeMap, BTreeSet};

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
    /// Whether a tag begins and one ends here within another one of the same colour.
    pub(super) edges: (bool, bool),
    /// Whether all tags on it are rejected.
    pub(super) rejected: bool,
    /// Whether a line of the text begins here.
    pub(super) begins_line: bool,
}

/// The whole text, cut at every start and end of a fragment and at the beginning of every line.
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
    let lines = line_starts(document);
    let starts = lines.iter().copied();
    let mut bounds: Vec<TextSize> = bounds.chain(ends).chain(starts).collect();
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
        let rejected = !open.is_empty() && open.iter().all(|(_, tag)| tag.is_rejected());
        let shown = open.iter().rev().map(|(_, tag)| *tag);
        // A rejected tag has no colour where another one is.
        for tag in shown.filter(|tag| rejected || !tag.is_rejected()) {
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
            edges: edges(&open, start, end, schema),
            rejected,
            begins_line: lines.contains(&start),
        });
    }
    segments
}

/// Whether a tag begins at `start`, and one ends at `end`, where another one of the same colour goes on.
fn edges(
    open: &[(TextRange, &Annotation)],
    start: TextSize,
    end: TextSize,
    schema: &Schema,
) -> (bool, bool) {
    if open.len() < 2 {
        return (false, false);
    }
    let coloured = open.iter().filter(|(_, tag)| !tag.is_rejected());
    let coloured: Vec<(TextRange, Option<&SmolStr>)> = coloured
        .map(|&(range, tag)| (range, schema.label(&tag.label).map(|label| &label.color)))
        .collect();
    let meet = |at_edge: &dyn Fn(TextRange) -> bool| {
        let at = coloured.iter().filter(|(range, _)| at_edge(*range));
        let at: BTreeSet<_> = at.map(|(_, colour)| *colour).collect();
        let mut through = coloured.iter().filter(|(range, _)| !at_edge(*range));
        through.any(|(_, colour)| at.contains(colour))
    };
    (
        meet(&|range| range.start() == start),
        meet(&|range| range.end() == end),
    )
}

fn line_starts(document: &Document) -> BTreeSet<TextSize> {
    let text = document.source().as_str();
    let mut starts = BTreeSet::from([TextSize::new(0)]);
    let mut at = TextSize::new(0);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        at += TextSize::of(c);
        if c == '\n' || c == '\r' && characters.peek() != Some(&'\n') {
            starts.insert(at);
        }
    }
    starts.remove(&document.source().len());
    starts
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
