//! A page as blocks of text in the order in which they are read.

use std::ops::Range;

use super::super::html_tree::{FlowText, HtmlTree, NodeId, Step, is_block};
use super::boilerplate::{Boilerplate, boilerplate, is_lead};
use super::words::{Words, count_words};

/// A piece of text with nothing beside it.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) role: Role,
    /// Its words, and those of them that are in links.
    pub(super) words: Words,
    /// Whether the names around it say it is a standfirst.
    pub(super) lead: bool,
    /// Whether an element around it is a quotation set apart.
    pub(super) quoted: bool,
    /// Whether it is the caption of a picture.
    pub(super) caption: bool,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Paragraph,
    /// From 1.
    Heading(u8),
    ListItem,
    /// A row of a table; its cells are separated by tabs.
    Row,
    Other,
}

/// Something that was left out, before a block.
#[derive(Debug, Clone)]
pub(super) struct LeftOut {
    pub(super) before: usize,
    pub(super) kind: Boilerplate,
    /// The text of a caption.
    pub(super) text: String,
}

/// What is on a page.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) list: Vec<Block>,
    /// The elements that hold blocks, and which.
    pub(super) elements: Vec<(NodeId, Range<usize>)>,
    pub(super) left_out: Vec<LeftOut>,
}

/// The blocks of a page without what is not the article by its name. With `captions`, captions are blocks;
/// what has one of the classes `text` is of the article.
pub(super) fn blocks(tree: &HtmlTree, captions: bool, text: &[String]) -> Blocks {
    let shares = TextShares::measure(tree);
    let mut reader = Reader::default();
    let mut walk = tree.walk(NodeId::ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => {
                if let Some(text) = tree.text(node) {
                    reader.text(text);
                    continue;
                }
                let Some(element) = tree.element(node) else {
                    continue;
                };
                let mut found = match element.name() {
                    // They mean something else within an article.
                    "time" | "span" => boilerplate(element, reader.articles > 0),
                    _ => shares.kinds.get(node.index()).copied().flatten(),
                };
                if element.name() == "figure" && !holds_text(tree, node) {
                    found = Some(Boilerplate::Caption);
                }
                let taken = |kind: &Boilerplate| captions && *kind == Boilerplate::Caption;
                let is_text = text.iter().any(|class| element.has_class(class));
                let found = found.filter(|kind| !is_text && !taken(kind));
                if let Some(kind) = found.filter(|kind| shares.allow(node, *kind)) {
                    let holds_title = kind != Boilerplate::Code && holds_title(tree, node);
                    if !holds_title {
                        reader.leave_out(tree, node, kind);
                        walk.pass_over();
                        continue;
                    }
                }
                reader.captions += usize::from(element.name() == "figcaption");
                let lead = is_block(element.name()) && is_lead(element);
                reader.enter(node, element.name(), lead);
            }
            Step::Leave(node) => {
                reader.leave(node, tree.name(node));
                reader.captions -= usize::from(tree.name(node) == "figcaption");
            }
        }
    }
    reader.flush();
    reader.blocks
}

/// Whether the main heading of a page is in an element.
fn holds_title(tree: &HtmlTree, node: NodeId) -> bool {
    // A box that holds as much is no box.
    const LOOKED_AT: usize = 300;
    tree.descendants(node)
        .take(LOOKED_AT)
        .any(|inner| tree.name(inner) == "h1")
}

/// Whether a figure is a table or a quotation.
fn holds_text(tree: &HtmlTree, node: NodeId) -> bool {
    const LOOKED_AT: usize = 300;
    let text = ["table", "blockquote", "pre"];
    tree.descendants(node)
        .take(LOOKED_AT)
        .any(|inner| text.contains(&tree.name(inner)))
}

/// How much running text is in each element.
struct TextShares {
    /// Of everything.
    of_all: Vec<u32>,
    /// Of what is left without menus, notices and comments.
    of_rest: Vec<u32>,
    /// What each element is by its name.
    kinds: Vec<Option<Boilerplate>>,
}

impl TextShares {
    fn measure(tree: &HtmlTree) -> Self {
        let of_all = words_inside(tree, &mut |_| false);
        let mut kinds = vec![None; tree.len()];
        for node in tree.descendants(NodeId::ROOT) {
            let element = tree.element(node);
            if let Some((slot, element)) = kinds.get_mut(node.index()).zip(element) {
                *slot = boilerplate(element, false);
            }
        }
        let of_rest = words_inside(tree, &mut |node| {
            let kind: Option<Boilerplate> = kinds.get(node.index()).copied().flatten();
            let clear = kind.filter(|kind| kind.is_clear());
            clear.is_some_and(|kind| share(&of_all, node) <= kind.largest_share())
        });
        Self {
            of_all,
            of_rest,
            kinds,
        }
    }

    /// Whether an element may be left out as what its name says.
    fn allow(&self, node: NodeId, kind: Boilerplate) -> bool {
        // As long as a notice or the lines about an author.
        const SHORT: u32 = 40;
        let of = if kind.is_clear() {
            &self.of_all
        } else {
            &self.of_rest
        };
        let words = of.get(node.index()).copied().unwrap_or_default();
        let share = share(of, node);
        share <= kind.largest_share() || words <= SHORT && share <= 50
    }
}

/// In percent.
fn share(words: &[u32], node: NodeId) -> u64 {
    let here = words.get(node.index()).copied().unwrap_or_default();
    let whole = words.first().copied().unwrap_or_default().max(1);
    u64::from(here) * 100 / u64::from(whole)
}

/// For each node how many words of running text are within it, roughly.
fn words_inside(tree: &HtmlTree, passed_over: &mut dyn FnMut(NodeId) -> bool) -> Vec<u32> {
    let mut words = vec![0_u32; tree.len()];
    let mut open: Vec<u32> = vec![0];
    let mut walk = tree.walk(NodeId::ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => {
                if let Some(text) = tree.text(node) {
                    // Menus are of short texts.
                    let here = count_words(text);
                    let here = if here >= 6 { here } else { 0 };
                    if let Some(open) = open.last_mut() {
                        *open = open.saturating_add(here);
                    }
                } else if ["script", "style", "noscript", "svg"].contains(&tree.name(node))
                    || passed_over(node)
                {
                    walk.pass_over();
                } else if tree.element(node).is_some() {
                    open.push(0);
                }
            }
            Step::Leave(node) => {
                let here = open.pop().unwrap_or_default();
                if let Some(slot) = words.get_mut(node.index()) {
                    *slot = here;
                }
                if let Some(outer) = open.last_mut() {
                    *outer = outer.saturating_add(here);
                }
            }
        }
    }
    if let (Some(slot), Some(all)) = (words.first_mut(), open.first()) {
        *slot = *all;
    }
    words
}

#[derive(Default)]
struct Reader {
    blocks: Blocks,
    flow: FlowText,
    linked: FlowText,
    links: usize,
    /// Blanks between two line breaks are none.
    breaks: usize,
    articles: usize,
    quotations: usize,
    captions: usize,
    leads: usize,
    /// Elements that are open: what they are, and the first block in them.
    open: Vec<Open>,
}

struct Open {
    node: NodeId,
    first: usize,
    role: Option<Role>,
    lead: bool,
    /// Of a row: where its cells begin.
    cells: Vec<usize>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.breaks = 0;
        }
        self.flow.push(text);
        if self.links > 0 {
            self.linked.push(text);
            self.linked.blank();
        }
    }

    fn enter(&mut self, node: NodeId, name: &str, lead: bool) {
        match name {
            "br" => {
                self.breaks += 1;
                if self.breaks > 1 || self.flow.ends_sentence() {
                    self.flush();
                } else {
                    self.flow.blank();
                }
            }
            "a" => self.links += 1,
            "article" => self.articles += 1,
            "blockquote" => self.quotations += 1,
            _ => {}
        }
        if !is_block(name) {
            return;
        }
        self.flush();
        let first = self.blocks.list.len();
        if ["td", "th"].contains(&name) {
            let row = self
                .open
                .iter_mut()
                .rev()
                .find(|open| open.role == Some(Role::Row));
            if let Some(row) = row {
                row.cells.push(first);
            }
        }
        let level = || name.strip_prefix('h').and_then(|level| level.parse().ok());
        let role = match name {
            "p" => Some(Role::Paragraph),
            "li" | "dd" | "dt" => Some(Role::ListItem),
            "tr" => Some(Role::Row),
            "td" | "th" | "div" | "section" | "article" | "blockquote" => Some(Role::Other),
            _ => level()
                .filter(|level| (1..=6).contains(level))
                .map(Role::Heading),
        };
        self.leads += usize::from(lead);
        self.open.push(Open {
            node,
            first,
            role,
            lead,
            cells: Vec::new(),
        });
    }

    fn leave(&mut self, node: NodeId, name: &str) {
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "article" => self.articles = self.articles.saturating_sub(1),
            "blockquote" => self.quotations = self.quotations.saturating_sub(1),
            _ => {}
        }
        if self.open.last().is_none_or(|open| open.node != node) {
            return;
        }
        self.flush();
        let Some(left) = self.open.pop() else { return };
        self.leads -= usize::from(left.lead);
        if left.role == Some(Role::Row) {
            self.join_cells(&left);
        }
        let last = self.blocks.list.len();
        if left.first < last {
            self.blocks.elements.push((left.node, left.first..last));
        }
    }

    /// Makes one block of a row whose cells hold one each.
    fn join_cells(&mut self, row: &Open) {
        const LONGEST: usize = 300;
        let blocks = self.blocks.list.get(row.first..).unwrap_or_default();
        let cells = row
            .cells
            .iter()
            .map(|first| first.saturating_sub(row.first));
        let apart = cells.eq(0..row.cells.len());
        let length: usize = blocks.iter().map(|block| block.text.len()).sum();
        if blocks.len() < 2 || !apart || blocks.len() != row.cells.len() || length > LONGEST {
            return;
        }
        let texts: Vec<_> = blocks.iter().map(|block| block.text.as_str()).collect();
        let joined = Block {
            text: texts.join("\t"),
            role: Role::Row,
            words: blocks
                .iter()
                .fold(Words::default(), |sum, block| sum + block.words),
            lead: false,
            quoted: self.quotations > 0,
            caption: self.captions > 0,
        };
        self.blocks.list.truncate(row.first);
        self.blocks.list.push(joined);
        let last = self.blocks.list.len();
        let inner = self
            .blocks
            .elements
            .iter()
            .rposition(|(_, range)| range.end <= row.first);
        let inner = inner.map_or(0, |before| before + 1);
        for (_, range) in self.blocks.elements.iter_mut().skip(inner) {
            *range = range.start.min(row.first)..range.end.min(last);
        }
        self.blocks.elements.truncate(inner);
    }

    fn flush(&mut self) {
        if self.flow.is_empty() {
            self.flow.take();
            self.linked.take();
            return;
        }
        let text = self.flow.take();
        let all = count_words(&text);
        let linked = count_words(&self.linked.take());
        let role = self.open.iter().rev().find_map(|open| open.role);
        let heading = self
            .open
            .iter()
            .rev()
            .take(6)
            .find_map(|open| match open.role {
                Some(Role::Heading(level)) => Some(Role::Heading(level)),
                _ => None,
            });
        self.blocks.list.push(Block {
            // A title that is a sentence is one of a list of sentences.
            role: heading
                .filter(|_| !text.ends_with('.'))
                .or(role)
                .map_or(Role::Other, |role| match role {
                    Role::Heading(_) if text.ends_with('.') => Role::Paragraph,
                    role => role,
                }),
            text,
            words: Words {
                all,
                linked: linked.min(all),
            },
            lead: self.leads > 0,
            quoted: self.quotations > 0,
            caption: self.captions > 0,
        });
        self.breaks = 0;
    }

    fn leave_out(&mut self, tree: &HtmlTree, node: NodeId, kind: Boilerplate) {
        if is_block(tree.name(node)) {
            self.flush();
        } else {
            self.flow.blank();
        }
        if kind == Boilerplate::Code {
            return;
        }
        let text = tree.line(node);
        if !text.is_empty() {
            let before = self.blocks.list.len();
            self.blocks.left_out.push(LeftOut { before, kind, text });
        }
    }
}
