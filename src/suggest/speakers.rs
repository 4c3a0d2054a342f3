//! Who probably said a range of text, from the text alone.

use super::MentionKind;
use super::cues::Cues;
use super::mentions::mention_kind;
use super::paragraph_cache::ParagraphCache;
use super::places::is_silent_place;
use super::quotation_marks::{quoted_stretches, reads_as_speech, without_closing_marks};
use super::reporting_clauses::{Report, reports, subject_before};
use super::truncate::truncated;
use crate::text::{
    SourceText, TextRange, TextSize, neighbourhood, next_paragraph, overlap, paragraph_at,
    previous_paragraph, sentence_at, sentences,
};

/// How far a guess is from what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Subject of a reporting verb in the same sentence.
    Sentence,
    /// Elsewhere in the same paragraph.
    Paragraph,
    /// In a paragraph beside it.
    Beyond,
    /// Named in the sentence, but no subject of a report.
    Named,
}

/// A mention that may be the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) range: TextRange,
    pub(super) nearness: Nearness,
}

/// The sentence around `range`, grown over quotations that run across its ends: “One. Two,” he said.
pub(super) fn speech_sentence(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let last = if range.is_empty() {
        range.start()
    } else {
        range.end() - TextSize::new(1)
    };
    let mut hull = sentence_at(source, range.start())?;
    if let Some(end) = sentence_at(source, last) {
        hull = hull.cover(end);
    }
    let quotes = quoted_stretches(source, hull);
    for quote in quotes {
        if !hull.contains_range(quote) {
            hull = hull.cover(quote);
            for edge in [quote.start(), quote.end() - TextSize::new(1)] {
                if let Some(sentence) = sentence_at(source, edge) {
                    hull = hull.cover(sentence);
                }
            }
        }
    }
    Some(hull)
}

fn gap(a: TextRange, b: TextRange) -> u32 {
    if overlap(a, b) {
        return 0;
    }
    let between = if a.end() <= b.start() {
        b.start() - a.end()
    } else {
        a.start() - b.end()
    };
    between.into()
}

/// What was said, for the rules: each fragment grown over the quotation it is in.
fn said(source: &SourceText, fragments: &[TextRange]) -> Vec<TextRange> {
    fragments
        .iter()
        .map(|&fragment| {
            quoted_stretches(source, fragment)
                .into_iter()
                .filter(|quote| quote.contains_range(fragment) && reads_as_speech(source, *quote))
                .max_by_key(|quote| quote.len())
                .unwrap_or(fragment)
        })
        .collect()
}

/// Lower is likelier. `None`: the report cannot be about what was said.
fn cost(report: &Report, said: &[TextRange]) -> Option<u32> {
    let clause = &report.clause;
    let subject = clause.subject?;
    if said.iter().any(|part| overlap(*part, clause.verb)) {
        return None;
    }
    let frame = clause.verb.cover(subject);
    let distance = said.iter().map(|part| gap(*part, frame)).min()?;
    let about = clause.content.and_then(|content| {
        let shared: u32 = said
            .iter()
            .filter_map(|part| part.intersect(content))
            .map(|part| u32::from(part.len()))
            .sum();
        let all: u32 = said.iter().map(|part| u32::from(part.len())).sum();
        let inside = shared * 2 > all;
        inside.then(|| (u32::from(content.len()).saturating_sub(shared)).min(200) / 8)
    });
    let beside = distance * 2 + if report.weak { 70 } else { 10 };
    // Exactly what this report is about, it is not what an outer one says.
    let about = about.map(|rest| rest + if report.weak && rest > 0 { 10 } else { 0 });
    Some(about.map_or(beside, |about| about.min(beside)))
}

/// Cost of a subject with a verb the lists do not know.
const ANY_VERB: u32 = 75;

/// Mentions that may have said `fragments`, best first; none twice.
pub(super) fn guesses(source: &SourceText, fragments: &[TextRange], cues: &Cues) -> Vec<Guess> {
    let said = said(source, &truncated(source, fragments));
    let (Some(first), Some(last)) = (said.first(), said.last()) else {
        return Vec::new();
    };
    let Some(scope) = speech_sentence(source, first.cover(*last)) else {
        return Vec::new();
    };
    let mut found = Guesses {
        cues,
        said: &said,
        list: Vec::new(),
    };
    let all_reports = reports(source, scope, cues);
    let mut own: Vec<(u32, TextRange)> = all_reports
        .iter()
        .filter_map(|report| Some((cost(report, &said)?, report.clause.subject?)))
        .collect();
    // Attitudes come with any verb: the subject before what was meant, unless a report has it.
    let in_marks = speech_in(source, scope)
        .iter()
        .any(|quote| said.iter().any(|part| overlap(*part, *quote)));
    if !in_marks && let Some(subject) = subject_before(source, scope, first.start()) {
        own.push((ANY_VERB, subject));
    }
    own.sort_by_key(|(cost, _)| *cost);
    // What was meant has its report in it: "the deal is dead, Lee said".
    if let Some((subject, frames)) = reporter_within(source, scope, &all_reports, &said)
        && (own.is_empty() || frames)
        && !is_reported(&all_reports, &said)
    {
        found.list.push(Guess {
            range: subject,
            nearness: Nearness::Sentence,
        });
    }
    for (_, subject) in own {
        found.add(subject, Nearness::Sentence);
    }
    let paragraph = neighbourhood(source, scope);
    let all = sentences(source, paragraph);
    let before: Vec<TextRange> = all
        .iter()
        .rev()
        .filter(|sentence| sentence.end() <= scope.start())
        .take(6)
        .copied()
        .collect();
    let after: Vec<TextRange> = all
        .iter()
        .filter(|sentence| sentence.start() >= scope.end())
        .take(2)
        .copied()
        .collect();
    // “Why?” Smith asked.
    if found.list.is_empty()
        && without_closing_marks(source.slice(*last)).ends_with(['?', '!'])
        && last.end() == scope.end()
        && let Some(next) = after.first()
        && let Some(report) = reports(source, *next, cues).first()
        && let Some(subject) = report.clause.subject
        && gap(*last, report.clause.verb.cover(subject)) < 8
    {
        found.add(subject, Nearness::Sentence);
    }
    // “It is going to take time.” — “We …,” Weldon said: the paragraph's own report, nearest first.
    for sentence in &before {
        found.add_reporter(source, *sentence, Nearness::Paragraph);
    }
    if found.list.is_empty() {
        for sentence in &after {
            found.add_outer_reporter(source, *sentence, Nearness::Paragraph);
        }
    }
    // No verb of speech: who is in the sentence outside the quotation, or in the one before.
    let in_marks = !quoted_stretches(source, scope).is_empty();
    if found.list.is_empty() && in_marks {
        found.add_named_in(source, scope, Nearness::Paragraph);
        for sentence in before.iter().take(2) {
            found.add_named_in(source, *sentence, Nearness::Paragraph);
        }
    }
    let lines = paragraph_at(source, scope.start());
    if let Some(earlier) = previous_paragraph(source, lines) {
        let tail = neighbourhood(source, TextRange::empty(earlier.end()));
        for sentence in sentences(source, tail).iter().rev().take(4) {
            let count = found.list.len();
            found.add_reporter(source, *sentence, Nearness::Beyond);
            if found.list.len() > count {
                break;
            }
        }
    }
    if found.list.is_empty()
        && let Some(later) = next_paragraph(source, lines)
        && let Some(sentence) = sentence_at(source, later.start())
    {
        found.add_outer_reporter(source, sentence, Nearness::Beyond);
    }
    // Nobody speaks from inside their own words.
    if found.list.is_empty() {
        for mention in speaking_mentions(source, scope) {
            if !is_silent_place(source, mention) {
                found.add(mention, Nearness::Named);
            }
        }
    }
    found.list
}

/// The subject of the first report that lies wholly in what was meant, outside quotation marks, and
/// whether what was meant begins or ends with that report.
fn reporter_within(
    source: &SourceText,
    scope: TextRange,
    reports: &[Report],
    said: &[TextRange],
) -> Option<(TextRange, bool)> {
    let speech = speech_in(source, scope);
    let subject = |weak: bool| {
        let mut fitting = reports.iter().filter(move |report| report.weak == weak);
        fitting.find_map(|report| {
            let subject = report.clause.subject?;
            let frame = report.clause.verb.cover(subject);
            let part = said.iter().find(|part| part.contains_range(frame))?;
            let quoted = speech.iter().any(|quote| overlap(*quote, subject));
            let behind = TextRange::new(frame.end(), part.end());
            let ends = !source.slice(behind).contains(char::is_alphanumeric);
            let frames = frame.start() == part.start() || ends;
            // "US allegations that …" in passing.
            (!quoted && (!weak || frames)).then_some((subject, frames))
        })
    };
    subject(false).or_else(|| subject(true))
}

/// Whether most of what was meant is what a report around it reports.
fn is_reported(reports: &[Report], said: &[TextRange]) -> bool {
    let all: u32 = said.iter().map(|part| u32::from(part.len())).sum();
    reports.iter().any(|report| {
        let content = report.clause.content;
        let outside = !said.iter().any(|part| overlap(*part, report.clause.verb));
        let shared = said.iter().filter_map(|part| part.intersect(content?));
        outside && shared.map(|both| u32::from(both.len())).sum::<u32>() * 2 > all
    })
}

/// The quotations of a stretch.
fn speech_in(source: &SourceText, range: TextRange) -> Vec<TextRange> {
    quoted_stretches(source, range)
        .into_iter()
        .filter(|quote| reads_as_speech(source, *quote))
        .collect()
}

/// The mentions of a stretch without those in a dateline or headline.
pub(super) fn speaking_mentions(source: &SourceText, range: TextRange) -> Vec<TextRange> {
    ParagraphCache::new(source).speaking_mentions(range)
}

struct Guesses<'a> {
    cues: &'a Cues,
    said: &'a [TextRange],
    list: Vec<Guess>,
}

impl Guesses<'_> {
    fn add(&mut self, range: TextRange, nearness: Nearness) {
        let inside = self.said.iter().any(|part| overlap(*part, range));
        let known = self.list.iter().any(|guess| overlap(guess.range, range));
        if !inside && !known {
            self.list.push(Guess { range, nearness });
        }
    }

    /// The subject of the sentence's last report, speech before thought; one within what another report
    /// says only where there is no other.
    fn add_reporter(&mut self, source: &SourceText, sentence: TextRange, nearness: Nearness) {
        if !self.add_outer_reporter(source, sentence, nearness) {
            self.add_last_of(
                source,
                sentence,
                &reports(source, sentence, self.cues),
                nearness,
            );
        }
    }

    /// The same, never one within what another report says; whether there is one.
    fn add_outer_reporter(
        &mut self,
        source: &SourceText,
        sentence: TextRange,
        nearness: Nearness,
    ) -> bool {
        let mut outer = reports(source, sentence, self.cues);
        let contents: Vec<TextRange> = outer
            .iter()
            .filter_map(|report| report.clause.content)
            .collect();
        outer.retain(|report| {
            let verb = report.clause.verb;
            !contents.iter().any(|content| content.contains_range(verb))
        });
        self.add_last_of(source, sentence, &outer, nearness)
    }

    fn add_last_of(
        &mut self,
        source: &SourceText,
        sentence: TextRange,
        reports: &[Report],
        nearness: Nearness,
    ) -> bool {
        let speech = speech_in(source, sentence);
        let named = |weak: bool| {
            reports
                .iter()
                .rev()
                .filter(|report| report.weak == weak)
                .filter_map(|report| report.clause.subject)
                .find(|subject| !speech.iter().any(|quote| quote.contains_range(*subject)))
        };
        let Some(subject) = named(false).or_else(|| named(true)) else {
            return false;
        };
        self.add(subject, nearness);
        true
    }

    /// The nearest name outside quotations, else the nearest pronoun or description.
    fn add_named_in(&mut self, source: &SourceText, sentence: TextRange, nearness: Nearness) {
        let quotes = quoted_stretches(source, sentence);
        let mentions: Vec<TextRange> = speaking_mentions(source, sentence)
            .into_iter()
            .filter(|mention| !quotes.iter().any(|quote| quote.contains_range(*mention)))
            .filter(|mention| !is_silent_place(source, *mention))
            .collect();
        let named =
            |mention: &&TextRange| mention_kind(source.slice(**mention)) == MentionKind::Named;
        if let Some(mention) = mentions.iter().find(named).or(mentions.first()) {
            self.add(*mention, nearness);
        }
    }
}
