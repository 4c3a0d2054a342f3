use std::fmt;

use smol_str::SmolStr;

use crate::compare::{Counts, Share};

/// A figure of agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The figure, or why there is none.
    pub value: Result<f64, Undefined>,
    /// Where it lies in 95 of 100 samples of articles, or why that is not known.
    pub interval: Result<Interval, NoInterval>,
    /// What it is a share of.
    pub of: Basis,
}

/// The counts behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// F1, precision or recall.
    Found(Counts),
    /// A share.
    Share(Share),
    /// A coefficient, which is no share of anything.
    Coefficient,
}

/// From where to where a figure may lie; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Why a figure is not defined. `Display` gives the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undefined {
    /// No article has two people.
    NobodyShares,
    /// Nobody used the label.
    NobodyUsedIt,
    /// One of two people did not use the label.
    HasNone(SmolStr),
    /// No tag matches one of the other.
    NoMatchedTags,
    /// No tag with this matches one of the other.
    NoMatchedTagsWith(SmolStr),
    /// All values are the same, so that none could differ.
    OneValue,
    /// Nobody marked anything.
    BothMarkedNothing,
    /// Everybody marked everything.
    BothMarkedEverything,
}

impl Undefined {
    /// That all tokens have one value: the gap, or another one.
    pub(super) fn one_value(is_gap: bool) -> Self {
        if is_gap {
            Self::BothMarkedNothing
        } else {
            Self::BothMarkedEverything
        }
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyShares => f.write_str("only one person annotated this"),
            Self::NobodyUsedIt => f.write_str("nobody used it"),
            Self::HasNone(person) => write!(f, "{person} has none"),
            Self::NoMatchedTags => f.write_str("no matched tags"),
            Self::NoMatchedTagsWith(what) => write!(f, "no matched tags with {what}"),
            Self::OneValue => f.write_str("all have the same value"),
            Self::BothMarkedNothing => f.write_str("all marked nothing"),
            Self::BothMarkedEverything => f.write_str("all marked everything"),
        }
    }
}

/// Why an interval is not known. `Display` gives the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoInterval {
    /// The figure itself is not defined.
    NoFigure,
    /// Too few articles to draw samples from.
    FewArticles,
    /// The figure is not defined in many samples.
    OftenUndefined,
}

impl fmt::Display for NoInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoFigure => "there is no figure",
            Self::FewArticles => "fewer than 5 articles",
            Self::OftenUndefined => "undefined in more than 5 of 100 samples",
        })
    }
}
