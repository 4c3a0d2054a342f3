//! Where in the article the view is, without ever walking the article: the anchor is a block and a
//! distance into it, and a tree of heights answers the scroll bar.

/// What stands at the upper edge of the view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Anchor {
    /// The block.
    pub(super) block: usize,
    /// How far above the edge the block starts, in points; negative: below.
    pub(super) offset: f32,
}

/// Heights of all blocks, estimated until they are laid out. Sums and searches are O(log n): a
/// Fenwick tree in f64, since a long article is millions of points tall.
#[derive(Debug, Default)]
// Invariant: `tree` holds the partial sums of `heights`.
pub(super) struct Heights {
    heights: Vec<f32>,
    exact: Vec<bool>,
    tree: Vec<f64>,
}

impl Heights {
    /// Takes over estimates, in points.
    pub(super) fn new(estimates: Vec<f32>) -> Self {
        let mut tree: Vec<f64> = std::iter::once(0.0)
            .chain(estimates.iter().map(|&height| f64::from(height)))
            .collect();
        for n in 1..tree.len() {
            let parent = n + (n & n.wrapping_neg());
            let sum = tree.get(n).copied().unwrap_or_default();
            if let Some(above) = tree.get_mut(parent) {
                *above += sum;
            }
        }
        Self {
            exact: vec![false; estimates.len()],
            heights: estimates,
            tree,
        }
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.heights.len()
    }

    /// The height of a block if it was laid out, in points.
    pub(super) fn exact(&self, block: usize) -> Option<f32> {
        let known = self.exact.get(block).copied().unwrap_or_default();
        known.then(|| self.heights.get(block).copied()).flatten()
    }

    /// How many blocks were laid out so far.
    #[cfg(test)]
    pub(super) fn laid_out(&self) -> usize {
        self.exact.iter().filter(|&&exact| exact).count()
    }

    /// Notes the height of a block that was laid out.
    pub(super) fn set(&mut self, block: usize, height: f32) {
        let Some(old) = self.heights.get_mut(block) else {
            return;
        };
        let change = f64::from(height) - f64::from(*old);
        *old = height;
        if let Some(exact) = self.exact.get_mut(block) {
            *exact = true;
        }
        if change == 0.0 {
            return;
        }
        let mut n = block + 1;
        while let Some(sum) = self.tree.get_mut(n) {
            *sum += change;
            n += n & n.wrapping_neg();
        }
    }

    /// Where a block starts, in points from the start of the article.
    pub(super) fn top(&self, block: usize) -> f64 {
        let mut n = block.min(self.len());
        let mut top = 0.0;
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

    /// What stands at a distance from the start of the article.
    pub(super) fn at(&self, y: f64) -> Anchor {
        let mut rest = y.max(0.0);
        let mut block = 0;
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            if let Some(&sum) = self.tree.get(block + step)
                && sum <= rest
            {
                block += step;
                rest -= sum;
            }
            step /= 2;
        }
        if block >= self.len() {
            let last = self.len().saturating_sub(1);
            return Anchor {
                block: last,
                offset: self.heights.get(last).copied().unwrap_or_default(),
            };
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "less than one block's height"
        )]
        let offset = rest as f32;
        Anchor { block, offset }
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

    proptest! {
        #[test]
        fn sums_and_searches_agree_with_a_walk(
            estimates in prop::collection::vec(1_u8..90, 1..70),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..90), 0..20),
            y in 0_u16..7000,
        ) {
            let mut plain: Vec<f32> = estimates.iter().map(|&h| f32::from(h)).collect();
            let mut heights = Heights::new(plain.clone());
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
            let heights = Heights::new(plain.clone());
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
