use std::collections::BTreeMap;

use smol_str::SmolStr;

/// The tags of a label in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelStats {
    /// How many there are.
    pub tags: usize,
    /// How many have several fragments.
    pub split: usize,
    /// How long they are, in words.
    pub words: Lengths,
    /// By attribute and value; "" where it is not set.
    pub attributes: BTreeMap<SmolStr, BTreeMap<SmolStr, usize>>,
    /// Who said them; `None` for labels that have no speaker.
    pub speakers: Option<SpeakerStats>,
}

/// What is said about speakers. Only what somebody confirmed counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpeakerStats {
    /// Tags whose speaker is a person.
    pub person: usize,
    /// Tags whose speaker is mentioned, without a person.
    pub mention: usize,
    /// Tags of which somebody said that the text names no speaker.
    pub not_given: usize,
    /// Tags without an answer.
    pub open: usize,
}

/// How many tags there are of each length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lengths(BTreeMap<usize, usize>);

impl Lengths {
    pub(super) fn count(&mut self, length: usize) {
        *self.0.entry(length).or_default() += 1;
    }

    /// Length and number, the shortest first.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.0.iter().map(|(length, count)| (*length, *count))
    }

    /// The mean; `None` without tags.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let count: usize = self.0.values().sum();
        let sum: usize = self.iter().map(|(length, count)| length * count).sum();
        (count > 0).then(|| sum as f64 / count as f64)
    }

    /// The length that so large a share of the tags does not exceed: .5 for the median. `None` without tags.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<usize> {
        let count: usize = self.0.values().sum();
        let wanted = (share * count as f64).ceil().max(1.0);
        let mut so_far = 0;
        let reaches = |(length, count): (usize, usize)| {
            so_far += count;
            (so_far as f64 >= wanted).then_some(length)
        };
        self.iter().find_map(reaches)
    }

    /// The longest; `None` without tags.
    #[must_use]
    pub fn longest(&self) -> Option<usize> {
        self.0.keys().next_back().copied()
    }
}

impl LabelStats {
    pub(super) fn add(&mut self, more: Self) {
        self.tags += more.tags;
        self.split += more.split;
        for (length, count) in more.words.0 {
            *self.words.0.entry(length).or_default() += count;
        }
        for (name, values) in more.attributes {
            let sums = self.attributes.entry(name).or_default();
            for (value, count) in values {
                *sums.entry(value).or_default() += count;
            }
        }
        if let Some(more) = more.speakers {
            let speakers = self.speakers.get_or_insert_default();
            speakers.person += more.person;
            speakers.mention += more.mention;
            speakers.not_given += more.not_given;
            speakers.open += more.open;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_lengths() {
        let mut lengths = Lengths::default();
        assert_eq!((lengths.mean(), lengths.quantile(0.5)), (None, None));
        [1, 2, 2, 3, 12]
            .into_iter()
            .for_each(|length| lengths.count(length));
        assert_eq!(lengths.mean(), Some(4.0));
        let quartiles = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| lengths.quantile(share));
        assert_eq!(quartiles, [1, 2, 2, 3, 12].map(Some));
        assert_eq!(lengths.longest(), Some(12));
    }
}
