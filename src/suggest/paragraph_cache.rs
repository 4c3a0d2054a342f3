//! Sentences, quotations and mentions of a text, each paragraph read once.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::cues::Cues;
use super::dateline::dateline;
use super::headline::is_headline;
use super::mentions::{mentions_of, spans};
use super::noun_group::Group;
use super::quotation_marks::{meets, stretches_of};
use super::reporting_clauses::{Report, reports};
use super::token::Token;
use crate::text::{
    REACH, SourceText, TextRange, TextSize, overlap, paragraph_at, paragraph_pieces, sentence_at,
    sentences, trim,
};

/// Reads paragraphs when something in them is first asked for, and keeps what it read. For questions
/// that come back to the same paragraphs: whom each "he" of an article means.
pub struct ParagraphCache<'s> {
    source: &'s SourceText,
    /// By the place where they begin; what is cut from a long paragraph is not kept.
    whole: RefCell<FxHashMap<TextSize, Rc<Piece>>>,
    /// The whole paragraph that was asked for last, if no neighbourhood is cut from it.
    last: RefCell<Option<Rc<Piece>>>,
    /// Full names by short ones, where the whole text is near.
    pub(super) full_names: RefCell<FxHashMap<String, Option<String>>>,
}

/// A paragraph, or a part of a long one.
struct Piece {
    range: TextRange,
    sentences: OnceCell<Vec<Sentence>>,
    quotes: OnceCell<Vec<TextRange>>,
    is_headline: OnceCell<bool>,
    dateline: OnceCell<Option<TextRange>>,
}

struct Sentence {
    range: TextRange,
    mentions: OnceCell<Vec<TextRange>>,
    reporters: OnceCell<Vec<TextRange>>,
}

impl Piece {
    fn new(range: TextRange) -> Self {
        Self {
            range,
            sentences: OnceCell::new(),
            quotes: OnceCell::new(),
            is_headline: OnceCell::new(),
            dateline: OnceCell::new(),
        }
    }

    fn sentences(&self, source: &SourceText) -> &[Sentence] {
        self.sentences.get_or_init(|| {
            let sentence = |range| Sentence {
                range,
                mentions: OnceCell::new(),
                reporters: OnceCell::new(),
            };
            sentences(source, self.range)
                .into_iter()
                .map(sentence)
                .collect()
        })
    }

    fn quotes(&self, source: &SourceText) -> &[TextRange] {
        self.quotes.get_or_init(|| stretches_of(source, self.range))
    }

    fn is_headline(&self, source: &SourceText) -> bool {
        *self
            .is_headline
            .get_or_init(|| is_headline(source, self.range))
    }

    /// The dateline that its paragraph opens with.
    fn dateline(&self, source: &SourceText) -> Option<TextRange> {
        *self.dateline.get_or_init(|| {
            let paragraph = paragraph_at(source, self.range.start());
            let first = if paragraph == self.range {
                self.sentences(source)
                    .first()
                    .map(|sentence| sentence.range)
            } else {
                sentence_at(source, trim(source, paragraph).start())
            };
            dateline(source, first?)
        })
    }
}

impl Sentence {
    fn mentions(&self, source: &SourceText) -> &[TextRange] {
        self.mentions
            .get_or_init(|| mentions_of(source, self.range))
    }

    fn reporters(&self, source: &SourceText) -> &[TextRange] {
        self.reporters.get_or_init(|| {
            let all = reports(source, self.range, &Cues::NONE);
            reporters_of(&all).collect()
        })
    }
}

/// The subjects of reports.
fn reporters_of(reports: &[Report]) -> impl Iterator<Item = TextRange> {
    reports.iter().filter_map(|report| report.clause.subject)
}

impl<'s> ParagraphCache<'s> {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(source: &'s SourceText) -> Self {
        Self {
            source,
            whole: RefCell::default(),
            last: RefCell::default(),
            full_names: RefCell::default(),
        }
    }

    /// The text.
    #[must_use]
    pub fn source(&self) -> &'s SourceText {
        self.source
    }

    fn pieces(&self, within: TextRange) -> impl Iterator<Item = Rc<Piece>> {
        let same = self.last.borrow().clone();
        let same = same.filter(|last| last.range.contains_range(within));
        let others = same
            .is_none()
            .then(|| paragraph_pieces(self.source, within).map(|range| self.piece(range)));
        same.into_iter().chain(others.into_iter().flatten())
    }

    fn piece(&self, range: TextRange) -> Rc<Piece> {
        if range != paragraph_at(self.source, range.start()) {
            return Rc::new(Piece::new(range));
        }
        let mut whole = self.whole.borrow_mut();
        let piece = whole.entry(range.start());
        let piece = Rc::clone(piece.or_insert_with(|| Rc::new(Piece::new(range))));
        if range.len() <= REACH {
            self.last.replace(Some(Rc::clone(&piece)));
        }
        piece
    }

    /// The sentences of a paragraph, or of the part of one.
    pub(super) fn sentences_of(&self, paragraph: TextRange) -> Vec<TextRange> {
        let mut pieces = self.pieces(TextRange::empty(paragraph.start()));
        let whole = pieces
            .next()
            .filter(|piece| piece.range.contains_range(paragraph));
        let Some(piece) = whole.filter(|piece| trim(self.source, piece.range) == paragraph) else {
            return sentences(self.source, paragraph);
        };
        let all = piece.sentences(self.source).iter();
        all.map(|sentence| sentence.range).collect()
    }

    /// The sentences of the paragraph at a place, cut as [`sentence_at`] does.
    pub(super) fn sentences_around(&self, at: TextSize) -> Vec<TextRange> {
        let mut found = Vec::new();
        for piece in self.pieces(TextRange::empty(at)) {
            let all = piece.sentences(self.source).iter();
            found.extend(all.map(|sentence| sentence.range));
        }
        found
    }

    /// Keeps the noun groups of a sentence that was read elsewhere.
    pub(super) fn keep_mentions(&self, sentence: TextRange, tokens: &[Token], groups: &[Group]) {
        self.keep(sentence, |own| {
            own.mentions.get_or_init(|| spans(tokens, groups));
        });
    }

    /// Keeps the reports of a sentence that was read elsewhere, without cues of a project.
    pub(super) fn keep_reporters(&self, sentence: TextRange, reports: &[Report]) {
        self.keep(sentence, |own| {
            own.reporters
                .get_or_init(|| reporters_of(reports).collect());
        });
    }

    fn keep(&self, sentence: TextRange, read: impl Fn(&Sentence)) {
        for piece in self.pieces(TextRange::empty(sentence.start())) {
            let known = piece.sentences.get().map(Vec::as_slice).unwrap_or_default();
            if let Some(own) = known.iter().find(|own| own.range == sentence) {
                read(own);
            }
        }
    }

    /// Who reports in a sentence, or in the beginning of one.
    pub(super) fn reporters(&self, part: TextRange) -> Vec<TextRange> {
        for piece in self.pieces(TextRange::empty(part.start())) {
            let all = piece.sentences(self.source);
            if let Some(own) = all.iter().find(|own| own.range == part) {
                return own.reporters(self.source).to_vec();
            }
        }
        reporters_of(&reports(self.source, part, &Cues::NONE)).collect()
    }

    /// Whether the paragraph at a place is a headline.
    pub(super) fn is_headline(&self, at: TextSize) -> bool {
        let mut pieces = self.pieces(TextRange::empty(at));
        pieces.any(|piece| piece.is_headline(self.source))
    }

    /// As [`super::quoted_stretches`].
    pub(super) fn quoted_stretches(&self, within: TextRange) -> Vec<TextRange> {
        let mut found = Vec::new();
        for piece in self.pieces(within) {
            let all = piece.quotes(self.source).iter().copied();
            found.extend(all.filter(|stretch| meets(*stretch, within)));
        }
        found
    }

    /// As [`super::mention_at`].
    pub(super) fn mention_at(&self, at: TextSize) -> Option<TextRange> {
        let piece = self.pieces(TextRange::empty(at)).next()?;
        let all = piece.sentences(self.source);
        let before = all
            .iter()
            .rev()
            .find(|sentence| sentence.range.start() <= at);
        let mentions = before.or(all.first())?.mentions(self.source).iter();
        mentions
            .copied()
            .rfind(|mention| mention.contains_inclusive(at))
    }

    /// The mentions that share text with `range`, without those in a dateline or headline.
    pub(super) fn speaking_mentions(&self, range: TextRange) -> Vec<TextRange> {
        let mut found = Vec::new();
        for piece in self.pieces(range) {
            for sentence in piece.sentences(self.source) {
                if !overlap(sentence.range, range) || piece.is_headline(self.source) {
                    continue;
                }
                let mentions = sentence.mentions(self.source).iter().copied();
                found.extend(mentions.filter(|mention| {
                    let dateline = piece.dateline(self.source);
                    overlap(*mention, range)
                        && !dateline.is_some_and(|dateline| dateline.contains_range(*mention))
                        && !self.source.slice(*mention).eq_ignore_ascii_case("it")
                }));
            }
        }
        found
    }
}
