use smol_str::SmolStr;

use super::html;
use crate::format::counting::{Counting, Places};
use crate::format::json::{Map, Value};

/// The text of a task: the article, and the pieces offsets count in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TaskText {
    pub(super) article: String,
    pub(super) pieces: Vec<Piece>,
    /// Whether regions name their paragraphs.
    pub(super) in_paragraphs: bool,
}

/// A text as it is counted: the whole, or a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Which code point of the article each code point is, and the one after the last.
    in_article: InArticle,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum InArticle {
    From(u32),
    Each(Vec<u32>),
}

/// Where a region is, as written: piece and offset of the start and the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) start: (usize, u32),
    pub(super) end: (usize, u32),
}

impl TaskText {
    /// A text that is the article.
    pub(super) fn plain(text: &str) -> Self {
        Self {
            article: text.to_owned(),
            pieces: vec![Piece {
                text: text.to_owned(),
                in_article: InArticle::From(0),
            }],
            in_paragraphs: false,
        }
    }

    /// The words of HTML; its blocks become lines.
    pub(super) fn html(text: &str) -> Self {
        let html::Words {
            article,
            plain,
            places,
        } = html::words(text);
        Self {
            article,
            pieces: vec![Piece {
                text: plain,
                in_article: InArticle::Each(places),
            }],
            in_paragraphs: false,
        }
    }

    /// A conversation: a line for each turn, with the name of who speaks.
    pub(super) fn paragraphs(turns: &[Value]) -> Option<Self> {
        let mut article = String::new();
        let mut pieces = Vec::new();
        for turn in turns {
            let (who, words) = match turn {
                Value::String(words) => (None, words.as_str()),
                Value::Object(turn) => (speaker_of(turn), words_of(turn)?),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => return None,
            };
            if let Some(who) = who {
                article.push_str(who);
                article.push_str(": ");
            }
            let from = u32::try_from(article.chars().count()).unwrap_or(u32::MAX);
            article.push_str(words);
            article.push('\n');
            pieces.push(Piece {
                text: words.to_owned(),
                in_article: InArticle::From(from),
            });
        }
        (!pieces.is_empty()).then_some(Self {
            article,
            pieces,
            in_paragraphs: true,
        })
    }

    /// The words of turns in a stretch of the article, in code points, without the names of who speaks.
    pub(super) fn words_of_turns(&self, [start, end]: [u32; 2]) -> String {
        let mut words = String::new();
        for piece in &self.pieces {
            let InArticle::From(from) = piece.in_article else {
                continue;
            };
            let points = (from..).zip(piece.text.chars());
            words.extend(
                points
                    .filter(|(at, _)| (start..end).contains(at))
                    .map(|(_, c)| c),
            );
            words.push('\n');
        }
        words
    }

    /// The pieces, counted in a way.
    pub(super) fn places(&self, counting: Counting) -> Vec<Places> {
        let pieces = self.pieces.iter();
        pieces
            .map(|piece| Places::new(&piece.text, counting))
            .collect()
    }

    /// The code point of the article nearest to the start of a position.
    pub(super) fn near(&self, position: Position, places: &[Places]) -> Option<u32> {
        let (piece, offset) = position.start;
        let near = places.get(piece)?.near(offset);
        let piece = self.pieces.get(piece)?;
        piece.start(near).or(Some(near))
    }

    /// The code points of the article at a position.
    pub(super) fn locate(&self, position: Position, places: &[Places]) -> Option<[u32; 2]> {
        let start = places.get(position.start.0)?.start(position.start.1)?;
        let end = places.get(position.end.0)?.end(position.end.1)?;
        let start = self.pieces.get(position.start.0)?.start(start)?;
        let end = self.pieces.get(position.end.0)?.end(end)?;
        (start < end).then_some([start, end])
    }
}

impl Piece {
    fn start(&self, point: u32) -> Option<u32> {
        match &self.in_article {
            InArticle::From(from) => from.checked_add(point),
            InArticle::Each(places) => places.get(usize::try_from(point).ok()?).copied(),
        }
    }

    fn end(&self, point: u32) -> Option<u32> {
        match &self.in_article {
            InArticle::From(from) => from.checked_add(point),
            // Not the lines that were put in after the last character.
            InArticle::Each(_) => self.start(point.checked_sub(1)?)?.checked_add(1),
        }
    }
}

/// What turns of a conversation call their speaker and words.
const SPEAKERS: [&str; 5] = ["author", "speaker", "name", "role", "user"];
const WORDS: [&str; 5] = ["text", "phrase", "utterance", "content", "message"];

fn speaker_of(turn: &Map) -> Option<&str> {
    let mut names = SPEAKERS.iter();
    names.find_map(|key| turn.get(key).and_then(Value::as_str))
}

fn words_of(turn: &Map) -> Option<&str> {
    let mut names = WORDS.iter();
    names.find_map(|key| turn.get(key).and_then(Value::as_str))
}

/// The fields of a turn that are not in the article.
pub(super) fn other_fields(turn: &Map) -> impl Iterator<Item = (&SmolStr, &Value)> {
    let who = SPEAKERS
        .iter()
        .find(|key| turn.get(key).is_some_and(Value::is_string));
    let words = WORDS
        .iter()
        .find(|key| turn.get(key).is_some_and(Value::is_string));
    turn.iter()
        .filter(move |(key, _)| Some(&key.as_str()) != who && Some(&key.as_str()) != words)
}

/// Whether a text is HTML, by its tags.
pub(super) fn is_html(text: &str) -> bool {
    html::has_tags(text)
}
