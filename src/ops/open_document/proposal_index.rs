//! The proposals of a text, found by their places.

use crate::suggest::Proposal;
use crate::text::{TextRange, TextSize};

/// All proposals of a text, and where they are.
#[derive(Debug, Default)]
pub(super) struct Proposals {
    /// In the order of the text.
    pub(super) all: Vec<Proposal>,
    /// Ranges of quotes, mentions and cues, by their start, with the number of the proposal.
    places: Box<[(TextRange, u32)]>,
    /// No range is longer.
    longest: TextSize,
}

impl Proposals {
    pub(super) fn new(mut all: Vec<Proposal>) -> Self {
        all.shrink_to_fit();
        let mut places: Vec<(TextRange, u32)> = Vec::new();
        for (number, proposal) in (0..).zip(&all) {
            let ends = proposal.speaker.iter().chain(&proposal.cue);
            let ranges = proposal.fragments.iter().chain(ends);
            places.extend(ranges.map(|&range| (range, number)));
        }
        places.sort_unstable_by_key(|(range, number)| (range.start(), *number));
        let lengths = places.iter().map(|(range, _)| range.len());
        Self {
            longest: lengths.max().unwrap_or_default(),
            places: places.into(),
            all,
        }
    }

    /// Those that share a byte with a range.
    pub(super) fn meeting(&self, range: TextRange) -> impl Iterator<Item = usize> {
        let from = range.start().checked_sub(self.longest).unwrap_or_default();
        let first = self
            .places
            .partition_point(|(place, _)| place.start() < from);
        let near = self.places.iter().skip(first);
        near.take_while(move |(place, _)| place.start() < range.end())
            .filter(move |(place, _)| range.start() < place.end())
            .filter_map(|(_, number)| usize::try_from(*number).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(ranges: &[(u32, u32)]) -> Proposal {
        let range = |&(start, end): &(u32, u32)| TextRange::new(start.into(), end.into());
        Proposal {
            fragments: ranges.iter().map(range).collect(),
            kind: crate::model::QuoteForm::Direct.into(),
            speaker: None,
            cue: None,
            rule: crate::suggest::Rule::Alone,
            confidence: 1.0,
            usual_confidence: 0.5,
            learned_from: None,
        }
    }

    #[test]
    fn proposals_are_found_by_their_ranges() {
        let proposals = Proposals::new(vec![proposal(&[(0, 50), (60, 70)]), proposal(&[(55, 58)])]);
        let meeting = |start: u32, end: u32| {
            let range = TextRange::new(start.into(), end.into());
            proposals.meeting(range).collect::<Vec<_>>()
        };
        assert_eq!(meeting(49, 51), [0]);
        assert_eq!(meeting(50, 55), [0_usize; 0]);
        assert_eq!(meeting(40, 65), [0, 1, 0]);
        assert_eq!(meeting(58, 60), [0_usize; 0]);
    }
}
