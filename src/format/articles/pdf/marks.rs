//! What a PDF says about parts of a page by marking them (ISO 32000-2, 14.6).

use hayro_font::hayro_syntax::object::{Dict, Name, String as PdfString};
use smol_str::SmolStr;

use super::left_out::{LeftOut, Reason};
use super::text_string::text_string;

/// So deep parts are marked within each other.
const DEEPEST: usize = 500;
/// So many bytes of text that is removed are kept.
const MOST_REMOVED: usize = 64 << 10;

/// The marked parts that are open, the outermost first.
#[derive(Default)]
pub(super) struct Marks(Vec<Mark>);

enum Mark {
    /// It is not of the article.
    Aside(Reason),
    /// Other words stand for it.
    Instead(Instead),
    Other,
}

/// Words that stand for letters.
struct Instead {
    words: SmolStr,
    is_used: bool,
    /// The letters, where there are no words.
    removed: String,
}

impl Marks {
    /// How many are open.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Opens a part with a name and what is said about it.
    pub(super) fn open(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>) {
        if self.0.len() >= DEEPEST {
            return self.open_other();
        }
        let kind = |key: &str| properties.and_then(|properties| properties.get::<Name<'_>>(key));
        let is_artifact = tag.as_ref() == b"Artifact";
        let is_marginal = kind("Type").is_some_and(|kind| kind.as_ref() == b"Pagination");
        let words = properties.and_then(|properties| properties.get::<PdfString<'_>>("ActualText"));
        self.0.push(match words {
            _ if is_artifact && is_marginal => Mark::Aside(Reason::Marginal),
            Some(words) => Mark::Instead(Instead {
                words: SmolStr::from(text_string(words.as_bytes())),
                is_used: false,
                removed: String::new(),
            }),
            None => Mark::Other,
        });
    }

    /// Opens a part about which nothing is said.
    pub(super) fn open_other(&mut self) {
        self.0.push(Mark::Other);
    }

    /// Opens a part that is not of the article.
    pub(super) fn open_aside(&mut self, reason: Reason) {
        self.0.push(Mark::Aside(reason));
    }

    /// Closes the inner ones until so many are open.
    pub(super) fn close(&mut self, open: usize, left_out: &mut LeftOut) {
        while self.0.len() > open {
            let Some(Mark::Instead(instead)) = self.0.pop() else {
                continue;
            };
            let is_within = |mark: &Mark| matches!(mark, Mark::Instead(_));
            if !instead.is_used && !self.0.iter().any(is_within) {
                left_out.words(Reason::NotPrinted, &instead.words);
            }
            if instead.removed.contains(char::is_alphanumeric) {
                left_out.words(Reason::Removed, &instead.removed);
            }
        }
    }

    /// Why what is in these parts is not of the article, if so.
    pub(super) fn aside(&self) -> Option<Reason> {
        self.0.iter().find_map(|mark| match mark {
            Mark::Aside(reason) => Some(*reason),
            Mark::Instead(_) | Mark::Other => None,
        })
    }

    /// What stands for a letter, if something does: words for the first, nothing for the others.
    pub(super) fn instead_of(&mut self, letter: &str) -> Option<SmolStr> {
        let instead = self.0.iter_mut().find_map(|mark| match mark {
            Mark::Instead(instead) => Some(instead),
            Mark::Aside(_) | Mark::Other => None,
        })?;
        if instead.words.trim().is_empty() && instead.removed.len() < MOST_REMOVED {
            instead.removed.push_str(letter);
        }
        match std::mem::replace(&mut instead.is_used, true) {
            true => Some(SmolStr::default()),
            false => Some(instead.words.clone()),
        }
    }
}
