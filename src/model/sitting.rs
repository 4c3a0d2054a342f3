use imbl::OrdMap;
use jiff::Timestamp;
use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::UnknownField;

/// A time somebody worked on an article without leaving it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// The annotator's name; empty where none was set.
    pub by: SmolStr,
    /// When it began.
    pub start: Timestamp,
    /// How long they were active, pauses left out, in seconds.
    pub seconds: u32,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

/// All sittings over a document, by start and annotator. They are no work that could be undone, so
/// no step changes them: they only grow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sittings(OrdMap<(Timestamp, SmolStr), Sitting>);

impl Sittings {
    /// All of them, by start.
    pub fn iter(&self) -> impl Iterator<Item = &Sitting> {
        self.0.values()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Active time of everybody together, in seconds.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        self.iter().map(|sitting| u64::from(sitting.seconds)).sum()
    }

    /// Adds a sitting; of two that are one, the longer counts.
    pub fn add(&mut self, sitting: Sitting) {
        let key = (sitting.start, sitting.by.clone());
        let longer = self
            .0
            .get(&key)
            .is_none_or(|known| known.seconds < sitting.seconds);
        if longer {
            self.0.insert(key, sitting);
        }
    }
}

impl Extend<Sitting> for Sittings {
    fn extend<T: IntoIterator<Item = Sitting>>(&mut self, sittings: T) {
        for sitting in sittings {
            self.add(sitting);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sitting(by: &str, start: i64, seconds: u32) -> Sitting {
        Sitting {
            by: by.into(),
            start: Timestamp::from_second(start).unwrap(),
            seconds,
            unknown: ThinVec::new(),
        }
    }

    #[test]
    fn the_longer_of_two_counts_in_any_order() {
        let all = [
            sitting("ben", 7, 30),
            sitting("maria", 7, 10),
            sitting("ben", 7, 90),
        ];
        let (mut one, mut other) = (Sittings::default(), Sittings::default());
        one.extend(all.clone());
        other.extend(all.into_iter().rev());
        assert_eq!(one, other);
        assert_eq!(one.seconds(), 100);
        assert_eq!(one.iter().count(), 2);
    }
}
