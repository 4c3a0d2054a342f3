//! Plays keys and mouse gestures into an open article and counts them.

use std::ops::{Deref, DerefMut};

use pullquote::format::schema_file::default_schema;
use pullquote::model::{AnnotationId, Document, Target};
use pullquote::ops;
use pullquote::text::{SourceText, TextRange, TextSize};

/// The player of the program, with what tests ask for.
#[derive(Clone)]
pub(crate) struct Player(ops::Player);

impl Deref for Player {
    type Target = ops::Player;

    fn deref(&self) -> &ops::Player {
        &self.0
    }
}

impl DerefMut for Player {
    fn deref_mut(&mut self) -> &mut ops::Player {
        &mut self.0
    }
}

impl Player {
    pub(crate) fn on(text: &str) -> Self {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let schema = default_schema().unwrap();
        let (player, notices) = ops::Player::new(Document::new(source), schema);
        assert_eq!(notices, Vec::<String>::new());
        Self(player)
    }

    /// Drags over words that may be looked for in the same player.
    pub(crate) fn select(&mut self, range: TextRange) {
        self.0.select(range);
    }

    /// The sample article, untouched.
    pub(crate) fn sample() -> Self {
        Self::on(include_str!("../../seeds/us-russia-relations.txt"))
    }

    /// Where some words are first.
    pub(crate) fn place_of(&self, words: &str) -> TextRange {
        let text = self.open.document().source().as_str();
        let start = text
            .find(words)
            .unwrap_or_else(|| panic!("no {words:?} in the article"));
        TextRange::at(TextSize::try_from(start).unwrap(), TextSize::of(words))
    }

    /// Clicks on the first of some words, at `|` where it is there.
    pub(crate) fn click_in(&mut self, words: &str) {
        let (before, after) = words.split_once('|').unwrap_or(("", words));
        let place = self.place_of(&format!("{before}{after}"));
        self.click(place.start() + TextSize::of(before));
    }

    /// Presses keys that must all be taken; how many they were.
    pub(crate) fn keys(&mut self, keys: &str) -> usize {
        let keys: Vec<&str> = keys.split_whitespace().collect();
        for key in &keys {
            if let Err(refusal) = self.press(key) {
                panic!("{key} was refused: {refusal}");
            }
        }
        keys.len()
    }

    /// The selected words.
    pub(crate) fn selected(&self) -> &str {
        let range = self.open.selection().range();
        self.open.document().source().slice(range)
    }

    /// The words of a tag, its parts joined by ` | `.
    pub(crate) fn words(&self, tag: &AnnotationId) -> String {
        let document = self.open.document();
        let fragments = &document.set().annotation(tag).unwrap().fragments;
        let parts: Vec<&str> = fragments
            .iter()
            .map(|part| document.source().slice(part))
            .collect();
        parts.join(" | ")
    }

    /// The words of the current tag.
    pub(crate) fn current(&self) -> String {
        let tag = self.open.current_tag().expect("a current tag");
        self.words(&tag.id.clone())
    }

    /// The tags of a label in the order of the text: words, and the speakers in words: `?` after one
    /// that is not confirmed, `-` for none given.
    pub(crate) fn tags(&self, label: &str) -> Vec<(String, Vec<String>)> {
        let set = self.open.document().set();
        set.annotations()
            .filter(|tag| tag.label == label && !tag.is_open_suggestion())
            .map(|tag| {
                let speakers = set.links_from(&tag.id).map(|link| {
                    let words = match &link.to {
                        Target::Annotation(id) => self.words(id),
                        Target::Person(id) => set.person(id).unwrap().name.clone(),
                        Target::NotGiven => "-".to_owned(),
                    };
                    words + if link.confirmed { "" } else { "?" }
                });
                (self.words(&tag.id), speakers.collect())
            })
            .collect()
    }

    /// The names of the people of the article, in their order.
    pub(crate) fn people(&self) -> Vec<&str> {
        let people = self.open.document().set().people();
        let mut names: Vec<&str> = people.map(|person| person.name.as_str()).collect();
        names.sort_unstable();
        names
    }
}
