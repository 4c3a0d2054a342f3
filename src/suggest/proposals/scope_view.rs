//! A sentence with its tokens, quotations and reports, as the rules ask about it.

use crate::suggest::analysis::Scope;
use crate::suggest::lexicon::{CONJUNCTION, DETERMINER, PREPOSITION};
use crate::suggest::noun_group::{Group, span};
use crate::suggest::reporting_clauses::Report;
use crate::suggest::token::{Token, tokens_before};
use crate::text::TextRange;

/// Tokens of a scope, end-exclusive.
pub(in crate::suggest) type TokenRange = (usize, usize);

/// A report with its places in the tokens of its scope.
pub(in crate::suggest) struct Frame {
    pub(in crate::suggest) verb: TokenRange,
    pub(in crate::suggest) subject: Option<TokenRange>,
    pub(in crate::suggest) content: Option<TokenRange>,
    pub(in crate::suggest) start: usize,
    pub(in crate::suggest) end: usize,
    pub(in crate::suggest) weak: bool,
}

impl Frame {
    pub(in crate::suggest) fn new(scope: &Scope, report: &Report) -> Self {
        let tokens = &scope.sentence.tokens;
        let place = |range: TextRange| {
            let start = tokens_before(tokens, range.start());
            let end = tokens_before(tokens, range.end());
            (start, end)
        };
        let verb = place(report.clause.verb);
        let subject = report.clause.subject.map(place);
        Self {
            verb,
            subject,
            content: report.clause.content.map(place),
            start: subject.map_or(verb.0, |subject| subject.0.min(verb.0)),
            end: subject.map_or(verb.1, |subject| subject.1.max(verb.1)),
            weak: report.weak,
        }
    }
}

/// A scope as its rules see it.
pub(in crate::suggest) struct ScopeView<'a> {
    pub(in crate::suggest) scope: &'a Scope,
    pub(in crate::suggest) tokens: &'a [Token],
    pub(in crate::suggest) frames: Vec<Frame>,
}

impl<'a> ScopeView<'a> {
    pub(in crate::suggest) fn new(scope: &'a Scope) -> Self {
        let frames = scope
            .reports
            .iter()
            .map(|report| Frame::new(scope, report))
            .collect();
        Self {
            scope,
            tokens: &scope.sentence.tokens,
            frames,
        }
    }

    pub(in crate::suggest) fn word(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .filter(|token| token.is_word)
            .map_or("", |token| token.lower.as_str())
    }

    pub(in crate::suggest) fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_mark(marks))
    }

    pub(in crate::suggest) fn in_quote(&self, at: usize) -> bool {
        self.scope
            .quotes
            .iter()
            .any(|(start, end)| (*start..*end).contains(&at))
    }

    /// The last mark of a quotation that is neither a quotation mark nor a blank.
    pub(in crate::suggest) fn last_inner(&self, quote: TokenRange) -> &'a str {
        let mut at = quote.1;
        while at > quote.0 {
            at -= 1;
            let Some(token) = self.tokens.get(at) else {
                return "";
            };
            if token.is_word {
                return if token.text.ends_with('.') { "." } else { "" };
            }
            if !is_quotation_mark(token) {
                return token.text.as_str();
            }
        }
        ""
    }

    pub(in crate::suggest) fn first_word(&self, quote: TokenRange) -> Option<&'a Token> {
        self.tokens
            .get(quote.0..quote.1)?
            .iter()
            .find(|token| token.is_word)
    }

    pub(in crate::suggest) fn words(&self, from: usize, to: usize) -> usize {
        let part = self.tokens.get(from..to).unwrap_or_default();
        part.iter().filter(|token| token.is_word).count()
    }

    /// Words of `from..to` outside all quotations.
    pub(in crate::suggest) fn words_outside(&self, from: usize, to: usize) -> usize {
        (from..to)
            .filter(|&at| {
                self.tokens.get(at).is_some_and(|token| token.is_word) && !self.in_quote(at)
            })
            .count()
    }

    pub(in crate::suggest) fn ends_clause(&self, quote: TokenRange) -> bool {
        matches!(
            self.last_inner(quote),
            "," | "." | "?" | "!" | "…" | "—" | "–" | "-"
        )
    }

    pub(in crate::suggest) fn is_speech(&self, quote: TokenRange) -> bool {
        self.ends_clause(quote) || self.words(quote.0, quote.1) > 4
    }

    /// Whether every word but the small ones has a capital, as in the title of a work.
    pub(in crate::suggest) fn is_title(&self, quote: TokenRange) -> bool {
        self.is_in_title_case(quote) && !matches!(self.last_inner(quote), "." | "!" | "?")
    }

    /// The same, whatever mark ends it.
    pub(super) fn is_in_title_case(&self, quote: TokenRange) -> bool {
        let words = self.tokens.get(quote.0..quote.1).unwrap_or_default();
        let small = |token: &&Token| {
            token.is_word
                && !token.is_capital()
                && !token.is(PREPOSITION)
                && !token.is(DETERMINER)
                && !token.is(CONJUNCTION)
        };
        (2..=9).contains(&self.words(quote.0, quote.1)) && !words.iter().any(|token| small(&token))
    }

    pub(in crate::suggest) fn span(&self, from: usize, to: usize) -> Option<TextRange> {
        span(self.tokens, from, to)
    }

    pub(in crate::suggest) fn is_adverb(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_adverb)
    }

    /// The last quotation that ends at or before a token.
    pub(in crate::suggest) fn quote_before(&self, at: usize) -> Option<(usize, TokenRange)> {
        let quotes = self.scope.quotes.iter().copied().enumerate();
        quotes.rev().find(|(_, quote)| quote.1 <= at)
    }

    /// The first quotation that starts at or after a token.
    pub(in crate::suggest) fn next_quote(&self, at: usize) -> Option<(usize, TokenRange)> {
        let mut quotes = self.scope.quotes.iter().copied().enumerate();
        quotes.find(|(_, quote)| quote.0 >= at)
    }

    pub(in crate::suggest) fn group_at(&self, at: usize) -> Option<&'a Group> {
        self.scope
            .sentence
            .groups
            .iter()
            .find(|group| group.start == at)
    }

    /// The end with the marks that close a quotation there.
    pub(in crate::suggest) fn with_marks(&self, end: usize) -> usize {
        let mut quotes = self.scope.quotes.iter();
        quotes
            .find(|quote| quote.0 < end && end < quote.1)
            .map_or(end, |quote| quote.1)
    }

    /// The end without the full stop.
    pub(in crate::suggest) fn sentence_end(&self) -> usize {
        let mut end = self.tokens.len();
        while end > 0
            && !self.in_quote(end - 1)
            && self.tokens.get(end - 1).is_some_and(|token| !token.is_word)
        {
            end -= 1;
        }
        end
    }
}

fn is_quotation_mark(token: &Token) -> bool {
    token.is_mark(&["\"", "“", "”", "'", "’", "‘", "«", "»", "„", "`"])
}
