//! Who reports what in a sentence: the verb group, its subject, and what is reported.

use super::lexicon::{
    ADVERB, AUXILIARY, BEFORE_HEARER, CONJUNCTION, DETERMINER, OFTEN_NOUNS, PREPOSITION,
    SUBJECT_PRONOUN, TAKES_HEARER, WEAK, is_reporting,
};
use super::mentions::{Group, MentionKind, groups, span};
use super::quotation_marks::{quoted_stretches, reads_as_speech};
use super::token::{Token, closes_inside, opens_inside, tokens};
use crate::text::{SourceText, TextRange, TextSize};

/// One report within a sentence. All ranges are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingClause {
    /// The verb group: "said", "has pointed out", "according to".
    pub verb: TextRange,
    /// Who reports; `None` where the sentence does not say, as in "when asked".
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
    reports(source, sentence)
        .into_iter()
        .map(|report| report.clause)
        .collect()
}

pub(super) fn reports(source: &SourceText, sentence: TextRange) -> Vec<Report> {
    let quotes: Vec<TextRange> = quoted_stretches(source, sentence)
        .into_iter()
        .filter(|quote| !quote.contains_range(sentence) && reads_as_speech(source, *quote))
        .collect();
    let tokens = tokens(source, sentence, &quotes);
    let groups = groups(&tokens);
    let analysis = Analysis {
        tokens: &tokens,
        groups: &groups,
    };
    let found: Vec<Report> = (0..tokens.len())
        .filter_map(|at| analysis.report_at(at))
        .collect();
    found
        .iter()
        .enumerate()
        .map(|(n, report)| Report {
            clause: ReportingClause {
                content: analysis.cut(report, found.get(n + 1..).unwrap_or_default()),
                ..report.clause.clone()
            },
            weak: report.weak,
        })
        .collect()
}

/// The subject of the last verb before a place, whatever the verb: a noun group outside quotes that
/// no preposition governs, with a word behind it that may be a verb.
pub(super) fn subject_before(
    source: &SourceText,
    sentence: TextRange,
    place: TextSize,
) -> Option<TextRange> {
    let quotes = quoted_stretches(source, sentence);
    let tokens = tokens(source, sentence, &quotes);
    let groups = groups(&tokens);
    let analysis = Analysis {
        tokens: &tokens,
        groups: &groups,
    };
    let fits = |group: &&Group| {
        analysis
            .token(group.start)
            .is_some_and(|token| !token.quoted && !token.possessive)
            && analysis.is_subject_form(group)
            && !analysis.preposition_before(group.start)
    };
    let has_verb = |group: &&Group| {
        let next = analysis.word(group.end);
        !next.is_empty()
            && !PREPOSITION.has(next)
            && !CONJUNCTION.has(next)
            && analysis.group_starting(group.end).is_none()
    };
    let before: Vec<&Group> = groups
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
    span(&tokens, group.start, group.end)
}

/// The words of a verb group and what part they play: token ranges, end-exclusive.
struct Verb {
    start: usize,
    main: usize,
    end: usize,
    passive: bool,
}

struct Subject {
    start: usize,
    end: usize,
    kind: Option<MentionKind>,
    after: bool,
}

struct Analysis<'t, 'a> {
    tokens: &'t [Token<'a>],
    groups: &'t [Group],
}

impl<'t, 'a> Analysis<'t, 'a> {
    fn token(&self, at: usize) -> Option<&'t Token<'a>> {
        self.tokens.get(at)
    }

    fn before(&self, at: usize) -> Option<&'t Token<'a>> {
        at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    fn lower(&self, at: usize) -> &'t str {
        self.token(at).map_or("", |token| token.lower.as_str())
    }

    /// The lower-case word at `at` if it is one outside quotes.
    fn word(&self, at: usize) -> &'t str {
        self.token(at)
            .filter(|token| token.is_word && !token.quoted)
            .map_or("", |token| token.lower.as_str())
    }

    fn report_at(&self, at: usize) -> Option<Report> {
        let token = self
            .token(at)
            .filter(|token| token.is_word && !token.quoted)?;
        if token.lower == "according" && self.word(at + 1) == "to" {
            return self.according_to(at);
        }
        if !is_reporting(&token.lower) || token.is_capital() && !token.first {
            return None;
        }
        let verb = self.verb_group(at);
        let subject = self.subject(&verb);
        let often_noun = OFTEN_NOUNS.has(&token.lower);
        let direct = subject
            .as_ref()
            .is_some_and(|subject| self.stands_before(subject, &verb));
        if often_noun && !direct && !(self.word(verb.end) == "that" && subject.is_some()) {
            return None;
        }
        // "the US state": the bare form goes with a pronoun.
        let pronoun = |subject: &Subject| subject.kind == Some(MentionKind::Pronoun);
        if often_noun
            && !token.lower.ends_with(['s', 'd'])
            && !subject.as_ref().is_some_and(pronoun)
        {
            return None;
        }
        if self
            .before(verb.start)
            .is_some_and(|token| DETERMINER.has(&token.lower) && !SUBJECT_PRONOUN.has(&token.lower))
            && !direct
        {
            return None;
        }
        let content = self.content(&verb, subject.as_ref());
        let subject_range = subject
            .as_ref()
            .and_then(|subject| span(self.tokens, subject.start, subject.end));
        Some(Report {
            clause: ReportingClause {
                verb: span(self.tokens, verb.start, verb.end)?,
                subject: subject_range,
                content: content.and_then(|(start, end)| span(self.tokens, start, end)),
            },
            weak: WEAK.has(&token.lower),
        })
    }

    /// The content without a later ", S said" that frames something else: "When asked whether …,
    /// Sanders said, …".
    fn cut(&self, report: &Report, later: &[Report]) -> Option<TextRange> {
        let content = report.clause.content?;
        let place = |at: TextSize| {
            self.tokens
                .iter()
                .position(|token| token.range.start() >= at)
        };
        let first = place(content.start())?;
        for other in later {
            let Some(subject) = other.clause.subject else {
                continue;
            };
            let frame = other.clause.verb.cover(subject);
            if !content.contains_range(frame) || other.weak {
                continue;
            }
            let after = place(frame.end()).unwrap_or(self.tokens.len());
            let Some(start) = place(frame.start()) else {
                continue;
            };
            let comma = self
                .before(start)
                .is_some_and(|token| token.is_mark(&[","]));
            if comma && (self.quote_follows(after) || self.is_tail(after)) {
                let (start, end) = self.trimmed(first, start)?;
                return span(self.tokens, start, end);
            }
        }
        Some(content)
    }

    fn stands_before(&self, subject: &Subject, verb: &Verb) -> bool {
        !subject.after && (subject.end..verb.start).all(|at| self.is_adverb(at))
    }

    fn is_adverb(&self, at: usize) -> bool {
        let word = self.word(at);
        ADVERB.has(word) || word.len() > 3 && word.ends_with("ly")
    }

    /// From the first helping verb to the particle: "has said", "pointed out".
    fn verb_group(&self, main: usize) -> Verb {
        let mut start = main;
        let mut at = main;
        let mut be = false;
        while let Some(before) = at.checked_sub(1) {
            let word = self.word(before);
            if AUXILIARY.has(word) && !(word == "to" && start == main && !self.has_verb(before)) {
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
        Verb {
            start,
            main,
            end,
            passive: participle && (be || self.opens_clause(start)) && TAKES_HEARER.has(main_word),
        }
    }

    /// "declined to say", "went on to say": an infinitive that reports.
    fn has_verb(&self, to: usize) -> bool {
        let before = to.checked_sub(1).map_or("", |at| self.word(at));
        before.ends_with("ed") || matches!(before, "on" | "refuses" | "declines" | "went" | "out")
    }

    /// "When asked", "Asked".
    fn opens_clause(&self, at: usize) -> bool {
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

    fn group_ending(&self, end: usize) -> Option<&'t Group> {
        self.groups.iter().find(|group| group.end == end)
    }

    fn group_starting(&self, start: usize) -> Option<&'t Group> {
        self.groups.iter().find(|group| group.start == start)
    }

    fn is_subject_form(&self, group: &Group) -> bool {
        group.kind != MentionKind::Pronoun || SUBJECT_PRONOUN.has(self.lower(group.start))
    }

    fn preposition_before(&self, at: usize) -> bool {
        self.before(at)
            .is_some_and(|token| token.is_word && PREPOSITION.has(&token.lower))
    }

    fn subject(&self, verb: &Verb) -> Option<Subject> {
        let main = self.lower(verb.main);
        if verb.passive {
            let by = (verb.end..self.tokens.len().min(verb.end + 3))
                .find(|&at| self.word(at) == "by")?;
            return self.group_starting(by + 1).map(|group| made(group, true));
        }
        let mut at = verb.start;
        while at > 0 && self.is_adverb(at - 1) {
            at -= 1;
        }
        let inverted = self.subject_after(verb);
        let before = self.before(at);
        let behind_speech = before.is_some_and(|token| {
            token.quoted && !token.is_word || token.is_mark(&["”", "\"", "''", "’", "»"])
        });
        if (behind_speech
            || before.is_some_and(|token| token.is_mark(&[","]))
                && self.ends_soon(inverted.as_ref()))
            && let Some(subject) = inverted
        {
            return Some(subject);
        }
        if let Some(subject) = self.subject_ending(at) {
            return Some(subject);
        }
        if behind_speech {
            return self.noun_after(verb.end);
        }
        if main.ends_with("ing")
            || before.is_some_and(|token| {
                token.is_mark(&[",", ")", "–", "—", "-"])
                    || matches!(
                        token.lower.as_str(),
                        "and" | "or" | "but" | "to" | "by" | "in" | "for"
                    )
                    || token.is_word && !DETERMINER.has(&token.lower)
            })
        {
            return self.clause_subject(at);
        }
        None
    }

    /// Whether little more than the subject follows: ", said Tillerson."
    fn ends_soon(&self, subject: Option<&Subject>) -> bool {
        subject.is_some_and(|subject| {
            self.token(subject.end)
                .is_none_or(|token| !token.is_word || PREPOSITION.has(&token.lower))
        })
    }

    /// said Tillerson
    fn subject_after(&self, verb: &Verb) -> Option<Subject> {
        let main = self.lower(verb.main);
        if verb.start != verb.main || BEFORE_HEARER.has(main) && main != "asked" && main != "warned"
        {
            return None;
        }
        let group = self.group_starting(verb.end)?;
        self.is_subject_form(group).then(|| made(group, true))
    }

    /// said a 43-year-old who …
    fn noun_after(&self, at: usize) -> Option<Subject> {
        if !DETERMINER.has(self.word(at)) {
            return None;
        }
        let mut end = at + 1;
        while end < at + 6 && self.token(end).is_some_and(is_noun_like) {
            end += 1;
        }
        (end > at + 1).then_some(Subject {
            start: at,
            end,
            kind: Some(MentionKind::Description),
            after: true,
        })
    }

    /// The subject that ends right before token `at`.
    fn subject_ending(&self, at: usize) -> Option<Subject> {
        let before = self.before(at)?;
        if before.quoted {
            return None;
        }
        if before.is_mark(&[",", ")", "–", "—", "-"]) {
            return self.subject_with_apposition(at);
        }
        if !before.is_word {
            return None;
        }
        if matches!(before.lower.as_str(), "who" | "which" | "that") {
            let mut end = at - 1;
            if end > 0
                && self
                    .tokens
                    .get(end - 1)
                    .is_some_and(|token| token.is_mark(&[","]))
            {
                end -= 1;
            }
            if let Some(subject) = self.noun_ending(end) {
                return Some(subject);
            }
            return (before.lower == "who").then_some(Subject {
                start: at - 1,
                end: at,
                kind: Some(MentionKind::Pronoun),
                after: false,
            });
        }
        self.noun_ending(at)
    }

    /// The noun group that ends before `end`, with what belongs to its head: "a spokesman for X".
    fn noun_ending(&self, end: usize) -> Option<Subject> {
        let (start, kind) = match self.group_ending(end) {
            Some(group) if self.is_subject_form(group) => (group.start, Some(group.kind)),
            Some(_) => return None,
            None => (self.plain_noun_before(end)?, Some(MentionKind::Description)),
        };
        // The object of a preposition is no subject: its head stands before.
        if self.preposition_before(start) && start >= 2 {
            let head_end = start - 1;
            let head = match self.group_ending(head_end) {
                Some(group) => Some(group.start),
                None => self.plain_noun_before(head_end),
            };
            if let Some(head) = head
                && !self.preposition_before(head)
            {
                return Some(Subject {
                    start: head,
                    end,
                    kind: Some(MentionKind::Description),
                    after: false,
                });
            }
        }
        // Two names: "Smith and Jones said".
        if let Some(and) = start.checked_sub(1)
            && self.word(and) == "and"
            && let Some(first) = self.group_ending(and)
            && self.is_subject_form(first)
            && !self.preposition_before(first.start)
        {
            return Some(Subject {
                start: first.start,
                end,
                kind,
                after: false,
            });
        }
        Some(Subject {
            start,
            end,
            kind,
            after: false,
        })
    }

    /// Where an unknown noun group that ends before `end` starts: at its article, or a plural noun
    /// alone.
    fn plain_noun_before(&self, end: usize) -> Option<usize> {
        let mut at = end;
        while at > 0 && end - at < 7 {
            let token = self.token(at - 1)?;
            if token.quoted || !token.is_word {
                break;
            }
            if DETERMINER.has(&token.lower) && at < end {
                return Some(at - 1);
            }
            if !is_noun_like(token) {
                break;
            }
            at -= 1;
        }
        let last = self.before(end)?;
        let plural = last.is_word
            && last.lower.ends_with('s')
            && last.lower.len() > 3
            && is_noun_like(last)
            && !CONJUNCTION.has(&last.lower);
        (plural && at < end && end - at < 4).then_some(at)
    }

    /// "Pantucci, director of Security Studies in London, said": the noun before the apposition.
    fn subject_with_apposition(&self, at: usize) -> Option<Subject> {
        let candidates = self.groups.iter().rev().filter(|group| {
            group.end < at
                && self.is_subject_form(group)
                && self.token(group.start).is_some_and(|token| !token.quoted)
                && self.token(group.end).is_some_and(|token| {
                    token.is_mark(&[",", "(", "–", "—", "-"]) || token.lower == "who"
                })
                && (group.end + 1 < at)
        });
        for group in candidates {
            let after_comma = self
                .before(group.start)
                .is_some_and(|token| token.is_mark(&[",", "(", "–", "—"]));
            let opens = group.start <= 1
                || self.before(group.start).is_some_and(|token| token.quoted)
                || self.token(group.start).is_some_and(|token| token.first);
            if self.preposition_before(group.start) || after_comma && !opens && group.start > 4 {
                if after_comma
                    && group.kind == MentionKind::Named
                    && self.opens_with_phrase(group.start)
                {
                    return Some(made(group, false));
                }
                continue;
            }
            return Some(made(group, false));
        }
        self.clause_subject(at)
    }

    /// "On Tuesday, McMaster, …": only an adverbial stands before the comma.
    fn opens_with_phrase(&self, start: usize) -> bool {
        self.token(0).is_some_and(|token| {
            PREPOSITION.has(&token.lower)
                || CONJUNCTION.has(&token.lower)
                || ADVERB.has(&token.lower)
        }) && self
            .groups
            .iter()
            .filter(|group| group.end < start)
            .all(|group| self.preposition_before(group.start))
    }

    /// The first noun group outside quotes that no preposition governs.
    fn clause_subject(&self, before: usize) -> Option<Subject> {
        self.groups
            .iter()
            .filter(|group| group.end <= before && self.is_subject_form(group))
            .find(|group| {
                self.token(group.start).is_some_and(|token| !token.quoted)
                    && !self.preposition_before(group.start)
            })
            .map(|group| made(group, false))
    }

    fn according_to(&self, at: usize) -> Option<Report> {
        let subject = self
            .groups
            .iter()
            .find(|group| group.start == at + 2)
            .map(|group| made(group, true))
            .or_else(|| self.noun_after(at + 2));
        let after = subject.as_ref().map_or(at + 2, |subject| subject.end);
        let comma = (after..self.tokens.len()).find(|&at| {
            self.token(at)
                .is_some_and(|token| !token.quoted && token.is_mark(&[","]))
        });
        let opens = at <= 1 || (0..at).all(|at| self.is_adverb(at) || self.word(at) == "but");
        let content = if opens {
            comma.and_then(|comma| self.trimmed(comma + 1, self.tokens.len()))
        } else {
            self.trimmed(0, at)
        };
        Some(Report {
            clause: ReportingClause {
                verb: span(self.tokens, at, at + 2)?,
                subject: subject
                    .as_ref()
                    .and_then(|subject| span(self.tokens, subject.start, subject.end)),
                content: content.and_then(|(start, end)| span(self.tokens, start, end)),
            },
            weak: false,
        })
    }

    /// `start..end` without marks at its ends, if at least two words are left.
    fn trimmed(&self, mut start: usize, mut end: usize) -> Option<(usize, usize)> {
        let piece = |start: usize, end: usize| self.tokens.get(start..end).unwrap_or_default();
        let is_mark = |at: usize| self.token(at).is_some_and(|token| !token.is_word);
        while start < end && is_mark(end - 1) && !closes_inside(piece(start, end)) {
            end -= 1;
        }
        while start < end && is_mark(start) && !opens_inside(piece(start, end)) {
            start += 1;
        }
        let words = (start..end).filter(|&at| self.token(at).is_some_and(|token| token.is_word));
        (words.take(2).count() == 2).then_some((start, end))
    }

    /// What is reported: after the verb, or before ", S said".
    fn content(&self, verb: &Verb, subject: Option<&Subject>) -> Option<(usize, usize)> {
        let after = match subject {
            Some(subject) if subject.after => subject.end,
            _ => verb.end,
        };
        let first = match subject {
            Some(subject) if !subject.after => subject.start.min(verb.start),
            _ => verb.start,
        };
        if let Some(that) = self.complement_after(after) {
            return self.trimmed(that, self.tokens.len());
        }
        // The part before ", S said" when the report comes behind what it reports.
        let comma = first.checked_sub(1).filter(|&at| {
            self.token(at)
                .is_some_and(|token| !token.quoted && token.is_mark(&[","]))
        });
        let tail_short = self.is_tail(after);
        if let Some(comma) = comma
            && tail_short
            && let Some(content) = self.trimmed(0, comma)
        {
            return Some(content);
        }
        // What follows directly: "said Russia is", "told reporters he would", "vowed to".
        let mut start = after;
        if BEFORE_HEARER.has(self.lower(verb.main))
            && let Some(hearer) = self.group_starting(start)
        {
            start = hearer.end;
        }
        start = self.after_adverbials(start);
        let ends = self
            .token(start)
            .is_none_or(|token| token.is_mark(&[",", ".", ";"]));
        if ends && self.token(start).is_none_or(|token| !token.is_mark(&[","])) {
            return None;
        }
        self.trimmed(start, self.tokens.len())
    }

    /// Whether only an adverbial stands between `at` and the end: "on Tuesday."
    fn is_tail(&self, at: usize) -> bool {
        let after = self.after_adverbials(at);
        self.token(after)
            .is_none_or(|token| !token.is_word && !self.quote_follows(after))
            || PREPOSITION.has(self.word(at)) && self.word(at) != "to"
            || matches!(self.word(at), "when" | "after" | "while" | "as")
    }

    /// A quotation begins there, or behind a comma or colon.
    fn quote_follows(&self, at: usize) -> bool {
        let starts = |at: usize| self.token(at).is_some_and(|token| token.quoted);
        starts(at)
            || self
                .token(at)
                .is_some_and(|token| token.is_mark(&[",", ":"]))
                && starts(at + 1)
    }

    /// Skips "on Tuesday", "earlier this month", "Wednesday", "in a statement".
    fn after_adverbials(&self, mut at: usize) -> usize {
        loop {
            let word = self.word(at);
            if super::lexicon::CALENDAR.has(word) && self.token(at).is_some_and(Token::is_capital)
                || self.is_adverb(at)
            {
                at += 1;
            } else if matches!(
                word,
                "on" | "during" | "in" | "at" | "earlier" | "last" | "this"
            ) {
                let mut end = at + 1;
                while end < at + 6
                    && self.token(end).is_some_and(|token| {
                        token.is_word
                            && !token.quoted
                            && !SUBJECT_PRONOUN.has(&token.lower)
                            && (DETERMINER.has(&token.lower) || is_noun_like(token))
                            || token.text.starts_with(|c: char| c.is_ascii_digit())
                    })
                {
                    let done = super::lexicon::CALENDAR.has(self.word(end))
                        || matches!(
                            self.word(end),
                            "statement"
                                | "interview"
                                | "morning"
                                | "week"
                                | "month"
                                | "year"
                                | "letter"
                                | "email"
                                | "news"
                                | "conference"
                                | "report"
                                | "speech"
                        ) && self.word(end + 1) != "conference";
                    end += 1;
                    if done {
                        break;
                    }
                }
                if end == at + 1 {
                    return at;
                }
                at = end;
            } else {
                return at;
            }
        }
    }

    /// The place of *that*, *whether* or *to* that opens what is reported.
    fn complement_after(&self, after: usize) -> Option<usize> {
        if matches!(
            self.word(after),
            "to" | "whether" | "if" | "why" | "how" | "what" | "who" | "where" | "when"
        ) {
            return Some(after);
        }
        for at in after..self.tokens.len().min(after + 30) {
            let token = self.token(at)?;
            if token.quoted || token.is_mark(&[";", ":"]) {
                return None;
            }
            if matches!(token.lower.as_str(), "that" | "whether") && token.is_word {
                return Some(at);
            }
            // Another report begins.
            if at > after && is_reporting(&token.lower) && !OFTEN_NOUNS.has(&token.lower) {
                return None;
            }
            // A subject with its verb begins: a clause without "that".
            if at > after + 1 && SUBJECT_PRONOUN.has(&token.lower) && !DETERMINER.has(&token.lower)
                || AUXILIARY.has(&token.lower) && token.lower != "to"
            {
                return None;
            }
        }
        None
    }
}

fn made(group: &Group, after: bool) -> Subject {
    Subject {
        start: group.start,
        end: group.end,
        kind: Some(group.kind),
        after,
    }
}

/// Neither a function word nor a verb of speech: may stand in a noun group.
fn is_noun_like(token: &Token) -> bool {
    token.is_word
        && !token.quoted
        && [&AUXILIARY, &PREPOSITION, &CONJUNCTION, &DETERMINER, &ADVERB]
            .iter()
            .all(|list| !list.has(&token.lower))
        && (!is_reporting(&token.lower) || OFTEN_NOUNS.has(&token.lower))
        && !token.lower.ends_with("ly")
}
