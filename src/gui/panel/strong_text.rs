//! Bold words of Markdown in the bold typeface. The viewer of Markdown draws them in another colour only, but lets
//! formulas be drawn by others: bold words are handed to it as formulas with a mark in front.

use std::ops::Range;

use egui::{RichText, TextStyle, Ui};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::gui::fonts;

/// Says that a formula is none, but bold words, and parts what is said of them. No keyboard writes it.
const MARK: char = '\u{e5b0}';

/// Signs that a formula cannot hold, or that mean something before it is read.
const SPECIAL: [char; 5] = ['$', '\\', '|', '\n', '`'];

/// Bold words, or a link some of whose words are bold.
struct Strong {
    place: Range<usize>,
    /// Where the link leads to; empty for what is no link.
    url: String,
    /// The words with whether they are bold.
    words: Vec<(String, bool)>,
    /// Nothing else is within.
    plain: bool,
}

impl Strong {
    fn begin(place: Range<usize>, url: String) -> Self {
        Self {
            place,
            url,
            words: Vec::new(),
            plain: true,
        }
    }

    /// As Markdown with formulas; `None` where it has to stay as it is. `heading`: the level from 1; 0 in other text.
    fn marked(&self, markdown: &str, heading: u8) -> Option<String> {
        let is_bold = |(words, bold): &(String, bool)| *bold && !words.trim().is_empty();
        let special = |words: &str| words.contains(SPECIAL);
        let whole = markdown.get(self.place.clone())?;
        let in_link = !self.url.is_empty();
        if !self.plain
            || !self.words.iter().any(is_bold)
            || self.words.iter().any(|(words, _)| special(words))
            || (in_link && (special(whole) || whole.contains(['<', '>'])))
            || !stands_alone(markdown, &self.place)
        {
            return None;
        }
        let mut marked = String::new();
        for (words, bold) in &self.words {
            let url = &self.url;
            marked += &match bold {
                // A formula does not end with a blank.
                true => format!("${MARK}{heading}{MARK}{words}{MARK}{url}{MARK}$"),
                false => format!("[{words}](<{url}>)"),
            };
        }
        Some(marked)
    }
}

/// The same Markdown with its bold words marked. Those with other signs in them stay as they are.
pub(super) fn with_strong_marked(markdown: &str) -> String {
    let mut marked = String::with_capacity(markdown.len());
    let mut copied = 0;
    let (mut heading, mut images) = (0_u8, 0_usize);
    let mut is_strong = false;
    let mut here: Option<Strong> = None;
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
        let mut ended = None;
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = level as u8,
            Event::End(TagEnd::Heading(_)) => heading = 0,
            Event::Start(Tag::Image { .. }) => {
                images += 1;
                here = None;
            }
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) if images == 0 && here.is_none() => {
                here = Some(Strong::begin(range, dest_url.into_string()));
            }
            Event::End(TagEnd::Link) => ended = here.take_if(|strong| !strong.url.is_empty()),
            Event::Start(Tag::Strong) if images == 0 => {
                is_strong = true;
                here.get_or_insert_with(|| Strong::begin(range, String::new()));
            }
            Event::End(TagEnd::Strong) => {
                is_strong = false;
                ended = here.take_if(|strong| strong.url.is_empty());
            }
            Event::Text(words) => {
                if let Some(strong) = &mut here {
                    match strong.words.last_mut() {
                        Some((last, bold)) if *bold == is_strong => last.push_str(&words),
                        _ => strong.words.push((words.into_string(), is_strong)),
                    }
                }
            }
            _ => {
                // Something else within the bold words.
                if let Some(strong) = &mut here {
                    strong.plain = false;
                }
            }
        }
        if let Some(strong) = ended
            && let Some(new) = strong.marked(markdown, heading)
        {
            let before = markdown.get(copied..strong.place.start);
            marked.push_str(before.unwrap_or_default());
            marked.push_str(&new);
            copied = strong.place.end;
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
    let mut parts = words.split(MARK);
    let (Some(""), Some(heading), Some(strong), Some(url)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        let sign = if inline { "$" } else { "$$" };
        ui.label(format!("{sign}{words}{sign}"));
        return;
    };
    let size = heading_size(ui, heading);
    let strong = RichText::new(strong).font(fonts::bold_font(size));
    if url.is_empty() {
        let color = ui.visuals().strong_text_color();
        ui.label(strong.color(color));
    } else {
        ui.hyperlink_to(strong, url);
    }
}

/// The size of text in a heading of a level, as the viewer of Markdown draws it.
fn heading_size(ui: &Ui, level: &str) -> f32 {
    let size = |style: TextStyle| style.resolve(ui.style()).size;
    let (body, heading) = (size(TextStyle::Body), size(TextStyle::Heading));
    let share = match level {
        "1" => 1.0,
        "2" => 0.835,
        "3" => 0.668,
        "4" => 0.501,
        "5" => 0.334,
        "6" => 0.167,
        _ => 0.0,
    };
    body + (heading - body) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_words_are_marked_and_all_else_stays() {
        let formula = |level: u8, words: &str, url: &str| {
            format!("${MARK}{level}{MARK}{words}{MARK}{url}{MARK}$")
        };
        let mark = |words: &str| formula(0, words, "");
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
                "# A **heading**\n\n**text**",
                format!("# A {}\n\n{}", formula(1, "heading", ""), mark("text")),
            ),
            (
                "[**link**](x) **a `b`**",
                format!("{} **a `b`**", formula(0, "link", "x")),
            ),
            (
                "**see [this](x)** and [see **this** now](http://x.example/a_b)",
                format!(
                    "**see [this](x)** and [see ](<http://x.example/a_b>){}[ now](<http://x.example/a_b>)",
                    formula(0, "this", "http://x.example/a_b")
                ),
            ),
            (
                "[plain](x) ![**p**](y)",
                "[plain](x) ![**p**](y)".to_owned(),
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
