//! Figures of agreement as JSON. A figure that is not defined is `null`, with the reason in `why`.

use std::collections::BTreeMap;

use serde::Serialize;
use smol_str::SmolStr;

use crate::cli::problem_json::{ProblemJson, problems_json};
use crate::compare::agreement::{
    Agreement, Basis, Coefficients, Figure, Found, Gamma, LabelAgreement, PairCoefficients,
    PairFound, Undefined,
};
use crate::ops::{AgreeReport, Disagreement};

#[derive(Serialize)]
pub(super) struct AgreementJson<'a> {
    articles: usize,
    tokens: u64,
    people: &'a [SmolStr],
    sidecars: usize,
    not_done: usize,
    suggestions: usize,
    one_person: usize,
    not_started: usize,
    unused: &'a [SmolStr],
    labels: BTreeMap<&'a str, LabelJson<'a>>,
    all: CoefficientsJson,
    pairs: BTreeMap<String, PairJson>,
    /// With `--differences`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<DifferenceJson<'a>>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct DifferenceJson<'a> {
    article: String,
    line: usize,
    column: usize,
    kind: &'static str,
    parts: Vec<&'static str>,
    tags: Vec<DifferingTagJson<'a>>,
    missing: &'a [SmolStr],
}

#[derive(Serialize)]
struct DifferingTagJson<'a> {
    annotator: &'a str,
    id: &'a str,
    label: &'a str,
    /// Code points, end-exclusive.
    fragments: &'a [(u32, u32)],
    text: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
}

impl<'a> From<&'a Disagreement> for DifferenceJson<'a> {
    fn from(found: &'a Disagreement) -> Self {
        let tags = found.tags.iter().map(|tag| DifferingTagJson {
            annotator: &tag.annotator,
            id: tag.id.as_str(),
            label: &tag.label,
            fragments: &tag.fragments,
            text: &tag.text,
            attributes: tag
                .attributes
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
            speaker: tag.speaker.as_deref(),
        });
        Self {
            article: found.article.display().to_string(),
            line: found.line,
            column: found.column,
            kind: found.kind.name(),
            parts: found.parts.iter().map(|part| part.word()).collect(),
            tags: tags.collect(),
            missing: &found.missing,
        }
    }
}

#[derive(Serialize)]
struct LabelJson<'a> {
    tags: BTreeMap<&'a str, usize>,
    found: FoundJson<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    by: BTreeMap<&'a str, BTreeMap<&'a str, FoundJson<'a>>>,
    #[serde(flatten)]
    coefficients: CoefficientsJson,
    pairs: BTreeMap<String, PairJson>,
}

#[derive(Serialize)]
struct FoundJson<'a> {
    exact: FigureJson,
    edge: FigureJson,
    overlap: FigureJson,
    token: FigureJson,
    same_fragments: FigureJson,
    same_start: FigureJson,
    same_end: FigureJson,
    attributes: BTreeMap<&'a str, AttributeJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<FigureJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    with_speaker: Option<FigureJson>,
}

#[derive(Serialize)]
struct AttributeJson {
    equal: FigureJson,
    alpha: FigureJson,
}

#[derive(Serialize)]
struct CoefficientsJson {
    kappa: FigureJson,
    alpha: FigureJson,
    u_alpha: FigureJson,
    u_alpha_without_labels: FigureJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    gamma: Option<GammaJson>,
}

#[derive(Serialize)]
struct GammaJson {
    #[serde(flatten)]
    figure: FigureJson,
    observed: f64,
    expected: f64,
    error: f64,
}

#[derive(Serialize)]
struct PairJson {
    articles: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<PairFoundJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overlap: Option<PairFoundJson>,
    kappa: FigureJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    gamma: Option<GammaJson>,
}

#[derive(Serialize)]
struct PairFoundJson {
    precision: Option<f64>,
    recall: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    f1: FigureJson,
}

#[derive(Serialize, Default)]
struct FigureJson {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_interval: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matched: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    predicted: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gold: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<usize>,
}

impl From<&Figure> for FigureJson {
    fn from(figure: &Figure) -> Self {
        let mut json = Self {
            value: figure.value.as_ref().ok().copied(),
            low: figure.interval.ok().map(|interval| interval.low),
            high: figure.interval.ok().map(|interval| interval.high),
            why: figure.value.as_ref().err().map(Undefined::to_string),
            ..Self::default()
        };
        if json.value.is_some() {
            json.no_interval = figure.interval.err().map(|why| why.to_string());
        }
        match figure.of {
            Basis::Found(counts) => {
                json.matched = Some(counts.matched);
                json.predicted = Some(counts.predicted);
                json.gold = Some(counts.gold);
            }
            Basis::Share(share) => {
                json.right = Some(share.right);
                json.of = Some(share.of);
            }
            Basis::Coefficient => {}
        }
        json
    }
}

impl From<&Gamma> for GammaJson {
    fn from(gamma: &Gamma) -> Self {
        Self {
            figure: (&gamma.figure).into(),
            observed: gamma.observed,
            expected: gamma.expected,
            error: gamma.error,
        }
    }
}

impl From<&Coefficients> for CoefficientsJson {
    fn from(coefficients: &Coefficients) -> Self {
        Self {
            kappa: (&coefficients.kappa).into(),
            alpha: (&coefficients.alpha).into(),
            u_alpha: (&coefficients.u_alpha).into(),
            u_alpha_without_labels: (&coefficients.u_alpha_without_labels).into(),
            gamma: coefficients.gamma.as_ref().map(GammaJson::from),
        }
    }
}

impl<'a> From<&'a Found> for FoundJson<'a> {
    fn from(found: &'a Found) -> Self {
        let attributes = found.attributes.iter().map(|(name, agreement)| {
            let json = AttributeJson {
                equal: (&agreement.equal).into(),
                alpha: (&agreement.alpha).into(),
            };
            (name.as_str(), json)
        });
        Self {
            exact: (&found.exact).into(),
            edge: (&found.edge).into(),
            overlap: (&found.overlap).into(),
            token: (&found.token).into(),
            same_fragments: (&found.same_fragments).into(),
            same_start: (&found.same_start).into(),
            same_end: (&found.same_end).into(),
            attributes: attributes.collect(),
            speaker: found.speaker.as_ref().map(FigureJson::from),
            with_speaker: found.with_speaker.as_ref().map(FigureJson::from),
        }
    }
}

impl From<&PairFound> for PairFoundJson {
    fn from(found: &PairFound) -> Self {
        let none = found
            .precision
            .as_ref()
            .err()
            .or(found.recall.as_ref().err());
        Self {
            precision: found.precision.as_ref().ok().copied(),
            recall: found.recall.as_ref().ok().copied(),
            why: none.map(Undefined::to_string),
            f1: (&found.f1).into(),
        }
    }
}

/// All figures.
pub(super) fn agreement(report: &AgreeReport) -> AgreementJson<'_> {
    let agreement = &report.agreement;
    let labels = agreement.labels.iter();
    let labels = labels.map(|(label, of_label)| (label.as_str(), label_json(agreement, of_label)));
    let pairs = agreement.all_pairs.iter().map(|pair| (None, None, pair));
    AgreementJson {
        articles: agreement.texts,
        tokens: agreement.tokens,
        people: &agreement.people,
        sidecars: report.sidecars,
        not_done: report.not_done,
        suggestions: report.suggestions,
        one_person: report.one_person,
        not_started: report.not_started,
        unused: &report.unused,
        labels: labels.collect(),
        all: (&agreement.all).into(),
        pairs: pairs_json(agreement, pairs),
        differences: report
            .differences
            .iter()
            .map(DifferenceJson::from)
            .collect(),
        problems: problems_json(&report.problems),
    }
}

fn label_json<'a>(agreement: &'a Agreement, label: &'a LabelAgreement) -> LabelJson<'a> {
    let mut by: BTreeMap<&str, BTreeMap<&str, FoundJson<'_>>> = BTreeMap::new();
    for ((name, value), found) in &label.by_value {
        by.entry(name).or_default().insert(value, found.into());
    }
    let tags = agreement.people.iter().zip(&label.tags);
    let pairs = label.pairs.iter().map(|pair| {
        let found = [&pair.exact, &pair.overlap].map(|found| Some(PairFoundJson::from(found)));
        let [exact, overlap] = found;
        (exact, overlap, &pair.coefficients)
    });
    LabelJson {
        tags: tags.map(|(name, count)| (name.as_str(), *count)).collect(),
        found: (&label.found).into(),
        by,
        coefficients: (&label.coefficients).into(),
        pairs: pairs_json(agreement, pairs),
    }
}

/// The pairs by their names: `ann|ben`.
fn pairs_json<'a>(
    agreement: &Agreement,
    figures: impl Iterator<
        Item = (
            Option<PairFoundJson>,
            Option<PairFoundJson>,
            &'a PairCoefficients,
        ),
    >,
) -> BTreeMap<String, PairJson> {
    let pairs = agreement.pairs.iter().zip(figures);
    let pairs = pairs.map(|(pair, (exact, overlap, coefficients))| {
        let json = PairJson {
            articles: pair.texts,
            exact,
            overlap,
            kappa: (&coefficients.kappa).into(),
            gamma: coefficients.gamma.as_ref().map(GammaJson::from),
        };
        (format!("{}|{}", pair.names.0, pair.names.1), json)
    });
    pairs.collect()
}
