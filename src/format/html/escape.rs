use std::io::{self, Write};

use crate::format::xml::Xml;

/// Control characters no page can carry: browsers, terminals and mail programs act on them.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Writes text so that it cannot play tricks: characters that would turn the writing direction of
/// all that follows, or that have no shape, are in a box of their own, named.
pub(super) fn escaped<W: Write>(xml: &mut Xml<W>, text: &str) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(hidden) {
        let (before, from) = rest.split_at(at);
        xml.text(before)?;
        let mut characters = from.chars();
        if let Some(c) = characters.next() {
            let name = format!("U+{:04X}", u32::from(c));
            xml.open("span", &[("class", "ctl"), ("data-u", &name)])?;
            let shown = if is_control(c) { '\u{fffd}' } else { c };
            xml.text(shown.encode_utf8(&mut [0; 4]))?;
            xml.close("span")?;
        }
        rest = characters.as_str();
    }
    xml.text(rest)
}

fn hidden(c: char) -> bool {
    match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => is_control(c),
    }
}
