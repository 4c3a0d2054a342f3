//! The words of a web page, and the places that XPath expressions name in it.

use std::fmt;

use crate::format::html_entities::unescaped;
use crate::format::html_tag::Tag;

/// From one place of a page to another, as browsers name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NodeRange {
    /// The path of an element or text node, and an offset in its words (UTF-16 units).
    pub(super) start: (String, Option<u32>),
    /// The same; without an offset the end of the element.
    pub(super) end: (String, Option<u32>),
    /// Without an offset the range ends where the last element begins.
    pub(super) before_end: bool,
}

impl fmt::Display for NodeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.start.0)?;
        if self.end.0 != self.start.0 {
            write!(f, " to {}", self.end.0)?;
        }
        Ok(())
    }
}

/// A page: its elements and its words.
#[derive(Debug)]
pub(super) struct Page {
    nodes: Vec<Node>,
    plain: String,
    article: String,
    /// Which byte of the article each byte of the plain words is, and the end.
    places: Vec<usize>,
}

#[derive(Debug, Default)]
struct Node {
    /// In lower case; empty for text.
    name: String,
    id: String,
    parent: usize,
    children: Vec<usize>,
    /// Of the plain words, in bytes.
    start: usize,
    end: usize,
}

/// Elements without contents.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that begin and end lines.
const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "title",
];

/// Elements whose contents are no markup and not shown.
const RAW: [&str; 3] = ["script", "style", "template"];

/// Elements that end where another one of these begins.
fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => BLOCKS.contains(&next) && !matches!(next, "br" | "td" | "th" | "title"),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr"),
        "tr" => next == "tr",
        "option" => next == "option",
        _ => false,
    }
}

/// Whether a text is a page, not plain words.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(200).collect();
    let start = start.to_ascii_lowercase();
    ["<!doctype html", "<html"]
        .iter()
        .any(|head| start.starts_with(head))
}

impl Page {
    /// Reads HTML as browsers do, as far as places need it.
    pub(super) fn new(html: &str) -> Self {
        let mut page = Self {
            nodes: vec![Node::default()],
            plain: String::new(),
            article: String::new(),
            places: Vec::new(),
        };
        let mut open = 0;
        let mut rest = html;
        let mut new_line = false;
        let mut in_head = false;
        while !rest.is_empty() {
            if let Some(tag) = Tag::read(rest) {
                rest = tag.after;
                if tag.name.is_empty() {
                    continue;
                }
                new_line |= BLOCKS.contains(&&*tag.name);
                if tag.name == "head" {
                    in_head = !tag.closes;
                }
                if tag.closes {
                    open = page.close(open, &tag.name);
                    continue;
                }
                while page
                    .nodes
                    .get(open)
                    .is_some_and(|node| ends_before(&node.name, &tag.name))
                {
                    open = page.end(open);
                }
                let node = page.add(open, &tag.name, &tag.id);
                let raw = RAW.contains(&&*tag.name);
                if raw && !tag.closed {
                    let mut ends = rest.match_indices("</").map(|(at, _)| at);
                    let closes = |at: &usize| {
                        let name = rest.get(at + 2..at + 2 + tag.name.len());
                        name.is_some_and(|name| name.eq_ignore_ascii_case(&tag.name))
                    };
                    let length = ends.find(closes).unwrap_or(rest.len());
                    let (text, after) = rest.split_at(length);
                    rest = after;
                    if !in_head {
                        page.add_words(node, text, false, false);
                    }
                    open = node;
                } else if !tag.closed && !VOID.contains(&&*tag.name) {
                    open = node;
                }
                continue;
            }
            let begun = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest.get(begun..).and_then(|rest| rest.find('<'));
            let (text, after) = rest.split_at(end.map_or(rest.len(), |at| at + begun));
            rest = after;
            if !in_head {
                new_line = page.add_words(open, &unescaped(text), true, new_line);
            }
        }
        while open != 0 {
            open = page.end(open);
        }
        page.end(0);
        page.places.push(page.article.trim_end().len());
        page
    }

    fn add(&mut self, parent: usize, name: &str, id: &str) -> usize {
        let at = self.nodes.len();
        self.nodes.push(Node {
            name: name.to_owned(),
            id: id.to_owned(),
            parent,
            children: Vec::new(),
            start: self.plain.len(),
            end: self.plain.len(),
        });
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(at);
        }
        at
    }

    /// Ends an element; gives the one it is in.
    fn end(&mut self, at: usize) -> usize {
        let end = self.plain.len();
        let node = self.nodes.get_mut(at).map(|node| {
            node.end = end;
            node.parent
        });
        node.unwrap_or(0)
    }

    /// Ends the innermost element of this name, and those open in it.
    fn close(&mut self, open: usize, name: &str) -> usize {
        let mut found = open;
        while found != 0 && self.nodes.get(found).is_some_and(|node| node.name != name) {
            found = self.nodes.get(found).map_or(0, |node| node.parent);
        }
        if found == 0 {
            return open;
        }
        let mut at = open;
        while at != found {
            at = self.end(at);
        }
        self.end(found)
    }

    /// Adds words to an element; gives whether a new line is still to begin.
    fn add_words(&mut self, parent: usize, words: &str, shown: bool, mut new_line: bool) -> bool {
        let last = self.nodes.get(parent).and_then(|node| node.children.last());
        let last = last
            .copied()
            .filter(|&at| self.nodes.get(at).is_some_and(|n| n.name.is_empty()));
        let node = last.unwrap_or_else(|| self.add(parent, "", ""));
        for c in words.chars() {
            let blank = c.is_whitespace() && c != '\u{a0}';
            if shown && !blank {
                if new_line && !self.article.is_empty() {
                    let kept = self.article.trim_end_matches(' ').len();
                    self.article.truncate(kept);
                    if !self.article.ends_with('\n') {
                        self.article.push('\n');
                    }
                }
                new_line = false;
            }
            let ends_blank = self.article.is_empty() || self.article.ends_with([' ', '\n']);
            let at = self.article.len();
            self.places.extend(std::iter::repeat_n(at, c.len_utf8()));
            if shown && !blank {
                self.article.push(c);
            } else if shown && !ends_blank {
                self.article.push(' ');
            }
            self.plain.push(c);
        }
        self.end(node);
        new_line
    }

    /// The words as browsers count them.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The words as people read them: blocks on lines of their own.
    pub(super) fn article(&self) -> &str {
        self.article.trim_end()
    }

    /// Which byte of the article each byte of the plain words is.
    pub(super) fn places(&self) -> &[usize] {
        &self.places
    }

    /// A range of the plain words (bytes) in the article.
    pub(super) fn in_article(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let words = self.plain.get(start..end)?;
        let shown = |c: char| !c.is_whitespace() || c == '\u{a0}';
        let (first, _) = words.char_indices().find(|(_, c)| shown(*c))?;
        let (last, c) = words.char_indices().rfind(|(_, c)| shown(*c))?;
        let from = *self.places.get(start + first)?;
        let to = *self.places.get(start + last)? + c.len_utf8();
        self.article().get(from..to).map(|_| (from, to))
    }

    /// The plain words (bytes) between two places.
    pub(super) fn range(&self, range: &NodeRange) -> Option<(usize, usize)> {
        let first = self.nodes.get(self.node(&range.start.0)?)?;
        let last = self.nodes.get(self.node(&range.end.0)?)?;
        let start = range
            .start
            .1
            .map_or(Some(first.start), |n| self.offset(first, n))?;
        let end = match range.end.1 {
            Some(n) => self.offset(last, n)?,
            None if range.before_end => last.start,
            None => last.end,
        };
        (start < end).then_some((start, end))
    }

    fn offset(&self, node: &Node, units: u32) -> Option<usize> {
        self.offset_in((node.start, node.end), units)
    }

    /// The byte of the plain words that is so many UTF-16 units after the start of a range (bytes).
    pub(super) fn offset_in(&self, (start, end): (usize, usize), units: u32) -> Option<usize> {
        let words = self.plain.get(start..end)?;
        let mut left = usize::try_from(units).ok()?;
        let mut characters = words.char_indices();
        while left > 0 {
            left = left.checked_sub(characters.next()?.1.len_utf16())?;
        }
        let passed = characters.next().map_or(words.len(), |(at, _)| at);
        Some(start + passed)
    }

    /// The node of a path; the only one that fits.
    fn node(&self, path: &str) -> Option<usize> {
        let path = path.trim().trim_start_matches('.');
        if let Some(id) = path.strip_prefix('#') {
            return self.nodes.iter().position(|node| node.id == id);
        }
        if let Some(rest) = path.strip_prefix("id(") {
            let (id, rest) = rest.split_once(')')?;
            let id = id.trim_matches(['"', '\'']);
            let start = self.nodes.iter().position(|node| node.id == id)?;
            return self.follow(start, rest);
        }
        self.follow(0, path).or_else(|| {
            if path.contains("//") {
                return None;
            }
            // From an element of the page that is not named.
            let starts = 1..self.nodes.len();
            let mut found = starts.filter_map(|start| self.follow(start, path));
            let first = found.next()?;
            found.all(|other| other == first).then_some(first)
        })
    }

    fn follow(&self, start: usize, path: &str) -> Option<usize> {
        let mut current = vec![start];
        let mut anywhere = false;
        for step in steps(path)? {
            if step.is_empty() {
                anywhere = true;
                continue;
            }
            let (name, predicates) = step.split_once('[').unwrap_or((step, ""));
            let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
            let mut next = Vec::new();
            for &at in &current {
                let mut found: Vec<usize> = if anywhere {
                    self.below(at)
                } else {
                    self.nodes.get(at)?.children.clone()
                };
                found.retain(|&at| self.nodes.get(at).is_some_and(|node| node.is(&name)));
                for predicate in predicates
                    .split(['[', ']'])
                    .filter(|p| !p.trim().is_empty())
                {
                    found = self.filtered(found, predicate.trim(), anywhere)?;
                }
                // Browsers put these in where a page leaves them out.
                if found.is_empty() && matches!(&*name, "html" | "body" | "tbody") {
                    found.push(at);
                }
                next.extend(found);
            }
            anywhere = false;
            current = next;
        }
        match current[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    fn filtered(&self, found: Vec<usize>, predicate: &str, anywhere: bool) -> Option<Vec<usize>> {
        if let Ok(n) = predicate.parse::<usize>() {
            let n = n.checked_sub(1)?;
            if !anywhere {
                return Some(found.into_iter().skip(n).take(1).collect());
            }
            // Counted among the children of each element.
            let mut seen: std::collections::BTreeMap<usize, usize> =
                std::collections::BTreeMap::new();
            let nth = |at: &usize| {
                let parent = self.nodes.get(*at).map_or(0, |node| node.parent);
                let count = seen.entry(parent).or_default();
                *count += 1;
                *count == n + 1
            };
            return Some(found.into_iter().filter(nth).collect());
        }
        let id = predicate
            .strip_prefix("@id")?
            .trim_start()
            .strip_prefix('=')?;
        let id = id.trim().trim_matches(['"', '\'']);
        let has = |at: &usize| self.nodes.get(*at).is_some_and(|node| node.id == id);
        Some(found.into_iter().filter(has).collect())
    }

    fn below(&self, at: usize) -> Vec<usize> {
        let mut open = vec![at];
        let mut all = Vec::new();
        while let Some(at) = open.pop() {
            let children = self.nodes.get(at).map_or(&[][..], |node| &node.children);
            all.extend(children);
            open.extend(children);
        }
        all.sort_unstable();
        all
    }
}

impl Node {
    fn is(&self, name: &str) -> bool {
        match name {
            "text()" => self.name.is_empty(),
            "*" => !self.name.is_empty(),
            "node()" => true,
            _ => self.name == name,
        }
    }
}

/// The steps of a path; an empty one where `//` is.
fn steps(path: &str) -> Option<Vec<&str>> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() {
        return Some(Vec::new());
    }
    let steps: Vec<&str> = path.split('/').map(str::trim).collect();
    // What is more than names and places is not understood.
    let plain = |step: &&str| !step.contains("::") && !step.contains('|');
    steps.iter().all(plain).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<!DOCTYPE html><html><head><title>x</title></head><body>\n<div id=\"main\">\
        <p>One &amp; <b>two</b> 😀 three.<p>Four\n   five.</p>\n<script>no()</script><table><tr><td>six</table></div></body></html>";

    fn words(path: &str, at: Option<(u32, u32)>) -> String {
        let page = Page::new(HTML);
        let range = NodeRange {
            start: (path.to_owned(), at.map(|at| at.0)),
            end: (path.to_owned(), at.map(|at| at.1)),
            before_end: false,
        };
        let found = page.range(&range);
        found.map_or("none".to_owned(), |(start, end)| {
            page.plain()[start..end].to_owned()
        })
    }

    #[test]
    fn paths_lead_to_elements() {
        assert_eq!(
            words("/html[1]/body[1]/div[1]/p[1]", None),
            "One & two 😀 three."
        );
        assert_eq!(words("/div[1]/p[2]", Some((0, 4))), "Four");
        assert_eq!(words("//*[@id='main']/p[1]/b", None), "two");
        assert_eq!(words("//p[1]/text()[2]", Some((1, 5))), "😀 t");
        assert_eq!(words("/p[2]", Some((0, 4))), "Four");
        assert_eq!(words("/div/table[1]/tbody[1]/tr[1]/td[1]", None), "six");
        assert_eq!(words("#main", Some((0, 3))), "One");
        assert_eq!(words("/div[1]/p", None), "none");
        assert_eq!(words("/div[1]/p[last()]", None), "none");
        assert_eq!(words("/div[1]/p[2]", Some((0, 400))), "none");
    }

    #[test]
    fn the_article_has_lines_and_its_places_are_known() {
        let page = Page::new(HTML);
        assert_eq!(page.article(), "One & two 😀 three.\nFour five.\nsix");
        let start = page.plain().find("Four").unwrap();
        let end = page.plain().find("six").unwrap();
        let (from, to) = page.in_article(start, end - 4).unwrap_or_default();
        assert_eq!(&page.article()[from..to], "Four five.");
        assert!(is_page(HTML) && !is_page("a <html"));
    }
}
