/// A vector that may become very long grows by a quarter, not twofold, and has room for one item at first:
/// memory follows the records, not the next power of two.
pub(super) trait SlowGrowth<T> {
    /// Adds an item at the end; O(1) amortised.
    fn push_slowly(&mut self, item: T);
}

/// Shorter vectors grow as usual.
const SHORT: usize = 1024;

impl<T> SlowGrowth<T> for Vec<T> {
    fn push_slowly(&mut self, item: T) {
        let len = self.len();
        match len == self.capacity() {
            true if len == 0 => self.reserve_exact(1),
            true if len >= SHORT => self.reserve_exact(len / 4),
            true | false => {}
        }
        self.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_vector_has_little_room_that_is_not_used() {
        let mut list = Vec::new();
        list.push_slowly(0);
        assert_eq!(list.capacity(), 1);
        list.clear();
        for n in 0..100_000_usize {
            list.push_slowly(n);
            assert!(list.capacity() <= 2 * SHORT || list.capacity() <= list.len() * 5 / 4 + 1);
        }
        assert!(list.iter().copied().eq(0..100_000));
    }
}
