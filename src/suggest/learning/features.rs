//! What is looked at to tell where a reported clause begins and ends.

use super::logistic::{Feature, place};
use super::sentence::{Found, Item, Sentence};
use crate::suggest::lexicon::{
    AUXILIARY, CALENDAR, CONJUNCTION, DETERMINER, JUDGES, OFTEN_NOUNS, PREPOSITION, PRONOUN,
    REPORTING, REPORTING_NOUN, SELDOM_QUOTES, SPEAKER_NOUN, SUBJECT_PRONOUN, WEAK, Words,
};
use crate::suggest::noun_group::MentionKind;

/// The lists that are features of their own.
const LISTS: [Words; 14] = [
    REPORTING,
    OFTEN_NOUNS,
    WEAK,
    JUDGES,
    SELDOM_QUOTES,
    AUXILIARY,
    PREPOSITION,
    CONJUNCTION,
    DETERMINER,
    PRONOUN,
    SUBJECT_PRONOUN,
    SPEAKER_NOUN,
    CALENDAR,
    REPORTING_NOUN,
];

/// Collects features. Each has a number of its own, by the order of the calls, and values that are
/// hashed with it.
pub(super) struct Collector<'a> {
    features: &'a mut Vec<Feature>,
    number: u64,
}

impl<'a> Collector<'a> {
    pub(super) fn new(features: &'a mut Vec<Feature>) -> Self {
        Self {
            features,
            number: 0,
        }
    }

    /// The next feature, with its values.
    pub(super) fn next(&mut self, values: &[u64]) {
        self.number += 1;
        self.same(values);
    }

    /// Another value of the same feature.
    fn same(&mut self, values: &[u64]) {
        let hash = values.iter().fold(mix(self.number), |hash, value| {
            mix(hash ^ value.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        });
        self.features.push(place(hash));
    }

    /// The next feature, if it is there.
    fn when(&mut self, is_there: bool, values: &[u64]) {
        self.number += 1;
        if is_there {
            self.same(values);
        }
    }
}

/// The finalizer of SplitMix64.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn kind(kind: Option<MentionKind>) -> u64 {
    match kind {
        None => 0,
        Some(MentionKind::Named) => 1,
        Some(MentionKind::Description) => 2,
        Some(MentionKind::Pronoun) => 3,
    }
}

fn tenths(share: f32) -> u64 {
    (1..=10u8)
        .filter(|step| share * 10.0 >= f32::from(*step))
        .count() as u64
}

/// What tells whether a quote begins at a token.
pub(super) fn start_features(sentence: &Sentence, at: usize, features: &mut Vec<Feature>) {
    features.clear();
    let mut add = Collector::new(features);
    let item = |offset| sentence.item(at, offset);
    let [third, second, before, own, after] = [-3, -2, -1, 0, 1].map(item);
    add.next(&[own.word]);
    add.next(&[before.word]);
    add.next(&[second.word]);
    add.next(&[third.word]);
    add.next(&[after.word]);
    add.next(&[before.stem]);
    add.next(&[second.stem]);
    add.next(&[before.word, own.word]);
    add.next(&[second.word, before.word]);
    add.next(&[before.stem, own.class]);
    add.next(&[second.stem, before.word, own.class]);
    add.next(&[second.stem, before.class, own.word]);
    for offset in -3..4 {
        add.next(&[item(offset).class]);
    }
    add.next(&[second.class, before.class, own.class]);
    add.next(&[before.class, own.class, after.class]);
    add.next(&[third.class, second.class, before.class, own.class]);
    for near in [second, before, own] {
        for list in LISTS {
            add.when(near.lists.meets(list), &[]);
        }
    }
    add.when(sentence.is_headline, &[]);
    add.when(at == 0, &[]);
    add.when(sentence.view.in_quote(at), &[]);
    let ahead = sentence.taken.iter().skip(at).any(|taken| *taken);
    add.when(ahead, &[own.class]);
    let behind = sentence.taken.iter().take(at).any(|taken| *taken);
    add.when(behind, &[own.class]);
    add.next(&[before.ending]);
    let cue = sentence.cue_before(at);
    let cue_item = cue.map_or_else(|| sentence.item(0, -1), |cue| sentence.item(cue, 0));
    let distance = cue.map_or(9, |cue| (at - cue) as u64);
    add.next(&[cue_item.stem, distance, own.class]);
    add.next(&[cue_item.stem]);
    add.next(&[cue_item.stem, cue_item.ending]);
    let (subject, subject_word) = subject_of(sentence, cue);
    add.next(&[subject]);
    add.next(&[subject_word]);
    add.next(&[subject, cue_item.stem]);
    let group = sentence.group_starts.get(at).copied().flatten();
    add.when(group.is_some(), &[kind(group)]);
    frames_at_start(sentence, at, &mut add);
    add.number = 120;
    for found in &sentence.found {
        found_at_start(found, at, &mut add);
    }
}

/// What stands before the cue: the kind of a noun group, else the class of the word; and the word.
fn subject_of(sentence: &Sentence, cue: Option<usize>) -> (u64, u64) {
    let Some(mut at) = cue else {
        return (98, 98);
    };
    for _ in 0..3 {
        let item = sentence.item(at, -1);
        let small = item.class == 5 || item.class == 9 || item.is_adverb;
        if at == 0 || !small {
            break;
        }
        at -= 1;
    }
    let before = sentence.item(at, -1);
    let group = sentence.group_ends.get(at).copied().flatten();
    let subject = match group {
        Some(_) => 200 + kind(group),
        None => before.class,
    };
    (subject, before.word)
}

fn frames_at_start(sentence: &Sentence, at: usize, add: &mut Collector) {
    add.number = 100;
    for frame in &sentence.view.frames {
        add.number = 100;
        let weak = u64::from(frame.weak);
        let holds = |range: (usize, usize)| range.0 <= at && at < range.1;
        add.when(
            frame.content.is_some_and(|content| content.0 == at),
            &[weak],
        );
        add.when(frame.content.is_some_and(holds), &[weak]);
        add.when(frame.verb.1 == at, &[weak]);
        add.when(holds(frame.verb), &[weak]);
        add.when(frame.subject.is_some_and(holds), &[]);
        add.when(frame.subject.is_some_and(|subject| subject.0 == at), &[]);
    }
}

fn found_at_start(found: &Found, at: usize, add: &mut Collector) {
    add.number = 120;
    let (start, end) = found.tokens;
    let sure = tenths(found.confidence);
    let begins = start == at;
    add.when(begins, &[found.rule]);
    add.when(begins, &[sure]);
    add.when(begins, &[found.rule, sure]);
    add.number += 1;
    if begins {
        for step in 0..=sure {
            add.same(&[step]);
        }
    }
    add.when(start < at && at < end, &[found.rule]);
    let near = start.abs_diff(at);
    let side = u64::from(start < at);
    add.when((1..=2).contains(&near), &[near as u64, side, found.rule]);
}

/// What the ends of a quote that begins at a token have in common.
pub(super) struct EndContext {
    start: usize,
    first: u64,
    cue: Item,
    /// How many verbs and commas stand before each token from the start on.
    verbs: Vec<u8>,
    commas: Vec<u8>,
}

impl EndContext {
    pub(super) fn new(sentence: &Sentence, start: usize) -> Self {
        let cue = sentence.cue_before(start);
        let count = sentence.items.len();
        let (mut verbs, mut commas) = (vec![0], vec![0]);
        let (mut verb_count, mut comma_count) = (0u8, 0u8);
        for at in start..count {
            let item = sentence.item(at, 0);
            let is_verb = item.lists.meets(AUXILIARY.or(REPORTING))
                || sentence.is_word(at) && item.ending == 1;
            verb_count = verb_count.saturating_add(u8::from(is_verb)).min(2);
            let is_comma = sentence.view.is_mark(at, &[","]);
            comma_count = comma_count.saturating_add(u8::from(is_comma)).min(3);
            verbs.push(verb_count);
            commas.push(comma_count);
        }
        let own = sentence.item(start, 0);
        let opens = matches!(
            sentence.view.word(start),
            "that"
                | "to"
                | "whether"
                | "if"
                | "how"
                | "what"
                | "why"
                | "who"
                | "of"
                | "for"
                | "as"
                | "about"
                | "with"
                | "he"
                | "she"
                | "they"
                | "it"
                | "a"
                | "the"
        );
        Self {
            start,
            first: if opens { own.word } else { own.class },
            cue: cue.map_or_else(|| sentence.item(0, -1), |cue| sentence.item(cue, 0)),
            verbs,
            commas,
        }
    }
}

fn length(words: usize) -> u64 {
    match words {
        0..=5 => words as u64,
        6..=8 => 6,
        9..=13 => 9,
        14..=19 => 14,
        _ => 20,
    }
}

/// What tells whether a quote that has gone on until before the token `end` ends there.
pub(super) fn end_features(
    sentence: &Sentence,
    context: &EndContext,
    end: usize,
    features: &mut Vec<Feature>,
) {
    features.clear();
    let mut add = Collector::new(features);
    let item = |offset| sentence.item(end, offset);
    let [second, last, next, after, third] = [-2, -1, 0, 1, 2].map(item);
    let long = length(end - context.start);
    let (first, cue) = (context.first, context.cue);
    let since = |counts: &[u8]| u64::from(counts.get(end - context.start).copied().unwrap_or(0));
    let (verbs, commas) = (since(&context.verbs), since(&context.commas));
    add.next(&[next.word]);
    add.next(&[last.word]);
    add.next(&[next.word, after.word]);
    add.next(&[last.word, next.word]);
    for near in [second, last, next, after, third] {
        add.next(&[near.class]);
    }
    add.next(&[last.class, next.class]);
    add.next(&[last.class, next.class, after.class]);
    add.next(&[second.class, last.class, next.class]);
    add.next(&[next.class, after.class, third.class]);
    add.next(&[next.class, after.word]);
    add.next(&[next.word, after.class]);
    add.next(&[long]);
    add.next(&[long, next.class]);
    add.next(&[first]);
    add.next(&[first, next.class]);
    add.next(&[first, next.word]);
    add.next(&[first, last.class, next.class]);
    add.next(&[first, long]);
    add.next(&[cue.stem, next.class]);
    add.next(&[cue.stem, next.word]);
    add.next(&[cue.stem, long]);
    let is_last = end + 1 >= sentence.items.len();
    add.when(is_last, &[]);
    add.when(is_last, &[first]);
    let taken = |at: usize| sentence.taken.get(at) == Some(&true);
    add.when(taken(end) || taken(end + 1), &[next.class]);
    add.next(&[verbs, next.class]);
    add.next(&[verbs, first, next.class]);
    add.next(&[verbs, next.word]);
    add.next(&[verbs, next.word, after.class]);
    add.next(&[commas, next.class]);
    coordination(sentence, context, end, &mut add);
    frames_at_end(sentence, context, end, next.class, &mut add);
    add.number = 120;
    for found in &sentence.found {
        found_at_end(found, context.start, end, long, next.class, &mut add);
    }
    add.number = 140;
    add.when(sentence.in_group.get(end) == Some(&true), &[]);
    add.when(
        sentence.group_ends.get(end).copied().flatten().is_some(),
        &[],
    );
    let group = sentence.group_starts.get(end).copied().flatten();
    add.when(group.is_some(), &[kind(group)]);
}

/// "…, and asked": a verb in the tense of the cue goes on with the report.
fn coordination(sentence: &Sentence, context: &EndContext, end: usize, add: &mut Collector) {
    add.number = 90;
    let mut at = end;
    if sentence.view.is_mark(at, &[","]) {
        at += 1;
    }
    let joins = matches!(
        sentence.view.word(at),
        "and" | "but" | "or" | "while" | "then"
    );
    if !joins {
        return;
    }
    let conjunction = sentence.item(at, 0);
    at += 1;
    if sentence.item(at, 0).is_adverb {
        at += 1;
    }
    let item = sentence.item(at, 0);
    let same = u64::from(item.ending == context.cue.ending);
    add.next(&[
        conjunction.word,
        item.class,
        same,
        context.cue.ending,
        context.first,
    ]);
    add.next(&[item.word, context.cue.ending]);
    let group = sentence.group_starts.get(at).copied().flatten();
    add.when(group.is_some(), &[kind(group), context.first]);
}

fn frames_at_end(
    sentence: &Sentence,
    context: &EndContext,
    end: usize,
    class: u64,
    add: &mut Collector,
) {
    for frame in &sentence.view.frames {
        add.number = 100;
        let begins = frame.start == end || frame.start == end + 1;
        add.when(begins, &[]);
        add.when(begins, &[class]);
        let ends = frame.content.filter(|content| content.1 == end);
        add.when(ends.is_some(), &[]);
        add.when(ends.is_some_and(|content| content.0 == context.start), &[]);
    }
}

fn found_at_end(
    found: &Found,
    start: usize,
    end: usize,
    long: u64,
    class: u64,
    add: &mut Collector,
) {
    add.number = 120;
    let (from, to) = found.tokens;
    let (begins, ends) = (from == start, to == end);
    add.when(begins && ends, &[found.rule]);
    add.when(begins && ends, &[tenths(found.confidence) / 2]);
    add.when(begins && ends, &[found.rule, long]);
    add.when(!begins && ends, &[]);
    add.when(!begins && ends, &[found.rule]);
    let goes_on = begins && from < end && end < to;
    add.when(goes_on, &[found.rule]);
    add.when(goes_on, &[found.rule, class]);
    add.when(begins && end > to, &[found.rule]);
    add.when(
        !begins && !ends && (from == end || from == end + 1),
        &[found.rule],
    );
}
