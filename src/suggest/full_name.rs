//! Who a short name stands for.

use memchr::memmem;

use super::lexicon::{NAME_LINK, NAME_PARTICLE};
use super::paragraph_cache::ParagraphCache;
use super::posting::after_posting;
use super::same_name::same_name;
use super::titles::may_be_title;
use super::token::has_joined_particle;
use crate::text::{TextRange, TextSize, snap_to_graphemes};

/// As far from a mention as its full name is looked for, in bytes.
const FAR: TextSize = TextSize::new(32_768);
/// As many places as are looked at.
const LOOK: usize = 64;

/// The fullest form of `name` in the text around `near` (both in bytes), without titles: "Rex
/// Tillerson" for "Tillerson". `None` where there is none fuller, or two people share the name.
#[must_use]
pub fn full_name(cache: &ParagraphCache<'_>, name: &str, near: TextSize) -> Option<String> {
    // Of a short text the same everywhere.
    if cache.source().len() > FAR {
        return search(cache, name, near);
    }
    let known = cache.full_names.borrow().get(name).cloned();
    known.unwrap_or_else(|| {
        let found = search(cache, name, near);
        let mut names = cache.full_names.borrow_mut();
        names.insert(name.to_owned(), found.clone());
        found
    })
}

fn search(cache: &ParagraphCache<'_>, name: &str, near: TextSize) -> Option<String> {
    let source = cache.source();
    let surname = name.split_whitespace().next_back()?;
    let window = TextRange::new(
        near.checked_sub(FAR).unwrap_or_default(),
        near.checked_add(FAR)
            .unwrap_or(source.len())
            .min(source.len()),
    );
    let window = snap_to_graphemes(source, window);
    let mut best: Option<String> = None;
    let own = name.split_whitespace().count();
    let near = source.slice(window).as_bytes();
    for offset in memmem::find_iter(near, surname).take(LOOK) {
        let at = window.start() + TextSize::try_from(offset).unwrap_or_default();
        let Some(mention) = cache.mention_at(at) else {
            continue;
        };
        let count = |words: &str| words.split_whitespace().count();
        let mention = source.slice(mention);
        // Most mentions are no fuller, even with their titles.
        if count(mention) <= own {
            continue;
        }
        let Some(found) = without_titles(mention) else {
            continue;
        };
        let fuller = count(&found) > own;
        if !fuller || !same_name(&found, name) || cache.is_headline(at) {
            continue;
        }
        match &best {
            Some(best) if !same_name(best, &found) => return None,
            Some(best) if best.len() >= found.len() => {}
            Some(_) | None => best = Some(found),
        }
    }
    best
}

/// A name without what is before it; `None` where it is none, or that of a junior.
fn without_titles(words: &str) -> Option<String> {
    let words = words.trim_end_matches("’s").trim_end_matches("'s");
    let all: Vec<&str> = words.split_whitespace().collect();
    let lower = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let last = all.len().checked_sub(1)?;
    let from = all
        .iter()
        .take(last)
        .rposition(|word| {
            let word = lower(word);
            may_be_title(&word) || word == "of"
        })
        .map_or(0, |title| title + 1);
    // "Senator from Ohio Ann Lee", "Mayor of London Ann Lee"
    let from = after_posting(&all, from.saturating_sub(1))
        .or_else(|| after_posting(&all, from))
        .unwrap_or(from);
    let names = all.get(from..)?;
    let is_capital = |word: &str| word.starts_with(char::is_uppercase) || has_joined_particle(word);
    let fits = |word: &&str| is_capital(word) || NAME_LINK.has(&lower(word)) && lower(word) != "of";
    // "for Scientology": a preposition is no part of the name behind it.
    let first = names.first()?;
    if !is_capital(first) && !NAME_PARTICLE.has(&lower(first)) {
        return None;
    }
    let is_junior = names
        .iter()
        .any(|word| matches!(lower(word).as_str(), "jr" | "sr" | "ii" | "iii" | "iv"));
    (names.iter().all(fits) && !is_junior).then(|| names.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    #[test]
    fn a_short_name_stands_for_the_one_full_name_of_the_text() {
        for (text, name, expected) in [
            (
                "Secretary of State Rex Tillerson left. Tillerson said no.",
                "Tillerson",
                Some("Rex Tillerson"),
            ),
            (
                "Weldon left. Former US Congressman Wayne Curtis Weldon said so.",
                "Weldon",
                Some("Wayne Curtis Weldon"),
            ),
            ("Ann Lee met Tim Lee. Lee left.", "Lee", None),
            (
                "Regierungssprecherin Ulla Weber ging. Weber kam.",
                "Weber",
                Some("Ulla Weber"),
            ),
            (
                "Ministerpräsident Kai Holm ging. Holm kam.",
                "Holm",
                Some("Kai Holm"),
            ),
            (
                "Verkehrsministerin Eva Brandt ging. Brandt kam.",
                "Brandt",
                Some("Eva Brandt"),
            ),
            ("Donald Trump Jr. met Trump.", "Trump", None),
            (
                "Trump saw Trump Tower and the Trump administration.",
                "Trump",
                None,
            ),
            (
                "White House Says Rex Tillerson Will Leave Soon\n\nTillerson left.",
                "Tillerson",
                None,
            ),
            ("Rex Tillerson left.", "Rex Tillerson", None),
            (
                "Novara hired an attorney for Novara. A spokesman of Novara left.",
                "Novara",
                None,
            ),
            (
                "General Karim al-Noor left. Al-Noor and al-Noor stayed.",
                "al-Noor",
                Some("Karim al-Noor"),
            ),
            (
                "Kenyan Ambassador to the United States Amina Odera left. Odera spoke.",
                "Odera",
                Some("Amina Odera"),
            ),
            (
                "Senator from Ohio Ann Lee left. Lee spoke.",
                "Lee",
                Some("Ann Lee"),
            ),
            (
                "The painter Vincent van Dael left. Van Dael or van Dael spoke.",
                "Dael",
                Some("Vincent van Dael"),
            ),
            ("", "", None),
        ] {
            let source = SourceText::new(text, "UTF-8").unwrap();
            let found = full_name(&ParagraphCache::new(&source), name, 0.into());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
