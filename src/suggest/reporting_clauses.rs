//! Who reports what in a sentence: the verb group, its subject, and what is reported.

use super::cues::Cues;
use super::dateline::dateline;
use super::headline::is_headline;
use super::lexicon::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, JUDGES, OFTEN_NOUNS, PREPOSITION, PRONOUN, REPORTS,
    SUBJECT_PRONOUN, TAKES_HEARER, WEAK, Words,
};
use super::noun_group::MentionKind;
use super::noun_group::{Group, groups, span};
use super::quotation_marks::{quoted_stretches, reads_as_speech};
use super::token::{Token, tokens, tokens_before};
use crate::text::{SourceText, TextRange, TextSize};

/// One report within a sentence. All ranges are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingClause {
    /// The verb group: "said", "has pointed out", "according to".
    pub verb: TextRange,
    /// The reporter; `None` if the sentence has none, as in "when asked".
    pub subject: Option<TextRange>,
    /// What is reported, outside quotation marks: *that …* after the verb, or the part before
    /// *, S said*.
    pub content: Option<TextRange>,
}

/// A clause with what ranking needs to know.
#[derive(Debug, Clone)]
pub(super) struct Report {
    pub(super) clause: ReportingClause,
    /// A verb of thinking or wishing rather than of speech.
    pub(super) weak: bool,
}

/// The reports of a sentence, in the order of their verbs. Verbs inside quoted speech do not count,
/// unless the sentence lies wholly inside it.
#[must_use]
pub fn reporting_clauses(source: &SourceText, sentence: TextRange) -> Vec<ReportingClause> {
    reports(source, sentence, &Cues::NONE)
        .into_iter()
        .map(|report| report.clause)
        .collect()
}

/// The noun groups of a sentence without its dateline.
fn speaking_groups(source: &SourceText, sentence: TextRange, tokens: &[Token]) -> Vec<Group> {
    // In a title every word looks like a name.
    if is_headline(source, sentence) {
        return Vec::new();
    }
    let mut found = groups(tokens);
    let opening = dateline_tokens(source, sentence, tokens);
    found.retain(|group| group.start >= opening);
    found
}

/// How many of the tokens of a sentence are its dateline.
pub(super) fn dateline_tokens(source: &SourceText, sentence: TextRange, tokens: &[Token]) -> usize {
    dateline(source, sentence).map_or(0, |dateline| tokens_before(tokens, dateline.end()))
}

/// The same with what ranking needs; `cues` report too.
pub(super) fn reports(source: &SourceText, sentence: TextRange, cues: &Cues) -> Vec<Report> {
    let quotes: Vec<TextRange> = quoted_stretches(source, sentence)
        .into_iter()
        .filter(|quote| !quote.contains_range(sentence) && reads_as_speech(source, *quote))
        .collect();
    let mut tokens = tokens(source, sentence, &quotes);
    cues.mark(&mut tokens);
    let groups = speaking_groups(source, sentence, &tokens);
    let analysis = SentenceAnalysis { tokens, groups };
    analysis.reports()
}

/// The subject of the last verb before a place, whatever the verb: a noun group outside quotes that
/// no preposition governs, with a word after it that may be a verb.
pub(super) fn subject_before(
    source: &SourceText,
    sentence: TextRange,
    place: TextSize,
) -> Option<TextRange> {
    let quotes = quoted_stretches(source, sentence);
    let tokens = tokens(source, sentence, &quotes);
    let groups = speaking_groups(source, sentence, &tokens);
    let analysis = SentenceAnalysis { tokens, groups };
    let fits = |group: &&Group| {
        analysis
            .token(group.start)
            .is_some_and(|token| !token.quoted && !token.possessive)
            && analysis.is_subject_form(group)
            && !analysis.preposition_before(group.start)
            && analysis.lower(group.start) != "it"
    };
    let has_verb = |group: &&Group| {
        let next = analysis.word(analysis.behind_adverbs(group.end));
        !next.is_empty()
            && !PREPOSITION.has(next)
            && !CONJUNCTION.has(next)
            && analysis.group_starting(group.end).is_none()
    };
    let before: Vec<&Group> = analysis
        .groups
        .iter()
        .filter(|group| {
            analysis
                .before(group.end)
                .is_some_and(|token| token.range.end() <= place)
        })
        .filter(fits)
        .collect();
    let group = before
        .iter()
        .copied()
        .rfind(has_verb)
        .or_else(|| before.first().copied())?;
    span(&analysis.tokens, group.start, group.end)
}

/// The words of a verb group and what part they play: token ranges, end-exclusive.
pub(super) struct Verb {
    pub(super) start: usize,
    pub(super) main: usize,
    pub(super) end: usize,
    pub(super) passive: bool,
}

/// Who reports: a token range, end-exclusive.
pub(super) struct Subject {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Option<MentionKind>,
    pub(super) after: bool,
}

/// A sentence read for its reports.
pub(super) struct SentenceAnalysis {
    pub(super) tokens: Vec<Token>,
    pub(super) groups: Vec<Group>,
}

impl SentenceAnalysis {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(super) fn before(&self, at: usize) -> Option<&Token> {
        at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| token.lower.as_str())
    }

    /// The lower-case word at `at` if it is one outside quotes.
    pub(super) fn word(&self, at: usize) -> &str {
        self.token(at)
            .filter(|token| token.is_word && !token.quoted)
            .map_or("", |token| token.lower.as_str())
    }

    /// Whether the word at `at`, outside quotes, is in one of these lists.
    pub(super) fn word_is(&self, at: usize, words: Words) -> bool {
        let token = self.token(at);
        token.is_some_and(|token| token.is_word && !token.quoted && token.is(words))
    }

    /// Whether the word at `at` is in one of these lists.
    pub(super) fn lower_is(&self, at: usize, words: Words) -> bool {
        self.token(at).is_some_and(|token| token.is(words))
    }

    /// The reports, in the order of their verbs.
    pub(super) fn reports(&self) -> Vec<Report> {
        let found: Vec<Report> = (0..self.tokens.len())
            .filter_map(|at| self.report_at(at))
            .collect();
        found
            .iter()
            .enumerate()
            .map(|(n, report)| Report {
                clause: ReportingClause {
                    content: self.bounded(report, found.get(n + 1..).unwrap_or_default()),
                    ..report.clause.clone()
                },
                weak: report.weak,
            })
            .collect()
    }

    fn report_at(&self, at: usize) -> Option<Report> {
        let token = self
            .token(at)
            .filter(|token| token.is_word && !token.quoted)?;
        if token.lower == "according" && self.word(at + 1) == "to" {
            return self.according_to(at, 2);
        }
        if let Some(words) = self.german_source(at) {
            return self.according_to(at, words);
        }
        if let Some(report) = self.phrase_report(at) {
            return Some(report);
        }
        if !token.is(REPORTS) || token.is_capital() && !token.first {
            return None;
        }
        let verb = self.verb_group(at);
        let weak = token.is(WEAK);
        // "It is believed", "it shows": what is said of a thing; "it said" is a body's word, and "it
        // believes" its thought.
        let that_follows = self.word(verb.end) == "that" && !token.lower.starts_with("show");
        let has_mind = verb.start == verb.main && is_thought(&token.lower) || that_follows;
        let subject = self.subject(&verb).filter(|subject| {
            let is_it = self.lower(subject.start) == "it";
            !is_it || !self.is_passive(&verb) && (!weak || has_mind || token.is(JUDGES))
        });
        let often_noun = token.is(OFTEN_NOUNS);
        let direct = subject
            .as_ref()
            .is_some_and(|subject| self.stands_before(subject, &verb));
        let relative = subject.is_some()
            && self
                .before(verb.start)
                .is_some_and(|token| token.lower == "who");
        let before_that = self.word(verb.end) == "that" && subject.is_some();
        // "Beruff, an ally, called": behind what is said about the subject.
        let apposed = subject.as_ref().is_some_and(|subject| !subject.after)
            && token.lower.ends_with(['d', 's'])
            && self
                .before(verb.start)
                .is_some_and(|token| token.is_mark(&[",", ")"]))
            && self.token(verb.end).is_some_and(|token| token.is_word);
        if often_noun && !(direct || relative || before_that || apposed) {
            return None;
        }
        // "Trump's comments about it"
        let owned = self
            .before(verb.start)
            .is_some_and(|token| token.possessive && !token.is(PRONOUN));
        if (often_noun || token.lower.ends_with("ing")) && owned && !before_that {
            return None;
        }
        // "the US state": the bare form goes with a pronoun.
        let pronoun = |subject: &Subject| subject.kind == Some(MentionKind::Pronoun);
        if often_noun
            && !token.lower.ends_with(['s', 'd'])
            && !subject.as_ref().is_some_and(pronoun)
            && !relative
        {
            return None;
        }
        if self
            .before(verb.start)
            .is_some_and(|token| token.is(DETERMINER) && !token.is(SUBJECT_PRONOUN))
            && !direct
        {
            return None;
        }
        let content = self.content(&verb, subject.as_ref());
        let subject_range = subject
            .as_ref()
            .and_then(|subject| span(&self.tokens, subject.start, subject.end));
        Some(Report {
            clause: ReportingClause {
                verb: span(&self.tokens, verb.start, verb.end)?,
                subject: subject_range,
                content: content.and_then(|(start, end)| span(&self.tokens, start, end)),
            },
            weak,
        })
    }

    /// The token at or after a byte.
    pub(super) fn place(&self, at: TextSize) -> Option<usize> {
        let place = tokens_before(&self.tokens, at);
        (place < self.tokens.len()).then_some(place)
    }

    /// "was said", "has been reported"; not "is saying".
    fn is_passive(&self, verb: &Verb) -> bool {
        let be = ["is", "was", "be", "been", "being"];
        let helped = (verb.start..verb.main).any(|at| be.contains(&self.word(at)));
        helped && !self.lower(verb.main).ends_with("ing")
    }

    fn stands_before(&self, subject: &Subject, verb: &Verb) -> bool {
        !subject.after && (subject.end..verb.start).all(|at| self.is_adverb(at))
    }

    pub(super) fn is_adverb(&self, at: usize) -> bool {
        let token = self.token(at);
        token.is_some_and(|token| token.is_word && !token.quoted && token.is_adverb())
    }

    /// From the first helping verb to the particle: "has said", "pointed out".
    pub(super) fn verb_group(&self, main: usize) -> Verb {
        let mut start = main;
        let mut at = main;
        let mut be = false;
        while let Some(before) = at.checked_sub(1) {
            let word = self.word(before);
            if self.word_is(before, AUXILIARY)
                && !(word == "to" && start == main && !self.has_verb(before))
            {
                be |= matches!(
                    word,
                    "is" | "are" | "was" | "were" | "be" | "been" | "being"
                );
                start = before;
            } else if !self.is_adverb(before) {
                break;
            }
            at = before;
        }
        let main_word = self.lower(main);
        let mut end = main + 1;
        let particle = self.word(end);
        let takes_particle = matches!(
            (main_word.get(..5).unwrap_or(main_word), particle),
            ("point", "out") | ("began" | "went" | "conti", "on") | ("hint", "at")
        );
        if takes_particle {
            end += 1;
        }
        // was quoted as saying
        if main_word == "quoted" && self.word(end) == "as" && self.word(end + 1) == "saying" {
            return Verb {
                start,
                main,
                end: end + 2,
                passive: false,
            };
        }
        let participle = main_word.ends_with('d') || main_word.ends_with('t');
        let before = self.before(start);
        let follows_and = before.is_some_and(|token| token.lower == "and");
        Verb {
            start,
            main,
            end,
            passive: participle
                && (be || self.opens_clause(start) && !follows_and)
                && self.lower_is(main, TAKES_HEARER),
        }
    }

    /// "declined to say", "went on to say": an infinitive that reports.
    fn has_verb(&self, to: usize) -> bool {
        let before = to.checked_sub(1).map_or("", |at| self.word(at));
        before.ends_with("ed") || matches!(before, "on" | "refuses" | "declines" | "went" | "out")
    }

    /// "When asked", "Asked".
    pub(super) fn opens_clause(&self, at: usize) -> bool {
        match self.before(at) {
            None => true,
            Some(token) => {
                !token.is_word && !token.is_mark(&[",", ")"])
                    || matches!(token.lower.as_str(), "when" | "if" | "as" | "while" | "and")
                        && self
                            .before(at.saturating_sub(1))
                            .is_none_or(|token| !token.is_word)
                    || token.is_mark(&[","]) && self.word(at) == "asked"
            }
        }
    }

    pub(super) fn group_ending(&self, end: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.end == end)
    }

    pub(super) fn group_starting(&self, start: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.start == start)
    }

    pub(super) fn is_subject_form(&self, group: &Group) -> bool {
        group.kind != MentionKind::Pronoun || self.lower_is(group.start, SUBJECT_PRONOUN)
    }

    pub(super) fn preposition_before(&self, at: usize) -> bool {
        self.before(at)
            .is_some_and(|token| token.is_word && token.is(PREPOSITION))
    }

    /// How many words at `at` name a source in German: "laut", "nach Angaben von", and "so" after
    /// what was said.
    fn german_source(&self, at: usize) -> Option<usize> {
        let words = match self.word(at) {
            "laut" => 1,
            "nach" if matches!(self.word(at + 1), "angaben" | "worten" | "aussage") => {
                2 + usize::from(self.word(at + 2) == "von")
            }
            "so" => {
                let group = self.group_starting(at + 1)?;
                let behind = self.before(at).is_some_and(|token| token.is_mark(&[","]));
                let ends = self.token(group.end).is_none_or(|token| !token.is_word);
                return (behind && ends).then_some(1);
            }
            _ => return None,
        };
        self.group_starting(at + words).map(|_| words)
    }

    /// Whether a clause begins with the source at a token: "According to Lee, …", and not "…, according to
    /// Lee".
    fn opens_with_source(&self, at: usize) -> bool {
        at <= 1
            || (0..at).all(|at| self.is_adverb(at) || self.word(at) == "but")
            || self.follows_joiner(at)
    }

    /// Whether a comma ends the source a clause begins with: what is before it is not what is said.
    pub(super) fn ends_source(&self, comma: usize) -> bool {
        let is_comma = |at: usize| self.token(at).is_some_and(|token| token.is_mark(&[","]));
        let source = (0..comma).rev().take_while(|at| !is_comma(*at));
        let source = source.filter(|at| self.word(*at) == "according").last();
        source.is_some_and(|at| self.opens_with_source(at))
    }

    /// "We learned that according to Lee, …": a clause begins there, and what is before is none.
    fn follows_joiner(&self, mut at: usize) -> bool {
        while let Some(before) = at.checked_sub(1).filter(|&before| self.is_adverb(before)) {
            at = before;
        }
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let comma = self.token(before).filter(|token| token.is_mark(&[","]));
        let that = comma.and_then(|_| before.checked_sub(1));
        self.word_is(before, CONJUNCTION) || that.is_some_and(|that| self.word(that) == "that")
    }

    /// A source named by `words` words at `at`, and what it says.
    fn according_to(&self, at: usize, words: usize) -> Option<Report> {
        let subject = self
            .groups
            .iter()
            .find(|group| group.start == at + words)
            .map(|group| made(group, true))
            .or_else(|| self.noun_after(at + words));
        let after = subject.as_ref().map_or(at + words, |subject| subject.end);
        let comma = (after..self.tokens.len()).find(|&at| {
            self.token(at)
                .is_some_and(|token| !token.quoted && token.is_mark(&[","]))
        });
        let opens = self.opens_with_source(at);
        let german = self.word(at) != "according";
        // "According to Lee the bridge is closed."
        let clause_follows =
            self.lower_is(after, DETERMINER) && self.group_starting(after).is_some();
        let content = match comma {
            // "Laut Merkel ist die Lage ernst."
            _ if opens && (german || clause_follows) => self.trimmed(after, self.tokens.len()),
            Some(comma) if opens => self.trimmed(comma + 1, self.tokens.len()),
            None if opens => None,
            _ => self.trimmed(0, at),
        };
        Some(Report {
            clause: ReportingClause {
                verb: span(&self.tokens, at, at + words)?,
                subject: subject
                    .as_ref()
                    .and_then(|subject| span(&self.tokens, subject.start, subject.end)),
                content: content.and_then(|(start, end)| span(&self.tokens, start, end)),
            },
            weak: false,
        })
    }
}

/// Whether only who has a mind does it: "believes", not "shows" or "finds".
fn is_thought(verb: &str) -> bool {
    let stems = ["believ", "think", "hope", "expect", "plans", "intend"];
    verb == "thought" || stems.iter().any(|stem| verb.starts_with(stem))
}

pub(super) fn made(group: &Group, after: bool) -> Subject {
    Subject {
        start: group.start,
        end: group.end,
        kind: Some(group.kind),
        after,
    }
}

/// Neither a function word nor a verb of speech: may be in a noun group.
pub(super) fn is_noun_like(token: &Token) -> bool {
    const FUNCTION_WORD: Words = AUXILIARY
        .or(PREPOSITION)
        .or(CONJUNCTION)
        .or(DETERMINER)
        .or(ADVERB);
    token.is_word
        && !token.quoted
        && !token.is(FUNCTION_WORD)
        && (!token.is(REPORTS) || token.is(OFTEN_NOUNS))
        && !token.lower.ends_with("ly")
}
