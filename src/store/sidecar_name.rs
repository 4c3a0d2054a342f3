//! What the files beside an article are called: `article.txt.ron`, or `article.txt.maria.ron` by
//! Maria; `article.txt.meta.ron` and `article.txt.curated.ron` belong to no annotator.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::corpus::ARTICLE_EXTENSIONS;
use crate::model::CopyOf;

/// The name cannot be an annotator's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnnotatorNameError {
    /// It cannot be part of a sidecar's name.
    #[error(
        "`{0}` is not a valid annotator name; use a to z, 0 to 9, _ and -, but not txt, text or md"
    )]
    Invalid(SmolStr),
    /// The file of that name holds something else.
    #[error(
        "`{}` cannot be an annotator's name: ARTICLE.{}.ron is reserved for {}; choose another name",
        .0.as_str(), .0.as_str(), .0.purpose()
    )]
    Reserved(ReservedName),
}

/// A name that no annotator may have, as the file of that name holds something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReservedName {
    /// `article.txt.meta.ron`: the facts of the article.
    Meta,
    /// `article.txt.curated.ron`: what an adjudicator decides.
    Curated,
}

impl ReservedName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Meta, Self::Curated];

    /// The name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Curated => CopyOf::CURATED,
        }
    }

    /// What the file of that name holds, in words.
    #[must_use]
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Meta => "the facts of the article",
            Self::Curated => "what an adjudicator decides",
        }
    }

    /// The file of that name beside an article.
    #[must_use]
    pub fn path(self, article: &Path) -> PathBuf {
        sidecar_path(article, Some(self.as_str()))
    }
}

/// Checks an annotator's name: `[a-z0-9_-]+`, none of the article extensions, not reserved.
///
/// # Errors
/// [`AnnotatorNameError`] otherwise.
pub fn check_annotator(name: &str) -> Result<(), AnnotatorNameError> {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    if name.is_empty() || !name.bytes().all(allowed) || ARTICLE_EXTENSIONS.contains(&name) {
        return Err(AnnotatorNameError::Invalid(name.into()));
    }
    let mut reserved = ReservedName::ALL.into_iter();
    match reserved.find(|reserved| reserved.as_str() == name) {
        Some(reserved) => Err(AnnotatorNameError::Reserved(reserved)),
        None => Ok(()),
    }
}

/// The sidecar of an article: of an annotator, or with `None` the unnamed one.
#[must_use]
pub fn sidecar_path(article: &Path, annotator: Option<&str>) -> PathBuf {
    let mut path = OsString::from(article);
    if let Some(annotator) = annotator {
        path.push(".");
        path.push(annotator);
    }
    path.push(".ron");
    path.into()
}

/// The file that holds the facts of an article.
#[must_use]
pub fn facts_path(article: &Path) -> PathBuf {
    ReservedName::Meta.path(article)
}

/// Whether a file is called like the facts of an article.
#[must_use]
pub fn is_facts_path(path: &Path) -> bool {
    let name = path.file_name().and_then(possible_articles);
    name.and_then(|possible| possible.named)
        .is_some_and(|(_, owner)| owner == Owner::Reserved(ReservedName::Meta))
}

/// The articles a file may be a sidecar of by its name; none where it is called like no sidecar.
#[must_use]
pub fn possible_articles_of(path: &Path) -> Vec<PathBuf> {
    let Some(possible) = path.file_name().and_then(possible_articles) else {
        return Vec::new();
    };
    let named = possible.named.map(|(name, _)| name);
    let names = std::iter::once(possible.unnamed).chain(named);
    names.map(|name| path.with_file_name(name)).collect()
}

/// An unused annotator name, and the sidecar that a file with a reserved name can become: `meta-1`.
#[must_use]
pub fn free_sidecar(article: &Path, name: ReservedName) -> (SmolStr, PathBuf) {
    let mut n = 1_u32;
    loop {
        let annotator = SmolStr::from(format!("{}-{n}", name.as_str()));
        let path = sidecar_path(article, Some(&annotator));
        if !path.exists() {
            return (annotator, path);
        }
        n = n.saturating_add(1);
    }
}

/// Whose a file beside an article is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// An annotator's; `None`: unnamed.
    Annotator(Option<SmolStr>),
    /// No annotator's.
    Reserved(ReservedName),
}

/// The names of the articles a file may belong to.
pub(super) struct PossibleArticles {
    /// Its name without `.ron`: the file is the unnamed sidecar.
    pub(super) unnamed: OsString,
    /// Its name without `.WHO.ron`, and who.
    pub(super) named: Option<(OsString, Owner)>,
}

/// The articles a file may belong to by its name; `None` where it does not end in `.ron`.
pub(super) fn possible_articles(file: &OsStr) -> Option<PossibleArticles> {
    let file = Path::new(file);
    if file.extension()? != "ron" {
        return None;
    }
    let unnamed = file.file_stem()?;
    let named = Path::new(unnamed).file_stem().and_then(|article| {
        let who = Path::new(unnamed).extension()?.to_str()?;
        let owner = match check_annotator(who) {
            Ok(()) => Owner::Annotator(Some(who.into())),
            Err(AnnotatorNameError::Reserved(name)) => Owner::Reserved(name),
            Err(AnnotatorNameError::Invalid(_)) => return None,
        };
        Some((article.to_owned(), owner))
    });
    Some(PossibleArticles {
        unnamed: unnamed.to_owned(),
        named,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sidecars_lie_beside_their_article() {
        let article = Path::new("corpus/a.b.txt");
        assert_eq!(sidecar_path(article, None), Path::new("corpus/a.b.txt.ron"));
        assert_eq!(
            sidecar_path(article, Some("maria")),
            Path::new("corpus/a.b.txt.maria.ron")
        );
    }

    #[test]
    fn annotators_names_fit_into_file_names() {
        for good in ["maria", "a-1_b", "7"] {
            assert_eq!(check_annotator(good), Ok(()));
        }
        for bad in [
            "meta", "curated", "", "Maria", "a b", "a.b", "../x", "txt", "text", "md", "josé",
            "a/b",
        ] {
            let error = check_annotator(bad).unwrap_err();
            assert!(
                error.to_string().starts_with(&format!("`{bad}` ")),
                "{error}"
            );
        }
    }

    #[test]
    fn reserved_names_have_their_files_and_a_way_out() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.txt");
        assert_eq!(facts_path(&article), folder.path().join("a.txt.meta.ron"));
        let taken = folder.path().join("a.txt.meta-1.ron");
        std::fs::write(taken, "x").unwrap();
        let (annotator, path) = free_sidecar(&article, ReservedName::Meta);
        assert_eq!(annotator, "meta-2");
        assert_eq!(path, folder.path().join("a.txt.meta-2.ron"));
        assert_eq!(check_annotator(&annotator), Ok(()));
        let refused = check_annotator("curated").unwrap_err().to_string();
        assert_eq!(
            refused,
            "`curated` cannot be an annotator's name: ARTICLE.curated.ron is reserved for what an \
             adjudicator decides; choose another name"
        );
    }
}
