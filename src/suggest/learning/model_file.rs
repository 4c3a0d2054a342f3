//! A learned model as a file: JSON, so that a colleague can look into it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use super::logistic::{Feature, LogisticModel};
use super::segments::ClauseModel;
use super::{Experience, HeldOut, LearnedModel};

/// The version of the features. A model made for others says nothing.
const VERSION: u32 = 1;

/// Why a file is no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelFileError {
    /// It is something else, or damaged.
    #[error(
        "this is not a model that Pullquote has learned, or it is damaged ({0}); learn it again from the \
         tagged articles"
    )]
    Damaged(String),
    /// It was made by another version.
    #[error(
        "another version of Pullquote has learned this model; learn it again from the tagged articles"
    )]
    Version,
}

#[derive(Serialize, Deserialize)]
struct ModelFile {
    pullquote_model: u32,
    articles: usize,
    quotes: usize,
    f1_of_rules: f32,
    f1_with_model: f32,
    threshold: f32,
    calibration: Vec<(f32, f32)>,
    /// Of each rule and of what leads to quotes: times it was tagged, times it was seen.
    rules: BTreeMap<String, (u32, u32)>,
    leads: BTreeMap<String, (u32, u32)>,
    /// Places of hashed features with their weights.
    starts: Vec<(Feature, f32)>,
    ends: Vec<(Feature, f32)>,
    speakers: Vec<(Feature, f32)>,
}

impl LearnedModel {
    /// The file of a model. The same model gives the same bytes.
    ///
    /// # Errors
    /// [`ModelFileError`] where a number is none.
    pub fn to_json(&self) -> Result<String, ModelFileError> {
        let counts = |all: &BTreeMap<String, Experience>| {
            let pair =
                |(key, value): (&String, &Experience)| (key.clone(), (value.tagged, value.seen));
            all.iter().map(pair).collect()
        };
        let file = ModelFile {
            pullquote_model: VERSION,
            articles: self.held_out.articles,
            quotes: self.held_out.quotes,
            f1_of_rules: self.held_out.rules,
            f1_with_model: self.held_out.learned,
            threshold: self.threshold,
            calibration: self.calibration.steps.clone(),
            rules: counts(&self.rules),
            leads: counts(&self.leads),
            starts: self.clauses.start.weights().collect(),
            ends: self.clauses.end.weights().collect(),
            speakers: self.clauses.speaker.weights().collect(),
        };
        serde_json::to_string(&file).map_err(|error| ModelFileError::Damaged(error.to_string()))
    }

    /// Reads the file of a model.
    ///
    /// # Errors
    /// [`ModelFileError`] where it is none, or of another version.
    pub fn from_json(text: &str) -> Result<Self, ModelFileError> {
        #[derive(Deserialize)]
        struct Version {
            pullquote_model: u32,
        }
        let damaged = |error: serde_json::Error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            ModelFileError::Damaged(place)
        };
        let version: Version = serde_json::from_str(text).map_err(damaged)?;
        if version.pullquote_model != VERSION {
            return Err(ModelFileError::Version);
        }
        let file: ModelFile = serde_json::from_str(text).map_err(damaged)?;
        let numbers = [file.f1_of_rules, file.f1_with_model, file.threshold];
        let steps = file.calibration.iter().flat_map(|step| [step.0, step.1]);
        let are_shares = numbers
            .into_iter()
            .chain(steps)
            .all(|number| (0.0..=1.0).contains(&number));
        let rise = file
            .calibration
            .is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1);
        if !are_shares || !rise {
            return Err(ModelFileError::Damaged(
                "numbers that are no shares".to_owned(),
            ));
        }
        let weights = |pairs: Vec<(Feature, f32)>| {
            let model = LogisticModel::from_weights(pairs.into_iter());
            model.ok_or_else(|| ModelFileError::Damaged("a weight without a place".to_owned()))
        };
        let counts = |all: BTreeMap<String, (u32, u32)>| {
            let pair = |(key, (tagged, seen))| (key, Experience { tagged, seen });
            all.into_iter().map(pair).collect()
        };
        Ok(Self {
            clauses: ClauseModel {
                start: weights(file.starts)?,
                end: weights(file.ends)?,
                speaker: weights(file.speakers)?,
            },
            calibration: Calibration {
                steps: file.calibration,
            },
            threshold: file.threshold,
            rules: counts(file.rules),
            leads: counts(file.leads),
            held_out: HeldOut {
                articles: file.articles,
                quotes: file.quotes,
                rules: file.f1_of_rules,
                learned: file.f1_with_model,
            },
        })
    }
}
