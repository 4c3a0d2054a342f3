//! How much a page may hold. No page a person can read comes near; what does is made to stop a
//! program.

/// Elements, texts and comments of one file. A hundred articles of a database have a tenth of them.
pub(super) const MAX_NODES: usize = 600_000;

/// Steps through open elements: what deep nesting multiplies.
pub(super) const MAX_WORK: u64 = 100_000_000;

/// Attributes of one element: the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 4_000;

/// Elements such as `b` and `font` that are open at once: the parser compares each with all before it.
const MAX_FORMATTING: usize = 3_000;

const FORMATTING: [&str; 12] = [
    "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
];

/// Why a page is not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HtmlTooComplex {
    /// Too many elements.
    #[error("it has more than {MAX_NODES} elements; split it and import the parts")]
    Nodes,
    /// Elements within elements.
    #[error("its elements are nested too deeply; save the page from a browser and import that")]
    Nesting,
    /// Too many attributes.
    #[error(
        "line {line}: an element has more than {MAX_ATTRIBUTES} attributes; remove it and try again"
    )]
    Attributes {
        /// The line, from 1.
        line: usize,
    },
}

/// Checks that no tag has too many attributes, and that not too many tags that format text are open.
pub(super) fn check_tags(text: &str) -> Result<(), HtmlTooComplex> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut formatting = 0_usize;
    while let Some(open) = find(bytes, at, b"<") {
        at = open + 1;
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            at = find(bytes, at, b"-->").unwrap_or(bytes.len());
        } else if let Some(rest) = rest.strip_prefix(b"/") {
            formatting = formatting.saturating_sub(usize::from(formats(rest)));
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            formatting += usize::from(formats(rest));
            if formatting > MAX_FORMATTING {
                return Err(HtmlTooComplex::Nesting);
            }
            let (end, attributes) = tag_end(bytes, at);
            if attributes > MAX_ATTRIBUTES {
                let before = bytes.get(..open).unwrap_or_default();
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                return Err(HtmlTooComplex::Attributes { line });
            }
            at = end;
            // What is in a script is no tag.
            let raw = ["script", "style"];
            let is = |name: &&str| {
                let begin = rest.get(..name.len()).unwrap_or_default();
                begin.eq_ignore_ascii_case(name.as_bytes())
            };
            if raw.iter().any(is) {
                at = find(bytes, at, b"</").unwrap_or(bytes.len());
            }
        }
    }
    Ok(())
}

/// Whether a tag is of an element that formats text.
fn formats(tag: &[u8]) -> bool {
    let name = tag
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let name = tag.get(..name).unwrap_or_default();
    FORMATTING
        .iter()
        .any(|formatting| name.eq_ignore_ascii_case(formatting.as_bytes()))
}

/// Where a tag ends, and how many attributes it has at most.
fn tag_end(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut quote, mut blank, mut attributes) = (None, false, 0);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match (quote, byte) {
            (Some(open), byte) => {
                if open == *byte {
                    quote = None;
                    blank = true;
                }
            }
            (None, b'>') => return (at, attributes),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, byte) => {
                let separates = byte.is_ascii_whitespace() || *byte == b'/';
                attributes += usize::from(blank && !separates);
                blank = separates;
            }
        }
    }
    (bytes.len(), attributes)
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let at = rest.windows(what.len()).position(|window| window == what)?;
    Some(from + at)
}

#[cfg(test)]
mod tests {
    use super::super::HtmlTree;
    use super::*;

    #[test]
    fn what_would_take_too_long_is_refused() {
        let many = format!("\n<a {}>", "b1 ".repeat(MAX_ATTRIBUTES + 1));
        let refused = HtmlTree::parse(&many).map(|tree| tree.len());
        assert_eq!(refused, Err(HtmlTooComplex::Attributes { line: 2 }));
        let in_script = format!("<script>if (a <b {})</script>", "&& c ".repeat(5_000));
        assert!(HtmlTree::parse(&in_script).is_ok());
    }
}
