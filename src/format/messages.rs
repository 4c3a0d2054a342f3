use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use super::RecordProblem;
use crate::text::wording::kind_of_message;

/// So many messages of one kind are kept.
const MOST_OF_A_KIND: usize = 200;
/// So many kinds are told apart; the messages of all further kinds count as of one.
const MOST_KINDS: usize = 2_000;

/// So many messages are known as told.
const MOST_TOLD_ONCE: usize = 20_000;

/// Messages that are told once. Where there are very many, further ones are told, and counted, each time.
#[derive(Debug, Clone, Default)]
pub(super) struct ToldOnce(BTreeSet<String>);

impl ToldOnce {
    /// Whether it was not told before.
    pub(super) fn is_new(&mut self, message: &str) -> bool {
        let is_new = !self.0.contains(message);
        if is_new && self.0.len() < MOST_TOLD_ONCE {
            self.0.insert(message.to_owned());
        }
        is_new
    }
}

/// Messages about one file. All are counted, and so many of each kind are kept, so that a file that is
/// wrong in every line takes no more memory than others. The slice it derefs to is of those kept.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    kept: Vec<RecordProblem>,
    /// How many are kept of each kind.
    kinds: BTreeMap<String, usize>,
    /// Of each kind, the first that is not kept and how many such there are.
    more: BTreeMap<String, (RecordProblem, usize)>,
}

impl Messages {
    /// Adds a message, or counts it.
    pub fn push(&mut self, message: RecordProblem) {
        self.push_counted(message, 1);
    }

    /// Adds one that stands for several.
    pub(super) fn push_counted(&mut self, message: RecordProblem, count: usize) {
        let mut kind = kind_of_message(&message.message);
        if self.kinds.len() >= MOST_KINDS && !self.kinds.contains_key(&kind) {
            kind.clear();
        }
        if let Some((_, more)) = self.more.get_mut(&kind) {
            *more += count;
            return;
        }
        let kept = self.kinds.entry(kind.clone()).or_default();
        if *kept < MOST_OF_A_KIND && count == 1 {
            *kept += 1;
            self.kept.push(message);
        } else {
            self.more.insert(kind, (message, count));
        }
    }

    /// Adds all of another list.
    pub(super) fn append(&mut self, others: Self) {
        for message in others.kept {
            self.push(message);
        }
        for (message, count) in others.more.into_values() {
            self.push_counted(message, count);
        }
    }

    /// The same with other words.
    pub(super) fn reworded(self, words: impl Fn(&str) -> String) -> Self {
        let mut list = Self::default();
        let reworded = |RecordProblem { line, message }| RecordProblem {
            line,
            message: words(&message),
        };
        for message in self.kept {
            list.push(reworded(message));
        }
        for (message, count) in self.more.into_values() {
            list.push_counted(reworded(message), count);
        }
        list
    }

    /// Those whose words are wanted.
    pub(super) fn filtered(mut self, mut wanted: impl FnMut(&str) -> bool) -> Self {
        self.kept.retain(|message| wanted(&message.message));
        self
    }

    /// Puts messages before the others.
    pub(super) fn put_first(&mut self, first: impl IntoIterator<Item = RecordProblem>) {
        let others = std::mem::take(self);
        self.extend(first);
        self.append(others);
    }

    /// Says what several messages say in the same words only once.
    pub(super) fn join_same(&mut self) {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for message in &self.kept {
            *count.entry(message.message.clone()).or_default() += 1;
        }
        self.more
            .retain(|_, (first, more)| match count.get_mut(&first.message) {
                Some(count) => {
                    *count += *more;
                    false
                }
                None => true,
            });
        self.kept
            .retain_mut(|message| match count.remove(&message.message) {
                None => false,
                Some(1) => true,
                Some(all) => {
                    let more = format!(" (and {} more like it)", all - 1);
                    message.message.push_str(&more);
                    true
                }
            });
    }

    /// The messages, each with the number of those it stands for, itself included: those that are
    /// kept, then one for all others of a kind.
    pub fn counted(&self) -> impl Iterator<Item = (&RecordProblem, usize)> {
        let kept = self.kept.iter().map(|message| (message, 1));
        kept.chain(self.more.values().map(|(first, count)| (first, *count)))
    }
}

impl Deref for Messages {
    type Target = [RecordProblem];

    fn deref(&self) -> &Self::Target {
        &self.kept
    }
}

impl Extend<RecordProblem> for Messages {
    fn extend<I: IntoIterator<Item = RecordProblem>>(&mut self, messages: I) {
        messages.into_iter().for_each(|message| self.push(message));
    }
}

impl FromIterator<RecordProblem> for Messages {
    fn from_iter<I: IntoIterator<Item = RecordProblem>>(messages: I) -> Self {
        let mut list = Self::default();
        list.extend(messages);
        list
    }
}

impl<'a> IntoIterator for &'a Messages {
    type Item = &'a RecordProblem;
    type IntoIter = std::slice::Iter<'a, RecordProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.iter()
    }
}

impl<const N: usize> PartialEq<[RecordProblem; N]> for Messages {
    fn eq(&self, other: &[RecordProblem; N]) -> bool {
        self.more.is_empty() && self.kept == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(words: impl Iterator<Item = String>) -> Messages {
        let mut list = Messages::default();
        list.extend(
            words
                .zip(1..)
                .map(|(message, line)| RecordProblem { line, message }),
        );
        list
    }

    #[test]
    fn all_are_counted_and_some_of_each_kind_are_kept() {
        let list = messages((0..5_000).map(|n| format!("`{n}` is no number")));
        assert_eq!(list.len(), MOST_OF_A_KIND);
        assert_eq!(list.counted().map(|(_, count)| count).sum::<usize>(), 5_000);
        let (last, count) = list.counted().last().unwrap();
        assert_eq!((last.line, count), (201, 4_800));
        let mut twice = list.clone();
        twice.append(list);
        assert_eq!(
            twice.counted().map(|(_, count)| count).sum::<usize>(),
            10_000
        );
    }

    #[test]
    fn kinds_are_not_without_end() {
        let name = |n: usize| {
            let digits = n.to_string().into_bytes();
            let letters = digits.into_iter().map(|digit| char::from(digit + 49));
            letters.collect::<String>()
        };
        let list = messages((0..20_000).map(|n| format!("{} is unknown", name(n))));
        assert_eq!(
            list.counted().map(|(_, count)| count).sum::<usize>(),
            20_000
        );
        assert!(list.len() <= MOST_KINDS + MOST_OF_A_KIND);
    }

    #[test]
    fn the_same_words_are_said_once() {
        let mut list = messages((0..500).map(|_| "this is not JSON".to_owned()));
        list.join_same();
        let told: Vec<_> = list.counted().map(|(found, _)| &*found.message).collect();
        assert_eq!(told, ["this is not JSON (and 499 more like it)"]);
    }
}
