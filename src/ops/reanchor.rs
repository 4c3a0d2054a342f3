//! The article has changed since it was annotated: its tags follow their words, as one step that can
//! be undone.

use std::fmt;
use std::path::Path;

use super::word_support::{FoundWords, Support};
use crate::edit;
use crate::format::draining::Draining;
use crate::format::sidecar::{self, SidecarContents, SidecarError, UnplacedTag};
use crate::model::{
    Annotation, Change, Delta, Document, Fragments, Review, Transaction, UnreadRecord,
};
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
    if let Some(contents) = sidecar::read_same_text(bytes, source)? {
        return Ok((contents, None));
    }
    let Following {
        mut contents,
        placed,
        annotated,
        mut report,
    } = following(bytes, annotated_text(bytes, file, source), source)?;
    let mut transaction = Transaction::new("moved tags to the changed article");
    let changes = &mut transaction.changes;
    for (tag, places) in Draining::new(placed) {
        contents.unread.push(tag.carried.clone());
        changes.push(Change::Unread(Delta::remove(tag.carried.clone())));
        changes.push(
            match report.follow(tag, &places, annotated.as_ref(), source) {
                Followed::Placed(tag) => Change::Annotation(Delta::insert(*tag)),
                Followed::Lost(lost) => Change::Unread(Delta::insert(lost)),
            },
        );
    }
    contents.unread.sort();
    let any = !transaction.changes.is_empty();
    let followed = any.then_some(Reanchored {
        transaction,
        report,
    });
    Ok((contents, followed))
}

/// [`read_reanchored`] with the tags of a changed article in their new places already.
pub(super) fn read_followed(
    bytes: &[u8],
    file: &Path,
    source: &SourceText,
) -> Result<(SidecarContents, Option<ReanchorReport>), SidecarError> {
    match sidecar::read_same_text(bytes, source)? {
        Some(contents) => Ok((contents, None)),
        None => follow_from(bytes, annotated_text(bytes, file, source), source),
    }
}

/// The text that a sidecar was written about, if it was kept beside `file` or is `source` with other line
/// ends.
fn annotated_text(bytes: &[u8], file: &Path, source: &SourceText) -> Option<SourceText> {
    let recorded = sidecar::recorded_source(bytes)?;
    let is_annotated = |text: &SourceText| text.sha256() == recorded.sha256;
    let kept = find_snapshot(file, &recorded.sha256);
    kept.or_else(|| source.in_other_line_ends().filter(is_annotated))
}

fn follow_from(
    bytes: &[u8],
    annotated: Option<SourceText>,
    source: &SourceText,
) -> Result<(SidecarContents, Option<ReanchorReport>), SidecarError> {
    let Following {
        mut contents,
        placed,
        annotated,
        mut report,
    } = following(bytes, annotated, source)?;
    let any = !placed.is_empty();
    for (tag, places) in Draining::new(placed) {
        match report.follow(tag, &places, annotated.as_ref(), source) {
            Followed::Placed(tag) => drop(contents.set.insert_annotation(*tag)),
            Followed::Lost(lost) => contents.unread.push(lost),
        }
    }
    contents.unread.sort();
    Ok((contents, any.then_some(report)))
}

/// The document with its tags where they are in another text.
pub(super) fn on_new_text(
    document: &Document,
    source: &SourceText,
) -> Result<Document, SidecarError> {
    let text = sidecar::write(document, "");
    let annotated = Some(document.source().clone());
    let (contents, _) = follow_from(text.as_bytes(), annotated, source)?;
    let annotator = document.meta().annotator.as_deref();
    Ok(contents.into_document(source.clone(), annotator))
}

/// A sidecar of another text, and where its tags are to go.
struct Following {
    /// All but those tags.
    contents: SidecarContents,
    placed: Vec<(UnplacedTag, Places)>,
    /// The text that was annotated, if available.
    annotated: Option<SourceText>,
    report: ReanchorReport,
}

/// Reads a sidecar of another text than `source`, with the text that was annotated, if available.
fn following(
    bytes: &[u8],
    annotated: Option<SourceText>,
    source: &SourceText,
) -> Result<Following, SidecarError> {
    let (mut contents, tags) = sidecar::read_unplaced(bytes, source)?;
    let report = ReanchorReport {
        by_snapshot: annotated.is_some(),
        other_line_ends: annotated.as_ref().is_some_and(|annotated| {
            let other = source.in_other_line_ends();
            other.is_some_and(|other| other.sha256() == annotated.sha256())
        }),
        ..ReanchorReport::default()
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
    Ok(Following {
        contents,
        placed,
        annotated,
        report,
    })
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

/// What becomes of a tag.
enum Followed {
    Placed(Box<Annotation>),
    Lost(UnreadRecord),
}

impl ReanchorReport {
    /// What becomes of a tag, which is counted.
    fn follow(
        &mut self,
        tag: UnplacedTag,
        places: &[(Anchored, Option<TextRange>)],
        annotated: Option<&SourceText>,
        source: &SourceText,
    ) -> Followed {
        let Some((fragments, fate)) = fragments_of(places) else {
            self.lost += 1;
            let around = annotated.and_then(|text| {
                let start = places.first()?.1?.start();
                let end = places.last()?.1?.end();
                Some((before(text, start), behind(text, end)))
            });
            return Followed::Lost(tag.lost(around));
        };
        let words = tag.words().to_vec();
        let mut placed = tag.placed(fragments);
        match fate {
            Fate::Same => self.same += 1,
            Fate::Moved => self.moved += 1,
            Fate::Check => {
                self.check += 1;
                look_again(&mut placed, words, source);
            }
        }
        Followed::Placed(Box::new(placed))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentParts, Link, Origin, Target};

    #[test]
    fn tags_follow_at_once_as_they_do_by_a_step() {
        let annotated = SourceText::new("“Yes,” he said. “No words stay.” He left.", "UTF-8");
        let mut parts = DocumentParts::new(annotated.unwrap());
        for (id, words) in [("a", "“Yes,”"), ("b", "“No words stay.”"), ("c", "He left")] {
            let start = parts.source.as_str().find(words).unwrap();
            let start = TextSize::try_from(start).unwrap();
            let place = TextRange::at(start, TextSize::of(words))
                .try_into()
                .unwrap();
            let by = Origin::Annotator("".into());
            let tag = Annotation::new(id, "quote", place, by.clone());
            parts.set.insert_annotation(tag);
            let to = Target::Annotation("c".into());
            parts.set.insert_link(Link::new(id, "speaker", id, to, by));
        }
        let bytes = sidecar::write(&parts.into(), "a.txt");
        let now = SourceText::new("On Monday: “Yes,” he said. He left.", "UTF-8").unwrap();
        let file = Path::new("/nowhere/a.txt.ron");
        let (contents, followed) = read_reanchored(bytes.as_bytes(), file, &now).unwrap();
        let followed = followed.unwrap();
        let mut by_step = contents.into_document(now.clone(), None);
        follow_now(&mut by_step, &followed);
        let (contents, report) = read_followed(bytes.as_bytes(), file, &now).unwrap();
        let at_once = contents.into_document(now, None);
        assert_eq!(report, Some(followed.report));
        assert_eq!(followed.report.lost, 1);
        let written = |document| sidecar::write(document, "a.txt");
        assert_eq!(written(&at_once), written(&by_step));
    }
}
