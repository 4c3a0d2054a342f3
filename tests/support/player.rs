//! Plays keys and mouse gestures into an open article and counts them.

use pullquote::format::schema_file::default_schema;
use pullquote::model::{AnnotationId, CountedIds, Document, Target};
use pullquote::ops::keymap::{Context, Keymap};
use pullquote::ops::ui_command::Meaning;
use pullquote::ops::{Command, Edit, Move, OpenDocument, Outcome, TagFilter};
use pullquote::text::{SourceText, TextRange, TextSize};

use super::counted_ids;

#[derive(Clone)]
pub(crate) struct Player {
    pub(crate) open: OpenDocument,
    keymap: Keymap,
    ids: CountedIds,
}

impl Player {
    pub(crate) fn on(text: &str) -> Self {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let schema = default_schema().unwrap();
        let (keymap, notices) = Keymap::new(&schema, None);
        assert_eq!(notices, Vec::<String>::new());
        Self {
            open: OpenDocument::new(Document::new(source), schema),
            keymap,
            ids: counted_ids(),
        }
    }

    /// Presses one key; the words of the refusal where it does nothing.
    pub(crate) fn press(&mut self, key: &str) -> Result<Outcome, String> {
        let context = match self.open.chips() {
            Some(_) => Context::Candidates,
            None => Context::Article,
        };
        let command = self
            .keymap
            .command(context, key.parse().unwrap())
            .ok_or_else(|| format!("{key} means nothing"))?;
        let command = match command.meaning() {
            Meaning::TagAs(n) => {
                let label = &self.open.schema().labels()[usize::from(n)];
                Edit::Tag(label.key.clone()).into()
            }
            Meaning::Article(meaning) => meaning(&TagFilter::default()),
            Meaning::Layout { .. } | Meaning::Window(_) => panic!("{key} needs a window"),
        };
        self.run(command)
    }

    /// What the mouse, or a key, gives.
    pub(crate) fn run(&mut self, command: impl Into<Command>) -> Result<Outcome, String> {
        self.open
            .run(command, &mut self.ids)
            .map_err(|refusal| refusal.to_string())
    }

    pub(crate) fn click(&mut self, at: TextSize) {
        self.select(TextRange::empty(at));
    }

    pub(crate) fn select(&mut self, range: TextRange) {
        let (anchor, head) = (range.start(), range.end());
        self.run(Move::Select { anchor, head }).unwrap();
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
        let places = set.places();
        let tags = places
            .range(0..places.len())
            .map(|place| set.annotation(&place.2).unwrap());
        tags.filter(|tag| tag.label == label && !tag.is_open_suggestion())
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
