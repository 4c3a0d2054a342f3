//! How long somebody works on an article: pauses do not count.

use jiff::Timestamp;
use smol_str::SmolStr;

use crate::model::Sitting;

/// A longer pause, in seconds, is no work.
const PAUSE: i64 = 60;
/// After a longer pause, in seconds, another sitting begins.
const BREAK: i64 = 30 * 60;

/// Counts the seconds of the sitting that is under way.
#[derive(Debug, Default)]
pub(crate) struct ActiveTime {
    /// When the sitting began and the last key or click.
    times: Option<(Timestamp, Timestamp)>,
    milliseconds: i64,
}

impl ActiveTime {
    /// Notes a key, a click or a move of the pointer. Returns the sitting that ended with a long
    /// break before it.
    pub(crate) fn note(&mut self, now: Timestamp, by: &SmolStr) -> Option<Sitting> {
        let Some((_, last)) = &mut self.times else {
            self.times = Some((now, now));
            return None;
        };
        let pause = now.as_millisecond() - last.as_millisecond();
        if pause > BREAK * 1_000 {
            let ended = self.sitting(by);
            *self = Self::default();
            self.note(now, by);
            return ended;
        }
        *last = now;
        if (0..=PAUSE * 1_000).contains(&pause) {
            self.milliseconds += pause;
        }
        None
    }

    /// The sitting so far; `None` below a second.
    pub(crate) fn sitting(&self, by: &SmolStr) -> Option<Sitting> {
        let (start, _) = self.times?;
        let seconds = u32::try_from(self.milliseconds / 1_000).unwrap_or(u32::MAX);
        let start = Timestamp::from_second(start.as_second()).ok()?;
        (seconds > 0).then(|| Sitting {
            by: by.clone(),
            start,
            seconds,
            unknown: thin_vec::ThinVec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_do_not_count_and_a_break_begins_another_sitting() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let by = SmolStr::new("maria");
        let mut time = ActiveTime::default();
        for second in [1_000, 1_000, 1_030, 1_090, 1_151, 1_155] {
            assert_eq!(time.note(at(second), &by), None);
        }
        let sitting = time.sitting(&by).unwrap();
        assert_eq!((sitting.start, sitting.seconds), (at(1_000), 94));
        assert_eq!(time.note(at(5_000), &by), Some(sitting));
        assert_eq!(time.sitting(&by), None);
        time.note(at(5_002), &by);
        let sitting = time.sitting(&by).unwrap();
        assert_eq!((sitting.start, sitting.seconds), (at(5_000), 2));
    }

    #[test]
    fn a_clock_that_is_set_back_takes_nothing_away() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let by = SmolStr::default();
        let mut time = ActiveTime::default();
        time.note(at(100), &by);
        time.note(at(110), &by);
        time.note(at(50), &by);
        time.note(at(53), &by);
        assert_eq!(time.sitting(&by).unwrap().seconds, 13);
    }
}
