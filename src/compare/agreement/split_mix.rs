//! Random numbers that are the same everywhere: SplitMix64, of Guy L. Steele, Doug Lea and Christine H.
//! Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014.

/// What the state grows by.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(super) struct SplitMix64(u64);

impl SplitMix64 {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 where that is 0.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(limit);
        u64::try_from(wide >> 64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_published_generator() {
        let mut random = SplitMix64::new(1);
        let first = [random.next(), random.next(), random.next()];
        assert_eq!(first[0], 0x910a_2dec_8902_5cc1);
        assert_ne!(first[1], first[2]);
        assert!((0..99).all(|_| random.below(7) < 7));
        assert_eq!(random.below(0), 0);
    }
}
