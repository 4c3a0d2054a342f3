//! Reads XML as a tree. Elements are nested no deeper than 500 levels; what is in other files is not
//! looked for. An element takes some 30 bytes and those of its words, as there are files with very many.

mod element;
mod parse;

use std::cell::Cell;
use std::num::NonZeroU32;

use super::packed_strings::PackedStrings;

pub(super) use element::{Child, Element, Unread};
pub(super) use parse::Malformed;

/// A document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The elements in the order in which they begin.
    nodes: Vec<Node>,
    /// Those of the first element, then those of the next.
    attributes: Vec<Attribute>,
    /// What is in one element stands together.
    children: Vec<ChildNode>,
    /// The names of elements and attributes, most of them once.
    names: PackedStrings,
    /// The values of the attributes, in their order.
    values: PackedStrings,
    /// The texts, and the notes of our own.
    texts: PackedStrings,
}

#[derive(Debug)]
struct Node {
    name: u32,
    /// Where its attributes are, end-exclusive.
    attributes: [u32; 2],
    /// Where what is in it is, end-exclusive.
    children: [u32; 2],
    /// The numbers of it and of all elements below it, end-exclusive.
    all: [u32; 2],
    /// The number of the element it is in, from 1.
    parent: Option<NonZeroU32>,
    /// The line of the file it begins on, from 1.
    line: u32,
    /// Whether its words were asked for.
    words_asked: Cell<bool>,
}

#[derive(Debug)]
struct Attribute {
    name: u32,
    asked: Cell<bool>,
}

#[derive(Debug, Clone, Copy)]
enum ChildNode {
    Text(u32),
    Element(u32),
    Own(u32),
}

impl Tree {
    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        self.element(0)
    }

    fn element(&self, number: u32) -> Option<Element<'_>> {
        let node = self.nodes.get(index(number))?;
        Some(Element { tree: self, node })
    }

    /// All elements, in the order in which they begin.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = Element<'_>> + Clone {
        self.nodes.iter().map(|node| Element { tree: self, node })
    }

    /// All elements of this name, without its prefix.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Element<'a>> + Clone {
        self.all().filter(move |element| element.local() == name)
    }
}

/// A number as a place in a list.
fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A name without prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_as_a_reader_understands_them() {
        let xml = "<?xml version=\"1.0\"?>\r\n<a:x k='1&#10;2\n3 &amp;'>é &lt;\r\n<!-- no --><b/>\
                   <![CDATA[<c>]]>&#x1F600;</a:x>\n";
        let tree = Tree::parse(xml).unwrap();
        let root = tree.root().unwrap();
        assert_eq!((root.local(), root.line()), ("x", 2));
        assert_eq!(root.get("k"), Some("1\n2 3 &"));
        assert_eq!(root.text(), "é <\n<c>😀");
        assert_eq!(root.within().count(), 1);
    }

    #[test]
    fn an_element_takes_little() {
        assert!(size_of::<Node>() <= 40);
        assert!(size_of::<Attribute>() <= 8 && size_of::<ChildNode>() <= 8);
        let many: String = (0..5_000)
            .map(|n| format!("<e{n} k='v'>t</e{n}>"))
            .collect();
        let tree = Tree::parse(&format!("<a>{many}</a>")).unwrap();
        let last = tree.all().last().unwrap();
        assert_eq!(
            (last.name(), last.get("k"), &*last.text()),
            ("e4999", Some("v"), "t")
        );
        assert_eq!(last.parent().map(Element::name), Some("a"));
        assert_eq!(tree.root().unwrap().with_all_within().count(), 5_001);
    }

    #[test]
    fn however_many_attributes_were_read_none_of_them_is_told() {
        let many: String = (0..100).map(|n| format!(" k{n}='v'")).collect();
        let tree = Tree::parse(&format!("<a{many}><b{many}/></a>")).unwrap();
        let told = || tree.all().flat_map(Element::unread).count();
        assert_eq!(told(), 200);
        assert_eq!(tree.root().unwrap().all_attributes().count(), 100);
        assert_eq!(told(), 100);
    }

    #[test]
    fn entities_that_the_file_declares_are_text() {
        let xml = "<!DOCTYPE a [<!ENTITY b \"B&#246;\">]><a k='&b;'>&b; &amp;</a>";
        let tree = Tree::parse(xml).unwrap();
        let root = tree.root().unwrap();
        assert_eq!((root.get("k"), &*root.text()), (Some("Bö"), "Bö &"));
    }

    #[test]
    fn what_is_damaged_is_told_with_its_line() {
        for (xml, line, words) in [
            ("", 1, "no element"),
            ("hello", 1, "outside"),
            ("<a>\n<b>", 2, "<b> from line 2 is not closed"),
            ("<a></b>", 1, "<a> from line 1"),
            ("<a>\n&nbsp;</a>", 2, "`&nbsp;`"),
            ("<a b='&nbsp;'/>", 1, "`&nbsp;`"),
            ("<a b='&'/>", 1, "`&`"),
            ("<a b='1' b='2'/>", 1, "twice"),
            ("<a b/>", 1, "attributes of <a>"),
            ("<a/><b/>", 1, "<b>"),
            (&"<a>".repeat(600), 1, "500 deep"),
        ] {
            let (at, message) = Tree::parse(xml).unwrap_err();
            assert!(message.contains(words), "{xml}: {message}");
            assert_eq!(at, line, "{xml}: {message}");
        }
        let bomb = "<!DOCTYPE a [<!ENTITY b '&b;&b;'>]><a>&b;</a>";
        assert!(Tree::parse(bomb).unwrap_err().1.contains("`&b;`"));
    }
}
