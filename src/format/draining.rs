/// The items of a list in their order. The memory of the list is given back while they are taken, so that
/// what is made of them finds room.
pub(crate) struct Draining<T> {
    /// The next one is the last.
    items: Vec<T>,
}

/// So much of a list at least is given back at once.
const PART: usize = 1024;

impl<T> Draining<T> {
    pub(crate) fn new(mut items: Vec<T>) -> Self {
        items.reverse();
        Self { items }
    }
}

impl<T> Iterator for Draining<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let item = self.items.pop();
        let free = self.items.capacity() - self.items.len();
        if free >= PART.max(self.items.capacity() / 16) {
            self.items.shrink_to_fit();
        }
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays_and_the_list_becomes_short() {
        let mut all = Draining::new((0..10_000).collect());
        let first: Vec<i32> = all.by_ref().take(9_000).collect();
        assert!(first.into_iter().eq(0..9_000));
        assert!(all.items.capacity() < 3_000);
        assert!(all.eq(9_000..10_000));
    }
}
