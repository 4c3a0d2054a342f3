//! What is probably a slip: rules a project can turn on and off, and what they find.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::AnnotationId;

/// Names a rule, says when it reports and what it finds.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident, $name:literal, $level:ident, $words:literal;)+) => {
        /// What is looked for in tags that people made.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LintRule {
            $($(#[doc = $doc])+ $rule,)+
        }

        impl LintRule {
            /// All of them, in the order they are documented in.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// Its name in files and on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name),+ }
            }

            /// Whether and when it reports, unless the project says otherwise.
            #[must_use]
            pub fn default_level(self) -> LintLevel {
                match self { $(Self::$rule => LintLevel::$level),+ }
            }

            /// What is probably wrong, and what to do.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$rule => $words),+ }
            }
        }
    };
}

rules! {
    /// A quote in use has no confirmed answer to who said it.
    NoSpeaker, "no-speaker", HintWhenDone,
        "nobody has confirmed who says this; choose the speaker (Tab, Enter), or press 0 if none is given";
    /// The same for other labels with speakers, such as claims.
    ClaimWithoutSpeaker, "claim-without-speaker", HintWhenDone,
        "nobody has confirmed whose claim this is; choose the speaker (Tab, Enter), or press 0 if none is given";
    /// The mention a quote is linked to is within the quote.
    SpeakerInQuote, "speaker-in-quote", Hint,
        "the speaker of this quote is a mention within it; choose the mention that says who speaks";
    /// A tag has one quotation mark of a pair and not the other.
    UnclosedMark, "unclosed-mark", Hint,
        "this tag has one quotation mark of a pair, but not the other; move its edge";
    /// An edge has a letter or digit of the same word on either side.
    EdgeInWord, "edge-in-word", Hint,
        "an edge of this tag splits a word; move it to the edge of the word";
    /// A quoted passage that reads as speech has no tag.
    UntaggedQuote, "untagged-quote", HintWhenDone,
        "this quoted passage has no tag; tag it, or ignore it";
    /// A name that is tagged nearly everywhere is not tagged here.
    UntaggedName, "untagged-name", HintWhenDone,
        "this name is tagged nearly everywhere else, but not here";
    /// The words that report a quote are within it.
    CueInQuote, "cue-in-quote", Hint,
        "the words that report this quote are within it; cut them out";
    /// A fragment has no letter or digit.
    EmptyTag, "empty-tag", Hint,
        "a part of this tag has no word in it; remove it or move its edges";
    /// Two tags have the same label and the same fragments.
    DuplicateTag, "duplicate-tag", Hint,
        "another tag has the same label and covers the same words; delete one";
    /// A quotation mark of the article has no partner.
    UnbalancedMark, "unbalanced-mark", Hint,
        "this quotation mark has no partner in its paragraph; check where the quotation begins and ends";
}

impl LintRule {
    /// The rule of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}

impl LintRule {
    /// Whether it says that an answer to who said it is missing.
    #[must_use]
    pub fn is_about_speaker(self) -> bool {
        self == Self::NoSpeaker || self == Self::ClaimWithoutSpeaker
    }
}

/// Whether and when a rule reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintLevel {
    /// Never.
    Off,
    /// As a hint.
    Hint,
    /// As a hint, once the article is marked as done.
    HintWhenDone,
    /// As a problem.
    Problem,
    /// As a problem, once the article is marked as done.
    ProblemWhenDone,
}

impl LintLevel {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Off,
        Self::Hint,
        Self::HintWhenDone,
        Self::Problem,
        Self::ProblemWhenDone,
    ];

    /// Its name in `pullquote.ron`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "hint",
            Self::HintWhenDone => "hint when done",
            Self::Problem => "problem",
            Self::ProblemWhenDone => "problem when done",
        }
    }

    /// The level of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// Whether it reports on articles that are not marked as done, too.
    #[must_use]
    pub fn is_before_done(self) -> bool {
        match self {
            Self::Hint | Self::Problem => true,
            Self::Off | Self::HintWhenDone | Self::ProblemWhenDone => false,
        }
    }

    /// Whether it reports on an article, which `is_done` or not.
    #[must_use]
    pub fn reports(self, is_done: bool) -> bool {
        self.is_before_done() || is_done && self != Self::Off
    }

    /// Whether what is found counts as a problem.
    #[must_use]
    pub fn is_problem(self) -> bool {
        match self {
            Self::Problem | Self::ProblemWhenDone => true,
            Self::Off | Self::Hint | Self::HintWhenDone => false,
        }
    }
}

/// Whether and when each rule reports in a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LintLevels(BTreeMap<LintRule, LintLevel>);

impl LintLevels {
    /// Sets the level of a rule.
    pub fn set(&mut self, rule: LintRule, level: LintLevel) {
        self.0.insert(rule, level);
    }

    /// The level of a rule.
    #[must_use]
    pub fn of(&self, rule: LintRule) -> LintLevel {
        let set = self.0.get(&rule).copied();
        set.unwrap_or_else(|| rule.default_level())
    }

    /// Whether a rule reports at some time.
    #[must_use]
    pub fn is_on(&self, rule: LintRule) -> bool {
        self.of(rule) != LintLevel::Off
    }
}

/// What a rule has found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The rule.
    pub rule: LintRule,
    /// What it is about.
    pub about: FindingSubject,
}

impl Finding {
    /// By what it is known where somebody ignores it.
    #[must_use]
    pub fn key(&self) -> SuppressionKey {
        SuppressionKey {
            rule: self.rule.name().into(),
            about: self.about.clone(),
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingSubject {
    /// A tag.
    Tag(AnnotationId),
    /// Words of the article that have no tag, wherever they are in it.
    Words(SmolStr),
}

/// Names what somebody ignores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SuppressionKey {
    /// The rule; may be one that this version does not know.
    pub rule: SmolStr,
    /// What about.
    pub about: FindingSubject,
}
