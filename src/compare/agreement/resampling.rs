//! Intervals by the percentile bootstrap: B. Efron and R. J. Tibshirani, *An Introduction to the
//! Bootstrap*, 1993, chapter 13.

use rayon::prelude::*;

use super::figure::{Interval, NoInterval, Undefined};
use super::split_mix::SplitMix64;

/// So many samples of articles are drawn.
const RESAMPLES: usize = 1_000;
/// What all draws begin with.
const SEED: u64 = 1;
/// With fewer articles there is no interval.
const FEWEST: usize = 5;
/// The shares of samples below the ends of an interval.
const ENDS: [f64; 2] = [0.025, 0.975];

/// A figure of sums of counts.
type FigureOf<'a> = Box<dyn Fn(&[f64]) -> Result<f64, Undefined> + Send + Sync + 'a>;

/// A figure that is computed from counts that are summed over articles.
pub(super) struct Measure<'a> {
    /// How many counts an article has.
    width: usize,
    /// The articles that have any, by their place in the list of all.
    articles: Vec<usize>,
    /// Their counts, one article after the other.
    counts: Vec<f64>,
    figure: FigureOf<'a>,
}

impl<'a> Measure<'a> {
    /// A figure of so many counts an article.
    pub(super) fn new(
        width: usize,
        figure: impl Fn(&[f64]) -> Result<f64, Undefined> + Send + Sync + 'a,
    ) -> Self {
        Self {
            width: width.max(1),
            articles: Vec::new(),
            counts: Vec::new(),
            figure: Box::new(figure),
        }
    }

    /// Adds the counts of an article.
    pub(super) fn add(&mut self, article: usize, counts: &[f64]) {
        if counts.iter().any(|count| *count != 0.0) {
            self.articles.push(article);
            self.counts.extend(counts);
            // A row of another length would move all others.
            self.counts.resize(self.articles.len() * self.width, 0.0);
        }
    }

    /// The figure of all articles.
    pub(super) fn value(&self) -> Result<f64, Undefined> {
        (self.figure)(&self.sums(|_| 1.0))
    }

    /// The sums of all articles.
    pub(super) fn totals(&self) -> Vec<f64> {
        self.sums(|_| 1.0)
    }

    fn sums(&self, times: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.width];
        for (article, counts) in self.articles.iter().zip(self.counts.chunks(self.width)) {
            let times = times(*article);
            if times == 0.0 {
                continue;
            }
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += times * count;
            }
        }
        sums
    }
}

/// Samples of as many articles as there are, drawn with replacement; the same for all figures.
pub(super) struct Samples {
    articles: usize,
    /// How often each article is in each sample, one sample after the other; no article is in one 255
    /// times.
    times: Vec<u8>,
}

impl Samples {
    /// Draws samples of articles, which are known by their places in order. A byte for each sample and
    /// article.
    pub(super) fn new(articles: usize) -> Self {
        let mut times = Vec::new();
        if articles >= FEWEST {
            let draws = u64::try_from(articles).unwrap_or(u64::MAX);
            let mut random = SplitMix64::new(SEED);
            times = vec![0_u8; RESAMPLES * articles];
            for sample in times.chunks_mut(articles) {
                for _ in 0..articles {
                    let drawn = usize::try_from(random.below(draws)).unwrap_or_default();
                    if let Some(times) = sample.get_mut(drawn) {
                        *times = times.saturating_add(1);
                    }
                }
            }
        }
        Self { articles, times }
    }

    /// Where 95 of 100 of the figures of samples lie.
    pub(super) fn interval(&self, measure: &Measure<'_>) -> Result<Interval, NoInterval> {
        if measure.value().is_err() {
            return Err(NoInterval::NoFigure);
        }
        if self.times.is_empty() {
            return Err(NoInterval::FewArticles);
        }
        let samples = self.times.par_chunks(self.articles).with_min_len(64);
        let mut figures: Vec<f64> = samples
            .filter_map(|sample| {
                let times = |article| sample.get(article).copied().unwrap_or_default();
                (measure.figure)(&measure.sums(|article| f64::from(times(article)))).ok()
            })
            .collect();
        figures.sort_unstable_by(f64::total_cmp);
        percentiles(&figures)
    }
}

/// The interval of the figures of samples, sorted; undefined ones are left out.
fn percentiles(figures: &[f64]) -> Result<Interval, NoInterval> {
    let undefined = RESAMPLES.saturating_sub(figures.len());
    if 20 * undefined > RESAMPLES {
        return Err(NoInterval::OftenUndefined);
    }
    // Linear between two figures.
    let at = |share: f64| {
        let place = share * (figures.len() as f64 - 1.0);
        let below = place.floor();
        let figure = |place: f64| figures.get(place as usize).copied();
        let low = figure(below)?;
        let high = figure(place.ceil())?;
        Some(low + (place - below) * (high - low))
    };
    match ENDS.map(at) {
        [Some(low), Some(high)] => Ok(Interval { low, high }),
        _ => Err(NoInterval::OftenUndefined),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> Measure<'static> {
        let mut measure = Measure::new(2, |sums| match sums {
            [sum, count] if *count > 0.0 => Ok(sum / count),
            _ => Err(Undefined::NobodyUsedIt),
        });
        for (article, value) in values.iter().enumerate() {
            measure.add(article, &[*value, f64::from(u8::from(*value != 0.0))]);
        }
        measure
    }

    #[test]
    fn ends_lie_between_the_figures_of_samples() {
        let figures: Vec<f64> = (0..1_000_u16).map(f64::from).collect();
        let interval = percentiles(&figures).unwrap();
        assert!((interval.low - 24.975).abs() < 1e-9, "{interval:?}");
        assert!((interval.high - 974.025).abs() < 1e-9, "{interval:?}");
        assert!(percentiles(&figures[..950]).is_ok());
        assert_eq!(
            percentiles(&figures[..949]),
            Err(NoInterval::OftenUndefined)
        );
    }

    #[test]
    fn few_articles_and_figures_that_are_often_undefined_have_none() {
        let few = Samples::new(4).interval(&mean(&[1.0, 2.0, 3.0, 4.0]));
        assert_eq!(few, Err(NoInterval::FewArticles));
        let interval = |values: &[f64]| Samples::new(6).interval(&mean(values));
        assert_eq!(
            interval(&[3.0; 6]),
            Ok(Interval {
                low: 3.0,
                high: 3.0
            })
        );
        let one = interval(&[0.0, 0.0, 0.0, 0.0, 5.0]);
        assert_eq!(one, Err(NoInterval::OftenUndefined));
        assert_eq!(interval(&[]), Err(NoInterval::NoFigure));
        // About the mean of 1 to 5.
        let found = Samples::new(5).interval(&mean(&[1.0, 2.0, 3.0, 4.0, 5.0]));
        let Interval { low, high } = found.unwrap();
        assert!(
            (1.6..2.2).contains(&low) && (3.8..4.4).contains(&high),
            "{low} {high}"
        );
    }
}
