//! What the text of an article that was found in a file is called.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::ArticleFacts;

/// About as many bytes of a headline are in the name.
const LONGEST: usize = 72;

/// The name for an article: its date and the words of its headline, `2024-05-31-ferry-to-sail-again.txt`,
/// in the folder of the file it is from. Without a headline it is called like the file; `index` is its
/// place in it, from 0.
pub(super) fn file_name(facts: &ArticleFacts, file: &str, index: usize) -> String {
    let (folder, name) = match file.rfind('/') {
        Some(at) => file.split_at(at + 1),
        None => ("", file),
    };
    let words = joined_words(&facts.headline);
    let words = if words.is_empty() {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        match index {
            0 => stem.to_owned(),
            n => format!("{stem}-{}", n + 1),
        }
    } else {
        words
    };
    let day = facts.date.get(..10).unwrap_or(&facts.date);
    let is_date = !day.is_empty() && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = if is_date {
        format!("{day}-")
    } else {
        String::new()
    };
    format!("{folder}{date}{words}.txt")
}

/// The words of a headline with hyphens between them, in lower case, as far as there is room.
fn joined_words(headline: &str) -> String {
    let mut name = String::new();
    for word in headline.unicode_words() {
        let word: String = word.to_lowercase();
        let kept: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if kept.is_empty() {
            continue;
        }
        if !name.is_empty() && name.len() + kept.len() >= LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(
            kept.get(..kept.floor_char_boundary(LONGEST))
                .unwrap_or(&kept),
        );
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_date_and_headline() {
        let name = |headline: &str, date: &str| {
            let facts = ArticleFacts {
                headline: headline.to_owned(),
                date: date.to_owned(),
                ..ArticleFacts::default()
            };
            file_name(&facts, "week/22.docx", 2)
        };
        assert_eq!(
            name(
                "Ferry line to “return” in May; town's hopes 3/4",
                "2024-05-31T10:00Z"
            ),
            "week/2024-05-31-ferry-line-to-return-in-may-towns-hopes-3-4.txt"
        );
        assert_eq!(name("Fähre: „Endlich“", ""), "week/fähre-endlich.txt");
        assert_eq!(name("../../etc", "soon"), "week/etc.txt");
        assert_eq!(name(" — ", ""), "week/22-3.txt");
        let long = name(&"word ".repeat(40), "");
        assert!(
            long.len() < LONGEST + 10 && long.ends_with("word.txt"),
            "{long}"
        );
        assert!(name(&"ä".repeat(400), "").len() < LONGEST + 10);
    }
}
