use std::fmt;

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::ListedArticle;
use crate::store::sidecar_file::check_annotator;

/// Articles that are to be gone through, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Queue {
    /// All of them.
    #[default]
    All,
    /// With suggestions to review.
    Suggestions,
    /// With quotes or claims that have no confirmed speaker.
    WithoutSpeaker,
    /// With tags that nobody has reviewed.
    Unreviewed,
    /// With tags that somebody is unsure about.
    Unsure,
    /// With what reviewers would change or ask, neither taken nor answered.
    Corrections,
    /// With problems.
    Problems,
    /// With hints: what is probably a slip.
    Hints,
    /// Assigned to somebody ("": to whoever has no name).
    AssignedTo(SmolStr),
    /// Assigned to nobody.
    Unassigned,
    /// A random sample.
    Sample(Sample),
    /// With nearly the same text as others.
    Copies,
    /// With nearly the same text as the article of this name, that one too.
    CopiesOf(SmolStr),
    /// With curated tags.
    Curated,
    /// With curated tags in which something is undecided.
    Undecided,
    /// Tagged by several people, without curated tags.
    NotCurated,
}

/// A random sample of articles. An article is in it by its name alone: the same names, number and seed give the
/// same sample on every machine, and an article more changes at most one of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// How many articles.
    pub size: usize,
    /// Which of the samples of that size.
    pub seed: u64,
}

impl Sample {
    /// Which of these names are in the sample: those with the least hashes, by place.
    #[must_use]
    pub fn of<'a>(self, names: impl Iterator<Item = &'a str>) -> Vec<bool> {
        let hash = |name: &str| {
            let mut hash = Sha256::new();
            hash.update(self.seed.to_le_bytes());
            hash.update(name);
            <[u8; 32]>::from(hash.finalize())
        };
        let mut hashed: Vec<([u8; 32], usize)> = names
            .enumerate()
            .map(|(place, name)| (hash(name), place))
            .collect();
        let mut chosen = vec![false; hashed.len()];
        hashed.sort_unstable();
        for (_, place) in hashed.into_iter().take(self.size) {
            if let Some(chosen) = chosen.get_mut(place) {
                *chosen = true;
            }
        }
        chosen
    }
}

/// A queue that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no queue; write all, suggestions, without-speaker, unreviewed, unsure, corrections, problems, \
     hints, assigned:NAME, unassigned, sample:NUMBER:SEED, copies, copies-of:ARTICLE, curated, undecided or not-curated"
)]
pub struct UnknownQueue(String);

impl Queue {
    /// The queue as it is written on the command line and in settings.
    ///
    /// # Errors
    /// [`UnknownQueue`] with all there are.
    pub fn named(word: &str) -> Result<Self, UnknownQueue> {
        let unknown = || UnknownQueue(word.to_owned());
        Ok(match word.split_once(':') {
            None => match word {
                "all" | "" => Self::All,
                "suggestions" => Self::Suggestions,
                "without-speaker" => Self::WithoutSpeaker,
                "unreviewed" => Self::Unreviewed,
                "unsure" => Self::Unsure,
                "corrections" => Self::Corrections,
                "problems" => Self::Problems,
                "hints" => Self::Hints,
                "unassigned" => Self::Unassigned,
                "copies" => Self::Copies,
                "curated" => Self::Curated,
                "undecided" => Self::Undecided,
                "not-curated" => Self::NotCurated,
                _ => return Err(unknown()),
            },
            Some(("copies-of", name)) if !name.is_empty() => Self::CopiesOf(name.into()),
            Some(("assigned", "")) => Self::AssignedTo(SmolStr::default()),
            Some(("assigned", name)) => {
                check_annotator(name).map_err(|_| unknown())?;
                Self::AssignedTo(name.into())
            }
            Some(("sample", numbers)) => {
                let (size, seed) = numbers.split_once(':').unwrap_or((numbers, "1"));
                let (size, seed) = (size.parse(), seed.parse());
                let (Ok(size), Ok(seed)) = (size, seed) else {
                    return Err(unknown());
                };
                Self::Sample(Sample { size, seed })
            }
            Some(_) => return Err(unknown()),
        })
    }

    /// Whether articles leave it as they are worked on, whatever their state.
    #[must_use]
    pub fn empties(&self) -> bool {
        match self {
            Self::Suggestions
            | Self::WithoutSpeaker
            | Self::Unreviewed
            | Self::Unsure
            | Self::Corrections
            | Self::Problems
            | Self::Hints
            | Self::Undecided
            | Self::NotCurated => true,
            Self::All
            | Self::AssignedTo(_)
            | Self::Unassigned
            | Self::Sample(_)
            | Self::Copies
            | Self::CopiesOf(_)
            | Self::Curated => false,
        }
    }

    /// Whether an article is in it, as far as that can be told of one alone: a sample is drawn from all articles
    /// at once ([`Sample::of`]), and whose copies others are, too.
    #[must_use]
    pub fn takes(&self, article: &ListedArticle<'_>) -> bool {
        let figures = &article.figures;
        match self {
            Self::All | Self::Sample(_) => true,
            Self::Copies | Self::CopiesOf(_) => article.copies.is_some(),
            Self::Suggestions => figures.suggestions > 0,
            Self::WithoutSpeaker => figures.without_speaker > 0,
            Self::Unreviewed => figures.unreviewed > 0,
            Self::Unsure => figures.unsure > 0,
            Self::Corrections => figures.corrections > 0,
            Self::Problems => figures.problems() > 0,
            Self::Hints => figures.hints() > 0,
            Self::AssignedTo(name) => article.assigned.contains(name),
            Self::Unassigned => article.assigned.is_empty(),
            Self::Curated => article.curated.is_some(),
            Self::Undecided => article.curated.is_some_and(|left| !left.is_empty()),
            Self::NotCurated => {
                let work = article.summary.map_or(&[][..], |summary| &summary.work);
                let begun = work.iter().filter(|work| work.has_begun());
                article.curated.is_none() && begun.count() > 1
            }
        }
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Suggestions => f.write_str("suggestions"),
            Self::WithoutSpeaker => f.write_str("without-speaker"),
            Self::Unreviewed => f.write_str("unreviewed"),
            Self::Unsure => f.write_str("unsure"),
            Self::Corrections => f.write_str("corrections"),
            Self::Problems => f.write_str("problems"),
            Self::Hints => f.write_str("hints"),
            Self::AssignedTo(name) => write!(f, "assigned:{name}"),
            Self::Unassigned => f.write_str("unassigned"),
            Self::Sample(Sample { size, seed }) => write!(f, "sample:{size}:{seed}"),
            Self::Copies => f.write_str("copies"),
            Self::Curated => f.write_str("curated"),
            Self::Undecided => f.write_str("undecided"),
            Self::NotCurated => f.write_str("not-curated"),
            Self::CopiesOf(name) => write!(f, "copies-of:{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_written_as_it_is_read() {
        for word in [
            "all",
            "suggestions",
            "without-speaker",
            "unreviewed",
            "unsure",
            "corrections",
            "problems",
            "hints",
            "assigned:ann",
            "assigned:",
            "unassigned",
            "sample:20:7",
            "copies",
            "curated",
            "undecided",
            "not-curated",
            "copies-of:sub/a:b.txt",
        ] {
            assert_eq!(
                Queue::named(word).map(|queue| queue.to_string()),
                Ok(word.to_owned())
            );
        }
        for word in [
            "everything",
            "sample:",
            "sample:3:x",
            "assigned:A b",
            "copies-of:",
            "new:1",
        ] {
            assert!(Queue::named(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_sample_is_the_same_everywhere_and_hardly_changes_with_one_article_more() {
        let names: Vec<String> = (0..100).map(|n| format!("sub/{n}.txt")).collect();
        let sample = Sample { size: 10, seed: 1 };
        let drawn = |sample: Sample, names: &[String]| -> Vec<String> {
            let chosen = sample.of(names.iter().map(String::as_str));
            let chosen = names.iter().zip(chosen).filter(|(_, chosen)| *chosen);
            chosen.map(|(name, _)| name.clone()).collect()
        };
        let first = drawn(sample, &names);
        assert_eq!(first.len(), 10);
        let mut backwards = names.clone();
        backwards.reverse();
        let mut again = drawn(sample, &backwards);
        again.reverse();
        assert_eq!(again, first);
        assert_ne!(drawn(Sample { seed: 2, ..sample }, &names), first);
        let more: Vec<String> = names.into_iter().chain(["new.txt".to_owned()]).collect();
        let stay = drawn(sample, &more);
        assert!(stay.iter().filter(|name| first.contains(name)).count() >= 9);
        assert_eq!(drawn(Sample { size: 500, seed: 1 }, &more).len(), 101);
    }
}
