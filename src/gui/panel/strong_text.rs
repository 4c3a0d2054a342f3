//! Bold words of Markdown in the bold typeface. The viewer of Markdown draws them in another colour only, but lets
//! formulas be drawn by others: bold words are handed to it as formulas with a mark in front.

use std::ops::Range;

use egui::{RichText, TextStyle, Ui};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::gui::fonts;

/// Says that a formula is none, but bold words. No keyboard writes it.
const MARK: char = '\u{e5b0}';

/// The same Markdown with its bold words marked. Those in headings and links, and with other signs in them, stay as
/// they are.
pub(super) fn with_strong_marked(markdown: &str) -> String {
    let mut marked = String::with_capacity(markdown.len());
    let mut copied = 0;
    // How many headings, links and pictures one is in.
    let mut inside = 0_usize;
    let mut strong: Option<(Range<usize>, String, bool)> = None;
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Link { .. } | Tag::Image { .. }) => {
                inside += 1;
                strong = None;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image) => {
                inside = inside.saturating_sub(1);
            }
            Event::Start(Tag::Strong) if inside == 0 => {
                strong = Some((range, String::new(), true));
            }
            Event::Text(words) => {
                if let Some((_, all, _)) = &mut strong {
                    all.push_str(&words);
                }
            }
            Event::End(TagEnd::Strong) => {
                if let Some((place, words, true)) = strong.take()
                    && !words.trim().is_empty()
                    && !words.contains(['$', '\\', '|', '\n', '`'])
                    && stands_alone(markdown, &place)
                {
                    marked.push_str(markdown.get(copied..place.start).unwrap_or_default());
                    marked.push('$');
                    marked.push(MARK);
                    marked.push_str(&words);
                    // A formula does not end with a blank.
                    marked.push(MARK);
                    marked.push('$');
                    copied = place.end;
                }
            }
            _ => {
                // Something else within the bold words.
                if let Some((_, _, plain)) = &mut strong {
                    *plain = false;
                }
            }
        }
    }
    marked.push_str(markdown.get(copied..).unwrap_or_default());
    marked
}

/// Whether no letter or digit is beside a place, where a formula could not begin or end.
fn stands_alone(markdown: &str, place: &Range<usize>) -> bool {
    let before = markdown.get(..place.start).unwrap_or_default();
    let after = markdown.get(place.end..).unwrap_or_default();
    let beside = [before.chars().next_back(), after.chars().next()];
    let touches = |c: char| c.is_alphanumeric() || c == '$' || c == '\\';
    !beside.into_iter().flatten().any(touches)
}

/// Draws bold words, and what looks like a formula as it is written.
pub(super) fn strong_ui(ui: &mut Ui, words: &str, inline: bool) {
    let Some(strong) = words.strip_prefix(MARK) else {
        let sign = if inline { "$" } else { "$$" };
        ui.label(format!("{sign}{words}{sign}"));
        return;
    };
    let size = TextStyle::Body.resolve(ui.style()).size;
    let color = ui.visuals().strong_text_color();
    let strong = strong.trim_end_matches(MARK);
    ui.label(
        RichText::new(strong)
            .font(fonts::bold_font(size))
            .color(color),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_words_are_marked_and_all_else_stays() {
        let mark = |words: &str| format!("${MARK}{words}{MARK}$");
        for (markdown, marked) in [
            (
                "A **quote** is __said__.",
                format!("A {} is {}.", mark("quote"), mark("said")),
            ),
            (
                "- **one:** two\n- x",
                format!("- {} two\n- x", mark("one:")),
            ),
            (
                "# A **heading**\n\ntext",
                "# A **heading**\n\ntext".to_owned(),
            ),
            (
                "[**link**](x) **a `b`**",
                "[**link**](x) **a `b`**".to_owned(),
            ),
            (
                "costs **$5** or \\*\\*no\\*\\*",
                "costs **$5** or \\*\\*no\\*\\*".to_owned(),
            ),
            ("```\n**code**\n```", "```\n**code**\n```".to_owned()),
        ] {
            assert_eq!(with_strong_marked(markdown), marked, "{markdown}");
        }
    }
}
