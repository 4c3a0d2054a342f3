//! A person who knows what is wanted and takes the cheapest way: accepts what the program proposes
//! when it is right and corrects it otherwise. A key, a click and a drag count 1 each.

use std::collections::BTreeMap;
use std::path::Path;

use pullquote::model::{Annotation, Target};
use pullquote::ops::Edit;
use pullquote::suggest::CandidateTarget;
use pullquote::text::{SourceText, TextRange, TextSize};

use rayon::prelude::*;

use super::corpus::{Attribution, Gold, read};
use crate::support::Player;

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The key for the next untagged passage.
    Next,
    /// A click on a place where the program finds the words.
    Click,
    /// A drag over words it would not find.
    Drag,
    /// The key that tags.
    Tag,
    /// A key or a drag for each further part of a split quote.
    Extend,
    /// Enter for a speaker who was right.
    Enter,
    /// A click on another speaker that was offered.
    Choose,
    /// A drag from the quote to a mention.
    DragLink,
    /// A drag over a mention and the key that tags it as speaker.
    TagSpeaker,
    /// The key that says there is no speaker.
    NotGiven,
    /// All for a second speaker.
    Second,
}

type Bill = BTreeMap<Part, usize>;

#[derive(Clone)]
struct User {
    player: Player,
    bill: Bill,
    /// A speaker who is right waits for a yes.
    waiting: bool,
    exact_speaker: bool,
}

/// Whether two ranges have the same words, whatever the marks at their ends.
fn same_words(source: &SourceText, a: TextRange, b: TextRange) -> bool {
    bare(source, a) == bare(source, b)
}

fn bare(source: &SourceText, range: TextRange) -> TextRange {
    let words = source.slice(range);
    let start = words.len()
        - words
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .len();
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    TextRange::at(
        range.start() + TextSize::try_from(start).unwrap(),
        TextSize::of(words),
    )
}

impl User {
    fn pay(&mut self, part: Part, actions: usize) {
        *self.bill.entry(part).or_default() += actions;
    }

    fn spent(&self) -> usize {
        self.bill.values().sum()
    }

    fn source(&self) -> &SourceText {
        self.player.open.document().source()
    }

    fn current(&self) -> Option<&Annotation> {
        self.player.open.current_tag()
    }

    /// Whether a quote with nothing but this part has just been made.
    fn made(&self, part: TextRange, before: usize) -> bool {
        self.player.open.document().set().annotation_count() > before
            && self.current().is_some_and(|tag| {
                tag.label == "quote"
                    && tag.fragments.len() == 1
                    && same_words(self.source(), tag.fragments.hull(), part)
            })
    }

    fn settle(&mut self) {
        if self.waiting {
            self.player.press("Enter").unwrap();
            self.pay(Part::Enter, 1);
            self.waiting = false;
        }
    }

    /// The ways to the words of a quote, by what they cost.
    fn tag(&mut self, quote: &Attribution) {
        let first = quote.fragments[0];
        let before = self.player.open.document().set().annotation_count();
        let mut ways: Vec<Self> = Vec::new();
        let mut next = self.clone();
        for _ in 0..2 {
            if next.player.press("Shift+n").is_err() {
                break;
            }
            next.pay(Part::Next, 1);
            next.waiting = false;
            let mut way = next.clone();
            if way.player.press("q").is_ok() && way.made(first, 0) {
                way.pay(Part::Tag, 1);
                ways.push(way);
                break;
            }
        }
        let mut click = self.clone();
        click.settle();
        for at in places(self.source(), first) {
            let mut way = click.clone();
            way.player.click(at);
            if way.player.press("q").is_ok() && way.made(first, before) {
                way.pay(Part::Click, 1);
                way.pay(Part::Tag, 1);
                ways.push(way);
                break;
            }
        }
        let mut drag = click;
        drag.player.select(first);
        drag.player.press("q").unwrap();
        drag.pay(Part::Drag, 1);
        drag.pay(Part::Tag, 1);
        ways.push(drag);
        *self = ways.into_iter().min_by_key(Self::spent).unwrap();
        for part in &quote.fragments[1..] {
            // With the mouse as dear as with the key, and sure.
            self.player.select(*part);
            let _ = self.player.run(Edit::AddFragment);
            self.pay(Part::Extend, 1);
        }
    }

    fn is_right(&self, mention: TextRange, speaker: TextRange) -> bool {
        if self.exact_speaker {
            return same_words(self.source(), mention, speaker);
        }
        mention.start() < speaker.end() && speaker.start() < mention.end()
    }

    /// Where a link leads.
    fn answer(&self) -> Option<(TextRange, bool)> {
        let set = self.player.open.document().set();
        let link = set.links_from(&self.current()?.id).next()?;
        match &link.to {
            Target::Annotation(id) => Some((set.annotation(id)?.fragments.hull(), link.confirmed)),
            Target::Person(_) | Target::NotGiven => None,
        }
    }

    fn name(&mut self, quote: &Attribution) {
        let Some(&speaker) = quote.speakers.first() else {
            if self.player.press("0").is_ok() {
                self.pay(Part::NotGiven, 1);
            }
            self.waiting = false;
            return;
        };
        self.name_first(speaker);
        for other in quote.speakers.iter().skip(1) {
            self.settle();
            let from = self.current().unwrap().id.clone();
            self.player.select(*other);
            let _ = self.player.press("s");
            if let Some(to) = self.current().map(|tag| tag.id.clone()) {
                let to = Target::Annotation(to);
                let _ = self.player.run(Edit::Link {
                    from,
                    to,
                    add: true,
                });
            }
            self.pay(Part::Second, 3);
        }
    }

    fn name_first(&mut self, speaker: TextRange) {
        if let Some((mention, confirmed)) = self.answer()
            && self.is_right(mention, speaker)
        {
            self.waiting = !confirmed;
            return;
        }
        self.waiting = false;
        let quote = self.current().unwrap().id.clone();
        let set = self.player.open.document().set();
        let offered = self.player.open.chips().and_then(|chips| {
            chips.candidates.iter().position(|candidate| {
                let mention = match &candidate.target {
                    CandidateTarget::Tagged(id) => {
                        set.annotation(id).map(|tag| tag.fragments.hull())
                    }
                    CandidateTarget::Untagged(range) => Some(*range),
                    CandidateTarget::Person(_) => None,
                };
                mention.is_some_and(|mention| self.is_right(mention, speaker))
            })
        });
        if let Some(at) = offered {
            self.player.run(Edit::ChooseCandidate(at)).unwrap();
            self.pay(Part::Choose, 1);
            return;
        }
        let at = places(self.source(), speaker).into_iter().find(|at| {
            let mention = self.player.open.mention_at(*at);
            mention.is_some_and(|mention| self.is_right(mention, speaker))
        });
        if let Some(at) = at {
            let from = quote.clone();
            self.player.run(Edit::LinkToMentionAt { from, at }).unwrap();
            self.pay(Part::DragLink, 1);
            return;
        }
        self.player.select(speaker);
        self.player.press("s").unwrap();
        self.pay(Part::TagSpeaker, 2);
        let set = self.player.open.document().set();
        let linked = set.links_from(&quote).any(|link| link.confirmed);
        if !linked {
            let to = Target::Annotation(self.current().unwrap().id.clone());
            let link = Edit::Link {
                from: quote,
                to,
                add: false,
            };
            self.player.run(link).unwrap();
            self.pay(Part::DragLink, 1);
        }
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
    let step = (starts.len() / 8).max(1);
    let near = starts.iter().step_by(step).copied();
    std::iter::once(0)
        .chain(near)
        .map(|at| range.start() + TextSize::try_from(at).unwrap() + TextSize::new(1))
        .filter(|at| words.is_char_boundary(usize::from(*at - range.start())))
        .collect()
}

fn play(gold: &Gold, exact_speaker: bool) -> Bill {
    let mut user = User {
        player: Player::on(&gold.text),
        bill: Bill::new(),
        waiting: false,
        exact_speaker,
    };
    for quote in &gold.quotes {
        user.tag(quote);
        user.name(quote);
    }
    user.settle();
    user.bill
}

/// `PULLQUOTE_CORPUS` names the articles: a JSON Lines file as described in [`super::corpus`].
#[test]
#[ignore = "reads the articles that PULLQUOTE_CORPUS names"]
fn an_ideal_user_spends_few_actions_on_an_attribution() {
    let path = std::env::var("PULLQUOTE_CORPUS").unwrap();
    let articles = read(Path::new(&path));
    let quotes: usize = articles.iter().map(|gold| gold.quotes.len()).sum();
    for exact_speaker in [false, true] {
        let mut bill = Bill::new();
        let bills: Vec<Bill> = articles
            .par_iter()
            .map(|gold| play(gold, exact_speaker))
            .collect();
        for one in &bills {
            for (&part, actions) in one {
                *bill.entry(part).or_default() += actions;
            }
        }
        let all: usize = bill.values().sum();
        let mean = all as f64 / quotes as f64;
        assert!(mean <= 3.5, "{mean}");
        println!(
            "{mean:.2} actions per attribution ({quotes} in {} articles), speakers {}",
            articles.len(),
            if exact_speaker {
                "to the word"
            } else {
                "by overlap"
            }
        );
        for (part, actions) in &bill {
            println!("  {:.3} {part:?}", *actions as f64 / quotes as f64);
        }
    }
}
