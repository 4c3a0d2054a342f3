//! How likely a proposal is right, by what led to it: the share that was right in a corpus of news in
//! English. Right means the same label, at least half of the words in common, and the right speaker
//! where one is proposed.

use super::{Construction, Rule, SubjectKind, VerbKind};

/// How likely what a rule proposes is right: 0 to 1.
pub(super) fn confidence(rule: Rule) -> f32 {
    match rule {
        Rule::SpeakerAfter => 0.96,
        Rule::SpeakerBefore => 0.82,
        Rule::UnknownVerbAfter => 0.85,
        Rule::Colon => 0.74,
        Rule::ReportBefore => 0.65,
        Rule::Alone | Rule::Learned | Rule::Claim(_) => 0.36,
        Rule::MixedAfterVerb => 0.80,
        Rule::MixedBeforeVerb => 0.90,
        Rule::MixedUnknownVerb => 0.50,
        Rule::Reported(construction, verb, subject) => reported(construction, verb, subject),
    }
}

fn reported(construction: Construction, verb: VerbKind, subject: SubjectKind) -> f32 {
    use Construction::{According, Clause, Comment, Infinitive, Object, Question, That};
    use SubjectKind::{Described, Named, Pronoun, Unknown};
    use VerbKind::{Judging, Say, Speech, Thing, Thought};
    match (construction, verb) {
        (That, Say) => 0.89,
        (That, Speech | Judging) => 0.75,
        (That, Thought | Thing) => 0.67,
        (Question, Say) => 0.68,
        (Question, Speech | Judging) => 0.75,
        (Question, Thought | Thing) => 0.79,
        (Clause, Say) => 0.84,
        (Clause, Speech | Judging) => 0.64,
        (Clause, Thought | Thing) => match subject {
            Described | Pronoun => 0.55,
            Named => 0.49,
            Unknown => 0.40,
        },
        (Comment, Say) => 0.90,
        (Comment, Speech | Judging) => 0.45,
        (Comment, Thought | Thing) => 0.10,
        (According, Say | Speech | Judging | Thought | Thing) => match subject {
            Described => 0.86,
            Named | Unknown => 0.76,
            Pronoun => 0.40,
        },
        (Infinitive, Judging) => 0.69,
        (Infinitive, Thing) => 0.45,
        (Infinitive, Say | Speech) => 0.45,
        (Infinitive, Thought) => 0.28,
        (Object, Say) => match subject {
            Named | Unknown => 0.82,
            Described => 0.75,
            Pronoun => 0.59,
        },
        (Object, Judging) => 0.67,
        (Object, Speech) => match subject {
            Named => 0.55,
            Pronoun => 0.44,
            Described | Unknown => 0.32,
        },
        (Object, Thought) => match subject {
            Described | Named => 0.49,
            Unknown => 0.38,
            Pronoun => 0.30,
        },
        (Object, Thing) => 0.27,
    }
}
