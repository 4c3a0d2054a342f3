//! The proposals of a text, found by their places.

use crate::suggest::Proposal;
use crate::text::{TextRange, TextSize, overlap};

/// All proposals of a text, and where they are.
#[derive(Debug, Default)]
pub(super) struct Proposals {
    /// By where their quotes start.
    pub(super) all: Box<[Proposal]>,
    /// No proposal has words, mention and cue included, farther than this before its start.
    before: TextSize,
    /// Nor farther after it.
    after: TextSize,
}

/// Where the quote of a proposal starts.
fn start(proposal: &Proposal) -> TextSize {
    let first = proposal.fragments.first();
    first.map(|range| range.start()).unwrap_or_default()
}

/// Its quote, mention and cue.
fn ranges(proposal: &Proposal) -> impl Iterator<Item = TextRange> {
    let ends = proposal.speaker.iter().chain(&proposal.cue);
    proposal.fragments.iter().chain(ends).copied()
}

impl Proposals {
    pub(super) fn new(mut all: Vec<Proposal>) -> Self {
        all.sort_by_key(start);
        let (mut before, mut after) = (TextSize::default(), TextSize::default());
        for proposal in &all {
            let start = start(proposal);
            for range in ranges(proposal) {
                before = before.max(start.checked_sub(range.start()).unwrap_or_default());
                after = after.max(range.end().checked_sub(start).unwrap_or_default());
            }
        }
        Self {
            all: all.into(),
            before,
            after,
        }
    }

    /// Those that share a byte with a range, by number.
    pub(super) fn meeting(&self, range: TextRange) -> impl Iterator<Item = usize> {
        let from = range.start().checked_sub(self.after).unwrap_or_default();
        let first = self.all.partition_point(|one| start(one) < from);
        let near = self.all.iter().enumerate().skip(first);
        let reach = move |one: &Proposal| start(one).checked_sub(self.before).unwrap_or_default();
        near.take_while(move |(_, one)| reach(one) < range.end())
            .filter(move |(_, one)| ranges(one).any(|own| overlap(own, range)))
            .map(|(number, _)| number)
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
        assert_eq!(meeting(40, 65), [0, 1]);
        assert_eq!(meeting(58, 60), [0_usize; 0]);
    }
}
