//! How much alike two words are.

use super::form::stands_for;

/// From 0, nothing in common, to 1, the same.
pub(super) fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (first, second) = (a.chars().next(), b.chars().next());
    if let (Some(first), Some(second)) = (first, second)
        && let (Some(one), Some(other)) = (stands_for(first), stands_for(second))
    {
        // Typographic and plain signs.
        return if one == other { 0.9 } else { 0.0 };
    }
    // Longer words than that are no words.
    const LONGEST: usize = 64;
    let a: Vec<char> = a.chars().take(LONGEST).collect();
    let b: Vec<char> = b.chars().take(LONGEST).collect();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if long > 2 * short + 1 {
        return 0.0;
    }
    share(2 * in_common(&a, &b), a.len() + b.len())
}

pub(super) fn share(part: usize, whole: usize) -> f32 {
    let float = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    #[allow(clippy::cast_possible_truncation, reason = "between 0 and 1")]
    let share = (float(part) / float(whole.max(1))) as f32;
    share
}

/// Length of the longest common subsequence.
fn in_common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        let mut left = 0;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            *cell = if x == y {
                diagonal + 1
            } else {
                above.max(left)
            };
            diagonal = above;
            left = *cell;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_the_same_word() {
        assert!(likeness("Tillerson", "Tilerson") > 0.9);
        assert!(likeness("“", "\"") > 0.8 && likeness("—", "--") > 0.8);
        assert!(likeness("“", ",") < 0.1 && likeness("he", "she") > 0.7);
        assert!(likeness("officials", "weather") < 0.5);
    }
}
