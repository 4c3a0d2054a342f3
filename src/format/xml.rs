//! Writes elements and text as XML, and HTML in its XML syntax.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::escape::{escape, partial_escape};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesPI, BytesStart, BytesText, Event};
use quick_xml::name::QName;

/// Replaces a character that cannot be written, one for one, so that offsets stay right.
const REPLACEMENT: &str = "\u{fffd}";

/// Writes elements as they come.
pub(super) struct Xml<W: Write> {
    writer: Writer<W>,
    forbidden: fn(char) -> bool,
}

impl<W: Write> Xml<W> {
    /// Begins an XML document.
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut writer = Writer::new(out);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer.write_event(Event::Text(BytesText::from_escaped("\n")))?;
        let forbidden = forbidden_in_xml;
        Ok(Self { writer, forbidden })
    }

    /// Begins a piece of XML that is put somewhere else.
    pub(super) fn fragment(out: W) -> Self {
        Self {
            writer: Writer::new(out),
            forbidden: forbidden_in_xml,
        }
    }

    /// Begins an HTML document.
    pub(super) fn html(out: W) -> io::Result<Self> {
        let mut writer = Writer::new(out);
        writer.write_event(Event::DocType(BytesText::from_escaped("html")))?;
        writer.write_event(Event::Text(BytesText::from_escaped("\n")))?;
        // Browsers, terminals and mail programs act on control characters.
        let forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        Ok(Self { writer, forbidden })
    }

    /// The start of an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = self.start(name, attributes);
        self.writer.write_event(Event::Start(start))
    }

    /// The end of an element.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = self.start(name, attributes);
        self.writer.write_event(Event::Empty(start))
    }

    /// An element with text in it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> io::Result<()> {
        self.open(name, attributes)?;
        self.text(text)?;
        self.close(name)
    }

    /// Text, every character of it where the format can carry it.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        let allowed = replaced(text, self.forbidden);
        let escaped = partial_escape(allowed);
        let escaped = spelled_out(escaped, &[('\r', "&#13;")]);
        self.writer
            .write_event(Event::Text(BytesText::from_escaped(escaped)))
    }

    /// A note of our own that other programs pass over.
    pub(super) fn own(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        let json = serde_json::to_string(value)?;
        let json = json.replace('>', "\\u003e");
        let json = json
            .replace('\u{fffe}', "\\ufffe")
            .replace('\u{ffff}', "\\uffff");
        let note = format!("{OWN} {json}");
        self.writer.write_event(Event::PI(BytesPI::new(note)))
    }

    /// Text of ours that is markup or style already.
    pub(super) fn raw(&mut self, text: &str) -> io::Result<()> {
        self.writer
            .write_event(Event::Text(BytesText::from_escaped(text)))
    }

    /// What another writer of this kind has made.
    pub(super) fn written(&mut self, xml: &[u8]) -> io::Result<()> {
        self.writer.get_mut().write_all(xml)
    }

    /// What was written so far.
    pub(super) fn into_inner(self) -> W {
        self.writer.into_inner()
    }

    fn start<'a>(&self, name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            let escaped = escape(replaced(value, self.forbidden));
            // A reader makes blanks of the plain ones.
            let whitespace = [('\n', "&#10;"), ('\r', "&#13;"), ('\t', "&#9;")];
            let escaped = spelled_out(escaped, &whitespace);
            start.push_attribute(Attribute {
                key: QName(key),
                value: escaped,
            });
        }
        start
    }
}

/// The target of processing instructions that hold what only we read, as JSON.
pub(super) const OWN: &str = "pullquote";

/// How many characters of a text XML 1.0 cannot carry.
pub(super) fn lost_characters(text: &str) -> usize {
    text.chars().filter(|&c| forbidden_in_xml(c)).count()
}

pub(super) fn forbidden_in_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        c => c < ' ',
    }
}

fn replaced(text: &str, forbidden: fn(char) -> bool) -> Cow<'_, str> {
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, REPLACEMENT))
    } else {
        Cow::Borrowed(text)
    }
}

fn spelled_out<'a>(text: Cow<'a, str>, characters: &[(char, &str)]) -> Cow<'a, str> {
    characters.iter().fold(text, |text, &(character, words)| {
        if text.contains(character) {
            Cow::Owned(text.replace(character, words))
        } else {
            text
        }
    })
}
