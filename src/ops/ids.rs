use smol_str::SmolStr;

use crate::model::{IdSource, base36};

/// Ids from the system's random numbers: 64 bits in base 36, so that two people's files merge
/// without clashes.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

/// The shortest id; smaller numbers get zeros in front.
const WIDTH: usize = 11;

impl IdSource for RandomIds {
    fn next_id(&mut self) -> SmolStr {
        // Where the system gives no random numbers, what seeds maps still differs from run to run.
        let bits = getrandom::u64().unwrap_or_else(|_| fallback());
        base36(bits, WIDTH)
    }
}

fn fallback() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::time::SystemTime::now())
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
}
