//! Probabilities that mean what they say: of all at 0.7, seven in ten are right.

/// The most steps of the curve.
const STEPS: usize = 20;

/// A rising curve from scores to the share that was right (isotonic regression by pooling adjacent
/// violators; Zadrozny and Elkan 2002), with straight lines between its steps.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Calibration {
    /// Score and share of each step, both rising.
    pub(super) steps: Vec<(f32, f32)>,
}

impl Calibration {
    /// Of scores and whether they were right.
    pub(super) fn fit(mut seen: Vec<(f32, bool)>) -> Self {
        seen.sort_by(|a, b| a.0.total_cmp(&b.0));
        let size = seen.len().div_ceil(STEPS).max(1);
        // Score, share, weight.
        let mut steps: Vec<(f32, f32, f32)> = Vec::new();
        let mut rest = seen.as_slice();
        while let Some(last) = rest.get(size.min(rest.len()).wrapping_sub(1)) {
            // What has one score stays together.
            let together = rest.partition_point(|one| one.0 <= last.0);
            let (part, behind) = rest.split_at(together);
            rest = behind;
            let count = count(part.len());
            let score = part.iter().map(|one| one.0).sum::<f32>() / count;
            steps.push((score, count_right(part) / count, count));
            while let [.., before, last] = steps.as_mut_slice()
                && before.1 >= last.1
            {
                let weight = before.2 + last.2;
                let mean = |a: f32, b: f32| (a * before.2 + b * last.2) / weight;
                *before = (mean(before.0, last.0), mean(before.1, last.1), weight);
                steps.pop();
            }
        }
        // Laplace's rule of succession: a few that were all right do not make the next one certain.
        let mut highest = 0.0_f32;
        let steps = steps.into_iter().map(|(score, share, weight)| {
            highest = highest.max((share * weight + 1.0) / (weight + 2.0));
            (score, highest)
        });
        Self {
            steps: steps.collect(),
        }
    }

    /// The share that was right at a score.
    pub(super) fn share(&self, score: f32) -> f32 {
        let next = self.steps.partition_point(|step| step.0 <= score);
        let before = next.checked_sub(1).and_then(|at| self.steps.get(at));
        match (before, self.steps.get(next)) {
            (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (score - a.0) / (b.0 - a.0).max(f32::EPSILON),
            (Some(one), None) | (None, Some(one)) => one.1,
            (None, None) => score,
        }
    }
}

fn count_right(part: &[(f32, bool)]) -> f32 {
    count(part.iter().filter(|one| one.1).count())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of suggestions are small"
)]
fn count(number: usize) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_rise_with_the_scores_and_are_those_seen() {
        // Of ten at 0.2 one is right, of ten at 0.4 eight are, of ten at 0.6 six are.
        let seen = [(0.2, 1), (0.4, 8), (0.6, 6)];
        let seen = seen
            .into_iter()
            .flat_map(|(score, right)| (0..10).map(move |n| (score, n < right)));
        let curve = Calibration::fit(seen.collect());
        // With one right and one wrong more for each.
        assert!((curve.share(0.2) - 2.0 / 12.0).abs() < 0.001);
        assert!((curve.share(0.6) - 15.0 / 22.0).abs() < 0.001);
        let shares: Vec<f32> = (0..=10u8)
            .map(|n| curve.share(f32::from(n) / 10.0))
            .collect();
        assert!(shares.is_sorted(), "{shares:?}");
    }

    #[test]
    fn without_experience_a_score_stays_as_it_is() {
        assert!((Calibration::default().share(0.3) - 0.3).abs() < f32::EPSILON);
    }
}
