//! Who may have said a clause, and what tells.

use super::features::Collector;
use super::logistic::{Feature, LogisticModel};
use super::sentence::{Item, Sentence, VERBS};
use crate::suggest::lexicon::{AUXILIARY, CONJUNCTION, PREPOSITION, PRONOUN};
use crate::suggest::noun_group::MentionKind;
use crate::suggest::proposals::{Frame, TokenRange};

/// Who is less likely to be the speaker is not given as one.
const LEAST: f32 = 0.25;

/// What a mention is, to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Who the rules name.
    Rule,
    /// Another name, description or pronoun.
    Group(MentionKind),
    /// "His call for …"
    Owner,
    /// "…, who says …"
    Relative,
    /// Words before the verb that no list knows.
    Run,
}

/// A mention that may be the speaker of a clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) tokens: TokenRange,
    source: Source,
}

/// The clause that is asked about, with what leads to it.
pub(super) struct Clause {
    tokens: TokenRange,
    cue: usize,
    /// Where the verb group of the cue begins: "has called".
    verb: usize,
}

impl Clause {
    pub(super) fn new(sentence: &Sentence, tokens: TokenRange) -> Option<Self> {
        let cue = sentence.cue_before(tokens.0)?;
        let mut verb = cue;
        while let Some(before) = verb.checked_sub(1) {
            let item = sentence.item(before, 0);
            if !item.lists.meets(AUXILIARY) && !item.is_adverb && sentence.view.word(before) != "to"
            {
                break;
            }
            verb = before;
        }
        Some(Self { tokens, cue, verb })
    }

    fn is_outside(&self, range: TokenRange) -> bool {
        range.1 <= self.tokens.0 || range.0 >= self.tokens.1
    }

    /// The report that its cue is part of, else one made up of its cue and a subject.
    fn frame(&self, sentence: &Sentence, subject: Option<TokenRange>) -> Frame {
        Frame {
            verb: (self.verb, self.cue + 1),
            subject,
            content: None,
            start: subject.map_or(self.verb, |subject| subject.0.min(self.verb)),
            end: self.cue + 1,
            weak: sentence.is_headline,
        }
    }
}

/// Who may have said a clause, each once. `rule`: who the rules name.
pub(super) fn candidates(
    sentence: &Sentence,
    clause: &Clause,
    rule: Option<TokenRange>,
) -> Vec<Candidate> {
    let view = sentence.view;
    let groups = &view.scope.sentence.groups;
    let known = view
        .frames
        .iter()
        .find(|frame| frame.verb.0 <= clause.cue && clause.cue < frame.verb.1);
    let of_frame = known.and_then(|frame| view.speaker(frame));
    let guessed = clause.frame(sentence, None);
    let subject = view.speaker(&guessed);
    let mut all: Vec<Candidate> = Vec::new();
    let mut add = |tokens: TokenRange, source: Source| {
        let is_new = !all
            .iter()
            .any(|known: &Candidate| known.tokens.0 < tokens.1 && tokens.0 < known.tokens.1);
        if is_new && tokens.0 < tokens.1 && clause.is_outside(tokens) {
            all.push(Candidate { tokens, source });
        }
    };
    for tokens in [rule, of_frame, subject].into_iter().flatten() {
        add(tokens, Source::Rule);
    }
    for group in groups {
        add((group.start, group.end), Source::Group(group.kind));
    }
    for at in 0..view.tokens.len() {
        match view.word(at) {
            "his" | "her" | "their" | "its" | "my" | "our" => add((at, at + 1), Source::Owner),
            "who" | "which" | "that" if at < clause.verb => add((at, at + 1), Source::Relative),
            _ => {}
        }
    }
    add(run_before(sentence, clause.verb), Source::Run);
    all
}

/// The words before a verb that may be its subject, up to a mark, verb, preposition or conjunction.
fn run_before(sentence: &Sentence, verb: usize) -> TokenRange {
    const LONGEST: usize = 6;
    let mut start = verb;
    while let Some(before) = start.checked_sub(1)
        && verb - before <= LONGEST
        && sentence.is_word(before)
        && !sentence
            .item(before, 0)
            .lists
            .meets(VERBS.or(PREPOSITION).or(CONJUNCTION))
    {
        start = before;
    }
    (start, verb)
}

fn features(
    sentence: &Sentence,
    clause: &Clause,
    candidate: Candidate,
    place: usize,
    features: &mut Vec<Feature>,
) {
    features.clear();
    let mut add = Collector::new(features);
    let (start, end) = candidate.tokens;
    let source = match candidate.source {
        Source::Rule => 1,
        Source::Group(MentionKind::Named) => 2,
        Source::Group(MentionKind::Description) => 3,
        Source::Group(MentionKind::Pronoun) => 4,
        Source::Owner => 5,
        Source::Relative => 6,
        Source::Run => 7,
    };
    let side = u64::from(start >= clause.tokens.1) * 2 + u64::from(end > clause.verb);
    let gap = match side {
        0 => clause.verb.abs_diff(end),
        1 => start.abs_diff(clause.cue + 1),
        _ => start.abs_diff(clause.tokens.1),
    };
    let gap = gap.min(8) as u64;
    let cue: Item = sentence.item(clause.cue, 0);
    let [before, first, last, next] = [
        sentence.item(start, -1),
        sentence.item(start, 0),
        sentence.item(end, -1),
        sentence.item(end, 0),
    ];
    let (from, to) = if side == 0 {
        (end, clause.verb)
    } else {
        (clause.cue + 1, start)
    };
    let between = |fits: &dyn Fn(usize) -> bool| {
        (from..to.max(from)).filter(|at| fits(*at)).count().min(2) as u64
    };
    let verbs = between(&|at| sentence.item(at, 0).lists.meets(VERBS));
    let marks = between(&|at| !sentence.is_word(at));
    let clause_first = sentence.item(clause.tokens.0, 0);
    add.next(&[source]);
    add.next(&[source, side]);
    add.next(&[source, side, gap]);
    add.next(&[source, place.min(4) as u64]);
    add.next(&[side, gap, verbs, marks]);
    add.next(&[source, verbs, marks]);
    add.next(&[side, verbs, cue.ending]);
    add.next(&[source, side, cue.stem]);
    add.next(&[side, cue.class, gap]);
    add.next(&[source, cue.class, cue.ending]);
    add.next(&[before.class, source]);
    add.next(&[before.word]);
    add.next(&[next.class, source]);
    add.next(&[next.word, side]);
    add.next(&[first.word]);
    add.next(&[last.word]);
    add.next(&[last.stem]);
    add.next(&[clause_first.class, source, side]);
    add.next(&[u64::from(start == 0), source]);
    add.next(&[u64::from(sentence.view.in_quote(start)), source]);
    add.next(&[u64::from(last.lists.meets(PRONOUN)), cue.stem]);
    add.next(&[
        u64::from(
            sentence
                .view
                .tokens
                .get(end.saturating_sub(1))
                .is_some_and(|token| token.possessive),
        ),
        gap,
        source,
    ]);
    let agent = before.word == super::sentence::hash("by");
    add.next(&[u64::from(agent), side, cue.ending]);
    add.next(&[u64::from(sentence.is_headline), source]);
}

/// Each candidate with its features.
pub(super) fn each_candidate(
    sentence: &Sentence,
    clause: &Clause,
    rule: Option<TokenRange>,
    each: &mut dyn FnMut(Candidate, &[Feature]),
) {
    let mut own = Vec::with_capacity(32);
    for (place, candidate) in candidates(sentence, clause, rule).into_iter().enumerate() {
        features(sentence, clause, candidate, place, &mut own);
        each(candidate, &own);
    }
}

/// The likeliest speaker of a clause, whole, and how likely nobody else is; `None` for nobody.
pub(super) fn likeliest(
    sentence: &Sentence,
    clause: &Clause,
    rule: Option<TokenRange>,
    model: &LogisticModel,
) -> (Option<TokenRange>, f32) {
    let mut best: Option<(Candidate, f32)> = None;
    each_candidate(sentence, clause, rule, &mut |candidate, features| {
        let probability = model.probability(features);
        if best.is_none_or(|best| probability > best.1) {
            best = Some((candidate, probability));
        }
    });
    match best {
        Some((candidate, probability)) if probability >= LEAST => {
            let subject = Some(candidate.tokens);
            let frame = clause.frame(sentence, subject);
            let whole = sentence.view.whole_mention(&frame, candidate.tokens);
            let whole = if clause.is_outside(whole) {
                whole
            } else {
                candidate.tokens
            };
            (Some(whole), probability)
        }
        Some((_, probability)) => (None, 1.0 - probability),
        None => (None, 1.0),
    }
}

/// The words that lead to a clause.
pub(super) fn cue(clause: &Clause) -> TokenRange {
    (clause.cue, clause.cue + 1)
}
