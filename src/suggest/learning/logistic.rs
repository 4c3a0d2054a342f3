//! Logistic regression over features that are hashed into a table: how likely something is.
//!
//! Trained online with FTRL-Proximal (McMahan et al., “Ad Click Prediction: a View from the Trenches”,
//! KDD 2013), which leaves most weights at zero. The same examples in the same order give the same model.

/// A feature that is there: its place in the table.
pub(super) type Feature = u32;

/// The table has two to this power places.
const BITS: u32 = 20;
pub(super) const PLACES: usize = 1 << BITS;

const ALPHA: f32 = 0.1;
const BETA: f32 = 1.0;
const L1: f32 = 0.25;
const L2: f32 = 1.0;
const EPOCHS: usize = 5;

/// The place of a feature with this hash.
pub(super) fn place(hash: u64) -> Feature {
    let high = hash >> (u64::BITS - BITS);
    u32::try_from(high).unwrap_or_default()
}

/// What was seen together, and whether it was so.
#[derive(Debug, Default)]
pub(super) struct Examples {
    features: Vec<Feature>,
    /// Where the features of each example end, and its answer.
    ends: Vec<(usize, bool)>,
}

impl Examples {
    pub(super) fn add(&mut self, features: &[Feature], answer: bool) {
        self.features.extend_from_slice(features);
        self.ends.push((self.features.len(), answer));
    }

    fn iter(&self) -> impl Iterator<Item = (&[Feature], bool)> {
        let mut from = 0;
        self.ends.iter().filter_map(move |(end, answer)| {
            let own = self.features.get(from..*end)?;
            from = *end;
            Some((own, *answer))
        })
    }
}

/// Weights of features; most are zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LogisticModel {
    weights: Vec<f32>,
}

impl LogisticModel {
    /// Of these examples, in this order.
    pub(super) fn train<'a>(examples: impl Iterator<Item = &'a Examples> + Clone) -> Self {
        let mut trainer = Trainer::new();
        for _ in 0..EPOCHS {
            for (features, answer) in examples.clone().flat_map(Examples::iter) {
                trainer.learn(features, answer);
            }
        }
        Self {
            weights: trainer.weights,
        }
    }

    /// How likely: 0 to 1.
    pub(super) fn probability(&self, features: &[Feature]) -> f32 {
        sigmoid(sum(&self.weights, features))
    }

    /// The weights that are not zero, with their places.
    pub(super) fn weights(&self) -> impl Iterator<Item = (Feature, f32)> {
        let all = (0..).zip(&self.weights);
        all.filter(|(_, weight)| **weight != 0.0)
            .map(|(place, weight)| (place, *weight))
    }

    /// From its weights; `None` where one has no place in the table or is no number.
    pub(super) fn from_weights(pairs: impl Iterator<Item = (Feature, f32)>) -> Option<Self> {
        let mut weights = vec![0.0; PLACES];
        for (place, weight) in pairs {
            *weights.get_mut(place as usize)? = Some(weight).filter(|weight| weight.is_finite())?;
        }
        Some(Self { weights })
    }
}

struct Trainer {
    weights: Vec<f32>,
    /// z and n of the algorithm.
    gradients: Vec<(f32, f32)>,
}

impl Trainer {
    fn new() -> Self {
        Self {
            weights: vec![0.0; PLACES],
            gradients: vec![(0.0, 0.0); PLACES],
        }
    }

    fn learn(&mut self, features: &[Feature], answer: bool) {
        let error = sigmoid(sum(&self.weights, features)) - f32::from(u8::from(answer));
        for &feature in features {
            let feature = feature as usize;
            let (Some(weight), Some((z, n))) = (
                self.weights.get_mut(feature),
                self.gradients.get_mut(feature),
            ) else {
                continue;
            };
            let sum = *n + error * error;
            let rate = (sum.sqrt() - n.sqrt()) / ALPHA;
            *z += error - rate * *weight;
            *n = sum;
            *weight = if z.abs() <= L1 {
                0.0
            } else {
                (z.signum() * L1 - *z) / ((BETA + n.sqrt()) / ALPHA + L2)
            };
        }
    }
}

fn sum(weights: &[f32], features: &[Feature]) -> f32 {
    let weight = |feature: &Feature| weights.get(*feature as usize).copied();
    features.iter().filter_map(weight).sum()
}

fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score.clamp(-30.0, 30.0)).exp())
}
