//! The words of elements.

use super::{HtmlTree, NodeId, Step};

/// Text as it grows, with blanks joined.
#[derive(Debug, Default)]
pub(in super::super) struct FlowText {
    text: String,
    blank: bool,
}

impl FlowText {
    /// Adds text of a page. Marks that only say where a word may be broken are left out.
    pub(in super::super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                '\u{a0}' | '\u{202f}' => {
                    // It holds two words together; between other blanks it is a blank.
                    self.put(c);
                }
                c if c.is_whitespace() || c.is_control() => self.blank = true,
                c => self.put(c),
            }
        }
    }

    fn put(&mut self, c: char) {
        if self.blank && !self.text.is_empty() && !self.text.ends_with('\t') {
            self.text.push(' ');
        }
        self.blank = false;
        self.text.push(c);
    }

    /// What follows is another word.
    pub(in super::super) fn blank(&mut self) {
        self.blank = true;
    }

    /// What follows is in the next cell of a table.
    pub(in super::super) fn tab(&mut self) {
        self.blank = false;
        self.text.push('\t');
    }

    /// Whether nothing was added but blanks.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// Whether it ends like a sentence.
    pub(in super::super) fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }

    /// The text, which is empty afterwards.
    pub(in super::super) fn take(&mut self) -> String {
        self.blank = false;
        let text = std::mem::take(&mut self.text);
        text.trim().to_owned()
    }
}

/// Whether a text ends like a sentence.
pub(in super::super) fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”“’‘»«)]）」』›‹".contains(c);
    text.trim_end_matches(closing).ends_with([
        '.', '!', '?', '…', ':', ';', '。', '！', '？', '؟', '۔', '।',
    ]) || text.trim_end().ends_with(['」', '』', '”', '»', '“'])
}

impl HtmlTree {
    /// All text in an element on one line. What is between blocks and line breaks is a blank.
    pub(in super::super) fn line(&self, top: NodeId) -> String {
        let mut text = FlowText::default();
        let mut walk = self.walk(top);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) => match self.text(node) {
                    Some(words) => text.push(words),
                    None if ["script", "style"].contains(&self.name(node)) => walk.pass_over(),
                    None if is_block(self.name(node)) || self.name(node) == "br" => text.blank(),
                    None => {}
                },
                Step::Leave(node) if is_block(self.name(node)) => text.blank(),
                Step::Leave(_) => {}
            }
        }
        text.take()
    }
}

/// Whether an element of this name stands in a place of its own.
pub(in super::super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "template"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

impl HtmlTree {
    /// The text in an element as lines: one for each block, for each row of a table with tabs between
    /// its cells, and for what two line breaks part.
    pub(in super::super) fn paragraphs(&self, top: NodeId) -> Vec<String> {
        self.lines(top, 2)
    }

    /// [`Self::paragraphs`], of which each line break begins another one.
    pub(in super::super) fn broken_lines(&self, top: NodeId) -> Vec<String> {
        self.lines(top, 1)
    }

    /// `parting`: how many line breaks part two lines.
    fn lines(&self, top: NodeId, parting: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut flow = FlowText::default();
        let (mut rows, mut breaks) = (0_usize, 0_usize);
        let end = |flow: &mut FlowText, lines: &mut Vec<String>| {
            let line = flow.take();
            if !line.is_empty() {
                lines.push(line);
            }
        };
        let mut walk = self.walk(top);
        while let Some(step) = walk.next() {
            let (node, enters) = match step {
                Step::Enter(node) => (node, true),
                Step::Leave(node) => (node, false),
            };
            if let Some(text) = self.text(node) {
                if !text.trim().is_empty() {
                    breaks = 0;
                }
                flow.push(text);
                continue;
            }
            let name = self.name(node);
            match name {
                "script" | "style" if enters => walk.pass_over(),
                "br" if enters => {
                    breaks += 1;
                    if breaks >= parting && rows == 0 {
                        end(&mut flow, &mut lines);
                    } else {
                        flow.blank();
                    }
                }
                "tr" => {
                    end(&mut flow, &mut lines);
                    rows = if enters {
                        rows + 1
                    } else {
                        rows.saturating_sub(1)
                    };
                }
                "td" | "th" if !enters => flow.tab(),
                _ if is_block(name) && rows > 0 => flow.blank(),
                _ if is_block(name) => end(&mut flow, &mut lines),
                _ => {}
            }
        }
        end(&mut flow, &mut lines);
        lines
    }
}
