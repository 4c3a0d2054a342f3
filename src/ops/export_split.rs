//! Training, validation and test data: which article goes where, and the files of each part.

use std::collections::BTreeMap;
use std::io::{self, Write};

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::ExportRequest;
use super::export_documents::curated_alone;
use crate::format::{COMMON_OPTIONS, Layout, Sink, SplitShare};
use crate::store::ArticleFile;

/// The parts of a split export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) shares: Vec<SplitShare>,
    pub(super) seed: u64,
}

/// Why an option every format has cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// These are no shares.
    #[error(
        "the option `split` cannot be `{0}`; write two or three shares, such as 80/20 or 80/10/10"
    )]
    Shares(String),
    /// The shares are not all of it.
    #[error(
        "the option `split` cannot be `{0}`: its shares add up to {1}, not 100; write two or three \
         shares, such as 80/20 or 80/10/10"
    )]
    Sum(String, u32),
    /// This is no number.
    #[error("the option `seed` cannot be `{0}`; use a whole number")]
    Seed(String),
}

/// Options by name and value.
type Chosen = Vec<(String, String)>;

/// The options that are the format's own, and the split if one is asked for.
///
/// # Errors
/// [`SplitError`] where the split is no split.
pub(super) fn take_split(
    chosen: &[(String, String)],
) -> Result<(Chosen, Option<Split>), SplitError> {
    let mut own = Vec::new();
    let mut shares = Vec::new();
    let mut seed = 0;
    for (name, value) in chosen {
        match COMMON_OPTIONS.iter().find(|option| option.name == name) {
            None => own.push((name.clone(), value.clone())),
            Some(option) if option.name == "seed" => {
                let number = value.parse();
                seed = number.map_err(|_| SplitError::Seed(value.clone()))?;
            }
            Some(_) => shares = parse_shares(value)?,
        }
    }
    let split = (!shares.is_empty()).then_some(Split { shares, seed });
    Ok((own, split))
}

fn parse_shares(value: &str) -> Result<Vec<SplitShare>, SplitError> {
    if value == "no" {
        return Ok(Vec::new());
    }
    let wrong = || SplitError::Shares(value.to_owned());
    let shares: Vec<u32> = value
        .split('/')
        .map(|share| share.trim().parse::<u16>().map(u32::from))
        .collect::<Result<_, _>>()
        .map_err(|_| wrong())?;
    let names: &[&'static str] = match shares.len() {
        2 => &["train", "test"],
        3 => &["train", "validation", "test"],
        _ => return Err(wrong()),
    };
    match shares.iter().sum::<u32>() {
        100 => {}
        sum => return Err(SplitError::Sum(value.to_owned(), sum)),
    }
    let named = names.iter().zip(shares).map(|(&name, share)| SplitShare {
        name,
        share,
        documents: 0,
    });
    Ok(named.collect())
}

impl Split {
    /// Which part each article goes to, by name: as many as its share of the articles that can be in
    /// the export, drawn by the seed.
    pub(super) fn assign(
        &self,
        articles: &[ArticleFile],
        request: &ExportRequest,
    ) -> BTreeMap<String, usize> {
        let wanted = |annotator: &Option<SmolStr>| {
            let name = annotator.as_deref().unwrap_or("");
            request.annotators.is_empty() || request.annotators.iter().any(|one| one == name)
        };
        let can_be = |article: &&ArticleFile| {
            let mut sidecars = article.sidecars.iter();
            curated_alone(article, &request.annotators).is_some()
                || sidecars.any(|file| wanted(&file.annotator))
                || request.filter.all && article.sidecars.is_empty()
        };
        let mut drawn: Vec<_> = articles
            .iter()
            .filter(can_be)
            .map(|article| {
                let lot = Sha256::digest(format!("{}\n{}", self.seed, article.name));
                (lot.to_vec(), article.name.clone())
            })
            .collect();
        drawn.sort();
        let total: u64 = self.shares.iter().map(|share| u64::from(share.share)).sum();
        let all = u64::try_from(drawn.len()).unwrap_or(u64::MAX);
        // Where the last article of each part is, rounded.
        let mut before = 0;
        let ends: Vec<u64> = self
            .shares
            .iter()
            .map(|share| {
                before += u64::from(share.share);
                (before * all * 2 + total) / (total * 2)
            })
            .collect();
        let part = |n: usize| {
            let n = u64::try_from(n).unwrap_or(u64::MAX);
            ends.iter().position(|&end| n < end).unwrap_or(0)
        };
        let named = drawn.into_iter().enumerate();
        named.map(|(n, (_, name))| (name, part(n))).collect()
    }
}

/// Writes the files of one part of a split export.
pub(super) struct SplitSink<'a> {
    pub(super) inner: &'a mut dyn Sink,
    pub(super) part: &'static str,
    pub(super) layout: Layout,
    pub(super) beside: &'a mut BesideParts,
}

/// What the parts of an export in one file each have beside them, by name; and of which part it is.
#[derive(Default)]
pub(super) struct BesideParts(BTreeMap<String, Vec<(&'static str, Vec<u8>)>>);

impl BesideParts {
    /// Writes once what all parts have, and else that of each under its name.
    pub(super) fn write(self, sink: &mut dyn Sink) -> io::Result<()> {
        for (name, parts) in self.0 {
            match &parts[..] {
                [(_, first), rest @ ..] if rest.iter().all(|(_, other)| other == first) => {
                    sink.create_beside(&name)?.write_all(first)?;
                }
                parts => {
                    for (part, contents) in parts {
                        let name = format!("{part}.{name}");
                        sink.create_beside(&name)?.write_all(contents)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl SplitSink<'_> {
    fn name(&self, name: &str) -> String {
        match (self.layout, name.rsplit_once('.')) {
            (Layout::OneFile, Some((_, ending))) => format!("{}.{ending}", self.part),
            (Layout::OneFile, None) => self.part.to_owned(),
            (Layout::FileEach | Layout::Folder, _) => format!("{}/{name}", self.part),
        }
    }
}

impl Sink for SplitSink<'_> {
    fn create(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let name = self.name(name);
        self.inner.create(&name)
    }

    fn create_beside(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        match self.layout {
            Layout::OneFile => {
                let parts = self.beside.0.entry(name.to_owned()).or_default();
                let (_, contents) = parts.push_mut((self.part, Vec::new()));
                Ok(contents)
            }
            Layout::FileEach | Layout::Folder => {
                let name = self.name(name);
                self.inner.create_beside(&name)
            }
        }
    }

    fn append(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let name = self.name(name);
        self.inner.append(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(options: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = options
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        owned.collect()
    }

    #[test]
    fn a_split_has_two_or_three_shares() {
        let (own, split) = take_split(&chosen(&[("card", "yes"), ("split", "70/30")])).unwrap();
        assert_eq!(own, chosen(&[("card", "yes")]));
        let shares = split.unwrap().shares;
        let names: Vec<_> = shares.iter().map(|s| (s.name, s.share)).collect();
        assert_eq!(names, [("train", 70), ("test", 30)]);
        assert_eq!(take_split(&chosen(&[("split", "no")])).unwrap().1, None);
        for wrong in ["80", "a/b", "0/0", "1/2/3/4", ""] {
            let error = take_split(&chosen(&[("split", wrong)])).unwrap_err();
            assert!(error.to_string().contains("80/10/10"));
        }
        for (wrong, sum) in [("90/30", "120"), ("8/1/1", "10")] {
            let error = take_split(&chosen(&[("split", wrong)])).unwrap_err();
            let words = format!("its shares add up to {sum}, not 100; write");
            assert!(error.to_string().contains(&words), "{error}");
        }
        assert!(take_split(&chosen(&[("seed", "x")])).is_err());
    }

    #[test]
    fn articles_are_drawn_by_seed_and_share() {
        let article = |n: usize| ArticleFile {
            path: format!("{n}.txt").into(),
            name: format!("{n}.txt"),
            sidecars: Vec::new(),
            reserved: Vec::new(),
            copies: Vec::new(),
            reserved_copies: Vec::new(),
            former_labels: crate::model::FormerLabels::default(),
        };
        let articles: Vec<_> = (0..100).map(article).collect();
        let mut request = ExportRequest::default();
        request.filter.all = true;
        let assign = |seed: &str| {
            let options = chosen(&[("split", "80/10/10"), ("seed", seed)]);
            let split = take_split(&options).unwrap().1.unwrap();
            split.assign(&articles, &request)
        };
        let first = assign("7");
        let in_part = |part| first.values().filter(|&&p| p == part).count();
        assert_eq!([in_part(0), in_part(1), in_part(2)], [80, 10, 10]);
        assert_eq!(assign("7"), first);
        assert_ne!(assign("8"), first);
    }
}
