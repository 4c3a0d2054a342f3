use crate::format::html_entities::unescaped;
use crate::format::html_tag::Tag;

/// The words of HTML.
pub(super) struct Words {
    /// With a line end where a block begins or ends.
    pub(super) article: String,
    /// As a browser counts them: the texts between the tags, nothing put in.
    pub(super) plain: String,
    /// Which code point of the article each code point of the plain text is, and the end.
    pub(super) places: Vec<u32>,
}

/// Elements that begin a line of their own.
const BLOCKS: [&str; 25] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "p",
    "pre",
    "section",
    "table",
    "tr",
];

/// Takes the words out of HTML.
pub(super) fn words(html: &str) -> Words {
    let mut words = Words {
        article: String::new(),
        plain: String::new(),
        places: Vec::new(),
    };
    let mut point = 0;
    let mut rest = html;
    let mut new_line = false;
    while !rest.is_empty() {
        if let Some(tag) = Tag::read(rest) {
            new_line |= BLOCKS.contains(&&*tag.name);
            rest = tag.after;
            continue;
        }
        let begun = rest.chars().next().map_or(1, char::len_utf8);
        let end = rest
            .get(begun..)
            .and_then(|rest| rest.find('<'))
            .map_or(rest.len(), |at| at + begun);
        let (text, after) = rest.split_at(end);
        rest = after;
        for c in unescaped(text).chars() {
            if new_line && !words.article.is_empty() && !words.article.ends_with('\n') && c != '\n'
            {
                words.article.push('\n');
                point += 1;
            }
            new_line = false;
            words.places.push(point);
            words.plain.push(c);
            words.article.push(c);
            point += 1;
        }
    }
    words.places.push(point);
    words
}

/// Whether there are tags in a text.
pub(super) fn has_tags(text: &str) -> bool {
    let mut from = text.match_indices('<');
    from.any(|(at, _)| text.get(at..).and_then(Tag::read).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_between_the_tags_and_blocks_on_lines_of_their_own() {
        let html = "<div class=\"a\"><p>“No&nbsp;&#8212; &amp; 1 < 2,”</p><!-- x --><p>said <b>Ann</b>.</p>\n</div>";
        let words = words(html);
        assert_eq!(words.article, "“No\u{a0}— & 1 < 2,”\nsaid Ann.\n");
        assert_eq!(words.plain, "“No\u{a0}— & 1 < 2,”said Ann.\n");
        assert_eq!(words.places[14..17], [14, 16, 17]);
        assert!(has_tags(html) && !has_tags("1 < 2 > 1, a <3"));
        assert_eq!(super::words("<?xml?><b title='a>b'>No</b>").plain, "No");
    }
}
