//! The article has changed since it was annotated: its tags follow their words, as one step that can
//! be undone.

use std::fmt;
use std::path::Path;

use super::word_support::{FoundWords, Support};
use crate::edit;
use crate::format::draining::Draining;
use crate::format::sidecar::{self, SidecarContents, SidecarError, UnplacedTag};
use crate::model::{Annotation, Change, Delta, Document, Fragments, Review, Transaction};
use crate::store::find_snapshot;
use crate::text::{Anchored, Doubt, Reanchoring, SourceText, TextRange, TextSize, WordFinder};

/// How much of what was around a lost tag is kept, in characters.
const CONTEXT: usize = 32;

/// How tags follow an article that has changed.
#[derive(Debug, Clone)]
pub struct Reanchored {
    /// Takes the records that are carried along and puts the tags in their new places.
    pub transaction: Transaction,
    /// What became of them.
    pub report: ReanchorReport,
}

/// What became of the tags of an article that has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReanchorReport {
    /// Tags that are where they were.
    pub same: usize,
    /// Tags that are elsewhere, with the same words.
    pub moved: usize,
    /// Tags someone should look at: their words have changed, or are more than once.
    pub check: usize,
    /// Tags whose words are gone; kept apart.
    pub lost: usize,
    /// Whether the text that was annotated was available. Otherwise only words that are there once
    /// were found.
    pub by_snapshot: bool,
    /// Whether nothing but the ends of lines has changed.
    pub other_line_ends: bool,
}

impl ReanchorReport {
    /// Whether it is the same text with other line ends, as git writes them on Windows: nothing to tell.
    #[must_use]
    pub fn is_same_text(&self) -> bool {
        self.other_line_ends && self.check + self.lost == 0
    }
}

impl fmt::Display for ReanchorReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the article has changed since it was annotated: ")?;
        let mut first = true;
        for (count, one, many) in [
            (self.same, "in place", "in place"),
            (self.moved, "moved", "moved"),
            (self.check, "to check", "to check"),
            (self.lost, "lost", "lost"),
        ] {
            if count == 0 {
                continue;
            }
            let words = if count == 1 { one } else { many };
            let tags = match (first, count) {
                (true, 1) => " tag",
                (true, _) => " tags",
                (false, _) => "",
            };
            let comma = if first { "" } else { ", " };
            write!(f, "{comma}{count}{tags} {words}")?;
            first = false;
        }
        if !self.by_snapshot {
            f.write_str(
                " (the annotated text is missing, so only words that occur once were found, and those \
                 that stand alone are to be checked)",
            )?;
        }
        Ok(())
    }
}

/// Reads a sidecar of the article `source`, which may have changed since it was annotated; the
/// annotated text is looked for beside `file`. If it has changed, the contents still carry all tags
/// along as records, and the second says how they follow; it is `None` where there are none.
pub(super) fn read_reanchored(
    bytes: &[u8],
    file: &Path,
    source: &SourceText,
) -> Result<(SidecarContents, Option<Reanchored>), SidecarError> {
    let contents = sidecar::read_bytes(bytes, source)?;
    if contents.source_matches {
        return Ok((contents, None));
    }
    // What was read is read again in another way: not both at once.
    drop(contents);
    let annotated = sidecar::recorded_source(bytes).and_then(|recorded| {
        let is_annotated = |text: &SourceText| text.sha256() == recorded.sha256;
        let kept = find_snapshot(file, &recorded.sha256);
        kept.or_else(|| source.in_other_line_ends().filter(is_annotated))
    });
    reanchor_from(bytes, annotated, source)
}

/// The document with its tags where they are in another text.
pub(super) fn on_new_text(
    document: &Document,
    source: &SourceText,
) -> Result<Document, SidecarError> {
    let text = sidecar::write(document, "");
    let annotated = Some(document.source().clone());
    let (contents, followed) = reanchor_from(text.as_bytes(), annotated, source)?;
    let annotator = document.meta().annotator.as_deref();
    let mut new = contents.into_document(source.clone(), annotator);
    if let Some(followed) = &followed {
        follow_now(&mut new, followed);
    }
    Ok(new)
}

/// Reads a sidecar of another text than `source`, with the text that was annotated, if available.
fn reanchor_from(
    bytes: &[u8],
    annotated: Option<SourceText>,
    source: &SourceText,
) -> Result<(SidecarContents, Option<Reanchored>), SidecarError> {
    let (mut contents, tags) = sidecar::read_unplaced(bytes, source)?;
    let mut followed = Reanchored {
        transaction: Transaction::new("moved tags to the changed article"),
        report: ReanchorReport {
            by_snapshot: annotated.is_some(),
            other_line_ends: annotated.as_ref().is_some_and(|annotated| {
                let other = source.in_other_line_ends();
                other.is_some_and(|other| other.sha256() == annotated.sha256())
            }),
            ..ReanchorReport::default()
        },
    };
    let mut finder = match &annotated {
        Some(annotated) => Finder::Texts(Box::new(Reanchoring::new(annotated, source))),
        None => Finder::Words(Box::new(WordFinder::new(source))),
    };
    let mut placed = Vec::with_capacity(tags.len());
    for tag in Draining::new(tags) {
        match finder.places(&tag, annotated.as_ref(), source) {
            Ok(places) => placed.push((tag, places)),
            // It fitted the text it was made for as little.
            Err(reason) => contents.unread.push(tag.unreadable(reason)),
        }
    }
    if annotated.is_none() {
        doubt_what_stands_alone(&mut placed, source);
    }
    for (tag, places) in Draining::new(placed) {
        contents.unread.push(tag.carried.clone());
        followed.follow(tag, &places, annotated.as_ref(), source);
    }
    contents.unread.sort();
    let followed = (!followed.transaction.changes.is_empty()).then_some(followed);
    Ok((contents, followed))
}

/// Has people look at words that were found by themselves, unless the tags around them are as far from
/// them as they were.
fn doubt_what_stands_alone(placed: &mut [(UnplacedTag, Places)], source: &SourceText) {
    let found_words = |tag: &UnplacedTag, places: &Places| -> Vec<Option<FoundWords>> {
        let then = tag.starts().zip(tag.words());
        then.zip(places)
            .map(|((was, words), (found, range))| {
                let now = match found {
                    Anchored::Same => *range,
                    Anchored::Moved(range) => Some(*range),
                    Anchored::Check(..) | Anchored::Lost => None,
                };
                Some(FoundWords {
                    was,
                    is: source.char_of_byte(now?.start())?,
                    length: u32::try_from(words.chars().count()).ok()?,
                })
            })
            .collect()
    };
    let all = placed
        .iter()
        .flat_map(|(tag, places)| found_words(tag, places));
    let support = Support::new(all.flatten().collect());
    for (tag, places) in placed {
        let found = found_words(tag, places);
        for (found, (place, range)) in found.into_iter().zip(places) {
            if found.is_some_and(|found| !support.is_enough(found)) {
                let now = match place {
                    Anchored::Same => *range,
                    Anchored::Moved(range) | Anchored::Check(range, _) => Some(*range),
                    Anchored::Lost => None,
                };
                *place = now.map_or(*place, |now| Anchored::Check(now, Doubt::Elsewhere));
            }
        }
    }
}

/// Puts the tags of a document in their new places, outside of any history.
pub(super) fn follow_now(document: &mut Document, followed: &Reanchored) {
    if let Err(error) = edit::apply(document, &followed.transaction) {
        log::warn!("tags do not follow the changed article: {error}");
    }
}

enum Finder<'t> {
    Texts(Box<Reanchoring<'t>>),
    Words(Box<WordFinder<'t>>),
}

/// What became of each fragment, with the words it covered and its place then, where known.
type Places = Vec<(Anchored, Option<TextRange>)>;

impl Finder<'_> {
    fn places(
        &mut self,
        tag: &UnplacedTag,
        annotated: Option<&SourceText>,
        source: &SourceText,
    ) -> Result<Places, String> {
        match (self, annotated) {
            (Self::Texts(texts), Some(annotated)) => {
                let fragments = tag.place_in(annotated)?;
                let anchor = |range| (texts.anchor(range), Some(range));
                Ok(fragments.iter().map(anchor).collect())
            }
            (Self::Words(words), _) => {
                let starts = tag.starts().zip(tag.words());
                let find = |(start, text): (u32, &String)| {
                    let before = source.byte_of_char(start);
                    let found = words.find(text, before.unwrap_or(TextSize::new(u32::MAX)));
                    let range = before.map(|at| TextRange::at(at, TextSize::of(text.as_str())));
                    (found, range.filter(|_| found == Anchored::Same))
                };
                Ok(starts.map(find).collect())
            }
            (Self::Texts(_), None) => Err("the annotated text is missing".to_owned()),
        }
    }
}

impl Reanchored {
    fn follow(
        &mut self,
        tag: UnplacedTag,
        places: &[(Anchored, Option<TextRange>)],
        annotated: Option<&SourceText>,
        source: &SourceText,
    ) {
        let changes = &mut self.transaction.changes;
        changes.push(Change::Unread(Delta::remove(tag.carried.clone())));
        let Some((fragments, fate)) = fragments_of(places) else {
            self.report.lost += 1;
            let around = annotated.and_then(|text| {
                let start = places.first()?.1?.start();
                let end = places.last()?.1?.end();
                Some((before(text, start), behind(text, end)))
            });
            let lost = tag.lost(around);
            changes.push(Change::Unread(Delta::insert(lost)));
            return;
        };
        let words = tag.words().to_vec();
        let mut placed = tag.placed(fragments);
        match fate {
            Fate::Same => self.report.same += 1,
            Fate::Moved => self.report.moved += 1,
            Fate::Check => {
                self.report.check += 1;
                look_again(&mut placed, words, source);
            }
        }
        changes.push(Change::Annotation(Delta::insert(placed)));
    }
}

/// Notes that someone should look at a tag.
fn look_again(tag: &mut Annotation, words: Vec<String>, source: &SourceText) {
    let now = tag.fragments.iter().map(|range| source.slice(range));
    if !now.eq(words.iter().map(String::as_str)) {
        tag.review = Review::Unreviewed;
    }
    // Not checked since the last change: then the first words say most.
    if tag.former_words.is_empty() {
        tag.former_words = words.into();
    }
}

/// From best to worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Same,
    Moved,
    Check,
}

/// Where a tag is now, judged by the worst of its fragments; `None` where nothing is left of it.
/// What is left of one of which a part is gone is to be checked.
pub(super) fn fragments_of(places: &[(Anchored, Option<TextRange>)]) -> Option<(Fragments, Fate)> {
    let mut fate = Fate::Same;
    let mut ranges = Vec::with_capacity(places.len());
    for (found, was) in places {
        let (range, this) = match found {
            Anchored::Same => (*was, Fate::Same),
            Anchored::Moved(range) => (Some(*range), Fate::Moved),
            Anchored::Check(range, _) => (Some(*range), Fate::Check),
            Anchored::Lost => (None, Fate::Check),
        };
        fate = fate.max(this);
        ranges.extend(range);
    }
    if let Ok(fragments) = Fragments::new(ranges.clone()) {
        return Some((fragments, fate));
    }
    // Parts that have changed places, or met.
    let fragments = Fragments::normalized(ranges).ok()?;
    Some((fragments, Fate::Check))
}

/// The last characters before a place.
fn before(text: &SourceText, at: TextSize) -> &str {
    let words = text.slice(TextRange::up_to(at));
    let start = words.char_indices().rev().take(CONTEXT).last();
    words
        .get(start.map_or(words.len(), |(start, _)| start)..)
        .unwrap_or_default()
}

/// The first characters after a place.
fn behind(text: &SourceText, at: TextSize) -> &str {
    let words = text.slice(TextRange::new(at, text.len()));
    let end = words.char_indices().nth(CONTEXT);
    words
        .get(..end.map_or(words.len(), |(end, _)| end))
        .unwrap_or_default()
}
