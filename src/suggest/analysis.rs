//! What the rules read off an article, each paragraph once.

use super::cues::Cues;
use super::lexicon::{CALENDAR, PREPOSITION};
use super::noun_group::groups;
use super::paragraph_cache::ParagraphCache;
use super::quotation_marks::{reads_as_speech, without_closing_marks};
use super::reporting_clauses::{Report, SentenceAnalysis, dateline_tokens};
use super::token::{tokens, tokens_before};
use crate::text::{SourceText, TextRange, TextSize, neighbourhood, previous_paragraph, trim};

/// As many words and marks outside of quotations as a sentence has: more are a list or a table, in which
/// nobody reports.
const MOST_TOKENS: usize = 600;
/// As many quotations.
const MOST_QUOTES: usize = 100;

/// A sentence, or several that a quotation joins.
pub(super) struct Scope {
    pub(super) range: TextRange,
    pub(super) sentence: SentenceAnalysis,
    pub(super) reports: Vec<Report>,
    /// How many tokens the dateline has: "BONN (Wire) –".
    pub(super) dateline: usize,
    /// The outermost quoted passages, as tokens with their marks, end-exclusive.
    pub(super) quotes: Vec<(usize, usize)>,
}

impl Scope {
    /// Whether it ends with a quotation that a report may follow as a sentence of its own: “Why?” Lee
    /// asked.
    fn asks(&self, source: &SourceText) -> Option<bool> {
        let ends = self
            .quotes
            .last()
            .is_some_and(|quote| quote.1 == self.sentence.tokens.len());
        let words = without_closing_marks(source.slice(self.range));
        ends.then(|| words.ends_with(['?', '!', '…']))
    }

    /// Whether it begins with who reports, and has nothing to report: "Lee asked." `short`: no more
    /// than that.
    fn opens_with_report(&self, short: bool) -> bool {
        let Some(report) = self.reports.first() else {
            return false;
        };
        let verb = report.clause.verb;
        let Some(subject) = report.clause.subject else {
            return false;
        };
        let place = |at: TextSize| tokens_before(&self.sentence.tokens, at);
        let opens = place(subject.start().min(verb.start())) == 0;
        let mut after = place(subject.end().max(verb.end()));
        if let Some(hearer) = self.sentence.group_starting(after) {
            after = hearer.end;
        }
        // “Why?” Lee said quietly.
        if !short {
            after = self.sentence.behind_adverbs(after);
        }
        let next = self.sentence.token(after);
        let ends = match next {
            None => true,
            Some(token) if short => {
                token.is_mark(&["."]) && after + 1 == self.sentence.tokens.len()
            }
            Some(token) => {
                !token.is_word && !token.is_mark(&[":"])
                    || token.is(PREPOSITION)
                    || token.is(CALENDAR)
            }
        };
        let quote_only = self.quotes.first().is_none_or(|quote| quote.0 > 0);
        opens && ends && quote_only
    }
}

/// A line of the article with what is in it.
pub(super) struct Paragraph {
    pub(super) is_headline: bool,
    pub(super) scopes: Vec<Scope>,
}

/// An article, read.
pub(super) struct Analysis {
    pub(super) paragraphs: Vec<Paragraph>,
}

/// The paragraphs of an article, each read when it is asked for. `cues` report too. Sentences and mentions
/// stay in the cache.
pub(super) fn paragraphs(
    cache: &ParagraphCache<'_>,
    cues: &Cues,
) -> impl Iterator<Item = Paragraph> {
    let source = cache.source();
    let lines = source.lines();
    (0..lines.count())
        .map(move |line| trim(source, lines.range(line)))
        .filter(|range| !range.is_empty())
        .map(move |range| paragraph(cache, range, cues))
}

impl Analysis {
    /// All [`paragraphs`] at once: some hundred bytes a word.
    pub(super) fn new(cache: &ParagraphCache<'_>, cues: &Cues) -> Self {
        Self {
            paragraphs: paragraphs(cache, cues).collect(),
        }
    }

    /// The paragraph at a caret and the one before it; of long ones the part around it.
    pub(super) fn around(source: &SourceText, at: TextSize, cues: &Cues) -> Self {
        let cache = ParagraphCache::new(source);
        let own = neighbourhood(source, TextRange::empty(at));
        let before = previous_paragraph(source, own)
            .map(|before| neighbourhood(source, TextRange::empty(before.end())));
        let paragraphs = before
            .into_iter()
            .chain([own])
            .map(|range| trim(source, range))
            .filter(|range| !range.is_empty())
            .map(|range| paragraph(&cache, range, cues))
            .collect();
        Self { paragraphs }
    }
}

fn paragraph(cache: &ParagraphCache<'_>, range: TextRange, cues: &Cues) -> Paragraph {
    let source = cache.source();
    let is_headline = cache.is_headline(range.start());
    let mut outermost: Vec<TextRange> = Vec::new();
    let mut has_values = false;
    for stretch in cache.quoted_stretches(range) {
        // <a href="…">: a value, no quotation.
        let is_value = source
            .as_str()
            .get(..usize::from(stretch.start()))
            .is_some_and(|before| before.ends_with('='));
        has_values |= is_value;
        if !is_value
            && outermost
                .last()
                .is_none_or(|last| last.end() <= stretch.start())
        {
            outermost.push(stretch);
        }
    }
    let crosses = |end: TextSize| {
        let next = outermost.partition_point(|quote| quote.start() < end);
        let last = next.checked_sub(1).and_then(|last| outermost.get(last));
        last.is_some_and(|quote| end < quote.end())
    };
    let mut scopes: Vec<TextRange> = Vec::new();
    for sentence in cache.sentences_of(range) {
        match scopes.last_mut() {
            Some(last) if crosses(last.end()) => *last = last.cover(sentence),
            _ => scopes.push(sentence),
        }
    }
    let paragraph = QuotedParagraph {
        outermost: &outermost,
        has_values,
        is_headline,
    };
    let read_scope = |range| scope(cache, range, &paragraph, cues);
    let mut read: Vec<Scope> = Vec::with_capacity(scopes.len());
    for range in scopes {
        let next = read_scope(range);
        let joined = read
            .last()
            .filter(|last| {
                last.asks(source)
                    .is_some_and(|question| next.opens_with_report(!question))
            })
            .map(|last| last.range.cover(next.range));
        if let Some(range) = joined {
            read.pop();
            read.push(read_scope(range));
        } else {
            read.push(next);
        }
    }
    Paragraph {
        is_headline,
        scopes: read,
    }
}

/// What a scope needs to know of its paragraph.
struct QuotedParagraph<'a> {
    outermost: &'a [TextRange],
    /// Whether marks stand for something else than a quotation.
    has_values: bool,
    is_headline: bool,
}

fn scope(
    cache: &ParagraphCache<'_>,
    range: TextRange,
    paragraph: &QuotedParagraph<'_>,
    cues: &Cues,
) -> Scope {
    let QuotedParagraph {
        outermost,
        has_values,
        is_headline,
    } = *paragraph;
    let source = cache.source();
    let first = outermost.partition_point(|quote| quote.start() < range.start());
    let own: Vec<TextRange> = outermost
        .iter()
        .skip(first)
        .take_while(|quote| quote.start() < range.end())
        .copied()
        .filter(|quote| range.contains_range(*quote))
        .collect();
    let speech: Vec<TextRange> = own
        .iter()
        .copied()
        .filter(|quote| reads_as_speech(source, *quote))
        .collect();
    let mut tokens = tokens(source, range, &speech);
    cues.mark(&mut tokens);
    let is_prose = own.len() <= MOST_QUOTES
        && tokens.iter().filter(|token| !token.quoted).count() <= MOST_TOKENS;
    let mut found = if is_headline || !is_prose {
        Vec::new()
    } else {
        groups(&tokens)
    };
    if is_prose && !is_headline && cues.is_empty() {
        cache.keep_mentions(range, &tokens, &found);
    }
    let dateline = dateline_tokens(source, range, &tokens);
    found.retain(|group| group.start >= dateline);
    let sentence = SentenceAnalysis {
        tokens,
        groups: found,
    };
    let reports = if is_prose {
        sentence.reports()
    } else {
        Vec::new()
    };
    if is_prose && cues.is_empty() && !has_values {
        cache.keep_reporters(range, &reports);
    }
    let quotes = own
        .iter()
        .filter(|_| is_prose)
        .map(|quote| {
            let start = tokens_before(&sentence.tokens, quote.start());
            let end = tokens_before(&sentence.tokens, quote.end());
            (start, end)
        })
        .collect();
    Scope {
        range,
        sentence,
        reports,
        dateline,
        quotes,
    }
}
