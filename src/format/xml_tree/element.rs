use super::{Attribute, ChildNode, Node, Tree, index, local};

/// An element with its attributes, whose values are as a reader of XML understands them.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Element<'a> {
    pub(super) tree: &'a Tree,
    pub(super) node: &'a Node,
}

/// What is in an element.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) enum Child<'a> {
    /// Text, with line ends as `\n`.
    Text(&'a str),
    /// An element.
    Element(Element<'a>),
    /// A note of our own, as JSON.
    Own(&'a str),
}

/// Something in a file that nobody asked for.
pub(in crate::format) struct Unread<'a> {
    pub(in crate::format) element: Element<'a>,
    /// The name and the value; `None`: the words in the element.
    pub(in crate::format) attribute: Option<(&'a str, &'a str)>,
}

impl<'a> Element<'a> {
    /// Its name as written, with its prefix.
    pub(in crate::format) fn name(self) -> &'a str {
        self.tree.names.get(self.node.name)
    }

    /// The name without prefix.
    pub(in crate::format) fn local(self) -> &'a str {
        local(self.name())
    }

    /// The line of the file it begins on, from 1.
    pub(in crate::format) fn line(self) -> usize {
        index(self.node.line)
    }

    /// The element it is in.
    pub(in crate::format) fn parent(self) -> Option<Self> {
        self.tree.element(self.node.parent?.get() - 1)
    }

    /// Sorted by name; each name once. With the number of its value.
    fn attributes(self) -> impl Iterator<Item = (u32, &'a Attribute)> {
        let [first, end] = self.node.attributes;
        let all = self.tree.attributes.get(index(first)..index(end));
        (first..).zip(all.unwrap_or_default())
    }

    /// The value of an attribute, by its name as written.
    pub(in crate::format) fn get(self, name: &str) -> Option<&'a str> {
        let named = |attribute: &Attribute| self.tree.names.get(attribute.name) == name;
        let (value, attribute) = self.attributes().find(|(_, attribute)| named(attribute))?;
        attribute.asked.set(true);
        Some(self.tree.values.get(value))
    }

    /// All attributes with their values, by name; they count as read.
    pub(in crate::format) fn all_attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.attributes().map(move |(value, attribute)| {
            attribute.asked.set(true);
            self.named(value, attribute)
        })
    }

    fn named(self, value: u32, attribute: &Attribute) -> (&'a str, &'a str) {
        let Tree { names, values, .. } = self.tree;
        (names.get(attribute.name), values.get(value))
    }

    /// Notes that the text directly in it was read.
    pub(in crate::format) fn take_words(self) {
        self.node.words_asked.set(true);
    }

    /// What is directly in it.
    pub(in crate::format) fn children(self) -> impl DoubleEndedIterator<Item = Child<'a>> {
        let [first, end] = self.node.children;
        let all = self.tree.children.get(index(first)..index(end));
        let all = all.unwrap_or_default().iter();
        all.filter_map(move |child| {
            Some(match child {
                ChildNode::Text(text) => Child::Text(self.tree.texts.get(*text)),
                ChildNode::Own(own) => Child::Own(self.tree.texts.get(*own)),
                ChildNode::Element(number) => Child::Element(self.tree.element(*number)?),
            })
        })
    }

    /// The elements directly in it.
    pub(in crate::format) fn within(self) -> impl DoubleEndedIterator<Item = Self> {
        self.children().filter_map(|child| match child {
            Child::Text(_) | Child::Own(_) => None,
            Child::Element(element) => Some(element),
        })
    }

    /// It and all in it, in the order of the file.
    pub(in crate::format) fn with_all_within(self) -> impl Iterator<Item = Self> + Clone {
        let [first, end] = self.node.all;
        let all = self.tree.nodes.get(index(first)..index(end));
        let tree = self.tree;
        let all = all.unwrap_or_default().iter();
        all.map(move |node| Self { tree, node })
    }

    /// All elements in the child elements of this name, and those themselves.
    pub(in crate::format) fn below(self, name: &str) -> impl Iterator<Item = Self> {
        let named = self.within().filter(move |element| element.local() == name);
        named.flat_map(Self::with_all_within)
    }

    /// All text in it and below it, which counts as read.
    pub(in crate::format) fn text(self) -> String {
        let mut text = String::new();
        self.take_words();
        let mut left: Vec<Child<'_>> = self.children().rev().collect();
        while let Some(child) = left.pop() {
            match child {
                Child::Text(more) => text.push_str(more),
                Child::Own(_) => {}
                Child::Element(element) => {
                    element.take_words();
                    left.extend(element.children().rev());
                }
            }
        }
        text
    }

    /// The words directly in it.
    pub(in crate::format) fn own_words(self) -> String {
        let texts = self.children().filter_map(|child| match child {
            Child::Text(text) => Some(text.trim()),
            Child::Element(_) | Child::Own(_) => None,
        });
        texts.collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    /// The note of our own that is directly in it, as JSON.
    pub(in crate::format) fn own_note(self) -> Option<&'a str> {
        self.children().find_map(|child| match child {
            Child::Own(own) => Some(own),
            Child::Text(_) | Child::Element(_) => None,
        })
    }

    /// What of it was not read: attributes, and words.
    pub(in crate::format) fn unread(self) -> impl Iterator<Item = Unread<'a>> {
        let unread = self.attributes().filter_map(move |(value, attribute)| {
            let (name, value) = self.named(value, attribute);
            let declared = name == "xmlns" || name.starts_with("xmlns:");
            let unread = !attribute.asked.get() && !declared && !value.trim().is_empty();
            unread.then_some((name, value))
        });
        let words = self.children().any(|child| match child {
            Child::Text(text) => !text.trim().is_empty(),
            Child::Element(_) | Child::Own(_) => false,
        });
        let words = words && !self.node.words_asked.get();
        let all = unread.map(Some).chain(words.then_some(None));
        all.map(move |attribute| Unread {
            element: self,
            attribute,
        })
    }
}
