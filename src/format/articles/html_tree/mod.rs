//! A page as a tree of elements and texts, by the parsing rules of the HTML standard.

mod builder;
mod limits;
mod text;

use std::num::NonZeroU32;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, ParseOpts, parse_document};

use builder::TreeBuilder;
pub(super) use limits::HtmlTooComplex;
use limits::check_tags;
pub(super) use text::{FlowText, ends_sentence, is_block};

/// A node of a [`HtmlTree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NodeId(NonZeroU32);

impl NodeId {
    /// The document itself.
    pub(super) const ROOT: Self = Self(NonZeroU32::MIN);

    /// Its place in a list of all nodes, in the order in which they were made.
    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    /// The node in this place.
    fn at(index: usize) -> Self {
        // There are never as many, see `limits`.
        let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        Self(number.unwrap_or(NonZeroU32::MAX))
    }
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    first_child: Option<NodeId>,
    last_child: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    /// From 1.
    line: u32,
    kind: NodeKind,
}

#[derive(Debug)]
enum NodeKind {
    Document,
    Element(Element),
    Text(Words),
    Comment(Words),
}

/// What a text or a comment says.
#[derive(Debug)]
enum Words {
    /// From where to where in [`HtmlTree::words`], in bytes.
    At(u32, u32),
    /// A text that went on behind others: its place in [`HtmlTree::grown`].
    Grown(u32),
}

/// An element; its attributes come with the names of the standard, in lower case.
#[derive(Debug)]
pub(super) struct Element {
    name: LocalName,
    attributes: Box<[Attribute]>,
}

impl Element {
    /// The name of the tag, in lower case.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute; `None` where there is none.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let attribute = self
            .attributes
            .iter()
            .find(|attribute| &*attribute.name.local == name)?;
        Some(&attribute.value)
    }

    /// The classes.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class")
            .unwrap_or_default()
            .split_ascii_whitespace()
    }

    /// Whether it has this class, in any case.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.classes().any(|own| own.eq_ignore_ascii_case(class))
    }
}

/// A step of a walk through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A node, before what is in it.
    Enter(NodeId),
    /// An element, behind what is in it.
    Leave(NodeId),
}

/// A parsed page. A `template` holds what is in it like any other element.
#[derive(Debug)]
pub(super) struct HtmlTree {
    nodes: Vec<Node>,
    /// Those of nearly all texts and comments.
    words: String,
    grown: Vec<String>,
}

impl HtmlTree {
    /// Reads a page.
    ///
    /// # Errors
    /// [`HtmlTooComplex`] where reading it on would take too long or too much memory.
    pub(super) fn parse(text: &str) -> Result<Self, HtmlTooComplex> {
        // What is read at once; a limit is noticed behind it.
        const PIECE: usize = 4096;
        check_tags(text)?;
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts {
                scripting_enabled: false,
                ..TreeBuilderOpts::default()
            },
            ..ParseOpts::default()
        };
        let mut parser = parse_document(TreeBuilder::new(), options);
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
            parser.process(StrTendril::from_slice(piece));
            parser.tokenizer.sink.sink.check()?;
            rest = after;
        }
        parser.finish()
    }

    /// The element a node is.
    pub(super) fn element(&self, node: NodeId) -> Option<&Element> {
        match &self.nodes.get(node.index())?.kind {
            NodeKind::Element(element) => Some(element),
            NodeKind::Document | NodeKind::Text(_) | NodeKind::Comment(_) => None,
        }
    }

    /// The name of the element a node is; empty where it is none.
    pub(super) fn name(&self, node: NodeId) -> &str {
        self.element(node).map_or("", Element::name)
    }

    /// An attribute of the element a node is; empty where there is none.
    pub(super) fn attribute(&self, node: NodeId, name: &str) -> &str {
        let element = self.element(node);
        element
            .and_then(|element| element.attribute(name))
            .unwrap_or_default()
    }

    /// The text a node is.
    pub(super) fn text(&self, node: NodeId) -> Option<&str> {
        match &self.nodes.get(node.index())?.kind {
            NodeKind::Text(text) => self.words(text),
            NodeKind::Document | NodeKind::Element(_) | NodeKind::Comment(_) => None,
        }
    }

    /// The comment a node is.
    pub(super) fn comment(&self, node: NodeId) -> Option<&str> {
        match &self.nodes.get(node.index())?.kind {
            NodeKind::Comment(text) => self.words(text),
            NodeKind::Document | NodeKind::Element(_) | NodeKind::Text(_) => None,
        }
    }

    fn words(&self, words: &Words) -> Option<&str> {
        match words {
            Words::At(start, end) => self.words.get(*start as usize..*end as usize),
            Words::Grown(place) => self.grown.get(*place as usize).map(String::as_str),
        }
    }

    pub(super) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes.get(node.index())?.parent
    }

    pub(super) fn next(&self, node: NodeId) -> Option<NodeId> {
        self.nodes.get(node.index())?.next
    }

    /// The line of the page a node begins on, from 1.
    pub(super) fn line_of(&self, node: NodeId) -> usize {
        let line = self.nodes.get(node.index()).map_or(1, |node| node.line);
        usize::try_from(line).unwrap_or(usize::MAX)
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self
            .nodes
            .get(node.index())
            .and_then(|node| node.first_child);
        std::iter::successors(first, |node| self.next(*node))
    }

    /// A walk through a node and all that is in it, in the order of the page.
    pub(super) fn walk(&self, top: NodeId) -> Walk<'_> {
        Walk {
            tree: self,
            top,
            next: Some(Step::Enter(top)),
            entered: top,
        }
    }

    /// All nodes in a node, in the order of the page, without the node itself.
    pub(super) fn descendants(&self, top: NodeId) -> impl Iterator<Item = NodeId> {
        let entered = self.walk(top).filter_map(|step| match step {
            Step::Enter(node) => Some(node),
            Step::Leave(_) => None,
        });
        entered.skip(1)
    }

    /// The elements in a node with this name.
    pub(super) fn elements<'a>(
        &'a self,
        top: NodeId,
        name: &'a str,
    ) -> impl Iterator<Item = NodeId> + 'a {
        self.descendants(top)
            .filter(move |node| self.name(*node) == name)
    }
}

/// A walk through a tree, see [`HtmlTree::walk`].
pub(super) struct Walk<'t> {
    tree: &'t HtmlTree,
    top: NodeId,
    next: Option<Step>,
    entered: NodeId,
}

impl Walk<'_> {
    /// Does not go into the node that was entered last; it is not left either.
    pub(super) fn pass_over(&mut self) {
        self.next = self.behind(self.entered);
    }

    fn behind(&self, node: NodeId) -> Option<Step> {
        if node == self.top {
            return None;
        }
        match self.tree.next(node) {
            Some(next) => Some(Step::Enter(next)),
            None => self.tree.parent(node).map(Step::Leave),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Leave(node) => self.behind(node),
            Step::Enter(node) => {
                self.entered = node;
                let node_in_tree = self.tree.nodes.get(node.index());
                match node_in_tree.and_then(|node| node.first_child) {
                    Some(child) => Some(Step::Enter(child)),
                    // An empty element is left, too.
                    None if self.tree.element(node).is_some() => Some(Step::Leave(node)),
                    None => self.behind(node),
                }
            }
        };
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(page: &str) -> String {
        let tree = HtmlTree::parse(page).unwrap();
        let mut out = String::new();
        for step in tree.walk(NodeId::ROOT) {
            match step {
                Step::Enter(node) => match (tree.text(node), tree.comment(node)) {
                    (Some(text), _) => out.push_str(text),
                    (_, Some(comment)) => out.push_str(&format!("{{{comment}}}")),
                    _ => out.push_str(&format!("<{}>", tree.name(node))),
                },
                Step::Leave(_) => out.push_str("</>"),
            }
        }
        out
    }

    #[test]
    fn a_page_becomes_a_tree() {
        assert_eq!(
            outline("<!--a--><p>One<p>two<br>three"),
            "<>{a}<html><head></><body><p>One</><p>two<br></>three</></></></>"
        );
        assert_eq!(
            outline("<table>lost<tr><td>x</table>"),
            "<><html><head></><body>lost<table><tbody><tr><td>x</></></></></></></>"
        );
        assert_eq!(
            outline("<template shadowrootmode=open><p>In</template>"),
            "<><html><head><template><p>In</></></><body></></></>"
        );
    }

    #[test]
    fn a_walk_can_pass_over_an_element() {
        let tree = HtmlTree::parse("<div><p>a<b>b</b></p>c</div>").unwrap();
        let mut seen = String::new();
        let mut walk = tree.walk(NodeId::ROOT);
        while let Some(step) = walk.next() {
            if let Step::Enter(node) = step {
                seen.push_str(tree.text(node).unwrap_or_default());
                if tree.name(node) == "p" {
                    walk.pass_over();
                }
            }
        }
        assert_eq!(seen, "c");
    }
}
