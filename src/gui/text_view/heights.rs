//! Where in the article the view is, without ever walking the article: the anchor is a block and a
//! distance into it, and a tree of heights answers the scroll bar.

use std::sync::Arc;

/// What is at the upper edge of the view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Anchor {
    /// The block.
    pub(super) block: usize,
    /// How far above the edge the block starts, in points; negative: below.
    pub(super) offset: f32,
}

/// How much is before a block, as it is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Before {
    /// Rows.
    pub(super) rows: u32,
    /// Blocks that have white below.
    pub(super) gaps: u32,
}

/// Heights of all blocks, estimated until they are laid out. Sums and searches are O(log n), in
/// f64, since a long article is millions of points tall; to set the article again costs nothing but
/// what is laid out then.
#[derive(Debug, Default)]
// Invariant: `tree` holds the partial sums (Fenwick) of what exact heights differ from the estimates.
pub(super) struct Heights {
    /// Before each block, and after the last.
    before: Arc<[Before]>,
    /// Height of a row, in points.
    row: f32,
    /// White below a block that has some, in points.
    gap: f32,
    /// Exact heights; 0 for blocks that were not laid out.
    exact: Vec<f32>,
    tree: Vec<f64>,
}

impl Heights {
    /// Estimates, with rows and gaps of these heights, in points.
    pub(super) fn new(before: Arc<[Before]>, row: f32, gap: f32) -> Self {
        let len = before.len().saturating_sub(1);
        Self {
            before,
            row,
            gap,
            // Zeroes come from the system, not from a walk.
            exact: vec![0.0; len],
            tree: vec![0.0; len + 1],
        }
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.exact.len()
    }

    /// The height of a block if it was laid out, in points.
    pub(super) fn exact(&self, block: usize) -> Option<f32> {
        self.exact
            .get(block)
            .copied()
            .filter(|height| *height > 0.0)
    }

    /// How many blocks were laid out so far.
    #[cfg(test)]
    pub(super) fn laid_out(&self) -> usize {
        (0..self.len())
            .filter(|&block| self.exact(block).is_some())
            .count()
    }

    /// Notes the height of a block that was laid out.
    pub(super) fn set(&mut self, block: usize, height: f32) {
        let old = match self.exact(block) {
            Some(exact) => f64::from(exact),
            None => self.estimated_top(block + 1) - self.estimated_top(block),
        };
        let Some(exact) = self.exact.get_mut(block) else {
            return;
        };
        *exact = height;
        let change = f64::from(height) - old;
        if change == 0.0 {
            return;
        }
        let mut n = block + 1;
        while let Some(sum) = self.tree.get_mut(n) {
            *sum += change;
            n += n & n.wrapping_neg();
        }
    }

    fn estimated_top(&self, block: usize) -> f64 {
        let before = self.before.get(block).or(self.before.last());
        let Before { rows, gaps } = before.copied().unwrap_or_default();
        f64::from(rows) * f64::from(self.row) + f64::from(gaps) * f64::from(self.gap)
    }

    /// Where a block starts, in points from the start of the article.
    pub(super) fn top(&self, block: usize) -> f64 {
        let block = block.min(self.len());
        let mut n = block;
        let mut top = self.estimated_top(block);
        while n > 0 {
            top += self.tree.get(n).copied().unwrap_or_default();
            n &= n - 1;
        }
        top
    }

    /// The height of all blocks.
    pub(super) fn total(&self) -> f64 {
        self.top(self.len())
    }

    /// What is at a distance from the start of the article.
    pub(super) fn at(&self, y: f64) -> Anchor {
        let y = y.max(0.0);
        let mut block = 0;
        let mut more = 0.0;
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            if let Some(&sum) = self.tree.get(block + step)
                && self.estimated_top(block + step) + more + sum <= y
            {
                block += step;
                more += sum;
            }
            step /= 2;
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "less than one block's height"
        )]
        let within = |block: usize, y: f64| (y - self.top(block)) as f32;
        if block >= self.len() {
            let last = self.len().saturating_sub(1);
            return Anchor {
                block: last,
                offset: within(last, self.total()),
            };
        }
        Anchor {
            block,
            offset: within(block, y),
        }
    }

    /// Brings an anchor back to within its block; `height` lays a block out.
    pub(super) fn normalized(
        &self,
        mut anchor: Anchor,
        mut height: impl FnMut(usize) -> f32,
    ) -> Anchor {
        while anchor.offset < 0.0 && anchor.block > 0 {
            anchor.block -= 1;
            anchor.offset += height(anchor.block);
        }
        anchor.offset = anchor.offset.max(0.0);
        while anchor.block + 1 < self.len() {
            let here = height(anchor.block);
            if anchor.offset < here {
                break;
            }
            anchor.offset -= here;
            anchor.block += 1;
        }
        anchor
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn estimated(rows: &[u8]) -> Heights {
        let mut before = vec![Before::default()];
        for &row in rows {
            let rows = before.last().unwrap().rows + u32::from(row);
            before.push(Before { rows, gaps: 0 });
        }
        Heights::new(before.into(), 1.0, 9.0)
    }

    proptest! {
        #[test]
        fn sums_and_searches_agree_with_a_walk(
            estimates in prop::collection::vec(1_u8..90, 1..70),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..90), 0..20),
            y in 0_u16..7000,
        ) {
            let mut plain: Vec<f32> = estimates.iter().map(|&h| f32::from(h)).collect();
            let mut heights = estimated(&estimates);
            for (pick, height) in changes {
                let block = pick.index(plain.len());
                plain[block] = f32::from(height);
                heights.set(block, f32::from(height));
                prop_assert_eq!(heights.exact(block), Some(f32::from(height)));
            }
            let mut top = 0.0;
            for (block, &height) in plain.iter().enumerate() {
                prop_assert_eq!(heights.top(block), top);
                let y = f64::from(y);
                if top <= y && y < top + f64::from(height) {
                    let found = heights.at(y);
                    prop_assert_eq!(found.block, block);
                    prop_assert_eq!(f64::from(found.offset), y - top);
                }
                top += f64::from(height);
            }
            prop_assert_eq!(heights.total(), top);
            prop_assert!(heights.at(f64::from(y)).block < plain.len());
        }

        #[test]
        fn an_anchor_keeps_its_place_when_it_is_normalized(
            sizes in prop::collection::vec(1_u8..90, 1..40),
            block in any::<prop::sample::Index>(),
            offset in -900_i16..900,
        ) {
            let plain: Vec<f32> = sizes.iter().map(|&h| f32::from(h)).collect();
            let heights = estimated(&sizes);
            let block = block.index(plain.len());
            let y = (heights.top(block) + f64::from(offset)).max(0.0);
            let anchor = heights.normalized(
                Anchor { block, offset: f32::from(offset) },
                |block| plain[block],
            );
            prop_assert_eq!(heights.top(anchor.block) + f64::from(anchor.offset), y);
            prop_assert!(anchor.offset >= 0.0);
        }
    }
}
