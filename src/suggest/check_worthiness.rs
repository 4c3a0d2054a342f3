//! How much a statement is worth checking: a logistic regression of a few features that a reader sees
//! too, after ClaimBuster (Hassan, Arslan, Li and Tremayne 2017: Toward automated fact-checking).
//!
//! The weights were fitted to the English debates and speeches of the CLEF-2019 CheckThat! Lab, task 1
//! (Atanasova et al. 2019), where journalists marked what they checked, with both classes weighed
//! alike. They are rounded. The result ranks; it is no share of what is right.

use super::lexicon::{
    CAUSE, COMPARISON, FUTURE, MONEY, NUMBER_WORD, OPINION, PUBLIC_AFFAIRS, TOTAL,
};
use super::token::Token;

/// What speaks for checking a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckReason {
    /// It has a number.
    Number,
    /// It is about money or work.
    Money,
    /// It compares.
    Comparison,
    /// It says what came of what.
    Cause,
    /// It says what was done.
    Event,
    /// It denies.
    Denial,
    /// It leaves no exception.
    Total,
    /// It is about the state, the law, health, schools.
    PublicAffairs,
}

impl CheckReason {
    /// All of them, the weightiest first.
    pub const ALL: [Self; 8] = [
        Self::Number,
        Self::Money,
        Self::Comparison,
        Self::Event,
        Self::PublicAffairs,
        Self::Cause,
        Self::Denial,
        Self::Total,
    ];

    /// Its word in an origin.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Money => "money",
            Self::Comparison => "comparison",
            Self::Cause => "cause",
            Self::Event => "event",
            Self::Denial => "denial",
            Self::Total => "total",
            Self::PublicAffairs => "public-affairs",
        }
    }

    fn weight(self) -> f32 {
        match self {
            Self::Number => 1.1,
            Self::Money => 0.9,
            Self::Comparison => 0.6,
            Self::Event => 0.55,
            Self::PublicAffairs => 0.5,
            Self::Cause => 0.45,
            Self::Denial => 0.4,
            Self::Total => 0.3,
        }
    }
}

/// The reasons for checking a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct CheckReasons(u8);

impl CheckReasons {
    fn of(fits: impl Fn(CheckReason) -> bool) -> Self {
        let all = CheckReason::ALL.into_iter().filter(|reason| fits(*reason));
        Self(all.fold(0, |bits, reason| bits | 1 << reason as u8))
    }

    /// The weightiest first.
    pub fn iter(self) -> impl Iterator<Item = CheckReason> {
        let has = move |reason: &CheckReason| self.0 & 1 << *reason as u8 != 0;
        CheckReason::ALL.into_iter().filter(has)
    }
}

/// A statement of fewer words says too little.
const FEWEST_WORDS: usize = 4;

/// How much a statement of these tokens is worth checking, from 0 to 1, and why. `None` for questions
/// and for what is too short to state anything.
pub(super) fn check_worthiness(tokens: &[Token]) -> Option<(f32, CheckReasons)> {
    let words: Vec<&Token> = tokens.iter().filter(|token| token.is_word).collect();
    let asks = tokens.last().is_some_and(|last| last.is_mark(&["?"]));
    if asks || words.len() < FEWEST_WORDS {
        return None;
    }
    let has = |lists| words.iter().any(|word| word.is(lists));
    let is_one_of = |all: &[&str]| words.iter().any(|word| all.contains(&word.lower.as_str()));
    let is_year = |word: &str| {
        word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit())
    };
    let is_number = |word: &&&Token| {
        let digits = word.text.trim_start_matches(['$', '€', '£']);
        digits.starts_with(|c: char| c.is_ascii_digit()) && !is_year(digits)
    };
    let reasons = CheckReasons::of(|reason| match reason {
        CheckReason::Number => words.iter().any(|word| is_number(&word)) || has(NUMBER_WORD),
        CheckReason::Money => {
            has(MONEY)
                || tokens
                    .iter()
                    .any(|token| token.text.contains(['$', '€', '£']))
        }
        CheckReason::Comparison => has(COMPARISON),
        CheckReason::Cause => has(CAUSE),
        CheckReason::Event => {
            let is_past = |word: &&Token| {
                let lower = word.lower.as_str();
                lower.len() > 4 && lower.ends_with("ed")
                    || matches!(
                        lower,
                        "was"
                            | "were"
                            | "had"
                            | "did"
                            | "has"
                            | "been"
                            | "war"
                            | "waren"
                            | "wurde"
                            | "wurden"
                    )
            };
            words.iter().any(is_past)
        }
        CheckReason::Denial => words.iter().any(|word| {
            let lower = word.lower.as_str();
            lower.ends_with("n't") || matches!(lower, "not" | "nicht")
        }),
        CheckReason::Total => has(TOTAL),
        CheckReason::PublicAffairs => has(PUBLIC_AFFAIRS),
    });
    let mut sum: f32 = -0.5 + reasons.iter().map(CheckReason::weight).sum::<f32>();
    let is_name = |(at, word): (usize, &&Token)| at > 0 && word.is_capital() && word.lower != "i";
    for (applies, weight) in [
        (has(OPINION), -0.6),
        (has(FUTURE), -0.45),
        (
            is_one_of(&["i", "we", "my", "our", "me", "ich", "wir"]),
            -0.4,
        ),
        (is_one_of(&["he", "she", "they", "er", "sie"]), 0.35),
        (words.iter().enumerate().any(is_name), 0.2),
        (words.len() < 6, -0.8),
        ((6..9).contains(&words.len()), -0.5),
    ] {
        if applies {
            sum += weight;
        }
    }
    Some((1.0 / (1.0 + (-sum).exp()), reasons))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::token::tokens_of;

    fn worth(words: &str) -> f32 {
        let tokens = tokens_of(words, 0.into(), &[]);
        check_worthiness(&tokens).map_or(0.0, |(worth, _)| worth)
    }

    #[test]
    fn what_can_be_counted_ranks_before_what_is_felt() {
        let ranked = [
            "Unemployment in the county fell by 4 percent because the mill hired more people.",
            "The council closed every school north of the river.",
            "The old bridge was closed on Monday.",
            "I think we should love this old bridge more.",
            "I hope that you will come.",
            "Thank you.",
        ];
        for pair in ranked.windows(2) {
            assert!(worth(pair[0]) > worth(pair[1]), "{pair:?}");
        }
        assert!(worth(ranked[1]) > 0.5 && worth(ranked[3]) < 0.5);
    }

    #[test]
    fn the_reasons_are_those_that_a_reader_sees() {
        let tokens = tokens_of("Taxes did not rise by 12 percent.", 0.into(), &[]);
        let (_, reasons) = check_worthiness(&tokens).unwrap();
        let words: Vec<&str> = reasons.iter().map(CheckReason::word).collect();
        let expected = ["number", "money", "comparison", "event", "denial"];
        assert_eq!(words, expected);
    }

    #[test]
    fn a_question_and_a_greeting_are_no_claims() {
        for words in ["Did 12 percent of all jobs go?", "Good evening.", ""] {
            assert_eq!(
                check_worthiness(&tokens_of(words, 0.into(), &[])),
                None,
                "{words}"
            );
        }
    }
}
