use smol_str::SmolStr;

use crate::model::IdSource;

/// Ids from the system's random numbers: 64 bits in base 36, so that two people's files merge
/// without clashes.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The shortest id; smaller numbers get zeros in front.
const WIDTH: usize = 11;

impl IdSource for RandomIds {
    fn next_id(&mut self) -> SmolStr {
        // Where the system gives no random numbers, what seeds maps still differs from run to run.
        let bits = getrandom::u64().unwrap_or_else(|_| fallback());
        base36(bits)
    }
}

fn fallback() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::time::SystemTime::now())
}

fn base36(mut number: u64) -> SmolStr {
    let mut digits = Vec::with_capacity(13);
    while number > 0 || digits.len() < WIDTH {
        let digit = usize::try_from(number % 36).unwrap_or_default();
        digits.extend(DIGITS.get(digit).map(|&digit| char::from(digit)));
        number /= 36;
    }
    digits.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_short_lower_case_and_never_the_same() {
        let mut ids = RandomIds;
        let drawn: BTreeSet<SmolStr> = (0..10_000).map(|_| ids.next_id()).collect();
        assert_eq!(drawn.len(), 10_000);
        for id in drawn {
            assert!((11..=13).contains(&id.len()), "{id}");
            assert!(
                id.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            );
        }
    }

    #[test]
    fn numbers_are_written_in_base_36() {
        assert_eq!(base36(u64::MAX), "3w5e11264sgsf");
        assert_eq!(base36(35), "0000000000z");
    }
}
