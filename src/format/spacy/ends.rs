//! The tags that relations mean by an id, a place or a token, each found without a walk over all tags.

use std::collections::BTreeMap;

use smol_str::{SmolStr, format_smolstr};

use super::first_cover::FirstCover;
use super::record::{ReadRelation, RelationEnd, Token};
use crate::format::counting::by_words::{Given, Located, SpanPlaces};
use crate::format::interchange::{BoundedList, SpanRecord, code_point_ranges};
use crate::model::Review;

/// The label of a word that is an end of a relation and has no tag.
const WORD: &str = "word";

/// A span that is a tag of the document.
pub(super) struct Placed {
    pub(super) id: SmolStr,
    /// As the file gives them.
    pub(super) given: (u32, u32),
    pub(super) label: SmolStr,
    /// The first and the last token.
    pub(super) tokens: Option<(usize, usize)>,
}

/// Finds the tags that relations mean. Where several fit, the first one is meant.
pub(super) struct Ends<'a> {
    placed: Vec<Placed>,
    by_id: BTreeMap<SmolStr, usize>,
    by_place: BTreeMap<(u32, u32), usize>,
    by_place_and_label: BTreeMap<((u32, u32), SmolStr), usize>,
    by_last_token: BTreeMap<usize, usize>,
    /// Of each token that a relation names, the first tag it is among the tokens of.
    within: FirstCover<usize>,
    /// Of each token that a relation names, the first tag whose place it is in.
    covers: FirstCover<u32>,
    tokens: BTreeMap<usize, &'a Token>,
    places: &'a SpanPlaces<'a>,
    review: Option<Review>,
    /// Tags on words that were ends and had no tag.
    pub(super) made: BoundedList<SpanRecord>,
}

impl<'a> Ends<'a> {
    /// No tags, among tokens and for relations; tags that are made have this review state.
    pub(super) fn new(
        tokens: &'a [Token],
        relations: &[ReadRelation],
        places: &'a SpanPlaces<'a>,
        review: Option<Review>,
    ) -> Self {
        // The first token of an id counts.
        let by_id: BTreeMap<usize, &Token> = tokens.iter().rev().map(|t| (t.id, t)).collect();
        let ends = relations.iter().flat_map(|r| [r.head.token, r.child.token]);
        let named: Vec<usize> = ends.flatten().collect();
        let at = named.iter().filter_map(|id| by_id.get(id));
        Self {
            placed: Vec::new(),
            by_id: BTreeMap::new(),
            by_place: BTreeMap::new(),
            by_place_and_label: BTreeMap::new(),
            by_last_token: BTreeMap::new(),
            within: FirstCover::new(named.iter().map(|&token| (token, token))),
            covers: FirstCover::new(at.map(|token| (token.start, token.end))),
            tokens: by_id,
            places,
            review,
            made: BoundedList::default(),
        }
    }

    /// Adds a tag after the others.
    pub(super) fn add(&mut self, tag: Placed) {
        let n = self.placed.len();
        self.by_id.entry(tag.id.clone()).or_insert(n);
        self.by_place.entry(tag.given).or_insert(n);
        let labelled = (tag.given, tag.label.clone());
        self.by_place_and_label.entry(labelled).or_insert(n);
        if let Some((first, last)) = tag.tokens {
            self.by_last_token.entry(last).or_insert(n);
            self.within.cover((first, last), n);
        }
        self.covers.cover(tag.given, n);
        self.placed.push(tag);
    }

    /// The tag with an id.
    pub(super) fn tag(&self, id: &str) -> Option<&Placed> {
        self.placed.get(*self.by_id.get(id)?)
    }

    /// The tag of an end: the one it names, the one at its place, the one its token is in, or a new
    /// one on its word.
    pub(super) fn id(&mut self, end: &RelationEnd) -> Option<SmolStr> {
        if let Some(known) = self.known(end).and_then(|n| self.placed.get(n)) {
            return Some(known.id.clone());
        }
        let token = |id: usize| self.tokens.get(&id);
        let of_tokens = end.tokens.and_then(|(first, last)| {
            let first = token(usize::try_from(first).ok()?)?;
            Some((first.start, token(usize::try_from(last).ok()?)?.end))
        });
        let of_token = end.token.and_then(|id| token(id).map(|t| (t.start, t.end)));
        let (start, end_) = end.place.or(of_tokens).or(of_token)?;
        let given = Given {
            fragments: &[[start, end_]],
            words: end.words.as_deref(),
        };
        let fragments = match self.places.locate(&given) {
            Located::There(fragments) | Located::Found(fragments) => fragments,
            Located::Outside | Located::Different(_) => return None,
        };
        let id = end.id.as_ref().map(SmolStr::new);
        let id = id.unwrap_or_else(|| format_smolstr!("{WORD}-{start}-{end_}"));
        let id = self.free_id(id);
        let label = SmolStr::new(end.label.as_deref().unwrap_or(WORD));
        let last = end.token;
        self.add(Placed {
            id: id.clone(),
            given: (start, end_),
            label: label.clone(),
            tokens: last.map(|last| (last, last)),
        });
        self.made.push(SpanRecord {
            id: id.clone(),
            label,
            fragments: code_point_ranges(fragments),
            review: self.review.map_or("", Review::word).into(),
            ..SpanRecord::default()
        });
        Some(id)
    }

    /// The id, or a longer one that no tag has.
    fn free_id(&self, id: SmolStr) -> SmolStr {
        if !self.by_id.contains_key(&id) {
            return id;
        }
        let mut other = format_smolstr!("{id}b");
        let mut n = self.placed.len();
        while self.by_id.contains_key(&other) {
            other = format_smolstr!("{id}-{n}");
            n += 1;
        }
        other
    }

    fn known(&self, end: &RelationEnd) -> Option<usize> {
        if let Some(found) = end.id.as_ref().and_then(|id| self.by_id.get(&**id)) {
            return Some(*found);
        }
        if let Some(place) = end.place {
            let found = match &end.label {
                Some(label) => self.by_place_and_label.get(&(place, label.into())),
                None => self.by_place.get(&place),
            };
            return found.copied();
        }
        let token = end.token?;
        let last = self.by_last_token.get(&token).copied();
        last.or_else(|| self.within.of(&(token, token)))
            .or_else(|| {
                let at = self.tokens.get(&token)?;
                self.covers.of(&(at.start, at.end))
            })
    }
}

impl RelationEnd {
    /// Which end it is, for messages.
    pub(super) fn described(&self) -> String {
        match (self.place, self.token) {
            (Some((start, end)), _) => format!("at {start} to {end}"),
            (None, Some(token)) => format!("at the token {token}"),
            (None, None) => "without an end".to_owned(),
        }
    }
}
