use std::fmt;

use smol_str::SmolStr;

use super::Origin;

/// Where a suggestion was carried from, as its origin says it: `copy/maria/news/a.txt`. Without a name
/// `copy//news/a.txt`; `copy/curated/news/a.txt` for what is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyOrigin {
    /// Whose tags.
    pub whose: CopyOf,
    /// The article, as a path below the folder of the project, with `/`.
    pub article: String,
}

/// Whose tags of a copy are suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyOf {
    /// Those of this person ("": unnamed).
    Annotator(SmolStr),
    /// What is settled.
    Curated,
}

impl CopyOf {
    /// What stands for what is settled, in the place of a name: no annotator may have it.
    pub const CURATED: &'static str = "curated";
}

impl CopyOrigin {
    /// What the name of a suggester says; `None` where it is another one.
    #[must_use]
    pub fn parse(suggester: &str) -> Option<Self> {
        let (whose, article) = suggester.strip_prefix(Origin::COPY)?.split_once('/')?;
        Some(Self {
            whose: match whose == CopyOf::CURATED {
                true => CopyOf::Curated,
                false => CopyOf::Annotator(whose.into()),
            },
            article: article.to_owned(),
        })
    }

    /// Where it was carried from, as people say it: "news/a.txt, tagged by maria".
    #[must_use]
    pub fn words(&self) -> String {
        let article = &self.article;
        match &self.whose {
            CopyOf::Curated => format!("{article}, curated"),
            CopyOf::Annotator(name) if name.is_empty() => article.clone(),
            CopyOf::Annotator(name) => format!("{article}, tagged by {name}"),
        }
    }
}

impl fmt::Display for CopyOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = match &self.whose {
            CopyOf::Annotator(name) => name,
            CopyOf::Curated => CopyOf::CURATED,
        };
        write!(f, "{}{whose}/{}", Origin::COPY, self.article)
    }
}
