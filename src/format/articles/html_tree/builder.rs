use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName};

use super::limits::{MAX_NODES, MAX_WORK};
use super::{Element, HtmlTooComplex, HtmlTree, Node, NodeId, NodeKind, Words};

/// Makes a tree of what the parser finds, and counts what that costs.
pub(super) struct TreeBuilder {
    nodes: RefCell<Vec<Node>>,
    /// See [`HtmlTree::words`].
    words: RefCell<String>,
    grown: RefCell<Vec<String>>,
    /// How often the parser has asked for the name of an element: it does so for each open element
    /// that a tag may close.
    work: Cell<u64>,
    /// The line that is read, from 1.
    line: Cell<u32>,
}

/// A place in a text or a list; none has as many.
fn place(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A node while the parser works on it.
#[derive(Clone)]
pub(super) struct Handle {
    node: NodeId,
    /// Of an element only.
    name: Option<Rc<QualName>>,
}

impl TreeBuilder {
    pub(super) fn new() -> Self {
        let builder = Self {
            nodes: RefCell::default(),
            words: RefCell::default(),
            grown: RefCell::default(),
            work: Cell::default(),
            line: Cell::new(1),
        };
        builder.add(NodeKind::Document);
        builder
    }

    /// Whether what was read so far is within the limits.
    pub(super) fn check(&self) -> Result<(), HtmlTooComplex> {
        if self.nodes.borrow().len() > MAX_NODES {
            return Err(HtmlTooComplex::Nodes);
        }
        if self.work.get() > MAX_WORK {
            return Err(HtmlTooComplex::Nesting);
        }
        Ok(())
    }

    fn add(&self, kind: NodeKind) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let id = NodeId::at(nodes.len());
        nodes.push(Node {
            parent: None,
            first_child: None,
            last_child: None,
            previous: None,
            next: None,
            line: self.line.get(),
            kind,
        });
        id
    }

    fn new_words(&self, text: &str) -> Words {
        let mut words = self.words.borrow_mut();
        let start = place(words.len());
        words.push_str(text);
        Words::At(start, place(words.len()))
    }

    /// Adds to a text.
    fn go_on(&self, before: &mut Words, text: &str) {
        let mut words = self.words.borrow_mut();
        let mut grown = self.grown.borrow_mut();
        match before {
            Words::At(_, end) if *end == place(words.len()) => {
                words.push_str(text);
                *end = place(words.len());
            }
            Words::At(start, end) => {
                let known = words.get(*start as usize..*end as usize);
                let whole = format!("{}{text}", known.unwrap_or_default());
                *before = Words::Grown(place(grown.len()));
                grown.push(whole);
            }
            Words::Grown(known) => {
                if let Some(known) = grown.get_mut(*known as usize) {
                    known.push_str(text);
                }
            }
        }
    }

    fn change(&self, node: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(node.index()) {
            change(node);
        }
    }

    fn look<T>(&self, node: NodeId, look: impl FnOnce(&Node) -> Option<T>) -> Option<T> {
        self.nodes.borrow().get(node.index()).and_then(look)
    }

    /// Puts a node that is nowhere at the end of `parent`, or before `next` in it.
    fn insert(&self, parent: NodeId, next: Option<NodeId>, node: NodeId) {
        let previous = match next {
            Some(next) => self.look(next, |next| next.previous),
            None => self.look(parent, |parent| parent.last_child),
        };
        self.change(node, |node| {
            node.parent = Some(parent);
            node.previous = previous;
            node.next = next;
        });
        match previous {
            Some(previous) => self.change(previous, |previous| previous.next = Some(node)),
            None => self.change(parent, |parent| parent.first_child = Some(node)),
        }
        match next {
            Some(next) => self.change(next, |next| next.previous = Some(node)),
            None => self.change(parent, |parent| parent.last_child = Some(node)),
        }
    }

    fn insert_either(&self, parent: NodeId, next: Option<NodeId>, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.detach(child.node);
                self.insert(parent, next, child.node);
            }
            NodeOrText::AppendText(text) => {
                let before = match next {
                    Some(next) => self.look(next, |next| next.previous),
                    None => self.look(parent, |parent| parent.last_child),
                };
                let mut joined = false;
                if let Some(before) = before {
                    self.change(before, |before| {
                        if let NodeKind::Text(before) = &mut before.kind {
                            self.go_on(before, &text);
                            joined = true;
                        }
                    });
                }
                if !joined {
                    let node = self.add(NodeKind::Text(self.new_words(&text)));
                    self.insert(parent, next, node);
                }
            }
        }
    }

    fn detach(&self, node: NodeId) {
        let around = self.look(node, |node| Some((node.parent?, node.previous, node.next)));
        let Some((parent, previous, next)) = around else {
            return;
        };
        match previous {
            Some(previous) => self.change(previous, |previous| previous.next = next),
            None => self.change(parent, |parent| parent.first_child = next),
        }
        match next {
            Some(next) => self.change(next, |next| next.previous = previous),
            None => self.change(parent, |parent| parent.last_child = previous),
        }
        self.change(node, |node| {
            node.parent = None;
            node.previous = None;
            node.next = None;
        });
    }
}

impl TreeSink for TreeBuilder {
    type Handle = Handle;
    type Output = Result<HtmlTree, HtmlTooComplex>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self::Output {
        self.check()?;
        Ok(HtmlTree {
            nodes: self.nodes.into_inner(),
            words: self.words.into_inner(),
            grown: self.grown.into_inner(),
        })
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            node: NodeId::ROOT,
            name: None,
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        static NAMELESS: QualName = QualName {
            prefix: None,
            ns: html5ever::ns!(),
            local: html5ever::local_name!(""),
        };
        self.work.set(self.work.get() + 1);
        target.name.as_deref().unwrap_or(&NAMELESS).expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let node = self.add(NodeKind::Element(Element {
            name: name.local.clone(),
            attributes: attrs.into(),
        }));
        Handle {
            node,
            name: Some(Rc::new(name)),
        }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        Handle {
            node: self.add(NodeKind::Comment(self.new_words(&text))),
            name: None,
        }
    }

    fn create_pi(&self, _target: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert_either(parent.node, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        prev_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        match self.look(element.node, |element| element.parent) {
            Some(parent) => self.insert_either(parent, Some(element.node), child),
            None => self.append(prev_element, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        self.work.set(self.work.get() + 1);
        x.node == y.node
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        if let Some(parent) = self.look(sibling.node, |sibling| sibling.parent) {
            self.insert_either(parent, Some(sibling.node), new_node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        self.change(target.node, |node| {
            if let NodeKind::Element(element) = &mut node.kind {
                let missing = attrs
                    .into_iter()
                    .filter(|attribute| element.attribute(&attribute.name.local).is_none());
                let missing: Vec<Attribute> = missing.collect();
                let known = std::mem::take(&mut element.attributes);
                element.attributes = known.into_iter().chain(missing).collect();
            }
        });
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.node);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        while let Some(child) = self.look(node.node, |node| node.first_child) {
            self.work.set(self.work.get() + 1);
            self.detach(child);
            self.insert(new_parent.node, None, child);
        }
    }

    fn set_current_line(&self, line_number: u64) {
        self.line
            .set(u32::try_from(line_number).unwrap_or(u32::MAX));
    }

    fn allow_declarative_shadow_roots(&self, _: &Handle) -> bool {
        // Saved pages keep what is read there; it stays where it was written.
        false
    }
}
