//! Going through what is suggested: accepting, rejecting, correcting.

use super::gold::Attribution;
use super::ideal_user::{User, bare, same_words};
use super::presses::Part;
use crate::edit::Edge;
use crate::model::{AnnotationId, Document, Target};
use crate::ops::{Edit, Move};
use crate::text::{SourceText, TextRange, overlap};

/// More changes of edges and parts are never cheaper.
const MOST_CORRECTIONS: usize = 4;
/// So many other speakers are looked at with a key before the person takes the mouse.
const TABS: usize = 2;

/// What is wrong with the parts of a suggestion, to be put right with one gesture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Words are missing.
    Missing(TextRange),
    /// Words are too many.
    Surplus(TextRange),
    /// An edge of the part at this place (from 0) is elsewhere.
    Edge(usize, Edge, TextRange),
}

impl User {
    /// Goes through all suggestions in the order of the text. Gives which quotes are tagged then.
    pub(super) fn review(&mut self, quotes: &[Attribution]) -> Vec<bool> {
        let mut done = vec![false; quotes.len()];
        // Each round decides on one; a step to spare for each that changes nothing.
        for _ in 0..=2 * self.player.open.suggestion_count() {
            if !self.is_at_suggestion() && !self.goes_to_suggestion() {
                break;
            }
            let Some(id) = self.current().map(|tag| tag.id.clone()) else {
                break;
            };
            let fixed = self.best_fix(&id, quotes, &done);
            if let Some((number, fixed)) = fixed {
                *self = fixed;
                if let Some(done) = done.get_mut(number) {
                    *done = true;
                }
                continue;
            }
            if self.player.press("x").is_err() {
                break;
            }
            self.pay(Part::Reject, 1);
        }
        done
    }

    fn is_at_suggestion(&self) -> bool {
        let current = self.player.open.selection().tag.as_ref();
        let tag = current.and_then(|id| self.player.open.shown().set().annotation(id));
        tag.is_some_and(|tag| tag.is_open_suggestion() && tag.label == self.quote)
    }

    /// The key for the next suggestion, or the one before.
    fn goes_to_suggestion(&mut self) -> bool {
        let goes = ["j", "k"].iter().any(|key| self.player.press(key).is_ok());
        self.pay(Part::Move, usize::from(goes));
        goes
    }

    /// The cheapest way to make one of the wanted quotes of a suggestion, and which one it is; `None` where
    /// rejecting it is cheaper.
    fn best_fix(
        &self,
        id: &AnnotationId,
        quotes: &[Attribution],
        done: &[bool],
    ) -> Option<(usize, Self)> {
        let document = self.player.open.shown();
        let wanted = quotes.iter().zip(done).enumerate();
        let wanted = wanted.filter(|(_, (_, done))| !**done);
        wanted
            .filter(|(_, (quote, _))| self.is_nearest(document, id, quote))
            .filter_map(|(number, (quote, _))| {
                let way = self.fix(id, quote)?;
                let anew = self.reject_and_add(quote);
                (anew.is_none_or(|anew| way.spent() <= anew)).then_some((number, way))
            })
            .min_by_key(|(_, way)| way.spent())
    }

    /// What is spent when the current suggestion is rejected and the quote tagged anew, among others
    /// that are missing; `None` where that does not work.
    fn reject_and_add(&self, quote: &Attribution) -> Option<usize> {
        let mut user = self.clone();
        user.player.press("x").ok()?;
        user.pay(Part::Reject, 1);
        user.begin_tagging_by_dragging()?;
        user.add_by_dragging(quote).then(|| user.spent())
    }

    /// Whether no other suggestion is closer to a quote.
    fn is_nearest(&self, document: &Document, id: &AnnotationId, quote: &Attribution) -> bool {
        let source = document.source();
        let faults = |id: &AnnotationId| {
            let tag = document.set().annotation(id)?;
            let parts = tag.fragments.as_slice();
            let meets = |part: &TextRange| quote.fragments.iter().any(|want| overlap(*want, *part));
            let counts = tag.label == self.quote && tag.is_open_suggestion();
            (counts && parts.iter().any(meets)).then(|| faults(source, parts, &quote.fragments))
        };
        let Some(here) = faults(id) else {
            return false;
        };
        let meeting = quote
            .fragments
            .iter()
            .flat_map(|part| document.set().overlapping(*part));
        let mut others = meeting.filter_map(|(_, tag)| faults(&tag.id));
        !others.any(|there| there.len() < here.len())
    }

    /// Makes a quote of a suggestion; `None` where that does not work.
    fn fix(&self, id: &AnnotationId, quote: &Attribution) -> Option<Self> {
        let mut user = self.clone();
        for _ in 0..=MOST_CORRECTIONS {
            let document = user.player.open.shown();
            let parts = document.set().annotation(id)?.fragments.as_slice();
            let found = faults(document.source(), parts, &quote.fragments);
            let Some(&fault) = found.first() else {
                return user.answer_and_accept(id, quote);
            };
            user.correct(id, fault)?;
        }
        None
    }

    /// One key or drag.
    fn correct(&mut self, id: &AnnotationId, fault: Fault) -> Option<()> {
        let presses = match fault {
            Fault::Missing(words) => {
                self.add_part(words).then_some(())?;
                1
            }
            Fault::Surplus(words) => {
                self.player.select(words);
                self.player.press("-").ok()?;
                2
            }
            Fault::Edge(index, edge, to) => {
                if let Some(nudged) = self.by_key(id, index, edge, to) {
                    *self = nudged;
                    return Some(());
                }
                let to = match edge {
                    Edge::Start => to.start(),
                    Edge::End => to.end(),
                };
                let tag = id.clone();
                let edit = Edit::SetEdge {
                    tag,
                    index,
                    edge,
                    to,
                };
                self.player.run(edit).ok()?;
                1
            }
        };
        self.pay(Part::Correct, presses);
        Some(())
    }

    /// An edge key, where one press is enough.
    fn by_key(&self, id: &AnnotationId, index: usize, edge: Edge, to: TextRange) -> Option<Self> {
        let keys = match edge {
            Edge::Start => ["{", "}"],
            Edge::End => ["]", "["],
        };
        keys.into_iter().find_map(|key| {
            let mut way = self.clone();
            way.player.press(key).ok()?;
            way.pay(Part::Correct, 1);
            let document = way.player.open.shown();
            let tag = document.set().annotation(id)?;
            let part = tag.fragments.as_slice().get(index)?;
            let (is, wanted) = (bare(document.source(), *part), bare(document.source(), to));
            let is_there = match edge {
                Edge::Start => is.start() == wanted.start(),
                Edge::End => is.end() == wanted.end(),
            };
            is_there.then_some(way)
        })
    }

    /// Names the speaker of a suggestion whose words are right, and accepts it.
    fn answer_and_accept(self, id: &AnnotationId, quote: &Attribution) -> Option<Self> {
        let Some(&speaker) = quote.speakers.first() else {
            let mut none = self;
            none.player.press("0").ok()?;
            none.pay(Part::Link, 1);
            return none.accept(id, quote);
        };
        let answer = self.answer();
        if answer.is_some_and(|(mention, _)| self.is_right(mention, speaker)) {
            return self.accept(id, quote);
        }
        let by_key = (0..TABS).scan(self.clone(), |user, _| {
            user.player.press("Tab").ok()?;
            user.pay(Part::Link, 1);
            Some(user.clone())
        });
        let mut with_mouse = self;
        with_mouse.choose(speaker);
        let ways = by_key.chain([with_mouse]);
        let ways = ways.filter_map(|way| way.accept(id, quote));
        ways.min_by_key(Self::spent)
    }

    /// Accepts a suggestion that is right, and names its further speakers.
    fn accept(mut self, id: &AnnotationId, quote: &Attribution) -> Option<Self> {
        if !self.is_decided(id, quote) {
            self.player.press("Enter").ok()?;
            self.pay(Part::Accept, 1);
        }
        self.is_decided(id, quote).then_some(())?;
        if quote.speakers.len() > 1 {
            // The next suggestion may be the current tag by now; back with a click.
            self.player.run(Move::GoTo(id.clone())).ok()?;
            self.pay(Part::Move, 1);
            self.name_others(quote);
        }
        Some(self)
    }

    /// Whether a suggestion is stored as a tag, with the right speaker, who is confirmed.
    fn is_decided(&self, id: &AnnotationId, quote: &Attribution) -> bool {
        let set = self.player.open.document().set();
        let is_stored = set
            .annotation(id)
            .is_some_and(|tag| !tag.is_open_suggestion());
        let mut links = set.links_from(id).filter(|link| link.confirmed);
        is_stored
            && links.any(|link| match (&link.to, quote.speakers.first()) {
                (Target::Annotation(id), Some(speaker)) => {
                    let mention = set.annotation(id).map(|tag| tag.fragments.hull());
                    mention.is_some_and(|mention| self.is_right(mention, *speaker))
                }
                (Target::NotGiven, None) => true,
                (Target::Annotation(_) | Target::NotGiven | Target::Person(_), _) => false,
            })
    }
}

/// What is to be changed to make the wanted parts of the parts that are there, one after the other.
fn faults(source: &SourceText, parts: &[TextRange], wanted: &[TextRange]) -> Vec<Fault> {
    let meeting = |range: TextRange, among: &[TextRange]| -> Vec<TextRange> {
        let among = among.iter().copied();
        among.filter(|other| overlap(range, *other)).collect()
    };
    let mut found = Vec::new();
    for &want in wanted {
        // None of its parts is there, or several that become one.
        if meeting(want, parts).len() != 1 {
            found.push(Fault::Missing(want));
        }
    }
    for (index, &part) in parts.iter().enumerate() {
        match *meeting(part, wanted) {
            [] => found.push(Fault::Surplus(part)),
            [want] => {
                let (is, should_be) = (bare(source, part), bare(source, want));
                if same_words(source, part, want) || meeting(want, parts).len() > 1 {
                    continue;
                }
                if is.start() != should_be.start() {
                    found.push(Fault::Edge(index, Edge::Start, want));
                }
                if is.end() != should_be.end() {
                    found.push(Fault::Edge(index, Edge::End, want));
                }
            }
            [first, second, ..] => {
                found.push(Fault::Surplus(TextRange::new(first.end(), second.start())));
            }
        }
    }
    found
}
