use smol_str::SmolStr;

use crate::text::wording::{join_and, shown_annotator};

/// Whose tags are counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TagsOf {
    /// Of articles with curated tags these alone, of the others everybody's.
    #[default]
    Settled,
    /// Curated tags only.
    Curated,
    /// Everybody's, and no curated ones.
    Everybody,
    /// Those of these people ("": unnamed).
    People(Vec<SmolStr>),
}

impl TagsOf {
    /// The words for it.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Settled => "curated tags where there are some, else everybody’s".to_owned(),
            Self::Curated => "curated tags only".to_owned(),
            Self::Everybody => "everybody’s tags, no curated ones".to_owned(),
            Self::People(names) => {
                let names = names.iter().map(|name| shown_annotator(name).to_owned());
                format!("only tags of {}", join_and(&names.collect::<Vec<_>>()))
            }
        }
    }

    /// What makes a search find only these tags; empty where nothing is needed, or nothing does.
    pub(in crate::ops) fn term(&self) -> String {
        match self {
            Self::Settled => String::new(),
            Self::Curated => " is:curated".to_owned(),
            Self::Everybody => " -is:curated".to_owned(),
            Self::People(names) => match &names[..] {
                [name] => format!(" by:{}", shown_annotator(name)),
                _ => " -is:curated".to_owned(),
            },
        }
    }

    /// Whose sidecars are read; empty: everybody's.
    pub(super) fn asked(&self) -> &[SmolStr] {
        match self {
            Self::Settled | Self::Curated | Self::Everybody => &[],
            Self::People(names) => names,
        }
    }
}
