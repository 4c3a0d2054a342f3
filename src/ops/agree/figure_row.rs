//! The figures of agreement in the order of tables, and which differences lower each of them.

use std::fmt;

use smol_str::SmolStr;

use super::difference_list::{DifferingTag, Disagreement};
use crate::compare::agreement::{Agreement, Basis, Coefficients, Figure, Found};
use crate::model::TagPart;

/// A figure with its name, and the tags it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureRow<'a> {
    /// The label; `None`: all labels together.
    pub label: Option<&'a SmolStr>,
    /// Only tags with this value of an attribute.
    pub value: Option<&'a (SmolStr, SmolStr)>,
    /// What is measured.
    pub measure: Measure<'a>,
    /// The figure.
    pub figure: &'a Figure,
    /// The standard error that comes from sampling, of γ.
    pub sampling_error: Option<f64>,
}

/// What a figure measures. `Display` gives its name in tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure<'a> {
    /// The same text: F1.
    Exact,
    /// The same text without marks at its edges: F1.
    Edge,
    /// At least half of the words: F1.
    Overlap,
    /// Words: F1.
    Token,
    /// Of the matches, those with the same text.
    SameBoundaries,
    /// Of the matches, those that start together.
    SameStart,
    /// Of the matches, those that end together.
    SameEnd,
    /// Of the matches, those with the same value of an attribute.
    SameValue(&'a SmolStr),
    /// Krippendorff's α of the values of an attribute.
    AlphaOfValue(&'a SmolStr),
    /// Of the matches, those with the same speaker.
    SameSpeaker,
    /// Matches with the same speaker: F1.
    WithSpeaker,
    /// Cohen's κ on tokens.
    Kappa,
    /// Krippendorff's α on tokens.
    Alpha,
    /// Krippendorff's α for unitizing.
    UAlpha,
    /// γ.
    Gamma,
}

impl fmt::Display for Measure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Exact => "exact F1",
            Self::Edge => "edge F1",
            Self::Overlap => "overlap F1",
            Self::Token => "token F1",
            Self::SameBoundaries => "same boundaries",
            Self::SameStart => "same start",
            Self::SameEnd => "same end",
            Self::SameValue(name) => return write!(f, "same {name}"),
            Self::AlphaOfValue(name) => return write!(f, "alpha of {name}"),
            Self::SameSpeaker => "same speaker",
            Self::WithSpeaker => "tag + speaker F1",
            Self::Kappa => "kappa",
            Self::Alpha => "alpha",
            Self::UAlpha => "u-alpha",
            Self::Gamma => "gamma",
        };
        f.write_str(name)
    }
}

/// All figures but those of pairs: by label, and those of all labels together last.
#[must_use]
pub fn figure_rows(agreement: &Agreement) -> Vec<FigureRow<'_>> {
    let mut rows = Vec::new();
    for (label, of_label) in &agreement.labels {
        rows.extend(found_rows(&of_label.found, label, None));
        rows.extend(coefficient_rows(&of_label.coefficients, Some(label)));
        for (value, found) in &of_label.by_value {
            rows.extend(found_rows(found, label, Some(value)));
        }
    }
    rows.extend(coefficient_rows(&agreement.all, None));
    rows
}

fn found_rows<'a>(
    found: &'a Found,
    label: &'a SmolStr,
    value: Option<&'a (SmolStr, SmolStr)>,
) -> Vec<FigureRow<'a>> {
    let row = |measure, figure| FigureRow {
        label: Some(label),
        value,
        measure,
        figure,
        sampling_error: None,
    };
    let mut rows = vec![
        row(Measure::Exact, &found.exact),
        row(Measure::Edge, &found.edge),
        row(Measure::Overlap, &found.overlap),
        row(Measure::Token, &found.token),
        row(Measure::SameBoundaries, &found.same_fragments),
        row(Measure::SameStart, &found.same_start),
        row(Measure::SameEnd, &found.same_end),
    ];
    for (name, agreement) in &found.attributes {
        rows.push(row(Measure::SameValue(name), &agreement.equal));
        rows.push(row(Measure::AlphaOfValue(name), &agreement.alpha));
    }
    let speaker = found.speaker.as_ref();
    rows.extend(speaker.map(|figure| row(Measure::SameSpeaker, figure)));
    let with_speaker = found.with_speaker.as_ref();
    rows.extend(with_speaker.map(|figure| row(Measure::WithSpeaker, figure)));
    rows
}

fn coefficient_rows<'a>(of: &'a Coefficients, label: Option<&'a SmolStr>) -> Vec<FigureRow<'a>> {
    let row = |measure, figure| FigureRow {
        label,
        value: None,
        measure,
        figure,
        sampling_error: None,
    };
    let mut rows = vec![
        row(Measure::Kappa, &of.kappa),
        row(Measure::Alpha, &of.alpha),
        row(Measure::UAlpha, &of.u_alpha),
    ];
    rows.extend(of.gamma.as_ref().map(|gamma| FigureRow {
        sampling_error: gamma.figure.value.is_ok().then_some(gamma.error),
        ..row(Measure::Gamma, &gamma.figure)
    }));
    rows
}

impl FigureRow<'_> {
    /// The tags it is of, in words: "quote form=direct".
    #[must_use]
    pub fn of(&self) -> String {
        let label = self.label.map_or("all labels", |label| label.as_str());
        match self.value {
            Some((name, value)) => format!("{label} {name}={value}"),
            None => label.to_owned(),
        }
    }

    /// The figure to three places; a dash where there is none.
    #[must_use]
    pub fn value_words(&self) -> String {
        match &self.figure.value {
            Ok(value) => format!("{value:.3}"),
            Err(_) => "–".to_owned(),
        }
    }

    /// Its interval, or why it or the figure itself is not defined.
    #[must_use]
    pub fn interval_words(&self) -> String {
        match (&self.figure.value, self.figure.interval) {
            (Err(why), _) => why.to_string(),
            (Ok(_), Ok(interval)) => format!("{:.3} to {:.3}", interval.low, interval.high),
            (Ok(_), Err(why)) => why.to_string(),
        }
    }

    /// What was counted for it; empty where it is no share.
    #[must_use]
    pub fn counts_words(&self) -> String {
        match (self.figure.of, self.sampling_error) {
            _ if self.figure.value.is_err() => String::new(),
            (Basis::Found(counts), _) => format!("{} of {}", counts.matched, counts.gold),
            (Basis::Share(share), _) => format!("{} of {}", share.right, share.of),
            (Basis::Coefficient, Some(error)) => format!("± {error:.3} by sampling"),
            (Basis::Coefficient, None) => String::new(),
        }
    }

    /// Whether a difference lowers the figure, between any two people.
    #[must_use]
    pub fn is_lowered_by(&self, difference: &Disagreement) -> bool {
        let of_label = |tag: &DifferingTag| {
            let has = |value: &(SmolStr, SmolStr)| tag.attributes.contains(value);
            self.label.is_none_or(|label| *label == tag.label) && self.value.is_none_or(has)
        };
        difference.tags.iter().any(of_label) && self.measure.is_lowered_by(difference)
    }
}

impl Measure<'_> {
    fn is_lowered_by(self, difference: &Disagreement) -> bool {
        let tags = &difference.tags;
        let missing = !difference.missing.is_empty();
        let differ = |part| difference.parts.contains(&part);
        let unlike = |of: &dyn Fn(&DifferingTag) -> Option<(u32, u32)>| {
            let mut all = tags.iter().map(of);
            let first = all.next();
            differ(TagPart::Boundary) && all.any(|other| Some(other) != first)
        };
        match self {
            Self::Exact | Self::Token | Self::Kappa | Self::Alpha | Self::UAlpha | Self::Gamma => {
                missing || differ(TagPart::Label) || differ(TagPart::Boundary)
            }
            Self::Edge => {
                let marks = differ(TagPart::Boundary) && !difference.only_marks;
                missing || differ(TagPart::Label) || marks
            }
            Self::Overlap => missing || differ(TagPart::Label),
            Self::SameBoundaries => differ(TagPart::Boundary),
            Self::SameStart => unlike(&|tag| tag.fragments.first().map(|part| (part.0, part.0))),
            Self::SameEnd => unlike(&|tag| tag.fragments.last().map(|part| (part.1, part.1))),
            Self::SameValue(name) | Self::AlphaOfValue(name) => {
                let mut values = tags.iter().map(|tag| tag.value_of(name));
                let first = values.next();
                values.any(|other| Some(other) != first)
            }
            Self::SameSpeaker => differ(TagPart::Speaker),
            Self::WithSpeaker => missing || differ(TagPart::Label) || differ(TagPart::Speaker),
        }
    }
}
