use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::LintContext;
use crate::model::{Annotation, FindingSubject, LintRule, Problem};
use crate::suggest::{MentionKind, longer_name, mention_kind, name_at, without_possessive};
use crate::text::{TextRange, TextSize};

/// A name is tagged nearly everywhere where it is tagged at least this often …
const FEWEST_TAGGED: usize = 3;
/// … and this many times as often as it is not.
const TAGGED_TO_UNTAGGED: usize = 3;
/// A word that is in the text more often is not looked at.
const MOST_PLACES: usize = 300;

/// The names that mentions consist of, each with the number of its mentions.
#[derive(Debug, Clone, Default)]
pub(in crate::ops) struct NameCounts {
    counts: BTreeMap<SmolStr, usize>,
    /// No name has ever had more words.
    most_words: usize,
}

impl NameCounts {
    /// Adds (`there`) or takes away a mention.
    pub(in crate::ops) fn count(&mut self, name: SmolStr, there: bool) {
        self.most_words = (self.most_words).max(name.split_whitespace().count());
        let count = self.counts.entry(name.clone()).or_default();
        *count = if there {
            *count + 1
        } else {
            count.saturating_sub(1)
        };
        if *count == 0 {
            self.counts.remove(&name);
        }
    }

    /// Whether any mention consists of this name.
    pub(in crate::ops) fn contains(&self, name: &str) -> bool {
        self.counts.contains_key(name)
    }

    /// All names, once each.
    pub(in crate::ops) fn names(&self) -> impl Iterator<Item = &SmolStr> {
        self.counts.keys()
    }

    /// The names that begin with a word.
    fn beginning(&self, word: &str) -> impl Iterator<Item = &SmolStr> {
        self.counts
            .range(SmolStr::from(word)..)
            .map(|(name, _)| name)
            .take_while(move |name| name.starts_with(word))
    }
}

impl LintContext<'_> {
    /// The name a tag consists of, where it is a mention in use.
    pub(in crate::ops) fn name_of(&self, tag: &Annotation) -> Option<SmolStr> {
        let counts = self.schema.lint.is_on(LintRule::UntaggedName)
            && self.schema.mentions(&tag.label)
            && tag.fragments.len() == 1
            && crate::ops::is_in_use(tag);
        let words = counts.then(|| self.document.source().slice(tag.fragments.hull()))?;
        let name = without_possessive(words);
        (mention_kind(name) == MentionKind::Named && name.starts_with(char::is_uppercase))
            .then(|| name.into())
    }

    /// The names of `names` that can have a place that overlaps a range.
    pub(in crate::ops) fn names_in(
        &self,
        range: TextRange,
        names: &NameCounts,
    ) -> BTreeSet<SmolStr> {
        let source = self.document.source();
        // A name can begin before the range and reach into it.
        let mut before = source.slice(TextRange::new(TextSize::default(), range.start()));
        for _ in 0..names.most_words {
            let ended = before.trim_end();
            before = ended.trim_end_matches(|c: char| !c.is_whitespace());
        }
        let start = TextSize::try_from(before.len()).unwrap_or_default();
        let range = TextRange::new(start, range.end());
        let mut found = BTreeSet::new();
        for word in source.slice(range).split(|c: char| !c.is_alphanumeric()) {
            if word.starts_with(char::is_uppercase) {
                found.extend(names.beginning(word).cloned());
            }
        }
        found
    }

    /// What is found about a name: the first place where it is not tagged, if it nearly always is.
    pub(in crate::ops) fn name(&self, name: &SmolStr) -> Option<Problem> {
        let source = self.document.source();
        let first = name.split(|c: char| !c.is_alphanumeric()).next()?;
        let starts: &[TextSize] = self.text.capitals(source, first);
        if starts.len() > MOST_PLACES {
            return None;
        }
        let places = starts.iter().filter_map(|at| name_at(source, *at, name));
        let places = places.filter(|place| longer_name(source, *place).is_none());
        let mut tagged = 0;
        let mut untagged: Vec<TextRange> = Vec::new();
        for place in places {
            let mut tags = self.document.set().overlapping(place);
            match tags.any(|(_, tag)| self.schema.mentions(&tag.label)) {
                true => tagged += 1,
                false => untagged.push(place),
            }
        }
        if tagged < FEWEST_TAGGED || tagged < TAGGED_TO_UNTAGGED * untagged.len() {
            return None;
        }
        let place = untagged.first()?;
        let about = FindingSubject::Words(name.clone());
        self.report(LintRule::UntaggedName, about, *place)
    }
}
