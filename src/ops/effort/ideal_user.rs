//! A person who knows what is wanted and takes the cheapest way. A key, a click and a drag count 1
//! each.

use smol_str::SmolStr;

use super::Speakers;
use super::gold::Attribution;
use super::player::Player;
use super::presses::{Part, Presses};
use crate::model::{Annotation, Document, Target};
use crate::ops::Edit;
use crate::suggest::{Candidate, CandidateTarget};
use crate::text::{SourceText, TextRange, TextSize};

/// So many untagged passages are looked at before the person takes the mouse.
const PASSAGES: usize = 2;
/// So many words of a mention are tried.
const CLICKS: usize = 8;

#[derive(Clone)]
pub(super) struct User {
    pub(super) player: Player,
    pub(super) presses: Presses,
    /// A speaker who is right waits for a yes.
    waiting: bool,
    speakers: Speakers,
    /// The label of quotes.
    pub(super) quote: SmolStr,
    /// The label of mentions.
    mention: SmolStr,
}

/// Whether two ranges have the same words, whatever the marks at their ends.
pub(super) fn same_words(source: &SourceText, a: TextRange, b: TextRange) -> bool {
    bare(source, a) == bare(source, b)
}

/// A range without marks and blanks at its ends.
pub(super) fn bare(source: &SourceText, range: TextRange) -> TextRange {
    let words = source.slice(range);
    let behind = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = range.start() + (TextSize::of(words) - TextSize::of(behind));
    let words = behind.trim_end_matches(|c: char| !c.is_alphanumeric());
    TextRange::at(start, TextSize::of(words))
}

impl User {
    pub(super) fn new(
        player: Player,
        speakers: Speakers,
        quote: SmolStr,
        mention: SmolStr,
    ) -> Self {
        Self {
            player,
            presses: Presses::default(),
            waiting: false,
            speakers,
            quote,
            mention,
        }
    }

    pub(super) fn pay(&mut self, part: Part, presses: usize) {
        self.presses.count(part, presses);
    }

    pub(super) fn spent(&self) -> usize {
        self.presses.total()
    }

    pub(super) fn source(&self) -> &SourceText {
        self.player.open.document().source()
    }

    pub(super) fn current(&self) -> Option<&Annotation> {
        self.player.open.current_tag()
    }

    /// Tags a quote and names who said it.
    pub(super) fn add(&mut self, quote: &Attribution) {
        if self.tag(quote) {
            self.name(quote);
        }
    }

    /// The same with nothing but the mouse, while drags tag quotes.
    pub(super) fn add_by_dragging(&mut self, quote: &Attribution) -> bool {
        let Some((&first, others)) = quote.fragments.split_first() else {
            return false;
        };
        let Some(dragged) = self.by_drag(first) else {
            return false;
        };
        *self = dragged;
        self.add_parts(others);
        self.name(quote);
        true
    }

    /// Whether a quote with nothing but this part has just been made.
    fn made(&self, part: TextRange, before: usize) -> bool {
        self.player.open.document().set().annotation_count() > before
            && self.current().is_some_and(|tag| {
                tag.label == self.quote
                    && tag.fragments.len() == 1
                    && same_words(self.source(), tag.fragments.hull(), part)
            })
    }

    /// Says yes to the speaker that waits for it.
    pub(super) fn settle(&mut self) {
        if self.waiting {
            let _ = self.player.press("Enter");
            self.pay(Part::Link, 1);
            self.waiting = false;
        }
    }

    /// Takes the cheapest way to the words of a quote; `false` where it cannot be tagged.
    fn tag(&mut self, quote: &Attribution) -> bool {
        let Some((&first, others)) = quote.fragments.split_first() else {
            return false;
        };
        // A click on words that the program finds by itself costs as much as a drag.
        let ways = [self.by_passage(first), self.by_drag(first)];
        let cheapest = ways.into_iter().flatten().min_by_key(Self::spent);
        let Some(cheapest) = cheapest else {
            return false;
        };
        *self = cheapest;
        self.add_parts(others);
        true
    }

    fn add_parts(&mut self, parts: &[TextRange]) {
        for part in parts {
            // With the mouse as dear as with the key, and sure.
            self.add_part(*part);
            self.pay(Part::Add, 1);
        }
    }

    /// Drags over more words of the current quote.
    pub(super) fn add_part(&mut self, part: TextRange) -> bool {
        self.player.select(part);
        self.player.run(Edit::AddFragment).is_ok()
    }

    /// The key for the next untagged passage.
    fn by_passage(&self, part: TextRange) -> Option<Self> {
        let before = self.player.open.document().set().annotation_count();
        let mut next = self.clone();
        for _ in 0..PASSAGES {
            next.player.press("Shift+n").ok()?;
            next.pay(Part::Move, 1);
            next.waiting = false;
            let mut way = next.clone();
            if way.tags() && way.made(part, before) {
                way.pay(Part::Add, 1);
                return Some(way);
            }
        }
        None
    }

    /// A drag over the words, which tags them at once: it confirms the speaker shown for the quote before.
    fn by_drag(&self, part: TextRange) -> Option<Self> {
        let mut drag = self.clone();
        if drag.begin_tagging_by_dragging()? {
            drag.pay(Part::Add, 1);
        }
        drag.player.drag(part).ok()?;
        drag.waiting = false;
        drag.pay(Part::Move, 1);
        Some(drag)
    }

    /// Drags tag quotes: whether they did not before. `None` where that does not work.
    pub(super) fn begin_tagging_by_dragging(&mut self) -> Option<bool> {
        let begins = self.player.dragged_label() != Some(&self.quote);
        if begins {
            let label = self.quote.clone();
            self.player.tag_by_dragging(&label).ok()?;
        }
        Some(begins)
    }

    /// Drags select words: the person is about to do something else with them than to tag quotes.
    fn stop_tagging_by_dragging(&mut self) {
        if let Some(label) = self.player.dragged_label().cloned() {
            // The key that began it also ends it.
            let _ = self.player.tag_by_dragging(&label);
            self.pay(Part::Move, 1);
        }
    }

    /// Presses the key that tags quotes.
    fn tags(&mut self) -> bool {
        let label = self.quote.clone();
        self.player.tag(&label).is_ok()
    }

    pub(super) fn is_right(&self, mention: TextRange, speaker: TextRange) -> bool {
        match self.speakers {
            Speakers::ToTheWord => same_words(self.source(), mention, speaker),
            Speakers::ByOverlap => {
                mention.start() < speaker.end() && speaker.start() < mention.end()
            }
        }
    }

    /// Where the link of the current quote leads, and whether that is confirmed.
    pub(super) fn answer(&self) -> Option<(TextRange, bool)> {
        let set = self.player.open.shown().set();
        let current = self.current()?;
        let role = self.player.open.schema().speaker_role(&current.label)?;
        let mut links = set.links_from(&current.id);
        let link = links.find(|link| link.role == role.key)?;
        match &link.to {
            Target::Annotation(id) => Some((set.annotation(id)?.fragments.hull(), link.confirmed)),
            Target::Person(_) | Target::NotGiven => None,
        }
    }

    /// Names who said the current quote, which has just been tagged.
    fn name(&mut self, quote: &Attribution) {
        let Some(&speaker) = quote.speakers.first() else {
            if self.player.press("0").is_ok() {
                self.pay(Part::Link, 1);
            }
            self.waiting = false;
            return;
        };
        match self.answer() {
            Some((mention, confirmed)) if self.is_right(mention, speaker) => {
                self.waiting = !confirmed;
            }
            Some(_) | None => {
                self.waiting = false;
                self.choose(speaker);
            }
        }
        self.name_others(quote);
    }

    /// Tags and links further speakers.
    pub(super) fn name_others(&mut self, quote: &Attribution) {
        for other in quote.speakers.iter().skip(1) {
            self.settle();
            self.stop_tagging_by_dragging();
            let Some(from) = self.current().map(|tag| tag.id.clone()) else {
                return;
            };
            self.player.select(*other);
            let label = self.mention.clone();
            let _ = self.player.tag(&label);
            if let Some(to) = self.current().map(|tag| tag.id.clone()) {
                let _ = self.player.link(from, to, true);
            }
            self.pay(Part::Move, 1);
            self.pay(Part::Link, 2);
        }
    }

    /// Links the current quote to another speaker than the one shown, and confirms that.
    pub(super) fn choose(&mut self, speaker: TextRange) {
        let Some(quote) = self.current().map(|tag| tag.id.clone()) else {
            return;
        };
        let document = self.player.open.shown();
        let offered = self.player.open.chips().and_then(|chips| {
            let mut places = chips.candidates.iter();
            places.position(|candidate| {
                let mention = place_of(document, candidate);
                mention.is_some_and(|mention| self.is_right(mention, speaker))
            })
        });
        if let Some(at) = offered
            && self.player.run(Edit::ChooseCandidate(at)).is_ok()
        {
            self.pay(Part::Link, 1);
            return;
        }
        let at = places(self.source(), speaker).into_iter().find(|at| {
            let mention = self.player.open.mention_at(*at);
            mention.is_some_and(|mention| self.is_right(mention, speaker))
        });
        if let Some(at) = at {
            let from = quote.clone();
            if self.player.run(Edit::LinkToMentionAt { from, at }).is_ok() {
                self.pay(Part::Link, 1);
                return;
            }
        }
        self.stop_tagging_by_dragging();
        self.player.select(speaker);
        let label = self.mention.clone();
        let _ = self.player.tag(&label);
        self.pay(Part::Move, 1);
        self.pay(Part::Link, 1);
        let set = self.player.open.document().set();
        let linked = set.links_from(&quote).any(|link| link.confirmed);
        if !linked && let Some(to) = self.current().map(|tag| tag.id.clone()) {
            let _ = self.player.link(quote, to, false);
            self.pay(Part::Link, 1);
        }
    }
}

/// Where a candidate is mentioned.
pub(super) fn place_of(document: &Document, candidate: &Candidate) -> Option<TextRange> {
    match &candidate.target {
        CandidateTarget::Tagged(id) => {
            let tag = document.set().annotation(id)?;
            Some(tag.fragments.hull())
        }
        CandidateTarget::Untagged(range) => Some(*range),
        CandidateTarget::Person(_) => None,
    }
}

/// Places to click on: words here and there.
fn places(source: &SourceText, range: TextRange) -> Vec<TextSize> {
    let words = source.slice(range);
    let starts: Vec<usize> = words
        .char_indices()
        .zip(words.char_indices().skip(1))
        .filter(|((_, before), (_, c))| !before.is_alphanumeric() && c.is_alphanumeric())
        .map(|(_, (at, _))| at)
        .collect();
    let step = (starts.len() / CLICKS).max(1);
    let near = starts.iter().step_by(step).copied();
    std::iter::once(0)
        .chain(near)
        .map(|at| at + 1)
        .filter(|at| words.is_char_boundary(*at))
        .filter_map(|at| Some(range.start() + TextSize::try_from(at).ok()?))
        .collect()
}
