//! Places that are named by offsets within an element: `string-range(id,0,3)`, `string-index(id,3)`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::body::{Body, Place};
use crate::format::xml_tree::{Element, Tree};
use crate::text::CodePointIndex;

/// Finds places by offsets. Each element is looked at once.
pub(super) struct StringRanges<'a> {
    tree: &'a Tree,
    body: &'a Body<'a>,
    parts: RefCell<Option<Parts<'a>>>,
}

struct Parts<'a> {
    text: CodePointIndex<'a>,
    elements: BTreeMap<&'a str, Element<'a>>,
    known: BTreeMap<String, Option<Characters>>,
}

/// The characters of an element in the file, which may have other white space than the text.
struct Characters {
    /// How many characters other than white space are before each.
    before: Vec<usize>,
    /// The code points of those in the text.
    points: Vec<u32>,
}

impl<'a> StringRanges<'a> {
    pub(super) fn new(tree: &'a Tree, body: &'a Body<'a>) -> Self {
        let parts = RefCell::new(None);
        Self { tree, body, parts }
    }

    /// The place of a pointer without its `#`; `None` where it is another one, or outside. Of an index,
    /// the start is that of the character after it, the end that of the one before.
    pub(super) fn find(&self, pointer: &str) -> Option<Place> {
        let (kind, inner) = pointer.strip_suffix(')')?.split_once('(')?;
        let last_number = |list: &'_ str| {
            let (rest, number) = list.rsplit_once(',')?;
            Some((rest.len(), number.trim().parse::<usize>().ok()?))
        };
        let (end, last) = last_number(inner)?;
        let rest = inner.get(..end)?;
        match kind {
            "string-index" => self.of(rest, |element| element.index(last)),
            "string-range" => {
                let (end, offset) = last_number(rest)?;
                self.of(rest.get(..end)?, |element| element.range(offset, last))
            }
            _ => None,
        }
    }

    fn of(&self, target: &str, place: impl Fn(&Characters) -> Option<Place>) -> Option<Place> {
        let mut parts = self.parts.borrow_mut();
        let parts = parts.get_or_insert_with(|| {
            let all = self.tree.all().rev();
            Parts {
                text: CodePointIndex::new(&self.body.text),
                elements: all.filter_map(|e| Some((e.get("xml:id")?, e))).collect(),
                known: BTreeMap::new(),
            }
        });
        // As a name, as an address, or as a path such as `//p[@xml:id='a']`.
        let id = match target.split_once(['\'', '"']) {
            Some((_, rest)) => rest.split(['\'', '"']).next()?,
            None => target.trim().trim_start_matches('#'),
        };
        if !parts.known.contains_key(id) {
            let element = parts.elements.get(id).zip(self.body.places.get(id));
            let characters = element.and_then(|(element, place)| {
                let text = parts.text.slice(place.start, place.end)?;
                Characters::new(&element.text(), text, place.start)
            });
            parts.known.insert(id.to_owned(), characters);
        }
        place(parts.known.get(id)?.as_ref()?)
    }
}

impl Characters {
    /// `None` where the element has other words than the text there.
    fn new(own: &str, text: &str, start: u32) -> Option<Self> {
        let (mut before, mut letters) = (vec![0], Vec::new());
        for c in own.chars() {
            if !c.is_whitespace() {
                letters.push(c);
            }
            before.push(letters.len());
        }
        let text = (start..).zip(text.chars());
        let text = text.filter(|(_, c)| !c.is_whitespace());
        let (points, found): (Vec<u32>, Vec<char>) = text.unzip();
        (found == letters).then_some(Self { before, points })
    }

    fn index(&self, offset: usize) -> Option<Place> {
        let at = *self.before.get(offset)?;
        let next = self.points.get(at).copied();
        let previous = at.checked_sub(1).and_then(|at| self.points.get(at));
        let previous = previous.map(|point| point.saturating_add(1));
        Some(Place {
            start: next.or(previous)?,
            end: previous.or(next)?,
        })
    }

    fn range(&self, offset: usize, length: usize) -> Option<Place> {
        let first = *self.before.get(offset)?;
        let last = *self.before.get(offset.checked_add(length)?)?;
        let last = last.checked_sub(1).filter(|last| *last >= first)?;
        Some(Place {
            start: *self.points.get(first)?,
            end: self.points.get(last)?.saturating_add(1),
        })
    }
}
